"""The frame of a figure, and its way to the reader: picture, alternative text, caption."""

import html
import io
from base64 import b64encode

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from PIL import Image, ImageColor

from xorlib import validation
from xorlib.plotting import style

PIXELS_PER_INCH = 90  # on the page; the stored picture has twice as many, for sharp screens


def panels(columns=1, rows=1, size=3.3):
    """Return a new figure and its Axes, side by side and without overlap.

    Parameters
    ----------
    columns, rows : int
        Panels across and down, at least 1.
    size : float or (float, float)
        Of one panel, in inches: a square's side, or (width, height).

    Returns
    -------
    figure : matplotlib Figure
    axes : Axes, or ndarray of Axes if there is more than one panel

    Raises
    ------
    ValueError
        If `columns` or `rows` is not a whole number of at least 1.
    """
    columns = validation.whole_number("columns", columns, 1)
    rows = validation.whole_number("rows", rows, 1)
    width, height = size if isinstance(size, tuple) else (size, size)
    return plt.subplots(
        rows, columns, figsize=(width * columns, height * rows), layout="constrained"
    )


def axes_or_new(ax):
    """Return `ax`, or the Axes of a new figure where it is None."""
    return panels()[1] if ax is None else ax


def png_bytes(figure):
    """Return the figure as the bytes of a PNG file, for screens of twice the usual sharpness."""
    drawn, png = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=2 * PIXELS_PER_INCH)
    sparing_colours(Image.open(drawn).convert("RGB")).save(png, format="png", optimize=True)
    return png.getvalue()


def sparing_colours(image):
    """Return the image in 256 colours, those with a meaning among them exactly as they are.

    It looks the same, and keeps a notebook of ten pictures well below a megabyte.
    """
    fixed = [*style.CLASS_COLOURS, *style.UNIT_COLOURS, style.INK, "#000000", "#FFFFFF"]
    fixed = [ImageColor.getrgb(colour) for colour in fixed]
    surface = np.round(255 * style.OUTPUT_COLOURS(np.linspace(0, 1, 151))[:, :3])
    others = image.quantize(256 - len(fixed) - len(surface)).getpalette()
    palette = np.concatenate([fixed, surface, np.reshape(others, (-1, 3))]).astype(int)

    pixels = np.asarray(image, dtype=int)
    colours, place = np.unique(pixels @ [65536, 256, 1], return_inverse=True)
    colours = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    nearest = np.square(colours[:, np.newaxis] - palette).sum(axis=2).argmin(axis=1)
    sparing = Image.fromarray(nearest[place].reshape(pixels.shape[:2]).astype(np.uint8), mode="P")
    sparing.putpalette(palette.astype(np.uint8).tobytes())
    return sparing


def show(figure, alt):
    """Display a figure with its alternative text, then the same words as a caption.

    The words go into the output's ``image/png`` metadata under ``alt``, into its plain-text
    form, and under the picture: JupyterLab drops the metadata, and a caption serves everyone.

    Parameters
    ----------
    figure : matplotlib Figure
        Closed afterwards, so that it is not shown twice.
    alt : str
        What is to be seen, in a sentence or two.

    Raises
    ------
    ValueError
        If `alt` is not a text of at least 20 letters.
    """
    words = " ".join(alt.split()) if isinstance(alt, str) else ""
    if len(words) < 20:
        raise ValueError(f"alt must say in 20 letters or more what is seen, but is {alt!r}")
    alt = words
    png = png_bytes(figure)
    width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
    plt.close(figure)
    display(
        {"image/png": b64encode(png).decode("ascii"), "text/plain": alt},
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
        raw=True,
    )
    caption = f"<p><em>{html.escape(alt, quote=False)}</em></p>"
    display({"text/html": caption, "text/plain": alt}, raw=True)
