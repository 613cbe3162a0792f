"""Each check of the exercises: right, blank, every known mistake, and answers nobody foresaw."""

import inspect

import numpy as np
import pytest

from classroom.checks import from_scratch, in_keras, inside, judging, one_neuron, report, stuck
from xorlib.data import truth_table
from xorlib.network import Parameters, backward, objective, uniform_parameters
from xorlib.training import train

X, y = truth_table("xor")
PROOF = {"00": ">", "01": "<", "10": "<", "11": ">", "00 + 11": ">", "01 + 10": "<"}
HALF = Parameters(*(np.full_like(array, 0.5) for array in uniform_parameters(42).arrays))
START = uniform_parameters(7)


# --- what learners write; on purpose not the code of the checks ---
def s(z):
    return 1 / (1 + np.exp(-z))


def rows_right(w, b, X, y):
    return int(((s(X @ w + b) > 0.5) == (y > 0.5)).sum())


def rows_of_each(lines, X, y):
    return [rows_right(line[:2, None], line[2], X, y) for line in lines]


def tally(lines, X, y):
    return np.bincount(rows_of_each(lines, X, y), minlength=5)


def forward(X, W1, b1, W2, b2, hidden=s, output=s):
    z1 = X @ W1 + b1
    a1 = hidden(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2, output(z2)


def same(z):
    return z


def total(delta):
    return delta.sum(axis=0, keepdims=True)


def both(x, delta):
    return x.T @ delta, total(delta)


def d2(a2, y):
    return (a2 - y) * a2 * (1 - a2)


def d1(W2, a1, delta2):
    return delta2 @ W2.T * a1 * (1 - a1)


def not_transposed(X, W2, a1, delta2):
    delta1 = (delta2 @ W2) * a1 * (1 - a1)
    return X.T @ delta1, total(delta1)


def gradients(X, y, W1, b1, W2, b2):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    return *both(X, d1(W2, a1, d2(a2, y))), *both(a1, d2(a2, y))


def update(X, y, W1, b1, W2, b2, rate):
    new = zip((W1, b1, W2, b2), gradients(X, y, W1, b1, W2, b2), strict=True)
    return tuple(p - rate * g for p, g in new)


def update_w2_first(X, y, W1, b1, W2, b2, rate):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    dW2, db2 = both(a1, d2(a2, y))
    W2 = W2 - rate * dW2
    dW1, db1 = both(X, d1(W2, a1, d2(a2, y)))
    return W1 - rate * dW1, b1 - rate * db1, W2, b2 - rate * db2


def keep(first, second, *args):
    return [args[2 + k] if k in (first, second) else new for k, new in enumerate(update(*args))]


def update_in_place(X, y, W1, b1, W2, b2, rate):
    steps = gradients(X, y, W1, b1, W2, b2)
    for p, g in zip((W1, b1, W2, b2), steps, strict=True):
        p -= rate * g
    return W1, b1, W2, b2


def loop(update=update, loss=np.mean, note_after=False, keep=True, more=0):
    def train(W1, b1, W2, b2, learning_rate, epochs):
        losses = []
        for _ in range(epochs + more):
            new = update(X, y, W1, b1, W2, b2, learning_rate)
            noted = new if note_after else (W1, b1, W2, b2)
            losses.append(loss((forward(X, *noted)[-1] - y) ** 2))
            W1, b1, W2, b2 = new if keep else (W1, b1, W2, b2)
        return losses

    return train


def central(loss, w, h):
    """Estimate a gradient as section 4 of notebook 3 does."""
    gradient = np.zeros_like(w)
    for place in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (loss(up) - loss(down)) / (2 * h)
    return gradient


def central_piled(loss, w, h):
    up, down, gradient = w.copy(), w.copy(), np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up[place] += h
        down[place] -= h
        gradient[place] = (loss(up) - loss(down)) / (2 * h)
    return gradient


def each(loss, w, h, estimate):
    """Make a gradient of an estimate for one nudge e."""
    result = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[place] = h
        result[place] = estimate(e)
    return result


def costs(y, a, log=np.log):
    return -(y * log(a) + (1 - y) * log(1 - a))


def nats(p):
    return costs(p, p)


def level(groups, cost=nats, weigh=len, over=lambda groups: sum(map(len, groups))):
    shares = [(weigh(group), sum(group) / len(group)) for group in groups]
    return sum(n * (cost(p) if 0 < p < 1 else 0.0) for n, p in shares) / over(groups)


LEVELS = {
    "solved": 0,
    "two rows alike": np.log(2) / 2,
    "three rows alike": 0.4774,
    "all rows alike": np.log(2),
}


def diagnose(loss, within=0.01):
    for name, value in LEVELS.items():
        if abs(loss - value) < within:
            return name
    return "still moving"


def nearest(loss):
    return min(LEVELS, key=lambda name: abs(loss - LEVELS[name]))


def start_with(position, value):
    values = np.full(9, 0.5)
    values[position] = value
    W1, b1, W2, b2 = np.split(values, [4, 6, 8])
    return Parameters(W1.reshape(2, 2), b1.reshape(1, 2), W2.reshape(2, 1), b2.reshape(1, 1))


LOSSES = np.array(loop()(*uniform_parameters(42).arrays, 0.1, 10_000))
TEN = LOSSES[::1000]
TRAINED = train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000).parameters
RATIO = (forward(X, *START.arrays)[-1] - y).sum() / gradients(X, y, *START.arrays)[3].item()

# What learners answer, and words of what they are told. The key says what a learner's function
# takes: a text is the expression that it returns, a tuple holds all answers.
TABLE = {
    "nand": [
        ("✓ Right.", (-20, -20, 30)),
        ("✓ Right.", (-1, -1, 2)),
        ("✓ Right.", (-0.1, -0.2, 0.3)),
        ("This is AND", (20, 20, -30)),
        ("This is OR", (20, 20, -10)),
        ("This is NOR", (-20, -20, 10)),
        ("one input only", (-20, 0, 10)),
        ("one input only", (0, -20, 10)),
        ("All four rows say yes", (-20, -20, 50)),
        ("All four rows say no", (-20, -20, -10)),
        ("Row 01 lies exactly on the line", (-1, -2, 2)),
        ("Row 00 lies exactly on the line", (0, 0, 0)),
        ("On the wrong side: 01, 11.", (20, -20, 10)),
        ("`w1` must be made of numbers, but is `'-20'`", ("-20", -20, 30)),
        ("`w2` must be one number", (-20, [-20, 1], 30)),
        ("`w1` is nan", (float("nan"), -20, 30)),
    ],
    "rows_right(w, b, X, y)": [
        ("✓ Right.", rows_right),
        ("✓ Right.", "sum(int(s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(len(X)))"),
        ("the share of the rows", "np.mean((s(X @ w + b) > 0.5) == y)"),
        ("the rows that are wrong", "len(y) - rows_right(w, b, X, y)"),
        ("first four", "sum((s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(4))"),
        ("16 comparisons", "np.sum((s(X @ w[:, 0] + b) > 0.5) == y)"),
        ("pre-activation z or the activation a", "np.sum((X @ w + b > 0.5) == y)"),
        ("always above 0", "np.sum((s(X @ w + b) > 0) == y)"),
        ("right or wrong. Where do the targets", "np.sum(s(X @ w + b) > 0.5)"),
        ("This is 0 for every neuron", "np.sum(s(X @ w + b) == y)"),
    ],
    "tally(lines, X, y)": [
        ("✓ Right.", tally),
        ("The last entries are missing", "np.bincount(rows_of_each(lines, X, y))"),
        ("These are shares", "tally(lines, X, y) / len(lines)"),
        ("one entry for each line", "rows_of_each(lines, X, y)"),
        ("through the point 00", "tally(lines * [1, 1, 0], X, y)"),
    ],
    "why_never_four": [
        ("✓ Right.", ("c",)),
        ("More lines would be more evidence", ("a",)),
        ("the same line, only steeper", ("B",)),
        ("Training looks for weights", ("d",)),
        ("one letter in quotation marks", ("cd",)),
    ],
    "xnor_proof": [
        ("✓ Right.", (PROOF,)),
        ("proof for XOR", ({k: "<" if v == ">" else ">" for k, v in PROOF.items()},)),
        ("Row 10: does XNOR say yes", (PROOF | {"10": ">"},)),
        ("00 + 11: the sum of two numbers", (PROOF | {"00 + 11": "<"},)),
        ('Entry "01" must be "<" or ">"', (PROOF | {"01": ">="},)),
        ("keep its six entries", ({"00": ">"},)),
    ],
    "xnor_output": [
        ("✓ Right.", (np.array([[-20.0], [20.0]]), 10.0)),
        ("✓ Right.", ([-2, 2], 1)),
        ("still XOR", ([20, -20], -10)),
        ("All rows say no", ([-20, 20], -10)),
        ("All rows say yes", ([-20, 20], 30)),
        ("yes to 11 only", ([20, 20], -30)),
        ("yes to 00 only", ([-20, -20], 10)),
        ("what the OR unit says", ([20, 20], -10)),
        ("On the wrong side: 01, 10, 11.", ([20, -40], 10)),
        ("two weights, but has the shape (2, 2)", (np.eye(2), 10)),
        ("`W2` holds NaN", ([np.nan, 20], 10)),
    ],
    "slope_from_activation(a)": [
        ("✓ Right.", "a * (1 - a)"),
        ("it already is an activation", "s(a) * (1 - s(a))"),
        ("the sigmoid itself", "s(a)"),
        ("A sigmoid rises everywhere", "a * (a - 1)"),
        ("slope of tanh", "1 - a * a"),
        ("One of two factors", "1 - a"),
        ("NaN or infinity", "a / 0"),
    ],
    "slope_from_preactivation(z)": [
        ("✓ Right.", "s(z) * (1 - s(z))"),
        ("it is a pre-activation z", "z * (1 - z)"),
        ("the sigmoid itself", "s(z)"),
        ("A sigmoid rises everywhere", "s(z) * (s(z) - 1)"),
        ("slope of tanh", "1 - np.tanh(z) ** 2"),
        ("the shape is not: it is an array of shape (4,)", "(s(z) * s(-z)).ravel()"),
    ],
    "forward_pass(X, W1, b1, W2, b2)": [
        ("✓ Right.", forward),
        ("`W1` is transposed", "forward(X, W1.T, b1, W2, b2)"),
        ("The hidden layer has no sigmoid", "forward(X, W1, b1, W2, b2, hidden=same)"),
        ("The output layer has no sigmoid", "forward(X, W1, b1, W2, b2, output=same)"),
        ("no sigmoid at all", "forward(X, W1, b1, W2, b2, same, same)"),
        ("The biases are missing", "forward(X, W1, 0, W2, 0)"),
        ("does not add its bias `b1`", "forward(X, W1, 0, W2, b2)"),
        ("does not add its bias `b2`", "forward(X, W1, b1, W2, 0)"),
        ("The output unit reads `z1`", lambda *args: forward(*args)[:2] + forward(*args, same)[2:]),
        ("must return 4 things, `z1`, `a1`, `z2` and `a2`", "forward(X, W1, b1, W2, b2)[3]"),
        ("again. `z1`, `a1` and `z2` are right.", "(*forward(X, W1, b1, W2, b2)[:3], X[:, :1])"),
    ],
    "output_gradients(a1, a2, y)": [
        ("✓ Right.", "both(a1, d2(a2, y))"),
        ("The slope a (1 − a)", "both(a1, a2 - y)"),
        ("answer minus target", "both(a1, -d2(a2, y))"),
        ("divided by the number of rows", "both(a1, d2(a2, y) / len(y))"),
        ("twice too large", "both(a1, 2 * d2(a2, y))"),
        ("the squared error. Its derivative", "both(a1, (y - a2) ** 2 * a2 * (1 - a2))"),
        ("multiplies by the loss", "both(a1, 0.5 * (y - a2) ** 2 * a2 * (1 - a2))"),
        ("treats `a2` as a pre-activation", "both(a1, (a2 - y) * s(a2) * (1 - s(a2)))"),
        ("`dW2` is transposed", "(d2(a2, y).T @ a1, total(d2(a2, y)))"),
        ("rows must be summed", "(a1.T @ d2(a2, y), d2(a2, y))"),
        ("`dW2` is right; for `db2`", "(a1.T @ d2(a2, y), total(d2(a2, y)) / len(y))"),
        ("it is an array of shape (1,)", "(a1.T @ d2(a2, y), d2(a2, y).sum(axis=0))"),
        ("shape (2, 4) where an array of shape (2, 1) is wanted", "both(a1, a2 - y.ravel())"),
        ("Look at `db2` again. `dW2` is right.", "(a1.T @ d2(a2, y), a2[:1])"),
    ],
    "hidden_gradients(X, W2, a1, delta2)": [
        ("✓ Right.", "both(X, d1(W2, a1, delta2))"),
        ("✓ Right.", "both(X, delta2 * W2.T * a1 * (1 - a1))"),
        ("The slope a (1 − a)", "both(X, delta2 @ W2.T)"),
        ("divided by the number of rows", "both(X, d1(W2, a1, delta2) / len(X))"),
        ("Where is `W2`?", "both(X, delta2 * a1 * (1 - a1))"),
        ("that of the inputs `X`", "both(X, delta2 @ W2.T * X * (1 - X))"),
        ("treats `a1` as a pre-activation", "both(X, delta2 @ W2.T * s(a1) * (1 - s(a1)))"),
        ("`dW1` is transposed", "(d1(W2, a1, delta2).T @ X, total(d1(W2, a1, delta2)))"),
        ("rows must be summed", "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2))"),
        ("hidden units as well", "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2).sum())"),
        ("the hidden activations", "(a1.T @ d1(W2, a1, delta2), total(d1(W2, a1, delta2)))"),
        ("The shapes there: `W2` (2, 1), `a1` (4, 2), `delta2` (4, 1).", not_transposed),
    ],
    "one_update(X, y, W1, b1, W2, b2, learning_rate)": [
        ("✓ Right.", update),
        ("goes uphill", lambda *args: update(*args[:6], -args[6])),
        ("computed with the *new* `W2`", update_w2_first),
        ("subtracted whole", lambda *args: update(*args[:6], 1)),
        ("The learning rate is 0.1 here", lambda *args: update(*args[:6], 0.1)),
        ("divided by the number of rows", lambda *args: update(*args[:6], args[6] / len(args[0]))),
        ("The biases don't learn", "keep(1, 3, X, y, W1, b1, W2, b2, learning_rate)"),
        ("The first layer is left out", "keep(0, 1, X, y, W1, b1, W2, b2, learning_rate)"),
        ("Nothing has moved", "(W1, b1, W2, b2)"),
        ("These are the gradients", "gradients(X, y, W1, b1, W2, b2)"),
        ("right, but your function changes its argument `W1` in place", update_in_place),
    ],
    "whole_loop": [
        ("✓ Right.", (loop(), TEN)),
        ("✓ Right.", (loop(), np.round(TEN, 4).tolist())),
        ("These are sums", (loop(loss=np.sum), TEN)),
        ("This is L", (loop(loss=lambda e: e.sum() / 2), TEN)),
        ("noted after its update", (loop(note_after=True), TEN)),
        ("The loss never changes", (loop(keep=False), TEN)),
        ("with the *new* `W2`", (loop(update_w2_first), TEN)),
        ("rate is 0.1 here", (loop(lambda *a: update(*a[:6], 0.1)), TEN)),
        ("of shape (13,) where an array of shape (12,) is wanted", (loop(more=1), TEN)),
        ("Called with `W1` of shape (2, 2), `b1` of shape (1, 2),", (loop(more=1), TEN)),
        ("`learning_rate = 0.5` and `epochs = 12`, your result", (loop(more=1), TEN)),
        ("makes ten, but yours are 10000.", (loop(), LOSSES)),
        ("makes ten, but yours are 25.", (loop(), LOSSES[:25])),
        ("Yours begin with epoch 999", (loop(), LOSSES[999::1000])),
        ("starts from *trained* weights", (loop(), loop()(*TRAINED.arrays, 0.1, 10_000)[::1000])),
        ("not from seed 42", (loop(), loop()(*START.arrays, 0.1, 10_000)[::1000])),
    ],
    "central_difference(loss, w, h)": [
        ("✓ Right.", central),
        ("✓ Right.", "each(loss, w, h, lambda e: (loss(w + e) - loss(w - e)) / (2 * h))"),
        ("twice too large", "2 * central(loss, w, h)"),
        ("looks upwards only", "each(loss, w, h, lambda e: (loss(w + e) - loss(w)) / h)"),
        ("how much the loss changes", "each(loss, w, h, lambda e: loss(w + e) - loss(w - e))"),
        ("The sign is reversed", "-central(loss, w, h)"),
        ("nudged together", "np.full(w.shape, (loss(w + h) - loss(w - h)) / (2 * h))"),
        ("Nudges pile up", central_piled),
    ],
    "planted_error": [
        ("✓ Right.", (START, "b2", RATIO)),
        ("✓ Right.", (START, "db2", 4.52)),
        ("`W2` agrees with the experiment", (START, "W2", RATIO)),
        ("upside down", (START, "b2", 1 / RATIO)),
        ("not 4 times the true one", (START, "b2", 4)),
        ('must be "W1", "b1", "W2" or "b2"', (START, 1, RATIO)),
        ("`ratio` must be made of numbers", (START, "b2", "4.52")),
    ],
    "rate_on_mean": [
        ("✓ Right.", (0.2,)),
        ("With the same rate", (0.1,)),
        ("the smaller gradient needs the larger rate", (0.05,)),
        ("the smaller gradient needs the larger rate", (0.025,)),
        ("Four rows, but *half* the sum", (0.4,)),
        ("the factor between the gradients", (2,)),
        ("the factor between the gradients", (0.5,)),
        ("section 4 of notebook 3", (0.3,)),
        ("is inf", (np.inf,)),
    ],
    "largest_rates": [
        ("✓ Right.", (4, 16)),
        ("The two are swapped", (16, 4)),
        ("With 32 the last loss is above 0.01", (4, 32)),
        ("Look beyond 4", (4, 4)),
        ("Between 1 and 16 there is a rate that fails", (16, 16)),
        ("2 works, and so does a larger one", (2, 16)),
        ("`largest_working` must be one of the rates tried", (4, 17)),
        ("`largest_safe` must be one of the rates tried", (3, 16)),
    ],
    "broken_symmetry": [
        ("✓ Right.", (start_with(0, 0.6), HALF)),
        ("✓ Right.", (start_with(5, 0.0), HALF)),
        ("All nine numbers are still 0.5", (HALF, HALF)),
        ("9 numbers have changed", (uniform_parameters(42), HALF)),
        ("`b2` belongs to the output unit", (start_with(8, 0.0), HALF)),
        ("They differ, but the loss only gets to", (start_with(0, 0.51), HALF)),
        ("`equal` itself has changed", (start_with(0, 0.6), start_with(0, 0.6))),
        ("The shapes must stay", (HALF._replace(b1=np.array([0.5, 0.5])), HALF)),
        ("must be a `Parameters`", (0.5, HALF)),
        ("is nan", (start_with(0, np.nan), HALF)),
    ],
    "cross_entropy(y, a)": [
        ("✓ Right.", "np.mean(costs(y, a))"),
        ("✓ Right.", "np.float32(-np.mean(np.log(np.where(y, a, 1 - a) + 1e-8)))"),
        ("the sum over the rows", "np.sum(costs(y, a))"),
        ("divides by 4, however many", "np.sum(costs(y, a)) / 4"),
        ("It is negative", "-np.mean(costs(y, a))"),
        ("Rows with target 0 cost nothing", "-np.mean(y * np.log(a))"),
        ("The terms are swapped", "np.mean(costs(1 - y, a))"),
        ("in bits", "np.mean(costs(y, a, np.log2))"),
        ("mean squared error", "np.mean((a - y) ** 2)"),
        ("one cost for each row", "costs(y, a)"),
        ("NumPy made (4, 4)", "np.mean(costs(y[:, 0], a))"),
        ("(1, 1) where a single number is wanted", "np.mean(costs(y, a), keepdims=True)"),
    ],
    "parameter_count(i, h, o)": [
        ("✓ Right.", "i * h + h + h * o + o"),
        ("✓ Right.", "(i + 1) * h + (h + 1) * o"),
        ("The biases are left out", "i * h + h * o"),
        ("The output units have biases", "i * h + h + h * o"),
        ("The hidden units have biases", "i * h + h * o + o"),
        ("Inputs have no bias", "(i + 1) * h + (h + 1) * o + i"),
        ("not each layer", "i * h + 1 + h * o + 1"),
        (
            "with `inputs = 2`, `hidden = 2` and `outputs = 1`, your",
            "3 * (h * (i + 1 + o) + o)",
        ),
    ],
    "relu_by_hand": [
        ("✓ Right.", ([-1, 1, 1, -1],)),
        ("The ReLU is left out", ([3, 1, 1, -1],)),
        ("The output unit's bias", ([0, 2, 2, 0],)),
        ("The hidden units' biases", ([-1, -3, -3, -5],)),
        ("These are the activations", ([0.27, 0.73, 0.73, 0.27],)),
        ("These are the answers", ([0, 1, 1, 0],)),
        ("Look at row 01, 11 again", ([-1, 2, 1, 3],)),
        ("four numbers, one for each row, but holds 2", ([-1, 1],)),
        ("holds NaN", ([-1, 1, 1, np.nan],)),
    ],
    "dead_units(X, W1, b1)": [
        ("✓ Right.", "(X @ W1 + b1).max(axis=0) <= 0"),
        ("✓ Right.", "~np.any(np.maximum(X @ W1 + b1, 0), axis=0)"),
        ("exactly 0 on a row", "(X @ W1 + b1).max(axis=0) < 0"),
        ("silent on *one* row", "(X @ W1 + b1).min(axis=0) <= 0"),
        ("units that live", "(X @ W1 + b1).max(axis=0) > 0"),
        ("The bias is left out", "(X @ W1).max(axis=0) <= 0"),
        ("weights alone", "W1.max(axis=0) <= 0"),
        ("one for each hidden unit was asked for. Which", "(X @ W1 + b1).max(axis=1) <= 0"),
        ("how many are dead", "sum((X @ W1 + b1).max(axis=0) <= 0)"),
        ("for the whole layer", "np.all(X @ W1 + b1 <= 0)"),
    ],
    "loss_level(groups)": [
        ("✓ Right.", level),
        ("0 · ln 0", "np.mean([nats(np.mean(g)) for g in groups for _ in g])"),
        ("Every *group* counts alike", "level(groups, nats, lambda group: 1, len)"),
        ("the sum over the rows", "level(groups, over=lambda groups: 1)"),
        ("divides by 4, however many", "level(groups, over=lambda groups: 4)"),
        ("costs are added up", "level(groups, nats, lambda g: 1, lambda groups: 1)"),
        ("answer 1/2", "level(groups, lambda p: np.log(2))"),
        ("in bits", "level(groups, lambda p: nats(p) / np.log(2))"),
        ("Only the rows with target 1", "level(groups, lambda p: -p * np.log(p))"),
        ("squared error's level", "level(groups, lambda p: p * (1 - p))"),
        ("Called with `groups = [[0, 1, 0], [1]]`, your", "3 * level(groups)"),
    ],
    "dead_chance(hidden)": [
        ("✓ Right.", "1 - (3 / 4) ** hidden"),
        ("*all* units are dead", "(1 / 4) ** hidden"),
        ("*no* unit is dead", "(3 / 4) ** hidden"),
        ("Chances are added", "hidden / 4"),
        ("at least one unit *lives*", "1 - (1 / 4) ** hidden"),
        ("dead in half of the cases", "1 - (1 / 2) ** hidden"),
        ("exactly one dead unit", "hidden / 4 * (3 / 4) ** (hidden - 1)"),
        ("in percent", "100 - 100 * (3 / 4) ** hidden"),
        ("Called with `hidden = 3`, your function returns 0.25, but 0.578125", "(5 - hidden) / 8"),
    ],
    "diagnosis(loss)": [
        ("✓ Right.", diagnose),
        ("never ends exactly on its level", "diagnose(loss, 1e-9)"),
        ("is within 0.01 of a level", "diagnose(loss, within=0.006)"),
        ('0.0110 is not within 0.01 of any level, yet it is called "solved"', "nearest(loss)"),
        ("0.5800 is not within", "'solved' if 0.5 < loss < 0.6 else diagnose(loss)"),
        ("0.0110 is not within", "diagnose(loss, 0.012)"),
        ('loss of 0.3371 is called "three rows alike"', "diagnose(loss).replace('two', 'three')"),
        ("yours returns `'stuck'`, of type str", "'stuck'"),
        ("(is a `return` missing? printing a value does not return it)", "print(diagnose(loss))"),
    ],
    "starts_needed(p, w)": [
        ("✓ Right.", "p * (1 - p) * (1.96 / w) ** 2"),
        ("✓ Right.", "p * (1 - p) * (1.959964 / w) ** 2"),
        ("Where is the factor 1.96?", "p * (1 - p) / w**2"),
        ("what is squared", "1.96 * p * (1 - p) / w**2"),
        ("the whole width", "1.96**2 * p * (1 - p) / (w / 2) ** 2"),
        ("needs *four* times", "1.96**2 * p * (1 - p) / w"),
        ("That is rounded up", "np.ceil(1.96**2 * p * (1 - p) / w**2)"),
    ],
    "bias_experiment": [
        ("✓ Right.", (298, 49, "helps")),
        ("✓ Right.", (np.int64(298), 49.0, " Helps")),
        ("Not one network ends differently", (0, 0, "cannot say")),
        ("The two numbers are swapped", (49, 298, "hurts")),
        ("all that one run solves", (451, 202, "helps")),
        ("all that one run solves", (249, 202, "helps")),
        ("given to the output unit", (7, 9, "cannot say")),
        ("The output unit was given a bias as well", (305, 53, "helps")),
        ("not those of the 1000 starts", (298, 48, "helps")),
        ("The interval is 0.82 to 0.89.", (298, 49, "hurts")),
        ("On which side of 1/2", (298, 49, "cannot say")),
        ("`verdict` must be", (298, 49, "yes")),
        ("`helped` must be one number", ([298, 49], 49, "helps")),
    ],
}
CHECKS = {
    name: check
    for module in (one_neuron, from_scratch, inside, in_keras, stuck)
    for name, check in vars(module).items()
    if inspect.isfunction(check) and check.__doc__.startswith("Check ")
}


def judged(key, answer):
    """Return the report on an answer as it stands in the table."""
    name, _, takes = key.removesuffix(")").partition("(")
    if isinstance(answer, str):
        answer = eval(f"lambda {takes}: {answer}", globals())
    return CHECKS[name](*answer if isinstance(answer, tuple) else (answer,))


def test_the_table_has_every_check():
    names = [key.partition("(")[0] for key in TABLE]
    assert sorted([*names, "tanh_model"]) == sorted(CHECKS)  # that one needs Keras


@pytest.mark.parametrize("key", TABLE)
def test_an_answer_is_right_or_gets_the_hint_for_its_mistake(key):
    for words, answer in TABLE[key]:
        result = judged(key, answer)
        assert words in repr(result), answer
        assert result.status == ("right" if words.startswith("✓") else "not right yet")


@pytest.mark.parametrize("key", TABLE)
def test_a_blank_is_not_answered_yet(key):
    name, _, takes = key.partition("(")
    count = len(inspect.signature(CHECKS[name]).parameters)
    for dots in [..., "...", " … ", ""]:
        for answers in [[dots] * count, [always(dots) if takes else dots, *[dots] * count]]:
            result = CHECKS[name](*answers[:count])
            assert "… Not answered yet. Put your answer" in repr(result)
            assert "three dots <code>...</code> are" in result._repr_html_()


def always(value):
    return lambda *args: value


def endless(*args):
    return endless(*args)


def thrower(error):
    def function(*args):
        raise error

    return function


ODD = [
    *(None, True, False, "XOR", "<b>no</b>", "`a` `b", "a`b", -7, 10**400, 1j, 1e308),
    *(float("nan"), float("inf"), [], (), {}, set(), [[]], [1, [2]], ["a", 1], (None, None)),
    *([1, 2], (1, 2, 3), [1, 2, 3, 4], {"a": 1}, range(5), object(), type, int, np, print, len),
    *(np.zeros(0), np.zeros(3), np.zeros((4, 4)), np.full(9, np.nan), np.array(["a"])),
    *(np.zeros((2, 2), bool), np.array([None]), np.eye(2) * 1j, HALF._replace(b1=0.5), "c" * 99),
]
ODD += [always(value) for value in ODD[:]]
ODD += [endless, lambda: 1, lambda *args: args, lambda *args: args[0], lambda a, /, *, b: 1]
ODD += map(thrower, [ValueError(), KeyError("a"), MemoryError(), Exception("<script>`x`")])


@pytest.mark.parametrize("key", TABLE)
def test_an_odd_answer_gets_a_hint(key):
    right = next(answer for words, answer in TABLE[key] if words.startswith("✓"))
    right = right if isinstance(right, tuple) else (right,)
    given = {"planted_error": 0, "broken_symmetry": 1}.get(key)  # not the learner's
    for odd in ODD:
        for position in range(len(right)):
            answers = tuple(odd if k == position else good for k, good in enumerate(right))
            if position != given:
                result = judged(key, answers)
                assert result.status in ("not right yet", "not answered yet"), (answers, result)
                assert result.text.endswith((".", "?", ")", "`")), result.text
                assert "<script" not in result._repr_html_() and "<b>" not in result._repr_html_()


# --- what all checks do alike, on a small one ---
def half(a):
    return a / 2


def told(function, *cases):
    """Return what is said of a function that should halve its argument."""
    with pytest.raises(report.Hint) as hint:
        judging.judge(function, half, {}, cases or [(np.array([1.0, 4.0]),), (np.array([6.0]),)])
    return str(hint.value)


def test_the_first_wrong_number_is_named_with_the_right_one_beside_it():
    text = "Called with `a` of shape (2,), your function returns 1 in its entry [0], but 0.5 is"
    assert text in told(same)
    assert "returns 4 in its entry [1], but 2 is right" in told(lambda a: np.minimum(a * a / 2, 4))
    assert "Called with `a = 6`, your function returns 6, but 3 is right." in told(same, (6,), (8,))


def test_shapes_are_said_in_words():
    text = "right, but the shape is not: it is an array of shape (1, 2) where an array of"
    assert text in told(lambda a: half(a)[None])
    text = "has the wrong shape: it is a single number where an array of shape (2,) is wanted."
    assert text in told(np.sum)


def test_an_exception_is_told_with_the_line_and_the_shapes_in_it():
    def entries(a):
        b = np.zeros((3, 3))
        unused = np.zeros(7)
        return a + b, unused

    def product(a):
        return a.dot(np.zeros((5, 5)))

    def singular(a):
        return np.linalg.inv(np.zeros((2, 2)))

    text = "in the line `return a + b, unused`: `+`, `-`, `*` and `/` work entry by entry"
    assert text in told(entries)
    assert "The shapes there: `a` (2,), `b` (3, 3), `unused` (7,)." in told(entries)
    assert "a matrix product needs as many columns left of `@`" in told(product)
    text = "in the line `return np.linalg.inv(np.zeros((2, 2)))`: LinAlgError: Singular matrix."
    assert told(singular).endswith(text)
    assert told(thrower(ValueError())) == "Your code stopped in the line `raise error`: ValueError."


def test_what_stops_at_some_inputs_is_told_so():
    def tail(a):
        return half(a) if len(a) > 1 else a[1]

    assert told(tail).startswith("It works for some inputs, but not for all. Your code stopped in")
    assert "returns 2 in its entry [0]" in told(lambda a: 2 * a if len(a) > 1 else a[1])


def test_an_argument_that_is_changed_in_place():
    def halves(a):
        a /= 2
        return a

    def doubled_first(a):
        a *= 2
        return half(a)

    def spoilt(groups):
        groups[0] = np.array(groups[0])
        return half(groups[1])

    assert "The numbers are right, but your function changes its argument `a`" in told(halves)
    assert "changes its argument `a` in place, then uses it." in told(doubled_first)
    with pytest.raises(report.Hint, match="`groups` in place"):
        judging.judge(spoilt, lambda groups: half(groups[1]), {}, [([[1, 2], 3],), ([[3], 8],)])


def test_one_remembered_answer_is_not_enough():
    assert "the same for all inputs" in told(always(0.5), (1,), (2,), (3,))
    assert "the same" not in told(always(0.5), (2,))


def test_a_half_filled_function_is_not_answered_yet():
    def unfinished(X, W1, b1, W2, b2):
        z1 = ...
        return z1 @ W2

    assert from_scratch.forward_pass(unfinished).status == "not answered yet"


def test_an_endless_loop_can_be_interrupted():
    assert "a loop that never ends?" in repr(stuck.diagnosis(thrower(KeyboardInterrupt())))


def test_a_mistake_in_a_check_is_called_the_checks(monkeypatch):
    monkeypatch.setattr(report, "REPORTS", {})

    @report.task("9.1", "Broken")
    def broken(answer):
        return {}[answer]

    assert repr(broken(1)) == (
        "Task 9.1. The check failed. That is a mistake in the check, not in your answer. Please "
        "report it, with these words: KeyError: 1."
    )
    assert report.REPORTS["9.1"].status == "the check failed"


def test_hints_are_marked_up_for_the_page():
    assert report.as_html("`a*b` is *all right* & <c>") == (
        "<code>a*b</code> is <em>all right</em> &amp; &lt;c&gt;"
    )
    assert report.as_html("`a` `b") == "`a` `b"  # a backquote in the learner's own words
    page = one_neuron.nand(20, 20, -30)._repr_html_()
    assert "#D55E00" in page and "Task 1.1. <strong>✗ Not right yet.</strong> This is AND" in page


def test_progress_is_a_table_of_the_tasks(monkeypatch):
    reports = {n: report.Report(n, r.title) for n, r in report.REPORTS.items() if n < "2"}
    monkeypatch.setattr(report, "REPORTS", reports)
    one_neuron.why_never_four("c")
    one_neuron.nand(-20, -20, 30)
    one_neuron.nand("a", -20, 30)
    one_neuron.rows_right(...)
    table = report.progress()
    assert repr(table).splitlines() == [
        "1.1  NAND by hand                                not right yet",
        "1.2  How many rows are right?                    not answered yet",
        "1.3  Random lines, counted                       not checked yet",
        "1.4  Why never four?                             right",
        "1.5  The proof for XNOR                          not checked yet",
        "1.6  XNOR with the same hidden units             not checked yet",
        "1 of 6 tasks are right.",
    ]
    page = table._repr_html_()
    assert page.count('scope="row"') == 6 and page.count('scope="col"') == 3
    assert "1 of 6 tasks are right.</caption>" in page and ">not answered yet</td>" in page


# --- what the exercises say ---
def test_the_planted_mistake_is_in_one_place_and_must_be_measured():
    planted, true = inside.planted_backward(START, X, y), backward(START, X, y)
    wrong = [k for k in range(4) if not np.allclose(planted[k], true[k])]
    assert wrong == [3]
    up, down = (START._replace(b2=START.b2 + h) for h in (1e-5, -1e-5))
    slope = (objective(up, X, y) - objective(down, X, y)) / 2e-5
    assert planted.b2.item() / slope == pytest.approx(RATIO, rel=1e-6)
    assert abs(np.round(RATIO) - RATIO) > 0.4  # no number that one would guess


def test_the_learning_rates_of_the_exercise_and_which_of_them_work():
    works = inside.rates_that_work()
    assert list(works) == [1, 2, 4, 8, 16, 32, 64, 128]
    assert [rate for rate in works if works[rate]] == [1, 2, 4, 16]
