"""What the README says is true."""

import io
import os
import re
from contextlib import redirect_stdout
from fnmatch import fnmatch
from pathlib import Path

import matplotlib

from tests.pictures import alike
from tests.prose import cells

matplotlib.use("Agg")
ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))


def test_example_prints_what_it_says():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    (expected,) = re.findall(r"```text\n(.*?)```", README, re.S)
    assert len(code.strip().splitlines()) <= 11
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == expected


def test_table_agrees_with_the_notebooks():
    rows = re.findall(r"^\| (\d) \| \[(.+?)\]\((.+?)\) \| (.+?) \| (\d+) \| (.+) \|$", README, re.M)
    stated = []
    for path in NOTEBOOKS:
        first = cells(path.name[1])[0].source
        number, title = re.search(r"^# (\d) · (.+)$", first, re.M).groups()
        question = re.search(r"^\*([^*].+\?)\*$", first, re.M).group(1)
        minutes = re.search(r"about (\d+) minutes", first).group(1)
        needed = re.findall(r"\[notebook (\d)\]", first)
        stated.append((number, title, f"notebooks/{path.name}", question, minutes, needed))
    assert [(*row, re.findall(r"\d", needed)) for *row, needed in rows] == stated


def table_rows(text):
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in text.splitlines()]


def test_speeds_are_those_of_the_last_benchmark():
    results = (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8")
    measured = [[row[0], row[2], row[4]] for row in table_rows(results) if len(row) == 7]
    section = README.split("## How fast")[1].split("\n## ")[0]
    quoted = [row for row in table_rows(section) if len(row) == 3][2:]
    assert len(quoted) == 5 and all(row in measured for row in quoted)


def project_files():
    """Yield the project's files, with git or without it: all that .gitignore does not name."""
    rules = (ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split() + [".git"]
    for folder, *below in os.walk(ROOT):
        for names in below:
            names[:] = [n for n in names if not any(fnmatch(n, rule) for rule in rules)]
        yield from (Path(folder, name) for name in below[1])


def test_addresses_stand_at_the_readmes_end_and_the_books_in_the_guides_links_as_well():
    (repository,) = set(re.findall(r"mybinder\.org/v2/gh/([\w.-]+/[\w.-]+)/", README))
    owner, _, name = repository.partition("/")
    site = f"{owner}.github.io/{name}/"
    for address in (repository, site):
        holding = [path for path in project_files() if address.encode() in path.read_bytes()]
        others = ["INSTRUCTOR.md"] if address == site else []
        assert sorted(path.name for path in holding) == [*others, "README.md"]
        assert README.count(address) == 1
    said, binder, book = README.splitlines()[-3:]
    assert said.startswith("<!-- The addresses of the repository and of the book")
    assert repository in binder and book == f"[book]: https://{site}"


def test_binder_leads_to_the_first_notebook():
    first = re.search(r"^\[binder\]: (\S+)$", README, re.M).group(1)
    assert first.endswith(f"?urlpath=lab/tree/work/{NOTEBOOKS[0].name}")


def test_picture_is_what_the_code_draws():
    from tools.readme_picture import PATH, draw
    from xorlib.plotting.page import png_bytes

    assert alike(PATH.read_bytes(), png_bytes(draw()))
