"""Six demos of a small network, computed and drawn in the browser.

Each function returns a widget for a notebook; `make demos` puts all six on a page of their own.
"""

import anywidget
import numpy as np
import traitlets

from classroom.demos.joiner import script
from classroom.demos.schema import FIELDS, SHARED, checked
from xorlib import arguments
from xorlib.network import Parameters, _checked_parameters, uniform_parameters

__all__ = ["Demo", *FIELDS]


class Demo(anywidget.AnyWidget):
    """A demo in a notebook.

    Attributes
    ----------
    name : str
        Which of the six.
    state : dict
        What its controls are set to, as in the demo's link. Setting it moves them; if a part of it
        cannot be, a ValueError says so in the words of the page, and all stays as it is.
    numbers : list of float
        The nine numbers of the network on the screen: W1 row by row, b1, W2, b2.
    """

    _esm = script()
    name = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    numbers = traitlets.List(traitlets.Float()).tag(sync=True)

    @traitlets.validate("state")
    def _state_that_can_be(self, proposal):
        return checked(arguments.choice("name", self.name, FIELDS), proposal["value"])

    @property
    def parameters(self):
        """The network on the screen, as `Parameters`; the demo of one neuron has none."""
        if self.name == "draw_a_line":
            raise ValueError("draw_a_line shows one neuron, which has no Parameters")
        if not self.numbers:
            raise ValueError(f"{self.name} has no parameters before it is on the screen")
        W1, b1, W2, b2 = np.split(np.array(self.numbers), [4, 6, 8])
        units = FIELDS[self.name].get("activation", SHARED["units"])
        return Parameters(
            W1.reshape(2, 2),
            b1.reshape(1, 2),
            W2.reshape(2, 1),
            b2.reshape(1, 1),
            activation=self.state.get("activation", units["start"]),
        )

    @property
    def epoch(self):
        """The epoch on the screen; only `watch_it_learn` has one."""
        if self.name != "watch_it_learn":
            raise ValueError(f"only watch_it_learn has an epoch, not {self.name}")
        return self.state.get("epoch", FIELDS[self.name]["epoch"]["start"])


def draw_a_line():
    """Return the demo of one neuron: its two weights, its bias and a choice of gate.

    Returns
    -------
    Demo
    """
    return Demo(name="draw_a_line")


def solve_by_hand(parameters=None, *, only_sigmoid=False):
    """Return the demo of a network whose nine numbers are set by hand.

    Parameters
    ----------
    parameters : Parameters, optional
        A 2-2-1 network to begin with, such as one of your own.
    only_sigmoid : bool
        Whether to leave out the other activations, for readers who have not met them yet.

    Returns
    -------
    Demo
        Its `parameters` are those on the screen.

    Raises
    ------
    ValueError
        If `parameters` is not a 2-2-1 network of numbers of a size up to a million.
    """
    state = {"only": "sigmoid"} if only_sigmoid else {}
    numbers = FIELDS["solve_by_hand"]["parameters"]["start"]
    if parameters is not None:
        numbers = nine_numbers(parameters)
        state |= {"parameters": numbers, "activation": parameters.activation}
    return Demo(name="solve_by_hand", state=state, numbers=numbers)


def follow_the_delta():
    """Return the demo of one row's backward pass, step by step, with one output or two.

    Returns
    -------
    Demo
    """
    return Demo(name="follow_the_delta")


def watch_it_learn(parameters=None):
    """Return the demo of a training run that can be played, stepped, rewound and compared.

    Parameters
    ----------
    parameters : Parameters, optional
        A 2-2-1 network to start from, instead of a seed's.

    Returns
    -------
    Demo
        Its `parameters` and its `epoch` are those on the screen.

    Raises
    ------
    ValueError
        If `parameters` is not a 2-2-1 network of numbers of a size up to a million.
    """
    own = parameters is not None
    numbers = nine_numbers(parameters if own else uniform_parameters(SHARED["seed"]["start"]))
    state = {"start": numbers, "activation": parameters.activation} if own else {}
    return Demo(name="watch_it_learn", state=state, numbers=numbers)


def learning_rates(*, hide=False):
    """Return the demo of one start trained at each of 41 learning rates.

    Parameters
    ----------
    hide : bool
        Whether to begin with the answers hidden, for a guess.

    Returns
    -------
    Demo
    """
    return Demo(name="learning_rates", state={"hide": True} if hide else {})


def luck_of_the_start(*, hide=False):
    """Return the demo of 300 starts as a map, each of which can be looked into.

    Parameters
    ----------
    hide : bool
        Whether to begin with the answers hidden, for a guess.

    Returns
    -------
    Demo
    """
    return Demo(name="luck_of_the_start", state={"hide": True} if hide else {})


def nine_numbers(parameters):
    """Return a 2-2-1 network as a list of nine floats."""
    parameters = _checked_parameters(parameters, stack=False)
    if parameters.W1.shape != (2, 2):
        wide = parameters.W1.shape
        raise ValueError(f"parameters must be those of a 2-2-1 network, but W1 has shape {wide}")
    return np.concatenate([array.ravel() for array in parameters.arrays]).tolist()
