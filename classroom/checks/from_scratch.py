"""Checks of the exercises to notebook 02: forward, backward, update, loop."""

import functools

import numpy as np

from classroom.checks.judging import judge, numbers
from classroom.checks.report import Hint, task
from xorlib.data import truth_table
from xorlib.network import (
    ACTIVATIONS,
    Parameters,
    _backward_pass,
    backward,
    forward,
    sigmoid,
    step,
    uniform_parameters,
)
from xorlib.training import train

X, y = truth_table()
slope = ACTIVATIONS["sigmoid"].derivative_from_activation

# What several tasks say.
ITSELF = "This is the sigmoid itself; the task asks for its slope."
NEGATIVE = "A sigmoid rises everywhere: its slope is positive."
TANH = "This is the slope of tanh, not of the sigmoid."
NO_SLOPE = "The slope a (1 − a) of the sigmoid is left out somewhere on the chain."
SIGN = "The sign is reversed. Is the error answer minus target, or target minus answer?"
MEAN = "Everything is divided by the number of rows. The rows must be summed, not averaged."
NOT_SUMMED = "The gradient of the bias has an entry for each row; the rows must be summed."
TRANSPOSED = "`dW{k}` is transposed. Write the three shapes beside the product."
TWICE = "The slope treats `a{k}` as a pre-activation: the sigmoid is applied a second time."
ONE_MEAN = "`dW{k}` is right; for `db{k}` the rows are averaged, but they must be summed."


def random_network(seed, hidden=2, rows=4):
    """Return X, y, W1, b1, W2, b2 at random, with weights of both signs."""
    generator = np.random.default_rng(seed)
    shapes = [(rows, 2), (2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    inputs, *weights = (generator.normal(size=shape) for shape in shapes)
    return inputs, generator.integers(0, 2, size=(rows, 1)).astype(float), *weights


NETWORKS = [random_network(4), random_network(5), random_network(6, hidden=3, rows=5)]
PREACTIVATIONS = [np.random.default_rng(21).normal(size=shape) for shape in [(4, 1), (3, 2), (5,)]]
SLOPE_OF_A = {
    "This treats its argument as a pre-activation z, but it already is an activation a.": (
        lambda right, a: slope(sigmoid(a))
    ),
    ITSELF: lambda right, a: sigmoid(a),
    NEGATIVE: lambda right, a: -right,
    TANH: lambda right, a: 1 - a**2,
    "One of two factors. Try a = 0: the sigmoid must be flat there.": lambda right, a: 1 - a,
}


@task("2.1a", "The slope, from the activation")
def slope_from_activation(function):
    """Check da/dz as a function of the activation a."""
    judge(function, slope, SLOPE_OF_A, [(sigmoid(z),) for z in PREACTIVATIONS])
    return "One subtraction and one multiplication."


SLOPE_OF_Z = {
    "This treats its argument as an activation a, but it is a pre-activation z.": (
        lambda right, z: slope(z)
    ),
    ITSELF: lambda right, z: sigmoid(z),
    NEGATIVE: lambda right, z: -right,
    TANH: lambda right, z: 1 - np.tanh(z) ** 2,
}


@task("2.1b", "The slope, from the pre-activation")
def slope_from_preactivation(function):
    """Check da/dz as a function of the pre-activation z."""
    judge(function, lambda z: slope(sigmoid(z)), SLOPE_OF_Z, [(z,) for z in PREACTIVATIONS])
    return "The same number, but here the activation has to be computed first."


def forward_of(X, W1, b1, W2, b2):
    """Return z1, a1, z2, a2."""
    return forward(Parameters(W1, b1, W2, b2), X)


def from_z1(right, W2, b2):
    """Return z2 and a2 if the output unit reads z1."""
    z2 = right.z1 @ W2 + b2
    return z2, sigmoid(z2)


FORWARD = {
    "`W1` is transposed. Its rows belong to the inputs, its columns to the hidden units.": (
        lambda right, X, W1, b1, W2, b2: forward_of(X, W1.T, b1, W2, b2)
    ),
    "The hidden layer has no sigmoid: `a1` is the same as `z1`.": (
        lambda right, X, W1, b1, W2, b2: (right.z1, right.z1, *from_z1(right, W2, b2))
    ),
    "The output layer has no sigmoid: `a2` is the same as `z2`.": (
        lambda right, *case: right._replace(a2=right.z2)
    ),
    "There is no sigmoid at all. Without it two layers are no more than one.": (
        lambda right, X, W1, b1, W2, b2: (right.z1,) * 2 + (from_z1(right, W2, b2)[0],) * 2
    ),
    "The biases are missing.": (
        lambda right, X, W1, b1, W2, b2: forward_of(X, W1, 0 * b1, W2, 0 * b2)
    ),
    "The hidden layer does not add its bias `b1`.": (
        lambda right, X, W1, b1, W2, b2: forward_of(X, W1, 0 * b1, W2, b2)
    ),
    "The output layer does not add its bias `b2`.": (
        lambda right, X, W1, b1, W2, b2: forward_of(X, W1, b1, W2, 0 * b2)
    ),
    "The output unit reads `z1`. Which of the two does a hidden unit pass on?": (
        lambda right, X, W1, b1, W2, b2: (right.z1, right.a1, *from_z1(right, W2, b2))
    ),
}


@task("2.2", "The forward pass")
def forward_pass(function):
    """Check a function of (X, W1, b1, W2, b2) that returns z1, a1, z2, a2."""
    cases = [(inputs, *weights) for inputs, _, *weights in NETWORKS]
    judge(function, forward_of, FORWARD, cases, parts=("z1", "a1", "z2", "a2"))
    return "It also works with three hidden units and five rows."


def gradients(inputs, delta):
    """Return a layer's two gradients, from what came in and ∂L/∂z."""
    return inputs.T @ delta, delta.sum(axis=0, keepdims=True)


def chain_of(inputs, arriving, a):
    """Return a layer's two gradients, from what came in, ∂L/∂a and a."""
    return gradients(inputs, arriving * slope(a))


# Mistakes in one layer's line of the chain, made from what came in, ∂L/∂a and a.
CHAIN = {
    NO_SLOPE: lambda right, inputs, arriving, a: gradients(inputs, arriving),
    TANH: lambda right, inputs, arriving, a: gradients(inputs, arriving * (1 - a**2)),
    TWICE: lambda right, inputs, arriving, a: chain_of(inputs, arriving, sigmoid(a)),
    NOT_SUMMED: lambda right, inputs, arriving, a: (right[0], arriving * slope(a)),
    SIGN: lambda right, *link: (-right[0], -right[1]),
    MEAN: lambda right, inputs, *link: (right[0] / len(inputs), right[1] / len(inputs)),
    ONE_MEAN: lambda right, inputs, *link: (right[0], right[1] / len(inputs)),
    TRANSPOSED: lambda right, *link: (right[0].T, right[1]),
}


def mistakes_in_layer(k, link):
    """Return these mistakes for layer 1 or 2; `link` makes the three of a task's arguments."""

    def made(mistake):
        return lambda right, *case: mistake(right, *link(*case))

    return {hint.format(k=k): made(mistake) for hint, mistake in CHAIN.items()}


def to_output(a1, a2, y):
    """Return what came in at the output unit, ∂L/∂a2, and a2."""
    return a1, a2 - y, a2


OUTPUT = mistakes_in_layer(2, to_output) | {
    "Everything is twice too large. L is *half* the sum of the squares.": (
        lambda right, *case: (2 * right[0], 2 * right[1])
    ),
    "This multiplies by the squared error. Its derivative belongs there.": (
        lambda right, a1, a2, y: chain_of(a1, (a2 - y) ** 2, a2)
    ),
    "This multiplies by the loss, half the squared error. Its derivative belongs there.": (
        lambda right, a1, a2, y: chain_of(a1, (a2 - y) ** 2 / 2, a2)
    ),
}


@task("2.3", "The output layer's gradients")
def output_gradients(function):
    """Check a function of (a1, a2, y) that returns dW2, db2."""
    cases = []
    for inputs, targets, *weights in NETWORKS:
        _, a1, _, a2 = forward_of(inputs, *weights)
        cases.append((a1, a2, targets))
    judge(
        function, lambda a1, a2, y: chain_of(*to_output(a1, a2, y)), OUTPUT, cases, ("dW2", "db2")
    )
    return "What came in, times delta; summed over the rows."


def to_hidden(X, W2, a1, delta2):
    """Return what came in at the hidden units, ∂L/∂a1, and a1."""
    return X, delta2 @ W2.T, a1


def hidden_of(X, W2, a1, delta2):
    """Return dW1 and db1."""
    return chain_of(*to_hidden(X, W2, a1, delta2))


HIDDEN = mistakes_in_layer(1, to_hidden) | {
    "Where is `W2`? `delta2` reaches a hidden unit multiplied by that unit's weight.": (
        lambda right, X, W2, a1, delta2: chain_of(X, delta2, a1)
    ),
    "Delta is shared out: each unit gets a part of it, and the parts add up to the whole. But each "
    "gets all of it, times its own weight.": (
        lambda right, X, W2, a1, delta2: chain_of(X, delta2 @ (W2 / W2.sum()).T, a1)
    ),
    "The slope is that of the inputs `X`. Delta flows back through the hidden units' sigmoids.": (
        lambda right, X, W2, a1, delta2: gradients(X, (delta2 @ W2.T) * slope(X))
    ),
    "`db1` is one number: the sum runs over the hidden units as well, not only over the rows.": (
        lambda right, *case: (right[0], right[1].sum())
    ),
    "`dW1` uses the hidden activations. What comes in through the weights of the first layer?": (
        lambda right, X, W2, a1, delta2: (chain_of(a1, delta2 @ W2.T, a1)[0], right[1])
    ),
}


@task("2.4", "The hidden layer's gradients")
def hidden_gradients(function):
    """Check a function of (X, W2, a1, delta2) that returns dW1, db1."""
    cases = []
    for inputs, targets, *weights in NETWORKS:
        _, a1, _, a2 = forward_of(inputs, *weights)
        cases.append((inputs, weights[2], a1, (a2 - targets) * slope(a2)))
    parts = "dW1", "db1"
    judge(function, hidden_of, HIDDEN, cases, parts)
    X, W2, a1, delta2 = cases[0]
    two_outputs = X, np.hstack([W2, -W2]), a1, np.hstack([delta2, delta2**2])
    try:
        judge(function, hidden_of, {}, [two_outputs], parts)
    except Hint:
        text = "Right for one output, as here. With two, `*` no longer adds up what comes back "
        return f"{text}from both; `@` does."
    return "That was the hardest line of the collection, and it holds for two outputs as well."


def updated(X, y, W1, b1, W2, b2, learning_rate):
    """Return W1, b1, W2, b2 after one update."""
    network = Parameters(W1, b1, W2, b2)
    return step(network, backward(network, X, y), learning_rate).arrays


def updated_in_wrong_order(right, X, y, W1, b1, W2, b2, learning_rate):
    """Make the update with a delta1 that has come back through the new W2."""
    network = Parameters(W1, b1, W2, b2)
    mixed = network._replace(W2=right[2])
    gradient = _backward_pass(mixed, X, y, forward(network, X), "squared_error")
    return step(network, gradient, learning_rate).arrays


def times(factor_of):
    """Return the mistake that goes so many times the right step."""

    def mistake(right, *case):
        pairs = zip(case[2:6], right, strict=True)
        return tuple(old + factor_of(*case) * (new - old) for old, new in pairs)

    return mistake


def without(*positions):
    """Return the mistake that leaves some of the four arrays as they were."""
    return lambda right, *case: tuple(
        case[2 + k] if k in positions else new for k, new in enumerate(right)
    )


def updated_by_the_error(right, X, y, W1, b1, W2, b2, learning_rate):
    """Make the update with the error in place of delta2."""
    _, a1, _, a2 = forward_of(X, W1, b1, W2, b2)
    (dW1, db1), (dW2, db2) = hidden_of(X, W2, a1, a2 - y), gradients(a1, a2 - y)
    network, gradient = Parameters(W1, b1, W2, b2), Parameters(dW1, db1, dW2, db2)
    return step(network, gradient, learning_rate).arrays


UPDATE = {
    "`delta2` is the error alone here: the slope of the output unit is missing.": (
        updated_by_the_error
    ),
    "The step goes uphill: every number moves so that the loss grows. Look at the sign.": (
        times(lambda *case: -1)
    ),
    "The hidden layer's gradients are computed with the *new* `W2`. All gradients belong to the "
    "old weights: compute them all before you change anything.": updated_in_wrong_order,
    "The gradient is subtracted whole. Where is the learning rate?": (
        times(lambda *case: 1 / case[-1])
    ),
    "The learning rate is 0.1 here, whatever the argument `learning_rate` says.": (
        times(lambda *case: 0.1 / case[-1])
    ),
    MEAN: times(lambda *case: 1 / len(case[0])),
    "The biases don't learn.": without(1, 3),
    "The first layer is left out.": without(0, 1),
    "Nothing has moved at all.": without(0, 1, 2, 3),
    "These are the gradients; the task asks for the new weights.": (
        lambda right, X, y, *weights: backward(Parameters(*weights[:4]), X, y).arrays
    ),
}


@task("2.5", "One update")
def one_update(function):
    """Check a function of (X, y, W1, b1, W2, b2, learning_rate) that returns all four."""
    cases = [(*network, rate) for network, rate in zip(NETWORKS, (0.3, 0.7, 0.2), strict=True)]
    judge(function, updated, UPDATE, cases, parts=("W1", "b1", "W2", "b2"))
    return "All gradients first, then all four arrays."


def losses_of(W1, b1, W2, b2, learning_rate, epochs):
    """Return the losses of a training run on XOR."""
    network = Parameters(W1, b1, W2, b2)
    return train(network, X, y, learning_rate=learning_rate, epochs=epochs).losses


def repeated(mistake):
    """Return what becomes of the losses if every update has this mistake."""

    def losses(right, W1, b1, W2, b2, learning_rate, epochs):
        weights, noted = (W1, b1, W2, b2), []
        for _ in range(epochs):
            noted.append(np.mean((forward_of(X, *weights).a2 - y) ** 2))
            case = (X, y, *weights, learning_rate)
            weights = mistake(updated(*case), *case)
        return noted

    return losses


LOOP = {
    "These are sums; the task asks for the mean.": lambda right, *case: 4 * right,
    "This is L, half the sum of the squares. The printed loss is their mean.": (
        lambda right, *case: 2 * right
    ),
    "Each loss is recorded after its update, so the loss of the start is missing.": (
        lambda right, *case: losses_of(*case[:-1], case[-1] + 1)[1:]
    ),
    "The loss never changes: the new weights are computed, but not kept for the next epoch.": (
        lambda right, *case: np.full_like(right, right[0])
    ),
} | {hint: repeated(mistake) for hint, mistake in UPDATE.items()}


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
