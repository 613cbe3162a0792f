"""Many networks at once: each ends where it would have ended alone, and how they end is counted.

Longer censuses, and executors, are in tests/slow/test_census_workers.py.
"""

import itertools
import math
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.networks import assert_same, assert_same_census, normal_parameters
from xorlib import ensemble, outcomes
from xorlib.data import truth_table
from xorlib.ensemble import census, pick, stack, starts, train_ensemble
from xorlib.network import (
    ACTIVATIONS,
    LOSSES,
    forward,
    glorot_parameters,
    predict,
    uniform_parameters,
)
from xorlib.outcomes import LEVELS, OUTCOMES, PATTERNS
from xorlib.training import train

X, y = truth_table()


@pytest.fixture(scope="module")
def relu():
    return census(2000, seed=1)


def test_relu_networks_end_on_four_levels_and_nowhere_else(relu):
    counts = relu.counts()
    assert list(counts) == list(OUTCOMES)
    for name, level in LEVELS["cross_entropy"].items():
        losses = relu.final_losses[relu.outcomes == name]
        assert len(losses) == counts.pop(name) > 0
        # At 10,000 epochs a solved network is some 0.0005 above its level, the others less.
        np.testing.assert_allclose(losses, level, atol=0.002)
    assert not any(counts.values())
    right = (np.round(predict(relu.parameters, X)) == y).all(axis=(1, 2))
    np.testing.assert_array_equal(relu.outcomes == "solved", right)
    # One in five solves XOR.
    share, low, high = relu.solved_share()
    assert share == right.mean()
    assert low < 0.2 < high and (low, high) == outcomes.wilson_interval(right.sum(), 2000)
    assert relu.solved_share(0.99).low < low


def test_dead_units_are_as_frequent_as_computed_and_their_weights_never_change(relu):
    begin, end = relu.starts, relu.parameters
    dead = (forward(begin, X).z1 <= 0).all(axis=1)  # (networks, units): silent on all four rows
    some = dead.any(axis=1)
    low, high = outcomes.wilson_interval(int(some.sum()), 2000, confidence=0.999)
    assert low < 1 - (3 / 4) ** 2 < high
    # The gradient of the unit's own weights is exactly 0.
    np.testing.assert_array_equal(end.W1.swapaxes(1, 2)[dead], begin.W1.swapaxes(1, 2)[dead])
    np.testing.assert_array_equal(end.W2[dead], begin.W2[dead])
    assert not (some & (relu.outcomes == "solved")).any()


# Sums are taken in another order, so figures differ by about 1e-16 in each of 100 steps. A
# parameter may pass through 0 on its way, hence the absolute tolerance as well.
CLOSE = {"rtol": 1e-9, "atol": 1e-10}


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_each_network_ends_where_train_ends(activation, loss):
    settings = {"learning_rate": 0.3, "epochs": 100, "loss": loss, "snapshots": 4}
    rng, cases = np.random.default_rng(0), []
    for hidden in (1, 2, 5):
        begin = [glorot_parameters(seed, hidden, activation) for seed in range(2)]
        begin.append(uniform_parameters(1, hidden)._replace(activation=activation))
        cases.append((begin, X, y))
    others = [normal_parameters(seed, 4, activation, inputs=3) for seed in range(3)]
    cases.append((others, rng.normal(size=(7, 3)), rng.uniform(size=(7, 1))))
    for begin, rows, targets in cases:
        together = train_ensemble(stack(begin), rows, targets, **settings)
        assert together.final_losses.shape == (3,)
        for k, start in enumerate(begin):
            alone = train(start, rows, targets, **settings)
            assert_same(pick(together.parameters, k), alone.parameters, **CLOSE)
            np.testing.assert_array_equal(together.snapshot_epochs, alone.snapshot_epochs)
            for ours, theirs in zip(together.snapshots, alone.snapshots, strict=True):
                assert_same(pick(ours, k), theirs, **CLOSE)
                assert theirs.activation == activation
            # train records losses before each update; the loss after the last is one epoch later.
            state = forward(alone.parameters, rows)
            after = LOSSES[loss].printed(state.z2, state.a2, targets)
            np.testing.assert_allclose(together.final_losses[k], after, rtol=1e-9)


def test_one_start_with_many_rates_and_many_starts_with_one():
    rates = [0.01, 0.1, 0.5, 2.0]
    row = train_ensemble(uniform_parameters(42), X, y, learning_rate=rates, epochs=500)
    repeated = stack([uniform_parameters(42)] * 4)
    again = train_ensemble(repeated, X, y, learning_rate=np.array(rates), epochs=500)
    assert_same(row.parameters, again.parameters)
    for k, rate in enumerate(rates):
        alone = train(uniform_parameters(42), X, y, learning_rate=rate, epochs=500).parameters
        assert_same(pick(row.parameters, k), alone, **CLOSE)
    one = train_ensemble(uniform_parameters(0), X, y, learning_rate=0.3, epochs=1)
    assert one.parameters.W1.shape == (1, 2, 2) and one.snapshots == ()


@pytest.mark.parametrize("hidden", [1, 2, 16])
def test_to_the_last_bit_a_network_does_not_depend_on_its_neighbours(hidden):
    # The width decides how NumPy and its matrix library walk through memory. The larger
    # ensemble is divided among threads, too.
    most = 80_000 // (4 * hidden)
    assert [len(ensemble._pieces(n, hidden, 4)) for n in (most - 1, most)] == [1, 2]
    assert len(ensemble._pieces(34, hidden=500, rows=1000)) == 4  # never fewer than a few
    for activation in ACTIVATIONS:
        begin = starts(2 * most + 3, seed=0, hidden=hidden, activation=activation)
        settings = {"learning_rate": 0.3, "epochs": 10, "loss": "cross_entropy"}
        whole = train_ensemble(begin, X, y, **settings)
        for some in (slice(0, 3), slice(most - 1, most + 12), slice(2 * most, None)):
            part = train_ensemble(pick(begin, some), X, y, **settings)
            assert_same(part.parameters, pick(whole.parameters, some))
            np.testing.assert_array_equal(part.final_losses, whole.final_losses[some])


@pytest.mark.filterwarnings("error")
def test_a_diverging_network_leaves_its_neighbours_alone():
    # This many are trained in threads, where warnings have to be silenced again.
    begin = starts(12_000, seed=0, activation="leaky_relu")
    rates = np.full(12_000, 0.3)
    rates[2::500] = 1e300
    mixed = train_ensemble(begin, X, y, learning_rate=rates, epochs=50, loss="cross_entropy")
    calm = train_ensemble(begin, X, y, learning_rate=0.3, epochs=50, loss="cross_entropy")
    same = rates == 0.3
    assert_same(pick(mixed.parameters, same), pick(calm.parameters, same))
    np.testing.assert_array_equal(mixed.final_losses[same], calm.final_losses[same])
    assert not np.isfinite(mixed.final_losses[~same]).any()
    assert census(200, seed=0, learning_rate=1e300, epochs=50).counts()["diverged"] > 50


def test_stack_and_pick_are_inverse_and_make_copies():
    begin = [glorot_parameters(seed, 3) for seed in range(4)]
    together = stack(begin)
    assert [a.shape for a in together.arrays] == [(4, 2, 3), (4, 1, 3), (4, 3, 1), (4, 1, 1)]
    for k, start in enumerate(begin):
        assert_same(pick(together, k), start)
    assert_same(pick(together, -1), begin[3])
    mask = np.array([True, False, True, False])
    for which in (slice(0, 3, 2), [0, 2], np.array([0, 2]), mask):
        assert_same(pick(together, which), stack(begin[::2]))
    for which in (0, slice(2), [0, 1]):
        pick(together, which).W1[:] = 9
    assert together.W1.max() < 9
    assert_same(stack(network for network in begin), together)


def test_the_starts_of_a_larger_census_begin_with_those_of_a_smaller_one():
    for kind in ("glorot", "he", "uniform"):
        more = starts(3210, seed=9, hidden=3, start=kind)
        for fewer in (1, 1000, 1001, 2999):
            less = starts(fewer, seed=9, hidden=3, start=kind)
            assert_same(less, pick(more, slice(fewer)))
    # No two blocks get the same numbers, and no two seeds do.
    assert len(np.unique(more.b2)) == 3210
    assert (starts(5, seed=8, hidden=3).W1 != starts(5, seed=9, hidden=3).W1).all()


def test_starts_fill_the_ranges_they_are_named_after():
    for hidden in (1, 2, 8):
        glorot, he = ((2 + hidden, hidden + 1), (2, hidden))
        for begin, fans in (
            (stack([glorot_parameters(seed, hidden) for seed in range(2000)]), glorot),
            (starts(5000, seed=0, hidden=hidden), glorot),
            (starts(5000, seed=0, hidden=hidden, start="he"), he),
        ):
            reach1, reach2 = (math.sqrt(6 / fan) for fan in fans)
            for weights, reach in ((begin.W1, reach1), (begin.W2, reach2)):
                assert 0.99 * reach < -weights.min() <= reach > weights.max() > 0.99 * reach
                # Mean 0 and variance r²/3, to within five standard errors.
                assert abs(weights.mean()) < 5 * reach / math.sqrt(3 * weights.size)
                assert weights.var() == pytest.approx(reach**2 / 3, rel=5 / weights.size**0.5)
            assert not begin.b1.any() and not begin.b2.any()
        for part in starts(5000, seed=0, hidden=hidden, start="uniform").arrays:
            assert 0 <= part.min() < 0.001 and 0.999 < part.max() < 1


def test_patterns_and_levels_are_the_best_answers_where_rows_are_alike():
    # Rows with one label are alike; their best common answer is the mean of their targets.
    labelled = itertools.product(range(4), repeat=4)
    answers = {tuple(y[np.equal(labels, k)].mean() for k in labels) for labels in labelled}
    named = [(tuple(y.ravel()), "solved")]
    named += [(tuple(row), word) for word, rows in PATTERNS.items() for row in rows]
    assert answers == {pattern for pattern, _ in named}
    for pattern, word in named:
        right = np.where(y.ravel() == 1, pattern, np.subtract(1, pattern))
        entropy, squared = -np.log(right).mean(), ((1 - right) ** 2).mean()
        assert LEVELS["cross_entropy"][word] == pytest.approx(entropy, abs=1e-15)
        assert LEVELS["squared_error"][word] == pytest.approx(squared, abs=1e-15)
    assert [list(levels) for levels in LEVELS.values()] == 2 * [["solved", *PATTERNS]]


@pytest.mark.filterwarnings("error")
def test_classify_puts_the_certain_before_the_uncertain():
    half, elsewhere, inf, nan = [0.5] * 4, [0.6, 0.88, 0.4, 0.12], np.inf, np.nan
    cases = [
        # answers, loss at the end, at nine tenths, at the start: outcome
        ([0.49, 0.51, 0.51, 0.49], 0.67, 0.68, 0.7, "solved"),
        ([0.49, 0.51, 0.51, 0.49], 0.67, 0.68, 0.5, "solved"),
        ([0.5 - 1e-9, 0.5 + 1e-9, 0.5 + 1e-9, 0.5 - 1e-9], 0.69, 0.69, 0.7, "all rows alike"),
        (half, 0.6931, 0.6931, 0.69, "all rows alike"),  # no matter where from
        ([0.3, 0.35, 0.98, 0.36], 0.48, 0.48, 0.7, "three rows alike"),
        ([0.02, 0.7, 0.6, 0.64], 0.48, 0.48, 0.7, "three rows alike"),
        ([0.55, 0.45, 0.95, 0.05], 0.35, 0.35, 0.7, "two rows alike"),
        ([0.55, 0.45, 0.89, 0.05], 0.35, 0.35, 0.7, "at rest elsewhere"),
        (elsewhere, 0.52, 0.52, 0.7, "at rest elsewhere"),
        (elsewhere, 0.52, 0.5151, 0.7, "at rest elsewhere"),
        (elsewhere, 0.52, 0.53, 0.7, "still moving"),
        (elsewhere, 0.52, 0.514, 0.7, "still moving"),
        (elsewhere, 0.52, 0.52, 0.5, "diverged"),
        ([0, 1, 1, 0], nan, 0, 0.7, "diverged"),
        ([nan] * 4, nan, nan, 0.7, "diverged"),
        ([1, 1, 1, 1], inf, inf, 0.7, "diverged"),
    ]
    *columns, words = zip(*cases, strict=True)
    assert outcomes.classify(*map(np.array, columns)).tolist() == list(words)
    assert set(words) == set(OUTCOMES)


def test_the_same_seed_gives_the_same_census_whatever_the_pieces(monkeypatch):
    settings = {"seed": 4, "epochs": 100}
    usual, again = census(3000, **settings), census(3000, **settings)
    fewer, others = census(1234, **settings), census(3000, seed=5, epochs=100)
    monkeypatch.setattr(
        ensemble, "_pieces", lambda n, *_: [slice(k, min(k + 333, n)) for k in range(0, n, 333)]
    )
    small = census(3000, **settings)
    monkeypatch.setattr(ensemble, "cores", lambda: 5)
    many_threads = census(3000, **settings)
    for other in (again, small, many_threads):
        assert_same_census(other, usual)
    assert_same(fewer.parameters, pick(usual.parameters, slice(1234)))
    assert not np.isin(others.final_losses, usual.final_losses).all()


def test_a_census_passes_its_settings_on_to_the_training():
    kind = {"seed": 3, "hidden": 3, "start": "he", "activation": "sigmoid"}
    begin = starts(300, **kind)
    assert begin.activation == "sigmoid"
    for epochs, mark in ((1, 0), (9, 8), (11, 9), (1000, 900)):
        for loss in LOSSES:
            settings = {"loss": loss, "learning_rate": 0.7, "epochs": epochs}
            result = census(300, **kind, **settings)
            assert_same(result.starts, begin)
            end = train_ensemble(begin, X, y, **settings)
            assert_same(result.parameters, end.parameters)
            np.testing.assert_array_equal(result.final_losses, end.final_losses)
            # The words are those of classify, at the end, after nine tenths and at the start.
            before = first = LOSSES[loss].printed(*forward(begin, X)[2:], y)
            if mark:
                before = train_ensemble(begin, X, y, **settings | {"epochs": mark}).final_losses
            answers = predict(end.parameters, X)[:, :, 0]
            words = outcomes.classify(answers, end.final_losses, before, first)
            np.testing.assert_array_equal(result.outcomes, words)


def test_the_progress_bar_if_wanted_counts_every_network(capfd):
    census(300, seed=0, epochs=10)
    assert capfd.readouterr() == ("", "")
    threads = threading.enumerate()
    census(300, seed=0, epochs=10, progress=True)
    assert threading.enumerate() == threads  # tqdm has started none to watch the bar
    assert "300/300" in capfd.readouterr().err


@pytest.mark.parametrize("cores", [1, 2])
def test_where_no_thread_can_be_started_the_work_is_done_in_line(cores, monkeypatch, capfd):
    settings = {"seed": 3, "epochs": 20}  # 12,000 networks are two pieces
    usual, rates, asked = census(12_000, **settings), np.full(12_000, 0.3), []

    def refuse(thread):
        asked.append(thread)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    monkeypatch.setattr(ensemble, "cores", lambda: cores)
    alone = census(12_000, **settings, progress=True)
    assert_same_census(alone, usual)
    of_rates = {"learning_rate": rates, "epochs": 20, "loss": "cross_entropy"}
    assert_same(train_ensemble(usual.starts, X, y, **of_rates).parameters, usual.parameters)
    assert bool(asked) == (cores == 2)  # one core needs no thread
    out, told = capfd.readouterr()
    assert not out and "12000/12000" in told and "rror" not in told
    with ThreadPoolExecutor(2) as pool, pytest.raises(ensemble.IncompleteCensusError):
        census(12_000, **settings, executor=pool)  # asked for, so not silently replaced


def test_the_ends_of_a_wilson_interval_solve_its_equation():
    # The second number: within this many deviations lies that share of a normal distribution.
    for confidence, z in ((0.8, 1.281552), (0.95, 1.959964), (0.99, 2.575829)):
        for successes, trials in ((0, 10), (5, 10), (8, 10), (10, 10), (1, 999), (0, 1), (3, 3)):
            low, high = outcomes.wilson_interval(successes, trials, confidence)
            share = successes / trials
            for end in (low, high):
                deviations = z * math.sqrt(end * (1 - end) / trials)
                assert abs(share - end) == pytest.approx(deviations, abs=1e-6)
            assert 0 <= low <= share <= high <= 1
            assert (low == share) == (successes == 0) and (high == share) == (successes == trials)
    assert outcomes.wilson_interval(5, 10) == outcomes.wilson_interval(5, 10, 0.95)
    low, high = outcomes.wilson_interval(1, 2, 0.9999999999999999)  # the last below 1
    assert 0 < low < 0.01 and 0.99 < high < 1
