# SPDX-License-Identifier: EUPL-1.2
"""vdirsyncer between a folder and the daemon: 500 items, edits on both sides, deletions, conflicts; khal reads the result."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from office import Office, event

BUILD = pathlib.Path()
ITEMS = 500


class Folder:
    """A user's folder of calendar files, kept in step by vdirsyncer."""

    def __init__(self, home: pathlib.Path, url: str, user: str, secret: str, conflict: str = "null"):
        self.home, self.files = home, home / "files" / "calendar"
        self.files.mkdir(parents=True)
        (home / "config").write_text(
            f'[general]\nstatus_path = "{home}/status/"\n'
            f'[pair work]\na = "here"\nb = "there"\ncollections = ["calendar"]\nconflict_resolution = {conflict}\n'
            f'[storage here]\ntype = "filesystem"\npath = "{home}/files"\nfileext = ".ics"\n'
            f'[storage there]\ntype = "caldav"\nurl = "{url}"\nusername = "{user}"\npassword = "{secret}"\n', encoding="utf-8")

    def run(self, *arguments: str, good: bool = True) -> str:
        done = subprocess.run(["vdirsyncer", "-c", str(self.home / "config"), *arguments], input="y\n" * 10, capture_output=True, text=True,
                              env={**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}, timeout=240)
        text = done.stdout + done.stderr
        assert (done.returncode == 0) == good, text
        return text

    def sync(self) -> None:
        self.run("sync")

    def write(self, uid: str, text: str) -> None:
        (self.files / f"{uid}.ics").write_bytes(text.encode())

    def contents(self) -> dict[str, bytes]:
        return {file.stem: file.read_bytes() for file in self.files.glob("*.ics")}


class TwoWays(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(BUILD)
        cls.office.__enter__()
        cls.addClassCleanup(cls.office.__exit__, None, None, None)
        cls.work = pathlib.Path(tempfile.mkdtemp(prefix="kogge-sync-"))
        cls.addClassCleanup(shutil.rmtree, cls.work, ignore_errors=True)

    def folder(self, name: str, conflict: str = "null") -> Folder:
        folder = Folder(self.work / name, self.office.url + "/dav/", "ada", self.office.secrets["ada"], conflict)
        folder.run("discover")
        return folder

    def test_two_devices_and_the_daemon_agree(self):
        client = self.office.client("ada")
        path = "/dav/calendars/ada/calendar/"
        one = self.folder("one")
        for number in range(ITEMS):
            one.write(f"item-{number:03}", event(f"item-{number:03}", number % 28 + 1, f"Überprüfung {number}"))
        one.sync()
        two = self.folder("two")
        two.sync()
        self.assertEqual(len(two.contents()), ITEMS)
        # vdirsyncer names what it downloads by UID, and so did we; the bytes went up and came down as they were
        self.assertEqual(two.contents(), one.contents())

        for number in range(0, 20):  # edits on one side, on the other, and by the daemon's third client
            one.write(f"item-{number:03}", event(f"item-{number:03}", 2, f"edited at one {number}"))
        for number in range(20, 40):
            two.write(f"item-{number:03}", event(f"item-{number:03}", 3, f"edited at two {number}"))
        for number in range(40, 60):
            (one.files / f"item-{number:03}.ics").unlink()
        for number in range(60, 80):
            client.ask("DELETE", f"{path}item-{number:03}.ics").expect(204)
        for number in range(80, 100):
            client.put(f"{path}item-{number:03}.ics", event(f"item-{number:03}", 4, f"edited elsewhere {number}")).expect(204)
        for folder in (one, two, one, two):
            folder.sync()
        self.assertEqual(one.contents(), two.contents())
        self.assertEqual(len(one.contents()), ITEMS - 40)
        for uid, text in one.contents().items():
            self.assertEqual(client.ask("GET", f"{path}{uid}.ics").expect(200).body, text, uid)
        self.assertIn(b"edited at one 7", one.contents()["item-007"])
        self.assertIn(b"edited at two 27", one.contents()["item-027"])
        self.assertIn(b"edited elsewhere 87", one.contents()["item-087"])

        # both sides changed the same item: vdirsyncer says so, and decides when it is told how
        one.write("item-200", event("item-200", 5, "mine"))
        client.put(f"{path}item-200.ics", event("item-200", 5, "theirs")).expect(204)
        self.assertIn("item-200", one.run("sync", good=False))
        config = (one.home / "config").read_text(encoding="utf-8")
        (one.home / "config").write_text(config.replace("conflict_resolution = null", 'conflict_resolution = "a wins"'), encoding="utf-8")
        one.sync()
        self.assertIn(b"SUMMARY:mine", client.ask("GET", f"{path}item-200.ics").expect(200).body)

        self.khal_lists(one)

    def khal_lists(self, folder: Folder) -> None:
        config = self.work / "khal.conf"
        config.write_text(f"[calendars]\n[[work]]\npath = {folder.files}\n[sqlite]\npath = {self.work}/khal.db\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
                          "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n", encoding="utf-8")
        done = subprocess.run(["khal", "-c", str(config), "list", "--once", "--day-format", "", "--format", "{uid}|{title}", "2027-04-01", "30d"],
                              env={**os.environ, "HOME": str(self.work), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = dict(line.split("|", 1) for line in done.stdout.splitlines() if line)
        self.assertEqual(listed.keys(), folder.contents().keys())
        self.assertEqual(listed["item-027"], "edited at two 27")


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
