"""XOR with noise: many points, and what a network answers around them."""

import numpy as np

from xorlib import arguments
from xorlib.network import predict
from xorlib.plotting import style
from xorlib.plotting.page import describe, on
from xorlib.plotting.planes import surface_on

LIMITS = (-1, 2)


def plot_cloud(X, y, ax=None, *, network=None, ringed=(), title=""):
    """Draw points, (n, 2), by their targets, (n, 1), over a network's answers if one is given.

    `ringed` are the rows to put a ring around.
    """
    X = arguments.array("X", X, ("n", 2))
    y = arguments.array("y", y, (len(X), 1))
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold only 0 and 1, but is {y.ravel().tolist()}")
    ax = on(ax)
    ax.set(xlim=LIMITS, ylim=LIMITS, aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title=title)
    ax.set(xticks=[0, 1], yticks=[0, 1])
    for target, shape in enumerate(("circles", "squares")):
        chosen = X[y[:, 0] == target].T
        colour, marker = style.CLASS_COLOURS[target], style.CLASS_MARKERS[target]
        ax.plot(*chosen, marker, color=colour, markersize=4, mec="black", mew=0.4, zorder=4)
        describe(ax, f"{chosen.shape[1]} {shape}, target {target}.")
    if len(ringed):
        ax.plot(*X[ringed].T, "o", mfc="none", mec="black", markersize=10, zorder=5)
        describe(ax, f"{len(ringed)} of them are ringed.")
    if network is not None:
        surface_on(ax, lambda points: predict(network, points), LIMITS)
        wrong = ((predict(network, X) > 0.5) != (y > 0.5)).sum()
        describe(ax, f"{wrong} lie on the wrong side of the network's boundary.")
    return ax
