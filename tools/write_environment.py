"""Write environment.yml: what pyproject.toml names, at the versions of the lock."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# The conda way in, for Binder and for people without make. Written by `make lock`.
# conda itself has only Python and pip to solve; the rest is what requirements.txt installs.
name: xorlib
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def environment():
    """Return the text: what the notebooks need, and the checks of them."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, flags=re.MULTILINE))
    own, extras = pyproject["project"], pyproject["project"]["optional-dependencies"]
    needed = own["dependencies"] + sum(extras.values(), pyproject["dependency-groups"]["check"])
    names = sorted(re.match(r"[\w.-]+", requirement)[0] for requirement in needed)
    return HEAD + "".join(f"      - {name}=={versions[name]}\n" for name in names)


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8", newline="\n")
