"""Pictures say what the numbers say, in colours and in words; a figure reaches the reader."""

import html
import io
import itertools
import re
from base64 import b64decode
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import AxLine
from PIL import Image, ImageColor

from tests.networks import network, normal_parameters
from tests.test_validation import FUNCTIONS
from xorlib.data import truth_table
from xorlib.ensemble import census, starts
from xorlib.network import forward, glorot_parameters, predict, sigmoid
from xorlib.outcomes import OUTCOMES
from xorlib.plotting import crowds, curves, diagram, page, planes, style
from xorlib.plotting.page import panels, show, words_of
from xorlib.plotting.planes import ROWS

X, y = truth_table()
# h1 is OR, h2 is AND, and the output is on where only the first is.
BY_HAND = network([[10, 10], [10, 10]], [-5, -15], [10, -10], -5)
MIXED = network([[0.5, -1.25], [2.0, -7.5]], [-0.75, 3.1], [9.0, -0.01], 0.333)
# Within a thousandth of 1/2 there is no boundary: rounding would decide where.
FLAT = [network([[1, 1], [1, 1]], [0, 0], [0, 0], bias) for bias in (-0.002, 0, 0.002)]
SHARES = {"two units": (0.2, 0.15, 0.26), "all": (1.0, 0.97, 1.0), "none": (0.0, 0.0, 0.04)}
COUNTED = census(300, seed=5, epochs=300)

PLOTS = {f.__name__: partial(f, **good | {"ax": None}) for f, good, _ in FUNCTIONS if "ax" in good}
del PLOTS["describe"]


@pytest.fixture(autouse=True)
def ax():
    plt.close("all")  # what tests of other files left open
    yield plt.figure().add_subplot()
    plt.close("all")


def assert_told(picture, *facts):
    """Assert that a picture's words have these parts in this order, with anything for a "…"."""
    parts = map(re.escape, "…".join(facts).split("…"))
    whole = "".join(
        rf".*(?<![−\d])(?<!\d\.){part}" for part in parts
    )  # not the end of another number
    assert re.match(whole, words_of(picture)), words_of(picture)


def overlapping(ax):
    """Return whether two of the texts on `ax` cover each other."""
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    return any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
@pytest.mark.filterwarnings("error")
def test_a_plot_draws_on_its_axes_says_the_same_each_time_and_changes_no_global_setting(plot, ax):
    before, other = plt.rcParams.copy(), ax.figure.add_subplot(122)
    plt.sca(other)  # "the current axes" are not what counts
    assert plot(ax=ax) is ax and ax.has_data() and not other.has_data()
    assert len(plt.get_fignums()) == 1
    made, again = plot(), plot()
    assert len(plt.get_fignums()) == 3 and again.figure is plt.gcf() is not made.figure
    made.figure.draw_without_rendering()
    assert words_of(made.figure) == words_of(again.figure) and len(words_of(made.figure)) > 25
    assert plt.rcParams == before


# As they are, and with two rows in one place, as in a hidden space where XOR is solved.
@pytest.mark.parametrize("places", [X, [[0, 0], [1, 0], [1, 0], [1, 1]]])
def test_points_show_their_class_by_marker_and_colour_and_are_labelled_with_their_row(places, ax):
    planes.plot_points(places, y, ax)
    looks = [(line.get_marker(), to_hex(line.get_color())) for line in ax.lines]
    np.testing.assert_array_equal([line.get_xydata()[0] for line in ax.lines], places)
    assert looks[0] == looks[3] and looks[1] == looks[2]
    assert looks[0][0] != looks[1][0] and looks[0][1] != looks[1][1]
    assert [text.get_text() for text in ax.texts] == ["00", "01", "10", "11"]
    np.testing.assert_array_equal([text.xy for text in ax.texts], places)
    assert not overlapping(ax)
    assert_told(ax, "0, at 00 and 11…1, at 01 and 10")


def contour(ax):
    """Return the vertices of the boundary drawn on `ax`, none where there is none."""
    return np.array([vertex for sets in ax.collections for vertex in sets.get_paths()[0].vertices])


@pytest.mark.parametrize("parameters", [BY_HAND, glorot_parameters(9, 5), *FLAT])
def test_the_surface_shows_the_outputs_and_the_contour_lies_where_they_are_one_half(parameters, ax):
    planes.plot_input_plane(parameters, ax)
    (image,) = ax.images
    assert image.origin == "lower" and image.get_extent() == [-0.5, 1.5, -0.5, 1.5]
    assert image.get_clim() == (0, 1) and image.get_cmap() is style.OUTPUT_COLOURS
    line = np.linspace(-0.5, 1.5, 201)
    grid = predict(parameters, np.array([(x1, x2) for x2 in line for x1 in line])).reshape(201, 201)
    np.testing.assert_allclose(image.get_array(), grid, rtol=0, atol=1e-12)
    some = bool(grid.min() < 0.499 and grid.max() > 0.501)
    assert (len(contour(ax)) > 10) == some
    assert ("no decision boundary" in words_of(ax)) is not some
    if some:  # interpolation on a grid of 0.01 errs by 0.01² / 8 times a curvature below 100
        np.testing.assert_allclose(predict(parameters, contour(ax)), 0.5, rtol=0, atol=2e-3)


@pytest.mark.parametrize("seed", range(3))
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
        rows = planes._listed([name for name, value in zip(ROWS, z[4:], strict=True) if value > 0])
        assert_told(ax, f"h{unit + 1} has {rows} ")
    for look in ("color", "linestyle"):
        assert len({plt.getp(line, look) for line in lines}) == 4
    names = [text for text in ax.texts if text.get_text().startswith("$h")]
    assert len(names) == 4 and not overlapping(ax)
    for box in (name.get_window_extent() for name in names):
        assert not any(box.contains(*point) for point in ax.transData.transform(X))


def test_a_neuron_is_drawn_with_its_gates_rows_one_line_and_on_request_a_colour_key(ax):
    planes.plot_neuron([1, 1], -1.5, ax, gate="and")
    assert [line.get_marker() for line in ax.lines[1:]] == ["o", "o", "o", "s"]
    np.testing.assert_allclose(sigmoid(contour(ax) @ [1, 1] - 1.5), 0.5, atol=1e-9)
    assert_told(ax, "0.62 at 11… has 11 ")
    blank, key = planes.plot_neuron([0, 0], 1, colorbar=True).figure.axes
    assert key.get_ylim() == (0, 1) and key.get_yticks().tolist() == [0, 0.5, 1]
    assert not [line for line in blank.lines if isinstance(line, AxLine)]


def test_both_planes_of_a_network_and_their_words():
    figure, axes = panels(2)
    _, ax = planes.plot_planes(BY_HAND, axes, title="epoch $e_0$")
    hidden = forward(BY_HAND, X).a1
    np.testing.assert_array_equal([line.get_xydata()[0] for line in ax.lines], hidden)
    # On the line z2 = 0; it is straight, so interpolation moves it by a small part of 0.01.
    distance = (contour(ax) @ BY_HAND.W2 + BY_HAND.b2) / np.linalg.norm(BY_HAND.W2)
    np.testing.assert_allclose(distance, 0, atol=1e-3)
    assert_told(figure, "epoch e0: …0.01 at 00…0.99 at 01…0.99 at 10…0.01 at 11… 2 pieces")
    assert_told(figure, "h1 has 01, 10 and 11 …h2 has 11 ")
    assert_told(ax, "00 at (0.01, 0.00)…01 at (0.99, 0.01)…10 at (0.99, 0.01)…11 at (1.00, 0.99)")
    assert_told(ax, "has 01 and 10 ")
    tanh = planes.plot_hidden_space(BY_HAND._replace(activation="tanh"))
    np.testing.assert_allclose(tanh.get_xlim(), (-1.6, 1.6))
    wide = planes.plot_hidden_space(network([[3, 3], [3, 3]], [0, 0], [1, 1], 0, "relu"))
    assert wide.get_xlim()[0] < 0 and wide.get_xlim()[1] > wide.get_xticks()[1] == 6
    one = planes.plot_hidden_space(network([[0, 0], [0, 0]], [0, 0], [1, 1], 0), zoom=True)
    np.testing.assert_allclose(one.get_xlim(), (0.497, 0.513))  # all rows in one place


def test_a_cloud_shows_classes_rings_and_a_networks_boundary(ax):
    points, targets = np.array([*X, [1.2, 0.9], [0.9, 0.8]]), np.array([*y, [0], [1]])
    planes.plot_cloud(points, targets, ax, network=BY_HAND, ringed=[1, 5])
    for line, rows in zip(ax.lines, ([0, 3, 4], [1, 2, 5], [1, 5]), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), points[rows])
    np.testing.assert_allclose(predict(BY_HAND, contour(ax)), 0.5, atol=0.01)
    assert_told(ax, "3 circles…3 squares…2 …ring…1 …boundary")
    mask = np.isin(np.arange(6), [1, 5])
    for ringed, count in ((mask, 2), ((5,), 1), (slice(3), 3)):
        assert_told(planes.plot_cloud(points, targets, ringed=ringed), f"{count} …ring")
    assert "ring" not in words_of(planes.plot_cloud(points, targets))


SQUARE = network([[9, 0], [0, 9]], [-4, -4], [1, 1], 0)  # each unit reads one input


@pytest.mark.parametrize(("hidden", "meet"), [(SQUARE, "cross"), (BY_HAND, "do not cross")])
def test_enlarged_the_hidden_space_has_two_segments_which_cross_or_not(ax, hidden, meet):
    a1 = forward(hidden, X).a1
    planes.plot_hidden_space(hidden, ax, zoom=True)
    segments = [line.get_xydata() for line in ax.lines[4:]]
    np.testing.assert_array_equal(segments, a1[[[0, 3], [1, 2]]])
    assert_told(ax, f"00 to 11…01 to 10 {meet}")
    (low, high), span = ax.get_xlim(), np.ptp(a1)
    np.testing.assert_allclose([a1.min() - low, high - a1.max()], 0.3 * span, atol=1e-12)


def test_a_name_stands_off_the_other_rows(ax):
    near = [[0.8, 0.28], [0.52, 0.96], [0.45, 0.96], [0.7, 1]]  # 11 is where the name of 01 was
    planes._points_on(ax, np.array(near), y, (-0.3, 1.3))
    sides = {text.get_text(): (text.get_ha(), text.get_va()) for text in ax.texts}
    assert sides["01"] == sides["00"] == ("center", "top") and sides["10"] == ("right", "center")


def test_a_relu_units_sheet_has_its_fold_where_z_is_0(ax):
    planes.plot_fold([1, 2], -0.5, ax)
    heights = np.concatenate([line.get_ydata() for line in ax.lines[:21]])
    line = np.linspace(-0.5, 1.5, 21)
    x1, x2 = (x.T.ravel() for x in np.meshgrid(line, line))
    np.testing.assert_allclose(heights, x2 / 2 + np.maximum(x1 + 2 * x2 - 0.5, 0), atol=1e-12)
    assert_told(ax, "0.00 at 00…1.50 at 01…0.50 at 10…2.50 at 11")


def test_losses_are_drawn_against_their_epochs_with_marks(ax):
    losses = np.linspace(0.3, 0.1, 21)
    curves.plot_losses({"slow": losses, "fast": losses / 2}, ax, marks={"half-way": 10})
    np.testing.assert_allclose(ax.lines[0].get_xydata(), np.column_stack([np.arange(21), losses]))
    np.testing.assert_allclose(ax.lines[1].get_ydata(), losses / 2)
    np.testing.assert_allclose(ax.lines[2].get_xydata(), [[10, 0.2]])
    for name, run in (("slow", losses), ("fast", losses / 2)):
        assert_told(ax, name, *(f"{run[at]:.3f} at epoch {at}" for at in (0, 2, 5, 10, 20)))
    assert_told(ax, "half-way…10…0.200")
    with pytest.raises(ValueError, match="^epochs "):
        curves.plot_losses([4, 2, 1], epochs=[-5, 0, 5], log=True)
    marked = curves.plot_losses([4, 2, 1], epochs=[0, 50, 100], marks={"here": 50})
    np.testing.assert_array_equal(marked.lines[1].get_xydata(), [[50, 2]])
    many = curves.plot_losses({f"run {k}": [k, k / 2] for k in range(8)})
    looks = {(to_hex(line.get_color()), line.get_linestyle()) for line in many.lines}
    assert len(looks) == len(many.lines) == 8
    ax = curves.plot_losses([0.5, np.nan, 0.25], epochs=[0, 50, 100], log=True)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[1, 0.5], [51, np.nan], [101, 0.25]])
    assert ax.get_xscale() == "log" and "logarithmic" in ax.get_xlabel() and not ax.get_legend()
    assert_told(ax, "0.250 at epoch 100")


def test_an_activation_is_drawn_beside_its_slope_and_the_cost_over_all_answers(ax):
    curves.plot_activation("sigmoid", ax, reach=2)
    z = np.linspace(-2, 2, 401)
    a = sigmoid(z)
    for line, values in zip(ax.lines, (a, a * (1 - a)), strict=True):
        np.testing.assert_allclose(line.get_xydata(), np.column_stack([z, values]), atol=1e-15)
    assert_told(ax, "0.119 at z = −2…0.500 at 0…0.881 at 2…slope…0.105…0.250 at 0")
    step = curves.plot_activation("sigmoid", beside="step").lines[1].get_ydata()
    np.testing.assert_array_equal(step, np.linspace(-8, 8, 401) > 0)
    curves.plot_cross_entropy(other := plt.figure().add_subplot())
    p, cost = other.lines[0].get_data()
    np.testing.assert_allclose(cost, -np.log(p))
    assert (p[0], p[-1]) == (0.01, 1)
    assert_told(other, "4.605 at 0.01…0.693 at 0.5…0.000 at 1")


def test_a_valley_has_its_curve_and_the_stops_of_a_descent_on_it(ax):
    w, stops = np.linspace(-2, 2, 9), np.array([(2, 4), (1, 1), (0.5, 0.25)])
    curves.plot_valley(w, w**2, stops, ax)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), np.column_stack([w, w**2]))
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), stops)
    assert [(text.get_text(), text.xy) for text in ax.texts] == [("start", (2, 4))]
    assert_told(ax, "2.00 …4.000…1.00 …1.000…0.50 …0.250")


@pytest.mark.parametrize("parameters", [MIXED, *(normal_parameters(3, h) for h in (1, 3, 4))])
def test_the_diagram_has_each_number_in_its_place_and_nothing_overlaps_or_is_cut_off(parameters):
    ax = diagram.plot_network(parameters)
    W1, b1, W2, b2 = parameters.arrays
    units = [f"$h_{unit}$" for unit in range(1, b1.size + 1)]
    ends = [*itertools.product(("$x_1$", "$x_2$"), units), *((unit, "out") for unit in units)]
    weights = [*W1.ravel(), *W2[:, 0]]
    place = {text.get_text(): text.get_position() for text in ax.texts}
    joined = {tuple(map(tuple, line.get_xydata())): line for line in ax.lines}
    lines = [joined[place[start], place[end]] for start, end in ends]
    assert len(place) == len(ax.texts) and len(lines) == len(ax.lines)
    for line, weight in zip(lines, weights, strict=True):
        assert (line.get_linestyle() == "--") == (weight < 0)
        (start, end), number = line.get_xydata(), place[style._fixed(weight)]
        ways = np.linalg.norm([start - number, end - number], axis=1)
        assert sum(ways) == pytest.approx(np.linalg.norm(end - start))  # on the link
    for name, bias in zip([*units, "out"], [*b1[0], b2[0, 0]], strict=True):
        assert np.linalg.norm(np.subtract(place[f"bias {style._fixed(bias)}"], place[name])) < 0.3
    for unit, (weights, bias) in enumerate(zip(W1.T, b1[0], strict=True), 1):
        assert_told(ax, f"h{unit}", *map(style._fixed, (*weights, bias)))
    assert not overlapping(ax)
    for artist in (*ax.texts, *ax.patches):
        box = artist.get_window_extent()
        assert (ax.bbox.min <= box.min).all() and (box.max <= ax.bbox.max).all()


def drawn_on(ax):
    """Return the links that are drawn faint, those that are not, and the words on the diagram."""
    ends = [tuple(map(tuple, line.get_xydata())) for line in ax.lines]
    faint = {end for end, line in zip(ends, ax.lines, strict=True) if line.get_alpha() < 1}
    return faint, set(ends) - faint, {text.get_text() for text in ax.texts} - {""}


def test_a_path_is_told_by_its_numbers_and_arrows_and_all_else_is_faint():
    notes = {"out": "delta 0.5", "h2": "slope 0.2"}
    ax = diagram.plot_network(MIXED, notes=notes, path=[("out", "h2")])
    faint, path, words = drawn_on(ax)
    place = {text.get_text(): text.get_position() for text in ax.texts}
    assert path == {(place["$h_2$"], place["out"])} and len(faint) == 5
    assert words == {"$x_1$", "$x_2$", "$h_1$", "$h_2$", "out", "× −0.010", *notes.values()}
    assert_told(ax, "out to h2…−0.010…out: delta 0.5…h2: slope 0.2")
    assert not overlapping(ax)
    (arrow,) = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert (arrow.xyann, arrow.xy) == (place["out"], place["$h_2$"])

    paths = [("o1", "h2"), ("o2", "h2")]
    ax = diagram.plot_outputs([[1, 2], [3, 4]], notes={}, path=paths)
    place = {text.get_text(): text.get_position() for text in ax.texts}
    faint, path, words = drawn_on(ax)
    assert path == {(place["$h_2$"], place[end]) for end in ("$o_1$", "$o_2$")} and len(faint) == 2
    assert {word for word in words if word[0] == "×"} == {"× 3.000", "× 4.000"}


def test_shares_are_written_and_drawn_with_their_intervals(ax):
    crowds.plot_shares(SHARES, ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == list(SHARES)
    drawn = [list(line.get_xdata()) for line in ax.lines]
    assert drawn == [[0.15, 0.26], [0.2], [0.97, 1], [1], [0, 0.04], [0], [0.2, 0.2]]
    assert [list(line.get_ydata())[0] for line in ax.lines[1:6:2]] == [0, 1, 2]
    assert ax.get_ylim() == (2.6, -0.6)  # the first on top
    assert_told(ax, "two units: 20.0%…15.0%…26.0%…all: 100.0%…97.0%")


def test_sectors_divide_units_by_the_rows_they_fire_for(ax):
    crowds.plot_sectors(starts(2000, seed=5), ax)
    living, dead, *_ = (line.get_xydata() for line in ax.lines)
    assert len(living) + len(dead) == 2000
    assert (dead <= 0).all() and (living.max(axis=1) > 0).all()
    for text in ax.texts:  # in the middle of a sector its rows fire, and no others
        rows = [name for name, x in zip(ROWS, X, strict=True) if x @ text.get_position() > 0]
        assert text.get_text() == (", ".join(rows) or "no row: dead")
    assert_told(ax, f"{len(dead) / 2000:.1%} of 2000 ")


def test_the_map_shows_each_start_at_its_angles_marked_by_how_it_ended(ax):
    crowds.plot_luck(COUNTED.starts, COUNTED.outcomes, ax)
    W1, solved = COUNTED.starts.W1, COUNTED.outcomes == "solved"
    angles = np.degrees(np.arctan2(W1[:, 1], W1[:, 0])) % 360
    for line in ax.lines:
        outcome = line.get_label()
        assert style.OUTCOME_MARKS[outcome] == (line.get_color(), line.get_marker())
        np.testing.assert_allclose(line.get_xydata(), angles[COUNTED.outcomes == outcome])
    assert sum(len(line.get_xdata()) for line in ax.lines) == 300
    bands = [patch.get_bbox().bounds for patch in ax.patches]
    assert bands == [(180, 0, 90, 1), (0, 180, 1, 90)]
    dead = (W1 <= 0).all(axis=1).any(axis=1)
    assert_told(ax, f"{solved.sum()} of 300 ", f" {dead.sum()} ", " 0 ")
    with pytest.raises(ValueError, match="^W1 "):
        crowds.plot_luck(starts(300, seed=5, hidden=3), COUNTED.outcomes)
    for looks in zip(*style.OUTCOME_MARKS.values(), strict=True):
        assert len(set(looks)) == len(OUTCOMES) == 7


def test_show_keeps_the_colours_and_adds_the_description_as_text_and_folded_below(monkeypatch):
    shown = []
    monkeypatch.setattr(page, "display", lambda data, **more: shown.append((data, more)))
    figure, axes = panels(3, rows=2, size=(2, 1))
    assert axes.shape == (2, 3) and figure.get_size_inches().tolist() == [6, 2]
    show(figure)
    assert shown.pop(0)[1]["metadata"]["image/png"]["columns"] == 3 and shown.pop()
    others = plt.get_fignums()
    ax = planes.plot_input_plane(BY_HAND, panels(size=2)[1], title="a < b & c")
    words = words_of(ax)
    assert show(ax) is None and words.startswith("a < b & c: ")
    (picture, more), (folded, _) = shown
    assert set(picture) == {"image/png", "text/plain"} and more["raw"]
    shape = more["metadata"]["image/png"]
    assert shape.pop("alt") == picture["text/plain"] == words and shape.pop("columns") == 1
    told = re.fullmatch("<details><summary>[^<]+</summary>([^<]+)</details>", folded["text/html"])
    assert html.unescape(told[1]) == words and "a &lt; b &amp; c" in told[1]
    image = Image.open(io.BytesIO(b64decode(picture["image/png"], validate=True)))
    assert np.abs(np.array(image.size) - 2 * np.array([*shape.values()])).max() <= 1
    assert plt.get_fignums() == others  # its own figure is closed, no other
    colours = np.array([colour for _, colour in image.getcolors(image.width * image.height)])
    for colour in (*style.CLASS_COLOURS, *map(to_hex, style.OUTPUT_COLOURS([0.0, 1.0])), "#FFFFFF"):
        assert np.abs(colours - ImageColor.getrgb(colour)).max(axis=1).min() <= 4
