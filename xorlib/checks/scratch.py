"""Checks of the exercises to notebook 02: forward, backward, update, loop."""

from functools import cache

import numpy as np

from xorlib import training
from xorlib.activations import sigmoid
from xorlib.checks.calling import numbers
from xorlib.checks.judging import judge
from xorlib.checks.report import Hint, task
from xorlib.checks.steps import (
    FORWARD,
    HIDDEN,
    LOOP,
    OUTPUT,
    SLOPE_OF_A,
    SLOPE_OF_Z,
    UPDATE,
    loop,
    output_gradient,
    right_forward,
    right_hidden,
    step,
)
from xorlib.data import truth_table
from xorlib.network import uniform_parameters

X, y = truth_table()


def drawn(seed, hidden, rows=4):
    """Return X, y, W1, b1, W2, b2 at random, weights of both signs."""
    generator = np.random.default_rng(seed)
    shapes = [(rows, 2), (2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    inputs, W1, b1, W2, b2 = (generator.normal(size=shape) for shape in shapes)
    return inputs, generator.integers(0, 2, size=(rows, 1)).astype(float), W1, b1, W2, b2


@task("2.1a", "The slope, from the activation")
def slope_from_activation(function):
    """Check da/dz as a function of the activation a."""
    generator = np.random.default_rng(21)
    cases = [(generator.uniform(size=shape),) for shape in [(4, 1), (3, 2), (5,)]]
    whole = [(np.array([[0], [1], [1], [0]]),)]
    judge(
        function,
        lambda a: a * (1 - a),
        SLOPE_OF_A,
        cases,
        parts=["slope"],
        arguments=["a"],
        integers=whole,
    )
    return "One subtraction and one multiplication."


@task("2.1b", "The slope, from the pre-activation")
def slope_from_preactivation(function):
    """Check da/dz as a function of the pre-activation z."""
    generator = np.random.default_rng(22)
    cases = [(generator.normal(size=shape),) for shape in [(4, 1), (3, 2), (5,)]]
    whole = [(np.array([[0], [1], [-2], [3]]),)]
    judge(
        function,
        lambda z: sigmoid(z) * (1 - sigmoid(z)),
        SLOPE_OF_Z,
        cases,
        parts=["slope"],
        arguments=["z"],
        integers=whole,
    )
    return "The same number, but here the activation has to be computed first."


@task("2.2", "The forward pass")
def forward_pass(function):
    """Check a function of (X, W1, b1, W2, b2) that returns z1, a1, z2, a2."""
    cases = [(x, *weights) for x, _, *weights in (drawn(1, 2), drawn(2, 2), drawn(3, 3, 5))]
    whole = [(X.astype(int), *cases[0][1:])]
    judge(
        function,
        right_forward,
        FORWARD,
        cases,
        parts=["z1", "a1", "z2", "a2"],
        arguments=["X", "W1", "b1", "W2", "b2"],
        integers=whole,
    )
    return "Also for three hidden units, and for whole numbers."


def states():
    """Return the arrays that the tasks on gradients take, for three random networks."""
    for seed, hidden, rows in [(4, 2, 4), (5, 2, 4), (6, 3, 5)]:
        inputs, targets, *weights = drawn(seed, hidden, rows)
        _, a1, _, a2 = right_forward(inputs, *weights)
        yield inputs, targets, weights, a1, a2


@task("2.3", "The output layer's gradients")
def output_gradients(function):
    """Check a function of (a1, a2, y) that returns dW2, db2."""
    judge(
        function,
        output_gradient,
        OUTPUT,
        [(a1, a2, targets) for _, targets, _, a1, a2 in states()],
        parts=["dW2", "db2"],
        arguments=["a1", "a2", "y"],
        integers=[(a1, a2, targets.astype(int)) for _, targets, _, a1, a2 in [next(states())]],
    )
    return "What came in, times delta; summed over the rows."


@task("2.4", "The hidden layer's gradients")
def hidden_gradients(function):
    """Check a function of (X, W2, a1, delta2) that returns dW1, db1."""
    cases = [
        (inputs, weights[2], a1, (a2 - targets) * a2 * (1 - a2))
        for inputs, targets, weights, a1, a2 in states()
    ]
    whole = [(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), *cases[0][1:])]
    judge(
        function,
        right_hidden,
        HIDDEN,
        cases,
        parts=["dW1", "db1"],
        arguments=["X", "W2", "a1", "delta2"],
        integers=whole,
    )
    return "That was the hardest line of the collection."


@task("2.5", "One update")
def one_update(function):
    """Check a function of (X, y, W1, b1, W2, b2, learning_rate) that returns all four."""
    judge(
        function,
        step,
        UPDATE,
        [
            (*drawn(7, 2), 0.3),
            (*drawn(8, 2), 0.7),
            (*drawn(9, 3, 5), 0.2),
        ],
        parts=["W1", "b1", "W2", "b2"],
        arguments=["X", "y", "W1", "b1", "W2", "b2", "learning_rate"],
    )
    return "All gradients first, then all four arrays."


@cache
def true_losses():
    """Return the losses of notebook 02's run, and the first one of a run that goes on."""
    run = training.train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000)
    again = training.train(run.parameters, X, y, learning_rate=0.1, epochs=1)
    return run.losses, again.losses[0]


@task("2.6", "The whole loop")
def whole_loop(function, losses):
    """Check a training loop, and the 10,000 losses it gave from the start of notebook 02."""
    judge(
        function,
        loop,
        LOOP,
        [(*drawn(seed, hidden)[2:], rate, 25) for seed, hidden, rate in [(10, 2, 0.5), (12, 3, 1)]],
        parts=["losses"],
        arguments=["W1", "b1", "W2", "b2", "learning_rate", "epochs"],
    )
    wanted, trained = true_losses()
    given = numbers(losses, "`losses`")
    if given.size and abs(given.ravel()[0] - trained) < 1e-6:
        text = "Your function is right, but this run starts from *trained* weights: its first loss "
        text += "is already small. Draw a fresh start before you train."
        raise Hint("trained start", text)
    if given.shape != wanted.shape:
        text = "Your function is right. `losses` must be from 10,000 epochs, but has the shape "
        raise Hint("epochs", text + f"{given.shape}.")
    if not np.allclose(given, wanted, rtol=1e-6, atol=0):
        text = "Your function is right, but `losses` are not those from seed 42 and rate 0.1."
        raise Hint("other run", text)
    return "The ten losses of notebook 2, from your own loop."
