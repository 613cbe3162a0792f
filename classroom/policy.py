"""The Content-Security-Policy that every page carries: a page asks nothing of another host.

It stands in the page itself, for a host of plain files sends no headers of ours. A script that is
written into a page runs only if it was there when the page was made: the policy has its hash.
"""

import base64
import hashlib
from html.parser import HTMLParser

# Firefox takes no file for 'self' when a form is sent: the search in a book read from files. Styles
# may stand in a page, for the theme, the formulas and reveal.js write them.
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self' file:; img-src 'self' data:; "
    "object-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'"
)
META = '<meta http-equiv="Content-Security-Policy" content="'


class Page(HTMLParser):
    """The scripts that are written into a page, and where its head begins."""

    def __init__(self, text):
        super().__init__()
        self.scripts, self.head, self.inside = [], None, False
        self.lines = text.split("\n")
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        """Note where the head's tag ends, and the beginning of a script."""
        if tag == "head":
            line, column = self.getpos()
            before = sum(len(text) + 1 for text in self.lines[: line - 1])
            self.head = before + column + len(self.get_starttag_text())
        self.inside = tag == "script" and "src" not in dict(attributes)
        self.scripts += [""] * self.inside

    def handle_data(self, data):
        """Note a script's text, which may come in parts."""
        if self.inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        """Note the end of a script."""
        self.inside = False


def digest(script):
    """Return a script as a policy names it."""
    hashed = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def guarded(text, also="", policy=POLICY):
    """Return a page's HTML with its policy first in its head, in place of an older one.

    The scripts of the page `also` may run, too: the speaker's window has the policy of its slides.
    """
    page, start = Page(text), '">\n'
    if page.head is None:
        raise ValueError("A page needs <head>, for its policy to stand in.")
    allowed = dict.fromkeys(map(digest, page.scripts + Page(also).scripts))
    told = META + " ".join([policy, *allowed]) + start
    rest = text[page.head :]
    if rest.startswith(META):
        rest = rest.partition(start)[2]
    return text[: page.head] + told + rest
