"""Make the book from the stored notebooks: nothing is executed, and none of them is touched.

Sphinx reads a build copy, laid out as the repository is, so that links lead where they led. Only
what changed is written into it: Sphinx makes those pages again, and no others.
"""

import base64
import html
import json
import os
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import nbformat
import yaml
from sphinx.cmd.build import build_main

from book.lessons import lessons, stored
from book.lessons import page as plan
from classroom.addresses import addresses, own_addresses
from classroom.demos.joiner import script
from classroom.demos.write_page import page_text
from classroom.policy import META, POLICY, guarded
from tools.guesses import answers
from tools.questions import listed, tests

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "book"
SITE, REPOSITORY = addresses()
OWNER = urlsplit(REPOSITORY).path
BINDER = f"https://mybinder.org/v2/gh{OWNER}/main?urlpath=lab/tree/work/"
COLAB = f"https://colab.research.google.com/github{OWNER}/blob/colab/"
PLACES = "notebooks/*.ipynb", "notebooks/exercises/*.ipynb"
PLACES += "INSTRUCTOR.md", "docs/claims.md", "benchmarks/*.md"
IN_BOOK = sorted(path.relative_to(ROOT).as_posix() for p in PLACES for path in ROOT.glob(p))
# What needs no TensorFlow runs in the laboratory, unless LAB=no leaves that out.
IN_LAB = [place for place in IN_BOOK if place.endswith(".ipynb") and "/04" not in place]
LAB = os.environ.get("LAB") != "no"
# The learners' book has no plans, keys, rubrics and tests, nor the front page's lines about them.
LEARNERS = os.environ.get("FOR") == "learners"
FOLDER = ROOT / "build" / ("learners" if LEARNERS else "")
TEACHERS = re.compile(r"INSTRUCTOR|lessons/|tests/|worksheets/[a-z]")
LINES = re.compile("<!-- For teachers. -->.*?<!-- For all. -->", re.S)
RUN = """<span class="run"><a href="{}lab/notebooks/index.html?path={}">Run it here</a>: your \
browser then loads Python, about 25 MB, from {}. What you type stays in this browser.</span>

"""
HOST = "this site" if os.environ.get("PYODIDE") else "a content network, cdn.jsdelivr.net"
PICTURE = """<a class="picture" href="{0}" style="--columns: {columns}">\
<img src="{0}" alt="{1}" width="{width}" height="{height}">{2}</a>"""
DEMO = re.compile(r"^demos\.(\w+)\((?:(only_sigmoid|hide)=True)?\)$", re.M)
PLACE = """<div class="xor-demo" data-demo="{0}" data-state='{1}' data-xor-page="{2}">
<noscript>This demo needs JavaScript.</noscript></div>
<p class="large"><a href="{2}#{3}">Open this demo large</a></p>"""
BLANK = '<span class="blank" role="img" aria-label="blank" style="width: {}em"></span>'
SHEET = """# Test {}

Name or code word …………………………………… *Before or after the lesson?* ………………

*One choice is right in each. If you do not know, leave it open: that tells more than a guess.
You may use a calculator.*

"""
FOLD = "<details><summary>Answer</summary>"
GUESS = '<p><label class="guess">Your guess <textarea id="{}" rows="1"></textarea></label></p>'


def slug(heading):
    """Return a heading's id as Jupyter makes it."""
    return heading.replace(" ", "-")


def demo(name, state, up):
    """Return the place of a demo, which static/book.js fills, and a link to its own page."""
    page, link = f"{up}demos/index.html", urlencode({"demo": name, **state})
    return PLACE.format(name, json.dumps(state), page, html.escape(link))


def framed(path, cell, output, up):
    """Return the place in the book of a cell's stored picture, and the HTML that shows it."""
    file = f"pictures/{path.stem[:2]}-{cell.id}.png"
    told = output.metadata["image/png"]
    alt = html.escape(told["alt"], quote=True)
    stops = told["columns"] * "<i></i>"  # a phone shows panel after panel
    return file, PICTURE.format(up + file, alt, stops, **told)


def picture(number, code, up):
    """Return the HTML of the picture stored under a notebook's cell with this code."""
    return framed(*stored(number, code), up)[1]


def page(text, up, values):
    """Return a page of the book's own with its demos, pictures, blanks and values filled in."""
    text = re.sub(r"<demo (\w+) (.*)>", lambda d: demo(d[1], json.loads(d[2]), up), text)
    text = re.sub(r"<picture (\d+) (.+)>", lambda p: picture(p[1], p[2], up), text)
    text = re.sub("…{2,}", lambda dots: BLANK.format(len(dots[0])), text)
    return re.sub(r"<<(\w+)>>", lambda name: str(values[name[1]]), text)


def linked(text, folder):
    """Return Markdown in which links to what is not in the book lead to the repository."""

    def follow(link):
        place = (folder / link[1]).resolve().relative_to(ROOT).as_posix()
        if place == "notebooks/exercises":
            return "](/exercises.md)"
        return link[0] if place in IN_BOOK else f"]({REPOSITORY}/tree/main/{place})"

    return re.sub(r"\]\(([\w./-]+)\)", follow, text)


def notebook(path):
    """Yield the copy of a notebook and its pictures; each a path in the copy, and bytes."""
    place, copy = path.relative_to(ROOT), nbformat.read(path, as_version=4)
    up, mine = "../" * (len(place.parts) - 1), place.relative_to("notebooks").as_posix()
    if "glossary" not in mine:
        run = RUN.format(up, mine, HOST) if LAB and place.as_posix() in IN_LAB else ""
        others = f"[Work in it on Binder]({BINDER}{mine}) or [in Colab]({COLAB}{mine}), or read on."
        copy.cells[0].source += f"\n\n{run}{others}"
    let_guess(copy)
    for cell in copy.cells:
        if cell.cell_type == "markdown":
            cell.source = linked(cell.source, path.parent)
            if "glossary" in mine:  # a page's levels are one below the other
                cell.source = re.sub("^###", "##", cell.source)
            continue
        if called := DEMO.search(cell.source):
            state = {"only_sigmoid": {"only": "sigmoid"}, "hide": {"hide": 1}}.get(called[2], {})
            if "hide-output" in cell.metadata.get("tags", []):  # it hides its answers by itself
                cell.metadata.tags, state = [], {**state, "hide": 1}
            shown = demo(called[1], state, up)
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": shown})]
        for output in cell.outputs:
            if png := output.get("data", {}).get("image/png"):
                file, shown = framed(path, cell, output, up)
                output.data = {"text/html": shown}
                yield f"_extra/{file}", base64.b64decode(png)
    yield place, nbformat.writes(copy).encode()


def let_guess(copy):
    """Give each prompt to guess a box, and fold what answers it; static/book.js keeps the guess."""
    for prompt, code, text in answers(copy):
        box = f"guess-{copy.cells[prompt].id}"
        guessed = f'<p data-guess="{box}"></p>'
        for cell in (copy.cells[index] for index in code):
            cell.metadata.setdefault("tags", []).append("hide-output")
            told = nbformat.v4.new_output("display_data", {"text/html": guessed})
            cell.outputs = [told, *cell.outputs] if cell.outputs else []
        asked, *answer = copy.cells[prompt].source.split(FOLD)
        copy.cells[prompt].source = FOLD.join([f"{asked}\n\n{GUESS.format(box)}\n\n", *answer])
        for index in filter(None, (prompt, text)):
            copy.cells[index].source = copy.cells[index].source.replace(FOLD, FOLD + guessed)


def sheets():
    """Yield the tests on the lessons as pages to print, and their key; each a path, and text."""
    key = "# Answers to the tests\n\n*Not for learners. Each choice has what it shows.*\n\n"
    for title, asked in tests().items():
        name = title.split()[0]
        yield f"tests/{name}.md", SHEET.format(name) + listed(asked)
        key += f"## Test {name}\n\n{listed(asked, answered=True)}"
    yield "tests/key.md", key


def contents():
    """Yield all files of the copy; each a path in it, and bytes."""
    for file in [HERE / "conf.py", HERE / "words.yaml", *HERE.glob("static/*")]:
        yield file.relative_to(HERE), file.read_bytes()
    values = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    values |= {"by": values["authors"][0]["name"], "repository": REPOSITORY, "binder": BINDER}
    for file in [*HERE.glob("*.md"), *HERE.glob("worksheets/*.md")]:
        place, text = file.relative_to(HERE), file.read_text(encoding="utf-8")
        text = LINES.sub("", text) if LEARNERS else text
        yield place, page(text, "../" * (len(place.parts) - 1), values).encode()
    for place, text in sheets():
        yield place, page(text, "../", values).encode()
    for lesson in lessons():
        yield f"lessons/{lesson.name}.md", plan(lesson).encode()
    for place in IN_BOOK:
        path = ROOT / place
        if path.suffix == ".ipynb":
            yield from notebook(path)
        else:
            yield place, linked(path.read_text(encoding="utf-8"), path.parent).encode()
    yield "_extra/demos/index.html", page_text("../").encode()
    module = script(site="../").replace("export default", "window.xorDemos =")
    yield "_extra/demos/demos.js", f"(() => {{\n{module}}})();\n".encode()


def lay_out(copy, contents):
    """Write what is new into a copy; return whether it has other files than before."""
    wanted = {copy / place: text for place, text in contents}
    before = {path for path in copy.rglob("*.*") if path.is_file()}
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != text:
            path.write_bytes(text)
    for path in before - wanted.keys():
        path.unlink()
    return before != wanted.keys()


def guard(pages, **options):
    """Write its policy into each page that was made anew; the others have it."""
    for path in pages:
        text = path.read_text(encoding="utf-8")
        if META + POLICY not in text:
            path.write_text(guarded(text, **options), encoding="utf-8")


def make(folder):
    """Make the book in a folder; return its front page. Any warning of Sphinx's is an error."""
    copy, read, book = (folder / name for name in ("book-src", "book-read", "book"))
    files = contents()
    if LEARNERS:
        files = ((p, text) for p, text in files if not TEACHERS.match(Path(p).as_posix()))
    if lay_out(copy, files):  # with another list of pages, each page is another
        shutil.rmtree(read, ignore_errors=True)
        shutil.rmtree(book, ignore_errors=True)
    if build_main(["--fail-on-warning", "--quiet", "-d", str(read), str(copy), str(book)]):
        sys.exit("The book was not made; the lines above say why.")
    own = own_addresses()["Homepage"]
    for guide in book.glob("INSTRUCTOR.html"):  # which learners have not; its links lead within
        text = guide.read_text(encoding="utf-8").replace(f'href="{own}', 'href="')
        guide.write_text(text, encoding="utf-8")
    others = {book / "slides", book / "lab"}
    guard(page for page in book.rglob("*.html") if others.isdisjoint(page.parents))
    return book / "index.html"
