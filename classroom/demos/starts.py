"""Make starts.json: the starts of 300 seeds, and how the network of each ends.

python -m classroom.demos.starts
"""

import json

import numpy as np

from classroom.demos.script import FOLDER
from xorlib.data import truth_table
from xorlib.ensemble import stack, train_ensemble
from xorlib.network import LOSSES, forward, glorot_parameters, uniform_parameters
from xorlib.outcomes import OUTCOMES, classify

FILE = FOLDER / "starts.json"
SEEDS = range(300)
# As in the notebooks: each activation with its start, its loss and its learning rate.
KINDS = {
    "sigmoid": ("uniform", "squared_error", 0.1),
    "tanh": ("glorot", "cross_entropy", 0.3),
    "relu": ("glorot", "cross_entropy", 0.3),
    "leaky_relu": ("glorot", "cross_entropy", 0.3),
}


def start_of(seed, activation):
    """Return the start of a seed, as the notebooks draw it."""
    if activation == "sigmoid":
        return uniform_parameters(seed)
    return glorot_parameters(seed, activation=activation)


def outcomes(activation):
    """Return how the 300 networks with an activation end, as words of `OUTCOMES`."""
    X, y = truth_table("xor")
    _, loss, learning_rate = KINDS[activation]
    networks = stack([start_of(seed, activation) for seed in SEEDS])
    options = {"learning_rate": learning_rate, "epochs": 10_000, "loss": loss, "snapshots": 11}
    history = train_ensemble(networks, X, y, **options)
    states = [forward(history.snapshots[k], X) for k in (0, 9, 10)]
    first, earlier, last = (LOSSES[loss].printed(state.z2, state.a2, y) for state in states)
    return classify(states[-1].a2[..., 0], last, earlier, first)


def data():
    """Return the file's contents: both kinds of start as lists of nine numbers, and how they end.

    Returns
    -------
    dict
        "OUTCOMES", the words; "uniform" and "glorot", a list of nine floats for each seed (W1
        row by row, b1, W2, b2); "outcomes", for each activation and seed the index of a word.
    """
    drawn = {
        KINDS[activation][0]: [
            np.concatenate([array.ravel() for array in start_of(seed, activation).arrays]).tolist()
            for seed in SEEDS
        ]
        for activation in ("sigmoid", "relu")
    }
    ends = {
        activation: [OUTCOMES.index(word) for word in outcomes(activation)] for activation in KINDS
    }
    return {"OUTCOMES": list(OUTCOMES), **drawn, "outcomes": ends}


if __name__ == "__main__":
    FILE.write_text(json.dumps(data(), separators=(",", ":")) + "\n", encoding="utf-8")
    print(FILE)
