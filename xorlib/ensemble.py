"""Thousands of networks at once: training them, and counting how they end.

`xorlib.training.train` is written to be read, this module to be fast. The step is the same, with
one more axis. A line that is there for speed alone says what it buys.
"""

import contextlib
import math
import os
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from threading import Event
from typing import NamedTuple

import numpy as np

from xorlib import arguments, network
from xorlib.data import truth_table
from xorlib.network import ACTIVATIONS, LEAKY_SLOPE, LOSSES, Parameters
from xorlib.outcomes import OUTCOMES, Share, classify, wilson_interval
from xorlib.training import _evenly_spaced_epochs

# Networks side by side. A stack has the network axis first; for the work the networks are columns
# of one array theta, (parameters, N), with the parameters in the order W1, b1, W2, b2.


def stack(networks):
    """Put networks of one size and activation side by side; return the stack."""
    networks = arguments.several("networks", networks, Parameters)
    networks = [network._checked_parameters(each, stack=False) for each in networks]
    kinds = sorted({(each.W1.shape, each.activation) for each in networks})
    if len(kinds) != 1:
        raise arguments.refusal("networks", "be of one size and activation", kinds)
    arrays = zip(*(each.arrays for each in networks), strict=True)
    return Parameters(*map(np.stack, arrays), networks[0].activation)


def pick(parameters, which):
    """Take one network, or some of them, out of a stack, as copies.

    `which` is a whole number for one network; a slice, a list of whole numbers or an array of bool,
    shape (N,), for a smaller stack.
    """
    parameters = network._checked_parameters(parameters, stack=True)
    chosen = arguments.places("which", which, len(parameters.W1))
    return parameters._map(lambda array: array[chosen].copy())


def _layers(theta, hidden, inputs=2):
    """Return W1 with b1 as its last row (inputs + 1, h, N), W2 (h, N), b2 (N,): views of theta."""
    first = (inputs + 1) * hidden
    return theta[:first].reshape(inputs + 1, hidden, -1), theta[first:-1], theta[-1]


def _stack_of(theta, activation, hidden, inputs=2):
    """Return theta as a stack."""
    W1, W2, b2 = _layers(theta, hidden, inputs)
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
    activation : {"relu", "leaky_relu", "sigmoid", "tanh"}
    """
    networks = arguments.whole_number("networks", networks, 1, 10**7)
    hidden = arguments.whole_number("hidden", hidden, 1, 10**5)
    seed = arguments.whole_number("seed", seed, 0, np.inf)
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
        theta *= 2  # in place: a million networks leave little room
        theta -= 1
        theta *= scale[:, np.newaxis]
    return _stack_of(theta, activation, hidden)


# The step. Everything has one more axis, the last: the network. Hidden activations are (n, h, N);
# in einsum's notation r is the row, j the hidden unit and N the network. Each network's numbers
# stay in a column of their own, so one that diverges cannot touch another. NumPy runs through an
# array once for every operation; that arrays are made once and written into (`out=`, `*=`) makes it
# two and a half times as fast.


def _activate(z, activation):
    """Turn z into the activation, in place."""
    if activation == "sigmoid":
        np.exp(np.negative(z, out=z), out=z)
        z += 1
        np.divide(1, z, out=z)
    elif activation == "tanh":
        # 2 sigmoid(2 z) - 1, which takes half the time of NumPy's own tanh.
        np.exp(np.multiply(-2, z, out=z), out=z)
        z += 1
        np.divide(2, z, out=z)
        z -= 1
    else:
        np.maximum(z, 0.0 if activation == "relu" else LEAKY_SLOPE * z, out=z)


def _times_slope(delta, a, activation):
    """Multiply delta by the activation's slope, in place; a is overwritten, too."""
    if activation == "sigmoid":
        delta *= a
        delta *= np.subtract(1, a, out=a)
    elif activation == "tanh":
        delta *= np.subtract(1, np.square(a, out=a), out=a)
    elif activation == "relu":
        delta *= a > 0
    else:
        delta *= np.maximum(a > 0, LEAKY_SLOPE, out=a)


def _descend(networks, rates, X, y, loss, marks, stop=None):
    """Train a stack by full-batch gradient descent, and record its state.

    `rates` are the learning rates, (N,). `marks` are the numbers of updates after which to
    record the state, in rising order; the last one is the end. Once `stop`, a ``threading.Event``,
    is set, the training ends within 100 updates.

    Returns theta at each mark, (marks, parameters, N).
    """
    (n, inputs), (count, _, hidden) = X.shape, networks.W1.shape
    activation, arrays = networks.activation, networks.arrays
    theta = np.hstack([array.reshape(count, -1) for array in arrays]).T.copy()  # C-contiguous
    X = np.hstack([X, np.ones((n, 1))])  # an input that is always 1, for b1
    scale = rates / n if loss == "cross_entropy" else rates

    step = np.empty_like(theta)  # gradient times learning rate
    W1, W2, b2 = _layers(theta, hidden, inputs)
    dW1, dW2, db2 = _layers(step, hidden, inputs)
    a1, delta1 = np.empty((2, n, hidden, count))
    a2, delta2 = np.empty((2, n, count))
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
            _activate(a1, activation)
            np.einsum("rjN,jN->rN", a1, W2, out=a2)  # z2 = a1 W2 + b2
            a2 += b2
            _activate(a2, "sigmoid")

            np.subtract(a2, y, out=delta2)  # δ2 = a2 - y, for the cross-entropy
            if loss == "squared_error":
                _times_slope(delta2, a2, "sigmoid")
            delta2 *= scale  # here and not in each gradient: fewer numbers to multiply
            np.einsum("rjN,rN->jN", a1, delta2, out=dW2)  # a1ᵀ δ2
            np.add.reduce(delta2, axis=0, out=db2)

            np.multiply(delta2[:, np.newaxis], W2, out=delta1)  # δ1 = δ2 W2ᵀ · slope
            _times_slope(delta1, a1, activation)
            np.matmul(X.T, delta1_flat, out=step_flat)  # Xᵀ δ1, and Σ δ1 for b1
            theta -= step


def _losses_of(networks, X, y, loss):
    """Return the loss of each network of a stack, (N,)."""
    state = network._forward_pass(networks, X)
    return LOSSES[loss].printed(state.z2, state.a2, y)


def _pieces(networks, hidden, rows):
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


def _in_pieces(parameters, X, y, rates, loss, marks, executor=None):
    """Train a stack, piece by piece, on an executor or on threads of this process.

    Yields for each piece, in order, the slice of networks and what `_descend` returned. Where no
    executor is given, and there is one core, or no thread can be started, the work is done in line.
    Threads are stopped by an error or an interruption: no work goes on that nobody waits for.
    """
    networks, _, hidden = parameters.W1.shape
    work = _pieces(networks, hidden, len(X))
    parts = [parameters._map(lambda array, some=some: array[some]) for some in work]
    tasks = parts, [rates[some] for some in work]
    run, stop = partial(_descend, X=X, y=y, loss=loss, marks=marks), Event()
    threads = executor is None and min(cores(), len(work)) > 1
    with contextlib.ExitStack() as resources:
        pool = resources.enter_context(ThreadPoolExecutor(cores())) if threads else executor
        resources.callback(stop.set)  # comes before the pool waits for its threads
        stopped = {"stop": stop} if isinstance(pool, ThreadPoolExecutor) else {}
        try:
            results = (pool.map if pool else map)(partial(run, **stopped), *tasks)
        except RuntimeError:
            if not threads:
                raise
            results = map(run, *tasks)  # no thread can be started, as in a browser
        yield from zip(work, results, strict=True)


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


@np.errstate(all="ignore")
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
    parameters = network._checked_parameters(parameters)
    *stacked, inputs, hidden = parameters.W1.shape
    each = stacked[0] if stacked and stacked[0] > 1 else "networks"
    rates = arguments.positive("learning_rate", learning_rate, length=each)
    networks = max([*stacked, np.size(rates)])
    # One start, many rates: the same start for each.
    parameters = parameters._map(lambda a: np.broadcast_to(a, (networks, *a.shape[-2:])))
    X, y = network._checked_data(inputs, X, y, loss)
    epochs = arguments.whole_number("epochs", epochs, 1)
    snapshot_epochs = _evenly_spaced_epochs(snapshots, epochs)

    marks = [*snapshot_epochs.tolist(), epochs]
    thetas = np.empty((len(marks), (inputs + 2) * hidden + 1, networks))
    for some, result in _in_pieces(parameters, X, y, np.broadcast_to(rates, networks), loss, marks):
        thetas[..., some] = result
    *kept, final = (_stack_of(theta, parameters.activation, hidden, inputs) for theta in thetas)
    return EnsembleHistory(final, _losses_of(final, X, y, loss), tuple(kept), snapshot_epochs)


class Census(NamedTuple):
    """How every network of a census answers after its epochs, the first axis of all the network.

    Attributes
    ----------
    final_losses : ndarray of float64, shape (networks,)
        After the last update: the mean cross-entropy in nats, or the mean of the squared errors.
    parameters, starts : Parameters
        After the last update and before the first, stacks.
    outcomes : ndarray of str, shape (networks,)
        What each answers then, in a word of ``xorlib.outcomes.OUTCOMES``; `classify` says what the
        words mean. They do not say that more epochs would change nothing.
    """

    final_losses: np.ndarray
    parameters: Parameters
    starts: Parameters
    outcomes: np.ndarray

    def counts(self):
        """Return how many networks had each outcome after the epochs: a dict of all `OUTCOMES`."""
        return {outcome: int((self.outcomes == outcome).sum()) for outcome in OUTCOMES}

    def solved_share(self, confidence=0.95):
        """Return the share that solved XOR, a `Share` with its Wilson interval."""
        solved, networks = self.counts()["solved"], len(self.outcomes)
        return Share(solved / networks, *wilson_interval(solved, networks, confidence))


def _progress_bar(networks, progress):
    from tqdm.auto import tqdm  # not at the top: in a notebook it loads ipywidgets

    class Bar(tqdm):
        monitor_interval = 0  # else tqdm starts a thread of its own

    return Bar(total=networks, unit="network", desc="census", disable=not progress)


class IncompleteCensusError(RuntimeError):
    """A worker failed, and with it part of the census."""


@np.errstate(all="ignore")
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
    """Train many networks on XOR from random starts, and say what each answers then, a `Census`.

    Its outcomes are those after the given epochs: 1000 sigmoid networks with a learning rate of
    0.01 have nearly all their rows alike after 500 epochs, and half of them solve XOR by 50,000.
    The defaults are those of the collection's Keras model. The same arguments give the same
    census to the last bit, whatever the number of cores and the executor. (Another kind of
    processor or version of NumPy may round differently.)

    Parameters
    ----------
    networks, seed, hidden, start, activation
        Which starts; see `starts`. What is not named here is as for `xorlib.training.train`.
    executor : concurrent.futures.Executor, optional
        Where to train: a pool of processes, or a cluster, for example that of a Dask
        ``Client`` by ``client.get_executor()``; it is not shut down. The default is threads, and
        where there is one core, or no thread can be started, none.
    progress : bool
        Whether to show a progress bar.

    Raises
    ------
    IncompleteCensusError
        If a worker fails and its networks cannot be trained elsewhere.
    """
    begin = starts(networks, seed=seed, hidden=hidden, start=start, activation=activation)
    arguments.choice("loss", loss, LOSSES)
    learning_rate = arguments.positive("learning_rate", learning_rate)
    epochs = arguments.whole_number("epochs", epochs, 1)
    if executor is not None:
        arguments.instance("executor", executor, Executor)
    arguments.instance("progress", progress, bool)
    (networks, _, hidden), activation = begin.W1.shape, begin.activation

    X, y = truth_table("xor")
    marks = [epochs - -(-epochs // 10), epochs]
    # Filled piece by piece: a million networks leave no room for a second copy.
    theta, final_losses = np.empty((4 * hidden + 1, networks)), np.empty(networks)
    outcomes, missing = np.empty(networks, dtype=f"U{max(map(len, OUTCOMES))}"), networks
    rates = np.full(networks, learning_rate)
    results = _in_pieces(begin, X, y, rates, loss, marks, executor)
    bar = _progress_bar(networks, progress)
    with contextlib.closing(results), bar:
        try:
            for some, thetas in results:
                theta[:, some] = thetas[-1]
                stacks = [begin._map(lambda array, some=some: array[some])]
                stacks += [_stack_of(noted, activation, hidden) for noted in thetas]
                losses = [_losses_of(networks, X, y, loss) for networks in stacks]
                first, earlier, final_losses[some] = losses
                answers = network._forward_pass(stacks[-1], X).a2[..., 0]
                outcomes[some] = classify(answers, final_losses[some], earlier, first)
                missing -= len(answers)
                bar.update(len(answers))
        except Exception as error:
            raise IncompleteCensusError(
                f"the census is incomplete: {missing} of {networks} networks are missing,"
                f" because the executor did not train them: {error!r}"
            ) from error
    return Census(final_losses, _stack_of(theta, activation, hidden), begin, outcomes)
