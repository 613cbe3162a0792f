"""Checks of the exercises to notebook 02: forward, backward, update, loop."""

import functools

import numpy as np

from classroom.checks import mistakes
from classroom.checks.judging import judge, numbers
from classroom.checks.mistakes import FORWARD, HIDDEN, OUTPUT, SIGMOID, TANH, updated
from classroom.checks.report import Hint, task
from classroom.doctor import examined
from xorlib.data import truth_table
from xorlib.network import sigmoid, uniform_parameters
from xorlib.training import train

X, y = truth_table()
slope = SIGMOID.derivative_from_activation

# What both slopes say.
ITSELF = "This is the sigmoid itself; the task asks for its slope."
NEGATIVE = "A sigmoid rises everywhere: its slope is positive."

NETWORKS = [mistakes.random_network(*case) for case in [(4,), (5,), (6, 3, 5)]]
PASSES = [(case, mistakes.forward_of(case[0], *case[2:])) for case in NETWORKS]
PREACTIVATIONS = [np.random.default_rng(21).normal(size=shape) for shape in [(4, 1), (3, 2), (5,)]]
SLOPE_OF_A = {
    "This treats its argument as a z, but it is an activation.": lambda _, a: slope(sigmoid(a)),
    ITSELF: lambda right, a: sigmoid(a),
    NEGATIVE: -1,
    TANH: lambda right, a: 1 - a**2,
    "One of two factors. Try a = 0: the sigmoid must be flat there.": lambda right, a: 1 - a,
}


@task("2.1a", "The slope, from the activation")
def slope_from_activation(function):
    """Check da/dz as a function of the activation a."""
    judge(function, slope, SLOPE_OF_A, [(sigmoid(z),) for z in PREACTIVATIONS])
    return "One subtraction and one multiplication."


SLOPE_OF_Z = {
    "This treats its argument as an activation, but it is a z.": lambda right, z: slope(z),
    ITSELF: lambda right, z: sigmoid(z),
    NEGATIVE: -1,
    TANH: lambda right, z: 1 - np.tanh(z) ** 2,
}


@task("2.1b", "The slope, from the pre-activation")
def slope_from_preactivation(function):
    """Check da/dz as a function of the pre-activation z."""
    judge(function, lambda z: slope(sigmoid(z)), SLOPE_OF_Z, [(z,) for z in PREACTIVATIONS])
    return "The same number, but here the activation has to be computed first."


@task("2.2", "The forward pass")
def forward_pass(function):
    """Check a function of (X, W1, b1, W2, b2) that returns z1, a1, z2, a2."""
    cases = [(inputs, *weights) for inputs, _, *weights in NETWORKS]
    judge(function, mistakes.forward_of, FORWARD, cases, parts=("z1", "a1", "z2", "a2"))
    return "It also works with three hidden units and five rows."


@task("2.3", "The output layer's gradients")
def output_gradients(function):
    """Check a function of (a1, a2, y) that returns dW2, db2."""
    cases = [(a1, a2, y) for (_, y, *_), (_, a1, _, a2) in PASSES]
    judge(function, mistakes.output_of, OUTPUT, cases, parts=("dW2", "db2"))
    return "What came in, times delta; summed over the rows."


@task("2.4", "The hidden layer's gradients")
def hidden_gradients(function):
    """Check a function of (X, W2, a1, delta2) that returns dW1, db1."""
    cases = [(X, W2, a1, (a2 - y) * slope(a2)) for (X, y, _, _, W2, _), (_, a1, _, a2) in PASSES]
    parts = "dW1", "db1"
    judge(function, mistakes.hidden_of, HIDDEN, cases, parts)
    X, W2, a1, delta2 = cases[0]
    two_outputs = X, np.hstack([W2, -W2]), a1, np.hstack([delta2, delta2**2])
    try:
        judge(function, mistakes.hidden_of, {}, [two_outputs], parts)
    except Hint:
        text = "Right for one output, as here. With two, `*` no longer adds up what comes back "
        return f"{text}from both; `@` does."
    return "That was the hardest line of the collection, and it holds for two outputs as well."


@task("2.5", "One update")
def one_update(function):
    """Check a function of (X, y, W1, b1, W2, b2, learning_rate) that returns all four."""
    cases = [(*network, rate) for network, rate in zip(NETWORKS, (0.3, 0.7, 0.2), strict=True)]
    try:
        judge(function, updated, {}, cases, parts=("W1", "b1", "W2", "b2"))
    except Hint as hint:
        follows = examined(function, "squared_error")  # if it names no mistake
        raise (hint if "half the sum" in follows else Hint(follows)) from None
    return "All gradients first, then all four arrays."


def losses_of(W1, b1, W2, b2, learning_rate, epochs, **mistake):
    """Return the losses of a training run on XOR."""
    weights, losses = (W1, b1, W2, b2), []
    for _ in range(epochs):
        losses.append(np.mean((mistakes.forward_of(X, *weights)[-1] - y) ** 2))
        weights = updated(X, y, *weights, learning_rate, **mistake)
    return np.array(losses)


LOOP = {
    "These are sums; the task asks for the mean.": 4,
    "This is L, half the sum of the squares. The printed loss is their mean.": 2,
    "Each loss is recorded after its update, so the loss of the start is missing.": (
        lambda right, *case: losses_of(*case[:-1], case[-1] + 1)[1:]
    ),
    "The loss never changes: the new weights are computed, but not kept for the next epoch.": (
        lambda right, *case: np.full_like(right, right[0])
    ),
} | {mistakes.LATE: {"late": True}, mistakes.NO_SLOPE: {"last": mistakes.CHAIN[mistakes.NO_SLOPE]}}


@functools.cache
def run_of_notebook_2():
    """Return the losses of notebook 02's run, and the first one of a run that goes on."""
    run = train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000)
    return run.losses, losses_of(*run.parameters.arrays, 0.1, 1)[0]


@task("2.6", "The whole loop")
def whole_loop(function, ten_losses):
    """Check a training loop, and every thousandth loss of its run from the start of notebook 02."""
    cases = [(*NETWORKS[0][2:], 0.5, 12), (*NETWORKS[2][2:], 1.0, 12)]
    judge(function, losses_of, LOOP, cases, parts=("losses",))
    losses, trained = run_of_notebook_2()
    given = numbers(ten_losses, "`ten_losses`").ravel()
    if given.size != 10:
        text = "Your function is right. Every thousandth of its 10,000 losses makes ten, but "
        raise Hint(f"{text}you have {given.size}.")
    if np.isclose(given[0], trained, rtol=0, atol=5.1e-5):
        text = "Your function is right, but this run starts from *trained* weights: its first loss "
        raise Hint(f"{text}is already small. Draw a fresh start before you train.")
    if np.isclose(given[0], losses[999], rtol=0, atol=5.1e-5):
        text = "Your function is right, but the ten begin with epoch 999, not with the start."
        raise Hint(text)
    if not np.allclose(given, losses[::1000], rtol=0, atol=5.1e-5):  # four digits are enough
        raise Hint("Your function is right, but these are not the losses of seed 42 at rate 0.1.")
    return "The ten losses of notebook 2, from your own loop."
