"""A picture that is quick to redraw: a still background, moving parts, few colours."""

import html
import io
from base64 import b64encode

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from xorlib.plotting import style
from xorlib.plotting.parts import Surface
from xorlib.plotting.planes import set_plane
from xorlib.sliders.lettering import PIXELS_PER_INCH, press
from xorlib.sliders.palette import LEVELS, cell, palette

COARSE = 2  # pixels across and down of a surface's smallest square


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

    def axes(self, left, top, width, height, title=""):
        """Return new Axes at a place given in pixels from the upper left corner."""
        across, down = self.size
        place = (left / across, 1 - (top + height) / down, width / across, height / down)
        ax = self.canvas.figure.add_axes(place)
        ax.set_title(title, fontsize=10.5, pad=5)
        return ax

    def plane(self, left, top, side, title="", names=("$x_1$", "$x_2$")):
        """Return Axes of a plane and its surface, with one output for `COARSE` pixels each way."""
        ax = set_plane(self.axes(left, top, side, side, title), style.PLANE_LIMITS, names)
        surface = Surface(ax, side=side // COARSE)
        surface.image.set_animated(True)  # and never drawn: Matplotlib takes ten times as long
        self.add(surface.boundary)
        self.surfaces.append((surface, left, top))
        return ax, surface

    def add(self, part):
        """Take a part, or an artist, among those drawn anew every time; return it."""
        for artist in getattr(part, "artists", [part]):
            artist.set_animated(True)
            self.moving.append(artist)
        self.moving.sort(key=lambda artist: artist.zorder)
        return part

    def data_at(self, ax, x, y):
        """Return the coordinates on Axes of a place in the picture's pixels; None if outside."""
        place = x, self.size[1] - y
        return ax.transData.inverted().transform(place) if ax.bbox.contains(*place) else None

    def stale(self):
        """Have the background drawn again, for something on it has changed."""
        self.background = None

    def html(self, alt):
        """Draw the picture as it is now; return it as an HTML element with these words."""
        canvas = self.canvas
        if self.background is None:
            canvas.draw()
            self.background = canvas.copy_from_bbox(canvas.figure.bbox)
        canvas.restore_region(self.background)
        pixels = np.asarray(canvas.buffer_rgba()).view(np.uint32)[..., 0]
        painted = [paint(pixels, *surface) for surface in self.surfaces]
        for artist in self.moving:
            if isinstance(artist, Text) and artist.get_text().strip():
                press(canvas, artist)
            else:
                artist.axes.draw_artist(artist)
        width, height = self.size
        return (
            f'<img alt="{html.escape(alt)}" width="{width}" height="{height}" decoding="sync" '
            f'src="data:image/png;base64,{b64encode(png(pixels, painted)).decode("ascii")}">'
        )


def paint(pixels, surface, left, top):
    """Paint a surface; return its place, its levels from 0 to `LEVELS` - 1 and their colours."""
    levels = (surface.outputs[::-1] * (LEVELS - 1) + 0.5).astype(np.uint8)
    levels = levels.repeat(COARSE, axis=0).repeat(COARSE, axis=1)
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
