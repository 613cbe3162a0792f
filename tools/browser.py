"""A real JupyterLab on a free loopback port, and the system's Chromium to look at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# Open to everyone on this machine, and to scripts in its page.
OPTIONS = [
    *("--allow-root", "--ip=127.0.0.1", "--no-browser", "--ServerApp.root_dir=."),
    *("--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"),
]
RUN_ALL = """async () => {
  await jupyterapp.shell.currentWidget.sessionContext.ready;
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


@contextlib.contextmanager
def jupyterlab(folder, *options):
    """Run JupyterLab in a folder, with no settings but its own; yield its address."""
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA")}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, *options, f"--port={port}"]
    log = folder / "server.log"
    with open(log, "w") as out:
        server = subprocess.Popen(command, cwd=folder, env=os.environ | own, stdout=out, stderr=out)
    try:
        until(lambda: f":{port}/" in log.read_text() or server.poll() is not None, "the server")
        assert server.poll() is None, log.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def until(condition, what, seconds=60):
    """Wait for a condition; return what it returned."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
    return result


def run_all(page, address):
    """Open a notebook, run all its cells, and wait for the last one."""
    page.goto(address)
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext", timeout=60_000)
    page.evaluate(RUN_ALL)
