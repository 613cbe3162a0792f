"""Pictures from arrays: every function draws on the Axes it is given and returns them.

The one package of xorlib that imports Matplotlib. It sets no global style.

``planes`` has the input plane and the hidden space, ``curves`` the loss, ``crowds`` thousands of
networks at once, ``diagram`` the
network's nodes and links, ``page`` the frame of a figure and how it reaches the reader,
``style`` the colours and markers that mean the same in the whole collection.
"""

from xorlib.plotting.crowds import plot_outcomes, plot_shares
from xorlib.plotting.curves import plot_loss
from xorlib.plotting.diagram import plot_network
from xorlib.plotting.page import panels, png_bytes, show
from xorlib.plotting.planes import (
    plot_decision_surface,
    plot_hidden_lines,
    plot_hidden_space,
    plot_line,
    plot_points,
)

__all__ = [
    "panels",
    "plot_decision_surface",
    "plot_hidden_lines",
    "plot_hidden_space",
    "plot_line",
    "plot_loss",
    "plot_network",
    "plot_outcomes",
    "plot_points",
    "plot_shares",
    "png_bytes",
    "show",
]
