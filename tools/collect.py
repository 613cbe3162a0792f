"""Make a page of what learners handed in, build/collected.html: what to begin the next lesson with.

    python -m tools.collect FOLDER

It reads the files that `progress()` writes, and exercises with their outputs; it runs nothing. A
learner is what comes first below the folder: a folder with such files in it, or one of them.
"""

import base64
import importlib
import io
import json
import pkgutil
import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from string import Template

import numpy as np
from matplotlib.figure import Figure

from classroom import checks
from classroom.checks import report
from classroom.checks.report import GUESSED, OPEN, RIGHT, SAID, WRONG
from classroom.policy import guarded
from tools.working_copy import ROOT

for module in pkgutil.iter_modules(checks.__path__, "classroom.checks."):
    importlib.import_module(module.name)  # so that all tasks are known

LARGEST = 5_000_000  # bytes; an exercise has some ten thousand
STATUSES = {lead: status for status, (lead, _) in SAID.items()}
TOLD = re.compile(rf"Task (\S+)\. ({'|'.join(map(re.escape, STATUSES))}) (.*)", re.S)
MARKS = {RIGHT: "s", WRONG: "X", OPEN: "."}


def shown(notebook):
    """Return what the checks say in a notebook's outputs, in the form of `report.read`."""
    kept = {"name": "", "tasks": {}, "guesses": {}}
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        text = output.get("evalue") or output.get("data", {}).get("text/plain", "")
        if told := TOLD.match("".join(text)):
            number, lead, words = told.groups()
            status = STATUSES[lead]
            if status == GUESSED:
                guess, semicolon, _ = words.replace(",", "").partition(";")
                kept["guesses"] |= {number: float(guess)} if semicolon else {}
            else:
                hints = {words: 1} if status == WRONG else {}
                kept["tasks"][number] = {"status": status, "hints": hints}
    return kept


def handed_in(path):
    """Return what a file says, or raise a ValueError with the reason why it is left out."""
    if path.is_symlink() or path.stat().st_size > LARGEST:
        raise ValueError("it is too large, or a link to another place")
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".ipynb":
        try:
            text = json.dumps(shown(json.loads(text)))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            raise ValueError("it is not a notebook") from None
    kept = report.read(text)
    if not kept["tasks"] or not report.REPORTS.keys() >= kept["tasks"].keys():
        raise ValueError("no check of these exercises says anything in it")
    return kept


def collect(folder):
    """Return the learners of a folder, most right first, and the files left out, with the reason.

    A learner has what all his files say, in the form of `report.read`.
    """
    learners, left_out = {}, []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        place = path.relative_to(folder)
        who = place.parts[0] if len(place.parts) > 1 else path.stem
        try:
            kept = handed_in(path)
        except (OSError, ValueError) as error:
            left_out.append((place.as_posix(), error))
            continue
        learner = learners.setdefault(who, {"name": who, "tasks": {}, "guesses": {}})
        learner["name"] = kept["name"] or learner["name"]
        learner["guesses"] |= kept["guesses"]
        for number, told in kept["tasks"].items():
            task = learner["tasks"].setdefault(number, {"hints": {}, **told})
            task["hints"] = told["hints"] | task["hints"]
            if task["status"] != RIGHT:
                task["status"] = told["status"]
    return sorted(learners.values(), key=lambda one: -len(with_status(one, RIGHT))), left_out


def with_status(learner, status):
    """Return the numbers of a learner's tasks that stand so."""
    tasks = learner["tasks"].items()
    return sorted(number for number, task in tasks if task["status"] == status)


def commonest(learners, number):
    """Return the hint to a task that most learners had, with their number.

    Those that differ only in numbers and quoted code are one: one of them stands for all.
    """
    had = defaultdict(list)
    for learner in learners:
        hints = learner["tasks"].get(number, {"hints": {}})["hints"]
        for kind, hint in {re.sub(r"`[^`]*`|[-\d.]+", "…", hint): hint for hint in hints}.items():
            had[kind].append(hint)
    most = max(had.values(), key=len, default=[])
    return f"{len(most)} were told: {statistics.mode(most)}" if most else ""


def guesses(learners):
    """Yield a sentence for each question, with what is true and how far the guesses are off."""
    for number, (asked, truth) in report.QUESTIONS.items():
        if made := [one["guesses"][number] for one in learners if number in one["guesses"]]:
            true, middle = truth(), statistics.median(made)
            far = sum(not true / 2 <= guess <= true * 2 for guess in made)
            text = f"{asked} It is {true:,}. Half of the guesses are {middle:,g} or more, and "
            yield f"{text}{far} of {len(made)} are more than twice too large or too small."


def drawn(learners, numbers):
    """Return the picture of tasks by learners as an image for a page."""
    figure = Figure(figsize=(4, 0.8 + 0.19 * len(numbers)), layout="constrained")
    axes = figure.subplots()
    for status, marker in MARKS.items():
        stand = [[number in with_status(one, status) for one in learners] for number in numbers]
        rows, columns = np.nonzero(stand)
        axes.scatter(columns, rows, 24, SAID[status][1], marker=marker, label=status, linewidths=0)
    axes.set(xlim=(-1, max(30, len(learners))), ylim=(len(numbers) - 0.4, -0.6), xticks=[])
    axes.set_xlabel("learners, those with most right first")
    axes.set_yticks(range(len(numbers)), numbers)
    axes.spines[:].set_visible(False)
    figure.legend(loc="outside upper center", ncols=3, frameon=False, handletextpad=0)
    figure.savefig(image := io.BytesIO(), format="svg")
    coded = base64.b64encode(image.getvalue()).decode()
    words = "Each task and each learner; the tables below say the same."
    return f'<img alt="{words}" src="data:image/svg+xml;base64,{coded}">'


def plain(text, most=400):
    """Return what came from a file as HTML: no tag of its own, no sign that cannot be seen."""
    text = "".join(sign for sign in str(text) if sign.isprintable())
    return report.as_html(text[:most] + "…" * (len(text) > most))


def table(titles, rows):
    """Return a table as HTML."""
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    lines = ["".join(f"<td>{plain(value)}</td>" for value in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<div tabindex="0"><table><tr>{head}</tr>{body}</table></div>'


def page(learners, left_out):
    """Return the page, as HTML."""
    chapters = {number[0] for learner in learners for number in learner["tasks"]}
    numbers = sorted(number for number in report.REPORTS if number[0] in chapters)
    tasks = []
    for number in numbers:
        having = [sum(number in with_status(one, stand) for one in learners) for stand in MARKS]
        title = f"{number} {report.REPORTS[number].title}"
        tasks.append((title, *having, commonest(learners, number)))
    begin = [
        f"{title} ({wrong} not right yet, {left} not answered, {right} right). {told}"
        for title, right, wrong, left, told in sorted(tasks, key=lambda row: (-row[2], -row[3]))[:3]
        if wrong + left
    ]
    names = [
        (one["name"], len(with_status(one, RIGHT)), ", ".join(with_status(one, WRONG)))
        for one in learners
    ]
    template = Template((ROOT / "tools/collected.html").read_text(encoding="utf-8"))
    text = template.substitute(
        count=len(learners),
        picture=drawn(learners, numbers),
        begin="".join(f"<li>{plain(text)}</li>" for text in [*begin, *guesses(learners)]),
        tasks=table(["Task", RIGHT, WRONG, OPEN, "the commonest hint"], tasks),
        learners=table(["Learner", RIGHT, WRONG], names),
        left_out=table(["File", "because"], left_out),
    )
    return guarded(text)


if __name__ == "__main__":
    named = "".join(sys.argv[1:])
    learners, left_out = collect(Path(named)) if named else ([], [])
    if not learners:
        sys.exit(f"There is nothing of learners in {named or 'no folder'}: make collect FOLDER=...")
    made = ROOT / "build/collected.html"
    made.parent.mkdir(exist_ok=True)
    made.write_text(page(learners, left_out), encoding="utf-8")
    print(f"{made.relative_to(ROOT)}: {len(learners)} learners; left out: {len(left_out)} files")
