"""Every control of every demo, driven as the page drives it, against independent figures."""

import base64
import functools
import gc
import html
import io
import random
import re
import weakref

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from tools import soak
from tools.soak import TRAINING, wander
from xorlib import sliders
from xorlib.activations import sigmoid
from xorlib.data import TARGETS, truth_table
from xorlib.ensemble import OUTCOMES
from xorlib.network import (
    Parameters,
    backward,
    forward,
    glorot_parameters,
    predict,
    uniform_parameters,
)
from xorlib.plotting import style
from xorlib.plotting.style import fixed
from xorlib.sliders import film, one_neuron, rates, recorded, starts
from xorlib.sliders.picture import Picture, palette
from xorlib.sliders.views import NAMES, network
from xorlib.training import train

X, y = truth_table("xor")
DEMOS = sliders.__all__
every_demo = pytest.mark.parametrize("name", DEMOS)


@pytest.fixture
def demo(name):
    made = getattr(sliders, name)()
    yield made
    made.close()


@pytest.fixture
def make():
    """Return a function that opens a demo, to be closed after the test."""
    made = []

    def open_one(name):
        made.append(getattr(sliders, name)())
        return made[-1]

    yield open_one
    for demo in made:
        demo.close()


def shown(demo):
    """Return what there is to be seen and read."""
    return demo.image.value, demo.words.value, demo.numbers.value


def alike(picture, other):
    """Return whether two pictures are the same but for the smoothing of a letter's edges.

    Matplotlib's fonts keep a little of what they were last used for: 71 of 255 was seen. The two
    digits most alike, 6 and 8, differ by 222 somewhere.
    """
    return np.abs(drawn(picture) - drawn(other)).max() <= 120


def drawn(picture):
    """Return the HTML of a picture as an array, (height, width, 3)."""
    data = re.search(r'base64,([^"]+)"', picture)[1]
    return np.array(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)


def assert_as_before(demo, before):
    """See that picture, words and numbers are those that `shown` gave before."""
    assert shown(demo)[1:] == before[1:]
    assert alike(demo.image.value, before[0])


def cells(demo):
    """Return the rows of the demo's tables: the name of each and its texts."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', demo.numbers.value)
    return {html.unescape(re.sub("<.*?>", "", name)): re.findall(r"<td>(.*?)</td>", texts)
            for name, texts in rows}  # fmt: skip


def number(text):
    return float(text.replace("−", "-"))


# What all demos have in common.


@every_demo
def test_a_demo_is_one_widget_with_picture_words_and_numbers(demo):
    assert isinstance(demo, widgets.Widget)
    assert demo.error.value == ""
    image = r'<img alt="([^"]+)" width="\d+" height="\d+" decoding="sync" src="data:image/png'
    assert len(re.search(image, demo.image.value)[1]) > 40
    assert 'role="status" aria-live="polite"' in demo.words.value
    assert "row 01:" in demo.words.value and "<table>" in demo.numbers.value
    assert plt.get_fignums() == []


@every_demo
def test_extremes_and_a_random_walk_raise_nothing_and_keep_frames_small(demo, name):
    generator = random.Random(name)
    for control in demo.controls.values():
        box = getattr(control, "box", None)
        for value in (box.min, box.max) if box else ():
            control.value = value
            assert demo.error.value == "" and len(demo.image.value) < 100_000
    wander(demo, generator, 25)
    assert len(demo.image.value) < 100_000


@every_demo
def test_the_same_settings_have_the_same_picture_whatever_came_before(demo, name):
    first, settings = shown(demo), {k: control.value for k, control in demo.controls.items()}
    wander(demo, random.Random(3), 12, trains=("seed",))
    with demo.together():
        for key, control in demo.controls.items():
            control.value = settings[key]
    assert_as_before(demo, first)


@every_demo
def test_an_exception_is_shown_in_the_demo_which_goes_on(demo, monkeypatch):
    control = next(c for c in demo.controls.values() if hasattr(c, "slider"))
    good = control.value

    def fail():
        raise ValueError("no <such> thing")

    with monkeypatch.context() as patch:
        patch.setattr(demo, "draw", fail)
        control.slider.value = control.slider.max
        assert "ValueError: no &lt;such&gt; thing" in demo.error.value
        assert 'role="alert"' in demo.error.value
    control.value = good
    assert demo.error.value == ""


@every_demo
def test_box_and_slider_follow_each_other(demo):
    for control in demo.controls.values():
        if not hasattr(control, "slider"):
            continue
        box, slider = control.box, control.slider
        assert box.description and not slider.readout
        slider.value = slider.max
        assert box.value == control.value == slider.max
        between = box.min + 7 if isinstance(slider.step, int) else 0.123
        box.value = between
        assert control.value == between
        assert abs(slider.value - between) <= slider.step / 2
        # The page sends back the step that it shows: it must not move the box.
        if isinstance(slider.value, float):
            slider.value += 1e-12
        assert box.value == between


@every_demo
def test_moving_a_slider_trains_nothing(demo, monkeypatch):
    def forbidden(*arguments, **options):
        raise AssertionError("trained")

    monkeypatch.setattr(recorded, "train", forbidden)
    for module in (rates, starts):
        monkeypatch.setattr(module, "train_ensemble", forbidden)
    wander(demo, random.Random(1), 10, trains=TRAINING[type(demo).__name__])


# Clicking.


def click(demo, x, y, shrunk=1.0):
    """Send what the page sends when the picture, shown smaller perhaps, is clicked."""
    event = {"relativeX": x * shrunk, "relativeY": y * shrunk}
    demo.clicks._dom_handlers(event | {"boundingRectWidth": demo.picture.size[0] * shrunk})
    assert demo.error.value == ""


@pytest.mark.parametrize("shrunk", [1.0, 0.5])
def test_a_click_on_a_cell_of_the_map_chooses_its_seed(make, shrunk):
    demo = make("luck_of_the_start")
    for seed in (0, 19, 65, 280, 299):
        left, top = 34 + 19 * (seed % 20), 26 + 19 * (seed // 20)
        for x, y in ((left + 3, top + 3), (left + 16, top + 16)):
            demo.controls["seed"].value = 150
            click(demo, x, y, shrunk)
            assert demo.controls["seed"].value == seed
    click(demo, 10, 10, shrunk)
    click(demo, 500, 100, shrunk)
    assert demo.controls["seed"].value == 299  # a click elsewhere chooses nothing


def test_a_click_among_the_rates_chooses_the_nearest(make):
    demo = make("learning_rates")
    for place, rate in enumerate(rates.RATES, 1):
        x, y = demo.all.transData.transform((rate, 0.2))
        click(demo, x + 3, demo.picture.size[1] - y)
        assert demo.controls["rate"].value == place
    click(demo, 60, 480)
    assert demo.controls["rate"].value == len(rates.RATES)


def test_a_click_on_the_loss_curve_stops_the_film_at_its_epoch(make):
    demo = make("watch_it_learn")
    demo.buttons["play"].click()
    x, y = demo.drawn.loss.ax.transData.transform((2500, 0.1))
    click(demo, x, demo.picture.size[1] - y)
    assert abs(demo.controls["epoch"].value - 2500) <= 1 and not demo.player.playing
    click(demo, 100, 100)
    assert abs(demo.controls["epoch"].value - 2500) <= 1


# Closing.


@every_demo
def test_closing_frees_every_widget_and_the_picture(name):
    gc.collect()
    before = set(instances())
    demo = getattr(sliders, name)()
    picture, itself = weakref.ref(demo.picture), weakref.ref(demo)
    wander(demo, random.Random(2), 5, trains=("seed",))
    demo.close()
    demo.close()  # twice does no harm
    gc.collect()
    assert picture() is None  # though a name of the reader's still holds the demo
    del demo
    gc.collect()
    assert itself() is None
    assert plt.get_fignums() == []
    assert set(instances()) - before == set()


def instances():
    from ipywidgets.widgets import widget

    return widget._instances


def test_memory_stays_flat_over_demos_opened_used_and_closed():
    soak.wear(demos=10, moves=5, generator=random.Random(4))  # what is kept once for all
    before = soak.megabytes()
    soak.wear(demos=10, moves=5, generator=random.Random(5))
    assert soak.megabytes() - before < soak.FLAT


# The picture.


def test_a_surface_has_the_colours_of_its_outputs():
    picture = Picture(120, 120)
    _, surface = picture.plane(10, 10, 100)
    surface.update(sigmoid(6 * surface.points[:, :1] - 3))

    seen = drawn(picture.html("a surface for a test"))[10:110, 10:110]
    wanted = style.OUTPUT_COLOURS(surface.outputs[::-1])[..., :3] * 255
    wanted = wanted.repeat(2, axis=0).repeat(2, axis=1)
    boundary = np.abs(surface.line - 0.5).repeat(2) < 0.1
    off = np.abs(seen - wanted)[2:-2, ~boundary][:, 2:-2]
    assert off.max() < 4  # 112 colours, a few units from each to the next


def test_the_palette_holds_white_and_every_named_colour():
    colours, _, nearest = palette()
    assert (colours[nearest[-1]] == 255).all()
    assert colours.shape == (256, 3) and nearest.shape == (65_536,)


# One neuron.


@pytest.mark.parametrize("gate", TARGETS)
def test_a_neurons_table_is_what_a_sum_and_a_sigmoid_give(make, gate):
    demo, generator = make("draw_a_line"), random.Random(gate)
    demo.controls["gate"].value = gate
    targets = TARGETS[gate]
    for _ in range(5):
        wander(demo, generator, 1, trains=("gate",))
        w1, w2, b = (demo.controls[name].value for name in ("w1", "w2", "b"))
        right = 0
        for (name, (z, answer, target, verdict)), inputs, wanted in zip(
            cells(demo).items(), X, targets, strict=True
        ):
            assert name == f"{inputs[0]:.0f}{inputs[1]:.0f}" and number(target) == wanted
            exact = w1 * inputs[0] + w2 * inputs[1] + b
            assert number(z) == pytest.approx(exact, abs=0.00501)
            assert number(answer) == pytest.approx(1 / (1 + np.exp(-exact)), abs=0.000501)
            ok = exact > 0 if wanted else exact < 0
            assert f'aria-label="{"right" if ok else "wrong"}"' in verdict
            right += ok
        assert f"{gate.upper()}: {right} of 4 rows right" in demo.words.value


def test_only_xor_has_no_line_with_all_four_rows_right(make):
    best = {gate: one_neuron.most_right(truth_table(gate)[1]) for gate in TARGETS}
    assert best == {"and": 4, "or": 4, "nand": 4, "xor": 3}
    demo = make("draw_a_line")
    demo.controls["gate"].value = "xor"
    assert "No line gets more than 3." in demo.words.value
    generator = random.Random(5)
    for _ in range(20):
        wander(demo, generator, 1, trains=("gate",))
        assert "4 of 4 rows right" not in demo.words.value


def test_weights_too_small_for_a_line_draw_none_and_say_nothing_wrong(make):
    demo = make("draw_a_line")
    for value in (0.0, 1e-17, -1e-17):
        for name in ("w2", "w1"):
            demo.controls[name].value = value
            assert demo.error.value == ""
    assert not demo.line.line.get_visible()


def test_a_control_takes_no_number_outside_its_range(make):
    control = make("draw_a_line").controls["w1"]
    for given, taken in ((99, 10), (-99, -10), (2.5, 2.5), (float("inf"), 2.5), ("no", 2.5)):
        control.value = given
        assert control.value == control.box.value == taken


def test_an_invisible_line_leaves_its_names_place_to_others(make):
    places = []
    for bias in (-15.0, -5.0):
        demo = make("solve_by_hand")
        demo.presets["OR and AND"].click()
        demo.controls["bias of h₁"].value = bias
        with demo.together():
            demo.controls["x₁ → h₁"].value = demo.controls["x₂ → h₁"].value = 0.0
            demo.controls["bias of h₁"].value = -5.0
        places.append(demo.views.planes.lines.lines[1].label.get_position())
    np.testing.assert_array_equal(*places)


def test_a_neurons_surface_is_its_answer_at_each_place(make):
    demo = make("draw_a_line")
    with demo.together():
        for name, value in (("w1", 3.0), ("w2", -2.0), ("b", 0.5)):
            demo.controls[name].value = value
    points = demo.surface.points
    wanted = sigmoid(points @ [3.0, -2.0] + 0.5)
    np.testing.assert_allclose(demo.surface.outputs.ravel(), wanted, rtol=1e-12)


# Nine numbers.


def test_nine_sliders_make_the_network_they_say(make):
    demo, generator = make("solve_by_hand"), random.Random(6)
    for activation in ("sigmoid", "relu", "leaky_relu"):
        demo.controls["activation"].value = activation
        for _ in range(6):
            wander(demo, generator, 3, trains=("activation",))
            v = {name: control.value for name, control in demo.controls.items()}
            parameters = Parameters(
                np.array([[v["x₁ → h₁"], v["x₁ → h₂"]], [v["x₂ → h₁"], v["x₂ → h₂"]]]),
                np.array([[v["bias of h₁"], v["bias of h₂"]]]),
                np.array([[v["h₁ → out"]], [v["h₂ → out"]]]),
                np.array([[v["bias of out"]]]),
            )
            state = forward(parameters, X, activation)
            for row, texts in enumerate(cells(demo).values()):
                z1, a1 = state.z1[row], state.a1[row]
                wanted = [z1[0], a1[0], z1[1], a1[1], state.z2[row, 0]]
                np.testing.assert_allclose([number(t) for t in texts[:5]], wanted, atol=0.00501)
                assert number(texts[5]) == pytest.approx(state.a2[row, 0], abs=0.000501)
            planes = demo.views.planes
            np.testing.assert_array_equal(
                planes.plane.outputs.ravel(),
                predict(parameters, planes.plane.points, activation).ravel(),
            )
            drawn = [text.get_text() for _, text in demo.views.diagram.links]
            weights = [*parameters.W1.flat, *parameters.W2.flat]
            assert drawn == [f"{w:.2f}".replace("-", "−") for w in weights]


def test_each_preset_can_be_come_back_to(make):
    demo, generator = make("solve_by_hand"), random.Random(7)
    right = {"Half done: OR": 3, "All zero": 0, "OR and AND": 4, "ReLU solution": 4, "Trained": 4}
    assert list(right) == list(demo.presets)
    for name, button in demo.presets.items():
        wander(demo, generator, 5)
        button.click()
        first = shown(demo)
        assert f"{right[name]} of 4 rows right" in demo.words.value
        wander(demo, generator, 5)
        button.click()
        assert_as_before(demo, first)


# The film.


@functools.cache
def run(seed, rate, activation):
    draw = uniform_parameters if activation == "sigmoid" else glorot_parameters
    loss = "squared_error" if activation == "sigmoid" else "cross_entropy"
    options = {"learning_rate": rate, "activation": activation, "loss": loss}
    history = train(draw(seed), X, y, epochs=10_000, snapshots=10_001, **options)
    return history, loss


@pytest.mark.parametrize(
    "choices", [(42, 0.1, "sigmoid"), (9, 0.3, "relu"), (2, 3.0, "leaky_relu")]
)
def test_every_number_of_an_epoch_is_that_of_forward_and_backward(make, choices):
    demo = make("watch_it_learn")
    for name, value in zip(("seed", "rate", "activation"), choices, strict=True):
        demo.controls[name].value = value
    history, loss = run(*choices)
    activation = choices[2]
    for epoch in (0, 1, 400, 9999, 10_000):
        demo.controls["epoch"].value = epoch
        parameters = history.snapshots[epoch]
        state, table = forward(parameters, X, activation), cells(demo)
        gradient = backward(parameters, X, y, activation, loss)

        def row(name, table=table):
            return [number(text) for text in table[name]]

        close = functools.partial(np.testing.assert_allclose, rtol=0, atol=0.000501)
        for unit, name in enumerate(("h₁", "h₂")):
            close(row(f"z of {name}"), state.z1[:, unit])
            close(row(f"a of {name}"), state.a1[:, unit])
        close(row("z of out"), state.z2[:, 0])
        close(row("answer a"), state.a2[:, 0])
        close(row("error a − y"), (state.a2 - y)[:, 0])
        # The deltas' sums over the rows are the gradients by the biases.
        close(sum(row("δ of out")), gradient.b2[0, 0], atol=0.0021)
        for unit, name in enumerate(("h₁", "h₂")):
            close(sum(row(f"δ of {name}")), gradient.b1[0, unit], atol=0.0021)
        flat = [np.concatenate([part.ravel() for part in p]) for p in (parameters, gradient)]
        for name, value, slope in zip(NAMES, *flat, strict=True):
            close(row(name)[0], value)
            close(row(name)[1], slope, atol=0.0000501)
        if epoch < 10_000:
            assert f" {fixed(history.losses[epoch], 4)}." in demo.words.value


def test_a_run_that_diverges_is_shown_as_far_as_it_goes(make):
    demo = make("watch_it_learn")
    with demo.together():
        for name, value in (("seed", 1), ("rate", 10.0), ("activation", "leaky_relu")):
            demo.controls[name].value = value
    seeds = (s for s in range(200) if len(recorded.record(s, 10.0, "leaky_relu").numbers) <= 10_000)
    demo.controls["seed"].value = next(seeds)
    demo.controls["epoch"].value = 10_000
    last = len(demo.film().numbers) - 1
    assert f"The run diverged: after epoch {last} " in demo.words.value and not demo.error.value
    diverged = shown(demo)
    demo.controls["epoch"].value = last
    assert shown(demo)[2] == diverged[2] and "diverged" not in demo.words.value


def test_the_film_is_played_stepped_stopped_and_rewound(make):
    demo = make("watch_it_learn")
    start = shown(demo)
    buttons, epoch = demo.buttons, demo.controls["epoch"]
    buttons["play"].click()
    assert demo.player.playing and buttons["play"].description == "Pause"
    demo.player.value = 240  # the page counts on
    assert epoch.value == 240 and "Epoch 240." in demo.words.value
    epoch.value = 1000  # a person moves the slider meanwhile
    assert demo.player.value == 1000
    buttons["play"].click()
    assert not demo.player.playing and buttons["play"].description == "Play"
    buttons["step"].click()
    assert epoch.value == 1001
    buttons["rewind"].click()
    assert epoch.value == demo.player.value == 0
    assert_as_before(demo, start)
    epoch.value = 10_000
    buttons["step"].click()
    assert epoch.value == 10_000 and demo.error.value == ""
    demo.controls["speed"].value = "fast"
    assert demo.player.step == film.SPEEDS["fast"]


def test_the_film_ends_on_its_last_epoch_and_plays_again_from_the_start(make):
    demo = make("watch_it_learn")
    epoch, play = demo.controls["epoch"], demo.buttons["play"]
    demo.controls["speed"].value = "fast"
    epoch.value = 9901
    play.click()
    demo.player.value += demo.player.step  # as the page does while value + step is in its range
    assert demo.player.value <= demo.player.max
    assert epoch.value == 10_000 and not demo.player.playing and play.description == "Play"
    play.click()
    assert epoch.value == 0 and demo.player.playing


def test_a_dead_unit_is_marked_and_said_wherever_it_is_seen(make):
    demo = make("watch_it_learn")
    for name, value in (("seed", 3), ("rate", 0.3), ("activation", "relu"), ("epoch", 10_000)):
        demo.controls[name].value = value
    assert "Both hidden units are dead" in demo.words.value
    assert all(text.get_text().endswith(", dead") for text in demo.single.views.diagram.biases[:2])
    hand = make("solve_by_hand")
    hand.presets["ReLU solution"].click()
    assert "dead" not in hand.words.value
    hand.controls["bias of h₂"].value = -2.0
    assert "Unit h₂ is dead." in hand.words.value
    hand.controls["activation"].value = "sigmoid"
    assert "dead" not in hand.words.value


def test_numbers_too_large_for_the_diagram_are_written_short(make):
    demo = make("watch_it_learn")
    choices = (("activation", "leaky_relu"), ("rate", 10.0), ("seed", 0), ("epoch", 10_000))
    for name, value in choices:
        demo.controls[name].value = value
    largest = max(np.abs(part).max() for part in demo.film().network(10_000))
    texts = [text.get_text() for _, text in demo.single.views.diagram.links]
    assert largest > 1000 and any("e+" in text for text in texts)
    assert max(map(len, texts)) <= len("−999.99")


def test_films_of_many_demos_are_trained_once_each(make, monkeypatch):
    demos = [make("watch_it_learn") for _ in range(6)]
    for seed, demo in enumerate(demos):
        demo.controls["seed"].value = seed
    monkeypatch.setattr(recorded, "train", None)
    for demo in demos:
        demo.controls["epoch"].value = 500
        assert demo.error.value == ""


def test_two_runs_are_shown_side_by_side_until_one_is_let_go(make):
    demo = make("watch_it_learn")
    demo.controls["epoch"].value = 3000
    alone = shown(demo)
    demo.buttons["pin"].click()
    demo.controls["seed"].value = 7
    assert "Pinned: seed 42" in demo.words.value and "Now: seed 7" in demo.words.value
    now, pinned = (run(seed, 0.1, "sigmoid")[0].snapshots[3000] for seed in (7, 42))
    left, right = demo.drawn.runs
    for planes, parameters in ((left, pinned), (right, now)):
        np.testing.assert_allclose(
            planes.plane.outputs.ravel(), predict(parameters, planes.plane.points).ravel()
        )
    demo.buttons["pin"].click()
    demo.controls["seed"].value = 42
    assert_as_before(demo, alone)


# Rates and starts.


@pytest.mark.parametrize("place", [1, 17, 30, 40, 41])
def test_a_rates_end_is_that_of_one_run(make, place):
    demo = make("learning_rates")
    demo.controls["rate"].value = place
    rate = float(rates.RATES[place - 1])
    history = train(uniform_parameters(42), X, y, learning_rate=rate, epochs=10_000)
    last = np.mean((predict(history.parameters, X) - y) ** 2)
    assert number(cells(demo)["10,000"][0]) == pytest.approx(last, abs=2e-5)
    assert number(cells(demo)["500"][0]) == pytest.approx(history.losses[500], abs=2e-5)
    verdict = {1: "too small", 17: "solved", 30: "solved", 40: "too large", 41: "too large"}[place]
    assert f"Learning rate {rate:.3g}: {verdict}" in demo.words.value


@pytest.mark.parametrize(
    ("seed", "place", "words"),
    [
        (1, 32, "stuck. It came to rest at a loss of 0.125, though a smaller rate solves XOR"),
        (42, 39, "Then it came to rest at a loss of 0.500."),
        (42, 1, "too small."),
    ],
)
def test_a_run_that_fails_is_told_apart_by_how(make, seed, place, words):
    demo = make("learning_rates")
    with demo.together():
        demo.controls["seed"].value, demo.controls["rate"].value = seed, place
    assert words in demo.words.value


def test_no_rate_above_one_that_solves_is_called_too_small(make):
    demo = make("learning_rates")
    for seed in range(12):
        demo.controls["seed"].value = seed
        solved = demo.result.right[:, -1] == 4
        for place in np.flatnonzero(np.logical_or.accumulate(solved) & ~solved) + 1:
            demo.controls["rate"].value = int(place)
            assert "too small" not in demo.words.value


def test_a_rate_too_large_is_said_to_leave_no_slope_only_where_there_is_none(make):
    demo = make("learning_rates")
    demo.controls["rate"].value = 41
    steepest = re.search(r"no entry of the gradient is above ([\d.e-]+):", demo.words.value)
    end = train(uniform_parameters(42), X, y, learning_rate=100.0, epochs=10_000).parameters
    largest = max(np.abs(part).max() for part in backward(end, X, y))
    assert largest < 1e-6 and float(steepest[1]) == pytest.approx(largest, rel=0.5, abs=1e-300)


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "leaky_relu"])
def test_a_cell_of_the_map_says_how_its_run_ended(make, activation):
    demo = make("luck_of_the_start")
    demo.controls["activation"].value = activation
    outcomes = starts.survey(activation).outcomes
    for seed in (0, 3, 9, 211):
        demo.controls["seed"].value = seed
        history, _ = run(seed, starts.RATE[activation], activation)
        answers = predict(history.parameters, X, activation)
        solved = bool(((answers > 0.5) == (y > 0.5)).all())
        assert (OUTCOMES[outcomes[seed]] == "solved") == solved
        assert f"Seed {seed}: {OUTCOMES[outcomes[seed]]}." in demo.words.value
        if activation == "relu":
            silent = (forward(history.parameters, X, "relu").a1 == 0).all(axis=0)
            for unit, name in enumerate("₁₂"):
                said = re.search(f"(?i)h{name} (was dead|died)", demo.words.value)
                assert bool(said) == bool(silent[unit])


def test_the_jumps_lead_to_the_next_of_their_kind_and_round(make):
    demo = make("luck_of_the_start")
    solved = np.flatnonzero(starts.survey("relu").outcomes == OUTCOMES.index("solved"))
    demo.controls["seed"].value = 0
    demo.jumps["solved"].click()
    assert demo.controls["seed"].value == solved[0]
    demo.controls["seed"].value = 299
    demo.jumps["solved"].click()
    assert demo.controls["seed"].value == solved[0]
    demo.jumps["stuck"].click()
    assert demo.controls["seed"].value not in solved
    demo.jumps["dead"].click()
    seed = demo.controls["seed"].value
    assert (forward(glorot_parameters(seed), X, "relu").a1 == 0).all(axis=0).any()


def test_network_takes_nine_numbers_in_the_order_of_their_names():
    parameters = network(range(9))
    assert [int(v) for part in parameters for v in part.flat] == list(range(9))
    assert NAMES[1] == "x₁ → h₂" and parameters.W1[0, 1] == 1
