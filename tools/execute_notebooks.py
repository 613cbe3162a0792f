"""Run notebooks in fresh kernels and store them in one form: a second run changes no byte."""

import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools.isolation import isolate
from tools.working_copy import ROOT, write_whole

WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def main():
    """Run the notebooks named on the command line, or all of them except the exercises."""
    everything = [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("notebooks/solutions/*.ipynb")]
    paths = [Path(name) for name in sys.argv[1:]] or sorted(everything)
    for path in paths:
        if not path.is_file() or not os.access(path.parent, os.W_OK):
            sys.exit(f"There is no {path}, or its folder cannot be written to.")
    isolate()
    failed = False
    for path in paths:
        try:
            execute(path)
            print(f"{path.name}: stored", flush=True)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            failed = True  # and the notebook is left as it was
            print(f"{path.name}: FAILED, not stored\n{error}", flush=True)
    sys.exit(failed)


def execute(path):
    """Run the notebook at `path` and store it there."""
    stored = nbformat.read(path, as_version=4)
    notebook = copy.deepcopy(stored)
    settings = {"timeout": 300, "record_timing": False, "coalesce_streams": True}
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, kernel_name="python3", resources=where, **settings)
    # What a kernel writes outside its cells is dropped.
    client.execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    keep_times(stored, canonical(notebook))
    nbformat.validate(notebook)
    write_whole(path, nbformat.writes(notebook) + "\n")


def canonical(notebook):
    """Remove what differs from run to run or from editor to editor; return the notebook."""
    language = dict(notebook.metadata["language_info"])
    language.pop("version", None)  # Python's, which differs from machine to machine
    metadata = {"kernelspec": KERNEL, "language_info": language}
    notebook.metadata, notebook.nbformat_minor = nbformat.from_dict(metadata), 5
    for cell in notebook.cells:
        # Editors leave all sorts of things here; only these mean something to this project.
        kept = ("tags", "guess", "figures", "nbgrader")
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in kept})
        # A stored widget does nothing and has a new id in each run, so none is stored; what a demo
        # shows in its place is.
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if WIDGET not in o.get("data", {})]
    return notebook


def keep_times(stored, notebook):
    """Keep the times that an uncompared cell showed before, if nothing but numbers differs."""
    for old, new in zip(stored.cells, notebook.cells, strict=True):
        if "nbval-ignore-output" in new.metadata.get("tags", []):
            outputs = (json.dumps(cell.outputs, sort_keys=True) for cell in (old, new))
            before, now = (re.sub(r"[\s\d.]+", " ", text) for text in outputs)
            new.outputs = old.outputs if before == now else new.outputs


if __name__ == "__main__":
    main()
