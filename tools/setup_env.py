"""Make .venv, or finish it, or bring it up to date; do nothing if it is ready.

    python tools/setup_env.py light      what the laboratory needs, without TensorFlow
    python tools/setup_env.py learner    what the laboratory needs
    python tools/setup_env.py all        everything: tests and the book, too

What is installed already is kept. The last step writes a stamp that says where .venv is, what it
was made from and which of the three it has; it is gone while packages are half installed.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.txt"
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
# Copied into .venv as it is, so that JupyterLab does not ask about news before the first notebook;
# a person's own settings are left alone. binder/postBuild does the same.
PREFIX = ROOT / "tools/prefix"
# The sets of packages, each with all that those before it have, and their extras in pyproject.toml.
EXTRAS = {"light": ["lab"], "learner": ["lab", "keras"], "all": None}


def main(asked):
    """Do what is needed; what goes wrong is told in a sentence."""
    try:
        with one_at_a_time():
            try:
                set_up(asked)
            finally:
                if not STAMP.is_file():  # half of it is of no use, and takes space
                    shutil.rmtree(VENV, ignore_errors=True)
    except (KeyboardInterrupt, OSError, subprocess.SubprocessError) as error:
        why, free = str(error) or "it was interrupted", shutil.disk_usage(ROOT).free / 1e9
        stopped = f"The set-up stopped, with {free:.1f} GB free on this disk: {why}"
        sys.exit(f"{stopped}\nThe next run will continue it.")


def set_up(asked):
    """Compare what is asked with what the stamp says is there; install what is missing."""
    inputs = [ROOT / "pyproject.toml", ROOT / "requirements.txt", *sorted(PREFIX.rglob("*.*"))]
    contents = b"".join(path.read_bytes() for path in inputs if path.is_file())
    found = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    # After a folder is moved, many files of .venv still have its old name.
    usable = found.startswith(f"{ROOT}\n") and runs_this_python()
    # No set is made smaller.
    there = [name for name in EXTRAS if usable and found.endswith(f"\n{name}\n")]
    chosen = max([asked, *there], key=list(EXTRAS).index)
    wanted = f"{ROOT}\n{hashlib.sha256(contents).hexdigest()}\n{chosen}\n"
    if usable and found == wanted:
        return
    first = "Setting up .venv: this takes up to a few minutes, mostly for downloads."
    print("Bringing .venv up to date." if usable else first, flush=True)
    if not usable:
        STAMP.unlink(missing_ok=True)
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt", prompt="xorlib")
    # First another pip: a Python's own may be years old, and takes several times as long.
    for file, text in ("pip.txt", locked()["pip"]), ("requirements.txt", packages(chosen)):
        (VENV / file).write_text(text, encoding="utf-8")
        pip_install("--require-hashes", "--requirement", f".venv/{file}")
    # xorlib and classroom are editable, and built with what the lock has installed.
    pip_install("--no-build-isolation", "--editable", ".")
    shutil.copytree(PREFIX, VENV, dirs_exist_ok=True)
    STAMP.write_text(wanted, encoding="utf-8")
    print(".venv is ready.", flush=True)


def locked():
    """Return what the lock says of each package, by their names."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", lock, flags=re.MULTILINE)[1:]
    return {entry.partition("==")[0]: entry for entry in entries}


def packages(name):
    """Return a set's part of the lock, as text for pip."""
    entries = locked()
    if name == "all":
        return "".join(entries.values())
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = pyproject["project"]["dependencies"] + pyproject["build-system"]["requires"]
    for extra in EXTRAS[name]:
        named += pyproject["project"]["optional-dependencies"][extra]
    needed = {re.match(r"[\w-]+", requirement)[0] for requirement in named}
    # Comments in an entry say which packages need it: each is the last word of its line.
    users = {key: re.findall(r"#.* ([\w-]+)$", entries[key], re.MULTILINE) for key in entries}
    while more := {key for key in entries if needed.intersection(users[key])} - needed:
        needed |= more
    return "".join(entry for key, entry in entries.items() if key in needed)


def runs_this_python():
    """Tell whether .venv's Python runs and has the version of the Python that runs this."""
    command = [VENV / PYTHON, "-c", "import sys; print(sys.version_info[:2])"]
    with contextlib.suppress(OSError):
        answer = subprocess.run(command, capture_output=True, text=True).stdout
        return answer.strip() == str(sys.version_info[:2])
    return False


def pip_install(*options):
    """Install into .venv, with a line of progress now and then."""
    command = [VENV / PYTHON, "-Wignore", "-m", "pip", "install", "--no-input"]
    # The lock names everything, so nothing is to be resolved; Python compiles what is imported.
    command += ["--disable-pip-version-check", "--no-deps", "--no-compile", *options]
    # pip inherits the lock on this file, and keeps it if this process is killed.
    pip = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, close_fds=False)
    for number, line in enumerate(pip.stdout):
        if line.startswith("Installing collected"):
            STAMP.unlink(missing_ok=True)  # half a package looks whole to pip: begin again
        if number % 40 == 20 or re.search(r"\(\d{3,}\.\d MB\)|^Installing collected", line):
            print(f"  {line.strip():.80}", flush=True)
    if pip.wait():
        raise OSError("the lines above say why")


def one_at_a_time():
    """Return this file, open and locked, so that no two set-ups work in one .venv."""
    file = open(__file__, "rb")
    os.set_inheritable(file.fileno(), True)
    with contextlib.suppress(ImportError, OSError):  # a system without such locks
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of .venv to finish.", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
    return file


if __name__ == "__main__":
    main(sys.argv[1])
