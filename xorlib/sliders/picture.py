"""A picture that is quick to redraw: a still background, moving parts, few colours."""

import functools
import html
import io
from base64 import b64encode
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from xorlib.plotting import style
from xorlib.plotting.parts import Surface
from xorlib.plotting.planes import set_plane

PIXELS_PER_INCH = 110  # the smallest type of a picture, 9.5 points, then has 14.5 pixels
LEVELS = 112  # of a surface: as many of the picture's 256 colours


class Picture:
    """A figure whose moving parts are drawn anew onto a background that is drawn once.

    Parameters
    ----------
    width, height : int
        In pixels of the page.
    """

    def __init__(self, width, height):
        self.size = width, height
        inches = width / PIXELS_PER_INCH, height / PIXELS_PER_INCH
        self.canvas = FigureCanvasAgg(Figure(figsize=inches, dpi=PIXELS_PER_INCH))
        self.moving, self.surfaces, self.background = [], [], None
        self.still = {}

    def axes(self, left, top, width, height, title=""):
        """Return new Axes at a place given in pixels from the upper left corner."""
        across, down = self.size
        place = (left / across, 1 - (top + height) / down, width / across, height / down)
        ax = self.canvas.figure.add_axes(place)
        ax.set_title(title, fontsize=10.5, pad=5)
        return ax

    def plane(self, left, top, side, title="", names=("$x_1$", "$x_2$"), coarse=1):
        """Return Axes of a plane and its surface, with one output for `coarse` pixels each way."""
        ax = set_plane(self.axes(left, top, side, side, title), style.PLANE_LIMITS, names)
        surface = Surface(ax, side=side // coarse)
        surface.image.set_animated(True)  # and never drawn: Matplotlib takes ten times as long
        self.add(surface.boundary)
        self.surfaces.append((surface, coarse, left, top))
        return ax, surface

    def add(self, part, still=()):
        """Take a part, or an artist, among those drawn anew every time; return it.

        Those of its artists that are in `still` lie on something that moves, but never change:
        they are drawn once and then copied.
        """
        for artist in getattr(part, "artists", [part]):
            artist.set_animated(True)
            self.moving.append(artist)
        self.moving.sort(key=lambda artist: artist.zorder)
        self.still |= dict.fromkeys(still)
        return part

    def stale(self):
        """Have the background drawn again, for something on it has changed."""
        self.background = None

    def html(self, alt):
        """Draw the picture as it is now; return it as an HTML element with these words."""
        canvas = self.canvas
        if self.background is None:
            canvas.draw()
            if None in self.still.values():
                self.still = {artist: stamp(canvas, artist) for artist in self.still}
                canvas.draw()
            self.background = canvas.copy_from_bbox(canvas.figure.bbox)
        canvas.restore_region(self.background)
        pixels = np.asarray(canvas.buffer_rgba()).view(np.uint32)[..., 0]
        painted = [paint(pixels, *surface) for surface in self.surfaces]
        for artist in self.moving:
            if artist in self.still:
                press(canvas, *self.still[artist])
            else:
                artist.axes.draw_artist(artist)
        width, height = self.size
        return (
            f'<img alt="{html.escape(alt)}" width="{width}" height="{height}" '
            f'src="data:image/png;base64,{b64encode(png(pixels, painted)).decode("ascii")}">'
        )


def stamp(canvas, artist):
    """Draw an artist alone; return its place, its colours times opacity, and what shows through."""
    renderer = canvas.get_renderer()
    renderer.clear()
    artist.axes.draw_artist(artist)
    drawn = np.asarray(canvas.buffer_rgba())
    rows, columns = (np.flatnonzero(drawn[..., 3].any(axis=axis)) for axis in (1, 0))
    place = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    opacity = drawn[place][..., 3:].astype(np.float32) / 255
    return place, drawn[place][..., :3] * opacity, 1 - opacity


def press(canvas, place, colours, through):
    """Copy a stamp onto the canvas."""
    below = np.asarray(canvas.buffer_rgba())[place][..., :3]
    below[...] = below * through + colours + 0.5


def paint(pixels, surface, coarse, left, top):
    """Paint a surface; return its place, its levels from 0 to `LEVELS` - 1 and their colours."""
    levels = (surface.outputs[::-1] * (LEVELS - 1) + 0.5).astype(np.uint8)
    levels = levels.repeat(coarse, axis=0).repeat(coarse, axis=1)
    place = slice(top, top + len(levels)), slice(left, left + len(levels))
    pixels[place] = colours = palette().packed[levels]
    return place, levels, colours


def png(pixels, painted):
    """Return a picture of the palette's colours as a PNG file, lightly compressed.

    The page is near, and time counts more than size: with one byte for a pixel instead of three
    and little effort on each, this takes a quarter of the time of a usual PNG.
    """
    numbers = palette().nearest[cell(*pixels.view(np.uint8).reshape(*pixels.shape, 4).T[:3]).T]
    for place, levels, colours in painted:  # exactly, where nothing was drawn on top
        np.copyto(numbers[place], levels, where=pixels[place] == colours)
    image = Image.fromarray(numbers)
    image.putpalette(palette().colours.tobytes())
    file = io.BytesIO()
    image.save(file, format="png", compress_level=1)
    return file.getvalue()


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
