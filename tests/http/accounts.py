# SPDX-License-Identifier: EUPL-1.2
"""Who comes in by what, at a real daemon: app passwords of calendar clients, the use of links over a restart, and who read
care data."""

import base64
import pathlib
import sqlite3
import tempfile
import unittest

from ground import BUILD, HAMBURG, HttpCase
from kogge_daemon import Daemon


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


class CalendarClient(HttpCase):
    """What somebody does who sets up a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon.run("user", "add", "marloes", "--role", "planner", "--password-stdin", input="correct horse\n")
        cls.phone = cls.daemon.run("token", "create", "phone", "--user", "marloes").stdout.strip()

    def ask(self, method: str, target: str, headers: dict | None = None, body: bytes | None = None):
        return self.daemon.anonymous().request(method, target, body, headers)

    def test_the_host_name_and_an_app_password_are_enough(self):
        found = self.ask("PROPFIND", "/.well-known/caldav").expect(301)
        self.assertEqual(found.header("Location"), "/dav/")
        asked = self.ask("PROPFIND", "/dav/", {"Depth": "0"}, b"<propfind xmlns='DAV:'><allprop/></propfind>").expect(401)
        self.assertEqual(asked.header("WWW-Authenticate"), 'Basic realm="Kogge", charset="UTF-8"')
        for password in (self.phone, "correct horse"):
            self.assertEqual(self.ask("PROPFIND", "/dav/", {"Depth": "0", **basic("marloes", password)}).status, 207)
        self.assertEqual(self.ask("PROPFIND", "/dav/", {"Depth": "0", **basic("planner", self.phone)}).status, 401)

    def test_the_command_line_tells_who_a_user_is_and_when_a_token_was_used(self):
        person = self.client.documents("person")[0]["id"]
        self.daemon.run("user", "person", "marloes", person)
        self.assertIn(person, self.daemon.run("user", "list").stdout)
        self.assertIn("there is no person", self.daemon.run("user", "person", "marloes", "nobody-9", check=False).stderr)
        self.daemon.run("user", "person", "marloes")
        self.assertNotIn(person, self.daemon.run("user", "list").stdout)
        self.ask("GET", "/api/v1/entities", {"Authorization": "Bearer " + self.phone, "User-Agent": "phone/1"}).expect(200)
        self.assertIn("phone/1", self.daemon.run("token", "list").stdout)

    def test_no_secret_is_in_the_log(self):
        link = self.client.post(f"/api/v1/visits/{HAMBURG}/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()["url"]
        self.ask("GET", link).expect(200)
        self.ask("PROPFIND", "/dav/", basic("marloes", "a guess"))
        self.ask("PROPFIND", "/dav/", basic("marloes", self.phone))
        log = self.daemon.log()
        for secret in (self.phone, link.rsplit("/", 1)[1].removesuffix(".ics"), "a guess", "correct horse", base64.b64encode(f"marloes:{self.phone}".encode()).decode()):
            self.assertNotIn(secret, log)


class Restarted(unittest.TestCase):
    def test_what_was_counted_and_who_read_care_data_outlive_the_daemon(self):
        with tempfile.TemporaryDirectory(prefix="kogge-test-") as folder:
            with Daemon(BUILD, data=folder, demo=True) as daemon:
                client = daemon.client()
                link = client.post(f"/api/v1/visits/{HAMBURG}/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()
                for _ in range(3):
                    daemon.anonymous().get(link["url"], {"User-Agent": "DAVx5/4.4"}).expect(200)
                for route in ("manifest", "dietary", "rooming"):
                    client.get(f"/api/v1/visits/{HAMBURG}/{route}").expect(200)
                reader = client.post("/api/v1/tokens", {"name": "reader", "scopes": ["read"]}).expect(201).json()["token"]
                daemon.client(reader).get(f"/api/v1/visits/{HAMBURG}/manifest").expect(200)
            with Daemon(BUILD, data=folder) as daemon:
                daemon.anonymous().get(daemon.url + "/feeds/" + link["url"].rsplit("/", 1)[1], {"User-Agent": "iOS/17"}).expect(200)
                used = daemon.client().get(f"/api/v1/visits/{HAMBURG}/feeds").expect(200).json()["feeds"][0]["used"]
            self.assertEqual(sum(used["days"].values()), 4)
            self.assertEqual(used["client"], "iOS/17")

            (store,) = pathlib.Path(folder).glob("*.db")
            with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
                lists = db.execute("SELECT actor, entity, id FROM kogge_access WHERE entity LIKE 'GET %' ORDER BY entity").fetchall()
            self.assertEqual(lists, [("cli", "GET /api/v1/visits/{visit}/dietary", HAMBURG), ("cli", "GET /api/v1/visits/{visit}/manifest", HAMBURG)])


if __name__ == "__main__":
    unittest.main()
