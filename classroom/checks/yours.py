"""Checks of the exercises to notebook 08: numbers carried over, rates, levels, starts compared.

In the tables of mistakes r is the right result.
"""

import numpy as np

from classroom.checks.judging import judge
from classroom.checks.report import task


def carried(weight1, bias1, weight2, bias2):
    """Return W1, b1, W2 and b2 from what PyTorch stores, one row for each unit."""
    return weight1.T, bias1[np.newaxis], weight2.T, bias2[np.newaxis]


CARRIED = {
    "`W1` is as it came. Two inputs and two units hide it.": lambda r, w1, *_: (w1, *r[1:]),
    "`reshape` keeps the order of the numbers, and so mixes the units. `.T` turns rows into "
    "columns.": lambda r, w1, *rest: (w1.reshape(r[0].shape), *r[1:]),
}


@task("8.1", "Weights from PyTorch")
def from_pytorch(function):
    """Check a function of PyTorch's four arrays that returns W1, b1, W2 and b2."""
    draw = np.random.default_rng(81).normal
    cases = [(draw(size=(h, 2)), draw(size=h), draw(size=(1, h)), draw(size=1)) for h in (2, 3)]
    judge(function, carried, CARRIED, cases, ("W1", "b1", "W2", "b2"))
    return "A forgotten `.T` would have raised no error for two units."


def converted(rate, rows, theirs, mine):
    """Return the rate on the loss `mine` that takes the steps of `rate` on the loss `theirs`."""
    size = {"mean": 1 / rows, "sum": 1, "half the sum": 1 / 2}
    return rate * size[theirs] / size[mine]


RATES = {
    "Upside down: the smaller gradient needs the larger rate.": lambda r, rate, *_: rate**2 / r,
    "Right for four rows. The mean divides by the number of rows.": (
        lambda r, rate, rows, *losses: converted(rate, 4, *losses)
    ),
}


@task("8.2", "The rate on another loss")
def same_steps(function):
    """Check a function of (rate, rows, theirs, mine) that returns the rate on `mine`."""
    losses = ("half the sum", "mean"), ("mean", "sum"), ("sum", "half the sum"), ("mean", "mean")
    cases = [(0.3, rows, *pair) for rows in (4, 1000) for pair in losses]
    judge(function, converted, RATES, cases)
    return "Whoever says *learning rate* must say of which loss."


def cost(p):
    """Return the entropy of p, which is 0 for 0 and for 1."""
    return -sum(each * np.log(np.maximum(each, 1e-99)) for each in (p, 1 - p))


def priced(rows, ones):
    """Return the mean cross-entropy of groups of rows that share one answer each."""
    return np.average(cost(ones / rows), weights=rows)


PRICES = {
    "0 · ln 0 is NaN to NumPy, but a group whose targets agree costs nothing.": lambda *_: np.nan,
    "Small groups count as much as large ones.": lambda r, rows, ones: cost(ones / rows).mean(),
    "That is the sum over the rows. The loss is their mean.": lambda r, rows, _: r * rows.sum(),
    "That is in bits. The losses here are in nats: `np.log`.": lambda r, *_: r / np.log(2),
}


@task("8.3", "The level of a sample")
def level(function):
    """Check a function of (rows, ones) that returns the price of groups sharing answers."""
    counts = np.array([[[740, 260], [245, 0]], [[270, 730], [1, 730]], [[40, 60], [0, 29]]])
    cases = [tuple(case) for case in counts]
    judge(function, priced, PRICES, cases)
    return "The levels of your own data, from nothing but counts."


def compared(before, after):
    """Return how many starts were gained, and how many lost."""
    return (after & ~before).sum(), (before & ~after).sum()


COMPARED = {
    "Gained and lost are exchanged.": lambda r, *_: r[::-1],
    "Who succeeds both times is neither gained nor lost.": lambda r, a, b: (b.sum(), a.sum()),
    "These are shares. Counts are asked for.": lambda r, a, _: (r[0] / len(a), r[1] / len(a)),
    "A difference of totals hides who changed sides. Compare start by start.": (
        lambda r, *_: (max(r[0] - r[1], 0), max(r[1] - r[0], 0))
    ),
}


@task("8.4", "Gained and lost")
def gained_and_lost(function):
    """Check a function of two arrays of bool that returns how many are new, how many gone."""
    draw = np.random.default_rng(84).random
    cases = [(draw(count) < 0.7, draw(count) < share) for count, share in ((40, 0.4), (60, 0.8))]
    judge(function, compared, COMPARED, cases, ("gained", "lost"))
    return "Two equal shares can hide many starts that changed sides."
