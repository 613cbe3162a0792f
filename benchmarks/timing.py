"""Fair timings: contenders take turns, and each one's best turn counts."""

import time
from dataclasses import dataclass

import numpy as np

HEADINGS = ("what", "time", "against", "its time", "ratio", "wanted", "same result")


@dataclass(frozen=True)
class Row:
    """A line of the table.

    `ours` and `theirs` are times in seconds for `unit`. `most` is the largest wanted
    ours / theirs, `least` the smallest wanted theirs / ours.
    """

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float
    agreement: str = ""
    most: float | None = None
    least: float | None = None

    def cells(self):
        """Return the line's texts, column by column."""
        slower, faster = self.ours / self.theirs, self.theirs / self.ours
        ratio, wanted = f"{faster:,.1f} times as fast", ""
        if self.most or slower > 1:
            ratio = f"{slower:.2f} × its time"
        if self.most:
            wanted = f"at most {self.most:g}: {'yes' if slower <= self.most else 'NO'}"
        if self.least:
            wanted = f"at least {self.least:g}: {'yes' if faster >= self.least else 'NO'}"
        ours, theirs = f"{duration(self.ours)} {self.unit}", duration(self.theirs)
        return [self.what, ours, self.peer, theirs, ratio, wanted, self.agreement]


def race(contenders, turns):
    """Run functions in turn; return the shortest time of each, in seconds, and each one's result.

    Other programs can only add time, so the shortest of several turns says most about the code;
    taking turns spreads a slow minute over all contenders.
    """
    times = [[] for _ in contenders]
    for _ in range(turns):
        results = []
        for function, taken in zip(contenders, times, strict=True):
            began = time.perf_counter()
            results.append(function())
            taken.append(time.perf_counter() - began)
    return list(map(min, times)), results


def duration(seconds):
    """Return a time with three digits and a fitting unit."""
    units = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
    unit = next((unit for unit, size in units.items() if seconds >= size), "ns")
    return f"{seconds / units[unit]:.3g} {unit}"


def agreement(ours, theirs):
    """Return as text by how much our first losses differ from theirs, relatively, at most."""
    ours, theirs = np.ravel(ours), np.ravel(theirs)
    most = np.max(np.abs(ours[: len(theirs)] - theirs) / theirs)
    return f"losses to {most:.0e}" if most else "losses equal"
