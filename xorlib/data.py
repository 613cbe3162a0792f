"""The data: a gate's four rows, two inputs and one target; XOR with noise; Keras's first starts."""

import numpy as np

from xorlib import arguments
from xorlib.network import Parameters

TARGETS = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}

# W1, row by row, and W2 of the Keras model for the seeds 0 to 11, in the digits that float32 has.
KERAS_WEIGHTS = (
    (0.03841865, -0.46770066, 0.83014286, -0.96362484, -0.5012498, -0.85836136),
    (-0.5903275, 0.8878101, 1.0738579, -0.38398606, 0.25812483, -0.2762618),
    (0.69663084, -1.1068944, 0.3047688, 0.54108393, 1.056955, -1.3938178),
    (-0.0050668716, -1.1857322, 0.78211486, -1.0022911, 0.49075413, -0.6803179),
    (0.37708986, 0.2435025, 0.32423258, -0.57151496, 0.2410469, -1.0300679),
    (0.590649, 0.5160302, -0.3307287, 0.7316704, 1.2205659, 0.19779813),
    (-0.7455286, 1.0131944, 0.3133155, -0.39723623, 0.71165526, 0.19088209),
    (-0.44723016, 0.56306505, 1.1118616, -0.41755491, 1.2119151, 1.0725697),
    (-1.079307, -1.1632928, -0.2231245, -1.124628, 0.37138855, -1.3408247),
    (-0.9943034, 0.71153927, -1.1287335, -0.72696924, -1.1630328, 1.007902),
    (0.8192705, -1.133277, 1.0214256, 0.021721125, 0.40444684, 1.211016),
    (-0.14942288, -0.7580756, 0.29382634, -0.407223, 0.87194335, 1.0663642),
)


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
    weights = np.array(KERAS_WEIGHTS, dtype=np.float32).astype(np.float64)
    W1, W2 = weights[:, :4].reshape(-1, 2, 2), weights[:, 4:].reshape(-1, 2, 1)
    return Parameters(W1, np.zeros((12, 1, 2)), W2, np.zeros((12, 1, 1)), "relu")
