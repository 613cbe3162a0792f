"""The numbers that make a network, and the random starts that training departs from."""

from typing import NamedTuple

import numpy as np

from xorlib import validation


class Parameters(NamedTuple):
    """Weights and biases of a 2-h-1 network, or their gradient.

    Attributes
    ----------
    W1 : ndarray, shape (2, h)
        Weight from input i (row) to hidden unit j (column).
    b1 : ndarray, shape (1, h)
        Biases of the hidden units.
    W2 : ndarray, shape (h, 1)
        Weights from the hidden units to the output unit.
    b2 : ndarray, shape (1, 1)
        Bias of the output unit.
    """

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


def uniform_parameters(seed, hidden=2):
    """Draw every weight and bias from the uniform distribution on [0, 1).

    Parameters
    ----------
    seed : int
        From 0 to 2³² - 1. Seeds NumPy's legacy generator (Mersenne Twister), as
        ``numpy.random.seed`` does; the draws come in the order W1, b1, W2, b2.
    hidden : int
        Number of hidden units, at least 1.

    Returns
    -------
    parameters : Parameters

    Raises
    ------
    ValueError
        If `seed` or `hidden` is not a whole number in its range.
    """
    seed = validation.whole_number("seed", seed, 0, 2**32 - 1)
    hidden = validation.whole_number("hidden", hidden, 1)
    generator = np.random.RandomState(seed)
    shapes = [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    return Parameters(*(generator.uniform(size=shape) for shape in shapes))


def glorot_parameters(seed, hidden=2):
    """Draw weights as Keras does by default, with biases of zero.

    Weights of a layer with `fan_in` inputs and `fan_out` outputs are uniform on
    [-r, r) with r = √(6 / (fan_in + fan_out)).

    Parameters
    ----------
    seed : int
        0 or more. Seeds ``numpy.random.default_rng``: the distribution is that of Keras, the
        numbers for a seed are not.
    hidden : int
        Number of hidden units, at least 1.

    Returns
    -------
    parameters : Parameters

    Raises
    ------
    ValueError
        If `seed` or `hidden` is not a whole number in its range.

    References
    ----------
    X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", AISTATS 2010, equation 16.
    """
    generator = np.random.default_rng(validation.whole_number("seed", seed, 0))
    hidden = validation.whole_number("hidden", hidden, 1)
    limit1, limit2 = np.sqrt(6 / (2 + hidden)), np.sqrt(6 / (hidden + 1))
    W1 = generator.uniform(-limit1, limit1, size=(2, hidden))
    W2 = generator.uniform(-limit2, limit2, size=(hidden, 1))
    return Parameters(W1, np.zeros((1, hidden)), W2, np.zeros((1, 1)))


def checked_parameters(parameters):
    """Return `parameters` as float64 `Parameters`; a ValueError says which part is wrong."""
    if not isinstance(parameters, tuple) or len(parameters) != 4:
        raise ValueError(f"parameters must be a Parameters of four arrays, but is {parameters!r}")
    W1 = validation.array("W1", parameters[0], ("inputs", "hidden"))
    inputs, hidden = W1.shape
    return Parameters(
        validation.array("W1", W1, (inputs, hidden)),
        validation.array("b1", parameters[1], (1, hidden)),
        validation.array("W2", parameters[2], (hidden, 1)),
        validation.array("b2", parameters[3], (1, 1)),
    )
