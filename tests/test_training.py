"""Gradient descent: part one's figures, starts that get there and starts that never do."""

import itertools
import math

import numpy as np
import pytest

from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.losses import LOSSES
from xorlib.network import (
    Parameters,
    backward,
    forward,
    glorot_parameters,
    predict,
    uniform_parameters,
)
from xorlib.training import train

X, y = truth_table()
RELU = {"activation": "relu", "loss": "cross_entropy", "learning_rate": 0.3}
CASES = list(itertools.product(ACTIVATIONS, LOSSES))


def assert_same(ours, theirs, **tolerance):
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, **({"rtol": 0, "atol": 0} | tolerance))


@pytest.fixture(scope="module")
def part_one():
    return train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000)


def test_part_ones_table_to_the_last_printed_digit(part_one):
    printed = " ".join(f"{loss:.4f}" for loss in part_one.losses[::1000])
    assert printed == ("0.3247 0.2406 0.1960 0.1207 0.0305 0.0125 0.0074 0.0051 0.0038 0.0031")


def test_part_ones_four_predictions(part_one):
    answers = predict(part_one.parameters, X).ravel()
    assert [f"{answer:.3f}" for answer in answers] == ["0.053", "0.952", "0.952", "0.052"]


def part_one_by_hand(rate, scale):
    """Return the parameters after part one's loop, the gradients multiplied by `scale`."""
    W1, b1, W2, b2 = uniform_parameters(42)
    for _ in range(10_000):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        out = 1 / (1 + np.exp(-(h @ W2 + b2)))
        d_out = (y - out) * out * (1 - out)
        d_hidden = d_out @ W2.T * h * (1 - h)
        W2 = W2 + rate * scale * (h.T @ d_out)
        b2 = b2 + rate * scale * d_out.sum(axis=0, keepdims=True)
        W1 = W1 + rate * scale * (X.T @ d_hidden)
        b1 = b1 + rate * scale * d_hidden.sum(axis=0, keepdims=True)
    return Parameters(W1, b1, W2, b2)


@pytest.mark.parametrize(
    ("rate", "scale"),
    [(0.1, 1), (0.2, 2 / 4)],
    ids=["0.1 on half the sum", "0.2 on the mean, whose gradient is 2/4 of that"],
)
def test_the_convention_of_the_step(part_one, rate, scale):
    # The same arithmetic in another order: 10,000 updates amplify the last bit's rounding to
    # 1e-13 or so, where weights are of order 5.
    assert_same(part_one.parameters, part_one_by_hand(rate, scale), rtol=1e-10)


@pytest.mark.parametrize(("activation", "loss"), CASES)
def test_train_is_the_loop_written_out(activation, loss):
    parameters, losses = glorot_parameters(1, hidden=3), []
    history = train(
        parameters, X, y, learning_rate=0.2, epochs=50, activation=activation, loss=loss
    )
    for _ in range(50):
        a = predict(parameters, X, activation)  # the loss is that of before the update
        if loss == "squared_error":
            losses.append(np.mean((y - a) ** 2))
        else:
            losses.append(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))
        gradient = backward(parameters, X, y, activation, loss)
        parameters = Parameters(*(p - 0.2 * g for p, g in zip(parameters, gradient, strict=True)))
    assert_same(history.parameters, parameters)  # bit for bit
    assert history.losses.shape == (50,)
    # Logarithms of a against logarithms of 1 + exp(z): some units in the last place.
    np.testing.assert_allclose(history.losses, losses, rtol=1e-13)


def test_train_leaves_its_input_untouched():
    start, inputs, targets = uniform_parameters(0), X.copy(), y.copy()
    before = [array.copy() for array in (*start, inputs, targets)]
    history = train(start, inputs, targets, learning_rate=1, epochs=20, snapshots=3)
    assert_same((*start, inputs, targets), before)
    assert (history.parameters.W1 != start.W1).all()


def test_a_small_step_lowers_the_loss():
    for seed in range(10):
        losses = train(uniform_parameters(seed), X, y, learning_rate=0.01, epochs=200).losses
        assert (np.diff(losses) < 0).all()


@pytest.mark.parametrize(
    ("snapshots", "epochs", "expected"),
    [
        (0, 10, []),
        (2, 1, [0, 1]),
        (2, 10, [0, 10]),
        (3, 10, [0, 5, 10]),
        (5, 10_000, [0, 2500, 5000, 7500, 10_000]),
        (11, 10, list(range(11))),
        (4, 10, [0, 3, 7, 10]),
    ],
)
def test_snapshots_are_evenly_spaced_from_start_to_end(snapshots, epochs, expected):
    start = uniform_parameters(3)
    history = train(start, X, y, learning_rate=0.5, epochs=epochs, snapshots=snapshots)
    assert history.snapshot_epochs.tolist() == expected
    assert len(history.snapshots) == snapshots
    if snapshots:
        assert_same(history.snapshots[0], start)
        assert_same(history.snapshots[-1], history.parameters)


def test_a_snapshot_is_the_network_after_that_many_epochs():
    start, options = uniform_parameters(3), {"learning_rate": 0.5}
    history = train(start, X, y, epochs=40, snapshots=5, **options)
    for epoch, snapshot in zip(history.snapshot_epochs[1:], history.snapshots[1:], strict=True):
        assert_same(snapshot, train(start, X, y, epochs=int(epoch), **options).parameters)


def test_training_can_be_continued():
    start, options = glorot_parameters(9), RELU
    whole = train(start, X, y, epochs=100, **options)
    first = train(start, X, y, epochs=60, **options)
    second = train(first.parameters, X, y, epochs=40, **options)
    assert_same(second.parameters, whole.parameters)
    assert_same([np.concatenate([first.losses, second.losses])], [whole.losses], rtol=1e-14)


def test_a_named_relu_start_that_converges():
    history = train(glorot_parameters(9), X, y, epochs=3000, **RELU)
    assert history.losses[-1] < 0.002
    # Below 0.002 on average over four rows, no row's -ln(1 - error) exceeds 0.008.
    assert np.abs(predict(history.parameters, X, "relu") - y).max() < 0.008


def test_a_named_relu_start_that_stays_stuck_with_a_dead_unit():
    start = glorot_parameters(2)
    assert (start.W1[:, 1] < 0).all()  # unit 2 is silent on all four rows
    end, twice = (
        train(start, X, y, epochs=epochs, **RELU).parameters for epochs in (10_000, 20_000)
    )
    for after in (end, twice):  # exactly zero gradient: not one bit changes
        np.testing.assert_array_equal(after.W1[:, 1], start.W1[:, 1])
        assert after.b1[0, 1] == start.b1[0, 1] and after.W2[1, 0] == start.W2[1, 0]
    # One unit makes one bend: it gets one row right, and the other three share 1/3.
    answers = predict(end, X, "relu").ravel()
    assert [f"{answer:.3f}" for answer in answers] == ["0.333", "1.000", "0.333", "0.333"]
    level = 0.75 * (math.log(3) - 2 / 3 * math.log(2))  # ¾ H(1/3) = 0.4774
    loss = train(twice, X, y, epochs=1, **RELU).losses[0]
    assert 0 < loss - level < 2e-5  # from above, as 1/epochs


def test_a_named_sigmoid_start_that_stays_stuck_as_twins():
    # All weights equal: the hidden units are one unit drawn twice, for ever.
    start = Parameters(*(np.full_like(array, 0.5) for array in uniform_parameters(0)))
    history = train(start, X, y, learning_rate=0.5, epochs=10_000, snapshots=11)
    for snapshot in history.snapshots:
        np.testing.assert_array_equal(snapshot.W1[:, 0], snapshot.W1[:, 1])
        assert snapshot.b1[0, 0] == snapshot.b1[0, 1]
        assert snapshot.W2[0, 0] == snapshot.W2[1, 0]
    assert (history.snapshots[-1].W1 != start.W1).all()  # they do move, together
    # The output of one unit rises or falls along one weighted sum of the inputs. The best that
    # such a function can do on XOR is 2/3 (or 1/3) for three rows: mean squared error 1/6.
    assert history.losses.min() > 1 / 6
    assert not ((predict(history.parameters, X) > 0.5) == (y > 0.5)).all()


def test_a_named_uniform_start_that_is_not_there_after_10_000_epochs():
    history = train(uniform_parameters(17), X, y, learning_rate=0.1, epochs=10_000)
    assert history.losses[-1] > 0.17


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("activation", "loss"), CASES)
@pytest.mark.parametrize("learning_rate", [1e3, 1e100, 1e308])
def test_a_run_that_diverges_ends_without_a_warning(activation, loss, learning_rate):
    for seed in range(5):
        history = train(
            glorot_parameters(seed),
            X,
            y,
            learning_rate=learning_rate,
            epochs=50,
            activation=activation,
            loss=loss,
            snapshots=2,
        )
        assert history.losses.shape == (50,)
        assert history.losses[-1] > 0.2 or np.isnan(history.losses[-1])


def test_a_run_may_end_in_numbers_that_are_none():
    losses = train(
        glorot_parameters(0), X, y, epochs=50, **(RELU | {"learning_rate": 1e200})
    ).losses
    assert np.isfinite(losses[0]) and np.isnan(losses[-1])


def test_both_layers_step_from_the_weights_before():
    # Updated together: the hidden gradient is made with the W2 of before the step.
    start = uniform_parameters(8)
    end = train(start, X, y, learning_rate=2, epochs=1).parameters
    a1, a2 = (forward(start, X)[i] for i in (1, 3))
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = delta2 * start.W2.T * a1 * (1 - a1)
    np.testing.assert_allclose(end.W1, start.W1 - 2 * X.T @ delta1, rtol=1e-14)
    np.testing.assert_allclose(end.W2, start.W2 - 2 * a1.T @ delta2, rtol=1e-14)


def test_lists_and_whole_numbers_are_taken_as_the_floats_they_equal():
    start = Parameters([[1, -1], [1, -1]], [[0, 1]], [[1], [1]], [[0]])
    floats = Parameters(*(np.array(part, dtype=float) for part in start))
    one = train(start, X.tolist(), y.astype(int), learning_rate=1, epochs=np.int64(5))
    two = train(floats, X, y, learning_rate=np.float32(1), epochs=5)
    assert_same(one.parameters, two.parameters)
    assert all(part.dtype == np.float64 for part in one.parameters)
