"""Two pictures are alike if letters lie otherwise between the pixels, and nothing else differs."""

import io
from base64 import b64encode

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.transforms import ScaledTranslation
from PIL import Image

from tests.networks import network
from tests.pictures import alike, complaint
from xorlib.plotting import style
from xorlib.plotting.curves import plot_losses
from xorlib.plotting.page import panels, png_bytes
from xorlib.plotting.planes import plot_input_plane

BY_HAND = network([[10, 10], [10, 10]], [-5, -15], [10, -10], -5)
LOSSES = np.linspace(0.3, 0.01, 50) ** 2


def moved(artist, right, up):
    """Move something by so many of the stored picture's pixels, of which an inch has 180."""
    inches = artist.get_figure().dpi_scale_trans
    by = ScaledTranslation(right / 180, up / 180, inches)
    artist.set_transform(artist.get_transform() + by)


def draw(change=lambda plane, ax: None):
    """Return a picture of a plane and of two curves, with a change after all is laid out."""
    figure, (plane, ax) = panels(2, size=2.2)
    plot_input_plane(BY_HAND, plane)
    plot_losses({"first": LOSSES, "second": LOSSES / 2}, ax)
    figure.canvas.draw()
    change(plane, ax)
    png = png_bytes(figure)
    plt.close(figure)
    return png


@pytest.fixture(scope="module")
def stored():
    return draw()


def with_rows(png, rows):
    """Return a PNG with some of its rows of points painted red."""
    points = np.array(Image.open(io.BytesIO(png)).convert("RGB"))
    points[rows] = (255, 0, 0)
    file = io.BytesIO()
    Image.fromarray(points).save(file, format="png")
    return file.getvalue()


@pytest.mark.parametrize("place", [(0.5, 0), (0, 0.5), (-0.5, 0.5), (1, 1)])
def test_letters_may_lie_otherwise_between_the_pixels(stored, place):
    drawn = draw(lambda plane, ax: moved(ax.get_legend().get_texts()[0], *place))
    assert drawn != stored and alike(stored, drawn) and alike(drawn, stored)


@pytest.mark.parametrize(
    "change",
    [
        lambda plane, ax: ax.get_legend().remove(),
        lambda plane, ax: moved(ax.lines[0], 0, 2),
        lambda plane, ax: moved(ax.lines[1], 0, -2),
        lambda plane, ax: moved(plane.lines[-1], 2, 0),  # a row's point
        lambda plane, ax: ax.lines[1].set_linestyle(":"),
        lambda plane, ax: ax.lines[1].set_color("#0052B2"),
        lambda plane, ax: plane.texts[-1].set_text("10"),
        lambda plane, ax: plane.collections[0].remove(),  # the boundary
        lambda plane, ax: ax.figure.set_size_inches(4.4, 2.3),
    ],
)
def test_nothing_else_may_differ(stored, change):
    assert not alike(stored, draw(change))


def test_a_red_square_a_thin_red_line_and_exchanged_classes_are_found(stored, monkeypatch):
    assert alike(stored, draw()) and not alike(stored, with_rows(stored, slice(None)))
    assert not alike(stored, with_rows(stored, slice(200, 202)))
    monkeypatch.setattr(style, "CLASS_COLOURS", style.CLASS_COLOURS[::-1])
    assert not alike(stored, draw())


def test_a_missing_or_another_picture_is_complained_of(stored):
    def outputs(*pngs):
        pictures = [{"data": {"image/png": b64encode(png).decode()}} for png in pngs]
        return [{"output_type": "stream", "text": "no picture"}, *pictures]

    other = with_rows(stored, slice(9, 20))
    assert complaint(outputs(stored), outputs(stored)) == complaint(outputs(), outputs()) == ""
    assert complaint(outputs(stored), outputs()) == "1 pictures are stored, 0 are drawn"
    assert complaint(outputs(), outputs(stored)) == "0 pictures are stored, 1 are drawn"
    told = complaint(outputs(stored, other), outputs(stored, stored))
    assert told == "stored pictures [1] are not those drawn"
