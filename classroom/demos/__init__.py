"""Seven demos of a small network, computed and drawn in the browser.

Each function returns a widget for a notebook; `make demos` puts all seven on a page of their own.
"""

import anywidget
import numpy as np
import traitlets
from IPython.display import display

from classroom.demos import still
from classroom.demos.joiner import script
from classroom.demos.schema import FIELDS, checked
from xorlib import arguments
from xorlib.network import Parameters, _checked_parameters

__all__ = ["Demo", *FIELDS]


class Demo(anywidget.AnyWidget):
    """A demo in a notebook.

    Attributes
    ----------
    name : str
        Which of the seven.
    state : dict
        What its controls are set to, as in the demo's link. Setting it moves them; if a part of it
        cannot be, a ValueError says so in the words of the page, and all stays as it is.
    numbers : list of float
        The nine numbers of the network on the screen: W1 row by row, b1, W2, b2.
    """

    _esm, _css = script(), still.CSS
    name = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    numbers = traitlets.List(traitlets.Float()).tag(sync=True)

    @traitlets.validate("state")
    def _state_that_can_be(self, proposal):
        return checked(arguments.choice("name", self.name, FIELDS), proposal["value"])

    def _ipython_display_(self):
        """Display it, and first what stands in its place where no kernel runs."""
        still.show_still(self.name, self.state)
        data, metadata = self._repr_mimebundle_()
        display(data | {"text/plain": ""}, metadata=metadata, raw=True)

    @property
    def parameters(self):
        """The network on the screen, as `Parameters`; the demo of one neuron has none."""
        if not self.numbers:
            raise ValueError(f"{self.name} has no network, or none before it is on the screen")
        return still.network(self.numbers, still.whole(self.name, self.state))

    @property
    def epoch(self):
        """The epoch on the screen; only `watch_it_learn` has one."""
        if self.name != "watch_it_learn":
            raise ValueError(f"only watch_it_learn has an epoch, not {self.name}")
        return still.whole(self.name, self.state)["epoch"]


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
    return _begun_at("solve_by_hand", state, "parameters", parameters)


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
    return _begun_at("watch_it_learn", {}, "start", parameters)


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


def what_do_you_see(seen=None):
    """Return the demo that says what a loss, four answers or nine numbers mean.

    Parameters
    ----------
    seen : Parameters, number, array_like or str, optional
        What its box begins with: a 2-2-1 network, or whatever can be typed there.

    Returns
    -------
    Demo
        Its `parameters` are those in the box, if there are nine numbers.

    Raises
    ------
    ValueError
        If `seen` is a network, but not a 2-2-1 one.
    """
    if seen is None or isinstance(seen, Parameters):
        return _begun_at("what_do_you_see", {}, "text", seen)
    return Demo(name="what_do_you_see", state={"text": str(seen)})


def _begun_at(name, state, key, parameters):
    """Return a demo that begins at a network, in its state under `key`; with None, at its own."""
    if parameters is not None:
        parameters = _checked_parameters(parameters, stack=False)
        if (wide := parameters.W1.shape) != (2, 2):
            raise ValueError(f"parameters must be a 2-2-1 network, but W1 has shape {wide}")
        numbers = np.concatenate([array.ravel() for array in parameters.arrays]).tolist()
        text = str([array.tolist() for array in parameters.arrays])[1:-1]
        start = text if key == "text" else numbers
        state |= {key: start, "activation": parameters.activation}
    return Demo(name=name, state=state, numbers=still.start(still.whole(name, state)))
