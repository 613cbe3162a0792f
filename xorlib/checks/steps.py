"""The steps of notebook 02, each done right and then wrong in every known way."""

import numpy as np

from xorlib.activations import sigmoid
from xorlib.checks.judging import Mistake
from xorlib.data import truth_table


def slope(a):
    """Return the sigmoid's slope."""
    return a * (1 - a)


def rows_summed(delta):
    """Sum over the rows, keeping two axes."""
    return delta.sum(axis=0, keepdims=True)


# What several tasks say.
Z_AS_A = "This takes its argument for a pre-activation z, but it already is an activation a."
A_AS_Z = "This takes its argument for an activation a, but it is a pre-activation z."
NO_SLOPE = "The slope a (1 − a) of the sigmoid is left out somewhere on the chain."
SIGN = "The sign is reversed. Is the error answer minus target, or target minus answer?"
MEAN = "Everything is too small by the number of rows: the rows are summed here, not averaged."
NOT_SUMMED = "The gradient of the bias has an entry for each row; the rows must be summed."
TRANSPOSED = "`{}` is transposed. Write the three shapes beside the product."

SLOPE_OF_A = [
    Mistake("z for a", lambda a: slope(sigmoid(a)), Z_AS_A),
    Mistake("activation", lambda a: sigmoid(a), "This is the sigmoid itself. Its slope was asked."),
    Mistake("sign", lambda a: a * (a - 1), "A sigmoid rises everywhere: its slope is positive."),
    Mistake("tanh", lambda a: 1 - a**2, "This is the slope of tanh, not of the sigmoid."),
    Mistake("one factor", lambda a: 1 - a, "One of two factors. See at a = 0: it must be flat."),
]

SLOPE_OF_Z = [
    Mistake("a for z", lambda z: slope(z), A_AS_Z),
    Mistake("activation", lambda z: sigmoid(z), SLOPE_OF_A[1].hint),
    Mistake("sign", lambda z: -slope(sigmoid(z)), SLOPE_OF_A[2].hint),
    Mistake(
        "twice", lambda z: slope(sigmoid(sigmoid(z))), "The sigmoid is applied once too often."
    ),
    Mistake("tanh", lambda z: 1 - np.tanh(z) ** 2, SLOPE_OF_A[3].hint),
]


def right_forward(X, W1, b1, W2, b2, hidden=sigmoid, output=sigmoid):
    """Return z1, a1, z2, a2."""
    a1 = hidden(z1 := X @ W1 + b1)
    return z1, a1, (z2 := a1 @ W2 + b2), output(z2)


def same_as_given(z):
    """Return the argument, in place of a sigmoid."""
    return z


FORWARD = [
    Mistake(
        "transposed",
        lambda X, W1, b1, W2, b2: right_forward(X, W1.T, b1, W2, b2),
        "`W1` is transposed. Its rows belong to the inputs, its columns to the hidden units.",
    ),
    Mistake(
        "no hidden sigmoid",
        lambda *arrays: right_forward(*arrays, hidden=same_as_given),
        "The hidden layer has no sigmoid: `a1` is the same as `z1`.",
    ),
    Mistake(
        "no output sigmoid",
        lambda *arrays: right_forward(*arrays, output=same_as_given),
        "The output layer has no sigmoid: `a2` is the same as `z2`.",
    ),
    Mistake(
        "no sigmoid",
        lambda *arrays: right_forward(*arrays, same_as_given, same_as_given),
        "There is no sigmoid at all. Without it two layers are no more than one.",
    ),
    Mistake(
        "no bias",
        lambda X, W1, b1, W2, b2: right_forward(X, W1, 0 * b1, W2, 0 * b2),
        "The biases are missing.",
    ),
    Mistake(
        "no hidden bias",
        lambda X, W1, b1, W2, b2: right_forward(X, W1, 0 * b1, W2, b2),
        "The hidden layer does not add its bias `b1`.",
    ),
    Mistake(
        "no output bias",
        lambda X, W1, b1, W2, b2: right_forward(X, W1, b1, W2, 0 * b2),
        "The output layer does not add its bias `b2`.",
    ),
    Mistake(
        "order",
        lambda *arrays: tuple(right_forward(*arrays)[k] for k in (1, 0, 3, 2)),
        "All four are there, but in another order: `z1, a1, z2, a2` was asked.",
    ),
    Mistake(
        "z1 passed on",
        lambda X, W1, b1, W2, b2: (
            *right_forward(X, W1, b1, W2, b2)[:2],
            *right_forward(X, W1, b1, W2, b2, hidden=same_as_given)[2:],
        ),
        "The output unit reads `z1`. Which of the two does a hidden unit pass on?",
    ),
]


def output_gradient(a1, a2, y, scale=1, slope_of=slope):
    """Return dW2, db2."""
    delta2 = scale * (a2 - y) * slope_of(a2)
    return a1.T @ delta2, rows_summed(delta2)


OUTPUT = [
    Mistake(
        "no slope", lambda a1, a2, y: output_gradient(a1, a2, y, slope_of=np.ones_like), NO_SLOPE
    ),
    Mistake("sign", lambda a1, a2, y: output_gradient(a1, a2, y, -1), SIGN),
    Mistake("mean", lambda a1, a2, y: output_gradient(a1, a2, y, 1 / len(y)), MEAN),
    Mistake(
        "factor 2",
        lambda a1, a2, y: output_gradient(a1, a2, y, 2),
        "Everything is twice too large. L is *half* the sum of the squares.",
    ),
    Mistake(
        "z for a",
        lambda a1, a2, y: output_gradient(a1, a2, y, slope_of=lambda a: slope(sigmoid(a))),
        "The slope takes `a2` for a pre-activation: the sigmoid is applied a second time.",
    ),
    Mistake(
        "transposed",
        lambda a1, a2, y: (output_gradient(a1, a2, y)[0].T, output_gradient(a1, a2, y)[1]),
        TRANSPOSED.format("dW2"),
    ),
    Mistake(
        "not summed",
        lambda a1, a2, y: (output_gradient(a1, a2, y)[0], (a2 - y) * slope(a2)),
        NOT_SUMMED,
    ),
    Mistake(
        "bias mean",
        lambda a1, a2, y: (
            output_gradient(a1, a2, y)[0],
            output_gradient(a1, a2, y, 1 / len(y))[1],
        ),
        "`dW2` is right; for `db2` the rows are averaged, but they must be summed.",
    ),
]


def right_hidden(X, W2, a1, delta2, scale=1, slope_of=slope):
    """Return dW1, db1."""
    delta1 = scale * (delta2 @ W2.T) * slope_of(a1)
    return X.T @ delta1, rows_summed(delta1)


HIDDEN = [
    Mistake("no slope", lambda *given: right_hidden(*given, slope_of=np.ones_like), NO_SLOPE),
    Mistake("sign", lambda *given: right_hidden(*given, -1), "The sign is reversed."),
    Mistake("mean", lambda *given: right_hidden(*given, 1 / len(given[0])), MEAN),
    Mistake(
        "z for a",
        lambda *given: right_hidden(*given, slope_of=lambda a: slope(sigmoid(a))),
        "The slope takes `a1` for a pre-activation: the sigmoid is applied a second time.",
    ),
    Mistake(
        "transposed",
        lambda *given: (right_hidden(*given)[0].T, right_hidden(*given)[1]),
        TRANSPOSED.format("dW1"),
    ),
    Mistake(
        "not summed",
        lambda X, W2, a1, delta2: (
            right_hidden(X, W2, a1, delta2)[0],
            (delta2 @ W2.T) * slope(a1),
        ),
        NOT_SUMMED,
    ),
    Mistake(
        "all summed",
        lambda X, W2, a1, delta2: (
            right_hidden(X, W2, a1, delta2)[0],
            np.sum((delta2 @ W2.T) * slope(a1)),
        ),
        "`db1` is one number: the sum runs over the hidden units as well, not only over the rows.",
    ),
    Mistake(
        "activations for inputs",
        lambda X, W2, a1, delta2: (
            a1.T @ ((delta2 @ W2.T) * slope(a1)),
            right_hidden(X, W2, a1, delta2)[1],
        ),
        "`dW1` uses the hidden activations. What comes in over the weights of the first layer?",
    ),
]


def step(X, y, W1, b1, W2, b2, rate, sign=-1, scale=1, updated=False):
    """Return the four arrays after one update."""
    _, a1, _, a2 = right_forward(X, W1, b1, W2, b2)
    delta2 = scale * (a2 - y) * slope(a2)
    dW2, db2 = a1.T @ delta2, rows_summed(delta2)
    W2_new = W2 + sign * rate * dW2
    dW1, db1 = right_hidden(X, W2_new if updated else W2, a1, delta2)
    return W1 + sign * rate * dW1, b1 + sign * rate * db1, W2_new, b2 + sign * rate * db2


def kept(position, *given):
    """Make the step, but leave the arrays at these positions as they were."""
    return tuple(given[2 + k] if k in position else new for k, new in enumerate(step(*given)))


UPDATE = [
    Mistake(
        "sign",
        lambda *given: step(*given, sign=1),
        "The step goes uphill: every number moves so that the loss grows. Look at the sign.",
    ),
    Mistake(
        "updated W2",
        lambda *given: step(*given, updated=True),
        "The hidden layer's gradients are computed with the *new* `W2`. All gradients belong to "
        "the old weights: compute them all before you change anything.",
    ),
    Mistake(
        "no rate",
        lambda *given: step(*given[:6], 1.0),
        "The gradient is subtracted whole. Where is the learning rate?",
    ),
    Mistake("mean", lambda *given: step(*given, scale=1 / len(given[0])), MEAN),
    Mistake("biases kept", lambda *given: kept((1, 3), *given), "The biases don't learn."),
    Mistake(
        "first layer kept", lambda *given: kept((0, 1), *given), "The first layer is left out."
    ),
    Mistake("unchanged", lambda *given: kept((0, 1, 2, 3), *given), "Nothing has moved at all."),
    Mistake(
        "gradients",
        lambda *given: tuple(
            (old - new) / given[6] for old, new in zip(given[2:6], step(*given), strict=True)
        ),
        "These are the gradients. The new weights were asked.",
    ),
]

INPUTS, TARGETS = truth_table()


def loop(W1, b1, W2, b2, rate, epochs, of=np.mean, after=False, moving=True, **options):
    """Return the losses of a training run on XOR."""
    losses, weights = [], (W1, b1, W2, b2)
    for _ in range(epochs + after):
        losses.append(of((right_forward(INPUTS, *weights)[-1] - TARGETS) ** 2))
        if moving:
            weights = step(INPUTS, TARGETS, *weights, rate, **options)
    return np.array(losses[1:] if after else losses)


LOOP = [
    Mistake("sum", lambda *given: loop(*given, of=np.sum), "These are sums; the mean was asked."),
    Mistake(
        "half sum",
        lambda *given: loop(*given, of=lambda e: np.sum(e) / 2),
        "This is L, half the sum of the squares. The printed loss is their mean.",
    ),
    Mistake(
        "after",
        lambda *given: loop(*given, after=True),
        "Each loss is noted after its update, so that the loss of the start is missing.",
    ),
    Mistake("sign", lambda *given: loop(*given, sign=1), UPDATE[0].hint),
    Mistake("updated W2", lambda *given: loop(*given, updated=True), UPDATE[1].hint),
    Mistake("mean", lambda *given: loop(*given, scale=1 / 4), MEAN),
    Mistake(
        "standing still",
        lambda *given: loop(*given, moving=False),
        "The loss never changes: the new weights are computed, but not kept for the next epoch.",
    ),
]
