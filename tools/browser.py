"""A real JupyterLab or Voilà on a free loopback port, and the system's Chromium to look at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SECONDS = 60
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def serving(folder, *command):
    """Run a server in a folder, with no settings but its own; yield its address."""
    places = ["CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"]
    own = {f"JUPYTER_{place}": str(folder / place) for place in places}
    own |= {
        f"JUPYTERLAB_{place}": str(folder / place) for place in ("SETTINGS_DIR", "WORKSPACES_DIR")
    }
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, f"--port={port}", "--no-browser"],
            cwd=folder, env=os.environ | own, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        until(lambda: answers(address) or process.poll() is not None, "the server to answer")
        assert process.poll() is None, (folder / "server.log").read_text()
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(address):
    """Return whether anything answers there."""
    try:
        urllib.request.urlopen(f"{address}/static/favicon.ico", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def until(condition, what, seconds=SECONDS):
    """Wait for a condition; return what it returned."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
    return result


def ready_kernel(address, page):
    """Wait until the kernel is idle and connected: the page's own sign comes too early."""

    def connected():
        sessions = page.request.get(f"{address}/api/sessions").json()
        kernels = [session["kernel"] for session in sessions]
        return any(k["execution_state"] == "idle" and k["connections"] for k in kernels)

    until(connected, "a kernel")
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()


def lab_command(folder):
    """Return the command of a JupyterLab on a folder, open to whoever is on this machine."""
    return [
        *("jupyterlab", "--allow-root", "--ip=127.0.0.1", f"--ServerApp.root_dir={folder}"),
        *("--IdentityProvider.token=", "--ServerApp.password="),
    ]


def run_all(page):
    """Run all cells from the menu, as a person does, and wait for the last one."""
    prompts = page.locator(".jp-InputPrompt")
    for _ in range(5):
        page.locator('.lm-MenuBar-item:has-text("Run")').click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        page.wait_for_timeout(700)
        busy = '.jp-Notebook-ExecutionIndicator:not([data-status="idle"])'
        if page.locator(busy).count() or any("*" in text for text in prompts.all_inner_texts()):
            break
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(
        timeout=1000 * SECONDS
    )
