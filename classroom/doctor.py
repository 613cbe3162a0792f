"""A doctor for code: which gradient an update follows, or which mistake is in it."""

import contextlib
import io
import itertools
from typing import NamedTuple

import numpy as np

from classroom.checks.judging import call, changes, described, listed, numbers
from classroom.checks.mistakes import (
    CHAIN,
    FORWARD,
    HIDDEN,
    LATE,
    LINEAR,
    NO_SLOPE,
    NO_UNITS,
    OUTPUT,
    PLAIN,
    SLOPES,
    UPDATE,
    gradient_of,
    random_network,
)
from classroom.checks.report import Hint, Report, verdict
from xorlib.network import ACTIVATIONS

NAMES = "W1", "b1", "W2", "b2"
# How X, y, W1, b1, W2 and b2 are laid out: as in these notebooks (.), transposed, or flat.
LAYOUTS = "......", "...f.f", "..TfTf", "..T.T.", "TTTTTT", "..TTTT", ".f.fff", ".fTfff"
LAID = {".": np.positive, "T": np.transpose, "f": np.ravel}
SETTINGS = [(4, 0.3), (4, 0.7), (3, 0.2), (6, 0.5), (1, 0.4), (1, 0.9)]  # rows, learning rate

UNITS = ACTIVATIONS | {"linear": LINEAR}
WAYS = {
    (NO_UNITS if hidden == "linear" else "", hidden, output): {
        "units": (UNITS[hidden], UNITS[output])
    }
    for output, hidden in itertools.product(UNITS, repeat=2)
}
WAYS |= {(hint, "sigmoid", "sigmoid"): way for hint, way in FORWARD.items() if "units" not in way}
LAST = {"": PLAIN} | OUTPUT | SLOPES
FIRST = {"": PLAIN} | HIDDEN | SLOPES | {LATE: PLAIN}


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
    found, stopped = [], []
    for layout in LAYOUTS:
        try:
            found.append(explained(*tried(my_step, layout)))
        except Hint as hint:
            stopped.append(hint)
        if found and found[-1].cost < 1:
            break
    if not found:
        raise stopped[0]
    return said(min(found, key=lambda each: each.cost), loss)


def moved(my_step, layout, case):
    """Return how far a step moves W1, b1, W2 and b2, each divided by the learning rate."""
    arrays = [LAID[how](array) for how, array in zip(layout, case, strict=False)]
    with contextlib.redirect_stdout(io.StringIO()):
        result, left = call(my_step, (*arrays, case[-1]))
    for k in changes(left[:2], arrays[:2]):
        raise Hint(f"Your step changes `{'Xy'[k]}` in place: the next epoch learns something else.")
    result = list(result.values()) if isinstance(result, dict) else result
    if not isinstance(result, (tuple, list)) or len(result) < 4:
        if not changes(left[2:6], arrays[2:]):
            text = f"Your step must return {listed(NAMES)}, or change them in place, but what it "
            raise Hint(f"{text}returns is {described(result)}.")
        result = left[2:6]
    moves = []
    for name, how, old, value in zip(NAMES, layout[2:], case[2:], result, strict=False):
        new = numbers(value, f"`{name}`")
        new = new.T if how == "T" else new
        if np.squeeze(new).shape == np.squeeze(old).shape:
            new = new.reshape(old.shape)
        if not np.isfinite(new).all():
            raise Hint(f"There is NaN or infinity in the new `{name}`.")
        if new.ndim > 2 or new.shape[-1:] != old.shape[-1:]:
            raise Hint(f"The new `{name}` has shape {new.shape}, the old one {old.shape}.")
        moves.append((old - new) / case[-1])
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
            note = f" But with {rows} {'rows' if rows > 1 else 'row'} it goes wrong: {hint}"
    if not runs:
        raise stopped[0]
    if not all(map(np.array_equal, runs[0][1], moved(my_step, layout, runs[0][0]))):
        text = "Called twice with the same numbers, your step moves differently. Does it draw at "
        raise Hint(f"{text}random, or remember its last call? Leave that out while you look.")
    single = [run for run in runs if len(run[0][0]) == 1]
    if single and row_by_row(my_step, layout, *runs[0]):
        return single, f" It moves after each row, so the order of the rows counts.{note}"
    return runs, note


def row_by_row(my_step, layout, case, moves):
    """Tell whether a step on several rows is one after the other on each alone."""
    X, y, *weights, rate = case
    for k in range(len(X)):
        one = moved(my_step, layout, (X[k : k + 1], y[k : k + 1], *weights, rate))
        weights = [w - rate * move for w, move in zip(weights, one, strict=True)]
    ends = [w - rate * move for w, move in zip(case[2:6], moves, strict=True)]
    return len(X) > 1 and all(map(np.allclose, weights, ends))


class Finding(NamedTuple):
    """How a step can be explained; the finding that costs least is told."""

    way: tuple  # the mistake in the forward pass, and the units
    last: str  # in the output layer
    behind: str  # in the delta that goes back from there
    first: str  # in the hidden layer
    laws: list  # how far each array moves
    note: str

    @property
    def cost(self):
        """How much it takes to believe it."""
        behind = self.behind if self.behind != self.last else ""
        mistakes = sum(map(bool, (self.way[0], self.last, behind, self.first)))
        odd = any(map(unusual, self.laws)) / 2
        return 10 * self.laws.count(None) + mistakes + len(set(self.laws)) - 1 + odd


def explained(runs, note):
    """Return the `Finding` of least cost."""
    best = None
    for finding in findings(runs, note):
        best = min(best or finding, finding, key=lambda each: each.cost)
        if best.cost < 1:
            break
    return best


@np.errstate(all="ignore")
def findings(runs, note):
    """Yield what may explain a step."""
    sizes = [(len(case[0]), case[-1]) for case, _ in runs]

    def laws(way, last, first=""):
        gradients = []
        for case, moves in runs:
            W2_new = case[4] - case[-1] * moves[2] if first == LATE else None
            gradients.append(gradient_of(*case[:-1], WAYS[way], LAST[last], FIRST[first], W2_new))
        pairs = zip(
            zip(*[moves for _, moves in runs], strict=True),
            zip(*gradients, strict=True),
            strict=True,
        )
        return [law(moves, wanted, sizes) for moves, wanted in pairs]

    for way in WAYS:
        tops = [Finding(way, last, last, "", laws(way, last), note) for last in LAST]
        yield from tops
        top = min(tops, key=lambda each: each._replace(laws=each.laws[2:]).cost)
        if any(law and law[0] for law in top.laws[2:]):
            for behind, first in itertools.product(LAST, FIRST):
                both = laws(way, behind, first)[:2] + top.laws[2:]
                yield Finding(way, top.last, behind, first, both, note)


def law(moves, wanted, sizes):
    """Return (c, p, q) if an array moves c rows**p rate**q times as far as wanted; else None."""
    a, b = (np.concatenate([array.ravel() for array in arrays]) for arrays in (moves, wanted))
    if a.shape != b.shape:
        return None
    rows, rates = np.repeat(np.transpose(sizes), [array.size for array in moves], axis=1)
    fits = []
    for p, q in itertools.product((0, -1), (0, -1, 1)):
        scaled = b * rows**p * rates**q
        c = a @ scaled / max(scaled @ scaled, 1e-30)
        if np.abs(a - c * scaled).max() <= 1e-4 * np.abs(a).max():
            fits.append((float(f"{c:.3g}"), p, q))
    return min(fits, key=unusual, default=None)


def unusual(law):
    """Tell whether an array follows no loss that people use."""
    return law is None or law[0] not in (1, 2) or law[2] != 0


def told(names, law, kind):
    """Say which gradient some arrays follow, or the whole step."""
    c, p, q = law
    who = listed(names) if names else "Your step"
    one = len(names) < 2
    if c == 0:
        return f"{who} do{'es' if one else ''} not move."
    amounts = {1: "half the", 2: "the"} if kind == "squared errors" else {1: "the"}
    amount = amounts.get(abs(c), f"{abs(c) / max(amounts):g} times the")
    of = f"{amount} {'mean' if p else 'sum'} of the {kind}{', but uphill' if c < 0 else ''}"
    rate = {0: "", 1: ", with the learning rate multiplied in twice", -1: ", without the rate"}
    return f"{who} follow{'s' if one else ''} the gradient of {of}{rate[q]}."


def known(laws):
    """Return the hint of exercise 02 for arrays that move so, or ""."""
    for hint, mistake in UPDATE.items():
        for c, p in itertools.product((1, 2), (0, -1)):
            if "times" in mistake and all(
                np.allclose(
                    [k * rows**a * rate**b for k, a, b in laws],
                    c * rows**p * np.broadcast_to(mistake["times"](rows, rate), 4),
                )
                for rows, rate in SETTINGS
            ):
                return hint
    return ""


def said(finding, loss):
    """Return the praise for a step, or raise the `Hint`."""
    (wrong, *units), last, behind, first, laws, note = finding
    cross = last == behind == NO_SLOPE and units[1] == "sigmoid" and loss != "squared_error"
    cross = cross and bool(loss or (finding.cost == 1 and laws[0][0] == 1))
    kind = "cross-entropies" if cross else "squared errors"
    places = {
        "": wrong,
        "In both layers": first if first == last else "",
        "In the output layer": last if not cross and first != last else "",
        "In what goes back to the hidden layer": behind if behind != last else "",
        "In the hidden layer": first if first != last else "",
    }
    text = [
        f"{place}: {hint[0].lower()}{hint[1:]}" if hint in CHAIN | SLOPES else hint
        for place, hint in places.items()
        if hint
    ]
    groups = {each: [] for each in laws}
    for name, each in zip(NAMES, laws, strict=True):
        groups[each].append(name)
    if len(groups) == 1 and not unusual(laws[0]):
        follows = told([], laws[0], kind)
        if text:
            raise Hint(" ".join([*text, "Otherwise:", follows]) + note)
        if set(units) != {"sigmoid"}:
            follows += f" Its hidden units are {units[0]}, its output unit is {units[1]}."
        if cross and not loss:
            follows += " If your loss is the squared error, the output unit's slope is left out."
        if loss == "cross_entropy" and not cross:
            raise Hint(f"{follows} With the cross-entropy the output unit's slope would cancel.")
        return follows + note
    off = groups.pop(None, [])
    if off:
        text.append(f"Look at {listed(off)} again.")
    elif known(laws):
        raise Hint(" ".join([*text, known(laws)]) + note)
    raise Hint(
        " ".join([*text, *(told(names, each, kind) for each, names in groups.items())]) + note
    )
