"""Write build/nbgrader, a course for nbgrader: each exercise is an assignment, from its solution.

Answer and check stand in cells of their own there. The answer's cell has what learners see, and
below it the solution, which nbgrader takes out; the check's cell is a locked test, worth one point,
or as many as the cell in notebooks/solutions has in nbgrader's own metadata.
"""

import re
import shutil

import nbformat

from classroom.addresses import addresses
from tools.make_exercises import ROOT, SOLUTIONS, exercise, exercise_path

COURSE = ROOT / "build/nbgrader"
CHECK = re.compile(r"(.*\n\n)(checks\.\w+\(.*\))", re.S)
MARK = re.compile(r"^ *# (?:BEGIN|END) SOLUTION(?:\n|\Z)|  # SOLUTION.*$", re.M)
ANSWERED = "{}### BEGIN SOLUTION\n{}### END SOLUTION"
TEST = 'report = {}\ndisplay(report)\nassert report.status == "right", report'
# A learner's copy keeps the three dots; a line that raises would stand below them.
CONFIG = 'get_config().ClearSolutions.code_stub = {"python": ""}\n'


def marked(cell, name, **kind):
    """Return a cell with nbgrader's metadata; it is no solution, no test and not locked but so."""
    plain = {"grade": False, "locked": False, "solution": False, "task": False}
    cell.metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, **plain, **kind}}
    return cell


def assignment(path):
    """Return the notebook of an assignment, made from the solution at `path`."""
    answers = {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}
    notebook = nbformat.reads(exercise(path), as_version=4)
    cells, notebook.cells = notebook.cells, []
    for cell in cells:
        notebook.cells.append(cell)
        points = cell.metadata.get("nbgrader", {}).get("points", 1)
        checked, answer = CHECK.fullmatch(cell.source), MARK.sub("", answers[cell.id])
        if cell.cell_type == "markdown":
            page = rf"]({addresses()[0]}notebooks/\1.html"
            cell.source = re.sub(r"\]\(\.\./(\w+)\.ipynb", page, cell.source)
        elif " as checks\n" in cell.source:
            marked(cell, cell.id, locked=True)
        elif answer != answers[cell.id]:
            blank = checked[1].rstrip() if checked else cell.source
            solution = CHECK.fullmatch(answer)[1] if checked else answer + "\n"
            cell.source = ANSWERED.format(blank + "\n\n\n", solution.rstrip() + "\n")
            marked(cell, cell.id, solution=True)
        if checked:
            test = nbformat.v4.new_code_cell(TEST.format(checked[2]), id=f"{cell.id}-test")
            notebook.cells.append(marked(test, test.id, grade=True, locked=True, points=points))
    return notebook


def main():
    """Write the course anew."""
    shutil.rmtree(COURSE / "source", ignore_errors=True)
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        made = COURSE / "source" / exercise_path(path).stem / exercise_path(path).name
        made.parent.mkdir(parents=True)
        nbformat.write(assignment(path), made)
    (COURSE / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")


if __name__ == "__main__":
    main()
    print(COURSE.relative_to(ROOT))
