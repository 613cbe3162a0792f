"""Chromium for the tests that need one, the page of all demos, and the book."""

import os
import shutil
import time
from unittest import mock

import pytest
from playwright.sync_api import sync_playwright

from book import build, decks
from classroom.demos.write_page import page_text
from tests.slow.demo_pages import left_out, window
from tools.browser import CHROMIUM, FLAGS, until

# The same browser without windows of its own is a tenth quicker.
PATH = shutil.which("chromium-headless-shell") or CHROMIUM


@pytest.fixture(scope="module")
def chromium():
    """Share a browser among the tests of a file; without one they are skipped, or fail in CI."""
    if PATH is None:
        left_out("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Write the page as `make demos` does; return the address that a double click opens."""
    path = tmp_path_factory.mktemp("demos") / "index.html"
    path.write_text(page_text(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def page(chromium, file):
    """Share one offline page for demos among the tests of a file; nothing may go wrong on it."""
    with window(chromium, offline=True) as page:
        page.add_init_script("try { localStorage.clear(); } catch {}")  # of guesses
        page.address = file
        yield page


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The folder of the book with its slides, which one of the processes makes for all.

    Beside it stands how many seconds of a processor the book took.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made"
    done = folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:
        until(done.exists, "the book that another process makes", 300)
        return folder / "book"
    start = time.process_time()
    try:
        with mock.patch("book.build.LAB", False):  # tests/slow/test_lab.py has the laboratory
            build.make(folder)
        (folder / "seconds").write_text(str(time.process_time() - start))
        decks.make(folder)
    finally:
        done.touch()
    return folder / "book"
