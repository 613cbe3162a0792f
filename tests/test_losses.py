"""The two losses: what is printed, what is minimised, where backpropagation starts."""

import math

import numpy as np
import pytest

from xorlib.data import truth_table
from xorlib.losses import LOSSES
from xorlib.network import sigmoid

y = truth_table()[1]
z = np.array([[0.3], [-1.2], [2.5], [-0.4]])


def entropy(p):
    """Return H(p) = -p ln p - (1 - p) ln(1 - p), in nats."""
    return -p * math.log(p) - (1 - p) * math.log(1 - p)


def test_squared_error_prints_the_mean_and_minimises_half_the_sum():
    loss, a = LOSSES["squared_error"], sigmoid(z)
    errors = [float(target - answer) ** 2 for target, answer in zip(y.flat, a.flat, strict=True)]
    assert loss.printed(z, a, y) == pytest.approx(sum(errors) / 4, rel=1e-15)
    assert loss.objective(z, a, y) == pytest.approx(sum(errors) / 2, rel=1e-15)
    assert loss.printed(np.zeros((4, 1)), np.full((4, 1), 0.5), y) == 0.25


def test_cross_entropy_is_the_textbook_formula():
    a = sigmoid(z)
    textbook = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    assert LOSSES["cross_entropy"].printed(z, a, y) == pytest.approx(textbook, rel=1e-14)
    assert LOSSES["cross_entropy"].objective(z, a, y) == pytest.approx(textbook, rel=1e-14)


@pytest.mark.parametrize(
    ("p", "level"),
    [
        ((1 / 2, 1 / 2, 1 / 2, 1 / 2), math.log(2)),
        ((1 / 2, 1 / 2, 1, 0), math.log(2) / 2),
        ((1 / 3, 1, 1 / 3, 1 / 3), 3 / 4 * entropy(1 / 3)),
        ((0, 1, 1, 0), 0),
    ],
)
def test_cross_entropy_of_the_levels_on_which_a_network_can_end(p, level):
    # An answer of 0 or 1 is a logit of -100 or 100 here, which leaves exp(-100) = 4e-44.
    logits = [{0: -100.0, 1: 100.0}.get(q) or math.log(q / (1 - q)) if q != 0.5 else 0 for q in p]
    logits = np.array(logits).reshape(4, 1)
    loss = LOSSES["cross_entropy"].printed(logits, sigmoid(logits), y)
    assert loss == pytest.approx(level, rel=1e-14, abs=1e-40)


@pytest.mark.filterwarnings("error")
def test_cross_entropy_stays_exact_where_the_answer_rounds_to_0_or_1():
    sure = np.array([[-1000.0], [1000.0], [1000.0], [-1000.0]])
    right, wrong = (LOSSES["cross_entropy"].printed(s, sigmoid(s), y) for s in (sure, -sure))
    assert (right, wrong) == (0, 1000)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("rows", [1, 3, 4])
def test_delta_is_the_slope_of_the_objective(name, rows):
    loss, step = LOSSES[name], 1e-5
    logits, targets = z[:rows], y[:rows]
    slopes = np.empty_like(logits)
    for row in range(rows):
        nudge = step * (np.arange(rows) == row).reshape(-1, 1)
        up, down = (
            loss.objective(moved, sigmoid(moved), targets)
            for moved in (logits + nudge, logits - nudge)
        )
        slopes[row] = (up - down) / (2 * step)
    # Truncation (step²) and rounding (1e-16 / step) both stay near 1e-11.
    np.testing.assert_allclose(loss.delta(sigmoid(logits), targets), slopes, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", LOSSES)
def test_a_stack_of_networks_gets_one_printed_loss_each(name):
    stack = np.stack([z, 2 * z, -z])
    each = [LOSSES[name].printed(one, sigmoid(one), y) for one in stack]
    np.testing.assert_allclose(LOSSES[name].printed(stack, sigmoid(stack), y), each, rtol=1e-15)
