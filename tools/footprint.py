"""Measure what a learner's kernel takes, alone and thirty at once: docs/footprint.md (Linux)."""

import platform
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import psutil
from jupyter_client.manager import start_new_kernel

from tools.isolation import isolate

CLASS = 30
NUMPY = """from xorlib import data, network, training
start, rows = network.uniform_parameters(42), data.truth_table()
history = training.train(start, *rows, learning_rate=0.1, epochs=10_000)
"""
PICTURES = """import ipywidgets
from xorlib.plotting import curves, page
for _ in range(5):
    page.show(curves.plot_losses(history.losses))
slider = ipywidgets.FloatSlider()
"""
KERAS = """from xorlib import data, keras_model
keras_model.fit(keras_model.build(42), *data.truth_table(), epochs=10_000)
"""
TABLE = f"""\
# What a learner's kernel takes

Made by `make footprint` on {platform.system()}, {platform.machine()}, {psutil.cpu_count()} cores, \
Python {platform.python_version()}.

| what runs | memory, alone | processor time | at once | memory each, at once \
| memory for {CLASS} | all {CLASS} done after |
|---|---|---|---|---|---|---|
%s
Memory alone is the resident size. At once, pages that kernels share are divided among them
(proportional size). Processor time includes the start of the kernel. \\* extrapolated to {CLASS}.
"""


def measure(code, kernels):
    """Let so many kernels do the work at once; return the median of memory, twice, and seconds."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    work = {"code": code, "store_history": False, "timeout": 600, "output_hook": lambda _: None}
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: start_new_kernel(**quiet), range(kernels)))
    began = time.perf_counter()
    with ThreadPoolExecutor(kernels) as pool:
        replies = list(pool.map(lambda pair: pair[1].execute_interactive(**work), started))
    seconds = time.perf_counter() - began
    assert all(reply["content"]["status"] == "ok" for reply in replies), replies
    processes = [psutil.Process(manager.provisioner.pid) for manager, _ in started]
    memory = [process.memory_full_info() for process in processes]
    cpu = [sum(process.cpu_times()[:2]) for process in processes]
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return median(m.rss for m in memory), median(m.pss for m in memory), median(cpu), seconds


def row(name, code):
    """Measure one kind of work; return its line of the table."""
    rss, _, cpu, _ = measure(code, 1)
    kernels = max(1, min(CLASS, int(psutil.virtual_memory().available / 2 / rss)))
    _, pss, _, seconds = measure(code, kernels)
    mark = "" if kernels == CLASS else " *"
    return (
        f"| {name} | {rss / 1e6:.0f} MB | {cpu:.1f} s | {kernels} | {pss / 1e6:.0f} MB "
        f"| {CLASS * pss / 1e9:.1f} GB{mark} | {seconds * CLASS / kernels:.0f} s{mark} |\n"
    )


if __name__ == "__main__":
    isolate()
    rows = row("the NumPy part (notebook 02)", NUMPY)
    rows += row("with pictures (01, 03, 05)", NUMPY + PICTURES)
    rows += row("with TensorFlow (04)", KERAS)
    Path("docs/footprint.md").write_text(TABLE % rows, encoding="utf-8")
