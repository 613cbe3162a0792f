"""Thousands of networks in one picture: where they started, how they ended, what share."""

import numpy as np

from xorlib import validation
from xorlib.plotting import style
from xorlib.plotting.page import panels


def plot_outcomes(x, y, outcomes, ax=None):
    """Draw each network as a point, with the colour and marker of how it ended.

    Parameters
    ----------
    x, y : array_like, shape (networks,)
        Where each network is drawn.
    outcomes : sequence of str, length networks
        How each ended: names of ``xorlib.ensemble.OUTCOMES``.
    ax : Axes, optional
        Where to draw; a new figure if None.

    Returns
    -------
    Axes
        Each outcome that occurs has a label, for a legend.

    Raises
    ------
    ValueError
        If the lengths differ or an outcome is unknown.
    """
    x = validation.array("x", x, ("networks",))
    y = validation.array("y", y, (len(x),))
    outcomes = np.asarray(outcomes)
    if outcomes.shape != x.shape:
        raise ValueError(f"outcomes must be {len(x)}, one a network, but is {outcomes!r}")
    for outcome in np.unique(outcomes):
        validation.choice("outcomes", str(outcome), style.OUTCOME_MARKS)
    ax = panels()[1] if ax is None else ax
    for outcome, (colour, marker) in style.OUTCOME_MARKS.items():
        chosen = outcomes == outcome
        if chosen.any():
            edges = {} if marker == "x" else {"edgecolor": "none"}
            ax.scatter(x[chosen], y[chosen], s=14, c=colour, marker=marker, label=outcome, **edges)
    return ax


def plot_shares(shares, ax=None, compare=True):
    """Draw shares with their intervals, one below the other, in the order given.

    Parameters
    ----------
    shares : dict of str to (float, float, float)
        For each label the share and the ends of its interval, all from 0 to 1, such as
        ``xorlib.ensemble.Census.solved_share`` returns.
    ax : Axes, optional
        Where to draw; a new figure if None.
    compare : bool
        Whether to draw a thin line down from the first share, to compare the others with.

    Returns
    -------
    Axes
        A dot for each share, a bar for its interval, and the percentage written beside it.

    Raises
    ------
    ValueError
        If there is no share, or low <= share <= high does not hold within [0, 1].
    """
    if not isinstance(shares, dict) or not shares:
        raise ValueError(f"shares must be a dict of one share or more, but is {shares!r}")
    for label, entry in shares.items():
        share, low, high = validation.array("shares", entry, (3,))
        if not 0 <= low <= share <= high <= 1:
            raise ValueError(
                f"shares must have 0 <= low <= share <= high <= 1, but is {entry} for {label!r}"
            )
    ax = panels(size=(5.5, 0.6 + 0.3 * len(shares)))[1] if ax is None else ax
    places = range(len(shares), 0, -1)
    for place, (share, low, high) in zip(places, shares.values(), strict=True):
        ax.plot([low, high], [place, place], color=style.INK, linewidth=3, alpha=0.4)
        ax.plot(share, place, "o", color=style.INK, markersize=6)
        ax.text(min(high + 0.02, 1.02), place, f"{share:.1%}", va="center", fontsize=9)
    if compare:
        first = next(iter(shares.values()))[0]
        ax.axvline(first, color=style.INK, linewidth=0.8, linestyle=":")
    ax.set(xlim=(-0.02, 1.13), ylim=(0.4, len(shares) + 0.6))
    ax.set_xlabel("share of starts that solve XOR")
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], xticklabels=["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_yticks(list(places), list(shares))
    ax.grid(axis="x", alpha=0.3)
    return ax
