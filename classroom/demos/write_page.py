"""Write the page of all demos, one file that needs nothing else, and open it.

python -m classroom.demos.write_page                 writes build/demos/index.html and opens it
python -m classroom.demos.write_page --no-browser    only writes it
"""

import argparse
import webbrowser
from pathlib import Path

from classroom.demos.joiner import FOLDER, script
from classroom.policy import guarded

PAGE = Path("build/demos/index.html")


def page_text():
    """Return the page as HTML."""
    text = (FOLDER / "page.html").read_text(encoding="utf-8")
    return guarded(text.replace("SCRIPT", script()))


def main():
    """Write the page and, unless it is told otherwise, open it in the browser."""
    parser = argparse.ArgumentParser(description="Write the page of all demos, and open it.")
    parser.add_argument("--no-browser", action="store_true", help="only write it")
    arguments = parser.parse_args()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page_text(), encoding="utf-8")
    print(PAGE)
    if not arguments.no_browser:
        webbrowser.open(PAGE.resolve().as_uri())


if __name__ == "__main__":
    main()
