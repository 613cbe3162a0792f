"""The truth tables are the four gates' definitions; noisy points lie about their corners."""

from operator import and_, or_, xor

import numpy as np

from xorlib.data import noisy_xor, truth_table

GATES = {"and": and_, "or": or_, "nand": lambda p, q: not (p and q), "xor": xor}


def test_every_row_obeys_its_gate_and_the_arrays_are_new_each_time():
    for gate, rule in GATES.items():
        for X, y in (truth_table(gate), truth_table(gate)):
            assert (X.shape, y.shape, X.dtype, y.dtype) == ((4, 2), (4, 1), np.float64, np.float64)
            assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
            assert y.ravel().tolist() == [float(rule(p, q)) for p, q in X.astype(bool)]
            X[:], y[:] = 7, 7
    assert truth_table()[1].tolist() == truth_table("xor")[1].tolist()


def test_noisy_points_lie_about_the_corners_in_turn_as_the_normal_distribution_says():
    X, y = noisy_xor(40_000, seed=1, noise=0.3)
    corners, targets = truth_table("xor")
    assert y.tolist() == np.tile(targets, (10_000, 1)).tolist()
    away = X.reshape(10_000, 4, 2) - corners
    # Of n values with deviation s the mean is off by s / √n, the deviation by s / √(2 n).
    assert np.abs(away.mean(axis=0)).max() < 4 * 0.3 / 100
    assert np.abs(away.std(axis=0) - 0.3).max() < 4 * 0.3 / 141
    assert abs(np.mean(np.abs(away) < 0.3) - 0.6827) < 0.01  # within one deviation


def test_noisy_points_are_those_of_their_seed_and_the_four_rows_without_noise():
    X, y = noisy_xor(7, seed=3, noise=1e-9)
    assert np.array_equal(X.round(6)[:4], truth_table()[0]) and y.ravel().tolist()[4:] == [0, 1, 1]
    again, other = noisy_xor(7, seed=3, noise=0.5)[0], noisy_xor(7, seed=4, noise=0.5)[0]
    assert np.array_equal(again, noisy_xor(7, seed=3, noise=0.5)[0]) and (again != other).all()
