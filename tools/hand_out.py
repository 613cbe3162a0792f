"""Make what is handed out: build/class, a folder for learners, or a parcel, one file for all.

python -m tools.hand_out class     the working copy, exercises and packages; no solutions, no tests
python -m tools.hand_out learners  build/xor-notebooks.zip: the learners' book, and that folder
python -m tools.hand_out teacher   build/xor-notebooks-teacher.zip: all of it, and questions
"""

import shutil
import sys
from pathlib import Path

from classroom.policy import guarded
from tools import questions
from tools.setup_env import packages
from tools.working_copy import ROOT, fill

BUILD = ROOT / "build"
WANTED = "xorlib classroom pyproject.toml environment.yml LICENSE LICENSE-TEXT"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>The XOR notebooks</title>
<style>body {{ font: 1.2rem/2 sans-serif; margin: 2rem auto; max-width: 38rem; padding: 0 1rem }}
</style></head><h1>The XOR notebooks</h1><ul>{}</ul>
<p>All of it opens without a network. Only the notebooks need something installed.</p></html>
"""
LEARNERS = {
    "The book, with demos to touch and worksheets to print": "book/index.html",
    "Notebooks and exercises, to run: a folder": "class/",
}
TEACHER = {
    "For teachers, with all answers: plans, slides, rubrics, tests": "book/INSTRUCTOR.html",
    "Questions and tests, for a course platform: a folder": "questions/",
}


def make_class():
    """Write build/class anew, with no history and no outputs; return it."""
    folder = BUILD / "class"
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder / "notebooks", ROOT / "notebooks")
    shutil.copytree(ROOT / "tools/class", folder, dirs_exist_ok=True)
    for name in WANTED.split():
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "room")
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder)
    (folder / "requirements.txt").write_text(packages("learner"), encoding="utf-8", newline="\n")
    (folder / "light.txt").write_text(packages("light"), encoding="utf-8", newline="\n")
    return folder


def make_parcel(who):
    """Write a parcel for learners or a teacher from their book, which is there; return its path."""
    name, book, links = "xor-notebooks", BUILD / "learners/book", LEARNERS
    if who == "teacher":
        name, book, links = "xor-notebooks-teacher", BUILD / "book", TEACHER | LEARNERS
    parcel = BUILD / "parcel" / name
    shutil.rmtree(parcel.parent, ignore_errors=True)
    shutil.copytree(book, parcel / "book", ignore=shutil.ignore_patterns(".doctrees"))
    shutil.copytree(make_class(), parcel / "class")
    if who == "teacher":
        questions.write(parcel / "questions")
    lines = [f'<li><a href="{place}">{text}</a>' for text, place in links.items()]
    page = PAGE.format("".join(lines))
    (parcel / "open-me.html").write_text(guarded(page), encoding="utf-8", newline="\n")
    return Path(shutil.make_archive(str(BUILD / name), "zip", parcel.parent))


if __name__ == "__main__":
    made = make_class() if sys.argv[1:] == ["class"] else make_parcel(*sys.argv[1:])
    print(made.relative_to(ROOT))
