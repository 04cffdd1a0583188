# SPDX-License-Identifier: EUPL-1.2
"""The other side: a server of calendars that behaves as badly as it is told to, and what the tests share."""

from __future__ import annotations

import datetime
import gzip
import http.server
import pathlib
import socket
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from kogge_daemon import Client, Daemon  # noqa: E402

VISIT = "visit-hh-2027"
AT = "/api/v1/calendars/foreign"
# Private addresses are refused unless an operator allows them: this one allows the one the test's server listens on.
CONFIG = '[outbound]\nallow_private = ["127.0.0.1"]\n[plugin.calendar]\nforeign_timeout_seconds = 4\nforeign_max_mb = 8\nforeign_work_seconds = 300\n'


def soon(days: int, hour: int = 9, minutes: int = 60) -> tuple[str, str]:
    """DTSTART and DTEND so many days from today, in UTC."""
    begin = datetime.datetime.now(datetime.timezone.utc).replace(hour=hour, minute=0, second=0, microsecond=0) + datetime.timedelta(days=days)
    return tuple(t.strftime("%Y%m%dT%H%M%SZ") for t in (begin, begin + datetime.timedelta(minutes=minutes)))


def event(uid: str, begin: str, end: str, title: str = "Private", more: str = "") -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{begin}\r\nDTEND:{end}\r\nSUMMARY:{title}\r\n{more}END:VEVENT\r\n"


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//elsewhere//EN\r\nX-WR-CALNAME:Elsewhere\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def many(count: int) -> list[str]:
    return [event(f"e{i}@x", *soon(i % 360, 6 + i % 12), f"Event {i}") for i in range(count)]


class Elsewhere:
    """Answers by path; `hits` are the requests it saw. `answers[path]` is a function of the handler."""

    def __init__(self):
        self.answers, self.hits, self.lock = {}, [], threading.Lock()
        self.leaving = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with outer.lock:
                    outer.hits.append((self.path, self.connection.getsockname()[0], dict(self.headers)))
                outer.answers.get(self.path.split("?")[0], lambda h: send(h, 404, b"no"))(self)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # the other side hung up, which is what it should

        self.server = Server(("0.0.0.0", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def feed(self, path: str, text: str, etag: str | None = '"1"'):
        """A calendar with an ETag, given again only when it is another."""
        def answer(handler):
            if etag and handler.headers.get("If-None-Match") == etag:
                return send(handler, 304, b"", ETag=etag)
            send(handler, 200, text.encode(), **({"ETag": etag} if etag else {}))
        self.answers[path] = answer

    def seen(self, path: str) -> list[dict]:
        with self.lock:
            return [headers for at, _, headers in self.hits if at == path]

    def close(self):
        self.leaving.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def send(handler, status: int, body: bytes = b"", type: str = "text/calendar", length: int | None = None, **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", type)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def hang_up(handler):
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 9)


class WithDaemon(unittest.TestCase):
    """One daemon with the sample mission for all tests of a class; `client` may everything."""

    build = ""
    config = CONFIG

    @classmethod
    def setUpClass(cls):
        cls.elsewhere = Elsewhere()
        cls.addClassCleanup(cls.elsewhere.close)
        cls.daemon = cls.enterClassContext_(Daemon(cls.build, demo=True, config=cls.config))
        cls.client = cls.daemon.client()

    @classmethod
    def enterClassContext_(cls, context):
        value = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        return value

    # ---- subscriptions ---------------------------------------------------------------------------------------------

    def subscribe(self, url: str, client: Client | None = None, person: str = "p-g01", **more) -> dict:
        """Makes a subscription and waits for its first look."""
        client = client or self.client
        wish = {"person": person, "url": url, "kind": "ics", "consent": "said so on the phone", **more}
        made = client.post(AT, wish).expect(201).json()
        return self.looked(made["id"], 0, client)

    def looked(self, id: str, before: int, client: Client | None = None) -> dict:
        """The calendar after the look that follows `before` of them. Each answer comes from the strand the look runs on."""
        end = time.monotonic() + self.daemon.deadline
        while time.monotonic() < end:
            document = (client or self.client).get(f"{AT}/{id}").expect(200).json()
            if document["looks"] > before and not document["looking"]:
                return document
        raise AssertionError(f"no look at {document} came to its end:\n{self.daemon.log()[-3000:]}")

    def refresh(self, calendar: dict, client: Client | None = None) -> dict:
        (client or self.client).post(f"{AT}/{calendar['id']}/refresh").expect(202)
        return self.looked(calendar["id"], calendar["looks"], client)

    def busy(self, calendar: dict) -> list[dict]:
        return sorted(self.client.documents("busy_time", source=calendar["id"]), key=lambda t: t["starts"])

    def remove(self, calendar: dict):
        self.client.delete(f"{AT}/{calendar['id']}").expect(204)
        self.assertEqual(self.busy(calendar), [])

    def seq(self) -> int:
        return self.client.get("/api/v1/changes?since=999999999").expect(200).json()["seq"]

    def changes_since(self, seq: int) -> list[dict]:
        return self.client.get(f"/api/v1/changes?since={seq}&limit=1000").expect(200).json()["changes"]


def main():
    WithDaemon.build = sys.argv[1]
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
