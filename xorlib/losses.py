"""What is minimised, what is printed, and where backpropagation starts.

For the squared error these two differ, by custom and in this collection:

* gradients are those of the *objective*, half the sum of the squared errors over the rows;
* what is printed and stored is the *mean* of the squared errors.

With four rows the mean is half the objective, so one learning rate of 0.1 on the
objective takes the same steps as 0.2 on the printed mean. For the cross-entropy both are the
mean over the rows.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


def mean_squared_error(a, y):
    """Return the mean over the rows of (y - a)²."""
    return np.mean(np.square(y - a), axis=(-2, -1))


def half_squared_error(a, y):
    """Return ½ Σ (y - a)², summed over the rows; its derivative by a is a - y."""
    return np.sum(np.square(y - a), axis=(-2, -1)) / 2


def squared_error_delta(a, y):
    """Return d(½ Σ (y - a)²)/dz = (a - y) a (1 - a), for a = sigmoid(z)."""
    return (a - y) * a * (1 - a)


def binary_cross_entropy_from_logits(z, y):
    """Return the mean over the rows of -(y ln a + (1 - y) ln(1 - a)), a = sigmoid(z).

    Put in terms of z this is ln(1 + exp(z)) - y z, which stays exact where a rounds to
    0 or 1 and its logarithm would be infinite.

    Parameters
    ----------
    z : ndarray
        Pre-activations of the output unit ("logits"), any shape.
    y : ndarray, same shape
        Targets in [0, 1].

    Returns
    -------
    float
        In nats, 0 or more; ln 2 = 0.693 for a network that answers 1/2 to everything.
    """
    return np.mean(np.logaddexp(0, z) - y * z, axis=(-2, -1))


def binary_cross_entropy_delta(a, y):
    """Return d(mean cross-entropy)/dz = (a - y) / n, for a = sigmoid(z) and n rows."""
    return (a - y) / len(y)


class Loss(NamedTuple):
    """A loss as printed, as minimised, and its derivative at the output unit.

    Attributes
    ----------
    printed : callable of (z2, a2, y)
        The figure that a `History` holds.
    objective : callable of (z2, a2, y)
        The figure whose gradient `xorlib.network.backward` returns.
    delta : callable of (a2, y)
        The objective's derivative by the output unit's pre-activation z2, shape (n, 1).
    """

    printed: Callable
    objective: Callable
    delta: Callable


LOSSES = {
    "squared_error": Loss(
        printed=lambda z, a, y: mean_squared_error(a, y),
        objective=lambda z, a, y: half_squared_error(a, y),
        delta=squared_error_delta,
    ),
    "cross_entropy": Loss(
        printed=lambda z, a, y: binary_cross_entropy_from_logits(z, y),
        objective=lambda z, a, y: binary_cross_entropy_from_logits(z, y),
        delta=binary_cross_entropy_delta,
    ),
}
