"""The demos' modules as one text: a widget, and a page opened from a file, can import nothing.

Each module becomes a function that is called at once and returns what the module exports. It takes
no parser of JavaScript, because imports and exports may be written in these forms only, each at the
beginning of a line; anything else is refused:

    import { one, two as other } from "./file.js";
    import ONE from "./file.json" with { type: "json" };    (or of a style sheet, "css")
    export const one = ...        export function one(...)        export class One

Comments, `/** ... */` or a line that begins with `//`, are left out, so no text may look like one.
"""

import json
import re
from functools import cache

from classroom.addresses import addresses
from classroom.demos.schema import FOLDER

IMPORT = re.compile(r'^import (?:{([\w\s,]+)}|(\w+)) from "\./([\w.]+)"(?: with {[^}]*})?;\n', re.M)
EXPORT = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.M)
COMMENT = re.compile(r"/\*\*(?:(?!/\*)[\s\S])*?\*/|^ *//.*", re.M)
LEFT_OVER = re.compile(r"\bexport\b|(?:^|[;{}])\s*import\b|\bimport\s*[(.]|/\*", re.M)


@cache
def script(entry="main.js", folder=FOLDER, site=None):
    """Return the JavaScript of all demos, their data and their style, as one module.

    Parameters
    ----------
    entry : str
        The file to begin with.
    folder : Path
        Where the files are.
    site : str, optional
        Where the book is, seen from the demos' page, if not on the site.

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
    text = "\n".join([*modules.values(), f"export default {name_of(entry)};\n"])
    return text.replace("<site>", site or addresses()[0])


def name_of(file):
    """Return the name that a file's module has in the script."""
    return file.replace(".", "_")


def add(path, modules, above=()):
    """Add a file to `modules`, a dict from names to texts, after all that it imports."""
    name, text = name_of(path.name), source(path)
    if name in modules:
        return
    if path.suffix == ".json":
        modules[name] = f"const {name} = {text.strip()};"
    elif path.suffix == ".css":
        sheet = f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({json.dumps(text)});"
        modules[name] = sheet
    else:
        for line in IMPORT.finditer(text):
            needed = path.parent / line[3]
            if needed in (*above, path):
                refuse(path, text, line.start(), f"{line[3]} is imported in a circle")
            add(needed, modules, (*above, path))
            wanted = re.findall(r"(\w+)(?: as \w+)?", line[1] or "default")
            for missing in set(wanted) - set(exports(needed)):
                refuse(path, text, line.start(), f"{line[3]} does not export {missing}")
        body = EXPORT.sub("", IMPORT.sub(take, text))
        if left := LEFT_OVER.search(body):
            refuse(path, body, left.end(), f"{left[0].strip()!r} is in no form that is joined here")
        names = ", ".join(exports(path))
        modules[name] = f"const {name} = (() => {{\n{body}return {{ {names} }};\n}})();"


def source(path):
    """Return a file's text without JavaScript's comments, each thing in the line where it was."""
    text = path.read_text(encoding="utf-8")
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def exports(path):
    """Return the names that a file exports."""
    return EXPORT.findall(source(path)) if path.suffix == ".js" else ["default"]


def take(line):
    """Return an import as the line that takes the same names from the other module's function."""
    taken = line[2] or f"{{{line[1].replace(' as ', ': ')}}}"
    return f"const {taken} = {name_of(line[3])};\n"


def refuse(path, text, at, why):
    """Raise the ValueError for a place in a file."""
    raise ValueError(f"{path.name}, line {text.count(chr(10), 0, at) + 1}: {why}")
