"""Keep a person's own settings out of what notebooks show when they are run or checked."""

import atexit
import os
import shutil
import tempfile

# Each of these can change a stored figure, or have a kernel load something of its own.
DROPPED = [
    "JUPYTER_PATH",
    "MPLBACKEND",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "TF_ENABLE_ONEDNN_OPTS",
]


def isolate():
    """Change this process's environment; kernels started from now on inherit it."""
    for name in DROPPED:
        os.environ.pop(name, None)

    folder = tempfile.mkdtemp(prefix="xorlib-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(
        # The width that tables and progress bars are fitted to.
        COLUMNS="80",
        # No profile, start-up files or figure formats of one's own.
        IPYTHONDIR=os.path.join(folder, "ipython"),
        # The kernel named python3 is this Python's, whatever else is installed under that name.
        JUPYTER_PREFER_ENV_PATH="1",
        # Matplotlib's own defaults: an empty settings file.
        MATPLOTLIBRC=os.devnull,
        # Keras on TensorFlow with its own defaults, and on the CPU: other hardware, other digits.
        KERAS_HOME=os.path.join(folder, "keras"),
        KERAS_BACKEND="tensorflow",
        CUDA_VISIBLE_DEVICES="-1",
    )
