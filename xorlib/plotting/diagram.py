"""The network as nodes and links: every weight and bias in its place."""

import numpy as np
from matplotlib.patches import Circle

from xorlib import validation
from xorlib.parameters import checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import panels
from xorlib.plotting.style import HALO

RADIUS = 0.15
COLUMNS = (0.0, 1.5, 3.0)


def plot_network(parameters, ax=None):
    """Draw a 2-h-1 network with the numbers that make it.

    Parameters
    ----------
    parameters : Parameters
        Of a network with two inputs and up to four hidden units.
    ax : Axes, optional
        Where to draw; a new figure if None.

    Returns
    -------
    Axes
        A solid link is a positive weight, a dashed one negative; the thicker, the larger
        (up to a size of 8). Links have the colour of their hidden unit. Each link bears its
        weight, each hidden and output node its bias.

    Raises
    ------
    ValueError
        If the parameters are not those of such a network.
    """
    W1, b1, W2, b2 = checked_parameters(parameters)
    validation.array("W1", W1, (2, "hidden"))
    hidden = validation.whole_number("hidden units", W1.shape[1], 1, 4)
    ax = panels(size=(5, 2.6))[1] if ax is None else ax
    reach = max(1, 0.62 * (hidden - 1)) / 2
    heights = np.linspace(reach, -reach, hidden) if hidden > 1 else np.zeros(1)
    inputs = [(COLUMNS[0], reach), (COLUMNS[0], -reach)]
    units = [(COLUMNS[1], height) for height in heights]
    output = (COLUMNS[2], 0.0)

    for unit, place in enumerate(units):
        colour = style.unit_colour(unit)
        for source, start in enumerate(inputs):
            draw_link(ax, start, place, W1[source, unit], colour)
        draw_link(ax, place, output, W2[unit, 0], colour)
        draw_node(ax, place, f"$h_{unit + 1}$", colour, b1[0, unit])
    for source, place in enumerate(inputs):
        draw_node(ax, place, f"$x_{source + 1}$", style.INK)
    draw_node(ax, output, "out", style.INK, b2[0, 0])

    ax.set(xlim=(-0.2, 3.45), ylim=(-0.4 - reach, 0.4 + reach), aspect="equal")
    ax.axis("off")
    return ax


def number(value):
    """Return a number as the diagram writes it: two decimals, a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def draw_link(ax, start, end, weight, colour):
    """Draw one weight as a line, its number on the line a third of the way along."""
    start, end = np.array(start), np.array(end)
    ax.plot(
        *zip(start, end, strict=True),
        color=colour,
        linestyle="-" if weight >= 0 else (0, (4, 2)),
        linewidth=0.6 + 4.4 * min(abs(weight), 8) / 8,
        zorder=1,
    )
    along = 0.5 if end[0] == COLUMNS[2] else 0.3  # links between inputs and units cross at 0.5
    ax.text(
        *(start + along * (end - start)),
        number(weight),
        ha="center",
        va="center",
        fontsize=9.5,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        zorder=2,
    )


def draw_node(ax, place, name, colour, bias=None):
    """Draw one unit as a circle with its name, its bias above or below."""
    ax.add_patch(Circle(place, RADIUS, facecolor="white", edgecolor=colour, linewidth=2, zorder=3))
    ax.text(*place, name, ha="center", va="center", fontsize=12, zorder=4)
    if bias is not None:
        up = 1 if place[1] > 0 else -1  # outwards, where links are fewest
        ax.text(
            place[0],
            place[1] + up * (RADIUS + 0.05),
            f"bias {number(bias)}",
            ha="center",
            va="bottom" if up > 0 else "top",
            path_effects=HALO,
            fontsize=9.5,
            zorder=4,
        )
