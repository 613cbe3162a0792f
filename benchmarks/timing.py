"""Fair timings: contenders take turns, and each one's best turn counts."""

import importlib.util
import time
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """A line of the table.

    `ours` and `theirs` are times in seconds for `unit`; None where a library is missing.
    `most` is the largest wanted ours / theirs, `least` the smallest wanted theirs / ours.
    """

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float | None
    agreement: str = ""
    most: float | None = None
    least: float | None = None

    def ratio(self):
        """Return the ratio as text, the way round in which it is wanted."""
        if self.theirs is None:
            return ""
        if self.most is not None:
            return f"{self.ours / self.theirs:.2f} of its time"
        times = self.theirs / self.ours
        return f"{times:.0f} times as fast" if times >= 10 else f"{times:.1f} times as fast"

    def wanted(self):
        """Return what the ratio should be, and whether it is, as text."""
        if self.theirs is None or (self.most is None and self.least is None):
            return ""
        if self.most is not None:
            met = self.ours / self.theirs <= self.most
            return f"at most {self.most:g}: {'yes' if met else 'NO'}"
        met = self.theirs / self.ours >= self.least
        return f"at least {self.least:g}: {'yes' if met else 'NO'}"

    def cells(self):
        """Return the line's texts, column by column."""
        theirs = "not installed" if self.theirs is None else f"{duration(self.theirs)}"
        ours = f"{duration(self.ours)}"
        return [
            self.what,
            f"{ours} {self.unit}",
            self.peer,
            theirs,
            self.ratio(),
            self.wanted(),
            self.agreement,
        ]


HEADINGS = ["what", "time", "against", "its time", "ratio", "wanted", "same result"]


def best_times(contenders, turns=7):
    """Run functions in turn and return the shortest time of each.

    Interruptions by other programs only ever add time, so the shortest of several turns says
    most about the code; taking turns spreads a slow minute over all of them.

    Parameters
    ----------
    contenders : dict of callable
        Functions without arguments.
    turns : int
        How often each is run.

    Returns
    -------
    dict of float
        Seconds.
    """
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(turns):
        for name, function in contenders.items():
            began = time.perf_counter()
            function()
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def duration(seconds):
    """Return a time with two to three digits and a fitting unit."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size or unit == "ns":
            return f"{seconds / size:.3g} {unit}"
    return ""


def installed(library):
    """Return whether a library could be imported, without importing it."""
    return importlib.util.find_spec(library) is not None


def agreement(ours, theirs):
    """Return how far two losses, or arrays of them, differ at the most, relatively, as text."""
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    most = np.max(np.abs(ours - theirs) / np.abs(theirs))
    return f"losses to {most:.0e}" if most else "losses equal"
