"""Checks of the exercises to notebook 05: loss levels, dead units, and an experiment."""

import math

import numpy as np

from xorlib.checks.calling import call, described, numbers
from xorlib.checks.judging import Mistake, judge
from xorlib.checks.report import Hint, task


def entropy(p, log=np.log):
    """Return the cost of answering p where a share p of the targets is 1."""
    return 0.0 if p in (0, 1) else -(p * log(p) + (1 - p) * log(1 - p))


def level_of(groups, cost=entropy):
    """Return the lowest loss of rows that share answers in groups."""
    rows = sum(len(group) for group in groups)
    return sum(len(group) * cost(np.mean(group)) for group in groups) / rows


LEVELS = [
    Mistake(
        "nan",
        lambda groups: level_of(groups, lambda p: np.nan if p in (0, 1) else entropy(p)),
        "Your function returns NaN: 0 · ln 0 has no value for NumPy. A group whose targets are all "
        "equal can be answered perfectly; what does it cost?",
    ),
    Mistake(
        "groups alike",
        lambda groups: np.mean([entropy(np.mean(group)) for group in groups]),
        "Every *group* counts alike here. The loss is a mean over the *rows*.",
    ),
    Mistake(
        "sum",
        lambda groups: level_of(groups) * sum(map(len, groups)),
        "That is the sum over the rows; the loss is their mean.",
    ),
    Mistake(
        "sum of groups",
        lambda groups: sum(entropy(np.mean(group)) for group in groups),
        "The groups' costs are added up, however many rows they have.",
    ),
    Mistake(
        "half",
        lambda groups: level_of(groups, lambda p: 0.0 if p in (0, 1) else math.log(2)),
        "This lets a mixed group answer 1/2. With targets 0, 0, 1 there is a better answer.",
    ),
    Mistake(
        "base 2",
        lambda groups: level_of(groups, lambda p: entropy(p, np.log2)),
        "This counts in bits. Keras uses the natural logarithm.",
    ),
    Mistake(
        "ones only",
        lambda groups: level_of(groups, lambda p: 0.0 if p == 0 else -p * np.log(p)),
        "Only the rows with target 1 cost something here.",
    ),
    Mistake(
        "squared",
        lambda groups: level_of(groups, lambda p: p * (1 - p)),
        "This is the squared error's level. The Keras network minimises the cross-entropy.",
    ),
]


@task("5.1", "The loss levels")
def loss_level(function):
    """Check a function of (groups) that returns the lowest loss they allow.

    `groups` is a list of lists: the targets of the rows that share one answer.
    """
    cases = [
        ([[0, 1, 0], [1]],),
        ([[0, 1], [1], [0]],),
        ([[0, 1, 1, 0]],),
        ([[0, 0, 0, 1, 1], [1, 0], [1]],),
    ]
    judge(function, level_of, LEVELS, cases, parts=["loss"], arguments=["groups"])
    return "Three rows alike: 0.4774, the riddle of notebook 4."


CHANCES = [
    Mistake(
        "all dead",
        lambda h: 0.25**h,
        "That is the chance that *all* units are dead. At least one was asked.",
    ),
    Mistake("none dead", lambda h: 0.75**h, "That is the chance that *no* unit is dead."),
    Mistake(
        "added",
        lambda h: h / 4,
        "Chances are added here. With five units that would be more than certain.",
    ),
    Mistake(
        "one alive",
        lambda h: 1 - 0.25**h,
        "That is the chance that at least one unit *lives*.",
    ),
    Mistake(
        "half",
        lambda h: 1 - 0.5**h,
        "Is a unit dead in half of the cases? *Both* its weights must be negative.",
    ),
    Mistake(
        "exactly one",
        lambda h: h * 0.25 * 0.75 ** (h - 1),
        "That is the chance of exactly one dead unit. Two dead ones count as well.",
    ),
    Mistake(
        "percent",
        lambda h: 100 * (1 - 0.75**h),
        "That is in percent. A chance lies between 0 and 1.",
    ),
]


@task("5.2", "The chance of a dead unit")
def dead_chance(function):
    """Check a function of (hidden) that returns the chance of at least one dead unit."""
    judge(
        function,
        lambda h: 1 - 0.75**h,
        CHANCES,
        [(3,), (2,), (1,), (8,)],
        parts=["chance"],
        arguments=["hidden"],
    )
    return "For width 3 it is 37/64, more than for width 2."


LEVEL_VALUES = {
    "solved": 0.0,
    "two rows alike": math.log(2) / 2,
    "three rows alike": 0.75 * entropy(1 / 3),
    "all rows alike": math.log(2),
}
OTHER = "still moving"


@task("5.3", "Diagnose a final loss")
def diagnosis(function):
    """Check a function of (loss) that names the outcome, within 0.01 of a level."""
    generator = np.random.default_rng(53)

    def say(loss):
        return text_of(call(function, (loss,))[0])

    if all(say(level + 0.004) == OTHER for level in LEVEL_VALUES.values()):
        text = "A run never ends exactly on its level: allow for a distance of 0.01."
        raise Hint("exact", text)
    for name, level in LEVEL_VALUES.items():
        for offset in (0.004, 0.0095, *generator.uniform(0.0001, 0.009, size=3)):
            for loss in (level + offset, level - offset):
                if loss < 0:
                    continue
                if (said := say(loss)) == OTHER:
                    text = f"{loss:.4f} is within 0.01 of a level, above or below. Which one?"
                    raise Hint("distance", text)
                if said != name:
                    raise Hint("wrong", f"A final loss of {loss:.4f} is called {said!r}.")
    beside = [level + side for level in LEVEL_VALUES.values() for side in (0.011, -0.011)]
    for loss in (0.15, 0.42, 0.58, 0.9, *generator.uniform(0.1, 0.3, size=2), *beside):
        if loss > 0 and (said := say(loss)) != OTHER:
            text = f"{loss:.4f} is not within 0.01 of any level, yet it is called {said!r}."
            raise Hint("too near", text)
    if say(float("nan")) != OTHER:
        raise Hint("nan", "A loss of NaN is near no level, either.")
    return "It would have seen through the printout of notebook 4."


def text_of(said):
    """Return a diagnosis, if it is one of the five."""
    if not isinstance(said, str) or said not in (*LEVEL_VALUES, OTHER):
        names = ", ".join(f'"{name}"' for name in (*LEVEL_VALUES, OTHER))
        raise Hint("type", f"Return one of {names}; yours returned {described(said)}.")
    return said


Z = 1.96
NEEDED = [
    Mistake(
        "no z",
        lambda p, w: p * (1 - p) / w**2,
        "Where is the factor 1.96? One standard deviation holds only two thirds of the cases.",
    ),
    Mistake(
        "z not squared",
        lambda p, w: Z * p * (1 - p) / w**2,
        "Solve once more for n: what is squared when the root goes?",
    ),
    Mistake(
        "whole width",
        lambda p, w: 4 * Z**2 * p * (1 - p) / w**2,
        "This takes `reach` for the whole width of the interval. It is the half.",
    ),
    Mistake(
        "not squared",
        lambda p, w: Z**2 * p * (1 - p) / w,
        "Half the reach needs *four* times as many networks. Yours needs only twice as many.",
    ),
    Mistake(
        "rounded",
        lambda p, w: np.round(Z**2 * p * (1 - p) / w**2),
        "That is rounded. Leave the number as it comes out.",
    ),
    Mistake(
        "rounded up",
        lambda p, w: np.ceil(Z**2 * p * (1 - p) / w**2),
        "That is rounded up, as one would plan it. Leave the number as it comes out.",
    ),
    Mistake("share only", lambda p, w: Z**2 * p / w**2, "The factor 1 − share is missing."),
    Mistake(
        "root",
        lambda p, w: Z * math.sqrt(p * (1 - p)) / w,
        "This is the root of the number. Both sides must be squared.",
    ),
]


@task("5.4", "How many starts are enough?")
def starts_needed(function):
    """Check a function of (share, reach) that returns how many networks it takes."""
    judge(
        function,
        lambda p, w: Z**2 * p * (1 - p) / w**2,
        NEEDED,
        [(0.2, 0.01), (0.5, 0.02), (0.1, 0.05), (0.8, 0.03)],
        parts=["number"],
        arguments=["share", "reach"],
        tolerance=0.002,
    )
    return "One point of precision on a fifth takes more than six thousand networks."


# Solved of 1000 networks, starts(1000, seed=0) and the defaults of `census`.
WITHOUT, WITH, OUTPUT_ONLY = 202, 451, 200


def ends(interval, name):
    """Return an interval as two floats."""
    array = numbers(interval, f"`{name}`").astype(float).ravel()
    if array.size != 2:
        raise Hint("type", f"`{name}` must be two numbers, but is {described(interval)}.")
    low, high = array.tolist()
    if not (math.isfinite(low) and math.isfinite(high)):
        raise Hint("nan", f"`{name}` holds NaN or infinity.")
    if high > 1:
        raise Hint("percent", f"`{name}` must lie between 0 and 1. Is it in percent, or a count?")
    if not 0 <= low < high:
        raise Hint("type", f"`{name}` must be a lower and an upper end, but is {array.tolist()}.")
    return low, high


def is_for(interval, solved):
    """Tell whether an interval is that of so many of 1000 networks (a few may differ)."""
    share = solved / 1000
    reach = Z * math.sqrt(share * (1 - share) / 1000)
    wanted = share - reach, share + reach
    return max(abs(a - b) for a, b in zip(interval, wanted, strict=True)) < 0.006


@task("5.5", "Does a bias of 0.1 help?")
def bias_experiment(without, with_bias, verdict):
    """Check two intervals of 1000 networks each, and what follows from them."""
    plain, biased = ends(without, "without"), ends(with_bias, "with_bias")
    if plain == biased:
        raise Hint("same", "Both intervals are the same. Was the second run given the new biases?")
    if is_for(plain, WITH) and is_for(biased, WITHOUT):
        raise Hint("swapped", "The two intervals are exchanged.")
    if not is_for(plain, WITHOUT):
        text = "`without` is not the interval of 1000 networks from seed 0 with biases of zero."
        raise Hint("without", text)
    if is_for(biased, OUTPUT_ONLY):
        text = "Nearly no difference: was the 0.1 given to the output unit? Hidden units can die."
        raise Hint("output bias", text)
    if not is_for(biased, WITH):
        text = "`with_bias` is not that of the same 1000 starts with 0.1 for each hidden unit."
        raise Hint("with", text)
    verdicts = ("helps", "hurts", "cannot say")
    verdict = verdict.strip().lower() if isinstance(verdict, str) else verdict
    if verdict not in verdicts:
        names = ", ".join(f'"{name}"' for name in verdicts)
        raise Hint("type", f"`verdict` must be one of {names}, but is {described(verdict)}.")
    if verdict != "helps":
        raise Hint("verdict", "Do the intervals overlap? Which of them lies higher?")
    return "More than twice as many solve it, and the intervals are far apart."
