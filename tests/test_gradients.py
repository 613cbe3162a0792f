"""Backpropagation against central differences."""

import numpy as np
import pytest

from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.gradients import numerical_gradient
from xorlib.losses import LOSSES
from xorlib.network import Parameters, backward, forward, objective, uniform_parameters

X, y = truth_table()


def normal_parameters(seed, hidden):
    """Draw all parameters from a normal distribution: ReLU units on, off and in between."""
    draw = np.random.default_rng(seed).normal
    return Parameters(
        *(draw(size=shape) for shape in ((2, hidden), (1, hidden), (hidden, 1), (1, 1)))
    )


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
@pytest.mark.parametrize("hidden", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_agrees_with_central_differences(activation, loss, hidden, seed):
    p = normal_parameters(seed, hidden)
    if activation != "sigmoid":
        # A difference across ReLU's kink is the slope of neither side. A nudge of 1e-5 moves z1
        # by as much at most, for inputs are 0 or 1; these starts keep clear of the kink.
        assert np.abs(forward(p, X, activation).z1).min() > 1e-3
    gradient = backward(p, X, y, activation, loss)
    estimate = numerical_gradient(lambda q: objective(q, X, y, activation, loss), p)
    for name, exact, estimated, array in zip(p._fields, gradient, estimate, p, strict=True):
        assert exact.shape == estimated.shape == array.shape
        # Truncation is step² times a third derivative of order 1, rounding 1e-16 / step: each
        # near 1e-11, in sums of up to four rows.
        np.testing.assert_allclose(exact, estimated, rtol=1e-9, atol=2e-10, err_msg=name)


def test_the_starts_above_have_silent_and_active_relu_units():
    active = np.concatenate(
        [
            forward(normal_parameters(s, h), X, "relu").z1.ravel() > 0
            for s in range(4)
            for h in (1, 5)
        ]
    )
    assert 0.2 < active.mean() < 0.8


@pytest.mark.parametrize("loss", LOSSES)
def test_backward_agrees_on_other_rows_and_soft_targets(loss):
    rng = np.random.default_rng(9)
    inputs, targets, p = rng.normal(size=(6, 2)), rng.uniform(size=(6, 1)), normal_parameters(1, 3)
    exact = backward(p, inputs, targets, loss=loss)
    estimate = numerical_gradient(lambda q: objective(q, inputs, targets, loss=loss), p)
    for g, n in zip(exact, estimate, strict=True):
        np.testing.assert_allclose(g, n, rtol=1e-9, atol=2e-10)


def test_numerical_gradient_of_a_known_function_and_step():
    # f = Σ p³ has slope 3 p²; a central difference adds exactly step².
    def cubes(q):
        return float(sum((array**3).sum() for array in q))

    p = normal_parameters(0, 2)
    for step in (1e-1, 1e-3):
        for array, slope in zip(p, numerical_gradient(cubes, p, step=step), strict=True):
            np.testing.assert_allclose(slope, 3 * array**2 + step**2, rtol=1e-10, atol=1e-11)


def test_numerical_gradient_leaves_parameters_alone():
    p = uniform_parameters(0)
    before = [array.copy() for array in p]
    numerical_gradient(lambda q: objective(q, X, y), p)
    for array, old in zip(p, before, strict=True):
        np.testing.assert_array_equal(array, old)
