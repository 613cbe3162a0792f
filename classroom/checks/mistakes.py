"""One plain step of backpropagation, and the mistakes that people make in it.

A mistake is the step with another piece in the place of one of its own. The checks of exercise 02
look for them in a learner's functions, and `classroom.doctor` in a step that anybody has written.
"""

import numpy as np

from xorlib.network import ACTIVATIONS, Activation

SIGMOID = ACTIVATIONS["sigmoid"]
LINEAR = Activation(np.positive, np.ones_like)  # np.positive does what no activation does: nothing
PLAIN = {}  # no other piece

# What several tables say.
TANH = "This is the slope of tanh, not of the sigmoid."
NO_SLOPE = "The slope of the activation function is left out."
NO_UNITS = "The hidden layer has no sigmoid: `a1` is the same as `z1`."
NOT_SUMMED = "The gradient of the bias has an entry for each row; the rows must be summed."
MEAN = "Everything is divided by the number of rows. The rows must be summed, not averaged."
LATE = (
    "The hidden layer's gradients are computed with the *new* `W2`. All gradients belong to the "
    "old weights: compute them all before you change anything."
)


def in_place_of(name, others):
    """Return for each hint the piece that stands in the place of the one of this name."""
    return {hint: {name: other} for hint, other in others.items()}


def random_network(seed, hidden=2, rows=4):
    """Return X, y, W1, b1, W2, b2 at random, with weights of both signs."""
    generator = np.random.default_rng(seed)
    shapes = [(rows, 2), (2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    inputs, *weights = (generator.normal(size=shape) for shape in shapes)
    return inputs, generator.integers(0, 2, size=(rows, 1)).astype(float), *weights


def forward_of(X, W1, b1, W2, b2, units=(SIGMOID, SIGMOID), added=(1, 1), turned=False, z=False):
    """Return z1, a1, z2, a2."""
    z1 = X @ (W1.T if turned else W1) + added[0] * b1
    a1 = units[0].function(z1)
    z2 = (z1 if z else a1) @ W2 + added[1] * b2
    return z1, a1, z2, units[1].function(z2)


FORWARD = {
    "`W1` is transposed. Its rows belong to the inputs, its columns to the hidden units.": {
        "turned": True
    },
    **in_place_of(
        "units",
        {
            NO_UNITS: (LINEAR, SIGMOID),
            "The output layer has no sigmoid: `a2` is the same as `z2`.": (SIGMOID, LINEAR),
            "There is no sigmoid at all. Without it two layers are no more than one.": (
                (LINEAR, LINEAR)
            ),
        },
    ),
    "The biases are missing.": {"added": (0, 0)},
    "The hidden layer does not add its bias `b1`.": {"added": (0, 1)},
    "The output layer does not add its bias `b2`.": {"added": (1, 0)},
    "The output unit reads `z1`. Which of the two does a hidden unit pass on?": {"z": True},
}


def slope_of(f, a, z=None, x=None):
    """Return da/dz of an activation function from a; other slopes are made of z, or of inputs."""
    return f.derivative_from_activation(a)


def product(x, delta, a):
    """Return the gradient of a layer's weights."""
    return x.T @ delta


def total(delta):
    """Return the gradient of a layer's biases."""
    return delta.sum(axis=0, keepdims=True)


def layer(x, arriving, a, z=None, f=SIGMOID, slope=slope_of, weights=product, bias=total):
    """Return a layer's two gradients, from what came in, ∂L/∂a and a."""
    delta = arriving * slope(f, a, z, x)
    return weights(x, delta, a), bias(delta)


CHAIN = in_place_of(
    "slope",
    {
        NO_SLOPE: lambda *_: 1,
        TANH: lambda f, a, *_: 1 - a**2,
        "The slope takes the activation for a pre-activation: the function is applied a second "
        "time.": lambda f, a, *_: slope_of(f, f.function(a)),
        "The sign is reversed. Is the error answer minus target, or target minus answer?": (
            lambda f, a, *_: -slope_of(f, a)
        ),
        MEAN: lambda f, a, *_: slope_of(f, a) / len(a),
    },
) | {
    NOT_SUMMED: {"bias": lambda delta: delta},
    "The weights' gradient is right; for the bias the rows are averaged, but must be summed.": {
        "bias": lambda delta: total(delta) / len(delta)
    },
    "The weights' gradient is transposed. Write the three shapes beside the product.": {
        "weights": lambda x, delta, a: delta.T @ x
    },
}
SLOPES = in_place_of(  # for a whole step
    "slope",
    {
        "The slope's formula is made for the activation a, but it gets the pre-activation z.": (
            lambda f, a, z, x: slope_of(f, z)
        ),
        "The slope is multiplied in twice.": lambda f, a, *_: slope_of(f, a) ** 2,
        "The slope is that of the sigmoid, which these units are not.": (
            lambda f, a, *_: slope_of(SIGMOID, a)
        ),
    },
)


def output_of(a1, a2, y, z2=None, error=np.subtract, **pieces):
    """Return dW2 and db2."""
    return layer(a1, error(a2, y), a2, z2, **pieces)


OUTPUT = CHAIN | in_place_of(
    "error",
    {
        "Everything is twice too large. L is *half* the sum of the squares.": (
            lambda a2, y: 2 * (a2 - y)
        ),
        "This multiplies by the squared error. Its derivative belongs there.": (
            lambda a2, y: (a2 - y) ** 2
        ),
        "This multiplies by the loss, half the squared error. Its derivative belongs there.": (
            lambda a2, y: (a2 - y) ** 2 / 2
        ),
    },
)


def flown_back(delta2, W2):
    """Return ∂L/∂a1."""
    return delta2 @ W2.T


def hidden_of(X, W2, a1, delta2, z1=None, back=flown_back, **pieces):
    """Return dW1 and db1."""
    return layer(X, back(delta2, W2), a1, z1, **pieces)


HIDDEN = CHAIN | {
    "Where is `W2`? `delta2` reaches a hidden unit multiplied by that unit's weight.": {
        "back": lambda delta2, W2: delta2.repeat(len(W2), axis=1)
    },
    "Delta is shared out: each unit gets a part of it, and the parts add up to the whole. But each "
    "gets all of it, times its own weight.": {
        "back": lambda delta2, W2: flown_back(delta2, W2) / W2.sum()
    },
    "The slope is that of the inputs `X`. Delta flows back through the hidden units' sigmoids.": {
        "slope": lambda f, a, z, x: slope_of(f, x)
    },
    "`db1` is one number: the sum runs over the hidden units as well, not only over the rows.": {
        "bias": np.sum
    },
    "`dW1` uses the hidden activations. What comes in through the weights of the first layer?": {
        "weights": lambda x, delta, a: product(a, delta, a)
    },
}


def gradient_of(X, y, W1, b1, W2, b2, way=PLAIN, last=PLAIN, first=PLAIN, W2_new=None):
    """Return dW1, db1, dW2, db2 of half the sum of the squared errors, or with such mistakes.

    `way` has other pieces of the forward pass, `last` and `first` of the layers; with `W2_new`
    delta comes back through that.
    """
    z1, a1, z2, a2 = forward_of(X, W1, b1, W2, b2, **way)
    f1, f2 = way.get("units", (SIGMOID, SIGMOID))
    top = output_of(a1, a2, y, z2, f=f2, **last)
    _, delta2 = output_of(a1, a2, y, z2, f=f2, **last | CHAIN[NOT_SUMMED])
    W2 = W2 if W2_new is None else W2_new
    return *hidden_of(X, W2, a1, delta2, z1, f=f1, **first), *top


def once(rows, rate):
    """Return how many times as far as it should each array moves."""
    return 1


def updated(X, y, W1, b1, W2, b2, learning_rate, times=once, late=False, kept=1, **pieces):
    """Return W1, b1, W2, b2 after one update."""
    case = X, y, W1, b1, W2, b2
    gradient = gradient_of(*case, **pieces)
    if late:
        gradient = gradient_of(*case, **pieces, W2_new=W2 - learning_rate * gradient[2])
    rates = learning_rate * np.broadcast_to(times(len(X), learning_rate), 4)
    return tuple(kept * w - r * g for w, r, g in zip(case[2:], rates, gradient, strict=True))


UPDATE = {
    "`delta2` is the error alone here: the slope of the output unit is missing.": {
        "last": CHAIN[NO_SLOPE]
    },
    LATE: {"late": True},
    **in_place_of(
        "times",
        {
            "The step goes uphill: every number moves so that the loss grows. Look at the sign.": (
                lambda rows, rate: -1
            ),
            "The gradient is subtracted whole. Where is the learning rate?": (
                lambda rows, rate: 1 / rate
            ),
            "The learning rate is 0.1 here, whatever the argument `learning_rate` says.": (
                lambda rows, rate: 0.1 / rate
            ),
            MEAN: lambda rows, rate: 1 / rows,
            "The biases don't learn.": lambda rows, rate: (1, 0, 1, 0),
            "The first layer is left out.": lambda rows, rate: (0, 0, 1, 1),
            "Nothing has moved at all.": lambda rows, rate: 0,
        },
    ),
    "These are the gradients; the task asks for the new weights.": {
        "times": lambda rows, rate: -1 / rate,
        "kept": 0,
    },
}
