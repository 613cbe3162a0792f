"""The demos as widgets in a real JupyterLab, and what Python sees of them."""

import re
from html import escape

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter

from classroom import demos
from tests.slow.demo_pages import (
    DEMOS,
    SHOTS,
    Shown,
    X,
    faults_for_axe,
    flat,
    network,
    size,
    window,
)
from tools.browser import jupyterlab, run_all, until
from xorlib.network import forward, glorot_parameters, uniform_parameters

OWN = "glorot_parameters(9)"
CELLS = [
    "from classroom import demos\n"
    "from xorlib.network import glorot_parameters\n\n"
    "film = demos.watch_it_learn()\nfilm",
    "film",
    "demos.draw_a_line()",
    f"mine = demos.solve_by_hand({OWN})\nmine",
    "demos.learning_rates()",
    "demos.luck_of_the_start(hide=True)",
    f"demos.watch_it_learn({OWN})",
    "demos.solve_by_hand(only_sigmoid=True)",
    "moved = demos.draw_a_line()\ndisplay(moved)\n"
    'try:\n    moved.state = {"gate": "sine", "w1": 3}\n'
    "except ValueError as error:\n    print(error)\n"
    'moved.state = {"gate": "xor", "b": -0.5}',
    "demos.follow_the_delta()",
    f"demos.what_do_you_see({OWN})",
    "print(film.epoch, film.parameters.W1.ravel().tolist(), mine.parameters.b2.ravel().tolist())",
]

# Save some cells of the notebook as another one, and open that: JupyterLab complains of widgets
# that no kernel has.
SAVE = """async ([path, ...cells]) => {
  const content = jupyterapp.shell.currentWidget.content.model.toJSON();
  content.cells = cells.map(cell => content.cells[cell]);
  const { contents } = jupyterapp.serviceManager, { error } = console;
  console.error = (...said) => /widget model not found/.test(said[0]) || error(...said);
  await contents.save(path, { type: "notebook", format: "json", content });
  const shown = await jupyterapp.commands.execute("docmanager:open", { path });
  await shown.sessionContext.ready;
  return JSON.stringify(content);
}"""


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """Run a notebook with all demos; the file browser is open, as it is in a new JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "demos.ipynb")
    with jupyterlab(folder) as address, window(chromium, size(1280, 800)) as page:
        run_all(page, f"{address}/lab/tree/demos.ipynb")
        yield page


def shown(page, name, cell):
    """Return the demo of a cell, scrolled into view: JupyterLab lays out only cells in view."""
    panel = page.locator(".jp-WindowedPanel-outer")
    place = f".jp-Cell[data-windowed-list-index='{cell}']"
    panel.evaluate("panel => panel.scrollTo(0, 0)")
    while not page.locator(f"{place} .demo").count():
        top = panel.evaluate("panel => (panel.scrollBy(0, 300), panel.scrollTop)")
        page.wait_for_timeout(60)
        assert top < 30_000
    demo = Shown(page, name, place)
    demo.demo.evaluate("demo => demo.scrollIntoView({block: 'start'})")
    demo.demo.locator(".headline:not(:empty)").wait_for()
    demo.settle()
    return demo


def python(page):
    """Run the last cell again; return what it prints."""
    cell = page.locator(f".jp-Cell[data-windowed-list-index='{len(CELLS) - 1}']")
    panel = page.locator(".jp-WindowedPanel-outer")
    panel.evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
    cell.locator(".jp-InputArea-editor").wait_for()
    before = cell.locator(".jp-InputPrompt").inner_text()
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    ran = re.compile(r"\[\d+\]")
    until(lambda: ran.search(now := cell.locator(".jp-InputPrompt").inner_text())
          and now != before, "the cell", 20)  # fmt: skip
    return cell.locator(".jp-OutputArea-output").inner_text()


@pytest.mark.parametrize(("name", "cell"), list(zip(DEMOS, (2, 3, 9, 0, 4, 5, 10), strict=True)))
def test_each_demo_is_drawn_beside_its_controls_and_axe_finds_nothing(lab, name, cell):
    demo = shown(lab, name, cell)
    lab.wait_for_timeout(200)
    lab.screenshot(path=SHOTS / f"lab-{name}.png")
    picture, control = demo.sides()
    assert control["x"] >= picture["x"] + picture["width"] and picture["width"] > 300
    assert control["y"] < picture["y"] + picture["height"]  # side by side, in one view
    assert picture["height"] < 600
    outputs = f".jp-Cell[data-windowed-list-index='{cell}'] .jp-OutputArea-output"
    assert faults_for_axe(lab, {"include": [[outputs]]}) == []


def test_a_demo_takes_the_place_of_its_picture_and_in_a_saved_notebook_that_stands(lab):
    shown(lab, "draw_a_line", 2)
    outputs = lab.locator(".jp-Cell[data-windowed-list-index='2'] .jp-OutputArea-child:visible")
    assert outputs.count() == 1 and outputs.locator(".demo").is_visible()

    saved = lab.evaluate(SAVE, ["saved.ipynb", 2, 5])
    html, _ = HTMLExporter().from_notebook_node(nbformat.reads(saved, as_version=4))
    assert html.count("<img ") == 2 and not re.search("object at 0x|widget-view", html)
    lab.get_by_text("| Idle").wait_for()  # by now it would be known that there is no widget
    for name, state in (("draw_a_line", ""), ("luck_of_the_start", "&hide=true")):
        end = f"[href$='demos/index.html#demo={name}{state}']"
        link = lab.locator(f".jp-OutputArea a{end}:visible")
        link.wait_for()
        assert escape(link.get_attribute("href")) in html
    pictures = lab.locator(".jp-OutputArea-output img:visible").all()
    size = "image => image.decode().then(() => image.naturalWidth)"
    assert len(pictures) == 2 and all(image.evaluate(size) > 300 for image in pictures)
    lab.screenshot(path=SHOTS / "lab-saved.png")
    lab.evaluate("jupyterapp.shell.currentWidget.close()")


def test_the_demo_keeps_its_keys_to_itself_and_two_views_of_it_agree(lab):
    first = shown(lab, "watch_it_learn", 0)
    first.slider("epoch").focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        lab.keyboard.press(key)
    assert first.words().startswith("Epoch 40:")
    first.type("epoch", "2500")
    wanted = "Epoch 2,500: 3 of 4 rows right"
    until(lambda: first.words().startswith(wanted), "the epoch that was typed")
    second = shown(lab, "watch_it_learn", 1)
    until(lambda: second.words().startswith(wanted), "the same epoch in the second view")
    second.button("Play").click()
    lab.wait_for_timeout(500)
    second.button("Pause").click()
    words = second.words()
    assert not words.startswith("Epoch 2,500")
    assert shown(lab, "watch_it_learn", 0).words() == words
    assert lab.locator(".jp-Cell").count() >= 2  # no key was taken as a command to the notebook


def test_python_reads_what_is_on_the_screen(lab):
    shown(lab, "watch_it_learn", 0).type("epoch", "0")
    demo = shown(lab, "solve_by_hand", 3)
    assert demo.box("bias of out").input_value() == "0"
    demo.type("bias of out", "-2,5")
    lab.wait_for_timeout(1200)
    epoch, numbers, bias = re.fullmatch(r"(\d+) (\[.*\]) (\[.*\])", python(lab).strip()).groups()
    assert (epoch, bias) == ("0", "[-2.5]")
    assert numbers == str(uniform_parameters(42).W1.ravel().tolist())


def test_your_own_network_can_be_the_start(lab):
    for name, cell in (("solve_by_hand", 3), ("watch_it_learn", 6)):
        demo = shown(lab, name, cell)
        assert demo.demo.locator("input[value=relu]").is_checked()
    answers = [float(row[2]) for row in demo.rows(0)]
    np.testing.assert_allclose(answers, forward(glorot_parameters(9), X).a2.ravel(), atol=0.00051)
    assert "your network" in demo.demo.inner_text()


def test_python_sets_the_controls_and_hides_activations_that_readers_have_not_met(lab):
    demo = shown(lab, "solve_by_hand", 7)
    assert not re.search("ReLU|tanh", demo.demo.inner_text())
    assert demo.right() == 3
    demo = shown(lab, "draw_a_line", 8)
    until(lambda: demo.words().startswith("XOR: "), "the state that Python set")
    assert demo.box("bias b").input_value() == "−0.5"
    assert demo.box("weight w₁").input_value() == "1" and demo.problem() == ""
    lab.get_by_text("gate: “sine” is not one of and, or, nand, xor.").wait_for()


# In Python alone, without a browser.


def test_parameters_are_returned_as_they_were_given():
    numbers = [0.1, 0.2, 0.30000000000000004, -4, 1e-9, 5, 6, 7, -8]
    for make in (demos.solve_by_hand, demos.watch_it_learn):
        given = make(network(numbers, "leaky_relu")).parameters
        assert given.activation == "leaky_relu" and flat(given).tolist() == numbers
    film = demos.watch_it_learn()
    assert (
        film.epoch == 0 and flat(film.parameters).tolist() == flat(uniform_parameters(42)).tolist()
    )


def test_what_is_not_a_2_2_1_network_is_refused():
    wide = glorot_parameters(1, hidden=3)
    broken = uniform_parameters(1)._replace(b2=np.array([[np.nan]]))
    for make in (demos.solve_by_hand, demos.watch_it_learn):
        for bad, name in ((wide, "W1"), (broken, "b2"), ([1, 2], "parameters")):
            with pytest.raises(ValueError, match=name):
                make(bad)
    for demo, name in (
        (demos.draw_a_line(), "parameters"),
        (demos.learning_rates(), "parameters"),  # before it is on the screen
        (demos.learning_rates(), "epoch"),
    ):
        with pytest.raises(ValueError, match=demo.name):
            getattr(demo, name)


def test_a_state_that_cannot_be_is_refused_and_all_stays_as_it_is():
    demo = demos.watch_it_learn()
    demo.state = {"epoch": "1,000", "rate": np.float64(0.5), "hide": True}
    before = dict(demo.state)
    assert before == {"epoch": 1000, "rate": 0.5, "hide": True} and demo.epoch == 1000
    for bad in ({"epoch": 99_999}, {"rate": np.arange(3)}, {"activation": ["relu"]}):
        for attempt in (
            lambda bad: setattr(demo, "state", bad),
            lambda bad: demo.set_state({"state": bad, "numbers": [1.0]}),  # from a page
            lambda bad: demos.Demo(name="watch_it_learn", state=bad),
        ):
            with pytest.raises(ValueError, match=f"^{min(bad)}: .* is not"):
                attempt(bad)
            assert demo.state == before and len(demo.numbers) == 9


def test_a_demo_can_begin_with_its_answers_hidden():
    for make in (demos.learning_rates, demos.luck_of_the_start):
        assert make(hide=True).state == {"hide": True} and make().state == {}
