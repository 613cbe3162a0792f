"""Units as nodes, weights as links: a neuron, a network, and the paths back through it."""

from itertools import pairwise, product

import numpy as np
from matplotlib.patches import Circle

from xorlib import arguments
from xorlib.network import _checked_parameters
from xorlib.plotting import style
from xorlib.plotting.page import _on, describe
from xorlib.plotting.style import _fixed


def plot_parts(ax=None):
    """Draw what a neuron is made of: a weight on each input's link, the sum, the sigmoid."""
    layers = ["x1", "x2"], ["+"], [r"$\sigma$"], ["$a$"]
    words = [["$w_1$"], ["$w_2$"]], [["$z$"]], [[""]]
    notes = {"+": "bias $b$", r"$\sigma$": "sigmoid", "$a$": "answer"}
    ax = _plot_layers(layers, words, ax, notes=notes)
    describe(ax, "x1 times w1, x2 times w2 and the bias b are added, which makes z.")
    describe(ax, "z goes through the sigmoid, which makes a, the answer.")
    return ax


def plot_network(parameters, ax=None, *, notes=None, path=()):
    """Draw a 2-h-1 network of up to four hidden units with the numbers that make it.

    A solid link is a positive weight, a dashed one negative; the thicker, the larger (up to a size
    of 8). Links have the colour of their hidden unit, and each bears its weight. Each hidden and
    output node, "h1" or "out", bears its bias, or else its note, if there are `notes`. With a
    `path`, pairs of names, only those links bear a number that lead from the first of a pair back
    to the second, and the others are faint.
    """
    parameters = _checked_parameters(parameters, stack=False, inputs=2)
    W1, b1, W2, b2 = parameters.arrays
    units = _units("h", arguments.whole_number("hidden units", W1.shape[1], 1, 4))
    layers, nodes = (["x1", "x2"], units, ["out"]), [*units, "out"]
    biases = {name: f"bias {_fixed(b)}" for name, b in zip(nodes, (*b1[0], *b2[0]), strict=True)}
    notes, path = _checked_notes(layers, biases if notes is None else notes, path)
    ax = _on(ax, (5, 2.6))
    for (name, bias), weights in zip(biases.items(), (*W1.T, W2[:, 0]), strict=True):
        numbers = " and ".join(map(_fixed, weights))
        describe(ax, f"{'Output' if name == 'out' else name}: weights {numbers}, {bias}.")
    return _plot_layers(layers, (W1, W2), ax, notes=notes, path=path)


def plot_outputs(weights, ax=None, *, notes, path=()):
    """Draw the links from hidden units, "h1" and so on, to several outputs, "o1" and so on.

    `weights` has the shape (hidden units, outputs), up to four of each; for all else see
    `plot_network`.
    """
    weights = arguments.array("weights", weights, ("hidden units", "outputs"))
    counts = [arguments.whole_number("weights", count, 1, 4) for count in weights.shape]
    layers = _units("h", counts[0]), _units("o", counts[1])
    notes, path = _checked_notes(layers, notes, path)
    return _plot_layers(layers, [weights], ax, notes=notes, path=path)


def _units(letter, count):
    return [f"{letter}{unit}" for unit in range(1, count + 1)]


def _checked_notes(layers, notes, path):
    """Return `notes`, words by nodes' names, and `path`, a list of links, the end first."""
    nodes = [name for names in layers for name in names]
    for name, note in notes.items() if arguments.instance("notes", notes, dict) else ():
        arguments.instance("notes", note, str)
        arguments.choice("notes", name, nodes)
    links = [[*ends] for left, right in pairwise(layers) for ends in product(right, left)]
    path = [arguments.several("path", ends, str) for ends in arguments.several("path", path, tuple)]
    if not all(ends in links for ends in path):
        raise arguments.refusal("path", f"be made of pairs such as {(*links[0],)}", path)
    return notes, path


def _plot_layers(layers, weights, ax, *, notes, path=()):
    """Draw layers of named nodes, and a link for each weight, or words for it, between them."""
    ax, places, colours = _on(ax, (5, 2.6)), {}, {}
    reach = max(1, 0.62 * (max(map(len, layers)) - 1)) / 2
    for column, names in enumerate(layers):
        heights = np.linspace(reach, -reach, len(names)) if len(names) > 1 else [0]
        for name, height, colour in zip(names, heights, style.UNIT_COLOURS, strict=False):
            places[name] = np.array([3 / len(weights) * column, height])
            colours[name] = colour if name.startswith("h") else style.INK
            label = f"${name[0]}_{name[1]}$" if name[1:].isdigit() else name
            _node(ax, places[name], label, notes.get(name, ""), colours[name])
    for left, right, matrix in zip(layers, layers[1:], weights, strict=False):
        along = 0.3 if len(right) > 1 else 0.42  # links that cross do so halfway
        for (row, column), weight in np.ndenumerate(matrix):
            start, end = left[row], right[column]
            colour = colours[start if start.startswith("h") else end]
            faint = bool(path) and [end, start] not in path
            _link(ax, places[start], places[end], weight, colour, along, faint, bool(path))
            if path and not faint:
                arrow = {"arrowstyle": "-|>", "color": colour, "shrinkB": 15, "mutation_scale": 20}
                ax.annotate("", places[start], places[end], arrowprops=arrow, zorder=1)
                describe(ax, f"Back from {end} to {start}: {_fixed(weight, 3)}.")
    for name, note in notes.items() if path else ():
        describe(ax, f"At {name}: {note}.")
    ax.set(xlim=(-0.2, 3.45), ylim=(-0.4 - reach, 0.4 + reach), aspect="equal")
    ax.axis("off")
    return ax


def _link(ax, start, end, weight, colour, along, faint, product):
    """Draw one weight's line and, `along` the way, its number, or words in place of a weight."""
    words, size = (weight, 1) if isinstance(weight, str) else (_fixed(weight), weight)
    words = f"× {_fixed(weight, 3)}" if product else words
    width, dashes = 0.6 + 4.4 * min(abs(size), 8) / 8, "-" if size >= 0 else (0, (4, 2))
    look = {"color": colour, "lw": width, "ls": dashes, "alpha": 0.25 if faint else 1, "zorder": 1}
    ax.plot(*zip(start, end, strict=True), **look)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    look = {"ha": "center", "va": "center_baseline", "fontsize": 9.5, "zorder": 2, "bbox": box}
    if not faint:
        ax.text(*(start + along * (end - start)), words, **look)


def _node(ax, place, name, note, colour=style.INK):
    """Draw one unit's circle with its name, and its note on the outer side: fewest links there."""
    ax.add_patch(Circle(place, 0.15, facecolor="white", edgecolor=colour, linewidth=2, zorder=3))
    ax.text(*place, name, ha="center", va="center", fontsize=12, zorder=4)
    if note:
        side, va = (0.2, "bottom") if place[1] > 0 else (-0.2, "top")
        look = {"ha": "center", "va": va, "fontsize": 9.5, "zorder": 4}
        ax.text(place[0], place[1] + side, note, path_effects=style.HALO, **look)
