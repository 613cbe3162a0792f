"""Checks of the exercises to notebook 05: loss levels, dead units, and an experiment."""

import functools
import math

import numpy as np

from classroom.checks.judging import call, described, judge, number, word
from classroom.checks.report import QUESTIONS, Hint, task
from xorlib.data import truth_table
from xorlib.ensemble import starts, train_ensemble
from xorlib.network import predict
from xorlib.outcomes import LEVELS, wilson_interval

X, y = truth_table()


def cost(p):
    """Return the cross-entropy of a group with a share p of ones, if p is the answer to it."""
    return 0.0 if p in (0, 1) else -(p * math.log(p) + (1 - p) * math.log(1 - p))


def level_of(groups, cost=cost):
    """Return the lowest loss of rows that share answers in groups."""
    return sum(len(group) * cost(np.mean(group)) for group in groups) / sum(map(len, groups))


GROUPS = {
    "Your function returns NaN: 0 · ln 0 has no value for NumPy. A group whose targets are all "
    "equal can be answered perfectly; what does it cost?": (
        lambda right, groups: level_of(groups, lambda p: np.nan if p in (0, 1) else cost(p))
    ),
    "Every *group* counts alike here. The loss is a mean over the *rows*.": (
        lambda right, groups: np.mean([cost(np.mean(group)) for group in groups])
    ),
    "That is the sum over the rows; the loss is their mean.": lambda n, g: n * sum(map(len, g)),
    "This divides by 4, however many rows there are.": lambda n, g: n * sum(map(len, g)) / 4,
    "The groups' costs are added up, however many rows they have.": (
        lambda right, groups: sum(cost(np.mean(group)) for group in groups)
    ),
    "This lets a mixed group answer 1/2. With targets 0, 0, 1 there is a better answer.": (
        lambda right, groups: level_of(groups, lambda p: 0 if p in (0, 1) else math.log(2))
    ),
    "This counts in bits. Keras uses the natural logarithm.": 1 / math.log(2),
    "Only the rows with target 1 cost something here.": (
        lambda right, groups: level_of(groups, lambda p: -p * np.log(p) if p else 0)
    ),
    "This is the squared error's level. The Keras network minimises the cross-entropy.": (
        lambda right, groups: level_of(groups, lambda p: p * (1 - p))
    ),
}


@task("5.1", "The loss levels")
def loss_level(function):
    """Check a function of (groups) that returns the lowest loss they allow.

    `groups` is a list of lists: the targets of the rows that share one answer.
    """
    cases = [[0, 1, 0], [1]], [[0, 1], [1], [0]], [[0, 1, 1, 0]], [[0, 0, 0, 1, 1], [1, 0], [1]]
    judge(function, lambda groups: level_of(groups), GROUPS, [(case,) for case in cases])
    return "Three rows alike: 0.4774, the riddle of notebook 4."


CHANCES = {
    "That is the chance that *all* units are dead, not at least one.": lambda right, h: 0.25**h,
    "That is the chance that *no* unit is dead.": lambda right, h: 1 - right,
    "This adds chances. With five units the sum would be above 1.": (lambda right, h: h / 4),
    "That is the chance that at least one unit *lives*.": lambda right, h: 1 - 0.25**h,
    "Is a unit dead half the time? *Both* its weights must be negative.": lambda _, h: 1 - 0.5**h,
    "That is the chance of exactly one dead unit. Two dead ones count as well.": (
        lambda right, h: h * 0.25 * 0.75 ** (h - 1)
    ),
    "That is in percent. A chance lies between 0 and 1.": 100,
}


@task("5.2", "The chance of a dead unit")
def dead_chance(function):
    """Check a function of (hidden) that returns the chance of at least one dead unit."""
    judge(function, lambda hidden: 1 - 0.75**hidden, CHANCES, [(3,), (2,), (1,), (8,)])
    return "For width 3 it is 37/64, more than for width 2."


NAMES = LEVELS["cross_entropy"]
OTHER = "still moving"


@task("5.3", "Diagnose a final loss")
def diagnosis(function):
    """Check a function of (loss) that names the outcome, within 0.01 of a level."""

    def says(loss):
        said = call(function, (loss,))[0]
        if not isinstance(said, str) or said not in (*NAMES, OTHER):
            text = ", ".join(f'"{name}"' for name in (*NAMES, OTHER))
            raise Hint(f"Return one of {text}; for {loss:.4f} yours returns {described(said)}.")
        return said

    if all(says(level + 0.004) == OTHER for level in NAMES.values()):
        raise Hint("A run within 0.01 of a level counts as ending on it; yours must come closer.")
    distances = (-0.011, -0.0095, -0.004, 0.001, 0.0095, 0.011)
    losses = [level + distance for level in NAMES.values() for distance in distances]
    for loss in (*(loss for loss in losses if loss > 0), 0.15, 0.42, 0.58, 0.9):
        said = says(loss)
        right = next((name for name, level in NAMES.items() if abs(loss - level) < 0.01), OTHER)
        if said == OTHER != right:
            raise Hint(f"{loss:.4f} is within 0.01 of a level, above or below. Which one?")
        if right == OTHER != said:
            text = f"{loss:.4f} is not within 0.01 of any level, yet it is called "
            raise Hint(f'{text}"{said}".')
        if said != right:
            raise Hint(f'A final loss of {loss:.4f} is called "{said}".')
    return "It would have seen through the printout of notebook 4."


Z = 1.96
NEEDED = {
    "Where is the factor 1.96? One standard deviation holds only two thirds of the cases.": 1
    / Z**2,
    "Solve for n once more: to remove the root, what has to be squared?": 1 / Z,
    "This treats `reach` as the whole width of the interval. It is half of it.": 4,
    "Half the reach needs *four* times as many networks. Yours needs only twice as many.": (
        lambda right, share, reach: right * reach
    ),
    "That is rounded up, as for a plan. Leave the number unrounded.": lambda n, *_: np.ceil(n),
}


QUESTIONS["5.4"] = (
    "How many networks does it take to know a share of one fifth to one percentage point?",
    lambda: math.ceil(Z**2 * 0.2 * 0.8 / 0.01**2),
)


@task("5.4", "How many starts are enough?")
def starts_needed(function):
    """Check a function of (share, reach) that returns how many networks it takes."""
    judge(
        function,
        lambda share, reach: Z**2 * share * (1 - share) / reach**2,
        NEEDED,
        [(0.2, 0.01), (0.5, 0.02), (0.1, 0.05), (0.8, 0.03)],
        tolerance=0.002,
    )
    return "One point of precision on a fifth takes more than six thousand networks."


@functools.cache
def solved(hidden_bias, output_bias):
    """Tell which of 1000 starts solve XOR with these biases at the start."""
    networks = starts(1000, seed=0)
    networks = networks._replace(b1=networks.b1 + hidden_bias, b2=networks.b2 + output_bias)
    run = train_ensemble(networks, X, y, learning_rate=0.3, epochs=10_000, loss="cross_entropy")
    return ((predict(run.parameters, X) > 0.5) == (y > 0.5)).all(axis=(1, 2))


def changes(hidden_bias, output_bias):
    """Return how many networks are solved only with, and only without, these biases."""
    without, with_bias = solved(0, 0), solved(hidden_bias, output_bias)
    return np.sum(with_bias & ~without), np.sum(without & ~with_bias)


QUESTIONS["5.5"] = (
    "How many of the 1000 starts does the bias cost?",
    lambda: int(changes(0.1, 0)[1]),
)


@task("5.5", "Does a bias of 0.1 help?")
def bias_experiment(helped, hurt, verdict):
    """Check how many of 1000 networks a bias helps and hurts, and what follows from that."""
    given = number(helped, "`helped`"), number(hurt, "`hurt`")
    wanted = changes(0.1, 0)
    if given == (0, 0):
        raise Hint("Not one network ends differently. Was the second run given the new biases?")
    if given == wanted[::-1]:
        raise Hint("The two numbers are swapped: `helped` are those solved only *with* the bias.")
    if {np.sum(solved(0.1, 0)), np.sum(solved(0, 0))} & set(given):
        raise Hint("That is all that one run solves. Count those that *only* one run solves.")
    if given == changes(0, 0.1):
        raise Hint("The 0.1 was given to the output unit. It is the hidden units that can die.")
    if given == changes(0.1, 0.1):
        raise Hint("The output unit was given a bias as well. Change one thing at a time.")
    if given != wanted:
        text = "`helped` and `hurt` are not those of the 1000 starts from seed 0, with 0.1 added "
        raise Hint(f"{text}to the bias of every hidden unit and to nothing else.")
    if word(verdict) not in ("helps", "hurts", "cannot say"):
        text = '`verdict` must be "helps", "hurts" or "cannot say", but is '
        raise Hint(f"{text}{described(verdict)}.")
    if word(verdict) != "helps":
        low, high = wilson_interval(int(wanted[0]), int(sum(wanted)))
        raise Hint(f"The interval is {low:.2f} to {high:.2f}. On which side of 1/2 does it lie?")
    return "Of seven networks that end differently, the bias saves six."
