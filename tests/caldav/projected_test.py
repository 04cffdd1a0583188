# SPDX-License-Identifier: EUPL-1.2
"""The programme in a calendar program: what is moved there moves on the desk, under the same checks; who may only read only reads;
vdirsyncer and khal keep both in step.

    projected_test.py BUILD [unittest arguments]"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from office import PASSWORD, Office
from sync_test import Folder

BUILD = pathlib.Path()
VISIT = "visit-hh-2027"
HOME = "/dav/calendars/{}/"
PROGRAMME = "visit." + VISIT


def sequence(text: str, uid: str) -> int:
    """Of an event in a feed or a resource."""
    for event in text.split("BEGIN:VEVENT")[1:]:
        if f"UID:{uid}\r\n" in event:
            return int(re.search(r"SEQUENCE:(\d+)", event)[1])
    return -1


def moved(text: str, old: str, new: str) -> str:
    assert old in text, f"no {old} in {text}"
    return text.replace(old, new)


class Guests(Office):
    """Besides planners: a reader, and two who are somebody in the programme."""

    def __enter__(self):
        super().__enter__()
        for name, more in (("rik", []), ("wiebke", ["--person", "p-g01"]), ("host", ["--person", "p-h08"])):
            self.daemon.run("user", "add", name, "--role", "reader", *more, "--password-stdin", input=PASSWORD + "\n")
            self.secrets[name] = self.daemon.run("token", "create", f"{name}'s telephone", "--user", name, "--scope", "read").stdout.split()[0]
        return self


class Programme(unittest.TestCase):
    def setUp(self):
        self.office = Guests(BUILD, demo=True)
        self.office.__enter__()
        self.addCleanup(self.office.__exit__, None, None, None)
        self.api = self.office.daemon.client()
        self.ada = self.office.client("ada")

    def path(self, user: str, name: str = "", collection: str = PROGRAMME) -> str:
        return HOME.format(user) + collection + "/" + name

    def get(self, name: str, user: str = "ada", collection: str = PROGRAMME):
        return self.office.client(user).ask("GET", self.path(user, name, collection)).expect(200)

    def hrefs(self, user: str, path: str) -> list[str]:
        reply = self.office.client(user).ask("PROPFIND", path, '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/><D:current-user-privilege-set/></D:prop></D:propfind>', Depth="1")
        return re.findall("<D:href>([^<]*)</D:href>", reply.expect(207).text())

    def feeds(self) -> dict[str, str]:
        """Addresses of everybody's own calendar."""
        rows = self.api.get(f"/api/v1/visits/{VISIT}/timeline").json()["rows"]
        return {person["id"]: self.api.post(f"/api/v1/visits/{VISIT}/feeds", {"scope": "person", "id": person["id"], "lang": "nl"}).expect(201).json()["url"]
                for person in rows["people"]}

    def test_a_move_in_the_calendar_is_a_move_on_the_desk(self):
        feeds = self.feeds()
        before = {person: sequence(self.api.get(url).text(), "it-20@item.kogge") for person, url in feeds.items()}
        others = {person: self.api.get(url).content() for person, url in feeds.items() if before[person] < 0}
        reply = self.get("it-20.ics")
        text = moved(moved(reply.text(), "T140000", "T143000"), "T151500", "T154500")
        token, _ = self.ada.sync(self.path("ada"))
        done = self.ada.put(self.path("ada", "it-20.ics"), text, If_Match=reply.header("ETag")).expect(204)
        self.assertIsNone(done.header("ETag"))  # what is there now is not what was sent: SEQUENCE is ours
        item = self.api.document("programme_item", "it-20")
        self.assertEqual((item["starts"], item["ends"]), ("2027-04-22T14:30:00+02:00[Europe/Berlin]", "2027-04-22T15:45:00+02:00[Europe/Berlin]"))
        self.assertEqual(self.api.get(f"/api/v1/changes?entity=programme_item&id=it-20").json()["changes"][-1]["actor"].split(":")[0], "user")
        self.assertEqual(self.ada.sync(self.path("ada"), token)[1], [self.path("ada", "it-20.ics")])
        self.assertEqual(sequence(self.get("it-20.ics").text(), "it-20@item.kogge"), sequence(text, "it-20@item.kogge") + 1)
        in_it = {person for person, number in before.items() if number >= 0}
        self.assertTrue(0 < len(in_it) < len(feeds))
        for person, url in feeds.items():
            with self.subTest(person):
                feed = self.api.get(url)
                self.assertEqual(sequence(feed.text(), "it-20@item.kogge"), before[person] + 1 if person in in_it else -1)
                if person in others:
                    self.assertEqual(feed.content(), others[person])
        # An old copy is not written over what happened since.
        self.ada.put(self.path("ada", "it-20.ics"), text, If_Match=reply.header("ETag")).expect(412)

    def test_the_desk_moves_and_the_calendar_follows(self):
        token, _ = self.ada.sync(self.path("ada"))
        item = self.api.document("programme_item", "it-20")
        self.api.patch("/api/v1/entities/programme_item/it-20", {"starts": "2027-04-22T14:05:00+02:00[Europe/Berlin]"}, item["rev"]).expect(200)
        token, changed = self.ada.sync(self.path("ada"), token)
        self.assertEqual(changed, [self.path("ada", "it-20.ics")])
        self.assertIn("T140500", self.get("it-20.ics").text())
        self.assertEqual(self.ada.sync(self.path("ada"), token)[1], [])

    def test_what_the_checks_do_not_let_in_is_refused_by_name(self):
        reply = self.get("it-15.ics")
        text = moved(moved(reply.text(), "T110500", "T113500"), "T120500", "T123500")
        refused = self.ada.put(self.path("ada", "it-15.ics"), text, If_Match=reply.header("ETag")).expect(403)
        self.assertIn("lg-15", refused.text())
        self.assertIn("confirmation-needed", refused.text())
        self.assertEqual(self.api.document("programme_item", "it-15")["starts"], "2027-04-22T11:05:00+02:00[Europe/Berlin]")
        self.assertEqual(self.get("it-15.ics").body, reply.body)
        weekly = self.ada.put(self.path("ada", "it-20.ics"), moved(self.get("it-20.ics").text(), "STATUS:", "RRULE:FREQ=WEEKLY\r\nSTATUS:"))
        self.assertEqual(weekly.status, 403)
        self.assertIn("RRULE", weekly.text())

    def test_what_a_program_adds_is_its_users_own_and_stays(self):
        self.office.daemon.run("user", "add", "eva", "--role", "planner", "--password-stdin", input=PASSWORD + "\n")
        alarm = "X-MOZ-LASTACK:20270401T000000Z\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
        before = self.get("it-20.ics", "bob").body
        revision = self.api.document("programme_item", "it-20")["rev"]
        self.ada.put(self.path("ada", "it-20.ics"), moved(self.get("it-20.ics").text(), "END:VEVENT", alarm + "END:VEVENT")).expect(204)
        self.assertIn("X-MOZ-LASTACK:20270401T000000Z\r\n", self.get("it-20.ics").text())
        self.assertEqual(self.get("it-20.ics", "bob").body, before)
        self.assertEqual(self.api.document("programme_item", "it-20")["rev"], revision)
        self.office.daemon.run("item", "move", "it-20", "+5", "--yes")
        self.assertIn("TRIGGER:-PT15M", self.get("it-20.ics").text())
        self.assertNotIn(b"X-MOZ-LASTACK", self.api.get("/api/v1/export").body)

    def test_who_may_read_reads_and_who_is_elsewhere_sees_nothing(self):
        home = self.hrefs("wiebke", HOME.format("wiebke"))
        self.assertIn(HOME.format("wiebke") + "programme/", home)
        self.assertFalse([href for href in home if "visit." in href or "track." in href or "person." in href])
        own = self.hrefs("wiebke", self.path("wiebke", collection="programme"))
        self.assertTrue(any(href.endswith("/it-20.ics") for href in own))
        self.assertFalse(any(href.endswith("/it-21.ics") for href in own))  # track B's
        for collection in (PROGRAMME, f"track.{VISIT}.B", "person.p-g02"):
            self.office.client("wiebke").ask("GET", self.path("wiebke", "it-21.ics", collection)).expect(404)
            self.office.client("wiebke").ask("GET", self.path("ada", "it-21.ics", collection)).expect(403, 404)
        reply = self.get("it-20.ics", "rik")
        self.office.client("rik").put(self.path("rik", "it-20.ics"), moved(reply.text(), "T140000", "T141000")).expect(403)
        self.office.client("rik").ask("DELETE", self.path("rik", "it-20.ics")).expect(403)
        mine = self.get("it-20.ics", "wiebke", "programme")
        self.office.client("wiebke").put(self.path("wiebke", "it-20.ics", "programme"), moved(mine.text(), "T140000", "T141000")).expect(403)
        self.assertEqual(self.api.document("programme_item", "it-20")["starts"], "2027-04-22T14:00:00+02:00[Europe/Berlin]")
        # Who hosts one evening sees that evening, and nothing of another visit.
        seen = self.hrefs("host", self.path("host", collection="programme"))
        timeline = {row["id"]: row["people"] for row in self.api.get(f"/api/v1/visits/{VISIT}/timeline").json()["entries"]}
        names = {href.rsplit("/", 1)[1].removesuffix(".ics") for href in seen if href.endswith(".ics")}
        self.assertEqual({name for name in names if name in timeline}, {name for name, people in timeline.items() if "p-h08" in people})

    def test_a_new_event_and_a_deletion(self):
        made = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:7F2A@telephone.example\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270423T040000Z\r\n"
                "DTEND:20270423T043000Z\r\nSUMMARY:Ochtendoverleg\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        path = self.path("ada", "7F2A.ics")
        self.ada.put(path, made, If_None_Match="*").expect(201)
        item = self.api.document("programme_item", "7F2A")
        self.assertEqual((item["title"]["text"], item["status"], item["visit"]), ("Ochtendoverleg", "proposed", VISIT))
        self.assertIn("UID:7F2A@telephone.example\r\n", self.ada.ask("GET", path).expect(200).text())
        self.ada.put(self.path("ada", "copy.ics"), made).expect(403, 409)
        token, _ = self.ada.sync(self.path("ada"))
        self.ada.ask("DELETE", path).expect(204)
        self.ada.ask("GET", path).expect(404)
        self.assertEqual(self.ada.sync(self.path("ada"), token)[1], [path])
        self.api.get("/api/v1/entities/programme_item/7F2A").expect(404)
        self.ada.put(path, made).expect(201)  # the program undoes its deletion
        self.assertEqual(self.api.document("programme_item", "7F2A")["title"]["text"], "Ochtendoverleg")

    def test_vdirsyncer_and_khal_keep_both_sides_in_step(self):
        work = pathlib.Path(tempfile.mkdtemp(prefix="kogge-projected-"))
        self.addCleanup(shutil.rmtree, work, ignore_errors=True)
        folder = Folder(work / "sync", self.office.url + "/dav/", "ada", self.office.secrets["ada"])
        config = folder.home / "config"
        config.write_text(config.read_text(encoding="utf-8").replace('collections = ["calendar"]', f'collections = ["{PROGRAMME}"]'), encoding="utf-8")
        folder.files = folder.home / "files" / PROGRAMME
        folder.files.mkdir()
        folder.run("discover")
        folder.sync()
        by_uid = {re.search(rb"\r?\nUID:([^\r\n]*)", file.read_bytes().split(b"BEGIN:VEVENT")[1])[1].decode(): file for file in folder.files.glob("*.ics")}
        entries = self.api.get(f"/api/v1/visits/{VISIT}/timeline").json()["entries"]
        self.assertEqual(len(by_uid), sum(entry["status"] != "fallback" for entry in entries))

        file = by_uid["it-20@item.kogge"]
        file.write_bytes(moved(moved(file.read_bytes().decode(), "T140000", "T143000"), "T151500", "T154500").encode())
        self.khal(work, folder, "new", "-a", "work", "2027-04-23 18:00", "19:00", "Nabespreking")
        self.office.daemon.run("item", "move", "it-22", "+5", "--yes")
        folder.sync()
        folder.sync()
        self.assertIn("T14:30", self.api.document("programme_item", "it-20")["starts"])
        self.assertIn(b"SEQUENCE:1\r\n", file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        new = [item for item in self.api.documents("programme_item", visit=VISIT) if item["title"]["text"] == "Nabespreking"]
        self.assertEqual(len(new), 1)
        self.assertTrue(new[0]["starts"].startswith("2027-04-23T18:00"), new[0]["starts"])
        listed = self.khal(work, folder, "list", "--once", "--day-format", "", "--format", "{uid}|{start-time}|{title}", "2027-04-21", "3d")
        self.assertIn("it-20@item.kogge|14:30|", listed)
        self.assertIn("Nabespreking", listed)

        by_uid["it-22@item.kogge"].unlink()
        folder.sync()
        self.api.get("/api/v1/entities/programme_item/it-22").expect(404)

        file = by_uid["it-15@item.kogge"]
        file.write_bytes(moved(moved(file.read_bytes().decode(), "T110500", "T113500"), "T120500", "T123500").encode())
        self.assertIn("403", folder.run("sync", good=False))
        self.assertIn("T11:05", self.api.document("programme_item", "it-15")["starts"])

    def khal(self, work: pathlib.Path, folder: Folder, *arguments: str) -> str:
        config = work / "khal.conf"
        config.write_text(f"[calendars]\n[[work]]\npath = {folder.files}\n[sqlite]\npath = {work}/khal.db\n[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
                          "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n", encoding="utf-8")
        done = subprocess.run(["khal", "-c", str(config), *arguments], env={**os.environ, "HOME": str(work), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
