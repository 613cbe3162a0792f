"""The whole data set: four rows, two inputs, one target."""

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
