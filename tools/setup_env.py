"""Make .venv, or finish it, or bring it up to date; do nothing when it is ready.

`setup_env.sh` runs this with a Python that suits. The last step writes a stamp into .venv that
says what was installed and where, so no stamp means that a set-up was never finished.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.json"
# Where files of this project go in .venv: defaults for it alone, so that a person's own settings
# stay as they are. binder/postBuild does the same.
COPIES = {
    # No question about news before the first notebook.
    "tools/jupyterlab_settings.json": "share/jupyter/lab/settings/overrides.d/xorlib.json",
    # The app's page, and the word that it is to be used.
    "tools/voila/index.html.j2": "share/jupyter/voila/templates/xorlib/index.html.j2",
    "tools/voila/conf.json": "share/jupyter/voila/templates/xorlib/conf.json",
    "tools/voila/voila.json": "etc/jupyter/voila.json",
}
# A change in one of these asks for an update.
INPUTS = ["pyproject.toml", "requirements.txt", *COPIES]


def main():
    """Do what is needed, and say so when it takes long."""
    with one_at_a_time():
        stamp, wanted = read_stamp(), wanted_stamp()
        task, reason = decide(stamp, wanted, suits=venv_suits())
        if task == "nothing":
            return
        started = time.monotonic()
        print(reason, flush=True)
        try:
            STAMP.unlink(missing_ok=True)
            if task == "make":
                make_venv()
            install_lock()
            install_xorlib()
        except subprocess.CalledProcessError:
            if task == "update":  # what was there still works
                write_stamp(stamp)
            sys.exit("The set-up stopped; the lines above say why. The next run takes it up again.")
        write_stamp(wanted)
        print(f".venv is ready ({time.monotonic() - started:.0f} s).", flush=True)


def decide(stamp, wanted, suits):
    """Return the task ("nothing", "update" or "make") and the sentence that announces it.

    `stamp` is what the last finished set-up wrote (None without one), `wanted` what this one would
    write, `suits` whether .venv has a Python that runs and is the one asked for.
    """
    if stamp is None or not suits:
        return "make", "Setting up .venv: some minutes the first time, most of them downloads."
    if stamp["folder"] != wanted["folder"]:
        # Paths of the old folder stand in many files of .venv.
        return "make", "The folder was moved: setting up .venv anew, one or two minutes."
    if stamp != wanted:
        return "update", "Bringing .venv up to date."
    return "nothing", ""


def wanted_stamp():
    """Return what the stamp of a finished set-up says."""
    contents = b"".join((ROOT / name).read_bytes() for name in INPUTS)
    return {"folder": str(ROOT), "inputs": hashlib.sha256(contents).hexdigest()}


def read_stamp():
    """Return the stamp, or None when there is none that can be read."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_stamp(stamp):
    """Write the stamp in one go: it is there whole or not at all."""
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps(stamp), encoding="utf-8")
    draft.replace(STAMP)


def venv_suits():
    """Tell whether .venv's Python runs and has the version of the Python that runs this."""
    command = [VENV_PYTHON, "-c", "import sys; print(sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.strip() == str(sys.version_info[:2])


def make_venv():
    """Make an empty .venv in place of whatever is there."""
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True, symlinks=os.name != "nt", prompt="xorlib")


def install_lock():
    """Install every package of the lock, with a line of progress now and then."""
    # The lock names everything, so pip has nothing to resolve.
    command = [*pip_install(), "--no-deps", "--requirement", "requirements.txt"]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    total = len(re.findall(r"^\S+==", lock, flags=re.MULTILINE))
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, close_fds=False
    )
    seen = 0
    for line in process.stdout:
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
            seen += 1
            if seen % 25 == 0:
                print(f"  {seen} of about {total} packages", flush=True)
        elif large := re.search(r"Downloading (\w+).* \((\d{3,})\.\d MB\)", line):
            print(f"  downloading {large[1]}, {large[2]} MB", flush=True)
        elif line.startswith("Installing collected packages"):
            print("  unpacking them, about a minute", flush=True)
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)


def install_xorlib():
    """Install xorlib so that edits to it count at once, and the files of `COPIES`."""
    # With the lock's setuptools, so that nothing is fetched outside the lock.
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
    subprocess.run([*pip_install(), *options], cwd=ROOT, check=True)

    for source, place in COPIES.items():
        (VENV / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, VENV / place)


def pip_install():
    """Return the beginning of a call of .venv's pip."""
    return [VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]


@contextlib.contextmanager
def one_at_a_time():
    """Hold a lock on this file, so that two set-ups don't meet in one .venv."""
    with open(__file__, "rb") as file:
        # pip inherits the lock, and goes on holding it should this process be killed.
        os.set_inheritable(file.fileno(), True)
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of .venv to end.", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass  # a system without such locks
        yield


if __name__ == "__main__":
    main()
