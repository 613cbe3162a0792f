"""The slides in a real Chromium, opened from a file without a network; the guide's links to demos.

Screenshots to look at are left in build/screenshots.
"""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from book import build, decks
from tests.slow.demo_pages import Shown, faults_for_axe
from tests.slow.test_book import SCREEN, reading
from tests.test_instructor import GUIDE, PLANS, steps
from tools.browser import until

SHOTS = decks.ROOT / "build/screenshots"
SMALL = """async () => {
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale(), found = [];
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const inNotes = text.parentElement.closest("aside, math, .demo, h2");
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize) * scale;
    if (text.data.trim() && !inNotes && size < 24) found.push(`${size} ${text.data}`);
  }
  const pictures = [...slide.querySelectorAll("img")];
  await Promise.all(pictures.map((img) => img.decode()));
  const small = (img) => 9.5 * 180 / 72 * img.clientHeight / img.naturalHeight < 17; // 9.5 points
  return [...found, ...pictures.filter(small).map((img) => img.alt)];
}"""
OVER = """() => {
  const box = Reveal.getCurrentSlide(), inside = [...box.querySelectorAll("*:not(aside *)")];
  const room = box.getBoundingClientRect(), edge = (e) => e.getBoundingClientRect();
  return inside.filter((e) => edge(e).bottom > room.bottom + 1 || edge(e).right > room.right + 1)
    .map((e) => e.outerHTML.slice(0, 80));
}"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Make the slides beside pictures and demos, as they stand in the book's folder."""
    folder = tmp_path_factory.mktemp("build")
    decks.make(folder)
    for place, content in build.contents():
        if str(place).startswith("_extra/"):  # pictures, and the demos' page
            file = folder / "book" / Path(place).relative_to("_extra")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return folder / "book"


@pytest.fixture
def page(chromium, book):
    """Open a page at a projector's size; nothing may go wrong on it, or ask another host."""
    with reading(chromium, book, viewport=SCREEN, offline=True) as page:
        yield page


@pytest.mark.parametrize("minutes", [45, 90])
def test_every_slide_fits_and_can_be_read_and_its_notes_are_the_plan(page, book, minutes):
    page.goto((book / f"slides/{minutes}.html").as_uri())
    until(lambda: page.evaluate("window.Reveal?.isReady()"), "the slides")
    total, notes = page.evaluate("Reveal.getTotalSlides()"), []
    assert len(set(re.findall(r"The answer is \w", page.content()))) == 2  # not the same letter
    for number in range(total):
        page.evaluate("document.fonts.ready")
        assert page.evaluate(SMALL) == [] and page.evaluate(OVER) == [], number
        if number % 6 == 0:  # slides differ in words, not in kind
            shown = {"include": [["section.present > section"]], "exclude": [["iframe"]]}
            found = faults_for_axe(page, shown)  # a formula is to axe-core an empty header
            assert [fault for fault in found if "<math" not in fault[1]] == [], number
        page.screenshot(path=SHOTS / f"slides-{minutes}-{number:02d}.png")
        note = re.findall(r"<p>(.+?)</p>", page.evaluate("Reveal.getSlideNotes()") or "", re.S)
        if note not in notes:  # all slides of a row have its notes
            notes.append(note)
        page.evaluate("Reveal.next()")
    rows = steps(PLANS[minutes])
    assert len(notes) == 1 + len(rows) and total > 20 and notes[0] == []  # the title has none
    for note, (begin, end, where, what, ask, said) in zip(notes[1:], rows, strict=True):
        told = [f"{begin}–{end}: {where}", *f"Do: {what}".split("*Can go:*"), ask, said]
        for line, part in zip(note, filter(None, told), strict=True):  # each a paragraph
            assert words(line).endswith(words(part))


def words(text):
    """Return a text without marks, tags, signs and the names of links."""
    text = re.sub(r"<[^>]+>|[*`]|(?<=\])\[[^]]+\]", "", text)
    return " ".join(re.sub(r"\W+", " ", text).split())


def test_a_deck_without_its_plan_says_so(tmp_path):
    for name, told in [("60.md", "has no plan"), ("45.md", "notes 4–9: .+, only 0–4, 4–10,")]:
        (tmp_path / name).write_text("# A deck\n\n% notes 4–9\n\n## A slide\n", encoding="utf-8")
        with pytest.raises(SystemExit, match=f"^{name}.+{told}"):
            decks.filled(tmp_path / name)


def test_the_speakers_window_opens_from_a_file_and_turns_the_slides(page, book):
    page.goto((book / "slides/45.html").as_uri())
    until(lambda: page.evaluate("window.Reveal?.isReady()"), "the slides")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    opened.value.frame_locator("#current-slide iframe").locator("section.present").last.wait_for()
    page.keyboard.press("ArrowRight")
    opened.value.get_by_text("They are mixed up.").wait_for()
    opened.value.keyboard.press("ArrowRight")
    until(lambda: page.evaluate("Reveal.getIndices().h") == 2, "the slide")


def test_a_demo_in_a_slide_is_alive_and_keeps_its_keys(page, book):
    page.goto((book / "slides/45.html").as_uri())
    until(lambda: page.evaluate("window.Reveal?.isReady()"), "the slides")
    slide = page.evaluate("Reveal.getSlides().findIndex((s) => s.querySelector('iframe.demo'))")
    page.evaluate("n => Reveal.slide(n)", slide)
    frame = page.wait_for_selector("section.present iframe.demo[src]").content_frame()
    demo = Shown(frame, "draw_a_line")
    demo.demo.locator(".headline:not(:empty)").wait_for()
    before = demo.box("bias b").input_value()
    demo.slider("bias b").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    demo.settle()
    assert demo.box("bias b").input_value() != before
    assert page.evaluate("Reveal.getIndices().h") == slide
    page.locator(".navigate-right").click()
    assert page.evaluate("Reveal.getIndices().h") == slide + 1
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("Reveal.getIndices().h") == slide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_slide_is_as_light_or_as_dark_as_the_demo_in_it(page, book, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((book / "slides/45.html").as_uri())
    until(lambda: page.evaluate("window.Reveal?.isReady()"), "the slides")
    page.keyboard.press("ArrowRight")
    assert faults_for_axe(page, {"include": [["section.present > section h2"]]}) == []
    colour = "node => getComputedStyle(node).backgroundColor"
    slides = page.locator(".reveal-viewport").evaluate(colour)
    page.evaluate("Reveal.slide(Reveal.getSlides().findIndex((s) => s.querySelector('.demo')))")
    demo = Shown(page.wait_for_selector("iframe.demo[src]").content_frame(), "draw_a_line").demo
    demo.locator(".headline:not(:empty)").wait_for()
    page.wait_for_timeout(200)
    page.screenshot(path=SHOTS / f"slides-demo-{scheme}.png")
    assert slides == demo.evaluate(colour) == {"light": "rgb(255, 255, 255)"}.get(scheme, slides)
    assert (scheme == "dark") == demo.evaluate("demo => demo.matches('.dark')")


def test_each_link_of_the_guide_opens_its_demo_in_the_state_it_names(page, book):
    links = re.findall(r"^\[[\w-]+\]: \S+/(demos/index\.html#demo=(\w+)(\S*))$", GUIDE, re.M)
    assert len(links) > 10
    for _, name, state in links:
        page.goto("about:blank")
        page.goto(f"{(book / 'demos/index.html').as_uri()}#demo={name}{state}")
        demo = Shown(page, name)
        demo.demo.locator(".headline:not(:empty)").wait_for()
        assert demo.problem() == "", state
        kept = unquote_plus(demo.link())
        assert set(unquote_plus(state).split("&")) - {""} <= set(kept.split("&")), state
        for epoch in re.findall(r"epoch=(\d+)", state):
            assert demo.words().startswith(f"Epoch {int(epoch):,}")


SEEN = """demo => demo.innerText + document.title
  + [...demo.querySelectorAll("[aria-label]")].map(node => node.ariaLabel)"""
# What a row asks for at its link, as the demo, or the notebook, would say it.
ANSWERS = {
    "line-or": r"more than \d|can get (?!right)",
    "hand-half": r"\bAND\b|against|−15",
    "film": r"separable|of 4|(right|wrong) by|✓|1590|2891",
    "rates": r"(?<![\d.,])(17\.8|23\.7|94|188|291)(?!\d)|of 41|saturated",
    "luck": r"apart|share of ones",
    "notebooks/exercises/02_exercises.ipynb": r"delta2 @ W2\.T",
    "notebooks/exercises/05_exercises.ipynb": r"\b(202|451|298)\b",
}


def links(plan):
    """Yield the links of a plan's rows, but for those that show the end if something has to go."""
    for _, _, where, done, _, _ in steps(plan):
        yield from re.findall(r"\][\[(]([^])]+)[])]", where + done.partition("*Can go:*")[0])


def test_no_link_of_a_plan_shows_what_its_row_asks(page, book):
    named = dict(re.findall(r"^\[([\w-]+)\]: \S+/demos/(index\.html#demo=\S+)$", GUIDE, re.M))
    for link in dict.fromkeys(link for plan in PLANS.values() for link in links(plan)):
        answer = ANSWERS["film" if link.startswith("stop-") else link]
        if link not in named:
            assert not re.search(answer, (build.ROOT / link).read_text(encoding="utf-8")), link
            continue
        page.goto("about:blank")
        page.goto(f"{(book / 'demos').as_uri()}/{named[link]}")
        demo = Shown(page, re.search(r"demo=(\w+)", named[link])[1])
        demo.demo.locator(".headline:not(:empty)").wait_for()
        for gate in (
            ["OR", "XOR"] if link == "line-or" else [None]
        ):  # where the row begins, and ends
            if gate:
                demo.demo.get_by_text(gate, exact=True).click()
            demo.settle()
            assert not re.search(answer, demo.demo.evaluate(SEEN)), link
        if "hide=1" in named[link] and link != "stop-1000":  # where nothing is right yet
            demo.demo.get_by_role("checkbox").click()
            until(lambda d=demo, a=answer: re.search(a, d.demo.evaluate(SEEN)), f"{link}'s answer")


def test_slides_that_were_not_made_end_in_a_sentence(monkeypatch, tmp_path):
    failed = subprocess.CompletedProcess([], returncode=1)
    monkeypatch.setattr(decks.subprocess, "run", lambda *words, **options: failed)
    with pytest.raises(SystemExit, match=r"not made.*\.$"):
        decks.make(tmp_path)
