"""pyproject.toml, the lock, environment.yml, Binder's image and the imports say the same."""

import ast
import os
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools.write_environment import ROOT, environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SUPPORTED = SpecifierSet(PROJECT["project"]["requires-python"])
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PINS = [Requirement(line) for line in LOCK.splitlines() if re.match(r"[^\s#]", line)]
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
PYTHONS = ["3.11", "3.12", "3.13"]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def needed(*groups):
    """Return the requirements in pyproject.toml: the project's own and those of some groups."""
    grouped = resolve_dependency_groups(PROJECT["dependency-groups"], *groups)
    return [Requirement(name) for name in [*PROJECT["project"]["dependencies"], *grouped]]


def locked(python, system):
    """Return the lock's versions, by name, that pip would install there."""
    place = {**SYSTEMS[system], "python_version": python, "python_full_version": f"{python}.0"}
    pins = [pin for pin in PINS if pin.marker is None or pin.marker.evaluate(place)]
    versions = {canonicalize_name(p.name): str(p.specifier).removeprefix("==") for p in pins}
    assert len(versions) == len(pins), f"two versions of one package on {system} {python}"
    return versions


def test_the_lock_has_exact_versions_and_names_no_place():
    for pin in PINS:
        assert pin.url is None and re.fullmatch(r"==[\w.]+", str(pin.specifier)), pin
    assert not re.search(r"://|index-url|find-links|(^|\s)/\w", LOCK)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_satisfies_pyproject(python, system):
    versions = locked(python, system)
    # What builds xorlib comes from the lock too: the set-up switches build isolation off.
    build = [Requirement(name) for name in PROJECT["build-system"]["requires"]]
    for requirement in [*needed("test"), *build]:
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement
    # A stored figure is compared to its last digit, whatever Python and system it is run on.
    for name in ("numpy", "tensorflow", "keras", "matplotlib", "contourpy"):
        assert versions[name] == locked("3.12", "Linux")[name]


def test_these_are_the_supported_pythons():
    assert [f"3.{n}" for n in range(8, 20) if f"3.{n}" in SUPPORTED] == PYTHONS


@pytest.mark.parametrize(
    ("folders", "groups"),
    [
        ("xorlib classroom", []),
        ("tests tools", ["test"]),
        ("book", ["book"]),
        ("benchmarks", ["test", "bench"]),
    ],
)
def test_direct_imports_are_declared(folders, groups):
    declared = {canonicalize_name(requirement.name) for requirement in needed(*groups)}
    home, found = packages_distributions(), set()
    for path in [path for folder in folders.split() for path in (ROOT / folder).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module.split(".")[0])
    foreign = found - {"xorlib", "classroom", "tests", "tools", "benchmarks", "conftest", "book"}
    for name in foreign - sys.stdlib_module_names - {"jax", "torch"}:
        assert {canonicalize_name(n) for n in home[name]} & declared, f"{name} is not declared"


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
