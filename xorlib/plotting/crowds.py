"""Thousands of networks in one picture: where they started, how they ended, what share."""

import numpy as np

from xorlib import arguments
from xorlib.ensemble import OUTCOMES
from xorlib.plotting import style
from xorlib.plotting.page import describe, on


def plot_shares(shares, ax=None, *, xlabel="share of starts that solve XOR", compare=True):
    """Draw shares with their intervals, one below the other, in the order given.

    `shares` has for each label the share and the ends of its interval, all from 0 to 1, such as
    ``xorlib.ensemble.Census.solved_share`` returns. With `compare` a thin line runs down from the
    first share, to compare the others with.
    """
    for label, entry in shares.items():
        share, low, high = arguments.array("shares", entry, (3,))
        if not 0 <= low <= share <= high <= 1:
            raise ValueError(
                f"shares must have 0 <= low <= share <= high <= 1, but is {entry} for {label!r}"
            )
    ax = on(ax, (6, 0.8 + 0.28 * len(shares)))
    for place, (label, (share, low, high)) in enumerate(shares.items()):
        ax.plot([low, high], [place, place], color=style.INK, linewidth=3, alpha=0.4)
        ax.plot(share, place, "o", color=style.INK, markersize=6)
        ax.text(min(high + 0.02, 1.02), place, f"{share:.1%}", va="center", fontsize=9)
        describe(ax, f"{label}: {share:.1%} ({low:.1%} to {high:.1%}).")
    if compare:
        ax.axvline(next(iter(shares.values()))[0], color=style.INK, linewidth=0.8, linestyle=":")
    ax.set(xlim=(-0.02, 1.13), ylim=(len(shares) - 0.4, -0.6), xlabel=xlabel)
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], xticklabels=["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_yticks(range(len(shares)), list(shares))
    ax.grid(axis="x", alpha=0.3)
    return ax


def plot_sectors(starts, ax=None):
    """Draw hidden ReLU units by their incoming weights, in sectors by the rows they fire for.

    `starts` is a stack of networks whose hidden biases are 0; 2000 of their units are drawn.
    """
    w1, w2 = (starts.W1[:, row].ravel()[:2000] for row in (0, 1))
    dead = (w1 <= 0) & (w2 <= 0)
    ax = on(ax, (4.6, 4.4))
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


def plot_luck(census, signs, ax=None):
    """Draw the starts of a census of two-unit networks as points, by how they ended.

    Across and up are the angles of the two units' incoming weights, in degrees: 0 along the weight
    from x1, 90 along that from x2. `signs`, 1 or -1 for each unit, are those of the output weights:
    other starts are left out.
    """
    here = (np.sign(census.starts.W2[:, :, 0]) == signs).all(axis=1)
    W1, ended = census.starts.W1[here], census.outcomes[here]
    angles = np.degrees(np.arctan2(W1[:, 1], W1[:, 0])) % 360
    ax = on(ax)
    for outcome in OUTCOMES:
        colour, marker = style.OUTCOME_MARKS[outcome]
        if (chosen := angles[ended == outcome]).size:
            ax.plot(*chosen.T, marker, color=colour, markersize=3.5, mew=0.8, label=outcome)
    solved = f"{(ended == 'solved').mean():.0%} solved"
    words = [f"$h_{unit}$ {'for' if sign > 0 else 'against'}" for unit, sign in enumerate(signs, 1)]
    ax.set(title=f"{', '.join(words)}: {solved}", xlabel="angle of $h_1$", aspect="equal")
    ax.set(ylabel="angle of $h_2$", xticks=range(0, 361, 90), yticks=range(0, 361, 90))
    if not ax.figure.legends:
        handles = ax.get_legend_handles_labels()
        ax.figure.legend(*handles, loc="outside lower center", ncols=4, markerscale=2)
    dead = ((angles >= 180) & (angles <= 270)).any(axis=1)
    describe(ax, f"{len(ended)} starts; of {dead.sum()} with a unit between 180 and 270 degrees")
    describe(ax, f"{(ended[dead] == 'solved').sum()} are solved.")
    return ax
