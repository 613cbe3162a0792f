"""The demos' modules become one text; what the joiner does not understand it refuses."""

import pytest

from classroom.demos.joiner import script

ONE = "export const one = 1, other = 2;\nexport function two() {}\n"
MAIN = """import DATA from "./data.json" with { type: "json" };
import { one, two as second } from "./one.js";

"""
REFUSED = [
    *("export default 1;", "export { a };", 'export * from "./one.js";', "export let a = 1;"),
    *("export async function a() {}", "export function* a() {}", "export const { a } = DATA;"),
    *("  export const a = 1;", "const a = 1; export const b = 2;", "/* note */", 'f("/** ");'),
    *('import * as a from "./one.js";', 'import "./one.js";', "import { one } from './one.js';"),
    *('import { one } from "./one.js"', '  import { one } from "./one.js";', "import.meta.url;"),
    *('import { one } from "./one.js"; // why', 'import a, { one } from "./one.js";'),
    *('const a = import("./one.js");', "f(await import ( a ));", 'import {\n  one\n} from "one";'),
    # What comes in must be given: no default by a module, no more than it exports, no circle.
    *('import a from "./one.js";', 'import { three } from "./one.js";'),
    *('import { other } from "./one.js";', 'import { a } from "./main.js";'),
    'import { a } from "./data.json" with { type: "json" };',
]  # fmt: skip


def joined(folder, line):
    (folder / "data.json").write_text("{}")
    (folder / "one.js").write_text(ONE)
    (folder / "main.js").write_text(f"{MAIN}/** import a from b;\n * export */\n{line}\n")
    return script(folder=folder)


def test_imports_and_exports_are_joined_and_comments_are_left_out(tmp_path):
    text = joined(tmp_path, "export class A {} /** @type {import('./one.js').B} */")
    assert "const { one, two: second } = one_js;" in text and "return { A };" in text
    assert text.index("const one_js") < text.index("const main_js") and " * export" not in text


@pytest.mark.parametrize("line", REFUSED)
def test_any_other_import_or_export_is_refused_with_file_and_line(tmp_path, line):
    with pytest.raises(ValueError, match=r"^main\.js, line 6: "):
        joined(tmp_path, line)
