"""One colour, marker and line style for each thing, in the whole collection.

Colours are Okabe and Ito's ("Color Universal Design", 2008), which people with any common colour
blindness can tell apart; shape always says the same as colour.
"""

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patheffects import withStroke

from xorlib.outcomes import OUTCOMES

CLASS_COLOURS = ("#0072B2", "#E69F00")  # target 0: blue; target 1: orange
CLASS_MARKERS = ("o", "s")  # target 0: circle; target 1: square
UNIT_COLOURS = ("#009E73", "#CC79A7", "#56B4E9", "#D55E00")  # hidden units 1, 2, 3, 4, 1, ...
UNIT_LINES = ("-", "--", "-.", ":")
INK = "#222222"  # text, boundaries, anything that belongs to no class and no unit

# Several curves in one picture, in this order.
CURVES = ((INK, "-"), ("#0072B2", "--"), ("#009E73", "-."),
          ("#D55E00", (0, (1, 1))), ("#999999", ":"), ("#CC79A7", "-"),
          ("#56B4E9", "--"), ("#E69F00", "-."))  # fmt: skip

# How a network ended: from everything told apart (black) to nothing (grey), then the oddities.
MARKS = (
    *(("#222222", "o"), ("#56B4E9", "^"), ("#D55E00", "x"), ("#AAAAAA", "s")),
    *(("#CC79A7", "D"), ("#F0E442", "v"), ("#009E73", "*")),
)
OUTCOME_MARKS = dict(zip(OUTCOMES, MARKS, strict=True))

# The output from 0 to 1 in the classes' colours, pale enough for points to stand out.
OUTPUT_COLOURS = LinearSegmentedColormap.from_list("output", ["#6FB3DD", "#FFFFFF", "#F6C768"])

HALO = [withStroke(linewidth=3, foreground="white")]  # around text that lies on a picture


def _fixed(value, digits=2):
    """Return a number with that many decimals and a true minus sign; no zero below zero."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")
