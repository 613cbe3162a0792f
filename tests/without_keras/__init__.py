"""As if Keras and TensorFlow were not installed: for all notebooks but those that teach Keras."""

import contextlib
import os
from pathlib import Path

TAUGHT = ("04_the_network_in_keras", "04_solutions", "04_exercises", "07_beyond_four_rows")


@contextlib.contextmanager
def without_keras(name):
    """Let kernels that are started meanwhile find this folder's keras.py, which refuses."""
    if not name.startswith(TAUGHT):
        os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    try:
        yield
    finally:
        os.environ.pop("PYTHONPATH", None)
