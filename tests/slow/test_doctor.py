"""The doctor: thirty planted mistakes in ten networks that were written by different habits."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from classroom import doctor
from classroom.checks.mistakes import gradient_of, random_network
from classroom.checks.report import OPEN, RIGHT, WRONG
from xorlib.network import Parameters, objective

TEXT = Path(__file__).with_name("networks.yaml").read_text(encoding="utf-8")
NETWORKS = yaml.safe_load(TEXT)


def made(code):
    space = {"math": math, "np": np, "s": lambda z: 1 / (1 + np.exp(-z))}
    exec(code, space)
    return space["update"]


def test_mistakes_are_named_and_none_is_called_right(monkeypatch):
    missed, count = [], 0
    for name, network in NETWORKS.items():
        for words, old, new in network["mistakes"]:
            count += 1
            monkeypatch.setattr(doctor, "SEED", 1000 * count)
            assert network["code"].count(old) == 1, (name, old)
            update, hidden = made(network["code"].replace(old, new)), 2 + count % 3
            said = doctor.step(update, hidden=hidden)
            assert said.status == WRONG, said
            if not all(word in said.text.lower() for word in words.lower().split()):
                missed.append((name, new, words, said.text))
    assert count >= 30 and len(missed) <= 3, missed


@pytest.mark.parametrize("name", NETWORKS)
def test_a_right_network_is_called_right_with_its_loss(name, monkeypatch):
    for seed in (0, 50, 100):
        monkeypatch.setattr(doctor, "SEED", seed)
        said = doctor.step(made(NETWORKS[name]["code"]), hidden=2 + seed // 50)
        assert said.status == RIGHT and NETWORKS[name]["loss"] in said.text, said


def test_two_mistakes_are_located():
    # b1 alone is wrong in two ways.
    said = doctor.step(made(NETWORKS["arrays"]["code"].replace("rate * delta1.sum", "delta1.max")))
    assert said.status == WRONG and "`b1` again" in said.text and "`W1`, `W2` and `b2`" in said.text


def test_the_loss_that_is_meant_decides_about_the_output_units_slope():
    crossed, squared = (made(NETWORKS[name]["code"]) for name in ("in place", "arrays"))
    for update, meant, other in (
        (crossed, "cross_entropy", "squared_error"),
        (squared, "squared_error", "cross_entropy"),
    ):
        assert doctor.step(update, loss=meant).status == RIGHT
        assert doctor.step(update, loss=other).status == WRONG


def forever(*given):
    return forever(*given)


ODD = [
    *(None, 3, "step", len, forever, lambda: 1, lambda *given: print(given)),
    *(lambda *given: sys.exit(), lambda *given: given, lambda *given: given[2:5]),
    *(lambda *given: [np.nan] * 4, lambda *given: [[1, [2]]] * 4, lambda *given: {"W1": 1}),
    *(lambda *given: given[0] @ given[0], lambda *given: RANDOM.normal(size=(4, 2))),
    lambda *given: [RANDOM.normal(size=array.shape) for array in given[2:6]],
]
RANDOM = np.random.default_rng()


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
    wrong = [array.copy() for array in right]
    wrong[0][1, 2] *= -2
    wrong[2][1, 0] *= 5
    for loss, given, parameters, told in [
        (loss_of, right, WEIGHTS, ""),
        (loss_of, lambda *weights: gradient_of(X, Y, *weights), WEIGHTS, ""),
        (lambda *weights: np.float32(loss_of(*weights)), right, WEIGHTS, ""),
        (lambda w: np.abs(w).sum(), np.sign, [np.array([0, 1.5, -2])], ""),
        (lambda *weights: loss_of(*weights) / 4, right, WEIGHTS, "13 entries"),
        (loss_of, wrong, WEIGHTS, "[1, 2] of array 0|-2 times|[1, 0] of array 2|5 times"),
        (loss_of, [*right[:2], np.ones((2, 2)), right[3]], WEIGHTS, "(3, 1)"),
    ]:
        said = doctor.gradient(loss, given, parameters)
        assert said.status == (WRONG if told else RIGHT), said
        assert all(part in said.text for part in told.split("|")), said
