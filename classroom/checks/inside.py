"""Checks of the exercises to notebook 03: gradient checks, learning rates, symmetry."""

import functools

import numpy as np

from classroom.checks.judging import described, judge, number, word
from classroom.checks.mistakes import differences
from classroom.checks.report import Hint, task
from xorlib.data import truth_table
from xorlib.network import Parameters, backward, forward, uniform_parameters
from xorlib.training import train

X, y = truth_table()


DIFFERENCES = {
    "Everything is twice too large. How far is it from the nudge down to the nudge up?": 2,
    "This looks upwards only, which is less exact: nudge down as well.": (
        lambda right, loss, w, epsilon: differences(loss, w, epsilon, 0) / epsilon
    ),
    "This is how much the loss changes. A rate is a change *for each unit of nudge*.": (
        lambda right, loss, w, epsilon: 2 * epsilon * right
    ),
    "The sign is reversed. Which of the two losses is subtracted from which?": -1,
    "All entries are nudged together. Nudge one at a time, the others as they were.": (
        lambda right, loss, w, epsilon: np.full(
            w.shape, (loss(w + epsilon) - loss(w - epsilon)) / (2 * epsilon)
        )
    ),
    "Up and down are the same here, so nothing changes: `u = w` is a second name, not a copy.": 0,
    "Nudges pile up: an entry is still nudged when the next one has its turn.": (
        lambda right, loss, w, epsilon: (
            differences(loss, w, epsilon, epsilon, piled_up=True) / (2 * epsilon)
        )
    ),
}


def wavy(w):
    """Return a number that depends on each entry of w in its own, curved way."""
    return float(np.sum(np.sin(np.arange(1, w.size + 1) * w.ravel())) + np.sum(w) ** 3)


@task("3.1", "A gradient check of your own")
def central_difference(function):
    """Check a function of (loss, w, epsilon) that estimates a gradient by central differences."""
    generator = np.random.default_rng(31)
    cases = [
        (wavy, generator.normal(size=(2, 2)), 0.01),
        (wavy, generator.normal(size=3), 0.001),
        (lambda w: float(np.prod(w)), np.array([[1.5, -0.5, 2.0]]), 0.1),
    ]
    judge(
        function,
        lambda loss, w, epsilon: differences(loss, w, epsilon, epsilon) / (2 * epsilon),
        DIFFERENCES,
        cases,
        parts=("gradient",),
        tolerance=1e-7,
    )
    return "With this you can check any formula for a gradient."


def planted_backward(parameters, X, y):
    """Return a gradient of ½ Σ (y - a2)², with one mistake in it, for task 3.2 to find."""
    error = forward(parameters, X).a2 - y
    return backward(parameters, X, y)._replace(b2=error.sum(axis=0, keepdims=True))


@task("3.2", "Find the planted mistake")
def planted_error(start, part, ratio):
    """Check which part of `planted_backward` is wrong at `start`, and wrong / right there."""
    if word(part).removeprefix("d") not in ("w1", "b1", "w2", "b2"):
        raise Hint(f'`part` must be "W1", "b1", "W2" or "b2", but is {described(part)}.')
    ratio = number(ratio, "`ratio`")
    if word(part).removeprefix("d") != "b2":
        raise Hint(f"`{part}` agrees with the experiment. Compare all four, entry by entry.")
    wanted = float((planted_backward(start, X, y).b2 / backward(start, X, y).b2).item())
    if np.isclose(ratio, 1 / wanted, rtol=0.01):
        raise Hint("The ratio is upside down: divide the planted gradient by the true one.")
    if not np.isclose(ratio, wanted, rtol=0.01):
        raise Hint(f"The part is right, but the planted one is not {ratio:g} times the true one.")
    return "The slope a (1 − a) of the output unit is left out on the way to its bias."


RATES = {
    0.1: "With the same rate the steps are not the same. Which gradient is larger?",
    0.05: "The other way round: the smaller gradient needs the larger rate.",
    0.025: "The other way round: the smaller gradient needs the larger rate.",
    0.4: "Four rows, but *half* the sum. How many times the mean is that?",
    2.0: "That is the factor between the gradients. And the rate?",
    0.5: "That is the factor between the gradients. And the rate?",
}


@task("3.3", "The same steps on the mean")
def rate_on_mean(rate):
    """Check the learning rate on the mean that takes the steps of 0.1 on half the sum."""
    rate = number(rate, "`rate`")
    for wrong, hint in RATES.items():
        if np.isclose(rate, wrong):
            raise Hint(hint)
    if not np.isclose(rate, 0.2):
        raise Hint("The last column of the table in section 4 of notebook 3 will tell you.")
    return "Twice the rate on half the gradient: the same steps."


@functools.cache
def rates_that_work():
    """Tell for each learning rate whether it works from seed 42 in 2000 epochs."""
    start, rates = uniform_parameters(42), (1, 2, 4, 8, 16, 32, 64, 128)
    runs = {rate: train(start, X, y, learning_rate=rate, epochs=2000) for rate in rates}
    return {rate: run.losses[-1] < 0.01 for rate, run in runs.items()}


@task("3.4", "The largest learning rate that works")
def largest_rates(largest_safe, largest_working):
    """Check the largest rate up to which all work, and the largest that works at all."""
    works = rates_that_work()
    safe = number(largest_safe, "`largest_safe`")
    working = number(largest_working, "`largest_working`")
    for name, rate in [("largest_safe", safe), ("largest_working", working)]:
        if rate not in works:
            raise Hint(f"`{name}` must be one of the rates tried, but is {rate:g}.")
    most = max(rate for rate in works if works[rate])
    safest = max(rate for rate in works if all(works[k] for k in works if k <= rate))
    if (safe, working) == (most, safest):
        raise Hint("The two are swapped.")
    if not works[working]:
        raise Hint(f"With {working:g} the last loss is above 0.01: XOR is not solved.")
    if working < most:
        text = f"Look beyond {working:g}: a rate that fails need not be the end of the list."
        raise Hint(text)
    if safe > safest:
        raise Hint(f"Between 1 and {safe:g} there is a rate that fails. Look at every line.")
    if safe < safest:
        raise Hint(f"{safe:g} works, and so does a larger one, with all below it.")
    return "8 fails and 16 works: you cannot tell how a rate does from its neighbours."


@task("3.5", "One number to break the symmetry")
def broken_symmetry(start, equal):
    """Check a start that differs from `equal` in one number, and solves XOR."""
    if not isinstance(start, Parameters):
        raise Hint(f"`start` must be a `Parameters`, but is {described(start)}.")
    shapes = [np.shape(array) for array in start.arrays]
    if shapes != [array.shape for array in equal.arrays]:
        raise Hint(f"The shapes must stay those of `equal`, but are {shapes}.")
    if start.activation != equal.activation:
        raise Hint("The units of `equal` are sigmoids. Leave them so, and change one number.")
    values = np.concatenate([np.ravel(array) for array in start.arrays])
    if not all(np.all(array == 0.5) for array in equal.arrays):
        text = "`equal` itself has changed: an array was written into. Copy it first. (Run the "
        raise Hint(f"{text}cell that makes `equal` again.)")
    moved = np.flatnonzero(values != 0.5)
    if not moved.size:
        raise Hint("All nine numbers are still 0.5.")
    if moved.size > 1:
        raise Hint(f"{moved.size} numbers have changed. One is enough, if it is the right one.")
    if moved[0] == 8:
        raise Hint("`b2` belongs to the output unit. Do the hidden units differ in anything now?")
    number(values[moved], "The number that has changed")  # no NaN
    loss = train(start, X, y, learning_rate=0.1, epochs=10_000).losses[-1]
    if not loss < 0.01:
        text = f"They differ, but the loss only gets to {loss:.3f} in 10,000 epochs. Try another "
        raise Hint(f"{text}size, or another number.")
    return f"XOR is solved, with a last loss of {loss:.4f}."
