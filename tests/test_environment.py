"""pyproject.toml, the lock, environment.yml and Binder's image say the same."""

import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from repo2docker.buildpacks import CondaBuildPack

from tools.write_environment import environment

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCK_LINES = [line for line in LOCK_TEXT.splitlines() if line and not line.lstrip().startswith("#")]
CONDA_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
CONDA = yaml.safe_load(CONDA_TEXT)

PYTHONS = ["3.11", "3.12", "3.13"]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def locked(python, system):
    """Return the lock's versions, by name, that pip would install there."""
    place = {**SYSTEMS[system], "python_version": python, "python_full_version": f"{python}.0"}
    pins = [Requirement(line) for line in LOCK_LINES]
    pins = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(place)]
    versions = {canonicalize_name(p.name): str(p.specifier).removeprefix("==") for p in pins}
    assert len(versions) == len(pins), f"two versions of one package on {system} {python}"
    return versions


def conda_pins():
    """Return the versions, by name, of environment.yml's pip section."""
    (pip_section,) = [entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict)]
    return dict(pin.split("==") for pin in pip_section)


def conda_python():
    (pin,) = [entry for entry in CONDA["dependencies"] if str(entry).startswith("python")]
    return pin.removeprefix("python=")


# The lock


def test_lock_has_exact_versions_and_no_addresses():
    for pin in map(Requirement, LOCK_LINES):  # an option or a path is no requirement: it raises
        assert pin.url is None, pin
        assert [specifier.operator for specifier in pin.specifier] == ["=="], pin
        assert "*" not in str(pin.specifier), pin


def test_lock_names_no_place_in_its_comments():
    assert not re.search(r"://|index-url|find-links|(^|\s)/\w", LOCK_TEXT)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_lock_satisfies_pyproject(python, system):
    versions = locked(python, system)
    grouped = resolve_dependency_groups(PROJECT["dependency-groups"], "test")
    named = [*PROJECT["project"]["dependencies"], *grouped]
    for requirement in map(Requirement, named):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement
    # What builds xorlib comes from the lock too: the set-up switches build isolation off.
    for requirement in map(Requirement, PROJECT["build-system"]["requires"]):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement


@pytest.mark.parametrize("name", ["numpy", "tensorflow", "keras", "matplotlib", "contourpy"])
def test_figures_come_from_one_version_everywhere(name):
    # A stored figure is compared to its last digit, whatever Python and system it is run on.
    assert len({locked(python, system)[name] for python in PYTHONS for system in SYSTEMS}) == 1


def test_supported_pythons_are_the_same_everywhere():
    supported = SpecifierSet(PROJECT["project"]["requires-python"])
    minors = [f"3.{minor}" for minor in range(8, 20)]
    assert [python for python in minors if python in supported] == PYTHONS


# The conda way


def test_environment_yml_is_what_make_lock_writes():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert CONDA_TEXT == environment(pyproject, LOCK_TEXT)


def test_environment_yml_has_the_locks_versions():
    versions = locked(conda_python(), "Linux")
    pins = conda_pins()
    assert pins == {name: versions[name] for name in pins}
    named = {canonicalize_name(Requirement(d).name) for d in PROJECT["project"]["dependencies"]}
    assert named <= pins.keys()


def test_environment_yml_refers_to_nothing_local():
    # conda runs pip in the folder of the file it was handed, and Binder caches by this file alone.
    assert CONDA["channels"] == ["conda-forge"]
    assert not re.search(r"^\s*-\s*(-|\.|file:)", CONDA_TEXT, flags=re.MULTILINE)


def test_environment_yml_names_a_supported_python():
    assert Version(conda_python()) in SpecifierSet(PROJECT["project"]["requires-python"])


# Binder


def test_binder_uses_the_root_file():
    link = ROOT / "binder/environment.yml"
    assert link.is_symlink()
    assert os.readlink(link) == "../environment.yml"
    assert link.resolve() == ROOT / "environment.yml"


def test_post_build_can_be_run():
    assert os.access(ROOT / "binder/postBuild", os.X_OK)


def test_binder_image_is_built_from_these_files(monkeypatch):
    monkeypatch.chdir(ROOT)
    pack = CondaBuildPack("buildpack-deps:24.04")
    pack.platform = "linux/amd64"
    assert pack.detect()
    assert pack.python_version == conda_python()

    dockerfile = pack.render(build_args={"NB_USER": "jovyan", "NB_UID": "1000"})
    environment = dockerfile.index(
        'env update -p ${NB_PYTHON_PREFIX} --file "binder/environment.yml"'
    )
    whole_project = dockerfile.index("COPY --chown=1000:1000 src/ ${REPO_DIR}/\n")
    post_build = dockerfile.index("RUN ./binder/postBuild")
    # In this order an edit to a notebook does not build the environment again.
    assert environment < whole_project < post_build
    # Binder has a tested base for this Python.
    assert f"conda/environment.py-{conda_python()}-linux-64.lock" in pack.get_build_script_files()
