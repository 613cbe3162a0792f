"""What the README says is true."""

import io
import os
import re
from contextlib import redirect_stdout
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import urlsplit

from classroom.addresses import addresses, own_addresses
from tests.facts import ROOT, cells
from tests.pictures import alike
from tests.test_environment import PROJECT

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
        first = cells(path.name[1])[0]["source"]
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


def test_addresses_stand_in_pyproject_and_are_quoted_only_where_a_host_shows_the_file():
    site, repository = own_addresses()["Homepage"], own_addresses()["Repository"]
    path = urlsplit(repository).path
    binder, book = README.splitlines()[-2:]
    first = f"lab/tree/work/{NOTEBOOKS[0].name}"
    assert binder == f"[binder]: https://mybinder.org/v2/gh{path}/main?urlpath={first}"
    assert book == f"[book]: {site}" and README.count(path + "/") == 1
    (name,) = re.findall(re.escape(f"  %pip install -q {site}wheel/") + r"(\S+)\n", README)
    version = PROJECT["project"]["version"]
    assert name == f"xor_notebooks-{version}-py3-none-any.whl" and README.count(site) == 2
    links = [path.name for path in NOTEBOOKS if '"demos.' in path.read_text(encoding="utf-8")]
    links += ["INSTRUCTOR.md", "README.md"]  # in notebooks, what stands in a demo's place
    for address, quoting in (site, links), (path, ["README.md"]):
        holding = [file for file in project_files() if address.encode() in file.read_bytes()]
        assert sorted(file.name for file in holding) == [*quoting, "pyproject.toml"]


def test_addresses_are_those_of_the_environment_or_the_installed_package(monkeypatch, tmp_path):
    monkeypatch.setenv("SITE", "http://10.0.0.1:8000")
    monkeypatch.delenv("REPOSITORY", raising=False)
    assert addresses() == ("http://10.0.0.1:8000/", own_addresses()["Repository"])
    installed = tmp_path / "xor_notebooks-2.dist-info/METADATA"
    installed.parent.mkdir()
    installed.write_text("Name: xor-notebooks\nProject-URL: Repository, https://host.example/a/b\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("classroom.addresses.PYPROJECT", tmp_path / "none.toml")
    assert own_addresses() == {"Repository": "https://host.example/a/b"}


def test_picture_is_what_the_code_draws():
    from tools.readme_picture import PATH, draw
    from xorlib.plotting.page import png_bytes

    assert alike(PATH.read_bytes(), png_bytes(draw()))
