"""Make what runs without the project's folder: a wheel of the modules, and copies for Colab.

The wheel is built from a copy, in which the addresses are those of the site that serves it.
"""

import re
import shutil
import subprocess
import sys

import nbformat

from book.build import IN_BOOK, REPOSITORY, ROOT, SITE, lay_out
from classroom.addresses import PYPROJECT, own_addresses
from tools.working_copy import unrun

PLACES = "LICENSE", "xorlib/**/*.*", "classroom/**/*.*"
PIP = [sys.executable, "-Wignore", "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
PIP += ["--no-deps", "--no-index", "--no-build-isolation"]  # nothing is downloaded


def contents():
    """Yield all files that the wheel is built from; each a path, and bytes."""
    for path in (path for place in PLACES for path in ROOT.glob(place)):
        if "__pycache__" not in path.parts:
            yield path.relative_to(ROOT), path.read_bytes()
    text, own = PYPROJECT.read_text(encoding="utf-8"), own_addresses()
    text = text.replace(own["Homepage"], SITE).replace(own["Repository"], REPOSITORY)
    yield PYPROJECT.name, text.encode()


def working_copy(place, here=()):
    """Return a notebook without results; its links to others than those `here` lead to the site."""
    path = ROOT / place

    def follow(link):
        to = (path.parent / link[1]).resolve().relative_to(ROOT).as_posix()
        return link[0] if f"{to}.ipynb" in here else f"]({SITE}{to}.html"

    return re.sub(r"\]\(([\w./-]+)\.ipynb", follow, unrun(path)[0])


def make(folder):
    """Make the wheel and the copies in the book's folder; return the wheel's path."""
    source, place = folder / "wheel-src", folder / "book/wheel"
    lay_out(source, contents())
    shutil.rmtree(place, ignore_errors=True)
    if subprocess.run([*PIP, "--wheel-dir", place, source]).returncode:
        sys.exit("The wheel was not made; the lines above say why.")
    (wheel,) = place.glob("*.whl")
    install = nbformat.v4.new_code_cell(f"%pip install -q {SITE}wheel/{wheel.name}", id="install")
    copies = {}
    for notebook in (notebook for notebook in IN_BOOK if notebook.endswith("ipynb")):
        copy = nbformat.reads(working_copy(notebook), as_version=4)
        copy.cells.insert(0, install)
        copies[notebook.removeprefix("notebooks/")] = nbformat.writes(copy).encode()
    lay_out(folder / "book/colab", copies.items())
    return wheel
