"""What a check says: right, not answered yet, or a hint; and the table of what is done."""

import functools
import html
import re
from dataclasses import dataclass

RIGHT, WRONG, OPEN = "right", "not right yet", "not answered yet"
UNCHECKED, FAILED = "not checked yet", "the check failed"
SAID = {  # before the text, with the colour of the bar beside it
    RIGHT: ("✓ Right.", "#009E73"),
    WRONG: ("✗ Not right yet.", "#D55E00"),
    OPEN: ("… Not answered yet.", "#767676"),
    FAILED: ("The check failed.", "#767676"),
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


def task(number, title):
    """Make a function that judges answers into a check that returns a `Report`.

    The function returns a sentence of praise, or raises `Unanswered` or `Hint`. Task 2.1 is the
    first one of the exercises to notebook 02.
    """
    REPORTS[number] = Report(number, title)

    def decorate(judge):
        @functools.wraps(judge)
        def check(*answers):
            REPORTS[number] = Report(number, title, *verdict(judge, answers))
            return REPORTS[number]

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


def progress():
    """Return the table of all tasks whose checks have been imported: those of one notebook."""
    return Progress([REPORTS[number] for number in sorted(REPORTS)])
