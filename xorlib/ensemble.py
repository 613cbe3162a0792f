"""Thousands of networks at once: training them, and counting how they end.

`xorlib.training.train` is written to be read, this module to be fast. The step is the same, with
one more axis. A line that is there for speed alone says what it buys.
"""

import contextlib
import math
import os
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import pairwise
from statistics import NormalDist
from threading import Event
from typing import NamedTuple

import numpy as np

from xorlib import arguments
from xorlib.data import TARGETS, truth_table
from xorlib.network import (
    ACTIVATIONS,
    LEAKY_SLOPE,
    LOSSES,
    Parameters,
    checked_data,
    checked_parameters,
    forward_pass,
    predict,
)
from xorlib.training import evenly_spaced_epochs

# How networks end. Rows that a network cannot tell apart share one answer, and the best shared
# answer is the mean of their targets. Of the fifteen ways in which four rows can fall together XOR
# makes these patterns of answers to 00, 01, 10, 11, and only four losses.

PATTERNS = {
    "two rows alike": [[1 / 2, 1 / 2, 1, 0], [1 / 2, 1, 1 / 2, 0],
                       [0, 1 / 2, 1, 1 / 2], [0, 1, 1 / 2, 1 / 2]],
    "three rows alike": [[1 / 3, 1 / 3, 1, 1 / 3], [1 / 3, 1, 1 / 3, 1 / 3],
                         [0, 2 / 3, 2 / 3, 2 / 3], [2 / 3, 2 / 3, 2 / 3, 0]],
    "all rows alike": [[1 / 2, 1 / 2, 1 / 2, 1 / 2]],
}  # fmt: skip
OUTCOMES = ("solved", *PATTERNS, "at rest elsewhere", "still moving", "diverged")
ENTROPY_OF_A_THIRD = math.log(3) - 2 / 3 * math.log(2)
LEVELS = {
    "cross_entropy": (0.0, math.log(2) / 2, 3 / 4 * ENTROPY_OF_A_THIRD, math.log(2)),
    "squared_error": (0.0, 1 / 8, 1 / 6, 1 / 4),
}
LEVELS = {loss: dict(zip(OUTCOMES, levels, strict=False)) for loss, levels in LEVELS.items()}
TOLERANCE = 0.1  # of an answer; two patterns differ by 1/3 or more in some row


def classify(answers, final_losses, earlier_losses, first_losses):
    """Say in a word of `OUTCOMES` how each of N networks ended, as an array of str.

    The first word that fits counts. "diverged": the loss is not finite. "solved": each answer is on
    the right side of 1/2, by more than rounding. "... alike": each answer is within `TOLERANCE` of
    a pattern. "diverged": the loss is higher than at the start. "at rest elsewhere": the loss
    changed by less than a hundredth of itself in the last tenth of the epochs, as with leaky
    networks whose kink has come to lie on a row. "still moving": all others.

    `answers`, (N, 4), are those after training to the rows 00, 01, 10, 11; the losses, (N,), are
    those at the end, after nine tenths of the epochs, and at the start.
    """
    right_by = np.where(TARGETS["xor"], answers - 1 / 2, 1 / 2 - answers).min(axis=1)
    with np.errstate(invalid="ignore"):
        rules = [("diverged", ~np.isfinite(final_losses)), ("solved", right_by > 1e-6)]
        for word, patterns in PATTERNS.items():
            distances = np.abs(answers[:, np.newaxis] - np.array(patterns)).max(axis=2)
            rules.append((word, distances.min(axis=1) < TOLERANCE))
        rules.append(("diverged", final_losses > first_losses))
        at_rest = np.abs(earlier_losses - final_losses) < 0.01 * final_losses
        rules.append(("at rest elsewhere", at_rest))
    words, conditions = zip(*rules, strict=True)
    return np.select(conditions, words, default="still moving")


class Share(NamedTuple):
    """A share with its confidence interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson_interval(successes, trials, confidence=0.95):
    """Return the lower and the upper end of the Wilson score interval of a share.

    Of all true shares p it holds those that the count does not contradict: where
    successes / trials lies at most z standard deviations √(p (1 - p) / trials) from p.
    Unlike the share plus or minus z of its own standard deviations it has a width even
    where the count is 0 or all, and never leaves [0, 1]. E. B. Wilson, "Probable inference, the
    law of succession, and statistical inference", J. Am. Stat. Assoc. 22, 1927.

    Parameters
    ----------
    successes, trials : int
        From 0 to `trials`; at least 1.
    confidence : float
        How often such intervals hold the true share, above 0 and below 1.
    """
    trials = arguments.whole_number("trials", trials, 1)
    successes = arguments.whole_number("successes", successes, 0, trials)
    if arguments.positive_number("confidence", confidence) >= 1:
        raise ValueError(f"confidence must be below 1, but is {confidence!r}")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, whole = successes / trials, 1 + z**2 / trials
    centre = share + z**2 / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    # At the ends the formula gives exactly 0 and 1; rounding must not.
    low = 0.0 if successes == 0 else (centre - reach) / whole
    high = 1.0 if successes == trials else (centre + reach) / whole
    return low, high


# Networks side by side. A stack has the network axis first; for the work the networks are columns
# of one array theta, (parameters, N), with the parameters in the order W1, b1, W2, b2.


def stack(networks):
    """Put networks of one size and activation side by side; return the stack."""
    if not isinstance(networks, Iterable):
        raise ValueError(f"networks must be a list of networks, but is {networks!r}")
    networks = [checked_parameters(network, stack=False) for network in networks]
    kinds = {(network.W1.shape, network.activation) for network in networks}
    if len(kinds) != 1:
        raise ValueError(f"networks must be of one size and activation, but is {sorted(kinds)}")
    arrays = zip(*(network.arrays for network in networks), strict=True)
    return Parameters(*map(np.stack, arrays), networks[0].activation)


def pick(parameters, which):
    """Take one network, or some of them, out of a stack, as copies.

    `which` is a whole number for one network; a slice, a list of whole numbers or an array of bool,
    shape (N,), for a smaller stack.
    """
    parameters = checked_parameters(parameters, stack=True)
    networks = len(parameters.W1)
    try:
        chosen = np.arange(networks)[which]
    except IndexError:
        chosen = None
    if chosen is None or chosen.ndim > 1:  # None and True would add an axis
        raise ValueError(f"which must fit {networks} networks, but is {which!r}")
    return Parameters(*(array[chosen].copy() for array in parameters.arrays), parameters.activation)


def layers(theta, hidden, inputs=2):
    """Return W1 with b1 as its last row (inputs + 1, h, N), W2 (h, N), b2 (N,): views of theta."""
    first = (inputs + 1) * hidden
    return theta[:first].reshape(inputs + 1, hidden, -1), theta[first:-1], theta[-1]


def stack_of(theta, activation, hidden, inputs=2):
    """Return theta as a stack."""
    W1, W2, b2 = layers(theta, hidden, inputs)
    first = [np.moveaxis(array, -1, 0) for array in (W1[:-1], W1[-1:], W2[:, np.newaxis])]
    return Parameters(*first, b2.reshape(-1, 1, 1), activation)


# Starts: how far the weights of the first and of the second layer reach from 0, for h hidden units.
# "uniform" is from 0 to 1 instead, biases too.

REACHES = {
    "glorot": lambda h: (math.sqrt(6 / (2 + h)), math.sqrt(6 / (h + 1))),
    "he": lambda h: (math.sqrt(6 / 2), math.sqrt(6 / h)),
    "uniform": None,
}
BLOCK = 1000  # networks that one random stream serves; to change it is to change every census


def starts(networks, *, seed, hidden=2, start="glorot", activation="relu"):
    """Draw the initial parameters of the networks that `census` trains, a stack.

    Network k depends on `seed`, `hidden` and k alone: a larger number of networks begins
    with the smaller one's. The three kinds of start scale the same random numbers, so
    network k of a Glorot and of a He start differ in length, not in direction.

    Parameters
    ----------
    networks, hidden : int
        How many networks, of how many hidden units each; at least 1.
    seed : int
        0 or more; each thousand of networks has a stream of its own.
    start : {"glorot", "he", "uniform"}
        "glorot" as for `xorlib.network.glorot_parameters`. "he": the same with r = √(6 / fan_in)
        (K. He et al., "Delving deep into rectifiers", ICCV 2015, equation 10, there with a normal
        distribution of the same variance). "uniform": weights and biases uniform on [0, 1).
    activation : {"relu", "leaky_relu", "sigmoid"}
    """
    networks = arguments.whole_number("networks", networks, 1)
    hidden = arguments.whole_number("hidden", hidden, 1)
    seed = arguments.whole_number("seed", seed, 0)
    arguments.choice("start", start, REACHES)
    arguments.choice("activation", activation, ACTIVATIONS)
    theta = np.empty((4 * hidden + 1, networks))
    for first in range(0, networks, BLOCK):
        stream = np.random.SeedSequence(seed, spawn_key=(first // BLOCK,))
        block = theta[:, first : first + BLOCK]
        block[:] = np.random.default_rng(stream).random(block.T.shape).T
    if REACHES[start]:
        reach1, reach2 = REACHES[start](hidden)
        scale = np.repeat([reach1, 0.0, reach2, 0.0], [2 * hidden, hidden, hidden, 1])
        theta = (2 * theta - 1) * scale[:, np.newaxis]
    return stack_of(theta, activation, hidden)


# The step. Everything has one more axis, the last: the network. Hidden activations are (n, h, N);
# in einsum's notation r is the row, j the hidden unit and N the network. Each network's numbers
# stay in a column of their own, so one that diverges cannot touch another. NumPy runs through an
# array once for every operation; that arrays are made once and written into (`out=`, `*=`) makes it
# two and a half times as fast.


def activate(z, activation):
    """Turn z into the activation, in place."""
    if activation == "sigmoid":
        np.exp(np.negative(z, out=z), out=z)
        z += 1
        np.divide(1, z, out=z)
    else:
        # Zeros in an array: with a single 0 NumPy is slower.
        floor = np.zeros(z.shape[-1]) if activation == "relu" else LEAKY_SLOPE * z
        np.maximum(z, floor, out=z)


def times_slope(delta, a, activation):
    """Multiply delta by the activation's slope, in place; a is overwritten, too."""
    if activation == "sigmoid":
        delta *= a
        delta *= np.subtract(1, a, out=a)
    elif activation == "relu":
        delta *= a > 0
    else:
        np.multiply(a > 0, 1 - LEAKY_SLOPE, out=a)
        a += LEAKY_SLOPE
        delta *= a


def descend(theta, X, y, *, hidden, activation, learning_rate, loss, marks, stop=None):
    """Train N networks in place, by full-batch gradient descent, and record their state.

    `theta` is float64 and C-contiguous; `learning_rate` is one for all or one each. `marks` are
    the numbers of updates after which to record it, in rising order; the last one is the end. Once
    `stop`, a ``threading.Event``, is set, the training ends within 100 updates.

    Returns theta at each mark, (marks, parameters, N).
    """
    (n, inputs), networks = X.shape, theta.shape[1]
    X = np.hstack([X, np.ones((n, 1))])  # an input that is always 1, for b1
    scale = learning_rate / n if loss == "cross_entropy" else learning_rate

    step = np.empty_like(theta)  # gradient times learning rate
    W1, W2, b2 = layers(theta, hidden, inputs)
    dW1, dW2, db2 = layers(step, hidden, inputs)
    a1, delta1 = np.empty((2, n, hidden, networks))
    a2, delta2 = np.empty((2, n, networks))
    # Matrix products want two axes: all units of all networks side by side.
    W1_flat, step_flat = W1.reshape(inputs + 1, -1), dW1.reshape(inputs + 1, -1)
    a1_flat, delta1_flat = a1.reshape(n, -1), delta1.reshape(n, -1)

    thetas = []
    with np.errstate(all="ignore"):
        # NumPy copies small broadcast arrays through a buffer, for longer runs. A small buffer
        # prevents that, which saves a seventh with 1000 networks. Undone when errstate ends.
        np.setbufsize(1024)
        for epoch in range(marks[-1] + 1):
            if stop is not None and epoch % 100 == 0 and stop.is_set():
                return None  # to nobody: the work was called off
            thetas += [theta.copy() for mark in marks if mark == epoch]
            if epoch == marks[-1]:
                return np.array(thetas)

            np.matmul(X, W1_flat, out=a1_flat)  # z1 = X W1 + b1
            activate(a1, activation)
            np.einsum("rjN,jN->rN", a1, W2, out=a2)  # z2 = a1 W2 + b2
            a2 += b2
            activate(a2, "sigmoid")

            np.subtract(a2, y, out=delta2)  # δ2 = a2 - y, for the cross-entropy
            if loss == "squared_error":
                times_slope(delta2, a2, "sigmoid")
            delta2 *= scale  # here and not in each gradient: fewer numbers to multiply
            np.einsum("rjN,rN->jN", a1, delta2, out=dW2)  # a1ᵀ δ2
            np.add.reduce(delta2, axis=0, out=db2)

            np.multiply(delta2[:, np.newaxis], W2, out=delta1)  # δ1 = δ2 W2ᵀ · slope
            times_slope(delta1, a1, activation)
            np.matmul(X.T, delta1_flat, out=step_flat)  # Xᵀ δ1, and Σ δ1 for b1
            theta -= step


def losses_of(networks, X, y, loss):
    """Return the loss of each network of a stack, (N,)."""
    with np.errstate(all="ignore"):
        return LOSSES[loss].printed(*forward_pass(networks, X)[2:], y)


def pieces(networks, hidden, rows):
    """Divide the networks into slices that are best trained together, their arrays some 4 MB.

    With fewer, threads wait for each other between NumPy's calls; with many more, the arrays fall
    out of the processor's cache. From two on the pieces are even in number, so that two cores end
    together. The number of cores plays no part, so that it cannot change the last bit of a result.
    """
    most = max(16, 80_000 // (hidden * rows))
    count = -(-networks // most)
    if networks >= most:
        count += count % 2
    edges = [networks * k // count for k in range(count + 1)]
    return [slice(*ends) for ends in pairwise(edges)]


def cores():
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_pieces(parameters, X, y, learning_rate, loss, marks, executor=None):
    """Train a stack, piece by piece, on an executor or on threads of this process.

    Yields for each piece, in order, the slice of networks and what `descend` returned. Threads
    are stopped by an error or an interruption: no work goes on that nobody waits for.
    """
    networks, inputs, hidden = parameters.W1.shape
    rates = np.broadcast_to(learning_rate, networks)
    settings = {"hidden": hidden, "activation": parameters.activation, "loss": loss, "marks": marks}
    work = pieces(networks, hidden, len(X))
    with contextlib.ExitStack() as resources:
        if executor is None:
            executor = resources.enter_context(ThreadPoolExecutor(min(cores(), len(work))))
        if isinstance(executor, ThreadPoolExecutor):
            settings["stop"] = Event()
        tasks = []
        try:
            for some in work:
                part = pick(parameters, some).arrays
                theta = np.hstack([array.reshape(len(array), -1) for array in part]).T.copy()
                rate = rates[some]
                tasks.append(executor.submit(descend, theta, X, y, learning_rate=rate, **settings))
            for some in work:
                yield some, tasks[0].result()
                del tasks[0]  # and with it the result
        finally:
            if tasks and "stop" in settings:
                settings["stop"].set()
            for task in tasks:
                task.cancel()


class EnsembleHistory(NamedTuple):
    """How the training of N networks went, the first axis of all the network.

    Like `xorlib.training.History`, but `parameters` and each of `snapshots` are stacks, and
    `final_losses`, (N,), are those after the *last* update. (`train` records the loss *before* each
    update.)
    """

    parameters: Parameters
    final_losses: np.ndarray
    snapshots: tuple[Parameters, ...]
    snapshot_epochs: np.ndarray


def train_ensemble(parameters, X, y, *, learning_rate, epochs, loss="squared_error", snapshots=0):
    """Train many networks at once, as an `EnsembleHistory`: each ends where `train` would end.

    That is to say, to within rounding: sums are taken in another order here. The conventions are
    those of `xorlib.training.train`, as are the arguments that are not named below. A network that
    diverges ends like any other: its loss shows it, by being infinite or NaN.

    Parameters
    ----------
    parameters : Parameters
        The starts, a stack of N networks. Or one network, the start of all.
    learning_rate : float or array_like of shape (N,)
        Above 0; one for all networks, or one for each.
    """
    parameters = checked_parameters(parameters)
    if parameters.W1.ndim == 2:
        parameters = stack([parameters])
    if np.ndim(learning_rate) == 0:
        learning_rate = arguments.positive_number("learning_rate", learning_rate)
    else:
        networks = len(parameters.W1) if len(parameters.W1) > 1 else "networks"
        learning_rate = arguments.array("learning_rate", learning_rate, (networks,))
        if learning_rate.min() <= 0:
            raise ValueError(f"learning_rate must be above 0, but holds {learning_rate.min()}")
        repeated = np.resize(np.arange(len(parameters.W1)), len(learning_rate))
        parameters = pick(parameters, repeated)
    X, y = checked_data(pick(parameters, 0), X, y, loss)
    epochs = arguments.whole_number("epochs", epochs, 1)
    snapshot_epochs = evenly_spaced_epochs(snapshots, epochs)

    networks, inputs, hidden = parameters.W1.shape
    marks = [*snapshot_epochs.tolist(), epochs]
    thetas = np.empty((len(marks), (inputs + 2) * hidden + 1, networks))
    for some, result in in_pieces(parameters, X, y, learning_rate, loss, marks):
        thetas[..., some] = result
    *kept, final = (stack_of(theta, parameters.activation, hidden, inputs) for theta in thetas)
    return EnsembleHistory(final, losses_of(final, X, y, loss), tuple(kept), snapshot_epochs)


class Census(NamedTuple):
    """How every network of a census ended, the first axis of all the network.

    Attributes
    ----------
    final_losses : ndarray of float64, shape (networks,)
        After the last update: the mean cross-entropy in nats, or the mean of the squared errors.
    parameters, starts : Parameters
        After the last update and before the first, stacks.
    outcomes : ndarray of str, shape (networks,)
        How each ended, in a word of `OUTCOMES`; `classify` says what they mean.
    """

    final_losses: np.ndarray
    parameters: Parameters
    starts: Parameters
    outcomes: np.ndarray

    def counts(self):
        """Return how many networks had each outcome: a dict with every name of `OUTCOMES`."""
        return {outcome: int((self.outcomes == outcome).sum()) for outcome in OUTCOMES}

    def solved_share(self, confidence=0.95):
        """Return the share that solved XOR, a `Share` with its Wilson interval."""
        solved, networks = self.counts()["solved"], len(self.outcomes)
        return Share(solved / networks, *wilson_interval(solved, networks, confidence))


class IncompleteCensusError(RuntimeError):
    """A worker failed, and with it part of the census."""


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
    """Train many networks on XOR from random starts, and say how each of them ended, a `Census`.

    The defaults are those of the collection's Keras model. The same arguments give the same
    census to the last bit, whatever the number of cores and the executor. (Another kind of
    processor or version of NumPy may round differently.)

    Parameters
    ----------
    networks, seed, hidden, start, activation
        Which starts; see `starts`. What is not named here is as for `xorlib.training.train`.
    executor : concurrent.futures.Executor, optional
        Where to train: a pool of processes, or a cluster, for example that of a Dask
        ``Client`` by ``client.get_executor()``; it is not shut down. The default is threads.
    progress : bool
        Whether to show a progress bar.

    Raises
    ------
    IncompleteCensusError
        If a worker fails and its networks cannot be trained elsewhere.
    """
    begin = starts(networks, seed=seed, hidden=hidden, start=start, activation=activation)
    arguments.choice("loss", loss, LOSSES)
    learning_rate = arguments.positive_number("learning_rate", learning_rate)
    epochs = arguments.whole_number("epochs", epochs, 1)
    if not (executor is None or isinstance(executor, Executor)):
        raise ValueError(f"executor must be a concurrent.futures.Executor, but is {executor!r}")

    from tqdm.auto import tqdm  # not at the top: in a notebook it loads ipywidgets

    X, y = truth_table("xor")
    marks = [0, epochs - -(-epochs // 10), epochs]
    theta, final_losses = np.empty((4 * hidden + 1, networks)), np.empty(networks)
    outcomes, missing = np.empty(networks, dtype=f"U{max(map(len, OUTCOMES))}"), networks
    results = in_pieces(begin, X, y, learning_rate, loss, marks, executor)
    bar = tqdm(total=networks, unit="network", desc="census", disable=not progress)
    with contextlib.closing(results), bar:
        try:
            for some, thetas in results:
                theta[:, some] = thetas[-1]
                stacks = [stack_of(noted, activation, hidden) for noted in thetas]
                losses = [losses_of(networks, X, y, loss) for networks in stacks]
                first, earlier, final_losses[some] = losses
                answers = predict(stacks[-1], X)[..., 0]
                outcomes[some] = classify(answers, final_losses[some], earlier, first)
                missing -= len(answers)
                bar.update(len(answers))
        except Exception as error:
            raise IncompleteCensusError(
                f"the census is incomplete: {missing} of {networks} networks are missing,"
                f" because the executor did not train them: {error!r}"
            ) from error
    return Census(final_losses, stack_of(theta, activation, hidden), begin, outcomes)
