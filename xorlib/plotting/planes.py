"""The input plane, and the plane of hidden activations: points, surfaces, lines."""

import numpy as np

from xorlib import validation
from xorlib.network import forward
from xorlib.parameters import checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import axes_or_new
from xorlib.plotting.parts import HiddenLines, Line, Points, Surface


def set_plane(ax, limits, names):
    """Give `ax` fixed limits, equal aspect and labelled axes with ticks at 0 and 1."""
    ax.set(xlim=limits, ylim=limits, aspect="equal", xlabel=names[0], ylabel=names[1])
    ax.set(xticks=[0, 1], yticks=[0, 1])
    return ax


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
    Points(ax, names[: len(X)]).update(X, y)
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
    ax = set_plane(axes_or_new(ax), limits, ("$x_1$", "$x_2$"))
    surface = Surface(ax, limits)
    outputs = predict(surface.points)
    surface.update(validation.array("predict(points)", outputs, (len(surface.points), 1)))
    if colorbar:
        ax.figure.colorbar(surface.image, ax=ax, label="output", ticks=[0, 0.5, 1], shrink=0.8)
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
    if weights.any():
        Line(ax, colour=colour, line=line, label=label).update(weights, bias)
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
    HiddenLines(ax, parameters.b1.size, named).update(parameters)
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

    plot_decision_surface(lambda points: output_of(parameters, points), ax, limits)
    plot_points(hidden, y, ax, limits=limits)
    ax.set(xlabel="activation of $h_1$", ylabel="activation of $h_2$")
    if top > 1:
        ax.set(xticks=[0, round(top, 1)], yticks=[0, round(top, 1)])
    return ax


def output_of(parameters, hidden):
    """Return the network's output, (n, 1), for hidden activations (n, h) of any size."""
    half = parameters.W2 / 2  # sigmoid(z) = (1 + tanh(z / 2)) / 2
    return (1 + np.tanh(hidden @ half + parameters.b2 / 2)) / 2
