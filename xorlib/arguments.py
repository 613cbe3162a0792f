"""The checks that public functions share: each names the argument and says what was wrong."""

import operator

import numpy as np


def choice(name, value, options):
    """Return `value` if it is one of the options, a collection of names; else a ValueError."""
    if not isinstance(value, str) or value not in options:
        names = ", ".join(repr(option) for option in options)
        raise ValueError(f"{name} must be one of {names}, but is {value!r}")
    return value


def whole_number(name, value, least, most=None):
    """Return `value` as an int from `least` to `most`; 3.0 and True are not whole numbers."""
    try:
        number = None if isinstance(value, (bool, np.bool_)) else operator.index(value)
    except TypeError:
        number = None
    if number is None or number < least or (most is not None and number > most):
        limits = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"{name} must be a whole number {limits}, but is {value!r}")
    return number


def positive_number(name, value):
    """Return `value` as a float above 0, not infinite."""
    number = real_numbers(name, value)
    if number.ndim or not 0 < number < np.inf:
        raise ValueError(f"{name} must be a finite number above 0, but is {value!r}")
    return float(number)


def real_numbers(name, value):
    """Return `value` as an array of whole or floating-point numbers, whatever its shape."""
    try:
        numbers = np.asarray(value)
    except ValueError:
        numbers = np.asarray(None)  # rows of unequal length: refused with the rest
    if numbers.dtype.kind not in "iuf" or np.ma.isMaskedArray(value):
        raise ValueError(f"{name} must be made of real numbers, but is {value!r}")
    return numbers


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
        wanted = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name} must have shape ({wanted}), but has shape {numbers.shape}")
    if finite and not np.isfinite(numbers).all():
        raise ValueError(f"{name} must be finite, but is {value!r}")
    return numbers.astype(np.float64, copy=False)
