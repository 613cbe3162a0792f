"""Compare stored pictures with newly drawn ones: only the smoothing of letters may differ."""

import io
from base64 import b64decode

import numpy as np
from PIL import Image, ImageFilter

TOLERANCE = 24  # of 255, in each of red, green and blue


def alike(stored, drawn):
    """Return whether each point of one PNG, given as bytes, is in the other, a pixel away at most.

    So the edge of a letter may be smoothed differently. A line moved by two pixels, another
    colour, or something that is in one of them only, makes them different.
    """
    one, other = (Image.open(io.BytesIO(png)).convert("RGB") for png in (stored, drawn))
    if one.size != other.size:
        return False
    return found_in(one, other) and found_in(other, one)


def found_in(one, other):
    """Return whether each pixel of an image is in the range of its neighbourhood in the other."""
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
    """Say how the pictures in a cell's stored outputs differ from those of a new run, if at all."""
    stored, drawn = pictures(stored), pictures(drawn)
    if len(stored) != len(drawn):
        return f"{len(stored)} pictures are stored, but {len(drawn)} were drawn"
    wrong = [k for k, pair in enumerate(zip(stored, drawn, strict=True)) if not alike(*pair)]
    return f"stored pictures {wrong} differ from those drawn" if wrong else ""
