"""The truth tables are the four gates' definitions."""

import numpy as np
import pytest

from xorlib.data import truth_table

GATES = {
    "and": lambda p, q: p and q,
    "or": lambda p, q: p or q,
    "nand": lambda p, q: not (p and q),
    "xor": lambda p, q: p != q,
}


@pytest.mark.parametrize("gate", GATES)
def test_every_row_obeys_the_gate(gate):
    X, y = truth_table(gate)
    assert (X.shape, y.shape, X.dtype, y.dtype) == ((4, 2), (4, 1), np.float64, np.float64)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.ravel().tolist() == [float(GATES[gate](p, q)) for p, q in X.astype(bool)]


def test_xor_is_the_default_and_each_call_makes_new_arrays():
    X, y = truth_table()
    X[:], y[:] = 7, 7
    np.testing.assert_array_equal(truth_table()[1], truth_table("xor")[1])
    assert truth_table()[0].max() == truth_table()[1].max() == 1
