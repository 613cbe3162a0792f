"""Make notebooks/exercises from notebooks/solutions: three dots in place of each answer.

A line that ends in `# SOLUTION` (a colon and a remark may follow) keeps what stands before its
value. What stands between the comments `BEGIN SOLUTION` and `END SOLUTION` is left out, as are
cells tagged `solutions-only`, and all outputs.
"""

import re

import nbformat

from tools.execute_notebooks import canonical
from tools.working_copy import ROOT, write_whole

SOLUTIONS, EXERCISES = ROOT / "notebooks" / "solutions", ROOT / "notebooks" / "exercises"
BLOCK = re.compile(r"^ *# BEGIN SOLUTION\n.*?^ *# END SOLUTION(\n|\Z)", re.M | re.S)
LINE = re.compile(r"^( *(?:return|.*? =|\".*?\":)) (.*?)(,?)  # SOLUTION(?::.*)?$", re.M)


def unanswered(source):
    """Return the source of a cell without its answers."""
    source = LINE.sub(blank, BLOCK.sub("", source)).rstrip("\n")
    if "SOLUTION" in source:
        raise ValueError(f"an answer would be left in the cell {source!r}")
    return source


def blank(line):
    """Return a line with dots in place of its value: as many as there are names before it."""
    before, value, comma = line.groups()
    dots = '"..."' if value.startswith('"') else "..."
    names = before.count(",") + 1 if before.endswith("=") else 1
    return f"{before} {', '.join([dots] * names)}{comma}"


def exercise(path):
    """Return the exercise notebook that belongs to the solution at `path`, as text."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        cell for cell in notebook.cells if "solutions-only" not in cell.metadata.get("tags", [])
    ]
    for cell in notebook.cells:
        cell.metadata.pop("figures", None)  # computed from answers
        if cell.cell_type == "code":
            cell.source = unanswered(cell.source)
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(canonical(notebook)) + "\n"


def exercise_path(path):
    """Return where the exercise notebook of a solution belongs."""
    return EXERCISES / path.name.replace("_solutions", "_exercises")


def main():
    """Make all of them anew."""
    EXERCISES.mkdir(exist_ok=True)
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        made = exercise_path(path)
        write_whole(made, exercise(path))
        print(made.relative_to(ROOT))


if __name__ == "__main__":
    main()
