"""What figures in prose are made with: the words they are told in, and runs that no cell makes.

An expression beside a figure (see tests/figures.py) finds `np`, `percent`, `interval`, `printed`,
`written` and `section` by these names, and all of this module as `facts`.
"""

import re
import sys
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np

from xorlib import ensemble, network
from xorlib.data import noisy_xor, truth_table
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


def ten_losses():
    """Return the losses that notebook 3 prints at its beginning, as they stand there."""
    return re.search(r"^losses: (.*)", shown(3))[1].split()


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
    codes = np.sort([8, 4, 2, 1] @ on.astype(int))  # the rows as the digits of a number
    pairs, counts = np.unique(codes, axis=0, return_counts=True)
    rows = ["00", "01", "10", "11"]
    return [
        [row for row, digit in zip(rows, f"{code:04b}", strict=True) if digit == "1"]
        for code in pairs[counts.argmax()]
    ]


def stay_positive(drawn):
    """Return the share of the first 200 starts, of those that solve XOR, with positive weights.

    Their hidden weights were positive at the start.
    """
    some = ensemble.pick(drawn, slice(200))
    ended = ensemble.train_ensemble(some, X, Y, learning_rate=0.1, epochs=10_000)
    solving = ended.final_losses < 0.01
    return (ended.parameters.W1[solving] > 0).all(axis=(1, 2)).mean()


def right_without_slope(start):
    """Return of which parts the gradient stays right if delta1 leaves out the units' slope."""
    right, state = network.backward(start, X, Y), network.forward(start, X)
    delta2 = (state.a2 - Y) * state.a2 * (1 - state.a2)
    delta1 = delta2 @ start.W2.T
    wrong = [X.T @ delta1, delta1.sum(axis=0), state.a1.T @ delta2, delta2.sum(axis=0)]
    names = ["W1", "b1", "W2", "b2"]
    return [n for n, a, b in zip(names, right.arrays, wrong, strict=True) if np.allclose(a, b)]


def arrives(history):
    """Return the first epoch whose loss is below 0.1."""
    return np.argmax(history.losses < 0.1)


def ten_times_sooner(runs):
    """Return whether each factor of ten from 0.01 to 1 makes the same curve ten times as fast."""
    slow = np.allclose(runs[0.01].losses[::10], runs[0.1].losses[:1000], atol=0.001)
    return slow and 9 < arrives(runs[0.1]) / arrives(runs[1]) < 11


def of_300(rate):
    """Return how many of the 300 starts nearby solve XOR at a rate, as notebook 3 prints it."""
    return printed(3, rf"rate +{rate}: +(\d+) of 300 solve")


def errors_at(rate):
    """Return the four errors at a rate, from the least and to one decimal."""
    trained = run(rate, 1000).parameters
    return np.sort(np.abs(network.predict(trained, X) - Y), axis=None).round(1).tolist()


def first_rise():
    """Return the last rate at which the loss never rises, and the next, as notebook 3 prints it."""
    told = re.findall(r"^rate +([\d.]+): the loss rises in (\d+)", shown(3), re.M)
    calm = [rate for rate, rises in told if rises == "0"]
    rates = [rate for rate, _ in told]
    assert rates[: len(calm)] == calm
    return calm[-1], rates[len(calm)]


def between_stops(*rates):
    """Return whether these rates lie between the same two stops of the demo's slider."""
    stops = [rate for rate in swept() if rate not in rates]
    return np.unique(np.searchsorted(stops, rates)).size == 1


def too_slow(epochs):
    """Return whether the next smaller rate fails in so many epochs, and solves XOR in half more."""
    rate = max(rate for rate in swept() if rate < min(solving_rates()))
    losses = run(rate, epochs * 3 // 2).losses
    return losses[-1] < 0.1 < losses[epochs - 1]


def on_one_line(parameters):
    """Return whether 01 and 10 lie between 00 and 11 on the diagonal of the hidden space."""
    hidden = network.forward(parameters, X).a1
    h1 = hidden[:, 0]
    return np.allclose(h1, hidden[:, 1]) and h1[0] < min(h1[1:3]) <= max(h1[1:3]) < h1[3]


def exchanged():
    """Return the first three seeds from which unit 1 becomes OR."""
    ended = twenty()
    one_is_or = network.forward(ended.parameters, X).a1[:, 1, 0] > 0.5
    return np.flatnonzero(one_is_or & (ended.final_losses < 0.1))[:3]


def not_there():
    """Return the seeds from which notebook 2's training does not get there."""
    return np.flatnonzero(twenty().final_losses > 0.1)


@cache
def at_30():
    return run(30)


def jumps_between(low, high):
    """Return whether the loss at a rate of 30 jumps about between such losses to the end.

    From 0.17, 0.18 or more: at such a rate that hangs on the last bit of the start.
    """
    last = at_30().losses[-2000:]
    return low - 0.01 < last.min() < low + 0.05 and abs(last.max() - high) < 0.01


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


def twins_say(answer):
    """Return whether twins parted by 0.01 answer near 0 and three times so after 20,000 epochs."""
    answers, _ = twins_after(20_000, 0.01)
    return answers[0] < 0.05 and np.allclose(answers[1:], answer, atol=0.005)


# Notebook 4.


# Notebook 5.


# Notebook 6.


# Notebook 7.


def from_densities(x):
    """Return the chance that a coordinate was 1 from the densities of the noise about 1 and 0."""
    one, zero = NormalDist(1, 0.3).pdf, NormalDist(0, 0.3).pdf
    return np.vectorize(lambda x: one(x) / (one(x) + zero(x)))(x)


def noise_crosses():
    """Return the chance that noise takes a coordinate to the wrong side of 1/2."""
    return NormalDist(0, 0.3).cdf(-1 / 2)


@cache
def widths(points):
    """Return the percent wrong by width, as notebook 7 prints it: the median, best and worst."""
    _, table = re.split(rf"after training on {points} points:\n", shown(7))
    rows = re.findall(r"^ +(\d+) +[\d.]+ +[\d.]+ +(\d+)% \((\d+)% to (\d+)%\)$", table, re.M)
    return {int(width): [int(share) for share in shares] for width, *shares in rows[:4]}


def by_heart(width, targets):
    """Return how many of ten runs get all 40 points right, and the percent wrong in the test."""
    return printed(7, rf"^ +{width}  {targets} +(\d+) of 10 +(\d+)%$")


def levels():
    """Return how many levels there are for the cross-entropy on which training may come to rest."""
    return len(LEVELS["cross_entropy"])


def flat_at_zero(X, y):
    """Return whether a network of zeros has no gradient on these points."""
    zeros = network.Parameters(*(0 * array for array in START.arrays), "relu")
    return not any(a.any() for a in network.backward(zeros, X, y, "cross_entropy").arrays)


def sixteen_units(rows, loss="cross_entropy", learning_rate=1):
    """Return a network of 16 units from seed 1 after notebook 7's 2000 epochs on such rows."""
    start = network.glorot_parameters(1, hidden=16)
    return train(start, *rows, learning_rate=learning_rate, epochs=2000, loss=loss).parameters


def share_wrong(parameters, rows):
    return np.mean((network.predict(parameters, rows[0]) > 0.5) != (rows[1] > 0.5))


@cache
def noisier(noise):
    """Return the shares of the test set that are wrong with such a noise.

    First those of the best possible answers, then those of a network.
    """
    rows, test = noisy_xor(400, 42, noise), noisy_xor(4000, 7, noise)
    best = ((test[0] > 0.5).sum(axis=1) == 1) != (test[1][:, 0] > 0.5)
    return np.mean(best), share_wrong(sixteen_units(rows), test)


@cache
def after_first(points):
    """Return the test loss of 16 units trained on the first of the 400 points."""
    trained = sixteen_units([array[:points] for array in noisy_xor(400, 42, 0.3)])
    return network.objective(trained, *noisy_xor(4000, 7, 0.3), "cross_entropy")


@cache
def squared_error(learning_rate):
    """Return the share of the test set that is wrong after training on the squared error."""
    trained = sixteen_units(noisy_xor(400, 42, 0.3), "squared_error", learning_rate)
    return share_wrong(trained, noisy_xor(4000, 7, 0.3))


# Guide, slides and worksheets.
