"""The rows of the table: each function measures some and returns them."""

import numpy as np

from benchmarks import peers
from benchmarks.timing import Row, agreement, best_times, installed
from xorlib.data import truth_table
from xorlib.ensemble import pick, starts, train_ensemble
from xorlib.training import train

X, y = truth_table("xor")
PART_ONE = {"learning_rate": 0.1}
RELU = {"learning_rate": 0.3, "activation": "relu", "loss": "cross_entropy"}


def ensemble_against_the_plain_loop():
    """Compare the time for an epoch and network with part one's loop over one network."""
    epochs = 2000
    begin = starts(10_000, seed=0, start="uniform")
    sizes = (2000, 10_000)
    parts = {size: type(begin)(*(part[:size] for part in begin)) for size in sizes}

    def together(size):
        return train_ensemble(parts[size], X, y, epochs=epochs, **PART_ONE).losses

    contenders = {size: lambda size=size: together(size) for size in sizes}
    contenders["plain"] = lambda: peers.plain_loop(pick(begin, 0), epochs)
    times = best_times(contenders, turns=5)
    same = agreement(
        together(2000)[:3], [peers.plain_loop(pick(begin, k), epochs) for k in range(3)]
    )
    return [
        Row(
            f"ensemble, {size:,} sigmoid networks",
            "an epoch and network",
            times[size] / epochs / size,
            "part one's loop",
            times["plain"] / epochs,
            same,
            least=300,
        )
        for size in sizes
    ]


def ensemble_against_jax_and_torch():
    """Compare whole ensembles with JAX (compilation not counted) and PyTorch."""
    rows = []
    for size, epochs in ((1000, 3000), (10_000, 300), (100_000, 50)):
        begin = starts(size, seed=0)
        begin = type(begin)(*(np.ascontiguousarray(part) for part in begin))

        def ours(begin=begin, epochs=epochs):
            return train_ensemble(begin, X, y, epochs=epochs, **RELU).losses

        contenders = {"ours": ours}
        if installed("jax"):
            contenders["JAX"] = peers.jax_ensemble(begin, epochs)
        if installed("torch"):
            contenders["PyTorch"] = peers.torch_ensemble(begin, epochs)
        times = best_times(contenders, turns=9)
        for peer, limit in (("JAX", 1.0), ("PyTorch", None)):
            known = peer in contenders
            rows.append(
                Row(
                    f"ensemble, {size:,} ReLU networks",
                    "an epoch and network",
                    times["ours"] / epochs / size,
                    f"{peer}, {'vmap and scan' if peer == 'JAX' else 'batched'}",
                    times[peer] / epochs / size if known else None,
                    agreement(ours(), contenders[peer]()) if known else "",
                    most=limit,
                )
            )
    return rows


def one_network():
    """Compare `train` with other loops over one network."""
    epochs = 1000
    uniform, glorot = (pick(starts(1, seed=0, start=kind), 0) for kind in ("uniform", "glorot"))

    def ours():
        return train(uniform, X, y, epochs=epochs, **PART_ONE).losses[-1]

    def plain():
        return peers.plain_loop(uniform, epochs)

    times = best_times({"ours": ours, "plain": plain}, turns=50)
    # train notes losses before each update, so that of one epoch more is the one after the last.
    after = train(uniform, X, y, epochs=epochs + 1, **PART_ONE).losses[-1]
    rows = [
        Row(
            "train, one sigmoid network",
            "an epoch",
            times["ours"] / epochs,
            "part one's loop",
            times["plain"] / epochs,
            agreement(after, plain()),
            most=1.1,
        )
    ]
    after = train(glorot, X, y, epochs=epochs + 1, **RELU).losses[-1]
    for library, peer, make in (
        ("sklearn", "scikit-learn, MLPClassifier", peers.scikit_learn),
        ("torch", "PyTorch's usual loop", peers.torch_loop),
    ):
        contenders = {"ours": lambda: train(glorot, X, y, epochs=epochs, **RELU)}
        if installed(library):
            contenders["peer"] = make(glorot, epochs)
        times = best_times(contenders, turns=20)
        known = "peer" in times
        rows.append(
            Row(
                "train, one ReLU network",
                "an epoch",
                times["ours"] / epochs,
                peer,
                times["peer"] / epochs if known else None,
                agreement(after, contenders["peer"]()) if known else "",
            )
        )
    return rows


def keras_without_the_wait():
    """Compare `keras_model.fit` for 10,000 epochs with `model.fit`, extrapolated from 60."""
    from xorlib import keras_model

    begin = pick(starts(1, seed=0), 0)
    ours, theirs = (keras_model.from_parameters(begin) for _ in range(2))
    theirs.fit(X, y, epochs=3, verbose=0)  # builds its graph
    few, many = 60, 10_000
    times = best_times(
        {
            "ours": lambda: keras_model.fit(ours, X, y, many),
            "theirs": lambda: theirs.fit(X, y, epochs=few, verbose=0),
        },
        turns=6,
    )
    for model in (ours, theirs):
        model.set_weights(keras_model.from_parameters(begin).get_weights())
    keras_model.fit(ours, X, y, few)
    theirs.fit(X, y, epochs=few, shuffle=False, verbose=0)
    same = all(map(np.array_equal, ours.get_weights(), theirs.get_weights()))
    return [
        Row(
            "keras_model.fit, 10,000 epochs",
            "in all",
            times["ours"],
            f"model.fit, from {few} epochs",
            times["theirs"] * many / few,
            "weights to the last bit" if same else "WEIGHTS DIFFER",
            least=150,
        )
    ]


COMPARISONS = (
    ensemble_against_the_plain_loop,
    ensemble_against_jax_and_torch,
    one_network,
    keras_without_the_wait,
)
