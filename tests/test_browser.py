"""The slider demos in a real browser, in JupyterLab and as the app: by keyboard, fast, and alone.

Chromium is the system's. Where there is none these tests are left out with a line that says so;
with CI=true in the environment they fail instead. Screenshots for a person to look at are left in
build/screenshots.
"""

import contextlib
import io
import os
import re
import shutil
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import sync_playwright

from tools.browser import (
    CHROMIUM,
    FLAGS,
    SECONDS,
    lab_command,
    ready_kernel,
    run_all,
    serving,
    until,
)

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "06_slider_demos.ipynb"
SHOTS = ROOT / "build/screenshots"
DEMOS = ["DrawALine", "SolveByHand", "WatchItLearn", "LearningRates", "LuckOfTheStart"]


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        missing = "Chromium is not installed: the demos were not tried in a browser"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Site:
    """A page with all five demos, and what went wrong on it."""

    def __init__(self, browser, name):
        self.name, self.faults = name, []
        self.context = browser.new_context(viewport={"width": 1280, "height": 720})
        self.page = self.context.new_page()
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self.asked)
        self.page.on("requestfailed", lambda r: self.faults.append(f"failed: {r.url} {r.failure}"))
        self.page.on("response", self.answered)

    def heard(self, message):
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def asked(self, request):
        if not re.match(r"(data|blob):|https?://127\.0\.0\.1[:/]", request.url):
            self.faults.append(f"off the machine: {request.url}")

    def answered(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def demo(self, name):
        """Return a demo, scrolled into view: JupyterLab lays out only the cells in view."""
        demo = self.page.locator(f".xor-demo.{name}")
        panel = self.page.locator(".jp-WindowedPanel-outer")
        if self.name == "lab":
            panel.evaluate("panel => panel.scrollTo(0, 0)")
            while not demo.count():
                top = panel.evaluate("panel => (panel.scrollBy(0, 300), panel.scrollTop)")
                self.page.wait_for_timeout(60)
                assert top < 30_000
        for _ in range(3):  # heights above may still change
            demo.locator("img").wait_for()
            demo.evaluate("demo => demo.scrollIntoView({block: 'start'})")
            self.page.wait_for_timeout(150)
        return Shown(self.page, demo)


class Shown:
    """A demo on the page."""

    def __init__(self, page, demo):
        self.page, self.demo = page, demo
        self.handles = demo.locator(".noUi-handle")
        self.boxes = demo.locator("input[type=number]")

    def state(self):
        """Return what there is to be seen: the picture, the words, the numbers."""
        return (
            self.demo.locator("img").get_attribute("src"),
            self.demo.locator("[role=status]").inner_text(),
            self.demo.locator(".numbers").inner_text(),
        )

    def settled(self):
        """Return the state once it has stayed the same for half a second."""
        old = None
        while old != (new := self.state()):
            old = new
            self.page.wait_for_timeout(500)
        return new

    def changes(self, old):
        """Wait until picture, words and numbers are all others than those of `old`; return them."""
        until(lambda: all(a != b for a, b in zip(self.state(), old, strict=True)), "a change", 20)
        return self.settled()

    def comes_to(self, wanted):
        """Wait until words and numbers are those, to the digit, and see that so is the picture.

        Letters may have another smoothing at their edges, but no other shape: see
        `alike` in test_sliders.py.
        """
        with contextlib.suppress(AssertionError):
            until(lambda: self.state()[1:] == wanted[1:], "a state", 10)
        picture, *texts = self.settled()
        assert tuple(texts) == wanted[1:]
        for name, seen in (("wanted", wanted[0]), ("instead", picture)):
            (SHOTS / f"{name}.png").write_bytes(b64decode(seen.partition(",")[2]))
        here, there = (
            np.array(Image.open(io.BytesIO(b64decode(p.partition(",")[2]))).convert("RGB"))
            for p in (picture, wanted[0])
        )
        assert np.abs(here.astype(int) - there).max() <= 120

    def button(self, name):
        return self.demo.get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, folder)
    with serving(folder, *lab_command(folder)) as address:
        site = Site(browser, "lab")
        site.page.goto(f"{address}/lab/tree/{NOTEBOOK}")
        ready_kernel(address, site.page)
        run_all(site.page)
        site.page.keyboard.press("Control+b")  # the file browser makes room
        yield site
        site.context.close()


@pytest.fixture(scope="module")
def app(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("app")
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, folder)
    with serving(folder, "voila", NOTEBOOK, "--Voila.ip=127.0.0.1") as address:
        site = Site(browser, "app")
        site.page.goto(address, timeout=1000 * SECONDS)
        site.page.locator(f".xor-demo.{DEMOS[-1]} img").wait_for(timeout=1000 * SECONDS)
        yield site
        site.context.close()


@pytest.fixture(scope="module", params=["lab", "app"])
def site(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("name", DEMOS)
def test_keys_move_picture_words_and_numbers(site, name):
    demo = site.demo(name)
    first = demo.settled()
    SHOTS.mkdir(parents=True, exist_ok=True)
    site.page.screenshot(path=SHOTS / f"{site.name}-{name}.png")

    demo.handles.first.focus()
    for _ in range(8):
        site.page.keyboard.press("PageDown" if name == "SolveByHand" else "PageUp")
    by_slider = demo.changes(first)
    box = demo.boxes.nth(1 if name == "WatchItLearn" else 0)
    assert float(demo.handles.first.get_attribute("aria-valuenow")) == float(box.input_value())

    box.focus()
    for _ in range(10):
        site.page.keyboard.press("ArrowDown")
    demo.changes(by_slider)
    assert not demo.demo.locator("[role=alert]").count()
    site.page.screenshot(path=SHOTS / f"{site.name}-{name}-moved.png")


@pytest.mark.parametrize("name", DEMOS)
def test_every_control_has_its_place_in_the_order_of_tabs_and_a_name(site, name):
    demo = site.demo(name)
    named = demo.demo.locator("input[type=number], select, button")
    shown = [control for control in named.all() if control.is_visible()]
    assert len(shown) > 1
    for control in shown:
        assert control.evaluate("c => c.labels && c.labels[0]?.textContent || c.textContent")
        assert control.evaluate("c => c.tabIndex") >= 0
    assert len(demo.demo.locator("img").get_attribute("alt")) > 40


def test_axe_finds_nothing_but_the_handles_that_have_no_name(site):
    """Each handle is ipywidgets' own and has no way to a name; the box linked to it has one."""
    for name in DEMOS:
        site.demo(name)
        found = Axe().run(site.page, context=".xor-demo").response["violations"]
        faults = [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]
        assert [fault for fault in faults if "noUi-handle" not in fault[1]] == []
        assert {kind for kind, _ in faults} == {"aria-input-field-name"}


def test_a_choice_is_made_by_keyboard(site):
    demo = site.demo("DrawALine")
    for gate in ("XOR", "AND"):
        demo.demo.get_by_role("button", name=gate, exact=True).focus()
        site.page.keyboard.press("Space")
        until(lambda gate=gate: demo.state()[1].startswith(f"{gate}:"), f"the words for {gate}")


def test_a_click_on_the_map_chooses_its_cell(site):
    demo = site.demo("LuckOfTheStart")
    image = demo.demo.locator("img")
    for column, row in ((5, 3), (19, 14)):
        image.click(position={"x": 34 + 19 * (column + 0.5), "y": 26 + 19 * (row + 0.5)})
        seed = f"Seed {20 * row + column}:"
        until(lambda seed=seed: demo.state()[1].startswith(seed), seed)


@pytest.mark.parametrize("name", ["DrawALine", "WatchItLearn"])
def test_a_fast_drag_ends_on_the_picture_of_its_last_position(site, name):
    demo = site.demo(name)
    before = demo.settled()
    handle = demo.handles.first
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    site.page.mouse.move(x, y)
    site.page.mouse.down()
    for step in range(120):  # there and back and there, as fast as the page takes it
        site.page.mouse.move(x + 90 * abs((step % 80) / 40 - 1) + step / 4, y)
    site.page.mouse.up()
    after = demo.changes(before)
    position = handle.get_attribute("aria-valuenow")

    # The same position, come to slowly, has the same picture, words and numbers.
    handle.focus()
    site.page.keyboard.press("PageDown")
    demo.changes(after)
    site.page.keyboard.press("PageUp")
    demo.comes_to(after)
    assert handle.get_attribute("aria-valuenow") == position


PLACES = """demo => {
  const top = part => part.getBoundingClientRect().top;
  const next = document.querySelector('.LearningRates') ?? demo;
  return [top(demo), demo.clientHeight, top(demo.querySelector('.noUi-handle')), top(next)];
}"""


def test_no_frame_is_blank_and_nothing_on_the_page_jumps(site):
    demo = site.demo("WatchItLearn")
    handle, image = demo.handles.first, demo.demo.locator("img")
    handle.focus()
    site.page.keyboard.press("Home")
    demo.settled()
    places, box = demo.demo.evaluate(PLACES), image.bounding_box()
    assert box["width"] == float(image.get_attribute("width"))  # pixel for pixel
    left, top = round(box["x"]), max(0, round(box["y"]))
    part = np.s_[top : round(box["y"] + box["height"]), left : left + round(box["width"])]

    painted = []
    session = site.context.new_cdp_session(site.page)

    def keep(event):
        painted.append(event["data"])
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png"})
    for _ in range(40):
        site.page.keyboard.press("ArrowRight")
        site.page.wait_for_timeout(40)
    demo.settled()
    session.send("Page.stopScreencast")
    session.detach()

    frames = [np.array(Image.open(io.BytesIO(b64decode(frame))).convert("L")) for frame in painted]
    dark = [(frame[part] < 80).mean() for frame in frames]
    assert len({frame[part].tobytes() for frame in frames}) > 10  # it was seen to move
    # Letters, lines and points are dark: some two hundredths of the picture, none of a gap.
    assert min(dark) > 0.01
    assert demo.demo.evaluate(PLACES) == places


def test_the_film_plays_stops_and_rewinds_to_the_very_same_start(site):
    demo = site.demo("WatchItLearn")
    demo.button("Rewind").focus()
    site.page.keyboard.press("Enter")
    start = until(lambda: "Epoch 0." in demo.state()[1] and demo.settled(), "the start")

    def epoch():
        return int(re.search(r"Epoch (\d+)\.", demo.state()[1])[1])

    demo.button("Play").focus()
    site.page.keyboard.press("Enter")
    for mark in (1, 100, 300):
        until(lambda mark=mark: epoch() > mark, f"epoch {mark}", 20)
    demo.button("Pause").focus()
    site.page.keyboard.press("Enter")
    demo.button("Play").wait_for()
    stopped = demo.settled()
    site.page.wait_for_timeout(500)
    assert demo.state() == stopped

    demo.button("Step").focus()
    site.page.keyboard.press("Enter")
    demo.changes(stopped)
    demo.button("Pin").focus()
    site.page.keyboard.press("Enter")
    until(lambda: "Pinned" in demo.state()[1], "the pinned run", 20)
    demo.settled()
    site.page.screenshot(path=SHOTS / f"{site.name}-pinned.png")
    demo.button("Unpin").focus()
    site.page.keyboard.press("Enter")
    demo.button("Rewind").focus()
    site.page.keyboard.press("Enter")
    demo.comes_to(start)


def test_nothing_failed_and_nothing_left_the_machine(site):
    site.page.wait_for_timeout(300)
    assert site.faults == []
