"""What the demos show of a 2-2-1 network: the input plane, the hidden space, the diagram."""

import numpy as np

from xorlib.data import truth_table
from xorlib.losses import LOSSES
from xorlib.network import Parameters, forward, predict
from xorlib.plotting.diagram import Diagram
from xorlib.plotting.parts import HiddenLines, Points
from xorlib.plotting.planes import output_of
from xorlib.plotting.style import fixed
from xorlib.sliders.wording import is_right, rows_in_words

X, y = truth_table("xor")
TARGETS = y.ravel()
SIZE = 620, 490  # of a picture with the three views and room for a fourth
FOURTH = 440, 330, 150, 112  # where that room is: left, top, width, height
# The loss that a hidden activation is trained with, as in the notebooks.
LOSS = {"sigmoid": "squared_error", "relu": "cross_entropy", "leaky_relu": "cross_entropy"}
ACTIVATION_NAMES = {"sigmoid": "sigmoid", "ReLU": "relu", "leaky ReLU": "leaky_relu"}

# In the order in which the numbers lie in W1, b1, W2, b2.
NAMES = (
    *("x₁ → h₁", "x₁ → h₂", "x₂ → h₁", "x₂ → h₂"),
    *("bias of h₁", "bias of h₂", "h₁ → out", "h₂ → out", "bias of out"),
)


def network(numbers):
    """Return the `Parameters` that nine numbers make, in the order of `NAMES`."""
    W1, b1, W2, b2 = np.split(np.array(numbers, dtype=float), [4, 6, 8])
    return Parameters(W1.reshape(2, 2), b1.reshape(1, 2), W2.reshape(2, 1), b2.reshape(1, 1))


class NetworkViews:
    """Three linked views of one network, on a picture of `SIZE`."""

    def __init__(self, picture):
        self.planes = Planes(picture, (46, 26), (376, 26), 222, ("inputs", "hidden units"))
        self.diagram = Diagram(picture.axes(0, 304, 386, 186))
        picture.add(self.diagram)

    def update(self, parameters, activation):
        """Show a network; return what it computes for the four rows."""
        state = self.planes.update(parameters, activation)
        self.diagram.update(parameters, dead_units(state, activation))
        return state


class Planes:
    """The input plane and the hidden space of one network; places are upper left corners."""

    def __init__(self, picture, inputs, hidden, side, titles):
        self.picture, self.top = picture, None
        ax, self.plane = picture.plane(*inputs, side, titles[0])
        self.lines = picture.add(HiddenLines(ax))
        self.rows = Points(ax)
        self.rows.update(X, y)
        picture.add(self.rows)
        names = "activation of $h_1$", "activation of $h_2$"
        self.hidden_ax, self.space = picture.plane(*hidden, side, titles[1], names)
        self.hidden_rows = picture.add(Points(self.hidden_ax))

    def update(self, parameters, activation):
        """Show a network; return what it computes for the four rows."""
        state = forward(parameters, X, activation)
        self.plane.update(predict(parameters, self.plane.points, activation))
        self.lines.update(parameters)
        self.make_room(state.a1)
        self.space.update(output_of(parameters, self.space.points))
        self.hidden_rows.update(state.a1, y)
        return state

    def make_room(self, hidden):
        """Choose the hidden space's limits from 1, 2, 5, 10, ...: they seldom change."""
        needed = max(1.0, hidden.max(), -4 * hidden.min())
        power = 10.0 ** np.floor(np.log10(needed))
        top = float(next(step * power for step in (1, 2, 5, 10) if step * power >= needed))
        if top != self.top:
            self.top, limits = top, (-0.3 * top, 1.3 * top)
            self.space.set_limits(limits)
            self.hidden_ax.set(xlim=limits, ylim=limits)
            for set_ticks in (self.hidden_ax.set_xticks, self.hidden_ax.set_yticks):
                set_ticks([0, top], ["0", f"{top:g}"])
            self.picture.stale()


def dead_units(state, activation):
    """Return which hidden units are silent on all four rows (only a ReLU can be)."""
    if activation != "relu":
        return ()
    return tuple(np.flatnonzero((state.z1 <= 0).all(axis=0)).tolist())


def count_right(answers):
    """Return how many of the four answers are on their target's side of 1/2."""
    return sum(is_right(a, target) for a, target in zip(answers, TARGETS, strict=True))


def loss_of(state, activation):
    """Return the loss as it is printed: the mean squared error, or the mean cross-entropy."""
    return float(LOSSES[LOSS[activation]].printed(state.z2, state.a2, y))


def verdict_in_words(state, activation):
    """Return how many rows are right and the loss, as a sentence."""
    kind = "mean squared error" if LOSS[activation] == "squared_error" else "cross-entropy"
    right = count_right(state.a2.ravel())
    return f"{right} of 4 rows right, {kind} {fixed(loss_of(state, activation), 4)}."


def dead_in_words(state, activation):
    """Return which hidden units are dead, as a sentence, or nothing."""
    dead = dead_units(state, activation)
    both = "Both hidden units are dead: silent on all four rows."
    return both if len(dead) == 2 else "".join(f"Unit h{'₁₂'[unit]} is dead." for unit in dead)


def state_in_words(state, activation):
    """Return how many rows are right, the loss and the four answers, as HTML."""
    rows = rows_in_words(state.a2.ravel(), TARGETS)
    return f"<b>{verdict_in_words(state, activation)}</b><br>{rows}"
