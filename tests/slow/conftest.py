"""Chromium for the tests that need one, and the page of all demos."""

import pytest
from playwright.sync_api import sync_playwright

from classroom.demos.write_page import page_text
from tests.slow.demo_pages import left_out
from tools.browser import CHROMIUM, FLAGS


@pytest.fixture(scope="module")
def chromium():
    """Share a browser among the tests of a file; without one they are skipped, or fail in CI."""
    if CHROMIUM is None:
        left_out("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Write the page as `make demos` does; return the address that a double click opens."""
    path = tmp_path_factory.mktemp("demos") / "index.html"
    path.write_text(page_text(), encoding="utf-8")
    return path.as_uri()
