"""Applies to every test in this folder: pictures are drawn without a window."""

import matplotlib

matplotlib.use("Agg")
