"""Calling a learner's function safely: nothing it does ends in a traceback."""

import linecache
import numbers as kinds
import os
import sysconfig
import warnings
from decimal import Decimal
from pathlib import Path

import numpy as np

from xorlib.checks.report import Hint, Unanswered, is_blank

NOT_THEIRS = (
    str(Path(__file__).parent.parent),
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
)


def call(function, arguments, keywords=None):
    """Return what a learner's function makes of copies of the arguments.

    Parameters
    ----------
    function : callable
        The learner's.
    arguments : sequence
        Arrays and lists are copied first.
    keywords : dict, optional
        Further arguments, by name.

    Returns
    -------
    result : object
        Whatever the function returned.
    changed : int or None
        Position of an argument that the function changed in place.

    Raises
    ------
    Hint
        If `function` is no function, raises an exception, or was interrupted.
    Unanswered
        If what stopped it, or what it returned, is a ``...``.
    """
    if not callable(function):
        raise Hint("type", f"A function is wanted here, but this is {described(function)}.")
    given = [copied(argument) for argument in arguments]
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            result = function(*given, **(keywords or {}))
    except KeyboardInterrupt:
        text = "You stopped your function while it ran. Does it have a loop that never ends?"
        raise Hint("stopped", text) from None
    except BaseException as error:
        raise explained(error) from None
    if is_blank(result):
        raise Unanswered
    changed = [k for k, (a, b) in enumerate(zip(given, arguments, strict=True)) if differ(a, b)]
    return result, changed[0] if changed else None


def copied(argument):
    """Return a copy of an array, of a list, or of a tuple of arrays in its own kind of tuple."""
    if isinstance(argument, np.ndarray):
        return argument.copy()
    if isinstance(argument, list):
        return [copied(part) for part in argument]
    if isinstance(argument, tuple) and hasattr(argument, "_fields"):
        return type(argument)(*map(copied, argument))
    return argument


def differ(now, before):
    """Tell whether an argument of the check's own is not what it was."""
    if isinstance(before, (tuple, list)):
        return len(now) != len(before) or any(map(differ, now, before))
    if isinstance(before, int):
        return type(now) is not int or now != before
    return isinstance(before, np.ndarray) and not np.array_equal(now, before, equal_nan=True)


def explained(error):
    """Return the `Hint` that tells of an exception, with the learner's own line."""
    try:
        message = " ".join(str(error).split())[:200]
    except Exception:
        message = ""
    line, blank = own_line(error.__traceback__)
    if blank or (isinstance(error, TypeError) and "ellipsis" in message.lower()):
        return Unanswered()
    name = type(error).__name__
    text = f"Your code stopped with {name}" + (f": {message}." if message else ".")
    return Hint("exception", f"{text} It was in your line `{line}`" if line else text)


def own_line(traceback):
    """Find the learner's part in the way to an error.

    Returns
    -------
    line : str
        The last line of the learner's own code, or "".
    blank : bool
        Whether a variable there is still a ``...``.
    """
    found, blank = "", False
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        # A folder of packages may lie inside a project of the learner's, never the reverse.
        if not os.path.abspath(name).startswith(NOT_THEIRS):
            found = linecache.getline(name, traceback.tb_lineno).strip() or found
            blank = blank or any(value is ... for value in traceback.tb_frame.f_locals.values())
        traceback = traceback.tb_next
    return found.replace("`", "'")[:120], blank


def described(value):
    """Say in a few words what a value is."""
    if value is None:
        return "`None` (is a `return` missing?)"
    kind = type(value).__name__
    try:
        text = repr(value)
    except Exception:
        text = ""
    text = " ".join(text.split()).replace("`", "'")
    short = 0 < len(text) <= 40 and " at 0x" not in text
    return f"`{text}`, of type {kind}" if short else f"of type {kind}"


def numbers(value, what="The answer"):
    """Return a learner's value as an array of real numbers, in a copy; fractions become floats.

    Raises
    ------
    Hint
        If it is made of anything else.
    """
    if is_blank(value):
        raise Unanswered
    try:
        array = np.array(value)
        if array.size and all(isinstance(x, (kinds.Real, Decimal)) for x in array.ravel().tolist()):
            array = array.astype(float) if array.dtype.kind == "O" else array
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise Hint("type", f"{what} must be made of numbers, but is {described(value)}.")
    return array


def number(value, what="The answer"):
    """Return a learner's value as a float.

    Raises
    ------
    Hint
        If it is no single finite number.
    """
    array = numbers(value, what)
    if array.size != 1 or array.dtype.kind == "b":
        raise Hint("type", f"{what} must be one number, but is {described(value)}.")
    single = float(array.reshape(-1)[0])
    if not np.isfinite(single):
        raise Hint("nan", f"{what} is {single}. Was something divided by 0, or 0 put into a log?")
    return single
