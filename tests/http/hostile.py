# SPDX-License-Identifier: EUPL-1.2
"""What a daemon must refuse (hostile.toml): each input gets a problem document that says what is wrong, the daemon serves
on, and nothing stored has changed."""

import concurrent.futures
import contextlib
import http.client
import re
import select
import socket
import tomllib
import unittest

from ground import HAMBURG, HttpCase, ROOT, digest, seq_of
from kogge_daemon import Client, Reply

PASSWORD = "correct horse battery staple"


def inputs() -> list[dict]:
    with open(ROOT / "tests/http/hostile.toml", "rb") as file:
        return tomllib.load(file)["input"]


class Wire:
    """One connection for one request, written byte by byte as it stands."""

    def __init__(self, port: int, timeout: float = 60.0):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)

    def send(self, data: bytes):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was there: the answer says so

    def reply(self) -> Reply:
        response = http.client.HTTPResponse(self.socket)
        response.begin()
        return Reply(response.status, response.headers, response.read())

    def close(self):
        self.socket.close()


class Hostile(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.post("/api/v1/users", {"name": "ada", "password": PASSWORD, "role": "planner"}).expect(201)
        cls.session = cls.daemon.anonymous().sign_in("ada", PASSWORD)
        cls.tokens = {"nobody": None, "wrong": "0" * 43, "cookie": None, "planner": cls.daemon.token,
                      "reader": cls.token(["read"])[1], "revoked": cls.revoked()}
        cls.feeds = {person: cls.feed(person)[1] for person in ("p-g01", "p-g02")}
        id, cls.feeds["revoked"] = cls.feed("p-g03")
        cls.client.delete(f"/api/v1/tokens/{id}").expect(204)

    @classmethod
    def token(cls, scopes):
        made = cls.client.post("/api/v1/tokens", {"name": "test", "scopes": scopes}).expect(201).json()
        return made["id"], made["token"]

    @classmethod
    def revoked(cls):
        id, secret = cls.token(["read", "write"])
        with contextlib.closing(Client(cls.daemon.url, secret)) as client:
            client.get("/api/v1/entities/visit").expect(200)
        cls.client.delete(f"/api/v1/tokens/{id}").expect(204)
        return secret

    @classmethod
    def feed(cls, person):
        made = cls.client.post(f"/api/v1/visits/{HAMBURG}/feeds", {"scope": "person", "id": person, "lang": "nl"}).expect(201).json()
        return made["token_id"], re.search(r"/feeds/(.+)\.ics$", made["url"]).group(1)

    def filled(self, text: str, case: dict) -> str:
        def stand_in(found):
            what, rest = found.group(1), (found.group(2) or "").split()
            if what == "rev":
                return str(self.client.document(*rest)["rev"])
            if what == "feed":
                return self.feeds[rest[0]]
            raise KeyError(f"{case['name']}: <<{what}>>")
        text = re.sub(r"<<(\w+)((?: [^>]+)?)>>", stand_in, text)
        if "fill" in case:
            text = text.replace("@", case["fill"] * case["times"])
        return text.replace("#", case["close"] * case["times"]) if "close" in case else text

    def request(self, case: dict) -> bytes:
        if "raw" in case:
            return case["raw"].encode("latin-1")
        method, target = self.filled(case["send"], case).split(" ", 1)
        who = case.get("as", "planner")
        headers = {"Host": f"127.0.0.1:{self.daemon.port}", "Connection": "close"}
        if self.tokens[who]:
            headers["Authorization"] = "Bearer " + self.tokens[who]
        if who == "cookie":
            headers["Cookie"] = self.session.cookie
        body = case["bytes"].encode("latin-1") if "bytes" in case else self.filled(case["body"], case).encode() if "body" in case else None
        if body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        headers |= {name: self.filled(value, case) for name, value in case.get("headers", {}).items()}
        head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return head.encode() + b"\r\n" + (body or b"")

    def test_each_input_is_refused_and_leaves_no_trace(self):
        cases = inputs()
        self.assertGreaterEqual(len(cases), 80)
        self.assertEqual(len({case["name"] for case in cases}), len(cases), "a name stands twice")
        stored = seq_of(self.client), digest(self.client)
        for case in cases:
            before, stored = stored, None
            with self.subTest(input=case["name"]):
                try:
                    self.refused(case)
                finally:
                    self.assertTrue(self.daemon.alive(), self.daemon.log()[-2000:])
                    stored = seq_of(self.client), digest(self.client)
                self.assertEqual(stored, before, "something was written")
        self.assertNotIn("incident", self.daemon.log(), "an exception left a handler")

    def refused(self, case):
        wire = Wire(self.daemon.port)
        try:
            wire.send(self.request(case))
            self.problem(wire.reply(), tuple(case["status"]), case.get("field"))
            if "raw" in case:
                self.assertEqual(wire.socket.recv(1), b"", "a request the daemon cannot frame ends its connection: no second answer")
        finally:
            wire.close()

    def test_one_persons_token_shows_that_persons_calendar_alone(self):
        with contextlib.closing(self.daemon.anonymous()) as nobody:
            texts = {person: nobody.get(f"/feeds/{self.feeds[person]}.ics").expect(200).text() for person in ("p-g01", "p-g02")}
        self.assertNotEqual(*texts.values())

    def test_care_data_is_told_to_nobody_without_the_right(self):
        care = self.client.documents("person_care")[0]["id"]
        kept = self.client.document("person_care", care)
        self.assertTrue(kept["dietary"] or kept["accessibility"], "who has the right reads it")
        with contextlib.closing(Client(self.daemon.url, self.token(["read", "write"])[1])) as planner:
            stale = [{"op": "update", "entity": "person_care", "id": care, "rev": 4711, "fields": {"note": "x"}}]
            for reply in (planner.get(f"/api/v1/entities/person_care/{care}"), planner.get("/api/v1/entities/person_care"), planner.get("/api/v1/export"),
                          planner.get("/api/v1/changes?entity=person_care"), planner.apply("x", stale), self.client.get("/api/v1/entities/person_care"),
                          self.client.get("/api/v1/changes?entity=person_care")):
                self.assertNotRegex(reply.text(), '"(dietary|accessibility)":')

    def test_a_list_that_is_filtered_by_hostile_values_is_empty(self):
        for value in ("' or '1'='1", "\"; drop table visit; --", "%", "_", "\\", "null", "visit-hh-2027' --", "🚢" * 100):
            page = self.client.documents("programme_item", meal=value)
            self.assertEqual(page, [], value)

    def test_a_wrong_password_is_not_tried_for_ever(self):
        self.client.post("/api/v1/users", {"name": "target", "password": PASSWORD, "role": "reader"}).expect(201)
        with contextlib.closing(self.daemon.anonymous()) as nobody:
            statuses = [nobody.post("/api/v1/session", {"name": "target", "password": f"guess {n}"}).status for n in range(20)]
        self.assertIn(429, statuses)
        self.assertLessEqual(set(statuses), {401, 429})

    def test_who_trickles_a_head_is_cut_off_and_holds_up_nobody(self):
        wires = [Wire(self.daemon.port) for _ in range(40)]
        try:
            for wire in wires:
                wire.send(b"GET /api/v1/findings HTTP/1.1\r\nHost: kogge\r\nX-Slow: ")
            self.client.get("/api/v1/findings").expect(200)
            with concurrent.futures.ThreadPoolExecutor(len(wires)) as pool:
                for reply in pool.map(self.trickle, wires):
                    self.problem(reply, 408)
        finally:
            for wire in wires:
                wire.close()
        self.client.get("/api/v1/findings").expect(200)

    def trickle(self, wire: Wire) -> Reply:
        """A byte each half second until the daemon has had enough."""
        while not select.select([wire.socket], [], [], 0.5)[0]:
            wire.send(b"x")
        return wire.reply()


if __name__ == "__main__":
    unittest.main(verbosity=2)
