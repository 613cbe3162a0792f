"""The room's server: python -m classroom.room 90 holds the lesson of lessons/90.md.

Phones can only answer; to go on takes a token. Nothing of a lesson is on the disk, but for the
counts in the file of --keep.
"""

import argparse
import asyncio
import json
import logging
import secrets
import socket
import webbrowser
from pathlib import Path

import segno
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from book.lessons import LESSONS, read
from classroom.demos.write_page import page_text
from classroom.policy import guarded
from classroom.room.votes import Room

HERE = Path(__file__).parent
LIMITS = {"max_body_size": 600, "body_timeout": 10, "idle_connection_timeout": 60}
REFUSED = {PermissionError: 403, OverflowError: 503}  # anything else that cannot be: 400
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
TOLD = """Phones: {}
You:    {}
Open to {}. Ctrl-C ends it.
If it ends by itself, start it with --token={} too, and leave your page open: it goes on."""
NEAR = "this computer alone; with --lan to the phones in its network"
ALL = "whoever is in this network, to answer on a phone; the rest takes the token"


def files():
    """Return all that can be fetched, by its path."""
    paths = [*HERE.glob("*.*"), *HERE.parent.glob("demos/*.*")]
    texts = {f"{p.parent.name}/{p.name}": p.read_text("utf-8") for p in paths if p.suffix in KINDS}
    pages = {"": guarded(texts["room/phone.html"]), "teach": guarded(texts["room/teach.html"])}
    return {**texts, **pages, "demos/index.html": page_text()}


class Page(RequestHandler):
    """What can be fetched, the same for all, and what pages say."""

    def get(self, path):
        """Return a page, its style or its script; a phone is known by a random number."""
        found = self.settings["found"]
        if path not in found:
            return self.send_error(404)
        if not path and not self.get_cookie("phone"):
            self.set_cookie("phone", secrets.token_hex(16), httponly=True, samesite="Strict")
        kind = KINDS.get(Path(path).suffix, "text/html")
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        return self.finish(found[path])

    def post(self, path):
        """Take what a page says; no page of another site can send the cookie, or has the token."""
        try:
            said = json.loads(self.request.body)
            self.finish(self.settings["heard"][path](self.get_cookie("phone", ""), **said))
        except (KeyError, TypeError, ValueError, RecursionError, *REFUSED) as error:
            self.send_error(REFUSED.get(type(error), 400))


def application(room, address, secret):
    """Return the server of a room. What its teacher's page says carries the secret."""
    code = segno.make(address).svg_data_uri(light="white", omitsize=True)

    def taught(_, token, move=None):
        if not secrets.compare_digest(str(token).encode(), secret.encode()):
            raise PermissionError
        if move is not None:
            room.move(**move)
        return {"address": address, "code": code, **room.look()}

    return Application([("/(.*)", Page)], found=files(), heard={"say": room.hear, "go": taught})


def own_address():
    """Return this computer's address in its network. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.255.255.255", 1))
        return probe.getsockname()[0]


async def hold(lesson, lan, port, keep, token, browser):
    """Hold a lesson until the end of time."""
    room = Room(read(LESSONS / f"{lesson}.md"))
    hosts = ["127.0.0.1"] if lan is None else ["127.0.0.1", lan or own_address()]
    address, yours = f"http://{hosts[-1]}:{port}/", f"http://127.0.0.1:{port}/teach#{token}"
    server = HTTPServer(application(room, address, token), **LIMITS)
    for host in hosts:
        server.listen(port, host)
    print(TOLD.format(address, yours, NEAR if lan is None else ALL, token), flush=True)
    if browser:
        webbrowser.open(yours)
    try:
        await asyncio.Event().wait()
    finally:
        if keep:
            keep.write_text(json.dumps(room.kept(), indent=1) + "\n", encoding="utf-8")


def main():
    """Read the command, and hold the lesson."""
    names = sorted(path.stem for path in LESSONS.glob("*.md"))
    parser = argparse.ArgumentParser(description="Hold a lesson with phones.")
    parser.add_argument("lesson", choices=names)
    parser.add_argument("--lan", nargs="?", const="", metavar="ADDRESS")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the counts there")
    parser.add_argument("--token", default=secrets.token_hex(16), help="of the lesson that goes on")
    parser.add_argument("--no-browser", action="store_false", dest="browser")
    chosen = parser.parse_args()
    logging.getLogger("tornado").setLevel(logging.ERROR)
    try:
        asyncio.run(hold(**vars(chosen)))
    except KeyboardInterrupt:
        print("\nThe room is closed.")
    except OSError as error:
        parser.error(f"{error}. Others: --port 8011, --lan ADDRESS")


if __name__ == "__main__":
    main()
