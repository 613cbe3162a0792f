"""How networks end: patterns of answers, levels of the loss, and shares of a count.

Rows that a network cannot tell apart share one answer, and the best shared answer is the mean of
their targets. Of the fifteen ways in which four rows can fall together XOR makes these patterns of
answers to 00, 01, 10, 11, and only four losses.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from xorlib import arguments
from xorlib.data import TARGETS

PATTERNS = {
    "two rows alike": [[1 / 2, 1 / 2, 1, 0], [1 / 2, 1, 1 / 2, 0],
                       [0, 1 / 2, 1, 1 / 2], [0, 1, 1 / 2, 1 / 2]],
    "three rows alike": [[1 / 3, 1 / 3, 1, 1 / 3], [1 / 3, 1, 1 / 3, 1 / 3],
                         [0, 2 / 3, 2 / 3, 2 / 3], [2 / 3, 2 / 3, 2 / 3, 0]],
    "all rows alike": [[1 / 2, 1 / 2, 1 / 2, 1 / 2]],
}  # fmt: skip
OUTCOMES = ("solved", *PATTERNS, "at rest elsewhere", "still moving", "diverged")
ENTROPY_OF_A_THIRD = math.log(3) - 2 / 3 * math.log(2)
LEVELS = {
    "cross_entropy": (0.0, math.log(2) / 2, 3 / 4 * ENTROPY_OF_A_THIRD, math.log(2)),
    "squared_error": (0.0, 1 / 8, 1 / 6, 1 / 4),
}
LEVELS = {loss: dict(zip(OUTCOMES, levels, strict=False)) for loss, levels in LEVELS.items()}
RIGHT_BY = 1e-6  # more than rounding makes of 1/2
TOLERANCE = 0.1  # of an answer; two patterns differ by 1/3 or more in some row


def classify(answers, final_losses, earlier_losses, first_losses):
    """Say in a word of `OUTCOMES` how each of N networks answers in the end, as an array of str.

    The words describe the answers after the epochs that were given, not what more would change: a
    slow network whose answers still lie together is called "... alike" like one at rest. The first
    word that fits counts. "diverged": the loss is not finite. "solved": each answer is on
    the right side of 1/2, by more than rounding. "... alike": each answer is within `TOLERANCE` of
    a pattern. "diverged": the loss is higher than at the start. "at rest elsewhere": the loss
    changed by less than a hundredth of itself in the last tenth of the epochs, as with leaky
    networks whose kink has come to lie on a row. "still moving": all others.

    `answers`, (N, 4), are those after training to the rows 00, 01, 10, 11; the losses, (N,), are
    those at the end, after nine tenths of the epochs, and at the start.
    """
    answers = arguments.array("answers", answers, ("networks", 4), finite=False)
    losses = {"final": final_losses, "earlier": earlier_losses, "first": first_losses}
    for when, values in losses.items():
        losses[when] = arguments.array(f"{when}_losses", values, (len(answers),), finite=False)
    final, earlier, first = losses.values()
    with np.errstate(invalid="ignore"):
        right = _are_right(answers, np.array(TARGETS["xor"]))
        rules = [("diverged", ~np.isfinite(final)), ("solved", right)]
        for word, patterns in PATTERNS.items():
            distances = np.abs(answers[:, np.newaxis] - np.array(patterns)).max(axis=2)
            rules.append((word, distances.min(axis=1) < TOLERANCE))
        rules.append(("diverged", final > first))
        at_rest = np.abs(earlier - final) < 0.01 * final
        rules.append(("at rest elsewhere", at_rest))
    words, conditions = zip(*rules, strict=True)
    return np.select(conditions, words, default="still moving")


def _are_right(answers, targets):
    """Return of which networks, (N, n), each answer is on its target's side of 1/2: (N,).

    By more than rounding, that is.
    """
    return (np.where(targets > 1 / 2, answers - 1 / 2, 1 / 2 - answers) > RIGHT_BY).all(axis=-1)


class Share(NamedTuple):
    """A share with its confidence interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson_interval(successes, trials, confidence=0.95):
    """Return the lower and the upper end of the Wilson score interval of a share.

    Of all true shares p it holds those that the count does not contradict: where
    successes / trials lies at most z standard deviations √(p (1 - p) / trials) from p.
    Unlike the share plus or minus z of its own standard deviations it has a width even
    where the count is 0 or all, and never leaves [0, 1]. E. B. Wilson, "Probable inference, the
    law of succession, and statistical inference", J. Am. Stat. Assoc. 22, 1927.

    Parameters
    ----------
    successes, trials : int
        From 0 to `trials`; at least 1.
    confidence : float
        How often such intervals hold the true share, above 0 and below 1.
    """
    trials = arguments.whole_number("trials", trials, 1)
    successes = arguments.whole_number("successes", successes, 0, trials)
    confidence = arguments.positive("confidence", confidence)
    if confidence >= 1:
        raise arguments.refusal("confidence", "be below 1", confidence)
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
    share, whole = successes / trials, 1 + z**2 / trials
    centre = share + z**2 / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    # At the ends the formula gives exactly 0 and 1; rounding must not.
    low = 0.0 if successes == 0 else (centre - reach) / whole
    high = 1.0 if successes == trials else (centre + reach) / whole
    return low, high
