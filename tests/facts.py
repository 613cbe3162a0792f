"""What figures in prose are made with: the words they are told in, and runs that no cell makes.

An expression beside a figure (see tests/figures.py) finds `np`, `percent`, `interval`, `printed`,
`written` and `section` by these names, and all of this module as `facts`.
"""

import json
import re
import sys
from functools import cache, partial
from pathlib import Path

import numpy as np

from xorlib import ensemble, network
from xorlib.data import truth_table
from xorlib.outcomes import wilson_interval
from xorlib.training import train

ROOT = Path(__file__).parent.parent
X, Y = truth_table("xor")
START = network.uniform_parameters(42)


def tell(figures, names):
    """Return what the expressions of figures give, as prose writes it, one a line.

    A figure whose expression is True is told as it stands; a minus sign may be a dash.
    """
    words = {f.__name__: f for f in (percent, interval, printed, written, section)}
    names = {"np": np, **words, **names, "facts": sys.modules[__name__]}
    lines = []
    for figure, expression in figures.items():
        value = eval(expression, names)
        so = isinstance(value, (bool, np.bool_)) and value
        same = str(value) in (figure, figure.replace("−", "-"))
        lines.append(figure if so or same else str(value))
    return "\n".join(lines)


def percent(share, digits=1):
    """Return a share as prose writes it: of 0.2255 this is 22.6 %."""
    return f"{share:.{digits}%}".replace("%", " %")


def interval(count, total, digits=1):
    """Return the 95 % interval of a share: of 451 in 2000 this is 20.8 to 24.4 %."""
    low, high = wilson_interval(int(count), int(total))
    return f"{100 * low:.{digits}f} to {percent(high, digits)}"


@cache
def cells(number, folder="notebooks"):
    import nbformat  # only where another notebook is asked

    (path,) = (ROOT / folder).glob(f"0{number}_*.ipynb")
    return nbformat.read(path, as_version=4).cells


@cache
def shown(number, folder="notebooks"):
    """Return what is stored under a notebook's cells, which is compared by running it again."""
    found = [output for cell in cells(number, folder) for output in cell.get("outputs", [])]
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in found)


def printed(number, pattern, folder="notebooks"):
    """Return the numbers that the groups of a pattern find in a notebook's outputs: one, or all."""
    found = re.search(pattern, shown(number, folder), re.S | re.M).groups()
    return float(found[0]) if len(found) == 1 else [float(value) for value in found]


def written(number, code, folder="notebooks"):
    """Return whether some code stands in a notebook: for settings that prose names above it."""
    return any(code in c.source for c in cells(number, folder) if c.cell_type == "code")


def section(number, words, folder="notebooks"):
    """Return the section of a notebook that has these words in its title, such as "section 4"."""
    titles = [c.source.splitlines()[0] for c in cells(number, folder) if c.source]
    (found,) = [title for title in titles if re.match(rf"## \d+\. .*{words}", title)]
    return "section " + re.match(r"## (\d+)", found)[1]


def minutes(number):
    """Return how long the exercises to a notebook take, as their opening says."""
    (path,) = ROOT.glob(f"notebooks/solutions/0{number}_*.ipynb")
    return re.search(r"\*\*Time\*\* about (\d+) minutes", path.read_text(encoding="utf-8"))[1]


def run(learning_rate, epochs=10_000, start=START, **options):
    return train(start, X, Y, learning_rate=learning_rate, epochs=epochs, **options)


@cache
def part_one():
    """Return the History of notebook 2's training, with the network of each epoch."""
    return run(0.1, snapshots=10_001)


@cache
def twenty():
    """Return how notebook 2's training ends from each of the seeds 0 to 19."""
    starts = ensemble.stack([network.uniform_parameters(seed) for seed in range(20)])
    return ensemble.train_ensemble(starts, X, Y, learning_rate=0.1, epochs=10_000)


def plateau(losses=None):
    """Return in how many epochs of notebook 2's training the loss is within 0.01 of 0.25.

    They begin before epoch 100, and about 2000 the loss falls below 0.2.
    """
    losses = part_one().losses if losses is None else np.array(losses)
    flat = np.flatnonzero(np.abs(losses - 0.25) < 0.01)
    assert flat[0] < 100 and 1800 < np.argmax(losses < 0.2) < 2200
    return len(flat)


@cache
def swept():
    """Return the last loss for each of the demo's 41 rates from 0.001 to 100, and for 8 and 9."""
    rates = [*np.geomspace(0.001, 100, 41).tolist(), 8, 9]
    last = ensemble.train_ensemble(START, X, Y, learning_rate=rates, epochs=10_000).final_losses
    return dict(zip([round(rate, 9) for rate in rates], last.tolist(), strict=True))


def solving_rates():
    """Return the demo's rates that solve XOR, but for a few above 23 that rounding decides."""
    return [
        rate for rate, loss in swept().items() if loss < 0.1 and rate < 23 and rate not in (8, 9)
    ]


def keras_losses():
    """Return the losses that notebook 5 prints for Keras's starts, in order of the seeds."""
    told = re.findall(r"seed +(\d+)   final loss ([\d.]+)", shown(5))
    return [float(loss) for _, loss in sorted((int(seed), loss) for seed, loss in told)]


def by_hand_solves():
    """Return whether OR and AND with weights of 10 and biases of -5 and -15 make XOR."""
    hidden = network.sigmoid(X @ np.full((2, 2), 10) + [-5, -15])
    return ((network.sigmoid(hidden @ [[10], [-10]] - 5) > 0.5) == Y).all()


# Notebook 2.


def slope(function, x):
    """Return how fast a function changes at x, from a step to either side."""
    return (function(x + 1e-5) - function(x - 1e-5)) / 2e-5


@cache
def measured():
    """Return the gradient at notebook 2's start as an experiment gives it, by `slope`."""

    def loss_at(part, place, number):
        arrays = [array.copy() for array in START.arrays]
        arrays[part][place] = number
        return network.objective(network.Parameters(*arrays), X, Y)

    rates = [np.empty_like(array) for array in START.arrays]
    for part, array in enumerate(START.arrays):
        for place, number in np.ndenumerate(array):
            rates[part][place] = slope(partial(loss_at, part, place), number)
    return network.Parameters(*rates)


@cache
def without_slope():
    """Return the losses of notebook 2's training if delta1 lacks the slope of the hidden units."""
    W1, b1, W2, b2 = START.arrays
    losses = np.empty(10_000)
    for epoch in range(10_000):
        a1 = network.sigmoid(X @ W1 + b1)
        a2 = network.sigmoid(a1 @ W2 + b2)
        losses[epoch] = np.mean((a2 - Y) ** 2)
        delta2 = (a2 - Y) * a2 * (1 - a2)
        delta1 = delta2 @ W2.T
        W1, b1 = W1 - 0.1 * X.T @ delta1, b1 - 0.1 * delta1.sum(axis=0)
        W2, b2 = W2 - 0.1 * a1.T @ delta2, b2 - 0.1 * delta2.sum(axis=0)
    return losses


@cache
def losses_for_and():
    """Return the losses of notebook 2's training with the targets of AND, from epoch 0 to 2000."""
    return train(START, X, truth_table("and")[1], learning_rate=0.1, epochs=2001).losses


# Notebook 3.


# Notebook 4.


# Notebook 5.


# Notebook 6.


def minutes_add_up():
    """Return whether the minutes of notebook 6's sections are those of its opening, together."""
    parts = [re.findall(r"^\*About (\d+) minutes", c.source, re.M) for c in cells(6)]
    whole = re.search(r"\*\*Time\*\* about (\d+) minutes", cells(6)[0].source)[1]
    return sum(int(part) for found in parts for part in found) == int(whole)


def without_bias():
    """Return h1's activations and the answers if notebook 2's trained network has no bias in h1."""
    trained = part_one().parameters
    state = network.forward(trained._replace(b1=trained.b1 * [0, 1]), X)
    return state.a1[:, 0], state.a2[:, 0]


@cache
def film(seed):
    """Return the ReLU network of a seed after 500 epochs at 0.3, its gradient and its answers."""
    options = {"learning_rate": 0.3, "epochs": 500, "loss": "cross_entropy"}
    shown = train(network.glorot_parameters(seed), X, Y, **options).parameters
    return shown, network.backward(shown, X, Y, "cross_entropy"), network.predict(shown, X)


def saturated_rates():
    """Return the demo's rates whose first step brings the loss to 0.5, where it stays."""
    rates = [rate for rate, loss in swept().items() if round(loss, 8) == 0.5]
    assert all(round(run(rate, 2).losses[1], 8) == 0.5 for rate in rates)
    return rates


@cache
def map_of_starts():
    """Return how the demo's 300 networks end, for each activation: an array of words."""
    stored = json.loads((ROOT / "classroom/demos/starts.json").read_text(encoding="utf-8"))
    words = np.array(stored["OUTCOMES"])
    return {activation: words[ended] for activation, ended in stored["outcomes"].items()}


def solved_on_map(activation):
    return int(np.sum(map_of_starts()[activation] == "solved"))


@cache
def dead_at_start(seeds):
    """Return for each of so many seeds whether its ReLU network has a dead unit at the start."""
    starts = (network.glorot_parameters(seed).W1 for seed in range(seeds))
    return np.array([(W1 <= 0).all(axis=0).any() for W1 in starts])


# Notebook 7.


# Guide, slides and worksheets.
