"""Each check of the exercises: right, blank, every known mistake, and a hundred odd answers."""

from fractions import Fraction

import keras
import numpy as np
import pytest

from xorlib import checks
from xorlib.checks import inside, luck, report
from xorlib.data import truth_table
from xorlib.ensemble import predict_ensemble, starts, train_ensemble, wilson_interval
from xorlib.network import Parameters, uniform_parameters
from xorlib.training import train

X, y = truth_table("xor")
PROOF = {"00": ">", "01": "<", "10": "<", "11": ">", "00 + 11": ">", "01 + 10": "<"}
EQUAL = Parameters(np.full((2, 2), 0.5), np.full((1, 2), 0.5), np.full((2, 1), 0.5), [[0.5]])
W2 = np.array([[-20.0], [20.0]])


# --- what learners write, rightly and wrongly; on purpose not the code of xorlib.checks ---
def s(z):
    return 1 / (1 + np.exp(-z))


def rows_right(w, b, X, y):
    return int(((s(X @ w + b) > 0.5) == (y > 0.5)).sum())


def tally(lines, X, y):
    result = np.zeros(5, int)
    for w1, w2, b in lines:
        result[rows_right(np.array([[w1], [w2]]), b, X, y)] += 1
    return result


def through_origin(lines, X, y):
    return tally(np.column_stack([lines[:, :2], np.zeros(len(lines))]), X, y)


def tally_list(lines, X, y):
    return [rows_right(line[:2, None], line[2], X, y) for line in lines]


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    a1 = s(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, z2, s(z2)


def forward_cut(X, W1, b1, W2, b2):
    """Write into arrays made in the likeness of X: whole numbers, if X holds such."""
    z1 = np.zeros((len(X), W1.shape[1]), dtype=X.dtype)
    z1[:] = X @ W1 + b1
    return z1, s(z1), s(z1) @ W2 + b2, s(s(z1) @ W2 + b2)


def forward_in_place(X, W1, b1, W2, b2):
    result = forward(X, W1, b1, W2, b2)
    W1 *= 2
    return result


def output_gradients(a1, a2, y):
    delta2 = (a2 - y) * a2 * (1 - a2)
    return a1.T @ delta2, delta2.sum(axis=0, keepdims=True)


def hidden_gradients(X, W2, a1, delta2):
    delta1 = delta2 @ W2.T * a1 * (1 - a1)
    return X.T @ delta1, delta1.sum(axis=0, keepdims=True)


def gradients(X, y, W1, b1, W2, b2):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    dW2, db2 = output_gradients(a1, a2, y)
    return (*hidden_gradients(X, W2, a1, (a2 - y) * a2 * (1 - a2)), dW2, db2)


def update(X, y, W1, b1, W2, b2, rate):
    new = zip((W1, b1, W2, b2), gradients(X, y, W1, b1, W2, b2), strict=True)
    return tuple(p - rate * g for p, g in new)


def update_w2_first(X, y, W1, b1, W2, b2, rate):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    W2 = W2 - rate * a1.T @ delta2
    b2 = b2 - rate * delta2.sum(axis=0, keepdims=True)
    dW1, db1 = hidden_gradients(X, W2, a1, delta2)
    return W1 - rate * dW1, b1 - rate * db1, W2, b2


def update_in_place(X, y, W1, b1, W2, b2, rate):
    steps = gradients(X, y, W1, b1, W2, b2)
    for p, g in zip((W1, b1, W2, b2), steps, strict=True):
        p -= rate * g
    return W1, b1, W2, b2


def looped(update=update, loss=np.mean, note_after=False, keep=True):
    def train(W1, b1, W2, b2, learning_rate, epochs):
        losses = []
        for _ in range(epochs):
            if not note_after:
                losses.append(loss((forward(X, W1, b1, W2, b2)[-1] - y) ** 2))
            new = update(X, y, W1, b1, W2, b2, learning_rate)
            if keep:
                W1, b1, W2, b2 = new
            if note_after:
                losses.append(loss((forward(X, W1, b1, W2, b2)[-1] - y) ** 2))
        return losses

    return train


def central(loss, w, h):
    gradient = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up, down = w.astype(float), w.astype(float)
        up[place] += h
        down[place] -= h
        gradient[place] = (loss(up) - loss(down)) / (2 * h)
    return gradient


def central_cut(loss, w, h):
    gradient = np.zeros(w.shape)
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


def central_written_into(loss, w, h):
    gradient = central(loss, w, h)
    w += 1
    return gradient


def by_entries(estimate):
    """Make an estimate for one nudge into a gradient."""

    def gradient(loss, w, h):
        result = np.zeros(w.shape)
        for place in np.ndindex(w.shape):
            e = np.zeros(w.shape)
            e[place] = h
            result[place] = estimate(loss, w, e, h)
        return result

    return gradient


def entropy(y, a):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def level(groups):
    total = 0
    for group in groups:
        p = sum(group) / len(group)
        if 0 < p < 1:
            total -= len(group) * (p * np.log(p) + (1 - p) * np.log(1 - p))
    return total / sum(len(group) for group in groups)


def per_group(cost, weigh=lambda group: len(group), over=lambda groups: sum(map(len, groups))):
    def function(groups):
        shares = [(weigh(group), sum(group) / len(group)) for group in groups]
        return sum(n * (cost(p) if 0 < p < 1 else 0.0) for n, p in shares) / over(groups)

    return function


def nats(p):
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


def level_without_care(groups):
    costs = []
    for group in groups:
        p = np.mean(group)
        costs.append(len(group) * -(p * np.log(p) + (1 - p) * np.log(1 - p)))
    return sum(costs) / sum(len(group) for group in groups)


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


def model(
    hidden="tanh", output="sigmoid", *, units=2, loss="binary_crossentropy", rate=0.3, **more
):
    """Return a function that builds a Keras model, as learners write it."""

    def build(seed):
        if more.get("seeded", True):
            keras.utils.set_random_seed(0 if more.get("fixed") else seed)
        made = keras.Sequential(
            [
                keras.Input(shape=(2,)),
                keras.layers.Dense(units, activation=hidden),
                keras.layers.Dense(1, activation=output),
            ]
        )
        optimizer = more.get("optimizer", keras.optimizers.SGD)
        if more.get("compiled", True):
            made.compile(optimizer=optimizer(learning_rate=rate), loss=loss)
        return made

    return build


def momentum(learning_rate):
    return keras.optimizers.SGD(learning_rate=learning_rate, momentum=0.9)


def dead(X, W1, b1):
    return (X @ W1 + b1).max(axis=0) <= 0


def start_with(position, value):
    values = np.full(9, 0.5)
    values[position] = value
    return Parameters(
        values[:4].reshape(2, 2),
        values[4:6].reshape(1, 2),
        values[6:8].reshape(2, 1),
        values[8:, None],
    )


TRUE_LOSSES = np.array(looped()(*uniform_parameters(42), 0.1, 10_000))
PLAIN, BIASED = wilson_interval(202, 1000), wilson_interval(451, 1000)

# For each check: the blank (what the exercise notebooks hold), the right answer, and wrong ones
# with the name of the mistake that must be recognised.
blank_function = lambda *arguments: ...  # noqa: E731
TABLE = {
    "nand": (
        (..., ..., ...),
        (-20, -20, 30),
        {
            "AND": (20, 20, -30),
            "OR": (20, 20, -10),
            "NOR": (-20, -20, 10),
            "one input": (-20, 0, 10),
            "constant": (-20, -20, 50),
            "border": (-20, -20, 20),
            "wrong": (20, -20, -10),
            "type": ("-20", -20, 30),
            "nan": (float("nan"), -20, 30),
        },
    ),
    "rows_right": (
        (blank_function,),
        (rows_right,),
        {
            "share": (lambda w, b, X, y: np.mean((s(X @ w + b) > 0.5) == y),),
            "wrong rows": (lambda w, b, X, y: len(y) - rows_right(w, b, X, y),),
            "flat": (lambda w, b, X, y: np.sum((s(X @ w[:, 0] + b) > 0.5) == y),),
            "z as a": (lambda w, b, X, y: np.sum((X @ w + b > 0.5) == y),),
            "a at 0": (lambda w, b, X, y: np.sum((s(X @ w + b) > 0) == y),),
            "only yes": (lambda w, b, X, y: np.sum(s(X @ w + b) > 0.5),),
            "equal": (lambda w, b, X, y: np.sum(s(X @ w + b) == y),),
            "constant": (lambda w, b, X, y: 2,),
            "exception": (lambda w, b, X, y: X @ w.T,),
        },
    ),
    "tally": (
        (blank_function,),
        (tally,),
        {
            "too short": (lambda lines, X, y: np.bincount(tally_list(lines, X, y)),),
            "share": (lambda lines, X, y: tally(lines, X, y) / len(lines),),
            "not counted": (tally_list,),
            "wrong rows": (lambda lines, X, y: tally(lines, X, 1 - y),),
            "no bias": (through_origin,),
            "constant": (lambda lines, X, y: np.array([0, 1, 2, 1, 0]),),
        },
    ),
    "why_never_four": (
        (...,),
        ("c",),
        {"choice a": ("a",), "choice b": ("B",), "choice d": ("d",), "type": ("because",)},
    ),
    "xnor_proof": (
        (dict.fromkeys(PROOF, ...),),
        (PROOF,),
        {
            "XOR": ({k: "<" if v == ">" else ">" for k, v in PROOF.items()},),
            "row": (PROOF | {"10": ">"},),
            "sum": (PROOF | {"00 + 11": "<"},),
            "type": (PROOF | {"01": ">="},),
        },
    ),
    "xnor_output": (
        (..., ...),
        (W2, 10.0),
        {
            "XOR": (-W2, -10.0),
            "constant": (W2, -10.0),
            "AND": (-W2[::-1] * [[0], [1]] + [[0], [40]], -10.0),
            "NOR": (np.array([[-20.0], [-20.0]]), 10.0),
            "OR": (np.array([[20.0], [20.0]]), -10.0),
            "wrong": (np.array([[20.0], [-40.0]]), 10.0),
            "shape": (np.eye(2), 10.0),
            "nan": (W2 * np.nan, 10.0),
        },
    ),
    "slope_from_activation": (
        (blank_function,),
        (lambda a: a * (1 - a),),
        {
            "z for a": (lambda a: s(a) * (1 - s(a)),),
            "activation": (s,),
            "sign": (lambda a: a * (a - 1),),
            "tanh": (lambda a: 1 - a * a,),
            "one factor": (lambda a: 1 - a,),
            "integer": (lambda a: np.multiply(a, 1 - a) + (a.dtype.kind == "i"),),
            "type": (lambda a: None,),
            "nan": (lambda a: a / 0 * 0,),
        },
    ),
    "slope_from_preactivation": (
        (blank_function,),
        (lambda z: s(z) * (1 - s(z)),),
        {
            "a for z": (lambda z: z * (1 - z),),
            "activation": (s,),
            "sign": (lambda z: s(z) * (s(z) - 1),),
            "twice": (lambda z: s(s(z)) * (1 - s(s(z))),),
            "tanh": (lambda z: 1 - np.tanh(z) ** 2,),
            "flat": (lambda z: (s(z) * (1 - s(z))).ravel(),),
        },
    ),
    "forward_pass": (
        (blank_function,),
        (forward,),
        {
            "transposed": (lambda X, W1, b1, W2, b2: forward(X, W1.T, b1, W2, b2),),
            "no hidden sigmoid": (
                lambda X, W1, b1, W2, b2: (
                    *[X @ W1 + b1] * 2,
                    (X @ W1 + b1) @ W2 + b2,
                    s((X @ W1 + b1) @ W2 + b2),
                ),
            ),
            "no output sigmoid": (lambda *args: (*forward(*args)[:3], forward(*args)[2]),),
            "no sigmoid": (
                lambda X, W1, b1, W2, b2: (*[X @ W1 + b1] * 2, *[(X @ W1 + b1) @ W2 + b2] * 2),
            ),
            "no bias": (lambda X, W1, b1, W2, b2: forward(X, W1, 0, W2, 0),),
            "no hidden bias": (lambda X, W1, b1, W2, b2: forward(X, W1, 0, W2, b2),),
            "no output bias": (lambda X, W1, b1, W2, b2: forward(X, W1, b1, W2, 0),),
            "order": (lambda *args: tuple(forward(*args)[k] for k in (1, 0, 3, 2)),),
            "z1 passed on": (
                lambda X, W1, b1, W2, b2: (
                    *forward(X, W1, b1, W2, b2)[:2],
                    (X @ W1 + b1) @ W2 + b2,
                    s((X @ W1 + b1) @ W2 + b2),
                ),
            ),
            "integer": (forward_cut,),
            "in place": (forward_in_place,),
            "type": (lambda *args: forward(*args)[-1],),
            "exception": (lambda X, W1, b1, W2, b2: W1 @ X,),
        },
    ),
    "output_gradients": (
        (blank_function,),
        (output_gradients,),
        {
            "no slope": (lambda a1, a2, y: (a1.T @ (a2 - y), (a2 - y).sum(0, keepdims=True)),),
            "sign": (lambda *args: tuple(-part for part in output_gradients(*args)),),
            "mean": (lambda *args: tuple(part / len(args[0]) for part in output_gradients(*args)),),
            "factor 2": (lambda *args: tuple(2 * part for part in output_gradients(*args)),),
            "z for a": (
                lambda a1, a2, y: (
                    a1.T @ ((a2 - y) * s(a2) * (1 - s(a2))),
                    ((a2 - y) * s(a2) * (1 - s(a2))).sum(axis=0, keepdims=True),
                ),
            ),
            "transposed": (
                lambda a1, a2, y: (
                    ((a2 - y) * a2 * (1 - a2)).T @ a1,
                    output_gradients(a1, a2, y)[1],
                ),
            ),
            "not summed": (
                lambda a1, a2, y: (output_gradients(a1, a2, y)[0], (a2 - y) * a2 * (1 - a2)),
            ),
            "bias mean": (
                lambda a1, a2, y: (
                    output_gradients(a1, a2, y)[0],
                    ((a2 - y) * a2 * (1 - a2)).mean(axis=0, keepdims=True),
                ),
            ),
            "flat": (
                lambda a1, a2, y: (
                    output_gradients(a1, a2, y)[0],
                    ((a2 - y) * a2 * (1 - a2)).sum(axis=0),
                ),
            ),
            "shape": (
                lambda a1, a2, y: (
                    a1.T @ ((a2 - y.ravel()) * a2),
                    output_gradients(a1, a2, y)[1],
                ),
            ),
        },
    ),
    "hidden_gradients": (
        (blank_function,),
        (hidden_gradients,),
        {
            "no slope": (
                lambda X, W2, a1, d: (X.T @ (d @ W2.T), (d @ W2.T).sum(axis=0, keepdims=True)),
            ),
            "sign": (lambda *args: tuple(-part for part in hidden_gradients(*args)),),
            "mean": (lambda *args: tuple(part / len(args[0]) for part in hidden_gradients(*args)),),
            "z for a": (
                lambda X, W2, a1, d: (
                    X.T @ (d @ W2.T * s(a1) * (1 - s(a1))),
                    (d @ W2.T * s(a1) * (1 - s(a1))).sum(axis=0, keepdims=True),
                ),
            ),
            "transposed": (
                lambda X, W2, a1, d: (
                    (d @ W2.T * a1 * (1 - a1)).T @ X,
                    hidden_gradients(X, W2, a1, d)[1],
                ),
            ),
            "not summed": (
                lambda X, W2, a1, d: (hidden_gradients(X, W2, a1, d)[0], d @ W2.T * a1 * (1 - a1)),
            ),
            "all summed": (
                lambda X, W2, a1, d: (
                    hidden_gradients(X, W2, a1, d)[0],
                    (d @ W2.T * a1 * (1 - a1)).sum(),
                ),
            ),
            "activations for inputs": (
                lambda X, W2, a1, d: (
                    a1.T @ (d @ W2.T * a1 * (1 - a1)),
                    hidden_gradients(X, W2, a1, d)[1],
                ),
            ),
            "flat": (
                lambda X, W2, a1, d: (
                    hidden_gradients(X, W2, a1, d)[0],
                    hidden_gradients(X, W2, a1, d)[1].ravel(),
                ),
            ),
            "exception": (lambda X, W2, a1, d: (X.T @ (d @ W2), 0),),
        },
    ),
    "one_update": (
        (blank_function,),
        (update,),
        {
            "sign": (lambda *args: update(*args[:6], -args[6]),),
            "updated W2": (update_w2_first,),
            "no rate": (lambda *args: update(*args[:6], 1),),
            "mean": (lambda *args: update(*args[:6], args[6] / len(args[0])),),
            "biases kept": (
                lambda *args: (update(*args)[0], args[3], update(*args)[2], args[5]),
            ),
            "first layer kept": (lambda *args: (*args[2:4], *update(*args)[2:]),),
            "unchanged": (lambda *args: args[2:6],),
            "gradients": (lambda *args: gradients(*args[:6]),),
            "in place": (update_in_place,),
        },
    ),
    "whole_loop": (
        (blank_function, ...),
        (looped(), TRUE_LOSSES),
        {
            "sum": (looped(loss=np.sum), TRUE_LOSSES),
            "half sum": (looped(loss=lambda e: np.sum(e) / 2), TRUE_LOSSES),
            "after": (looped(note_after=True), TRUE_LOSSES),
            "sign": (looped(lambda *args: update(*args[:6], -args[6])), TRUE_LOSSES),
            "updated W2": (looped(update_w2_first), TRUE_LOSSES),
            "mean": (looped(lambda *args: update(*args[:6], args[6] / 4)), TRUE_LOSSES),
            "standing still": (looped(keep=False), TRUE_LOSSES),
            "in place": (looped(update_in_place), TRUE_LOSSES),
            "trained start": (looped(), TRUE_LOSSES * 0 + 0.00254618),
            "epochs": (looped(), TRUE_LOSSES[::1000]),
            "other run": (looped(), TRUE_LOSSES * 1.01),
        },
    ),
    "central_difference": (
        (blank_function,),
        (central,),
        {
            "h for 2h": (by_entries(lambda f, w, e, h: (f(w + e) - f(w - e)) / h),),
            "forward": (by_entries(lambda f, w, e, h: (f(w + e) - f(w)) / h),),
            "backward": (by_entries(lambda f, w, e, h: (f(w) - f(w - e)) / h),),
            "not divided": (by_entries(lambda f, w, e, h: f(w + e) - f(w - e)),),
            "sign": (by_entries(lambda f, w, e, h: (f(w - e) - f(w + e)) / (2 * h)),),
            "all at once": (by_entries(lambda f, w, e, h: (f(w + h) - f(w - h)) / (2 * h)),),
            "piled up": (central_piled,),
            "integer": (central_cut,),
            "in place": (central_written_into,),
        },
    ),
    "planted_error": (
        (..., ...),
        ("b1", 0.25),
        {
            "other part": ("W2", 0.25),
            "inverse": ("b1", 4),
            "ratio": ("db1", 1),
            "type": (1, 0.25),
        },
    ),
    "rate_on_mean": (
        (...,),
        (0.2,),
        {
            "same": (0.1,),
            "inverse": (0.05,),
            "four": (0.4,),
            "factor": (2,),
            "wrong": (0.3,),
            "nan": (np.inf,),
        },
    ),
    "largest_rates": (
        (..., ...),
        (4, 16),
        {
            "swapped": (16, 4),
            "fails": (4, 32),
            "stopped early": (4, 4),
            "gap": (16, 16),
            "too small": (2, 16),
            "type": (4, 17),
        },
    ),
    "broken_symmetry": (
        (..., EQUAL),
        (start_with(0, 0.6), EQUAL),
        {
            "unchanged": (EQUAL, EQUAL),
            "several": (uniform_parameters(42), EQUAL),
            "still twins": (start_with(8, 0.0), EQUAL),
            "too alike": (start_with(0, 0.51), EQUAL),
            "in place": (start_with(0, 0.6), start_with(0, 0.6)),
            "shape": (EQUAL._replace(b1=[0.5, 0.5]), EQUAL),
            "type": (0.5, EQUAL),
            "nan": (start_with(0, np.nan), EQUAL),
        },
    ),
    "cross_entropy": (
        (blank_function,),
        (entropy,),
        {
            "sum": (lambda y, a: -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)),),
            "sign": (lambda y, a: np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)),),
            "ones only": (lambda y, a: -np.mean(y * np.log(a)),),
            "exchanged": (lambda y, a: -np.mean(y * np.log(1 - a) + (1 - y) * np.log(a)),),
            "base 2": (lambda y, a: -np.mean(y * np.log2(a) + (1 - y) * np.log2(1 - a)),),
            "base 10": (lambda y, a: -np.mean(y * np.log10(a) + (1 - y) * np.log10(1 - a)),),
            "squared": (lambda y, a: np.mean((a - y) ** 2),),
            "each row": (lambda y, a: -(y * np.log(a) + (1 - y) * np.log(1 - a)),),
            "flat": (lambda y, a: entropy(y[:, 0], a),),
            "nan": (lambda y, a: entropy(y, y),),
        },
    ),
    "parameter_count": (
        (blank_function,),
        (lambda inputs, hidden, outputs: inputs * hidden + hidden + hidden * outputs + outputs,),
        {
            "no biases": (lambda i, h, o: i * h + h * o,),
            "no output bias": (lambda i, h, o: i * h + h + h * o,),
            "no hidden bias": (lambda i, h, o: i * h + h * o + o,),
            "units": (lambda i, h, o: i + h + o,),
            "biases of inputs": (lambda i, h, o: i * h + h * o + i + h + o,),
            "one bias a layer": (lambda i, h, o: i * h + 1 + h * o + 1,),
            "constant": (lambda i, h, o: 9,),
        },
    ),
    "tanh_model": (
        (blank_function,),
        (model(),),
        {
            "relu": (model("relu"),),
            "output": (model("tanh", "tanh"),),
            "exchanged": (model("sigmoid", "tanh"),),
            "sigmoid": (model("sigmoid"),),
            "linear": (model("linear"),),
            "wrong": (model("gelu"),),
            "shape": (model(units=3),),
            "loss": (model(loss="mse"),),
            "optimiser": (model(rate=0.1),),
            "not compiled": (model(compiled=0),),
            "one seed": (model(fixed=True),),
            "no seed": (model(seeded=False),),
            "type": (lambda seed: seed,),
        },
    ),
    "relu_by_hand": (
        (...,),
        ([-1, 1, 1, -1],),
        {
            "no relu": ([3, 1, 1, -1],),
            "no output bias": ([0, 2, 2, 0],),
            "no hidden bias": ([-1, -3, -3, -5],),
            "activation": ([0.27, 0.73, 0.73, 0.27],),
            "answers": ([0, 1, 1, 0],),
            "wrong": ([-1, 1, 1, 3],),
            "shape": ([-1, 1],),
        },
    ),
    "dead_units": (
        (blank_function,),
        (dead,),
        {
            "strict": (lambda X, W1, b1: (X @ W1 + b1).max(axis=0) < 0,),
            "any": (lambda X, W1, b1: (X @ W1 + b1).min(axis=0) <= 0,),
            "alive": (lambda X, W1, b1: (X @ W1 + b1).max(axis=0) > 0,),
            "no bias": (lambda X, W1, b1: (X @ W1).max(axis=0) <= 0,),
            "weights": (lambda X, W1, b1: W1.max(axis=0) <= 0,),
            "by rows": (lambda X, W1, b1: (X @ W1 + b1).max(axis=1) <= 0,),
            "number": (lambda X, W1, b1: sum(dead(X, W1, b1)),),
            "all units": (lambda X, W1, b1: all(dead(X, W1, b1)),),
        },
    ),
    "loss_level": (
        (blank_function,),
        (level,),
        {
            "nan": (level_without_care,),
            "groups alike": (per_group(nats, lambda group: 1, len),),
            "sum": (per_group(nats, over=lambda groups: 1),),
            "sum of groups": (per_group(nats, lambda group: 1, lambda groups: 1),),
            "half": (per_group(lambda p: np.log(2)),),
            "base 2": (per_group(lambda p: nats(p) / np.log(2)),),
            "ones only": (per_group(lambda p: -p * np.log(p)),),
            "squared": (per_group(lambda p: p * (1 - p)),),
            "constant": (lambda groups: 0.4774,),
        },
    ),
    "dead_chance": (
        (blank_function,),
        (lambda hidden: 1 - (3 / 4) ** hidden,),
        {
            "all dead": (lambda h: (1 / 4) ** h,),
            "none dead": (lambda h: (3 / 4) ** h,),
            "added": (lambda h: h * 1 / 4,),
            "one alive": (lambda h: 1 - (1 / 4) ** h,),
            "half": (lambda h: 1 - (1 / 2) ** h,),
            "exactly one": (lambda h: h / 4 * (3 / 4) ** (h - 1),),
            "percent": (lambda h: 100 - 100 * (3 / 4) ** h,),
            "constant": (lambda h: 37 / 64,),
        },
    ),
    "diagnosis": (
        (blank_function,),
        (diagnose,),
        {
            "exact": (lambda loss: diagnose(loss, 1e-9),),
            "too near": (lambda loss: min(LEVELS, key=lambda name: abs(loss - LEVELS[name])),),
            "wrong": (lambda loss: "solved" if loss < 0.4 else "all rows alike",),
            "nan": (lambda loss: "solved" if np.isnan(loss) else diagnose(loss),),
            "type": (lambda loss: "stuck",),
        },
    ),
    "starts_needed": (
        (blank_function,),
        (lambda share, reach: share * (1 - share) * (1.96 / reach) ** 2,),
        {
            "no z": (lambda p, w: p * (1 - p) / w**2,),
            "z not squared": (lambda p, w: 1.96 * p * (1 - p) / w**2,),
            "whole width": (lambda p, w: 1.96**2 * p * (1 - p) / (w / 2) ** 2,),
            "not squared": (lambda p, w: 1.96**2 * p * (1 - p) / w,),
            "share only": (lambda p, w: 1.96**2 * p / w**2,),
            "root": (lambda p, w: 1.96 * (p * (1 - p)) ** 0.5 / w,),
        },
    ),
    "bias_experiment": (
        (..., ..., ...),
        (PLAIN, BIASED, "helps"),
        {
            "same": (PLAIN, PLAIN, "cannot say"),
            "swapped": (BIASED, PLAIN, "hurts"),
            "without": (wilson_interval(20, 100), BIASED, "helps"),
            "output bias": (PLAIN, wilson_interval(200, 1000), "cannot say"),
            "with": (PLAIN, wilson_interval(510, 1000), "helps"),
            "verdict": (PLAIN, BIASED, "cannot say"),
            "percent": ((17.8, 22.8), BIASED, "helps"),
            "type": (0.2, BIASED, "helps"),
        },
    ),
}  # fmt: skip
MISTAKES = [(name, kind) for name, (_, _, wrong) in TABLE.items() for kind in wrong]


@pytest.fixture(autouse=True)
def forget():
    """Let no test see what another has checked."""
    report.RESULTS.clear()


def test_the_table_has_every_check():
    assert set(TABLE) == set(checks.__all__) - {"progress", "planted_backward"}
    assert len(TABLE) == len(report.TITLES)


@pytest.mark.parametrize("name", TABLE)
def test_the_solution_is_right(name):
    for _ in range(2):  # and is so again: what a library remembers must not count
        result = getattr(checks, name)(*TABLE[name][1])
        assert result.status == "right", result
        assert "✓ Right." in repr(result)


@pytest.mark.parametrize("wrong", [{"optimizer": momentum}, {"optimizer": keras.optimizers.Adam}])
def test_another_optimiser_is_told_apart(wrong):
    assert checks.tanh_model(model(**wrong)).mistake == "optimiser"


@pytest.mark.parametrize("name", TABLE)
def test_the_blank_is_not_answered_yet(name):
    result = getattr(checks, name)(*TABLE[name][0])
    assert result.status == "open", result
    assert "Not answered yet" in repr(result)
    assert "Not answered yet" in result._repr_html_()


@pytest.mark.parametrize(("name", "kind"), MISTAKES)
def test_a_known_mistake_gets_its_own_hint(name, kind):
    result = getattr(checks, name)(*TABLE[name][2][kind])
    assert (result.status, result.mistake) == ("hint", kind), result
    assert len(result.text) > 20


@pytest.mark.parametrize("name", TABLE)
def test_hints_of_one_check_differ(name):
    texts = [getattr(checks, name)(*wrong).text for wrong in TABLE[name][2].values()]
    assert len(set(texts)) == len(texts)


# --- answers that no one foresaw ---
class Hostile:
    """An object that raises whatever is done with it."""

    def __getattribute__(self, name):
        if name == "__class__":
            return Hostile
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


class Silent(Exception):  # noqa: N818
    def __str__(self):
        raise RuntimeError("no")


def thrower(error):
    def function(*arguments):
        raise error

    return function


def always(value):
    return lambda *arguments: value


def endless(*arguments):
    return endless(*arguments)


VALUES = [
    *(None, True, False, "", "XOR", "b", "NaN", b"abc", "<b>no</b>", "`a` `b", 0, -1, 7, 10**400),
    *(1j, float("nan"), float("inf"), -float("inf"), 1e308, 0.123, [], (), {}, set(), [[]]),
    *([1, 2], [1, [2]], [[1, 2], [3]], ["a", 1], (None, None), (1, 2, 3), (1, 2, 3, 4), {"a": 1}),
    *(range(4), object(), type, int, np, Hostile(), print, len, np.zeros(0), np.zeros(3)),
    *(np.zeros((4, 4)), np.ones((2, 1)), np.full(9, np.nan), np.array(["a"]), np.array([None])),
    *(np.zeros((2, 2), bool), np.zeros((1, 1, 1)), np.array([1, 2], dtype=object), np.eye(2) * 1j),
]
FUNCTIONS = [
    *map(always, VALUES[:38]),
    *(lambda: 1, lambda *arguments: arguments, lambda *arguments: arguments[0]),
    *(lambda *arguments: np.full(np.shape(arguments[-1]), np.nan), endless, lambda a, /, *, b: 1),
    *map(thrower, [ValueError("no"), SystemExit(1), Silent(), MemoryError(), StopIteration(3)]),
    *map(thrower, [GeneratorExit(), KeyError("a"), AssertionError(), Exception("<script>`x`")]),
]


def also_right(name, answer):
    """Tell of the two odd answers that would do: any bias between 0 and 20 makes XNOR."""
    return name == "xnor_output" and type(answer) in (int, float) and 0 < answer < 20


@pytest.mark.parametrize("name", TABLE)
def test_an_odd_answer_gets_a_sentence(name):
    check, right = getattr(checks, name), TABLE[name][1]
    for answer in [*VALUES, *FUNCTIONS]:
        for position in range(len(right)):
            if name == "broken_symmetry" and position == 1:
                continue  # not the learner's
            if is_right(answer, right[position]) or also_right(name, answer):
                continue
            answers = [answer if k == position else good for k, good in enumerate(right)]
            result = check(*answers)
            assert result.status != "right", answers
            assert result.text.endswith((".", "?", ")", "`")), result.text
            assert result._repr_html_().count("<script") == 0


def is_right(answer, right):
    """Tell whether an odd answer happens to be right: there are such among the plain values."""
    try:
        alike = np.shape(answer) == np.shape(right) and bool(np.all(answer == right))
        return alike or str(answer) == str(right)
    except Exception:
        return False


def from_layers(*layers, loss="binary_crossentropy", **settings):
    """Return a function that builds a Keras model from functions that make its layers."""

    def build(seed):
        keras.utils.set_random_seed(seed)
        made = keras.Sequential([keras.Input(shape=(2,)), *(layer() for layer in layers)])
        made.compile(optimizer=keras.optimizers.SGD(learning_rate=0.3, **settings), loss=loss)
        return made

    return build


def functional(seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(shape=(2,))
    hidden = keras.layers.Dense(2, "tanh")(inputs)
    made = keras.Model(inputs, keras.layers.Dense(1, "sigmoid")(hidden))
    made.compile(keras.optimizers.SGD(0.3), keras.losses.BinaryCrossentropy())
    return made


def hidden(activation="tanh", units=2, **settings):
    return lambda: keras.layers.Dense(units, activation, **settings)


def output(activation="sigmoid"):
    return lambda: keras.layers.Dense(1, activation)


def separate(activation):
    return lambda: keras.layers.Activation(activation)


@pytest.mark.parametrize(
    "build",
    [
        functional,
        from_layers(hidden(), output(), loss="bce"),
        from_layers(hidden(), output(), loss=keras.losses.binary_crossentropy),
        from_layers(hidden(None), separate("tanh"), output(None), separate("sigmoid")),
    ],
)
def test_a_model_written_another_way_is_right(build):
    assert checks.tanh_model(build).status == "right"


@pytest.mark.parametrize(
    ("kind", "build"),
    [
        ("start", from_layers(hidden(bias_initializer="ones"), output())),
        ("start", from_layers(hidden(trainable=False), output())),
        ("loss", from_layers(hidden(kernel_regularizer="l2"), output())),
        (
            "loss",
            from_layers(hidden(), output(), loss=keras.losses.BinaryCrossentropy(from_logits=True)),
        ),
        ("optimiser", from_layers(hidden(), output(), clipnorm=0.01)),
        ("optimiser", from_layers(hidden(), output(), weight_decay=0.1)),
    ],
)
def test_a_model_that_is_not_quite_the_same_is_not_right(kind, build):
    assert checks.tanh_model(build).mistake == kind


def test_a_model_without_inputs_is_not_built_yet():
    def build(seed):
        made = keras.Sequential([hidden()(), output()()])
        made.compile(keras.optimizers.SGD(0.3), "binary_crossentropy")
        return made

    assert checks.tanh_model(build).mistake == "not built"


# Right answers in another dress.


def with_epsilon(groups):
    total = 0.0
    for group in groups:
        p = np.clip(np.mean(group), 1e-7, 1 - 1e-7)
        total -= len(group) * (p * np.log(p) + (1 - p) * np.log(1 - p))
    return total / sum(map(len, groups))


RESULT = np.zeros(5, int)  # one array for all answers


def tally_reused(lines, X, y):
    RESULT[:] = tally(lines, X, y)
    return RESULT


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("loss_level", (with_epsilon,)),
        ("cross_entropy", (lambda y, a: np.float32(-np.mean(np.log(np.where(y, a, 1 - a)))),)),
        ("cross_entropy", (lambda y, a: -np.mean(np.log(np.where(y, a, 1 - a) + 1e-8)),)),
        ("dead_chance", (lambda hidden: 1 - Fraction(3, 4) ** hidden,)),
        ("planted_error", ("b1", Fraction(1, 4))),
        ("rate_on_mean", (Fraction(1, 5),)),
        ("rate_on_mean", (np.float32(0.2),)),
        ("tally", (tally_reused,)),
        ("bias_experiment", (PLAIN, BIASED, " Helps")),
    ],
)
def test_a_right_answer_in_another_dress_is_right(name, answers):
    assert getattr(checks, name)(*answers).status == "right"


def spoils(groups):
    answer = with_epsilon(groups)
    groups[0][:] = [1]
    return answer


@pytest.mark.parametrize(
    ("name", "answers", "kind"),
    [
        ("why_never_four", ("cd",), "type"),
        ("nand", (-0.1, -0.2, 0.3), "border"),
        ("loss_level", (spoils,), "in place"),
        ("diagnosis", (lambda loss: diagnose(loss, within=0.05),), "too near"),
        ("diagnosis", (lambda loss: diagnose(loss, within=0.006),), "distance"),
        ("starts_needed", (lambda p, w: np.ceil(1.96**2 * p * (1 - p) / w**2),), "rounded up"),
        ("central_difference", (lambda loss, w, h: inside.central(loss, w, h).T,), "transposed"),
        ("tally", (lambda lines, X, y: np.histogram([1, 2]),), "type"),
    ],
)
def test_a_wrong_answer_close_to_a_right_one_is_told_apart(name, answers, kind):
    assert getattr(checks, name)(*answers).mistake == kind


def test_answers_can_be_given_by_name():
    assert checks.nand(w1=-20, w2=-20, b=30).status == "right"


def test_an_exception_is_shown_with_the_line_of_the_learner():
    def mine(X, W1, b1, W2, b2):
        return np.linalg.inv(np.zeros((2, 2)))

    result = checks.forward_pass(mine)
    assert "LinAlgError: Singular matrix" in result.text
    assert "`return np.linalg.inv(np.zeros((2, 2)))`" in result.text
    assert "Traceback" not in result.text and "/" not in result.text


def test_a_logarithm_of_zero_is_traced_to_the_group_that_causes_it():
    result = checks.loss_level(level_without_care)
    assert "targets are all equal" in result.text


def test_a_half_filled_function_is_not_answered_yet():
    def half(X, W1, b1, W2, b2):
        z1 = ...
        return z1 @ W2

    assert checks.forward_pass(half).status == "open"


def test_an_interrupted_answer_gets_a_sentence():
    result = checks.forward_pass(thrower(KeyboardInterrupt()))
    assert result.mistake == "stopped"
    assert "loop" in result.text


def test_progress_is_a_table_of_the_notebooks_begun():
    assert "No check" in repr(checks.progress())
    checks.nand(-1, -1, 1.5)
    checks.rows_right(None)
    checks.why_never_four(...)
    table = checks.progress()
    assert [word for *_, word in table.rows] == [
        *("right", "not right yet", "not checked yet", "not answered yet"),
        *["not checked yet"] * 2,
    ]
    assert repr(table).endswith("1 of 6 tasks are right.")
    page = table._repr_html_()
    assert page.count('scope="row"') == 6 and page.count('scope="col"') == 3
    assert "<caption" in page and " id=" not in page


# --- what the checks take for granted ---
def test_which_learning_rates_work():
    history = train_ensemble(
        uniform_parameters(42), X, y, learning_rate=[float(r) for r in inside.RATES], epochs=2000
    )
    works = tuple(r for r, loss in zip(inside.RATES, history.losses, strict=True) if loss < 0.01)
    assert works == inside.WORKING


@pytest.mark.parametrize(
    ("part", "solved"),
    [(None, luck.WITHOUT), ("b1", luck.WITH), ("b2", luck.OUTPUT_ONLY)],
)
def test_what_a_bias_does(part, solved):
    networks = starts(1000, seed=0)
    if part:
        networks = networks._replace(**{part: getattr(networks, part) + 0.1})
    options = {"learning_rate": 0.3, "epochs": 3000, "activation": "relu", "loss": "cross_entropy"}
    history = train_ensemble(networks, X, y, **options)
    answers = predict_ensemble(history.parameters, X, "relu")
    right = ((answers > 0.5) == (y > 0.5)).all(axis=(1, 2)).sum()
    assert abs(right - solved) <= 3  # a network or two is slow


def test_the_true_losses():
    history = train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000)
    np.testing.assert_allclose(TRUE_LOSSES, history.losses, rtol=1e-9)
