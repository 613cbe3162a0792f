"""Where the project is: its repository, and the site with the book and the demos."""

import os
import tomllib
from importlib.metadata import metadata
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def own_addresses():
    """Return the project's addresses by name, as in pyproject.toml or the installed package."""
    if PYPROJECT.is_file():
        return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["urls"]
    return dict(url.split(", ") for url in metadata("xor-notebooks").get_all("Project-URL"))


def addresses():
    """Return the addresses of site and repository; SITE and REPOSITORY, where set, come first."""
    own = own_addresses()
    site = os.environ.get("SITE") or own["Homepage"]
    repository = os.environ.get("REPOSITORY") or own["Repository"]
    return site.rstrip("/") + "/", repository.rstrip("/")
