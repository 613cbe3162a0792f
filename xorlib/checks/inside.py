"""Checks of the exercises to notebook 03: gradient checks, learning rates, symmetry."""

import numpy as np

from xorlib import training
from xorlib.checks.calling import described, number
from xorlib.checks.judging import Mistake, judge
from xorlib.checks.report import Hint, task
from xorlib.data import truth_table
from xorlib.network import Parameters, backward


def slopes(loss, w, up, down, width):
    """Return (loss(w + up) - loss(w - down)) / width for a nudge of each entry alone."""
    gradient = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        nudge = np.zeros(w.shape)
        nudge[place] = 1
        gradient[place] = (loss(w + up * nudge) - loss(w - down * nudge)) / width
    return gradient


def central(loss, w, h):
    """Return central differences."""
    return slopes(loss, w, h, h, 2 * h)


DIFFERENCES = [
    Mistake(
        "transposed",
        lambda loss, w, h: central(loss, w, h).T,
        "Rows and columns are exchanged: each slope belongs where its entry of `w` is.",
    ),
    Mistake(
        "h for 2h",
        lambda loss, w, h: slopes(loss, w, h, h, h),
        "Everything is twice too large. From the nudge down to the nudge up, how far is that?",
    ),
    Mistake(
        "forward",
        lambda loss, w, h: slopes(loss, w, h, 0, h),
        "This looks upwards only, which is less exact: nudge down as well.",
    ),
    Mistake(
        "backward",
        lambda loss, w, h: slopes(loss, w, 0, h, h),
        "This looks downwards only, which is less exact: nudge up as well.",
    ),
    Mistake(
        "not divided",
        lambda loss, w, h: slopes(loss, w, h, h, 1),
        "This is how much the loss changes. A rate is a change *for each unit of nudge*.",
    ),
    Mistake(
        "sign",
        lambda loss, w, h: -central(loss, w, h),
        "The sign is reversed. Which of the two losses is subtracted from which?",
    ),
    Mistake(
        "all at once",
        lambda loss, w, h: np.full(w.shape, (loss(w + h) - loss(w - h)) / (2 * h)),
        "All entries are nudged together. Nudge one at a time, the others as they were.",
    ),
    Mistake(
        "piled up",
        lambda loss, w, h: piled_up(loss, w, h),
        "Nudges pile up: an entry is still nudged when the next one has its turn.",
    ),
]


def piled_up(loss, w, h):
    """Return differences in which no nudge is taken back."""
    up, down, gradient = w.copy(), w.copy(), np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up[place] += h
        down[place] -= h
        gradient[place] = (loss(up) - loss(down)) / (2 * h)
    return gradient


def wavy(w):
    """Return a number that depends on each entry of w in its own, curved way."""
    return float(np.sum(np.sin(np.arange(1, w.size + 1) * w.ravel())) + np.sum(w) ** 3)


@task("3.1", "A gradient check of your own")
def central_difference(function):
    """Check a function of (loss, w, h) that estimates a gradient by central differences."""
    generator = np.random.default_rng(31)
    cases = [(wavy, generator.normal(size=shape), h) for shape, h in [((2, 2), 0.01), ((3,), 1e-3)]]
    judge(
        function,
        central,
        DIFFERENCES,
        [*cases, (lambda w: float(np.prod(w)), np.array([[1.5, -0.5, 2.0]]), 0.1)],
        parts=["gradient"],
        arguments=["loss", "w", "h"],
        integers=[(wavy, np.array([[1, 2], [0, 1]]), 0.01)],
        tolerance=1e-7,
    )
    return "A judge for every formula that you will ever write."


def planted_backward(parameters, X, y):
    """Return a gradient of ½ Σ (y - a2)², with one mistake in it, for task 3.2 to find."""
    gradient = backward(parameters, X, y)
    return gradient._replace(b1=gradient.b1 / len(X))


@task("3.2", "Find the planted mistake")
def planted_error(part, ratio):
    """Check which part of `planted_backward` is wrong, and wrong / right."""
    if not isinstance(part, str) or part.strip().removeprefix("d") not in Parameters._fields:
        raise Hint("type", f'`part` must be "W1", "b1", "W2" or "b2", but is {described(part)}.')
    part, ratio = part.strip().removeprefix("d"), number(ratio, "`ratio`")
    if part != "b1":
        text = f"`{part}` agrees with the experiment. Compare all four, entry by entry."
        raise Hint("other part", text)
    if abs(ratio - 4) < 0.05:
        text = "The part is right, the ratio upside down: divide the wrong one by the right one."
        raise Hint("inverse", text)
    if abs(ratio - 0.25) > 0.01:
        text = "The part is right. Divide the planted gradient by that of the experiment."
        raise Hint("ratio", text)
    return "The rows were averaged where they should be summed: with four rows, a quarter."


@task("3.3", "The same steps on the mean")
def rate_on_mean(rate):
    """Check the learning rate on the mean that takes the steps of 0.1 on half the sum."""
    rate = number(rate, "`rate`")
    hints = {
        0.1: ("same", "With the same rate the steps are not the same. Which gradient is larger?"),
        0.05: ("inverse", "The other way round: the smaller gradient needs the larger rate."),
        0.4: ("four", "Four rows, but *half* the sum. How many times the mean is that?"),
        0.025: ("inverse", "The other way round: the smaller gradient needs the larger rate."),
        2.0: ("factor", "That is the factor between the gradients. And the rate?"),
        0.5: ("factor", "That is the factor between the gradients. And the rate?"),
    }
    for wrong, hint in hints.items():
        if abs(rate - wrong) < 1e-6:
            raise Hint(*hint)
    if abs(rate - 0.2) > 1e-6:
        raise Hint("wrong", "Section 4 of notebook 3 has a table whose last column tells.")
    return "Twice the rate on half the gradient: the same steps."


RATES = (1, 2, 4, 8, 16, 32, 64, 128)
WORKING = (1, 2, 4, 16)  # with a loss below 0.01 after 2000 epochs from seed 42


@task("3.4", "The largest learning rate that works")
def largest_rates(safe, working):
    """Check the largest rate up to which all work, and the largest that works at all."""
    safe, working = number(safe, "`largest_safe`"), number(working, "`largest_working`")
    for name, rate in [("largest_safe", safe), ("largest_working", working)]:
        if rate not in RATES:
            raise Hint("type", f"`{name}` must be one of the rates tried, but is {rate:g}.")
    if (safe, working) == (16, 4):
        raise Hint("swapped", "The two are exchanged.")
    if working not in WORKING:
        text = f"With {working:g} the last loss is above 0.01: the XOR is not solved."
        raise Hint("fails", text)
    if working < 16:
        text = f"Look beyond {working:g}: a rate that fails need not be the end of the list."
        raise Hint("stopped early", text)
    if safe > 4:
        text = f"Between 1 and {safe:g} there is a rate that fails. Look at every line."
        raise Hint("gap", text)
    if safe < 4:
        raise Hint("too small", f"{safe:g} works, and so does a larger one.")
    return "Beyond the safe rates luck decides: 8 fails, 16 works again."


@task("3.5", "One number to break the symmetry")
def broken_symmetry(start, equal):
    """Check a start that differs from `equal` in one number, and solves XOR."""
    X, y = truth_table()
    for name, network in [("start", start), ("equal", equal)]:
        if not isinstance(network, tuple) or len(network) != 4:
            raise Hint("type", f"`{name}` must be a `Parameters`, but is {described(network)}.")
    try:
        shapes = [np.shape(part) for part in start]
        values = np.concatenate([np.asarray(part, dtype=float).ravel() for part in start])
        originals = np.concatenate([np.asarray(part, dtype=float).ravel() for part in equal])
    except Exception:
        raise Hint("type", "`start` must be made of four arrays of numbers.") from None
    if shapes != [(2, 2), (1, 2), (2, 1), (1, 1)] or originals.size != 9:
        raise Hint("shape", f"The shapes must stay those of `equal`, but are {shapes}.")
    if not np.isfinite(values).all():
        raise Hint("nan", "`start` holds NaN or infinity.")
    if not (originals == 0.5).all():
        text = "`equal` itself has changed: an array was written into. Copy it first. (Run the "
        raise Hint("in place", text + "cell that makes `equal` again.)")
    moved = np.flatnonzero(values != 0.5)
    if not moved.size:
        raise Hint("unchanged", "All nine numbers are still 0.5.")
    if moved.size > 1:
        text = f"{moved.size} numbers have changed. One is enough, if it is the right one."
        raise Hint("several", text)
    if moved[0] == 8:
        text = "`b2` belongs to the output unit. Do the hidden units differ in anything now?"
        raise Hint("still twins", text)
    parts = (np.asarray(part, dtype=float) for part in start)
    run = training.train(Parameters(*parts), X, y, learning_rate=0.1, epochs=10_000)
    if not run.losses[-1] < 0.01:
        text = f"They differ, but the loss only gets to {run.losses[-1]:.3f} in 10,000 epochs. "
        raise Hint("too alike", text + "Try another size, or another number.")
    return f"XOR is solved, with a last loss of {run.losses[-1]:.4f}."
