"""Make data.json: the numbers that Python and the page share, starts, and how networks end.

python -m classroom.demos.write_data
"""

import json

import numpy as np

from classroom.demos import schema
from classroom.demos.joiner import FOLDER
from xorlib import data, network, outcomes
from xorlib.ensemble import stack, train_ensemble

FILE = FOLDER / "data.json"


def start_of(seed, activation):
    """Return the start of a seed, as the notebooks draw it."""
    if schema.RECIPES[activation]["start"] == "uniform":
        return network.uniform_parameters(seed)
    return network.glorot_parameters(seed, activation=activation)


def ends(activation):
    """Return how the networks of all seeds end, as words of `OUTCOMES`."""
    X, y = data.truth_table("xor")
    loss, rate = (schema.RECIPES[activation][key] for key in ("loss", "rate"))
    networks = stack([start_of(seed, activation) for seed in range(schema.SEEDS)])
    options = {"learning_rate": rate, "epochs": schema.EPOCHS, "loss": loss, "snapshots": 11}
    history = train_ensemble(networks, X, y, **options)
    states = [network.forward(history.snapshots[k], X) for k in (0, 9, 10)]
    printed = network.LOSSES[loss].printed
    first, earlier, last = (printed(state.z2, state.a2, y) for state in states)
    return outcomes.classify(states[-1].a2[..., 0], last, earlier, first)


def constants():
    """Return, by name, what the page needs of `xorlib` and of the schema."""
    from xorlib.plotting import style  # loads Matplotlib, which no demo needs

    names = "SEEDS", "EPOCHS", "RECIPES", "ACTIVATION_NAMES", "NAMES", "PRESETS", "TEXTS", "FIELDS"
    X, _ = data.truth_table("xor")
    colours = dict(zip(("zero", "one"), style.CLASS_COLOURS, strict=True)) | {"ink": style.INK}
    colours |= {f"unit{k}": colour for k, colour in enumerate(style.UNIT_COLOURS[:2])}
    colours |= {f"outcome{k}": colour for k, (colour, _) in enumerate(style.MARKS)}
    return {
        "X": X.astype(int).tolist(),
        "GATES": data.TARGETS,
        "LEAKY_SLOPE": network.LEAKY_SLOPE,
        "OUTCOMES": outcomes.OUTCOMES,
        "LEVELS": outcomes.LEVELS,
        "COLOURS": colours,
        **{name: getattr(schema, name) for name in names},
    }


def starts():
    """Return both kinds of start, as lists of nine numbers, and how all networks end.

    Returns
    -------
    dict
        "uniform" and "glorot", a list of nine floats for each seed (W1 row by row, b1, W2, b2);
        "outcomes", for each activation and seed the index of a word of `OUTCOMES`.
    """
    drawn = {
        schema.RECIPES[activation]["start"]: [
            np.concatenate([array.ravel() for array in start_of(seed, activation).arrays]).tolist()
            for seed in range(schema.SEEDS)
        ]
        for activation in ("sigmoid", "relu")
    }
    words = {
        activation: [outcomes.OUTCOMES.index(word) for word in ends(activation)]
        for activation in schema.RECIPES
    }
    return {**drawn, "outcomes": words}


def text(contents):
    """Return contents as the file holds them, a name on each line."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "{\n" + ",\n".join(f"{dump(key)}: {dump(contents[key])}" for key in contents) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(constants() | starts()), encoding="utf-8")
    print(FILE)
