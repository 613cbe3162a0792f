"""Stands in the way of tensorflow: the notebooks that do not teach Keras run without it."""

raise ModuleNotFoundError("No module named 'tensorflow'", name="tensorflow")
