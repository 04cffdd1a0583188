# SPDX-License-Identifier: EUPL-1.2
"""Invitations of a running daemon, through real mail servers: what guests receive, as libical and icalendar read it, and
what becomes of the answers that Outlook, Google, Apple, Proton and Thunderbird send.

    invitations_test.py BUILD [unittest arguments]

One story in numbered scenes: each begins where the one before ended."""

import base64
import contextlib
import email
import email.policy
import http.client
import json
import pathlib
import re
import subprocess
import sys
import time
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "mail")]

import icalendar  # noqa: E402
import kogge_daemon  # noqa: E402
import servers  # noqa: E402

BUILD = pathlib.Path()
OFFICE = "protocol@example.nl"
VISIT = "/api/v1/visits/visit-hh-2027"
INVITATIONS = VISIT + "/invitations"
UID = "it-20@item.kogge"
DEADLINE = 120.0
CONFIG = """
[server]
public_url = "http://kogge.test"
[mail]
smtp_url = "smtp://127.0.0.1:{smtp}"
starttls = "never"
from = "{office}"
from_name = "Protocol Groningen"
imap_url = "imap://127.0.0.1:{imap}/INBOX"
imap_user = "office"
imap_password = "{password}"
poll_seconds = 1
[plugin.calendar]
tell_after_seconds = 2
"""


class Events:
    """The daemon's own stream: what a test waits for, instead of asking again and again."""

    def __init__(self, client):
        parts = urllib.parse.urlsplit(client.url)
        self.connection = http.client.HTTPConnection(parts.netloc, timeout=DEADLINE)
        self.connection.request("GET", "/api/v1/events", headers={"Authorization": "Bearer " + client.token})
        self.response = self.connection.getresponse()
        while self.response.readline().strip() != b"event: ready":
            pass

    def wait(self, entity, look):
        """What `look()` returns once it returns something; asked after each change of `entity`."""
        if found := look():
            return found
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            line = self.response.readline()
            if not line:
                break
            if line.startswith(b"data:") and f'"entity":"{entity}"'.encode() in line.replace(b" ", b""):
                if found := look():
                    return found
        raise AssertionError(f"no {entity} did what was waited for")

    def close(self):
        self.connection.close()


class Post:
    """The guests' mailboxes, all in one."""

    def __init__(self, smtp):
        self.smtp = smtp

    def take(self, enough):
        """Mails that arrived since the last call, as soon as `enough(list)` says they are all there."""
        found = []
        while not enough(found):
            found.append(self.smtp.next(DEADLINE).message)
        return found


def to(mail):
    return mail["To"].addresses[0].addr_spec


def calendar_part(mail):
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar")


def calendar_text(mail):
    part = calendar_part(mail)
    return part.get_payload(decode=True).decode("utf-8")


def by_libical(text):
    done = subprocess.run([BUILD / "bin/tests/read_ics"], input=text.encode(), capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def plain(mail):
    return mail.get_body(("plain",)).get_content()


class Story(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        smtp = cls.enterClassContext(servers.SmtpServer())
        cls.mailbox = cls.enterClassContext(servers.ImapServer())
        config = CONFIG.format(smtp=smtp.port, imap=cls.mailbox.port, password=cls.mailbox.password, office=OFFICE)
        cls.daemon = kogge_daemon.Daemon(BUILD, demo=True, config=config)
        cls.enterClassContext(cls.daemon)
        cls.client = cls.daemon.client()
        cls.events = Events(cls.client)
        cls.addClassCleanup(cls.events.close)
        cls.post = Post(smtp)

    # ---- hands ----
    def people_of(self, entry):
        told = self.client.get(f"{INVITATIONS}?id={entry}").expect(200).json()["people"]
        return {one["address"]: one["entries"][0] for one in told}

    def state(self, address, entry="it-20"):
        return self.people_of(entry)[address]

    def edit(self, item, **fields):
        rev = self.client.document("programme_item", item)["rev"]
        return self.client.apply("edit", [{"op": "update", "entity": "programme_item", "id": item, "rev": rev, "fields": fields}], ["*"]).expect(200).json()

    def move(self, begin, end):
        zone = "+02:00[Europe/Berlin]"
        return self.edit("it-20", starts=f"2027-04-22T{begin}:00{zone}", ends=f"2027-04-22T{end}:00{zone}")

    @contextlib.contextmanager
    def held(self):
        """Nobody is written to meanwhile, however slow this machine is; what is left of it is told at once afterwards."""
        self.client.post(INVITATIONS, {"on": False}).expect(200)
        yield
        self.client.post(INVITATIONS, {"on": True}).expect(200)

    def all_written(self, entry):
        people = set(self.people_of(entry))
        return lambda mails: people <= {to(mail) for mail in mails}

    def send(self, style, address, *, sequence=None, reference="none@example.org", sender=None, again=""):
        """Puts an answer in the style of some program into the office's mailbox."""
        entry = self.state(address)
        unique = base64.b32encode(f"{style}{address}{sender}{sequence}{again}".encode()).decode().rstrip("=").lower()
        values = {"name": "Anna Muster", "from": sender or address, "office": OFFICE, "uid": UID, "subject": "Rondetafel", "id": unique,
                  "sequence": str(entry["sequence"] if sequence is None else sequence), "reference": reference}
        fill = lambda text: re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], text)  # noqa: E731
        beside = HERE / "replies" / f"{style}.ics"
        if beside.exists():
            values["calendar64"] = base64.encodebytes(fill(beside.read_text()).replace("\n", "\r\n").encode()).decode()
        text = fill((HERE / "replies" / f"{style}.eml").read_text())
        message_id = text.split("Message-ID: <", 1)[1].split(">", 1)[0]
        self.mailbox.put(text.replace("\r\n", "\n").replace("\n", "\r\n").encode())
        done = self.events.wait("incoming_mail", lambda: next((m for m in self.client.documents("incoming_mail") if m["message_id"] == message_id and m["state"] != "fresh"), None))
        return done["state"], done["note"]

    # ---- the story ----
    def test_1_nobody_hears_anything_before_staff_say_so(self):
        preview = self.client.post(INVITATIONS, {"dry_run": True}).expect(200).json()
        self.assertFalse(preview["on"])
        self.assertGreater(preview["mails"], 25)
        self.assertEqual(self.client.documents("outgoing_mail"), [])

    def test_2_switched_on_everybody_gets_what_concerns_them(self):
        said = self.client.post(INVITATIONS, {}).expect(200).json()
        expected = {one["address"]: len(one["mails"]) for one in said["people"] if one["mails"]}
        mails = self.post.take(lambda some: len(some) >= said["mails"])
        got = {}
        for mail in mails:
            got[to(mail)] = got.get(to(mail), 0) + 1
            self.assertEqual(mail["From"].addresses[0].addr_spec, OFFICE)
            text = calendar_text(mail)
            libical = by_libical(text)
            read = icalendar.Calendar.from_ical(text)
            events = list(read.walk("VEVENT"))
            self.assertEqual(sorted(str(e["UID"]) for e in events), sorted(e["uid"] for e in libical["events"]))
            if len(events) == 1 and libical["method"] == "REQUEST":
                self.assertEqual(str(events[0]["ATTENDEE"]).lower(), "mailto:" + to(mail))
            else:
                self.assertEqual(libical["method"], "PUBLISH")
                self.assertNotIn("ATTENDEE", text)
        self.assertEqual(got, expected)

    def test_3_a_move_is_written_to_its_people_only(self):
        people = set(self.people_of("it-20"))
        self.move("14:30", "15:45")
        mails = self.post.take(self.all_written("it-20"))
        self.assertEqual(sorted(map(to, mails)), sorted(people))
        link = self.client.post(VISIT + "/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()
        feed = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(self.client.get(link["url"]).content()).walk("VEVENT")}
        for mail in mails:
            self.assertEqual(mail.get_content_type(), "multipart/alternative")
            self.assertEqual(calendar_part(mail).get_param("method"), "REQUEST")
            event = next(iter(icalendar.Calendar.from_ical(calendar_text(mail)).walk("VEVENT")))
            self.assertEqual(event["SEQUENCE"], 1)
            self.assertEqual((event["UID"], event["SEQUENCE"], event["DTSTART"].to_ical()), (feed[UID]["UID"], feed[UID]["SEQUENCE"], feed[UID]["DTSTART"].to_ical()))
            self.assertEqual(str(event["ORGANIZER"]), "mailto:" + OFFICE)
        dutch = next(mail for mail in mails if to(mail) == "p-g01@example.org")
        self.assertIn("14:00–15:15 → donderdag 22 april 2027, 14:30–15:45", plain(dutch))

    def test_4_what_is_undone_before_it_was_told_is_told_to_nobody(self):
        with self.held():
            done = self.move("16:00", "17:00")
            self.client.post(f"/api/v1/changes/{done['seq']}/undo", {"confirm": ["*"]}).expect(200)
            self.edit("it-15", dress_code="dark suit")
        mails = self.post.take(self.all_written("it-15"))
        self.assertEqual([mail["Subject"] for mail in mails if "it-20" in calendar_text(mail)], [])

    def test_5_thirty_changes_are_one_digest_each(self):
        items = [row for row in self.client.documents("programme_item", visit="visit-hh-2027") if row["status"] == "confirmed"][:30]
        self.assertEqual(len(items), 30)
        storm = [{"op": "update", "entity": "programme_item", "id": row["id"], "rev": row["rev"], "fields": {"dress_code": "rubber boots"}} for row in items]
        with self.held():
            self.client.apply("storm", storm, ["*"]).expect(200)
            everybody = {one["address"]: sum(1 for e in one["entries"] if e["due"]) for one in self.client.get(INVITATIONS).json()["people"]}
        expected = {address: 1 if count >= 4 else count for address, count in everybody.items() if count and address}
        mails = self.post.take(lambda some: len(some) >= sum(expected.values()))
        got = {}
        for mail in mails:
            got[to(mail)] = got.get(to(mail), 0) + 1
        self.assertEqual(got, expected)
        self.assertEqual(got["p-g01@example.org"], 1)

    def test_6_answers_of_the_usual_programs(self):
        addresses = sorted(self.people_of("it-20"))
        for (style, answer), address in zip({"exchange": "accepted", "google": "declined", "google_attachment": "accepted", "apple": "tentative",
                                             "proton": "accepted", "thunderbird": "declined"}.items(), addresses):
            with self.subTest(style):
                self.assertEqual(self.send(style, address)[0], "taken")
                self.assertEqual(self.state(address)["answer"], answer)
        self.assertEqual(self.state(addresses[1])["comment"], "In a meeting")

    def test_7_only_who_was_asked_answers_and_only_what_was_asked(self):
        address = sorted(self.people_of("it-20"))[0]
        state, note = self.send("thunderbird", address, sender="stranger@example.com")
        self.assertEqual(state, "ignored")
        self.assertIn("stranger@example.com was not invited", note)
        state, note = self.send("thunderbird", address, sequence=0)
        self.assertEqual(state, "taken")
        self.assertIn("not counted", note)
        self.assertEqual(self.state(address)["answer"], "accepted")

    def test_8_the_page_of_a_mail(self):
        address = sorted(self.people_of("it-20"))[0]
        self.move("14:00", "15:15")
        mail = next(m for m in self.post.take(self.all_written("it-20")) if to(m) == address)
        self.assertEqual(self.state(address)["answer"], "none")  # other times: asked again
        url = re.search(r"http://kogge\.test/reply/[a-z2-7]{26}", plain(mail)).group(0)
        guest = self.daemon.anonymous()
        before = self.client.document("invitation", self.state(address)["invitation"])
        for _ in range(3):  # a scanner, a preview, a person
            page = guest.get(url).expect(200).text()
        self.assertEqual(self.client.document("invitation", before["id"]), before)
        asked = re.search(r'name="asked0" value="(\d+)"', page).group(1)
        form = urllib.parse.urlencode({"answer0": "declined", "asked0": asked, "comment0": "Zug fällt aus"}).encode()
        done = guest.request("POST", url + "?", form, {"Content-Type": "application/x-www-form-urlencoded"}).expect(303)  # as action="?" has it
        self.assertIn("Zug fällt aus", guest.get(url + done.header("Location")).expect(200).text())
        told = self.state(address)
        self.assertEqual((told["answer"], told["answered_by"], told["comment"]), ("declined", "page", "Zug fällt aus"))
        self.assertNotIn(url.rsplit("/", 1)[1], self.daemon.log())
        guest.get(url[:-1]).expect(404)

    def test_9_a_proposed_time_there_and_back(self):
        address = sorted(self.people_of("it-20"))[1]
        self.assertEqual(self.send("outlook_counter", address)[0], "taken")
        target = f"{INVITATIONS}/{self.state(address)['invitation']}/decision"

        def decide(**wanted):
            changes = self.client.post(target, {"about": "counter", **wanted}).expect(200).json()["change_set"]
            self.client.post("/api/v1/changes", {**changes, "confirm": ["*"]}).expect(200)

        decide(accept=False, comment="the room is taken")
        mail, = self.post.take(len)
        self.assertEqual(calendar_part(mail).get_param("method"), "DECLINECOUNTER")
        self.assertEqual(to(mail), address)
        self.assertEqual(by_libical(calendar_text(mail).replace("END:VEVENT", "DTSTART:20270422T120000Z\r\nEND:VEVENT"))["method"], "DECLINECOUNTER")

        self.assertEqual(self.send("outlook_counter", address, again="2")[0], "taken")
        decide(accept=True)
        mails = self.post.take(self.all_written("it-20"))
        moved = [event for mail in mails for event in icalendar.Calendar.from_ical(calendar_text(mail)).walk("VEVENT") if event["UID"] == UID]
        self.assertEqual({event["DTSTART"].dt.strftime("%H:%M") for event in moved}, {"14:30"})

    def test_a_machines_are_not_answered(self):
        address = sorted(self.people_of("it-20"))[0]
        state, note = self.send("out_of_office", address)
        self.assertEqual(state, "ignored")
        self.edit("it-15", dress_code="whatever")
        mails = self.post.take(self.all_written("it-15"))
        self.assertEqual([m["Subject"] for m in mails if "it-15" not in calendar_text(m)], [])

    def test_b_a_late_train_is_told_likewise(self):
        leg = self.client.document("transport_leg", "lg-01")
        late = {"status": "delayed", "departs": "2027-04-21T07:44:00+02:00[Europe/Amsterdam]", "arrives": "2027-04-21T08:46:00+02:00[Europe/Amsterdam]"}
        with self.held():
            self.client.apply("late", [{"op": "update", "entity": "transport_leg", "id": "lg-01", "rev": leg["rev"], "fields": late}], ["*"]).expect(200)
            told = self.client.get(f"{INVITATIONS}?entity=transport_leg&id=lg-01").json()["people"]
        self.assertEqual({one["entries"][0]["due"] for one in told}, {"update"})
        people = {one["address"] for one in told}
        mails = self.post.take(lambda some: people <= {to(mail) for mail in some})
        self.assertEqual({to(mail) for mail in mails}, people)
        dutch = next(mail for mail in mails if to(mail) == "p-g01@example.org")
        self.assertIn("07:24–08:26 → woensdag 21 april 2027, 07:44–08:46", plain(dutch))
        self.assertIn("bevestigd → vertraagd", plain(dutch))
        self.assertIn("UID:lg-01@leg.kogge", calendar_text(dutch))

    def test_c_what_changed_before_a_stop_is_told_after_the_start(self):
        self.edit("it-15", dress_code="black tie")
        people = set(self.people_of("it-15"))
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.start()
        type(self).client = self.daemon.client()
        mails = self.post.take(lambda some: people <= {to(mail) for mail in some})
        self.assertEqual(sorted(map(to, mails)), sorted(people))  # and nothing that was told before


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2, failfast=True)
