"""The demos' modules as one text: a widget, and a page opened from a file, can import nothing.

Each module becomes a function that is called at once and returns what the module exports. It takes
no parser of JavaScript, because imports and exports may be written in these forms only, each at the
beginning of a line; anything else is refused:

    import { one, two as other } from "./file.js";
    import ONE from "./file.json" with { type: "json" };    (or of a style sheet, "css")
    export const one = ...        export function one(...)        export class One
"""

import json
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
IMPORT = re.compile(r'^import (?:{([\w\s,]+)}|(\w+)) from "\./([\w.]+)"(?: with {[^}]*})?;\n', re.M)
EXPORT = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.M)
# Comments that are lines of their own are left out. None counts when it is asked what is left over.
COMMENT = r"/\*\*(?:(?!/\*)[\s\S])*?\*/"
LINES = re.compile(rf"^ *(?:{COMMENT}|//.*)\n", re.M)
COMMENTS = re.compile(rf"{COMMENT}|^ *//.*", re.M)
LEFT_OVER = re.compile(r"\bexport\b|(?:^|[;{}])\s*import\b|\bimport\s*[(.]|/\*", re.M)


@cache
def script(entry="main.js", folder=FOLDER):
    """Return the JavaScript of all demos, their data and their style, as one module.

    Parameters
    ----------
    entry : str
        The file to begin with.
    folder : Path
        Where the files are.

    Returns
    -------
    str
        A module without imports, whose default export is the entry's exports; of `main.js` this is
        what anywidget asks for.

    Raises
    ------
    ValueError
        If a module writes an import or an export in a form that is not understood here.
    """
    modules = {}
    add(folder / entry, modules)
    return "\n".join([*modules.values(), f"export default {name_of(entry)};\n"])


def name_of(file):
    """Return the name that a file's module has in the script."""
    return file.replace(".", "_")


def add(path, modules, above=()):
    """Add a file to `modules`, a dict from names to texts, after all that it imports."""
    name, text = name_of(path.name), path.read_text(encoding="utf-8")
    if path in above:
        raise ValueError(f"{path.name} imports itself, by way of {above[-1].name}")
    if name in modules:
        return
    if path.suffix == ".json":
        modules[name] = f"const {name} = {text.strip()};"
    elif path.suffix == ".css":
        sheet = f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({json.dumps(text)});"
        modules[name] = sheet
    else:
        for line in IMPORT.finditer(text):
            names, default, file = line.groups()
            needed = path.parent / file
            add(needed, modules, (*above, path))
            wanted = ["default"] if default else [part.split()[0] for part in names.split(",")]
            for missing in set(wanted) - set(exports(needed)):
                refuse(path, text, line.start(), f"{file} does not export {missing}")
        body = EXPORT.sub("", IMPORT.sub(take, text))
        code = COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), body)
        if left := LEFT_OVER.search(code):
            refuse(path, code, left.end(), f"{left[0].strip()!r} is in no form that is joined here")
        names = ", ".join(exports(path))
        modules[name] = (
            f"const {name} = (() => {{\n{LINES.sub('', body)}return {{ {names} }};\n}})();"
        )


def exports(path):
    """Return the names that a file exports."""
    text = path.read_text(encoding="utf-8")
    return EXPORT.findall(text) if path.suffix == ".js" else ["default"]


def take(line):
    """Return an import as the line that takes the same names from the other module's function."""
    names, default, file = line.groups()
    taken = default or f"{{{names.replace(' as ', ': ')}}}"
    return f"const {taken} = {name_of(file)};\n"


def refuse(path, text, at, why):
    """Raise the ValueError for a place in a file."""
    raise ValueError(f"{path.name}, line {text.count(chr(10), 0, at) + 1}: {why}")
