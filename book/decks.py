"""Make the slides, book/slides/*.md, into the book's folder: build/book/slides.

A deck is Markdown, a slide a heading and what is below it. Three kinds of lines are filled in:

% notes 4–10                          the plan's last two columns in INSTRUCTOR.md, for the speaker
<picture 02 show(plot_losses(losses)> what the notebook has stored under the cell with that code
% demo Draw a line #demo=draw_a_line  a slide that is a demo, live, in that state
"""

import re
import subprocess
import sys

from book.build import HERE, ROOT, lay_out, page

NOTES = ":::{{revealjs-notes}}\n**Ask:** {}\n\n**They say, you answer:** {}\n:::"
DEMO = '## {0}\n\n<iframe class="demo" data-src="../demos/index.html{1}" title="{0}"></iframe>'


def plan(minutes):
    """Return a plan's rows in INSTRUCTOR.md, by their minutes, each a list of its cells."""
    guide = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
    table = re.search(rf"^## {minutes} minutes: .*?(?=^## )", guide, re.M | re.S)[0]
    lines = re.findall(r"^\|(.+)\|$", table, re.M)
    rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return {row[0]: row for row in rows}


def filled(deck):
    """Return a deck's Markdown with notes, pictures and demos in it."""
    text, rows = page(deck.read_text(encoding="utf-8"), "../", {}), plan(deck.stem)
    text = re.sub(r"^% notes (.+)$", lambda m: NOTES.format(*rows[m[1]][3:]), text, flags=re.M)
    return re.sub(r"^% demo (.+?) (#\S+)$", lambda m: DEMO.format(m[1], m[2]), text, flags=re.M)


def contents():
    """Yield all files that the slides are made from; each a path, and bytes."""
    for path in HERE.glob("slides/**/*.*"):
        place, is_deck = path.relative_to(HERE / "slides"), path.suffix == ".md"
        yield place, filled(path).encode() if is_deck else path.read_bytes()


def make(folder):
    """Make all decks below a folder; return where they are. Any warning is an error."""
    source, made = folder / "slides-src", folder / "book/slides"
    lay_out(source, contents())
    options = ["--fail-on-warning", "--quiet", "-b", "revealjs", "-d", folder / "slides-read"]
    command = [sys.executable, "-m", "sphinx", *options, source, made]
    if subprocess.run(command, cwd=ROOT).returncode:  # of its own: Sphinx keeps the book's parsers
        sys.exit("The slides were not made; the lines above say why.")
    return made


if __name__ == "__main__":
    print(make(ROOT / "build").relative_to(ROOT))
