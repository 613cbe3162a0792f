"""What every stored notebook must be: each check is a function from a notebook to complaints.

A prompt to guess is the last paragraph of its Markdown cell. Its answer is short: what the cells
below it show, or at most three sentences in a fold, `<details><summary>Answer</summary>`, which
follows the prompt or begins the Markdown cell below. The teaching goes on behind that fold, open,
and does not repeat the answer. The prompt's metadata has the words that would give it away, as they
stand in the answer: `"guess": ["two lines", "0.25"]`. In JupyterLab that is the *Property
Inspector*, *Cell Metadata*. Which cells answer is said by `tools.guesses.answers`.
"""

import ast
import html
import json
import re

from tests import figures
from tools.guesses import answers

CELL_LINES = 25
OUTPUT_LINES = 20
KILOBYTES = 1000
PICTURE_LINES = 4
FOLDED = "<details><summary>The picture in words</summary>{}</details>"
PLUMBING = re.compile(r"\bplot_|\bshow\(|\bpanels\(|\bplotting\b|\b(?:ax|axes|figure)\b")
OPENING = [r"You will\*\* ", r"You need\*\* ", r"Time\*\* about \d+ minutes"]
SECTIONS = ["Summary", "Your turn", "References", "Next"]
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|Users|tmp|private|mnt|opt|var|usr)/|[A-Z]:\\\\")
FOLD = re.compile(r"<details>.*?</details>", re.S)
ANSWER = re.compile(r"<details><summary>Answer</summary>\n\n(.*?)\n</details>", re.S)
SENTENCE = re.compile(r"[^.?!]{3,}?[.?!](?=\s|$)")
# In the numbered experiments of "Your turn" the answer is folded or comes with the doing.
PROMPT = re.compile(
    r"^(?!\d\. ).*?\*\*(?:Before you|Guess|Predict|What will|Look|Try to say).*", re.M
)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def executed_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}"


def no_errors(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"an error or a warning is stored under {cell.source[:40]!r}"


def nothing_volatile(notebook):
    if set(notebook.metadata) != {"kernelspec", "language_info"}:
        yield f"metadata holds {sorted(notebook.metadata)}"
    if "version" in notebook.metadata.get("language_info", {}):
        yield "metadata names a version of Python"
    for cell in notebook.cells:
        guess = cell.metadata.get("guess", ["words"])
        words = isinstance(guess, list) and guess and all(isinstance(word, str) for word in guess)
        if set(cell.metadata) - {"tags", "guess", "figures", "nbgrader"} or not words:
            yield f"a cell's metadata holds {cell.metadata}"
        if {"guess", "figures"} & set(cell.metadata) and cell.cell_type != "markdown":
            yield f"code is not to be guessed, and has no figures: {cell.source[:40]!r}"


def no_machine_path(notebook):
    if found := MACHINE_PATH.search(json.dumps(notebook)):
        yield f"a path of one machine: {found.group()!r}"


def opening(notebook):
    first = notebook.cells[0].source
    for pattern in (r"# \d · .+", r"\*.+\?\*", *(rf"\*\*{begin}.+" for begin in OPENING)):
        if not re.search(f"^{pattern}$", first, re.M):
            yield f"the first cell has nothing like {pattern}"


def sections(notebook):
    titles = re.findall(r"^## (.+)$", markdown(notebook), re.M)
    if titles[-len(SECTIONS) :] != SECTIONS:
        yield f"the last sections are {titles[-len(SECTIONS) :]}"


def your_turn(notebook):
    text = markdown(notebook).split("## Your turn")[-1].split("## ")[0]
    tasks = re.findall(r"^\d\. \*\*.+\*\*.+$", text, re.M)
    if len(tasks) != 3 or not all("xpect" in task for task in tasks):
        yield "Your turn is not three experiments, each with what to expect"


def questions(notebook):
    text = markdown(notebook)
    asked = re.findall(r"\*\*(?:Before|Guess|Predict|What|Ask)[^*]*\*\*", text)
    if len(asked) < 2 or "<details>" not in text:
        yield "hardly a question to answer before running, or no folded answer"
    if text.count("<details>") != text.count("</details>"):
        yield "a folded answer is not closed"


def short_cells(notebook):
    for cell in code_cells(notebook):
        if len(cell.source.splitlines()) > CELL_LINES:
            yield f"a cell has more than {CELL_LINES} lines: {cell.source[:40]!r}"


def short_outputs(notebook):
    for cell in code_cells(notebook):
        shown = "".join(output.get("text") or "" for output in cell.outputs).splitlines()
        if len(shown) > OUTPUT_LINES or any(len(line) > 100 for line in shown):
            yield f"a wall of output under {cell.source[:40]!r}"


def small(notebook):
    if (size := len(json.dumps(notebook)) / 1000) > KILOBYTES:
        yield f"{size:.0f} kB"


def told_pictures(notebook):
    for cell in code_cells(notebook):
        for number, output in enumerate(cell.outputs):
            data = output.get("data", {})
            if "image/png" not in data:
                continue
            alt = output.metadata.get("image/png", {}).get("alt", "")
            if len(alt) < 40:
                yield f"alternative text says too little: {alt!r}"
            below = [o.get("data", {}).get("text/html") for o in cell.outputs[number + 1 :]][:1]
            if data.get("text/plain") != alt or below != [FOLDED.format(html.escape(alt))]:
                yield f"the same words are not its text, and folded below it: {alt!r}"


def lines(cell):
    """Return a cell's lines of code, without blank ones and comments."""
    return [line for line in cell.source.splitlines() if re.match(r"\s*[^\s#]", line)]


def plumbing(cell):
    """Return the lines that only draw."""
    return [line for line in lines(cell) if PLUMBING.search(line)]


def short_pictures(notebook):
    for cell in code_cells(notebook):
        drawing = [line for line in plumbing(cell) if "import" not in line]
        if len(drawing) > PICTURE_LINES:
            yield f"a picture takes more than {PICTURE_LINES} lines: {drawing[0]!r}"


def no_captions_in_code(notebook):
    """The library says what a picture shows; above it a sentence would give the answer away."""
    for cell in filter(plumbing, code_cells(notebook)):
        for node in ast.walk(ast.parse(cell.source)):
            words = node.value if isinstance(node, ast.Constant) else ""
            if isinstance(words, str) and len(words.split()) > 5:
                yield f"a sentence in the code of a picture: {words!r}"


def results_that_say_something(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {})
            text = data.get("text/plain", "")
            if re.search(r" at 0x[0-9a-f]+>|^<Figure|^\[<|^Text\(|widget", text + " ".join(data)):
                yield f"an output that says nothing: {text[:60]!r}"


def visible(cell):
    return FOLD.sub("", cell.source)


def plain(markdown):
    """Return the longest piece of Markdown that is shown as it is written."""
    return max(re.findall(r"[\w ,]+", markdown), key=len).strip()


def shown(cell):
    """Return what a code cell shows, in words."""
    shown = [output.get("text", "") for output in cell.get("outputs", [])]
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    return "\n".join(shown + [d[kind] for d in data for kind in sorted(d) if "text/" in kind])


def said(word, text):
    """Tell whether a word, or a number as a whole, stands in a text."""
    word, text = (" ".join(string.casefold().split()) for string in (word, text))
    return re.search(rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)", text)


def spoilt(notebook):
    """Yield each word that stands above its answer, or that the answer does not have."""
    for prompt, code, text in answers(notebook):
        cell, runs = notebook.cells[prompt], [notebook.cells[index] for index in code]
        before = [visible(c) + "\n" + shown(c) for c in notebook.cells[:prompt]]
        below = "" if text is None else notebook.cells[text].source
        open_text = [*before, visible(cell), *(run.source for run in runs), FOLD.sub("", below)]
        folds = ANSWER.findall(cell.source + "\n\n" + below)
        answer = "\n".join([*folds, *(shown(run) for run in runs)])
        for word in cell.metadata["guess"]:
            if said(word, "\n".join(open_text)):
                yield f"{word!r} can be read before it is guessed: {cell.source[-80:]!r}"
        if not any(said(word, answer) for word in cell.metadata["guess"]):
            yield f"none of the words is in the answer to {cell.source[-80:]!r}"
        if any(len(SENTENCE.findall(fold)) > 3 for fold in folds):
            yield f"an answer of more than three sentences to {cell.source[-80:]!r}"


def unmarked(notebook):
    """Yield each prompt in bold that is not marked, or is not the last paragraph of its cell."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in PROMPT.finditer(visible(cell)):
                if "guess" not in cell.metadata:
                    yield f"not marked: {found.group()!r}"
                if "\n\n" in visible(cell)[found.end() :].rstrip():
                    yield f"not the last paragraph: {found.group()!r}"


def headings_inside(notebook):
    """Yield each heading that does not begin its cell."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from re.findall(r"(?<=\n)##+ .+", cell.source)


def said_when_ignored(notebook):
    """A section says if an output of it is not compared; of what a demo stores, it may."""
    for part in figures.sections(notebook.cells):
        cells = [notebook.cells[k] for k in part]
        ignored = [c.source for c in cells if "nbval-ignore-output" in c.metadata.get("tags", [])]
        said = any("the tests do not compare" in cell.source for cell in cells)
        if said and not ignored or not said and any("demos." not in source for source in ignored):
            yield f"said not to be compared: {said}, in the section {cells[0].source[:40]!r}"


CHECKS = [
    executed_in_order, no_errors, nothing_volatile, no_machine_path, opening, sections, your_turn,
    questions, short_cells, short_outputs, small, told_pictures, short_pictures,
    no_captions_in_code, results_that_say_something, said_when_ignored, spoilt, unmarked,
    headings_inside,
]  # fmt: skip
