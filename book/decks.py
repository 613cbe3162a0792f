"""Make the slides, book/slides/*.md, into the book's folder: build/book/slides.

A deck is Markdown, a slide a heading and what is below it. Four kinds of lines are filled in:

% notes 4–10                          from here on the speaker sees that row of the plan in
                                      INSTRUCTOR.md: what to do, to ask, and to answer
<picture 02 show(plot_losses(losses)> what the notebook has stored under the cell with that code
% demo Draw a line #demo=draw_a_line  the address for phones, and a slide that is this demo, live
% question 1 4                        two slides: a question that closes notebook 1, and its answer
"""

import re
import subprocess
import sys

import segno

from book.build import HERE, ROOT, SITE, guard, guide, lay_out, page
from book.questions import questions

NOTES = '<aside class="notes">\n\n{}\n\n</aside>\n\n'
DEMO = """<p class="phones">{code}<span>{site}demos<br>{title}</span></p>

## {title}

<iframe class="demo" data-src="../demos/index.html{state}" title="{title}"></iframe>
"""


def plan(deck):
    """Return the rows of a deck's plan in INSTRUCTOR.md, by their minutes, each a list of cells."""
    text = guide((ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8"))
    text = text.replace('<a href="', '<a target="_blank" href="../')  # never in the slides' place
    table = re.search(rf"^## {re.escape(deck.stem)} minutes: .*?(?=^## )", text, re.M | re.S)
    if table is None:
        sys.exit(f'{deck.name}: INSTRUCTOR.md has no plan "## {deck.stem} minutes: …".')
    lines = re.findall(r"^\|( \d+–.+)\|$", table[0], re.M)
    rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return {row[0]: row for row in rows}


def notes(deck, rows, minutes):
    """Return what the speaker sees of a row of the plan: each part of it a paragraph."""
    if minutes not in rows:
        told = f"the plan in INSTRUCTOR.md has no such row, only {', '.join(rows)}."
        sys.exit(f"{deck.name}, % notes {minutes}: {told}")
    _, where, done, ask, said = rows[minutes]
    done, *can_go = done.split("*Can go:* ")
    parts = [(minutes, where), ("Do", done), *(("Can go", way) for way in can_go)]
    parts += [("Ask", ask), ("They say, you answer", said)]
    return NOTES.format("\n\n".join(f"**{name}:** {part}" for name, part in parts if part))


def demo(title, state):
    """Return the end of a slide, a demo's address as a QR code, and a slide that is the demo."""
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


def filled(deck):
    """Return a deck's Markdown with notes, pictures, demos and questions in it."""
    values = {"site": SITE.removeprefix("https://").rstrip("/")}
    text, rows = page(deck.read_text(encoding="utf-8"), "../", values), plan(deck)
    text = re.sub(r"^% demo (.+?) (#\S+)$", lambda m: demo(m[1], m[2]), text, flags=re.M)
    text = re.sub(r"^% question (\d) (\d)$", lambda m: question(f"{m[1]}.{m[2]}"), text, flags=re.M)
    slides, noted = [], ""
    for slide in re.split(r"^(?=## )", text, flags=re.M):
        slide, *row = re.split(r"^% notes (.+)\n", slide, flags=re.M)
        slides.append(slide + noted)
        noted = notes(deck, rows, row[0]) if row else noted
    return "".join(slides)


def contents():
    """Yield all files that the slides are made from; each a path, and bytes."""
    for path in HERE.glob("slides/**/*.*"):
        place, is_deck = path.relative_to(HERE / "slides"), path.suffix == ".md"
        yield place, filled(path).encode() if is_deck else path.read_bytes()
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
    print(make(ROOT / "build").relative_to(ROOT))
