"""Make the book and what goes with it, and open it.

python -m book                 writes build/book and opens its front page
python -m book --no-browser    only writes it
"""

import shutil

from book import build, decks, lab, wheel
from classroom.command import write_and_open


def write():
    """Make book, slides, wheel and laboratory; return the front page's path."""
    folder = build.FOLDER
    front = build.make(folder)
    if not build.LEARNERS:
        decks.make(folder)
    packed = wheel.make(folder)
    shutil.rmtree(folder / "book/lab", ignore_errors=True)
    if build.LAB:
        lab.make(folder, packed)
    return front


if __name__ == "__main__":
    write_and_open("the book, its slides and its laboratory", write)
