"""Write the page of all demos, one file that needs nothing else, and open it.

python -m classroom.demos.write_page                 writes build/demos/index.html and opens it
python -m classroom.demos.write_page --no-browser    only writes it
"""

from pathlib import Path

from classroom.command import write_and_open
from classroom.demos.joiner import FOLDER, script
from classroom.policy import guarded

PAGE = Path("build/demos/index.html")


def page_text(book=None):
    """Return the page as HTML; `book` is where the book is, seen from it, if not on the site."""
    text = (FOLDER / "page.html").read_text(encoding="utf-8")
    return guarded(text.replace("SCRIPT", script(site=book)))


def write():
    """Write the page; return its path."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page_text(), encoding="utf-8")
    return PAGE


if __name__ == "__main__":
    write_and_open("the page of all demos", write)
