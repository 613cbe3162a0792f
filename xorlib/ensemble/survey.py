"""The census: how thousands of networks end that differ in nothing but their start."""

import contextlib
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from xorlib import validation
from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.ensemble.initial import STARTS, draw, starts
from xorlib.ensemble.interval import Share, wilson_interval
from xorlib.ensemble.outcomes import OUTCOMES, classify
from xorlib.ensemble.stacked import split
from xorlib.ensemble.step import descend, networks_at_once
from xorlib.ensemble.training import final_losses
from xorlib.ensemble.workers import (
    IncompleteCensusError,
    edges,
    in_order_of_completion,
    workers,
)
from xorlib.losses import LOSSES
from xorlib.parameters import Parameters


class Plan(NamedTuple):
    """What distinguishes one census from another; the arguments of `census`."""

    seed: int
    hidden: int
    activation: str
    loss: str
    start: str
    learning_rate: float
    epochs: int


@dataclass(frozen=True)
class Census:
    """How every network of a census ended. The first axis of all arrays is the network.

    Attributes
    ----------
    losses : ndarray of float64, shape (networks,)
        The loss after the last update: the mean cross-entropy in nats, or the mean of the
        squared errors.
    parameters : Parameters
        After the last update, stacked; ``pick(parameters, k)`` is network k.
    outcomes : ndarray of int8, shape (networks,)
        How each ended, as a position in `OUTCOMES`; see `xorlib.ensemble.outcomes`.
    plan : Plan
        The settings that it was made with.
    """

    losses: np.ndarray
    parameters: Parameters
    outcomes: np.ndarray
    plan: Plan

    def starts(self):
        """Return the initial parameters of all networks, stacked, drawn once more."""
        seed, hidden, start = self.plan.seed, self.plan.hidden, self.plan.start
        return starts(len(self.losses), seed=seed, hidden=hidden, start=start)

    def which(self, outcome):
        """Return for each network whether it ended so; `outcome` is a name of `OUTCOMES`.

        Raises
        ------
        ValueError
            If there is no such outcome.
        """
        positions = {name: position for position, name in enumerate(OUTCOMES)}
        return self.outcomes == validation.choice("outcome", outcome, positions)

    def counts(self):
        """Return how many networks had each outcome: a dict with every name of `OUTCOMES`."""
        numbers = np.bincount(self.outcomes, minlength=len(OUTCOMES)).tolist()
        return dict(zip(OUTCOMES, numbers, strict=True))

    def solved_share(self, confidence=0.95):
        """Return the share of networks that solved XOR, with its Wilson interval.

        Parameters
        ----------
        confidence : float
            Above 0 and below 1.

        Returns
        -------
        Share
            `share`, and from `low` to `high` its interval.
        """
        solved, networks = self.counts()["solved"], len(self.outcomes)
        return Share(solved / networks, *wilson_interval(solved, networks, confidence))


def census(
    networks,
    *,
    seed,
    hidden=2,
    activation="relu",
    loss="cross_entropy",
    start="glorot",
    learning_rate=0.3,
    epochs=10_000,
    executor=None,
    progress=False,
):
    """Train many networks on XOR from random starts, and say how each of them ended.

    The defaults are those of the collection's Keras model. The same arguments give the same
    census to the last bit, whatever the number of cores and the executor: how the networks are
    divided between them depends on nothing else. (Another kind of processor or version of NumPy
    may round otherwise.) A census of more networks begins with the same starts.

    Parameters
    ----------
    networks : int
        How many, at least 1.
    seed : int
        0 or more.
    hidden : int
        Number of hidden units, at least 1.
    activation : {"sigmoid", "relu", "leaky_relu"}
        What the hidden units use.
    loss : {"squared_error", "cross_entropy"}
        What is minimised.
    start : {"glorot", "he", "uniform"}
        How the initial parameters are drawn; see `starts`.
    learning_rate : float
        Above 0; what it means for each loss, see `xorlib.training.train`.
    epochs : int
        Number of updates of each network, at least 1.
    executor : concurrent.futures.Executor, optional
        Where to train: a pool of processes, or a cluster, for example that of a Dask
        ``Client`` by ``client.get_executor()``. The default is threads over this machine's
        cores. It is not shut down.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    Census

    Raises
    ------
    ValueError
        If an argument is of the wrong kind, out of its range or unknown.
    IncompleteCensusError
        If a worker fails and its networks cannot be trained elsewhere.
    """
    networks = validation.whole_number("networks", networks, 1)
    validation.choice("activation", activation, ACTIVATIONS)
    validation.choice("loss", loss, LOSSES)
    validation.choice("start", start, STARTS)
    plan = Plan(
        seed=validation.whole_number("seed", seed, 0),
        hidden=validation.whole_number("hidden", hidden, 1),
        activation=activation,
        loss=loss,
        start=start,
        learning_rate=validation.positive_number("learning_rate", learning_rate),
        epochs=validation.whole_number("epochs", epochs, 1),
    )
    if not (executor is None or isinstance(executor, Executor)):
        raise ValueError(f"executor must be a concurrent.futures.Executor, but is {executor!r}")

    pieces = list(pairwise(edges(networks, networks_at_once(plan.hidden, 4))))
    theta = np.empty((4 * plan.hidden + 1, networks))
    losses, outcomes = np.empty(networks), np.empty(networks, np.int8)
    done = 0
    with contextlib.ExitStack() as resources:
        executor, stop = resources.enter_context(workers(executor, len(pieces)))
        bar = resources.enter_context(progress_bar(networks)) if progress else None
        tasks = [(plan, first, last, stop) for first, last in pieces]
        try:
            for (_, first, last, _), result in in_order_of_completion(executor, train_block, tasks):
                theta[:, first:last], losses[first:last], outcomes[first:last] = result
                done += last - first
                if bar is not None:
                    bar.update(last - first)
        except Exception as error:
            raise IncompleteCensusError(
                f"the census is incomplete: {networks - done} of {networks} networks are missing,"
                f" because the executor did not train them: {error!r}",
                missing=networks - done,
            ) from error
    return Census(losses, split(theta, 2, plan.hidden), outcomes, plan)


def train_block(plan, first, last, stop=None):
    """Draw and train networks `first` to `last` - 1; return parameters, losses, outcomes."""
    X, y = truth_table("xor")
    theta = draw(first, last, plan.seed, plan.hidden, plan.start)
    losses = []
    late = -(-plan.epochs // 10)
    for epochs in (0, plan.epochs - late, late):
        z2 = descend(
            theta,
            X,
            y,
            hidden=plan.hidden,
            learning_rate=plan.learning_rate,
            epochs=epochs,
            activation=plan.activation,
            loss=plan.loss,
            stop=stop,
        )
        losses.append(final_losses(z2, y, plan.loss))
    first_losses, earlier_losses, last_losses = losses
    with np.errstate(over="ignore"):
        predictions = (1 / (1 + np.exp(-z2))).T
    finite = np.isfinite(theta).all(axis=0)
    outcomes = classify(predictions, last_losses, earlier_losses, first_losses, finite)
    return theta, last_losses, outcomes


def progress_bar(networks):
    """Return a bar that counts networks, in a notebook as in a terminal."""
    from tqdm.auto import tqdm  # not at the top: in a notebook it imports ipywidgets

    return tqdm(total=networks, unit="network", desc="census")
