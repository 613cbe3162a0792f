"""The input plane, and the plane of hidden activations: points, surfaces, lines."""

from functools import partial

import matplotlib.pyplot as plt
import numpy as np

from xorlib import arguments
from xorlib.data import truth_table
from xorlib.network import _checked_parameters, _forward_pass, predict, relu, sigmoid
from xorlib.plotting import style
from xorlib.plotting.page import _on, describe
from xorlib.plotting.style import _fixed

LIMITS = (-0.5, 1.5)
ROWS = ("00", "01", "10", "11")


def plot_points(X, y, ax=None):
    """Draw the four rows as circles (target 0) and squares (target 1), each with its name.

    `X`, (4, 2), has the places of 00, 01, 10 and 11, and `y`, (4, 1), their targets, 0 or 1.
    """
    X, y = _checked_classes(X, y, 4)
    ax = _points_on(_on(ax), X, y, LIMITS)
    for target, shape in enumerate(("circles", "squares")):
        names = [name for name, (value,) in zip(ROWS, y, strict=True) if value == target]
        describe(ax, f"{shape.capitalize()}, target {target}, at {_listed(names)}.")
    return ax


def _checked_classes(X, y, rows):
    """Return `X`, (rows, 2), and `y`, (rows, 1), as arrays; the targets must be 0 or 1."""
    X = arguments.array("X", X, (rows, 2))
    y = arguments.array("y", y, (len(X), 1))
    if not np.isin(y, (0, 1)).all():
        raise arguments.refusal("y", "hold only 0 and 1", y)
    return X, y


def _checked_neuron(weights, bias):
    """Return the two weights, (2,), and the bias of a neuron."""
    weights = arguments.real_numbers("weights", weights).ravel()  # a column will do
    return arguments.array("weights", weights, (2,)), float(arguments.array("bias", bias, ()))


def _points_on(ax, X, y, limits, names=("$x_1$", "$x_2$")):
    """Draw the rows, and give the plane its limits, equal aspect and names; no words."""
    ax.set(xlim=limits, ylim=limits, aspect="equal", xlabel=names[0], ylabel=names[1])
    ax.set(xticks=[0, 1], yticks=[0, 1])
    look = {"markeredgecolor": "black", "markersize": 10, "clip_on": False, "zorder": 4}
    # Names stay readable where rows meet in the hidden space: of 00 and 11 the lower one has its
    # name below, of 01 and 10 the left one on the left. Places that differ by rounding are equal.
    near = X.round(6)
    low, high = sorted((0, 3), key=lambda row: near[row, 1])
    left, right = sorted((1, 2), key=lambda row: near[row, 0])
    sides = {low: (0, -1), high: (0, 1), left: (-1, 0), right: (1, 0)}
    for row in (left, right):  # not on another row
        gaps = np.linalg.norm(X - X[row] - np.multiply(0.1 * np.ptp(limits), sides[row]), axis=1)
        if gaps.min() < 0.07 * np.ptp(limits):
            sides[row] = sides[low]
    for row, target in enumerate(y[:, 0].astype(int)):
        ax.plot(*X[row], style.CLASS_MARKERS[target], color=style.CLASS_COLOURS[target], **look)
        across, up = sides[row]
        place = {"ha": ["center", "left", "right"][across], "va": ["center", "bottom", "top"][up]}
        place |= {"xytext": (9 * across, 9 * up), "textcoords": "offset points"}
        ax.annotate(ROWS[row], X[row], path_effects=style.HALO, zorder=5, **place)
    return ax


def _surface_on(ax, answer, limits, colorbar=False):
    """Colour the plane by `answer`, from points (n, 2) to outputs (n, 1) in [0, 1].

    The boundary, where the output is 1/2, is a black line; returns in how many pieces. A surface
    that stays within a thousandth of 1/2 on one side has none: rounding would draw it.
    """
    line = np.linspace(*limits, 201)
    points = np.stack(np.meshgrid(line, line), axis=-1)
    with np.errstate(all="ignore"):
        outputs = answer(points.reshape(-1, 2)).reshape(201, 201)
    colours = {"cmap": style.OUTPUT_COLOURS, "vmin": 0, "vmax": 1}
    extent = (*limits, *limits)
    image = ax.imshow(outputs, origin="lower", extent=extent, interpolation="bilinear", **colours)
    if colorbar:
        ax.figure.colorbar(image, ax=ax, label="output", ticks=[0, 0.5, 1], shrink=0.8)
    if outputs.min() > 0.499 or outputs.max() < 0.501:
        return 0
    contour = ax.contour(line, line, outputs, levels=[0.5], colors=style.INK, linewidths=2)
    return len(contour.allsegs[0])


def _line_on(ax, weights, bias, limits, colour=style.INK, line="-", name="", taken=()):
    """Draw the line w₁ x₁ + w₂ x₂ + b = 0, with an arrow to the side where that is positive.

    Returns where the `name` stands: off the places in `taken`, (n, 2), where it can be. Weights
    that are both 0, or nearly, make no line; nothing is drawn then.
    """
    length = np.hypot(*weights)
    middle = np.full(2, np.mean(limits))
    if abs(middle @ weights + bias) >= 1e6 * length:
        return []
    normal = weights / length
    along = np.array([normal[1], -normal[0]])
    # The arrow starts where the line comes nearest to the middle of the picture.
    foot = middle - normal * (middle @ weights + bias) / length
    reach = 0.09 * np.ptp(limits)
    ax.axline(foot, foot + along, color=colour, linestyle=line, linewidth=2.2, zorder=3)
    arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.8}
    ax.annotate("", foot + reach * normal, foot, arrowprops=arrow, annotation_clip=True, zorder=3)
    if not name:
        return []
    steps = np.array([1.2, -1.2, 2.4, -2.4, 3.6, -3.6, 4.8, -4.8])
    places = foot + reach * (0.6 * normal + steps[:, np.newaxis] * along)
    gaps = np.linalg.norm(places[:, np.newaxis] - np.reshape(taken, (-1, 2)), axis=2)
    inside = ((places > limits[0]) & (places < limits[1])).all(axis=1)
    place = places[(inside & (gaps > reach).all(axis=1)).argmax()]
    look = {"ha": "center", "va": "center", "clip_on": True, "zorder": 4}
    ax.text(*place, name, path_effects=style.HALO, **look)
    return [place]


def plot_cloud(X, y, ax=None, *, network=None, ringed=(), title=""):
    """Draw points, (n, 2), by their targets, (n, 1), over a network's answers if one is given.

    `ringed` are the rows to put a ring around: whole numbers, or a bool for each row.
    """
    X, y = _checked_classes(X, y, "n")
    ringed = np.atleast_1d(arguments.places("ringed", ringed, len(X)))
    arguments.instance("title", title, str)
    if network is not None:
        network = _checked_parameters(network, stack=False, inputs=2, name="network")
    ax, limits = _on(ax), (-1, 2)
    ax.set(xlim=limits, ylim=limits, aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title=title)
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
        _surface_on(ax, partial(predict, network), limits)
        wrong = ((predict(network, X) > 0.5) != (y > 0.5)).sum()
        describe(ax, f"{wrong} lie on the wrong side of the network's boundary.")
    return ax


def plot_neuron(weights, bias, ax=None, *, gate="xor", title="", colorbar=False):
    """Draw what a single neuron answers in the input plane, with its line and a gate's rows.

    `weights` are two, `bias` is one number; with `colorbar` there is a key from colour to output.
    """
    X, y = truth_table(gate)
    weights, bias = _checked_neuron(weights, bias)
    arguments.instance("title", title, str)
    arguments.instance("colorbar", colorbar, bool)
    ax = _on(ax, (4.3, 3.4) if colorbar else 3.3)
    _surface_on(ax, lambda points: sigmoid(points @ weights + bias), LIMITS, colorbar)
    _line_on(ax, weights, bias, LIMITS)
    _points_on(ax, X, y, LIMITS).set_title(title)
    z = X @ weights + bias
    describe(ax, _outputs_in_words(sigmoid(z)))
    describe(ax, f"The line has {_listed(_positive(z))} on its positive side.")
    return ax


def plot_fold(weights, bias, ax=None):
    """Draw the activation of one ReLU unit above the input plane: a sheet with one fold.

    `weights` are two, `bias` is one number. The view is slanted: x2 runs away from the reader.
    """
    X, y = truth_table()
    weights, bias = _checked_neuron(weights, bias)
    ax, line = _on(ax, (4.6, 3.2)), np.linspace(*LIMITS, 21)

    def seen(points):
        x1, x2 = points[..., 0], points[..., 1]
        return x1 + x2 / 2, x2 / 2 + relu(points @ weights + bias)

    plane = np.stack(np.meshgrid(line, line), axis=-1)
    for lines in (plane, plane.swapaxes(0, 1)):
        ax.plot(*seen(lines), color=style.UNIT_COLOURS[0], linewidth=0.6)
    for name, point, target in zip(ROWS, X, y.ravel().astype(int), strict=True):
        ax.plot(*seen(point), style.CLASS_MARKERS[target], color=style.CLASS_COLOURS[target])
        ax.annotate(name, seen(point), (8, 3), textcoords="offset points", path_effects=style.HALO)
    ax.set_axis_off()
    describe(ax, "A sheet, flat where z is below 0, rises from a straight fold.")
    describe(ax, _outputs_in_words(relu(X @ weights + bias)))
    return ax


def plot_input_plane(parameters, ax=None, *, title="", names=True, colorbar=False):
    """Draw what a network answers in the input plane, with its hidden units' lines and XOR's rows.

    A hidden unit's line is where its pre-activation is 0, in the unit's colour, with an arrow to
    the side where it is positive; black is the decision boundary.

    With `names` each unit's name stands beside its line; with `colorbar` there is a key from colour
    to output.
    """
    X, y = truth_table()
    parameters = _checked_parameters(parameters, stack=False, inputs=2)
    arguments.instance("title", title, str)
    arguments.instance("names", names, bool)
    arguments.instance("colorbar", colorbar, bool)
    state, ax = _forward_pass(parameters, X), _on(ax, (4.3, 3.4) if colorbar else 3.3)
    boundaries = _surface_on(ax, partial(predict, parameters), LIMITS, colorbar)
    taken = [*X, *(X + 0.2 * np.array([(0, -1), (-1, 0), (1, 0), (0, 1)]))]  # rows and names
    for unit, (weights, bias) in enumerate(zip(parameters.W1.T, parameters.b1[0], strict=True)):
        name = f"$h_{unit + 1}$" if names else ""
        look = {"colour": style.UNIT_COLOURS[unit % 4], "line": style.UNIT_LINES[unit % 4]}
        taken += _line_on(ax, weights, bias, LIMITS, name=name, taken=taken, **look)
    _points_on(ax, X, y, LIMITS).set_title(title)
    pieces = {0: "There is no decision boundary.", 1: "The decision boundary is in one piece."}
    describe(ax, _outputs_in_words(state.a2.ravel()))
    describe(ax, pieces.get(boundaries, f"The decision boundary is in {boundaries} pieces."))
    for unit, z in enumerate(state.z1.T, 1):
        describe(ax, f"The line of h{unit} has {_listed(_positive(z))} on its positive side.")
    return ax


def plot_hidden_space(parameters, ax=None, *, zoom=False):
    """Draw XOR's rows as the output unit sees them: at their two hidden activations.

    The plane is coloured by what the output unit answers there, its line is black. The limits lie a
    little around [0, 1] for sigmoid units, [-1, 1] for tanh, the points for others. With `zoom`
    they lie around the points, and two segments join 00 to 11 and 01 to 10.
    """
    parameters = _checked_parameters(parameters, stack=False, inputs=2, hidden=2)
    arguments.instance("zoom", zoom, bool)
    X, y = truth_table()
    hidden, ax = _forward_pass(parameters, X).a1, _on(ax)
    around_points = min(0, hidden.min()), max(1, hidden.max())
    low, top = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(parameters.activation, around_points)
    if zoom:
        low, top = hidden.min(), max(hidden.max(), hidden.min() + 0.01)
    limits = (1.3 * low - 0.3 * top, 1.3 * top - 0.3 * low)
    _surface_on(ax, lambda points: sigmoid(points @ parameters.W2 + parameters.b2), limits)
    _points_on(ax, hidden, y, limits, ("activation of $h_1$", "activation of $h_2$"))
    ticks = np.round((low, top), 1)
    ax.set(xticks=ticks, yticks=ticks, xlim=limits, ylim=limits)  # ticks widen limits
    places = [
        f"{row} at ({_fixed(a)}, {_fixed(b)})" for row, (a, b) in zip(ROWS, hidden, strict=True)
    ]
    z = (hidden @ parameters.W2 + parameters.b2).ravel()
    describe(ax, f"In the hidden space {_listed(places)}.")
    describe(ax, f"The output unit's line has {_listed(_positive(z))} on its positive side.")
    if zoom:
        (a, b), (c, d) = hidden[[0, 3]], hidden[[1, 2]]
        for ends, colour in zip(((a, b), (c, d)), style.CLASS_COLOURS, strict=True):
            ax.plot(*np.transpose(ends), color=colour, linewidth=2, zorder=3)
        # Where their lines meet, as a part of each segment.
        parts = np.linalg.lstsq(np.stack([b - a, c - d], axis=1), c - a)[0]
        meet = "cross" if np.all((parts > 0) & (parts < 1)) else "do not cross"
        describe(ax, f"The segments from 00 to 11 and from 01 to 10 {meet}.")
    return ax


def plot_planes(parameters, axes, *, title="", names=True):
    """Draw both planes on a pair of Axes: the input plane, then the hidden space."""
    if len(arguments.several("axes", axes, plt.Axes)) != 2:
        raise arguments.refusal("axes", "be two Axes", axes)
    plot_input_plane(parameters, axes[0], title=title, names=names)
    plot_hidden_space(parameters, axes[1])
    return axes


def _positive(z):
    """Return the names of the rows for which z, (4,), is above 0 by more than rounding."""
    return [row for row, value in zip(ROWS, z, strict=True) if value > 1e-9]


def _outputs_in_words(outputs):
    """Return a sentence with the outputs, (4,), for the four rows."""
    answers = [f"{_fixed(output)} at {row}" for row, output in zip(ROWS, outputs, strict=True)]
    return f"Outputs {_listed(answers)}."


def _listed(names):
    """Return names as they are listed in a sentence."""
    *others, last = names or ["no row"]
    return f"{', '.join(others)} and {last}" if others else last
