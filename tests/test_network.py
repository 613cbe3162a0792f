"""Parameters, the forward pass and backpropagation."""

import numpy as np
import pytest

from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.losses import LOSSES
from xorlib.network import (
    Parameters,
    backward,
    forward,
    glorot_parameters,
    objective,
    predict,
    uniform_parameters,
)

X, y = truth_table()


def network(W1, b1, W2, b2):
    """Return `Parameters` from plain lists of numbers."""
    return Parameters(
        np.array(W1, dtype=float),
        np.array([b1], dtype=float),
        np.array(W2, dtype=float).reshape(-1, 1),
        np.array([[b2]], dtype=float),
    )


# Goodfellow, Bengio and Courville, Deep Learning, section 6.1.
RELU_SOLUTION = network([[1, 1], [1, 1]], (0, -1), (1, -2), 0)


def test_uniform_parameters_are_part_ones_start():
    np.random.seed(42)  # as the original did, on the global generator
    original = [np.random.uniform(size=shape) for shape in ((2, 2), (1, 2), (2, 1), (1, 1))]
    for ours, theirs in zip(uniform_parameters(42), original, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert uniform_parameters(42).W1[0, 0] == pytest.approx(0.3745401188473625, rel=1e-15)


@pytest.mark.parametrize("start", [uniform_parameters, glorot_parameters])
@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_starts_have_the_networks_shapes_and_follow_their_seed(start, hidden):
    parameters = start(3, hidden)
    shapes = [array.shape for array in parameters]
    assert shapes == [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    again, other = start(3, hidden=hidden), start(4, hidden)
    np.testing.assert_array_equal(parameters.W1, again.W1)
    assert (parameters.W1 != other.W1).all() and (parameters.W2 != other.W2).all()


def test_starts_leave_the_global_generator_alone():
    np.random.seed(0)
    expected = np.random.uniform()
    np.random.seed(0)
    uniform_parameters(1)
    glorot_parameters(1)
    assert np.random.uniform() == expected


@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_glorot_weights_fill_their_range_and_biases_are_zero(hidden):
    starts = [glorot_parameters(seed, hidden) for seed in range(1000)]
    assert not any(start.b1.any() or start.b2.any() for start in starts)
    for weights, fans in (("W1", 2 + hidden), ("W2", hidden + 1)):
        drawn = np.concatenate([getattr(start, weights).ravel() for start in starts])
        limit = np.sqrt(6 / fans)
        # 1000 and more uniform draws: the largest is within 1 % of the limit but for a chance
        # of 0.99^1000 = 4e-5, and the mean within 4 standard errors of 0.
        assert 0.99 * limit < drawn.max() < limit and -limit <= drawn.min() < -0.99 * limit
        assert abs(drawn.mean()) < 4 * limit / np.sqrt(3 * drawn.size)


def test_steep_or_and_and_units_give_xor_exactly():
    # h1 = OR, h2 = AND, output = h1 and not h2. With a slope of 2000 every pre-activation is
    # 1000 or more away from 0, where the sigmoid is 0 or 1 to the last bit.
    s = 2000
    solution = network([[s, s], [s, s]], (-s / 2, -3 * s / 2), (s, -s), -s / 2)
    hidden = forward(solution, X).a1
    np.testing.assert_array_equal(hidden[:, :1], truth_table("or")[1])
    np.testing.assert_array_equal(hidden[:, 1:], truth_table("and")[1])
    np.testing.assert_array_equal(predict(solution, X), y)


def test_relu_solution_of_deep_learning_6_1_gives_xor_exactly():
    # Their output unit is linear: it is z2 that equals XOR, exactly, as all numbers involved
    # are small integers. The hidden values are those printed in the book.
    state = forward(RELU_SOLUTION, X, "relu")
    np.testing.assert_array_equal(state.a1, [[0, 0], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(state.z2, y)
    # Our output is a sigmoid; made steep, and with its threshold between 0 and 1, it gives the
    # same four answers, to the last bit.
    steep = RELU_SOLUTION._replace(W2=2000 * RELU_SOLUTION.W2, b2=np.array([[-1000.0]]))
    np.testing.assert_array_equal(predict(steep, X, "relu"), y)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_forward_is_the_sum_written_out(activation, hidden):
    p = Parameters(*(3 * array - 1 for array in uniform_parameters(0, hidden)))
    inputs = np.random.default_rng(0).normal(size=(7, 2))
    state = forward(p, inputs, activation)
    for row, (x1, x2) in enumerate(inputs):
        z2 = p.b2[0, 0]
        for unit in range(hidden):
            z1 = x1 * p.W1[0, unit] + x2 * p.W1[1, unit] + p.b1[0, unit]
            a1 = {
                "sigmoid": 1 / (1 + np.exp(-z1)),
                "relu": max(0, z1),
                "leaky_relu": z1 if z1 > 0 else 0.2 * z1,
            }[activation]
            # Sums of at most six terms of order 1: some units in the last place.
            assert state.z1[row, unit] == pytest.approx(z1, rel=0, abs=1e-14)
            assert state.a1[row, unit] == pytest.approx(a1, rel=0, abs=1e-14)
            z2 += a1 * p.W2[unit, 0]
        assert state.z2[row, 0] == pytest.approx(z2, rel=0, abs=1e-14)
        assert state.a2[row, 0] == pytest.approx(1 / (1 + np.exp(-z2)), rel=1e-14)
    np.testing.assert_array_equal(predict(p, inputs, activation), state.a2)
    assert state.a2.shape == (7, 1)


def test_hidden_units_have_no_order():
    p = uniform_parameters(5, hidden=4)
    order = [2, 0, 3, 1]
    shuffled = Parameters(p.W1[:, order], p.b1[:, order], p.W2[order], p.b2)
    # The same products summed in another order.
    np.testing.assert_allclose(predict(shuffled, X), predict(p, X), rtol=1e-15)


@pytest.mark.filterwarnings("error")
def test_huge_parameters_predict_without_a_warning():
    huge = Parameters(*(1e300 * (array - 0.5) for array in uniform_parameters(0)))
    for activation in ACTIVATIONS:
        assert np.isin(predict(huge, X, activation), (0, 0.5, 1)).all()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_nothing_changes_its_arguments(activation, loss):
    p, inputs, targets = uniform_parameters(1), X.copy(), y.copy()
    before = [array.copy() for array in (*p, inputs, targets)]
    backward(p, inputs, targets, activation, loss)
    objective(p, inputs, targets, activation, loss)
    for array, old in zip((*p, inputs, targets), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_objective_is_half_the_sum_or_the_mean_cross_entropy():
    p = uniform_parameters(42)
    a = predict(p, X)
    assert objective(p, X, y) == pytest.approx(((y - a) ** 2).sum() / 2, rel=1e-15)
    mean = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    assert objective(p, X, y, loss="cross_entropy") == pytest.approx(mean, rel=1e-14)


def test_gradient_follows_half_the_sum_not_the_mean():
    # Four rows given twice: a sum doubles, a mean stays.
    p, twice = uniform_parameters(42), (np.tile(X, (2, 1)), np.tile(y, (2, 1)))
    for loss, factor in (("squared_error", 2), ("cross_entropy", 1)):
        once, doubled = backward(p, X, y, loss=loss), backward(p, *twice, loss=loss)
        for g, h in zip(once, doubled, strict=True):
            np.testing.assert_allclose(h, factor * g, rtol=1e-13)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_twins_get_one_gradient(activation, loss):
    # Hidden units that agree in every weight also agree, bit for bit, in every gradient.
    equal = Parameters(*(np.full_like(array, 0.5) for array in uniform_parameters(0)))
    gradient = backward(equal, X, y, activation, loss)
    np.testing.assert_array_equal(gradient.W1[:, 0], gradient.W1[:, 1])
    assert gradient.b1[0, 0] == gradient.b1[0, 1] and gradient.W2[0, 0] == gradient.W2[1, 0]
    assert gradient.W1.any() and gradient.W2.any()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_dead_relu_unit_has_a_gradient_of_exactly_zero(loss):
    # Unit 1: both incoming weights negative, bias 0, so z1 is 0 or less on all four rows.
    p = network([[-0.3, 0.8], [-0.9, 0.5]], (0, 0), (1.5, -0.7), 0)
    gradient = backward(p, X, y, "relu", loss)
    assert not gradient.W1[:, 0].any() and not gradient.b1[0, 0] and not gradient.W2[0, 0]
    assert gradient.W1[:, 1].all() and gradient.W2[1, 0]


def test_perfect_answers_have_a_gradient_of_zero():
    p = uniform_parameters(7)
    for loss in LOSSES:
        for part in backward(p, X, predict(p, X), loss=loss):
            assert not part.any()
