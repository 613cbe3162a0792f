"""The 256 colours of a demo's pictures: a PNG with one byte for a pixel is quick to make."""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_rgb

from xorlib.plotting import style

LEVELS = 112  # of a surface: as many of the 256 colours


class Palette(NamedTuple):
    """256 colours, the surface's first, also packed as pixels; the nearest for each `cell`."""

    colours: np.ndarray
    packed: np.ndarray
    nearest: np.ndarray


def cell(red, green, blue):
    """Return the number of the cell, of 65,536, in which a colour lies."""
    return (red.astype(np.uint16) >> 3 << 11) | (green.astype(np.uint16) >> 2 << 5) | (blue >> 3)


@functools.cache
def palette():
    """Return the colours that pictures have.

    They are the surface's, greys, each class's and unit's on its way to white and to black, and
    lines on a surface.
    """

    def mix(one, other, steps):
        return np.linspace(one, other, steps + 2)[1:-1]

    named = [to_rgb(colour) for colour in (*style.CLASS_COLOURS, *style.UNIT_COLOURS, "#F0E442")]
    surface = style.OUTPUT_COLOURS(np.linspace(0, 1, LEVELS))[:, :3]
    white, ink = np.ones(3), np.array(to_rgb(style.INK))
    colours = [surface, mix(white, np.zeros(3), 28), [white, np.zeros(3), ink, *named]]
    colours += [mix(colour, white, 6) for colour in named]
    colours += [mix(colour, np.zeros(3), 2) for colour in named]
    colours += [mix(colour, ink, 6) for colour in surface[::14]]
    colours = np.concatenate(colours)
    assert len(colours) <= 256
    colours = np.vstack([colours, np.ones((256 - len(colours), 3))]).astype(np.float32)

    five, six = ((np.arange(n, dtype=np.float32) + 0.5) / n for n in (32, 64))
    cells = np.stack(np.meshgrid(five, six, five, indexing="ij"), axis=-1).reshape(-1, 3)
    distances = (colours**2).sum(axis=1) - 2 * cells @ colours.T
    nearest = distances.argmin(axis=1).astype(np.uint8)
    colours = (colours * 255).round().astype(np.uint8)
    # The colours themselves come out as they are, the surface's before all others.
    order = np.r_[len(surface) : len(colours), : len(surface)]
    nearest[cell(*colours[order].T)] = order
    nearest[-1] = (colours == 255).all(axis=1).argmax()  # of two near-whites, white
    packed = np.hstack([colours, np.full((256, 1), 255, np.uint8)]).view(np.uint32)[:, 0]
    return Palette(colours, packed, nearest)
