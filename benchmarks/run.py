"""Measure everything, print one table, and store it beside this file, with a picture.

python -m benchmarks.run            all of it, in a few minutes
python -m benchmarks.run one_network ...    only these comparisons, and nothing is stored
"""

import datetime
import importlib.metadata
import platform
import sys
from pathlib import Path

from benchmarks import growth, peers
from benchmarks.comparisons import COMPARISONS as NETWORKS
from benchmarks.demos import COMPARISONS as DEMOS
from benchmarks.practice import COMPARISONS as PRACTICE
from benchmarks.timing import HEADINGS

COMPARISONS = (*NETWORKS, *PRACTICE, *DEMOS)

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "tensorflow", "keras", "jax", "torch", "scikit-learn")


def processor():
    """Return the name of this machine's processor, as well as it can be known."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions():
    """Return the versions of the libraries that take part, as text."""
    found = []
    for library in LIBRARIES:
        try:
            found.append(f"{library} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{library} not installed")
    return ", ".join(found)


def machine():
    """Return the description of the machine and the day, line by line."""
    return [
        f"- Processor: {processor()}, {peers.cores()} cores, {platform.machine()}",
        f"- System: {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}; {versions()}",
        f"- Date: {datetime.date.today().isoformat()}",
    ]


def table(rows):
    """Return rows of cells as aligned Markdown."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    padded = [[text.ljust(w) for text, w in zip(line, widths, strict=True)] for line in cells]
    padded.insert(1, ["-" * w for w in widths])
    return ["| " + " | ".join(line) + " |" for line in padded]


def page(rows, series):
    """Return the whole report as Markdown."""
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Made by `make bench`; times differ from machine to machine, ratios much less.",
            "",
            *machine(),
            "",
            "Each row is measured side by side: the contenders take turns, and the shortest time",
            "of each counts, for other programs can only add to it. All use float64 and may use",
            "all cores, but for Keras, which uses float32. Compilation is not counted. The",
            "last column says how far the final results differ: the work is the same.",
            "",
            *table(rows),
            "",
            "## How the cost grows",
            "",
            "At first NumPy's calls take the time, whatever they work on; then the arithmetic.",
            "",
            f"![{growth.alt(series)}](growth.png)",
            "",
            *growth.lines(series),
        ]
    )


def main(names):
    """Run the comparisons of these names, or all of them."""
    unknown = set(names) - {comparison.__name__ for comparison in COMPARISONS}
    if unknown:
        sys.exit(f"There is no comparison {', '.join(sorted(unknown))}.")
    rows = []
    for comparison in COMPARISONS:
        if not names or comparison.__name__ in names:
            print(comparison.__doc__, file=sys.stderr, flush=True)
            rows += comparison()
    print("\n".join(table(rows)))
    if not names:
        series = growth.measure()
        growth.plot(series, HERE / "growth.png")
        (HERE / "results.md").write_text(page(rows, series), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
