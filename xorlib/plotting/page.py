"""The frame of a figure, and its way to the reader: the picture and what it shows in words."""

import html
import io
from base64 import b64encode

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from PIL import Image

from xorlib import arguments

PIXELS_PER_INCH = 90  # on the page; the stored picture has twice as many, for sharp screens


def panels(columns=1, rows=1, size=3.3):
    """Return a new figure and its Axes, `columns` across and `rows` down, without overlap.

    `size` is that of one panel, in inches, up to 20: a square's side, or (width, height).
    """
    columns = arguments.whole_number("columns", columns, 1, 20)
    rows = arguments.whole_number("rows", rows, 1, 20)
    width, height = np.broadcast_to(arguments.positive("size", size, 20, length=2), 2)
    figsize = (width * columns, height * rows)
    return plt.subplots(rows, columns, figsize=figsize, layout="constrained")


def _on(ax, size=3.3):
    """Return the Axes to draw on: `ax`, or those of a new figure of that size where it is None."""
    return panels(size=size)[1] if ax is None else arguments.instance("ax", ax, plt.Axes)


def describe(ax, words):
    """Add a sentence to what `show` says about these Axes."""
    arguments.instance("ax", ax, plt.Axes)
    ax.words = [*getattr(ax, "words", []), arguments.instance("words", words, str)]


def words_of(picture):
    """Return what a figure, or that of some Axes, shows, in words: by panel, with its title."""
    told = []
    for ax in arguments.instance("picture", picture, plt.Figure, plt.Axes).figure.axes:
        if words := getattr(ax, "words", []):
            title = ax.get_title().replace("$", "").replace("_", "")
            told.append(" ".join([f"{title}:", *words] if title else words))
    return " ".join(told)


def png_bytes(picture):
    """Return a figure (or that of some Axes) as the bytes of a PNG file, for sharp screens.

    Colours are rounded to a multiple of 4 of 255, which nobody sees: files are half as large.
    """
    figure = arguments.instance("picture", picture, plt.Figure, plt.Axes).figure
    drawn, png = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=2 * PIXELS_PER_INCH, pil_kwargs={"compress_level": 0})
    rounded = Image.open(drawn).convert("RGB").point(lambda level: min(4 * round(level / 4), 255))
    rounded.save(png, format="png", optimize=True)
    return png.getvalue()


def show(picture):
    """Display a figure (or that of some Axes) and, folded below it, in words what it shows.

    The words are the picture's alternative text, too (``alt`` in its metadata; JupyterLab and
    nbconvert drop that), and its plain-text form. The metadata hold its size and how many panels
    stand side by side, too. The figure is closed, not to be shown twice.
    """
    words, png = words_of(picture), png_bytes(picture)
    figure = picture.figure
    width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
    grids = [ax.get_gridspec() for ax in figure.axes if ax.get_gridspec()]
    columns = max([1, *(grid.ncols for grid in grids)])
    plt.close(figure)
    data = {"image/png": b64encode(png).decode("ascii"), "text/plain": words}
    told = {"alt": words, "width": width, "height": height, "columns": columns}
    display(data, metadata={"image/png": told}, raw=True)
    folded = f"<details><summary>The picture in words</summary>{html.escape(words)}</details>"
    display({"text/html": folded, "text/plain": "The picture in words: see above."}, raw=True)
