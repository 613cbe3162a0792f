"""The figures of the other documents: what stands there, and its expression or its notebook.

See tests/figures.py; the names are those of tests/facts.py.
"""

QUOTES = {}
