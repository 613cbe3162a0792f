"""How a network ended: which of the four rows it can still tell apart.

Rows that the network cannot tell apart share one output, and the best shared output is the
mean of their targets. Four rows can fall together in fifteen ways; for XOR these give ten
different patterns of answers, and only four different losses:

================= ============================== ============== =============
outcome           best answers, for example      cross-entropy  squared error
================= ============================== ============== =============
solved            0, 1, 1, 0                     0              0
two rows alike    1/2, 1/2, 1, 0                 ½ ln 2         1/8
three rows alike  1/3, 1/3, 1, 1/3               ¾ H(1/3)       1/6
all rows alike    1/2, 1/2, 1/2, 1/2             ln 2           1/4
================= ============================== ============== =============

**solved**: every answer is on the right side of 1/2, what Keras calls an accuracy of 1. (By
more than 1e-6, for the rounding errors of a network that answers 1/2 are no answers.) Among
12,500 networks of five kinds (ReLU, leaky, sigmoid) none that was solved after 1000, 3000 or
10,000 epochs had lost it after 100,000, however small the margin.

**alike**: not solved, and each answer within `TOLERANCE` = 0.1 of one of the patterns. Two
patterns differ by 1/3 or more in some row, so none is near two of them. Measured on 2000
networks of each kind after 10,000 epochs: ReLU networks are all within 0.002 of a pattern
(0.05 with the squared error and a learning rate of 0.1), leaky ones within 0.04 or else
beyond 0.119; any tolerance between gives them the same census.

**diverged**: the loss or a parameter is not finite, or the loss is higher than at the start.

**at rest elsewhere**: none of the above, and the loss changed by less than a hundredth of
itself in the last tenth of the epochs. Leaky networks end so when a unit's kink has
come to lie on a row: three in ten of those with two hidden units.

**still moving**: all others, such as sigmoid networks on their way: 1.8 % or more.

What "alike" means for the future depends on the activation. Of 2000 ReLU networks not one
changed its outcome between 10,000 and 100,000 epochs. Of as many of part one's sigmoid networks
one in forty of those near a pattern did: for them the outcome says where a network is, not
whether it stays, and only more training tells stuck from slow.
"""

import numpy as np

from xorlib.data import TARGETS

OUTCOMES = (
    "solved",
    "two rows alike",
    "three rows alike",
    "all rows alike",
    "at rest elsewhere",
    "still moving",
    "diverged",
)
TOLERANCE = 0.1
ROUNDING = 1e-6
REST = 0.01

# Best answers to 00, 01, 10, 11 where some rows are alike, and beside each its outcome.
PATTERNS = np.array(
    [
        [1 / 2, 1 / 2, 1, 0],
        [1 / 2, 1, 1 / 2, 0],
        [0, 1 / 2, 1, 1 / 2],
        [0, 1, 1 / 2, 1 / 2],
        [1 / 3, 1 / 3, 1, 1 / 3],
        [1 / 3, 1, 1 / 3, 1 / 3],
        [0, 2 / 3, 2 / 3, 2 / 3],
        [2 / 3, 2 / 3, 2 / 3, 0],
        [1 / 2, 1 / 2, 1 / 2, 1 / 2],
    ]
)
PATTERN_OUTCOMES = ["two rows alike"] * 4 + ["three rows alike"] * 4 + ["all rows alike"]


def classify(predictions, losses, earlier_losses, first_losses, finite):
    """Say how each of N networks ended.

    Parameters
    ----------
    predictions : ndarray, shape (N, 4)
        The final answers to 00, 01, 10, 11.
    losses, earlier_losses, first_losses : ndarray, shape (N,)
        The loss at the end, after nine tenths of the epochs, and at the start.
    finite : ndarray of bool, shape (N,)
        Whether all parameters are.

    Returns
    -------
    ndarray of int8, shape (N,)
        Positions in `OUTCOMES`.
    """
    names = np.full(losses.shape, OUTCOMES.index("still moving"), np.int8)

    def name(which, outcome):
        names[which] = OUTCOMES.index(outcome)

    # What is said later counts more.
    with np.errstate(invalid="ignore"):
        name(np.abs(earlier_losses - losses) < REST * losses, "at rest elsewhere")
        name(losses > first_losses, "diverged")
        for pattern, outcome in zip(PATTERNS, PATTERN_OUTCOMES, strict=True):
            name(np.abs(predictions - pattern).max(axis=1) < TOLERANCE, outcome)
        right_by = np.where(TARGETS["xor"], predictions - 1 / 2, 1 / 2 - predictions)
        name(right_by.min(axis=1) > ROUNDING, "solved")
    name(~(finite & np.isfinite(losses)), "diverged")
    return names
