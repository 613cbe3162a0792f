"""The things in a picture, each made once and then brought up to date as often as one likes.

The ``plot_...`` functions make a part and update it once; a slider updates the same part at every
move. So a line, a point or a surface looks the same on a page and in a demo.
"""

import contourpy
import numpy as np
from matplotlib.collections import LineCollection

from xorlib.data import truth_table
from xorlib.plotting import style


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
        self.artists, self.label = [self.line, self.arrow], None
        if label:
            look = {"ha": "center", "va": "center", "path_effects": style.HALO, "clip_on": True}
            self.label = ax.text(0, 0, label, zorder=4, **look)
            self.artists.append(self.label)

    def update(self, weights, bias, taken=()):
        """Move the line; with weights that are both 0, or nearly, nothing is drawn.

        The label keeps away from the places that are `taken`, (n, 2), where it can.
        """
        length = np.hypot(*weights)
        limits = self.ax.get_xlim(), self.ax.get_ylim()
        middle = np.mean(limits, axis=1)
        near = bool(abs(middle @ weights + bias) < FAR * length)
        for artist in self.artists:
            artist.set_visible(near)
        if not near:
            return
        normal = weights / length
        # The arrow starts where the line comes nearest to the middle of the picture.
        foot = middle - normal * (middle @ weights + bias) / length
        along = np.array([normal[1], -normal[0]])
        reach = 0.09 * np.ptp(limits[0])
        self.line.set_xy1(foot)
        self.line.set_xy2(foot + along)
        self.arrow.xyann, self.arrow.xy = foot, foot + normal * reach
        if self.label:
            places = foot + reach * (0.6 * normal + np.outer(STEPS, along))
            self.label.set_position(first_free(places, taken, reach, np.array(limits)))


FAR = 1e6  # from a line at that distance nothing is to be seen
STEPS = 1.2, -1.2, 2.4, -2.4, 3.6, -3.6, 4.8, -4.8  # along the line, where its name may stand


def first_free(places, taken, distance, limits):
    """Return the first place inside the limits and that far from all taken; else the first."""
    inside = ((places > limits[:, 0]) & (places < limits[:, 1])).all(axis=1)
    gaps = np.linalg.norm(places[:, np.newaxis] - np.reshape(taken, (-1, 2)), axis=2)
    free = inside & (gaps > distance).all(axis=1)
    return places[free.argmax()]


class HiddenLines:
    """The line of each hidden unit, named, in its unit's colour and style.

    The names keep away from each other, from the four rows and from the rows' names.
    """

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
        X, _ = truth_table()
        taken = [*X, *(X + 0.2 * np.array(name_sides(X)))]
        biases = parameters.b1.ravel()
        for line, weights, bias in zip(self.lines, parameters.W1.T, biases, strict=True):
            line.update(weights, bias, taken)
            if line.label and line.label.get_visible():
                taken.append(line.label.get_position())


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
