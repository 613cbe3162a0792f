"""Each check of the exercises: right, blank, every known mistake, and answers nobody foresaw."""

import inspect
from collections import namedtuple

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


Told = namedtuple("Told", "name answers")


def told(name, *answers):
    """Return answers that are right (✓), or whose hint is made up and names these arguments."""
    return Told(name, answers)


# For each check its known mistakes, in the order of its hints, and other answers. The key says what
# a learner's function takes: a text is the expression that it returns, a tuple holds all answers.
TABLE = {
    "nand": [
        told("✓", (-20, -20, 30), (-1, -1, 2), (-0.1, -0.2, 0.3)),
        (20, 20, -30),
        (20, 20, -10),
        (-20, -20, 10),
        (-20, 0, 10),
        (0, -20, 10),
        (-20, -20, 50),
        (-20, -20, -10),
        told("01", (-1, -2, 2)),
        told("00", (0, 0, 0)),
        told("01, 11", (20, -20, 10)),
        told("`w1`", ("-20", -20, 30)),
    ],
    "rows_right(w, b, X, y)": [
        told(
            "✓",
            "int(((s(X @ w + b) > 0.5) == (y > 0.5)).sum())",
            "sum(int(s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(len(X)))",
        ),
        "np.mean((s(X @ w + b) > 0.5) == y)",
        "np.sum((s(X @ w + b) > 0.5) != y)",
        "sum((s(X[k] @ w + b)[0] > 0.5) == y[k, 0] for k in range(4))",
        "np.sum((s(X @ w[:, 0] + b) > 0.5) == y)",
        "np.sum((X @ w + b > 0.5) == y)",
        "np.sum((s(X @ w + b) > 0) == y)",
        "np.sum(s(X @ w + b) > 0.5)",
        "np.sum(s(X @ w + b) == y)",
    ],
    "tally(lines, X, y)": [
        told("✓", "np.bincount(rows_of_each(lines, X, y), minlength=5)"),
        "np.bincount(rows_of_each(lines, X, y))",
        "np.bincount(rows_of_each(lines, X, y), minlength=5) / len(lines)",
        "rows_of_each(lines, X, y)",
        "np.bincount(rows_of_each(lines * [1, 1, 0], X, y), None, 5)",
        "np.bincount([int(((s(X @ r[:2] + r[2]) > 0.5) == y).sum()) for r in lines], minlength=5)",
    ],
    "why_never_four": [told("✓", ("c",)), ("a",), ("B",), ("d",), told("'cd'", ("cd",))],
    "xnor_proof": [
        told("✓", (PROOF,)),
        told("XOR", ({k: "<" if v == ">" else ">" for k, v in PROOF.items()},)),
        told("10", (PROOF | {"10": ">"},)),
        told("00 + 11", (PROOF | {"00 + 11": "<"},)),
        told('"01"', (PROOF | {"01": ">="},)),
        told("`signs`", ({"00": ">"},)),
    ],
    "xnor_output": [
        told("✓", (np.array([[-20.0], [20.0]]), 10.0), ([-2, 2], 1)),
        ([20, -20], -10),
        ([-20, 20], -10),
        ([-20, 20], 30),
        ([20, 20], -30),
        ([-20, -20], 10),
        ([20, 20], -10),
        told("01, 10, 11", ([20, -40], 10)),
        told("(2, 2)", (np.eye(2), 10)),
        told("NaN", ([np.nan, 20], 10)),
    ],
    "slope_from_activation(a)": [
        told("✓", "a * (1 - a)"),
        "s(a) * (1 - s(a))",
        "s(a)",
        "a * (a - 1)",
        "1 - a * a",
        "1 - a",
        told("NaN", "a / 0"),
        told("[1, 0]", "a * (1 - a) + (np.arange(a.size).reshape(a.shape) == 1)"),
        told("(1, 4, 1)", "(a * (1 - a))[None]"),
        told("(4, 1)", "np.sum(a)"),
        told("`a`", "np.subtract(1, a, out=a) * (1 - a)"),
        told("`a`", "np.multiply(a, 2, out=a) * (1 - a)"),
    ],
    "slope_from_preactivation(z)": [
        told("✓", "s(z) * (1 - s(z))"),
        "z * (1 - z)",
        "s(z)",
        "s(z) * (s(z) - 1)",
        "1 - np.tanh(z) ** 2",
    ],
    "forward_pass(X, W1, b1, W2, b2)": [
        told("✓", forward),
        "forward(X, W1.T, b1, W2, b2)",
        "forward(X, W1, b1, W2, b2, hidden=np.positive)",
        "forward(X, W1, b1, W2, b2, output=np.positive)",
        "forward(X, W1, b1, W2, b2, np.positive, np.positive)",
        "forward(X, W1, 0, W2, 0)",
        "forward(X, W1, 0, W2, b2)",
        "forward(X, W1, b1, W2, 0)",
        lambda *args: forward(*args)[:2] + forward(*args, np.positive)[2:],
        told("`z1`, `a1`, `z2` and `a2`", "forward(X, W1, b1, W2, b2)[3]"),
        told("`z1`, `a1` and `z2`", "(*forward(X, W1, b1, W2, b2)[:3], X[:, :1])"),
    ],
    "output_gradients(a1, a2, y)": [
        told("✓", "both(a1, d2(a2, y))"),
        "both(a1, a2 - y)",
        "both(a1, -d2(a2, y))",
        "both(a1, d2(a2, y) / len(y))",
        "both(a1, 2 * d2(a2, y))",
        "both(a1, (y - a2) ** 2 * a2 * (1 - a2))",
        "both(a1, 0.5 * (y - a2) ** 2 * a2 * (1 - a2))",
        "both(a1, (a2 - y) * s(a2) * (1 - s(a2)))",
        "(d2(a2, y).T @ a1, total(d2(a2, y)))",
        "(a1.T @ d2(a2, y), d2(a2, y))",
        "(a1.T @ d2(a2, y), total(d2(a2, y)) / len(y))",
        told("`db2`", "(a1.T @ d2(a2, y), a2[:1])"),
    ],
    "hidden_gradients(X, W2, a1, delta2)": [
        told("✓", "both(X, d1(W2, a1, delta2))", "both(X, delta2 * W2.T * a1 * (1 - a1))"),
        "both(X, delta2 @ W2.T)",
        "both(X, d1(W2, a1, delta2) / len(X))",
        "both(X, delta2 * a1 * (1 - a1))",
        "both(X, delta2 @ W2.T * X * (1 - X))",
        "both(X, delta2 @ W2.T * s(a1) * (1 - s(a1)))",
        "(d1(W2, a1, delta2).T @ X, total(d1(W2, a1, delta2)))",
        "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2))",
        "(X.T @ d1(W2, a1, delta2), d1(W2, a1, delta2).sum())",
        "(a1.T @ d1(W2, a1, delta2), total(d1(W2, a1, delta2)))",
        told("`@`", "both(X, delta2 @ W2 * a1 * (1 - a1))"),
    ],
    "one_update(X, y, W1, b1, W2, b2, learning_rate)": [
        told("✓", update),
        lambda *args: update(*args[:6], -args[6]),
        update_w2_first,
        lambda *args: update(*args[:6], 1),
        lambda *args: update(*args[:6], 0.1),
        lambda *args: update(*args[:6], args[6] / len(args[0])),
        lambda *args: (update(*args)[0], args[3], update(*args)[2], args[5]),
        "(W1, b1, *update(X, y, W1, b1, W2, b2, learning_rate)[2:])",
        "(W1, b1, W2, b2)",
        "gradients(X, y, W1, b1, W2, b2)",
    ],
    "whole_loop": [
        told("✓", (loop(), TEN), (loop(), np.round(TEN, 4).tolist())),
        (loop(loss=np.sum), TEN),
        (loop(loss=lambda e: e.sum() / 2), TEN),
        (lambda *args: loop(more=1)(*args)[1:], TEN),
        (loop(lambda *args: args[2:6]), TEN),
        (loop(update_w2_first), TEN),
        told("`epochs = 12`", (loop(more=1), TEN)),
        told("10000", (loop(), LOSSES)),
        told("999", (loop(), LOSSES[999::1000])),
        told("", (loop(), np.repeat(LOSSES[-1], 10))),
        told("42", (loop(), loop()(*START.arrays, 0.1, 10))),
    ],
    "central_difference(loss, w, h)": [
        told("✓", "at_once(loss, w, h)"),
        "2 * at_once(loss, w, h)",
        "at_once(loss, w, h, down=0)",
        "2 * h * at_once(loss, w, h)",
        "-at_once(loss, w, h)",
        "np.full(w.shape, (loss(w + h) - loss(w - h)) / (2 * h))",
        "at_once(loss, w, h, pile_up=True)",
    ],
    "planted_error": [
        told("✓", (START, "b2", RATIO), (START, "db2", 4.52)),
        told("`W2`", (START, "W2", RATIO)),
        told("", (START, "b2", 1 / RATIO)),
        told(" 4 times", (START, "b2", 4)),
        told('"b2"', (START, 1, RATIO)),
    ],
    "rate_on_mean": [
        told("✓", (0.2,)),
        (0.1,),
        (0.05,),
        (0.025,),
        (0.4,),
        (2,),
        (0.5,),
        told("notebook 3", (0.3,)),
    ],
    "largest_rates": [
        told("✓", (4, 16)),
        told("", (16, 4)),
        told("32", (4, 32)),
        told(" 4", (4, 4)),
        told("16", (16, 16)),
        told("2 works", (2, 16)),
        told("`largest_working`", (4, 17)),
    ],
    "broken_symmetry": [
        told("✓", (first_weight(0.6), HALF)),
        told("0.5", (HALF, HALF)),
        told("9 ", (uniform_parameters(42), HALF)),
        told("`b2`", (HALF._replace(b2=np.array([[0.0]])), HALF)),
        told("0.172", (first_weight(0.51), HALF)),
        told("`equal`", (first_weight(0.6), first_weight(0.6))),
        told("`equal`", (HALF._replace(b1=np.array([0.5, 0.5])), HALF)),
        told("`Parameters`", (0.5, HALF)),
        told("nan", (first_weight(np.nan), HALF)),
    ],
    "cross_entropy(y, a)": [
        told(
            "✓",
            "np.mean(costs(y, a))",
            "np.float32(-np.mean(np.log(np.where(y, a, 1 - a) + 1e-8)))",
        ),
        "np.sum(costs(y, a))",
        "np.sum(costs(y, a)) / 4",
        "-np.mean(costs(y, a))",
        "-np.mean(y * np.log(a))",
        "np.mean(costs(1 - y, a))",
        "np.mean(costs(y, a, np.log2))",
        "np.mean((a - y) ** 2)",
        "costs(y, a)",
        "np.mean(costs(y[:, 0], a))",
    ],
    "parameter_count(i, h, o)": [
        told("✓", "i * h + h + h * o + o", "(i + 1) * h + (h + 1) * o"),
        "i * h + h * o",
        "i * h + h + h * o",
        "i * h + h * o + o",
        "(i + 1) * h + (h + 1) * o + i",
        "i * h + 1 + h * o + 1",
    ],
    "relu_by_hand": [
        told("✓", ([-1, 1, 1, -1],)),
        ([3, 1, 1, -1],),
        ([0, 2, 2, 0],),
        ([-1, -3, -3, -5],),
        ([0.27, 0.73, 0.73, 0.27],),
        ([0, 1, 1, 0],),
        told("01, 11", ([-1, 2, 1, 3],)),
        told("2", ([-1, 1],)),
        told("NaN", ([-1, 1, 1, np.nan],)),
    ],
    "dead_units(X, W1, b1)": [
        told("✓", "(X @ W1 + b1).max(axis=0) <= 0", "~np.any(np.maximum(X @ W1 + b1, 0), axis=0)"),
        "(X @ W1 + b1).max(axis=0) < 0",
        "(X @ W1 + b1).min(axis=0) <= 0",
        "(X @ W1 + b1).max(axis=0) > 0",
        "(X @ W1).max(axis=0) <= 0",
        "W1.max(axis=0) <= 0",
        "(X @ W1 + b1).max(axis=1) <= 0",
        "sum((X @ W1 + b1).max(axis=0) <= 0)",
        "np.all(X @ W1 + b1 <= 0)",
    ],
    "loss_level(groups)": [
        told("✓", level),
        "np.mean([costs(np.mean(g), np.mean(g)) for g in groups for _ in g])",
        "level(groups, weigh=lambda group: 1, over=len)",
        "level(groups, over=lambda groups: 1)",
        "level(groups, over=lambda groups: 4)",
        "level(groups, weigh=lambda group: 1, over=lambda groups: 1)",
        "level(groups, lambda p: np.log(2))",
        "level(groups, lambda p: costs(p, p, np.log2))",
        "level(groups, lambda p: -p * np.log(p))",
        "level(groups, lambda p: p * (1 - p))",
        told("`groups`", "groups.__setitem__(0, np.array(groups[0])) or level(groups)"),
    ],
    "dead_chance(hidden)": [
        told("✓", "1 - (3 / 4) ** hidden"),
        "(1 / 4) ** hidden",
        "(3 / 4) ** hidden",
        "hidden / 4",
        "1 - (1 / 4) ** hidden",
        "1 - (1 / 2) ** hidden",
        "hidden / 4 * (3 / 4) ** (hidden - 1)",
        "100 - 100 * (3 / 4) ** hidden",
        told("0.25", "(5 - hidden) / 8"),
        told("", "0.5"),
        told("IndexError", "[0, 1 / 4, 7 / 16, 37 / 64][hidden]"),
        told(" 3", "[0, 2, 2, 3][hidden]"),
    ],
    "diagnosis(loss)": [
        told("✓", diagnose),
        told("0.01", "diagnose(loss, 1e-9)"),
        told("0.0095", "diagnose(loss, within=0.006)"),
        told("0.5800", "'solved' if 0.5 < loss < 0.6 else diagnose(loss)"),
        told("0.0110", "diagnose(loss, 0.012)"),
        told("0.3371", "diagnose(loss).replace('two', 'three')"),
        told("'stuck'", "'stuck'"),
        told("`None`", "print(diagnose(loss))"),
        told("", thrower(KeyboardInterrupt())),
    ],
    "starts_needed(p, w)": [
        told("✓", "p * (1 - p) * (1.96 / w) ** 2", "p * (1 - p) * (1.959964 / w) ** 2"),
        "p * (1 - p) / w**2",
        "1.96 * p * (1 - p) / w**2",
        "1.96**2 * p * (1 - p) / (w / 2) ** 2",
        "1.96**2 * p * (1 - p) / w",
        "np.ceil(1.96**2 * p * (1 - p) / w**2)",
    ],
    "bias_experiment": [
        told("✓", (28, 6, "helps"), (np.int64(28), 6.0, " Helps")),
        told("", (0, 0, "cannot say")),
        told("", (6, 28, "hurts")),
        told("", (42, 20, "helps"), (22, 20, "helps")),
        told("0.1", (0, 3, "cannot say")),
        told("", (27, 7, "helps")),
        told("1000", (28, 5, "helps")),
        told("0.66 to 0.92", (28, 6, "hurts"), (28, 6, "cannot say")),
        told("'yes'", (28, 6, "yes")),
    ],
    "held_out(X, y, order, size)": [
        told(
            "✓",
            lambda X, y, o, n: tuple(a[k] for k in (o[:n], o[n:]) for a in (X, y)),
            lambda X, y, o, n: [part for k in np.split(o, [n]) for part in (X[k], y[k])],
        ),
        "(X[order[:size]], y[order[:size]], X, y)",
        "(X[order[:size]], y[order[:size]]) * 2",
        "(X[:size], y[:size], X[size:], y[size:])",
        "(X[order[:size]], y[:size], X[order[size:]], y[size:])",
        told(
            "`X_train`, `y_train`, `X_test` and `y_test`",
            "(X[order[size:]], y[order[size:]], X[order[:size]], y[order[:size]])",
            "(X[order[:size]], X[order[size:]], y[order[:size]], y[order[size:]])",
        ),
        told(" 4 things", "(X[order[:size]], X[order[size:]])"),
        told("(3, 2)", "(X[order[:3]], y[order[:3]], X[order[3:]], y[order[3:]])"),
    ],
    "standardised(a, b)": [
        told(
            "✓",
            "((a - a.mean(0)) / a.std(0), (b - a.mean(0)) / a.std(0))",
            "[((x.T - a.T.mean(1)[:, None]) / a.T.std(1)[:, None]).T for x in (a, b)]",
        ),
        "((a - a.mean(0)) / a.std(0), (b - b.mean(0)) / b.std(0))",
        "by(np.concatenate([a, b]), a, b)",
        "by(b, a, b)",
        "(by(a, a, b)[0], b)",
        "((a - a.mean()) / a.std(), (b - a.mean()) / a.std())",
        "(a - a.mean(0), b - a.mean(0))",
        "(a / a.std(0), b / a.std(0))",
        "((a - a.mean(0)) / a.var(0), (b - a.mean(0)) / a.var(0))",
        told("`X_train`", "(a.__isub__(a.mean(0)) / a.std(0), by(a, a, b)[1])"),
    ],
    "stopped(epochs, v, t)": [
        told(
            "✓",
            "(epochs[np.argmin(v)], t[np.argmin(v)])",
            lambda epochs, v, t: min(zip(v, epochs, t, strict=True))[1:],
        ),
        "(epochs[np.argmin(t)], min(t))",
        "(epochs[-1], t[-1])",
        "(min(v), min(t))",
        "(np.argmin(v), t[np.argmin(v)])",
        "(epochs[np.argmin(v)], min(v))",
        "(epochs[np.argmin(v)], t[-1])",
        "(epochs[np.argmin(v)], min(t))",
        "first_rise(epochs, v, t)",
        told("`epoch` and `test_loss`", "(t[np.argmin(v)], epochs[np.argmin(v)])"),
        told("`test_loss`", "(epochs[0], t[np.argmin(v)])"),
    ],
    "momentum(w, v, g, r, s)": [
        told(
            "✓",
            "(w + s * v - r * g, s * v - r * g)",
            lambda w, v, g, r, s: (w - (r * g - s * v), -(r * g - s * v)),
        ),
        "(w + v, s * v - r * g)",
        "(w + s * v + r * g, s * v + r * g)",
        "(w - s * v + r * g, s * v - r * g)",
        "(w - r * g, -r * g)",
        "(w + v - r * g, v - r * g)",
        "(w + s * v - g, s * v - g)",
        "(w + r * (s * v - r * g), s * v - r * g)",
        "(w + s * v - r * (1 - s) * g, s * v - r * (1 - s) * g)",
        "(w - r * (s * v + g), s * v + g)",
        told("`v`", "(w + v.__imul__(s).__isub__(r * g), v)"),
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


def hints_of(check):
    """Return the hints for the mistakes that a check looks for, in their order."""
    known = inspect.getclosurevars(check.__wrapped__).globals.values()
    pairs = [pair for table in known if isinstance(table, dict) for pair in table.items()]
    texts = [text for pair in pairs for text in pair if isinstance(text, str)]
    return [text for text in dict.fromkeys(texts) if text.endswith((".", "?"))]


@pytest.mark.parametrize("key", TABLE)
def test_an_answer_is_right_or_gets_the_hint_for_its_mistake(key):
    known, mistakes, others = hints_of(CHECKS[key.partition("(")[0]]), [], []
    for entry in TABLE[key]:
        name, answers = entry if isinstance(entry, Told) else ("", [entry])
        results = [judged(key, answer) for answer in answers]
        for result in results:
            assert result.status == (report.RIGHT if name == "✓" else report.WRONG), result
            assert name in repr(result)
        (others if isinstance(entry, Told) else mistakes).append(results[0].text)
    assert list(dict.fromkeys(mistakes)) == [hint for hint in known if hint in mistakes]
    assert len({*others, *known}) == len(others) + len(known)
    # The mistakes of an update, made in a loop, are those of the task before.
    assert set(known) == set(mistakes) or key == "whole_loop"


@pytest.mark.parametrize("key", TABLE)
def test_a_blank_is_not_answered_yet(key):
    name, _, takes = key.partition("(")
    count = len(inspect.signature(CHECKS[name]).parameters)
    for dots in [..., "...", " … ", ""]:
        answer = (lambda *args, dots=dots: dots) if takes else dots
        for answers in [[dots] * count, [answer, *[dots] * count]]:
            result = CHECKS[name](*answers[:count])
            assert result.status == report.OPEN and "<code>...</code>" in result._repr_html_()


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
    right = next(entry.answers[0] for entry in TABLE[key] if isinstance(entry, Told))
    right = right if isinstance(right, tuple) else (right,)
    given = {"planted_error": 0, "broken_symmetry": 1}.get(key)  # not the learner's
    for odd in ODD:
        for position in range(len(right)):
            answers = tuple(odd if k == position else good for k, good in enumerate(right))
            if position != given:
                result = judged(key, answers)
                assert result.status in (report.WRONG, report.OPEN), (answers, result)
                assert result.text.endswith((".", "?", ")", "`")), result.text
                assert "<script" not in result._repr_html_() and "<b>" not in result._repr_html_()


def test_an_exception_is_explained_with_its_line_and_the_shapes_in_it():
    def entries(a):
        b = np.zeros((3, 3))
        unused = np.zeros(7)
        return a + b, unused

    places = ["`return a + b, unused`", "`a` (4, 1)", "`b` (3, 3)", "`unused` (7,)"]
    for function, named in (
        (entries, places),
        (thrower(ValueError()), ["`raise error`", "ValueError"]),
    ):
        text = from_scratch.slope_from_activation(function).text
        assert all(name in text for name in named), text
    dots = judged("forward_pass(X, W1, b1, W2, b2)", "(lambda z1: z1 @ W2)(...)")
    assert dots.status == report.OPEN


def test_a_mistake_in_a_check_is_not_blamed_on_the_learner(monkeypatch):
    monkeypatch.setattr(report, "REPORTS", {})

    @report.task("9.1", "Broken")
    def broken(answer):
        return {}[answer]

    assert "KeyError: 1" in repr(broken(1))
    assert report.REPORTS["9.1"].status == report.FAILED


def test_hints_become_html():
    assert report.as_html("`a*b` *is so* & <c") == "<code>a*b</code> <em>is so</em> &amp; &lt;c"
    assert report.as_html("`a` `b") == "`a` `b"  # a backquote in the learner's own words
    page = one_neuron.nand(20, 20, -30)._repr_html_()
    assert "#D55E00" in page and "Task 1.1. <strong>✗" in page


def test_progress_is_a_table_of_the_tasks(monkeypatch):
    reports = {n: report.Report(n, report.REPORTS[n].title) for n in ("1.4", "1.3", "1.2", "1.1")}
    monkeypatch.setattr(report, "REPORTS", reports)
    one_neuron.why_never_four("c")
    one_neuron.nand(-20, -20, 30)
    one_neuron.nand("a", -20, 30)
    one_neuron.rows_right(...)
    table, stand = report.progress(), [report.WRONG, report.OPEN, report.UNCHECKED, report.RIGHT]
    *lines, summary = repr(table).splitlines()
    for number, line, status in zip(sorted(reports), lines, stand, strict=True):
        assert line.startswith(f"{number}  {reports[number].title} ") and line.endswith(status)
    page = table._repr_html_()
    assert summary.startswith("1 of 4 ") and f"{summary}</caption>" in page
    assert page.count('scope="row"') == 4 and page.count('scope="col"') == 3
    assert all(f">{status}</td>" in page for status in stand)


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
