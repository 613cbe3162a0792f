"""Calling a learner's function safely, and comparing what it returns with the right answer."""

import copy
import inspect
import itertools
import linecache
import re
import traceback
import warnings

import numpy as np

from classroom.checks.report import Hint, Unanswered, is_blank

# What Python and NumPy say, as a pattern, and what is likely to be behind it. Shapes are told, too.
CAUSES = {
    "matmul|not aligned": "a matrix product needs as many columns left of `@` as there are rows "
    "right of it. Is a `.T` missing, or one too many?",
    "could not be broadcast": "`+`, `-`, `*` and `/` work entry by entry, and these arrays do not "
    "match. Is a `.T` missing, or an `@`?",
    r"bitwise_xor|for \^": "`^` is not a power in Python. A square is written `a**2`.",
    "(only|to) .*scalar|length-1": "the functions of `math` take single numbers, those of NumPy "
    "arrays: `np.exp`, `np.log`.",
    "truth value of an array": "`if`, `and`, `or` and `max` need one yes or no, but an array has "
    "many. `np.where` and `np.maximum` decide for each entry.",
    "SystemExit": "`exit` would end the whole notebook. To leave a function, use `return`.",
    "recursion depth": "your function calls itself without an end.",
    "out of (range|bounds)": "there is no place with that number. How many places are there, and "
    "which numbers can come out?",
    "list indices|only integers": "a place in an array is counted in whole numbers: `[0]`, `[:2]`.",
}


def judge(learner, right, mistakes, cases, parts=("answer",), tolerance=1e-6):
    """Raise a hint unless a learner's function does what the right one does, case by case.

    `mistakes` has for each hint what a function returns that has this mistake, made from the
    right result and the arguments: ``mistake(right result, *case)``. Or it is a number, and what is
    returned so many times the right result; or a dictionary of the pieces by which the mistake
    differs: ``right(*case, **mistake)``. `parts` names what the function returns. `tolerance` is
    relative and absolute: float32, or a small number that keeps a logarithm from 0, is no mistake.
    """
    names = list(inspect.signature(right).parameters)[: len(cases[0])]
    got, changed, stopped = [], [], None
    for case in cases:
        try:
            result, given = call(learner, case)
        except Hint as hint:
            if not got:
                raise
            stopped = hint  # what was returned for other inputs may tell more
            break
        got.append(read(result, parts))
        changed += [names[k] for k in changes(given, case)]

    def made(mistake, answer, case):
        if isinstance(mistake, (int, float)):
            return [mistake * part for part in as_parts(answer)]
        pieces = isinstance(mistake, dict)
        return as_parts(right(*case, **mistake) if pieces else mistake(answer, *case))

    cases = cases[: len(got)]
    answers = [right(*case) for case in cases]
    wanted = [as_parts(answer) for answer in answers]
    if not all(same(mine, theirs, tolerance) for mine, theirs in zip(got, wanted, strict=True)):
        for hint, mistake in mistakes.items():
            # Some mistakes cannot be made with the shapes of every case: stop at the first other.
            pairs = zip(got, answers, cases, strict=True)
            with np.errstate(all="ignore"):
                if all(same(a, made(mistake, b, case), tolerance) for a, b, case in pairs):
                    raise Hint(hint)
        if changed:
            raise Hint(f"Your function changes its argument `{changed[0]}` in place, then uses it.")
        complain(got, wanted, cases, names, parts, tolerance)
    if stopped:
        raise Hint(f"It works for some inputs, but not for all. {stopped}")
    if changed:
        text = "The numbers are right, but your function changes its argument `{}` in place, and "
        text += "whoever calls it loses the old values. `-=` and `+=` do that: make a new array."
        raise Hint(text.format(changed[0]))


def call(function, arguments):
    """Return what a function makes of copies of the arguments, and what becomes of these."""
    if not callable(function):
        raise Hint(f"A function is needed here, but this is {described(function)}.")
    given = copy.deepcopy(arguments)
    try:
        with warnings.catch_warnings(action="ignore"):
            result = function(*given)
    except (Exception, SystemExit) as error:
        raise explained(error, function) from None
    if is_blank(result):
        raise Unanswered
    return result, given


def changes(given, arguments):
    """Return the positions of the arguments that a function has changed."""
    pairs = enumerate(zip(given, arguments, strict=True))
    return [k for k, (now, before) in pairs if repr(now) != repr(before)]


def explained(error, function):
    """Return the `Hint` for an exception, with the learner's own line and the shapes in it."""
    message = " ".join(str(error).split())
    if "ellipsis" in message.lower():
        return Unanswered()
    line, shapes = "", []
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_globals is getattr(function, "__globals__", None):  # the learner's own code
            if any(value is ... for value in frame.f_locals.values()):
                return Unanswered()
            line = linecache.getline(frame.f_code.co_filename, number).strip()
            arrays = {k: v for k, v in frame.f_locals.items() if isinstance(v, np.ndarray)}
            shapes = [f"`{k}` {v.shape}" for k, v in arrays.items() if re.search(rf"\b{k}\b", line)]
    where = f" in the line `{line}`" if line else ""
    words = f"{type(error).__name__}: {message}.".replace(": .", ".")
    words = next((cause for said, cause in CAUSES.items() if re.search(said, words)), words)
    if shapes and words in CAUSES.values():
        words += f" The shapes there: {', '.join(shapes)}."
    return Hint(f"Your code stopped{where}: {words}")


def described(value):
    """Say in a few words what a value is."""
    if value is None:
        return "`None` (is a `return` missing? printing a value does not return it)"
    kind = f"of type {type(value).__name__}"
    try:
        text = " ".join(repr(value).split()).replace("`", "'")
    except Exception:  # a class of the learner's own
        return kind
    return f"`{text}`, {kind}" if len(text) <= 40 and " at 0x" not in text else kind


def numbers(value, what="The answer"):
    """Return a learner's value as an array of real numbers, or say in a `Hint` what it is."""
    if is_blank(value):
        raise Unanswered
    try:
        array = np.array(value)
    except Exception:  # such as a list of lists of different lengths
        array = np.array(None)
    if array.dtype.kind == "U":
        raise Hint(f"{what} must be made of numbers, but holds text: leave out quotation marks.")
    if array.dtype.kind not in "biuf":
        raise Hint(f"{what} must be made of numbers, but is {described(value)}.")
    return array


def number(value, what="The answer"):
    """Return a learner's value as a float, or say in a `Hint` why it is no finite number."""
    array = numbers(value, what)
    if array.size != 1 or array.dtype.kind == "b":
        raise Hint(f"{what} must be one number, but is {described(value)}.")
    single = float(array.item())
    if not np.isfinite(single):
        raise Hint(f"{what} is {single}. Was something divided by 0, or 0 put into a logarithm?")
    return single


def word(value):
    """Return a word that was chosen, in small letters, or "" if it is no text."""
    return value.strip().lower() if isinstance(value, str) else ""


def read(result, parts):
    """Return a learner's result as a list of arrays of numbers, one for each part."""
    if len(parts) == 1:
        return [numbers(result, "What your function returns")]
    if not isinstance(result, (tuple, list)) or len(result) != len(parts):
        text = f"Your function must return {len(parts)} things, {listed(parts)}, but what it "
        raise Hint(f"{text}returns is {described(result)}.")
    return [numbers(value, f"`{part}`") for part, value in zip(parts, result, strict=True)]


def as_parts(result):
    """Return a result of our own as a list of arrays."""
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else (result,))]


def same(got, wanted, tolerance):
    """Tell whether all parts have the shape and the numbers of those wanted."""
    return all(
        a.shape == b.shape and np.allclose(a, b, tolerance, tolerance, equal_nan=True)
        for a, b in zip(got, wanted, strict=True)
    )


def complain(got, wanted, cases, names, parts, tolerance):
    """Raise the hint for results that no known mistake explains."""
    for order in itertools.permutations(range(len(parts))):
        pairs = zip(got, wanted, strict=True)
        if all(same([mine[k] for k in order], theirs, tolerance) for mine, theirs in pairs):
            raise Hint(f"The right things in another order. Return {listed(parts)}, in this order.")
    for k, part in enumerate(parts):
        what = "your result" if len(parts) == 1 else f"`{part}`"
        for mine, theirs, case in zip(got, wanted, cases, strict=True):
            if not np.isfinite(mine[k]).all():
                text = f"There is NaN or infinity in {what}. Was something divided by 0, or the "
                raise Hint(f"{text}logarithm taken of 0?")
            if mine[k].shape == theirs[k].shape:
                continue
            where = f"it is {in_words(mine[k].shape)} where {in_words(theirs[k].shape)} is needed"
            if same([mine[k].ravel()], [theirs[k].ravel()], tolerance):
                raise Hint(f"The numbers of {what} are right, but the shape is not: {where}.")
            raise Hint(f"{called(names, case)}, {what} has the wrong shape: {where}.")
    if all(same(got[0], other, tolerance) for other in got) and not all(
        same(wanted[0], other, tolerance) for other in wanted
    ):
        text = "Your function returns the same for all inputs. Use its arguments, not variables "
        raise Hint(f"{text}from outside, and not one fixed answer.")
    right = [
        part
        for k, part in enumerate(parts)
        if all(same([a[k]], [b[k]], tolerance) for a, b in zip(got, wanted, strict=True))
    ]
    if len(parts) > 1:
        praise = f" {listed(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""
        raise Hint(f"Look at {listed([p for p in parts if p not in right])} again.{praise}")
    first = next(k for k in range(len(got)) if not same(got[k], wanted[k], tolerance))
    mine, theirs = got[first][0], wanted[first][0]
    place = tuple(np.argwhere(~np.isclose(mine, theirs, tolerance, tolerance))[0].tolist())
    entry = f" in its entry {list(place)}" if place else ""
    values = f"{mine[place]:.6g}{entry}, but {theirs[place]:.6g} is right"
    raise Hint(f"{called(names, cases[first])}, your function returns {values}.")


def called(names, case):
    """Say what a function was called with."""
    told = [
        f"`{name}` of shape {value.shape}"
        if isinstance(value, np.ndarray)
        else f"`{name} = {value}`"
        for name, value in zip(names, case, strict=True)
        if not callable(value)
    ]
    return f"Called with {listed(told, mark='')}"


def in_words(shape):
    """Say which shape an array has."""
    return f"an array of shape {shape}" if shape else "a single number"


def listed(names, mark="`"):
    """Return names as they are listed in a sentence."""
    *most, last = [f"{mark}{name}{mark}" for name in names]
    return f"{', '.join(most)} and {last}" if most else last
