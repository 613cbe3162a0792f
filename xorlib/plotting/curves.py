"""How the loss falls, or does not."""

import numpy as np

from xorlib import validation
from xorlib.plotting import style
from xorlib.plotting.page import axes_or_new


def plot_loss(losses, ax=None, *, epochs=None, label=None, colour=style.INK, line="-"):
    """Draw a loss against the number of epochs.

    Parameters
    ----------
    losses : array_like, shape (points,)
        The loss at each point; NaN and infinity leave a gap.
    ax : Axes, optional
        Where to draw; a new figure if None.
    epochs : array_like, shape (points,), optional
        The epoch of each loss; 0, 1, 2, ... if None.
    label : str, optional
        The curve's name in a legend.
    colour, line : str
        Matplotlib colour and line style.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If the two arrays are not of one length.
    """
    losses = validation.array("losses", losses, ("points",), finite=False)
    epochs = np.arange(len(losses)) if epochs is None else epochs
    epochs = validation.array("epochs", epochs, (len(losses),))
    ax = axes_or_new(ax)
    ax.plot(epochs, losses, color=colour, linestyle=line, linewidth=1.8, label=label)
    ax.set(xlabel="epoch", ylabel="loss")
    ax.autoscale(axis="y")  # an earlier curve's limits may be too narrow
    ax.set_ylim(bottom=0)
    ax.grid(alpha=0.3)
    return ax
