"""Demos, book and slides in Firefox and in WebKit, opened from files without a network.

Firefox is driven by WebDriver BiDi, which it speaks itself; WebKitGTK, the engine of Safari, by
WebDriver. Both know the same actions of hand and keyboard. Screenshots are left in
build/screenshots.
"""

import base64
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
from functools import cache
from urllib.request import Request, urlopen

import pytest
import websocket
from PIL import ImageGrab

from classroom.demos import write_data
from classroom.policy import guarded
from tests.slow.demo_pages import DEMOS, FOLLOW, PICTURES, SHOTS, left_out, size
from tools.browser import until

SIZE = size(1280, 760)
# What goes wrong on a page, written down from its first script on.
RECORD = """<script>window.faults = [];
for (const event of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(event, (e) => faults.push(
    [event, e.message ?? e.reason ?? e.blockedURI ?? e.target.outerHTML].join(" ")), true);
for (const level of ["error", "warn"]) console[level] = (...words) => faults.push(words.join(" "));
</script>"""


class Browser:
    """A page in a browser that is driven from here."""

    def run(self, expression):
        """Return what JavaScript, or a promise, comes to; nothing may have gone wrong by then."""
        told = f"(async () => [await {expression}, window.faults ?? []])()"
        value, faults = self.evaluated(told)
        assert faults == []
        return value

    def close(self):
        for process in self.processes:
            process.terminate()
            process.wait(timeout=20)


class Chromium(Browser):
    """A page that Playwright drives, to compare with."""

    def __init__(self, page):
        self.go, self.evaluated = page.goto, page.evaluate


class Firefox(Browser):
    """A page in Firefox without a window."""

    PROGRAMS = [shutil.which("firefox-esr") or shutil.which("firefox")]

    def __init__(self, folder):
        # It is not to look for add-ons, which takes half of its start.
        (folder / "user.js").write_text('user_pref("extensions.enabledScopes", 0);')
        log, options = folder / "log", ["--headless", "--remote-debugging-port=0", "--profile"]
        command = [*self.PROGRAMS, *options, folder]
        with open(log, "w") as out:
            self.processes = [subprocess.Popen(command, stdout=out, stderr=out)]
        address = until(lambda: re.search(r"ws://\S+", log.read_text()), "Firefox")[0]
        # It answers programs only, and a page would name its origin.
        options = {"suppress_origin": True, "timeout": 20}
        self.socket, self.sent = websocket.create_connection(f"{address}/session", **options), 0
        self("session.new", capabilities={})
        self.context = self("browsingContext.getTree")["contexts"][0]["context"]
        self("browsingContext.setViewport", context=self.context, viewport=SIZE)

    def __call__(self, method, **parameters):
        """Send a command, and again if its answer is lost: seldom, while pages change."""
        for _ in range(3):
            self.sent += 1
            message = {"id": self.sent, "method": method, "params": parameters}
            self.socket.send(json.dumps(message))
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                while (answer := json.loads(self.socket.recv())).get("id") != self.sent:
                    pass
                assert answer["type"] == "success", answer
                return answer["result"]
        raise TimeoutError(method)

    def go(self, address):
        self("browsingContext.navigate", context=self.context, url=address, wait="complete")
        # Now and then the page before it is still there for a moment.
        until(lambda: self.run("location.href").split("#")[0] == address.split("#")[0], address)

    def evaluated(self, promise):
        told, here = f"{promise}.then(JSON.stringify)", {"context": self.context}
        found = self("script.evaluate", expression=told, target=here, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def act(self, *sources):
        self("input.performActions", context=self.context, actions=sources)

    def shot(self, path):
        taken = self("browsingContext.captureScreenshot", context=self.context)
        path.write_bytes(base64.b64decode(taken["data"]))

    def close(self):
        self.socket.shutdown()
        super().close()


def listens(port):
    with socket.socket() as line:
        return not line.connect_ex(("127.0.0.1", port))


class WebKit(Browser):
    """A page in WebKitGTK's own small browser, on a screen that nobody sees."""

    PROGRAMS = [shutil.which("WebKitWebDriver"), shutil.which("Xvfb")]

    def __init__(self, _):
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x860x24"]
        screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        with screen.stdout as told:
            self.display = f":{int(told.readline())}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        # As Chromium here: no graphics card is to be imitated.
        own = {"DISPLAY": self.display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        driver = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=os.environ | own)
        self.processes, self.address = [driver, screen], f"http://127.0.0.1:{port}/session"
        until(lambda: listens(port), "WebKitWebDriver")
        self.address += f"/{self('', capabilities={})['sessionId']}"
        self("/window/rect", x=0, y=0, **SIZE)

    def __call__(self, command, **parameters):
        body, kind = json.dumps(parameters).encode(), {"Content-Type": "application/json"}
        with urlopen(Request(self.address + command, body, kind), timeout=60) as answer:
            return json.load(answer)["value"]

    def go(self, address):
        self("/url", url=address)

    def evaluated(self, promise):
        told = f"{promise}.catch((error) => [null, [String(error)]]).then(arguments[0])"
        return self("/execute/async", script=told, args=[])

    def act(self, *sources):
        self("/actions", actions=sources)

    def shot(self, path):
        ImageGrab.grab(xdisplay=self.display).save(path)


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def browser(request, tmp_path_factory):
    """Start a browser; without one its tests are skipped, or fail in CI."""
    if None in request.param.PROGRAMS:
        left_out(request.param.__name__)
    driven = request.param(tmp_path_factory.mktemp("browser"))
    yield driven
    driven.close()


@pytest.fixture(scope="module")
def book(book, tmp_path_factory):
    """Copy the book; each page writes down what goes wrong on it."""
    folder = shutil.copytree(book, tmp_path_factory.mktemp("book") / "book")
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(guarded(text.replace("<head>", f"<head>{RECORD}", 1)), encoding="utf-8")
    SHOTS.mkdir(parents=True, exist_ok=True)
    return folder.as_uri()


def wait(browser, condition):
    until(lambda: browser.run(condition), condition, 30)


# A demo's parts on its page, and what a person reads there.
DEMO = "document.querySelector('main > div')?.shadowRoot.querySelector('.demo')"
DRAWN = f"!!{DEMO}?.querySelector('.headline:not(:empty)')"
READY = f"{DRAWN} && !/ rates trained/.test({DEMO}.textContent)"
SHOWN = f"[...{DEMO}.querySelectorAll('.headline, .why, td')].filter((p) => p.checkVisibility())"
TOLD = f"{SHOWN}.map((part) => part.textContent)"
FRAME = "await new Promise(requestAnimationFrame); "
TEXT = f"(async () => {{ {3 * FRAME}return {TOLD}; }})()"


def opened(browser, book, link, anew=False):
    """Open a demo; a page with demos that is there follows the link, unless it is to be loaded."""
    if anew or not browser.run("location.pathname.endsWith('/demos/index.html')"):
        browser.go(f"{book}/demos/index.html?{time.monotonic_ns()}{link}")
    else:
        browser.run(f"({FOLLOW})('{link}')")
    wait(browser, READY)


def place(browser, node):
    """Return the middle of a node in the window."""
    box = browser.run(f"{node}.getBoundingClientRect().toJSON()")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(browser, start, end):
    """Press the mouse, move it and let it go; at one place this is a click."""
    there, on = ({"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in (start, end))
    down, up = ({"type": f"pointer{what}", "button": 0} for what in ("Down", "Up"))
    browser.act({"type": "pointer", "id": "mouse", "actions": [there, down, on, up]})


def click(browser, node):
    browser.run(f"{node}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    middle = place(browser, node)
    drag(browser, middle, middle)


def press(browser, keys):
    """Press keys one after the other."""
    actions = [{"type": f"key{way}", "value": key} for key in keys for way in ("Down", "Up")]
    browser.act({"type": "key", "id": "keys", "actions": actions})


def button(name):
    return f"[...{DEMO}.querySelectorAll('button')].find((b) => b.textContent === '{name}')"


@pytest.fixture(scope="module")
def page(chromium):
    return Chromium(chromium.new_page(viewport=SIZE))


@cache
def told(page, book, link, *expressions):
    """Return what expressions come to at a link, which a page opens once for all."""
    opened(page, book, link)
    return [page.run(expression) for expression in expressions]


# For some of these rates rounding decides how the run ends.
RATES = [*map(str, write_data.RATES[34:]), "23.7", "33", "42"]
AT_RATES = f"""(async (demo) => {{
  const [rate] = demo.querySelectorAll("input[type=text]"), told = [];
  for (const typed of {RATES}) {{
    rate.value = typed;
    rate.dispatchEvent(new Event("change"));
    {2 * FRAME}
    told.push(demo.querySelector(".headline").textContent);
  }}
  return told;
}})({DEMO})"""
# Where there is nothing to drag.
PRESSED = {"what_do_you_see": "Four answers", "follow_the_delta": "Step"}
TYPED = {"draw_a_line": "-0.25", "solve_by_hand": "3.5", "follow_the_delta": "3"}


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_is_dragged_typed_into_played_and_says_the_same_from_its_link_and_in_chromium(
    browser, book, page, name
):
    opened(browser, book, f"#demo={name}")
    before, ends = browser.run(TEXT), f"{DEMO}.querySelectorAll('circle.handle')"
    if browser.run(f"{ends}.length"):
        (x0, y0), (x1, y1) = (place(browser, f"{ends}[{k}]") for k in (0, 1))
        start = (x0 + x1) / 2, (y0 + y1) / 2
    elif name not in PRESSED:
        start = place(browser, f"{DEMO}.querySelector('.clickable .frame')")
    if name in PRESSED:
        click(browser, button(PRESSED[name]))
    else:
        drag(browser, start, (start[0] + 60, start[1] + 20))
    moved = browser.run(TEXT)
    assert moved != before

    if name == "watch_it_learn":
        click(browser, button("Play"))
        wait(browser, f"{DEMO}.querySelector('.headline').textContent !== {moved[0]!r}")
        click(browser, button("Pause"))
    box = f"[...{DEMO}.querySelectorAll('input[type=text]')].filter((b) => b.clientWidth)[0]"
    typed = TYPED.get(name, "17")
    click(browser, box)
    browser.run(f"{box}.select()")
    press(browser, f"{typed}\ue007")
    assert browser.run(f"{TEXT}.then(() => {box}.value)") == typed.replace("-", "−")

    wait(browser, READY)
    text = browser.run(TEXT)
    browser.shot(SHOTS / f"{type(browser).__name__}-{name}.png")
    click(browser, button("Copy link"))
    link = browser.run(f"new URL({DEMO}.querySelector('.copied textarea').value).hash")
    assert typed in link
    opened(browser, book, link, anew=True)
    assert browser.run(TEXT) == text
    expressions = [TEXT, AT_RATES] if name == "learning_rates" else [TEXT]
    here = [browser.run(expression) for expression in expressions]
    assert here == told(page, book, link, *expressions)
    assert all(sum("rounding" in words for words in at_rates) > 2 for at_rates in here[1:])


def test_the_books_search_folds_and_formulas(browser, book):
    browser.go(f"{book}/index.html")
    click(browser, "document.querySelector('[name=q]')")
    press(browser, "plateau\ue007")
    found = "!!document.querySelector(`#search-results li a[href*='from_scratch']`)"
    wait(browser, f"document.readyState === 'complete' && {found}")
    browser.go(f"{book}/notebooks/01_one_neuron_is_not_enough.html")
    fold = "document.querySelector('details:has(math)')"
    inside = f"{fold}.querySelector('math').checkVisibility()"
    assert not browser.run(inside)
    click(browser, f"{fold}.querySelector('summary')")
    wait(browser, inside)
    browser.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    wide = "[...document.querySelectorAll('math')].map((f) => f.getBoundingClientRect().width)"
    assert min(browser.run(wide)) > 3
    demo = "document.querySelector('[data-demo]')"
    browser.run(f"{demo}.scrollIntoView({{behavior: 'instant'}})")
    wait(browser, f"!!{demo}.firstElementChild?.shadowRoot?.querySelector('.frame')")
    browser.shot(SHOTS / f"{type(browser).__name__}-book.png")


def test_the_slides_go_on(browser, book):
    browser.go(f"{book}/slides/45.html")
    wait(browser, "!!window.Reveal?.isReady()")
    slide, seen = "Reveal.getCurrentSlide().textContent", set()
    for number in range(4):
        wait(browser, f"Reveal.getIndices().h === {number}")
        seen.add(browser.run(slide))
        browser.shot(SHOTS / f"{type(browser).__name__}-slide-{number}.png")
        press(browser, "\ue014")
    assert len(seen) == 4


def test_the_film_shows_at_least_half_of_chromiums_pictures(browser, book, page):
    """Others use this machine, too: one of a few tries is enough."""
    for one in (browser, page):
        opened(one, book, "#demo=watch_it_learn")
    film = f"({PICTURES})({DEMO}, 400)"
    tries = ([len(one.run(film)) for one in (page, browser)] for _ in range(20))
    assert any(there >= 4 and here >= there / 2 for there, here in tries)


def test_where_rounding_decides_a_film_is_the_same_in_every_browser(browser, book, page):
    for activation in ("sigmoid", "tanh", "relu"):
        link = f"#demo=watch_it_learn&activation={activation}&seed=7&rate=20&epoch=5000"
        opened(browser, book, link)
        here = browser.run(TEXT)
        assert [here] == told(page, book, link, TEXT) and len(here) > 50
