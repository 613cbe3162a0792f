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
from xorlib import diagnosis, ensemble, training
from xorlib import network as networks
from xorlib.plotting import page

STEP, DATA = {"learning_rate": 0.1, "epochs": 10}, {"parameters": ONE, "X": X, "y": y}
AXES = page.panels(2)[1]
# What is right for an argument of this name, where it must be given.
GOOD = {
    **STEP, **DATA, "rows": 4, "seed": 2**32, "noise": 0.3, "networks": 3, "z": 0.5,
    "gradient": ONE, "which": 4, "answers": [0.5] * 4, "targets": [0, 1, 1, 0], "printed": "0.5",
    "final_losses": [0.7] * 2, "earlier_losses": [0.7] * 2, "first_losses": [0.7] * 2,
    "successes": 3, "trials": 3, "picture": plt.figure(), "ax": AXES[0], "axes": AXES,
    "shares": {"two units": (0.2, 0.1, 0.3)}, "starts": FIVE, "outcomes": ["solved"] * 5,
    "activation": "tanh", "weights": [0, 1], "losses": [1, 0], "steps": [[0, 1]], "bias": 0,
    "curves": [3, 2, 1, 0], "notes": {}, "words": "so",
}  # fmt: skip
# What some functions are given beside it, or in its place.
GIVEN = {
    "uniform_parameters": [{"seed": 2**32 - 1}], "diagnose": [DATA | {"more": 1}],
    "objective": [{}, {"loss": "cross_entropy"}], "backward": [{}, {"loss": "cross_entropy"}],
    "train_ensemble": [{"parameters": FIVE}], "pick": [{"parameters": FIVE}],
    "stack": [{"networks": [ONE]}], "census": [{"epochs": 1}],
    "classify": [{"answers": [[0.5] * 4] * 2}],
    "plot_outputs": [{"weights": X, "path": [("o1", "h1")]}],
}  # fmt: skip
ANY, SOME, SMALL = {"one", "five"}, {"0", "3", "0-d"}, {*COUNT, "0"}
LINE, ROWS, PLACES = {"(2,)"}, {"(4, 2)", "(3, 2)"}, {*SMALL, "-1", "[]"}
NEURON = {"weights": LINE, "bias": {"0", "-1", "10^9", *NUMBER}}
RATE, FINITE = RIGHT["learning_rate"], {"-1", "0", "1", "3", "1.5", "10^9", "1e300"}
# A formula takes numbers of any shape, and those of networks that have diverged.
WEIGHTS = {*ROWS, "(4, 1)", "(1, 4)", "(4, 3)", "±1", "half", "above 1"}
PRINTED = {*FINITE, "NaN", "infinity", "-infinity"}
NUMBERS = {*PRINTED, *WEIGHTS, *LINE, "(4,)", "0-d", "[]"}
NUMBERS |= {"NaNs", "no targets", "infinities", "axes", "no rows", "huge"}
# Which other values are right for the arguments of a function, if not those in `RIGHT`.
TAKES = {
    "sigmoid": {"z": NUMBERS}, "relu": {"z": NUMBERS}, "step": {"gradient": {"one"}},
    "uniform_parameters": {"seed": {*SMALL, "10^9"}},
    "forward": {"parameters": ANY, "X": ROWS}, "predict": {"parameters": ANY, "X": ROWS},
    "train": {"snapshots": SOME}, "stack": {"networks": {"ones"}},
    "train_ensemble": {"parameters": ANY, "snapshots": SOME},
    "pick": {"parameters": {"five"}, "which": {*PLACES, "(4,)"}},
    "classify": {"final_losses": LINE, "earlier_losses": LINE, "first_losses": LINE},
    "wilson_interval": {"successes": SMALL, "trials": {"3", "0-d"}},
    "diagnose": {"X": {"None", "(4, 2)"}, "y": {"None", "(4, 1)", "half"}, "loss": {"None"},
        "more": {"1", "3", "0-d"}, "learning_rate": {*RATE, "None"}},
    "explain_loss": {"printed": {*PRINTED, "2^70", "10^400"}},
    "panels": {"size": {*NUMBER, "(2,)"}}, "describe": {"ax": ()},
    "plot_sectors": {"starts": {"five"}}, "plot_luck": {"starts": {"five"}},
    "plot_valley": {"weights": LINE, "losses": LINE, "steps": ROWS},
    "plot_losses": {"curves": {"(4,)", "(2,)"}, "epochs": {"None", "(4,)"}, "marks": {"None"}},
    "plot_network": {"notes": {"None"}}, "plot_outputs": {"weights": WEIGHTS},
    "plot_points": {"y": {"(4, 1)"}}, "plot_neuron": NEURON, "plot_fold": NEURON,
    "plot_cloud": {"y": {"(4, 1)"}, "network": {"None", "one"}, "ringed": PLACES},
}  # fmt: skip


def public():
    """Yield the public functions of all modules."""
    for module in pkgutil.walk_packages(xorlib.__path__, "xorlib."):
        if module.name not in ("xorlib.arguments", "xorlib.keras_model"):
            for name, made in vars(importlib.import_module(module.name)).items():
                if inspect.isroutine(made) and made.__module__ == module.name and name[0] != "_":
                    yield made


def cases():
    """Yield each function or method, what it is given, and which other values it takes."""
    for f in public():
        known = inspect.signature(f).parameters
        needed = [name for name in known if name == "ax" or known[name].default is inspect._empty]
        for given in GIVEN.get(f.__name__, [{}]):
            yield f, {name: GOOD[name] for name in needed} | given, TAKES.get(f.__name__, {})
    rates = {"learning_rate": {*RATE, "(2,)", "(4,)"}}  # many for one network
    yield ensemble.train_ensemble, DATA | STEP, TAKES["train_ensemble"] | rates
    counted = ensemble.census(5, seed=0, epochs=1)
    for method in counted.counts, counted.solved_share, diagnosis.explain_answers([1], [1]).words:
        yield method, {}, {}


FUNCTIONS = list(cases())


@pytest.mark.parametrize("number", range(len(FUNCTIONS)), ids=lambda n: FUNCTIONS[n][0].__name__)
def test_nonsense_is_refused_by_name_in_a_value_error(number):
    AXES[0].clear()
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
