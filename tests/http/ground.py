# SPDX-License-Identifier: EUPL-1.2
"""What the checks of this folder stand on: a daemon with the sample mission in it, and the golden results."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from kogge_daemon import Client, Daemon, DEMO  # noqa: E402

DEMO_EXPORT = ROOT / "tests/data/demo_export.json"
BUILD = pathlib.Path(os.environ.get("KOGGE_TEST_BUILD", ROOT / "build/dev")).resolve()
HAMBURG = "visit-hh-2027"
LEVELS = {"error": "block_release", "warning": "warn", "info": "note"}  # expected.json's words and ours


def scenario() -> dict:
    return json.loads(DEMO.read_text(encoding="utf-8"))


def expected() -> dict:
    return json.loads((ROOT / "tests/data/expected.json").read_text(encoding="utf-8"))


def seq_of(client: Client) -> int:
    return client.get("/api/v1/changes?since=999999999&limit=1").expect(200).json()["seq"]


def digest(client: Client) -> str:
    """Of everything stored, as far as an export tells it."""
    return hashlib.sha256(client.get("/api/v1/export").expect(200).content()).hexdigest()


def moved(time: str, minutes: int) -> str:
    """An RFC 9557 time so many minutes later on the same clock."""
    import datetime
    text, zone = time.split("[", 1)
    return (datetime.datetime.fromisoformat(text) + datetime.timedelta(minutes=minutes)).isoformat() + "[" + zone


class HttpCase(unittest.TestCase):
    """A daemon for the checks of one class. `demo`: the sample mission is in it before it serves."""

    demo = True
    maxDiff = None
    daemon: Daemon
    client: Client

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(BUILD, demo=cls.demo)
        cls.enterClassContext(cls.daemon)
        cls.client = cls.daemon.client()
        cls.addClassCleanup(cls.client.close)

    def problem(self, reply, status: int | tuple[int, ...], field: str | None = None) -> dict:
        """The reply is a problem document of that status, and names the field that is to blame."""
        wanted = status if isinstance(status, tuple) else (status,)
        said = reply.body[:600].decode("utf-8", "replace")
        self.assertIn(reply.status, wanted, said)
        self.assertTrue((reply.header("Content-Type") or "").startswith("application/problem+json"), reply.header("Content-Type"))
        document = reply.json()
        self.assertEqual(document["status"], reply.status)
        self.assertTrue(document["title"] and document["detail"] and "type" in document, said)
        if field is not None:
            self.assertEqual(document.get("field"), field, said)
        return document
