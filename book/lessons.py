"""The lessons, lessons/*.md: each a plan and its slides. All else about them is made from there.

python -m book.lessons        writes the plans into INSTRUCTOR.md
python -m book.lessons 60     begins lessons/60.md with a copy of the 45 minutes, and does the same

A lesson begins with a head, in YAML: KEYS, and `after`, the minutes of a plan that it goes on from.
Below are the rows of its plan, each with its columns and then its slides:

# 6 · Pairs: worksheet 1, task 1      its minutes, and who works with what
Link: #demo=draw_a_line               opens what the pairs work with
Do: …                                 also Can go, Ask, They say and You answer: each one line
Vote: a curve / **a line** / nothing  what can be chosen at Ask, by a show of hands or in the room
Vote: rows 0 to 4: **3**              or a number, with its name; or a place, with two such axes:
Vote: h1 0 to 1, h2 0 to 1: **1, 0**

## Which rows get more than 1/2?      a slide; below it four kinds of lines are filled in:
<picture 02 show(plot_losses(losses)> what the notebook has stored under the cell with that code
% demo                                the row's link for phones, and a slide that is the demo, live
% question 1.4                        two slides: a closing question of a notebook, and its answer
"""

import html
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import yaml

from classroom.addresses import own_addresses
from classroom.demos.schema import FIELDS, StateError, checked
from tools.questions import questions

ROOT = Path(__file__).resolve().parent.parent
LESSONS, GUIDE = ROOT / "lessons", ROOT / "INSTRUCTOR.md"
KEYS = "title minutes for needs goals syllabus deck subtitle".split()
COLUMNS = "Link", "Do", "Can go", "Ask", "Vote", "They say", "You answer"
ROW = re.compile(r"# (\d+) · (Slides|Break|Buffer|(?:Pairs|Together): .+)")
AXIS = re.compile(r"([\w ]+) ([−\d.]+) to ([−\d.]+)")
LINK = re.compile(r"\[([^]\n]+)\]\(([^)\s]+)\)")
MADE = re.compile(r"(?<=<!-- Made by make plans. -->\n).*?(?=<!-- The end of it. -->)", re.S)
TABLE = "| minutes | where | what happens | ask | they say, you answer |\n|---|---|---|---|---|\n"


@dataclass
class Row:
    """A row of a plan; its slides are lines of Markdown."""

    line: int
    begin: int
    end: int
    where: str
    columns: dict = field(default_factory=dict)
    slides: list = field(default_factory=list)

    @property
    def minutes(self):
        """When it begins and ends."""
        return f"{self.begin}–{self.end}"

    @property
    def place(self):
        """Where it is done, with its link."""
        kind, colon, work = self.where.partition(": ")
        link = self.columns.get("Link")
        return f"{kind}: [{work}]({link})" if link else kind + colon + work


@dataclass
class Lesson:
    """A lesson: its name, its head and its rows."""

    name: str
    head: dict
    rows: list


def lessons():
    """Return all lessons, the shorter ones first."""
    found = [read(path) for path in sorted(LESSONS.glob("*.md"))]
    return sorted(found, key=lambda lesson: (lesson.head["minutes"], lesson.name))


@cache
def stored_pictures(number):
    """Return the cells of a notebook with a stored picture, as path, cell and output."""
    for path in (ROOT / "notebooks").glob(f"{number}_*.ipynb"):
        cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        shown = ((c, o) for c in cells for o in c.outputs if "image/png" in o.get("data", {}))
        return [(path, cell, output) for cell, output in shown]
    return []


def stored(number, code):
    """Return a notebook's path, its first cell with this code, and the picture there, if any."""
    return next((found for found in stored_pictures(number) if code in found[1].source), None)


def read(path):
    """Return a lesson from its file. What is wrong in it ends the program, with the line."""

    def wrong(line, expected):
        sys.exit(f"{path.parent.name}/{path.name}, line {line}: expected {expected}.")

    head, body = front(path.read_text(encoding="utf-8").splitlines(), wrong)
    rows, begin = [], head.get("after", 0)
    for line, text in body:
        if text.startswith("# "):
            if not (found := ROW.fullmatch(text)):
                wrong(line, "# MINUTES · Slides, Pairs: …, Together: …, Break or Buffer")
            rows.append(Row(line, begin, begin + int(found[1]), found[2]))
            begin = rows[-1].end
        elif rows and (rows[-1].slides or text.startswith(("## ", "% question "))):
            rows[-1].slides.append(text)
        elif text:
            column, _, told = text.partition(": ")
            if not rows:
                wrong(line, "a row, # MINUTES · Slides or another, before anything else")
            if column not in COLUMNS or not told:
                wrong(line, f"a slide, ## …, or one of {', '.join(COLUMNS)}, a colon and text")
            rows[-1].columns[column] = told
        for expected in missing(text, rows):
            wrong(line, expected)
    for row in rows:
        if not ("Do" in row.columns and row.slides):
            wrong(row.line, "a row with Do: … and at least one slide")
    if begin != head["minutes"]:
        last = rows[-1].line if rows else 1
        wrong(last, f"rows up to minute {head['minutes']}, but they end at {begin}")
    return Lesson(path.stem, head, rows)


def front(lines, wrong):
    """Return a lesson's head, and the lines below it, each with its number."""
    if lines[:1] != ["---"] or "---" not in lines[1:]:
        wrong(1, "a head between two lines ---")
    end = lines.index("---", 1)
    try:
        head = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.MarkedYAMLError as error:
        wrong(error.problem_mark.line + 2, f"YAML, {error.problem}")
    if absent := [key for key in KEYS if not isinstance(head, dict) or not head.get(key)]:
        wrong(end + 1, f"{', '.join(absent)} in the head above")
    whole = isinstance(head["minutes"], int) and isinstance(head.get("after", 0), int)
    if not (whole and isinstance(head["goals"], list)):
        wrong(end + 1, "whole minutes, and a list of goals, in the head above")
    return head, list(enumerate(lines[end + 1 :], start=end + 2))


def number(text):
    """Return the number that a text is, with a dash for minus."""
    return float(text.replace("−", "-"))


def vote(text):
    """Return what a Vote lets choose, options or axes, and its answer; a ValueError if it is none.

    An axis is its name and its ends; the answer is the number of an option, or a number for each
    axis.
    """
    options = text.split(" / ")
    if len(options) > 1:
        (truth,) = (k for k, option in enumerate(options) if re.fullmatch(r"\*\*.+\*\*", option))
        return {"options": [option.strip("*") for option in options], "truth": truth}
    named, truth = re.fullmatch(r"(.+): \*\*(.+)\*\*", text).groups()
    found = [AXIS.fullmatch(axis).groups() for axis in named.split(", ")]
    axes = [(name, number(low), number(high)) for name, low, high in found]
    truth = [number(value) for value in truth.split(", ")]
    if not all(a <= t <= b for (_, a, b), t in zip(axes, truth, strict=True)) or len(axes) > 2:
        raise ValueError
    return {"axes": axes, "truth": truth}


def missing(text, rows):
    """Yield what a line refers to and nobody has."""
    for link in [*re.findall("^Link: (.+)", text), *(target for _, target in LINK.findall(text))]:
        state = dict(parse_qsl(link.removeprefix("#"), keep_blank_values=True))
        name, _ = state.pop("demo", ""), state.pop("hide", "")
        if not link.startswith("#"):
            if not (link.startswith("https://") or (ROOT / link).exists()):
                yield f"a link to a file of the project, to https:// or #demo=, not {link}"
        elif name not in FIELDS:
            yield f"#demo= and one of {', '.join(FIELDS)}"
        else:
            try:
                checked(name, state)
            except StateError as error:
                yield f"a state that the demo takes; {str(error).rstrip('.')}"
    for number, code in re.findall(r"<picture (\S+) (.+)>", text):
        if not stored(number, code):
            yield f"a picture that a notebook has; {number} has none under a cell with {code}"
    if text.startswith("Vote: ") and not rows[-1].slides:
        try:
            vote(text.removeprefix("Vote: "))
        except (AttributeError, ValueError):
            yield "a / **b**, rows 0 to 4: **3** or h1 0 to 1, h2 0 to 1: **1, 0**; bold is right"
    if text.startswith("% "):
        known = [f"% question {q.number}" for closing in questions().values() for q in closing]
        if text == "% demo" and "Link" not in rows[-1].columns:
            yield "a Link: #demo=… in this row"
        elif text not in ["% demo", *known]:
            yield f"% demo, or a question from {known[0][2:]} to {known[-1][2:]}"


def led(text, up="../", more=""):
    """Return a row's text with its links as HTML, for a page of the book."""

    def link(found):
        target = re.sub("^(?!https)", up, re.sub("^#", "demos/index.html#", found[2]))
        target = html.escape(target.replace(".ipynb", ".html"))
        return f'<a {more}href="{target}">{found[1]}</a>'

    return LINK.sub(link, text)


def table(lesson):
    """Return a lesson's plan as a table."""
    after, lines = lesson.head.get("after"), []
    if after:
        lines.append(f"| 0–{after} | The {after} minutes | As there. | | |")
    for row in lesson.rows:
        told = {column: row.columns.get(column, "") for column in COLUMNS}
        done = told["Do"] + (f" *Can go:* {told['Can go']}" if told["Can go"] else "")
        said = f"{told['They say']} {told['You answer']}".strip()
        asked = told["Ask"] + (f" *Show of hands:* {told['Vote']}" if told["Vote"] else "")
        cells = row.minutes, row.place, done, asked, said
        lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return TABLE + "\n".join(lines) + "\n"


def opening(lesson):
    """Return for whom a lesson is, what it needs, and its goals."""
    head = lesson.head
    goals = f"**Afterwards they can** {'; '.join(head['goals'])}."
    return f"## {head['title']}\n\n{head['for']} Needs {head['needs']}.\n\n{goals}\n\n"


def plans():
    """Return the part of INSTRUCTOR.md that is made from the lessons."""
    site, told = own_addresses()["Homepage"], ""
    for lesson in lessons():
        links = f"[Slides]({site}slides/{lesson.name}.html), and "
        links += f"[the plan on two pages]({site}lessons/{lesson.name}.html).\n\n"
        rows = table(lesson).replace("](#", f"]({site}demos/index.html#")
        told += opening(lesson) + links + rows + "\n"
    return "\n" + told


def page(lesson):
    """Return the plan as a page of the book, to be printed on two pages."""
    told = " ".join(f"{row.where} {row.columns['Do']}" for row in lesson.rows)
    sheets = sorted(set(re.findall(r"[Ww]orksheet (\d)", told)))
    links = [f"[worksheet {sheet}](../worksheets/{sheet}.md)" for sheet in sheets]
    if (LESSONS / f"tests/{lesson.name}.yaml").exists():
        tests = (f"{lesson.name}-{version}" for version in "AB")
        links += [f"[test {test}](../tests/{test}.md)" for test in tests]
    syllabus = f"**For a syllabus:** {lesson.head['syllabus']}\n\n"
    printed = f"**To be printed:** {', '.join(links)}.\n\n" if links else ""
    rows = f'<div class="plan">\n\n{led(table(lesson))}\n</div>\n'
    return opening(lesson).removeprefix("#") + syllabus + printed + rows


def write():
    """Write the plans into INSTRUCTOR.md."""
    guide = GUIDE.read_text(encoding="utf-8")
    GUIDE.write_text(MADE.sub(lambda _: plans(), guide), encoding="utf-8", newline="\n")


def begin(name):
    """Begin a lesson with a copy of the 45 minutes."""
    path = LESSONS / f"{name}.md"
    if path.exists() or not re.fullmatch(r"[\w-]+", name):
        sys.exit(f"lessons/{name}.md: expected the name of a new file, such as 60 or 45-de.")
    text = (LESSONS / "45.md").read_text(encoding="utf-8")
    title = f'title: "{name}: a copy of the 45 minutes, to be changed"'
    path.write_text(re.sub("^title: .*", title, text, count=1, flags=re.M), encoding="utf-8")
    print(f"lessons/{path.name}")


def main(*names):
    """Begin lessons of these names, and write the plans of all."""
    for name in names:
        begin(name)
    write()


if __name__ == "__main__":
    main(*sys.argv[1:])
