"""Applies to every test, in tests/ and in notebooks/."""

from nbval.plugin import IPyNbCell

from tests.pictures import complaint
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
