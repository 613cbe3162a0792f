"""Make the slides of the lessons into the book's folder: build/book/slides.

A slide is a heading and what is below it; book/lessons.py says what is filled in. The speaker sees
the whole row of the plan with each of its slides, what comes next, and how long the row still has.
"""

import re
import subprocess
import sys
from itertools import zip_longest

import segno

from book.build import HERE, ROOT, SITE, guard, lay_out, page
from book.lessons import led, lessons
from tools.questions import questions

# The speaker's window counts down to where the sum of these ends: at each slide, the row's end.
TIMED = "```{{revealjs-section}}\n:data-timing: {}\n```\n\n"
NOTES = '<aside class="notes">\n\n{}\n\n</aside>\n\n'
APART = 'target="_blank" '  # links never open in the slides' place
DEMO = """<p class="phones">{code}<span>{site}demos<br>{title}</span></p>

## {title}

<iframe class="demo" data-src="../demos/index.html{state}" title="{title}"></iframe>
"""


def notes(row, following):
    """Return what the speaker sees of a row: each column a paragraph, and where the next one is."""
    parts = [(row.minutes, row.place), *row.columns.items()]
    parts += [("Next", following.place)] if following else []
    told = "\n\n".join(f"**{name}:** {text}" for name, text in parts if name != "Link")
    return NOTES.format(led(told, more=APART))


def demo(state):
    """Return the end of a slide, a demo's address as a QR code, and a slide that is the demo."""
    title = re.search(r"demo=(\w+)", state)[1].replace("_", " ").capitalize()
    code = segno.make(f"{SITE}demos/index.html{state}", error="l")
    told = code.svg_inline(border=2, title=f"QR code of the address: {title}", omitsize=True)
    return DEMO.format(code=told, site=SITE.removeprefix("https://"), title=title, state=state)


def question(number):
    """Return two slides: a question that closes a notebook, and what is said to each choice."""
    (asked,) = (q for closing in questions().values() for q in closing if q.number == number)
    slides = [f"## {asked.asked}", *(f"**{c.letter})** {c.text}" for c in asked.choices)]
    slides += [f"## The answer is {asked.answer})"]
    slides += [f"**{c.letter})** {c.said}" for c in asked.choices]
    return "\n\n".join(slides) + "\n"


def filled(lesson):
    """Return a deck's Markdown with notes, pictures, demos and questions in it."""
    values = {"site": SITE.removeprefix("https://").rstrip("/")}
    deck = f"# {lesson.head['deck']}\n\n{lesson.head['subtitle']}\n\n"
    for row, following in zip_longest(lesson.rows, lesson.rows[1:]):
        text = page(led("\n".join(row.slides), more=APART), "../", values)
        text = re.sub("^% demo$", lambda _, row=row: demo(row.columns["Link"]), text, flags=re.M)
        text = re.sub(r"^% question (\S+)$", lambda m: question(m[1]), text, flags=re.M)
        seconds, told = 60 * (row.end - row.begin), notes(row, following)
        for slide in re.split(r"^(?=## )", text, flags=re.M)[1:]:
            title, _, below = slide.partition("\n")
            deck += f"{title}\n\n{TIMED.format(seconds)}{below.strip()}\n\n{told}"
            seconds = 0
    return deck


def contents():
    """Yield all files that the slides are made from; each a path, and bytes."""
    for path in HERE.glob("slides/**/*.*"):
        yield path.relative_to(HERE / "slides"), path.read_bytes()
    for lesson in lessons():
        yield f"{lesson.name}.md", filled(lesson).encode()
    font = HERE / "static/math.woff2"
    yield f"_static/{font.name}", font.read_bytes()


def make(folder):
    """Make all decks below a folder; return where they are. Any warning is an error."""
    source, made = folder / "slides-src", folder / "book/slides"
    lay_out(source, contents())
    options = ["--fail-on-warning", "--quiet", "-b", "revealjs", "-d", folder / "slides-read"]
    command = [sys.executable, "-m", "sphinx", *options, source, made]
    if subprocess.run(command, cwd=ROOT).returncode:  # of its own: Sphinx keeps the book's parsers
        sys.exit("The slides were not made; the lines above say why.")
    for deck in made.glob("*.html"):  # sphinx-revealjs forbids to enlarge them
        text = deck.read_text(encoding="utf-8")
        deck.write_text(text.replace(", maximum-scale=1.0, user-scalable=no", ""), encoding="utf-8")
    speaker = made / "_static/revealjs/plugin/notes/speaker-view.html"
    guard(made.rglob("*.html"), also=speaker.read_text(encoding="utf-8"))
    return made


if __name__ == "__main__":
    if not (ROOT / "build/book/pictures").is_dir():
        sys.exit("The slides show the pictures of the book. Make that first: make book")
    print(make(ROOT / "build").relative_to(ROOT))
