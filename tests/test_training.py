"""Gradient descent: the loop written out, its snapshots, and runs that never get there."""

import numpy as np
import pytest

from tests.networks import assert_same, network
from xorlib.data import truth_table
from xorlib.network import (
    ACTIVATIONS,
    LOSSES,
    Parameters,
    backward,
    glorot_parameters,
    predict,
    step,
    uniform_parameters,
)
from xorlib.training import train

X, y = truth_table()
CASES = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]


def test_train_equals_the_loop_written_out():
    for activation, loss in CASES:
        parameters, losses = glorot_parameters(1, 3, activation), []
        history = train(parameters, X, y, learning_rate=0.2, epochs=50, loss=loss)
        for _ in range(50):
            a = predict(parameters, X)  # the loss is taken before the update
            if loss == "squared_error":
                losses.append(np.mean((y - a) ** 2))
            else:
                losses.append(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))
            parameters = step(parameters, backward(parameters, X, y, loss), 0.2)
        assert_same(history.parameters, parameters)  # bit for bit
        assert history.losses.shape == (50,)
        # Logarithms of a against logarithms of 1 + exp(z): a few units in the last place.
        np.testing.assert_allclose(history.losses, losses, rtol=1e-13)


def test_train_leaves_its_input_untouched_and_shares_no_array_with_it():
    start, inputs, targets = uniform_parameters(0), X.copy(), y.copy()
    history = train(start, inputs, targets, learning_rate=1, epochs=20, snapshots=3)
    assert (history.parameters.W1 != start.W1).all()
    for kept in (*history.snapshots, history.parameters):
        for array in kept.arrays:
            assert not any(np.shares_memory(array, own) for own in (*start.arrays, X, y))
            array[:] = 7
    assert_same(start, uniform_parameters(0))
    np.testing.assert_array_equal(inputs, X)
    np.testing.assert_array_equal(targets, y)


def test_snapshots_show_the_network_at_evenly_spaced_epochs_from_start_to_end():
    start = uniform_parameters(3)
    every = train(start, X, y, learning_rate=0.5, epochs=10, snapshots=11).snapshots
    for expected in ([], [0, 10], [0, 5, 10], [0, 3, 7, 10], [*range(11)]):
        settings = {"learning_rate": 0.5, "epochs": 10, "snapshots": len(expected)}
        history = train(start, X, y, **settings)
        assert history.snapshot_epochs.tolist() == expected
        for epoch, snapshot in zip(expected, history.snapshots, strict=True):
            assert_same(snapshot, every[epoch])
        assert_same(history.parameters, every[10])
    assert_same(every[0], start)
    assert_same(every[7], train(start, X, y, learning_rate=0.5, epochs=7).parameters)


def test_a_named_sigmoid_start_that_stays_stuck_as_twins():
    # All weights equal: two hidden units are one unit drawn twice, to the last bit.
    start = network([[0.5, 0.5], [0.5, 0.5]], (0.5, 0.5), (0.5, 0.5), 0.5)
    history = train(start, X, y, learning_rate=0.5, epochs=2000)
    np.testing.assert_array_equal(history.parameters.W1[:, 0], history.parameters.W1[:, 1])
    # The output of one unit rises or falls along one weighted sum of the inputs. The best that
    # such a function can do on XOR is 2/3 (or 1/3) for three rows: mean squared error 1/6.
    assert 1 / 6 < history.losses.min() < 1 / 6 + 0.01


@pytest.mark.filterwarnings("error")
def test_a_run_that_diverges_ends_without_a_warning():
    nans = 0
    for activation, loss in CASES:
        for rate in (1e3, 1e100, 1e308):
            for seed in range(3):
                start = glorot_parameters(seed, activation=activation)
                losses = train(start, X, y, learning_rate=rate, epochs=50, loss=loss).losses
                assert losses.shape == (50,) and np.isfinite(losses[0])
                assert losses[-1] > 0.2 or np.isnan(losses[-1])
                nans += np.isnan(losses[-1])
    assert nans


def test_lists_and_integers_are_accepted():
    start = network([[1, -1], [1, -1]], (0, 1), (1, 1), 0)
    listed = Parameters(*(array.astype(int).tolist() for array in start.arrays))
    signs = (2 * X - 1).astype(int)  # inputs of -1 and 1 are welcome
    one = train(listed, signs.tolist(), y.astype(int), learning_rate=1, epochs=np.int64(5))
    two = train(start, signs, y, learning_rate=np.float32(1), epochs=5)
    assert_same(one.parameters, two.parameters)
    assert_same(backward(listed, X.tolist(), y.tolist()), backward(start, X, y))
    assert all(part.dtype == np.float64 for part in one.parameters.arrays)
