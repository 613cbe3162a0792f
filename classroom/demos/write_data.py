"""Make data.json: what the page needs of `xorlib`, starts, and how networks end.

python -m classroom.demos.write_data
"""

import json

import numpy as np

from classroom.demos.schema import FOLDER, SCHEMA
from xorlib import data, diagnosis, network, outcomes
from xorlib.ensemble import stack, train_ensemble

FILE = FOLDER / "data.json"
SEEDS = SCHEMA["shared"]["seed"]["most"] + 1
EPOCHS = SCHEMA["demos"]["watch_it_learn"]["epoch"]["most"]
RATES = SCHEMA["shared"]["rate"]["values"]
ANSWERS = "OUTCOMES", "LEVELS", "PATTERNS", "TOLERANCE", "RIGHT_BY"
TWINS = 16  # of each start, a nudge away


def start_of(seed, activation):
    """Return the start of a seed, as the notebooks draw it."""
    if SCHEMA["recipes"][activation]["start"] == "uniform":
        return network.uniform_parameters(seed)
    return network.glorot_parameters(seed, activation=activation)


def ends(activation, networks):
    """Return how networks end, as words of `OUTCOMES`, and what they are then, a stack."""
    X, y = data.truth_table("xor")
    loss, rate = (SCHEMA["recipes"][activation][key] for key in ("loss", "rate"))
    options = {"learning_rate": rate, "epochs": EPOCHS, "loss": loss, "snapshots": 11}
    history = train_ensemble(networks, X, y, **options)
    states = [network.forward(history.snapshots[k], X) for k in (0, 9, 10)]
    printed = network.LOSSES[loss].printed
    first, earlier, last = (printed(state.z2, state.a2, y) for state in states)
    words = outcomes.classify(states[-1].a2[..., 0], last, earlier, first)
    return words, history.parameters


def ends_after_nudge(words, networks):
    """Return how ReLU networks end if the dead units of those that ended so get a nudge."""
    silent = network.forward(networks, data.truth_table("xor")[0]).z1 <= 0
    dead = silent.all(axis=1, keepdims=True)
    nudged = networks._replace(b1=networks.b1 + SCHEMA["rounding"]["nudge"] * dead)
    again, networks = ends("relu", nudged)
    return np.where(dead.any(axis=(1, 2)), again, words), networks


def constants():
    """Return, by name, the numbers and words of `xorlib` that the page needs."""
    from xorlib.plotting import planes, style  # load Matplotlib, which no demo needs

    X, _ = data.truth_table("xor")
    colours = dict(zip(("zero", "one"), style.CLASS_COLOURS, strict=True)) | {"ink": style.INK}
    colours |= {f"unit{k}": colour for k, colour in enumerate(style.UNIT_COLOURS[:2])}
    colours |= {f"outcome{k}": colour for k, (colour, _) in enumerate(style.MARKS)}
    # The ends of the output's colours as purer ones that a page of any colour shines through.
    output = []
    for *colour, _ in style.OUTPUT_COLOURS([0.0, 1.0]):
        part = 1 - min(colour)
        output.append([round(255 * (1 - (1 - light) / part)) for light in colour])
        output[-1].append(round(255 * part))
    return {
        "X": X.astype(int).tolist(),
        "GATES": data.TARGETS,
        "LEAKY_SLOPE": network.LEAKY_SLOPE,
        **{name: getattr(outcomes, name) for name in ANSWERS},
        **{name: getattr(diagnosis, name) for name in ("FLAT", "NONE", "MORE", "SAID")},
        "ENDS": [word for word in outcomes.OUTCOMES if word != "still moving"],
        "PRINTED": diagnosis._printed_losses(),
        "SITE": "<site>",  # joiner.py fills it in
        "COLOURS": colours,
        "OUTPUT_COLOURS": output,
        "LIMITS": planes.LIMITS,
    }


def starts():
    """Return both kinds of start, as lists of nine numbers, and how all networks end.

    Returns
    -------
    dict
        "uniform" and "glorot", a list of nine floats for each seed (W1 row by row, b1, W2, b2);
        "outcomes", for each activation and seed the index of a word of `OUTCOMES`; and for "nudged"
        of the ReLU networks with dead units those after a nudge to these, and as many epochs more;
        "shares", for each activation and word what share ends so, with its interval, in words.
    """
    drawn, ended = {}, {}
    for activation, recipe in SCHEMA["recipes"].items():
        networks = stack([start_of(seed, activation) for seed in range(SEEDS)])
        parts = [array.reshape(SEEDS, -1) for array in networks.arrays]
        drawn[recipe["start"]] = np.hstack(parts).tolist()
        ended[activation] = ends(activation, networks)
    ended["nudged"] = ends_after_nudge(*ended["relu"])
    words = {
        how: [outcomes.OUTCOMES.index(word) for word in words] for how, (words, _) in ended.items()
    }
    shares = {how: [share(words.count(k)) for k in range(7)] for how, words in words.items()}
    return {**drawn, "outcomes": words, "shares": shares}


def share(count):
    """Return a count of the starts as a share with its interval, in words."""
    low, high = (100 * end for end in outcomes.wilson_interval(count, SEEDS))
    percent = f"{100 * count / SEEDS:.1f} % (95 % interval: {low:.1f} to {high:.1f} %)"
    return f"{count} of {SEEDS} starts end so, {percent}"


def decided_by_rounding(seeds):
    """Return, for each seed, the places in `RATES` of the runs that rounding decides.

    Browsers round in different ways, so none can tell them from its own runs. Only rates above 10
    are tried: at lower ones no start had a twin that ended elsewhere.
    """
    rates = [rate for rate in RATES if rate > 10]
    generator, (nudge, apart) = np.random.default_rng(0), SCHEMA["rounding"].values()
    networks = stack([start_of(seed, "sigmoid") for seed in seeds])
    networks = networks._map(lambda array: np.repeat(array, TWINS * len(rates), axis=0))
    networks = networks._map(lambda array: array + nudge * generator.integers(-1, 2, array.shape))
    options = {"learning_rate": np.tile(rates, TWINS * len(seeds)), "epochs": EPOCHS}
    losses = train_ensemble(networks, *data.truth_table("xor"), **options).final_losses
    spreads = np.ptp(losses.reshape(len(seeds), TWINS, len(rates)), axis=1)
    first = len(RATES) - len(rates)
    return [(first + np.flatnonzero(spread >= apart)).tolist() for spread in spreads]


if __name__ == "__main__":
    rounding = {"ROUNDING": decided_by_rounding(range(SEEDS))}
    text = json.dumps(constants() | rounding | starts(), separators=(",", ":"))
    FILE.write_text(text + "\n", encoding="utf-8")
    print(FILE)
