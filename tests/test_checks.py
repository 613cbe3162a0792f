"""Each check of the exercises: right, blank, every known mistake, and answers nobody foresaw."""

import inspect
import math
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from classroom.checks import (
    beyond,
    from_scratch,
    in_keras,
    inside,
    one_neuron,
    report,
    stuck,
    yours,
)
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


def update_by_error(X, y, W1, b1, W2, b2, rate):
    _, a1, _, a2 = forward(X, W1, b1, W2, b2)
    gradient = *both(X, d1(W2, a1, a2 - y)), *both(a1, a2 - y)
    return tuple(p - rate * g for p, g in zip((W1, b1, W2, b2), gradient, strict=True))


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


@cache
def losses():
    return np.array(loop()(*uniform_parameters(42).arrays, 0.1, 10_000))


RATIO = (forward(X, *START.arrays)[-1] - y).sum() / gradients(X, y, *START.arrays)[3].item()


def by(x, *sets):
    return tuple((rows - x.mean(axis=0)) / x.std(axis=0) for rows in sets)


def first_rise(epochs, validation, test):
    k = next(k for k in range(len(test)) if validation[k + 1] > validation[k])
    return epochs[k], test[k]


TABLE = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
CHECKS = {
    name: check
    for module in (one_neuron, from_scratch, inside, in_keras, stuck, beyond, yours)
    for name, check in vars(module).items()
    if inspect.isfunction(check) and (check.__doc__ or "").startswith("Check ")
}


def answer_of(key, text):
    """Return what an answer in the table stands for, as a check's arguments."""
    _, _, takes = key.removesuffix(")").partition("(")
    answer = eval(f"lambda {takes}: {text}" if takes else text, globals())
    return answer if isinstance(answer, tuple) else (answer,)


def judged(key, text):
    """Return the report on an answer in the table."""
    return CHECKS[key.partition("(")[0]](*answer_of(key, text))


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
    known, answers = hints_of(CHECKS[key.partition("(")[0]]), TABLE[key]
    for answer in answers["right"]:
        assert judged(key, answer).status == report.RIGHT, answer
    mistakes = [judged(key, answer) for answer in answers.get("mistakes", [])]
    told = [mistake.text for mistake in mistakes]
    assert list(dict.fromkeys(told)) == [hint for hint in known if hint in told]
    # The mistakes of an update, made in a loop, are those of the task before.
    assert set(known) == set(told) or key == "whole_loop"
    others = [[judged(key, text) for text in texts] for _, *texts in answers.get("others", [])]
    for (name, *_), reports in zip(answers.get("others", []), others, strict=True):
        assert all(name in repr(each) for each in reports), reports
    assert {each.status for each in sum(others, mistakes)} <= {report.WRONG}
    assert len({*known, *(first.text for first, *_ in others)}) == len(known) + len(others)


@pytest.mark.parametrize("key", TABLE)
def test_a_blank_is_not_answered_yet(key):
    name, _, takes = key.partition("(")
    count = len(inspect.signature(CHECKS[name]).parameters)
    for dots in [..., "...", " … ", ""]:
        answer = (lambda *args, dots=dots: dots) if takes else dots
        for answers in [[dots] * count, [answer, *[dots] * count]]:
            result = CHECKS[name](*answers[:count])
            assert result.status == report.OPEN and "<code>...</code>" in result._repr_html_()


class Unprintable:
    def __repr__(self):
        raise ValueError


endless = [1]
endless.append(endless)
ODD = [
    *(None, True, False, "XOR", "<b>no</b>", "`a` `b", -7, 10**400, 1j, 1e308, float("nan")),
    *(float("inf"), [], (), {}, set(), [[]], [1, [2]], ["a", 1], (None, None), (1, 2, 3)),
    *({"a": 1}, object(), int, np, len, np.zeros(0), np.zeros(3), np.zeros((4, 4)), "c" * 99),
    *(np.full(9, np.nan), np.array(["a"]), np.zeros((2, 2), bool), np.array([None])),
    *([1, 2, 3, 4], np.eye(2) * 1j, HALF._replace(b1=0.5), Unprintable(), endless),
]
ERRORS = ValueError(), KeyError("a"), RecursionError(), SystemExit(), Exception("<script>`x`")
ODD_FUNCTIONS = [
    *ODD[::5],  # in the place of a function
    *(lambda *args, value=value: value for value in ODD),
    *(lambda: 1, lambda *args: args, lambda *args: args[0], lambda a, /, *, b: 1),
    *map(thrower, ERRORS),
]


@pytest.mark.parametrize("key", TABLE)
def test_an_odd_answer_gets_a_hint(key):
    name, right = key.partition("(")[0], answer_of(key, TABLE[key]["right"][0])
    given = {"planted_error": 0, "broken_symmetry": 1}.get(name)  # not the learner's
    for position in {*range(len(right))} - {given}:
        for odd in ODD_FUNCTIONS if callable(right[position]) else ODD:
            answers = tuple(odd if k == position else good for k, good in enumerate(right))
            result = CHECKS[name](*answers)
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


@pytest.mark.parametrize(
    ("mistake", "cause"),
    [
        (lambda a: a ^ 2, "`a**2`"),
        (lambda a: math.exp(a), "`np.exp`"),
        (lambda a: a if a > 0 else -a, "`np.where`"),
        (lambda a: a @ a, "`.T`"),
        (lambda a: [0][len(a)], "places"),
        (lambda a: exit(), "`return`"),
    ],
)
def test_what_usually_stops_a_newcomers_line_is_told_with_its_cause(mistake, cause):
    assert cause in from_scratch.slope_from_activation(mistake).text


def test_a_product_that_holds_for_one_output_alone_is_right_and_told_so():
    key = "hidden_gradients(X, W2, a1, delta2)"
    told = ["`*`" in judged(key, answer).text for answer in TABLE[key]["right"]]
    assert told == [False, True]


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


def test_progress_is_a_table_of_the_tasks(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # where it writes a file
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
