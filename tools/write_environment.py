"""Write environment.yml: what pyproject.toml names, at the versions of the lock."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "environment.yml"


def environment():
    """Return its text: as it stands, with what the notebooks need, and the checks of them."""
    head, pip, _ = FILE.read_text(encoding="utf-8").partition("  - pip:\n")
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, flags=re.MULTILINE))
    own, extras = pyproject["project"], pyproject["project"]["optional-dependencies"]
    needed = own["dependencies"] + sum(extras.values(), pyproject["dependency-groups"]["check"])
    names = sorted(re.match(r"[\w.-]+", requirement)[0] for requirement in needed)
    return head + pip + "".join(f"      - {name}=={versions[name]}\n" for name in names)


if __name__ == "__main__":
    FILE.write_text(environment(), encoding="utf-8", newline="\n")
