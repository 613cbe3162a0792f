"""The doctor: thirty planted mistakes in ten networks that were written by different habits."""

import sys

import numpy as np
import pytest

from classroom import doctor
from classroom.checks.mistakes import gradient_of, random_network, updated
from classroom.checks.report import OPEN, RIGHT, WRONG
from xorlib.data import truth_table
from xorlib.network import Parameters, backward, objective, step

SIGMOID = "import math\nimport numpy as np\ndef s(z): return 1 / (1 + np.exp(-z))\n"
HEAD = f"{SIGMOID}def update(X, y, W1, b1, W2, b2, rate):\n"
# Each network, what the doctor must say of it, and mistakes: the text that becomes another one,
# and the words by which the doctor names the mistake.
NETWORKS = {
    "arrays": (
        """
    a1 = s(X @ W1 + b1)
    a2 = s(a1 @ W2 + b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = delta2 @ W2.T * a1 * (1 - a1)
    W2n = W2 - rate * a1.T @ delta2
    b2n = b2 - rate * delta2.sum(axis=0, keepdims=True)
    W1n = W1 - rate * X.T @ delta1
    return W1n, b1 - rate * delta1.sum(axis=0, keepdims=True), W2n, b2n
""",
        "half the sum of the squared errors",
        [
            ("delta2 @ W2.T * a1 * (1 - a1)", "delta2 @ W2.T", "hidden slope left out"),
            ("(a2 - y) * a2", "(y - a2) * a2", "uphill"),
            ("X.T @ delta1", "(X.T @ delta1).T", "hidden transposed"),
            ("delta2 @ W2.T", "(a2 - y) @ W2.T", "what goes back slope left out"),
            ("a1 @ W2", "(X @ W1 + b1) @ W2", "reads `z1`"),
        ],
    ),
    "PyTorch's shapes": (
        """
    h = s(X @ W1.T + b1)
    out = s(h @ W2.T + b2)
    g = 2 * (out - y) / y.size * out * (1 - out)
    gh = g @ W2 * h * (1 - h)
    return [W1 - rate * gh.T @ X, b1 - rate * gh.sum(0), W2 - rate * g.T @ h, b2 - rate * g.sum(0)]
""",
        "the mean of the squared errors",
        [
            ("out * (1 - out)", "s(out) * (1 - s(out))", "output made for z"),
            ("gh.sum(0)", "gh.mean(0)", "`b1` mean"),
            ("h * (1 - h)", "(1 - h * h)", "hidden tanh"),
        ],
    ),
    "loops": (
        """
    W1n, b1n, W2n, b2n = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    for x, t in zip(X, y):
        h = []
        for j in range(len(b1)):
            h.append(1 / (1 + math.exp(-(W1[0][j] * x[0] + W1[1][j] * x[1] + b1[j]))))
        z = sum(h[j] * W2[j] for j in range(len(h))) + b2[0]
        o = 1 / (1 + math.exp(-z))
        d = 2 * (o - t) * o * (1 - o)
        b2n[0] -= rate * d
        for j in range(len(h)):
            e = d * W2[j] * h[j] * (1 - h[j])
            W2n[j] -= rate * d * h[j]
            b1n[j] -= rate * e
            for i in range(2):
                W1n[i][j] -= rate * e * x[i]
    return W1n, b1n, W2n, b2n
""",
        "the sum of the squared errors",
        [
            ("* o * (1 - o)", "* z * (1 - z)", "output made for a"),
            ("e * x[i]", "e * h[i]", "`dW1` hidden activations"),
            ("            b1n[j] -= rate * e\n", "", "`b1` never"),
        ],
    ),
    "a class": (
        """
    net = Net(W1, b1, W2, b2)
    net.learn(X, y, rate)
    return net.W1, net.b1, net.W2, net.b2
class Net:
    def __init__(self, *weights): self.W1, self.b1, self.W2, self.b2 = weights
    def learn(self, X, y, rate):
        h = s(np.dot(X, self.W1) + self.b1)
        out = s(np.dot(h, self.W2) + self.b2)
        error = y - out
        d_out = error * out * (1 - out)
        d_h = d_out.dot(self.W2.T) * h * (1 - h)
        self.W2 = self.W2 + h.T.dot(d_out) * rate
        self.b2 = self.b2 + np.sum(d_out, axis=0, keepdims=True) * rate
        self.W1 = self.W1 + X.T.dot(d_h) * rate
        self.b1 = self.b1 + np.sum(d_h, axis=0, keepdims=True) * rate
""",
        "half the sum of the squared errors",
        [
            ("error * out", "error ** 2 * out", "squared error derivative"),
            (".dot(d_h) * rate", ".dot(d_h) * rate * rate", "`W1` rate twice"),
            ("self.b1 + np.sum(d_h", "self.b1 - np.sum(d_h", "`b1` uphill"),
        ],
    ),
    "in place": (
        """
    a = s(X @ W1 + b1)
    p = s(a @ W2 + b2)
    d = (p - y) / len(X)
    e = d @ W2.T * a * (1 - a)
    W2 -= rate * a.T @ d
    b2 -= rate * d.sum(0)
    W1 -= rate * X.T @ e
    b1 -= rate * e.sum(0)
""",
        "the mean of the cross-entropies",
        [
            (
                "    e = d @ W2.T * a * (1 - a)\n    W2 -= rate * a.T @ d\n",
                "    W2 -= rate * a.T @ d\n    e = d @ W2.T * a * (1 - a)\n",
                "*new* `w2`",
            ),
            ("    W1 -= rate", "    X *= 0.5\n    W1 -= rate", "`x` in place"),
            ("rate * e.sum(0)", "e.sum(0)", "`b1` without the learning rate"),
        ],
    ),
    "one row at a time": (
        """
    for x, t in zip(X, y):
        a = s(x @ W1 + b1[0])
        p = s(a @ W2 + b2[0])
        d = (p - t) * p * (1 - p)
        e = W2[:, 0] * d * a * (1 - a)
        W1, b1 = W1 - rate * np.outer(x, e), b1 - rate * e
        W2, b2 = W2 - rate * np.outer(a, d), b2 - rate * d
    return W1, b1, W2, b2
""",
        "after each row",
        [
            ("W2[:, 0] * d", "d", "where is `w2`"),
            ("W2[:, 0] * d", "W2[:, 0] / W2.sum() * d", "shared out"),
            ("d * a * (1 - a)", "d * (a * (1 - a)) ** 2", "hidden twice"),
        ],
    ),
    "rows are columns": (
        """
    A1 = s(W1 @ X + b1)
    A2 = s(W2 @ A1 + b2)
    m = X.shape[1]
    dZ2 = A2 - y
    dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
    W1, b1 = W1 - rate * dZ1 @ X.T / m, b1 - rate * dZ1.sum(axis=1, keepdims=True) / m
    return W1, b1, W2 - rate * dZ2 @ A1.T / m, b2 - rate * dZ2.sum(axis=1, keepdims=True) / m
""",
        "the mean of the cross-entropies",
        [
            ("W1 @ X + b1", "W1 @ X", "does not add its bias"),
            ("A1 * (1 - A1)", "1", "hidden slope left out"),
            ("dZ1 @ X.T / m", "dZ1 @ X.T", "`w1` sum"),
        ],
    ),
    "tanh": (
        """
    h = np.tanh(X @ W1 + b1)
    o = np.tanh(h @ W2 + b2)
    d = (o - y) * (1 - o**2)
    e = (d @ W2.T) * (1 - h**2)
    return W1 - rate * X.T @ e, b1 - rate * e.sum(0), W2 - rate * h.T @ d, b2 - rate * d.sum(0)
""",
        "half the sum of the squared errors",
        [
            ("(1 - h**2)", "h * (1 - h)", "hidden slope sigmoid"),
            ("(1 - o**2)", "(1 - np.tanh(o) ** 2)", "output made for z"),
            ("h.T @ d,", "h.T @ d * 3,", "`w2` 1.5 times"),
        ],
    ),
    "any number of layers": (
        """
    layers, arriving = [(W1, b1), (W2, b2)], [np.array(X)]
    for W, b in layers:
        arriving.append(s(arriving[-1] @ W + b))
    grad, new = 2 * (arriving[-1] - y) / len(y), []
    for k in (1, 0):
        W, b = layers[k]
        delta = grad * arriving[k + 1] * (1 - arriving[k + 1])
        grad = delta @ W.T
        new[:0] = [W - rate * arriving[k].T @ delta, b - rate * delta.sum(0)]
    return new
""",
        "the mean of the squared errors",
        [
            ("b - rate * delta.sum(0)", "b - rate * delta", "entry for each row"),
            ("b - rate * delta.sum(0)", "b", "`b1` and `b2` never"),
            ("for W, b in layers:\n", "for W, b in layers:\n        b = 0 * b\n", "biases missing"),
        ],
    ),
    "ReLU in 32 bits": (
        """
    X, y, W1, b1, W2, b2 = (np.float32(array) for array in (X, y, W1, b1, W2, b2))
    z = X @ W1 + b1
    h = np.maximum(z, 0)
    p = s(h @ W2 + b2)
    d = (p - y) * p * (1 - p)
    e = (d @ W2.T) * (z > 0)
    return W1 - rate * X.T @ e, b1 - rate * e.sum(0), W2 - rate * h.T @ d, b2 - rate * d.sum(0)
""",
        "half the sum of the squared errors",
        [
            ("* (z > 0)", "", "hidden slope left out"),
            ("np.maximum(z, 0)", "z", "no sigmoid"),
            ("W1 - rate * X.T @ e, b1 - rate * e.sum(0)", "W1, b1", "`w1` and `b1` never"),
        ],
    ),
}


def made(source):
    space = {}
    exec(HEAD + source.lstrip("\n"), space)
    return space["update"]


def test_mistakes_are_named_and_none_is_called_right(monkeypatch):
    missed, count = [], 0
    for name, (source, _, planted) in NETWORKS.items():
        for old, new, words in planted:
            count += 1
            monkeypatch.setattr(doctor, "SEED", 1000 * count)
            assert source.count(old) == 1, (name, old)
            update, hidden = made(source.replace(old, new)), 2 + count % 3
            said = doctor.step(update, hidden=hidden)
            assert said.status == WRONG, said
            if not all(word in said.text.lower() for word in words.lower().split()):
                missed.append((name, new, words, said.text))
    assert count >= 30 and len(missed) <= 3, missed


@pytest.mark.parametrize("name", NETWORKS)
def test_a_right_network_is_called_right_with_its_loss(name, monkeypatch):
    source, loss, _ = NETWORKS[name]
    for seed in (0, 50, 100):
        monkeypatch.setattr(doctor, "SEED", seed)
        said = doctor.step(made(source), hidden=2 + seed // 50)
        assert said.status == RIGHT and loss in said.text, said


def test_two_mistakes_are_located():
    # b1 alone is wrong in two ways.
    source = NETWORKS["arrays"][0].replace(
        "b1 - rate * delta1.sum(axis=0,", "b1 - delta1.max(axis=0,"
    )
    said = doctor.step(made(source))
    assert said.status == WRONG and "`b1` again" in said.text and "`W1`, `W2` and `b2`" in said.text


def test_the_loss_that_is_meant_decides_about_the_output_units_slope():
    crossed, squared = made(NETWORKS["in place"][0]), made(NETWORKS["arrays"][0])
    for update, meant, other in (
        (crossed, "cross_entropy", "squared_error"),
        (squared, "squared_error", "cross_entropy"),
    ):
        assert doctor.step(update, loss=meant).status == RIGHT
        assert doctor.step(update, loss=other).status == WRONG


def test_the_plain_step_is_that_of_xorlib():
    X, y, *weights = random_network(8, hidden=3, rows=6)
    network, gradient = Parameters(*weights), gradient_of(X, y, *weights)
    for mine, theirs in zip(gradient, backward(network, X, y).arrays, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)
    after = step(network, backward(network, X, y), 0.3).arrays
    for mine, theirs in zip(updated(X, y, *weights, 0.3), after, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def forever(*given):
    return forever(*given)


ODD = [
    *(None, 3, "step", len, forever, lambda: 1, lambda *given: print(given)),
    *(lambda *given: sys.exit(), lambda *given: given, lambda *given: given[2:5]),
    *(
        lambda *given: [np.nan] * 4,
        lambda *given: [[1, [2]]] * 4,
        lambda *given: given[0] @ given[0],
    ),
    lambda *given: np.random.default_rng().normal(size=(4, 2)),
    lambda *given: [np.random.default_rng().normal(size=array.shape) for array in given[2:6]],
    lambda *given: {"W1": 1},
]


def test_nothing_that_a_step_does_ends_in_a_traceback(capsys):
    said = [doctor.step(odd) for odd in ODD]
    assert capsys.readouterr().out == ""
    said += [
        doctor.gradient(odd, odd, parameters) for odd in ODD for parameters in ([np.ones(2)], 3)
    ]
    assert all(each.status == WRONG and each.text.endswith((".", "?", ")")) for each in said), said
    assert doctor.step(lambda *given: ...).status == OPEN


X, Y, *WEIGHTS = random_network(3, hidden=3)


def loss_of(*weights):
    return objective(Parameters(*weights), X, Y)


def test_a_gradient_is_compared_entry_by_entry():
    right = gradient_of(X, Y, *WEIGHTS)
    for given in (right, lambda *weights: gradient_of(X, Y, *weights)):
        assert doctor.gradient(loss_of, given, WEIGHTS).status == RIGHT
    assert (
        doctor.gradient(lambda *weights: np.float32(loss_of(*weights)), right, WEIGHTS).status
        == RIGHT
    )
    assert (
        doctor.gradient(lambda w: np.abs(w).sum(), np.sign, [np.array([0, 1.5, -2])]).status
        == RIGHT
    )
    assert "13 entries" in doctor.gradient(lambda *w: loss_of(*w) / 4, right, WEIGHTS).text
    wrong = [array.copy() for array in right]
    wrong[0][1, 2] *= -2
    wrong[2][1, 0] *= 5
    said = doctor.gradient(loss_of, wrong, WEIGHTS).text
    assert all(
        part in said for part in ("[1, 2] of array 0", "-2 times", "[1, 0] of array 2", "5 times")
    )
    assert (
        str((3, 1))
        in doctor.gradient(loss_of, [*right[:2], np.ones((2, 2)), right[3]], WEIGHTS).text
    )


def test_a_keras_model_is_told_its_trap_or_its_diagnosis():
    from xorlib import keras_model

    import keras  # isort: skip

    def said(activation="sigmoid", loss="binary_crossentropy", units=1, **given):
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "relu")])
        model.add(keras.layers.Dense(units, activation))
        model.compile(keras.optimizers.SGD(0.3), loss)
        return doctor.model(model, **given)

    rows, _ = truth_table()
    softly = keras.losses.BinaryCrossentropy(from_logits=True)
    traps = [
        (said("softmax"), "sigmoid"),
        (said("softmax", units=2), "softmax"),
        (said(loss=softly), "`from_logits`"),
        (said(None), "linear"),
        (said(X=[0, 1]), "(1, 2)"),
        (said(X=rows, y=[-1, 1, 1, -1]), "-1"),
        (doctor.model(3), "Keras"),
    ]
    split = keras_model.build(0)
    split.fit(rows, np.array([[0.0], [1], [1], [0]]), validation_split=0.25, verbose=0)
    traps.append((doctor.model(split), "`validation_split`"))
    for report, word in traps:
        assert report.status == WRONG and word in report.text, report
    for W1, outcome in ((np.ones((2, 2)), RIGHT), (np.zeros((2, 2)), WRONG)):
        model = keras_model.build(0)
        model.set_weights([W1, np.array([0, -1]), np.array([[20.0], [-40]]), np.array([-10.0])])
        report = doctor.model(model)
        assert report.status == outcome and ("50%" in report.text) == (outcome == WRONG), report
