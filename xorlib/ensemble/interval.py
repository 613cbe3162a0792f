"""How sure a share is that was counted."""

import math
from statistics import NormalDist
from typing import NamedTuple

from xorlib import validation


class Share(NamedTuple):
    """A share with its confidence interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson_interval(successes, trials, confidence=0.95):
    """Return the Wilson score interval of a share.

    Of all true shares p it holds those that the count does not contradict: where
    successes / trials lies at most z standard deviations √(p (1 - p) / trials) from p.
    Unlike the share plus or minus z of its own standard deviations it has a width even
    where the count is 0 or all, and never leaves [0, 1].

    Parameters
    ----------
    successes : int
        From 0 to `trials`.
    trials : int
        At least 1.
    confidence : float
        How often such intervals hold the true share, above 0 and below 1.

    Returns
    -------
    tuple of float
        The lower and the upper end.

    Raises
    ------
    ValueError
        If a number is not in its range.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 1927.
    """
    trials = validation.whole_number("trials", trials, 1)
    successes = validation.whole_number("successes", successes, 0, trials)
    confidence = validation.positive_number("confidence", confidence)
    if confidence >= 1:
        raise ValueError(f"confidence must be below 1, but is {confidence!r}")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / trials
    centre = share + z**2 / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    whole = 1 + z**2 / trials
    # At the ends the formula gives exactly 0 and 1; rounding must not.
    low = 0.0 if successes == 0 else (centre - reach) / whole
    high = 1.0 if successes == trials else (centre + reach) / whole
    return low, high
