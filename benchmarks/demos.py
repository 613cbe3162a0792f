"""What the demos cost: to open, to move and to train, compared with what one would do otherwise.

`opening` and `frames` are measured in the page opened from a file, `training` in a browser in turn
with `xorlib.training.train`, `latency` in JupyterLab.
"""

import contextlib
import statistics
import tempfile
from pathlib import Path
from time import perf_counter

import nbformat
from playwright.sync_api import sync_playwright

from benchmarks.timing import Row, agreement
from classroom.demos.joiner import script
from classroom.demos.write_page import page_text
from tools.browser import CHROMIUM, FLAGS, jupyterlab, run_all
from xorlib.data import truth_table
from xorlib.network import uniform_parameters
from xorlib.training import train

FRAME = 1 / 60  # of a screen
TURNS = 7
DRAGGED = {
    "draw_a_line": "a weight is dragged",
    "solve_by_hand": "one of nine numbers is dragged",
    "learning_rates": "the rate is dragged, trained at each",
    "luck_of_the_start": "the seed is dragged, trained at each",
    "watch_it_learn": "the film plays",
}


@contextlib.contextmanager
def window(height=720):
    """Open Chromium; yield a page, a folder, and the address of the demos' page in it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        file.write_text(page_text(), encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # The page's policy would keep Playwright from waiting in it.
        yield chromium.new_page(viewport={"width": 1280, "height": height}, bypass_csp=True), file
        chromium.close()


FIRST_PICTURE = "document.querySelector('main > div')?.shadowRoot?.querySelector('.point[d]')"


def opening():
    """Compare the time from opening the page to its first whole picture with a second."""
    waits = []
    with window() as (page, file):
        for _ in range(TURNS):
            page.goto("about:blank")
            page.goto(f"{file.as_uri()}#demo=watch_it_learn", wait_until="commit")
            page.wait_for_function(FIRST_PICTURE)
            waits.append(page.evaluate("performance.now()") / 1000)
    what = "The page of the demos, to its first picture"
    return [Row(what, "", statistics.median(waits), "a second", 1.0, most=1)]


GAPS = """drag => new Promise(done => {
  const slider = document.querySelector("main > div").shadowRoot.querySelector("[type=range]");
  const frames = [];
  requestAnimationFrame(function frame(now) {
    if (frames.push(now) > 240) return done(frames.slice(3).map((at, k) => at - frames[k + 2]));
    if (drag) {
      const share = 0.5 - 0.5 * Math.cos((now - frames[0]) / 400);
      slider.value = Number(slider.min) + share * (slider.max - slider.min);
      slider.dispatchEvent(new Event("input", {bubbles: true}));
    }
    requestAnimationFrame(frame);
  });
})"""


def frames():
    """Compare the frames of the film, and of sliders that are dragged, with those of a screen."""
    rows = []
    with window() as (page, file):
        for name, what in DRAGGED.items():
            page.goto("about:blank")
            page.goto(f"{file.as_uri()}#demo={name}")
            page.wait_for_timeout(2000)
            film = name == "watch_it_learn"
            if film:
                page.get_by_role("button", name="Play", exact=True).click()
            gaps = sorted(page.evaluate(GAPS, not film))
            for share, most, word in ((0.5, 1, "half"), (0.95, 2, "95 %")):
                label, peer = f"While {what}: {word} of the frames within", f"{most} of a screen's"
                ours, theirs = gaps[int(share * len(gaps))] / 1000, most * FRAME
                rows.append(Row(label, "", ours, peer, theirs, most=1.02))
    return rows


TRAIN = """async ({source, start}) => {
  const blob = new Blob([source], {type: "text/javascript"});
  const {train} = (await import(URL.createObjectURL(blob))).default;
  const began = performance.now();
  const {losses} = train(start, {activation: "sigmoid", learningRate: 0.1, epochs: 10000});
  return [(performance.now() - began) / 1000, losses.at(-1)];
}"""


def training():
    """Compare 10,000 epochs in the page, from the first run on, with xorlib's `train`, in turn."""
    start, data = uniform_parameters(42), truth_table("xor")
    numbers = [float(number) for array in start.arrays for number in array.ravel()]
    source = script("network.js")
    ours, theirs = [], []
    with window() as (page, _):
        for _ in range(TURNS):
            ours.append(page.evaluate(TRAIN, {"source": source, "start": numbers}))
            began = perf_counter()
            losses = train(start, *data, learning_rate=0.1, epochs=10_000).losses
            theirs.append(perf_counter() - began)
    what, peer = "10,000 epochs of one network, in the page", "xorlib.training.train"
    same = agreement(ours[-1][1], losses[-1])
    return [Row(what, "", min(ours)[0], peer, min(theirs), same, most=1 / 5)]


CELLS = [
    "from classroom import demos\ndemos.watch_it_learn()",
    """import ipywidgets, matplotlib.pyplot as plt
from xorlib import data, network, training
from xorlib.plotting import curves, diagram, page, planes
options = {"learning_rate": 0.1, "epochs": 10_000, "snapshots": 10_001}
run = training.train(network.uniform_parameters(42), *data.truth_table(), **options)
@ipywidgets.interact(epoch=ipywidgets.IntSlider(0, 0, 9999, 20))
def show(epoch):
    _, axes = page.panels(2, 2)
    planes.plot_planes(run.snapshots[epoch], axes[0])
    diagram.plot_network(run.snapshots[epoch], axes[1, 0])
    curves.plot_losses(run.losses, axes[1, 1])
    plt.show()""",
]
# From the key's event to just after the frame that paints another picture.
WATCH = """place => {
  const picture = () => place.shadowRoot?.querySelector(".loss .here").getAttribute("cx")
    ?? [...place.querySelectorAll("img")].at(-1)?.src;
  const old = picture();
  window.waited = new Promise(done => place.addEventListener("keydown", () => {
    const pressed = performance.now(), frame = () => requestAnimationFrame(() => setTimeout(look));
    const look = () => picture() && picture() !== old ? done(performance.now() - pressed) : frame();
    frame();
  }, {capture: true, once: true}));
}"""


def latency():
    """Compare key press to new picture in JupyterLab: the demo, and interact with plt.show()."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    waits = [[], []]
    with window(height=2400) as (page, file), jupyterlab(file.parent) as address:
        nbformat.write(notebook, file.parent / "moves.ipynb")
        run_all(page, f"{address}/lab/tree/moves.ipynb")
        demo = page.locator("[data-lm-suppress-shortcuts]:has(.demo)").first
        other = page.locator(".jp-OutputArea").nth(1)
        other.locator("img").last.wait_for(timeout=60_000)
        sliders = [demo.locator("input[type=range]").first, other.locator(".noUi-handle")]
        for _ in range(2 * TURNS):
            for place, slider, waited in zip((demo, other), sliders, waits, strict=True):
                slider.focus()
                page.wait_for_timeout(300)
                place.evaluate(WATCH)
                page.keyboard.press("ArrowRight")
                waited.append(page.evaluate("waited") / 1000)
    ours, theirs = (statistics.median(times) for times in waits)
    what, peer = "Key press to new picture in JupyterLab: four views", "interact with plt.show()"
    return [Row(what, "", ours, peer, theirs, least=15)]


COMPARISONS = (opening, frames, training, latency)
