"""Curves: an activation beside its slope, what an answer or a weight costs, a falling loss."""

import numpy as np

from xorlib import arguments
from xorlib.network import ACTIVATIONS
from xorlib.plotting import style
from xorlib.plotting.page import _on, describe
from xorlib.plotting.style import _fixed


def plot_activation(activation, ax=None, reach=8, *, beside="slope"):
    """Draw an activation function for z from -`reach` to `reach`, and dashed its slope, or a step.

    `beside` says which: "slope", or "step", which is 0 up to z = 0 and 1 above.
    """
    arguments.choice("activation", activation, ACTIVATIONS)
    reach = arguments.positive("reach", reach, most=1000)
    z = np.linspace(-1, 1, 401) * reach
    a = ACTIVATIONS[activation].function(z)
    dashed = {"slope": ACTIVATIONS[activation].derivative_from_activation(a), "step": z > 0}
    other = dashed[arguments.choice("beside", beside, dashed)]
    ax = _on(ax, (5.2, 2.8))
    name = activation.replace("_", " ")
    for values, line, label in ((a, "-", f"{name}(z)"), (other, "--", beside)):
        ax.plot(z, values, color=style.INK, linestyle=line, label=label)
        first, middle, last = (_fixed(values[place], 3) for place in (0, 200, -1))
        describe(ax, f"{label}: {first} at z = −{reach:g}, {middle} at 0, {last} at {reach:g}.")
    ax.set(xlabel="pre-activation z")
    ax.grid(alpha=0.3)
    ax.legend()
    return ax


def plot_valley(weights, losses, steps, ax=None):
    """Draw a loss against one weight, and on it a descent: weight and loss at each of its stops.

    `steps` has the shape (stops, 2), the start first.
    """
    weights = arguments.array("weights", weights, ("points",))
    losses = arguments.array("losses", losses, (len(weights),))
    steps, ax = arguments.array("steps", steps, ("stops", 2)), _on(ax, (5.2, 2.8))
    ax.plot(weights, losses, color=style.INK)
    ax.plot(*steps.T, "o", color=style.CURVES[3][0], markersize=5)
    ax.annotate("start", steps[0], (8, -8), textcoords="offset points")
    ax.set(xlabel="weight", ylabel="loss")
    ax.grid(alpha=0.3)
    places = [f"{_fixed(weight)} with a loss of {_fixed(loss, 3)}" for weight, loss in steps]
    describe(ax, f"The loss against one weight, and a descent: {', then '.join(places)}.")
    return ax


def plot_cross_entropy(ax=None):
    """Draw what a row costs in cross-entropy, against the probability given to the right answer."""
    ax, p = _on(ax, (3.4, 2.6)), np.linspace(0.01, 1, 200)
    ax.plot(p, -np.log(p), color=style.INK)
    ax.set(xlabel="probability given to the right answer", ylabel="cost of the row")
    ax.grid(alpha=0.3)
    costs = [f"{_fixed(-np.log(at), 3)} at {at:g}" for at in (0.01, 0.5, 1)]
    describe(ax, f"The cost of a row falls with that probability: {', '.join(costs)}.")
    return ax


def plot_losses(curves, ax=None, *, epochs=None, marks=None, log=False):
    """Draw losses against the number of epochs.

    `curves` are the losses of one run, (points,), or of up to eight by name; `epochs` says at which
    epochs, if not 0, 1, 2, ...; `marks` are epochs to mark on the first curve, by the words to
    write there. With `log` the epochs' axis is logarithmic, and epoch 0 stands at 1.
    """
    curves = arguments.by_name("curves", curves if isinstance(curves, dict) else {"": curves}, 8)
    marks = {} if marks is None else arguments.by_name("marks", marks)
    arguments.instance("log", log, bool)
    drawn = {}
    for name, losses in curves.items():
        losses = arguments.array("curves", losses, ("points",), finite=False)
        at = np.arange(len(losses)) if epochs is None else epochs
        at = arguments.array("epochs", at, (len(losses),))
        if at.min() < 0:
            raise arguments.refusal("epochs", "be 0 or more", epochs)
        drawn[name] = at, losses
    first_at, first_losses = next(iter(drawn.values()))
    for epoch in marks.values():
        if arguments.whole_number("marks", epoch, 0) not in first_at:
            raise arguments.refusal("marks", "be epochs of the first curve", epoch)
    ax = _on(ax, (6, 3))
    for (name, (at, losses)), (colour, line) in zip(drawn.items(), style.CURVES, strict=False):
        ax.plot(at + log, losses, color=colour, linestyle=line, linewidth=1.8, label=name)
        places = [0, len(at) // 10, len(at) // 4, len(at) // 2, -1]
        told = [f"{_fixed(losses[place], 3)} at epoch {at[place]:.0f}" for place in places]
        describe(ax, f"The loss{' of ' * bool(name)}{name}: {', '.join(told)}.")
    for words, epoch in marks.items():
        loss, words = first_losses[first_at == epoch][0], f"{words}, epoch {epoch}"
        ax.plot(epoch + log, loss, "o", color=style.INK)
        ax.annotate(words, (epoch + log, loss), (12, 6), textcoords="offset points")
        describe(ax, f"Marked: {words}, with a loss of {_fixed(loss, 3)}.")
    ax.set(xlabel="epoch (logarithmic)" if log else "epoch", ylabel="loss", ylim=(0, None))
    ax.set_xscale("log" if log else "linear")
    ax.grid(alpha=0.3)
    if len(curves) > 1:
        ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return ax
