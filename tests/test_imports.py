"""What an import costs, and which modules may import which packages."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import xorlib

ROOT = Path(xorlib.__file__).parent
SOURCES = {path: path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ROOT.rglob("*.py")}


def imported(path):
    """Return the names of the packages that a file imports anywhere, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written out from xorlib"
            yield node.module.partition(".")[0]


def printed_by(code):
    """Run Python code in a new process; return the words that it prints."""
    command = [sys.executable, "-c", code]
    return subprocess.check_output(command, cwd=ROOT.parent, text=True).split()


def test_the_packages_docstring_says_what_each_of_its_modules_is_for():
    named = re.findall(r"``(\w+)``", xorlib.__doc__)
    assert sorted(named) == sorted({*SOURCES.values()} - {"__init__"})


def test_only_plotting_imports_matplotlib_only_keras_model_tensorflow_and_none_the_classroom():
    importers = {}
    for path, module in SOURCES.items():
        for name in imported(path):
            importers.setdefault(name, set()).add(module)
    assert importers["matplotlib"] == {"plotting"}
    assert importers["tensorflow"] == importers["keras"] == {"keras_model"}
    assert not {"classroom", "ipywidgets", "tests", "tools"} & set(importers)
    assert "__init__" not in set().union(*importers.values())
    # Nothing changes the style of other people's pictures, either.
    assert not any("rcParams" in path.read_text(encoding="utf-8") for path in SOURCES)


def test_modules_that_compute_load_no_plotting_and_no_cluster():
    alone = set(printed_by("import sys; print(*sys.modules)"))
    loaded = set(printed_by("import sys, xorlib.training, xorlib.ensemble; print(*sys.modules)"))
    packages = {name.partition(".")[0] for name in loaded - alone} - {*sys.stdlib_module_names}
    assert packages == {"numpy", "xorlib"} and "multiprocessing.pool" not in loaded
    assert "numpy" not in printed_by("import sys, xorlib; print(*sys.modules)")
    made = "from classroom import demos; demos.watch_it_learn()"
    loaded = printed_by(f"import sys; {made}; print(*sys.modules)")
    assert not {"tensorflow", "keras", "matplotlib"} & set(loaded)
