"""Try on other seeds what the texts say of networks in general, and store the table docs/claims.md.

A text counts networks from one seed and says in words what it found: *most*, *never*, *about a
third*. Here each such sentence stands beside the condition that it means, and the condition is
tried for 20 seeds that no text uses. What holds for fewer than 19 of them is said otherwise, or
with how often it holds.

    python -m tools.claims [the first of the seeds]

In the weekly run the first seed is the date, so the networks are new. The run fails if something
holds for fewer than 15 seeds that the table has for 19 or 20: by chance once in 3000.
"""

import ast
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

from xorlib.data import noisy_xor, truth_table
from xorlib.ensemble import census, cores, pick, stack, starts, train_ensemble
from xorlib.network import Parameters, forward, predict, uniform_parameters
from xorlib.outcomes import LEVELS

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/claims.md"
HEAD = """\
# How typical the figures are

Each notebook counts networks from seeds of its own, and says in words what it found. Here what it \
says is tried for {} other seeds, each with as many networks or samples as in the text, and the \
last column tells for how many it held. What held for fewer than 19 is told in the text with its \
count. The conditions stand in `tools/claims.py`.

Made by `make claims` on {}, with the seeds {} to {} and NumPy {}.

| what is said | where | held for |
|---|---|--:|
"""
SEEDS = 20
X, Y = truth_table("xor")
ON_LEVELS = np.array(list(LEVELS["cross_entropy"].values()))
KERAS = {"learning_rate": 0.3, "epochs": 10_000, "loss": "cross_entropy"}
NOTEBOOK_2 = {"learning_rate": 0.1, "loss": "squared_error"}
SIGMOIDS = {"start": "uniform", "activation": "sigmoid"}
CLAIMS = []


def said_in(document, title):
    """Note a function of a seed that yields what a section says, and whether it holds."""
    return lambda function: CLAIMS.append((document, title, function))


def path_of(document):
    """Return the path of a notebook by its number, or of another document by its name."""
    (path,) = ROOT.glob(f"notebooks/0{document}_*.ipynb" if document in range(8) else document)
    return path


@cache
def functions(number, old="", new=""):
    """Return the functions that a notebook defines, some of their code replaced."""
    cells = nbformat.read(path_of(number), as_version=4).cells
    tree = ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    tree.body = [
        n for n in tree.body if isinstance(n, ast.FunctionDef | ast.Import | ast.ImportFrom)
    ]
    names = {"X": X, "y": Y}
    exec(ast.unparse(tree).replace(old, new), names)
    return names


def about(share, value, within):
    return np.all(np.abs(share - value) < within)


def solved(counted):
    """Return the share of a census that solves XOR."""
    return np.mean(counted.outcomes == "solved")


@cache
def counted(seed, networks=1000, **settings):
    return census(networks, seed=seed, **settings)


def share(seed, **settings):
    return solved(counted(seed, **settings))


def trained(networks, data=X):
    """Return which of some networks solve XOR, trained as in Keras."""
    return train_ensemble(networks, data, Y, **KERAS).final_losses < 0.01


def silent(networks):
    """Return which units of which networks fire for no row."""
    return ~(forward(networks, X).z1 > 0).any(axis=1)


@said_in(1, "The same neuron meets XOR")
def one_neuron(seed):
    for reach in (1, 3):
        many = functions(1, "default_rng(0)", f"default_rng({seed})")["train_many"](reach)
        ends = Counter(tuple(sorted(answers)) for answers in many.round(1).T)
        half = ends.pop((0.5, 0.5, 0.5, 0.5)) / 2000
        if reach == 1:
            yield "Starts within ±1 all end at 1/2 for every row", half == 1
        else:
            three_right = set(ends) == {(0, 0, 0, 1), (0, 1, 1, 1)}
            yield "Of those within ±3 more than a fifth end otherwise", 0.2 < 1 - half < 0.28
            yield "These have three rows right, and one entirely wrong", three_right


@cache
def fifty(seed, learning_rate=0.1):
    """Train 50 of notebook 2's networks; return answers and losses by epoch / 10, and stacks."""
    networks = stack([uniform_parameters(50 * seed + k) for k in range(50)])
    options = {"learning_rate": learning_rate, "epochs": 10_000, "snapshots": 1001}
    snapshots = train_ensemble(networks, X, Y, **options).snapshots
    answers = np.array([predict(networks, X)[..., 0] for networks in snapshots])
    return answers, np.mean((answers - Y[:, 0]) ** 2, axis=2), snapshots


@said_in(2, "Summary")
def plateau(seed):
    epochs = 10 * np.sum(np.abs(fifty(seed)[1] - 0.25) < 0.01, axis=0)
    yield "From most other starts the plateau is longer", np.mean(epochs > 1000) > 0.8


@said_in(3, "Summary")
def inside(seed):
    answers, losses, snapshots = fifty(seed)
    won, separable = np.flatnonzero(losses[-1] < 0.01), functions(3)["separable"]
    found = np.argmax(((answers > 0.5) == (Y[:, 0] > 0.5)).all(axis=2), axis=0)
    long_before = [pick(snapshots[found[k] - 10], int(k)) for k in won]  # 100 epochs
    points = [forward(network, X).a1 for network in long_before]
    yield "XOR is separable well before it is solved", all(map(separable, points))
    yield "When it is solved, the loss still looks high", losses[found[won], won].min() > 0.1
    ratio = np.argmax(losses < 0.1, axis=0) / np.argmax(fifty(seed, 1)[1] < 0.1, axis=0)
    yield "A rate of 1 is about ten times as fast as 0.1", about(ratio[won], 10, 2)
    yield "At a rate of 100 the output saturates", fifty(seed, 100)[1][-1].min() > 0.4
    rates, gaps = np.geomspace(0.001, 100, 41), []
    for k in range(20):
        start = uniform_parameters(50 * seed + k)
        losses = train_ensemble(start, X, Y, learning_rate=rates, epochs=10_000).final_losses
        gaps.append(np.ptp(np.flatnonzero(losses < 0.1)) >= np.sum(losses < 0.1))
    yield "From some starts a large rate fails between two that work", any(gaps)


@said_in(3, "Nine numbers, read as logic")
def gates(seed):
    drawn = starts(500, seed=seed, **SIGMOIDS)
    ours = np.array([[0, 0], [0, 1], [0, 1], [1, 1]])
    same, exchanged, positive = {}, {}, []
    for low in (0, -1):
        begun = Parameters(*[low + (1 - low) * array for array in drawn.arrays])
        run = train_ensemble(begun, X, Y, learning_rate=0.1, epochs=10_000)
        ended = pick(run.parameters, run.final_losses < 0.01)
        on = forward(ended, X).a1 > 0.5
        exchanged[low] = (on == ours[:, ::-1]).all(axis=(1, 2))
        same[low] = (on == ours).all(axis=(1, 2)) | exchanged[low]
        positive.append(((ended.W1 > 0).all(axis=(1, 2)) == same[low]).all())
    yield "From 0 to 1 nearly all become AND and OR", same[0].mean() > 0.95
    yield "In about half of them the roles are exchanged", about(exchanged[0].mean(), 0.5, 0.07)
    yield "From −1 to 1 few do", same[-1].mean() < 0.25
    yield "They are just those with positive hidden weights", all(positive)


@said_in(3, "Learning rates")
def nearby(seed):
    generator, start, near, counts = np.random.default_rng(seed), uniform_parameters(42), [], []
    for _ in range(300):
        moved = [array + generator.normal(0, 0.001, array.shape) for array in start.arrays]
        near.append(Parameters(*moved))
    for rate in (1, 8, 9, 10, 16):
        run = train_ensemble(stack(near), X, Y, learning_rate=rate, epochs=10_000)
        counts.append(np.sum(run.final_losses < 0.01))
    yield "Next to our start rates 1, 10, 16 work, 8 and 9 fail", counts == [300, 0, 0, 300, 300]


@said_in(4, "What the four changes did")
def changes(seed):
    how, shares, errors = {**SIGMOIDS, **NOTEBOOK_2}, [], []
    entropy, rate = {"loss": "cross_entropy"}, {"learning_rate": 0.3}
    for change in ({}, entropy, rate, {"start": "glorot"}, {"activation": "relu"}):
        how |= change
        largest = np.abs(predict(counted(seed, **how).parameters, X) - Y).max(axis=(1, 2))
        errors.append(np.median(largest[counted(seed, **how).outcomes == "solved"]))
        shares.append(share(seed, **how))
    better = np.delete(np.divide(errors[1:], errors[:-1]), 2).max() < 0.7
    yield "Cross-entropy, the larger rate and ReLU make better answers", better
    yield (
        "Before ReLU about three of four starts arrive",
        about(shares[:-1], np.float64(0.75), 0.07),
    )
    yield "With ReLU one in five does", about(shares[-1], 0.2, 0.04)


@cache
def by_width(seed, hidden=2):
    """Train the networks of notebook 5's sections 2 to 4."""
    return census({4: 2000, 8: 1000}.get(hidden, 4000), seed=seed, hidden=hidden)


@said_in(5, "Are there others?")
def levels(seed):
    losses = np.hstack([by_width(seed, hidden).final_losses for hidden in (1, 2, 3, 4, 8)])
    away = np.abs(losses[:, np.newaxis] - ON_LEVELS).min(axis=1)
    yield "Of 15,000 networks none ends more than 0.001 from a level", away.max() < 0.001


@said_in(5, "What a hidden unit can see")
def dead_units(seed):
    run = by_width(seed)
    dead, won = silent(run.starts), run.outcomes == "solved"
    moved = (run.parameters.W1 != run.starts.W1).any(axis=1)
    yield "No unit that is dead at the start moves", not moved[dead].any()
    yield "No network with such a unit solves XOR", not won[dead.any(axis=1)].any()
    yield "Of those without two in three fail", about(won[~dead.any(axis=1)].mean(), 1 / 3, 0.04)


@said_in(5, "One living unit")
def deaths(seed):
    run = by_width(seed)
    yield "One unit alone never ends below 0.4774", by_width(seed, 1).final_losses.min() > 0.4773
    yield "At the end most have a dead unit", silent(run.parameters).any(axis=1).mean() > 0.5
    fires, W1, W2 = forward(run.parameters, X).z1 > 0, run.parameters.W1, run.parameters.W2
    alike = run.outcomes == "all rows alike"
    flat = alike & fires.all(axis=1).any(axis=1)
    yield "At ln 2 about half have no unit that fires", about(flat.sum() / alike.sum(), 0.5, 0.1)
    shrunk = (np.abs(W1) < 0.1).any(axis=(1, 2)) | (np.abs(W2) < 0.1).any(axis=(1, 2))
    yield "In nine of ten of the others weights have shrunk", about(shrunk[flat].mean(), 0.9, 0.05)


@said_in(5, "The census")
def four_outcomes(seed):
    counts = by_width(seed).counts()
    most = max(counts, key=counts.get) == "three rows alike"
    yield "Three rows alike are the most frequent end", most
    yield "Four of five starts fail", about(solved(by_width(seed)), 0.2, 0.02)


@said_in(5, "A map of luck")
def luck(seed):
    large = census(40_000, seed=seed, epochs=1500)
    won, W1 = large.outcomes == "solved", large.starts.W1
    signs, after = (np.sign(run.W2[:, :, 0]) for run in (large.starts, large.parameters))
    sees = np.array([W1[:, 1] > 0, W1[:, 0] > 0, W1.sum(axis=1) > 0])  # 01, 10, 11; network; unit
    squares, both_for = sees[:2].sum(axis=0), (signs > 0).all(axis=1)
    one_each, same = both_for & (squares == 1).all(axis=1), sees[0, :, 0] == sees[0, :, 1]
    yield "A unit for each square: all but a few are solved", won[one_each & ~same].mean() > 0.995
    yield "Two on the same square: hardly any is", won[one_each & same].mean() < 0.06
    both = both_for & (squares == 2).any(axis=1) & (squares > 0).all(axis=1)
    yield "One sees both, none dead: about 82 % are", about(won[both].mean(), 0.82, 0.02)
    yield (
        "One for, one against: about 18 % are",
        about(won[signs[:, 0] != signs[:, 1]].mean(), 0.18, 0.01),
    )
    against, changed = (signs < 0).all(axis=1), (after != signs).any(axis=1)
    yield "Both against, and both stay so: none is", not won[against & ~changed].any()
    yield "About a third of these change a sign", about(changed[against].mean(), 1 / 3, 0.04)
    yield "Of those one in six is solved", about(won[against & changed].mean(), 1 / 6, 0.02)
    kinds, endings = [str(kind) for kind in np.hstack([*sees, signs]).tolist()], {}
    for kind, outcome in zip(kinds[:20_000], large.outcomes, strict=False):
        endings.setdefault(kind, Counter())[outcome] += 1
    usual = np.array([endings[kind].most_common(1)[0][0] for kind in kinds[20_000:]])
    right = np.mean(usual == large.outcomes[20_000:])
    yield "Rows and signs foretell about 85 % of the ends", about(right, 0.85, 0.015)


@said_in(5, "A better start")
def better_start(seed):
    usual, keras = starts(1000, seed=seed), share(seed)
    tenth, one = (trained(usual._replace(b1=usual.b1 + bias)) for bias in (0.1, 1))
    yield "Biases of 0.1 double the successes", about(tenth.mean() / keras, 2.1, 0.4)
    yield "Biases of 1 help less", keras < one.mean() < tenth.mean()
    fires, won = forward(usual, 2 * X - 1).z1 > 0, trained(usual, 2 * X - 1)
    same = (fires[:, :, 0] == fires[:, :, 1]).all(axis=1)
    yield "Of starts with centred inputs about 73 % fail", about(won.mean(), 0.27, 0.05)
    yield "A quarter of them have two units that see the same", about(same.mean(), 0.25, 0.05)
    yield "None of these is solved", not won[same].any()
    yield "He initialisation changes next to nothing", about(share(seed, start="he"), keras, 0.03)


@said_in(5, "How small a bias is enough?")
def crease(seed):
    usual, keras = starts(1000, seed=seed), share(seed)
    tiny, tinier, tenth = (trained(usual._replace(b1=usual.b1 + b)) for b in (1e-12, 1e-300, 0.1))
    slope_1 = functions(5)["descend"](usual, at_zero=1.0) < 0.1
    yield "With biases of 1e-12 about a third are solved", about(tiny.mean(), 1 / 3, 0.05)
    yield "That is 8 to 16 points more than with 0", 0.08 < tiny.mean() - keras < 0.16
    yield (
        "About half of what 0.1 gains",
        about((tiny.mean() - keras) / (tenth.mean() - keras), 0.5, 0.15),
    )
    yield "Biases of 1e-300 solve the very same", (tiny == tinier).all()
    yield "A slope of 1 at the kink solves the very same", (tiny == slope_1).all()

    run = by_width(seed)
    dead, z, negative = silent(run.parameters), forward(run.parameters, X).z1, run.parameters.W2 < 0
    at_zero = dead & (z == 0).any(axis=1)
    here = dict.fromkeys(["crease", "positive", "below"])
    born = silent(run.starts).any(axis=1).sum()
    kinds = at_zero & negative[:, :, 0], at_zero & ~negative[:, :, 0], dead & ~at_zero
    left, won = {}, {}
    for kind, units in zip(here, kinds, strict=True):
        some = units.any(axis=1)
        nudged = pick(
            run.parameters._replace(b1=run.parameters.b1 + 1e-12 * units[:, np.newaxis]), some
        )
        again = train_ensemble(nudged, X, Y, **KERAS).final_losses
        left[kind], won[kind] = again < run.final_losses[some] - 0.01, again < 0.1
    yield (
        "Of networks born dead about half are at a crease",
        about(len(won["crease"]) / born, 0.5, 0.07),
    )
    yield "A nudge of 1e-12 frees nearly all of these", left["crease"].mean() > 0.97
    yield "About a third of them solve XOR then", about(won["crease"].mean(), 1 / 3, 0.06)
    yield "No other moves", not left["positive"].any() and not left["below"].any()


@said_in(5, "More units")
def more_units(seed):
    shares = [share(seed, hidden=hidden) for hidden in (2, 3, 4, 8)]
    yield "Each wider network solves more", (np.diff(shares) > 0).all()
    yield "With 8 units nine of ten are solved", about(shares[-1], 0.9, 0.03)


@said_in(5, "Another activation")
def activations(seed):
    leaky = counted(seed, activation="leaky_relu")
    other = np.mean(leaky.outcomes == "at rest elsewhere")
    yield "Somewhat more than half of the leaky ones are solved", 0.5 < solved(leaky) < 0.62
    yield "Of the others most come to rest off the levels", other > (1 - solved(leaky)) / 2
    yield "Sigmoid units solve more", share(seed, activation="sigmoid") > solved(leaky) + 0.05


@said_in(5, "Other training")
def training(seed):
    keras, fast, slow = (counted(seed, learning_rate=rate) for rate in (0.3, 3.0, 0.03))
    yield "A rate of 3 harms: fewer than half as many are solved", solved(fast) < solved(keras) / 2
    yield "A rate of 0.03 changes next to nothing", about(solved(slow), solved(keras), 0.02)
    later = []
    for run in (counted(seed), counted(seed, activation="leaky_relu")):
        rest = pick(run.parameters, run.outcomes != "solved")
        later.append(train_ensemble(rest, X, Y, **{**KERAS, "epochs": 40_000}).final_losses.min())
    yield "40,000 epochs more solve none, nor a leaky one", min(later) > 0.1


@said_in(5, "How much does width help?")
def law_of_width(seed):
    widths, factors = np.array([2, 3, 4, 6, 8, 12]), {}
    for bias in (0, 1e-12):
        failed = []
        for hidden in widths.tolist():
            usual = starts(2000, seed=seed, hidden=hidden)
            options = {**KERAS, "epochs": 1500}
            ends = train_ensemble(usual._replace(b1=usual.b1 + bias), X, Y, **options).final_losses
            failed.append(np.mean(ends > 0.1))
        known = np.array(failed[1:]) > 0
        line = np.polyfit(
            widths[1:][known], np.log(np.array(failed[1:])[known]), 1, w=np.sqrt(failed[1:])[known]
        )
        factors[bias] = np.exp(line[0]), failed[0] < np.exp(np.polyval(line, 2)), failed
    yield "Each unit leaves two thirds of the failures", about(factors[0][0], 2 / 3, 0.05)
    yield "With biases of 1e-12 about half", about(factors[1e-12][0], 0.5, 0.05)
    yield "With two units fewer fail than either law says", factors[0][1] and factors[1e-12][1]
    ratios = np.divide(factors[1e-12][2], factors[0][2])
    yield "At 4 units a bias of 1e-12 halves the failures", about(ratios[2], 0.5, 0.1)
    yield "At 8 units it leaves less than a quarter", ratios[4] < 0.25


@said_in(5, "Another optimiser?")
def optimisers(seed):
    given, usual, losses = functions(5), starts(500, seed=seed), {}
    for name in ("sgd", "momentum", "rmsprop", "adam"):
        losses[name] = given["descend"](usual, given[name])
    plain, *_, adam = shares = [np.mean(ends < 0.1) for ends in losses.values()]
    born_dead = silent(usual).any(axis=1)
    ends = np.array(list(losses.values()))
    off = np.abs(ends[..., np.newaxis] - ON_LEVELS).min(axis=-1) > 0.01
    yield "None solves more than plain descent by 3 points", max(shares) < plain + 0.03
    yield "Adam solves fewer than plain descent", adam < plain
    yield "None solves a start that is born dead", ends[:, born_dead].min() > 0.1
    yield "All but a few end on a level", off.mean() < 0.005


@said_in(5, "For the curious: where do leaky networks rest?")
def leaky(seed):
    given, usual, off = functions(5), starts(500, seed=seed), []
    for slope in (0.1, 0.2, 0.5):
        ends = given["descend"](usual, slope=slope, at_zero=slope)[:, np.newaxis]
        places = [0, *given["leaky_levels"](slope), np.log(2)]
        off.append((np.abs(ends - places) > [0.1, 0.005, 0.005, 0.005]).all(axis=1).mean())
    yield "Nearly all end at one of the places in the table", max(off) < 0.02


@said_in(5, "Notebook 2's network: stuck, or only slow?")
def stragglers(seed):
    run = counted(seed, **SIGMOIDS, **NOTEBOOK_2)
    rest = pick(run.parameters, run.outcomes != "solved")
    longer = train_ensemble(rest, X, Y, epochs=90_000, **NOTEBOOK_2)
    late, eighth = longer.final_losses < 0.01, np.abs(longer.final_losses - 1 / 8) < 0.002
    after, before = (np.abs(n.W1).max(axis=(1, 2)) for n in (longer.parameters, rest))
    yield "About one in five is not solved", about(solved(run), 0.8, 0.04)
    yield "About one start in six is at 1/8 in the end", about(eighth.sum() / 1000, 1 / 6, 0.035)
    yield "Some arrive late", late.any()
    yield "Of the others all but a few are at 1/8", np.mean(~late & ~eighth) < 0.07
    yield "Their weights have kept growing", (after > before)[eighth].all()


@said_in(5, "Your turn")
def for_yourself(seed):
    spare, run = by_width(seed, 3), by_width(seed)
    one_dead = silent(spare.starts).sum(axis=1) == 1
    shares = [(n.outcomes == "solved") for n in (spare, run)]
    with_spare, alone = (
        shares[0][one_dead].mean(),
        shares[1][~silent(run.starts).any(axis=1)].mean(),
    )
    yield "Three units, one dead, do as well as two living ones", about(with_spare, alone, 0.04)
    usual, fast = (counted(seed, learning_rate=rate) for rate in (0.3, 3.0))
    dead = [silent(n.parameters).any(axis=1).mean() for n in (usual, fast)]
    yield "At a rate of 0.3 somewhat more than half end with a dead unit", 0.5 < dead[0] < 0.65
    yield "At a rate of 3 more than four of five do", dead[1] > 0.8


@said_in(6, "The luck of the start")
def maps(seed):
    sigmoid = share(seed, networks=300, **SIGMOIDS, **NOTEBOOK_2)
    tanh, leaky = (share(seed, networks=300, activation=a) for a in ("tanh", "leaky_relu"))
    yield "More sigmoid networks are solved than tanh or leaky ones", sigmoid > max(tanh, leaky)
    yield "More tanh networks are solved than leaky ones", tanh > leaky


class Samples:
    """Twenty fresh samples of notebook 7, and a test set."""

    def __init__(self, seed):
        samples = [noisy_xor(400, seed=100 * seed + k, noise=0.3) for k in range(20)]
        self.X, self.y = (np.array(arrays) for arrays in zip(*samples, strict=True))
        self.test = noisy_xor(4000, seed=100 * seed + 20, noise=0.3)

    def trained(self, width, points, y=None, **epochs):
        y = self.y[:, :points] if y is None else y
        return functions(7)["trained"](
            functions(7)["starts"](width), self.X[:, :points], y, **epochs
        )

    def measure(self, networks, X=None, y=None):
        """Return losses, shares of wrong answers and of sure ones, in the test set if no other."""
        return np.array(functions(7)["measure"](networks, *(self.test if X is None else (X, y))))


sampled = cache(Samples)
MOST, NEARLY_ALL = 12, 18  # of twenty


def more(a, b):
    return np.sum(a > b)


@cache
def sixteen(seed):
    """Return 16 units at 51 moments of their training on 40 points, and how they do on new ones."""
    data, moments = sampled(seed), [functions(7)["starts"](16)]
    for _ in range(50):
        few = data.X[:, :40], data.y[:, :40]
        moments.append(functions(7)["trained"](moments[-1], *few, epochs=40))
    return moments, np.array([data.measure(networks) for networks in moments])


@said_in(7, "Training loss against test loss")
def overfitting(seed):
    loss, wrong, sure = np.moveaxis(sixteen(seed)[1], 1, 0)
    yield "The test loss turns and climbs", more(loss[50], loss[2]) > NEARLY_ALL
    yield "The networks grow surer in every sample", more(sure[50], sure[2]) > NEARLY_ALL
    yield "Their mistakes grow in most samples", more(wrong[50], wrong[2]) > MOST
    loss, wrong = (np.median(measured[50]) / np.median(measured[2]) for measured in (loss, wrong))
    yield "The median loss more than doubles, mistakes grow far less", loss > 2 and wrong < 1.4


@said_in(7, "How wide?")
def widths(seed):
    data, ends, gaps = sampled(seed), {}, {}
    for points, width in [(400, 2), (400, 4), (400, 16), (40, 2), (40, 4), (40, 16)]:
        networks = data.trained(width, points)
        ends[points, width] = data.measure(networks)[:2]
        own = data.measure(networks, data.X[:, :points], data.y[:, :points])[0]
        gaps[points, width] = ends[points, width][0] - own
    two, four, sixteen = ([ends[points, width][1] for points in (400, 40)] for width in (2, 4, 16))
    yield "Two units are more often wrong than four", min(map(more, two, four)) > MOST
    yield "Four are more often wrong than sixteen", min(map(more, four, sixteen)) > 10
    far = [measured[0].max() > 0.15 for measured in (four, sixteen)]
    yield "After 400 points some of four units are far off, none of sixteen", far == [True, False]
    wider = [more(gaps[40, width], gaps[400, width]) for width in (2, 4, 16)]
    yield "With fewer points the gap between the losses is wider", min(wider) > MOST


@said_in(7, "Wrong targets")
def wrong_targets(seed):
    data, ninth, ends = sampled(seed), slice(0, 40, 9), []
    X, y = data.X[:, :40], data.y[:, :40].copy()
    y[:, ninth] = 1 - y[:, ninth]
    for width in (4, 64):
        flipped, true = (
            data.trained(width, 40, y, epochs=5000),
            data.trained(width, 40, epochs=5000),
        )
        told = data.measure(flipped, X[:, ninth], y[:, ninth])[1], data.measure(flipped, X, y)[1]
        ends.append([*told, data.measure(flipped)[1], data.measure(true)[1]])
    few, many = ends
    yield "64 units learn more of the wrong targets than 4", more(few[0], many[0]) > MOST
    yield "Then 64 are wrong on more new points than 4", more(many[2], few[2]) > 10
    yield "Wrong targets make 64 units worse on new points", more(many[2], many[3]) > NEARLY_ALL - 1
    yield "Four units get no sample right, 64 some", few[1].min() > 0 == many[1].min()


@said_in(7, "Stopping in time")
def stopping(seed):
    data, (moments, new) = sampled(seed), sixteen(seed)
    validation = [data.measure(n, data.X[:, 40:80], data.y[:, 40:80])[0] for n in moments]
    chosen, last = new[np.argmin(validation, axis=0), :, np.arange(20)].T, new[50]
    rival = data.measure(data.trained(16, 80))
    yield (
        "The network of the chosen moment costs less than the last",
        more(last[0], chosen[0]) > MOST,
    )
    yield "It is wrong less often", more(last[1], chosen[1]) > 10
    yield "A rival trained on all 80 costs more", more(rival[0], chosen[0]) > 10


@said_in(7, "Minibatches, momentum, Adam")
def steps(seed):
    data, given = sampled(seed), functions(7)

    def loss(way, size, rate):
        return data.measure(given["fitted"](given[way], size, rate, data.X, data.y))[0]

    plain, momentum = loss("sgd", 32, 1), loss("momentum", 32, 0.1)
    yield "All rows in each step come last", more(loss("sgd", 400, 3), plain) > NEARLY_ALL
    yield "At one rate momentum costs less", more(loss("sgd", 32, 0.1), momentum) > NEARLY_ALL
    yield "Each at its own, neither is clearly ahead", 5 < more(plain, momentum) < 15


def try_all(seed):
    """Return what is said, by document, title and words, and whether it holds for a seed."""
    said = {(d, title): list(function(seed)) for d, title, function in CLAIMS}
    for function in (counted, fifty, by_width, sampled, sixteen):
        function.cache_clear()
    return {(*place, words): bool(so) for place, claims in said.items() for words, so in claims}


def text_of(document):
    path = path_of(document)
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def link(document, title):
    """Return a link to a section."""
    path = path_of(document).relative_to(ROOT).as_posix()
    (heading,) = re.findall(rf"^#+ ((?:\d\. )?{re.escape(title)})$", text_of(document), re.M)
    return f"[{document}, {title}](../{path}#{heading.replace(' ', '-')})"


def stored():
    """Return the rows of the stored table: what is said, where, how often it held, of how many."""
    row = r"^\| (.+) \| (\[.+\)) \| (\d+) of (\d+) \|$"
    return re.findall(row, TABLE.read_text(encoding="utf-8"), re.M)


def main():
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with ProcessPoolExecutor(cores()) as pool:
        tried = list(pool.map(try_all, range(first, first + SEEDS)))
    held = {claim: sum(holds[claim] for holds in tried) for claim in tried[0]}
    table = HEAD.format(SEEDS, date.today(), first, first + SEEDS - 1, np.__version__)
    for (*place, said), count in held.items():
        table += f"| {said} | {link(*place)} | {count} of {SEEDS} |\n"
    usual = {said for said, _, count, _ in stored() if int(count) > 18}
    TABLE.write_text(table, encoding="utf-8")
    print(table)
    if fallen := [said for (*_, said), count in held.items() if count < 15 and said in usual]:
        sys.exit("\n".join(["What held before, and does not now:", *fallen]))


if __name__ == "__main__":
    main()
