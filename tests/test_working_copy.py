"""The copy to work in: complete, without answers, and the learner's own once it is made."""

import errno
import json
import shutil
from pathlib import Path

import nbformat
import pytest

from tools import working_copy
from tools.working_copy import ROOT, fill, put_aside

FIRST = "01_one_neuron_is_not_enough.ipynb"


@pytest.fixture
def originals(tmp_path):
    """Copy two of the notebooks, an exercise and its solution."""
    others = "glossary.ipynb", "exercises/01_exercises.ipynb", "solutions/01_solutions.ipynb"
    for name in (FIRST, *others):
        path = tmp_path / "notebooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "notebooks" / name, path)
    return tmp_path / "notebooks"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def test_it_has_all_notebooks_but_the_solutions_and_shows_no_answer(tmp_path):
    work = tmp_path / "work"
    fill(work, ROOT / "notebooks")
    there = {path for path in files(ROOT / "notebooks") if path.endswith(".ipynb")}
    assert set(files(work)) == {path for path in there if not path.startswith("solutions/")}
    for name in files(work):
        copy, original = (nbformat.read(f / name, 4) for f in (work, ROOT / "notebooks"))
        nbformat.validate(copy)
        for cell, stored in zip(copy.cells, original.cells, strict=True):
            assert (cell.id, cell.source, cell.metadata) == (stored.id, stored.source, {})
            assert not cell.get("outputs") and cell.get("execution_count") is None
        assert copy.metadata.kernelspec == original.metadata.kernelspec


def test_what_is_there_is_kept_and_what_is_missing_is_made_again(originals, tmp_path, capsys):
    work = tmp_path / "work"
    fill(work, originals)
    assert "3" in capsys.readouterr().out
    fresh = files(work)
    edited = fresh[FIRST].replace(b"# 1 ", b"# My 1 ")
    for text, words in ((edited, ""), (b"", f"copied: {FIRST}"), (b"\xff{", f"copied: {FIRST}")):
        (work / FIRST).write_bytes(text)
        (work / "glossary.ipynb").unlink()
        fill(work, originals)
        said = capsys.readouterr().out
        assert files(work) == fresh | {FIRST: text} and words in said
        assert ("RESET=1" in said) == bool(words)


def test_a_word_when_the_original_has_other_sources_now(originals, tmp_path, capsys):
    work = tmp_path / "work"
    fill(work, originals)
    before = files(work)
    for change, told in (("outputs", False), ("source", True)):
        notebook = json.loads((originals / FIRST).read_text(encoding="utf-8"))
        code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        code[change] = []
        (originals / FIRST).write_text(json.dumps(notebook), encoding="utf-8")
        capsys.readouterr()
        fill(work, originals)
        assert (FIRST in capsys.readouterr().out) == told and files(work) == before


def test_a_new_copy_keeps_the_old_ones(originals, tmp_path):
    work, kept = tmp_path / "work", {}
    put_aside(work)
    for number in range(3):
        kept[f"work-{number}"] = f"version {number}".encode()
        put_aside(work)
        fill(work, originals)
        assert (work / FIRST).read_bytes().startswith(b"{")
        (work / FIRST).write_bytes(kept[f"work-{number}"])
    assert {name: (tmp_path / name / FIRST).read_bytes() for name in ("work-1", "work-2")} == {
        "work-1": kept["work-0"], "work-2": kept["work-1"],
    }  # fmt: skip


def test_a_copy_that_cannot_be_made_is_explained_in_a_sentence(originals, tmp_path, monkeypatch):
    (tmp_path / "work").touch()
    monkeypatch.setattr(working_copy, "ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["working_copy"])
    with pytest.raises(SystemExit, match="work: "):
        working_copy.main()


def test_on_a_full_disk_nothing_is_left_half_written(originals, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(working_copy, "ROOT", tmp_path)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SystemExit, match="work: No space"):
        working_copy.main()
    assert not files(tmp_path / "work")
