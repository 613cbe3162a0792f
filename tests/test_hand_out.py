"""The folder for a class: all that a learner needs, nothing executed, and no solution anywhere."""

import re

import nbformat
import pytest

from tools import hand_out


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hand_out, "BUILD", tmp_path_factory.mktemp("build"))
        yield hand_out.make_class()


def test_it_has_the_notebooks_and_what_they_import_and_nothing_that_gives_answers(folder):
    assert {path.name for path in folder.iterdir()} == {
        *f"notebooks README.md postBuild requirements.txt light.txt {hand_out.WANTED}".split()
    }
    there = {path.relative_to(folder / "notebooks") for path in folder.rglob("*.ipynb")}
    ours = hand_out.ROOT / "notebooks"
    all_of_ours = {path.relative_to(ours) for path in ours.rglob("*.ipynb")}
    assert there == {path for path in all_of_ours if path.parts[0] in ("exercises", path.name)}
    for path in folder.rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs") and cell.metadata.keys() <= {"nbgrader"}, path.name


def sources(folder):
    """Return the text of all cells of a folder's notebooks."""
    notebooks = [nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))]
    return "\n\n".join(cell.source for notebook in notebooks for cell in notebook.cells)


def test_no_line_of_a_solution_is_in_it(folder):
    marked = re.compile(r"# BEGIN SOLUTION\n(.*?)# END SOLUTION|^(.*?) *# SOLUTION$", re.M | re.S)
    solutions = sources(hand_out.ROOT / "notebooks/solutions")
    given = marked.sub("", solutions) + sources(hand_out.ROOT / "notebooks")
    lines = {line.strip() for pair in marked.findall(solutions) for line in pair[0].splitlines()}
    lines |= {pair[1].strip() for pair in marked.findall(solutions)}
    answers = {line for line in lines if len(line) > 20 and line not in given}
    handed_out = sources(folder / "notebooks") + sources(folder / "notebooks/exercises")
    assert len(answers) > 10 and "SOLUTION" not in handed_out
    assert not [line for line in answers if line in handed_out]


def test_made_again_it_is_the_same_without_what_was_added(folder):
    (folder / "notebooks" / "mine.txt").write_text("mine")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    hand_out.make_class()
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in before.keys() - after.keys()} == {"mine.txt"}
    assert all(before[path] == after[path] for path in after)
