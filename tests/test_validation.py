"""Every bad argument of a public function is refused, in one sentence that says everything.

The sentence names the argument, and says what it must be and what it was. The functions of
`xorlib.keras_model` are in tests/slow/test_keras_model.py.
"""

import datetime
import re

import numpy as np
import pytest

from tests.networks import ARRAYS
from xorlib import ensemble, network, training
from xorlib.data import noisy_xor, truth_table

X, y = truth_table()
ONE, FIVE = network.uniform_parameters(42), ensemble.starts(5, seed=0)
NAN, INF = float("nan"), float("inf")

NOT_NUMBERS = ["0 1", None, [[0, 1], [1]], [["0", "1"]] * 4, [[None, 1]] * 4, {0: 1}, X + 0j]
NOT_NUMBERS += [[[True, False]] * 4, X.astype("m8[s]"), np.ma.masked_equal(X, 1)]
BAD_X = [*NOT_NUMBERS, [], X[0], X[:, :1], np.ones((4, 3)), np.ones((0, 2)), X[None], 1.0]
BAD_X += [np.where(X, bad, 0) for bad in (NAN, INF, -INF)]
BAD_Y = [*NOT_NUMBERS, [], y.ravel(), y.T, y[:3], np.ones((5, 1)), np.ones((4, 2)), 1.0]
BAD_Y += [*(np.where(y, bad, 0) for bad in (NAN, INF, -INF)), np.ma.masked_equal(y, 1)]
NO_NAMES = ["", "RELU", "tanh", "xnor", b"xor", None, 1, ["xor"], {"relu": 1}, np.array(["or"])]
NOT_POSITIVE = [0, 0.0, -1, NAN, INF, -INF, "0.1", None, True, 1j, [0.1], 10**400, np.array([0.1])]
NOT_POSITIVE += [np.bool_(True), datetime.timedelta(1), np.timedelta64(1), np.ma.masked]
NOT_WHOLE = [-1, 1.5, 2.0, True, np.bool_(True), "10", None, NAN, [10], 1j]

# Each function, arguments that are right, and for each argument values that are wrong.
NETWORK, DATA = {"parameters": ONE, "X": X}, {"parameters": ONE, "X": X, "y": y}
STEP, CROSS = {"learning_rate": 0.1, "epochs": 10}, {"loss": "cross_entropy"}
COUNT = [*NOT_WHOLE, 0]
BAD_LOSS = {"X": BAD_X, "y": BAD_Y, "loss": NO_NAMES}
BAD_STEP = {"learning_rate": NOT_POSITIVE, "epochs": COUNT, "snapshots": [*NOT_WHOLE, 1, 12]}
BAD_RATES = [bad for bad in NOT_POSITIVE if np.ndim(bad) == 0]
BAD_RATES += [[], [0.1] * 4, [0.1] * 6, [[0.1] * 5], [1, 1, 1, 1, NAN], [1, 1, 1, 1, 0], [True] * 5]
BAD_START = {"seed": NOT_WHOLE, "hidden": COUNT, "activation": NO_NAMES}
BAD_STARTS = BAD_START | {"networks": COUNT, "start": NO_NAMES}
BAD_CENSUS = {
    "loss": NO_NAMES,
    "learning_rate": NOT_POSITIVE,
    "epochs": COUNT,
    "executor": [4, map],
}
BEYOND_0_AND_1 = {"y": [y + 1e-12, y - 0.5]}
BAD = [
    (truth_table, {}, {"gate": NO_NAMES}),
    (
        noisy_xor,
        {"rows": 4, "seed": 0, "noise": 0.3},
        {"rows": COUNT, "seed": NOT_WHOLE, "noise": NOT_POSITIVE},
    ),
    (network.uniform_parameters, {"seed": 2**32 - 1}, {"seed": [*NOT_WHOLE, 2**32]}),
    (network.uniform_parameters, {"seed": 0}, {"hidden": COUNT}),
    (network.glorot_parameters, {"seed": 2**32}, BAD_START),
    (network.forward, NETWORK, {"X": BAD_X}),
    (network.predict, NETWORK, {"X": BAD_X}),
    (network.predict, {"parameters": FIVE, "X": X}, {"X": BAD_X}),
    (network.objective, DATA, BAD_LOSS),
    (network.objective, DATA | CROSS, BEYOND_0_AND_1),
    (network.backward, DATA, BAD_LOSS),
    (network.backward, DATA | CROSS, BEYOND_0_AND_1),
    (training.train, DATA | STEP, BAD_LOSS | BAD_STEP),
    (training.train, DATA | STEP | CROSS, BEYOND_0_AND_1),
    (
        ensemble.train_ensemble,
        DATA | STEP | {"parameters": FIVE},
        BAD_LOSS | BAD_STEP | {"learning_rate": BAD_RATES},
    ),
    (
        ensemble.train_ensemble,
        DATA | STEP | CROSS | {"learning_rate": [0.1, 2]},
        BEYOND_0_AND_1 | {"learning_rate": [[], [[0.1, 2]], [NAN, 1], ["a"], [0.1, -2], [0, 1]]},
    ),
    (ensemble.starts, {"networks": 3, "seed": 0}, BAD_STARTS),
    (ensemble.census, {"networks": 3, "seed": 0, "epochs": 1}, BAD_CENSUS),
    (ensemble.stack, {"networks": [ONE]}, {"networks": [[], 7, None]}),
    (
        ensemble.pick,
        {"parameters": FIVE, "which": 4},
        {"which": [5, -6, [0, 5], 1.5, "one", [True] * 4, True, None, (0, 1), [[0, 1]]]},
    ),
    (
        ensemble.wilson_interval,
        {"successes": 10, "trials": 10, "confidence": 0.999},
        {"successes": [*NOT_WHOLE, 11], "trials": COUNT, "confidence": [*NOT_POSITIVE, 1, 1.5]},
    ),
]


def said(function, /, *positional, **arguments):
    """Return what the ValueError says that a call raises."""
    with pytest.raises(ValueError) as caught:
        function(*positional, **arguments)
    return str(caught.value)


def assert_names(name, value, message):
    """Assert that a message names the argument and says what it was."""
    match = re.fullmatch(rf"(?s){name} must (.+), but (is|has shape|holds) (.+)", message)
    assert match, f"{name}={value!r}: {message}"
    _, verb, was = match.groups()
    shown = {"is": repr, "has shape": lambda v: str(np.shape(v)), "holds": lambda _: was}
    assert was == shown[verb](value) and (verb != "holds" or float(was) in np.asarray(value))


@pytest.mark.parametrize(
    ("function", "good", "name", "values"),
    [
        pytest.param(function, good, name, values, id=f"{function.__name__}-{name}-{number}")
        for number, (function, good, bad) in enumerate(BAD)
        for name, values in bad.items()
    ],
)
def test_a_bad_argument_is_named_in_a_value_error(function, good, name, values):
    function(**good)
    for value in values:
        assert_names(name, value, said(function, **(good | {name: value})))


PARTS = {
    "W1": [np.ones(4), np.full((2, 2), NAN), "W1", None, np.ones((2, 0)), [[1, 2], [3]]],
    "b1": [np.zeros(2), np.zeros((2, 1)), np.zeros((1, 3)), [[True, False]], [[1], [2, 3]]],
    "W2": [np.ones((3, 1)), np.ones((1, 2)), np.ones((2, 2)), [[INF], [1]]],
    "b2": [0.0, np.zeros(1), [[1j]], np.ma.masked_all((1, 1)), np.zeros((5, 1, 1))],
    "activation": NO_NAMES,
}
USERS = {
    "predict": lambda p: network.predict(p, X),
    "objective": lambda p: network.objective(p, X, y),
    "backward": lambda p: network.backward(p, X, y),
    "train": lambda p: training.train(p, X, y, **STEP),
    "train_ensemble": lambda p: ensemble.train_ensemble(p, X, y, **STEP),
    "stack": lambda p: ensemble.stack([p]),
}


@pytest.mark.parametrize("user", USERS)
def test_the_wrong_part_of_a_network_is_named(user):
    use = USERS[user]
    for name, values in PARTS.items():
        for value in values:
            assert_names(name, value, said(use, ONE._replace(**{name: value})))
    for value in (None, "four", 4, ONE[:3], ONE.arrays, [1, 2, 3, 4], np.ones((4, 1))):
        assert_names("parameters", value, said(use, value))
    # A stack where a single network is wanted, or one with four of b1 to the five of W1.
    assert_names("W1", ONE.W1, said(ensemble.pick, ONE, 0))
    if user not in ("predict", "train_ensemble"):
        assert_names("W1", FIVE.W1, said(use, FIVE))
    else:
        for name in ARRAYS[1:]:
            short = getattr(FIVE, name)[:4]
            assert_names(name, short, said(use, FIVE._replace(**{name: short})))


def test_the_sentences_themselves():
    gates = "gate must be one of 'and', 'or', 'nand', 'xor', but is 'xnor'"
    assert said(truth_table, "xnor") == gates
    limited = "snapshots must be a whole number from 0 to 11, but is 12"
    assert said(training.train, **DATA, **STEP, snapshots=12) == limited
    rows = "X must have shape (n, 2), but has shape (2,)"
    assert said(network.predict, ONE, X[0]) == rows
    rates = "learning_rate must have shape (5,), but has shape (1,)"
    assert said(ensemble.train_ensemble, FIVE, X, y, learning_rate=[0.1], epochs=1) == rates
    kinds = "networks must be of one size and activation, but is"
    other = [ONE, ONE._replace(activation="relu")]
    assert said(ensemble.stack, other) == f"{kinds} [((2, 2), 'relu'), ((2, 2), 'sigmoid')]"
    assert said(ensemble.stack, [ONE, network.uniform_parameters(0, 3)]).startswith(kinds)
