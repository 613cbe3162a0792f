"""The room's server: python -m classroom.room 90 holds the lesson of lessons/90.md.

Phones can only answer; to go on takes a token. Nothing of a lesson is on the disk, but for the
counts in the file of --keep.
"""

import argparse
import asyncio
import json
import logging
import mimetypes
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
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
REFUSED = {PermissionError: 403, OverflowError: 503}  # anything else that cannot be: 400
NEAR = "Only this computer can open these; with ROOM_FLAGS=--lan the phones in its network can."
ALL = (
    "Whoever is in this network can open the phones' address, and answer there; no more than that."
)
TOLD = """Phones: {}
You:    {}
{}
Ctrl-C ends it. If it ends by itself, start it with --token={} too, and leave your page open:
the lesson goes on where it was."""


def files(address):
    """Return all that can be fetched, by its path; the QR code is of the phones' address."""
    kinds = {".html", ".js", ".css"}
    paths = [*HERE.glob("*.*"), *HERE.parent.glob("demos/*.*")]
    texts = {f"{p.parent.name}/{p.name}": p.read_text("utf-8") for p in paths if p.suffix in kinds}
    pages = {"": guarded(texts["room/phone.html"]), "teach": guarded(texts["room/teach.html"])}
    code = segno.make(address, error="m").svg_inline(light="white", omitsize=True, svgns=True)
    return {**texts, **pages, "code.svg": code, "demos/index.html": page_text()}


class Fetched(RequestHandler):
    """What is the same for all."""

    def initialize(self, found):
        """Take all that there is, by its path."""
        self.found = found

    def set_default_headers(self):
        """Let nobody store, frame or pass on a page."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def get(self, path):
        """Return a page, its style or its script; a phone is known by a random number."""
        if path not in self.found:
            return self.send_error(404)
        if not path and not self.get_cookie("phone"):
            kept = {"httponly": True, "samesite": "Strict", "expires_days": None}
            self.set_cookie("phone", secrets.token_hex(16), **kept)
        kind = mimetypes.guess_type(path)[0] or "text/html"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        return self.finish(self.found[path])


class Said(Fetched):
    """What a page says; the pages of other sites can send neither this type nor the cookie."""

    def post(self):
        """Take it, and return what there is to show."""
        try:
            if self.request.headers.get("Content-Type") != "application/json":
                raise ValueError
            said = json.loads(self.request.body)
            self.finish(self.found(self.get_cookie("phone", ""), **said))
        except (TypeError, ValueError, RecursionError, *REFUSED) as error:
            self.send_error(REFUSED.get(type(error), 400))


def application(room, address, secret, keep=lambda room: None):
    """Return the server of a room. What its teacher's page says carries the token."""

    def taught(_, token, move=None):
        if not secrets.compare_digest(str(token).encode(), secret.encode()):
            raise PermissionError
        if move is not None:
            room.move(**move)
            keep(room)
        return {"address": address, **room.look()}

    talk = [("/say", Said, {"found": room.hear}), ("/go", Said, {"found": taught})]
    return Application([*talk, ("/(.*)", Fetched, {"found": files(address)})])


def own_address():
    """Return this computer's address in its network. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.255.255.255", 1))
        return probe.getsockname()[0]


async def hold(lesson, lan, port, keep, token, browser):
    """Hold a lesson until the end of time."""
    room, hosts = Room(read(LESSONS / f"{lesson}.md")), ["127.0.0.1"]
    if lan is not None:
        hosts.append(lan or own_address())

    def write(room):
        if keep:
            keep.write_text(json.dumps(room.kept(), indent=1) + "\n", encoding="utf-8")

    address, yours = f"http://{hosts[-1]}:{port}/", f"http://127.0.0.1:{port}/teach#{token}"
    server = HTTPServer(application(room, address, token, write), **LIMITS)
    for host in hosts:
        server.listen(port, host)
    write(room)
    print(TOLD.format(address, yours, ALL if hosts[1:] else NEAR, token), flush=True)
    if browser:
        webbrowser.open(yours)
    try:
        await asyncio.Event().wait()
    finally:
        write(room)


def main():
    """Read the command, and hold the lesson."""
    names = sorted(path.stem for path in LESSONS.glob("*.md"))
    parser = argparse.ArgumentParser(description="Hold a lesson with phones.")
    parser.add_argument("lesson", choices=names)
    parser.add_argument("--lan", nargs="?", const="", metavar="ADDRESS")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the counts there")
    parser.add_argument("--token", default=secrets.token_hex(16), help="of a lesson that goes on")
    parser.add_argument("--no-browser", action="store_false", dest="browser")
    chosen = parser.parse_args()
    if len(chosen.token) < 16:
        parser.error("a token has at least 16 letters, for nobody is to guess it")
    logging.getLogger("tornado").setLevel(logging.ERROR)
    try:
        asyncio.run(hold(**vars(chosen)))
    except KeyboardInterrupt:
        print("\nThe room is closed.")
    except OSError as error:
        parser.error(f"{error}. Others: --port 8011, --lan ADDRESS")


if __name__ == "__main__":
    main()
