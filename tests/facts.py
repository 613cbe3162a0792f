"""What figures in prose are made with: the words they are told in, and runs that no cell makes.

An expression beside a figure (see tests/figures.py) finds `np`, `percent`, `interval`, `printed`,
`written` and `section` by these names, and all of this module as `facts`.
"""

import inspect
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from statistics import NormalDist
from types import SimpleNamespace
from unittest import mock

import numpy as np

from tests import rest  # noqa: F401  figures find it here
from tests.networks import ARRAYS, central_differences
from xorlib import ensemble, network, outcomes
from xorlib.data import keras_starts, truth_table
from xorlib.outcomes import LEVELS, wilson_interval
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
    """Return the cells of a notebook, read without nbformat, which takes a kernel a second."""
    (path,) = (ROOT / folder).glob(f"0{number}_*.ipynb")
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in found]


def outputs(cells):
    """Return what is stored under cells, which is compared by running the notebook again."""
    found = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in found]
    return "\n".join("".join(lines) for lines in texts)


@cache
def shown(number, folder="notebooks"):
    """Return what is stored under all of a notebook's cells."""
    return outputs(cells(number, folder))


def matches(number, pattern, folder="notebooks"):
    """Return all that a pattern finds in a notebook's outputs, or its groups do: words."""
    return re.findall(pattern, shown(number, folder), re.M)


def printed(number, pattern, folder="notebooks"):
    """Return the numbers that the groups of a pattern find in a notebook's outputs: one, or all."""
    found = re.search(pattern, shown(number, folder), re.S | re.M).groups()
    return float(found[0]) if len(found) == 1 else [float(value) for value in found]


@cache
def markdown(number):
    """Return the Markdown of a notebook."""
    return "\n\n".join(c["source"] for c in cells(number) if c["cell_type"] == "markdown")


def written(number, code, folder="notebooks"):
    """Return whether some code stands in a notebook: for settings that prose names above it."""
    return any(code in c["source"] for c in cells(number, folder) if c["cell_type"] == "code")


def section(number, words, folder="notebooks"):
    """Return the section of a notebook that has these words in its title, such as "section 4"."""
    titles = [c["source"].splitlines()[0] for c in cells(number, folder) if c["source"]]
    (found,) = [title for title in titles if re.match(rf"## \d+\. .*{words}", title)]
    return "section " + re.match(r"## (\d+)", found)[1]


def minutes(number):
    """Return how long the exercises to a notebook take, as their opening says."""
    (path,) = ROOT.glob(f"notebooks/solutions/0{number}_*.ipynb")
    return re.search(r"\*\*Time\*\* about (\d+) minutes", path.read_text(encoding="utf-8"))[1]


def run(learning_rate, epochs=10_000, start=START, **options):
    return train(start, X, Y, learning_rate=learning_rate, epochs=epochs, **options)


def as_keras(starts, epochs=10_000):
    """Return the losses of networks after training as in notebook 5."""
    settings = {"learning_rate": 0.3, "epochs": epochs, "loss": "cross_entropy"}
    return ensemble.train_ensemble(starts, X, Y, **settings).final_losses


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
def demos_data():
    """Return what the demos' page has from xorlib, their starts and how they end among it."""
    return json.loads((ROOT / "classroom/demos/data.json").read_text(encoding="utf-8"))


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
    told = matches(5, r"seed +(\d+)   final loss ([\d.]+)")
    return [float(loss) for _, loss in sorted((int(seed), loss) for seed, loss in told)]


def keras_with_a_tiny_bias(epochs=3000):
    """Return the losses of Keras's starts with hidden biases of 1e-12: a slow test asks Keras."""
    start = keras_starts()
    return as_keras(start._replace(b1=start.b1 + 1e-12), epochs)


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
    """Return the gradient at notebook 2's start as an experiment gives it."""
    return central_differences(lambda p: network.objective(p, X, Y), START)


def lacking_the_slope():
    """Return a context in which delta1 lacks the slope of the hidden units."""
    flat = network.ACTIVATIONS["sigmoid"]._replace(derivative_from_activation=np.ones_like)
    return mock.patch.dict(network.ACTIVATIONS, sigmoid=flat)


@cache
def without_slope():
    """Return the losses of notebook 2's training if delta1 lacks the slope of the hidden units."""
    with lacking_the_slope():
        return run(0.1).losses


@cache
def losses_for_and():
    """Return the losses of notebook 2's training with the targets of AND, from epoch 0 to 2000."""
    return train(START, X, truth_table("and")[1], learning_rate=0.1, epochs=2001).losses


# Notebook 3.


def from_01(hidden):
    """Return on which share of the way from 01 to 10 the line through 00 and 11 is crossed."""
    dx, dy = hidden[3] - hidden[0]
    distances = (hidden - hidden[0]) @ [-dy, dx]
    return distances[1] / (distances[1] - distances[2])


def hidden_distance(parameters, row, other):
    """Return how far apart two rows are in a network's hidden space."""
    hidden = network.forward(parameters, X).a1
    return np.linalg.norm(hidden[row] - hidden[other])


def usual_pair(on):
    """Return for which rows the units of the most frequent pair are on: the fewest, then the other.

    `on` tells it for many networks, by row and unit.
    """
    rows = np.array(["00", "01", "10", "11"])
    pairs = Counter(tuple(sorted(" ".join(rows[unit]) for unit in units.T)) for units in on)
    return sorted(pairs.most_common(1)[0][0], key=len)


@cache
def solving(low, number=200):
    """Return those of notebook 3's first starts from `low` to 1 that solve XOR, and their ends.

    Two networks whose arrays have one more axis in front.
    """
    drawn = ensemble.starts(2000, seed=1, start="uniform", activation="sigmoid")
    some = ensemble.pick(drawn, slice(number))
    some = network.Parameters(*(low + (1 - low) * array for array in some.arrays))
    ended = ensemble.train_ensemble(some, X, Y, learning_rate=0.1, epochs=10_000)
    solved = ended.final_losses < 0.01
    return ensemble.pick(some, solved), ensemble.pick(ended.parameters, solved)


def positive_if(ours):
    """Return whether just the networks with a table like ours have positive hidden weights."""
    stacks = [solving(low)[1] for low in (0, -1)]
    tables = np.concatenate([network.forward(ended, X).a1 > 0.5 for ended in stacks])
    positive = np.concatenate([ended.W1 > 0 for ended in stacks]).all(axis=(1, 2))
    alike = [(tables == one).all(axis=(1, 2)) for one in (ours, ours[:, ::-1])]
    return np.array_equal(alike[0] | alike[1], positive)


def errors_shrink():
    """Return by what the errors of a slope shrink if the step does by ten: one way, and both.

    The slope is that of the loss along the output's bias at the start.
    """

    def loss(b2):
        return network.objective(START._replace(b2=b2), X, Y)

    b2, slope_there = START.b2, network.backward(START, X, Y).b2[0, 0]
    steps = (0.001, 0.0001)
    one = [(loss(b2 + step) - loss(b2)) / step - slope_there for step in steps]
    both = [(loss(b2 + step) - loss(b2 - step)) / (2 * step) - slope_there for step in steps]
    return [round(errors[0] / errors[1]) for errors in (one, both)]


def right_without_slope(start):
    """Return of which parts the gradient stays right if delta1 leaves out the units' slope."""
    right = network.backward(start, X, Y)
    with lacking_the_slope():
        wrong = network.backward(start, X, Y)
    return [name for name in ARRAYS if np.allclose(getattr(right, name), getattr(wrong, name))]


@cache
def twins():
    """Return the twins of section 6, one entry of W1 changed by 0.1 or 0.01: 80,000 epochs."""
    equal = network.Parameters(*(np.full_like(array, 0.5) for array in START.arrays))
    nudged = [equal._replace(W1=equal.W1 + [[nudge, 0], [0, 0]]) for nudge in (0.1, 0.01)]
    return ensemble.train_ensemble(
        ensemble.stack(nudged), X, Y, learning_rate=0.1, epochs=80_000, snapshots=9
    )


def twins_after(epochs, nudge):
    """Return the twins' answers then, and how far their weights are apart."""
    kept = twins().snapshots[epochs // 10_000]
    which = (0.1, 0.01).index(nudge)
    answers, W1 = network.predict(kept, X)[which].ravel(), kept.W1[which]
    return answers, np.abs(W1[:, 0] - W1[:, 1]).max()


def twins_solve(epochs, nudge):
    """Return whether the twins' answers are near the targets then."""
    return np.abs(twins_after(epochs, nudge)[0] - Y.T).max() < 0.1


# Notebook 4.


def stops_at(cost):
    """Return the cost at which Keras stops, rounded, if it stops as notebook 4 tells.

    From the answer alone the gradient is 0 at z = 40; only on TensorFlow does Keras keep the logit.
    """
    from xorlib.keras_model import keras, tf

    z = tf.Variable([[40.0]])
    with tf.GradientTape() as tape:
        of_answer = keras.losses.binary_crossentropy([[0.0]], tf.sigmoid(z))
    engines = Path(keras.__file__).parent / "src" / "backend"
    kept = ["_keras_logits" in path.read_text("utf-8") for path in engines.glob("*/nn.py")]
    on_tensorflow = "_keras_logits" in (engines / "tensorflow/nn.py").read_text("utf-8")
    assert on_tensorflow and sum(kept) == 1 and not tape.gradient(of_answer, z).numpy().any()
    return round(float(cost))


def minutes_by(way):
    """Return how many minutes 10,000 epochs take by one of notebook 4's ways, as it prints.

    What the data set that repeats the rows saves is nearly all; an update takes some 0.1 ms.
    """
    usual, once, quick = (
        printed(4, rf"^{name} +(\S+) ms") for name in ("as_usual", "repeated", "quick")
    )
    assert usual > 5 * once and 0.02 < quick < 0.2
    return {"as_usual": usual, "quick": quick}[way] * 10_000 / 60_000


@cache
def from_keras(seed, epochs):
    """Return the History of Keras's start from a seed, trained as in notebook 5."""
    return run(0.3, epochs, ensemble.pick(keras_starts(), seed), loss="cross_entropy")


def accuracy(epochs):
    """Return the accuracy of Keras's start from seed 3 after so many epochs."""
    return np.mean((network.predict(from_keras(3, epochs).parameters, X) > 0.5) == Y)


@cache
def fail_with_eight_units(build):
    """Return how many of the seeds 0 to 9 fail to solve XOR with 8 hidden units in Keras."""
    from xorlib.keras_model import to_parameters  # only where Keras is loaded

    wide = ensemble.stack([to_parameters(build(seed, hidden=8)) for seed in range(10)])
    return np.sum(as_keras(wide) > 0.1)


# Notebook 5.


def short_path(number):
    """Return the minutes of a notebook's short path; with all other parts they are its time."""
    text = markdown(number)
    parts = re.findall(r"^\*(.+): (\d+) minutes?\.\*$", text, re.M)
    whole = re.search(r"\*\*Time\*\* about (\d+) minutes", text)[1]
    assert sum(int(minutes) for _, minutes in parts) == int(whole)
    return sum(int(minutes) for way, minutes in parts if way == "On the short path")


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
    (found,) = re.findall(rf"^(\d)\. .*{re.escape(formula)}", markdown(number), re.M)
    return found


def merged_losses():
    """Return the losses of all ways in which XOR's rows can share answers (tests/test_ensemble)."""
    return sorted(round(level, 4) for level in LEVELS["cross_entropy"].values())


def all_patterns():
    return np.array([*Y.T, *sum(outcomes.PATTERNS.values(), [])])


def off_patterns(*trained):
    """Return how far the answers of the farthest of all networks are from a pattern."""
    answers = np.concatenate([network.predict(each.parameters, X) for each in trained])[..., 0]
    return np.abs(answers[:, np.newaxis] - all_patterns()).max(axis=2).min(axis=1).max()


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


@cache
def dying():
    """Return the step that silences the second hidden unit of Keras's start from seed 2.

    Its z at 01 before and after, its weight to the output, the gradient of its bias, and the error.
    """
    fourth, fifth = (from_keras(2, epochs).parameters for epochs in (4, 5))
    before, after = (network.forward(net, X).z1[1, 1] for net in (fourth, fifth))
    error = network.predict(fourth, X)[1, 0] - 1
    slope = network.backward(fourth, X, Y, "cross_entropy").b1[0, 1]
    return SimpleNamespace(
        before=before, after=after, weight=fourth.W2[1, 0], slope=slope, error=error
    )


def seen_at(angle):
    """Return the rows for which a unit fires whose weights point at an angle, in degrees."""
    z = X @ [np.cos(np.radians(angle)), np.sin(np.radians(angle))]
    rows = [f"{first:.0f}{second:.0f}" for first, second in X[z > 1e-9]]
    return " and ".join(filter(None, [", ".join(rows[:-1]), *rows[-1:]]))


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


def cites(number, name, year):
    """Return whether a notebook's references have a work of that name and year."""
    works = markdown(number).partition("\n## References\n")[2]
    return re.search(rf"\b{name}\b.*\b{year}\b", works) is not None


# Notebook 6.


def minutes_add_up():
    """Return whether the minutes of notebook 6's sections are those of its opening, together."""
    parts = re.findall(r"^\*About (\d+) minutes", markdown(6), re.M)
    return sum(map(int, parts)) == int(re.search(r"Time\*\* about (\d+)", markdown(6))[1])


def without_bias():
    """Return h1's activations and the answers if notebook 2's trained network has no bias in h1."""
    trained = part_one().parameters
    state = network.forward(trained._replace(b1=trained.b1 * [0, 1]), X)
    return state.a1[:, 0], state.a2[:, 0]


@cache
def film(seed):
    """Return the ReLU network of a seed after 500 epochs at 0.3, its gradient and its answers."""
    start = network.glorot_parameters(seed)
    shown = run(0.3, 500, start, loss="cross_entropy").parameters
    return shown, network.backward(shown, X, Y, "cross_entropy"), network.predict(shown, X)


@cache
def map_of_starts():
    """Return how the demo's 300 networks end, for each activation: an array of words."""
    stored = demos_data()
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


def from_densities(x):
    """Return the chance that a coordinate was 1 from the densities of the noise about 1 and 0."""
    one, zero = NormalDist(1, 0.3).pdf, NormalDist(0, 0.3).pdf
    return np.vectorize(lambda x: one(x) / (one(x) + zero(x)))(x)


def noise_crosses():
    """Return the chance that noise takes a coordinate to the wrong side of 1/2."""
    return NormalDist(0, 0.3).cdf(-1 / 2)


# The page of symptoms.


def squares(ones, rows):
    """Return what rows cost that share the best answer, the others being right: squared error."""
    answer = best_shared(ones, rows)[0]
    cost = (ones * (1 - answer) ** 2 + (rows - ones) * answer**2) / len(X)
    return Fraction(cost).limit_denominator(100)


def prices(ones, rows):
    """Return a row of its table: the cross-entropy, the squared error, and half of its sum."""
    mean = squares(ones, rows)
    return f"{best_shared(ones, rows)[1]:.4f} | {mean} = {float(mean):.4g}, and {2 * mean}"


# Exercises.


def shape_of(name):
    """Return an array's name and shape, n for the number of rows, h for that of hidden units."""
    rows = {"X": np.tile(X, (2, 1)), "y": np.tile(Y, (2, 1))}
    shape = {**rows, **network.uniform_parameters(0, hidden=7)._asdict()}[name].shape
    return f"`{name}` {shape}".replace("8", "n").replace("7", "h")


def half_the_sum():
    """Return whether the loss is half the sum of squared errors, and delta2 its rate with z2."""
    a2 = network.predict(START, X)
    by_z2 = slope(lambda b2: network.objective(START._replace(b2=[[b2]]), X, Y), START.b2.item())
    by_z2 = np.isclose(by_z2, np.sum((a2 - Y) * a2 * (1 - a2)))
    return by_z2 and np.isclose(network.objective(START, X, Y), np.sum((a2 - Y) ** 2) / 2)


# Guide, slides and worksheets.


def held(said):
    """Return for how many of 20 other seeds a claim of `tools/claims.toml` held."""
    from tools.claims import stored

    return all_one(*(f"{count} of {of}" for words, _, count, of in stored() if words == said))


@cache
def found_in(path, pattern):
    """Return what the group of a pattern finds in a file of the project."""
    return re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.S | re.M)[1]


def all_one(*values):
    """Return what all of these are: for a figure that stands in several places of a document."""
    (value,) = set(map(str, values))
    return value


def sections(number, *words):
    """Return the sections of a notebook that have these words in their titles, in one phrase."""
    return "sections " + " and ".join(section(number, title).split()[1] for title in words)


def part(number, words):
    """Return the name of the part of a section that has these words in its title, such as "6b"."""
    return re.search(rf"^### (\d\w)\. .*{words}", markdown(number), re.M)[1]


def gate(name):
    return truth_table(name)[1][:, 0]


def lines(*columns, digits=None, between=""):
    """Return a line of a table for each row: its name, and a number of each column."""
    told = "{:g}" if digits is None else f"{{:.{digits}f}}"
    names = [between.join(row) for row in ("00", "01", "10", "11")]
    return [
        " | ".join([name, *map(told.format, numbers)])
        for name, *numbers in zip(names, *columns, strict=True)
    ]


def asks(*rows):
    """Return on which side of 0 XOR wants the z of these rows."""
    return all_one(*np.where(Y[list(rows), 0] > 1 / 2, ">", "<"))


def plans():
    """Return how many minutes the guide's plans take."""
    guide = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\d+) minutes:", guide, re.M)


def longest_plan():
    """Return the numbers of the notebooks that the guide's longest plan goes through."""
    plan = found_in("INSTRUCTOR.md", r"^## 180 minutes:(.*?)(?=^## )")
    return sorted(set(re.findall(r"Together: notebook 0(\d)", plan)))


def pythons():
    """Return the versions of Python for which there is TensorFlow, and the first without it."""
    oldest = int(found_in("pyproject.toml", r'requires-python = ">=3\.(\d+)"'))
    without = int(found_in("pyproject.toml", r"tensorflow>=[\d.]+; python_version < '3\.(\d+)'"))
    return [f"3.{minor}" for minor in range(oldest, without + 1)]


def megabytes():
    """Return the size of the page of all demos, which a phone fetches once."""
    from classroom.demos.write_page import page_text

    return len(page_text().encode()) / 1e6


def delta_out(epoch=0):
    """Return the output's delta for each row, at an epoch of notebook 2's training."""
    a2 = network.forward(part_one().snapshots[epoch], X).a2
    return ((a2 - Y) * a2 * (1 - a2))[:, 0]


def first_row():
    """Return z and activation of a hidden unit and of the output for 00, at notebook 2's start.

    The hidden units have one bias, to four digits, and so one activation.
    """
    state = network.forward(START, X[:1])
    assert np.ptp(START.b1) < 1e-4 and np.ptp(state.a1) < 1e-4
    return [float(array[0, 0]) for array in (state.z1, state.a1, state.z2, state.a2)]


def rounded(digits, numbers):
    """Return numbers as a worksheet tells them, and as pairs compute with them."""
    return np.array([float(f"{number:.{digits}f}") for number in numbers])


def factors():
    """Return what makes the gradient of the weight from h1 to the output: activations, deltas."""
    return [rounded(4, numbers) for numbers in (network.forward(START, X).a1[:, 0], delta_out())]


def back(unit, times="×"):
    """Return what makes the delta of a hidden unit for 00; that of h2 is fifteen times as large."""
    (a,), (weight,) = rounded(3, first_row()[1:2]), rounded(3, START.W2[unit])
    delta, slope = rounded(4, [delta_out()[0], a * (1 - a)])
    assert 14.5 < START.W2[1, 0] / START.W2[0, 0] < 15.5
    told = f"{delta:.4f} {times} {weight:.3f} {times} {slope:.4f}"
    return f"{told} = {delta * weight * slope:.4f}"


def biases_that_do(name):
    """Return between which biases a unit with weights of 10 is a gate: found among integers."""
    sides = 2 * gate(name) - 1
    z = 10 * X.sum(axis=1) + np.arange(-30, 11)[:, np.newaxis]
    within = np.flatnonzero((np.sign(z) == sides).all(axis=1)) - 30
    return f"{within[0] - 1} and {within[-1] + 1}"


def moments():
    """Return the epochs at which XOR becomes separable and all four rows right."""
    told = printed(3, r"separable from epoch (\d+), all four right from epoch (\d+)")
    return [int(epoch) for epoch in told]


def rows_right(*epochs):
    """Return how many answers are right at each of these epochs of notebook 2's training."""
    answers = [network.predict(part_one().snapshots[epoch], X) for epoch in epochs]
    return all_one(*(np.sum((answer > 0.5) == Y) for answer in answers))


def moment(epoch):
    """Return how many rows are right at an epoch of notebook 2's training, and the loss."""
    answers = network.predict(part_one().snapshots[epoch], X)
    return f"{rows_right(epoch)} rows, {np.mean((answers - Y) ** 2):.4f}"


def trained_rows():
    """Return lines of what notebook 2's trained network makes of each row."""
    state = network.forward(part_one().parameters, X)
    return lines(*state.a1.T, state.a2[:, 0], digits=3)


def trained_unit(unit):
    """Return the rounded weights and bias, and the z for each row, of a trained hidden unit."""
    W1, b1 = part_one().parameters[:2]
    *weights, bias = rounded(1, [*W1[:, unit], b1[0, unit]])
    return [*weights, bias, *(X @ weights + bias)]


def demo_rates():
    """Return, as the demo shows them, the rate with the lowest last loss, and the next two.

    From 0.1 up to it each loss is lower than the last; from the third on none is below 0.2. Of the
    second the last bits decide how it ends, but of none before it.
    """
    rates, losses = np.array([pair for pair in swept().items() if pair[0] not in (8, 9)]).T
    best = int(np.argmax(rates == max(solving_rates())))
    assert (np.diff(losses[16 : best + 1]) < 0).all() and (losses[best + 2 :] > 0.2).all()
    assert rates[16] == 0.1 and min(demos_data()["ROUNDING"][42]) == best + 1
    return [f"{rate:.3g}" for rate in rates[best : best + 3]]


@cache
def right_from():
    """Return learning rates, and from which epoch on all four answers are right, and stay right."""
    rates = [0.1, 1, 10**0.5, 10]
    settings = {"learning_rate": rates, "epochs": 10_000, "snapshots": 10_001}
    kept = ensemble.train_ensemble(START, X, Y, **settings).snapshots
    arrays = zip(*(each.arrays for each in kept), strict=True)
    answers = network.predict(network.Parameters(*map(np.concatenate, arrays)), X)
    right = ((answers > 0.5) == Y).all(axis=(1, 2)).reshape(-1, len(rates)).T
    return [(rate, np.flatnonzero(~r)[-1] + 1) for rate, r in zip(rates, right, strict=True)]


def four_widths():
    """Return how many units notebook 7 gives its networks, after a look at its test losses.

    With fewer points they are about three times as high.
    """
    units = matches(7, r"^ +(\d+) +\S+ +(\S+) +\d+% \(")
    many, few = np.reshape([float(loss) for _, loss in units], (2, 4))
    assert all((2.6 < few / many)[1:]) and all((few / many < 3.4)[1:])
    return [int(n) for n, _ in units[:4]]


def bias_counts():
    """Return how many starts are solved without and with a bias, saved, and lost by it."""
    told = r"solved without: (\d+)  with: (\d+)\s+helped (\d+), hurt (\d+)"
    without, with_it, helped, hurt = map(int, printed(5, told, "notebooks/solutions"))
    assert with_it - without == helped - hurt and f"{7 * helped / (helped + hurt):.0f}" == "6"
    return without, with_it, helped, hurt


def optimisers():
    """Return on how many starts notebook 5 counts optimisers; the first solves most, Adam least."""
    told = matches(5, r"^\w+ +([\d.]+)% .+ born dead: (\d+) of .+: (\d+)$")
    shares = [float(share) for share, _, _ in told]
    assert len(told) == 4 and shares[0] == max(shares) and shares[3] == min(shares)
    assert {dead for _, dead, _ in told} == {"0"}
    return all_one(*(starts for _, _, starts in told))


def crease_is_as_written(net):
    """Return whether the loss grows by e00 v / 4 if a silent unit's bias leaves 0 upwards."""
    silent = network.Parameters(-np.ones((2, 2)), np.zeros((1, 2)), *net.arrays[2:], "relu")
    before, error = network.forward(silent, X).a2, network.forward(silent, X).a2[0, 0]
    silent.b1[0, 1] = 1e-6
    after = network.forward(silent, X).a2
    grown = np.diff([-np.log(np.where(Y == 1, a, 1 - a)).mean() for a in (before, after)])[0]
    return np.isclose(grown, error * silent.W2[1, 0] / 4 * 1e-6, rtol=1e-3)


def told_at_birth(census):
    """Return how often the start tells which fades, a unit's weights or the one out of it."""
    start, end = ((net.W1**2).sum(axis=1) for net in (census.starts, census.parameters))
    fires_for_all = (network.forward(census.parameters, X).z1 > 0).all(axis=1)
    units = (census.outcomes == "all rows alike")[:, np.newaxis] & fires_for_all
    told = start > census.starts.W2[:, :, 0] ** 2
    right = told == (end + census.parameters.b1[:, 0] ** 2 > census.parameters.W2[:, :, 0] ** 2)
    return f"{right[units].sum()} of {units.sum()}"


def shrunk(census, networks):
    """Return whether units that fire for all rows have faded in four of five, and cancel else."""
    fires_for_all = (network.forward(census.parameters, X).z1 > 0).all(axis=1)
    into = np.abs(census.parameters.W1).max(axis=1)
    small = np.minimum(into, np.abs(census.parameters.W2[:, :, 0])) < 0.1
    faded = (small & fires_for_all).any(axis=1)[networks]
    return 0.8 < faded.mean() < 0.95 and fires_for_all[networks][~faded].all()


@cache
def by_a_hair():
    """Return the loss of a start whose h1 sees a square of its own by weights of 0.01, -0.004."""
    W1 = np.array([[0.00995714, -0.05347992], [-0.00432669, 0.67759856]])
    W2 = np.array([[1.01669635], [0.47804232]])
    start = network.Parameters(W1, np.zeros((1, 2)), W2, np.zeros((1, 1)), "relu")
    return as_keras(start)[0]


def one_units_fate(census):
    """Return whether one unit ends as notebook 5 says, by what it sees and for what it speaks."""
    sees = (network.forward(census.starts, X).z1[:, 1:3, 0] > 0).sum(axis=1)  # of the squares
    speaks_for = census.starts.W2[:, 0, 0] > 0
    three, alike = (census.outcomes == f"{rows} rows alike" for rows in ("three", "all"))
    certain = three[(sees == 1) & speaks_for].mean(), three[(sees == 2) & ~speaks_for].mean()
    return min(certain) > 0.995 and 0.87 < alike[(sees == 2) & speaks_for].mean() < 0.93


def solved_pairs(census):
    """Return how often two units of solved networks fire for which rows: a Counter."""
    solved = ensemble.pick(census.parameters, census.outcomes == "solved")
    fires = (network.forward(solved, X).z1 > 0).swapaxes(1, 2)
    return Counter(tuple(sorted(map(tuple, pair))) for pair in fires.tolist())
