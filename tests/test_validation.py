"""Every bad argument of a NumPy function is refused, in one sentence that says all.

The sentence names the argument, what it must be and what it was.
"""

import re
from fractions import Fraction

import numpy as np
import pytest

from xorlib.activations import leaky_relu, leaky_relu_derivative_from_activation
from xorlib.data import truth_table
from xorlib.gradients import numerical_gradient
from xorlib.network import (
    backward,
    forward,
    glorot_parameters,
    objective,
    predict,
    relu,
    relu_derivative_from_activation,
    sigmoid,
    sigmoid_derivative_from_activation,
    uniform_parameters,
)
from xorlib.training import train

X, y = truth_table()
P = uniform_parameters(42)
NAN, INF = float("nan"), float("inf")

NOT_NUMBERS = [
    "0 1",
    None,
    [[0, 1], [1]],
    [["0", "1"]] * 4,
    [[None, 1]] * 4,
    [[True, False]] * 4,
    X + 0j,
    {0: 1},
]
BAD_X = [*NOT_NUMBERS, [], X[0], X[:, :1], np.ones((4, 3)), np.ones((0, 2)), X[None], 1.0]
BAD_X += [np.where(X, bad, 0) for bad in (NAN, INF, -INF)]
BAD_Y = [*NOT_NUMBERS, [], y.ravel(), y.T, y[:3], np.ones((5, 1)), np.ones((4, 2)), 1.0]
BAD_Y += [np.where(y, bad, 0) for bad in (NAN, INF, -INF)]
NO_NAMES = ["", "SIGMOID", "tanh", "xnor", b"xor", None, 1, ["xor"], {"relu": 1}, np.array(["or"])]
NOT_POSITIVE = [0, 0.0, -1, NAN, INF, -INF, "0.1", None, True, 1j, [0.1], 10**400]
NOT_POSITIVE += [Fraction(1, 10**400), np.array([0.1]), np.bool_(True)]
NOT_WHOLE = [-1, 1.5, 2.0, True, np.bool_(True), "10", None, NAN, [10], 1j]

DATA = {"parameters": P, "X": X, "y": y}
STEP = {"learning_rate": 0.1, "epochs": 10}
CROSS = {"loss": "cross_entropy"}
BAD_NETWORK = {"X": BAD_X, "activation": NO_NAMES}
BAD_LOSS = BAD_NETWORK | {"y": BAD_Y, "loss": NO_NAMES}
BAD_START = {"seed": [*NOT_WHOLE, 2**32], "hidden": [*NOT_WHOLE, 0]}

# Each function, arguments that are right, and for each argument values that are not.
BAD = [
    (truth_table, {}, {"gate": NO_NAMES}),
    (uniform_parameters, {"seed": 1}, BAD_START),
    (glorot_parameters, {"seed": 1}, BAD_START | {"seed": NOT_WHOLE}),
    (forward, {"parameters": P, "X": X}, BAD_NETWORK),
    (predict, {"parameters": P, "X": X}, BAD_NETWORK),
    (objective, DATA, BAD_LOSS),
    (backward, DATA, BAD_LOSS),
    (objective, DATA | CROSS, {"y": [y + 1e-12, y - 0.5]}),
    (backward, DATA | CROSS, {"y": [y + 1e-12, y - 0.5]}),
    (train, DATA | STEP | CROSS, {"y": [y + 1e-12, y - 0.5]}),
    (
        train,
        DATA | STEP,
        BAD_LOSS
        | {
            "learning_rate": NOT_POSITIVE,
            "epochs": [*NOT_WHOLE, 0],
            "snapshots": [*NOT_WHOLE, 1, 12],
        },
    ),
    (
        numerical_gradient,
        {"function": lambda p: 0.0, "parameters": P},
        {"step": NOT_POSITIVE},
    ),
    (sigmoid, {}, {"z": NOT_NUMBERS}),
    (relu, {}, {"z": NOT_NUMBERS}),
    (sigmoid_derivative_from_activation, {}, {"a": NOT_NUMBERS}),
    (relu_derivative_from_activation, {}, {"a": NOT_NUMBERS}),
    (leaky_relu, {}, {"z": NOT_NUMBERS}),
    (leaky_relu_derivative_from_activation, {}, {"a": NOT_NUMBERS}),
]
CASES = [
    pytest.param(function, good, name, value, id=f"{function.__name__}-{name}-{number}")
    for function, good, arguments in BAD
    for name, values in arguments.items()
    for number, value in enumerate(values)
]


def assert_says(message, name, value):
    """Assert that the message names the argument, what it must be and what it was."""
    must, verb, was = re.fullmatch(
        rf"{re.escape(name)} must (.+), but (is|has shape|holds) (.+)", message, re.DOTALL
    ).groups()
    assert must
    if verb == "is":
        assert was == repr(value)
    elif verb == "has shape":
        assert was == str(np.shape(value))
    else:
        assert float(was) in value


@pytest.mark.parametrize(("function", "good", "name", "value"), CASES)
def test_a_bad_argument_is_named_in_a_value_error(function, good, name, value):
    with pytest.raises(ValueError) as caught:
        function(**(good | {name: value}))
    assert_says(str(caught.value), name, value)


@pytest.mark.parametrize(
    ("function", "good"),
    [(function, good) for function, good, _ in BAD if good],
)
def test_the_right_arguments_are_taken(function, good):
    function(**good)


PARTS = [
    ("W1", np.ones(4)),
    ("W1", np.full((2, 2), NAN)),
    ("W1", [[1, 2], [3]]),
    ("W1", "W1"),
    ("W1", None),
    ("W1", np.ones((2, 0))),
    ("b1", np.zeros(2)),
    ("b1", np.zeros((2, 1))),
    ("b1", np.zeros((1, 3))),
    ("b1", [[True, False]]),
    ("W2", np.ones((3, 1))),
    ("W2", np.ones((1, 2))),
    ("W2", np.ones((2, 2))),
    ("W2", [[INF], [1]]),
    ("b2", 0.0),
    ("b2", np.zeros(1)),
    ("b2", [[1j]]),
]
USERS = {
    "predict": lambda p: predict(p, X),
    "forward": lambda p: forward(p, X, "relu"),
    "objective": lambda p: objective(p, X, y),
    "backward": lambda p: backward(p, X, y),
    "train": lambda p: train(p, X, y, **STEP),
    "numerical_gradient": lambda p: numerical_gradient(lambda q: 0.0, p),
}


@pytest.mark.parametrize("use", USERS.values(), ids=USERS)
@pytest.mark.parametrize(("name", "value"), PARTS)
def test_the_part_of_the_parameters_that_is_wrong_is_named(use, name, value):
    with pytest.raises(ValueError) as caught:
        use(P._replace(**{name: value}))
    assert_says(str(caught.value), name, value)


@pytest.mark.parametrize("use", USERS.values(), ids=USERS)
@pytest.mark.parametrize("value", [None, "four", 4, P[:3], [1, 2, 3, 4], np.ones((4, 1))])
def test_what_are_no_parameters_is_refused(use, value):
    with pytest.raises(ValueError, match="^parameters must be a Parameters") as caught:
        use(value)
    assert repr(value) in str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: truth_table("xnor"),
            "gate must be one of 'and', 'or', 'nand', 'xor', but is 'xnor'",
        ),
        (
            lambda: backward(P, X, y, loss="mse"),
            "loss must be one of 'squared_error', 'cross_entropy', but is 'mse'",
        ),
        (
            lambda: train(P, X, y, learning_rate=-1, epochs=1),
            "learning_rate must be a finite number above 0, but is -1",
        ),
        (
            lambda: train(P, X, y, learning_rate=1, epochs=1.5),
            "epochs must be a whole number of at least 1, but is 1.5",
        ),
        (lambda: backward(P, X, y.ravel()), "y must have shape (4, 1), but has shape (4,)"),
        (
            lambda: backward(P, X, 3 * y, loss="cross_entropy"),
            "y must lie in [0, 1], but holds 3.0",
        ),
        (
            lambda: predict(P, [["0", "1"]]),
            "X must be real numbers of shape (n, 2), but is [['0', '1']]",
        ),
        (lambda: predict(P, [[NAN, 0]]), "X must be finite, but is [[nan, 0]]"),
        (lambda: sigmoid("1"), "z must be real numbers, but is '1'"),
    ],
)
def test_the_sentences_themselves(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


def test_targets_beyond_0_and_1_are_fine_for_the_squared_error():
    assert train(P, X, 3 * y - 1, **STEP).losses.shape == (10,)
