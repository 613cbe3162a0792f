"""What the commands that write a page share: they open it, unless they are told otherwise."""

import argparse
import os
import webbrowser


def write_and_open(what, write):
    """Write a page, say where it is, and open it in the browser.

    Parameters
    ----------
    what : str
        Its name, for the command's help.
    write : function
        Writes it and returns its path.
    """
    parser = argparse.ArgumentParser(description=f"Write {what}, and open it in the browser.")
    parser.add_argument("--no-browser", action="store_true", help="only write it")
    arguments = parser.parse_args()
    path = write()
    print(os.path.relpath(path))
    if not arguments.no_browser:
        webbrowser.open(path.resolve().as_uri())
