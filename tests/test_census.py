"""How networks end: the outcomes, their shares, and what a seed fixes."""

import math

import numpy as np
import pytest

from xorlib import keras_model
from xorlib.data import truth_table
from xorlib.ensemble import (
    OUTCOMES,
    Census,
    census,
    pick,
    predict_ensemble,
    starts,
    train_ensemble,
    wilson_interval,
)
from xorlib.ensemble.outcomes import PATTERN_OUTCOMES, PATTERNS, classify
from xorlib.network import glorot_parameters
from xorlib.training import train

X, y = truth_table()
ENTROPY_OF_A_THIRD = -(1 / 3) * math.log(1 / 3) - (2 / 3) * math.log(2 / 3)
LEVELS = {
    "solved": 0,
    "two rows alike": math.log(2) / 2,
    "three rows alike": 3 / 4 * ENTROPY_OF_A_THIRD,
    "all rows alike": math.log(2),
}
PART_ONE = {
    "activation": "sigmoid",
    "loss": "squared_error",
    "start": "uniform",
    "learning_rate": 0.1,
}


@pytest.fixture(scope="module")
def relu():
    return census(4000, seed=1)


@pytest.fixture(scope="module")
def sigmoid():
    return census(2000, seed=1, **PART_ONE)


def assert_same(ours, theirs, **tolerance):
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, **({"rtol": 0, "atol": 0} | tolerance))


def test_relu_networks_end_on_four_levels_and_nowhere_else(relu):
    counts = relu.counts()
    assert list(counts) == list(OUTCOMES)
    assert sum(counts[name] for name in LEVELS) == 4000
    for name, level in LEVELS.items():
        losses = relu.losses[relu.which(name)]
        assert len(losses) == counts[name] > 0
        # At 10,000 epochs a solved network is some 0.0005 above its level, the others less.
        np.testing.assert_allclose(losses, level, atol=0.002)


def test_one_relu_network_in_five_solves_xor(relu):
    share, low, high = relu.solved_share()
    assert share == relu.counts()["solved"] / 4000
    assert low < 0.2 < high
    assert (low, high) == wilson_interval(relu.counts()["solved"], 4000)
    assert relu.solved_share(0.99).low < low


def test_a_solved_network_answers_every_row_rightly(relu, sigmoid):
    for result, activation in ((relu, "relu"), (sigmoid, "sigmoid")):
        answers = predict_ensemble(result.parameters, X, activation)
        right = (np.round(answers) == y).all(axis=(1, 2))
        np.testing.assert_array_equal(result.which("solved"), right)


def test_part_ones_network_fails_for_about_a_fifth_of_its_starts(sigmoid):
    assert 0.76 < sigmoid.solved_share().share < 0.84
    assert sigmoid.counts()["still moving"] > 0
    assert sigmoid.counts()["at rest elsewhere"] == 0


def test_a_stuck_relu_network_stays_stuck_and_some_slow_sigmoid_networks_arrive(sigmoid):
    early, late = (census(500, seed=5, epochs=epochs) for epochs in (5_000, 20_000))
    np.testing.assert_array_equal(early.outcomes, late.outcomes)
    late = census(1000, seed=1, **PART_ONE | {"epochs": 20_000})
    solved_early, solved_late = sigmoid.which("solved")[:1000], late.which("solved")
    assert (solved_late >= solved_early).all()
    assert solved_late.sum() > solved_early.sum()


def test_leaky_networks_come_to_rest_where_a_kink_lies_on_a_row():
    result = census(1000, seed=2, activation="leaky_relu")
    rest = result.which("at rest elsewhere")
    assert rest.mean() > 0.2
    W1, b1, _, _ = result.parameters
    distances = np.abs(X @ W1 + b1)[rest].min(axis=1)  # of the nearest row, for each unit
    assert (distances.min(axis=1) < 0.05).all()
    assert result.solved_share().low > 0.5


def test_wider_layers_fail_less_often():
    shares = [census(1000, seed=3, hidden=h, epochs=2000).solved_share() for h in (2, 4, 8)]
    assert shares[0].high < shares[1].low < shares[1].high < shares[2].low


def test_a_dead_unit_is_as_frequent_as_its_formula_and_its_weights_never_change(relu):
    W1, b1, W2, _ = relu.starts()
    dead = (X @ W1 + b1 <= 0).all(axis=1)  # (networks, units): silent on all four rows
    some = dead.any(axis=1)
    low, high = wilson_interval(int(some.sum()), 4000, confidence=0.999)
    assert low < 1 - (3 / 4) ** 2 < high
    # The gradient of the unit's own weights is exactly 0.
    end = relu.parameters
    np.testing.assert_array_equal(end.W1.swapaxes(1, 2)[dead], W1.swapaxes(1, 2)[dead])
    np.testing.assert_array_equal(end.W2[dead], W2[dead])
    assert not (some & relu.which("solved")).any()


def test_any_network_of_a_census_can_be_trained_again_alone(relu):
    begin = relu.starts()
    settings = {"activation": "relu", "loss": "cross_entropy", "learning_rate": 0.3}
    for outcome in LEVELS:
        k = int(np.flatnonzero(relu.which(outcome))[0])
        alone = train(pick(begin, k), X, y, epochs=10_000, **settings)
        # Ten times as many epochs as for the ensemble's own test, at its tolerance.
        assert_same(pick(relu.parameters, k), alone.parameters, rtol=1e-9, atol=1e-9)


def test_keras_tells_the_same_story_from_the_same_starts():
    networks, epochs = 12, 1500
    ours = census(networks, seed=7, epochs=epochs)
    assert len(set(ours.outcomes.tolist())) == 4  # all four outcomes are among them
    begin = ours.starts()
    for k in range(networks):
        model = keras_model.from_parameters(pick(begin, k), learning_rate=0.3, activation="relu")
        history = keras_model.fit(model, X, y, epochs=epochs)
        answers = np.asarray(model(X.astype(np.float32)))
        name = OUTCOMES[ours.outcomes[k]]
        if name == "solved":
            assert (np.round(answers) == y).all()
        else:
            near = np.abs(answers.ravel() - PATTERNS).max(axis=1).argmin()
            assert PATTERN_OUTCOMES[near] == name
            assert np.abs(answers.ravel() - PATTERNS[near]).max() < 0.02
        # Keras calculates in float32, with seven digits.
        assert history.losses[-1] == pytest.approx(ours.losses[k], abs=1e-4)


def test_the_same_seed_gives_the_same_census_whatever_the_pieces(monkeypatch):
    usual = census(3000, seed=4, epochs=300)
    again = census(3000, seed=4, epochs=300)
    monkeypatch.setattr("xorlib.ensemble.survey.networks_at_once", lambda hidden, rows: 333)
    small = census(3000, seed=4, epochs=300)
    monkeypatch.setattr("xorlib.ensemble.workers.available_cores", lambda: 5)
    many_threads = census(3000, seed=4, epochs=300)
    fewer = census(1234, seed=4, epochs=300)
    for other in (again, small, many_threads):
        assert_same(other.parameters, usual.parameters)
        np.testing.assert_array_equal(other.losses, usual.losses)
        np.testing.assert_array_equal(other.outcomes, usual.outcomes)
    assert_same(fewer.parameters, (part[:1234] for part in usual.parameters))
    assert not np.array_equal(census(3000, seed=5, epochs=300).losses, usual.losses)


def test_starts_of_a_larger_census_begin_with_those_of_a_smaller():
    for kind in ("glorot", "he", "uniform"):
        more = starts(3210, seed=9, hidden=3, start=kind)
        for fewer in (1, 1000, 1001, 2999):
            less = starts(fewer, seed=9, hidden=3, start=kind)
            assert_same(less, (part[:fewer] for part in more))
    # No two blocks are served with the same numbers.
    assert len(np.unique(more.b2)) == 3210


@pytest.mark.parametrize("hidden", [1, 2, 8])
def test_starts_fill_the_ranges_that_they_name(hidden):
    for kind, reach1, reach2 in (
        ("glorot", math.sqrt(6 / (2 + hidden)), math.sqrt(6 / (hidden + 1))),
        ("he", math.sqrt(3), math.sqrt(6 / hidden)),
    ):
        W1, b1, W2, b2 = starts(5000, seed=0, hidden=hidden, start=kind)
        for weights, reach in ((W1, reach1), (W2, reach2)):
            assert -reach <= weights.min() < -0.999 * reach
            assert 0.999 * reach < weights.max() < reach
            # Mean 0 and variance r²/3, to within five standard errors.
            assert abs(weights.mean()) < 5 * reach / math.sqrt(3 * weights.size)
            assert weights.var() == pytest.approx(reach**2 / 3, rel=5 / math.sqrt(weights.size))
        assert not b1.any() and not b2.any()
    for part in starts(5000, seed=0, hidden=hidden, start="uniform"):
        assert 0 <= part.min() < 0.001 and 0.999 < part.max() < 1
    limits = [np.abs(part).max() for part in glorot_parameters(0, 200)]
    ours = [np.abs(part).max() for part in starts(100, seed=0, hidden=200, start="glorot")]
    np.testing.assert_allclose(ours, limits, rtol=0.02)


def test_patterns_are_the_best_answers_where_rows_are_alike():
    def groupings(rows):
        if not rows:
            yield []
            return
        for rest in groupings(rows[1:]):
            yield [[rows[0]], *rest]
            for k in range(len(rest)):
                yield [*rest[:k], [rows[0], *rest[k]], *rest[k + 1 :]]

    answers = set()
    for grouping in groupings([0, 1, 2, 3]):
        best = np.empty(4)
        for group in grouping:
            best[group] = y[group].mean()
        answers.add(tuple(best))
    assert answers == {tuple(row) for row in PATTERNS} | {tuple(y.ravel())}
    assert len(list(groupings([0, 1, 2, 3]))) == 15
    losses = {name: set() for name in LEVELS}
    for pattern, name in [(y.ravel(), "solved"), *zip(PATTERNS, PATTERN_OUTCOMES, strict=True)]:
        given = np.where(y.ravel() == 1, pattern, 1 - pattern)
        losses[name].add(round(float(-np.log(given).mean()), 12))
    assert losses == {name: {round(level, 12)} for name, level in LEVELS.items()}
    # No answers can be within 0.1 of two patterns.
    apart = np.abs(PATTERNS[:, None] - PATTERNS).max(axis=2)[~np.eye(len(PATTERNS), dtype=bool)]
    assert apart.min() == pytest.approx(1 / 3)


def test_classify_puts_the_certain_before_the_uncertain():
    half, inf, nan = [0.5] * 4, np.inf, np.nan
    cases = [
        # answers, loss at the end, at nine tenths, at the start, finite: outcome
        ([0.49, 0.51, 0.51, 0.49], 0.67, 0.68, 0.7, True, "solved"),
        ([0.5, 0.5 + 1e-9, 0.5 + 1e-9, 0.5 - 1e-9], 0.69, 0.69, 0.7, True, "all rows alike"),
        (half, 0.6931, 0.6931, 0.69, True, "all rows alike"),  # no matter where from
        ([0.3, 0.35, 0.98, 0.36], 0.48, 0.48, 0.7, True, "three rows alike"),
        ([0.55, 0.45, 0.95, 0.05], 0.35, 0.35, 0.7, True, "two rows alike"),
        ([0.6, 0.88, 0.4, 0.12], 0.52, 0.52, 0.7, True, "at rest elsewhere"),
        ([0.6, 0.88, 0.4, 0.12], 0.52, 0.53, 0.7, True, "still moving"),
        ([0.6, 0.88, 0.4, 0.12], 0.52, 0.52, 0.5, True, "diverged"),
        ([0, 1, 1, 0], 0, 0, 0.7, False, "diverged"),
        ([nan] * 4, nan, nan, 0.7, False, "diverged"),
        ([1, 1, 1, 1], inf, inf, 0.7, True, "diverged"),
    ]
    *columns, finite, names = zip(*cases, strict=True)
    predictions, losses, earlier, first = map(np.array, columns)
    codes = classify(predictions, losses, earlier, first, np.array(finite))
    assert [OUTCOMES[code] for code in codes] == list(names)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "leaky_relu"])
def test_a_rate_that_is_far_too_large_diverges_without_a_warning(activation):
    for rate in (1e3, 1e300):
        result = census(200, seed=0, activation=activation, learning_rate=rate, epochs=200)
        counts = result.counts()
        assert counts["diverged"] > 50
        assert sum(counts.values()) == 200
        assert not result.which("solved")[~np.isfinite(result.losses)].any()


def test_few_networks_and_few_epochs_are_a_census_too():
    for networks, epochs in ((1, 1), (1, 9), (3, 11)):
        result = census(networks, seed=0, epochs=epochs)
        assert isinstance(result, Census)
        assert sum(result.counts().values()) == networks == len(result.losses)
        begin, end = result.starts(), result.parameters
        kwargs = {"activation": "relu", "loss": "cross_entropy", "learning_rate": 0.3}
        assert_same(end, train_ensemble(begin, X, y, epochs=epochs, **kwargs).parameters)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (5, 10), (8, 10), (10, 10), (1, 999)])
def test_the_ends_of_a_wilson_interval_solve_its_equation(successes, trials):
    z = 1.959964  # 97.5 % of the normal distribution lie below
    low, high = wilson_interval(successes, trials)
    share = successes / trials
    for end in (low, high):
        assert abs(share - end) == pytest.approx(z * math.sqrt(end * (1 - end) / trials), abs=1e-6)
    assert 0 <= low <= share <= high <= 1
    assert (low == share) == (successes == 0)
    assert (high == share) == (successes == trials)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("trials", [30, 2000])
def test_wilson_intervals_hold_the_true_share_as_often_as_they_say(trials, confidence):
    rng = np.random.default_rng(0)
    truths = rng.uniform(0.02, 0.98, size=20_000)
    intervals = np.array([wilson_interval(k, trials, confidence) for k in range(trials + 1)])
    low, high = intervals[rng.binomial(trials, truths)].T
    held = ((low <= truths) & (truths <= high)).mean()
    # Three standard errors of the simulation, and 0.01 for counts being whole numbers.
    assert abs(held - confidence) < 0.01 + 3 * math.sqrt(confidence * (1 - confidence) / 20_000)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: census(0, seed=0),
            "networks must be a whole number of at least 1, but is 0",
        ),
        (lambda: census(2.5, seed=0), "networks must be a whole number of at least 1, but is 2.5"),
        (lambda: census(1, seed=-1), "seed must be a whole number of at least 0, but is -1"),
        (lambda: census(1, seed=0, hidden=0), "hidden must be a whole number of at least 1"),
        (lambda: census(1, seed=0, activation="tanh"), "activation must be one of"),
        (lambda: census(1, seed=0, loss="mse"), "loss must be one of"),
        (
            lambda: census(1, seed=0, start="zeros"),
            "start must be one of 'glorot', 'he', 'uniform', but is 'zeros'",
        ),
        (lambda: census(1, seed=0, learning_rate=-1), "learning_rate must be a finite number"),
        (lambda: census(1, seed=0, epochs=0), "epochs must be a whole number of at least 1"),
        (
            lambda: census(1, seed=0, executor=4),
            "executor must be a concurrent.futures.Executor, but is 4",
        ),
        (lambda: starts(1, seed=0, start="zeros"), "start must be one of"),
        (lambda: starts(1, seed="x"), "seed must be a whole number of at least 0, but is 'x'"),
        (
            lambda: census(1, seed=0, epochs=1).which("stuck"),
            "outcome must be one of 'solved', ",
        ),
        (
            lambda: wilson_interval(3, 2),
            "successes must be a whole number from 0 to 2, but is 3",
        ),
        (lambda: wilson_interval(0, 0), "trials must be a whole number of at least 1, but is 0"),
        (lambda: wilson_interval(1, 2, 1), "confidence must be below 1, but is 1.0"),
        (lambda: wilson_interval(1, 2, 0), "confidence must be a finite number above 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)
