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
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'


@contextlib.contextmanager
def serving(folder, *command):
    """Run a server in a folder, with no settings but its own; yield its address."""
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA")}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *command, f"--port={port}", "--no-browser"]
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


def lab_command(folder):
    """Return the command of a JupyterLab on a folder, open to whoever is on this machine."""
    own = "--allow-root", "--ip=127.0.0.1", "--IdentityProvider.token="
    return "jupyterlab", *own, f"--ServerApp.root_dir={folder}"


def ready_kernel(address, page):
    """Wait until the kernel is idle and connected: the page's own sign comes too early."""

    def connected():
        kernels = [s["kernel"] for s in page.request.get(f"{address}/api/sessions").json()]
        return any(k["execution_state"] == "idle" and k["connections"] for k in kernels)

    until(connected, "a kernel")
    page.locator(IDLE).wait_for()


def run_all(page):
    """Run all cells from the menu, as a person does, and wait for the last one."""
    prompts = page.locator(".jp-InputPrompt")
    for _ in range(5):  # right after the start the menu may do nothing
        page.locator('.lm-MenuBar-item:has-text("Run")').click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        page.wait_for_timeout(700)
        if not page.locator(IDLE).count() or "[*]:" in prompts.all_inner_texts():
            break
    page.locator(IDLE).wait_for(timeout=60_000)
