"""Checks of the exercises to notebook 01: lines, gates and a proof."""

import numpy as np

from classroom.checks.judging import described, judge, number, numbers, word
from classroom.checks.report import QUESTIONS, Hint, task
from xorlib.data import truth_table
from xorlib.network import sigmoid

ROWS = ("00", "01", "10", "11")
INPUTS, _ = truth_table()


def judge_gate(z, wanted, hints):
    """Raise a hint unless a neuron with the pre-activations `z` says yes to the rows wanted.

    Answers are written as in "0110", which is XOR. On the line itself, where z is 0, the
    activation is 1/2, which is not above 1/2: a no.
    """
    answers = "".join("1" if value > 0 else "0" for value in z)
    if answers != wanted:
        wrong = [row for row, a, b in zip(ROWS, answers, wanted, strict=True) if a != b]
        text = f"On the wrong side: {', '.join(wrong)}. Work out z for each of them."
        raise Hint(hints.get(answers, text))


NAND = {
    "0001": "This is AND: right line, wrong side. How do you swap the two sides?",
    "0111": "This is OR. Which rows should say yes, and which single one no?",
    "1000": "This is NOR: one input is enough for a no. Shift the line.",
    "1100": "This neuron listens to one input only.",
    "1010": "This neuron listens to one input only.",
    "1111": "All four rows say yes: no point lies beyond the line.",
    "0000": "All four rows say no: no point lies on the yes side.",
}


@task("1.1", "NAND by hand")
def nand(w1, w2, b):
    """Check weights and a bias that make one neuron compute NAND."""
    w1, w2, b = number(w1, "`w1`"), number(w2, "`w2`"), number(b, "`b`")
    z = INPUTS @ [w1, w2] + b
    z[np.abs(z) < 1e-12 * (abs(w1) + abs(w2) + abs(b))] = 0  # 0.3 - 0.1 - 0.2 is not quite 0
    for row, value in zip(ROWS[:3], z, strict=False):
        if value == 0:
            text = f"Row {row} lies exactly on the line: its activation is 1/2, and a yes must be "
            raise Hint(f"{text}*above* 1/2.")
    judge_gate(z, "1110", NAND)
    if z[3] == 0:
        return "Row 11 lies exactly on the line, and 1/2 is not above 1/2: a no."
    return "Only 11 is on the no side."


def rows_right_of(w, b, X, y):
    """Count the rows on the right side."""
    return np.sum((X @ w + b > 0) == (y > 0.5))


ROWS_RIGHT = {
    "That is the share of the rows; their number is asked for.": lambda n, *case: n / len(case[-1]),
    "You count the rows that are wrong.": lambda right, w, b, X, y: len(y) - right,
    "Only the first four rows are counted, but `X` can have any number of rows.": (
        lambda right, w, b, X, y: rows_right_of(w, b, X[:4], y[:4])
    ),
    "An array of shape (4,) is compared with one of shape (4, 1): NumPy makes that (4, 4), and "
    "you count 16 comparisons. Bring both to one shape.": (
        lambda right, w, b, X, y: np.sum((X @ w + b > 0).ravel() == (y > 0.5))
    ),
    "Which number do you compare with 1/2, the pre-activation z or the activation a?": (
        lambda right, w, b, X, y: np.sum((X @ w + b > 0.5) == (y > 0.5))
    ),
    "An activation is always above 0, so every row counts as a yes. Where is the border?": (
        lambda right, w, b, X, y: np.sum(y)
    ),
    "You count the rows that say yes, right or wrong. Where do the targets come in?": (
        lambda right, w, b, X, y: np.sum(X @ w + b > 0)
    ),
    "This is 0 for every neuron. An activation is hardly ever exactly 0 or 1: decide on a side "
    "of 1/2 first, then compare with the target.": 0,
}


@task("1.2", "How many rows are right?")
def rows_right(function):
    """Check a function of (w, b, X, y) that counts the rows on the right side of 1/2."""
    generator = np.random.default_rng(11)
    cases = [
        (generator.normal(size=(2, 1)), generator.normal(), *truth_table(gate))
        for gate in ("xor", "and", "or", "nand", "xor", "and")
    ]
    X = generator.normal(size=(7, 2))
    cases.append((np.array([[2.0], [0.5]]), 0.2, X, (X[:, :1] > 0).astype(float)))
    judge(function, rows_right_of, ROWS_RIGHT, cases)
    return "It counts correctly for other gates and other points, too."


def rows_right_of_each(lines, X, y):
    """Count the rows right for every line."""
    return [rows_right_of(line[:2, None], line[2], X, y) for line in lines]


def tally_of(lines, X, y):
    """Count the lines by their rows right."""
    return np.bincount(rows_right_of_each(lines, X, y), minlength=5)


def with_three_right():
    """Return how many of the notebook's random lines get three rows of XOR right."""
    lines = np.random.default_rng(1).normal(size=(10_000, 3))
    return int(tally_of(lines, *truth_table("xor"))[3])


QUESTIONS["1.3"] = (
    "Of ten thousand random lines, how many get three rows of XOR right?",
    with_three_right,
)
TALLY = {
    "The last entries are missing where no line gets so many rows right. A zero is an answer, "
    "too: the tally needs five entries, for 0, 1, 2, 3 and 4 rows.": (
        lambda right, *case: np.trim_zeros(right, "b")
    ),
    "These are shares; the task asks for numbers of lines.": lambda n, lines, *_: n / len(lines),
    "This has one entry for each line. How often does each value occur in it?": (
        lambda right, *case: rows_right_of_each(*case)
    ),
    "Every line of yours goes through the point 00. The third number of a line is its bias.": (
        lambda right, lines, X, y: tally_of(lines * [1, 1, 0], X, y)
    ),
    "The weights of a line are cut out with the shape (2,). `neuron` then returns (4,), and each "
    "answer is compared with each target, 16 times. Give the weights the shape (2, 1).": (
        lambda right, lines, X, y: np.bincount(
            [np.sum((X @ line[:2] + line[2] > 0) == (y > 0.5)) for line in lines], minlength=5
        )
    ),
}


@task("1.3", "Random lines, counted")
def tally(function):
    """Check a function of (lines, X, y) that tallies random lines by their rows right."""
    generator = np.random.default_rng(12)
    cases = [
        (generator.normal(size=(count, 3)), *truth_table(gate))
        for gate, count in [("xor", 60), ("and", 50), ("xor", 40), ("or", 30)]
    ]
    judge(function, tally_of, TALLY, cases)
    return "For AND some lines get all four rows right; for XOR none ever does."


REASONS = {
    "a": "More lines would be more evidence, but no number of lines proves *never*. Something "
    "must hold for every line at once.",
    "b": "Ten times the weights and the bias is the same line, only steeper. The size of the "
    "numbers cannot matter.",
    "d": "Training looks for weights among all there are. It cannot find any that do not exist.",
}


@task("1.4", "Why never four?")
def why_never_four(answer):
    """Check the letter of the reason why no line gets four rows of XOR right."""
    chosen = word(answer)
    if chosen not in ("a", "b", "c", "d"):
        raise Hint(f'Write one letter in quotation marks, as "a", but this is {described(answer)}.')
    if chosen in REASONS:
        raise Hint(REASONS[chosen])
    return "What two rows ask for, the other two forbid, whatever the numbers."


PROOF = {"00": ">", "01": "<", "10": "<", "11": ">", "00 + 11": ">", "01 + 10": "<"}


@task("1.5", "The proof for XNOR")
def xnor_proof(signs):
    """Check the six signs of the proof that no line does XNOR."""
    if not isinstance(signs, dict) or set(signs) != set(PROOF):
        raise Hint(f"`signs` must keep its six entries, but is {described(signs)}.")
    for entry, sign in signs.items():
        if sign not in ("<", ">"):
            raise Hint(f'Entry "{entry}" must be "<" or ">", but is {described(sign)}.')
    wrong = [entry for entry in PROOF if signs[entry] != PROOF[entry]]
    if len(wrong) == 6:
        raise Hint("This is the proof for XOR. XNOR says yes where both inputs are *equal*.")
    if wrong and wrong[0] in ROWS:
        raise Hint(f"Row {wrong[0]}: does XNOR say yes or no there, and which sign has z then?")
    if wrong:
        raise Hint(f"{wrong[0]}: the sum of two numbers of the same sign has that sign.")
    return "Both sums are w1 + w2 + 2b, and no number is both above and below 0."


XNOR = {
    "0110": "This is still XOR: right line, wrong side.",
    "0000": "All rows say no. Which two need a z above 0, and what are OR and AND there?",
    "1111": "All rows say yes. Which two need a z below 0, and what are OR and AND there?",
    "0001": "This says yes to 11 only; 00 must say yes as well.",
    "1000": "This says yes to 00 only; 11 must say yes as well.",
    "0111": "This passes on what the OR unit says.",
}


@task("1.6", "XNOR with the same hidden units")
def xnor_output(W2, b2):
    """Check an output unit that makes XNOR of the hidden units OR and AND."""
    weights, bias = numbers(W2, "`W2`"), number(b2, "`b2`")
    if weights.size != 2:
        raise Hint(f"`W2` must hold two weights, but has the shape {weights.shape}.")
    if not np.isfinite(weights).all():
        raise Hint("`W2` holds NaN or infinity.")
    hidden = sigmoid(INPUTS @ [[20, 20], [20, 20]] + [-10, -30])
    judge_gate(hidden @ weights.ravel() + bias, "1001", XNOR)
    return "The hidden units are those of XOR; only the last neuron reads them differently."
