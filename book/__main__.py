"""Make the book and its slides, and open it.

python -m book                 writes build/book and opens its front page
python -m book --no-browser    only writes it
"""

import argparse
import webbrowser

from book import build, decks

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the book, and open it.")
    parser.add_argument("--no-browser", action="store_true", help="only write it")
    arguments = parser.parse_args()
    front = build.make(build.ROOT / "build")
    decks.make(build.ROOT / "build")
    print(front.relative_to(build.ROOT))
    if not arguments.no_browser:
        webbrowser.open(front.as_uri())
