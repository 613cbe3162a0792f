"""The data: a gate's four rows, two inputs and one target; and XOR with noise."""

import numpy as np

from xorlib import arguments

TARGETS = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}


def truth_table(gate="xor"):
    """Return the inputs and targets of a logic gate, "xor", "and", "or" or "nand".

    Returns
    -------
    X : ndarray of float64, shape (4, 2)
        The inputs, one example a row, in the order 00, 01, 10, 11.
    y : ndarray of float64, shape (4, 1)
        The target of each row, 0 or 1.
    """
    targets = TARGETS[arguments.choice("gate", gate, TARGETS)]
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    y = np.array(targets, dtype=np.float64).reshape(4, 1)
    return X, y


def noisy_xor(rows, seed, noise):
    """Return the inputs and targets of points scattered about the four corners of XOR.

    Parameters
    ----------
    rows : int
        How many points, at least 1; they take the corners 00, 01, 10, 11 in turn.
    seed : int
        0 or more, for ``numpy.random.default_rng``.
    noise : float
        The standard deviation of each coordinate about its corner, above 0.

    Returns
    -------
    X : ndarray of float64, shape (rows, 2)
    y : ndarray of float64, shape (rows, 1)
    """
    corner = np.arange(arguments.whole_number("rows", rows, 1)) % 4
    generator = np.random.default_rng(arguments.whole_number("seed", seed, 0))
    noise = arguments.positive_number("noise", noise)
    X, y = truth_table("xor")
    return X[corner] + generator.normal(0, noise, size=(len(corner), 2)), y[corner]
