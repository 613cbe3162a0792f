"""The checks that public functions share: each names the argument and says what was wrong."""

import operator

import numpy as np

LARGEST = 1e100  # of a number in an array: below it no step of one epoch overflows
MOST = 10**8  # of anything that is counted, where memory sets no smaller limit


def refusal(name, must, value, verb="is"):
    """Return the ValueError that says what an argument must be, and what it was."""
    try:
        was = repr(value)
    except Exception:  # an object that cannot even be shown
        was = f"of type {type(value).__name__}"
    return ValueError(f"{name} must {must}, but {verb} {was:.1000}")


def choice(name, value, options):
    """Return `value` if it is one of the options, a collection of names; else a ValueError."""
    if not isinstance(value, str) or value not in options:
        raise refusal(name, f"be one of {', '.join(map(repr, options))}", value)
    return value


def instance(name, value, *kinds):
    """Return `value` if it is of one of these types."""
    if not isinstance(value, kinds):
        raise refusal(name, f"be of type {' or '.join(kind.__name__ for kind in kinds)}", value)
    return value


def several(name, value, kind):
    """Return `value` as a list of things that are all of that type."""
    things = list(value) if np.iterable(value) else [value]
    if isinstance(value, str) or not all(isinstance(thing, kind) for thing in things):
        raise refusal(name, f"be a list, each of type {kind.__name__}", value)
    return things


def by_name(name, value, most=np.inf):
    """Return `value` if it is a dict with words for keys, one at least, and so many at most."""
    named = isinstance(value, dict) and all(isinstance(key, str) for key in value)
    if not (named and 1 <= len(value) <= most):
        raise refusal(name, f"be a dict with 1 to {most} words for keys", value)
    return value


def whole_number(name, value, least, most=MOST):
    """Return `value` as an int from `least` to `most`; 3.0 and True are not whole numbers."""
    try:
        number = None if isinstance(value, (bool, np.bool_)) else operator.index(value)
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        limits = f"of at least {least}" if most == np.inf else f"from {least} to {most}"
        raise refusal(name, f"be a whole number {limits}", value)
    return number


def positive(name, value, most=np.inf, length=None):
    """Return `value` as a float above 0, at most `most`, not infinite; or as an array of these.

    An array will do where it is as long as `length` says, a number, or a str for any length.
    """
    numbers = real_numbers(name, value)
    numbers = array(name, numbers, (length,) if length and numbers.ndim else (), finite=False)
    if not ((numbers > 0) & (numbers <= most) & (numbers < np.inf)).all():
        limit = "" if most == np.inf else f", at most {most:g}"
        raise refusal(name, f"be finite and above 0{limit}", value)
    return numbers if numbers.ndim else float(numbers)


def real_numbers(name, value):
    """Return `value` as a float64 array of whatever shape, itself where it is one already."""
    try:
        numbers = np.asarray(value)
    except Exception:
        numbers = np.asarray(None)  # such as rows of unequal length: refused with the rest
    if numbers.dtype.kind not in "iuf" or np.ma.isMaskedArray(value):
        raise refusal(name, "be made of real numbers", value)
    return numbers.astype(np.float64, copy=False)


def array(name, value, shape, finite=True):
    """Return `value` as a float64 array of the given shape, itself where it is one already.

    In `shape` an int is a length that must be met, a str a length of at least 1: ``("n", 2)``.
    """
    numbers = real_numbers(name, value)
    fits = numbers.ndim == len(shape) and all(
        length >= 1 if isinstance(wanted, str) else length == wanted
        for wanted, length in zip(shape, numbers.shape, strict=True)
    )
    if not fits:
        must = f"have shape {shape}".replace("'", "") if shape else "be one number"
        raise refusal(name, must, numbers.shape, "has shape")
    if finite and not (np.abs(numbers) <= LARGEST).all():
        raise refusal(name, f"be finite, of size {LARGEST:g} at most", value)
    return numbers


def places(name, value, length):
    """Return the places that `value` chooses of so many, (k,), or the one of a whole number.

    `value` is a whole number, a slice, or a list or an array of whole numbers or of bool.
    """
    value = list(value) if isinstance(value, tuple) else value  # else it would be one index
    try:
        chosen = np.arange(length)[value]
    except Exception:
        chosen = None
    # None and True would add an axis.
    if chosen is None or chosen.ndim > 1 or np.ma.isMaskedArray(value):
        raise refusal(name, f"choose among {length}", value)
    return chosen
