"""Write closing questions and tests as course platforms read them: build/questions.

moodle.gift.txt  all of them, in Moodle's GIFT: a category for each notebook and test
canvas-1.zip …   a quiz for each of these, in QTI, for Canvas
questions.md     all of them to read or to print, and below them the answers

Their one source is the notebooks, and lessons/tests for the tests before and after a lesson. Each
choice keeps its letter, and its sentence as feedback.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml

ROOT = Path(__file__).resolve().parent.parent
QUESTION = re.compile(r"^\*\*(\d)\. ([^\n]+)\*\*$(.+?)(?=^<br>|^##|\Z)", re.M | re.S)
CHOICE = re.compile(r"<summary>(.)\) (.+?)</summary>\s+(.+?)\s+</details>", re.S)
GIFT = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})


class Choice(NamedTuple):
    """What can be chosen, and what is said to whom chooses it."""

    letter: str
    text: str
    said: str

    @property
    def right(self):
        """Whether it is the answer."""
        return self.said.lstrip("*").startswith("Right")


class Question(NamedTuple):
    """A question with its choices; its number is 1.4 in a notebook, A4 in a test."""

    number: str
    asked: str
    choices: list[Choice]
    goal: str = ""

    @property
    def answer(self):
        """The letter of the one right choice."""
        (right,) = (choice.letter for choice in self.choices if choice.right)
        return right


@cache
def questions():
    """Return all closing questions, by the titles of their notebooks."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        first, *cells = nbformat.read(path, as_version=4).cells
        title = first.source.splitlines()[0].removeprefix("# ")
        closing = [cell.source for cell in cells if "<details><summary>a) " in cell.source]
        for number, asked, below in QUESTION.findall("\n".join(closing)):
            choices = [Choice(*choice) for choice in CHOICE.findall(below)]
            question = Question(f"{title[0]}.{number}", asked, choices)
            found.setdefault(title, []).append(question)
    return found


def tests():
    """Return the questions of the tests on the lessons, by title: each test in two versions."""
    found = {}
    for path in sorted(ROOT.glob("lessons/tests/*.yaml"), key=lambda path: len(path.name)):
        pairs = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for version in "AB":
            asked = found[f"{path.stem}-{version} · Before or after the lesson"] = []
            for number, pair in enumerate(pairs, start=1):
                said = pair[version]["choices"]
                choices = list(map(Choice, "abcde", said.keys(), said.values()))
                told = pair[version]["asked"], choices, pair["goal"]
                asked.append(Question(f"{version}{number}", *told))
    return found


def gift(title, asked):
    """Return a notebook's questions in GIFT; its texts are Markdown there, too."""
    lines = [f"$CATEGORY: The XOR notebooks/{title}", ""]
    for number, text, choices, _ in asked:
        lines.append(f"::{number}::[markdown]{text.translate(GIFT)} {{")
        for choice in choices:
            told = f"{choice.text.translate(GIFT)}#{choice.said.translate(GIFT)}"
            lines.append(("=" if choice.right else "~") + told)
        lines += ["}", ""]
    return "\n".join(lines) + "\n"


def quiz(title, asked):
    """Return a notebook's questions as text2qti reads them."""
    lines = [f"Quiz title: The XOR notebooks, {title}", ""]
    for k, (number, text, choices, _) in enumerate(asked, start=1):
        lines += [f"Title: {number}", f"{k}. {text}"]
        for choice in choices:
            right = "*" if choice.right else ""
            lines += [f"{right}{choice.letter}) {choice.text}", f"... {choice.said}"]
        lines.append("")
    return "\n".join(lines)


def listed(asked, answered=False):
    """Return questions as Markdown: each one paragraph, with its choices or with the answers."""
    paragraphs = []
    for question in asked:
        head = f"{question.answer}) {question.goal}" if answered else question.asked
        told = [f"{c.letter}) {c.said if answered else c.text}" for c in question.choices]
        paragraphs.append("\\\n".join([f"**{question.number}** {head}", *told]))
    return "\n\n".join(paragraphs) + "\n\n"


def page():
    """Return all questions as Markdown; the answers are a part of their own."""
    told = ""
    for heading, answered in (("Questions to the XOR notebooks", False), ("Answers", True)):
        told += f"# {heading}\n\n"
        for title, asked in everything().items():
            told += f"## {title}\n\n{listed(asked, answered)}"
    return told


def everything():
    """Return all questions, by the titles of their notebooks and tests."""
    return questions() | tests()


def contents():
    """Yield all files; each a name, and bytes."""
    from text2qti.config import Config  # for this alone
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    yield "moodle.gift.txt", "".join(gift(*closing) for closing in everything().items()).encode()
    yield "questions.md", page().encode()
    for title, asked in everything().items():
        made = QTI(Quiz(quiz(title, asked), config=Config()))
        yield f"canvas-{title.split()[0]}.zip", made.zip_bytes()


def write(folder):
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(ROOT / "build/questions")
    print("build/questions")
