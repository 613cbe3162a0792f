"""Measure everything, print one table, and store it beside this file.

python -m benchmarks.run            all of it, in a few minutes
python -m benchmarks.run one_network ...    only these comparisons, and nothing is stored
"""

import datetime
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

from benchmarks import comparisons, demos
from benchmarks.timing import HEADINGS
from xorlib.ensemble import cores

MODULES = (comparisons, demos)  # each with its COMPARISONS
LIBRARIES = ("numpy", "tensorflow", "keras", "jax", "torch")


def processor():
    """Return the name of this machine's processor, as far as it is known."""
    cpuinfo = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", cpuinfo.read_text()) if cpuinfo.exists() else []
    return names[0] if names else platform.processor()


def page(table):
    """Return the whole report as Markdown."""
    versions = {package.name: package.version for package in metadata.distributions()}
    libraries = ", ".join(f"{name} {versions.get(name, 'not installed')}" for name in LIBRARIES)
    return f"""\
# Benchmarks

Made by `make bench`; times differ from machine to machine, ratios much less.

- Processor: {processor()}, {cores()} cores, {platform.machine()}; {platform.system()}
- Python {platform.python_version()}; {libraries}
- Date: {datetime.date.today().isoformat()}

Each row is measured side by side: the contenders take turns, and the shortest time of each counts,
because other programs can only add to it. So JAX's compilation, in its first turn, does not count.
All use float64 and may use all cores, except Keras, which uses float32. The last column says how
far the final results differ: the work is the same.

{table}

The rows against a network alone show how the cost grows: at first NumPy's calls take the time,
whatever their size; then the arithmetic does.
"""


def main(names):
    """Run the comparisons of these names, or all of them."""
    known = {function.__name__: function for module in MODULES for function in module.COMPARISONS}
    lines = [HEADINGS, ["---"] * len(HEADINGS)]
    for name in names or known:
        print(known[name].__doc__, file=sys.stderr, flush=True)
        lines += [row.cells() for row in known[name]()]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    print(table)
    if not names:
        (Path(__file__).parent / "results.md").write_text(page(table), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
