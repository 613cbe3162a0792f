"""One colour, marker and line style for each thing, in the whole collection.

Colours are Okabe and Ito's, which people with any common colour blindness can tell apart;
shape always says the same as colour.

References
----------
M. Okabe and K. Ito, "Color Universal Design", 2008.
"""

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patheffects import withStroke

CLASS_COLOURS = ("#0072B2", "#E69F00")  # target 0: blue; target 1: orange
CLASS_MARKERS = ("o", "s")  # target 0: circle; target 1: square

UNIT_COLOURS = ("#009E73", "#CC79A7", "#56B4E9", "#D55E00")  # hidden units 1, 2, 3, 4, 1, ...
UNIT_LINES = ("-", "--", "-.", ":")

INK = "#222222"  # text, boundaries, anything that belongs to no class and no unit

# How a network ended: from everything told apart (black) to nothing (grey), then the oddities.
OUTCOME_MARKS = {
    "solved": ("#222222", "o"),
    "two rows alike": ("#56B4E9", "^"),
    "three rows alike": ("#D55E00", "x"),
    "all rows alike": ("#AAAAAA", "s"),
    "at rest elsewhere": ("#CC79A7", "D"),
    "still moving": ("#F0E442", "v"),
    "diverged": ("#009E73", "*"),
}

# The output from 0 to 1 in the classes' colours, pale enough for points to stand out.
OUTPUT_COLOURS = LinearSegmentedColormap.from_list("output", ["#6FB3DD", "#FFFFFF", "#F6C768"])

HALO = [withStroke(linewidth=3, foreground="white")]  # around text that lies on a picture

ROW_NAMES = ("00", "01", "10", "11")
PLANE_LIMITS = (-0.5, 1.5)


def unit_colour(unit):
    """Return the colour of hidden unit 0, 1, ...; a fifth unit looks like the first."""
    return UNIT_COLOURS[unit % len(UNIT_COLOURS)]


def unit_line(unit):
    """Return the line style of hidden unit 0, 1, ..."""
    return UNIT_LINES[unit % len(UNIT_LINES)]


def fixed(value, digits=3):
    """Return a number with that many decimals and a true minus sign; no zero below zero."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")
