"""Two pictures are alike if nothing but the smoothing of their letters differs."""

import io
from base64 import b64encode

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.transforms import ScaledTranslation
from PIL import Image

from tests.networks import network
from tests.pictures import alike, complaint
from xorlib.plotting.curves import plot_losses
from xorlib.plotting.page import panels, png_bytes
from xorlib.plotting.planes import plot_input_plane
from xorlib.plotting.style import CLASS_COLOURS

BY_HAND = network([[10, 10], [10, 10]], [-5, -15], [10, -10], -5)
LOSSES = np.linspace(0.3, 0.01, 50) ** 2


def moved(artist, right, up):
    """Move something by a number of the stored picture's pixels, 180 to the inch."""
    inches = artist.get_figure().dpi_scale_trans
    by = ScaledTranslation(right / 180, up / 180, inches)
    artist.set_transform(artist.get_transform() + by)


def draw(change=lambda plane, ax: None):
    """Return a small picture of a plane and of two curves, after making a change."""
    figure, (plane, ax) = panels(2, size=1.8)
    plot_input_plane(BY_HAND, plane)
    plot_losses({"first": LOSSES, "second": LOSSES / 2}, ax)
    change(plane, ax)
    png = png_bytes(figure)
    plt.close(figure)
    return png


@pytest.fixture(scope="module")
def stored():
    return draw()


@pytest.mark.parametrize("place", [(-0.5, 0.5), (1, 1)])
def test_text_may_be_smoothed_differently(stored, place):
    drawn = draw(lambda plane, ax: moved(ax.get_legend().get_texts()[0], *place))
    assert drawn != stored and alike(stored, drawn) and alike(drawn, stored)


@pytest.mark.parametrize(
    "change",
    [
        lambda plane, ax: ax.get_legend().remove(),
        lambda plane, ax: moved(ax.lines[0], 0, 2),
        lambda plane, ax: moved(plane.lines[-1], 2, 0),  # a row's point
        lambda plane, ax: plane.lines[-1].set_color(CLASS_COLOURS[1]),  # the other class's
        lambda plane, ax: ax.lines[1].set_linestyle(":"),
        lambda plane, ax: ax.lines[1].set_color("#0052B2"),
        lambda plane, ax: plane.texts[-1].set_text("10"),
        lambda plane, ax: plane.collections[0].remove(),  # the boundary
        lambda plane, ax: ax.figure.set_size_inches(3.6, 1.9),
    ],
)
def test_nothing_else_may_differ(stored, change):
    assert not alike(stored, draw(change))


def test_a_missing_or_different_picture_is_reported(stored):
    def outputs(*pngs):
        pictures = [{"data": {"image/png": b64encode(png).decode()}} for png in pngs]
        return [{"output_type": "stream", "text": "no picture"}, *pictures]

    points, file = np.array(Image.open(io.BytesIO(stored))), io.BytesIO()
    points[100:102] = (255, 0, 0)  # a thin red line
    Image.fromarray(points).save(file, format="png")
    assert complaint(outputs(stored), outputs(stored)) == complaint(outputs(), outputs()) == ""
    assert complaint(outputs(stored), outputs())
    assert " [1] " in complaint(outputs(stored, file.getvalue()), outputs(stored, stored))
