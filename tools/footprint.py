"""Measure what each whole notebook takes, alone and for thirty at once: docs/footprint.md (Linux).

Exercises are measured by their solutions: that is what a learner has run in the end.
"""

import platform
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Lock

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel

from tools.isolation import isolate

CLASS = 30
ONE_AT_A_TIME = Lock()
SECONDS = 8  # so long, at most, a notebook's run by many learners at once
TABLE = f"""\
# What a learner's kernel takes

Made by `make footprint` on {platform.system()}, {platform.machine()}, {psutil.cpu_count()} cores, \
Python {platform.python_version()}.

| notebook | peak memory, alone | processor time | alone, done after | at once \
| memory each, at once | memory for {CLASS} | all {CLASS} done after |
|---|---|---|---|---|---|---|---|
%s
Each row is a whole notebook, run from top to bottom in fresh kernels. Memory alone is the largest
resident size. At once, pages that kernels share are divided among them (proportional size, after
the last cell). Times include the start of the kernel. \\* extrapolated to {CLASS} in proportion.
"""


def run_whole(cells):
    """Run a notebook's cells in a kernel of their own; return it, still alive."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ONE_AT_A_TIME:  # or two kernels may choose the same port
        manager, client = start_new_kernel(startup_timeout=300, cwd="notebooks", **quiet)
    for cell in cells:
        reply = client.execute_interactive(cell, timeout=900, output_hook=lambda _: None)
        assert reply["content"]["status"] == "ok", reply
    return manager, client


def measure(path, learners):
    """Run a notebook so many times at once; return peak and shared memory, processor time, time."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    began = time.perf_counter()
    with ThreadPoolExecutor(learners) as pool:
        kernels = list(pool.map(run_whole, [cells] * learners))
    seconds = time.perf_counter() - began
    processes = [psutil.Process(manager.provisioner.pid) for manager, _ in kernels]
    status = [Path(f"/proc/{process.pid}/status").read_text() for process in processes]
    peak = [1024 * int(text.split("VmHWM:")[1].split()[0]) for text in status]
    shared = [process.memory_full_info().pss for process in processes]
    cpu = [sum(process.cpu_times()) for process in processes]
    for manager, client in kernels:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return median(peak), median(shared), median(cpu), seconds


def row(path):
    """Measure one notebook; return its line of the table."""
    peak, _, cpu, alone = measure(path, 1)
    fits = psutil.virtual_memory().available / 2 / peak, SECONDS * psutil.cpu_count() / cpu
    learners = max(1, min(CLASS, *map(int, fits)))
    _, shared, _, seconds = measure(path, learners)
    mark = "" if learners == CLASS else " *"
    print(path.name, flush=True)
    return (
        f"| {path.stem.replace('_', ' ')} | {peak / 1e6:.0f} MB | {cpu:.1f} s | {alone:.0f} s "
        f"| {learners} | {shared / 1e6:.0f} MB | {CLASS * shared / 1e9:.1f} GB{mark} "
        f"| {seconds * CLASS / learners:.0f} s{mark} |\n"
    )


if __name__ == "__main__":
    isolate()
    folders = Path("notebooks"), Path("notebooks/solutions")
    paths = [path for folder in folders for path in sorted(folder.glob("0*.ipynb"))]
    Path("docs/footprint.md").write_text(TABLE % "".join(map(row, paths)), encoding="utf-8")
