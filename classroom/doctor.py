"""A doctor for code: what an update does, told from its numbers."""

import contextlib
import io
import itertools

import numpy as np

from classroom.checks import mistakes
from classroom.checks.judging import call, listed, number, numbers, read
from classroom.checks.mistakes import CHAIN, LATE, SIGMOIDS, SLOPES, differences
from classroom.checks.report import Hint, Report, verdict
from xorlib.data import truth_table
from xorlib.diagnosis import diagnose

NAMES = "W1", "b1", "W2", "b2"
# How X, y, W1, b1, W2 and b2 are laid out: as in these notebooks (.), transposed or flat. And what
# a step returns, new arrays or gradients.
LAYOUTS = "...... ...f.f ..TfTf ..T.T. TTTTTT ..TTTT .f.fff .fTfff ..T... ......g ..TfTfg".split()
LAID = {".": np.positive, "T": np.transpose, "f": np.ravel}
SEED = 40
POWERS = list(itertools.product((0, -1), (0, -1, 1)))  # of rows and rate
SETTINGS = [(4, 0.3), (4, 0.7), (3, 0.2), (6, 0.5), (1, 0.4), (1, 0.9)]  # rows, learning rate
WAYS = [("", {"units": units}) for units in itertools.product(mistakes.UNITS, repeat=2)]
WAYS = [way for way in WAYS if way[1]["units"][0] != "linear"]
WAYS += [way for way in mistakes.FORWARD.items() if "turned" not in way[1]]  # that is a layout


def in_layer(place, table):
    """Return the mistakes of a layer, with its place before a hint that is for any layer."""
    return {"": {}} | {
        f"In {place}: {hint[0].lower()}{hint[1:]}" if hint in CHAIN | SLOPES else hint: other
        for hint, other in table.items()
        if isinstance(other, dict)
    }


LAST = in_layer("the output layer", mistakes.OUTPUT | SLOPES)
FIRST = in_layer("the hidden layer", mistakes.HIDDEN | SLOPES | {LATE: {}})
ERROR_ALONE = next(hint for hint in LAST if LAST[hint] is CHAIN[mistakes.NO_SLOPE])


def step(my_step, loss=None, hidden=2):
    """Say which gradient an update follows, or which mistake is in it, as a `Report`.

    It is tried on random networks, called as ``my_step(X, y, W1, b1, W2, b2, learning_rate)`` with
    the arrays in various layouts, ours and PyTorch's among them. It may return the four new
    arrays, or change those that it is given. `loss` is "squared_error" or "cross_entropy", if you
    know: the one without the output unit's slope is the other. `hidden` is the number of hidden
    units, for code that is made for another than 2.
    """
    return Report("", "", *verdict(examined, (my_step, loss, hidden)))


def examined(my_step, loss, hidden=2):
    """Return what is right about a step, or raise what is wrong as a `Hint`."""
    best, stopped = (99,), None
    for layout in LAYOUTS:
        try:
            runs, note = tried(my_step, layout, hidden)
            price, *found = explained(runs)
            price += 20 * (len(runs) not in (2, len(SETTINGS)))  # few runs are easily explained
            best = min(best, (price, *found, layout, note), key=lambda each: each[0])
        except Hint as hint:
            stopped = stopped or hint
        if best[0] < 10:
            break
    if stopped and best[0] > 40:
        raise stopped
    return said(*best[1:], loss)


def moved(my_step, layout, case):
    """Return how far a step moves W1, b1, W2 and b2, each divided by the learning rate."""
    *arrays, rate = case
    given = *(LAID[how](array) for how, array in zip(layout, arrays, strict=False)), rate
    with contextlib.redirect_stdout(io.StringIO()):
        result, left = call(my_step, given)
    changed = [k for k in range(6) if not np.array_equal(left[k], given[k])]
    if min(changed, default=2) < 2:
        raise Hint(f"Your step changes `{'Xy'[changed[0]]}` in place, for all that use it later.")
    if changed and not isinstance(result, (tuple, list)):
        result = left[2:6]
    moves, results = [], read(getattr(result, "arrays", result), NAMES)
    for name, how, old, new in zip(NAMES, layout[2:], arrays[2:], results, strict=False):
        new = new.T if how == "T" else new
        if np.squeeze(new).shape == np.squeeze(old).shape:
            new = new.reshape(old.shape)
        if new.ndim > 2 or new.shape[-1:] != old.shape[-1:] or not np.isfinite(new).all():
            raise Hint(f"The new `{name}` has another shape than the old one, or holds NaN.")
        moves.append((0 * old + new if layout.endswith("g") else old - new) / rate)
    return moves


def tried(my_step, layout, hidden):
    """Return each case with how far a step moves in it, and what else there is to say."""
    runs, stopped, note = [], [], ""
    for k, (rows, rate) in enumerate(SETTINGS):
        case = (*mistakes.random_network(SEED + k, hidden, rows), rate)
        try:
            runs.append((case, moved(my_step, layout, case)))
        except Hint as hint:
            stopped.append(hint)
            note = f"With {rows} {'rows' if rows > 1 else 'row'} it goes wrong: {hint}"
    if not runs:
        raise stopped[0]
    (X, y, *weights, rate), moves = runs[0]
    if not all(map(np.array_equal, moves, moved(my_step, layout, runs[0][0]))):
        text = "Called twice with the same numbers, your step moves differently. Does it draw at "
        raise Hint(f"{text}random, or remember its last call? Leave that out while you look.")
    single = [run for run in runs if len(run[0][0]) == 1]
    if single and len(X) > 1 and not layout.endswith("g"):
        ends = [w - rate * move for w, move in zip(weights, moves, strict=True)]
        for k in range(len(X)):
            one = moved(my_step, layout, (X[k : k + 1], y[k : k + 1], *weights, rate))
            weights = [w - rate * move for w, move in zip(weights, one, strict=True)]
        if all(map(np.allclose, weights, ends)):
            return single, f"It moves after each row, so the order of the rows counts. {note}"
    return runs, note


@np.errstate(all="ignore")
def explained(runs):
    """Return what explains a step best: the cost, the hints, how each array moves, the units."""
    sizes = [(len(case[0]), case[-1]) for case, _ in runs]

    def laws(layer, way, last, first):
        pairs = []
        for case, moves in runs:
            W2_new = case[4] - case[-1] * moves[2] if first == LATE else None
            gradient = mistakes.gradient_of(*case[:-1], way, LAST[last], FIRST[first], W2_new)
            pairs.append(list(zip(moves, gradient, strict=True))[layer])
        return [law(array, sizes) for array in zip(*pairs, strict=True)]

    best = (99,)
    for wrong, way in WAYS:
        tops = {last: laws(slice(2, 4), way, last, "") for last in LAST}
        last = min(tops, key=lambda last: cost([last], tops[last]))
        explains = any(each and each[0] for each in tops[last])
        for behind, first in itertools.product(LAST, FIRST) if explains else [(last, "")]:
            if best[0] < 1:
                return best
            both = laws(slice(2), way, behind, first) + tops[last]
            back = behind.replace("the output layer", "what goes back") if behind != last else ""
            hints = [hint for hint in (wrong, last, back, first) if hint]
            found = cost(hints, both), hints, both, way.get("units", SIGMOIDS)
            best = min(best, found, key=lambda each: each[0])
        if best[0] < 10:
            break
    return best


def law(pairs, sizes):
    """Return (c, p, q) if an array moves c rows**p rate**q times as far as wanted; else None."""
    pairs = [(move, wanted if np.ndim(wanted) else 0 * move + wanted) for move, wanted in pairs]
    moves, wanted = (np.concatenate([*map(np.ravel, each)]) for each in zip(*pairs, strict=True))
    if len(moves) != len(wanted):
        return None
    rows, rates = np.repeat(np.transpose(sizes), [move.size for move, _ in pairs], axis=1)
    scaled = np.array([wanted * rows**p * rates**q for p, q in POWERS])
    c = scaled @ moves / np.maximum((scaled**2).sum(axis=1), 1e-30)
    misses = np.abs(moves - c[:, np.newaxis] * scaled).max(axis=1)
    close = misses <= 1e-4 * np.abs(moves).max() + 3e-6  # the last is what float32 rounds off
    fits = [(round(float(f"{c[k]:.3g}"), 5), *POWERS[k]) for k in np.flatnonzero(close)]
    return min(fits, key=unusual, default=None)


def unusual(law):
    """Tell whether an array follows no loss that people use."""
    return law is None or law[0] not in (1, 2) or law[2] != 0


def cost(hints, laws):
    """Return how much it takes to believe in these mistakes: the least is told."""
    odd = {law for law in laws if law and unusual(law)}
    return 10 * laws.count(None) + 3 * len(odd) + sum(map(bool, hints)) + len(set(laws)) - 1


def told(names, law, cross):
    """Say how some arrays move."""
    who, s = listed(names), "s" * (len(names) == 1)
    if law is None:
        return f"Look at {who} again." + " Does it use its arguments?" * (len(names) == 4)
    c, p, q = law[0] * (1 + cross), *law[1:]
    if c == 0:
        return f"{who} never move{s}."
    amount = {1: "half the", 2: "the"}.get(abs(c), f"{abs(c) / 2:g} times the")
    of = f"{'mean' if p else 'sum'} of the {'cross-entropies' if cross else 'squared errors'}"
    of += ", but uphill" if c < 0 else ""
    of += {0: "", 1: ", with the learning rate twice", -1: ", without the learning rate"}[q]
    return f"{who} follow{s} the gradient of {amount} {of}."


def said(hints, laws, units, layout, note, loss):
    """Return the praise for a step, or raise the `Hint`."""
    groups = {}
    for name, law in zip(NAMES, laws, strict=True):
        groups.setdefault(law, []).append(name)
    right = len(groups) == 1 and not unusual(laws[0])
    cross = ERROR_ALONE in hints and units[1] == "sigmoid" and loss != "squared_error"
    cross = cross and bool(loss or (right and len(hints) == 1 and laws[0][0] == 1))
    hints = [hint for hint in hints if not (cross and hint == ERROR_ALONE)]
    if layout.endswith("g"):
        hints.append("These are the gradients; the new weights are asked for.")
    elif right and loss == "cross_entropy" and not cross:
        hints.append("With the cross-entropy the slope of the output unit cancels.")
    text = [*hints, *["But for that:"] * bool(hints and right)]
    text += [told(names, law, cross) for law, names in groups.items()]
    if cross and not loss:
        text.append("If your loss is the squared error, the slope of the output unit is left out.")
    if units != SIGMOIDS:
        text.append(f"Its hidden units are {units[0]}, its output unit is {units[1]}.")
    if layout[2] == "T":
        text.append("Its `W1` has a row for each hidden unit.")
    text = " ".join([*text, note]).strip()
    if hints or not right:
        raise Hint(text)
    return text


def gradient(loss, gradient, parameters):
    """Compare a gradient with what the loss does when each number is nudged up and down.

    `parameters` is a list of arrays, ``loss(*parameters)`` a number, and ``gradient(*parameters)``,
    or `gradient` itself, a list of arrays of the same shapes.
    """
    return Report("", "", *verdict(compared, (loss, gradient, parameters)))


@np.errstate(all="ignore")
def compared(loss, gradient, parameters):
    """Return how well a gradient agrees with nudges, or raise what is off as a `Hint`."""
    parameters = parameters if isinstance(parameters, (list, tuple)) else [parameters]
    arrays = [numbers(array, "A parameter").astype(float) for array in parameters]
    names = [f"array {k}" for k in range(len(arrays))]
    given = read(call(gradient, arrays)[0] if callable(gradient) else gradient, names)
    off, times = [], []
    for k, (name, w, mine) in enumerate(zip(names, arrays, given, strict=True)):
        if np.squeeze(mine).shape != np.squeeze(w).shape:
            raise Hint(f"The gradient of {name} has another shape than the array, {w.shape}.")

        def alone(value, k=k):
            return number(call(loss, [*arrays[:k], value, *arrays[k + 1 :]])[0], "The loss")

        wide, narrow = (differences(alone, w, h, h) / (2 * h) for h in (1e-2, 5e-3))
        right, doubt, mine = (4 * narrow - wide) / 3, np.abs(wide - narrow), mine.reshape(w.shape)
        blur = 3 * (doubt + np.median(doubt)) + 1e-3 * np.abs(right).max()  # a kink, or float32
        for place in np.argwhere(np.abs(mine - right) > blur + 1e-7).tolist():
            times.append(mine[*place] / right[*place])
            off.append(f"{place} of {name} is {times[-1]:.3g} times the right {right[*place]:.4g}")
    if len(off) > 1 and np.ptp(times) <= 0.01 * abs(times[0]):
        raise Hint(f"All {len(off)} entries that are off are {times[0]:.3g} times the right ones.")
    if off:
        raise Hint(f"Entries that are off: {len(off)}. {'; '.join(off[:5])}.")
    return "Each entry agrees with what the loss does when its number is nudged."


def model(model, X=None, y=None):
    """Say what a Keras model has learned of XOR, or of `X` and `y`, and which trap it is in."""
    return Report("", "", *verdict(consulted, (model, X, y)))


def consulted(model, X, y):
    """Return what is right about a model, or raise what is wrong as a `Hint`."""
    X, y = truth_table() if X is None else (X, y)
    loss, run, optimizer = (getattr(model, name, None) for name in ("loss", "history", "optimizer"))
    last = getattr(model, "layers", [None])[-1]
    softmax = "softmax" in str(getattr(last, "activation", ""))
    traps = {
        "Softmax over one output is always 1. Take a sigmoid.": softmax and last.units == 1,
        "With `from_logits` the loss adds a sigmoid of its own.": getattr(loss, "from_logits", 0),
        "One row is a table, too: `[[0, 1]]`, of shape (1, 2).": np.ndim(X) == 1,
        "Of so few rows `validation_split` takes some away, and those are never learned.": (
            "val_loss" in getattr(run, "history", ()) and len(X) < 10
        ),
    }
    for trap in filter(traps.get, traps):
        raise Hint(trap)
    kinds = {"cross": "cross_entropy", "squared": "squared_error", "mse": "squared_error"}
    kind = next((kinds[word] for word in kinds if word in str(loss).lower()), None)
    rate = getattr(optimizer, "learning_rate", None)
    try:
        from xorlib.keras_model import to_parameters  # it loads TensorFlow, where there is one

        found = diagnose(to_parameters(model), X, np.reshape(y, (-1, 1)), kind, learning_rate=rate)
    except (ValueError, ImportError) as error:
        raise Hint(f"{error}".rstrip(".") + ".") from None
    if found.fate == "solved":
        return found.words()
    right = np.mean((found.answers > 0.5) == (np.ravel(y) > 0.5))
    text = f"{found.words()} {right:.0%} of the rows are on the right side of 1/2, which is "
    raise Hint(f"{text}accuracy; the loss counts how far off they are.")
