"""The things in a picture, each made once and then brought up to date as often as one likes.

The ``plot_...`` functions make a part and update it once; a slider updates the same part at every
move. So a line, a point or a surface looks the same on a page and in a demo.
"""

import contourpy
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from xorlib.plotting import style

RADIUS = 0.15  # of a node of the diagram
COLUMNS = (0.0, 1.5, 3.0)  # of inputs, hidden units, output


class Surface:
    """The plane coloured by an output from 0 to 1, and the boundary where it is 1/2.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    limits : (float, float)
        Of both axes.
    side : int
        How many points across and down are asked for their output.
    """

    def __init__(self, ax, limits=style.PLANE_LIMITS, side=201):
        self.shape = side, side
        self.outputs = np.zeros(self.shape)
        self.image = ax.imshow(
            self.outputs,
            origin="lower",
            extent=(*limits, *limits),
            cmap=style.OUTPUT_COLOURS,
            vmin=0,
            vmax=1,
            interpolation="bilinear",
            zorder=0,
        )
        self.boundary = LineCollection([], colors=style.INK, linewidths=2, zorder=2)
        ax.add_collection(self.boundary, autolim=False)
        self.artists = [self.image, self.boundary]
        self.set_limits(limits)

    def set_limits(self, limits):
        """Move the grid of points to other limits; `update` has to follow."""
        self.line = np.linspace(*limits, self.shape[0])
        x1, x2 = np.meshgrid(self.line, self.line)
        self.points = np.column_stack([x1.ravel(), x2.ravel()])
        self.image.set_extent((*limits, *limits))

    def update(self, outputs):
        """Show `outputs`, (n, 1): the answers to the n rows of `points`, finite."""
        self.outputs = outputs = outputs.reshape(self.shape)
        self.image.set_data(outputs)
        crosses = outputs.min() < 0.5 < outputs.max()
        find = contourpy.contour_generator(self.line, self.line, outputs).lines
        self.boundary.set_segments(find(0.5) if crosses else [])


class Line:
    """The line on which w₁ x₁ + w₂ x₂ + b = 0, with an arrow to its positive side.

    Parameters
    ----------
    ax : Axes
        Where to draw, with the limits that it is to keep.
    colour, line, label : str
        Matplotlib colour and line style, and a name to write beside the arrow.
    """

    def __init__(self, ax, *, colour=style.INK, line="-", label=None):
        self.ax, limits = ax, (ax.get_xlim(), ax.get_ylim())
        self.line = ax.axline((0, 0), (1, 1), color=colour, linestyle=line, linewidth=2.2, zorder=3)
        ax.set(xlim=limits[0], ylim=limits[1])  # which new Axes would fit to the line
        self.arrow = ax.annotate(
            "",
            (1, 1),
            (0, 0),
            arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.8},
            annotation_clip=True,
            zorder=3,
        )
        self.artists = [self.line, self.arrow]
        if label:
            look = {"ha": "center", "va": "center", "path_effects": style.HALO, "clip_on": True}
            self.artists.append(ax.text(0, 0, label, zorder=4, **look))

    def update(self, weights, bias):
        """Move the line; weights that are both 0 make no line, and nothing is drawn."""
        length = np.hypot(*weights)
        for artist in self.artists:
            artist.set_visible(length > 0)
        if length == 0:
            return
        normal = weights / length
        # The arrow starts where the line comes nearest to the middle of the picture.
        limits = self.ax.get_xlim(), self.ax.get_ylim()
        middle = np.mean(limits, axis=1)
        foot = middle - normal * (middle @ weights + bias) / length
        along = np.array([normal[1], -normal[0]])
        reach = 0.09 * np.ptp(limits[0])
        self.line.set_xy1(foot)
        self.line.set_xy2(foot + along)
        self.arrow.xyann, self.arrow.xy = foot, foot + normal * reach
        for label in self.artists[2:]:
            label.set_position(foot + reach * (0.6 * normal + 1.2 * along))


class HiddenLines:
    """The line of each hidden unit, named, in its unit's colour and style."""

    def __init__(self, ax, hidden=2, named=True):
        self.lines = [
            Line(
                ax,
                colour=style.unit_colour(unit),
                line=style.unit_line(unit),
                label=f"$h_{unit + 1}$" if named else None,
            )
            for unit in range(hidden)
        ]
        self.artists = [artist for line in self.lines for artist in line.artists]

    def update(self, parameters):
        """Move the lines to where each unit's pre-activation is 0."""
        biases = parameters.b1.ravel()
        for line, weights, bias in zip(self.lines, parameters.W1.T, biases, strict=True):
            line.update(weights, bias)


class Points:
    """Examples as circles (target 0) and squares (target 1), each with its name."""

    def __init__(self, ax, names=style.ROW_NAMES):
        look = {"markeredgecolor": "black", "markersize": 10, "clip_on": False, "zorder": 4}
        self.markers = [ax.plot(0, 0, **look)[0] for _ in names]
        self.names = [
            ax.annotate(
                name,
                (0, 0),
                xytext=(0, 0),
                textcoords="offset points",
                path_effects=style.HALO,
                zorder=5,
            )
            for name in names
        ]
        self.artists = [*self.markers, *self.names]

    def update(self, X, y):
        """Move the examples to the rows of `X`, (n, 2), with targets `y`, (n, 1)."""
        for row, (right, up) in enumerate(name_sides(X)):
            place, target = X[row], int(y[row, 0])
            marker, name = self.markers[row], self.names[row]
            marker.set_data(place[:1], place[1:])
            marker.set(marker=style.CLASS_MARKERS[target], color=style.CLASS_COLOURS[target])
            name.xy, name.xyann = place, (8 * right, 8 * up)
            name.set_horizontalalignment(("right", "center", "left")[right + 1])
            name.set_verticalalignment(("top", "center", "bottom")[up + 1])


def name_sides(X):
    """Return for each row the side of its name, as (right, up), each of -1, 0, 1."""
    below, left, right, above = (0, -1), (-1, 0), (1, 0), (0, 1)
    if len(X) != 4:
        return [above] * len(X)
    first, last = (below, above) if X[0, 1] <= X[3, 1] else (above, below)
    second, third = (left, right) if X[1, 0] <= X[2, 0] else (right, left)
    return [first, second, third, last]


class Diagram:
    """A network as nodes and links, with its weights on the links and its biases at the nodes."""

    def __init__(self, ax, hidden=2):
        self.ax, self.artists, self.still = ax, [], []  # still: what no update changes
        reach = max(1, 0.62 * (hidden - 1)) / 2
        heights = np.linspace(reach, -reach, hidden) if hidden > 1 else np.zeros(1)
        inputs = [(COLUMNS[0], reach), (COLUMNS[0], -reach)]
        units, output = [(COLUMNS[1], height) for height in heights], (COLUMNS[2], 0.0)
        colours = [style.unit_colour(unit) for unit in range(hidden)]

        pairs = list(zip(units, colours, strict=True))
        # In the order in which weights and biases lie in their arrays.
        self.links = [self.link(start, unit, colour) for start in inputs for unit, colour in pairs]
        self.links += [self.link(unit, output, colour) for unit, colour in pairs]
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
        # Links between inputs and units cross halfway.
        along = 0.5 if end[0] == COLUMNS[2] else 0.3
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        look = {"ha": "center", "va": "center", "fontsize": 9.5, "bbox": box, "zorder": 2}
        text = self.ax.text(*(start + along * (end - start)), "", **look)
        self.artists += [line, text]
        return line, text

    def node(self, place, name, colour):
        """Make one unit's circle with its name."""
        circle = Circle(place, RADIUS, facecolor="white", edgecolor=colour, linewidth=2, zorder=3)
        text = self.ax.text(*place, name, ha="center", va="center", fontsize=12, zorder=4)
        self.artists += [self.ax.add_patch(circle), text]
        self.still.append(text)
        return circle

    def bias(self, place):
        """Make the text above or below a node: outwards, where links are fewest."""
        up = 1 if place[1] > 0 else -1
        look = {"ha": "center", "va": "bottom" if up > 0 else "top", "fontsize": 9.5, "zorder": 4}
        spot = place[0], place[1] + up * (RADIUS + 0.05)
        text = self.ax.text(*spot, "", path_effects=style.HALO, **look)
        self.artists.append(text)
        return text

    def update(self, parameters, dead=()):
        """Show other weights and biases; nodes of hidden units in `dead` are greyed and say so."""
        weights = [*parameters.W1.flat, *parameters.W2.flat]
        for (line, text), weight in zip(self.links, weights, strict=True):
            line.set_linestyle("-" if weight >= 0 else (0, (4, 2)))
            line.set_linewidth(0.6 + 4.4 * min(abs(weight), 8) / 8)
            text.set_text(written(weight))
        biases = [*parameters.b1.flat, *parameters.b2.flat]
        for unit, (text, bias) in enumerate(zip(self.biases, biases, strict=True)):
            is_dead = unit in dead
            text.set_text(f"bias {written(bias)}" + (", dead" if is_dead else ""))
            self.nodes[unit].set(
                facecolor="#B8B8B8" if is_dead else "white", hatch="xx" if is_dead else None
            )


def written(value):
    """Return a number as pictures write it: two decimals, a true minus sign."""
    return f"{value:.2f}".replace("-", "−")
