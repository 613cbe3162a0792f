"""Networks side by side: put together, taken out, checked, and turned into columns."""

import numpy as np

from xorlib import validation
from xorlib.activations import ACTIVATIONS
from xorlib.ensemble.step import layers
from xorlib.network import forward_pass
from xorlib.parameters import Parameters, checked_parameters


def stack(networks):
    """Put networks of one size side by side, along a new first axis.

    Parameters
    ----------
    networks : iterable of Parameters
        At least one.

    Returns
    -------
    Parameters of W1 (N, inputs, h), b1 (N, 1, h), W2 (N, h, 1) and b2 (N, 1, 1).

    Raises
    ------
    ValueError
        If there is none, a shape does not fit or an array is not finite.
    """
    networks = [checked_parameters(network) for network in networks]
    if not networks:
        raise ValueError("networks must hold at least one Parameters, but is empty")
    first = networks[0].W1.shape
    for network in networks:
        validation.array("W1 of every network", network.W1, first)
    return Parameters(*(np.stack(parts) for parts in zip(*networks, strict=True)))


def pick(parameters, k):
    """Return network k of stacked parameters, as a `Parameters` of its own.

    Parameters
    ----------
    parameters : Parameters
        Stacked, the network axis first.
    k : int
        From 0 to N - 1.

    Returns
    -------
    Parameters of W1 (inputs, h), b1 (1, h), W2 (h, 1) and b2 (1, 1), copies.

    Raises
    ------
    ValueError
        If there is no network `k`.
    """
    k = validation.whole_number("k", k, 0, len(parameters[0]) - 1)
    return Parameters(*(part[k].copy() for part in parameters))


def predict_ensemble(parameters, X, activation="sigmoid"):
    """Return every network's output for every row: `predict` with a network axis first.

    Parameters
    ----------
    parameters : Parameters
        Stacked. May hold infinity or NaN, as networks that diverged do.
    X : array_like, shape (n, inputs)
        Inputs, one example a row.
    activation : {"sigmoid", "relu", "leaky_relu"}
        What the hidden units use.

    Returns
    -------
    ndarray of float64, shape (N, n, 1)

    Raises
    ------
    ValueError
        If a shape does not fit, `X` is not finite or `activation` is unknown.
    """
    activation = validation.choice("activation", activation, ACTIVATIONS)
    parameters = checked_stack(parameters, finite=False)
    X = validation.array("X", X, ("n", parameters.W1.shape[1]))
    with np.errstate(all="ignore"):
        return forward_pass(parameters, X, activation).a2


def checked_stack(parameters, finite=True):
    """Return `parameters` as stacked float64 `Parameters`; else say which part is wrong."""
    if not isinstance(parameters, tuple) or len(parameters) != 4:
        raise ValueError(f"parameters must be a Parameters of four arrays, but is {parameters!r}")
    W1 = validation.array("W1", parameters[0], ("networks", "inputs", "hidden"), finite)
    networks, inputs, hidden = W1.shape
    b1 = validation.array("b1", parameters[1], (networks, 1, hidden), finite)
    W2 = validation.array("W2", parameters[2], (networks, hidden, 1), finite)
    b2 = validation.array("b2", parameters[3], (networks, 1, 1), finite)
    return Parameters(W1, b1, W2, b2)


def checked_ensemble(parameters, learning_rate):
    """Return stacked parameters (N, ...) and learning rates (N,), one start or rate repeated."""
    if isinstance(parameters, tuple) and parameters and np.ndim(parameters[0]) == 2:
        parameters = Parameters(*(part[np.newaxis] for part in checked_parameters(parameters)))
    parameters = checked_stack(parameters)
    networks = len(parameters.W1)
    if np.ndim(learning_rate) == 0:
        learning_rate = validation.positive_number("learning_rate", learning_rate)
        return parameters, np.full(networks, learning_rate)
    wanted = (networks,) if networks > 1 else ("networks",)
    rates = validation.array("learning_rate", learning_rate, wanted)
    if not (rates > 0).all():
        raise ValueError(f"learning_rate must be above 0, but holds {float(rates.min())!r}")
    repeated = (np.broadcast_to(part, (len(rates), *part.shape[1:])) for part in parameters)
    return Parameters(*repeated), rates


def join(parameters):
    """Return stacked parameters as the columns of one new array, as `descend` wants them."""
    columns = np.concatenate([part.reshape(len(part), -1) for part in parameters], axis=1).T
    return np.ascontiguousarray(columns)


def split(theta, inputs, hidden):
    """Return the columns of `theta` as stacked parameters, the network axis first."""
    W1, W2, b2 = layers(theta, inputs, hidden)
    first = [np.moveaxis(part, -1, 0) for part in (W1[:-1], W1[-1:], W2[:, np.newaxis])]
    return Parameters(*first, b2.reshape(-1, 1, 1))
