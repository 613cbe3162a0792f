"""The input plane, and the plane of hidden activations: points, surfaces, lines."""

import numpy as np

from xorlib import validation
from xorlib.network import forward
from xorlib.parameters import checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import axes_or_new


def set_plane(ax, limits, names):
    """Give `ax` fixed limits, equal aspect and labelled axes with ticks at 0 and 1."""
    ax.set(xlim=limits, ylim=limits, aspect="equal", xlabel=names[0], ylabel=names[1])
    ax.set(xticks=[0, 1], yticks=[0, 1])
    return ax


def name_sides(X):
    """Return for each row the side of its name, as (right, up), each of -1, 0, 1."""
    below, left, right, above = (0, -1), (-1, 0), (1, 0), (0, 1)
    if len(X) != 4:
        return [above] * len(X)
    first, last = (below, above) if X[0, 1] <= X[3, 1] else (above, below)
    second, third = (left, right) if X[1, 0] <= X[2, 0] else (right, left)
    return [first, second, third, last]


def plot_points(X, y, ax=None, names=style.ROW_NAMES, limits=style.PLANE_LIMITS):
    """Draw examples as circles (target 0) and squares (target 1), each with its name.

    Of the rows 00 and 11 one has its name below and one above, of 01 and 10 one to the left and
    one to the right: names stay readable where rows meet, as they do in the hidden space.

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Coordinates of each row.
    y : array_like, shape (n, 1)
        Targets, 0 or 1.
    ax : Axes, optional
        Where to draw; a new figure if None.
    names : sequence of str
        A name for each row.
    limits : (float, float)
        Of both axes.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If a shape does not fit, a target is not 0 or 1, or there are fewer names than rows.
    """
    X = validation.array("X", X, ("n", 2))
    y = validation.array("y", y, (len(X), 1))
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold only 0 and 1, but is {y.ravel().tolist()}")
    if len(names) < len(X):
        raise ValueError(f"names must be at least {len(X)}, one a row, but is {names!r}")
    ax = set_plane(axes_or_new(ax), limits, ("$x_1$", "$x_2$"))
    sides = name_sides(X)
    for row, (place, target) in enumerate(zip(X, y.ravel().astype(int), strict=True)):
        ax.plot(
            *place,
            marker=style.CLASS_MARKERS[target],
            color=style.CLASS_COLOURS[target],
            markeredgecolor="black",
            markersize=10,
            clip_on=False,
            zorder=4,
        )
        right, up = sides[row]
        ax.annotate(
            names[row],
            place,
            xytext=(8 * right, 8 * up),
            textcoords="offset points",
            ha=("right", "center", "left")[right + 1],
            va=("top", "center", "bottom")[up + 1],
            path_effects=style.HALO,
            zorder=5,
        )
    return ax


def plot_decision_surface(predict, ax=None, limits=style.PLANE_LIMITS, colorbar=False):
    """Colour the plane by what a network answers there, and draw its decision boundary.

    Parameters
    ----------
    predict : callable
        From points (n, 2) to outputs (n, 1) in [0, 1], for example
        ``lambda X: xorlib.network.predict(parameters, X)``.
    ax : Axes, optional
        Where to draw; a new figure if None.
    limits : (float, float)
        Of both axes.
    colorbar : bool
        Whether to add the key from colour to output.

    Returns
    -------
    Axes
        The boundary, where the output is 0.5, is a black line; a surface that does not
        cross 0.5 has none.

    Raises
    ------
    ValueError
        If `predict` does not answer with finite numbers of shape (n, 1).
    """
    side = np.linspace(*limits, 201)
    x1, x2 = np.meshgrid(side, side)
    points = np.column_stack([x1.ravel(), x2.ravel()])
    outputs = validation.array("predict(points)", predict(points), (len(points), 1))
    outputs = outputs.reshape(x1.shape)
    ax = set_plane(axes_or_new(ax), limits, ("$x_1$", "$x_2$"))
    image = ax.imshow(
        outputs,
        origin="lower",
        extent=(*limits, *limits),
        cmap=style.OUTPUT_COLOURS,
        vmin=0,
        vmax=1,
        interpolation="bilinear",
        zorder=0,
    )
    if outputs.min() < 0.5 < outputs.max():
        ax.contour(x1, x2, outputs, levels=[0.5], colors=style.INK, linewidths=2, zorder=2)
    if colorbar:
        ax.figure.colorbar(image, ax=ax, label="output", ticks=[0, 0.5, 1], shrink=0.8)
    return ax


def plot_line(weights, bias, ax=None, *, colour=style.INK, line="-", label=None):
    """Draw the line on which w₁ x₁ + w₂ x₂ + b = 0, with an arrow to its positive side.

    Parameters
    ----------
    weights : array_like, shape (2,)
        w₁ and w₂. Both 0 make no line, and nothing is drawn.
    bias : float
        b.
    ax : Axes, optional
        Where to draw; a new figure if None. Its limits stay as they are.
    colour, line, label : str
        Matplotlib colour and line style, and a name to write beside the arrow.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `weights` are not two finite numbers or `bias` is not one.
    """
    weights = validation.array("weights", weights, (2,))
    bias = float(validation.array("bias", bias, ()))
    ax = axes_or_new(ax)
    length = np.hypot(*weights)
    if length == 0:
        return ax
    normal = weights / length
    # The arrow starts where the line comes nearest to the middle of the picture.
    limits = ax.get_xlim(), ax.get_ylim()
    middle = np.mean(limits, axis=1)
    foot = middle - normal * (middle @ weights + bias) / length
    ax.axline(
        foot,
        foot + [normal[1], -normal[0]],
        color=colour,
        linestyle=line,
        linewidth=2.2,
        zorder=3,
    )
    ax.set(xlim=limits[0], ylim=limits[1])  # which new Axes would fit to the line
    reach = 0.09 * np.ptp(limits[0])
    ax.annotate(
        "",
        foot + normal * reach,
        foot,
        arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.8},
        annotation_clip=True,
        zorder=3,
    )
    if label:
        beside = foot + reach * (0.6 * normal + 1.2 * np.array([normal[1], -normal[0]]))
        ax.text(
            *beside,
            label,
            ha="center",
            va="center",
            path_effects=style.HALO,
            clip_on=True,
            zorder=4,
        )
    return ax


def plot_hidden_lines(parameters, ax=None, named=True):
    """Draw each hidden unit's line in the input plane, where its pre-activation is 0.

    Parameters
    ----------
    parameters : Parameters
        Of a network with two inputs.
    ax : Axes, optional
        Where to draw; a new figure if None.
    named : bool
        Whether to write each unit's name beside its arrow.

    Returns
    -------
    Axes
        Each line in its unit's colour, an arrow towards the side where z is positive.

    Raises
    ------
    ValueError
        If the parameters are not those of a network with two inputs.
    """
    parameters = checked_parameters(parameters)
    validation.array("W1", parameters.W1, (2, "hidden"))
    if ax is None:
        ax = set_plane(axes_or_new(None), style.PLANE_LIMITS, ("$x_1$", "$x_2$"))
    for unit, (weights, bias) in enumerate(
        zip(parameters.W1.T, parameters.b1.ravel(), strict=True)
    ):
        colour, line = style.unit_colour(unit), style.unit_line(unit)
        name = f"$h_{unit + 1}$" if named else None
        plot_line(weights, bias, ax, colour=colour, line=line, label=name)
    return ax


def plot_hidden_space(parameters, X, y, activation="sigmoid", ax=None):
    """Draw the rows as the output unit sees them: at their two hidden activations.

    The output unit's own line and the two sides of it are drawn too.

    Parameters
    ----------
    parameters : Parameters
        Of a network with two hidden units.
    X : array_like, shape (n, 2)
        Inputs.
    y : array_like, shape (n, 1)
        Targets, 0 or 1.
    activation : {"sigmoid", "relu"}
        What the hidden units use.
    ax : Axes, optional
        Where to draw; a new figure if None.

    Returns
    -------
    Axes
        With limits a little around [0, 1] for the sigmoid, around the points for others.

    Raises
    ------
    ValueError
        If a shape does not fit, there are not two hidden units, or a name is unknown.
    """
    parameters = checked_parameters(parameters)
    validation.array("W2", parameters.W2, (2, 1))
    hidden = forward(parameters, X, activation).a1
    top = 1.0 if activation == "sigmoid" else max(1.0, float(hidden.max()))
    limits = (-0.3 * top, 1.3 * top)
    ax = axes_or_new(ax)

    def output(points):
        half = parameters.W2 / 2  # sigmoid(z) = (1 + tanh(z / 2)) / 2
        return (1 + np.tanh(points @ half + parameters.b2 / 2)) / 2

    plot_decision_surface(output, ax, limits)
    plot_points(hidden, y, ax, limits=limits)
    ax.set(xlabel="activation of $h_1$", ylabel="activation of $h_2$")
    if top > 1:
        ax.set(xticks=[0, round(top, 1)], yticks=[0, round(top, 1)])
    return ax
