"""What a demo's state may be: the fields by which Python and the page read it, with the same rules.

`write_data` writes them into the data file, and state.js reads a state as `checked` does.
"""

import json
import re
from numbers import Real

from traitlets import TraitError

from xorlib.data import TARGETS

SEEDS = 300
EPOCHS = 10_000
RATES = [float(f"{10 ** (k / 8 - 3):.15g}") for k in range(41)]
# As in the notebooks; tanh, which they leave out, like ReLU.
RECIPES = {"sigmoid": {"start": "uniform", "loss": "squared_error", "rate": 0.1}}
RECIPES |= dict.fromkeys(
    ("tanh", "relu", "leaky_relu"), {"start": "glorot", "loss": "cross_entropy", "rate": 0.3}
)
ACTIVATION_NAMES = dict(zip(RECIPES, ("sigmoid", "tanh", "ReLU", "leaky ReLU"), strict=True))
# The nine numbers: W1 row by row, b1, W2, b2.
NAMES = ["x₁ → h₁", "x₁ → h₂", "x₂ → h₁", "x₂ → h₂"]
NAMES += ["bias of h₁", "bias of h₂", "h₁ → out", "h₂ → out", "bias of out"]
# The ReLU solution is that of Goodfellow, Bengio and Courville, "Deep Learning", section 6.1; here
# the output has a sigmoid, which is above 1/2 only where z is above 0. So the output's weights are
# multiplied by 10, and its bias is -5.
PRESETS = {
    "Half done: OR": {"parameters": [10, 0, 10, 0, -5, 0, 10, 0, -5], "activation": "sigmoid"},
    "All zero": {"parameters": [0] * 9, "activation": "sigmoid"},
    "OR and AND": {"parameters": [10, 10, 10, 10, -5, -15, 10, -10, -5], "activation": "sigmoid"},
    "ReLU solution": {"parameters": [1, 1, 1, 1, 0, -1, 10, -20, -5], "activation": "relu"},
}
# How a number and a whole number may be written, and what a comma in it stands for.
TEXTS = {
    "number": [" *[-−+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][-+]?[0-9]+)? *", "."],
    "count": [" *[-−+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+) *", ""],
}


def number(label, start, least, most, kind="number", words="a number", **more):
    """Return a number's field; what more it has is for its slider."""
    must = f"{words} from {least:,.9g} to {most:,.9g}".replace("-", "−")
    field = {"kind": kind, "label": label, "start": start, "least": least, "most": most}
    return field | {"must": must} | more


def count(label, start, least, most, **more):
    """Return a whole number's field; where `start` is None it may be left out."""
    return number(label, start, least, most, "count", "a whole number", **more)


def choice(label, options):
    """Return the field of one of a few words, each with how it is shown; the first is the start."""
    start, must = next(iter(options)), f"one of {', '.join(filter(None, options))}"
    return {"kind": "choice", "label": label, "start": start, "options": options, "must": must}


def nine(start, **more):
    """Return the field of nine numbers; where `start` is None they may be left out."""
    return number("", start, -(10**6), 10**6, "nine", "nine numbers", **more)


UNITS = choice("hidden units", ACTIVATION_NAMES)
SEED = count("seed", 42, 0, SEEDS - 1, step=1)
RATE = number("learning rate", RECIPES["sigmoid"]["rate"], RATES[0], RATES[-1], values=RATES)
HIDE = {"kind": "flag", "start": False, "must": "true or false"}
WHY = {"kind": "text", "start": "", "must": "a text"}
FIELDS = {
    "draw_a_line": {
        "gate": choice("gate", {gate: gate.upper() for gate in TARGETS}),
        "w1": number("weight w₁", 1, -10, 10, step=0.1),
        "w2": number("weight w₂", 0.5, -10, 10, step=0.1),
        "b": number("bias b", -0.3, -15, 15, step=0.1),
        "hide": HIDE,
        "guess": count("rows that one line can get right", None, 0, 4),
    },
    "solve_by_hand": {
        "parameters": nine(
            PRESETS["Half done: OR"]["parameters"],
            typed=number("", 0, -1000, 1000, step=0.1, reach=20),
        ),
        "activation": UNITS,
        "only": choice("", {"": "all", "sigmoid": "sigmoid"}),  # for readers who met no others yet
        "hide": HIDE,
        "guess": count("rows right", None, 0, 4),
        "why": WHY,
    },
    "watch_it_learn": {
        "seed": SEED | {"also": {"start": None}},
        "start": nine(None),  # a network to start from instead of a seed's
        "activation": UNITS,
        "rate": RATE | number(RATE["label"], RATE["start"], 0.0001, 1000),
        "epoch": count("epoch", 0, 0, EPOCHS, step=20),
        "speed": choice("speed", {s: s for s in ("slow", "normal", "fast")}) | {"start": "normal"},
        "pinned": {"kind": "run", "start": "", "must": "a run such as 42;sigmoid;0.1"},
        "hide": HIDE,
        "guess": count("epoch from which all four are right", None, 0, EPOCHS),
        "why": WHY,
    },
    "learning_rates": {
        "seed": SEED,
        "rate": RATE,
        "hide": HIDE,
        "guess": count("rates that solve XOR", None, 0, len(RATES)),
    },
    "luck_of_the_start": {
        "activation": UNITS | {"start": "relu"},
        "seed": SEED | {"start": 3},
        "hide": HIDE,
        "guess": count(f"starts that are solved, of {SEEDS}", None, 0, SEEDS),
    },
}


class StateError(TraitError, ValueError):
    """The ValueError for a state that cannot be; to traitlets, an error after which all stays."""


def checked(name, state):
    """Return a demo's state, or a part of it, as plain data.

    A value may be a text, as in an address: "0,5" for 0.5. All that cannot be is told at once, in
    the page's sentences, by a `StateError`.
    """
    fields, taken, problems = FIELDS[name], {}, []
    for key, value in state.items():
        if key not in fields:
            problems.append(f"this demo has no {shown(key)}.")
            continue
        try:
            taken[key] = read(value, fields[key], fields)
        except ValueError:
            problems.append(f"{key}: {shown(value)} is not {fields[key]['must']}.")
    if problems:
        raise StateError(" ".join(problems))
    return taken


def read(value, field, fields):
    """Return a value as a field of the demo has it; a ValueError, without words, if it cannot be.

    A number may be left out where the field begins without one.
    """
    if field["start"] is None and value in (None, ""):
        return None
    return READERS[field["kind"]](value, field, fields)


def expect(fits):
    """Raise a ValueError unless a value fits."""
    if not fits:
        raise ValueError


def read_number(value, field, _):
    """Return a number, whole where it has to be."""
    whole = field["kind"] == "count"
    pattern, comma = TEXTS["count" if whole else "number"]
    if isinstance(value, str) and re.fullmatch(pattern, value):
        value = float(value.replace("−", "-").replace(",", comma))
    expect(isinstance(value, Real) and not isinstance(value, bool))
    expect(field["least"] <= value <= field["most"] and not (whole and value % 1))
    return int(value) if whole else float(value)


def read_choice(value, field, _):
    """Return one of the field's words."""
    expect(isinstance(value, str) and value in field["options"])
    return value


def read_flag(value, *_):
    """Return yes or no."""
    expect(value in (True, "true", "1", False, "false", "0"))
    return value in (True, "true", "1")


def read_text(value, *_):
    """Return a text, of which a demo makes what it can."""
    expect(isinstance(value, str))
    return value


def read_nine(value, field, fields):
    """Return nine numbers."""
    parts = value.split(",") if isinstance(value, str) else value
    expect(isinstance(parts, (list, tuple)) and len(parts) == 9)
    return [read_number(part, field, fields) for part in parts]


def read_run(value, _, fields):
    """Return a text that names a run, "seed;activation;rate"; a start may stand for the seed."""
    if read_text(value):
        start, activation, rate = value.split(";")
        parts = {"start" if "," in start else "seed": start, "activation": activation, "rate": rate}
        for key, part in parts.items():
            read(part, fields[key], fields)
    return value


READERS = {"number": read_number, "count": read_number, "choice": read_choice, "flag": read_flag}
READERS |= {"text": read_text, "nine": read_nine, "run": read_run}


def shown(value):
    """Return a value as a sentence names it: of a text or a number, 40 letters in quotes."""
    if isinstance(value, (list, tuple)):
        return "a list"
    if not (value is None or isinstance(value, (str, Real))):
        return "an object"
    text = value if isinstance(value, str) else json.dumps(value, default=float)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"
