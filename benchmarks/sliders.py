"""What a demo costs: to open it, and to move a slider, against the same views drawn anew.

`opening` and `frames` are work in the kernel, `latency` is the time from a key press to the new
picture in JupyterLab, in a browser; without Chromium it has no row.
"""

import io
import statistics
import tempfile
from pathlib import Path
from time import perf_counter

import matplotlib.pyplot as plt
import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks import peers
from benchmarks.timing import Row, best_times
from tools.browser import CHROMIUM, FLAGS, lab_command, ready_kernel, run_all, serving
from tools.execute_notebooks import METADATA
from xorlib import plotting, sliders
from xorlib.data import truth_table
from xorlib.network import predict, uniform_parameters
from xorlib.sliders import by_hand, rates, recorded, starts
from xorlib.training import train

X, y = truth_table("xor")
TURNS = 25
LOOP = "part one's loop, 10,000 epochs"


def history():
    """Return the run that both sides show."""
    return train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000, snapshots=10_001)


def new_figure(run, epoch):
    """Return a new figure with the four views of `watch_it_learn`, as large as there."""
    figure, axes = plotting.panels(2, 2, size=(3.1, 2.45))
    network = run.snapshots[epoch]
    plotting.plot_decision_surface(lambda points: predict(network, points), axes[0, 0])
    plotting.plot_hidden_lines(network, axes[0, 0])
    plotting.plot_points(X, y, axes[0, 0])
    plotting.plot_hidden_space(network, X, y, ax=axes[0, 1])
    plotting.plot_network(network, axes[1, 0])
    plotting.plot_loss(run.losses, axes[1, 1])
    axes[1, 1].plot(epoch, run.losses[epoch], "o")
    return figure


def opening():
    """Compare opening a demo, its training with it, with part one's loop over one network."""
    start = uniform_parameters(42)

    def opened(name):
        for function in (recorded.record, rates.sweep, starts.survey, by_hand.presets):
            function.cache_clear()
        getattr(sliders, name)().close()

    contenders = {name: lambda name=name: opened(name) for name in sliders.__all__}
    contenders["plain"] = lambda: peers.plain_loop(start, 10_000)
    times = best_times(contenders, turns=5)
    return [
        Row(f"Opening `{name}`", "", times[name], LOOP, times["plain"], most=4)
        for name in sliders.__all__
    ]


def frames():
    """Compare one move of the demo's slider, its numbers too, with a new figure and savefig."""
    run, demo = history(), sliders.watch_it_learn()
    ours, theirs, largest = [], [], 0
    for epoch in np.linspace(0, 9900, TURNS).astype(int).tolist():
        ours.append(
            seconds(lambda epoch=epoch: setattr(demo.controls["epoch"], "value", epoch + 7))
        )
        largest = max(largest, len(demo.image.value))

        def draw(epoch=epoch):
            figure = new_figure(run, epoch)
            figure.savefig(io.BytesIO(), format="png", dpi=100)
            plt.close(figure)

        theirs.append(seconds(draw))
    demo.close()
    return [
        Row(
            what="One frame of a demo: four views and all numbers",
            unit="a frame",
            ours=statistics.median(ours),
            peer="new figure, savefig",
            theirs=statistics.median(theirs),
            agreement=f"a frame's HTML is {largest / 1000:.0f} kB at most",
            most=1 / 8,
        )
    ]


def seconds(function):
    """Return how long a call takes."""
    started = perf_counter()
    function()
    return perf_counter() - started


CELLS = [
    "from xorlib import sliders\nsliders.watch_it_learn()",
    f"import sys\nsys.path.insert(0, {str(Path(__file__).parent.parent)!r})\n"
    "import ipywidgets, matplotlib.pyplot as plt\n"
    "from benchmarks.sliders import history, new_figure\n"
    "run = history()\n"
    "def show(epoch):\n"
    "    figure = new_figure(run, epoch)\n"
    "    plt.show()\n"
    "ipywidgets.interact(show, epoch=ipywidgets.IntSlider(0, 0, 9999, 20));",
]
# From the key's event to the first frame in which the picture is another one, loaded whole.
WATCH = """place => {
  const picture = () => Array.from(place.querySelectorAll('img')).at(-1);
  const old = picture()?.src;
  window.waited = null;
  place.addEventListener('keydown', () => {
    const pressed = performance.now();
    const look = () => {
      const now = picture();
      if (now && now.src !== old && now.complete) window.waited = performance.now() - pressed;
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
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
        nbformat.write(notebook, folder / "moves.ipynb")
        with serving(folder, *lab_command(folder)) as address:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = chromium.new_page(viewport={"width": 1280, "height": 2400})
            page.goto(f"{address}/lab/tree/moves.ipynb")
            ready_kernel(address, page)
            run_all(page)
            outputs = page.locator(".jp-OutputArea")
            outputs.nth(1).locator("img").wait_for(timeout=60_000)
            waits = [[], []]
            for _ in range(TURNS):
                for output, waited in zip((outputs.nth(0), outputs.nth(1)), waits, strict=True):
                    output.locator(".noUi-handle").first.focus()
                    page.wait_for_timeout(300)
                    output.evaluate(WATCH)
                    page.keyboard.press("ArrowRight")
                    page.wait_for_function("window.waited !== null")
                    waited.append(page.evaluate("window.waited") / 1000)
            chromium.close()
    ours, theirs = (statistics.median(times) for times in waits)
    return [
        Row(
            what="Key press to new picture in JupyterLab: four views",
            unit="",
            ours=ours,
            peer="interact, new figure, plt.show()",
            theirs=theirs,
            least=4,
        )
    ]


COMPARISONS = (opening, frames, latency)
