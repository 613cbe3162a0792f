"""Gradient descent for many networks: what `xorlib.training.train` does, for all at once."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from xorlib import validation
from xorlib.activations import ACTIVATIONS
from xorlib.ensemble.step import descend, layers, networks_at_once
from xorlib.ensemble.workers import edges, in_order_of_completion, workers
from xorlib.losses import LOSSES
from xorlib.network import Parameters, checked_data, checked_parameters, forward_pass
from xorlib.training import evenly_spaced_epochs


class EnsembleHistory(NamedTuple):
    """How the training of an ensemble went. The first axis of all is the network.

    Attributes
    ----------
    parameters : Parameters
        All networks after the last update: W1 (N, inputs, h), b1 (N, 1, h), W2 (N, h, 1),
        b2 (N, 1, 1). ``pick(parameters, k)`` is network k.
    losses : ndarray of float64, shape (N,)
        Each network's loss after the *last* update: the mean of the squared errors, or the
        mean cross-entropy in nats. (`train` returns the loss *before* each update.)
    snapshots : tuple of Parameters
        All networks, stacked like `parameters`, at each of `snapshot_epochs`.
    snapshot_epochs : ndarray of int, shape (snapshots,)
        How many updates each snapshot had seen, from 0 to `epochs`.
    """

    parameters: Parameters
    losses: np.ndarray
    snapshots: tuple[Parameters, ...]
    snapshot_epochs: np.ndarray


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


def train_ensemble(
    parameters,
    X,
    y,
    *,
    learning_rate,
    epochs,
    activation="sigmoid",
    loss="squared_error",
    snapshots=0,
):
    """Train many networks at once; network k ends where `train` ends from the same start.

    That is to say, to within rounding: sums are taken in another order here. The
    conventions are those of `xorlib.training.train`, the meaning of a learning rate above all.
    Many networks are divided between threads, one for each core.

    Parameters
    ----------
    parameters : Parameters
        The starts, with the network axis first: W1 (N, inputs, h), b1 (N, 1, h), W2 (N, h, 1),
        b2 (N, 1, 1). Or one start as for `train`, which then is the start of every network.
    X : array_like, shape (n, inputs)
        Inputs, one example a row.
    y : array_like, shape (n, 1)
        Targets; in [0, 1] for the cross-entropy.
    learning_rate : float or array_like of shape (N,)
        Above 0; one for all networks, or one for each.
    epochs : int
        Number of updates, at least 1.
    activation : {"sigmoid", "relu", "leaky_relu"}
        What the hidden units use.
    loss : {"squared_error", "cross_entropy"}
        What is minimised.
    snapshots : int
        How many evenly spaced states to keep, the start and the end among them: 0 for none,
        else from 2 to `epochs` + 1.

    Returns
    -------
    EnsembleHistory
        A network that diverges ends like any other, without warnings: its loss shows it, by
        being infinite or NaN. Its neighbours are not touched.

    Raises
    ------
    ValueError
        If an argument is of the wrong shape, not finite, out of its range or unknown.
    """
    validation.choice("activation", activation, ACTIVATIONS)
    validation.choice("loss", loss, LOSSES)
    parameters, learning_rate = checked_ensemble(parameters, learning_rate)
    networks, inputs, hidden = parameters.W1.shape
    X, y = checked_data(pick(parameters, 0), X, y, loss)
    epochs = validation.whole_number("epochs", epochs, 1)
    snapshot_epochs = evenly_spaced_epochs(snapshots, epochs)

    stop = None
    marks = [*snapshot_epochs.tolist(), epochs]
    theta = np.empty((len(marks), (inputs + 2) * hidden + 1, networks))
    losses = np.empty(networks)

    def train_some(some):
        """Train a slice of the networks; fill their columns of `theta` and `losses`."""
        part, done = join(Parameters(*(array[some] for array in parameters))), 0
        for position, mark in enumerate(marks):
            z2 = descend(
                part,
                X,
                y,
                hidden=hidden,
                learning_rate=learning_rate[some],
                epochs=mark - done,
                activation=activation,
                loss=loss,
                stop=stop,
            )
            theta[position, :, some], done = part, mark
        losses[some] = final_losses(z2, y, loss)

    pieces = [slice(*ends) for ends in pairwise(edges(networks, networks_at_once(hidden, len(X))))]
    if len(pieces) == 1:
        train_some(pieces[0])
    else:
        with workers(None, len(pieces)) as (pool, stop):
            for _ in in_order_of_completion(pool, train_some, zip(pieces, strict=True)):
                pass
    *kept, final = (split(columns, inputs, hidden) for columns in theta)
    return EnsembleHistory(final, losses, tuple(kept), snapshot_epochs)


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


def final_losses(z2, y, loss):
    """Return the loss of each network, (N,), from its output pre-activations z2 (n, N)."""
    z2 = z2.T[..., np.newaxis]
    with np.errstate(all="ignore"):
        return LOSSES[loss].printed(z2, 1 / (1 + np.exp(-z2)), y)
