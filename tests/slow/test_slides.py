"""The slides in a real Chromium, opened from a file without a network; the guide's links to demos.

Screenshots to look at are left in build/screenshots.
"""

import html
import re
from urllib.parse import unquote_plus

import pytest

from book import build
from book.lessons import lessons
from tests.slow.demo_pages import SCREEN, SHOTS, Shown, faults_for_axe, opened, window
from tests.test_instructor import GUIDE
from tools.browser import until

# A slide's notes, and what on it is too small to be read, or does not fit.
LOOK = """async () => {
  await document.fonts.ready;
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale(), small = [];
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const inNotes = text.parentElement.closest("aside, math, .demo, h2");
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize) * scale;
    if (text.data.trim() && !inNotes && size < 24) small.push(`${size} ${text.data}`);
  }
  for (const img of slide.querySelectorAll("img")) {
    await img.decode();
    const points = 9.5 * 180 / 72; // of a picture's words
    if (points * img.clientHeight / img.naturalHeight < 17) small.push(img.alt);
  }
  const room = slide.getBoundingClientRect(), edge = (e) => e.getBoundingClientRect();
  const over = [...slide.querySelectorAll("*:not(aside *)")]
    .filter((e) => edge(e).bottom > room.bottom + 1 || edge(e).right > room.right + 1)
    .map((e) => e.outerHTML.slice(0, 80));
  return [Reveal.getSlideNotes() ?? "", [...small, ...over]];
}"""


@pytest.fixture(scope="module")
def page(chromium, book):
    """One page of a projector's size for the whole file; nothing may go wrong on it."""
    with window(chromium, SCREEN, book, offline=True) as page:
        yield page


def turned(page, book, lesson="45"):
    """Open a lesson's slides."""
    page.goto((book / f"slides/{lesson}.html").as_uri())
    until(lambda: page.evaluate("window.Reveal?.isReady()"), "the slides")


def turned_to_the_demo(page):
    """Turn the slides to the first that is a demo; return its number and the demo."""
    number = page.evaluate("Reveal.getSlides().findIndex((s) => s.querySelector('iframe.demo'))")
    page.evaluate("n => Reveal.slide(n)", number)
    demo = Shown(page.wait_for_selector("iframe.demo[src]").content_frame(), "draw_a_line")
    demo.demo.locator(".headline:not(:empty)").wait_for()
    return number, demo


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)
def test_every_slide_fits_and_can_be_read_and_its_notes_are_the_plan(page, book, lesson):
    turned(page, book, lesson.name)
    total, notes = page.evaluate("Reveal.getTotalSlides()"), []
    closing = re.findall(r"The answer is \w", page.content())
    assert len(set(closing)) == len(closing)  # not the same letter
    for number in range(total):
        told, wrong = page.evaluate(LOOK)
        assert wrong == [], number
        if number % 6 == 0:  # slides differ in words, not in kind
            shown = {"include": [["section.present > section"]], "exclude": [["iframe"]]}
            found = faults_for_axe(page, shown)  # a formula is to axe-core an empty header
            assert [fault for fault in found if "<math" not in fault[1]] == [], number
            page.screenshot(path=SHOTS / f"slides-{lesson.name}-{number:02d}.png")
        note = re.findall(r"<p>(.+?)</p>", told, re.S)
        if note not in notes:  # all slides of a row have its notes
            notes.append(note)
        page.evaluate("Reveal.next()")
    assert len(notes) == 1 + len(lesson.rows) and total > 10 and notes[0] == []  # of the title
    following = [f"Next: {row.where}" for row in lesson.rows[1:]] + [None]
    for note, row, after in zip(notes[1:], lesson.rows, following, strict=True):
        told = [f"{row.minutes}: {row.where}"]
        told += [f"{name}: {text}" for name, text in row.columns.items() if name != "Link"]
        for line, part in zip(note, filter(None, [*told, after]), strict=True):  # each a paragraph
            assert words(line) == words(part)


def words(text):
    """Return a text without marks, tags, signs and the names of links."""
    text = re.sub(r"<[^>]+>|[*`]|(?<=\])\([^)]+\)", "", html.unescape(text))
    return " ".join(re.sub(r"\W+", " ", text).split())


def test_the_speakers_window_opens_from_a_file_and_turns_the_slides(page, book):
    turned(page, book)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    opened.value.frame_locator("#current-slide iframe").locator("section.present").last.wait_for()
    page.keyboard.press("ArrowRight")
    opened.value.get_by_text("They are mixed up.").wait_for()
    left = opened.value.locator(".pacing")
    until(lambda: re.match(r"00:0[34]:", left.inner_text()), "the row's time")
    opened.value.keyboard.press("ArrowRight")
    until(lambda: page.evaluate("Reveal.getIndices().h") == 2, "the slide")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    until(lambda: re.match(r"00:(09|10):", left.inner_text()), "the next row's time")


def test_a_demo_in_a_slide_is_alive_and_keeps_its_keys(page, book):
    turned(page, book)
    slide, demo = turned_to_the_demo(page)
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


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_slide_is_as_light_or_as_dark_as_the_demo_in_it(page, book, scheme):
    page.emulate_media(color_scheme=scheme)
    turned(page, book)
    page.keyboard.press("ArrowRight")
    assert faults_for_axe(page, {"include": [["section.present > section h2"]]}) == []
    colour = "node => getComputedStyle(node).backgroundColor"
    slides = page.locator(".reveal-viewport").evaluate(colour)
    demo = turned_to_the_demo(page)[1].demo
    page.wait_for_timeout(200)
    page.screenshot(path=SHOTS / f"slides-demo-{scheme}.png")
    assert slides == demo.evaluate(colour) == {"light": "rgb(255, 255, 255)"}.get(scheme, slides)
    assert (scheme == "dark") == demo.evaluate("demo => demo.matches('.dark')")


def test_each_link_of_the_guide_opens_its_demo_in_the_state_it_names(page, book):
    links = set(re.findall(r"/(demos/index\.html#demo=(\w+)([^\s)]*))", GUIDE))
    assert len(links) > 10
    for _, name, state in links:
        demo = opened(page, (book / "demos/index.html").as_uri(), name, state)
        assert demo.problem() == "", state
        kept = unquote_plus(demo.link())
        assert set(unquote_plus(state).split("&")) - {""} <= set(kept.split("&")), state
        for epoch in re.findall(r"epoch=(\d+)", state):
            assert demo.words().startswith(f"Epoch {int(epoch):,}")


SEEN = """demo => demo.innerText + document.title
  + [...demo.querySelectorAll("[aria-label]")].map(node => node.ariaLabel)"""
# What a row asks for at its link, as the demo, or the notebook, would say it.
ANSWERS = {
    "draw_a_line": r"more than \d|can get (?!right)",
    "solve_by_hand": r"\bAND\b|against|−15",
    "watch_it_learn": r"separable|of 4|(right|wrong) by|✓|1590|2891",
    "learning_rates": r"(?<![\d.,])(17\.8|23\.7|94|188|291)(?!\d)|of 41|saturated",
    "luck_of_the_start": r"apart|share of ones",
    "notebooks/exercises/02_exercises.ipynb": r"delta2 @ W2\.T",
    "notebooks/exercises/05_exercises.ipynb": r"\b(202|451|298)\b",
}


def links(lesson):
    """Yield the links of a lesson's rows, but for those that show the end if something can go."""
    for row in lesson.rows:
        yield from re.findall(r"\]\(([^)]+)\)", f"{row.place} {row.columns['Do']}")


def test_no_link_of_a_plan_shows_what_its_row_asks(page, book):
    for link in dict.fromkeys(link for lesson in lessons() for link in links(lesson)):
        if not link.startswith("#"):
            text = (build.ROOT / link).read_text(encoding="utf-8")
            assert not re.search(ANSWERS[link], text), link
            continue
        name, state = re.fullmatch(r"#demo=(\w+)(.*)", link).groups()
        demo = opened(page, (book / "demos/index.html").as_uri(), name, state)
        # where the row begins, and ends
        for gate in ["OR", "XOR"] if name == "draw_a_line" else [None]:
            if gate:
                demo.choose(gate)
            assert not re.search(ANSWERS[name], demo.demo.evaluate(SEEN)), link
        if "hide=1" in link and "epoch=1000" not in link:  # where nothing is right yet
            demo.demo.get_by_role("checkbox").click()
            answer = ANSWERS[name]
            until(lambda d=demo, a=answer: re.search(a, d.demo.evaluate(SEEN)), f"{link}'s answer")
