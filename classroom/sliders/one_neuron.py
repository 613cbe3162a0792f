"""One neuron, its two weights and its bias by hand: AND and OR can be done, XOR cannot."""

import itertools

import numpy as np

from xorlib.activations import sigmoid
from xorlib.data import TARGETS, truth_table
from xorlib.losses import mean_squared_error
from xorlib.plotting import style
from xorlib.plotting.parts import Line, Points
from xorlib.plotting.style import fixed
from xorlib.sliders.frame import Demo, Number, buttons, choice, side_by_side
from xorlib.sliders.picture import Picture
from xorlib.sliders.wording import is_right, mark, rows_in_words, table

START = (1.0, 0.5, -0.3)


def draw_a_line():
    """Return the demo of one neuron: sliders for its two weights and its bias, a choice of gate.

    Returns
    -------
    ipywidgets widget
    """
    return DrawALine()


def most_right(y):
    """Return how many of the four rows a line can get right at best.

    Every way in which a line can divide the corners of a square is among the lines tried.
    """
    X, _ = truth_table()
    lines = itertools.product((-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5))
    return max(int(((X @ [[w1], [w2]] + b > 0) == y).sum()) for w1, w2, b in lines)


def signed(value):
    """Return a number with its sign as an operation: + 0.50, − 0.30."""
    return f"{'−' if value < 0 else '+'} {fixed(abs(value), 2)}"


class DrawALine(Demo):
    """The widget that `draw_a_line` returns."""

    def __init__(self):
        picture = Picture(520, 500)
        ax, self.surface = picture.plane(50, 10, 440)
        self.line = picture.add(Line(ax))
        self.points = picture.add(Points(ax))
        controls = {
            "gate": choice("gate", {name.upper(): name for name in TARGETS}, "and"),
            "w1": Number("weight w₁", START[0], -10, 10, 0.1),
            "w2": Number("weight w₂", START[1], -10, 10, 0.1),
            "b": Number("bias b", START[2], -15, 15, 0.1),
        }
        (again,) = buttons("Back to the start")
        super().__init__(picture, controls, [*controls.values(), side_by_side([again])])
        self.when(again, self.back)

    def back(self):
        """Set the three numbers to what they were at first."""
        with self.together():
            for name, value in zip(("w1", "w2", "b"), START, strict=True):
                self.controls[name].value = value

    def draw(self):
        """Bring the picture up to date; return what it shows, its state, the numbers."""
        gate, w1, w2, b = (control.value for control in self.controls.values())
        X, y = truth_table(gate)
        w = np.array([w1, w2])
        z = X @ w + b
        a, targets = sigmoid(z), y.ravel()
        self.surface.update(sigmoid(self.surface.points @ w + b))
        self.line.update(w, b)
        self.points.update(X, y)

        verdicts = [is_right(answer, target) for answer, target in zip(a, targets, strict=True)]
        best, gate = most_right(y), gate.upper()
        possible = "A line can get all 4 right." if best == 4 else f"No line gets more than {best}."
        loss = fixed(mean_squared_error(a[:, np.newaxis], y), 4)
        words = (
            f"<b>{gate}: {sum(verdicts)} of 4 rows right, loss {loss}.</b> {possible}<br>"
            f"{rows_in_words(a, targets)}"
        )
        rows = [
            (name, fixed(zs, 2), fixed(answer), f"{target:.0f}", mark(answer, target))
            for name, zs, answer, target in zip(style.ROW_NAMES, z, a, targets, strict=True)
        ]
        numbers = table(
            f"z = {fixed(w1, 2)} x₁ {signed(w2)} x₂ {signed(b)}",
            ["row", "z", "answer = sigmoid(z)", "target", ""],
            rows,
        )
        alt = f"The input plane with the four rows of {gate}, the neuron's line and its answers."
        return alt, words, numbers
