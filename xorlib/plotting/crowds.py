"""Thousands of networks in one picture: where they started, how they ended, what share."""

import numpy as np

from xorlib import arguments
from xorlib.network import _checked_parameters
from xorlib.outcomes import OUTCOMES
from xorlib.plotting import style
from xorlib.plotting.page import _on, describe


def plot_shares(shares, ax=None, *, xlabel="share of starts that solve XOR"):
    """Draw shares with their intervals, one below the other, in the order given.

    `shares` has for each label the share and the ends of its interval, all from 0 to 1, such as
    ``xorlib.ensemble.Census.solved_share`` returns. A thin line runs down from the first share, to
    compare the others with.
    """
    checked = {}
    for label, entry in arguments.by_name("shares", shares, most=50).items():
        share, low, high = checked[label] = arguments.array("shares", entry, (3,))
        if not 0 <= low <= share <= high <= 1:
            raise arguments.refusal("shares", "have 0 <= low <= share <= high <= 1", entry)
    arguments.instance("xlabel", xlabel, str)
    ax = _on(ax, (6, 0.8 + 0.28 * len(checked)))
    for place, (label, (share, low, high)) in enumerate(checked.items()):
        ax.plot([low, high], [place, place], color=style.INK, linewidth=3, alpha=0.4)
        ax.plot(share, place, "o", color=style.INK, markersize=6)
        ax.text(min(high + 0.02, 1.02), place, f"{share:.1%}", va="center", fontsize=9)
        describe(ax, f"{label}: {share:.1%} ({low:.1%} to {high:.1%}).")
    ax.axvline(next(iter(checked.values()))[0], color=style.INK, linewidth=0.8, linestyle=":")
    ax.set(xlim=(-0.02, 1.13), ylim=(len(checked) - 0.4, -0.6), xlabel=xlabel)
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], xticklabels=["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_yticks(range(len(checked)), list(checked))
    ax.grid(axis="x", alpha=0.3)
    return ax


def plot_sectors(starts, ax=None):
    """Draw hidden ReLU units by their incoming weights, in sectors by the rows they fire for.

    `starts` is a stack of networks whose hidden biases are 0; 2000 of their units are drawn.
    """
    starts = _checked_parameters(starts, stack=True, inputs=2, name="starts")
    w1, w2 = (starts.W1[:, row].ravel()[:2000] for row in (0, 1))
    dead = (w1 <= 0) & (w2 <= 0)
    ax = _on(ax, (4.6, 4.4))
    ax.plot(w1[~dead], w2[~dead], ".", color="#BBBBBB", markersize=3)
    ax.plot(w1[dead], w2[dead], "x", color="#D55E00", markersize=4)
    for end in ((0, 1), (1, 0), (1, -1)):
        ax.axline((0, 0), end, color=style.INK, linewidth=1)
    sectors = {
        "01, 10, 11": (0.6, 0.6), "01, 11": (-0.4, 0.95), "01": (-0.9, 0.35),
        "no row: dead": (-0.6, -0.6), "10": (0.35, -0.9), "10, 11": (0.95, -0.4),
    }  # fmt: skip
    for rows, place in sectors.items():
        ax.text(*place, rows, ha="center", va="center", backgroundcolor="white", fontsize=11)
    ax.set(xlabel="weight from $x_1$", ylabel="weight from $x_2$", aspect="equal")
    describe(ax, f"Sectors, by the rows a unit fires for: {'; '.join(sectors)}.")
    describe(ax, f"{dead.mean():.1%} of {len(dead)} units have no weight above 0.")
    return ax


def plot_luck(starts, outcomes, ax=None):
    """Draw starts of two-unit networks as points, by how they ended.

    Across and up are the angles of the two units' incoming weights, in degrees: 0 along the weight
    from x1, 90 along that from x2. In the shaded bands a ReLU unit without a bias is silent on all
    rows. `outcomes` are as in ``xorlib.ensemble.Census``.
    """
    starts = _checked_parameters(starts, stack=True, inputs=2, hidden=2, name="starts")
    outcomes = np.array(arguments.several("outcomes", outcomes, str))
    if outcomes.shape != (len(starts.W1),) or not np.isin(outcomes, OUTCOMES).all():
        must = f"be {len(starts.W1)} words of {', '.join(OUTCOMES)}"
        raise arguments.refusal("outcomes", must, outcomes)
    angles = np.degrees(np.arctan2(starts.W1[:, 1], starts.W1[:, 0])) % 360
    ax = _on(ax, (6.4, 4.4))
    for outcome in filter(set(outcomes).__contains__, OUTCOMES):
        (colour, marker), here = style.OUTCOME_MARKS[outcome], outcomes == outcome
        ax.plot(*angles[here].T, marker, color=colour, markersize=3.5, mew=0.8, label=outcome)
    for span, label in ((ax.axvspan, "a unit is dead"), (ax.axhspan, None)):
        span(180, 270, color="#D55E00", alpha=0.15, linewidth=0, label=label)
    ax.set(xlabel="angle of $h_1$", ylabel="angle of $h_2$", aspect="equal")
    ax.set(xticks=range(0, 361, 45), yticks=range(0, 361, 45), xlim=(0, 360), ylim=(0, 360))
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), markerscale=2)
    dead, solved = ((angles >= 180) & (angles <= 270)).any(axis=1), outcomes == "solved"
    describe(ax, f"{solved.sum()} of {len(solved)} starts are solved; of {dead.sum()} in the bands")
    describe(ax, f"between 180 and 270 degrees, where a unit is dead, {(solved & dead).sum()} are.")
    return ax
