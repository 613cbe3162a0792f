"""Keep a person's own settings out of what notebooks show when they are run or checked."""

import atexit
import os
import sys
import tempfile

# Each of these can change a stored figure, or make a kernel load something else.
DROPPED = (
    "JUPYTER_PATH MPLBACKEND PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS SITE TF_ENABLE_ONEDNN_OPTS"
)


def isolate():
    """Change this process's environment, which kernels started from now on inherit."""
    folder = tempfile.TemporaryDirectory(prefix="xorlib-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    keep = sys.prefix if os.access(sys.prefix, os.W_OK) else folder.name
    for name in DROPPED.split():
        os.environ.pop(name, None)
    os.environ |= {
        "COLUMNS": "80",  # the width that tables and progress bars are fitted to
        # No profile, start-up files or figure formats of one's own.
        "IPYTHONDIR": os.path.join(folder.name, "ipython"),
        # The kernel named python3 is this Python's, whatever else is installed under that name.
        "JUPYTER_PREFER_ENV_PATH": "1",
        # Matplotlib's own defaults, and a place where it can write: without one it warns.
        "MATPLOTLIBRC": os.devnull,
        "MPLCONFIGDIR": os.path.join(keep, "matplotlib"),
        # Keras on TensorFlow with its own defaults, and on the CPU: other hardware, other digits.
        "KERAS_HOME": os.path.join(folder.name, "keras"),
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
