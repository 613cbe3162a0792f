"""Pictures say what the numbers say; a figure reaches the reader with its words."""

import base64
import html
import io
import itertools
import re

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.colors import to_hex
from matplotlib.contour import ContourSet
from matplotlib.lines import AxLine
from matplotlib.patches import Circle
from PIL import Image, ImageColor

from xorlib.data import truth_table
from xorlib.ensemble import OUTCOMES
from xorlib.network import Parameters, forward, glorot_parameters, predict, uniform_parameters
from xorlib.plotting import (
    panels,
    plot_decision_surface,
    plot_hidden_lines,
    plot_hidden_space,
    plot_line,
    plot_loss,
    plot_network,
    plot_outcomes,
    plot_points,
    plot_shares,
    png_bytes,
    show,
)
from xorlib.plotting.style import CLASS_COLOURS, OUTPUT_COLOURS
from xorlib.training import train

X, y = truth_table()
NAN = float("nan")
# A network that has solved XOR, so that there is a boundary to look at.
SOLVED = train(uniform_parameters(42), X, y, learning_rate=0.5, epochs=10_000).parameters
MIXED = Parameters(
    np.array([[0.5, -1.25], [2.0, -7.5]]),
    np.array([[-0.75, 3.1]]),
    np.array([[9.0], [-0.01]]),
    np.array([[0.333]]),
)


SHARES = {"two units": (0.2, 0.15, 0.26), "all": (1.0, 0.97, 1.0), "none": (0.0, 0.0, 0.04)}


def solved(points):
    """Return the answers of the network that has solved XOR."""
    return predict(SOLVED, points)


def overlapping(ax):
    """Return the pairs of texts on `ax`, once it is drawn, that cover each other."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in ax.texts]
    pairs = itertools.combinations(boxes, 2)
    return [(one, other) for (one, box), (other, next_box) in pairs if box.overlaps(next_box)]


PLOTS = {
    "points": lambda ax=None: plot_points(X, y, ax),
    "surface": lambda ax=None: plot_decision_surface(solved, ax),
    "line": lambda ax=None: plot_line((1, -2), 0.3, ax),
    "lines": lambda ax=None: plot_hidden_lines(SOLVED, ax),
    "hidden space": lambda ax=None: plot_hidden_space(SOLVED, X, y, ax=ax),
    "loss": lambda ax=None: plot_loss([0.3, 0.2, 0.1], ax),
    "network": lambda ax=None: plot_network(SOLVED, ax),
    "outcomes": lambda ax=None: plot_outcomes([0, 1], [1, 0], ["solved", "all rows alike"], ax),
    "shares": lambda ax=None: plot_shares(SHARES, ax),
}
every_plot = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return plt.figure().add_subplot()


# What all have in common.


@every_plot
def test_a_plot_draws_on_the_axes_it_is_given_and_returns_them(plot, ax):
    other = ax.figure.add_subplot(122)
    plt.sca(other)  # "the current axes" are not what counts
    plot(ax)
    assert plot(ax) is ax
    assert ax.has_data() and not other.has_data()
    assert len(plt.get_fignums()) == 1


@every_plot
def test_a_plot_makes_one_figure_when_given_none(plot):
    made = plot()
    assert len(plt.get_fignums()) == 1
    assert made.figure is plt.gcf() and made.has_data()


@every_plot
def test_a_plot_changes_no_global_setting_and_draws_the_same_twice(plot):
    before, pictures = matplotlib.rcParams.copy(), []
    for _ in range(2):
        picture = io.BytesIO()
        plot().figure.savefig(picture, format="png")
        pictures.append(picture.getvalue())
    assert matplotlib.rcParams == before
    assert pictures[0] == pictures[1]


@every_plot
@pytest.mark.filterwarnings("error")
def test_a_plot_draws_without_a_warning(plot):
    plot().figure.canvas.draw()


@pytest.mark.parametrize("name", ["points", "surface", "lines", "hidden space"])
def test_planes_have_equal_aspect_and_labels(name):
    made = PLOTS[name]()
    made.figure.canvas.draw()
    assert made.get_aspect() == 1 and made.get_xlim() == made.get_ylim()
    assert made.get_xlabel() and made.get_ylabel()


# The four points.


def test_points_tell_their_class_by_marker_and_by_colour(ax):
    plot_points(X, y, ax)
    looks = {0: set(), 1: set()}
    for line, place, target in zip(ax.lines, X, y.ravel(), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), [place])
        looks[target].add((line.get_marker(), to_hex(line.get_color())))
    assert len(looks[0]) == len(looks[1]) == 1
    (marker0, colour0), (marker1, colour1) = *looks[0], *looks[1]
    assert marker0 != marker1 and colour0 != colour1


# As they are, and with two rows on one place, as in a hidden space where XOR is solved.
@pytest.mark.parametrize("places", [X, [[0, 0], [1, 0], [1, 0], [1, 1]]])
def test_each_point_bears_its_rows_name_and_no_two_names_overlap(places, ax):
    plot_points(places, y, ax)
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.texts] == ["00", "01", "10", "11"]
    np.testing.assert_array_equal([text.xy for text in ax.texts], places)
    assert not overlapping(ax)


# The decision surface.


def contours(ax):
    return [artist for artist in ax.collections if isinstance(artist, ContourSet)]


@pytest.mark.parametrize("parameters", [SOLVED, uniform_parameters(1), glorot_parameters(9, 5)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_contour_lies_where_the_network_answers_one_half(parameters, activation, ax):
    def answer(points):
        return predict(parameters, points, activation)

    plot_decision_surface(answer, ax)
    side = np.linspace(-0.5, 1.5, 50)
    grid = answer(np.array(list(itertools.product(side, side))))
    assert bool(contours(ax)) == (grid.min() < 0.5 < grid.max())
    for contour in contours(ax):
        assert contour.levels.tolist() == [0.5]
        vertices = contour.get_paths()[0].vertices
        assert len(vertices) > 10
        # Linear interpolation on a grid of 0.01: off by 0.01² / 8 times a curvature that is
        # below 100 for these networks, hence by about a thousandth.
        np.testing.assert_allclose(answer(vertices), 0.5, rtol=0, atol=2e-3)


def test_the_surface_shows_each_place_its_own_answer(ax):
    # x1 grows to the right and x2 upwards; a network that looks at x1 alone tells them apart.
    plot_decision_surface(lambda points: np.clip(points[:, :1], 0, 1), ax)
    (image,) = ax.images
    shown = image.get_array()
    assert image.origin == "lower" and image.get_extent() == [-0.5, 1.5, -0.5, 1.5]
    assert image.get_clim() == (0, 1)
    np.testing.assert_allclose(shown, np.tile(np.clip(np.linspace(-0.5, 1.5, 201), 0, 1), (201, 1)))


def test_a_surface_on_one_side_of_one_half_has_no_contour(ax):
    plot_decision_surface(lambda points: np.full((len(points), 1), 0.5), ax)
    assert not contours(ax)


def test_the_key_is_drawn_when_asked(ax):
    plot_decision_surface(lambda points: points[:, :1] ** 2 / 3, ax, colorbar=True)
    assert len(ax.figure.axes) == 2


# Lines.


def lines_and_arrows(ax):
    """Return for each line two of its points and its arrow's foot and head."""
    lines = [line for line in ax.lines if isinstance(line, AxLine)]
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    for line, arrow in zip(lines, arrows, strict=True):
        points = np.array([line.get_xy1(), line.get_xy2()])
        yield points, np.array(arrow.xyann), np.array(arrow.xy)


@pytest.mark.parametrize("seed", range(5))
def test_a_line_passes_where_z_is_0_and_its_arrow_points_to_the_positive_side(seed, ax):
    parameters = Parameters(*(4 * part - 2 for part in uniform_parameters(seed, 4)))
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5))
    plot_hidden_lines(parameters, ax)
    drawn = list(lines_and_arrows(ax))
    assert len(drawn) == 4
    for unit, (points, foot, head) in enumerate(drawn):
        z_points, z_foot, z_head = (
            forward(parameters, np.atleast_2d(place)).z1[:, unit] for place in (points, foot, head)
        )
        # Sums of three products of order 1 to 10.
        np.testing.assert_allclose([*z_points, *z_foot], 0, atol=1e-13)
        assert np.ptp(points, axis=0).any() and z_head > 0.01
        assert (head - foot) @ (points[1] - points[0]) == pytest.approx(0, abs=1e-13)
    names = [text.get_text() for text in ax.texts if text.get_text()]
    assert names == ["$h_1$", "$h_2$", "$h_3$", "$h_4$"]


def test_each_units_line_has_its_own_colour_and_style(ax):
    plot_hidden_lines(uniform_parameters(0, 4), ax)
    assert len({to_hex(line.get_color()) for line in ax.lines}) == 4
    assert len({line.get_linestyle() for line in ax.lines}) == 4


def test_a_line_leaves_the_limits_alone(ax):
    for limits in ((0, 1), (-0.5, 1.5)):
        if limits != (0, 1):
            ax.set(xlim=limits, ylim=limits)
        plot_line((1, 1), -5, ax)
        ax.figure.canvas.draw()
        assert ax.get_xlim() == ax.get_ylim() == limits


def test_a_unit_without_weights_has_no_line(ax):
    plot_line((0, 0), 1, ax)
    assert not ax.lines and not ax.texts


def test_hidden_space_has_the_points_at_their_activations_and_the_outputs_own_line(ax):
    plot_hidden_space(SOLVED, X, y, ax=ax)
    hidden = forward(SOLVED, X).a1
    drawn = np.concatenate([line.get_xydata() for line in ax.lines])
    np.testing.assert_array_equal(drawn, hidden)
    (contour,) = contours(ax)
    vertices = contour.get_paths()[0].vertices
    # On the line z2 = 0; it is straight, so interpolation across one of the grid's squares,
    # of side 0.01, moves it by a small part of that.
    distance = (vertices @ SOLVED.W2 + SOLVED.b2) / np.linalg.norm(SOLVED.W2)
    np.testing.assert_allclose(distance, 0, atol=1e-3)
    # XOR solved is XOR made separable: the line has each class on one side.
    assert (((hidden @ SOLVED.W2 + SOLVED.b2) > 0) == (y > 0.5)).all()


def test_hidden_space_makes_room_for_large_relu_activations(ax):
    parameters = Parameters(
        np.full((2, 2), 3.0), np.zeros((1, 2)), np.ones((2, 1)), np.zeros((1, 1))
    )
    plot_hidden_space(parameters, X, y, "relu", ax)
    assert ax.get_xlim()[1] > 6 and ax.get_ylim()[1] > 6


# The loss.


def test_loss_is_drawn_against_its_epochs(ax):
    plot_loss([0.3, 0.2, NAN, 0.1], ax, label="rate 0.1")
    plot_loss([0.5, 0.4], ax, epochs=[0, 100])
    np.testing.assert_array_equal(
        ax.lines[0].get_xydata(), [[0, 0.3], [1, 0.2], [2, NAN], [3, 0.1]]
    )
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[0, 0.5], [100, 0.4]])
    assert ax.lines[0].get_label() == "rate 0.1"
    assert ax.get_xlabel() == "epoch" and ax.get_ylabel() == "loss"
    assert ax.get_ylim()[0] == 0 and ax.get_ylim()[1] >= 0.5


# The diagram.


def written(value):
    """Return a number as a reader finds it: two decimals, a true minus sign."""
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(
    "parameters",
    [MIXED, SOLVED, glorot_parameters(1, 1), glorot_parameters(2, 3), glorot_parameters(3, 4)],
)
def test_the_diagram_holds_every_weight_and_bias(parameters, ax):
    plot_network(parameters, ax)
    texts = sorted(text.get_text() for text in ax.texts)
    hidden = parameters.b1.size
    names = ["$x_1$", "$x_2$", "out", *(f"$h_{unit + 1}$" for unit in range(hidden))]
    weights = [written(weight) for part in (parameters.W1, parameters.W2) for weight in part.flat]
    biases = [
        f"bias {written(bias)}" for part in (parameters.b1, parameters.b2) for bias in part.flat
    ]
    assert texts == sorted(names + weights + biases)
    circles = [tuple(patch.center) for patch in ax.patches if isinstance(patch, Circle)]
    assert len(set(circles)) == len(circles) == 3 + hidden


def links(parameters, ax):
    """Return weight and line of each link, found by the places of the two nodes it joins."""
    place = {text.get_text(): text.get_position() for text in ax.texts}
    joined = {
        frozenset(map(tuple, np.round(line.get_xydata(), 9))): line for line in ax.lines
    }  # fmt: skip
    hidden = range(parameters.b1.size)
    ends = [(f"$x_{i + 1}$", f"$h_{j + 1}$", parameters.W1[i, j]) for i in (0, 1) for j in hidden]
    ends += [(f"$h_{j + 1}$", "out", parameters.W2[j, 0]) for j in hidden]
    for start, end, weight in ends:
        yield weight, joined[frozenset(tuple(np.round(place[name], 9)) for name in (start, end))]


@pytest.mark.parametrize("parameters", [MIXED, SOLVED, glorot_parameters(2, 3)])
def test_a_links_dash_is_its_sign_and_its_width_its_size(parameters, ax):
    plot_network(parameters, ax)
    drawn = list(links(parameters, ax))
    assert len(drawn) == len(ax.lines) == parameters.W1.size + parameters.W2.size
    for weight, line in drawn:
        assert (line.get_linestyle() == "--") == (weight < 0)
    # Sizes from 8 on look alike; below, a larger weight has a wider link.
    widths = [line.get_linewidth() for _, line in sorted(drawn, key=lambda link: abs(link[0]))]
    sizes = np.minimum(sorted(abs(weight) for weight, _ in drawn), 8)
    assert ((np.diff(widths) > 0) == (np.diff(sizes) > 0)).all()


def test_a_links_number_lies_on_the_link(ax):
    plot_network(MIXED, ax)
    place = {text.get_text(): np.array(text.get_position()) for text in ax.texts}
    for weight, line in links(MIXED, ax):
        (start, end), spot = line.get_xydata(), place[written(weight)]
        along, away = end - start, spot - start
        assert along[0] * away[1] - along[1] * away[0] == pytest.approx(0, abs=1e-12)
        assert 0 < along @ away < along @ along


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_no_two_texts_of_the_diagram_overlap(hidden):
    made = plot_network(glorot_parameters(hidden, hidden))
    made.figure.canvas.draw()
    assert not overlapping(made)


# The page.

ALT = 'Four points; "a < b" & the line x1 + x2 = 0.5 between them.'


@pytest.fixture(scope="module")
def shell():
    """Return the shell that a kernel would have, its outputs caught below."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def shown(alt=ALT):
    """Return the two outputs of `show`, as a notebook would store them."""
    ax = plot_points(X, y)
    with capture_output() as captured:
        assert show(ax.figure, alt) is None
    assert captured.stdout == captured.stderr == ""
    return captured.outputs


def test_show_gives_the_picture_its_words_three_times(shell):
    picture, caption = shown()
    assert set(picture.data) == {"image/png", "text/plain"}
    assert picture.metadata["image/png"]["alt"] == picture.data["text/plain"] == ALT
    assert set(caption.data) == {"text/html", "text/plain"}
    assert caption.data["text/plain"] == ALT
    words = re.sub(r"</?(p|em)>", "", caption.data["text/html"])
    assert html.unescape(words) == ALT
    assert "<" not in words and "&lt;" in words and "&amp;" in words


def test_show_stores_a_sharp_picture_at_the_size_of_its_metadata(shell):
    picture = shown()[0]
    image = Image.open(io.BytesIO(base64.b64decode(picture.data["image/png"], validate=True)))
    size = (picture.metadata["image/png"]["width"], picture.metadata["image/png"]["height"])
    assert image.format == "PNG"
    assert np.abs(np.array(image.size) - 2 * np.array(size)).max() <= 1  # half a pixel rounded


def test_a_stored_picture_keeps_the_colours_that_mean_something():
    figure, ax = panels()
    plot_decision_surface(solved, ax)
    plot_points(X, y, ax)
    picture = Image.open(io.BytesIO(png_bytes(figure)))
    assert picture.mode == "P"  # at most 256 colours, or notebooks grow too large
    colours = {rgb for _, rgb in picture.convert("RGB").getcolors(256)}
    assert {ImageColor.getrgb(colour) for colour in (*CLASS_COLOURS, "#FFFFFF")} <= colours
    for answer in (0, 1):  # the surface too
        ends = np.array(ImageColor.getrgb(to_hex(OUTPUT_COLOURS(answer))))
        assert min(np.abs(ends - rgb).max() for rgb in colours) <= 2


def test_show_closes_its_figure_and_no_other(shell):
    kept = panels()[0]
    shown()
    assert plt.get_fignums() == [kept.number]


def test_show_stores_the_same_bytes_twice(shell):
    assert shown()[0].data == shown()[0].data


def test_show_writes_the_words_on_one_line(shell):
    for output in shown("Four points\n    and a line between them.\n"):
        assert output.data["text/plain"] == "Four points and a line between them."


def test_panels_are_side_by_side():
    figure, axes = panels(3, rows=2, size=(2, 1))
    assert axes.shape == (2, 3) and figure.get_size_inches().tolist() == [6, 2]
    assert len(plt.get_fignums()) == 1


# Thousands of networks.


def test_each_outcome_has_its_own_colour_and_marker_and_its_name(ax):
    places = np.arange(len(OUTCOMES))
    plot_outcomes(places, -places, OUTCOMES, ax)
    groups = ax.collections
    assert [group.get_label() for group in groups] == list(OUTCOMES)
    looks = [(to_hex(g.get_facecolor()[0]), g.get_paths()[0].vertices.tobytes()) for g in groups]
    assert len({colour for colour, _ in looks}) == len({shape for _, shape in looks}) == len(looks)
    for group, outcome in zip(groups, OUTCOMES, strict=True):
        place = OUTCOMES.index(outcome)
        np.testing.assert_array_equal(group.get_offsets(), [[place, -place]])


def test_shares_are_written_and_drawn_with_their_intervals(ax):
    plot_shares(SHARES, ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == list(SHARES)
    assert [text.get_text() for text in ax.texts] == ["20.0%", "100.0%", "0.0%"]
    bars = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2][:3]
    dots = [line.get_xdata() for line in ax.lines if line.get_marker() == "o"]
    for (share, low, high), bar, dot in zip(SHARES.values(), bars, dots, strict=True):
        assert list(bar) == [low, high] and list(dot) == [share]
    assert ax.lines[-1].get_xdata() == [0.2, 0.2]  # to compare the others with the first
    lines = len(ax.lines)
    plot_shares(SHARES, ax, compare=False)
    assert len(ax.lines) == lines + 6


# What is refused.

NO_ARRAYS = ["0 1", None, [[0, 1], [1]], X.astype(bool), X + 0j, [], X[0], np.where(X, NAN, 0)]
NOT_WHOLE = [0, -1, 1.5, True, "2", None]


@pytest.mark.parametrize(
    ("call", "name", "values"),
    [
        (lambda v: plot_points(v, y), "X", [*NO_ARRAYS, np.ones((4, 3))]),
        (lambda v: plot_points(X, v), "y", [*NO_ARRAYS, y.ravel(), y[:3], y / 2, y - 1]),
        (lambda v: plot_points(X, y, names=v), "names", [("a", "b"), ()]),
        (
            lambda v: plot_decision_surface(lambda points: v),
            "predict(points)",
            [*NO_ARRAYS, 0.5, np.full(201 * 201, 0.5), np.full((201 * 201, 1), NAN)],
        ),
        (lambda v: plot_line(v, 0), "weights", [*NO_ARRAYS[:6], X, (1, 2, 3), (1, NAN), 1]),
        (lambda v: plot_line((1, 1), v), "bias", [None, "0", True, NAN, [0], 1j]),
        (plot_hidden_lines, "parameters", [None, "P", SOLVED[:3]]),
        (lambda v: plot_hidden_lines(SOLVED._replace(W1=v)), "W1", [np.ones((3, 2)), None]),
        (lambda v: plot_hidden_space(v, X, y), "parameters", [None, "P", SOLVED[:3]]),
        (lambda v: plot_hidden_space(SOLVED, v, y), "X", NO_ARRAYS),
        (lambda v: plot_hidden_space(SOLVED, X, v), "y", [*NO_ARRAYS, y.ravel(), y / 2]),
        (lambda v: plot_hidden_space(SOLVED, X, y, v), "activation", ["tanh", None, ["relu"]]),
        (lambda v: plot_hidden_space(uniform_parameters(0, v), X, y), "W2", [1, 3]),
        (plot_loss, "losses", ["0.1", None, [[1, 2]], [], [1j], [True]]),
        (lambda v: plot_loss([1, 2], epochs=v), "epochs", ["01", [1], [[0, 1]], [0, NAN]]),
        (plot_network, "parameters", [None, "P", SOLVED[:3]]),
        (lambda v: plot_network(SOLVED._replace(b2=v)), "b2", [0.0, [1], [[NAN]], None]),
        (lambda v: plot_network(uniform_parameters(0, v)), "hidden units", [5, 9]),
        (lambda v: plot_outcomes(v, [1, 2], ["solved"] * 2), "x", ["01", None, [[0, 1]], [NAN, 1]]),
        (lambda v: plot_outcomes([1, 2], v, ["solved"] * 2), "y", ["01", None, [1], [NAN, 1]]),
        (lambda v: plot_outcomes([1], [2], v), "outcomes", [["lost"], [], "solved", [0], None]),
        (plot_shares, "shares", [{}, None, [1], {"a": (0.2, 0.3, 0.4)}, {"a": (1, 1)}]),
        (plot_shares, "shares", [{"a": (0.5, -0.1, 0.9)}, {"a": "123"}, {"a": (NAN, 0, 1)}]),
        (panels, "columns", NOT_WHOLE),
        (lambda v: panels(rows=v), "rows", NOT_WHOLE),
        (lambda v: show(panels()[0], v), "alt", [None, "", "a plot", 7, "a" + 30 * " " + "b"]),
    ],
)
def test_a_bad_argument_is_named_in_a_value_error(call, name, values):
    for value in values:
        with pytest.raises(
            ValueError, match=rf"(?s)^{re.escape(name)} must .+, but (is|has shape|holds) .+"
        ):
            call(value)
