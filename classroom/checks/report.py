"""What a check says: right, not answered yet, or a hint; what is done, in a table and a file."""

import contextlib
import functools
import html
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

RIGHT, WRONG, OPEN = "right", "not right yet", "not answered yet"
UNCHECKED, FAILED, GUESSED = "not checked yet", "the check failed", "guessed"
SAID = {  # before the text, with the colour of the bar beside it
    RIGHT: ("✓ Right.", "#009E73"),
    WRONG: ("✗ Not right yet.", "#D55E00"),
    OPEN: ("… Not answered yet.", "#767676"),
    FAILED: ("The check failed.", "#767676"),
    GUESSED: ("You guessed", "#0072B2"),
}


class Unanswered(Exception):  # noqa: N818 - a message to the learner, not an error
    """There is still a ``...`` where the answer belongs."""


class Hint(Exception):  # noqa: N818
    """What is wrong, in a sentence or two that do not give the answer away."""


@dataclass(frozen=True)
class Report:
    """The result of a check; a notebook shows it in words."""

    number: str
    title: str
    status: str = UNCHECKED
    text: str = ""

    def __repr__(self):
        """Return the report as plain text."""
        return f"{self._lead()}{SAID[self.status][0]} {self.text}"

    def _lead(self):
        return f"Task {self.number}. " if self.number else ""

    def _repr_html_(self):
        words, colour = SAID[self.status]
        return (
            f'<p style="border-left: 5px solid {colour}; padding-left: 0.7em; max-width: 44em">'
            f"{self._lead()}<strong>{words}</strong> {as_html(self.text)}</p>"
        )


def as_html(text):
    """Return plain text as HTML, with `code` and *stress* marked."""
    pieces = html.escape(text).split("`")
    if len(pieces) % 2 == 0:  # there is a backquote in the learner's own words
        return html.escape(text)
    for k, piece in enumerate(pieces):
        stressed = re.sub(r"\*(\w[\w ]*)\*", r"<em>\1</em>", piece)
        pieces[k] = f"<code>{piece}</code>" if k % 2 else stressed
    return "".join(pieces)


REPORTS = {}  # the latest report on every task, by its number
HINTS = defaultdict(Counter)  # how often each came since they were last kept, by the task's number
QUESTIONS = {}  # what is to be guessed before a task, and a function that returns the answer
GUESSES = {}  # the learner's, by the task's number


def task(number, title):
    """Make a function that judges answers into a check that returns a `Report`.

    The function returns a sentence of praise, or raises `Unanswered` or `Hint`. Task 2.1 is the
    first one of the exercises to notebook 02.
    """
    REPORTS[number] = Report(number, title)

    def decorate(judge):
        @functools.wraps(judge)
        def check(*answers):
            told = REPORTS[number] = Report(number, title, *verdict(judge, answers))
            if told.status == WRONG:
                HINTS[number][told.text] += 1
            return told

        return check

    return decorate


def verdict(judge, answers):
    """Return the status of the answers and what to say about them."""
    try:
        if is_blank(answers):
            raise Unanswered
        return RIGHT, judge(*answers)
    except Unanswered:
        return OPEN, "Put your answer where the three dots `...` are, and run the cell again."
    except Hint as hint:
        return WRONG, str(hint)
    except KeyboardInterrupt:
        return WRONG, "You stopped it while it ran. Does your function have a loop that never ends?"
    except RecursionError:
        return WRONG, "Your answer is a list that holds itself."
    except Exception as error:
        text = "That is a mistake in the check, not in your answer. Please report it, with these "
        return FAILED, f"{text}words: {type(error).__name__}: {error}."


def is_blank(answer):
    """Tell whether an answer still holds the three dots, as they are or in quotation marks."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, (list, tuple)):
        return any(map(is_blank, answer))
    return answer is ... or (isinstance(answer, str) and answer.strip() in ("", "...", "…"))


@dataclass(frozen=True)
class Progress:
    """A small table of tasks and how each stands."""

    reports: list

    def __repr__(self):
        """Return the table as plain text."""
        lines = [f"{report.number}  {report.title:<44}{report.status}" for report in self.reports]
        return "\n".join([*lines, self.summary()])

    def summary(self):
        """Say in one sentence how many tasks are done."""
        done = sum(report.status == RIGHT for report in self.reports)
        return f"{done} of {len(self.reports)} tasks are right."

    def _repr_html_(self):
        left = 'style="text-align: left"'
        titles = ("Task", "What", "How it stands")
        head = "".join(f'<th scope="col" {left}>{title}</th>' for title in titles)
        body = "".join(
            f'<tr><th scope="row">{report.number}</th><td {left}>{html.escape(report.title)}</td>'
            f"<td {left}>{report.status}</td></tr>"
            for report in self.reports
        )
        return (
            f"<table><caption {left}>{self.summary()}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def progress(name=""):
    """Return the table of all tasks whose checks have been imported: those of one notebook.

    Where it can be written, my-progress.json beside the notebook keeps them with those of others.
    """
    with contextlib.suppress(OSError):
        keep(Path("my-progress.json"), name)
    return Progress([REPORTS[number] for number in sorted(REPORTS)])


def keep(path, name):
    """Add all that is new to the file, or begin another one in place of what is no such file."""
    kept = {"name": "", "tasks": {}, "guesses": {}}
    with contextlib.suppress(OSError, ValueError):
        kept = read(path.read_text(encoding="utf-8"))
    kept["name"] = name or kept["name"]
    kept["guesses"] |= GUESSES
    for number, told in REPORTS.items():
        if told.status != UNCHECKED:
            task = kept["tasks"].setdefault(number, {"status": "", "hints": {}})
            task["status"] = told.status
            task["hints"] = Counter(task["hints"]) + HINTS.pop(number, Counter())
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def read(text):
    """Return what a file of this text keeps; raise a ValueError if `progress` has not written it.

    It is a dictionary: the learner's `name`, if one was given; `tasks`, by number, each with its
    `status` and its `hints`, with how often they came; and `guesses`, numbers, by the task's.
    """
    try:
        kept = json.loads(text)
        tasks, guesses = kept["tasks"], kept["guesses"]
        hints = [count for task in tasks.values() for count in task["hints"].values()]
        ours = (
            isinstance(kept["name"], str)
            and all(task["status"] in SAID for task in tasks.values())
            and all(re.fullmatch(r"\d\.\d[a-z]?", number) for number in [*tasks, *guesses])
            and all(isinstance(count, int) and 0 < count < 10**6 for count in hints)
            and all(map(is_number, guesses.values()))
        )
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        ours = False
    if not ours:
        raise ValueError("it is not what progress() writes")
    return kept


def is_number(value):
    """Tell whether a value is one number of Python's, and one that somebody might guess."""
    return isinstance(value, (int, float)) and abs(value) < 1e12


def guessed(number, guess):
    """Keep what was guessed before a task, and say it beside what is true."""
    asked, truth = QUESTIONS[number]
    if is_blank(guess):
        text = f"nothing yet. {asked}"
    elif is_number(guess):
        GUESSES[number] = guess
        text = f"{guess:,}; it is {truth():,}."
    else:
        text = "no number. Write one, without quotation marks."
    return Report(number, asked, GUESSED, text)
