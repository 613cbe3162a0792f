"""Run notebooks as a browser does: in one process, in which no thread can be started.

python tests/one_process.py NOTEBOOK ...      needs nothing but what the notebooks need
"""

import json
import sys
import threading
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib.font_manager  # noqa: F401 (it once lists the fonts, and would warn after a while)
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


def refuse(thread):
    """Say what Python in a browser says."""
    raise RuntimeError("can't start new thread")


def run(path):
    """Run the code cells of a notebook; return the first error, or None."""
    settings = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell(config=settings)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            ran = shell.run_cell("".join(cell["source"]))
            if not ran.success:
                return ran.error_before_exec or ran.error_in_exec
    return None


if __name__ == "__main__":
    threading.Thread.start = refuse
    paths = [Path(name).resolve() for name in sys.argv[1:]]
    with TemporaryDirectory() as folder, chdir(folder):  # an exercise writes a file
        errors = {path.name: run(path) for path in paths}
    sys.exit("".join(f"{name}: {error!r}\n" for name, error in errors.items() if error) or None)
