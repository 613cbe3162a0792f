"""What figures in prose are made with: the words they are told in, and runs that no cell makes.

An expression beside a figure (see tests/figures.py) finds `np`, `percent`, `interval`, `printed`,
`written` and `section` by these names, and all of this module as `facts`.
"""

import inspect
import re
import sys
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from xorlib import ensemble, network, outcomes
from xorlib.data import keras_starts, truth_table
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


@cache
def plateau():
    """Return in how many epochs of notebook 2's training the loss is within 0.01 of 0.25.

    They begin before epoch 100, and about 2000 the loss falls below 0.2.
    """
    losses = part_one().losses
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


# Notebook 3.


# Notebook 4.


# Notebook 5.


def entropy(p):
    return 0 if p in (0, 1) else -p * np.log(p) - (1 - p) * np.log(1 - p)


@cache
def best_shared(ones, rows):
    """Return the best answer for rows to share, of all in steps of 1/600, and their cost."""
    p = np.arange(1, 600) / 600
    costs = -(ones * np.log(p) + (rows - ones) * np.log(1 - p)) / 4
    return p[costs.argmin()], costs.min()


def line_of(number, formula):
    """Return the number of the only line of a notebook's lists in which a formula stands."""
    text = "\n".join(c.source for c in cells(number) if c.cell_type == "markdown")
    (found,) = re.findall(rf"^(\d)\. .*{re.escape(formula)}", text, re.M)
    return found


@cache
def merged_losses():
    """Return the losses, to four decimals, of all ways in which XOR's rows can share answers."""
    losses = set()
    for groups in np.ndindex(4, 4, 4, 4):
        parts = [Y[np.array(groups) == group] for group in set(groups)]
        losses.add(round(sum(len(part) / 4 * entropy(part.mean()) for part in parts), 4))
    return sorted(losses)


def all_patterns():
    return np.array([*Y.T, *sum(outcomes.PATTERNS.values(), [])])


def patterns_apart():
    """Return the smallest distance, in some answer, of two patterns."""
    distances = np.abs(all_patterns()[:, np.newaxis] - all_patterns()).max(axis=2)
    return distances[~np.eye(len(distances), dtype=bool)].min()


def off_patterns(*trained):
    """Return how far the answers of the farthest of all networks are from a pattern."""
    answers = np.concatenate([network.predict(each.parameters, X) for each in trained])[..., 0]
    return np.abs(answers[:, np.newaxis] - all_patterns()).max(axis=2).min(axis=1).max()


def off_levels(censuses, levels):
    """Return how many networks of all the censuses end more than 0.001 from each level."""
    losses = np.concatenate([census.final_losses for census in censuses])[:, np.newaxis]
    return int((np.abs(losses - levels).min(axis=1) > 0.001).sum())


def gradients_are_as_written(net):
    """Return whether sums over a unit's rows, times v / 4, are the gradients of its weights."""
    state, gradient = network.forward(net, X), network.backward(net, X, Y, "cross_entropy")
    errors, rows = state.a2 - Y, np.hstack([X, np.ones((4, 1))])
    first = rows.T @ (errors * (state.z1 > 0)) * net.W2.T / 4
    same = np.allclose(first, np.vstack([gradient.W1, gradient.b1]), rtol=0, atol=1e-15)
    return same and np.allclose(errors.sum() / 4, gradient.b2, rtol=0, atol=1e-15)


def is_balanced(net):
    """Return whether weights into a unit and out of it change their squares alike."""
    gradient = network.backward(net, X, Y, "cross_entropy")
    into = (net.W1 * gradient.W1).sum(axis=0) + (net.b1 * gradient.b1)[0]
    return np.allclose(into, (net.W2 * gradient.W2)[:, 0], rtol=0, atol=1e-15)


class Dying(NamedTuple):
    before: float  # z at 01
    after: float
    weight: float  # to the output
    slope: float  # the gradient of its bias
    error: float  # of the row 01


@cache
def dying():
    """Return the step that silences the second hidden unit of Keras's start from seed 2."""
    start = ensemble.pick(keras_starts(), 2)
    fourth, fifth = (run(0.3, epochs, start, loss="cross_entropy").parameters for epochs in (4, 5))
    before, after = (network.forward(net, X).z1[1, 1] for net in (fourth, fifth))
    error = network.predict(fourth, X)[1, 0] - 1
    slope = network.backward(fourth, X, Y, "cross_entropy").b1[0, 1]
    return Dying(before, after, fourth.W2[1, 0], slope, error)


def seen_at(angle):
    """Return the rows for which a unit fires whose weights point at an angle, in degrees."""
    z = X @ [np.cos(np.radians(angle)), np.sin(np.radians(angle))]
    rows = [f"{first:.0f}{second:.0f}" for first, second in X[z > 1e-9]]
    return " and ".join(filter(None, [", ".join(rows[:-1]), *rows[-1:]]))


def borders(first, second):
    """Return the two directions at which a unit begins or ceases to fire for a row."""
    row = f"{first}{second}"
    turns = [a for a in range(360) if (row in seen_at(a - 0.5)) != (row in seen_at(a + 0.5))]
    return "{}° and {}°".format(*turns)


@cache
def leaky_levels(s):
    """Return the two levels of networks whose slope is s where z is negative, from a grid."""
    sp, c, b = partial(np.logaddexp, 0), np.linspace(0, 20, 2001), np.linspace(-1, 1, 401)[:, None]
    two = (sp(-c) + sp(s * c)) / 2
    three = (2 * sp(b) + sp(-b - c) + sp(s * c - b)) / 4
    return two.min(), three.min()


@cache
def leaky_levels_are_printed():
    """Return whether notebook 5 prints these levels, too."""
    told = ["{:5} {:7.4f} {:7.4f} ".format(s, *leaky_levels(s)) for s in (0.1, 0.2, 0.5)]
    return all(levels in shown(5) for levels in told)


def census_default(setting):
    """Return what a setting of a census is where nothing is said of it."""
    return inspect.signature(ensemble.census).parameters[setting].default


def solved_with_one_dead(census):
    """Return the share solved of the networks that start with just one dead unit."""
    one = (census.starts.W1 <= 0).all(axis=1).sum(axis=1) == 1
    return np.mean(census.outcomes[one] == "solved")


def dead_at_end(census):
    """Return the share of networks in which some unit is silent on all rows."""
    z1 = network.forward(census.parameters, X).z1
    return (z1 <= 0).all(axis=1).any(axis=1).mean()


@cache
def cites(number, name, year):
    """Return whether a notebook's references have a work of that name and year."""
    (works,) = [c.source for c in cells(number) if c.source.startswith("## References")]
    return re.search(rf"\b{name}\b.*\b{year}\b", works) is not None


# Notebook 6.


# Notebook 7.


# Guide, slides and worksheets.
