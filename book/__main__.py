"""Make the book and its slides, and open it.

python -m book                 writes build/book and opens its front page
python -m book --no-browser    only writes it
"""

from book import build, decks
from classroom.command import write_and_open


def write():
    """Make both; return the front page's path."""
    front = build.make(build.ROOT / "build")
    decks.make(build.ROOT / "build")
    return front


if __name__ == "__main__":
    write_and_open("the book and its slides", write)
