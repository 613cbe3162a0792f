"""How sphinx-revealjs makes the slides from the copy that book/decks.py lays out."""

from book.conf import setup  # noqa: F401  formulas are MathML here, too

project = "The XOR notebooks: slides"
extensions = ["myst_parser", "sphinx_revealjs"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
root_doc = "45"  # Sphinx wants one; each deck stands alone
suppress_warnings = ["toc.not_included"]
html_math_renderer = "mathml"
html_copy_source = False

revealjs_static_path = ["_static"]
revealjs_style_theme = "white"  # the one without a font from elsewhere
revealjs_css_files = ["slides.css"]
revealjs_script_conf = {
    "width": 1280,  # the size that slides are written for; any other window scales them
    "height": 720,
    "margin": 0,
    "hash": True,  # a slide has an address
    "transition": "none",
    "center": False,
    "defaultTiming": 0,  # seconds: the rows' minutes are with their first slides
    "preloadIframes": False,  # a demo begins when its slide is shown
}
revealjs_script_plugins = [{"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}]
