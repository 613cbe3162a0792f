"""Checks of the exercises to notebook 04: cross-entropy, a model, its parameters, ReLU."""

import numpy as np

from xorlib.checks.calling import call, described, numbers
from xorlib.checks.judging import Mistake, judge
from xorlib.checks.report import Hint, task


def cross_entropy_of(y, a, log=np.log, over=np.mean):
    """Return the cross-entropy."""
    return over(-(y * log(a) + (1 - y) * log(1 - a)))


ENTROPIES = [
    Mistake(
        "sum",
        lambda y, a: cross_entropy_of(y, a, over=np.sum),
        "That is the sum over the rows; their mean was asked.",
    ),
    Mistake(
        "sign",
        lambda y, a: -cross_entropy_of(y, a),
        "It is negative. A logarithm of a number below 1 is negative; a cost must not be.",
    ),
    Mistake(
        "ones only",
        lambda y, a: np.mean(-y * np.log(a)),
        "Rows with target 0 cost nothing here. Where is their term?",
    ),
    Mistake(
        "exchanged",
        lambda y, a: cross_entropy_of(1 - y, a),
        "The terms are exchanged: this punishes the right answers.",
    ),
    Mistake(
        "base 2",
        lambda y, a: cross_entropy_of(y, a, log=np.log2),
        "This counts in bits. The notebook uses the natural logarithm.",
    ),
    Mistake(
        "base 10",
        lambda y, a: cross_entropy_of(y, a, log=np.log10),
        "This is the logarithm to base 10. The notebook uses the natural one.",
    ),
    Mistake(
        "squared",
        lambda y, a: np.mean((y - a) ** 2),
        "This is the mean squared error of notebook 2.",
    ),
    Mistake(
        "each row",
        lambda y, a: cross_entropy_of(y, a, over=np.asarray),
        "This has one cost for each row. One number was asked, their mean.",
    ),
    Mistake(
        "flat",
        lambda y, a: cross_entropy_of(y.ravel(), a),
        "Shapes (4,) and (4, 1) were mixed: NumPy made (4, 4) of them, every target with every "
        "answer. Bring both to one shape.",
    ),
]


@task("4.1", "Binary cross-entropy by hand")
def cross_entropy(function):
    """Check a function of (y, a) that returns the mean cross-entropy in nats."""
    generator = np.random.default_rng(41)
    cases = [
        (np.array([[0.0], [1], [1], [0]]), generator.uniform(0.05, 0.95, size=(4, 1))),
        (np.array([[0.0], [0], [1], [0], [1]]), generator.uniform(0.05, 0.95, size=(5, 1))),
        (np.array([[1.0], [1], [1], [0]]), np.array([[0.9], [0.2], [0.5], [0.6]])),
    ]
    whole = [(np.array([[0], [1], [1], [0]]), cases[0][1])]
    judge(
        function,
        cross_entropy_of,
        ENTROPIES,
        cases,
        parts=["loss"],
        arguments=["y", "a"],
        integers=whole,
    )
    return "In each row only one of the two terms counts."


COUNTS = [
    Mistake("no biases", lambda i, h, o: i * h + h * o, "The biases are left out."),
    Mistake(
        "no output bias",
        lambda i, h, o: (i + 1) * h + h * o,
        "The output units have biases, too.",
    ),
    Mistake("no hidden bias", lambda i, h, o: i * h + (h + 1) * o, "The hidden units have biases."),
    Mistake("units", lambda i, h, o: i + h + o, "These are the units. How many links have they?"),
    Mistake(
        "biases of inputs",
        lambda i, h, o: i * h + h * o + i + h + o,
        "Inputs have no bias: they are not computed.",
    ),
    Mistake(
        "one bias a layer",
        lambda i, h, o: i * h + h * o + 2,
        "Each unit has a bias of its own, not each layer.",
    ),
]


@task("4.2", "Counting parameters")
def parameter_count(function):
    """Check a function of (inputs, hidden, outputs) that counts weights and biases."""
    judge(
        function,
        lambda i, h, o: (i + 1) * h + (h + 1) * o,
        COUNTS,
        [(2, 2, 1), (2, 8, 1), (3, 5, 4), (7, 6, 2)],
        parts=["count"],
        arguments=["inputs", "hidden", "outputs"],
    )
    return "Nine for 2-2-1, as you know."


@task("4.3", "The same model with tanh")
def tanh_model(build):
    """Check a function of (seed) that builds and compiles the model with tanh units."""
    first, again, other = (call(build, (seed,))[0] for seed in (1, 1, 2))
    if not (hasattr(first, "layers") and hasattr(first, "get_weights")):
        raise Hint("type", f"`build` must return a Keras model, but this is {described(first)}.")
    if getattr(first, "optimizer", None) is None:
        raise Hint("not compiled", "The model is not compiled: it has no optimiser and no loss.")
    weights = [[np.asarray(w) for w in model.get_weights()] for model in (first, again, other)]
    shapes = [w.shape for w in weights[0]]
    if not shapes:
        text = "The model is not built: it has no weights yet. It must know how many inputs there "
        raise Hint("not built", text + "are: begin with `keras.Input`.")
    if shapes != [(2, 2), (2,), (2, 1), (1,)]:
        raise Hint("shape", f"A 2-2-1 network was asked, but the weights have the shapes {shapes}.")
    activations = activations_of(first)
    hints = {
        ("relu", "sigmoid"): ("relu", "The hidden units are still ReLUs."),
        ("tanh", "tanh"): (
            "output",
            "The output unit is a tanh as well. It answers from −1 to 1, and a negative number is "
            "no probability.",
        ),
        ("sigmoid", "tanh"): ("exchanged", "The two activations are in each other's place."),
        ("sigmoid", "sigmoid"): ("sigmoid", "The hidden units are sigmoids, not tanh."),
        ("tanh", "linear"): ("output", "The output unit has no activation."),
        ("linear", "sigmoid"): ("linear", "The hidden units have no activation."),
    }
    if activations != ["tanh", "sigmoid"]:
        raise Hint(*hints.get(tuple(activations), ("wrong", f"Activations: {activations}.")))
    if not is_cross_entropy(first.loss) or first.losses:
        raise Hint("loss", "The same loss was asked, the binary cross-entropy.")
    settings = first.optimizer.get_config()
    rate = settings["learning_rate"]
    extras = ("momentum", "weight_decay", "clipnorm", "clipvalue", "global_clipnorm")
    plain = type(first.optimizer).__name__ == "SGD" and not any(map(settings.get, extras))
    if not plain or not isinstance(rate, (int, float)) or abs(rate - 0.3) > 1e-6:
        raise Hint("optimiser", "The same optimiser was asked: plain SGD, learning rate 0.3.")
    if all(np.array_equal(a, b) for a, b in zip(weights[0], weights[2], strict=True)):
        raise Hint("one seed", "Every seed gives the same weights. Is the argument used?")
    if not all(np.array_equal(a, b) for a, b in zip(weights[0], weights[1], strict=True)):
        raise Hint("no seed", "The same seed gives other weights each time. Where is it set?")
    if any(weights[0][k].any() for k in (1, 3)) or len(first.trainable_weights) != 4:
        text = "All else stays as it was: every bias begins at 0, and all nine numbers are trained."
        raise Hint("start", text)
    return "One word has changed."


def activations_of(model):
    """Return the names of the layers' activations; an `Activation` is that of the layer before."""
    found = []
    for layer in model.layers:
        if not hasattr(layer, "activation"):
            continue
        if type(layer).__name__ == "Activation" and found[-1:] == ["linear"]:
            found.pop()
        found.append(getattr(layer.activation, "__name__", "of your own"))
    return found


def is_cross_entropy(loss):
    """Tell whether a Keras loss, by name or as an object, is the cross-entropy of answers."""
    name = loss if isinstance(loss, str) else getattr(loss, "name", getattr(loss, "__name__", ""))
    known = name.lower().replace("_", "") in ("binarycrossentropy", "bce")
    return known and not getattr(loss, "from_logits", False)


W1, B1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, -1.0]])
W2, B2 = np.array([[2.0], [-4.0]]), -1.0
INPUTS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def relu_outputs(activation=lambda z: np.maximum(z, 0), hidden_bias=B1, output_bias=B2):
    """Return what the network of task 4.4 has as z2."""
    return (activation(INPUTS @ W1 + hidden_bias) @ W2 + output_bias).ravel()


RELU_HINTS = [
    (
        "no relu",
        relu_outputs(activation=lambda z: z),
        "The ReLU is left out: in one row a hidden unit has a negative z and must be silent.",
    ),
    ("no output bias", relu_outputs(output_bias=0.0), "The output unit's bias is left out."),
    (
        "no hidden bias",
        relu_outputs(hidden_bias=0.0),
        "The hidden units' biases are left out.",
    ),
    (
        "activation",
        1 / (1 + np.exp(-relu_outputs())),
        "These are the activations a; the pre-activations z were asked, before the sigmoid.",
    ),
    ("answers", np.array([0.0, 1, 1, 0]), "These are the answers; z was asked."),
]


@task("4.4", "What do these ReLU weights compute?")
def relu_by_hand(z2):
    """Check the output unit's pre-activations for the four rows, worked out by hand."""
    given = numbers(z2, "`z2`").astype(float)
    if given.size != 4:
        text = f"`z2` must hold four numbers, one for each row, but holds {given.size}."
        raise Hint("shape", text)
    given = given.ravel()
    if not np.isfinite(given).all():
        raise Hint("nan", "`z2` holds NaN or infinity.")
    wanted = relu_outputs()
    if np.allclose(given, wanted, atol=1e-6):
        return "Above 0 for 01 and 10 only: XOR, with a fold in place of a second line."
    for name, wrong, text in RELU_HINTS:
        if np.allclose(given, wrong, atol=0.006):
            raise Hint(name, text)
    rows = [f"{k:02b}" for k in range(4) if abs(given[k] - wanted[k]) > 1e-6]
    text = f"Not right in row {', '.join(rows)}. Write down both z, then both a, then the sum."
    raise Hint("wrong", text)


def dead_of(X, W1, b1):
    """Tell which hidden units are silent on every row."""
    return (X @ W1 + b1 <= 0).all(axis=0)


DEAD = [
    Mistake(
        "strict",
        lambda X, W1, b1: (X @ W1 + b1 < 0).all(axis=0),
        "A unit whose z is exactly 0 on a row is silent there as well: in row 00, z is the bias.",
    ),
    Mistake(
        "any",
        lambda X, W1, b1: (X @ W1 + b1 <= 0).any(axis=0),
        "A unit that is silent on *one* row is not dead. Dead is silent on all of them.",
    ),
    Mistake("alive", lambda X, W1, b1: ~dead_of(X, W1, b1), "These are the units that live."),
    Mistake(
        "no bias",
        lambda X, W1, b1: (X @ W1 <= 0).all(axis=0),
        "The bias is left out: a positive one can wake a unit with negative weights.",
    ),
    Mistake(
        "weights",
        lambda X, W1, b1: (W1 <= 0).all(axis=0),
        "This looks at the weights alone. A bias can wake a unit, or silence it.",
    ),
    Mistake(
        "by rows",
        lambda X, W1, b1: (X @ W1 + b1 <= 0).all(axis=1),
        "One entry for each row of `X`; one for each hidden unit was asked. Which axis is it?",
    ),
    Mistake(
        "number",
        lambda X, W1, b1: np.sum(dead_of(X, W1, b1)),
        "That is how many are dead. Which ones?",
    ),
    Mistake(
        "all units",
        lambda X, W1, b1: dead_of(X, W1, b1).all(),
        "One answer for the whole layer; one for each hidden unit was asked.",
    ),
]


@task("4.5", "Which units are dead?")
def dead_units(function):
    """Check a function of (X, W1, b1) that tells for each hidden ReLU unit if it is dead."""
    generator = np.random.default_rng(45)
    biases = np.array([[0.0, 0.0, 0.3, -0.4, 0.0, -3.0]])
    base = np.array([[-1.0, 1.0, -0.1, -0.3, -0.5, 0.8], [-0.2, -1.0, -0.2, 0.2, -0.4, 0.9]])
    cases = [(INPUTS, base, biases)]
    cases += [(INPUTS, generator.normal(size=(2, 6)), biases) for _ in range(3)]
    cases += [(generator.normal(size=(5, 2)), base, biases)]
    judge(
        function,
        dead_of,
        DEAD,
        cases,
        parts=["dead"],
        arguments=["X", "W1", "b1"],
        integers=[(INPUTS.astype(int), base, biases)],
    )
    return "Silent on every row, so without a gradient on any."
