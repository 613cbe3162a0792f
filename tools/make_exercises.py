"""Make notebooks/exercises from notebooks/solutions: each answer replaced by its stub.

In a cell tagged `solution` an answer stands between the comments `BEGIN SOLUTION` and
`END SOLUTION`, and the lines that begin with `# STUB` there say what the exercise shows
instead. Cells tagged `solutions-only` are left out; outputs are cleared.
"""

import os
import re
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearOutputPreprocessor, Preprocessor, TagRemovePreprocessor
from traitlets.config import Config

from tools.execute_notebooks import canonical

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS, EXERCISES = ROOT / "notebooks" / "solutions", ROOT / "notebooks" / "exercises"
ANSWER = re.compile(r"^( *)# BEGIN SOLUTION\n(.*?)^ *# END SOLUTION(\n|\Z)", re.M | re.S)
STUB = re.compile(r"^ *# STUB (.*)$", re.M)


class ClearSolutions(Preprocessor):
    """Put the stub in place of every answer in cells tagged `solution`."""

    def preprocess_cell(self, cell, resources, index):
        """Return the cell without its answers."""
        if "solution" in cell.metadata.get("tags", []):
            cell.source, answers = ANSWER.subn(stub, cell.source)
            if not answers:
                raise ValueError(f"a cell tagged solution must mark its answer, but is {cell.id!r}")
        if re.search(r"(BEGIN|END) SOLUTION|# STUB", cell.source):
            raise ValueError(f"an answer would be left in cell {cell.id!r}")
        return cell, resources


def stub(answer):
    """Return what is shown in place of an answer, indented like it."""
    lines = STUB.findall(answer[2])
    return "".join(f"{answer[1]}{line}\n" for line in lines).removesuffix("\n") + answer[3]


def exercise(path):
    """Return the exercise notebook that belongs to the solution at `path`, as text."""
    settings = Config()
    settings.TagRemovePreprocessor.remove_cell_tags = {"solutions-only"}
    settings.NotebookExporter.preprocessors = [
        TagRemovePreprocessor,
        ClearSolutions,
        ClearOutputPreprocessor,
    ]
    exporter = NotebookExporter(config=settings)
    text, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4))
    return nbformat.writes(canonical(nbformat.reads(text, as_version=4))) + "\n"


def exercise_path(path):
    """Return where the exercise notebook of a solution belongs."""
    return EXERCISES / path.name.replace("_solutions", "_exercises")


def main():
    """Make all of them anew."""
    EXERCISES.mkdir(exist_ok=True)
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        made, draft = exercise_path(path), exercise_path(path).with_suffix(".draft")
        draft.write_text(exercise(path), encoding="utf-8", newline="\n")
        os.replace(draft, made)
        print(made.relative_to(ROOT))


if __name__ == "__main__":
    main()
