"""Stands in the way of keras: the notebooks that do not teach Keras run without it."""

raise ModuleNotFoundError("No module named 'keras'", name="keras")
