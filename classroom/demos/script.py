"""The demos' modules as one text: a widget, and a page opened from a file, can import nothing.

Each module becomes a function that is called at once and returns what the module exports.
"""

import json
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
IMPORT = re.compile(
    r"^import\s+(?P<names>[^;]*?)\s+from\s+\"\./(?P<file>[\w.]+)\"(\s+with\s+{[^}]*})?;\n", re.M
)
EXPORT = re.compile(r"^export (?:function|class|const) (\w+)", re.M)


@cache
def script():
    """Return the JavaScript of all demos, their data and their style, as one module.

    Returns
    -------
    str
        A module without imports, whose default export is what anywidget asks for.
    """
    modules = {}
    add("main.js", modules)
    return "\n".join([*modules.values(), "export default main_js;\n"])


def add(file, modules):
    """Add a file to `modules`, a dict from names to texts, after all that it imports."""
    name, text = file.replace(".", "_"), (FOLDER / file).read_text(encoding="utf-8")
    if name in modules:
        return
    if file.endswith(".json"):
        modules[name] = f"const {name} = {text.strip()};"
    elif file.endswith(".css"):
        modules[name] = (
            f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({json.dumps(text)});"
        )
    else:
        for needed in IMPORT.finditer(text):
            add(needed["file"], modules)
        names = ", ".join(EXPORT.findall(text))
        body = re.sub("^export ", "", IMPORT.sub(take, text), flags=re.M)
        modules[name] = f"const {name} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"


def take(line):
    """Return an import as the line that takes the same names from the other module's function."""
    names = line["names"].replace(" as ", ": ")
    return f"const {names} = {line['file'].replace('.', '_')};\n"
