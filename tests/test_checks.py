"""Each check of the exercises: right, blank, every known mistake, and answers nobody foresaw."""

import inspect

import numpy as np
import pytest

from classroom.checks import beyond, from_scratch, in_keras, inside, one_neuron, report, stuck
from xorlib.data import truth_table
from xorlib.ensemble import starts
from xorlib.network import Parameters, backward, objective, uniform_parameters
from xorlib.network import sigmoid as s
from xorlib.outcomes import LEVELS

X, y = truth_table("xor")
PROOF = {"00": ">", "01": "<", "10": "<", "11": ">", "00 + 11": ">", "01 + 10": "<"}
HALF = Parameters(*(np.full_like(array, 0.5) for array in uniform_parameters(42).arrays))
START = uniform_parameters(7)


# --- what learners write; on purpose not the code of the checks ---
def rows_of_each(lines, X, y):
    return np.sum((s(X @ lines[:, :2].T + lines[:, 2]) > 0.5) == (y > 0.5), axis=0)


def forward(X, W1, b1, W2, b2, hidden=s, output=s):
    z1 = X @ W1 + b1
    a1 = hidden(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2, output(z2)


def total(delta):
    return delta.sum(axis=0, keepdims=True)


def both(x, delta):
    return x.T @ delta, total(delta)


def d2(a2, y):
    return (a2 - y) * a2 * (1 - a2)


def d1(W2, a1, delta2):
    return delta2 @ W2.T * a1 * (1 - a1)


def gradients(X, y, W1, b1, W2, b2):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    return *both(X, d1(W2, a1, d2(a2, y))), *both(a1, d2(a2, y))


def update(X, y, W1, b1, W2, b2, rate):
    new = zip((W1, b1, W2, b2), gradients(X, y, W1, b1, W2, b2), strict=True)
    return tuple(p - rate * g for p, g in new)


def update_w2_first(X, y, W1, b1, W2, b2, rate):
    W2_new, b2_new = update(X, y, W1, b1, W2, b2, rate)[2:]
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    dW1, db1 = both(X, d1(W2_new, a1, d2(a2, y)))
    return W1 - rate * dW1, b1 - rate * db1, W2_new, b2_new


def loop(update=update, loss=np.mean, more=0):
    def train(W1, b1, W2, b2, learning_rate, epochs):
        losses = []
        for _ in range(epochs + more):
            losses.append(loss((forward(X, W1, b1, W2, b2)[-1] - y) ** 2))
            W1, b1, W2, b2 = update(X, y, W1, b1, W2, b2, learning_rate)
        return losses

    return train


def at_once(loss, w, h, down=1, pile_up=False):
    nudges = h * np.eye(w.size).reshape(-1, *w.shape)
    nudges = nudges.cumsum(axis=0) if pile_up else nudges
    changes = [loss(w + nudge) - loss(w - down * nudge) for nudge in nudges]
    return np.reshape(changes, w.shape) / (h + down * h)


def costs(y, a, log=np.log):
    return -(y * log(a) + (1 - y) * log(1 - a))


def rows(groups):
    return sum(map(len, groups))


def level(groups, cost=lambda p: costs(p, p), weigh=len, over=rows):
    shares = [(weigh(group), sum(group) / len(group)) for group in groups]
    return sum(n * (cost(p) if 0 < p < 1 else 0.0) for n, p in shares) / over(groups)


def diagnose(loss, within=0.01):
    for name, value in LEVELS["cross_entropy"].items():
        if abs(loss - value) < within:
            return name
    return "still moving"


def first_weight(value):
    return HALF._replace(W1=np.array([[value, 0.5], [0.5, 0.5]]))


def thrower(error):
    def function(*args):
        raise error

    return function


LOSSES = np.array(loop()(*uniform_parameters(42).arrays, 0.1, 10_000))
TEN = LOSSES[::1000]
RATIO = (forward(X, *START.arrays)[-1] - y).sum() / gradients(X, y, *START.arrays)[3].item()


def by(x, *sets):
    return tuple((rows - x.mean(axis=0)) / x.std(axis=0) for rows in sets)


def first_rise(epochs, validation, test):
    k = next(k for k in range(len(test)) if validation[k + 1] > validation[k])
    return epochs[k], test[k]


# Words of what learners are told, and answers that are told so. The key says what a learner's
# function takes: a text is the expression that it returns, a tuple holds all answers.
TABLE = {
    "nand": [
        ("✓ Right.", (-20, -20, 30), (-1, -1, 2), (-0.1, -0.2, 0.3)),
        ("This is AND", (20, 20, -30)),
        ("This is OR", (20, 20, -10)),
        ("This is NOR", (-20, -20, 10)),
        ("one input only", (-20, 0, 10), (0, -20, 10)),
        ("All four rows say yes", (-20, -20, 50)),
        ("All four rows say no", (-20, -20, -10)),
        ("lies exactly on the line", (-1, -2, 2), (0, 0, 0)),
        ("On the wrong side: 01, 11.", (20, -20, 10)),
        ("`w1` must be made of numbers, but is `'-20'`", ("-20", -20, 30)),
    ],
    "rows_right(w, b, X, y)": [
        ("✓ Right.", "int(((s(X @ w + b) > 0.5) == (y > 0.5)).sum())"),
        ("✓ Right.", "sum(int(s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(len(X)))"),
        ("the share of the rows", "np.mean((s(X @ w + b) > 0.5) == y)"),
        ("the rows that are wrong", "np.sum((s(X @ w + b) > 0.5) != y)"),
        ("first four", "sum((s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(4))"),
        ("16 comparisons", "np.sum((s(X @ w[:, 0] + b) > 0.5) == y)"),
        ("pre-activation z or the activation a", "np.sum((X @ w + b > 0.5) == y)"),
        ("always above 0", "np.sum((s(X @ w + b) > 0) == y)"),
        ("right or wrong. Where do the targets", "np.sum(s(X @ w + b) > 0.5)"),
        ("This is 0 for every neuron", "np.sum(s(X @ w + b) == y)"),
    ],
    "tally(lines, X, y)": [
        ("✓ Right.", "np.bincount(rows_of_each(lines, X, y), minlength=5)"),
        ("The last entries are missing", "np.bincount(rows_of_each(lines, X, y))"),
        ("These are shares", "np.bincount(rows_of_each(lines, X, y), minlength=5) / len(lines)"),
        ("one entry for each line", "rows_of_each(lines, X, y)"),
        (
            "cut out with the shape (2,)",
            "np.bincount([int(((s(X @ r[:2] + r[2]) > 0.5) == y).sum())"
            " for r in lines], minlength=5)",
        ),
        ("through the point 00", "np.bincount(rows_of_each(lines * [1, 1, 0], X, y), None, 5)"),
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
        ("✓ Right.", (np.array([[-20.0], [20.0]]), 10.0), ([-2, 2], 1)),
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
        ("in its entry [1, 0], but", "a * (1 - a) + (np.arange(a.size).reshape(a.shape) == 1)"),
        ("numbers of your result are right, but the shape is not: it is", "(a * (1 - a))[None]"),
        ("wrong shape: it is a single number where an array of shape (4, 1) is", "np.sum(a)"),
        ("right, but your function changes its argument `a`", "np.subtract(1, a, out=a) * (1 - a)"),
        ("changes its argument `a` in place, then uses it.", "np.multiply(a, 2, out=a) * (1 - a)"),
    ],
    "slope_from_preactivation(z)": [
        ("✓ Right.", "s(z) * (1 - s(z))"),
        ("it is a pre-activation z", "z * (1 - z)"),
        ("the sigmoid itself", "s(z)"),
        ("A sigmoid rises everywhere", "s(z) * (s(z) - 1)"),
        ("slope of tanh", "1 - np.tanh(z) ** 2"),
    ],
    "forward_pass(X, W1, b1, W2, b2)": [
        ("✓ Right.", forward),
        ("`W1` is transposed", "forward(X, W1.T, b1, W2, b2)"),
        ("The hidden layer has no sigmoid", "forward(X, W1, b1, W2, b2, hidden=np.positive)"),
        ("The output layer has no sigmoid", "forward(X, W1, b1, W2, b2, output=np.positive)"),
        ("no sigmoid at all", "forward(X, W1, b1, W2, b2, np.positive, np.positive)"),
        ("The biases are missing", "forward(X, W1, 0, W2, 0)"),
        ("does not add its bias `b1`", "forward(X, W1, 0, W2, b2)"),
        ("does not add its bias `b2`", "forward(X, W1, b1, W2, 0)"),
        ("reads `z1`", lambda *args: forward(*args)[:2] + forward(*args, np.positive)[2:]),
        ("must return 4 things, `z1`, `a1`, `z2` and `a2`", "forward(X, W1, b1, W2, b2)[3]"),
        ("… Not answered yet", "(lambda z1: z1 @ W2)(...)"),
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
        ("Look at `db2` again. `dW2` is right.", "(a1.T @ d2(a2, y), a2[:1])"),
    ],
    "hidden_gradients(X, W2, a1, delta2)": [
        ("✓ Right.", "both(X, d1(W2, a1, delta2))", "both(X, delta2 * W2.T * a1 * (1 - a1))"),
        ("The slope a (1 − a)", "both(X, delta2 @ W2.T)"),
        ("divided by the number of rows", "both(X, d1(W2, a1, delta2) / len(X))"),
        ("Where is `W2`?", "both(X, delta2 * a1 * (1 - a1))"),
        ("that of the inputs `X`", "both(X, delta2 @ W2.T * X * (1 - X))"),
        ("treats `a1` as a pre-activation", "both(X, delta2 @ W2.T * s(a1) * (1 - s(a1)))"),
        ("`dW1` is transposed", "(d1(W2, a1, delta2).T @ X, total(d1(W2, a1, delta2)))"),
        ("rows must be summed", "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2))"),
        ("hidden units as well", "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2).sum())"),
        ("the hidden activations", "(a1.T @ d1(W2, a1, delta2), total(d1(W2, a1, delta2)))"),
        ("as many columns left of `@`", "both(X, delta2 @ W2 * a1 * (1 - a1))"),
    ],
    "one_update(X, y, W1, b1, W2, b2, learning_rate)": [
        ("✓ Right.", update),
        ("goes uphill", lambda *args: update(*args[:6], -args[6])),
        ("computed with the *new* `W2`", update_w2_first),
        ("subtracted whole", lambda *args: update(*args[:6], 1)),
        ("The learning rate is 0.1 here", lambda *args: update(*args[:6], 0.1)),
        ("divided by the number of rows", lambda *args: update(*args[:6], args[6] / len(args[0]))),
        ("don't learn", lambda *args: (update(*args)[0], args[3], update(*args)[2], args[5])),
        ("first layer is left out", "(W1, b1, *update(X, y, W1, b1, W2, b2, learning_rate)[2:])"),
        ("Nothing has moved", "(W1, b1, W2, b2)"),
        ("These are the gradients", "gradients(X, y, W1, b1, W2, b2)"),
    ],
    "whole_loop": [
        ("✓ Right.", (loop(), TEN), (loop(), np.round(TEN, 4).tolist())),
        ("These are sums", (loop(loss=np.sum), TEN)),
        ("This is L", (loop(loss=lambda e: e.sum() / 2), TEN)),
        ("recorded after its update", (lambda *args: loop(more=1)(*args)[1:], TEN)),
        ("The loss never changes", (loop(lambda *args: args[2:6]), TEN)),
        ("with the *new* `W2`", (loop(update_w2_first), TEN)),
        ("`learning_rate = 0.5` and `epochs = 12`, your result", (loop(more=1), TEN)),
        ("makes ten, but you have 10000.", (loop(), LOSSES)),
        ("the ten begin with epoch 999", (loop(), LOSSES[999::1000])),
        ("starts from *trained* weights", (loop(), np.repeat(LOSSES[-1], 10))),
        ("not the losses of seed 42", (loop(), loop()(*START.arrays, 0.1, 10))),
    ],
    "central_difference(loss, w, h)": [
        ("✓ Right.", "at_once(loss, w, h)"),
        ("twice too large", "2 * at_once(loss, w, h)"),
        ("looks upwards only", "at_once(loss, w, h, down=0)"),
        ("how much the loss changes", "2 * h * at_once(loss, w, h)"),
        ("The sign is reversed", "-at_once(loss, w, h)"),
        ("nudged together", "np.full(w.shape, (loss(w + h) - loss(w - h)) / (2 * h))"),
        ("Nudges pile up", "at_once(loss, w, h, pile_up=True)"),
    ],
    "planted_error": [
        ("✓ Right.", (START, "b2", RATIO), (START, "db2", 4.52)),
        ("`W2` agrees with the experiment", (START, "W2", RATIO)),
        ("upside down", (START, "b2", 1 / RATIO)),
        ("not 4 times the true one", (START, "b2", 4)),
        ('must be "W1", "b1", "W2" or "b2"', (START, 1, RATIO)),
    ],
    "rate_on_mean": [
        ("✓ Right.", (0.2,)),
        ("With the same rate", (0.1,)),
        ("the smaller gradient needs the larger rate", (0.05,), (0.025,)),
        ("Four rows, but *half* the sum", (0.4,)),
        ("the factor between the gradients", (2,), (0.5,)),
        ("section 4 of notebook 3", (0.3,)),
    ],
    "largest_rates": [
        ("✓ Right.", (4, 16)),
        ("The two are swapped", (16, 4)),
        ("With 32 the last loss is above 0.01", (4, 32)),
        ("Look beyond 4", (4, 4)),
        ("Between 1 and 16 there is a rate that fails", (16, 16)),
        ("2 works, and so does a larger one", (2, 16)),
        ("`largest_working` must be one of the rates tried", (4, 17)),
    ],
    "broken_symmetry": [
        ("✓ Right.", (first_weight(0.6), HALF)),
        ("All nine numbers are still 0.5", (HALF, HALF)),
        ("9 numbers have changed", (uniform_parameters(42), HALF)),
        ("`b2` belongs to the output unit", (HALF._replace(b2=np.array([[0.0]])), HALF)),
        ("They differ, but the loss only gets to", (first_weight(0.51), HALF)),
        ("`equal` itself has changed", (first_weight(0.6), first_weight(0.6))),
        ("The shapes must stay", (HALF._replace(b1=np.array([0.5, 0.5])), HALF)),
        ("must be a `Parameters`", (0.5, HALF)),
        ("is nan", (first_weight(np.nan), HALF)),
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
    ],
    "parameter_count(i, h, o)": [
        ("✓ Right.", "i * h + h + h * o + o", "(i + 1) * h + (h + 1) * o"),
        ("The biases are left out", "i * h + h * o"),
        ("The output units have biases", "i * h + h + h * o"),
        ("The hidden units have biases", "i * h + h * o + o"),
        ("Inputs have no bias", "(i + 1) * h + (h + 1) * o + i"),
        ("not each layer", "i * h + 1 + h * o + 1"),
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
        ("the living units", "(X @ W1 + b1).max(axis=0) > 0"),
        ("The bias is left out", "(X @ W1).max(axis=0) <= 0"),
        ("weights alone", "W1.max(axis=0) <= 0"),
        ("one for each hidden unit was asked for. Along", "(X @ W1 + b1).max(axis=1) <= 0"),
        ("how many are dead", "sum((X @ W1 + b1).max(axis=0) <= 0)"),
        ("for the whole layer", "np.all(X @ W1 + b1 <= 0)"),
    ],
    "loss_level(groups)": [
        ("✓ Right.", level),
        ("0 · ln 0", "np.mean([costs(np.mean(g), np.mean(g)) for g in groups for _ in g])"),
        ("Every *group* counts alike", "level(groups, weigh=lambda group: 1, over=len)"),
        ("the sum over the rows", "level(groups, over=lambda groups: 1)"),
        ("divides by 4, however many", "level(groups, over=lambda groups: 4)"),
        ("costs are added up", "level(groups, weigh=lambda group: 1, over=lambda groups: 1)"),
        ("answer 1/2", "level(groups, lambda p: np.log(2))"),
        ("in bits", "level(groups, lambda p: costs(p, p, np.log2))"),
        ("Only the rows with target 1", "level(groups, lambda p: -p * np.log(p))"),
        ("squared error's level", "level(groups, lambda p: p * (1 - p))"),
        ("`groups` in place", "groups.__setitem__(0, np.array(groups[0])) or level(groups)"),
    ],
    "dead_chance(hidden)": [
        ("✓ Right.", "1 - (3 / 4) ** hidden"),
        ("*all* units are dead", "(1 / 4) ** hidden"),
        ("*no* unit is dead", "(3 / 4) ** hidden"),
        ("This adds chances", "hidden / 4"),
        ("at least one unit *lives*", "1 - (1 / 4) ** hidden"),
        ("dead half of the time", "1 - (1 / 2) ** hidden"),
        ("exactly one dead unit", "hidden / 4 * (3 / 4) ** (hidden - 1)"),
        ("in percent", "100 - 100 * (3 / 4) ** hidden"),
        ("Called with `hidden = 3`, your function returns 0.25, but 0.578125", "(5 - hidden) / 8"),
        ("the same for all inputs", "0.5"),
        ("but not for all. Your code stopped", "[0, 1 / 4, 7 / 16, 37 / 64][hidden]"),
        ("returns 3, but", "[0, 2, 2, 3][hidden]"),
    ],
    "diagnosis(loss)": [
        ("✓ Right.", diagnose),
        ("ends exactly on its level", "diagnose(loss, 1e-9)"),
        ("is within 0.01 of a level", "diagnose(loss, within=0.006)"),
        ("0.5800 is not within", "'solved' if 0.5 < loss < 0.6 else diagnose(loss)"),
        ("0.0110 is not within 0.01 of any level, yet it", "diagnose(loss, 0.012)"),
        ('loss of 0.3371 is called "three rows alike"', "diagnose(loss).replace('two', 'three')"),
        ("yours returns `'stuck'`, of type str", "'stuck'"),
        ("(is a `return` missing? printing a value does not return it)", "print(diagnose(loss))"),
        ("a loop that never ends?", thrower(KeyboardInterrupt())),
    ],
    "starts_needed(p, w)": [
        ("✓ Right.", "p * (1 - p) * (1.96 / w) ** 2", "p * (1 - p) * (1.959964 / w) ** 2"),
        ("Where is the factor 1.96?", "p * (1 - p) / w**2"),
        ("has to be squared", "1.96 * p * (1 - p) / w**2"),
        ("the whole width", "1.96**2 * p * (1 - p) / (w / 2) ** 2"),
        ("needs *four* times", "1.96**2 * p * (1 - p) / w"),
        ("That is rounded up", "np.ceil(1.96**2 * p * (1 - p) / w**2)"),
    ],
    "bias_experiment": [
        ("✓ Right.", (28, 6, "helps"), (np.int64(28), 6.0, " Helps")),
        ("Not one network ends differently", (0, 0, "cannot say")),
        ("The two numbers are swapped", (6, 28, "hurts")),
        ("all that one run solves", (42, 20, "helps"), (22, 20, "helps")),
        ("given to the output unit", (0, 3, "cannot say")),
        ("The output unit was given a bias as well", (27, 7, "helps")),
        ("not those of the 1000 starts", (28, 5, "helps")),
        ("The interval is 0.66 to 0.92.", (28, 6, "hurts"), (28, 6, "cannot say")),
        ("`verdict` must be", (28, 6, "yes")),
    ],
    "held_out(X, y, order, size)": [
        ("✓ Right.", lambda X, y, o, n: tuple(a[k] for k in (o[:n], o[n:]) for a in (X, y))),
        ("✓ Right.", lambda X, y, o, n: [part for k in np.split(o, [n]) for part in (X[k], y[k])]),
        ("those that were trained on", "(X[order[:size]], y[order[:size]], X, y)"),
        ("Both sets are the same rows", "(X[order[:size]], y[order[:size]]) * 2"),
        ("as they lie", "(X[:size], y[:size], X[size:], y[size:])"),
        ("no longer belong together", "(X[order[:size]], y[:size], X[order[size:]], y[size:])"),
        (
            "in another order. Return `X_train`, `y_train`, `X_test` and `y_test`, in this order.",
            "(X[order[size:]], y[order[size:]], X[order[:size]], y[order[:size]])",
        ),
        (
            "The right things, in another order.",
            "(X[order[:size]], X[order[size:]], y[order[:size]], y[order[size:]])",
        ),
        ("must return 4 things", "(X[order[:size]], X[order[size:]])"),
        ("the wrong shape", "(X[order[:3]], y[order[:3]], X[order[3:]], y[order[3:]])"),
    ],
    "standardised(a, b)": [
        ("✓ Right.", "((a - a.mean(0)) / a.std(0), (b - a.mean(0)) / a.std(0))"),
        (
            "✓ Right.",
            "[((x.T - a.T.mean(1)[:, None]) / a.T.std(1)[:, None]).T for x in (a, b)]",
        ),
        ("by its own mean", "((a - a.mean(0)) / a.std(0), (b - b.mean(0)) / b.std(0))"),
        ("those of all rows", "by(np.concatenate([a, b]), a, b)"),
        ("are the test set's", "by(b, a, b)"),
        ("left as it was", "(by(a, a, b)[0], b)"),
        ("one mean of the whole array", "((a - a.mean()) / a.std(), (b - a.mean()) / a.std())"),
        ("Nothing is divided", "(a - a.mean(0), b - a.mean(0))"),
        ("The mean is not subtracted", "(a / a.std(0), b / a.std(0))"),
        ("divides by the variance", "((a - a.mean(0)) / a.var(0), (b - a.mean(0)) / a.var(0))"),
        ("`X_train` in place", "(a.__isub__(a.mean(0)) / a.std(0), by(a, a, b)[1])"),
    ],
    "stopped(epochs, v, t)": [
        ("✓ Right.", "(epochs[np.argmin(v)], t[np.argmin(v)])"),
        ("✓ Right.", lambda epochs, v, t: min(zip(v, epochs, t, strict=True))[1:]),
        ("The test loss chooses", "(epochs[np.argmin(t)], min(t))"),
        ("the last epoch", "(epochs[-1], t[-1])"),
        ("a place in the array", "(np.argmin(v), t[np.argmin(v)])"),
        ("its *validation* loss", "(epochs[np.argmin(v)], min(v))"),
        ("that of the last network", "(epochs[np.argmin(v)], t[-1])"),
        ("from another epoch", "(epochs[np.argmin(v)], min(t))"),
        ("first rises", "first_rise(epochs, v, t)"),
        ("not the epoch at which", "(min(v), min(t))"),
        ("in another order", "(t[np.argmin(v)], epochs[np.argmin(v)])"),
        ("Look at `epoch` again. `test_loss` is right.", "(epochs[0], t[np.argmin(v)])"),
    ],
    "momentum(w, v, g, r, s)": [
        ("✓ Right.", "(w + s * v - r * g, s * v - r * g)"),
        ("✓ Right.", lambda w, v, g, r, s: (w - (r * g - s * v), -(r * g - s * v))),
        ("The *old* step", "(w + v, s * v - r * g)"),
        ("up the slope", "(w + s * v + r * g, s * v + r * g)"),
        ("is subtracted", "(w - s * v + r * g, s * v - r * g)"),
        ("plain descent", "(w - r * g, -r * g)"),
        ("The whole last step", "(w + v - r * g, v - r * g)"),
        ("The learning rate is missing", "(w + s * v - g, s * v - g)"),
        ("applied twice", "(w + r * (s * v - r * g), s * v - r * g)"),
        ("weighted by 1 − `share`", "(w + s * v - r * (1 - s) * g, s * v - r * (1 - s) * g)"),
        ("PyTorch's form", "(w - r * (s * v + g), s * v + g)"),
        ("changes its argument `v`", "(w + v.__imul__(s).__isub__(r * g), v)"),
    ],
}
CHECKS = {
    name: check
    for module in (one_neuron, from_scratch, inside, in_keras, stuck, beyond)
    for name, check in vars(module).items()
    if inspect.isfunction(check) and (check.__doc__ or "").startswith("Check ")
}


def judged(key, answer):
    """Return the report on an answer as it stands in the table."""
    name, _, takes = key.removesuffix(")").partition("(")
    if isinstance(answer, str):
        answer = eval(f"lambda {takes}: {answer}", globals())
    return CHECKS[name](*answer if isinstance(answer, tuple) else (answer,))


@pytest.fixture(scope="module", autouse=True)
def a_hundred_starts():
    """Let [bias_experiment] train 100 networks; the solutions of notebook 05 train all 1000."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stuck, "starts", lambda count, seed: starts(count // 10, seed=seed))
        yield
    stuck.solved.cache_clear()


def test_the_table_has_every_check():
    names = [key.partition("(")[0] for key in TABLE]
    assert sorted([*names, "tanh_model"]) == sorted(CHECKS)  # that one needs Keras


@pytest.mark.parametrize("key", TABLE)
def test_an_answer_is_right_or_gets_the_hint_for_its_mistake(key):
    for words, *answers in TABLE[key]:
        status = {"✓": "right", "…": "not answered yet"}.get(words[0], "not right yet")
        for answer in answers:
            result = judged(key, answer)
            assert words in repr(result), answer
            assert result.status == status


@pytest.mark.parametrize("key", TABLE)
def test_a_blank_is_not_answered_yet(key):
    name, _, takes = key.partition("(")
    count = len(inspect.signature(CHECKS[name]).parameters)
    for dots in [..., "...", " … ", ""]:
        answer = (lambda *args, dots=dots: dots) if takes else dots
        for answers in [[dots] * count, [answer, *[dots] * count]]:
            result = CHECKS[name](*answers[:count])
            assert "… Not answered yet. Put your answer" in repr(result)
            assert "three dots <code>...</code> are" in result._repr_html_()


ODD = [
    *(None, True, False, "XOR", "<b>no</b>", "`a` `b", -7, 10**400, 1j, 1e308, float("nan")),
    *(float("inf"), [], (), {}, set(), [[]], [1, [2]], ["a", 1], (None, None), (1, 2, 3)),
    *({"a": 1}, object(), int, np, len, np.zeros(0), np.zeros(3), np.zeros((4, 4)), "c" * 99),
    *(np.full(9, np.nan), np.array(["a"]), np.zeros((2, 2), bool), np.array([None])),
    *([1, 2, 3, 4], np.eye(2) * 1j, HALF._replace(b1=0.5)),
]
ODD += [lambda *args, value=value: value for value in ODD[:]]
ODD += [lambda: 1, lambda *args: args, lambda *args: args[0], lambda a, /, *, b: 1]
ODD += map(thrower, [ValueError(), KeyError("a"), RecursionError(), Exception("<script>`x`")])


@pytest.mark.parametrize("key", TABLE)
def test_an_odd_answer_gets_a_hint(key):
    right = next(answer for words, answer, *_ in TABLE[key] if words.startswith("✓"))
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


def test_an_exception_is_explained_with_its_line_and_the_shapes_in_it():
    def entries(a):
        b = np.zeros((3, 3))
        unused = np.zeros(7)
        return a + b, unused

    for function, told in [
        (entries, "`return a + b, unused`: `+`, `-`, `*` and `/` work entry by entry"),
        (entries, "The shapes there: `a` (4, 1), `b` (3, 3), `unused` (7,)."),
        (thrower(ValueError()), "Your code stopped in the line `raise error`: ValueError."),
    ]:
        assert told in from_scratch.slope_from_activation(function).text


def test_a_mistake_in_a_check_is_not_blamed_on_the_learner(monkeypatch):
    monkeypatch.setattr(report, "REPORTS", {})

    @report.task("9.1", "Broken")
    def broken(answer):
        return {}[answer]

    said = repr(broken(1))
    assert said.startswith(
        "Task 9.1. The check failed. That is a mistake in the check, not in your"
    )
    assert said.endswith("report it, with these words: KeyError: 1.")
    assert report.REPORTS["9.1"].status == "the check failed"


def test_hints_become_html():
    assert report.as_html("`a*b` *is so* & <c") == "<code>a*b</code> <em>is so</em> &amp; &lt;c"
    assert report.as_html("`a` `b") == "`a` `b"  # a backquote in the learner's own words
    page = one_neuron.nand(20, 20, -30)._repr_html_()
    assert "#D55E00" in page and "Task 1.1. <strong>✗ Not right yet.</strong> This is AND" in page


def test_progress_is_a_table_of_the_tasks(monkeypatch):
    reports = {n: report.Report(n, report.REPORTS[n].title) for n in ("1.4", "1.3", "1.2", "1.1")}
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
        "1 of 4 tasks are right.",
    ]
    page = table._repr_html_()
    assert page.count('scope="row"') == 4 and page.count('scope="col"') == 3
    assert "1 of 4 tasks are right.</caption>" in page and ">not answered yet</td>" in page


def test_the_planted_mistake_is_in_one_place_and_has_to_be_measured():
    planted, true = inside.planted_backward(START, X, y), backward(START, X, y)
    wrong = [k for k in range(4) if not np.allclose(planted[k], true[k])]
    assert wrong == [3]
    up, down = (START._replace(b2=START.b2 + h) for h in (1e-5, -1e-5))
    slope = (objective(up, X, y) - objective(down, X, y)) / 2e-5
    assert planted.b2.item() / slope == pytest.approx(RATIO, rel=1e-6)
    assert abs(np.round(RATIO) - RATIO) > 0.4  # no number that one would guess


def test_the_learning_rates_of_the_exercise_and_which_of_them_work():
    works = inside.rates_that_work()
    assert works == {rate: rate in (1, 2, 4, 16) for rate in (1, 2, 4, 8, 16, 32, 64, 128)}
