"""The network as nodes and links: every weight and bias in its place."""

from xorlib import validation
from xorlib.parameters import checked_parameters
from xorlib.plotting.page import panels
from xorlib.plotting.parts import Diagram


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
