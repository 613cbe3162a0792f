"""The truth tables are the four gates' definitions."""

from operator import and_, or_, xor

import numpy as np

from xorlib.data import truth_table

GATES = {"and": and_, "or": or_, "nand": lambda p, q: not (p and q), "xor": xor}


def test_every_row_obeys_its_gate_and_the_arrays_are_new_each_time():
    for gate, rule in GATES.items():
        for X, y in (truth_table(gate), truth_table(gate)):
            assert (X.shape, y.shape, X.dtype, y.dtype) == ((4, 2), (4, 1), np.float64, np.float64)
            assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
            assert y.ravel().tolist() == [float(rule(p, q)) for p, q in X.astype(bool)]
            X[:], y[:] = 7, 7
    assert truth_table()[1].tolist() == truth_table("xor")[1].tolist()
