"""Plant faults in a copy of the project, one at a time, and count those that its tests find.

    python -m tools.plant_faults plotting 60      or, for another sample, plotting 60 1

docs/faults.md keeps the last figures. What survives is listed, to be read: some faults change
nothing that anybody could see.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from multiprocessing.pool import ThreadPool
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ".git .venv build work node_modules __pycache__"
# For each area its files, and the tests that look after them, the quickest first.
AREAS = {
    "javascript": (
        "classroom/demos/*.js",
        "tests/slow/test_demos_drawn.py tests/slow/test_demos_engine.py "
        "tests/slow/test_demos_page.py",
    ),
    "book": (
        "book/*.py book/*/*.js",
        "tests/test_lessons.py tests/test_instructor.py tests/test_questions.py "
        "tests/slow/test_slides.py tests/slow/test_book.py tests/slow/test_lab.py",
    ),
    "plotting": (
        "xorlib/plotting/*.py",
        "tests/test_plotting.py tests/test_validation.py tests/test_pictures.py "
        "tests/test_readme.py notebooks/01_one_neuron_is_not_enough.ipynb "
        "notebooks/03_inside_the_network.ipynb notebooks/05_why_training_gets_stuck.ipynb",
    ),
}
TEXT = {
    ".py": r'""".*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*',
    ".js": r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|//[^\n]*',
}
OTHER = {
    **{"+": "-", "-": "+", "*": "/", "/": "*", "<": ">=", ">": "<=", "<=": ">", ">=": "<"},
    **{"===": "!==", "!==": "===", "==": "!=", "!=": "==", "&&": "||", "||": "&&"},
    **{"and": "or", "or": "and", "true": "false", "false": "true", "True": "False"},
    **{"False": "True", "Math.min": "Math.max", "Math.max": "Math.min", "min": "max", "max": "min"},
}
# Kinds of faults outside of comments and texts, and those within texts that mean something.
IN_CODE = {
    "constant": (r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", lambda found: f"({found.group()} + 1)"),
    "sign": (r"(?<=[\w)\]] )[-+*/](?= [\w(])", lambda found: OTHER[found.group()]),
    "comparison": (r"(?<= )(?:[<>]=?|[!=]==?)(?= )", lambda found: OTHER[found.group()]),
    "condition": (
        r"(?<= )(?:&&|\|\||and|or)(?= )|(?<!strict=)\b(?:[tT]rue|[fF]alse|Math\.m(?:in|ax))\b",
        lambda found: OTHER[found.group()],
    ),
    "dropped call": (
        r"(?<=\n)( +)(?:[\w.]+)\([^\n]*\)(;?)(?=\n)",
        lambda found: f"{found[1]}0{found[2]}",
    ),
}
IN_TEXT = {
    "listener": (
        r"(?<=addEventListener\(\")\w+|(?<=\bon)(?:click|input|change|key\w+)(?=[:\"])",
        lambda found: "never",
    ),
    "class": (
        r"(?<=class: \")[\w-]+|(?<=classList\.add\(\")[\w-]+|(?<=\.toggle\(\")[\w-]+",
        lambda found: "never",
    ),
}


def faults(file):
    """Yield all faults that can be planted in a file: their kind, place, and the new text."""
    source = file.read_text(encoding="utf-8")
    blank = re.sub(TEXT[file.suffix], lambda found: "_" * len(found.group()), source, flags=re.S)
    for kinds, text in (IN_CODE, blank), (IN_TEXT, source):
        for kind, (pattern, change) in kinds.items():
            for found in re.finditer(pattern, text):
                start, end = found.span()
                line = source.count("\n", 0, start) + 1
                yield [kind, file, line, source[:start] + change(found) + source[end:]]


def found(tree, file, text, tests):
    """Return what the tests say that is red in a copy of the project with one file changed."""
    place = tree / file.relative_to(ROOT)
    before = place.read_text(encoding="utf-8")
    place.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--numprocesses=0", *tests.split()]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "check": False, "text": True}
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, timeout=1800, **quiet)
        said = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return done.returncode and (said or ["red"])[0]
    except subprocess.TimeoutExpired:
        return "stuck for half an hour"
    finally:
        place.write_text(before, encoding="utf-8")


def main():
    """Plant as many faults as are asked for in an area, of all its kinds alike."""
    area, number, seed = (*sys.argv[1:], "0")[:3]
    patterns, tests = AREAS[area]
    files = [file for pattern in patterns.split() for file in sorted(ROOT.glob(pattern))]
    before = {file: file.read_text(encoding="utf-8") for file in files}
    possible = [fault for file in files for fault in faults(file)]
    random.Random(int(seed)).shuffle(possible)
    turns = Counter()
    for fault in possible:  # the first of each kind, then the second, and so on
        turns[fault[0]] += 1
        fault.append(turns[fault[0]])
    chosen, survivors = sorted(possible, key=lambda fault: fault[-1])[: int(number)], 0
    left_out = shutil.ignore_patterns(*LEFT_OUT.split())
    trees = SimpleQueue()

    def judged(fault):
        tree = trees.get()
        red = found(tree, fault[1], fault[3], tests)
        trees.put(tree)
        return fault, red

    with tempfile.TemporaryDirectory() as folder, ThreadPool(os.cpu_count()) as pool:
        for name in map(str, range(os.cpu_count())):
            trees.put(shutil.copytree(ROOT, Path(folder, name), ignore=left_out))
        done = pool.imap_unordered(judged, chosen)
        for count, ((kind, file, line, text, _), red) in enumerate(done, 1):
            survivors += not red
            old, new = (t.splitlines()[line - 1].strip() for t in (before[file], text))
            print(f"{kind}, {file.name}, line {line}: {old} -> {new}: {red or 'NOT FOUND'}")
            print(f"{area}: {count - survivors} of {count} found", flush=True)


if __name__ == "__main__":
    main()
