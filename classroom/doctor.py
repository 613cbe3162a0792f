"""A doctor for code: which gradient an update follows, or which mistake is in it."""

import contextlib
import io
import itertools

import numpy as np

from classroom.checks.judging import call, changes, listed, read
from classroom.checks.mistakes import CHAIN, FORWARD, HIDDEN, LATE, LINEAR, NO_HIDDEN, NO_SLOPE
from classroom.checks.mistakes import OUTPUT, SLOPES, gradient_of, random_network
from classroom.checks.report import Hint, Report, verdict
from xorlib.network import ACTIVATIONS

NAMES = "W1", "b1", "W2", "b2"
# How X, y, W1, b1, W2 and b2 are laid out: as in these notebooks (.), transposed, or flat.
LAYOUTS = "......", "...f.f", "..TfTf", "..T.T.", "TTTTTT", "..TTTT", ".f.fff", ".fTfff", "..T..."
LAID = {".": np.positive, "T": np.transpose, "f": np.ravel}
SETTINGS = [(4, 0.3), (4, 0.7), (3, 0.2), (6, 0.5), (1, 0.4), (1, 0.9)]  # rows, learning rate

UNITS = ACTIVATIONS | {"linear": LINEAR}
WAYS = [
    (NO_HIDDEN if hidden == "linear" else "", hidden, output, (UNITS[hidden], UNITS[output]))
    for output, hidden in itertools.product(UNITS, repeat=2)
]
WAYS = [(*names, {"units": units}) for *names, units in WAYS] + [
    (hint, "sigmoid", "sigmoid", way)
    for hint, way in FORWARD.items()
    if {"added", "z"} & way.keys()
]


def placed(place, hint):
    """Return a hint for any layer with its place before it."""
    return f"In {place}: {hint[0].lower()}{hint[1:]}" if hint in CHAIN | SLOPES else hint


LAST, FIRST = (
    {"": {}} | {hint: other for hint, other in table.items() if isinstance(other, dict)}
    for table in (OUTPUT | SLOPES, HIDDEN | SLOPES | {LATE: {}})
)
ERROR_ALONE = placed("the output layer", NO_SLOPE)


def step(my_step, loss=None):
    """Say which gradient an update follows, or which mistake is in it, as a `Report`.

    It is tried on random networks, called as ``my_step(X, y, W1, b1, W2, b2, learning_rate)`` with
    the arrays in various layouts, ours and PyTorch's among them. It may return the four new
    arrays, or change those that it is given. `loss` is "squared_error" or "cross_entropy", if you
    know: the one without the output unit's slope is the other.
    """
    return Report("", "", *verdict(examined, (my_step, loss)))


def examined(my_step, loss):
    """Return what is right about a step, or raise what is wrong as a `Hint`."""
    best, stopped = (99,), None
    for layout in LAYOUTS:
        try:
            runs, note = tried(my_step, layout)
            best = min(best, (*explained(runs), layout, note), key=lambda each: each[0])
        except Hint as hint:
            stopped = stopped or hint
        if best[0] < 10:
            break
    if best == (99,):
        raise stopped
    return said(*best[1:], loss)


def moved(my_step, layout, case):
    """Return how far a step moves W1, b1, W2 and b2, each divided by the learning rate."""
    *arrays, rate = case
    given = *(LAID[how](array) for how, array in zip(layout, arrays, strict=True)), rate
    with contextlib.redirect_stdout(io.StringIO()):
        result, left = call(my_step, given)
    changed = changes(left, given)
    if min(changed, default=2) < 2:
        raise Hint(f"Your step changes `{'Xy'[changed[0]]}` in place, for all that use it later.")
    if changed and not isinstance(result, (tuple, list)):
        result = left[2:6]
    moves = []
    results = read(getattr(result, "arrays", result), NAMES)
    for name, how, old, new in zip(NAMES, layout[2:], arrays[2:], results, strict=True):
        new = new.T if how == "T" else new
        if np.squeeze(new).shape == np.squeeze(old).shape:
            new = new.reshape(old.shape)
        if new.ndim > 2 or new.shape[-1:] != old.shape[-1:]:
            raise Hint(f"The new `{name}` has another shape than the old one.")
        if not np.isfinite(new).all():
            raise Hint(f"There is NaN or infinity in the new `{name}`.")
        moves.append((old - new) / rate)
    return moves


def tried(my_step, layout):
    """Return each case with how far a step moves in it, and what else there is to say."""
    runs, stopped, note = [], [], ""
    for seed, (rows, rate) in enumerate(SETTINGS):
        case = (*random_network(40 + seed, rows=rows), rate)
        try:
            runs.append((case, moved(my_step, layout, case)))
        except Hint as hint:
            stopped.append(hint)
            note = f" With {rows} {'rows' if rows > 1 else 'row'} it goes wrong: {hint}"
    if not runs:
        raise stopped[0]
    (X, y, *weights, rate), moves = runs[0]
    if not all(map(np.array_equal, moves, moved(my_step, layout, runs[0][0]))):
        text = "Called twice with the same numbers, your step moves differently. Does it draw at "
        raise Hint(f"{text}random, or remember its last call? Leave that out while you look.")
    single = [run for run in runs if len(run[0][0]) == 1]
    if single and len(X) > 1:
        ends = [w - rate * move for w, move in zip(weights, moves, strict=True)]
        for k in range(len(X)):
            one = moved(my_step, layout, (X[k : k + 1], y[k : k + 1], *weights, rate))
            weights = [w - rate * move for w, move in zip(weights, one, strict=True)]
        if all(map(np.allclose, weights, ends)):
            return single, f" It moves after each row, so the order of the rows counts.{note}"
    return runs, note


@np.errstate(all="ignore")
def explained(runs):
    """Return what explains a step best: the cost, the hints, how each array moves, the units."""
    sizes = [(len(case[0]), case[-1]) for case, _ in runs]

    def laws(way, last, first=""):
        rows = []
        for case, moves in runs:
            W2_new = case[4] - case[-1] * moves[2] if first == LATE else None
            rows.append((moves, gradient_of(*case[:-1], way, LAST[last], FIRST[first], W2_new)))
        return [law([(moves[k], wanted[k]) for moves, wanted in rows], sizes) for k in range(4)]

    best = (99,)
    for wrong, *units, way in WAYS:
        tops = {last: laws(way, last)[2:] for last in LAST}
        last = min(tops, key=lambda last: cost([last], tops[last]))
        explains = any(each and each[0] for each in tops[last])
        for behind, first in itertools.product(LAST, FIRST) if explains else [(last, "")]:
            both = laws(way, behind, first)[:2] + tops[last]
            hints = [wrong, placed("the output layer", last), placed("the hidden layer", first)]
            if behind != last:
                hints.append(placed("what goes back to the hidden layer", behind or "…"))
            best = min(best, (cost(hints, both), hints, both, units), key=lambda each: each[0])
        if best[0] < 10:
            break
    return best


def law(pairs, sizes):
    """Return (c, p, q) if an array moves c rows**p rate**q times as far as wanted; else None."""
    moves, wanted = (np.concatenate([array.ravel() for array in arrays]) for arrays in zip(*pairs))
    if moves.shape != wanted.shape:
        return None
    rows, rates = np.repeat(np.transpose(sizes), [array.size for array, _ in pairs], axis=1)
    fits = []
    for p, q in itertools.product((0, -1), (0, -1, 1)):
        scaled = wanted * rows**p * rates**q
        c = moves @ scaled / max(scaled @ scaled, 1e-30)
        if np.abs(moves - c * scaled).max() <= 1e-4 * np.abs(moves).max():
            fits.append((float(f"{c:.3g}"), p, q))
    return min(fits, key=unusual, default=None)


def unusual(law):
    """Tell whether an array follows no loss that people use."""
    return law is None or law[0] not in (1, 2) or law[2] != 0


def cost(hints, laws):
    """Return how much it takes to believe in so many mistakes."""
    odd = any(map(unusual, laws)) / 2
    return 10 * laws.count(None) + sum(map(bool, hints)) + len(set(laws)) - 1 + odd


def told(names, law, kind):
    """Say which gradient some arrays follow."""
    who, s = (f"{listed(names)} ", "s" * (len(names) == 1)) if names else ("Your step ", "s")
    c, p, q = law
    if c == 0:
        return f"{who}do{'es' if s else ''} not move."
    amounts = {1: "half the", 2: "the"} if kind == "squared errors" else {1: "the"}
    amount = amounts.get(abs(c), f"{abs(c) / max(amounts):g} times the")
    of = f"{amount} {'mean' if p else 'sum'} of the {kind}{', but uphill' if c < 0 else ''}"
    rate = {0: "", 1: ", with the learning rate twice", -1: ", without the learning rate"}
    return f"{who}follow{s} the gradient of {of}{rate[q]}."


def said(hints, laws, units, layout, note, loss):
    """Return the praise for a step, or raise the `Hint`."""
    hints, groups = [hint for hint in hints if hint], {law: [] for law in laws}
    for name, law in zip(NAMES, laws, strict=True):
        groups[law].append(name)
    alone = len(groups) == 1 and not unusual(laws[0])
    cross = ERROR_ALONE in hints and units[1] == "sigmoid" and loss != "squared_error"
    cross = cross and bool(loss or (len(hints) == 1 and alone and laws[0][0] == 1))
    kind = "cross-entropies" if cross else "squared errors"
    hints = [hint for hint in hints if not (cross and hint == ERROR_ALONE)]
    off = groups.pop(None, [])
    follows = [
        told(names if off or len(groups) > 1 else [], law, kind) for law, names in groups.items()
    ]
    if off:
        hints.append(f"Look at {listed(off)} again.")
    if not alone or hints:
        raise Hint(" ".join([*hints, *follows]) + note)
    if loss == "cross_entropy" and not cross:
        raise Hint(f"{follows[0]} With the cross-entropy the output unit's slope would cancel.")
    if cross and not loss:
        note = f" If your loss is the squared error, the output unit's slope is left out.{note}"
    if units != ["sigmoid"] * 2:
        note = f" Its hidden units are {units[0]}, its output unit is {units[1]}.{note}"
    if layout[2] == "T":
        note = f" Its `W1` has a row for each hidden unit.{note}"
    return follows[0] + note
