"""No answer stands where a reader sees it before guessing.

A prompt to guess is the last paragraph of its Markdown cell. Its answer is short: what the cells
below it show, or at most three sentences in a fold, `<details><summary>Answer</summary>`, which
follows the prompt or begins the Markdown cell below. The teaching goes on behind that fold, open,
and does not repeat the answer. The prompt's metadata has the words that would give it away, as they
stand in the answer: `"guess": ["two lines", "0.25"]`. In JupyterLab that is the *Property
Inspector*, *Cell Metadata*. Which cells answer is said by `tools.guesses.answers`.
"""

import copy
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.facts import ROOT
from tools.guesses import answers

PATHS = sorted(ROOT.glob("notebooks/0*.ipynb"))
FOLDED = re.compile(r"<details>.*?</details>", re.S)
ANSWER = re.compile(r"<details><summary>Answer</summary>\n\n(.*?)\n</details>", re.S)
SENTENCE = re.compile(r"[^.?!]{3,}?[.?!](?=\s|$)")
# In the numbered experiments of "Your turn" the answer is folded or comes with the doing.
PROMPT = re.compile(
    r"^(?!\d\. ).*?\*\*(?:Before you|Guess|Predict|What will|Look|Try to say).*", re.M
)


def visible(cell):
    return FOLDED.sub("", cell.source)


def plain(markdown):
    """Return the longest piece of Markdown that is shown as it is written."""
    return max(re.findall(r"[\w ,]+", markdown), key=len).strip()


def outputs(cell):
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
        before = [visible(c) + "\n" + outputs(c) for c in notebook.cells[:prompt]]
        below = "" if text is None else notebook.cells[text].source
        open_text = [*before, visible(cell), *(run.source for run in runs), FOLDED.sub("", below)]
        folds = ANSWER.findall(cell.source + "\n\n" + below)
        answer = "\n".join([*folds, *(outputs(run) for run in runs)])
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


CHECKS = [spoilt, unmarked, headings_inside]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_guess_is_a_guess(path, check):
    assert list(check(nbformat.read(path, as_version=4))) == []


def fold(text):
    return f"<details><summary>Answer</summary>\n\n{text}\n</details>"


GOOD = new_notebook(
    cells=[
        new_markdown_cell("## 1. A loss\n\nIt begins at 0.253."),
        new_code_cell("loss = 1 / 4", outputs=[new_output("stream", text="epoch 10.25\n")]),
        new_markdown_cell(
            "It rests.\n\n**Guess:** where?\n\n" + fold("0.25."),
            metadata={"guess": ["0.25", "one\nplateau", "a line", "a step"]},
        ),
        new_code_cell("loss", outputs=[new_output("stream", text="one plateau")]),
        new_code_cell("plot", outputs=[new_output("display_data", {"text/plain": "A line."})]),
        new_markdown_cell(fold("It is a step.") + "\n\nWhy so?"),
    ]
)
# Ways to spoil it: which check must complain, the cell, and what is changed in it.
SPOILERS = [
    *((spoilt, cell, {"source": "## 1. One plateau"}) for cell in (0, 1, 2, 3, 4)),
    (spoilt, 1, {"outputs": GOOD.cells[3].outputs}),
    (spoilt, 2, {"metadata": {"guess": ["a slope"]}}),
    (spoilt, 5, {"source": "It is a step."}),
    (spoilt, 5, {"source": fold("It is a step. " * 4)}),
    (spoilt, 5, {"source": fold("It is a step.") + "\n\nA step, then."}),
    (unmarked, 2, {"metadata": {}}),
    (unmarked, 2, {"source": "**Guess:** where?\n\nIt rests.\n\n<details>0.25</details>"}),
    (headings_inside, 0, {"source": "# A\n\n## 1. A loss"}),
]


@pytest.mark.parametrize(("check", "cell", "change"), SPOILERS)
def test_each_check_can_fail(check, cell, change):
    notebook = copy.deepcopy(GOOD)
    assert [list(check(notebook)) for check in CHECKS] == [[], [], []]
    notebook.cells[cell].update(nbformat.from_dict(change))
    assert list(check(notebook))
