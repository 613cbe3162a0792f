"""What the notebooks claim in words, or with a proof, and no cell counts: by other means here."""

import itertools

import numpy as np

from tests import rest
from tests.facts import START, X, Y, all_patterns, printed
from tests.test_checks import loop, update_w2_first
from xorlib import network


def test_one_neuron_is_nowhere_better_than_a_half_everywhere():
    z = X @ np.random.default_rng(0).normal(0, 5, (2, 20_000)) + np.linspace(-9, 9, 20_000)
    least = np.sum((network.sigmoid(z) - Y) ** 2, axis=0).min()
    assert 1 <= least < 1.01


def test_single_neurons_end_as_notebook_1_counts_by_code_with_tanh():
    w = np.random.default_rng(0).uniform(-3, 3, size=(2, 2000))
    b = np.zeros((1, 2000))
    for _ in range(2000):
        z = X[:, :1] * w[:1] + X[:, 1:] * w[1:] + b
        slope = (np.tanh(z / 2) / 2 + 1 / 2 - Y) / (4 * np.cosh(z / 2) ** 2)  # of half the sum
        w -= np.stack([slope[2] + slope[3], slope[1] + slope[3]])
        b -= slope.sum(axis=0)
    errors = np.abs(np.tanh(z / 2) / 2 + 1 / 2 - Y)
    one_wrong = (np.sort(errors, axis=0)[2] < 0.05) & (errors.max(axis=0) > 0.999)
    assert one_wrong.sum() == 2000 - printed(1, r"±3: (\d+) neurons answer \[0.5 0.5 0.5 0.5\]")


def test_training_solves_xor_if_the_output_is_updated_first_too():
    losses = loop(update_w2_first)(*START.arrays, learning_rate=0.1, epochs=10_000)
    assert losses[-1] < 0.01


def test_a_network_of_nothing_but_zeros_has_no_gradient():
    nothing = network.Parameters(*(np.zeros_like(array) for array in START.arrays))
    for activation in network.ACTIVATIONS:
        zeros = nothing._replace(activation=activation)
        for loss in network.LOSSES:
            gradient = network.backward(zeros, X, Y, loss)
            still = [gradient.W1, gradient.b1, gradient.b2]
            assert not any(array.any() for array in still)


def test_rows_on_which_a_unit_fires_leave_their_errors_no_freedom_but_all_four_do():
    rows = np.hstack([np.ones((4, 1)), X])  # a sum of e, of e x1, of e x2
    some = [list(A) for k in (1, 2, 3) for A in itertools.combinations(range(4), k)]
    assert all(np.linalg.matrix_rank(rows[A]) == len(A) for A in some)
    assert np.linalg.matrix_rank(rows) == 3 and not (rows.T @ [1, -1, -1, 1]).any()


def test_relu_networks_at_rest_give_the_answers_of_the_patterns_and_no_others():
    by_units = list(rest.grown())
    assert len(by_units) == 3  # none, one, two: with a third unit no case is new
    answers = {rest.answers_at_rest(*network) for cases in by_units for network in cases} - {None}
    counted = {tuple(map(float, each)) for each in answers}
    patterns = all_patterns()
    assert len(counted) == len({tuple(each) for each in patterns}) == 10
    assert all(np.abs(patterns - each).max(axis=1).min() < 1e-12 for each in counted)
