"""Measure what a learner's kernel takes, alone and thirty at once: docs/footprint.md.

The figures of INSTRUCTOR.md for running a class on one server come from here. Linux only.
"""

import argparse
import os
import platform
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from tools.isolation import isolate

PATH = Path(__file__).resolve().parent.parent / "docs" / "footprint.md"
CLASS = 30
MB = 1e6
NUMPY = """
from xorlib.data import truth_table
from xorlib.network import uniform_parameters
from xorlib.training import train
history = train(uniform_parameters(42), *truth_table(), learning_rate=0.1, epochs=10_000)
"""
PICTURES = (
    NUMPY
    + """
from xorlib import plotting
for _ in range(5):
    figure, ax = plotting.panels()
    plotting.plot_loss(history.losses, ax)
    plotting.show(figure, "The loss of the run falls from 0.32 to 0.003 over its epochs.")
import ipywidgets
slider = ipywidgets.FloatSlider()
"""
)
KERAS = """
from xorlib import keras_model
from xorlib.data import truth_table
keras_model.fit(keras_model.build(42), *truth_table(), epochs=10_000)
"""
WORK = {
    "the NumPy part (notebook 02)": NUMPY,
    "with pictures (01, 03, 05)": PICTURES,
    "with TensorFlow (04)": KERAS,
}


def memory(pid):
    """Return resident and proportional memory of a process, in bytes.

    The proportional size divides pages that several processes share among them; only where
    all learners' kernels run on one machine from one installation is that what counts.
    """
    fields = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    )
    return [int(fields[name].split()[0]) * 1024 for name in ("Rss", "Pss")]


def cpu_seconds(pid):
    """Return the processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def available():
    """Return the memory that this machine could give to new processes, in bytes."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable")) * 1024


def quiet_kernel():
    """Start a kernel; what it writes past its cells belongs nowhere."""
    return start_new_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def measure(code, kernels):
    """Start that many kernels, let all do the work at once; return what they took.

    Returns
    -------
    rss, pss : float
        Median of the kernels, in bytes.
    cpu : float
        Seconds of processor time for each, median.
    wall : float
        Seconds until the last had finished, from the moment all kernels were up.
    """
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: quiet_kernel(), range(kernels)))
    try:
        began = time.perf_counter()
        for _, client in started:
            client.execute(code, store_history=False)
        for _, client in started:
            reply = client.get_shell_msg(timeout=600)
            if reply["content"]["status"] != "ok":
                raise RuntimeError(reply["content"].get("evalue", "a kernel failed"))
        wall = time.perf_counter() - began
        pids = [manager.provisioner.pid for manager, _ in started]
        rss, pss = zip(*(memory(pid) for pid in pids), strict=True)
        cpu = [cpu_seconds(pid) for pid in pids]
    finally:
        for manager, client in started:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    return statistics.median(rss), statistics.median(pss), statistics.median(cpu), wall


def row(name, code, most):
    """Measure one kind of work; return the line of the table."""
    rss, _, cpu, _ = measure(code, 1)
    room = int(available() / 2 / rss)
    kernels = max(1, min(most, CLASS, room))
    _, pss, _, wall = measure(code, kernels)
    total, last = CLASS * pss / MB / 1000, wall * CLASS / kernels
    mark = "" if kernels == CLASS else " *"
    print(f"{name}: {kernels} at once", flush=True)
    return (
        f"| {name} | {rss / MB:.0f} MB | {cpu:.1f} s | {kernels} | {pss / MB:.0f} MB "
        f"| {total:.1f} GB{mark} | {last:.0f} s{mark} |"
    )


def main():
    """Measure all three and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=CLASS, help="kernels at once, at most")
    most = parser.parse_args().most
    isolate()
    lines = [row(name, code, most) for name, code in WORK.items()]
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()}, {platform.machine()}, {cores} cores"
    PATH.write_text(
        "# What a learner's kernel takes\n\n"
        f"Made by `make footprint` on {system}, Python {platform.python_version()}.\n\n"
        "| what runs | memory, alone | processor time | at once | memory each, at once "
        f"| memory for {CLASS} | all {CLASS} done after |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(lines)
        + "\n\nMemory alone is the resident size. At once, pages that kernels share are divided "
        "among them\n(proportional size). Processor time includes the start of the kernel. "
        f"\\* extrapolated to {CLASS} in proportion.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
