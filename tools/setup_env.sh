#!/bin/sh
# Finds a Python that can be used and lets it set up .venv. Run from the project's folder.
usable='import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
problem="${PYTHON:+$PYTHON cannot be used}"

# Each is run, not only looked up: a name on the PATH can be a shim with nothing behind it.
set -- .venv/bin/python python3 python python3.13 python3.12 python3.11
[ -z "$PYTHON" ] || set -- "$PYTHON"
for python in "$@"; do
    if "$python" -c "$usable" >/dev/null 2>&1; then
        exec "$python" tools/setup_env.py
    fi
done

echo "${problem:-no usable Python found}: TensorFlow works with Python 3.11, 3.12 or 3.13" \
    "(with its venv module). If you have one, name it: make env PYTHON=/path/to/python3.12" >&2
exit 1
