"""Many networks at once: each ends where it would have ended alone."""

import itertools
import subprocess
import sys
import warnings

import numpy as np
import pytest

from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.ensemble import pick, predict_ensemble, stack, starts, train_ensemble
from xorlib.ensemble.step import networks_at_once
from xorlib.ensemble.workers import edges
from xorlib.losses import LOSSES
from xorlib.network import Parameters, glorot_parameters, predict, uniform_parameters
from xorlib.training import train

X, y = truth_table()
CASES = list(itertools.product(ACTIVATIONS, LOSSES))
SE = {"learning_rate": 0.1, "epochs": 100}


def assert_same(ours, theirs, **tolerance):
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, **({"rtol": 0, "atol": 0} | tolerance))


def many(networks, hidden=2):
    return starts(networks, seed=0, hidden=hidden)


# Sums are taken in another order, so figures differ by some 1e-16 in each of 1000 steps. A
# parameter may pass through 0 on its way, hence an absolute part as well.
CLOSE = {"rtol": 1e-9, "atol": 1e-10}


@pytest.mark.parametrize(("activation", "loss"), CASES)
@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_each_network_ends_where_train_ends(activation, loss, hidden):
    settings = {"learning_rate": 0.3, "activation": activation, "loss": loss}
    begin = [*(glorot_parameters(s, hidden) for s in range(3)), uniform_parameters(1, hidden)]
    together = train_ensemble(stack(begin), X, y, epochs=1000, snapshots=4, **settings)
    assert together.losses.shape == (4,)
    for k, start in enumerate(begin):
        alone = train(start, X, y, epochs=1000, snapshots=4, **settings)
        assert_same(pick(together.parameters, k), alone.parameters, **CLOSE)
        np.testing.assert_array_equal(together.snapshot_epochs, alone.snapshot_epochs)
        for ours, theirs in zip(together.snapshots, alone.snapshots, strict=True):
            assert_same(pick(ours, k), theirs, **CLOSE)
        # train records losses before each update; the last one's is that of one epoch more.
        after = train(start, X, y, epochs=1001, **settings).losses[-1]
        np.testing.assert_allclose(together.losses[k], after, rtol=1e-9)
        answers = predict_ensemble(together.parameters, X, activation)[k]
        np.testing.assert_allclose(answers, predict(alone.parameters, X, activation), rtol=1e-9)


def test_rows_and_inputs_need_not_be_those_of_a_truth_table():
    rng = np.random.default_rng(0)
    rows, targets = rng.normal(size=(7, 3)), rng.uniform(size=(7, 1))
    begin = [
        Parameters(*(rng.normal(size=shape) for shape in [(3, 4), (1, 4), (4, 1), (1, 1)]))
        for _ in range(3)
    ]
    settings = {"learning_rate": 0.2, "epochs": 300, "loss": "cross_entropy"}
    together = train_ensemble(stack(begin), rows, targets, **settings)
    for k, start in enumerate(begin):
        alone = train(start, rows, targets, **settings)
        assert_same(pick(together.parameters, k), alone.parameters, **CLOSE)


def test_one_start_with_many_rates_and_many_starts_with_one():
    rates = np.array([0.01, 0.1, 0.5, 2.0])
    row = train_ensemble(uniform_parameters(42), X, y, learning_rate=rates, epochs=500)
    repeated = stack([uniform_parameters(42)] * 4)
    assert_same(
        row.parameters, train_ensemble(repeated, X, y, learning_rate=rates, epochs=500).parameters
    )
    for k, rate in enumerate(rates):
        alone = train(uniform_parameters(42), X, y, learning_rate=rate, epochs=500)
        assert_same(pick(row.parameters, k), alone.parameters, **CLOSE)
    both = train_ensemble(many(3), X, y, learning_rate=[0.3] * 3, epochs=50)
    one = train_ensemble(many(3), X, y, learning_rate=0.3, epochs=50)
    assert_same(both.parameters, one.parameters)
    assert train_ensemble(uniform_parameters(0), X, y, **SE).parameters.W1.shape == (1, 2, 2)


def test_snapshots_begin_with_the_start_and_end_with_the_end():
    begin = many(5)
    history = train_ensemble(begin, X, y, learning_rate=0.3, epochs=10, snapshots=11)
    np.testing.assert_array_equal(history.snapshot_epochs, np.arange(11))
    assert_same(history.snapshots[0], begin)
    assert_same(history.snapshots[-1], history.parameters)
    assert train_ensemble(begin, X, y, **SE).snapshots == ()


def test_the_start_is_left_as_it_is():
    begin = many(5)
    before = [part.copy() for part in begin]
    train_ensemble(begin, X, y, **SE)
    assert_same(begin, before)


@pytest.mark.parametrize("hidden", [1, 2, 16])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_network_does_not_depend_on_its_company_to_the_last_bit(activation, hidden):
    # The width decides how NumPy and its matrix library walk through memory. The larger
    # ensemble is divided among threads, too.
    most = networks_at_once(hidden, 4)
    begin = many(2 * most + 3, hidden)
    settings = {"learning_rate": 0.3, "epochs": 50, "activation": activation}
    whole = train_ensemble(begin, X, y, **settings)
    for some in (slice(0, 3), slice(most - 1, most + 12), slice(2 * most, None)):
        part = train_ensemble(Parameters(*(a[some] for a in begin)), X, y, **settings)
        assert_same(part.parameters, (a[some] for a in whole.parameters))
        np.testing.assert_array_equal(part.losses, whole.losses[some])


@pytest.mark.parametrize("networks", [5, 12_000])
def test_a_diverging_network_leaves_its_neighbours_alone(networks):
    # 12,000 are trained in threads, in which warnings have to be silenced anew.
    begin = many(networks)
    rates = np.full(networks, 0.3)
    rates[2::500] = 1e300
    settings = {"epochs": 100, "activation": "leaky_relu", "loss": "cross_entropy"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mixed = train_ensemble(begin, X, y, learning_rate=rates, **settings)
    calm = train_ensemble(begin, X, y, learning_rate=0.3, **settings)
    same = rates == 0.3
    assert_same((p[same] for p in mixed.parameters), (p[same] for p in calm.parameters))
    np.testing.assert_array_equal(mixed.losses[same], calm.losses[same])
    assert not np.isfinite(mixed.losses[~same]).any()


@pytest.mark.parametrize("networks", [1, 7, 2499, 2500, 2501, 7501, 10_000, 1_000_000])
def test_pieces_hold_every_network_once_and_are_nearly_equal(networks):
    ends = edges(networks, 2500)
    sizes = np.diff(ends)
    assert (ends[0], ends[-1]) == (0, networks)
    assert 0 < sizes.min() and sizes.max() <= min(2500, sizes.min() + 1)
    assert len(sizes) % 2 == 0 or networks < 2500


def test_stack_and_pick_are_inverse():
    begin = [glorot_parameters(seed, 3) for seed in range(4)]
    together = stack(begin)
    assert [part.shape for part in together] == [(4, 2, 3), (4, 1, 3), (4, 3, 1), (4, 1, 1)]
    for k, start in enumerate(begin):
        assert_same(pick(together, k), start)
    pick(together, 0).W1[:] = 9
    assert together.W1.max() < 9


ONE, FIVE = uniform_parameters(0), many(5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stack([]), "networks must hold at least one Parameters, but is empty"),
        (
            lambda: stack([ONE, glorot_parameters(0, 3)]),
            "W1 of every network must have shape (2, 2), but has shape (2, 3)",
        ),
        (lambda: pick(FIVE, 5), "k must be a whole number from 0 to 4, but is 5"),
        (lambda: pick(FIVE, -1), "k must be a whole number from 0 to 4, but is -1"),
        (lambda: train_ensemble(7, X, y, **SE), "parameters must be a Parameters of four arrays"),
        (
            lambda: train_ensemble(FIVE._replace(b1=np.zeros((5, 2))), X, y, **SE),
            "b1 must have shape (5, 1, 2), but has shape (5, 2)",
        ),
        (
            lambda: train_ensemble(FIVE._replace(W2=np.zeros((4, 2, 1))), X, y, **SE),
            "W2 must have shape (5, 2, 1), but has shape (4, 2, 1)",
        ),
        (
            lambda: train_ensemble(FIVE._replace(b2=np.full((5, 1, 1), np.nan)), X, y, **SE),
            "b2 must be finite",
        ),
        (
            lambda: train_ensemble(FIVE, X[:, :1], y, **SE),
            "X must have shape (n, 2), but has shape (4, 1)",
        ),
        (
            lambda: train_ensemble(FIVE, X, y + 0.5, **SE, loss="cross_entropy"),
            "y must lie in [0, 1], but holds 1.5",
        ),
        (
            lambda: train_ensemble(FIVE, X, y, learning_rate=[0.1] * 4, epochs=1),
            "learning_rate must have shape (5,), but has shape (4,)",
        ),
        (
            lambda: train_ensemble(ONE, X, y, learning_rate=[0.1, -2], epochs=1),
            "learning_rate must be above 0, but holds -2.0",
        ),
        (
            lambda: train_ensemble(ONE, X, y, learning_rate=0, epochs=1),
            "learning_rate must be a finite number above 0, but is 0",
        ),
        (
            lambda: train_ensemble(ONE, X, y, learning_rate=[], epochs=1),
            "learning_rate must have shape (networks,), but has shape (0,)",
        ),
        (
            lambda: train_ensemble(ONE, X, y, learning_rate=1, epochs=0),
            "epochs must be a whole number of at least 1, but is 0",
        ),
        (
            lambda: train_ensemble(ONE, X, y, **SE, snapshots=1),
            "snapshots must be 0 or at least 2 (the start and the end), but is 1",
        ),
        (lambda: train_ensemble(ONE, X, y, **SE, activation="tanh"), "activation must be one of"),
        (lambda: train_ensemble(ONE, X, y, **SE, loss="hinge"), "loss must be one of"),
        (
            lambda: predict_ensemble(ONE, X),
            "W1 must have shape (networks, inputs, hidden), but has shape (2, 2)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_importing_the_ensemble_loads_no_cluster_and_no_progress_bar():
    code = "import sys, xorlib.ensemble; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert "xorlib.ensemble" in loaded.split()
    assert not {"dask", "distributed", "tqdm", "multiprocessing.pool"} & set(loaded.split())
