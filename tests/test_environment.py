"""pyproject.toml, the lock, environment.yml, Binder's image and the imports say the same."""

import os
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import distributions, packages_distributions
from itertools import product

import pytest
import yaml
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.test_imports import imported
from tools.setup_env import EXTRAS, packages
from tools.write_environment import ROOT, environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SUPPORTED = SpecifierSet(PROJECT["project"]["requires-python"])
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
PINS = [Requirement(text) for text in re.findall(r"^(\w.*?) \\$", LOCK, re.MULTILINE)]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
WITH_TENSORFLOW = PYTHONS[:3]
INSTALLED = {canonicalize_name(package.name): package for package in distributions()}
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def needed(*groups, extras=("keras", "lab")):
    """Return the requirements in pyproject.toml: the project's own, of extras and of groups."""
    own = PROJECT["project"]
    texts = [*resolve_dependency_groups(PROJECT["dependency-groups"], *groups)]
    for extra in extras:
        texts += own["optional-dependencies"][extra]
    return [Requirement(text) for text in [*own["dependencies"], *texts]]


def place(python, system):
    """Return what markers are evaluated with there."""
    return {**SYSTEMS[system], "python_version": python, "python_full_version": f"{python}.0"}


@cache
def locked(python, system):
    """Return the lock's versions, by name, that pip would install there."""
    there = place(python, system)
    pins = [pin for pin in PINS if not pin.marker or pin.marker.evaluate(there)]
    versions = {canonicalize_name(p.name): str(p.specifier).removeprefix("==") for p in pins}
    assert len(versions) == len(pins), f"two versions of one package on {system} {python}"
    return versions


OVERRIDES = {r.name: r for r in map(Requirement, PROJECT["tool"]["uv"]["override-dependencies"])}


@cache
def needs(name):
    """Return what an installed package needs. One that is not is for another system alone."""
    texts = INSTALLED[name].requires if name in INSTALLED else []
    return [Requirement(text) for text in texts or []]


def brought(requirements, place):
    """Return the names of all that these bring along there, as the installed packages tell it."""
    found, waiting = set(), [(requirement, "") for requirement in requirements]
    for requirement, extra in waiting:
        requirement = OVERRIDES.get(requirement.name, requirement)
        if not requirement.marker or requirement.marker.evaluate({**place, "extra": extra}):
            name = canonicalize_name(requirement.name)
            new = {(name, wanted) for wanted in ("", *requirement.extras)} - found
            found |= new
            waiting += product(needs(name), [wanted for _, wanted in new])
    return {name for name, _ in found}


LOCK_INSTALLED = locked("3.12", "Linux").items() <= {(n, p.version) for n, p in INSTALLED.items()}


def test_the_lock_has_exact_versions_with_hashes_and_names_no_place():
    entry = r"[\w-]+==[\w.]+( ; [^@\n]+)? \\\n( +--hash=sha256:\w{64}( \\)?\n)+"
    assert not re.sub(rf"^{entry}|^ *#.*\n", "", LOCK, flags=re.MULTILINE)
    assert not re.search(r"://|index-url|find-links|(^|\s)/\w", LOCK)


def test_the_lock_satisfies_pyproject_everywhere():
    for there in product(PYTHONS, SYSTEMS):
        versions = locked(*there)
        for requirement in needed("test", "build"):
            if not requirement.marker or requirement.marker.evaluate(place(*there)):
                assert versions[requirement.name] in requirement.specifier, (requirement, there)
        # A stored figure is compared to its last digit, whatever Python and system it is run on.
        for name in versions.keys() & {"numpy", "tensorflow", "keras", "matplotlib", "contourpy"}:
            assert versions[name] == locked("3.12", "Linux")[name]
    # What builds xorlib comes from the lock too: the set-up switches build isolation off.
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


@pytest.mark.skipif(not LOCK_INSTALLED, reason="the installed packages tell what they need")
def test_learners_get_what_they_need_and_no_more():
    for name, most in (("light", 110), ("learner", 130)):
        part = re.findall(r"^[\w-]+", packages(name), re.MULTILINE)
        for there in product(PYTHONS if name == "light" else WITH_TENSORFLOW, SYSTEMS):
            given = locked(*there).keys() & part
            assert given == brought(needed("build", extras=EXTRAS[name]), place(*there)), there
            assert len(given) < most and ("tensorflow" in given) == (name == "learner")


def test_these_are_the_supported_pythons():
    every = [f"3.{n}" for n in range(8, 20)]
    assert [python for python in every if python in SUPPORTED] == every[3:]
    assert [python for python in every[3:] if "keras" in locked(python, "Linux")] == WITH_TENSORFLOW


def test_direct_imports_are_declared():
    home, known = packages_distributions(), {"conftest", "jax", "torch", *sys.stdlib_module_names}
    parts = {"xorlib": [], "classroom": [], "tests": ["test"], "tools": ["test"]}
    parts |= {"book": ["book"], "benchmarks": ["test", "bench"]}
    for folder, groups in parts.items():
        declared = {canonicalize_name(requirement.name) for requirement in needed(*groups)}
        for path in (ROOT / folder).rglob("*.py"):
            for name in {*imported(path)} - known - set(parts):
                assert {canonicalize_name(n) for n in home[name]} & declared, (path, name)


# The conda way


def test_environment_yml_is_what_make_lock_writes():
    assert CONDA == environment()
    conda = yaml.safe_load(CONDA)
    python, pip, packages = conda["dependencies"]
    # conda runs pip in the folder of the file it was given, and Binder caches by this file alone:
    # it must name nothing local.
    assert (conda["channels"], pip) == (["conda-forge"], "pip")
    pins = dict(pin.split("==") for pin in packages["pip"])
    assert pins.keys() == {canonicalize_name(requirement.name) for requirement in needed("check")}
    assert pins.items() <= locked(python.removeprefix("python="), "Linux").items()


# Binder


@pytest.mark.skipif(os.name == "nt", reason="the image is made on Linux")
def test_binder_image_is_built_from_these_files(monkeypatch):
    build = pytest.importorskip("repo2docker.buildpacks")
    link = ROOT / "binder/environment.yml"
    assert link.is_symlink() and os.readlink(link) == "../environment.yml"
    assert os.access(ROOT / "binder/postBuild", os.X_OK)
    monkeypatch.chdir(ROOT)
    pack = build.CondaBuildPack("buildpack-deps:24.04")
    pack.platform = "linux/amd64"
    assert pack.detect()
    assert f"python={pack.python_version}" in CONDA
    image = pack.render(build_args={"NB_USER": "jovyan", "NB_UID": "1000"})
    steps = [
        'env update -p ${NB_PYTHON_PREFIX} --file "binder/environment.yml"',
        # In this order an edit to a notebook does not rebuild the environment.
        "COPY --chown=1000:1000 src/ ${REPO_DIR}/\n",
        "RUN ./binder/postBuild",
    ]
    assert [image.index(step) for step in steps] == sorted(image.index(step) for step in steps)
    # Binder has a tested base for this Python.
    base = f"conda/environment.py-{pack.python_version}-linux-64.lock"
    assert base in pack.get_build_script_files()
