"""Applies to every test, in tests/ and in notebooks/."""

from types import SimpleNamespace

import nbformat
import nbval.plugin
from nbval.plugin import IPyNbCell, IPyNbFile

from tests.figures import with_printing_cells
from tests.pictures import complaint
from tests.without_keras import without_keras
from tools.isolation import isolate

isolate()

# nbval runs a notebook again and compares what its cells print and return, but no pictures.
texts_agree = IPyNbCell.compare_outputs


def outputs_agree(cell, drawn, stored, skip_compare=None):
    """Compare a cell's texts as nbval does, and then its pictures."""
    if not texts_agree(cell, drawn, stored, skip_compare):
        return False
    cell.comparison_traceback += filter(None, [complaint(stored, drawn)])
    return not cell.comparison_traceback


IPyNbCell.compare_outputs = outputs_agree

start_kernel = IPyNbFile.setup


def start_kernel_without_keras(notebook):
    """Start a notebook's kernel; only where Keras is taught can it be imported."""
    with without_keras(notebook.path.name):
        start_kernel(notebook)


IPyNbFile.setup = start_kernel_without_keras


def read(path, **options):
    """Read a notebook for nbval, with cells that print the figures in its prose."""
    return with_printing_cells(nbformat.read(path, **options))


nbval.plugin.nbformat = SimpleNamespace(read=read, from_dict=nbformat.from_dict)
