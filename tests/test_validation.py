"""Every bad argument of a public function is refused, in one sentence that says everything.

The sentence names the argument, and says what it must be and what it was. A name with an underscore
is no public function. Those of `xorlib.keras_model` are in tests/slow/test_keras_model.py.
"""

import importlib
import inspect
import pkgutil
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

import xorlib
from tests.networks import ARRAYS
from tests.nonsense import COUNT, FIVE, INF, NAN, NUMBER, ONE, RIGHT, X, walk, y
from xorlib import diagnosis, ensemble, outcomes, training
from xorlib import network as networks
from xorlib.data import keras_starts, noisy_xor, truth_table
from xorlib.plotting import crowds, curves, diagram, page, planes

STEP, DATA = {"learning_rate": 0.1, "epochs": 10}, {"parameters": ONE, "X": X, "y": y}
SHOWN = {"picture": lambda: plt.figure(), "ax": lambda: plt.figure().add_subplot()}
COUNTED = ensemble.census(5, seed=0, epochs=1)
STACK, ANY = {"five"}, {"one", "five"}
SMALL = {*COUNT, "0"}
POINTS, ROWS, PLACES = {"(4,)", "(2,)"}, {"(4, 2)", "(3, 2)"}, {*SMALL, "-1", "[]"}
NEURON = {"weights": {"(2,)"}, "bias": {"0", "-1", "10^9", *NUMBER}}
SHARES = {"shares": {"two units": (0.2, 0.1, 0.3)}}

# A formula takes numbers of any shape, and those of networks that have diverged.
NUMBERS = {"NaN", "infinity", "-infinity", "NaNs", "no targets", "infinities", "axes", "no rows"}
NUMBERS |= {"huge", "10^9", "-1", "0", "1", "3", "1.5", "0-d", "1e300", "[]", "(2,)", "(4,)"}
NUMBERS |= {"(4, 2)", "(4, 1)", "(1, 4)", "(3, 2)", "(4, 3)", "±1", "half", "above 1"}

# Each public function with arguments that are right; and which other values are, if not `RIGHT`.
FUNCTIONS = [
    (truth_table, {}, {}),
    (noisy_xor, {"rows": 4, "seed": 0, "noise": 0.3}, {}),
    (keras_starts, {}, {}),
    (networks.sigmoid, {"z": 0.5}, {"z": NUMBERS}),
    (networks.relu, {"z": 0.5}, {"z": NUMBERS}),
    (networks.uniform_parameters, {"seed": 2**32 - 1}, {"seed": {*SMALL, "10^9"}}),
    (networks.glorot_parameters, {"seed": 2**32}, {}),
    (networks.forward, {"parameters": ONE, "X": X}, {"parameters": ANY, "X": ROWS}),
    (networks.predict, {"parameters": FIVE, "X": X}, {"parameters": ANY, "X": ROWS}),
    (networks.objective, DATA, {}),
    (networks.objective, DATA | {"loss": "cross_entropy"}, {}),
    (networks.backward, DATA, {}),
    (networks.backward, DATA | {"loss": "cross_entropy"}, {}),
    (networks.step, {"parameters": ONE, "gradient": ONE, "learning_rate": 1},
        {"gradient": {"one"}}),
    (training.train, DATA | STEP, {"snapshots": {"0", "3", "0-d"}}),
    (ensemble.train_ensemble, DATA | STEP, {"parameters": ANY, "snapshots": {"0", "3", "0-d"},
        "learning_rate": {*RIGHT["learning_rate"], "(2,)", "(4,)"}}),
    (ensemble.train_ensemble, DATA | STEP | {"parameters": FIVE},
        {"parameters": ANY, "snapshots": {"0", "3", "0-d"}}),
    (ensemble.starts, {"networks": 3, "seed": 0}, {}),
    (ensemble.census, {"networks": 3, "seed": 0, "epochs": 1}, {}),
    (ensemble.stack, {"networks": [ONE]}, {"networks": {"ones"}}),
    (ensemble.pick, {"parameters": FIVE, "which": 4},
        {"parameters": STACK, "which": {*PLACES, "(4,)"}}),
    (ensemble.cores, {}, {}),
    (COUNTED.counts, {}, {}),
    (COUNTED.solved_share, {}, {}),
    (outcomes.classify, {"answers": [[0.5] * 4] * 2, "final_losses": [0.7] * 2,
        "earlier_losses": [0.7] * 2, "first_losses": [0.7] * 2},
        dict.fromkeys(("final_losses", "earlier_losses", "first_losses"), {"(2,)"})),
    (outcomes.wilson_interval, {"successes": 3, "trials": 3},
        {"successes": SMALL, "trials": {"3", "0-d"}}),
    (diagnosis.diagnose, DATA | {"more": 1},
        {"X": {"None", "(4, 2)"}, "y": {"None", "(4, 1)", "half"}, "loss": {"None"},
         "more": {"1", "3", "0-d"}, "learning_rate": {*RIGHT["learning_rate"], "None"}}),
    (diagnosis.explain_answers, {"answers": [0.5] * 4, "targets": [0, 1, 1, 0]}, {}),
    (diagnosis.explain_answers([1], [1]).words, {}, {}),
    (diagnosis.explain_loss, {"printed": "0.5"}, {"printed": {"NaN", "infinity", "-infinity",
        "-1", "0", "1", "3", "1.5", "10^9", "2^70", "10^400", "1e300"}}),
    (page.panels, {}, {"size": {*NUMBER, "(2,)"}}),
    (page.describe, {"ax": SHOWN["ax"](), "words": "so"}, {"ax": ()}),
    (page.words_of, {"picture": SHOWN["picture"]()}, {}),
    (page.png_bytes, {"picture": SHOWN["picture"]()}, {}),
    (page.show, {"picture": SHOWN["picture"]()}, {}),
    (crowds.plot_shares, SHARES, {}),
    (crowds.plot_sectors, {"starts": FIVE}, {"starts": STACK}),
    (crowds.plot_luck, {"starts": FIVE, "outcomes": ["solved"] * 5}, {"starts": STACK}),
    (curves.plot_activation, {"activation": "tanh"}, {}),
    (curves.plot_valley, {"weights": [0, 1], "losses": [1, 0], "steps": [[0, 1]]},
        {"weights": {"(2,)"}, "losses": {"(2,)"}, "steps": ROWS}),
    (curves.plot_cross_entropy, {}, {}),
    (curves.plot_losses, {"curves": [3, 2, 1, 0]},
        {"curves": POINTS, "epochs": {"None", "(4,)"}, "marks": {"None"}}),
    (diagram.plot_parts, {}, {}),
    (diagram.plot_network, {"parameters": ONE}, {"notes": {"None"}}),
    (diagram.plot_outputs, {"weights": X, "notes": {}, "path": [("o1", "h1")]},
        {"weights": {*ROWS, "(4, 1)", "(1, 4)", "(4, 3)", "±1", "half", "above 1"}}),
    (planes.plot_points, {"X": X, "y": y}, {"y": {"(4, 1)"}}),
    (planes.plot_cloud, {"X": X, "y": y},
        {"y": {"(4, 1)"}, "network": {"None", "one"}, "ringed": PLACES}),
    (planes.plot_neuron, {"weights": [1, 1], "bias": 0}, NEURON),
    (planes.plot_fold, {"weights": [1, 1], "bias": 0}, NEURON),
    (planes.plot_input_plane, {"parameters": ONE}, {}),
    (planes.plot_hidden_space, {"parameters": ONE}, {}),
    (planes.plot_planes, {"parameters": ONE, "axes": page.panels(2)[1]}, {}),
]  # fmt: skip


def test_the_walk_goes_through_every_public_function():
    public = set()
    for module in pkgutil.walk_packages(xorlib.__path__, "xorlib."):
        if module.name not in ("xorlib.arguments", "xorlib.keras_model"):
            for name, made in vars(importlib.import_module(module.name)).items():
                if inspect.isroutine(made) and made.__module__ == module.name and name[0] != "_":
                    public.add(f"{module.name}.{name}")
    walked = {f"{f.__module__}.{f.__name__}" for f, *_ in FUNCTIONS if not inspect.ismethod(f)}
    assert walked == public


@pytest.mark.parametrize("number", range(len(FUNCTIONS)), ids=lambda n: FUNCTIONS[n][0].__name__)
def test_nonsense_is_refused_by_name_in_a_value_error(number):
    failures = walk(*FUNCTIONS[number])
    plt.close("all")
    assert not failures, "\n".join(failures)


def assert_refused(name, value, function, /, *positional, **arguments):
    """Assert that a call raises a ValueError that names the argument and says what it was."""
    with pytest.raises(ValueError) as caught:
        function(*positional, **arguments)
    match = re.fullmatch(rf"(?s){name} must (.+), but (is|has shape|holds) (.+)", str(caught.value))
    assert match, f"{name}={value!r}: {caught.value}"
    _, verb, was = match.groups()
    shown = {"is": repr, "has shape": lambda v: str(np.shape(v)), "holds": lambda _: was}
    assert was == shown[verb](value) and (verb != "holds" or float(was) in np.asarray(value))


PARTS = {
    "W1": [np.ones(4), np.full((2, 2), NAN), "W1", None, np.ones((2, 0)), [[1, 2], [3]]],
    "b1": [np.zeros(2), np.zeros((2, 1)), np.zeros((1, 3)), [[True, False]], [[1], [2, 3]]],
    "W2": [np.ones((3, 1)), np.ones((1, 2)), np.ones((2, 2)), [[INF], [1]]],
    "b2": [0.0, np.zeros(1), [[1j]], np.ma.masked_all((1, 1)), np.zeros((5, 1, 1))],
    "activation": ["", "RELU", b"relu", None, 1, ["relu"]],
}
USERS = {
    "predict": lambda p: networks.predict(p, X),
    "backward": lambda p: networks.backward(p, X, y),
    "train_ensemble": lambda p: ensemble.train_ensemble(p, X, y, **STEP),
    "stack": lambda p: ensemble.stack([p]),
}


@pytest.mark.parametrize("user", USERS)
def test_the_wrong_part_of_a_network_is_named(user):
    use = USERS[user]
    for name, values in PARTS.items():
        for value in values:
            assert_refused(name, value, use, ONE._replace(**{name: value}))
    # A stack where a single network is wanted, or one with four of b1 to the five of W1.
    if user in ("backward", "stack"):
        assert_refused("W1", FIVE.W1, use, FIVE)
    else:
        for name in ARRAYS[1:]:
            short = getattr(FIVE, name)[:4]
            assert_refused(name, short, use, FIVE._replace(**{name: short}))


def test_what_does_not_fit_together_is_refused():
    for other in (ONE._replace(activation="relu"), networks.uniform_parameters(0, 3)):
        kinds = sorted((each.W1.shape, each.activation) for each in (ONE, other))
        assert_refused("networks", kinds, ensemble.stack, [ONE, other])
    assert_refused("W1", ONE.W1, ensemble.pick, ONE, 0)
    assert_refused("snapshots", 12, training.train, **DATA, **STEP, snapshots=12)
