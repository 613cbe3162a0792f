"""Compare stored pictures with newly drawn ones: only the smoothing of letters may differ."""

import io
from base64 import b64decode

import numpy as np
from PIL import Image

TOLERANCE = 24  # of 255, in each of red, green and blue


def alike(stored, drawn):
    """Return whether each point of one PNG, given as bytes, is in the other, a pixel away at most.

    So the edge of a letter may be smoothed differently. A line moved by two pixels, another
    colour, or something that is in one of them only, makes them different.
    """
    if stored == drawn:
        return True
    one, other = (Image.open(io.BytesIO(png)).convert("RGB") for png in (stored, drawn))
    one, other = np.asarray(one), np.asarray(other)
    return one.shape == other.shape and found_in(one, other) and found_in(other, one)


def found_in(one, other):
    """Return whether each pixel of an image is in the range of its neighbourhood in the other.

    An edge's neighbour is the opposite edge: both are margin.
    """
    least = most = other
    for axis in (0, 1):
        least = np.minimum.reduce([np.roll(least, by, axis) for by in (-1, 0, 1)])
        most = np.maximum.reduce([np.roll(most, by, axis) for by in (-1, 0, 1)])
    below, above = (image.astype(int) for image in (least, most))
    return bool(((one >= below - TOLERANCE) & (one <= above + TOLERANCE)).all())


def pictures(outputs):
    """Return the PNGs among a cell's outputs, as bytes."""
    found = [output.get("data", {}).get("image/png") for output in outputs]
    return [b64decode(png) for png in found if png]


def complaint(stored, drawn):
    """Say how the pictures in a cell's stored outputs differ from those of a new run, if at all."""
    stored, drawn = pictures(stored), pictures(drawn)
    if len(stored) != len(drawn):
        return f"{len(stored)} pictures are stored, but {len(drawn)} were drawn"
    wrong = [k for k, pair in enumerate(zip(stored, drawn, strict=True)) if not alike(*pair)]
    return f"stored pictures {wrong} differ from those drawn" if wrong else ""
