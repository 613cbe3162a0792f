"""Training runs recorded epoch by epoch, and every number of an epoch."""

import functools
from typing import NamedTuple

import numpy as np

from xorlib.activations import ACTIVATIONS
from xorlib.losses import LOSSES
from xorlib.network import backward, forward, glorot_parameters, uniform_parameters
from xorlib.plotting import style
from xorlib.plotting.style import fixed
from xorlib.sliders.views import (
    LOSS,
    NAMES,
    TARGETS,
    X,
    dead_in_words,
    loss_of,
    network,
    verdict_in_words,
    y,
)
from xorlib.sliders.wording import rows_in_words, table
from xorlib.training import train

EPOCHS = 10_000
HUGE = 1e6  # numbers beyond it are on their way to infinity, and nothing can be seen of them


class Film(NamedTuple):
    """A training run: the nine numbers and the loss at each epoch, unless they run away."""

    name: str
    activation: str
    numbers: np.ndarray
    losses: np.ndarray

    def network(self, epoch):
        """Return the network at an epoch, or the last before the numbers run away."""
        return network(self.numbers[min(epoch, len(self.numbers) - 1)])

    def in_words(self, title, state, epoch):
        """Return the state of the network at an epoch in words, as HTML under a title."""
        last, diverged = len(self.numbers) - 1, ""
        if epoch > last:
            diverged = f"<b>The run diverged: after epoch {last} its numbers run away.</b> "
        verdict = verdict_in_words(state, self.activation)
        dead = dead_in_words(state, self.activation)
        rows = rows_in_words(state.a2.ravel(), TARGETS)
        return f"<b>{title}</b> {diverged}{verdict} {dead}<br>{rows}"


@functools.lru_cache(maxsize=4)
def record(seed, rate, activation):
    """Train a network and return its `Film`.

    As in the notebooks, a sigmoid network starts uniform on [0, 1) and learns from squared
    errors, the others start as Keras does and learn from the cross-entropy.
    """
    loss = LOSS[activation]
    draw = uniform_parameters if activation == "sigmoid" else glorot_parameters
    options = {"learning_rate": rate, "epochs": EPOCHS, "activation": activation, "loss": loss}
    history = train(draw(seed), X, y, **options, snapshots=EPOCHS + 1)
    numbers = np.array([np.concatenate([part.ravel() for part in p]) for p in history.snapshots])
    runaway = ~(np.abs(numbers).max(axis=1) < HUGE)  # NaN too
    if runaway.any():
        numbers = numbers[: runaway.argmax()]
    losses = history.losses
    if len(numbers) > EPOCHS:  # the loss after the last update
        state = forward(history.parameters, X, activation)
        losses = np.append(losses, loss_of(state, activation))
    name = f"seed {seed}, rate {rate:g}, {activation.replace('_', ' ')}"
    return Film(name, activation, numbers, losses[: len(numbers)])


def numbers_of(parameters, activation):
    """Return every number of an epoch as two tables: by row, and by parameter."""
    state, loss = forward(parameters, X, activation), LOSS[activation]
    delta2 = LOSSES[loss].delta(state.a2, y)
    slopes = ACTIVATIONS[activation].derivative_from_activation(state.a1)
    delta1 = delta2 @ parameters.W2.T * slopes
    gradient = backward(parameters, X, y, activation, loss)
    by_row = {
        **{f"{what} of h{'₁₂'[unit]}": values[:, unit] for unit in (0, 1)
           for what, values in (("z", state.z1), ("a", state.a1))},
        "z of out": state.z2, "answer a": state.a2, "error a − y": state.a2 - y,
        "δ of out": delta2, "δ of h₁": delta1[:, 0], "δ of h₂": delta1[:, 1],
    }  # fmt: skip
    rows = [(name, *(fixed(v) for v in np.ravel(values))) for name, values in by_row.items()]
    flat = [np.concatenate([part.ravel() for part in p]) for p in (parameters, gradient)]
    numbers = [
        (name, fixed(value), fixed(slope, 4))
        for name, value, slope in zip(NAMES, *flat, strict=True)
    ]
    return table("The four rows", ["row", *style.ROW_NAMES], rows) + table(
        "The nine numbers", ["number", "value", "gradient"], numbers
    )
