"""What networks, answers and losses say about themselves: groups, levels, units, fates."""

import numpy as np
import pytest

from tests.facts import X, Y, keras_losses
from xorlib import ensemble, network
from xorlib.data import keras_starts
from xorlib.diagnosis import diagnose, explain_answers, explain_loss
from xorlib.outcomes import LEVELS

TRAINING = {"learning_rate": 0.3, "epochs": 3000, "loss": "cross_entropy"}
ENDS = ensemble.train_ensemble(keras_starts(), X, Y, **TRAINING)


def found(seed, **settings):
    return diagnose(ensemble.pick(ENDS.parameters, seed), **{"more": 2000} | settings)


def test_the_twelve_of_notebook_5_end_on_the_levels_that_they_are_told():
    for seed, loss in enumerate(keras_losses()):
        told = found(seed)
        assert told.level == pytest.approx(LEVELS["cross_entropy"][told.outcome])
        assert 0 <= told.distance < 0.002 and told.loss == ENDS.final_losses[seed]
        assert told.fate == "solved" if loss < 0.1 else told.fate in ("stuck", "at rest exactly")
        gradient = network.backward(ensemble.pick(ENDS.parameters, seed), X, Y, "cross_entropy")
        assert told.gradient == max(np.abs(array).max() for array in gradient.arrays)
    assert found(3).groups == ((0, 2, 3), (1,)) and found(10).groups == ((3,), (0, 2), (1,))
    assert found(8).fate == "at rest exactly" and "00, 01, 10 and 11 share" in found(8).words()


def test_units_at_a_crease_are_those_that_a_nudge_frees():
    for seed in range(12):
        told, net = found(seed), ensemble.pick(ENDS.parameters, seed)
        for unit in told.dead:
            net.b1[0, unit] += 1e-12
            freed = ensemble.train_ensemble(net, X, Y, **TRAINING).final_losses[0]
            net.b1[0, unit] -= 1e-12
            assert (unit in told.at_a_crease) == (told.loss - freed > 0.1)
    assert (found(8).dead, found(8).at_a_crease, found(2).at_a_crease) == ((0, 1), (1,), ())


def test_a_slow_network_is_no_stuck_one_and_a_rate_too_large_diverges():
    slow = diagnose(network.uniform_parameters(42), more=5000)
    assert slow.outcome == "not solved" and slow.fate == "slow"
    before, after = (
        network.predict(trained(epochs), X) > 0.5 for epochs in (slow.when - 50, slow.when)
    )
    assert (before == Y).all() < (after == Y).all()
    assert diagnose(network.uniform_parameters(42), more=500).fate == "stuck"
    flat = network.uniform_parameters(42)._replace(W2=np.full((2, 1), 1e3), b2=np.full((1, 1), 1e3))
    assert diagnose(flat).fate == "at rest exactly"


def trained(epochs):
    start = network.uniform_parameters(42)
    return ensemble.pick(
        ensemble.train_ensemble(start, X, Y, learning_rate=0.1, epochs=epochs).parameters, 0
    )


def test_levels_move_with_the_counts_of_rows_and_targets():
    rows = np.random.default_rng(0).integers(0, 4, 1000)
    told = found(3, X=X[rows], y=Y[rows])
    alike, ones = np.isin(rows, (0, 2, 3)).sum(), (rows == 2).sum()
    p = ones / alike
    assert told.level == pytest.approx(alike / 1000 * -(p * np.log(p) + (1 - p) * np.log(1 - p)))
    assert told.outcome == "not solved" and "00, 10 and 11 share" in told.words()


def test_answers_alone_tell_groups_and_level():
    told = explain_answers([0.333, 1, 0.333, 0.333], Y[:, 0])
    assert told.outcome == "three rows alike" and abs(told.distance) < 1e-5 and told.fate == ""
    assert explain_answers([0.1, 0.6], [0, 1]).outcome == "solved"
    squared = explain_answers([0.5] * 4, [0, 1, 1, 0], loss="squared_error")
    assert (squared.loss, squared.level) == (0.25, 0.25)


@pytest.mark.parametrize(
    ("printed", "first"),
    [("0.4774", "mean cross-entropy with three"), ("0.477", "mean cross-entropy with three"),
     ("6.931e-01", "mean cross-entropy with all"),
     (0.6931, "mean cross-entropy with all"), (".1250", "mean squared error with two"),
     ("0.25", "mean squared error with all"), (".333", "Half the sum"), (1 / 6, "with three"),
     ("0.5", "Half the sum of squared errors with all"), (0.75, "3 of 4"), ("nan", "diverged"),
     ("0.4775", "a little above"), ("0.41", "root"), ("0.31", "No network")],
)  # fmt: skip
def test_a_printed_loss_is_named_likeliest_first(printed, first):
    assert first in explain_loss(printed)[0]


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_weights_with_a_row_for_each_unit_are_told_by_their_shapes(hidden):
    net = network.glorot_parameters(3, hidden=hidden)
    W1, b1, W2, b2 = net.arrays
    turned = network.Parameters(W1.T, b1[0], W2.T, b2[0], net.activation)
    np.testing.assert_array_equal(diagnose(turned, more=1).answers, diagnose(net, more=1).answers)
