"""Run notebooks from a clean kernel and store them in one canonical form.

What is stored depends on the cells alone: running twice changes no byte. A notebook with a cell
that fails is left as it was.
"""

import argparse
import copy
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools.isolation import isolate

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_CELL = 300

# The version of Python is left out: it is another one on another machine.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
WIDGET = "application/vnd.jupyter.widget-view+json"


def main():
    """Run the notebooks named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all but the exercises")
    folders = [ROOT / "notebooks", ROOT / "notebooks" / "solutions"]
    everything = [path for folder in folders for path in sorted(folder.glob("*.ipynb"))]
    paths = parser.parse_args().notebooks or everything
    for path in paths:
        if not path.is_file():
            parser.error(f"no such notebook: {path}")

    isolate()
    failed = False
    for path in paths:
        print(path.name, end=" ", flush=True)
        started = time.monotonic()
        try:
            execute(path)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            failed = True
            print(f"FAILED, not stored\n{error}", flush=True)
        else:
            print(f"{time.monotonic() - started:.1f} s", flush=True)
    sys.exit(failed)


def execute(path):
    """Run the notebook at `path` and store it there."""
    notebook = nbformat.read(path, as_version=4)
    stored = copy.deepcopy(notebook)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    # What a kernel writes past its cells belongs nowhere, and a terminal's width is not to show.
    client.execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    notebook = canonical(notebook)
    keep_times(stored, notebook)
    nbformat.validate(notebook)
    draft = path.with_suffix(".draft")
    with open(draft, "w", encoding="utf-8", newline="\n") as file:
        nbformat.write(notebook, file)
    os.replace(draft, path)


def keep_times(stored, notebook):
    """Keep the stored output of a cell that tests don't compare, if only its numbers differ.

    Such a cell prints how long something took. The time of an earlier run is as true as that
    of this one, and storing it again and again would hide what really changed.
    """

    def words(cell):
        return re.sub(r"[\s\d.]+", " ", json.dumps(cell.outputs, sort_keys=True))

    for old, new in zip(stored.cells, notebook.cells, strict=True):
        if "nbval-ignore-output" in new.metadata.get("tags", []) and words(old) == words(new):
            new.outputs = old.outputs


def canonical(notebook):
    """Strip what differs from run to run or from editor to editor; return the notebook."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        # Editors leave all sorts of things here; only tags mean something to this project.
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        # A stored widget is a dead one, with a new id in each run: none is stored.
        if any(WIDGET in output.get("data", {}) for output in cell.get("outputs", [])):
            cell.outputs = []
    return notebook


if __name__ == "__main__":
    main()
