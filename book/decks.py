"""Make the slides, book/slides/*.md, into the book's folder: build/book/slides.

A deck is Markdown, a slide a heading and what is below it. Four kinds of lines are filled in:

% notes 4–10                          from here on the speaker sees that row of the plan: what to
                                      ask, and what they say, as in INSTRUCTOR.md
<picture 02 show(plot_losses(losses)> what the notebook has stored under the cell with that code
% demo Draw a line #demo=draw_a_line  the address for phones, and a slide that is this demo, live
% question 1 4                        two slides: a question that closes notebook 1, and its answer
"""

import re
import subprocess
import sys

import nbformat
import segno

from book.build import HERE, ROOT, SITE, guard, lay_out, page

NOTES = ":::{{revealjs-notes}}\n**{}. Ask:** {}\n\n**They say, you answer:** {}\n:::\n\n"
DEMO = """<p class="phones">{code}<span>{site}demos<br>{title}</span></p>

## {title}

<iframe class="demo" data-src="../demos/index.html{state}" title="{title}"></iframe>
"""


def plan(minutes):
    """Return a plan's rows in INSTRUCTOR.md, by their minutes, each a list of its cells."""
    guide = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
    table = re.search(rf"^## {minutes} minutes: .*?(?=^## )", guide, re.M | re.S)[0]
    lines = re.findall(r"^\|(.+)\|$", table, re.M)
    rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return {row[0]: row for row in rows}


def demo(title, state):
    """Return the end of a slide, a demo's address as a QR code, and a slide that is the demo."""
    code = segno.make(f"{SITE}demos/index.html{state}", error="l")
    told = code.svg_inline(border=2, title=f"QR code of the address: {title}", unit="px", scale=6)
    return DEMO.format(code=told, site=SITE.removeprefix("https://"), title=title, state=state)


def question(notebook, number):
    """Return two slides: a question of a notebook with its choices, and what it says to each."""
    (path,) = (ROOT / "notebooks").glob(f"0{notebook}_*.ipynb")
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    whole = rf"^\*\*{number}\. ([^\n]+)\*\*$(.+?)^(?:<br>|##)"
    asked, below = re.search(whole, text, re.M | re.S).groups()
    choices = re.findall(r"<summary>(.\)) (.+?)</summary>\s+(.+?)\s+</details>", below, re.S)
    (right,) = [letter for letter, _, said in choices if said.startswith("**Right")]
    slides = [f"**{letter}** {choice}" for letter, choice, _ in choices]
    slides.append(f"## The answer is {right}")
    slides += [f"**{letter}** {said}" for letter, _, said in choices]
    return "\n\n".join([f"## {asked}", *slides]) + "\n"


def filled(deck):
    """Return a deck's Markdown with notes, pictures, demos and questions in it."""
    values = {"site": SITE.removeprefix("https://").rstrip("/")}
    text, rows = page(deck.read_text(encoding="utf-8"), "../", values), plan(deck.stem)
    text = re.sub(r"^% demo (.+?) (#\S+)$", lambda m: demo(m[1], m[2]), text, flags=re.M)
    text = re.sub(r"^% question (\d) (\d)$", lambda m: question(*m.groups()), text, flags=re.M)
    slides, noted = [], ""
    for slide in re.split(r"^(?=## )", text, flags=re.M):
        slide, *row = re.split(r"^% notes (.+)\n", slide, flags=re.M)
        slides.append(slide + noted)
        noted = NOTES.format(row[0], *rows[row[0]][3:]) if row else noted
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
