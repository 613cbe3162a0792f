"""What an import costs, and which module may import which."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

import xorlib

ROOT = Path(xorlib.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
HEAVY = {"tensorflow", "keras", "matplotlib", "ipywidgets", "IPython"}
# The table in the package's own docstring: "floor ``module``".
FLOORS = {
    name: int(floor)
    for floor, name in re.findall(r"^(\d) +``(\w+)``", xorlib.__doc__, re.MULTILINE)
}
NUMPY_MODULES = [
    name
    for name in FLOORS
    if name not in ("keras_model", "plotting", "quiz", "sliders")
    and {ROOT / name, ROOT / f"{name}.py"} & set(ROOT.iterdir())
]


def module_of(path):
    """Return the module or subpackage of xorlib that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path):
    """Return the dotted names that a file imports anywhere, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written out from xorlib"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def run(code, **changes):
    """Run Python code in a process of its own; return all it wrote to descriptors 1 and 2.

    Environment variables can be changed, or left out by giving None.
    """
    environment = {key: text for key, text in (os.environ | changes).items() if text is not None}
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert process.returncode == 0, process.stdout
    return process.stdout


def test_the_docstring_gives_every_module_its_floor():
    present = {module_of(path) for path in SOURCES} - {"__init__"}
    assert present == set(FLOORS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_floors_below_its_own(path):
    module = module_of(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "xorlib" and module != "__init__":
            other = rest.partition(".")[0]
            assert other == module or FLOORS[other] < FLOORS[module], name
    if module == "__init__":
        assert not list(imported(path))


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("tensorflow", {"keras_model"}),
        ("keras", {"keras_model"}),
        ("matplotlib", {"plotting", "sliders"}),
        ("ipywidgets", {"sliders", "quiz"}),
    ],
)
def test_a_heavy_library_has_one_module_that_imports_it(library, owners):
    users = {
        module_of(path)
        for path in SOURCES
        if any(name.partition(".")[0] == library for name in imported(path))
    }
    assert users <= owners


@pytest.mark.parametrize("module", ["xorlib", *(f"xorlib.{name}" for name in NUMPY_MODULES)])
def test_numpy_modules_load_nothing_heavy(module):
    loaded = set(run(f"import sys, {module}; print(*sys.modules)").split())
    assert module in loaded
    assert not loaded & HEAVY
    if module == "xorlib":
        assert "numpy" not in loaded


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_kernel_with_training_imported_stays_under_120_mb():
    # The most that was ever resident (VmHWM), of a real notebook kernel: some 65 MB.
    manager, client = start_new_kernel()
    try:
        reply = client.execute(
            "import xorlib.training",
            user_expressions={"status": "open('/proc/self/status').read()"},
            reply=True,
            timeout=60,
        )
        answer = reply["content"]["user_expressions"]["status"]["data"]["text/plain"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    kilobytes = int(re.search(r"VmHWM:\D*(\d+) kB", answer)[1])
    assert 20_000 < kilobytes < 120_000


def test_keras_starts_and_trains_without_a_line_on_the_page():
    code = """
import os
from xorlib import keras_model
from xorlib.data import truth_table
X, y = truth_table()
model = keras_model.build(0)
keras_model.fit(model, X, y, epochs=2)
model.predict(X, verbose=0)
os.write(2, b"descriptor 2 works again")
"""
    # What quietens TensorFlow is the module's business, not that of the reader's environment.
    quieteners = dict.fromkeys(("TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS"))
    assert run(code, **quieteners) == "descriptor 2 works again"


def test_plotting_changes_no_global_style_at_import():
    code = """
import matplotlib
before = matplotlib.rcParams.copy()
import xorlib.plotting
print(before == matplotlib.rcParams)
"""
    assert run(code, MPLBACKEND="Agg").strip() == "True"
