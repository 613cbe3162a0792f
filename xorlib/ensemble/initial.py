"""The starts of a census: the same networks for a seed, however many and wherever drawn."""

import numpy as np

from xorlib import validation
from xorlib.ensemble.stacked import split

BLOCK = 1000  # networks that one random stream serves; to change it is to change every census


# How far the weights of the first and of the second layer reach from 0, for h hidden units.
STARTS = {
    "glorot": lambda h: (np.sqrt(6 / (2 + h)), np.sqrt(6 / (h + 1))),
    "he": lambda h: (np.sqrt(6 / 2), np.sqrt(6 / h)),
    "uniform": None,  # from 0 to 1, biases too
}


def starts(networks, *, seed, hidden=2, start="glorot"):
    """Draw the initial parameters of the networks that `census` trains.

    Network k depends on `seed`, `hidden` and k alone: a larger number of networks begins
    with the smaller one's. The three kinds of start scale the same random numbers, so
    network k of a Glorot and of a He start differ in length, not in direction.

    Parameters
    ----------
    networks : int
        How many, at least 1.
    seed : int
        0 or more. Each thousand of networks has a stream of its own, spawned from
        ``numpy.random.SeedSequence(seed)``.
    hidden : int
        Number of hidden units, at least 1.
    start : {"glorot", "he", "uniform"}
        "glorot": weights uniform on [-r, r) with r = √(6 / (fan_in + fan_out)), biases zero,
        as Keras does by default. "he": the same with r = √(6 / fan_in). "uniform": weights
        and biases uniform on [0, 1).

    Returns
    -------
    Parameters of W1 (networks, 2, h), b1 (networks, 1, h), W2 (networks, h, 1) and
    b2 (networks, 1, 1).

    Raises
    ------
    ValueError
        If an argument is not a whole number in its range, or `start` is unknown.

    References
    ----------
    X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", AISTATS 2010, equation 16. K. He et al., "Delving deep into rectifiers",
    ICCV 2015, equation 10, there with a normal distribution of the same variance.
    """
    networks = validation.whole_number("networks", networks, 1)
    seed = validation.whole_number("seed", seed, 0)
    hidden = validation.whole_number("hidden", hidden, 1)
    validation.choice("start", start, STARTS)
    return split(draw(0, networks, seed, hidden, start), 2, hidden)


def draw(first, last, seed, hidden, start):
    """Return networks `first` to `last` - 1 as the columns of an array (4 h + 1, networks)."""
    blocks = range(first // BLOCK, -(-last // BLOCK))
    theta = np.empty((4 * hidden + 1, last - first))
    for block in blocks:
        begin, end = max(first, block * BLOCK), min(last, (block + 1) * BLOCK)
        stream = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block,)))
        numbers = stream.random((BLOCK, 4 * hidden + 1))  # a row for each network of the block
        theta[:, begin - first : end - first] = numbers[begin % BLOCK :][: end - begin].T
    if start != "uniform":
        limit1, limit2 = STARTS[start](hidden)
        scale = np.repeat([limit1, 0.0, limit2, 0.0], [2 * hidden, hidden, hidden, 1])
        theta = (2 * theta - 1) * scale[:, np.newaxis]
    return theta
