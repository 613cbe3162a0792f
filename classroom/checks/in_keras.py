"""Checks of the exercises to notebook 04: cross-entropy, a model, its parameters, ReLU."""

import numpy as np

from classroom.checks.judging import call, described, judge, numbers
from classroom.checks.report import Hint, task
from xorlib.data import truth_table
from xorlib.network import Parameters, forward, relu, sigmoid

X, y = truth_table()


def costs(y, a):
    """Return the cross-entropy of each row."""
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


ENTROPIES = {
    "That is the sum over the rows; their mean was asked for.": lambda right, y, a: len(y) * right,
    "This divides by 4, however many rows there are.": lambda right, y, a: len(y) * right / 4,
    "It is negative. A logarithm of a number below 1 is negative; a cost must not be.": -1,
    "Rows with target 0 cost nothing here. Where is their term?": (
        lambda right, y, a: np.mean(y * costs(y, a))
    ),
    "The terms are swapped: this punishes right answers.": lambda _, y, a: np.mean(costs(1 - y, a)),
    "This counts in bits. The notebook uses the natural logarithm.": 1 / np.log(2),
    "This is the mean squared error of notebook 2.": lambda right, y, a: np.mean((y - a) ** 2),
    "This is one cost for each row; their mean was asked for.": lambda _, y, a: costs(y, a),
    "Shapes (4,) and (4, 1) were mixed: NumPy made (4, 4) of them, every target with every "
    "answer. Bring both to one shape.": lambda right, y, a: np.mean(costs(y.ravel(), a)),
}


@task("4.1", "Binary cross-entropy by hand")
def cross_entropy(function):
    """Check a function of (y, a) that returns the mean cross-entropy in nats."""
    generator = np.random.default_rng(41)
    cases = [
        (y, generator.uniform(0.05, 0.95, size=(4, 1))),
        (np.array([[0.0], [0], [1], [0], [1]]), generator.uniform(0.05, 0.95, size=(5, 1))),
        (np.array([[1.0], [1], [1], [0]]), np.array([[0.9], [0.2], [0.5], [0.6]])),
    ]
    judge(function, lambda y, a: np.mean(costs(y, a)), ENTROPIES, cases)
    return "In each row only one of the two terms counts."


COUNTS = {
    "The biases are left out.": lambda right, i, h, o: right - h - o,
    "The output units have biases, too.": lambda right, i, h, o: right - o,
    "The hidden units have biases.": lambda right, i, h, o: right - h,
    "Inputs have no bias: they are not computed.": lambda right, i, h, o: right + i,
    "Each unit has a bias of its own, not each layer.": lambda right, i, h, o: right - h - o + 2,
}


@task("4.2", "Counting parameters")
def parameter_count(function):
    """Check a function of (inputs, hidden, outputs) that counts weights and biases."""
    judge(
        function,
        lambda inputs, hidden, outputs: inputs * hidden + hidden + hidden * outputs + outputs,
        COUNTS,
        [(2, 2, 1), (2, 8, 1), (3, 5, 4), (7, 6, 2)],
    )
    return "Nine for 2-2-1, as you know."


MODELS = {  # np.positive does what no activation does: nothing
    (relu, sigmoid): "The hidden units are still ReLUs.",
    (np.tanh, np.tanh): "The output unit is a tanh as well. It answers from −1 to 1, and a "
    "negative number is no probability.",
    (sigmoid, np.tanh): "The two activations are swapped.",
    (sigmoid, sigmoid): "The hidden units are sigmoids, not tanh.",
    (np.tanh, np.positive): "The output unit has no activation.",
    (np.positive, sigmoid): "The hidden units have no activation.",
}


@task("4.3", "The same model with tanh")
def tanh_model(build):
    """Check a function of (seed) that builds and compiles the model with tanh units."""
    if hasattr(build, "get_weights"):
        raise Hint("Hand over the function `build` itself; this is a model that it has built.")
    model, again, other = (call(build, (seed,))[0] for seed in (1, 1, 2))
    if not hasattr(model, "get_weights"):
        raise Hint(f"`build` must return a Keras model, but this is {described(model)}.")
    if getattr(model, "optimizer", None) is None:
        raise Hint("The model is not compiled: it has no optimiser and no loss.")
    weights = model.get_weights()
    shapes = [array.shape for array in weights]
    if not shapes:
        text = "The model is not built: it has no weights yet. It must know how many inputs there "
        raise Hint(f"{text}are: begin with `keras.Input`.")
    if shapes != [(2, 2), (2,), (2, 1), (1,)]:
        raise Hint(f"A 2-2-1 network was asked for, but the weights have the shapes {shapes}.")

    points = np.random.default_rng(43).normal(size=(8, 2))
    answers = np.asarray(model(points))

    def answers_with(hidden, output):
        W1, b1, W2, b2 = weights
        return np.allclose(answers, output(hidden(points @ W1 + b1) @ W2 + b2), atol=1e-5)

    for activations, hint in MODELS.items():
        if answers_with(*activations):
            raise Hint(hint)
    if not answers_with(np.tanh, sigmoid):
        raise Hint("The model does not answer as one with tanh units and a sigmoid at the output.")
    targets = (points[:, :1] > 0).astype("float32")
    loss = float(np.mean(model.compute_loss(y=targets, y_pred=model(points))))
    if not np.isclose(loss, np.mean(costs(targets, answers)), rtol=1e-3):
        raise Hint("The same loss was asked for, the binary cross-entropy.")
    plain = type(model.optimizer).__name__ == "SGD"
    if not plain or not np.isclose(float(model.optimizer.learning_rate), 0.3):
        raise Hint("The same optimiser was asked for: plain SGD, learning rate 0.3.")
    if np.array_equal(weights[0], other.get_weights()[0]):
        raise Hint("Every seed gives the same weights. Is the argument used?")
    if not np.array_equal(weights[0], again.get_weights()[0]):
        raise Hint("The same seed gives other weights each time. Where is it set?")
    return "One word has changed."


W1, b1, W2, b2 = np.ones((2, 2)), np.array([[0.0, -1]]), np.array([[2.0], [-4]]), np.array([[-1.0]])
NETWORK = Parameters(W1, b1, W2, b2, activation="relu")
RIGHT = forward(NETWORK, X)
BY_HAND = {
    "The ReLU is left out: with a negative z a unit must be silent.": RIGHT.z1 @ W2 + b2,
    "The output unit's bias is left out.": RIGHT.z2 - b2,
    "The hidden units' biases are left out.": forward(NETWORK._replace(b1=np.zeros((1, 2))), X).z2,
    "These are the activations a; the pre-activations z were asked for.": RIGHT.a2,
    "These are the answers; z was asked for.": y,
}


@task("4.4", "What do these ReLU weights compute?")
def relu_by_hand(z2):
    """Check the output unit's pre-activations for the four rows, worked out by hand."""
    given = numbers(z2, "`z2`").astype(float)
    if given.size != 4:
        raise Hint(f"`z2` must hold four numbers, one for each row, but holds {given.size}.")
    given = given.reshape(4, 1)
    if not np.isfinite(given).all():
        raise Hint("`z2` holds NaN or infinity.")
    if np.allclose(given, RIGHT.z2):
        return "Above 0 for 01 and 10 only: XOR, with a fold in place of a second line."
    for hint, mistaken in BY_HAND.items():
        if np.allclose(given, mistaken, atol=0.006):
            raise Hint(hint)
    rows = [f"{k:02b}" for k in np.flatnonzero(~np.isclose(given, RIGHT.z2))]
    text = f"Look at row {', '.join(rows)} again. Write down both z, then both a, then the sum."
    raise Hint(text)


def dead_of(X, W1, b1):
    """Tell which hidden units are silent on every row."""
    return (X @ W1 + b1 <= 0).all(axis=0)


DEAD = {
    "A unit whose z is exactly 0 on a row is silent there as well: in row 00, z is the bias.": (
        lambda right, X, W1, b1: (X @ W1 + b1 < 0).all(axis=0)
    ),
    "A unit that is silent on *one* row is not dead. Dead is silent on all of them.": (
        lambda right, X, W1, b1: (X @ W1 + b1 <= 0).any(axis=0)
    ),
    "These are the living units.": lambda right, *case: ~right,
    "The bias is left out: a positive one can wake a unit with negative weights.": (
        lambda right, X, W1, b1: dead_of(X, W1, 0)
    ),
    "This looks at the weights alone. A bias can wake a unit, or silence it.": (
        lambda right, X, W1, b1: (W1 <= 0).all(axis=0)
    ),
    "One entry for each row of `X`; one for each hidden unit was asked for. Along which axis?": (
        lambda right, X, W1, b1: (X @ W1 + b1 <= 0).all(axis=1)
    ),
    "That is how many are dead. Which ones?": lambda right, *case: right.sum(),
    "One answer for the layer; one for each unit was asked for.": lambda dead, *_: dead.all(),
}


@task("4.5", "Which units are dead?")
def dead_units(function):
    """Check a function of (X, W1, b1) that tells for each hidden ReLU unit if it is dead."""
    generator = np.random.default_rng(45)
    b1 = np.array([[0.0, 0.0, 0.3, -0.4, 0.0, -3.0]])
    W1 = np.array([[-1.0, 1.0, -0.1, -0.3, -0.5, 0.8], [-0.2, -1.0, -0.2, 0.2, -0.4, 0.9]])
    cases = [(X, W1, b1)]
    cases += [(X, generator.normal(size=(2, 6)), b1) for _ in range(3)]
    cases += [(generator.normal(size=(5, 2)), W1, b1)]
    judge(function, dead_of, DEAD, cases)
    return "Silent on every row, so without a gradient on any."
