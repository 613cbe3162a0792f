"""Judging a learner's function: compared with the right one, and with every known mistake."""

from typing import NamedTuple

import numpy as np

from xorlib.checks.calling import call, described, numbers
from xorlib.checks.report import Hint

IN_PLACE = (
    "The numbers are right, but your function changes its argument `{}` in place. Who calls it "
    "loses the old values. Compute a new array; operators like `+=` and `*=` write into the old."
)
INTEGER = (
    "Right for floats, wrong when the inputs are whole numbers, as those of a truth table often "
    "are. An array made in the likeness of integers cuts off everything after the point."
)
CONSTANT = (
    "Your function returns the same for all inputs. Use the arguments, not variables from "
    "outside and not one remembered answer."
)


class Mistake(NamedTuple):
    """A known mistake.

    Attributes
    ----------
    name : str
        Short, for the report.
    function : callable
        What one has written who makes this mistake; takes and returns what the right one does.
    hint : str
        What is said then.
    """

    name: str
    function: object
    hint: str


def judge(learner, right, mistakes, cases, *, parts, arguments, integers=(), tolerance=1e-6):
    """Compare a learner's function with the right one on several inputs.

    Parameters
    ----------
    learner : callable
        The function to judge.
    right : callable
        The right one, returning an array, or a tuple of them.
    mistakes : sequence of Mistake
        Tried in this order.
    cases : list of tuple
        Arguments to call the functions with.
    parts : list of str
        What the function returns, by name.
    arguments : list of str
        What it takes, by name.
    integers : list of tuple
        Further cases, with whole numbers where floats are usual.
    tolerance : float
        How far apart numbers may be that count as equal, relative and absolute. Float32, or a
        small number that keeps a logarithm from 0, is no mistake.

    Raises
    ------
    Hint
        Unless the function is right on all cases.
    """
    got, changed, stopped = [], None, None
    for case in [*cases, *integers]:
        try:
            result, touched = call(learner, case)
        except Hint as hint:
            if not got or hint.mistake != "exception":
                raise
            stopped = hint  # what it returned for other inputs may tell more
            break
        got.append(read(result, parts))
        changed = touched if changed is None else changed
    wanted = [as_parts(right(*case)) for case in [*cases, *integers]][: len(got)]
    good = [same(a, b, tolerance) for a, b in zip(got, wanted, strict=True)]
    if not all(good):
        floats = len(cases)
        if all(good[:floats]) and len(got) > floats:
            raise Hint("integer", INTEGER)
        recognise(got[:floats], mistakes, cases, tolerance)
        if changed is not None:
            text = "Your function changes its argument `{}` in place, and then uses it."
            raise Hint("in place", text.format(arguments[changed]))
        complain(got, wanted, parts, cases, tolerance)
    if stopped and len(got) >= len(cases):
        raise Hint("integer", f"{INTEGER} {stopped.text}")
    if stopped:
        raise Hint(stopped.mistake, f"It works for some inputs, but not for all. {stopped.text}")
    if changed is not None:
        raise Hint("in place", IN_PLACE.format(arguments[changed]))


def as_parts(result):
    """Return a result of our own as a list of arrays."""
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else (result,))]


def read(result, parts):
    """Return a learner's result as a list of arrays of numbers, one for each part."""
    names = ", ".join(f"`{part}`" for part in parts)
    if len(parts) == 1:
        return [numbers(result, "What your function returns")]
    if not isinstance(result, (tuple, list)) or len(result) != len(parts):
        text = f"Your function must return {len(parts)} things, {names}, but returns "
        raise Hint("type", text + f"{described(result)}.")
    return [numbers(part, f"`{name}`") for name, part in zip(parts, result, strict=True)]


def same(got, wanted, tolerance):
    """Tell whether all parts have the shape and the numbers of those wanted."""
    return all(
        a.shape == b.shape and np.allclose(a, b, tolerance, tolerance, equal_nan=True)
        for a, b in zip(got, wanted, strict=True)
    )


def recognise(got, mistakes, cases, tolerance):
    """Raise the hint of the first known mistake that gives just what the learner got."""
    for mistake in mistakes:
        try:
            with np.errstate(all="ignore"):
                theirs = [as_parts(mistake.function(*case)) for case in cases[: len(got)]]
        except Exception:  # a mistake that cannot be made with these shapes
            continue
        if got and all(same(a, b, tolerance) for a, b in zip(got, theirs, strict=True)):
            raise Hint(mistake.name, mistake.hint)


def complain(got, wanted, parts, cases, tolerance):
    """Raise the hint for a result that no known mistake explains."""
    pairs = list(zip(got, wanted, strict=True))
    for position, name in enumerate(parts):
        for mine, theirs in pairs:
            if not np.isfinite(mine[position]).all():
                text = f"{named(name)} holds NaN or infinity. Was something divided by 0, or the "
                raise Hint("nan", text + "logarithm taken of 0?")
            if mine[position].shape != theirs[position].shape:
                if all(is_flat(a[position], b[position], tolerance) for a, b in pairs):
                    shapes = f"{mine[position].shape} where {theirs[position].shape} was asked"
                    text = (
                        f"The numbers of {named(name)} are right, but it has the shape {shapes}. "
                    )
                    text += "Such an array meets others in unexpected ways later."
                    raise Hint("flat", text)
                shapes = f"{theirs[position].shape}, but has {mine[position].shape}"
                text = f"{named(name)} must have the shape {shapes}. "
                raise Hint("shape", text + "Write the shapes beside your formula.")
    varied = len(got) > 1 and not same(wanted[0], wanted[1], tolerance)
    if varied and all(same(got[0], other, tolerance) for other in got[1:]):
        raise Hint("constant", CONSTANT)
    right = [
        name
        for k, name in enumerate(parts)
        if all(same([a[k]], [b[k]], tolerance) for a, b in pairs)
    ]
    wrong = [name for name in parts if name not in right]
    praise = f" {listed(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""
    if len(parts) == 1:
        mine = next(a[0] for a, b in pairs if not same(a, b, tolerance))
        first = f"{mine.ravel()[0]:.4g}" if mine.size else "nothing"
        text = f"The shape is right, the numbers are not yet; the first one wrong begins {first}."
        raise Hint("wrong", text + " Work one example out by hand and compare.")
    text = f"Look at {listed(wrong)} again.{praise}"
    raise Hint("wrong", text)


def is_flat(mine, wanted, tolerance):
    """Tell whether the numbers are right and only the axes of length 1 are not."""
    return mine.size == wanted.size and np.allclose(
        mine.ravel(), wanted.ravel(), tolerance, tolerance
    )


def named(part):
    """Return the name of a part as it stands in a sentence: a variable's as code."""
    return f"`{part}`" if part.isidentifier() else part


def listed(names):
    """Return names as they are listed in a sentence."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
