"""The network as nodes and links: every weight and bias in its place."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle

from xorlib import validation
from xorlib.parameters import checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import panels
from xorlib.plotting.style import fixed

RADIUS = 0.15  # of a node
COLUMNS = (0.0, 1.5, 3.0)  # of inputs, hidden units, output
POINTS = 9.5  # the size of the numbers


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
    parameters = checked_parameters(parameters)
    validation.array("W1", parameters.W1, (2, "hidden"))
    hidden = validation.whole_number("hidden units", parameters.W1.shape[1], 1, 4)
    ax = panels(size=(5, 2.6))[1] if ax is None else ax
    Diagram(ax, hidden).update(parameters)
    return ax


class Diagram:
    """A network as nodes and links, with its weights on the links and its biases at the nodes."""

    def __init__(self, ax, hidden=2):
        self.ax, self.artists = ax, []
        reach = max(1, 0.62 * (hidden - 1)) / 2
        heights = np.linspace(reach, -reach, hidden) if hidden > 1 else np.zeros(1)
        inputs = [(COLUMNS[0], reach), (COLUMNS[0], -reach)]
        units, output = [(COLUMNS[1], height) for height in heights], (COLUMNS[2], 0.0)
        colours = [style.unit_colour(unit) for unit in range(hidden)]

        # White, between a link and its number: much quicker to draw than a box for each text.
        self.gaps = PolyCollection([], facecolors="white", zorder=2)
        self.gaps.set_transform(ax.figure.dpi_scale_trans)
        ax.add_collection(self.gaps, autolim=False)
        self.artists.append(self.gaps)
        self.halo = style.HALO if hidden > 2 else None  # of biases: only there links pass them

        pairs = list(zip(units, colours, strict=True))
        # In the order in which weights and biases lie in their arrays.
        self.links = [self.link(start, unit, colour) for start in inputs for unit, colour in pairs]
        self.links += [self.link(unit, output, colour) for unit, colour in pairs]
        spots = [text.get_position() for _, text in self.links]
        self.gaps.set_offsets(spots)
        self.gaps.set_offset_transform(ax.transData)
        for number, place in enumerate(inputs, 1):
            self.node(place, f"$x_{number}$", style.INK)
        self.nodes = [
            self.node(unit, f"$h_{number}$", colour)
            for number, (unit, colour) in enumerate(pairs, 1)
        ]
        self.nodes.append(self.node(output, "out", style.INK))
        self.biases = [self.bias(place) for place in [*units, output]]
        ax.set(xlim=(-0.2, 3.45), ylim=(-0.4 - reach, 0.4 + reach), aspect="equal")
        ax.axis("off")

    def link(self, start, end, colour):
        """Make one weight's line, its number on the line a third of the way along."""
        start, end = np.array(start), np.array(end)
        (line,) = self.ax.plot(*zip(start, end, strict=True), color=colour, zorder=1)
        # Links between inputs and units cross halfway; the output's bias stands at its end.
        along = 0.42 if end[0] == COLUMNS[2] else 0.3
        look = {"ha": "center", "va": "center_baseline", "fontsize": POINTS, "zorder": 2}
        text = self.ax.text(*(start + along * (end - start)), "", **look)
        self.artists += [line, text]
        return line, text

    def node(self, place, name, colour):
        """Make one unit's circle with its name."""
        circle = Circle(place, RADIUS, facecolor="white", edgecolor=colour, linewidth=2, zorder=3)
        text = self.ax.text(*place, name, ha="center", va="center", fontsize=12, zorder=4)
        self.artists += [self.ax.add_patch(circle), text]
        return circle

    def bias(self, place):
        """Make the text above or below a node: outwards, where links are fewest."""
        up = 1 if place[1] > 0 else -1
        look = {
            "ha": "center",
            "va": "bottom" if up > 0 else "top",
            "fontsize": POINTS,
            "zorder": 4,
        }
        spot = place[0], place[1] + up * (RADIUS + 0.05)
        text = self.ax.text(*spot, "", path_effects=self.halo, **look)
        self.artists.append(text)
        return text

    def update(self, parameters, dead=()):
        """Show other weights and biases; nodes of hidden units in `dead` are greyed and say so."""
        weights = [*parameters.W1.flat, *parameters.W2.flat]
        for (line, text), weight in zip(self.links, weights, strict=True):
            line.set_linestyle("-" if weight >= 0 else (0, (4, 2)))
            line.set_linewidth(0.6 + 4.4 * min(abs(weight), 8) / 8)
            text.set_text(written(weight))
        self.gaps.set_verts([gap(text.get_text()) for _, text in self.links])
        biases = [*parameters.b1.flat, *parameters.b2.flat]
        for unit, (text, bias) in enumerate(zip(self.biases, biases, strict=True)):
            is_dead = unit in dead
            text.set_text(f"bias {written(bias)}" + (", dead" if is_dead else ""))
            self.nodes[unit].set(
                facecolor="#B8B8B8" if is_dead else "white", hatch="xx" if is_dead else None
            )


def gap(text):
    """Return the corners, in inches around its middle, of what a number covers with a margin."""
    across, up = POINTS / 72 * (0.32 * len(text) + 0.05), POINTS / 72 * 0.58
    return [(-across, -up), (across, -up), (across, up), (-across, up)]


def written(value):
    """Return a number as the diagram writes it: two decimals, or short if it is huge."""
    return fixed(value, 2) if abs(value) < 1000 else f"{value:.0e}".replace("-", "−")
