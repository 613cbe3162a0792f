#!/bin/sh
# Finds a Python that can be used and lets it set up .venv with a set of packages (light, learner or
# all: see setup_env.py). Run from the project's folder.
wanted=$1
if [ "$wanted" = light ]; then
    newest=99
    needed="Python 3.11 or newer is needed"
    command="make lab LIGHT=1" otherwise=
else
    newest=13
    needed="TensorFlow works with Python 3.11, 3.12 or 3.13"
    command="make lab" otherwise="; without TensorFlow a newer one will do: make lab LIGHT=1"
fi
usable="import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))"
problem="${PYTHON:+$PYTHON cannot be used}"

# Each is run, not only looked up: a name on the PATH can be a shim with nothing behind it.
set -- .venv/bin/python python3 python python3.14 python3.13 python3.12 python3.11
[ -z "$PYTHON" ] || set -- "$PYTHON"
for python in "$@"; do
    if "$python" -c "$usable" >/dev/null 2>&1; then
        exec "$python" tools/setup_env.py "$wanted"
    fi
done

echo "${problem:-no usable Python found}: $needed (with its venv module)." \
    "If you have one, name it: $command PYTHON=/path/to/python3.12$otherwise" >&2
exit 1
