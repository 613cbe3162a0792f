"""What a check says: right, not answered yet, or a hint; and the table of what is done."""

import functools
import html
import re
from dataclasses import dataclass

RIGHT, OPEN, HINT = "right", "open", "hint"
WORDS = {RIGHT: "✓ Right.", OPEN: "… Not answered yet.", HINT: "✗ Not right yet."}
COLOURS = {RIGHT: "#009E73", OPEN: "#767676", HINT: "#D55E00"}


class Unanswered(Exception):  # noqa: N818 - a message to the learner, not an error
    """There is still a ``...`` where the answer belongs."""


class Hint(Exception):  # noqa: N818
    """What is wrong, for the learner.

    Parameters
    ----------
    mistake : str
        A short name of the kind of mistake.
    text : str
        One or more sentences that do not give the answer away.
    """

    def __init__(self, mistake, text):
        super().__init__(mistake, text)
        self.mistake, self.text = mistake, text


@dataclass(frozen=True)
class Report:
    """The result of a check; a notebook shows it in words.

    Attributes
    ----------
    task : str
        Number of the task, such as "2.1".
    status : {"right", "open", "hint"}
        How the answer stands.
    text : str
        What is said besides.
    mistake : str
        The kind of mistake that was recognised, or "".
    """

    task: str
    status: str
    text: str
    mistake: str = ""

    def __repr__(self):
        """Return the report as plain text."""
        return f"Task {self.task}. {WORDS[self.status]} {self.text}"

    def _repr_html_(self):
        words, colour = WORDS[self.status], COLOURS[self.status]
        return (
            f'<p style="border-left: 5px solid {colour}; padding-left: 0.7em; max-width: 44em">'
            f"Task {self.task}. <strong>{words}</strong> {as_html(self.text)}</p>"
        )


def as_html(text):
    """Return plain text as HTML, with `code` and *stress* marked."""
    pieces = html.escape(text).split("`")
    if len(pieces) % 2 == 0:  # a backquote of the learner's own
        return html.escape(text)
    marked = [
        f"<code>{piece}</code>" if k % 2 else re.sub(r"\*(\w[\w ]*)\*", r"<em>\1</em>", piece)
        for k, piece in enumerate(pieces)
    ]
    return "".join(marked)


TITLES = {}  # of every task, by its number
RESULTS = {}  # the status of every task that was checked in this kernel


def task(number, title):
    """Make a function that judges answers into a check that returns a `Report`.

    The function returns a sentence of praise, or raises `Unanswered` or `Hint`.

    Parameters
    ----------
    number : str
        Of the task: "2.1" is the first one of notebook 02.
    title : str
        What `progress` calls it.
    """

    def decorate(judge):
        TITLES[number] = title

        @functools.wraps(judge)
        def check(*answers, **named):
            try:
                if any(map(is_blank, (*answers, *named.values()))):
                    raise Unanswered
                report = Report(number, RIGHT, judge(*answers, **named))
            except Unanswered:
                text = "Put your answer where the three dots `...` are, and run the cell again."
                report = Report(number, OPEN, text)
            except Hint as hint:
                report = Report(number, HINT, hint.text, hint.mistake)
            except KeyboardInterrupt:
                report = Report(number, HINT, "You stopped the check.", "stopped")
            except Exception as error:
                text = f"The check cannot read this answer ({type(error).__name__})."
                report = Report(number, HINT, text, "unreadable")
            RESULTS[number] = report.status
            return report

        return check

    return decorate


def is_blank(answer):
    """Tell whether an answer still holds the three dots of the blank."""
    if answer is ...:
        return True
    if isinstance(answer, dict):
        return any(map(is_blank, answer.values()))
    return isinstance(answer, (list, tuple)) and any(map(is_blank, answer))


@dataclass(frozen=True)
class Progress:
    """A small table of tasks and how each stands."""

    rows: tuple

    def __repr__(self):
        """Return the table as plain text."""
        lines = [f"{number}  {title:<44}{word}" for number, title, word in self.rows]
        return "\n".join([*lines, self.summary()])

    def summary(self):
        """Say in one sentence how many tasks are done."""
        if not self.rows:
            return "No check has been run yet. Run the cells of this notebook first."
        done = sum(word == "right" for *_, word in self.rows)
        return f"{done} of {len(self.rows)} tasks are right."

    def _repr_html_(self):
        if not self.rows:
            return f"<p>{self.summary()}</p>"
        left = 'style="text-align: left"'
        head = "".join(
            f'<th scope="col" {left}>{word}</th>' for word in ("Task", "What", "How it stands")
        )
        body = "".join(
            f'<tr><th scope="row">{number}</th><td {left}>{html.escape(title)}</td>'
            f"<td {left}>{word}</td></tr>"
            for number, title, word in self.rows
        )
        return (
            f"<table><caption {left}>{self.summary()}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def progress():
    """Return the table of the tasks of this notebook: of each notebook with a check run so far.

    Returns
    -------
    Progress
        Shown as a table; as text where there is no HTML.
    """
    words = {RIGHT: "right", OPEN: "not answered yet", HINT: "not right yet"}
    begun = {number.partition(".")[0] for number in RESULTS}
    return Progress(
        tuple(
            (number, title, words.get(RESULTS.get(number), "not checked yet"))
            for number, title in sorted(TITLES.items())
            if number.partition(".")[0] in begun
        )
    )
