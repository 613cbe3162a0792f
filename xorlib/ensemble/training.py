"""Gradient descent for many networks: what `xorlib.training.train` does, for all at once."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from xorlib import validation
from xorlib.activations import ACTIVATIONS
from xorlib.ensemble.stacked import checked_ensemble, join, pick, split
from xorlib.ensemble.step import descend, networks_at_once
from xorlib.ensemble.workers import edges, in_order_of_completion, workers
from xorlib.losses import LOSSES
from xorlib.network import checked_data
from xorlib.parameters import Parameters
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


def final_losses(z2, y, loss):
    """Return the loss of each network, (N,), from its output pre-activations z2 (n, N)."""
    z2 = z2.T[..., np.newaxis]
    with np.errstate(all="ignore"):
        return LOSSES[loss].printed(z2, 1 / (1 + np.exp(-z2)), y)
