# SPDX-License-Identifier: EUPL-1.2
"""A daemon with two users, each with an app password as a calendar program has one."""

import base64
import contextlib
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import kogge_daemon  # noqa: E402

PASSWORD = "correct horse battery staple"


class Office(contextlib.AbstractContextManager):
    def __init__(self, build, demo: bool = False, users=("ada", "bob")):
        self.daemon = kogge_daemon.Daemon(build, demo=demo)
        self.users = users
        self.secrets: dict[str, str] = {}

    def __enter__(self) -> "Office":
        self.daemon.__enter__()
        for user in self.users:
            self.daemon.run("user", "add", user, "--role", "planner", "--password-stdin", input=PASSWORD + "\n")
            self.secrets[user] = self.daemon.run("token", "create", f"{user}'s telephone", "--user", user).stdout.split()[0]
        return self

    def __exit__(self, *error):
        return self.daemon.__exit__(*error)

    @property
    def url(self) -> str:
        return self.daemon.url

    def home(self, user: str) -> str:
        return f"{self.url}/dav/calendars/{user}/"

    def client(self, user: str) -> "Dav":
        return Dav(self.url, user, self.secrets[user])


class Dav:
    """Raw WebDAV requests of one user."""

    def __init__(self, url: str, user: str, secret: str):
        self.user = user
        self.http = kogge_daemon.Client(url)
        self.authorization = "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()

    def ask(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> kogge_daemon.Reply:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, str):
            body = body.encode()
        return self.http.request(method, path, body, {"Authorization": self.authorization, "Content-Type": "application/xml", **names})

    def put(self, path: str, body: bytes | str, **headers: str) -> kogge_daemon.Reply:
        return self.ask("PUT", path, body, Content_Type="text/calendar", **headers)

    def sync(self, path: str, token: str = "") -> tuple[str, list[str]]:
        """The new token and the hrefs it is about."""
        reply = self.ask("REPORT", path, '<D:sync-collection xmlns:D="DAV:"><D:sync-token>' + token + "</D:sync-token><D:sync-level>1</D:sync-level>"
                         "<D:prop><D:getetag/></D:prop></D:sync-collection>").expect(207)
        text = reply.text()
        return re.search("<D:sync-token>(.*?)</D:sync-token>", text)[1], re.findall("<D:href>(.*?)</D:href>", text)


def event(uid: str, day: int = 1, summary: str = "x", more: str = "") -> str:
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//test//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:202704{day:02}T080000Z\r\nDTEND:202704{day:02}T090000Z\r\nSUMMARY:{summary}\r\n{more}"
            "END:VEVENT\r\nEND:VCALENDAR\r\n")
