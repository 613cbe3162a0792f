"""The 2-2-1 network by hand: nine sliders, and everything they move."""

import functools

import numpy as np

from xorlib.network import uniform_parameters
from xorlib.plotting import style
from xorlib.plotting.style import fixed
from xorlib.sliders.frame import Demo, Number, buttons, choice, side_by_side
from xorlib.sliders.picture import Picture
from xorlib.sliders.views import (
    ACTIVATION_NAMES,
    NAMES,
    SIZE,
    TARGETS,
    NetworkViews,
    X,
    dead_in_words,
    network,
    state_in_words,
    y,
)
from xorlib.sliders.wording import mark, table
from xorlib.training import train

SHOWN = (0, 2, 4, 1, 3, 5, 6, 7, 8)  # unit by unit


def solve_by_hand():
    """Return the demo of a network with a slider for each of its nine numbers.

    Returns
    -------
    ipywidgets widget
    """
    return SolveByHand()


@functools.cache
def presets():
    """Return each preset's nine numbers and its activation.

    References
    ----------
    The ReLU solution: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016,
    section 6.1; its output is z itself there and has a sigmoid here, which is above 1/2 only
    when z is above 0. So the output's weights are multiplied by 10, and its bias is -5.
    """
    trained = train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000).parameters
    return {
        "Half done: OR": ((10, 0, 10, 0, -5, 0, 10, 0, -5), "sigmoid"),
        "All zero": ((0,) * 9, "sigmoid"),
        "OR and AND": ((10, 10, 10, 10, -5, -15, 10, -10, -5), "sigmoid"),
        "ReLU solution": ((1, 1, 1, 1, 0, -1, 10, -20, -5), "relu"),
        "Trained": (tuple(np.concatenate([part.ravel() for part in trained])), "sigmoid"),
    }


class SolveByHand(Demo):
    """The widget that `solve_by_hand` returns."""

    def __init__(self):
        picture = Picture(*SIZE)
        self.views = NetworkViews(picture)
        (numbers, activation), *_ = presets().values()
        controls = {"activation": choice("hidden units", ACTIVATION_NAMES, activation)}
        for place in SHOWN:
            controls[NAMES[place]] = Number(NAMES[place], float(numbers[place]), -20, 20, 0.1)
        self.presets = dict(zip(presets(), buttons(*presets()), strict=True))
        row = side_by_side(self.presets.values())
        super().__init__(picture, controls, [row, *controls.values()])
        for name, button in self.presets.items():
            self.when(button, functools.partial(self.back_to, name))

    def back_to(self, name):
        """Set all nine numbers and the activation to those of a preset."""
        numbers, activation = presets()[name]
        with self.together():
            self.controls["activation"].value = activation
            for label, number in zip(NAMES, numbers, strict=True):
                self.controls[label].value = float(number)

    def parameters(self):
        """Return the network that the controls are set to."""
        return network([self.controls[name].value for name in NAMES])

    def draw(self):
        """Bring the picture up to date; return what it shows, its state, the numbers."""
        activation = self.controls["activation"].value
        state = self.views.update(self.parameters(), activation)
        columns = ["row", "z of h₁", "a of h₁", "z of h₂", "a of h₂", "z of out", "answer", ""]
        rows = [
            (name, *(fixed(number, 2) for number in numbers), fixed(a), mark(a, target))
            for name, numbers, a, target in zip(
                style.ROW_NAMES,
                np.stack([*state.z1.T, *state.a1.T, state.z2[:, 0]])[[0, 2, 1, 3, 4]].T,
                state.a2.ravel(),
                TARGETS,
                strict=True,
            )
        ]
        alt = "The input plane with both hidden units' lines, the hidden space, the network."
        words = f"{state_in_words(state, activation)} {dead_in_words(state, activation)}"
        return alt, words, table("The four rows", columns, rows)
