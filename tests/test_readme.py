"""What the README says is so."""

import io
import re
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
from PIL import Image

matplotlib.use("Agg")
ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_example_prints_what_it_says():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    (expected,) = re.findall(r"```text\n(.*?)```", README, re.S)
    assert len(code.strip().splitlines()) <= 11
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == expected


def test_table_agrees_with_the_notebooks():
    rows = re.findall(r"^\| (\d) \| \[(.+?)\]\((.+?)\) \| (.+?) \| (\d+) \| .+ \|$", README, re.M)
    stated = []
    for path in NOTEBOOKS:
        first = nbformat.read(path, as_version=4).cells[0].source
        number, title = re.search(r"^# (\d) · (.+)$", first, re.M).groups()
        question = re.search(r"^\*([^*].+\?)\*$", first, re.M).group(1)
        minutes = re.search(r"about (\d+) minutes", first).group(1)
        stated.append((number, title, f"notebooks/{path.name}", question, minutes))
    assert rows == stated


def test_speeds_are_those_of_the_last_benchmark():
    def cells(line):
        return [cell.strip() for cell in line.strip("|").split("|")]

    results = (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8").splitlines()
    measured = [cells(line) for line in results if line.startswith("| ")]
    measured = [(row[0], row[2], row[4]) for row in measured if len(row) == 7]
    section = README.split("## How fast")[1].split("\n## ")[0].splitlines()
    quoted = [tuple(cells(line)) for line in section if line.startswith("| ")][1:]
    assert len(quoted) == 4
    assert set(quoted) <= set(measured)


def test_local_links_lead_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", README)
    local = [link for link in links if not link.startswith("https://")]
    assert len(local) > len(NOTEBOOKS)
    for link in local:
        assert (ROOT / link).exists(), link


def test_commands_are_make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.M))
    assert {"lab", "test", "notebooks"} <= named <= targets


def test_address_of_the_repository_stands_in_one_place():
    (address,) = set(re.findall(r"mybinder\.org/v2/gh/([\w.-]+/[\w.-]+)/", README))
    holders = [
        path.name
        for path in tracked_files()
        if path.suffix != ".png" and path.is_file() and address.encode() in path.read_bytes()
    ]
    assert holders == ["README.md"]
    lines = [line for line in README.splitlines() if address in line]
    assert lines == README.splitlines()[-2:]  # beside each other, under the comment


def test_binder_leads_to_the_first_notebook_and_to_the_app():
    first = re.search(r"^\[binder\]: (\S+)$", README, re.M).group(1)
    assert first.endswith(f"?urlpath=lab/tree/notebooks/{NOTEBOOKS[0].name}")
    app = re.search(r"^\[binder-app\]: (\S+)$", README, re.M).group(1)
    assert app.endswith(f"?urlpath=voila/render/notebooks/{NOTEBOOKS[-1].name}")
    assert "[binder-app]" in README.replace("[binder-app]:", "")


def test_picture_is_what_the_code_draws():
    from tools.readme_picture import PATH, draw
    from xorlib.plotting import png_bytes

    drawn, stored = (
        np.asarray(Image.open(source).convert("RGB"), dtype=int)
        for source in (io.BytesIO(png_bytes(draw())), PATH)
    )
    assert drawn.shape == stored.shape
    # The hidden points differ between processors in the last bits; a line may move by a hair.
    assert (np.abs(drawn - stored).max(axis=2) > 30).mean() < 0.001
