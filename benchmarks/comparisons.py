"""The rows of the table: each function measures a few and returns them."""

from functools import partial

import numpy as np

from benchmarks import peers
from benchmarks.timing import Row, agreement, race
from xorlib.data import truth_table
from xorlib.ensemble import starts, train_ensemble
from xorlib.network import glorot_parameters, uniform_parameters
from xorlib.training import train

X, y = truth_table("xor")
SETTINGS = {
    "sigmoid": {"learning_rate": 0.1, "loss": "squared_error"},
    "relu": {"learning_rate": peers.RATE, "loss": "cross_entropy"},
}


def ours(start, epochs):
    """Train a stack or one network in our way; like a peer, return the losses at the end."""
    settings = SETTINGS[start.activation]
    if start.W1.ndim == 3:
        return train_ensemble(start, X, y, epochs=epochs, **settings).final_losses
    # `train` records losses before each update: the one after the last takes another epoch.
    return train(start, X, y, epochs=epochs + 1, **settings).losses[-1]


def compare(what, peer, theirs, start, epochs, turns=9, **wanted):
    """Train from one start in our way and a peer's; return a row, none if it is not installed."""
    try:
        times, losses = race([partial(way, start, epochs) for way in (ours, theirs)], turns)
    except ModuleNotFoundError:
        return []
    unit = "an epoch and network" if start.W1.ndim == 3 else "an epoch"
    mine, other = (t / epochs / np.size(each) for t, each in zip(times, losses, strict=True))
    return [Row(what, unit, mine, peer, other, agreement(*losses), **wanted)]


def ensembles():
    """Compare ensembles with notebook 2's loop, and with JAX."""
    rows = []
    for size in (2000, 10_000):
        begin = starts(size, seed=0, start="uniform", activation="sigmoid")
        what = f"ensemble, {size:,} sigmoid networks"
        rows += compare(what, "notebook 2's loop", peers.notebook_loop, begin, 2000, least=400)
    for size, epochs in ((1000, 3000), (10_000, 1000), (100_000, 200)):
        begin, what = starts(size, seed=0), f"ensemble, {size:,} ReLU networks"
        rows += compare(what, "JAX, elementwise", peers.jax_elementwise, begin, epochs)
    return rows


def one_network():
    """Compare `train` with other loops over one network."""
    start, what, peer = uniform_parameters(0), "train, one sigmoid network", "notebook 2's loop"
    rows = compare(what, peer, peers.notebook_loop, start, 1000, 50, most=1.15)
    start, what, peer = glorot_parameters(0), "train, one ReLU network", "PyTorch's usual loop"
    return rows + compare(what, peer, peers.torch_loop, start, 1000, 20)


def keras_without_the_wait():
    """Compare `keras_model.fit` for 10,000 epochs with `model.fit`, extrapolated from 60."""
    from xorlib import keras_model

    model, theirs = (keras_model.build(0) for _ in range(2))
    keras_model.fit(model, X, y, 60)
    theirs.fit(X, y, epochs=60, shuffle=False, verbose=0)
    same = all(map(np.array_equal, model.get_weights(), theirs.get_weights()))
    fast = partial(keras_model.fit, model, X, y, 10_000)
    slow = partial(theirs.fit, X, y, epochs=60, verbose=0)
    (mine, other), _ = race([fast, slow], turns=6)
    what, peer = "keras_model.fit, 10,000 epochs", "model.fit, from 60 epochs"
    result = "weights to the last bit" if same else "WEIGHTS DIFFER"
    return [Row(what, "in all", mine, peer, other * 10_000 / 60, result, least=150)]


def growth():
    """Compare an epoch of one network in ensembles of several sizes with one trained alone."""
    sizes = [(10**k, 2, max(30, 10 ** (5 - k))) for k in range(7)]
    sizes += [(2000, 2**k, 100) for k in range(1, 7)] + [(1000, 2, 10**k) for k in range(5)]
    rows = []
    for networks, hidden, epochs in sizes:
        what = f"ensemble: networks {networks:,}, hidden units {hidden}, epochs {epochs:,}"
        (time,), _ = race([partial(ours, starts(networks, seed=0, hidden=hidden), epochs)], turns=3)
        cost = time / epochs / networks
        alone = rows[0].ours if rows else cost
        rows.append(Row(what, "an epoch and network", cost, "a network alone", alone))
    return rows[1:]


COMPARISONS = (ensembles, one_network, keras_without_the_wait, growth)
