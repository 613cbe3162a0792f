"""Checks of the exercises to notebook 01: lines, gates and a proof."""

import numpy as np

from xorlib.activations import sigmoid
from xorlib.checks.calling import described, number, numbers
from xorlib.checks.judging import Mistake, judge
from xorlib.checks.report import Hint, task
from xorlib.data import TARGETS, truth_table

ROWS = ["00", "01", "10", "11"]
INPUTS = truth_table()[0]


@task("1.1", "NAND by hand")
def nand(w1, w2, b):
    """Check weights and a bias that make one neuron compute NAND."""
    w1, w2, b = (number(v, f"`{n}`") for n, v in zip(["w1", "w2", "b"], (w1, w2, b), strict=True))
    with np.errstate(all="ignore"):
        z = INPUTS @ [w1, w2] + b
    # On the line but for rounding: 0.3 - 0.1 - 0.2 is not quite 0.
    if (np.abs(z) <= 1e-12 * (abs(w1) + abs(w2) + abs(b))).any():
        row = ROWS[int(np.argmin(np.abs(z)))]
        text = f"Row {row} lies exactly on the line: its z is 0 and its answer 1/2, not yes or no."
        raise Hint("border", text)
    hints = {
        (0, 0, 0, 1): ("AND", "This is AND: right line, wrong side. What exchanges the two sides?"),
        (0, 1, 1, 1): ("OR", "This is OR. Which rows should say yes, and which single one no?"),
        (1, 0, 0, 0): ("NOR", "This is NOR: one input is enough for a no. Shift the line."),
        (1, 1, 0, 0): ("one input", "This neuron listens to one input only."),
        (1, 0, 1, 0): ("one input", "This neuron listens to one input only."),
        (1, 1, 1, 1): ("constant", "All four rows say yes: no point lies beyond the line."),
        (0, 0, 0, 0): ("constant", "All four rows say no: no point lies on the yes side."),
    }
    answers = tuple((z > 0).astype(int).tolist())
    if answers != TARGETS["nand"]:
        wrong = [r for r, a, t in zip(ROWS, answers, TARGETS["nand"], strict=True) if a != t]
        other = ("wrong", f"On the wrong side: {', '.join(wrong)}. Work out z for these rows.")
        raise Hint(*hints.get(answers, other))
    return "Only 11 is on the no side."


def decided(w, b, X):
    """Tell which rows a neuron says yes to."""
    return X @ w + b > 0


ROWS_RIGHT = [
    Mistake(
        "share",
        lambda w, b, X, y: np.mean(decided(w, b, X) == (y > 0.5)),
        "That is the share of the rows, but their number was asked.",
    ),
    Mistake(
        "wrong rows",
        lambda w, b, X, y: np.sum(decided(w, b, X) != (y > 0.5)),
        "You count the rows that are wrong.",
    ),
    Mistake(
        "flat",
        lambda w, b, X, y: np.sum(decided(w, b, X).ravel() == (y > 0.5)),
        "An array of shape (4,) is compared with one of shape (4, 1): NumPy makes that "
        "(4, 4), and you count 16 comparisons. Bring both to one shape.",
    ),
    Mistake(
        "z as a",
        lambda w, b, X, y: np.sum((X @ w + b > 0.5) == (y > 0.5)),
        "Which number do you compare with 1/2, the pre-activation z or the activation a?",
    ),
    Mistake(
        "a at 0",
        lambda w, b, X, y: np.sum((sigmoid(X @ w + b) > 0) == (y > 0.5)),
        "An activation is always above 0, so every row counts as a yes. Where is the border?",
    ),
    Mistake(
        "only yes",
        lambda w, b, X, y: np.sum(decided(w, b, X)),
        "You count the rows that say yes, right or wrong. Where do the targets come in?",
    ),
    Mistake(
        "equal",
        lambda w, b, X, y: np.sum(sigmoid(X @ w + b) == y),
        "This is 0 for every neuron. Compared with the targets as it is, an activation is hardly "
        "ever exactly 0 or 1: first decide on a side of 1/2, then compare.",
    ),
]


def random_neurons():
    """Yield arguments for `rows_right`."""
    generator = np.random.default_rng(11)
    for gate in ("xor", "and", "or", "nand", "xor", "and"):
        yield generator.normal(size=(2, 1)), generator.normal(), *truth_table(gate)
    X = generator.normal(size=(7, 2))
    yield generator.normal(size=(2, 1)), 0.2, X, (X[:, :1] > 0).astype(float)


def rows_right_of(w, b, X, y):
    """Count the rows on the right side."""
    return np.sum(decided(w, b, X) == (y > 0.5))


@task("1.2", "How many rows are right?")
def rows_right(function):
    """Check a function of (w, b, X, y) that counts the rows on the right side of 1/2."""
    cases = list(random_neurons())
    names = ["w", "b", "X", "y"]
    judge(function, rows_right_of, ROWS_RIGHT, cases, parts=["count"], arguments=names)
    return "It counts right for other gates and other points, too."


def tally_of(lines, X, y):
    """Count the lines by their rows right."""
    counts = [rows_right_of(line[:2].reshape(2, 1), line[2], X, y) for line in lines]
    return np.bincount(counts, minlength=5)


TALLY = [
    Mistake(
        "too short",
        lambda lines, X, y: np.trim_zeros(tally_of(lines, X, y), "b"),
        "The last entries are missing where no line gets so many rows right. A zero is an answer, "
        "too: the tally needs five entries, for 0, 1, 2, 3 and 4 rows.",
    ),
    Mistake(
        "share",
        lambda lines, X, y: tally_of(lines, X, y) / len(lines),
        "These are shares, but numbers of lines were asked.",
    ),
    Mistake(
        "not counted",
        lambda lines, X, y: np.repeat(np.arange(5), tally_of(lines, X, y)),
        "This has one entry for each line. How often does each value occur in it?",
    ),
    Mistake(
        "wrong rows",
        lambda lines, X, y: tally_of(lines, X, y)[::-1],
        "The order is reversed: entry k is for k rows *right*.",
    ),
    Mistake(
        "no bias",
        lambda lines, X, y: tally_of(lines * [1, 1, 0], X, y),
        "Every line of yours goes through the point 00. The third number of a line is its bias.",
    ),
]


@task("1.3", "Random lines, counted")
def tally(function):
    """Check a function of (lines, X, y) that tallies random lines by their rows right."""
    generator = np.random.default_rng(12)
    cases = [
        (generator.normal(size=(count, 3)), *truth_table(gate))
        for gate, count in [("xor", 60), ("and", 50), ("xor", 40), ("or", 30)]
    ]
    names = ["lines", "X", "y"]

    def in_any_order(lines, X, y):  # so that one entry for each line is recognised
        result = function(lines, X, y)
        try:
            return np.sort(result) if np.shape(result) == (len(lines),) else result
        except Exception:  # no array at all, which is said elsewhere
            return result

    learner = in_any_order if callable(function) else function
    judge(learner, tally_of, TALLY, cases, parts=["tally"], arguments=names)
    return "For AND some lines get all four rows; for XOR never one."


def letter(answer, wrong):
    """Return an answer as one of the letters a to d."""
    if not isinstance(answer, str) or answer.strip().lower() not in {"a", "b", "c", "d"}:
        raise Hint("type", f'Write one letter, like "a", but this is {described(answer)}.')
    answer = answer.strip().lower()
    if answer in wrong:
        raise Hint(f"choice {answer}", wrong[answer])
    return answer


@task("1.4", "Why never four?")
def why_never_four(answer):
    """Check the letter of the reason why no line gets four rows of XOR right."""
    letter(
        answer,
        {
            "a": "More lines would be more evidence, but no number of them makes a *never*. "
            "Something must hold for every line at once.",
            "b": "Ten times the weights and the bias is the same line, only steeper. The size of "
            "the numbers cannot matter.",
            "d": "Training looks for weights among all there are. It finds none that don't exist.",
        },
    )
    return "What two rows ask for, the two others forbid, whatever the numbers."


PROOF = {"00": ">", "01": "<", "10": "<", "11": ">", "00 + 11": ">", "01 + 10": "<"}


@task("1.5", "The proof for XNOR")
def xnor_proof(signs):
    """Check the six signs of the proof that no line does XNOR."""
    if not isinstance(signs, dict) or set(signs) != set(PROOF):
        raise Hint("type", f"`signs` must keep its six entries, but is {described(signs)}.")
    for key, sign in signs.items():
        if not isinstance(sign, str) or sign.strip() not in ("<", ">"):
            raise Hint("type", f'Entry "{key}" must be "<" or ">", but is {described(sign)}.')
    given = {key: sign.strip() for key, sign in signs.items()}
    if all(given[key] != PROOF[key] for key in PROOF):
        text = "This is the proof for XOR. XNOR says yes where both inputs are *equal*."
        raise Hint("XOR", text)
    for key in ROWS:
        if given[key] != PROOF[key]:
            text = f"Row {key}: does XNOR say yes or no there, and which sign has z then?"
            raise Hint("row", text)
    for key in ("00 + 11", "01 + 10"):
        if given[key] != PROOF[key]:
            text = f"{key}: the sum of two numbers of the same sign has that sign."
            raise Hint("sum", text)
    return "Both sums are w1 + w2 + 2b, and no number is above and below 0."


@task("1.6", "XNOR with the same hidden units")
def xnor_output(W2, b2):
    """Check an output unit that makes XNOR of the hidden units OR and AND."""
    weights, bias = numbers(W2, "`W2`"), number(b2, "`b2`")
    if weights.size != 2:
        text = f"`W2` must hold two weights, but has the shape {weights.shape}."
        raise Hint("shape", text)
    if not np.isfinite(weights.astype(float)).all():
        raise Hint("nan", "`W2` holds NaN or infinity.")
    hidden = sigmoid(INPUTS @ np.full((2, 2), 20.0) + [-10.0, -30.0])
    z = hidden @ weights.ravel() + bias
    answers = tuple((z > 0).astype(int).tolist())
    hints = {
        (0, 1, 1, 0): ("XOR", "This is still XOR: right line, wrong side."),
        (0, 0, 0, 0): ("constant", "All rows say no. Did the bias follow the weights?"),
        (1, 1, 1, 1): ("constant", "All rows say yes. Did the bias follow the weights?"),
        (0, 0, 0, 1): ("AND", "This says yes to 11 only; 00 must say yes as well."),
        (1, 0, 0, 0): ("NOR", "This says yes to 00 only; 11 must say yes as well."),
        (0, 1, 1, 1): ("OR", "This passes on what the OR unit says."),
    }
    if answers != (1, 0, 0, 1):
        wrong = [r for r, a, t in zip(ROWS, answers, (1, 0, 0, 1), strict=True) if a != t]
        text = f"On the wrong side: {', '.join(wrong)}. Which hidden units are on there?"
        raise Hint(*hints.get(answers, ("wrong", text)))
    return "The hidden units are those of XOR; only the last neuron reads them otherwise."
