"""The laboratory in the book, and the wheel: made with no network, opened in Chromium.

Where PYODIDE names a folder with a Pyodide, its kernel is started, too, and nothing else is asked.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from book import build, decks, lab, wheel
from classroom.addresses import PYPROJECT
from tests.slow.test_book import PHONE, SCREEN, served
from tools.browser import until

GIVEN = Path(os.environ.get("PYODIDE") or "/no/such/folder")
REFUSING = (
    "import socket\ndef refuse(*_): raise OSError('no network')\nsocket.socket.connect = refuse"
)


# Which part of a page's policy refuses a picture that another host has.
REFUSED = """new Promise((done) => {
  addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
  setTimeout(done, 5000);
  new Image().src = "https://example.org/picture.png";
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of wheel, copies and laboratory, made by processes that reach no network."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "sitecustomize.py").write_text(REFUSING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        lab.make(folder, wheel.make(folder))
    return folder / "book"


def test_the_wheel_has_all_it_needs_without_a_checkout(site, tmp_path):
    (made,) = site.glob("wheel/*.whl")
    target = ["--no-deps", "--no-index", "--target", str(tmp_path / "there"), str(made)]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *target], check=True)
    code = "import classroom.demos, xorlib.diagnosis, xorlib.data; xorlib.data.keras_starts();"
    code += "import classroom.addresses as a; print(a.PYPROJECT, a.addresses())"
    there = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(tmp_path / "there")}}
    said = subprocess.check_output([sys.executable, "-c", code], text=True, **there).strip()
    assert said == f"{tmp_path / 'there' / PYPROJECT.name} {(build.SITE, build.REPOSITORY)}"


def test_copies_have_no_answers_and_their_links_lead_somewhere(site):
    (made,) = site.glob("wheel/*.whl")
    all_of_them = [place for place in build.IN_BOOK if place.endswith(".ipynb")]
    install = f"%pip install -q {build.SITE}wheel/{made.name}"
    for folder, places, first in ("colab", all_of_them, install), ("lab/files", build.IN_LAB, ""):
        paths = {
            path: path.relative_to(site / folder) for path in site.glob(f"{folder}/**/*.ipynb")
        }
        assert {f"notebooks/{path.as_posix()}" for path in paths.values()} == {*places}
        for path, place in paths.items():
            cells = nbformat.read(path, as_version=4).cells
            assert cells[0].source.startswith(first)
            assert not any(cell.get("outputs") or "SOLUTION" in cell.source for cell in cells)
            text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
            for link in re.findall(r"\]\(([^)#]+\.(?:ipynb|html))", text):
                page = link.removeprefix(build.SITE)
                if "://" in page:  # another host's
                    continue
                led = build.ROOT / page if page != link else path.parent / link
                assert led.with_suffix(".ipynb").is_file() and (page != link or not first), place


def test_read_from_a_file_a_chapter_says_what_running_it_takes(chromium, tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static/book.js").write_bytes((build.HERE / "static/book.js").read_bytes())
    script, way = '<script src="static/book.js"></script>', build.RUN.format("../", "x", "y")
    page = chromium.new_page()
    (tmp_path / "page.html").write_text(
        f"<article><a class=back-to-top></a>{way}</article>{script}"
    )
    page.goto((tmp_path / "page.html").as_uri())
    assert (
        page.locator(".run a").count() == 0 and "http.server" in page.locator(".run").inner_text()
    )
    page.close()


def test_each_chapter_without_keras_leads_to_its_copy_in_a_small_laboratory(site):
    for place in (place for place in build.IN_BOOK if place.startswith("notebooks/0")):
        *_, (_, page) = build.notebook(build.ROOT / place)
        led = re.search(r'href=\\"../lab/notebooks/index.html\?path=(.+?)\\"', page.decode())
        assert bool(led) == ("04" not in place)
        assert not led or (site / "lab/files" / led[1]).is_file()
    files = [path for path in (site / "lab").rglob("*") if path.is_file()]
    given = sum(path.stat().st_size for path in files if "pyodide" in path.parts)
    assert 1e6 * 60 > sum(path.stat().st_size for path in files) - given > 1e6
    page = json.loads((site / "lab/jupyter-lite.json").read_text())["jupyter-config-data"]
    kernel = page["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["disablePyPIFallback"] is True  # which would ask another host
    for packed in (site / "lab/pypi").glob("*.whl"):
        names = " ".join(zipfile.ZipFile(packed).namelist())
        assert not re.search(r"\.\./|\.pyc|\.so\b", names), packed.name


def test_what_was_not_made_ends_in_a_sentence(site, tmp_path, monkeypatch):
    failed = subprocess.CompletedProcess([], returncode=1)
    monkeypatch.setattr(subprocess, "run", lambda *words, **options: failed)
    monkeypatch.setattr(build, "build_main", lambda words: failed.returncode)
    made = {"wheel": next(site.glob("wheel/*.whl"))}
    for make, given in (build.make, {}), (decks.make, {}), (wheel.make, {}), (lab.make, made):
        with pytest.raises(SystemExit, match=r"not made.*\.$"):
            make(tmp_path, **given)


@pytest.fixture
def opened(chromium, site):
    """Return a function that opens a page of the laboratory; at the end no other host was asked."""
    context, foreign = chromium.new_context(has_touch=True), []
    with served(site) as (address, _):

        def go(place, size):
            page = context.new_page()
            page.set_viewport_size(size)
            page.goto(f"{address}/lab/{place}")
            return page

        own = re.compile(rf"{address}/|data:|blob:")
        context.route(lambda url: not own.match(url), lambda route: route.abort())
        context.on("request", lambda r: own.match(r.url) or foreign.append(r.url))
        yield go, foreign
        context.close()


def test_jupyterlab_opens_with_its_files(opened):
    go, _ = opened
    page = go("lab/index.html", SCREEN)
    page.locator(".jp-DirListing-item").first.wait_for(timeout=60_000)
    shown = "\n".join(page.locator(".jp-DirListing-item").all_inner_texts())
    for place in build.IN_LAB:
        assert place.split("/")[1] in shown
    assert page.evaluate(REFUSED) == "img-src"


def outputs(page, count):
    """Return the texts of a notebook's outputs, once there are so many."""
    told = page.locator(".jp-OutputArea-output")
    until(lambda: told.count() >= count, f"{count} outputs", 240)
    return told.all_inner_texts()


def test_on_a_phone_a_notebook_has_the_window_to_itself_and_python_needs_no_network(opened):
    go, foreign = opened
    page = go(f"notebooks/index.html?path={Path(build.IN_LAB[0]).name}", PHONE)
    page.locator(".jp-MarkdownCell h1").wait_for(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.locator(".jp-Notebook").bounding_box()["width"] > 0.9 * PHONE["width"]
    if not (GIVEN / "pyodide.mjs").is_file():
        pytest.skip("PYODIDE names no folder: no kernel was started")
    code = page.locator(".jp-CodeCell .cm-content").first
    for k, text in enumerate(
        ["6 * 7", "from classroom.addresses import addresses; addresses()[0]"]
    ):
        code.fill(text)
        code.tap()
        page.keyboard.press("Shift+Enter")
        assert ["42", build.SITE][k] in outputs(page, 1)[0]
    numpy = any(GIVEN.glob("numpy-*"))
    code.fill("import xorlib; import xorlib.network; print('whole')")
    code.tap()
    page.keyboard.press("Shift+Enter")
    until(lambda: ("whole" if numpy else "No module named 'numpy'") in outputs(page, 1)[0], "NumPy")
    assert foreign == []


def test_another_pyodide_and_a_damaged_file_are_refused_and_a_missing_one_is_told(tmp_path, capsys):
    for name in lab.CORE.split():
        (tmp_path / name).write_text("")
    wheels = {name: {"file_name": f"{name}.whl", "depends": []} for name in lab.PACKAGES}
    wheels["matplotlib"]["depends"] = ["Big_Package"]
    wheels["big-package"] = {"file_name": "big.whl", "depends": ["matplotlib"]}
    for package in wheels.values():
        package["sha256"] = hashlib.sha256(b"as it was").hexdigest()
        (tmp_path / package["file_name"]).write_bytes(b"as it was")
    (tmp_path / "other.whl").touch()
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"packages": wheels}))
    for folder in tmp_path, tmp_path / "none":
        with pytest.raises(SystemExit, match=f"not Pyodide {re.escape(lab.PYODIDE_VERSION)}"):
            dict(lab.pyodide(folder))
    (tmp_path / "pyodide.mjs").write_text(f'v="{lab.PYODIDE_VERSION}"')
    needed = {package["file_name"] for package in wheels.values()}
    assert dict(lab.pyodide(tmp_path)).keys() == needed | {*lab.CORE.split()}
    (tmp_path / "tqdm.whl").unlink()
    assert dict(lab.pyodide(tmp_path)) and "has no tqdm.whl" in capsys.readouterr().out
    (tmp_path / "big.whl").write_bytes(b"as it is")
    with pytest.raises(SystemExit, match=r"big\.whl is not the file"):
        dict(lab.pyodide(tmp_path))


def test_its_notebooks_run_in_one_process_without_threads():
    """Two of them; the weekly workflow runs all."""
    quick = [path for path in build.IN_LAB if Path(path).name[:2] in ("02", "06")]
    command = [sys.executable, "-m", "tests.one_process", *quick]
    ran = subprocess.run(command, cwd=build.ROOT, text=True, capture_output=True)
    assert ran.returncode == 0, ran.stderr
