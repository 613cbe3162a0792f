"""The network as nodes and links: every weight and bias in its place."""

import numpy as np
from matplotlib.patches import Circle

from xorlib import arguments
from xorlib.network import checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import describe, on
from xorlib.plotting.style import fixed


def plot_network(parameters, ax=None):
    """Draw a 2-h-1 network of up to four hidden units with the numbers that make it.

    A solid link is a positive weight, a dashed one negative; the thicker, the larger (up to a size
    of 8). Links have the colour of their hidden unit. Each link bears its weight, each hidden and
    output node its bias.
    """
    parameters = checked_parameters(parameters, stack=False)
    W1, b1, W2, b2 = parameters.arrays
    hidden = arguments.whole_number("hidden units", W1.shape[1], 1, 4)
    ax = on(ax, (5, 2.6))
    reach = max(1, 0.62 * (hidden - 1)) / 2
    inputs = [np.array([0, reach]), np.array([0, -reach])]
    heights = np.linspace(reach, -reach, hidden) if hidden > 1 else [0]
    units, output = [np.array([1.5, height]) for height in heights], np.array([3.0, 0])
    for unit, (place, colour) in enumerate(zip(units, style.UNIT_COLOURS, strict=False)):
        # A number a third of the way along: links between inputs and units cross halfway.
        for start, weight in zip(inputs, W1[:, unit], strict=True):
            link(ax, start, place, weight, colour, 0.3)
        link(ax, place, output, W2[unit, 0], colour, 0.42)
        node(ax, place, f"$h_{unit + 1}$", b1[0, unit], colour)
        weights = " and ".join(map(fixed, W1[:, unit]))
        describe(ax, f"h{unit + 1}: weights {weights}, bias {fixed(b1[0, unit])}.")
    for number, place in enumerate(inputs, 1):
        node(ax, place, f"$x_{number}$")
    node(ax, output, "out", b2[0, 0])
    weights = " and ".join(map(fixed, W2[:, 0]))
    describe(ax, f"Output: weights {weights}, bias {fixed(b2[0, 0])}.")
    ax.set(xlim=(-0.2, 3.45), ylim=(-0.4 - reach, 0.4 + reach), aspect="equal")
    ax.axis("off")
    return ax


def link(ax, start, end, weight, colour, along):
    """Draw one weight's line and, `along` the way, its number."""
    width, dashes = 0.6 + 4.4 * min(abs(weight), 8) / 8, "-" if weight >= 0 else (0, (4, 2))
    ax.plot(*zip(start, end, strict=True), color=colour, lw=width, ls=dashes, zorder=1)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    look = {"ha": "center", "va": "center_baseline", "fontsize": 9.5, "zorder": 2, "bbox": box}
    ax.text(*(start + along * (end - start)), fixed(weight), **look)


def node(ax, place, name, bias=None, colour=style.INK):
    """Draw one unit's circle with its name, its bias on the outer side, where links are fewest."""
    ax.add_patch(Circle(place, 0.15, facecolor="white", edgecolor=colour, linewidth=2, zorder=3))
    ax.text(*place, name, ha="center", va="center", fontsize=12, zorder=4)
    if bias is not None:
        side, va = (0.2, "bottom") if place[1] > 0 else (-0.2, "top")
        spot, words = (place[0], place[1] + side), f"bias {fixed(bias)}"
        look = {"ha": "center", "va": va, "fontsize": 9.5, "zorder": 4}
        ax.text(*spot, words, path_effects=style.HALO, **look)
