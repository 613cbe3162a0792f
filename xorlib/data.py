"""The data: a gate's four rows, two inputs and one target; XOR with noise; Keras's first starts."""

import json
from pathlib import Path

import numpy as np

from xorlib import arguments
from xorlib.network import Parameters

TARGETS = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}

# W1, row by row, and W2 of the Keras model for the seeds 0 to 11, in the digits that float32 has.
KERAS_STARTS = Path(__file__).parent / "keras_starts.json"


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
    rows = arguments.whole_number("rows", rows, 1, 10**7)
    seed = arguments.whole_number("seed", seed, 0, np.inf)
    noise = arguments.positive("noise", noise, most=1e6)
    corner, (X, y) = np.arange(rows) % 4, truth_table("xor")
    scattered = np.random.default_rng(seed).normal(0, noise, size=(rows, 2))
    return X[corner] + scattered, y[corner]


def keras_starts():
    """Return the starts of the Keras model, ``xorlib.keras_model.build``, for the seeds 0 to 11.

    A stack of twelve networks, as Keras 3 on TensorFlow draws them: float32 numbers, held in
    float64. Keras itself is not needed.
    """
    numbers = json.loads(KERAS_STARTS.read_text(encoding="utf-8"))
    weights = np.array(numbers, dtype=np.float32).astype(np.float64)
    W1, W2 = weights[:, :4].reshape(-1, 2, 2), weights[:, 4:].reshape(-1, 2, 1)
    return Parameters(W1, np.zeros((12, 1, 2)), W2, np.zeros((12, 1, 1)), "relu")
