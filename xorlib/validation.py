"""Every public function checks its arguments here, and says what was wrong in one sentence."""

import math
import numbers
import operator

import numpy as np


def choice(name, value, options):
    """Return the entry of `options` that `value` names.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : str
        The name to look up.
    options : mapping of str
        What may be chosen.

    Raises
    ------
    ValueError
        If `value` is not a key of `options`.
    """
    if not isinstance(value, str) or value not in options:
        names = ", ".join(repr(option) for option in options)
        raise ValueError(f"{name} must be one of {names}, but is {value!r}")
    return options[value]


def whole_number(name, value, least, most=None):
    """Return `value` as an int from `least` to `most` (no upper end if None).

    Raises
    ------
    ValueError
        If `value` is not a whole number (a bool or 3.0 is none) or out of range.
    """
    try:
        number = None if isinstance(value, (bool, np.bool_)) else operator.index(value)
    except TypeError:
        number = None
    if number is None or number < least or (most is not None and number > most):
        limits = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"{name} must be a whole number {limits}, but is {value!r}")
    return number


def positive_number(name, value):
    """Return `value` as a float above zero.

    Raises
    ------
    ValueError
        If `value` is not a real number, not finite, or not above zero.
    """
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    try:
        number = float(value) if real else math.nan
    except OverflowError:  # a whole number beyond the largest float
        number = math.inf
    if not 0 < number < math.inf:
        raise ValueError(f"{name} must be a finite number above 0, but is {value!r}")
    return number


def real_numbers(name, value, shape=""):
    """Return `value` as an array of real numbers, of its own type and any shape.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array_like
        Whole or floating-point numbers.
    shape : str
        The shape that is wanted, for the message; not checked here.

    Raises
    ------
    ValueError
        If `value` holds anything else (booleans, texts), or rows of unequal length.
    """
    try:
        raw = np.asarray(value)
    except ValueError:
        raw = np.asarray(None)  # rows of unequal length: refused with the rest
    if raw.dtype.kind not in "iuf":
        wanted = f"real numbers of shape {shape}" if shape else "real numbers"
        raise ValueError(f"{name} must be {wanted}, but is {value!r}")
    return raw


def array(name, value, shape, finite=True):
    """Return `value` as a float64 array of the given shape.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array_like
        Real numbers; whole numbers are taken as the floats they equal.
    shape : tuple of int or str
        An int is a length that must be met, a str names a length that may be anything
        from 1: ``("n", 2)``.
    finite : bool
        Whether infinity and NaN are errors.

    Returns
    -------
    ndarray of float64
        `value` itself where it is such an array already: it is never copied for its own
        sake, and no caller may write into it.

    Raises
    ------
    ValueError
        If `value` is not made of real numbers, has another shape, or is not finite.
    """
    wanted = "(" + ", ".join(str(length) for length in shape) + ("," * (len(shape) == 1)) + ")"
    raw = real_numbers(name, value, wanted)
    fits = raw.ndim == len(shape) and all(
        length >= 1 if isinstance(want, str) else length == want
        for want, length in zip(shape, raw.shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} must have shape {wanted}, but has shape {raw.shape}")
    if finite and not np.isfinite(raw).all():
        raise ValueError(f"{name} must be finite, but is {value!r}")
    return raw.astype(np.float64, copy=False)


def unit_interval(name, value):
    """Return the array `value`, all of whose entries lie in [0, 1].

    Raises
    ------
    ValueError
        If an entry is below 0 or above 1.
    """
    outside = value[(value < 0) | (value > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie in [0, 1], but holds {float(outside.flat[0])!r}")
    return value
