"""Gradient descent for one network: the loop of notebook 02, ten thousand times."""

from copy import deepcopy
from typing import NamedTuple

import numpy as np

from xorlib import arguments, network
from xorlib.network import LOSSES, Parameters


class History(NamedTuple):
    """How a training run went.

    Attributes
    ----------
    parameters : Parameters
        The network after the last update.
    losses : ndarray, shape (epochs,)
        Before each update: the *mean* of the squared errors, or the mean cross-entropy in nats.
    snapshots : tuple of Parameters
        The network at each of `snapshot_epochs`.
    snapshot_epochs : ndarray of int, shape (snapshots,)
        How many updates each snapshot had seen, from 0 to `epochs`.
    """

    parameters: Parameters
    losses: np.ndarray
    snapshots: tuple[Parameters, ...]
    snapshot_epochs: np.ndarray


@np.errstate(all="ignore")
def train(parameters, X, y, *, learning_rate, epochs, loss="squared_error", snapshots=0):
    """Train a network by full-batch gradient descent; return its `History`.

    The convention of the step, which decides what a learning rate means:
    for "squared_error" a step follows the gradient of **half the sum** of the squared errors,
    while `losses` records their **mean**. With four rows a learning rate of 0.1 here
    is one of 0.2 on the mean. For "cross_entropy" both are the mean over the rows.

    A run that diverges ends like any other, without warnings: its losses show it, by jumping up,
    or by turning infinite or NaN.

    Parameters
    ----------
    parameters, X, y, loss
        The start, the data and the loss, as for `xorlib.network.backward`.
    learning_rate : float
        Length of a step for a gradient of 1, above 0.
    epochs : int
        Number of updates, at least 1; every update sees all rows.
    snapshots : int
        How many evenly spaced networks to keep, the start and the end among them: 0 for
        none, else from 2 to `epochs` + 1.
    """
    # A snapshot is its own: the start that was given may be changed later.
    parameters = deepcopy(network._checked_parameters(parameters, stack=False))
    X, y = network._checked_data(len(parameters.W1), X, y, loss)
    learning_rate = arguments.positive("learning_rate", learning_rate)
    epochs = arguments.whole_number("epochs", epochs, 1)
    snapshot_epochs = _evenly_spaced_epochs(snapshots, epochs)

    wanted, kept, losses = set(snapshot_epochs.tolist()), [], np.empty(epochs)
    for epoch in range(epochs):
        if epoch in wanted:
            kept.append(parameters)
        state = network._forward_pass(parameters, X)
        losses[epoch] = LOSSES[loss].printed(state.z2, state.a2, y)
        gradient = network._backward_pass(parameters, X, y, state, loss)
        parameters = network._step(parameters, gradient, learning_rate)
    if epochs in wanted:
        kept.append(parameters)
    return History(parameters, losses, tuple(kept), snapshot_epochs)


def _evenly_spaced_epochs(snapshots, epochs):
    """Return the epochs of that many snapshots, from 0 to `epochs`, as whole numbers."""
    snapshots = arguments.whole_number("snapshots", snapshots, 0, epochs + 1)
    if snapshots == 1:
        raise arguments.refusal("snapshots", "be 0 or at least 2 (the start and the end)", 1)
    return np.linspace(0, epochs, snapshots).round().astype(int)
