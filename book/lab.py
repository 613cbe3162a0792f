"""Make the laboratory, build/book/lab: JupyterLab and Python in the browser, by JupyterLite.

Pyodide, its Python, comes from a content network when a notebook is run; or from a folder that
PYODIDE names, and then it becomes a part of the site, which asks nothing of anyone.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

from book.build import IN_LAB, guard, lay_out
from book.wheel import working_copy
from classroom.policy import POLICY

# What Pyodide has of what the kernel and our wheel need, and what it has not.
PACKAGES = ["matplotlib", "tqdm", "typing-extensions", "ipython", "jedi", "micropip"]
OTHERS = ["anywidget", "comm", "ipywidgets", "psygnal"]
CORE = "pyodide.mjs pyodide.asm.mjs pyodide.asm.wasm python_stdlib.zip pyodide-lock.json"
EXTENSIONS = "anywidget @jupyter-widgets/jupyterlab-manager @jupyterlite/pyodide-kernel-extension"
# Its pages may ask the host of Pyodide, and no other. JupyterLab compiles the schemas of its
# settings, so it evaluates texts; demos, pictures and workers can come as blobs.
HOST = "" if os.environ.get("PYODIDE") else "https://cdn.jsdelivr.net"
ALLOWED = f"connect-src 'self' {HOST}; worker-src 'self' blob:; "
ALLOWED += f"{POLICY.replace('data:', 'data: blob:')} blob: 'unsafe-eval' {HOST}"
INSTALLED = Path(sys.prefix, "share/jupyter/labextensions")
BUILD = {
    "apps": ["lab", "notebooks"],
    "federated_extensions": [str(INSTALLED / name) for name in EXTENSIONS.split()],
    "ignore_sys_prefix": ["federated_extensions"],
    "no_sourcemaps": True,
    "no_unused_shared_packages": True,
}


def repacked(name):
    """Return an installed package as a wheel, without what is compiled: its name and bytes."""
    package, wheel = distribution(name), io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as packed:
        for file in package.files:
            if file.parts[0] != ".." and file.suffix not in (".pyc", ".pyd", ".so"):
                packed.write(file.locate(), file)
    return f"{name}-{package.version}-py3-none-any.whl", wheel.getvalue()


def pyodide(folder):
    """Yield those files of a Pyodide in a folder that are needed; each a name, and bytes."""
    paths = [folder / name for name in CORE.split()]
    files = {path.name: path.read_bytes() for path in paths if path.is_file()}
    if len(files) < len(paths) or f'"{PYODIDE_VERSION}"'.encode() not in files["pyodide.mjs"]:
        sys.exit(f"PYODIDE={folder} is not Pyodide {PYODIDE_VERSION}, which the laboratory needs.")
    lock, needed, missing = json.loads(files["pyodide-lock.json"])["packages"], [*PACKAGES], []
    for name in needed:
        file = folder / lock[name]["file_name"]
        depends = (depend.lower().replace("_", "-") for depend in lock[name]["depends"])
        needed += [depend for depend in depends if depend not in needed]
        if not file.is_file():
            missing.append(file.name)
            continue
        files[file.name] = file.read_bytes()
        if hashlib.sha256(files[file.name]).hexdigest() != lock[name]["sha256"]:
            sys.exit(f"PYODIDE={folder}: {file.name} is not the file that pyodide-lock.json names.")
    if missing:
        print(f"PYODIDE={folder} has no {', '.join(missing)}: what needs them cannot run there.")
    yield from files.items()


def contents(wheel):
    """Yield all files that the laboratory is made from; each a path, and bytes."""
    for place in IN_LAB:
        yield f"files/{place.removeprefix('notebooks/')}", working_copy(place, IN_LAB).encode()
    wheels = {wheel.name: wheel.read_bytes(), **dict(map(repacked, OTHERS))}
    for name, data in wheels.items():
        yield f"pypi/{name}", data
    if given := os.environ.get("PYODIDE"):
        for name, data in pyodide(Path(given)):
            yield f"static/pyodide/{name}", data
    # From where the kernel's worker is.
    packages = PACKAGES + [f"../../../../pypi/{name}" for name in wheels]
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    settings = {"litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}}
    page = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    yield "jupyter-lite.json", json.dumps(page).encode()
    yield "jupyter_lite_config.json", json.dumps({"LiteBuildConfig": BUILD}).encode()


def make(folder, wheel):
    """Make the laboratory in the book's folder; nothing is downloaded."""
    source, made = folder / "lab-src", folder / "book/lab"
    shutil.rmtree(source, ignore_errors=True)
    lay_out(source, contents(wheel))
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    command += ["--lite-dir", source, "--output-dir", made]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    ran = subprocess.run(command, cwd=source, **streams)  # where it keeps its notes
    if ran.returncode:
        sys.exit(f"{ran.stdout}\nThe laboratory was not made; the lines above say why.")
    guard(made.rglob("*.html"), policy=ALLOWED)
