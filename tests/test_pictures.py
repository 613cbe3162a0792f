"""Two pictures are alike if nothing but the smoothing of their letters differs."""

import io
from base64 import b64encode

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from tests.pictures import alike, complaint

DPI = 180


def draw(right=0, up=0, word="01", point=0, line=0, colour="#0072B2", style="-", width=2):
    """Return a small picture of a word, a point and a line, moved by some of its pixels."""
    figure = plt.figure(figsize=(width, 1), dpi=DPI)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, DPI * width), ylim=(0, DPI))
    ax.axis("off")
    ax.text(40 + right, 110 + up, word)
    ax.plot([140 + point], [120], "o", color=colour)
    ax.plot([30, 250], [30 + line, 60 + line], style, color=colour)
    file = io.BytesIO()
    figure.savefig(file)
    plt.close(figure)
    return file.getvalue()


STORED = draw()


@pytest.mark.parametrize("place", [(-0.5, 0.5), (1, 1)])
def test_text_may_be_smoothed_differently(place):
    drawn = draw(*place)
    assert drawn != STORED and alike(STORED, drawn) and alike(drawn, STORED)


@pytest.mark.parametrize("change", [
    {"word": ""}, {"word": "10"}, {"line": 2}, {"point": 2}, {"style": ":"},
    {"colour": "#0052B2"}, {"colour": "#D55E00"}, {"width": 2.1},
])  # fmt: skip
def test_nothing_else_may_differ(change):
    assert not alike(STORED, draw(**change))


def test_a_missing_or_different_picture_is_reported():
    def outputs(*pngs):
        pictures = [{"data": {"image/png": b64encode(png).decode()}} for png in pngs]
        return [{"output_type": "stream", "text": "no picture"}, *pictures]

    points, file = np.array(Image.open(io.BytesIO(STORED))), io.BytesIO()
    points[100:102] = (255, 0, 0, 255)  # a thin red line
    Image.fromarray(points).save(file, format="png")
    assert complaint(outputs(STORED), outputs(STORED)) == complaint(outputs(), outputs()) == ""
    assert complaint(outputs(STORED), outputs())
    assert " [1] " in complaint(outputs(STORED, file.getvalue()), outputs(STORED, STORED))
