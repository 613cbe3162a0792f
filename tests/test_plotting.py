"""Pictures say what the numbers say, in colours and in words; a figure reaches the reader."""

import html
import io
import itertools
import re
from base64 import b64decode

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.colors import to_hex
from matplotlib.lines import AxLine
from matplotlib.patches import Circle
from PIL import Image, ImageColor

from tests.networks import network
from xorlib.data import truth_table
from xorlib.ensemble import OUTCOMES, census, starts
from xorlib.network import forward, glorot_parameters, predict, sigmoid, uniform_parameters
from xorlib.plotting import crowds, curves, diagram, planes
from xorlib.plotting.page import panels, png_bytes, show, words_of
from xorlib.plotting.planes import ROWS
from xorlib.plotting.style import CLASS_COLOURS, OUTCOME_MARKS, OUTPUT_COLOURS, fixed

X, y = truth_table()
NAN = float("nan")
# h1 is OR, h2 is AND, and the output is on for the first alone.
BY_HAND = network([[10, 10], [10, 10]], [-5, -15], [10, -10], -5)
MIXED = network([[0.5, -1.25], [2.0, -7.5]], [-0.75, 3.1], [9.0, -0.01], 0.333)
SHARES = {"two units": (0.2, 0.15, 0.26), "all": (1.0, 0.97, 1.0), "none": (0.0, 0.0, 0.04)}
COUNTED = census(300, seed=5, epochs=300)

PLOTS = {
    "points": lambda ax=None: planes.plot_points(X, y, ax),
    "neuron": lambda ax=None: planes.plot_neuron([1, 1], -1.5, ax, gate="and"),
    "input plane": lambda ax=None: planes.plot_input_plane(BY_HAND, ax),
    "hidden space": lambda ax=None: planes.plot_hidden_space(BY_HAND, ax),
    "activation": lambda ax=None: curves.plot_activation("leaky_relu", ax),
    "cross-entropy": lambda ax=None: curves.plot_cross_entropy(ax),
    "losses": lambda ax=None: curves.plot_losses(
        {"one": [0.3, 0.2, 0.1], "other": [0.3, 0.3, 0.3]}, ax
    ),
    "network": lambda ax=None: diagram.plot_network(BY_HAND, ax),
    "shares": lambda ax=None: crowds.plot_shares(SHARES, ax),
    "sectors": lambda ax=None: crowds.plot_sectors(starts(2000, seed=5), ax),
    "luck": lambda ax=None: crowds.plot_luck(COUNTED, (1, 1), ax),
}
every_plot = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return plt.figure().add_subplot()


def overlapping(ax):
    """Return the pairs of texts on `ax` that cover each other."""
    ax.figure.canvas.draw()
    boxes = [(t.get_text(), t.get_window_extent()) for t in ax.texts if t.get_text()]
    pairs = itertools.combinations(boxes, 2)
    return [(one, other) for (one, box), (other, next_box) in pairs if box.overlaps(next_box)]


def test_a_story_of_a_picture_and_its_words(ax):
    planes.plot_input_plane(BY_HAND, ax)
    assert words_of(ax.figure) == (
        "Outputs 0.01 at 00, 0.99 at 01, 0.99 at 10 and 0.01 at 11. "
        "The decision boundary is in 2 pieces. "
        "The line of h1 has 01, 10 and 11 on its positive side. "
        "The line of h2 has 11 on its positive side."
    )


# What all have in common.


@every_plot
@pytest.mark.filterwarnings("error")
def test_a_plot_draws_on_the_axes_it_is_given_or_on_a_new_figure(plot, ax):
    other = ax.figure.add_subplot(122)
    plt.sca(other)  # "the current axes" are not what counts
    assert plot(ax) is ax and ax.has_data() and not other.has_data()
    assert len(plt.get_fignums()) == 1
    made = plot()
    assert len(plt.get_fignums()) == 2 and made.figure is plt.gcf() and made.has_data()
    made.figure.canvas.draw()
    with pytest.raises(ValueError, match="^ax must be Matplotlib Axes, but is 'here'"):
        plot("here")


@every_plot
def test_a_plot_changes_no_global_setting_and_draws_the_same_twice(plot):
    before = matplotlib.rcParams.copy()
    one, other = plot().figure, plot().figure
    assert png_bytes(one) == png_bytes(other)
    assert words_of(one) == words_of(other) and len(words_of(one)) > 50
    assert matplotlib.rcParams == before


@pytest.mark.parametrize("name", ["points", "neuron", "input plane", "hidden space"])
def test_planes_have_equal_aspect_and_labels(name):
    made = PLOTS[name]()
    made.figure.canvas.draw()
    assert made.get_aspect() == 1 and made.get_xlim() == made.get_ylim()
    assert made.get_xlabel() and made.get_ylabel()


# The planes.


def points_of(ax):
    return [line for line in ax.lines if line.get_marker() != "None"]


def test_points_tell_their_class_by_marker_and_by_colour(ax):
    planes.plot_points(X, y, ax)
    looks = [(line.get_marker(), to_hex(line.get_color())) for line in points_of(ax)]
    np.testing.assert_array_equal([line.get_xydata()[0] for line in points_of(ax)], X)
    assert looks[0] == looks[3] and looks[1] == looks[2]
    assert looks[0][0] != looks[1][0] and looks[0][1] != looks[1][1]
    assert words_of(ax.figure) == (
        "Circles, target 0, at 00 and 11. Squares, target 1, at 01 and 10."
    )
    planes.plot_points(X, np.ones((4, 1)), plt.figure().add_subplot())
    assert words_of(plt.gcf()).startswith(
        "Circles, target 0, at no row. Squares, target 1, at 00, 01"
    )


# As they are, and with two rows on one place, as in a hidden space where XOR is solved.
@pytest.mark.parametrize("places", [X, [[0, 0], [1, 0], [1, 0], [1, 1]]])
def test_each_point_bears_its_rows_name_and_no_two_names_overlap(places, ax):
    planes.plot_points(places, y, ax)
    assert [text.get_text() for text in ax.texts] == ["00", "01", "10", "11"]
    np.testing.assert_array_equal([text.xy for text in ax.texts], places)
    assert not overlapping(ax)


def contour(ax):
    """Return the vertices of the boundary drawn on `ax`, (0, 2) where there is none."""
    paths = [path for sets in ax.collections for path in sets.get_paths()]
    return np.concatenate([path.vertices for path in paths] or [np.empty((0, 2))])


@pytest.mark.parametrize(
    "parameters",
    [BY_HAND, uniform_parameters(1), glorot_parameters(9, 5), glorot_parameters(3, 2, "sigmoid")],
)
def test_the_surface_shows_the_outputs_and_the_contour_lies_where_they_are_one_half(parameters, ax):
    planes.plot_input_plane(parameters, ax)
    (image,) = ax.images
    assert image.origin == "lower" and image.get_extent() == [-0.5, 1.5, -0.5, 1.5]
    assert image.get_clim() == (0, 1) and image.get_cmap() is OUTPUT_COLOURS
    line = np.linspace(-0.5, 1.5, 201)
    grid = predict(parameters, np.array([(x1, x2) for x2 in line for x1 in line])).reshape(201, 201)
    np.testing.assert_allclose(image.get_array(), grid, rtol=0, atol=1e-12)
    some = bool(grid.min() < 0.499 and grid.max() > 0.501)
    assert (len(contour(ax)) > 10) == some
    told = ("no decision boundary", "The decision boundary is in")[some]
    assert told in words_of(ax.figure)
    if not some:
        return
    # Linear interpolation on a grid of 0.01: off by 0.01² / 8 times a curvature that is
    # below 100 for these networks, hence by about a thousandth.
    np.testing.assert_allclose(predict(parameters, contour(ax)), 0.5, rtol=0, atol=2e-3)


@pytest.mark.parametrize("level", [0.4995, 0.5, 0.5005])
def test_a_surface_within_a_thousandth_of_one_half_has_no_contour(level, ax):
    assert planes.surface_on(ax, lambda points: np.full(len(points), level), (0, 1)) == 0
    assert not len(contour(ax))


def test_the_key_from_colours_to_outputs_is_drawn_when_asked(ax):
    _, key = planes.plot_neuron([1, 1], 0, colorbar=True).figure.axes
    assert key.get_ylim() == (0, 1) and key.get_yticks().tolist() == [0, 0.5, 1]
    assert key.figure.get_size_inches().tolist() == [4.3, 3.4]
    assert len(planes.plot_input_plane(BY_HAND, colorbar=True).figure.axes) == 2
    assert len(planes.plot_input_plane(BY_HAND, ax).figure.axes) == 1


@pytest.mark.parametrize("seed", range(6))
def test_a_line_passes_where_z_is_0_and_its_arrow_points_to_the_positive_side(seed, ax):
    parameters = glorot_parameters(seed, 4)._replace(b1=np.array([[0.3, -0.4, 0.1, 0.2]]))
    planes.plot_input_plane(parameters, ax)
    lines = [line for line in ax.lines if isinstance(line, AxLine)]
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    for unit, (line, arrow) in enumerate(zip(lines, arrows, strict=True)):
        ends = np.array([line.get_xy1(), line.get_xy2()])
        foot, head = np.array(arrow.xyann), np.array(arrow.xy)
        z = forward(parameters, np.array([*ends, foot, head, *X])).z1[:, unit]
        np.testing.assert_allclose(z[:3], 0, atol=1e-13)  # sums of three products of order 1
        assert np.ptp(ends, axis=0).any() and z[3] > 0.01
        assert (head - foot) @ (ends[1] - ends[0]) == pytest.approx(0, abs=1e-13)
        rows = planes.listed([name for name, value in zip(ROWS, z[4:], strict=True) if value > 0])
        assert f"The line of h{unit + 1} has {rows} on its positive side." in words_of(ax.figure)
    assert len({to_hex(line.get_color()) + line.get_linestyle() for line in lines}) == 4
    names = [text for text in ax.texts if text.get_text().startswith("$h")]
    assert len(names) == 4 and not overlapping(ax)
    for name in names:
        box = name.get_window_extent()
        assert not any(box.contains(*point) for point in ax.transData.transform(X))
    planes.plot_input_plane(parameters, fresh := plt.figure().add_subplot(), names=False)
    assert not [text for text in fresh.texts if text.get_text().startswith("$h")]


def test_a_neuron_has_the_rows_of_its_gate_and_one_line(ax):
    planes.plot_neuron([1, 1], -1.5, ax, gate="and", title="AND")
    assert [line.get_marker() for line in points_of(ax)] == ["o", "o", "o", "s"]
    np.testing.assert_allclose(sigmoid(contour(ax) @ [1, 1] - 1.5), 0.5, atol=1e-9)
    told = "AND: Outputs 0.18 at 00, 0.38 at 01, 0.38 at 10 and 0.62 at 11. The line has 11 on its"
    assert words_of(ax.figure) == told + " positive side."
    planes.plot_neuron([0, 0], 1, blank := plt.figure().add_subplot())
    assert not [line for line in blank.lines if isinstance(line, AxLine)]
    assert "The line has 00, 01, 10 and 11 on" in words_of(blank.figure)


def test_hidden_space_has_the_points_at_their_activations_and_the_outputs_own_line(ax):
    planes.plot_hidden_space(BY_HAND, ax)
    hidden = forward(BY_HAND, X).a1
    np.testing.assert_array_equal([line.get_xydata()[0] for line in points_of(ax)], hidden)
    # On the line z2 = 0; it is straight, so interpolation moves it by a small part of 0.01.
    distance = (contour(ax) @ BY_HAND.W2 + BY_HAND.b2) / np.linalg.norm(BY_HAND.W2)
    np.testing.assert_allclose(distance, 0, atol=1e-3)
    assert words_of(ax.figure) == (
        "In the hidden space 00 at (0.01, 0.00), 01 at (0.99, 0.01), 10 at (0.99, 0.01) and 11 at "
        "(1.00, 0.99). The output unit's line has 01 and 10 on its positive side."
    )


def test_hidden_space_makes_room_for_large_relu_activations(ax):
    planes.plot_hidden_space(network([[3, 3], [3, 3]], [0, 0], [1, 1], 0, "relu"), ax)
    assert ax.get_xlim() == ax.get_ylim() and ax.get_xlim()[0] < 0 and ax.get_xlim()[1] > 6
    assert ax.get_xticks()[1] == 6


def test_both_planes_side_by_side_have_their_title_in_the_words():
    figure, axes = panels(2)
    planes.plot_planes(BY_HAND, axes, title="epoch $e_0$")
    assert words_of(figure).startswith("epoch e0: Outputs 0.01 at 00")
    assert "positive side. In the hidden space 00 at" in words_of(figure)


# Curves.


def test_losses_are_drawn_against_their_epochs_with_marks(ax):
    losses = np.linspace(0.3, 0.1, 21)
    curves.plot_losses({"slow": losses, "fast": losses / 2}, ax, marks={"half-way": 10})
    np.testing.assert_allclose(ax.lines[0].get_xydata(), np.column_stack([np.arange(21), losses]))
    np.testing.assert_allclose(ax.lines[1].get_ydata(), losses / 2)
    np.testing.assert_allclose(ax.lines[2].get_xydata(), [[10, 0.2]])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["slow", "fast"]
    assert [text.get_text() for text in ax.texts] == ["half-way, epoch 10"]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_ylim()[0]) == ("epoch", "loss", 0)
    assert words_of(ax.figure) == (
        "The loss of slow: 0.300 at epoch 0, 0.280 at epoch 2, 0.250 at epoch 5, 0.200 at epoch 10,"
        " 0.100 at epoch 20. The loss of fast: 0.150 at epoch 0, 0.140 at epoch 2, 0.125 at epoch 5"
        ", 0.100 at epoch 10, 0.050 at epoch 20. Marked: half-way, epoch 10, with a loss of 0.200."
    )


def test_epochs_can_be_given_and_their_axis_be_logarithmic(ax):
    curves.plot_losses([0.5, NAN, 0.25], ax, epochs=[0, 50, 100], log=True)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[1, 0.5], [51, NAN], [101, 0.25]])
    assert ax.get_xscale() == "log" and "logarithmic" in ax.get_xlabel() and not ax.get_legend()
    assert words_of(ax.figure).endswith("0.250 at epoch 100.")


def test_an_activation_is_drawn_beside_its_slope(ax):
    curves.plot_activation("sigmoid", ax, reach=2)
    z = np.linspace(-2, 2, 401)
    a = sigmoid(z)
    for line, values, style in zip(ax.lines, (a, a * (1 - a)), ("-", "--"), strict=True):
        np.testing.assert_allclose(line.get_xydata(), np.column_stack([z, values]), atol=1e-15)
        assert line.get_linestyle() == style
    assert words_of(ax.figure) == (
        "sigmoid(z): 0.119 at z = −2, 0.500 at 0, 0.881 at 2. "
        "slope: 0.105 at z = −2, 0.250 at 0, 0.105 at 2."
    )
    curves.plot_cross_entropy(other := plt.figure().add_subplot())
    p, cost = other.lines[0].get_data()
    np.testing.assert_allclose(cost, -np.log(p))
    assert (p[0], p[-1]) == (0.01, 1)
    assert words_of(other.figure).endswith("4.605 at 0.01, 0.693 at 0.5, 0.000 at 1.")


# The diagram.


@pytest.mark.parametrize(
    "parameters", [MIXED, BY_HAND, *(glorot_parameters(h, h) for h in (1, 3, 4))]
)
def test_the_diagram_has_each_number_in_its_place(parameters, ax):
    diagram.plot_network(parameters, ax)
    hidden = range(parameters.b1.size)
    place = {text.get_text(): np.array(text.get_position()) for text in ax.texts}
    ends = [(f"$x_{i + 1}$", f"$h_{j + 1}$", parameters.W1[i, j]) for j in hidden for i in (0, 1)]
    ends += [(f"$h_{j + 1}$", "out", parameters.W2[j, 0]) for j in hidden]
    joined = {tuple(map(tuple, line.get_xydata().round(9))): line for line in ax.lines}
    assert len(joined) == len(ends)
    texts, widths = ax.texts[:], []
    for start, end, weight in ends:
        line = joined[tuple(place[start].round(9)), tuple(place[end].round(9))]
        widths.append(line.get_linewidth())
        assert (line.get_linestyle() == "--") == (weight < 0)
        on_it = [t for t in texts if t.get_text() == fixed(weight) and 0.1 < between(t, line) < 0.9]
        assert on_it, f"{weight} is not on its link"
        texts.remove(on_it[0])
    assert min(widths) >= 0.6 and max(widths) <= 5
    # Sizes from 8 on look alike; below, a larger weight has a wider link.
    order = np.argsort([abs(weight) for *_, weight in ends])
    sizes = np.minimum([abs(weight) for *_, weight in ends], 8)[order]
    assert ((np.diff(np.array(widths)[order]) > 0) == (np.diff(sizes) > 0)).all()
    biases = [(f"$h_{j + 1}$", parameters.b1[0, j]) for j in hidden] + [
        ("out", parameters.b2[0, 0])
    ]
    for name, bias in biases:
        near = [t for t in texts if np.linalg.norm(t.get_position() - place[name]) < 0.3]
        assert f"bias {fixed(bias)}" in [text.get_text() for text in near]
    assert len(
        {tuple(patch.center) for patch in ax.patches if isinstance(patch, Circle)}
    ) == 3 + len(hidden)
    for unit, (weights, bias) in enumerate(zip(parameters.W1.T, parameters.b1[0], strict=True), 1):
        told = f"h{unit}: weights {fixed(weights[0])} and {fixed(weights[1])}, bias {fixed(bias)}."
        assert told in words_of(ax.figure)


def between(text, line):
    """Return how far along a link a text stands, from 0 to 1; -1 where it is beside it."""
    (start, end), spot = line.get_xydata(), np.array(text.get_position())
    along, away = end - start, spot - start
    beside = abs(along[0] * away[1] - along[1] * away[0]) > 1e-9
    return -1 if beside else along @ away / (along @ along)


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_the_diagrams_texts_do_not_overlap_and_nothing_is_cut_off(hidden):
    ax = diagram.plot_network(glorot_parameters(hidden, hidden))
    assert not overlapping(ax)
    left, right, bottom, top = *ax.get_xlim(), *ax.get_ylim()
    for patch in ax.patches:
        (x, at), r = patch.center, patch.radius
        assert left <= x - r and x + r <= right and bottom <= at - r and at + r <= top
    for text in ax.texts:
        box = text.get_window_extent()
        assert ax.figure.bbox.x0 <= box.x0 and box.x1 <= ax.figure.bbox.x1
        assert ax.bbox.y0 <= box.y0 and box.y1 <= ax.bbox.y1


# Thousands of networks.


def test_shares_are_written_and_drawn_with_their_intervals(ax):
    crowds.plot_shares(SHARES, ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == list(SHARES)
    assert [text.get_text() for text in ax.texts] == ["20.0%", "100.0%", "0.0%"]
    assert [text.get_position() for text in ax.texts] == [(0.28, 0), (1.02, 1), (0.06, 2)]
    drawn = [list(line.get_xdata()) for line in ax.lines]
    assert drawn == [[0.15, 0.26], [0.2], [0.97, 1], [1], [0, 0.04], [0], [0.2, 0.2]]
    assert [list(line.get_ydata())[0] for line in ax.lines[1:6:2]] == [0, 1, 2]
    assert ax.get_ylim() == (2.6, -0.6)  # the first on top
    assert words_of(ax.figure).startswith("two units: 20.0% (15.0% to 26.0%). all: 100.0% (97.0%")
    assert len(crowds.plot_shares(SHARES, compare=False).lines) == 6


def test_sectors_divide_units_by_the_rows_they_fire_for(ax):
    many = starts(2000, seed=5)
    crowds.plot_sectors(many, ax)
    living, dead, *_ = (line.get_xydata() for line in ax.lines)
    assert len(living) + len(dead) == 2000
    assert (dead <= 0).all() and (living.max(axis=1) > 0).all()
    for text in ax.texts:  # in the middle of a sector its rows fire, and no others
        firing = X @ text.get_position() > 0
        rows = [name for name, fires in zip(ROWS, firing, strict=True) if fires]
        assert text.get_text() == (", ".join(rows) or "no row: dead")
    assert f"{len(dead) / 2000:.1%} of 2000 units have no weight above 0." in words_of(ax.figure)


def test_the_map_of_luck_has_each_start_at_its_angles_with_the_mark_of_its_end(ax):
    crowds.plot_luck(COUNTED, (1, -1), ax)
    W1, W2 = COUNTED.starts.W1, COUNTED.starts.W2[..., 0]
    here = (W2[:, 0] > 0) & (W2[:, 1] < 0)
    angles = np.degrees(np.arctan2(W1[:, 1], W1[:, 0])) % 360
    for line in ax.lines:
        outcome = line.get_label()
        assert OUTCOME_MARKS[outcome] == (line.get_color(), line.get_marker())
        chosen = angles[here & (COUNTED.outcomes == outcome)]
        np.testing.assert_allclose(line.get_xydata(), chosen)
    assert sum(len(line.get_xdata()) for line in ax.lines) == here.sum()
    solved = (COUNTED.outcomes[here] == "solved").mean()
    dead = here & ((angles >= 180) & (angles <= 270)).any(axis=1)
    assert ax.get_title() == f"$h_1$ for, $h_2$ against: {solved:.0%} solved"
    told = f"{here.sum()} starts; of {dead.sum()} with a unit between 180 and 270 degrees 0 are"
    assert words_of(ax.figure).endswith(told + " solved.")
    assert len({mark for _, mark in OUTCOME_MARKS.values()}) == len(OUTCOMES) == 7
    assert len({colour for colour, _ in OUTCOME_MARKS.values()}) == 7


# The page.


@pytest.fixture(scope="module")
def shell():
    """Return the shell that a kernel would have, its outputs caught below."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_show_gives_the_picture_its_words_and_folds_them_below(shell):
    kept, ax = panels()[0], planes.plot_neuron([1, 1], -1, title="a < b & c")
    words = words_of(ax.figure)
    with capture_output() as captured:
        assert show(ax) is None
    picture, folded = captured.outputs
    assert captured.stdout == captured.stderr == "" and words.startswith("a < b & c: Outputs")
    assert set(picture.data) == {"image/png", "text/plain"}
    shape = picture.metadata["image/png"]
    assert shape.pop("alt") == picture.data["text/plain"] == words
    told = folded.data["text/html"].removeprefix("<details><summary>The picture in words</summary>")
    assert html.unescape(told.removesuffix("</details>")) == words
    assert told.count("<") == 1 and "a &lt; b &amp; c" in told
    image = Image.open(io.BytesIO(b64decode(picture.data["image/png"], validate=True)))
    assert np.abs(np.array(image.size) - 2 * np.array([*shape.values()])).max() <= 1
    assert plt.get_fignums() == [kept.number]  # its own figure is closed, no other


def test_a_stored_picture_keeps_the_colours_that_mean_something():
    image = Image.open(io.BytesIO(png_bytes(planes.plot_input_plane(BY_HAND).figure)))
    colours = np.unique(np.asarray(image.convert("RGB")).reshape(-1, 3), axis=0).astype(int)
    ends = [to_hex(OUTPUT_COLOURS(answer)) for answer in (0, 1)]
    for colour in (*CLASS_COLOURS, *ends, "#FFFFFF"):
        assert np.abs(colours - ImageColor.getrgb(colour)).max(axis=1).min() <= 4


def test_panels_are_side_by_side():
    figure, axes = panels(3, rows=2, size=(2, 1))
    assert axes.shape == (2, 3) and figure.get_size_inches().tolist() == [6, 2]


NO_ARRAYS = ["0 1", None, [[0, 1], [1]], X + 0j, [], X[0], np.where(X, NAN, 0)]
BAD = [
    (lambda v: planes.plot_points(v, y), "X", [*NO_ARRAYS, np.ones((4, 3))]),
    (lambda v: planes.plot_points(X, v), "y", [*NO_ARRAYS, y.ravel(), y[:3], y / 2, y - 1]),
    (lambda v: planes.plot_neuron(v, 0), "weights", ["ab", None, (1, 2, 3), (1, NAN), 1]),
    (lambda v: planes.plot_neuron((1, 1), v), "bias", [None, "0", NAN, [0], 1j]),
    (lambda v: planes.plot_neuron((1, 1), 0, gate=v), "gate", ["nor", None]),
    (planes.plot_input_plane, "parameters", [None, "P", tuple(BY_HAND)]),
    (lambda v: planes.plot_input_plane(BY_HAND._replace(W1=v)), "W1", [np.ones(2), None]),
    (planes.plot_hidden_space, "parameters", [None, "P", tuple(BY_HAND)]),
    (lambda v: planes.plot_hidden_space(uniform_parameters(0, v)), "W2", [1, 3]),
    (planes.plot_hidden_space, "W1", [starts(3, seed=0)]),
    (diagram.plot_network, "W1", [starts(3, seed=0)]),
    (curves.plot_activation, "activation", ["tanh", None, ["relu"]]),
    (lambda v: curves.plot_activation("relu", reach=v), "reach", [0, -1, "8", NAN]),
    (curves.plot_losses, "losses", ["0.1", None, [[1, 2]], [], [1j]]),
    (lambda v: curves.plot_losses([1, 2], epochs=v), "epochs", ["01", [1], [[0, 1]], [0, NAN]]),
    (diagram.plot_network, "parameters", [None, "P", tuple(BY_HAND)]),
    (lambda v: diagram.plot_network(BY_HAND._replace(b2=v)), "b2", [0.0, [1], [[NAN]]]),
    (lambda v: diagram.plot_network(uniform_parameters(0, v)), "hidden units", [5, 9]),
    (lambda v: crowds.plot_shares({"a": v}), "shares", [(0.2, 0.3, 0.4), (1, 1), "123"]),
    (panels, "columns", [0, -1, 1.5, True, "2", None]),
    (lambda v: panels(rows=v), "rows", [0, 2.0]),
]  # fmt: skip


@pytest.mark.parametrize(("call", "name", "values"), BAD)
def test_a_bad_argument_is_named_in_a_value_error(call, name, values):
    for value in values:
        with pytest.raises(ValueError, match=rf"(?s)^{re.escape(name)} must .+, but (is|has) .+"):
            call(value)
