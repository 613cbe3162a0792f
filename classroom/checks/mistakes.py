"""One plain step of backpropagation, and the mistakes that people make in it.

A mistake is the step with another piece in the place of one of its own. The checks of exercise 02
look for them in a learner's functions, and `classroom.doctor` in a step that anybody has written.
"""

import numpy as np

from xorlib.network import ACTIVATIONS, Activation

SIGMOID = ACTIVATIONS["sigmoid"]
# np.positive does what no activation does: nothing.
UNITS = ACTIVATIONS | {"linear": Activation(np.positive, np.ones_like)}
SIGMOIDS = "sigmoid", "sigmoid"
PLAIN = {}  # no other piece

# What several tables say.
TANH = "This is the slope of tanh, not of the sigmoid."
NO_SLOPE = "The slope of the activation function is left out."
LATE = (
    "The hidden layer's gradients are computed with the *new* `W2`. All gradients belong to the "
    "old weights: compute them all before you change anything."
)
NOT_SUMMED = "The gradient of the bias has an entry for each row; the rows must be summed."
MEAN = "Everything is divided by the number of rows. The rows must be summed, not averaged."


def pieces(**tables):
    """Return for each hint the other piece, by its name, from a table for each name."""
    return {hint: {name: other} for name in tables for hint, other in tables[name].items()}


def random_network(seed, hidden=2, rows=4):
    """Return X, y, W1, b1, W2, b2 at random, with weights of both signs."""
    generator = np.random.default_rng(seed)
    shapes = [(rows, 2), (2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    inputs, *weights = (generator.normal(size=shape) for shape in shapes)
    return inputs, generator.integers(0, 2, size=(rows, 1)).astype(float), *weights


def forward_of(X, W1, b1, W2, b2, units=SIGMOIDS, added=(1, 1), turned=False, z=False):
    """Return z1, a1, z2, a2."""
    z1 = X @ (W1.T if turned else W1) + added[0] * b1
    a1 = UNITS[units[0]].function(z1)
    z2 = (z1 if z else a1) @ W2 + added[1] * b2
    return z1, a1, z2, UNITS[units[1]].function(z2)


FORWARD = pieces(
    turned={"`W1` is transposed. Its rows belong to inputs, its columns to hidden units.": True},
    units={
        "The hidden layer has no sigmoid: `a1` is the same as `z1`.": ("linear", "sigmoid"),
        "The output layer has no sigmoid: `a2` is the same as `z2`.": ("sigmoid", "linear"),
        "There is no sigmoid at all: two layers are no more than one.": ("linear", "linear"),
    },
    added={
        "The biases are missing.": (0, 0),
        "The hidden layer does not add its bias `b1`.": (0, 1),
        "The output layer does not add its bias `b2`.": (1, 0),
    },
    z={"The output unit reads `z1`. Which of the two does a hidden unit pass on?": True},
)


def slope_of(f, a, z=None, x=None):
    """Return da/dz of an activation function from a; a mistake may use z, or what came in."""
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


CHAIN = pieces(
    slope={
        NO_SLOPE: lambda *_: 1,
        TANH: lambda f, a, *_: 1 - a**2,
        "The slope is made for z, but it gets a.": lambda f, a, *_: slope_of(f, f.function(a)),
        MEAN: lambda f, a, *_: slope_of(f, a) / len(a),
    },
    bias={
        NOT_SUMMED: np.positive,
        "The bias's rows are averaged; they must be summed.": lambda d: total(d) / len(d),
    },
    weights={"The weights' gradient is transposed. Look at the shapes.": lambda x, d, a: d.T @ x},
) | {"The sign is reversed. Is the error answer minus target, or target minus answer?": -1}
SLOPES = pieces(  # of a whole step
    slope={
        "The slope is made for a, but it gets z.": lambda f, a, z, x: slope_of(f, z),
        "The slope is multiplied in twice.": lambda f, a, *_: slope_of(f, a) ** 2,
        "The slope is the sigmoid's; these are other units.": lambda f, a, *_: slope_of(SIGMOID, a),
    }
)


def output_of(a1, a2, y, z2=None, error=np.subtract, **others):
    """Return dW2 and db2."""
    return layer(a1, error(a2, y), a2, z2, **others)


OUTPUT = (
    {"Everything is twice too large. L is *half* the sum of the squares.": 2}
    | CHAIN
    | pieces(
        error={
            "The squared error stands where its derivative belongs.": lambda a2, y: (a2 - y) ** 2,
            "The loss stands where its derivative belongs.": lambda a2, y: (a2 - y) ** 2 / 2,
        }
    )
)


def flown_back(delta2, W2):
    """Return ∂L/∂a1."""
    return delta2 @ W2.T


def hidden_of(X, W2, a1, delta2, z1=None, back=flown_back, **others):
    """Return dW1 and db1."""
    return layer(X, back(delta2, W2), a1, z1, **others)


HIDDEN = CHAIN | pieces(
    back={
        "Where is `W2`? Delta comes back times a unit's weight.": lambda d, w: d.repeat(len(w), 1),
        "Delta is shared out: each unit gets a part, and the parts add up to the whole. But each "
        "gets all of it, times its own weight.": lambda d, w: d @ w.T / w.sum(),
    },
    slope={
        "The slope is taken of `X`, not of the hidden units.": lambda f, a, z, x: slope_of(
            f, np.resize(x, a.shape)
        )
    },
    bias={"`db1` is one number: the sum runs over the hidden units, not only the rows.": np.sum},
    weights={"`dW1` uses the hidden activations. What comes in there?": lambda x, d, a: a.T @ d},
)


def gradient_of(X, y, W1, b1, W2, b2, way=PLAIN, last=PLAIN, first=PLAIN, W2_new=None):
    """Return dW1, db1, dW2, db2 of half the sum of the squared errors, or with such mistakes.

    `way` has other pieces of the forward pass, `last` and `first` of the layers; with `W2_new`
    delta comes back through that.
    """
    z1, a1, z2, a2 = forward_of(X, W1, b1, W2, b2, **way)
    f1, f2 = (UNITS[name] for name in way.get("units", SIGMOIDS))
    top = output_of(a1, a2, y, z2, f=f2, **last)
    _, delta2 = output_of(a1, a2, y, z2, f=f2, **last | CHAIN[NOT_SUMMED])
    W2 = W2 if W2_new is None else W2_new
    return *hidden_of(X, W2, a1, delta2, z1, f=f1, **first), *top


def updated(X, y, W1, b1, W2, b2, learning_rate, late=False, **others):
    """Return W1, b1, W2, b2 after one update."""
    case = X, y, W1, b1, W2, b2
    gradient = gradient_of(*case, **others)
    if late:
        gradient = gradient_of(*case, **others, W2_new=W2 - learning_rate * gradient[2])
    return tuple(w - learning_rate * g for w, g in zip(case[2:], gradient, strict=True))


def differences(loss, w, up, down, piled_up=False):
    """Return loss(w + up) - loss(w - down) for a nudge of each entry alone."""
    nudge, result = np.zeros(w.shape), np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        nudge = nudge if piled_up else np.zeros(w.shape)
        nudge[place] = 1
        result[place] = loss(w + up * nudge) - loss(w - down * nudge)
    return result
