# SPDX-License-Identifier: EUPL-1.2
"""What the CalDAV server must refuse (hostile.toml): each gets a clear answer below 500, in bounded time, changes nothing and shows
nothing of anybody else's."""

import pathlib
import sys
import time
import tomllib
import unittest

from office import Office, event

BUILD = pathlib.Path()
CALENDAR = "/dav/calendars/ada/calendar/"
SECONDS = 60.0  # far above what any of them takes on a loaded machine; far below what an unbounded one does


def inputs() -> list[dict]:
    with open(pathlib.Path(__file__).with_name("hostile.toml"), "rb") as file:
        return tomllib.load(file)["input"]


def body_of(given: dict) -> bytes | None:
    body = given.get("body", "")
    if "fill" in given:
        body = body.replace("@", given["fill"] * given["times"]).replace("#", given.get("close", "") * given["times"])
    return body.encode("latin-1" if given.get("bytes") else "utf-8") if body else None


class Hostile(unittest.TestCase):
    def test_each_is_refused_and_nothing_changes(self):
        with Office(BUILD) as office:
            ada, bob = office.client("ada"), office.client("bob")
            ada.put(CALENDAR + "kept.ics", event("kept", 1, "kept")).expect(201)
            bob.put("/dav/calendars/bob/calendar/secret.ics", event("secret", 1, "very secret")).expect(201)
            token, _ = ada.sync(CALENDAR)
            listed = ada.ask("PROPFIND", "/dav/calendars/ada/", Depth="1").expect(207).body
            self.assertGreaterEqual(len(inputs()), 100)
            for given in inputs():
                with self.subTest(given["name"]):
                    method, target = given["send"].replace("~/", CALENDAR).split(" ", 1)
                    headers = {name.replace("-", "_"): value.replace("~/", CALENDAR) for name, value in given.get("headers", {}).items()}
                    begun = time.monotonic()
                    reply = ada.ask(method, target, body_of(given), **headers)
                    self.assertIn(reply.status, given["status"], reply.body[:400])
                    self.assertLess(time.monotonic() - begun, SECONDS)
                    self.assertNotIn(b"very secret", reply.body)
                    self.assertTrue(office.daemon.alive())
            self.assertEqual(ada.sync(CALENDAR, token)[1], [])
            self.assertEqual(ada.ask("PROPFIND", "/dav/calendars/ada/", Depth="1").expect(207).body, listed)
            self.assertIn(b"very secret", bob.ask("GET", "/dav/calendars/bob/calendar/secret.ics").expect(200).body)


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
