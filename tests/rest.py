"""Which answers ReLU networks at rest can give to XOR's rows: all patterns, solved in fractions.

A unit fires for a row, is silent there, or has its kink on it, with a slope of 0, 1/2 or 1. The
errors at rest solve linear equations, of which each unit brings three. Equations and errors are
rows of five fractions: the coefficients of the errors at 00, 01, 10 and 11, and the right side.
"""

from fractions import Fraction
from functools import cache
from itertools import product

ROWS, TARGETS = [(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0]
SLOPES_AT_THE_KINK = [Fraction(0), Fraction(1, 2), Fraction(1)]


@cache
def reduced(equations):
    """Return the same equations in reduced row echelon form, without those that say nothing."""
    done, left = [], [list(map(Fraction, equation)) for equation in equations]
    for column in range(5):
        pivot = next((equation for equation in left if equation[column]), None)
        if pivot is not None:
            left.remove(pivot)
            pivot = [value / pivot[column] for value in pivot]
            for some in left, done:
                some[:] = [[a - e[column] * b for a, b in zip(e, pivot, strict=True)] for e in some]
            done.append(pivot)
    return tuple(map(tuple, done))


def living_units():
    """Return all kinds of units: where they fire, whether nowhere silent, and their equations."""
    kinds = set()
    for bias, w1, w2 in product(range(-3, 4), repeat=3):
        z = [bias + w1 * x1 + w2 * x2 for x1, x2 in ROWS]
        choices = (SLOPES_AT_THE_KINK if value == 0 else [Fraction(value > 0)] for value in z)
        for slopes in product(*choices):
            inputs = [(1, 1, 1, 1), *zip(*ROWS, strict=True)]
            sums = [(*(s * x for s, x in zip(slopes, row, strict=True)), 0) for row in inputs]
            if any(slopes):
                kinds.add((tuple(value > 0 for value in z), min(z) >= 0, reduced(tuple(sums))))
    return kinds


def grown():
    """Yield the networks of no, one, two … living units that differ from all those before."""
    kinds = living_units()
    new = known = {((False,) * 4, True, reduced(((1, 1, 1, 1, 0),)))}  # b2: the errors' sum is 0
    while new:
        yield new
        new = {
            (tuple(map(max, fires, more)), flat and whole, reduced((*equations, *others)))
            for fires, flat, equations in new
            for more, whole, others in kinds
        } - known
        known = known | new


def answers_at_rest(fires, flat, equations):
    """Return the only answers that a network can rest with, or None where it cannot rest.

    Rows for which no unit fires share one answer. Where no unit is silent on any row nothing
    folds: the output's z at 00 and 11 has the sum of those at 01 and 10.
    """
    first, *others = [row for row in range(4) if not fires[row]] or [0]
    same = [
        (*((row == first) - (row == other) for row in range(4)), TARGETS[other] - TARGETS[first])
        for other in others
    ]
    solution = reduced((*equations, *same))
    if any(not any(equation[:4]) for equation in solution):
        return None
    if len(solution) == 3:  # errors of c, -c, -c, c: without a fold, c is 1/2 (line 6 of the proof)
        free = [equation[3:] for equation in solution]
        assert flat and free == [(-1, 0), (1, 0), (1, 0)]
        return (Fraction(1, 2),) * 4
    a, b, c, d = (e[4] + target for e, target in zip(solution, TARGETS, strict=True))
    unfolded = a * d * (1 - b) * (1 - c) == b * c * (1 - a) * (1 - d)
    return (a, b, c, d) if unfolded or not flat else None
