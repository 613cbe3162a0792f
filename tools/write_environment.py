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


def main():
    """Write the file."""
    text = environment(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        (ROOT / "requirements.txt").read_text(encoding="utf-8"),
    )
    (ROOT / "environment.yml").write_text(text, encoding="utf-8", newline="\n")


def environment(pyproject, lock):
    """Return the text of environment.yml for the texts of pyproject.toml and the lock."""
    dependencies = tomllib.loads(pyproject)["project"]["dependencies"]
    # Keras decides the figures as much as TensorFlow, which would take any newer one.
    names = [re.match(r"[\w.-]+", dependency)[0] for dependency in dependencies] + ["keras"]
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, flags=re.MULTILINE))
    return HEAD + "".join(f"      - {name}=={versions[name]}\n" for name in sorted(names))


if __name__ == "__main__":
    main()
