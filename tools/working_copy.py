"""Make work/, a copy of the notebooks to work in: without results, without the solutions.

A notebook that is there is never touched. With `--reset` the old copy is put aside first.
"""

import hashlib
import json
import sys
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def unrun(path):
    """Return a notebook as text without results, and the mark in it of the source it has.

    What nbgrader keeps in a cell's metadata stays, for a notebook that is handed in.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] = {k: v for k, v in cell["metadata"].items() if k == "nbgrader"}
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    sources = json.dumps([cell["source"] for cell in notebook["cells"]])
    mark = notebook["metadata"]["made_from"] = hashlib.sha256(sources.encode()).hexdigest()
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", mark


def write_whole(path, text):
    """Write a text file whole, or leave what was there: on a full disk, and when interrupted."""
    draft = path.with_suffix(".draft")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def put_aside(work):
    """Rename a working copy, if there is one, to the first free name."""
    if work.exists():
        names = (work.with_name(f"{work.name}-{number}") for number in count(1))
        aside = next(name for name in names if not name.exists())
        print(f"The old copy is now in {work.rename(aside).name}/.")


def fill(work, originals):
    """Copy the notebooks missing in `work`; say which of the others are copies of older ones."""
    made, older = 0, []
    for path in sorted([*originals.glob("*.ipynb"), *originals.glob("exercises/*.ipynb")]):
        text, mark = unrun(path)
        copy = work / path.relative_to(originals)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_whole(copy, text)
            made += 1
        elif mark not in copy.read_text(encoding="utf-8", errors="replace"):
            older.append(copy.name)
    if made:
        print(f"Notebooks copied to {work.name}/, to work in: {made}.")
    if older:
        print(f"Changed since they were copied: {', '.join(older)}. Yours stay as they are;")
        print("make work RESET=1 copies all notebooks anew, and keeps yours in another folder.")


def main():
    """Do what is asked on the command line."""
    try:
        if "--reset" in sys.argv:
            put_aside(ROOT / "work")
        fill(ROOT / "work", ROOT / "notebooks")
    except OSError as error:
        place = error.filename or "work"
        sys.exit(f"The copy to work in cannot be made: {place}: {error.strerror}.")


if __name__ == "__main__":
    main()
