"""Sigmoid, ReLU, its leaky form, and their derivatives."""

import math

import numpy as np
import pytest

from xorlib.activations import leaky_relu, leaky_relu_derivative_from_activation
from xorlib.network import (
    relu,
    relu_derivative_from_activation,
    sigmoid,
    sigmoid_derivative_from_activation,
)

LARGEST = np.finfo(np.float64).max

# A warning is an error in this file: the functions promise to be silent.
pytestmark = pytest.mark.filterwarnings("error")


def exact_sigmoid(z):
    """Return the logistic function by the branch whose exponential cannot overflow."""
    small = math.exp(-abs(z))
    return (1 if z >= 0 else small) / (1 + small)


def finite_floats(count):
    """Return floats whose 64 bits are drawn at random: every size, both signs."""
    bits = np.random.default_rng(0).integers(0, 2**64, size=count, dtype=np.uint64)
    floats = bits.view(np.float64)
    return floats[np.isfinite(floats)]


@pytest.mark.parametrize(
    "z",
    [
        np.linspace(-800, 800, 20_001),
        np.linspace(-5, 5, 2_001),
        finite_floats(20_000),
        np.array([0.0, -0.0, 5e-324, -5e-324, 1e308, -1e308, LARGEST, -LARGEST]),
        np.array([-709.0, -709.7, -709.8, -710.0, -745.0, -746.0, 36.0, 37.0, 709.0, 710.0]),
    ],
    ids=["wide", "middle", "any bits", "extremes", "where exp overflows"],
)
def test_sigmoid_is_right_and_silent_for_every_finite_float(z):
    # Three roundings (exp, sum, quotient) leave an error of a few units in the last place,
    # 2e-16 each. Below -709.8 the answer is 0, within 1e-308 of the truth.
    expected = [exact_sigmoid(value) for value in z]
    np.testing.assert_allclose(sigmoid(z), expected, rtol=1e-15, atol=1e-308)


def test_sigmoid_keeps_to_its_range_order_and_symmetry():
    z = np.sort(finite_floats(20_000))
    a = sigmoid(z)
    assert a.min() >= 0 and a.max() <= 1 and (np.diff(a) >= 0).all()
    assert sigmoid(0.0) == 0.5
    # sigmoid(z) + sigmoid(-z) = 1 up to the rounding of two numbers of at most 1.
    np.testing.assert_allclose(a + sigmoid(-z), 1, rtol=0, atol=3e-16)


@pytest.mark.parametrize(
    "z", [0, 1.5, [1, -2], [[0.0], [3.0]], np.float32([1, 2]), np.zeros((2, 3, 4))]
)
def test_activations_keep_the_shape_they_are_given(z):
    assert sigmoid(z).shape == relu(z).shape == leaky_relu(z).shape == np.shape(z)
    assert sigmoid(z).dtype == np.float64


def test_sigmoid_derivative_is_the_slope_of_sigmoid():
    z, step = np.linspace(-20, 20, 401), 1e-5
    slope = (sigmoid(z + step) - sigmoid(z - step)) / (2 * step)
    # Central differences err by step²/6 times a third derivative below 1/8, and by the rounding
    # of two numbers of at most 1 divided by the step: 2e-11 in all.
    np.testing.assert_allclose(
        sigmoid_derivative_from_activation(sigmoid(z)), slope, rtol=0, atol=3e-11
    )
    assert sigmoid_derivative_from_activation(0.5) == 0.25


def test_relu_and_its_derivative_switch_at_zero():
    z = np.array([-LARGEST, -1, -5e-324, -0.0, 0, 5e-324, 2.5, LARGEST])
    np.testing.assert_array_equal(relu(z), [0, 0, 0, 0, 0, 5e-324, 2.5, LARGEST])
    # At 0 itself there is no derivative; 0 is the custom, and Keras's.
    np.testing.assert_array_equal(
        relu_derivative_from_activation(relu(z)), [0, 0, 0, 0, 0, 1, 1, 1]
    )


def test_leaky_relu_and_its_derivative_switch_at_zero():
    z = np.array([-LARGEST, -1, -0.0, 0, 5e-324, 2.5, LARGEST])
    np.testing.assert_array_equal(leaky_relu(z), [-0.2 * LARGEST, -0.2, 0, 0, 5e-324, 2.5, LARGEST])
    np.testing.assert_array_equal(
        leaky_relu_derivative_from_activation(leaky_relu(z)), [0.2, 0.2, 0.2, 0.2, 1, 1, 1]
    )
