"""Stored pictures and those drawn anew: the same, but for the smoothing of letters."""

import io
from base64 import b64decode

import numpy as np
from PIL import Image, ImageFilter

TOLERANCE = 24  # of 255, in each of red, green and blue


def alike(stored, drawn):
    """Return whether each point of one PNG is found in the other, at most a pixel away.

    Both are bytes. The edge of a letter may lie differently between two pixels; a line that is two
    pixels further, another colour, or something that is there in one alone are differences.
    """
    one, other = (Image.open(io.BytesIO(png)).convert("RGB") for png in (stored, drawn))
    if one.size != other.size:
        return False
    return found_in(one, other) and found_in(other, one)


def found_in(one, other):
    """Return whether each point of an image lies within what is near it in the other."""
    least, most = (
        np.asarray(other.filter(edge(3)), dtype=int)
        for edge in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
    )
    points = np.asarray(one, dtype=int)
    return bool(((points >= least - TOLERANCE) & (points <= most + TOLERANCE)).all())


def pictures(outputs):
    """Return the PNGs among a cell's outputs, as bytes."""
    found = [output.get("data", {}).get("image/png") for output in outputs]
    return [b64decode(png) for png in found if png]


def complaint(stored, drawn):
    """Say what is wrong between a cell's stored outputs and those of its new run, or nothing."""
    stored, drawn = pictures(stored), pictures(drawn)
    if len(stored) != len(drawn):
        return f"{len(stored)} pictures are stored, {len(drawn)} are drawn"
    wrong = [k for k, pair in enumerate(zip(stored, drawn, strict=True)) if not alike(*pair)]
    return f"stored pictures {wrong} are not those drawn" if wrong else ""
