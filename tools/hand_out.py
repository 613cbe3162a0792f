"""Make what is handed out: build/class, a folder for learners, or the parcel, one file for all.

python -m tools.hand_out class    the working copy, exercises and packages; no solutions, no tests
python -m tools.hand_out parcel   build/xor-notebooks.zip: the book with all in it, and the folder
"""

import shutil
import sys
from pathlib import Path

from classroom.policy import guarded
from tools.setup_env import packages
from tools.working_copy import ROOT, fill

BUILD = ROOT / "build"
WANTED = "xorlib classroom pyproject.toml environment.yml LICENSE LICENSE-TEXT"


def make_class():
    """Write build/class anew, with no history and no outputs; return it."""
    folder = BUILD / "class"
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder / "notebooks", ROOT / "notebooks")
    shutil.copytree(ROOT / "tools/class", folder, dirs_exist_ok=True)
    for name in WANTED.split():
        if (ROOT / name).is_dir():
            caches = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(ROOT / name, folder / name, ignore=caches)
        else:
            shutil.copy(ROOT / name, folder)
    (folder / "requirements.txt").write_text(packages("learner"), encoding="utf-8", newline="\n")
    (folder / "light.txt").write_text(packages("light"), encoding="utf-8", newline="\n")
    return folder


def make_parcel():
    """Write build/xor-notebooks.zip from the book, which is there already, and the class folder."""
    parcel = BUILD / "parcel" / "xor-notebooks"
    shutil.rmtree(parcel, ignore_errors=True)
    shutil.copytree(BUILD / "book", parcel / "book", ignore=shutil.ignore_patterns(".doctrees"))
    shutil.copytree(make_class(), parcel / "class")
    page = (
        '<!doctype html><head><meta http-equiv="refresh" content="0; url=book/index.html">'
        '<title>The XOR notebooks</title></head><a href="book/index.html">The XOR notebooks</a>'
    )
    (parcel / "open-me.html").write_text(guarded(page), encoding="utf-8")
    return Path(shutil.make_archive(str(BUILD / "xor-notebooks"), "zip", parcel.parent))


if __name__ == "__main__":
    made = make_class() if sys.argv[1:] == ["class"] else make_parcel()
    print(made.relative_to(ROOT))
