"""The functions that bend: each activation, and beside it its derivative.

Both derivatives take the activation a, not the pre-activation z: the forward pass has
computed a already, so backpropagation gets the derivative for a multiplication or less.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xorlib import validation

LEAKY_SLOPE = 0.2  # of the leaky ReLU where z is negative: that of activation="leaky_relu" in Keras


def logistic(z):
    """Return 1 / (1 + exp(-z)) for an array; below z = -709 exp(-z) overflows, with a warning.

    The result is right even then, for 1 / infinity is 0. `sigmoid` is the same without the
    warning; training loops silence it once for all their epochs and call this.
    """
    return 1 / (1 + np.exp(-z))


def sigmoid(z):
    """Return the logistic function, 1 / (1 + exp(-z)).

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape, any finite value.

    Returns
    -------
    ndarray of float64, same shape
        Activations in [0, 1]: 0 < a < 1 in exact arithmetic, but above z = 37 the nearest
        float is 1, and below z = -709.8 the result is 0, short of the truth by less
        than 1e-308.

    Raises
    ------
    ValueError
        If `z` is not made of real numbers.
    """
    z = validation.real_numbers("z", z).astype(np.float64, copy=False)
    with np.errstate(over="ignore"):
        return logistic(z)


def sigmoid_derivative_from_activation(a):
    """Return da/dz = a (1 - a), for a = sigmoid(z).

    Parameters
    ----------
    a : array_like
        Activations in [0, 1], any shape.

    Returns
    -------
    ndarray, same shape
        Slopes in [0, 1/4]; the largest is at a = 1/2, that is at z = 0.

    Raises
    ------
    ValueError
        If `a` is not made of real numbers.
    """
    a = validation.real_numbers("a", a)
    return a * (1 - a)


def relu(z):
    """Return the rectified linear unit, max(0, z).

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape.

    Returns
    -------
    ndarray, same shape
        `z` where it is positive, else 0.

    Raises
    ------
    ValueError
        If `z` is not made of real numbers.
    """
    return np.maximum(validation.real_numbers("z", z), 0)


def relu_derivative_from_activation(a):
    """Return da/dz for a = relu(z): 1 where the unit is active, else 0.

    At z = 0 itself the function has a kink and no derivative; 0 is taken, as in Keras.

    Parameters
    ----------
    a : array_like
        Activations, 0 or more, any shape. a > 0 exactly where z > 0.

    Returns
    -------
    ndarray of float64, same shape
        0 or 1.

    Raises
    ------
    ValueError
        If `a` is not made of real numbers.
    """
    return (validation.real_numbers("a", a) > 0).astype(np.float64)


def leaky_relu(z):
    """Return z where it is positive, else `LEAKY_SLOPE` z: a ReLU that is never silent.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape.

    Returns
    -------
    ndarray of float64, same shape

    Raises
    ------
    ValueError
        If `z` is not made of real numbers.

    References
    ----------
    A. Maas, A. Hannun and A. Ng, "Rectifier nonlinearities improve neural network acoustic
    models", ICML 2013, equation 2, with a slope of 0.01.
    """
    z = validation.real_numbers("z", z)
    return np.maximum(z, LEAKY_SLOPE * z)


def leaky_relu_derivative_from_activation(a):
    """Return da/dz for a = leaky_relu(z): 1 where a is positive, else `LEAKY_SLOPE`.

    Parameters
    ----------
    a : array_like
        Activations, any shape. a > 0 exactly where z > 0.

    Returns
    -------
    ndarray of float64, same shape
        `LEAKY_SLOPE` or 1.

    Raises
    ------
    ValueError
        If `a` is not made of real numbers.
    """
    return np.where(validation.real_numbers("a", a) > 0, 1, LEAKY_SLOPE)


class Activation(NamedTuple):
    """An activation function beside its derivative.

    Attributes
    ----------
    function : callable
        From pre-activations z to activations a.
    derivative_from_activation : callable
        From activations a to slopes da/dz.
    """

    function: Callable
    derivative_from_activation: Callable


ACTIVATIONS = {
    "sigmoid": Activation(logistic, sigmoid_derivative_from_activation),
    "relu": Activation(relu, relu_derivative_from_activation),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative_from_activation),
}
