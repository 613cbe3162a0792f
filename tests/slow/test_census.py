"""Longer censuses: other networks than two ReLU units, more units, more epochs."""

import numpy as np

from xorlib.data import truth_table
from xorlib.ensemble import census
from xorlib.network import forward, predict

X, y = truth_table()
PART_ONE = {
    "activation": "sigmoid",
    "loss": "squared_error",
    "start": "uniform",
    "learning_rate": 0.1,
}


def test_part_ones_network_fails_for_a_fifth_of_its_starts_and_some_of_these_are_only_slow():
    early, late = (census(1000, seed=1, epochs=e, **PART_ONE) for e in (10_000, 20_000))
    assert 0.76 < early.solved_share().share < 0.84
    assert early.counts()["still moving"] > 0 and early.counts()["at rest elsewhere"] == 0
    right = (np.round(predict(early.parameters, X)) == y).all(axis=(1, 2))
    np.testing.assert_array_equal(early.outcomes == "solved", right)
    assert (late.outcomes[right] == "solved").all()
    assert late.counts()["solved"] > early.counts()["solved"]


def test_a_stuck_relu_network_stays_stuck():
    early, late = (census(500, seed=5, epochs=epochs) for epochs in (5_000, 20_000))
    np.testing.assert_array_equal(early.outcomes, late.outcomes)


def test_leaky_networks_come_to_rest_where_a_kink_lies_on_a_row():
    result = census(1000, seed=2, activation="leaky_relu")
    rest = result.outcomes == "at rest elsewhere"
    assert rest.mean() > 0.2
    # Of the nearest row, for each unit.
    distances = np.abs(forward(result.parameters, X).z1)[rest].min(axis=1)
    assert (distances.min(axis=1) < 0.05).all()
    assert result.solved_share().low > 0.5


def test_wider_layers_fail_less_often():
    shares = [census(1000, seed=3, hidden=h, epochs=2000).solved_share() for h in (2, 4, 8)]
    assert shares[0].high < shares[1].low < shares[1].high < shares[2].low
