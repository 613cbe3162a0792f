"""The network, in its module's order: activations, starts, forward pass, losses, backpropagation.

Its story is the book's: a network written down by hand solves XOR, and the gradient is the slope
that one finds by nudging.
"""

import math

import numpy as np
import pytest

from tests.networks import assert_same, central_differences, network, normal_parameters
from xorlib.data import truth_table
from xorlib.ensemble import stack
from xorlib.network import (
    ACTIVATIONS,
    LOSSES,
    Parameters,
    backward,
    forward,
    glorot_parameters,
    objective,
    predict,
    sigmoid,
    step,
    uniform_parameters,
)

X, y = truth_table()
LARGEST = np.finfo(np.float64).max

# In this file a warning is an error, except where a test says otherwise.
pytestmark = pytest.mark.filterwarnings("error")


def test_relu_solution_of_deep_learning_6_1_gives_xor_exactly():
    # Goodfellow, Bengio and Courville. Their output unit is linear: it is z2 that equals XOR,
    # exactly, as all numbers are small integers. The hidden values are those printed in the book.
    solution = network([[1, 1], [1, 1]], (0, -1), (1, -2), 0, "relu")
    state = forward(solution, X)
    np.testing.assert_array_equal(state.a1, [[0, 0], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(state.z2, y)


def test_sigmoid_is_right_for_every_finite_float():
    def exact(z):  # the branch whose exponential cannot overflow
        small = math.exp(-abs(z))
        return (1 if z >= 0 else small) / (1 + small)

    edges = [0.0, -0.0, 5e-324, -5e-324, LARGEST, -LARGEST, -709.7, -709.8, -745, 36, 37, 710]
    z = np.sort(np.concatenate([np.linspace(-800, 800, 4001), edges]))
    with np.errstate(over="ignore"):
        a, mirrored = sigmoid(z), sigmoid(-z)
    # Three roundings (exp, sum, quotient) leave an error of a few units in the last place,
    # 2e-16 each. Below -709.8 the answer is 0, within 1e-308 of the truth.
    np.testing.assert_allclose(a, [exact(value) for value in z], rtol=1e-15, atol=1e-308)
    np.testing.assert_allclose(a + mirrored, 1, rtol=0, atol=3e-16)
    assert (np.diff(a) >= 0).all() and sigmoid(0.0) == 0.5
    assert ACTIVATIONS["sigmoid"].derivative_from_activation(0.5) == 0.25  # the steepest
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert sigmoid(-710) == 0


def test_relu_and_leaky_relu_switch_at_zero():
    z = np.array([-LARGEST, -1, -5e-324, -0.0, 0, 5e-324, 2.5, LARGEST])
    relu, leaky = ACTIVATIONS["relu"], ACTIVATIONS["leaky_relu"]
    np.testing.assert_array_equal(relu.function(z), [0, 0, 0, 0, 0, *z[5:]])
    np.testing.assert_array_equal(leaky.function(z), [-0.2 * LARGEST, -0.2, 0, 0, *z[4:]])
    # At 0 itself there is no derivative; by custom, and in Keras, it is the left side's.
    on = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    slopes = (f.derivative_from_activation(f.function(z)) for f in (relu, leaky))
    np.testing.assert_array_equal([*slopes], [on, np.where(on, 1, 0.2)])


def test_starts_have_the_networks_shapes_and_depend_on_their_seed_alone():
    for start, activation in ((uniform_parameters, "sigmoid"), (glorot_parameters, "relu")):
        for hidden in (1, 2, 5):
            np.random.seed(0)
            parameters, other = start(3, hidden), start(4, hidden)
            assert np.random.uniform() == np.random.RandomState(0).uniform()  # left alone
            shapes = [array.shape for array in parameters.arrays]
            assert shapes == [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
            assert_same(parameters, start(3, hidden=hidden))
            assert (parameters.W1 != other.W1).all() and (parameters.W2 != other.W2).all()
        assert start(0).W1.shape == (2, 2) and start(0).activation == activation
    leaky = glorot_parameters(3, activation="leaky_relu")
    assert_same(leaky, glorot_parameters(3)._replace(activation="leaky_relu"))


BENDS = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.2 * z,
}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_forward_equals_the_sums_written_out(activation):
    bend = BENDS[activation]
    p, inputs = normal_parameters(0, 5, activation), np.random.default_rng(0).normal(size=(7, 2))
    state = forward(p, inputs)
    for row, (x1, x2) in enumerate(inputs):
        z1 = [x1 * p.W1[0, j] + x2 * p.W1[1, j] + p.b1[0, j] for j in range(5)]
        a1 = [bend(z) for z in z1]
        z2 = sum(a1[j] * p.W2[j, 0] for j in range(5)) + p.b2[0, 0]
        for ours, theirs in zip(state, (z1, a1, [z2], [1 / (1 + math.exp(-z2))]), strict=True):
            # Sums of at most six terms of order 1: a few units in the last place.
            np.testing.assert_allclose(ours[row], theirs, rtol=0, atol=1e-14)
    np.testing.assert_array_equal(predict(p, inputs), state.a2)


def test_a_stack_answers_for_each_of_its_networks():
    networks = [normal_parameters(seed, 3, "leaky_relu") for seed in range(4)]
    together = stack(networks)
    for k, alone in enumerate(networks):
        for ours, theirs in zip(forward(together, X), forward(alone, X), strict=True):
            np.testing.assert_allclose(ours[k], theirs, rtol=0, atol=1e-14, strict=True)
    # A network that has diverged answers NaN; the others still answer.
    together.W1[2] = np.inf
    answers = predict(together, X)
    assert np.isnan(answers[2, 0]) and np.isfinite(answers[[0, 1, 3]]).all()


def test_the_losses_are_the_textbooks():
    squared, entropy = LOSSES["squared_error"], LOSSES["cross_entropy"]
    p = normal_parameters(42)
    z, a = forward(p, X)[2:]
    # The mean is printed, half the sum is what is minimised.
    errors = [float(target - answer) ** 2 for target, answer in zip(y.flat, a.flat, strict=True)]
    assert squared.printed(z, a, y) == pytest.approx(sum(errors) / 4, rel=1e-15)
    assert objective(p, X, y) == pytest.approx(sum(errors) / 2, rel=1e-15)
    textbook = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    assert entropy.printed(z, a, y) == pytest.approx(textbook, rel=1e-14)
    assert objective(p, X, y, "cross_entropy") == pytest.approx(textbook, rel=1e-14)
    # It stays exact where the answer rounds to 0 or 1.
    sure = 1000 * (2 * y - 1)
    with np.errstate(over="ignore"):
        right, wrong = (entropy.printed(z, sigmoid(z), y) for z in (sure, -sure))
    assert (right, wrong) == (0, 1000)


# The truncation error is step² times a third derivative of order 1, the rounding error is
# 1e-16 / step: each about 1e-11, in sums of up to six rows.
MEASURED = {"rtol": 1e-9, "atol": 2e-10}


@pytest.mark.parametrize("loss", LOSSES)
def test_backward_agrees_with_central_differences(loss):
    for activation in ACTIVATIONS:
        active = []
        for p in (normal_parameters(seed, h, activation) for seed in range(4) for h in range(1, 6)):
            z1 = forward(p, X).z1
            # A difference across ReLU's kink is the slope of neither side. A nudge of 1e-5 moves
            # z1 by as much at most; these starts keep clear of the kink.
            assert np.abs(z1).min() > 1e-3 or activation in ("sigmoid", "tanh")
            active.extend((z1 > 0).flat)
            measured = central_differences(lambda q: objective(q, X, y, loss), p)
            assert_same(backward(p, X, y, loss), measured, **MEASURED)
        assert 0.2 < np.mean(active) < 0.8  # units on and off
    # Other rows, soft targets, three inputs.
    rng = np.random.default_rng(9)
    rows, targets = rng.normal(size=(6, 3)), rng.uniform(size=(6, 1))
    p = normal_parameters(1, hidden=4, inputs=3)
    before = rows.copy(), targets.copy()
    measured = central_differences(lambda q: objective(q, rows, targets, loss), p)
    assert_same(backward(p, rows, targets, loss), measured, **MEASURED)
    # The arguments are left unchanged.
    assert_same(p, normal_parameters(1, hidden=4, inputs=3))
    assert np.array_equal(rows, before[0]) and np.array_equal(targets, before[1])


def test_a_step_goes_against_the_gradient_and_changes_nothing_in_place():
    rows = truth_table()[0]
    for p in (normal_parameters(1), stack([normal_parameters(k, 3, "relu") for k in range(2)])):
        gradient = p._replace(W1=p.W1 + 1, b1=p.b1 - 2, W2=3 * p.W2, b2=p.b2 * 0)
        before = p._replace(W1=p.W1.copy())
        moved = step(p, gradient, 0.25)
        assert_same(p, before)
        expected = (p.W1 * 0.75 - 0.25, p.b1 * 0.75 + 0.5, p.W2 * 0.25, p.b2)
        assert_same(moved, Parameters(*expected, p.activation), atol=1e-15)
        assert predict(moved, rows).shape == predict(p, rows).shape
