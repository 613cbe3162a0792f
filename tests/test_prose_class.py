"""What instructors and classes read: the figures in guide, slides and worksheets, as in test_prose.

A slide or a worksheet is short of words, so its facts are whole lines.
"""

import re
from functools import cache

import numpy as np
import pytest

from tests.prose import ROOT, complaints, prose, read, shown
from tests.test_prose import (
    LATER,
    LN2,
    START,
    X,
    Y,
    by_hand_solves,
    keras_losses,
    part_one,
    percent,
    swept,
)
from xorlib.network import forward, predict
from xorlib.training import train

STATE = forward(START, X)
DELTA2 = ((STATE.a2 - Y) * STATE.a2 * (1 - STATE.a2))[:, 0]
SLOPES = STATE.a1 * (1 - STATE.a1)
STUCK = "loss 0.4774   accuracy 0.75   answers 0.333  1.000  0.333  0.333"
# Plans and layout, which tests/test_instructor.py looks after; exercises and worksheets by number.
LAYOUT = re.compile(
    r"^% (?:notes|demo|question) .*|^<picture .*|(?<=\])\[[\w-]+\]"
    r"|^\[[\w-]+\]: .*|\b[Ww]orksheets? \d(?: and \d)?|\btasks? \d\b(?: and \d)?|Task \d\b(?! of)"
    r"|\bexercises to (?:notebooks )?\d+(?: and \d)?\b|\[to 02|\b(?:45|90) minutes|45, 90 and 180"
    r"|W[12]\b|w_\{[12]\}|notebooks 04, 05 and 07|notebooks? 0\d|0\d, 0\d and 0\d",
    re.M,
)


def moments():
    """Return the epochs at which XOR becomes separable and all four rows right."""
    found = read(3, r"separable from epoch (\d+), all four right from epoch (\d+)")
    return map(int, found)


@cache
def film():
    """Return notebook 2's training with the network of each epoch."""
    return train(START, X, Y, learning_rate=0.1, epochs=10_000, snapshots=10_001)


def rates():
    """Return, as the demo shows them, the rate with the lowest last loss, and the next one.

    From 0.1 up to the first each loss is lower than the last; from the second on none is below 0.2.
    """
    shown = sorted((rate, loss) for rate, loss in swept().items() if rate not in (8, 9))
    last = np.array([loss for rate, loss in shown if rate > 0.099])
    best = int(np.argmin(last))
    assert (np.diff(last[: best + 1]) < 0).all() and (last[best + 1 :] > 0.2).all()
    return [f"{rate:.3g}" for rate, _ in shown if rate > 0.099][best : best + 2]


def four_optimisers():
    """Return whether none of notebook 5's solves more than plain descent, or a dead start."""
    told = re.findall(r"^(\w+) +([\d.]+)% solved .+ born dead: (\d+) of", shown(5), re.M)
    most = max(float(share) for _, share, _ in told)
    return len(told) == 4 and float(told[0][1]) == most and {n for *_, n in told} == {"0"}


def path(unit, times):
    """Return the product that makes the first row's delta of a hidden unit."""
    weight, slope = START.W2[unit, 0], SLOPES[0, unit]
    factors = f"{DELTA2[0]:.4f}", f"{weight:.3f}", f"{slope:.4f}"
    return f"{times.join(factors)} = {DELTA2[0] * weight * slope:.4f}"


def guide():
    separable, solved = moments()
    history, _, plateau = part_one()
    losses = history.losses
    bias = r"solved without: (\d+)  with: (\d+)\s+helped (\d+), hurt (\d+)"
    without, with_it, helped, hurt = map(int, read(5, bias, "notebooks/solutions"))
    W2 = START.W2[:, 0]
    yield "notebooks 1 to 3 once ¦ also 4, 5 and 7."
    yield "with weights 1 and 1 and a bias of −1.5.", (X @ [1, 1] > 1.5).tolist() == [0, 0, 0, 1]
    yield "It says 0.500 four times, a loss of 0.25.", "loss: 0.2545 at first, 0.2500" in shown(1)
    yield "With 10, 10 and −15 it is AND, ¦ A weight of −10 to the output", by_hand_solves()
    yield (
        f"its weight is {W2[1]:.3f} against {W2[0]:.3f}. ¦ fifteen times",
        14.5 < W2[1] / W2[0] < 15.5,
    )
    best, first_bad = rates()
    yield f"Up to {best} each larger one ends with a lower loss. From {first_bad} on none"
    tests = re.findall(r"^ +\d+ +\S+ +(\S+) +\d+%", shown(7), re.M)[:8]
    many, few = np.reshape(tests, (2, 4)).astype(float)
    yield "Of 2, 4, 16 and 64 units: ¦ From 4 units on", many[0] > 2 * many[1:].max()
    yield "with 40 points in place of 400 the loss", 1.9 < few[1:].mean() / many[1:].mean() < 2.2
    yield "counts four optimisers on the same 500 starts", four_optimisers()
    yield "It rests near 0.25 for about a thousand epochs. ¦ The plateau near 0.25 lasts", plateau
    yield "lasts about a thousand epochs ¦ stays near 0.25 for a thousand epochs.", plateau
    stops = "".join(
        f"[{epoch}]{after}"
        for epoch, after in zip(
            (1000, separable, 2500, solved), (", ", ", ", " and ", ". Guess"), strict=True
        )
    )
    yield stops
    yield f"At 1000 neither. From {separable} the points", separable > 1000
    yield f"at 2500 one sees it. From {solved} all four are right", 2500 < solved
    yield f"still {losses[solved]:.2f}! ¦ At epoch {solved} all four answers are right."
    yield f"[epoch 1000] ¦ at epoch 1000. ¦ [epoch {solved}] ¦ [rate 100] ¦ [300 starts] ¦ [seed 4]"
    yield "From 0.1 upwards ¦ At 100 the first step", swept()[100] > 0.49
    yield "They jump to 100. ¦ At 100 the slope", swept()[100] > 0.49
    yield f"−ln ½ = {LN2:.3f}."
    yield "Seed 42, then seed 3. ¦ answers for seed 3. ¦ made seed 3 fail. ¦ was seed 42."
    yield (
        '"About the same." 0.4774, an accuracy of 0.75, and three answers of 0.333.',
        STUCK in shown(4),
    )
    yield "An accuracy of 0.75 is three quarters", STUCK in shown(4)
    yield LATER["INSTRUCTOR.md"]
    yield "changed after 10,000 epochs.", "not one bit has changed:  True" in shown(4)
    yield "Four of five starts fail.", "0 of 1712" in shown(5)
    yield "Why just {}, {} and {}? ¦ Someone finds ln 2.".format(*sorted(set(keras_losses()))[1:])
    yield f"1 − (3/4)² = {percent(1 - (3 / 4) ** 2)}"
    yield f'"None, it helps." Of the same 1000 starts {without} are solved without it'
    yield (
        f"and {with_it} with it: it saves {helped} and costs {hurt}",
        with_it - without == helped - hurt,
    )
    yield "Task 5 of 05: how many", "Task 5.5. ✓" in shown(5, "notebooks/solutions")
    yield '"It says 0.50. ¦ shown as 0.50 may ¦ 400 noisy points', "400" in shown(7)
    yield "the sum over the rows in 6b ¦ the arrow in 6c", "\n### 6c. One layer" in prose("2")
    yield "about 2.4 GB. ¦ takes 0.4 GB. ¦ at least 20 pixels ¦ at least 24. ¦ 1280 × 720 ¦ 0.2 MB"
    yield "repo2docker ¦ at 390 pixels of width ¦ also at 150 % zoom ¦ for the longest plan"


def deck_45():
    yield "$z = x_1 + x_2 - 1.5$"
    for row, z in zip(("00", "01", "10", "11"), X.sum(axis=1) - 1.5, strict=True):
        yield f"| {row} | {z:g} | {'yes' if z > 0 else 'no'} |".replace("-", "−")
    yield "Four times 0.500 ¦ stays at 0.25.", "0.500  0.500  0.500  0.500" in shown(1)


def deck_90():
    separable, solved = moments()
    for unit, z, a in zip(("$h_1$", "$h_2$"), STATE.z1[0], STATE.a1[0], strict=True):
        yield f"| {unit} | {z:.3f} | {a:.3f} |"
    answer = f"{STATE.a2[0, 0]:.3f}"
    yield f"| output | {STATE.z2[0, 0]:.3f} | {answer} | ¦ so the error is {answer}."
    yield from (path(unit, r" \times ") for unit in (0, 1))
    yield f"stops at 1000, {separable}, 2500 and {solved}", 1000 < separable < 2500 < solved
    for epoch in (1000, separable, 2500, solved):
        rows = np.sum((predict(film().snapshots[epoch], X) > 0.5) == Y)
        yield f"| {epoch} | {'yes' if epoch >= separable else 'no'} | {rows} |"
    for row, line in zip(
        ("00", "01", "10", "11"), forward(part_one()[0].parameters, X).a1, strict=True
    ):
        answer = predict(part_one()[0].parameters, X)[int(row, 2), 0]
        yield f"| {row} | {line[0]:.3f} | {line[1]:.3f} | {answer:.3f} |"
    yield "plateau near 0.25. ¦ from epoch 0 to 10,000", part_one()[2]
    yield "From 0.1 up to {} each larger rate ends with a lower loss. From {} on none".format(
        *rates()
    )
    yield "From 0.1 upwards, ¦ At 100 the first step", swept()[100] > 0.49


def sheet_1():
    z = X @ [1, 1] - 1.5
    yield (
        "$b = -1.5$ ¦ {:g}, {:g}, {:g} and {:g}; only".format(*z)
        .replace("-1.5, ", "−1.5, ")
        .replace(", -0.5", ", −0.5")
    )
    yield "$h_1$: 10, 10, −5; $h_2$: 10, 10, −15; output: 10, −10, −5.", by_hand_solves()
    yield "between −10 and 0. ¦ between −20 and −10, with weights of 10."
    yield "into $h_1$ are 10. ¦ | 10 | 10 |"


def sheet_2():
    a, b1, W2, b2 = STATE.a1[:, 0], START.b1[0], START.W2[:, 0], START.b2[0, 0]
    answer, slope = STATE.a2[0, 0], STATE.a2[0, 0] * (1 - STATE.a2[0, 0])
    yield f"the bias {b1[0]:.3f}, and $\\sigma({b1[0]:.3f}) = {a[0]:.3f}$", np.ptp(b1) < 1e-4
    z = f"{a[0]:.3f} × {W2[0]:.3f} + {a[0]:.3f} × {W2[1]:.3f} + {b2:.3f} = ………"
    yield f"{z}, and $\\sigma$ makes it {answer:.3f}."
    yield f"{answer:.3f} × (1 − {answer:.3f}) ¦ {a[0]:.3f} × (1 − {a[0]:.3f})"
    yield f"over the weight {W2[1]:.3f}. Its delta: ……… × {W2[1]:.3f} ×"
    yield f"over {W2[0]:.3f}. Its delta: ……… × {W2[0]:.3f} ×"
    products = a * DELTA2
    for row, *numbers in zip(("00", "01", "10", "11"), a, DELTA2, strict=True):
        yield "| {} | {:.4f} | {:.4f} | ……… |".format(row, *numbers).replace("-", "−")
    yield f"{b1[0]:.3f} and {b1[1]:.3f}; {a[0]:.3f}; {STATE.z2[0, 0]:.3f}; {answer:.3f}."
    yield f"1. {slope:.4f}. 2. {answer:.3f} × {slope:.4f} = {DELTA2[0]:.4f}. 3. {SLOPES[0, 0]:.4f}."
    yield f"4. {path(1, ' × ')}. 5. {path(0, ' × ')}."
    yield f"differ, {W2[1]:.3f} and {W2[0]:.3f}.", 14.5 < W2[1] / W2[0] < 15.5
    told = "{:.4f}, {:.4f}, {:.4f} and {:.4f} (the".format(*products).replace("-", "−")
    yield f"{told} last from unrounded numbers); their sum is {products.sum():.4f}."


def sheet_3():
    network = part_one()[0].parameters
    (W1, b1, W2, b2), z = network.arrays, forward(network, X).z1
    for unit, gate in enumerate(("AND", "OR")):
        weights = f"weights {W1[0, unit]:.1f} and {W1[1, unit]:.1f}, bias −{-b1[0, unit]:.1f}"
        values = "{:.1f}, {:.1f}, {:.1f}".format(*z[[0, 1, 3], unit]).replace("-", "−")
        yield f"$h_{unit + 1}$: {weights} ¦ $h_{unit + 1}$: {values}: {gate}."
    yield f"−{-W2[0, 0]:.1f} from $h_1$ and {W2[1, 0]:.1f} from $h_2$"
    yield f"and the bias −{-b2[0, 0]:.1f}."
    separable, solved = moments()
    kept = film()
    for epoch in (0, 1000, separable, 2500, solved, 10_000):
        answers = predict(kept.snapshots[epoch], X)
        rows, loss = np.sum((answers > 0.5) == Y), np.mean((answers - Y) ** 2)
        apart = "yes" if epoch >= separable else "no"
        little = ", by very little" if epoch == separable else ""
        name = f"{epoch:,}" if epoch == 10_000 else str(epoch)
        yield (
            f"{name}: {apart}{little}, {rows} rows, {loss:.4f}."
            if epoch
            else f"Epoch 0: no, {rows} rows, {loss:.4f}."
        )
        yield f"\n| {name} | …… / …… |"
    yield "after 10,000 epochs. ¦ from seed 42. ¦ At epoch 1000 choose"
    plateau = forward(kept.snapshots[1000], X).a2
    delta = np.abs((plateau - Y) * plateau * (1 - plateau))
    yield "output's deltas are about 1/8.", np.allclose(delta, 1 / 8, atol=0.02)


FACTS = {
    "INSTRUCTOR.md": guide,
    **{"book/slides/45.md": deck_45, "book/slides/90.md": deck_90},
    **{f"book/worksheets/{k}.md": sheet for k, sheet in enumerate((sheet_1, sheet_2, sheet_3), 1)},
}


@pytest.mark.parametrize("document", FACTS)
def test_each_figure_has_its_fact(document):
    text = LAYOUT.sub("", (ROOT / document).read_text(encoding="utf-8"))
    if document == "INSTRUCTOR.md":
        text = re.sub(r"^\| notebook \|.*?\n\n", "", text, flags=re.M | re.S)
    wrong = list(complaints(text, "", FACTS[document]()))
    assert not wrong, "\n".join([document, *wrong])
