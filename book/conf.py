"""How Sphinx makes the book from the build copy that book/build.py lays out; each setting says why.

Nothing is executed, and nothing is asked of another host, neither now nor when it is read.
"""

import json
import re
from pathlib import Path

import yaml
from docutils import nodes
from math_core import LatexToMathML
from sphinx.search.en import SearchEnglish

project = html_title = "The XOR notebooks"
author = "The XOR notebooks contributors"
project_copyright = f"{author}. Code: MIT, text and pictures: CC BY 4.0"

extensions = ["myst_nb"]
nb_execution_mode = "off"  # the stored notebooks are what is read
nb_code_prompt_show = "Show what it gives"  # the outputs below a prompt to guess
nb_code_prompt_hide = "What it gives"
myst_enable_extensions = ["dollarmath"]  # $…$ as Jupyter reads it
myst_dmath_double_inline = True
myst_heading_anchors = 3  # links from notebook to notebook lead to headings …
myst_heading_slug_func = "book.build.slug"  # … by the names that Jupyter gives them

# A theme of 60 kB without a font, a framework or a script from elsewhere.
html_theme = "furo"
html_theme_options = {"top_of_page_buttons": []}  # the sources shown would be those of the copy
html_copy_source = html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # a page from a file may not read other pages
html_static_path = ["static"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_extra_path = ["_extra"]  # the pictures, and the demos' page
html_domain_indices = html_use_index = False  # there is no Python documentation to index
html_favicon = "static/icon.svg"
pygments_style = "a11y-high-contrast-light"  # 7:1 on white, and its dark brother
pygments_dark_style = "a11y-high-contrast-dark"

# Formulas become MathML while the book is built: browsers draw it, in print and in folds as well,
# and no script of 1 MB has to come first.
html_math_renderer = "mathml"
formula = LatexToMathML().convert_with_local_state


def inline(translator, node):
    """Write a formula in a line."""
    translator.body.append(formula(node.astext(), displaystyle=False))
    raise nodes.SkipNode


def block(translator, node):
    """Write a formula of its own, in a box that scrolls if it must."""
    mathml = formula(node.astext(), displaystyle=True)
    translator.body.append(f'<div class="formula">{mathml}</div>')
    raise nodes.SkipNode


class Search(SearchEnglish):
    """English, with decimals and fractions as words, which Sphinx would split and drop.

    What its search page loads also has what static/book.js looks up there: words.yaml.
    """

    _word_re = re.compile(r"\d*(?:[.,/]\d+)+|\w+")
    js_splitter_code = r"""
        var splitQuery = (query) => query.match(/\d*(?:[.,/]\d+)+|[\p{L}\p{N}_]+/gu) ?? [];
        var xorWords = """ + json.dumps(
        yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    )


def setup(app):
    """Tell Sphinx of these."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.add_search_language(Search)
