"""Letters that move over a picture: each text is drawn once, and then copied to where it is."""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation

PIXELS_PER_INCH = 110  # the smallest type of a picture, 9.5 points, then has 14.5 pixels
ROOM = 200, 60  # pixels to each side of a text's place, across and up


class Stamp(NamedTuple):
    """A drawn text: its upper left corner from the text's place, down and across in pixels.

    ``ink`` holds colours times opacity, (rows, columns, 3), and ``through`` how much of what
    lies below shows, (rows, columns, 1), both from 0 to 255.
    """

    down: int
    across: int
    ink: np.ndarray
    through: np.ndarray


def press(canvas, artist):
    """Copy a text of Matplotlib's, level and not empty, to its place on a canvas."""
    if not artist.get_visible():
        return
    place = artist.get_transform().transform(artist.get_position())
    if isinstance(artist, Annotation):  # its position is an offset in points
        place = artist.axes.transData.transform(artist.xy)
        place = place + np.array(artist.xyann) * PIXELS_PER_INCH / 72
    looks = artist.get_fontsize(), artist.get_color(), artist.get_ha(), artist.get_va()
    text = stamp(artist.get_text(), *looks, tuple(artist.get_path_effects() or ()))

    pixels = np.asarray(canvas.buffer_rgba())
    height, width = pixels.shape[:2]
    left, bottom, right, top = 0, 0, width, height
    if artist.get_clip_on():
        left, bottom, right, top = np.round(artist.axes.bbox.extents).astype(int).tolist()
    rows, columns = text.ink.shape[:2]
    first = height - round(place[1]) + text.down, round(place[0]) + text.across
    lines = slice(max(first[0], height - top), min(first[0] + rows, height - bottom))
    across = slice(max(first[1], left), min(first[1] + columns, right))
    if lines.start >= lines.stop or across.start >= across.stop:
        return
    below = pixels[lines, across, :3]
    part = (
        slice(lines.start - first[0], lines.stop - first[0]),
        slice(across.start - first[1], across.stop - first[1]),
    )
    below[...] = text.ink[part] + (below * (text.through[part] / np.float32(255)) + 0.5)


@functools.lru_cache(maxsize=1000)
def stamp(text, size, colour, ha, va, path_effects):
    """Draw a text alone and return it as a `Stamp`."""
    canvas, drawn_text = scratch()
    drawn_text.set(text=text, fontsize=size, color=colour, ha=ha, va=va)
    drawn_text.set_path_effects(path_effects)
    renderer = canvas.get_renderer()
    renderer.clear()
    drawn_text.draw(renderer)
    drawn = np.asarray(canvas.buffer_rgba())
    rows, columns = (np.flatnonzero(drawn[..., 3].any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    drawn = drawn[top : rows[-1] + 1, left : columns[-1] + 1]
    opacity = drawn[..., 3:]
    ink = drawn[..., :3] * (opacity / np.float32(255))
    return Stamp(top - ROOM[1], left - ROOM[0], ink.astype(np.uint8), 255 - opacity)


@functools.cache
def scratch():
    """Return a canvas to draw texts on, and the text in its middle."""
    inches = 2 * ROOM[0] / PIXELS_PER_INCH, 2 * ROOM[1] / PIXELS_PER_INCH
    canvas = FigureCanvasAgg(Figure(inches, dpi=PIXELS_PER_INCH))
    return canvas, canvas.figure.text(0.5, 0.5, "")
