"""Pages with demos for the tests: they record whatever goes wrong on them."""

import contextlib
import io
import json
import os
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from classroom.demos import write_data
from xorlib.data import truth_table
from xorlib.network import LOSSES, Parameters

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER, SHOTS = ROOT / "classroom/demos", ROOT / "build/screenshots"
DEMOS = [
    "draw_a_line", "solve_by_hand", "follow_the_delta", "watch_it_learn", "learning_rates",
    "luck_of_the_start", "what_do_you_see",
]  # fmt: skip
LOSS = {"sigmoid": "squared_error"} | dict.fromkeys(["tanh", "relu", "leaky_relu"], "cross_entropy")
STORED = json.loads(write_data.FILE.read_text(encoding="utf-8"))  # by `make data`
X, y = truth_table("xor")


def left_out(browser):
    """Skip the tests in a browser that is not installed; in CI they fail."""
    missing = f"{browser} is not installed: nothing was tried in it"
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


def size(width, height):
    """Return the size of a window as Playwright takes it."""
    return {"width": width, "height": height}


PHONE, SCREEN = size(390, 844), size(1280, 720)


@contextlib.contextmanager
def window(chromium, viewport=SCREEN, own=None, **options):
    """Open a window; yield its page, and fail at the end if anything went wrong on it.

    It may ask this machine alone, and for no files but the page itself and those below `own`.
    """
    context, faults = chromium.new_context(viewport=viewport, **options), []
    page = context.new_page()
    page.on("console", lambda m: m.type in ("error", "warning") and heard(m.text, faults))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked(request, own, faults))
    # What was still under way when the test left a page has not failed.
    left = "net::ERR_ABORTED"
    page.on("requestfailed", lambda r: r.failure == left or faults.append(f"failed: {r.url}"))
    yield page
    context.close()
    assert faults == [], faults


def heard(text, faults):
    """Record a complaint, but for some of JupyterLab's.

    Of the laboratory's kernel, of a kernel that ends early, and of a slow start.
    """
    if not re.search("@jupyterlite/|debugger state: Canceled| to activate", text):
        faults.append(text)


def asked(request, own, faults):
    """Record a request that leaves the machine, or asks for a file that is not of the page."""
    here = request.url.startswith(("data:", "blob:", "http://127.0.0.1:", "ws://127.0.0.1:"))
    itself = request.url.startswith("file:") and request.is_navigation_request()
    if not here and not (request.url.startswith(own.as_uri()) if own else itself):
        faults.append(f"asked for {request.url}")


@contextlib.contextmanager
def served(folder):
    """Serve a folder on this machine; yield its address, and a list of the paths asked for."""
    paths = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            paths.append(self.path.strip("/?"))

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def faults_for_axe(page, context=None, colours=True):
    """Return what axe-core finds, of whatever weight; it is not to ask for style sheets anew.

    Most of its time goes into colours, which pages of one kind have alike.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    of_colours = "color-contrast", "link-in-text-block"
    options = {"preload": False, "reporter": "no-passes"}
    options["rules"] = {rule: {"enabled": colours} for rule in of_colours}
    run = "([context, options]) => axe.run(context ?? document, options)"
    found = page.evaluate(run, [context, options])["violations"]
    return [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]


def flat(parameters):
    """Return a network as nine numbers, in the demos' order; a stack as an array (N, 9)."""
    arrays = parameters.arrays
    return np.concatenate([array.reshape(*array.shape[:-2], -1) for array in arrays], axis=-1)


def network(numbers, activation):
    """Return the Parameters that nine numbers stand for."""
    W1, b1, W2, b2 = np.split(np.array(numbers, dtype=float), [4, 6, 8])
    shapes = [(2, 2), (1, 2), (2, 1), (1, 1)]
    arrays = [a.reshape(s) for a, s in zip((W1, b1, W2, b2), shapes, strict=True)]
    return Parameters(*arrays, activation=activation)


def loss_of(state, activation, loss=None):
    """Return the loss as it is printed."""
    return float(LOSSES[loss or LOSS[activation]].printed(state.z2, state.a2, y))


def number(text):
    """Return the number that a text on the page stands for."""
    return float(text.replace("−", "-").replace(",", ""))


def printed(lines):
    """Run some lines of Python; return what they print."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(lines, {})
    return out.getvalue()


class Shown:
    """A demo on a page."""

    def __init__(self, page, name, place="main"):
        self.page, self.name = page, name
        self.demo = page.locator(f"{place} .demo.{name}").first

    def settle(self):
        """Wait for the next frames to be drawn."""
        frame = "await new Promise(requestAnimationFrame);"
        self.page.evaluate(f"async () => {{ {2 * frame} }}")

    def words(self):
        self.settle()
        return self.demo.locator(".headline").inner_text()

    def sides(self):
        """Return where the picture and the controls stand."""
        places = ".picture", ".controls"
        return [self.demo.locator(place).bounding_box() for place in places]

    def right(self):
        """Return how many of the four rows are right, as the headline says."""
        return int(re.search(r"(\d) of 4 ", self.words())[1])

    def button(self, text):
        return self.demo.get_by_role("button", name=text, exact=True)

    def box(self, label):
        return self.demo.get_by_role("textbox", name=label, exact=True)

    def slider(self, label):
        return self.demo.get_by_role("slider", name=f"{label}, slider", exact=True)

    def type(self, label, text):
        self.box(label).fill(text)
        self.box(label).press("Enter")
        self.settle()

    def choose(self, words):
        """Click one of the options of a choice."""
        self.demo.get_by_text(words, exact=True).click()
        self.settle()

    def hide(self):
        """Hide the answers, or show them again."""
        self.demo.get_by_role("checkbox").click()
        self.settle()

    def problem(self):
        self.settle()
        return self.demo.locator(".problem").inner_text()

    def rows(self, table=0):
        """Return a table's rows, each a list of texts."""
        self.settle()
        texts = "t => [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))"
        return self.demo.locator("table").nth(table).evaluate(texts)

    def copied(self, what):
        """Press a button that copies; return the text."""
        self.button(what).click()
        return self.demo.get_by_role("textbox", name="to copy").input_value()

    def link(self):
        return self.copied("Copy link").partition("#")[2]

    def printed(self):
        """Run what is copied as Python; return what it prints."""
        return printed(self.copied("Copy as Python"))


# When a film shows another picture, in a second, or less, from a click on *Play* on.
PICTURES = """async (demo, milliseconds) => {
  const times = [], [play] = demo.querySelectorAll(".row button");
  const note = new MutationObserver(() => times.push(performance.now()));
  note.observe(demo.querySelector(".headline"), {childList: true, subtree: true});
  play.click();
  await new Promise((done) => setTimeout(done, milliseconds ?? 1000));
  play.click();
  return times;
}"""


FOLLOW = """link => {
  localStorage.clear(); // of guesses
  history.replaceState(null, "", link);
  dispatchEvent(new HashChangeEvent("hashchange"));
}"""


def opened(page, address, name, state="", wait=True):
    """Open the page at a demo, as new; `state` is the rest of the link.

    A page that is there already follows the link, which is five times as quick as to load it again;
    what it keeps of a demo gives way to a state.
    """
    if page.url.partition("#")[0] == address:
        page.evaluate(FOLLOW, f"#demo={name}{state or '&hide=0'}")
    else:
        page.goto(f"{address}#demo={name}{state}")
    shown = Shown(page, name)
    if wait:
        shown.demo.locator(".headline:not(:empty)").wait_for()
        shown.settle()
    return shown
