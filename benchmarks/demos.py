"""What the demos cost: to open them, to move them, to train, against what one would do otherwise.

`opening` and `frames` are measured in the page as it is opened from a file, `training` in the same
browser and the same minute as `xorlib.training.train`, `latency` in JupyterLab. Without Chromium
none of them has a row.
"""

import statistics
import tempfile
from pathlib import Path
from time import perf_counter

import nbformat
from playwright.sync_api import sync_playwright

from benchmarks.timing import Row, agreement
from classroom.demos.page import page as page_text
from classroom.demos.script import FOLDER
from tools.browser import CHROMIUM, FLAGS, lab_command, ready_kernel, run_all, serving
from xorlib.data import truth_table
from xorlib.network import uniform_parameters
from xorlib.training import train

X, y = truth_table("xor")
WINDOW = {"width": 1280, "height": 720}
FRAME = 1 / 60
TURNS = 7


def in_chromium(measure):
    """Return what a function of a page and the demos' address returns; no rows without Chromium."""
    if CHROMIUM is None:
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        file.write_text(page_text(), encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        rows = measure(chromium.new_page(viewport=WINDOW), file.as_uri())
        chromium.close()
    return rows


def opening():
    """Compare the time from opening the file to the first whole picture with a second."""

    def measure(page, address):
        waits = []
        for _ in range(TURNS):
            page.goto("about:blank")
            page.goto(f"{address}#demo=watch_it_learn", wait_until="commit")
            waits.append(page.evaluate(DRAWN) / 1000)
        what = "Opening the page of the demos, to the first picture"
        return [Row(what, "", statistics.median(waits), "a second", 1.0, most=1)]

    return in_chromium(measure)


DRAWN = """() => new Promise(done => {
  const look = () => {
    const place = document.querySelector("main > div")?.shadowRoot;
    if (place?.querySelector(".point[d]")) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""
GAPS = """({selector, seconds}) => new Promise(done => {
  const slider = document.querySelector("main > div").shadowRoot.querySelector(selector);
  const gaps = [], start = performance.now();
  let before = start;
  const frame = now => {
    gaps.push((now - before) / 1000);
    before = now;
    if (now - start > 1000 * seconds) return done(gaps.slice(2));
    if (slider) {
      const share = 0.5 - 0.5 * Math.cos((now - start) / 400);
      slider.value = Number(slider.min) + share * (slider.max - slider.min);
      slider.dispatchEvent(new Event("input", {bubbles: true}));
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""


def frames():
    """Compare the frames of the film, and of sliders that are dragged, with those of the screen."""

    def measure(page, address):
        rows = []
        for name, what in [
            ("watch_it_learn", "the film plays"),
            ("draw_a_line", "a weight is dragged"),
            ("solve_by_hand", "one of nine numbers is dragged"),
            ("learning_rates", "the rate is dragged, trained at each"),
            ("luck_of_the_start", "the seed is dragged, trained at each"),
        ]:
            page.goto("about:blank")
            page.goto(f"{address}#demo={name}")
            page.wait_for_timeout(2000)
            selector = "input[type=range]"
            if name == "watch_it_learn":
                page.get_by_role("button", name="Play", exact=True).click()
                selector = "none"
            gaps = sorted(page.evaluate(GAPS, {"selector": selector, "seconds": 4}))
            for share, most, word in ((0.5, 1, "median"), (0.95, 2, "95 %")):
                ours = gaps[int(share * len(gaps))]
                peer, theirs = f"{most} of the screen's", most * FRAME
                row = Row(f"Frame while {what}, {word}", "", ours, peer, theirs, most=1.02)
                rows.append(row)
        return rows

    return in_chromium(measure)


TRAIN = """async ({source, start, turns}) => {
  const blob = new Blob([source], {type: "text/javascript"});
  const {train} = await import(URL.createObjectURL(blob));
  let shortest = Infinity, losses;
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now();
    ({losses} = train(start, {activation: "sigmoid", learningRate: 0.1, epochs: 10000}));
    shortest = Math.min(shortest, performance.now() - began);
  }
  return {seconds: shortest / 1000, last: losses.at(-1)};
}"""


def training():
    """Compare 10,000 epochs of the engine in the page with xorlib's `train`, in turn."""
    start = uniform_parameters(42)
    numbers = [float(v) for array in start.arrays for v in array.ravel()]
    source = (FOLDER / "network.js").read_text(encoding="utf-8")

    def measure(page, address):
        ours, theirs, losses = [], [], []
        for _ in range(TURNS):
            arguments = {"source": source, "start": numbers, "turns": 3}
            ours.append(page.evaluate(TRAIN, arguments))
            began = perf_counter()
            losses = train(start, X, y, learning_rate=0.1, epochs=10_000).losses
            theirs.append(perf_counter() - began)
        return [
            Row(
                what="10,000 epochs of one network, in the page",
                unit="",
                ours=min(run["seconds"] for run in ours),
                peer="xorlib.training.train",
                theirs=min(theirs),
                agreement=agreement([ours[-1]["last"]], [losses[-1]]),
                most=1 / 5,
            )
        ]

    return in_chromium(measure)


CELLS = [
    "from classroom import demos\ndemos.watch_it_learn()",
    "import ipywidgets, matplotlib.pyplot as plt\n"
    "from xorlib.plotting import curves, diagram, page, planes\n"
    "from xorlib.data import truth_table\n"
    "from xorlib.network import uniform_parameters\n"
    "from xorlib.training import train\n"
    "X, y = truth_table('xor')\n"
    "options = {'learning_rate': 0.1, 'epochs': 10_000, 'snapshots': 10_001}\n"
    "run = train(uniform_parameters(42), X, y, **options)\n"
    "def show(epoch):\n"
    "    figure, axes = page.panels(2, 2)\n"
    "    planes.plot_input_plane(run.snapshots[epoch], axes[0, 0])\n"
    "    planes.plot_hidden_space(run.snapshots[epoch], axes[0, 1])\n"
    "    diagram.plot_network(run.snapshots[epoch], axes[1, 0])\n"
    "    curves.plot_losses(run.losses, axes[1, 1])\n"
    "    plt.show()\n"
    "ipywidgets.interact(show, epoch=ipywidgets.IntSlider(0, 0, 9999, 20));",
]
# From the key's event to the first frame in which the picture is another one.
WATCH = """place => {
  const picture = () => place.shadowRoot
    ? place.shadowRoot.querySelector(".loss .here").getAttribute("cx")
    : Array.from(place.querySelectorAll("img")).at(-1)?.src;
  const old = picture();
  window.waited = null;
  place.addEventListener("keydown", () => {
    const pressed = performance.now();
    const look = () => {
      const now = picture();
      if (now && now !== old) requestAnimationFrame(() => {
        window.waited = performance.now() - pressed;
      });
      else requestAnimationFrame(look);
    };
    look();
  }, {capture: true, once: true});
}"""


def latency():
    """Compare key press to new picture in JupyterLab: the demo, and interact with plt.show()."""
    if CHROMIUM is None:
        return []
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        nbformat.write(notebook, folder / "moves.ipynb")
        with serving(folder, *lab_command(folder)) as address:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = chromium.new_page(viewport={"width": 1280, "height": 2400})
            page.goto(f"{address}/lab/tree/moves.ipynb")
            ready_kernel(address, page)
            run_all(page)
            page.locator(".jp-OutputArea img").first.wait_for(timeout=60_000)
            demo = page.locator("[data-lm-suppress-shortcuts]:has(.demo)").first
            other = page.locator(".jp-OutputArea").nth(1)
            sliders = [demo.locator("input[type=range]").first, other.locator(".noUi-handle")]
            waits = [[], []]
            for _ in range(15):
                for place, slider, waited in zip((demo, other), sliders, waits, strict=True):
                    slider.focus()
                    page.wait_for_timeout(300)
                    place.evaluate(WATCH)
                    page.keyboard.press("ArrowRight")
                    page.wait_for_function("window.waited !== null")
                    waited.append(page.evaluate("window.waited") / 1000)
            chromium.close()
    ours, theirs = (statistics.median(times) for times in waits)
    what, peer = "Key press to new picture in JupyterLab: four views", "interact with plt.show()"
    return [Row(what, "", ours, peer, theirs, least=15)]


COMPARISONS = (opening, frames, training, latency)
