"""What several test modules share: networks to try, and a comparison of two of them."""

import numpy as np

from xorlib.network import Parameters

ARRAYS = ("W1", "b1", "W2", "b2")


def network(W1, b1, W2, b2, activation="sigmoid"):
    """Return a network from lists of numbers: rows of W1, the biases, the weights of the output."""
    shaped = (np.array(W1), np.array([b1]), np.reshape(W2, (-1, 1)), np.array([[b2]]))
    return Parameters(*(array.astype(float) for array in shaped), activation)


def normal_parameters(seed, hidden=2, activation="sigmoid", inputs=2):
    """Draw all parameters from a normal distribution: some ReLU units are on, some off."""
    shapes = [(inputs, hidden), (1, hidden), (hidden, 1), (1, 1)]
    draw = np.random.default_rng(seed).normal
    return Parameters(*(draw(size=shape) for shape in shapes), activation)


def assert_same(ours, theirs, rtol=0, atol=0):
    """Assert that two networks, stacks or gradients agree: by default to the last bit."""
    assert ours.activation == theirs.activation
    for name, a, b in zip(ARRAYS, ours.arrays, theirs.arrays, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg=name, strict=True)


def assert_same_census(ours, theirs):
    """Assert that two censuses agree to the last bit."""
    assert_same(ours.starts, theirs.starts)
    assert_same(ours.parameters, theirs.parameters)
    np.testing.assert_array_equal(ours.final_losses, theirs.final_losses)
    np.testing.assert_array_equal(ours.outcomes, theirs.outcomes)


def widest_gap(points):
    """Return by how much 01 and 10 lie beyond 00 and 11 in the best of 3600 directions."""
    angles = np.linspace(0, 2 * np.pi, 3601)
    heights = points @ np.array([np.cos(angles), np.sin(angles)])
    return (heights[[1, 2]].min(axis=0) - heights[[0, 3]].max(axis=0)).max()


def central_differences(function, parameters, step=1e-5):
    """Return the gradient of a function of the network, measured by nudging each number."""
    slopes = {name: np.zeros(getattr(parameters, name).shape) for name in ARRAYS}
    for name, slope in slopes.items():
        for place in np.ndindex(slope.shape):
            up, down = (getattr(parameters, name).copy() for _ in range(2))
            up[place] += step
            down[place] -= step
            higher, lower = (function(parameters._replace(**{name: a})) for a in (up, down))
            slope[place] = (higher - lower) / (2 * step)
    return parameters._replace(**slopes)
