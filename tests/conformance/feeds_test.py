# SPDX-License-Identifier: EUPL-1.2
"""Feeds of a running daemon, read by what people subscribe with: libical, icalendar, khal and vdirsyncer.

    feeds_test.py BUILD [unittest arguments]"""

import datetime
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import icalendar  # noqa: E402
import kogge_daemon  # noqa: E402

BUILD = pathlib.Path()
HAMBURG, NIGHT = "visit-hh-2027", "visit-ol-dst"
LANGUAGES = ("nl", "de", "en")
REVISIONS = re.compile(rb"^(SEQUENCE|DTSTAMP|LAST-MODIFIED):.*\r\n", re.MULTILINE)


class Scenario:
    """Who is in what, by the scenario's own words."""

    def __init__(self):
        self.document = json.loads(kogge_daemon.DEMO.read_text(encoding="utf-8"))
        self.letters = {(row["visit"], row["person"]): row.get("track") or ""
                        for section in ("delegate", "counterpart") for row in self.document[section]}

    def uids(self, visit, take):
        out = {row["id"] + "@item.kogge" for row in self.document["programme_item"] if row["visit"] == visit and take(row)}
        return out | {row["id"] + "@leg.kogge" for row in self.document["transport_leg"]
                      if row["visit"] == visit and row["status"] != "fallback" and take(row)}

    def of_visit(self, visit):
        return self.uids(visit, lambda row: True)

    def of_track(self, visit, letter):
        return self.uids(visit, lambda row: letter in row["audience"])

    def of_vehicle(self, visit, vehicle):
        return self.uids(visit, lambda row: row.get("vehicle") == vehicle)

    def of_person(self, visit, person):
        letter = self.letters.get((visit, person), "")
        return self.uids(visit, lambda row: (letter and letter in row["audience"]) or person in row.get("outside_guests", ()))

    def at_venue(self, visit, venue):
        return self.uids(visit, lambda row: venue in (row.get("venue"), row.get("from_venue"), row.get("to_venue")))

    def of_late(self):
        """Visits that did not end more than a year ago: feeds of all visits forget them then."""
        oldest = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=364)
        return [row["id"] for row in self.document["visit"] if datetime.datetime.fromisoformat(row["end"]) > oldest]

    def of_office(self):
        return set().union(*(self.of_visit(visit) for visit in self.of_late()))

    def people(self):
        return [row["id"] for row in self.document["person"]]


class Link:
    def __init__(self, client, visit, scope, id=None, lang="nl", **more):
        self.what = f"{scope} {id or visit} {lang}"
        address = f"/api/v1/visits/{visit}/feeds" if visit else "/api/v1/feeds"
        reply = client.post(address, {"scope": scope, "lang": lang, **({"id": id} if id else {}), **more})
        document = reply.expect(200, 201).json()
        self.url, self.webcal, self.token_id = document["url"], document["webcal"], document["token_id"]


def libical(feed: bytes) -> dict:
    done = subprocess.run([BUILD / "bin/tests/read_ics"], input=feed, capture_output=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError("libical: " + done.stderr.decode())
    return json.loads(done.stdout)


def events(feed: bytes) -> dict:
    """By UID, as icalendar reads them."""
    out = {}
    for event in icalendar.Calendar.from_ical(feed).walk("VEVENT"):
        assert not event.errors, event.errors
        assert str(event["UID"]) not in out, event["UID"]
        out[str(event["UID"])] = event
    return out


class Feeds(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.scenario = Scenario()
        cls.daemon = kogge_daemon.Daemon(BUILD, demo=True)
        cls.daemon.__enter__()
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.client = cls.daemon.client()
        cls.subscriber = cls.daemon.anonymous()
        cls.addClassCleanup(cls.client.close)
        cls.addClassCleanup(cls.subscriber.close)
        cls.work = pathlib.Path(tempfile.mkdtemp(prefix="conformance-", dir=cls.daemon.data))
        cls.assigned = {"it-20@item.kogge", "it-11@item.kogge"}
        cls.client.apply("conformance", [
            {"op": "create", "entity": "interpreter_assignment", "fields": {"visit": HAMBURG, "item": uid.split("@")[0], "person": "p-i01"}}
            for uid in sorted(cls.assigned)], confirm=["*"]).expect(200)
        cls.driven = {"lg-04@leg.kogge"}
        leg = cls.client.document("transport_leg", "lg-04")
        cls.client.apply("driver", [{"op": "update", "entity": "transport_leg", "id": "lg-04", "rev": leg["rev"], "fields": {"driver": "p-i02"}}], confirm=["*"]).expect(200)
        cls.links = cls.every_link()

    @classmethod
    def every_link(cls):
        """Each scope in each language, with the UIDs it must show."""
        out = []
        for lang in LANGUAGES:
            for visit in (row["id"] for row in cls.scenario.document["visit"]):
                out.append((Link(cls.client, visit, "visit", None, lang), cls.scenario.of_visit(visit)))
            for letter in "ABCS":
                out.append((Link(cls.client, HAMBURG, "track", f"{HAMBURG}.{letter}", lang), cls.scenario.of_track(HAMBURG, letter)))
            for person in ("p-g01", "p-g20", "p-h01"):
                out.append((Link(cls.client, HAMBURG, "person", person, lang), cls.scenario.of_person(HAMBURG, person)))
            for vehicle in (row["id"] for row in cls.scenario.document["vehicle"]):
                out.append((Link(cls.client, HAMBURG, "vehicle", vehicle, lang), cls.scenario.of_vehicle(HAMBURG, vehicle)))
            out.append((Link(cls.client, HAMBURG, "interpreter", "p-i01", lang), cls.assigned))
            out.append((Link(cls.client, HAMBURG, "venue", "v-hh-hk", lang), cls.scenario.at_venue(HAMBURG, "v-hh-hk")))
            out.append((Link(cls.client, HAMBURG, "driver", "p-i02", lang), cls.driven))
        out.append((Link(cls.client, None, "office", None, "nl"), cls.scenario.of_office()))
        out.append((Link(cls.client, None, "person", "p-g01", "de"), set().union(*(cls.scenario.of_person(visit, "p-g01") for visit in cls.scenario.of_late()))))
        return out

    def fetch(self, link, **headers):
        reply = self.subscriber.get(link.url, headers).expect(200)
        self.assertEqual(reply.header("Content-Type"), "text/calendar; charset=utf-8")
        return reply

    def feed(self, link) -> bytes:
        return self.fetch(link).content()

    # ---- the readers ---------------------------------------------------------------------------------------------

    def test_every_feed_in_libical_and_icalendar(self):
        for link, wanted in self.links:
            with self.subTest(link.what):
                feed = self.feed(link)
                read = libical(feed)
                self.assertEqual({event["uid"] for event in read["events"]}, wanted)
                self.assertEqual(read["method"], "PUBLISH")
                self.assertTrue(read["name"])
                by_uid = events(feed)
                self.assertEqual(set(by_uid), wanted)
                for event in read["events"]:  # two readers, one meaning
                    other = by_uid[event["uid"]]
                    self.assertEqual(other["DTSTART"].dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), event["begins"])
                    self.assertEqual(other["DTEND"].dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), event["ends"])
                    self.assertEqual(int(other["SEQUENCE"]), event["sequence"])
                    self.assertEqual(str(other["SUMMARY"]), event["summary"])

    def test_lines_are_folded_between_characters(self):
        for link, _ in self.links:
            feed = self.feed(link)
            self.assertTrue(feed.endswith(b"END:VCALENDAR\r\n"))
            self.assertEqual(feed.count(b"\n"), feed.count(b"\r\n"))
            for line in feed.split(b"\r\n"):
                self.assertLessEqual(len(line), 75, link.what)
                line.decode("utf-8")

    def test_the_asked_language(self):
        for lang, title in (("nl", "Handelsmissie Hamburg 2027"), ("de", "Wirtschaftsdelegation Groningen in Hamburg 2027"),
                            ("en", "Trade mission to Hamburg 2027")):
            feed = self.feed(Link(self.client, HAMBURG, "visit", None, lang))
            self.assertEqual(libical(feed)["name"], title)
            texts = {row["id"]: row["title"][lang] for row in self.scenario.document["programme_item"]}
            for uid, event in events(feed).items():
                if uid.endswith("@item.kogge"):
                    self.assertEqual(str(event["SUMMARY"]), texts[uid.split("@")[0]])
                self.assertEqual(event["SUMMARY"].params.get("LANGUAGE"), lang)

    def test_two_zones_of_a_leg(self):
        leg = events(self.feed(Link(self.client, HAMBURG, "visit")))["lg-01@leg.kogge"]
        self.assertEqual(leg["DTSTART"].params["TZID"], "Europe/Amsterdam")
        self.assertEqual(leg["DTEND"].params["TZID"], "Europe/Berlin")
        self.assertEqual(leg["DTSTART"].to_ical(), b"20270421T072400")
        self.assertEqual(leg["DTEND"].to_ical(), b"20270421T082600")

    def test_the_night_the_clocks_change(self):
        feed = self.feed(Link(self.client, NIGHT, "visit"))
        night = events(feed)["dst-01@item.kogge"]
        utc = datetime.timezone.utc
        self.assertEqual(night["DTEND"].dt.astimezone(utc) - night["DTSTART"].dt.astimezone(utc), datetime.timedelta(minutes=450))
        (read,) = libical(feed)["events"]
        self.assertEqual((read["begins"], read["ends"]), ("2027-10-30T18:00:00Z", "2027-10-31T01:30:00Z"))
        khal = Khal(self.work / "night", {"night": self.vdir(feed, "night")})
        self.assertEqual(khal.list("night"), {"dst-01@item.kogge": ("2027-10-30 18:00", "2027-10-31 01:30")})

    def vdir(self, feed: bytes, name: str) -> pathlib.Path:
        """The feed's events in a folder, put there by `khal import`."""
        folder = self.work / f"vdir-{name}"
        folder.mkdir()
        file = self.work / f"{name}.ics"
        file.write_bytes(feed)
        Khal(self.work / f"import-{name}", {name: folder}).run("import", "--batch", "-a", name, str(file))
        return folder

    def test_khal_imports_every_scope(self):
        for number, (link, wanted) in enumerate(self.links):
            if not link.what.endswith(" de") or not wanted:
                continue
            with self.subTest(link.what):
                feed = self.feed(link)
                khal = Khal(self.work / f"khal-{number}", {"feed": self.vdir(feed, str(number))})
                read = {event["uid"]: (event["begins"], event["ends"]) for event in libical(feed)["events"]}
                self.assertEqual(khal.list("feed"), {uid: tuple(text[:16].replace("T", " ") for text in span) for uid, span in read.items()})

    def test_vdirsyncer_fetches_every_feed(self):
        syncer = Vdirsyncer(self.work / "vdirsyncer", {f"feed{n}": link.url for n, (link, _) in enumerate(self.links)})
        syncer.run("discover")
        syncer.run("sync")

        def content(event):  # of web calendars vdirsyncer trusts no UID: it names each event by its digest
            return (event["DTSTART"].to_ical(), event["DTEND"].to_ical(), str(event["SUMMARY"]), str(event.get("LOCATION", "")))
        for number, (link, wanted) in enumerate(self.links):
            files = list(syncer.folder(f"feed{number}").glob("*.ics"))
            found = [event for file in files for event in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
            self.assertEqual(sorted(map(content, found)), sorted(map(content, events(self.feed(link)).values())), link.what)
            self.assertEqual((len(files), len(found)), (len(wanted), len(wanted)), link.what)
        khal = Khal(self.work / "khal-synced", {"synced": syncer.folder("feed0")})
        self.assertEqual(len(khal.list("synced")), len(self.links[0][1]))

    # ---- what else stands in a feed --------------------------------------------------------------------------------

    def test_days_items_and_tasks(self):
        days = events(self.feed(Link(self.client, HAMBURG, "person", "p-g01", "de", detail="banner")))
        (banner,) = days.values()
        self.assertEqual((banner["DTSTART"].dt, banner["DTEND"].dt), (datetime.date(2027, 4, 21), datetime.date(2027, 4, 24)))
        self.assertEqual(str(banner["SUMMARY"]), "Wirtschaftsdelegation Groningen in Hamburg 2027")
        self.assertEqual(str(banner["TRANSP"]), "TRANSPARENT")
        whole = self.scenario.of_visit(HAMBURG)
        items = events(self.feed(Link(self.client, HAMBURG, "visit", detail="items")))
        self.assertEqual(set(items), {uid for uid in whole if uid.endswith("@item.kogge")})
        tasks = {row["id"] + "@task.kogge": row for row in self.scenario.document["task"] if row["visit"] == HAMBURG}
        full = events(self.feed(Link(self.client, HAMBURG, "visit", detail="tasks")))
        self.assertEqual(set(full), whole | set(tasks))
        for uid, row in tasks.items():
            self.assertEqual(full[uid]["DTSTART"].dt, datetime.date(2027, 4, 21) + datetime.timedelta(days=row["offset_days"]), uid)
        mine = events(self.feed(Link(self.client, HAMBURG, "person", "p-g05", detail="tasks")))
        self.assertEqual({uid for uid in mine if uid.endswith("@task.kogge")}, {uid for uid, row in tasks.items() if row["owner"] == "p-g05"})

    def test_days_and_alarms_in_khal(self):
        days = self.feed(Link(self.client, HAMBURG, "visit", detail="banner"))
        khal = Khal(self.work / "days", {"days": self.vdir(days, "days")})
        self.assertEqual(khal.list("days"), {f"{HAMBURG}@visit.kogge": ("2027-04-21 00:00", "2027-04-23 00:00")})
        feed = self.feed(Link(self.client, HAMBURG, "person", "p-g01", alarms_minutes=15))
        alarms = [alarm for event in events(feed).values() for alarm in event.walk("VALARM")]
        self.assertEqual(len(alarms), len(self.scenario.of_person(HAMBURG, "p-g01")))
        self.assertEqual({alarm["TRIGGER"].dt for alarm in alarms}, {datetime.timedelta(minutes=-15)})
        self.assertEqual(len({str(alarm["UID"]) for alarm in alarms}), len(alarms))
        self.assertEqual(len(libical(feed)["events"]), len(alarms))

    def test_places_and_colours(self):
        for link, wanted in self.links:
            calendar = icalendar.Calendar.from_ical(self.feed(link))
            for event in calendar.walk("VEVENT"):
                for place in event.subcomponents:
                    self.assertEqual(place.name, "VLOCATION")
                    self.assertTrue(str(place["UID"]).endswith("@venue.kogge"))
                    self.assertTrue(str(place["NAME"]))
                if event.subcomponents:
                    self.assertTrue(str(event["LOCATION"]).startswith(str(event.subcomponents[0]["NAME"])))
                self.assertRegex(str(event["COLOR"]), "^[a-z]+$")
                self.assertIn("CREATED", event)

    def test_the_name_of_a_feed_is_in_its_language(self):
        for lang, track, van in (("nl", "Deelprogramma A", "Minibus, 16 plaatsen"), ("de", "Teilgruppe A", "Kleinbus, 16 Plätze"), ("en", "Track A", "Minibus, 16 seats")):
            self.assertTrue(libical(self.feed(Link(self.client, HAMBURG, "track", f"{HAMBURG}.A", lang)))["name"].startswith(track + " · "))
            self.assertTrue(libical(self.feed(Link(self.client, HAMBURG, "vehicle", "veh-van16", lang)))["name"].startswith(van + " · "))

    def test_who_is_taken_out_is_told(self):
        link, other = Link(self.client, HAMBURG, "person", "p-h04", "de"), Link(self.client, HAMBURG, "person", "p-g01", "de")
        before, others = events(self.feed(link)), self.feed(other)
        (guest,) = [row for row in self.client.documents("participation") if row["item"] == "it-25" and row["person"] == "p-h04"]
        outcome = self.client.apply("not coming", [{"op": "delete", "entity": "participation", "id": guest["id"], "rev": guest["rev"]}], confirm=["*"]).expect(200).json()
        gone = events(self.feed(link))["it-25@item.kogge"]
        self.assertEqual(str(gone["STATUS"]), "CANCELLED")
        self.assertGreater(int(gone["SEQUENCE"]), int(before["it-25@item.kogge"]["SEQUENCE"]))
        self.assertEqual(self.feed(other), others)
        self.client.post(f"/api/v1/changes/{outcome['seq']}/undo").expect(200)
        back = events(self.feed(link))["it-25@item.kogge"]
        self.assertEqual(str(back["STATUS"]), "CONFIRMED")
        self.assertGreater(int(back["SEQUENCE"]), int(gone["SEQUENCE"]))

    # ---- the page ----------------------------------------------------------------------------------------------------

    def test_the_page_of_a_link(self):
        link = Link(self.client, HAMBURG, "person", "p-g01", "de")
        path = "/calendar/" + link.url.rsplit("/", 1)[1].removesuffix(".ics")
        for language, word in (("", "Abgesagtes"), ("/nl", "afgezegd"), ("/de", "Abgesagtes"), ("/en", "cancelled")):
            reply = self.subscriber.get(path + language).expect(200)
            page = reply.body.decode()
            self.assertIn(word, page)
            self.assertEqual(reply.header("Content-Type"), "text/html; charset=utf-8")
            self.assertEqual(reply.header("Cache-Control"), "no-store")
            self.assertEqual(reply.header("Referrer-Policy"), "no-referrer")
            self.assertIn("default-src 'none'", reply.header("Content-Security-Policy"))
            self.assertNotIn("<script", page)
            self.assertNotRegex(page, r"""(src|action)=|url\(|@import|<link|<iframe""", "nothing is fetched, so nothing is told")
            self.assertIn('href="webcal://', page)
            self.assertIn("<svg", page)
            for target in re.findall(r'href="(https?:[^"]*)"', page):
                self.assertTrue(target.startswith(("https://calendar.google.com/", "https://outlook.office.com/")), target)
        self.assertEqual(self.subscriber.get(path + "/fr").status, 404)
        self.client.delete("/api/v1/tokens/" + link.token_id).expect(200, 204)
        self.assertEqual(self.subscriber.get(path).status, 404)

    # ---- HTTP ----------------------------------------------------------------------------------------------------

    def test_unchanged_is_304_and_gzip_is_smaller(self):
        link = Link(self.client, HAMBURG, "visit")
        first = self.fetch(link)
        again = self.subscriber.get(link.url, {"If-None-Match": first.header("ETag")})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(self.subscriber.get(link.url, {"If-None-Match": '"something-else"'}).status, 200)
        packed = self.fetch(link, **{"Accept-Encoding": "gzip"})
        self.assertEqual(packed.header("Content-Encoding"), "gzip")
        self.assertLess(len(packed.body), len(first.body) / 3)
        self.assertEqual(gzip.decompress(packed.body), first.body)
        self.assertNotEqual(packed.header("ETag"), first.header("ETag"))
        head = self.subscriber.request("HEAD", link.url)
        self.assertEqual((head.status, head.body, head.header("ETag")), (200, b"", first.header("ETag")))

    def test_webcal_is_the_same_address(self):
        link = Link(self.client, HAMBURG, "visit")
        self.assertEqual(link.webcal, "webcal" + link.url[link.url.index(":"):])

    def test_a_revoked_link_is_gone_and_a_wrong_one_never_was(self):
        link = Link(self.client, HAMBURG, "person", "p-g01")
        etag = self.fetch(link).header("ETag")
        self.client.delete("/api/v1/tokens/" + link.token_id).expect(200, 204)
        for headers in ({}, {"If-None-Match": etag}):
            reply = self.subscriber.get(link.url, headers)
            self.assertEqual(reply.status, 404)
            self.assertEqual(reply.header("Content-Type"), "application/problem+json")
            self.assertNotIn(b"VCALENDAR", reply.body)
        for wrong in ("x" * 43, "..", "%00", link.token_id):
            self.assertIn(self.subscriber.get(f"/feeds/{wrong}.ics").status, (400, 404), wrong)

    def test_a_link_shows_its_own_calendar_and_no_other(self):
        one, other = Link(self.client, HAMBURG, "person", "p-g01"), Link(self.client, HAMBURG, "person", "p-g20")
        wanted = self.feed(one)
        self.assertNotEqual(wanted, self.feed(other))
        for query in ("?id=p-g20", "?scope=visit", "?visit=" + NIGHT, "?lang=de&person=p-g20"):
            reply = self.subscriber.get(one.url + query)
            self.assertEqual(reply.status, 400, query)
            self.assertNotIn(b"VCALENDAR", reply.body)
        token = one.url.rsplit("/", 1)[1].removesuffix(".ics")
        for target in ("/api/v1/entities/person", "/api/v1/changes"):
            self.assertEqual(self.daemon.client(token).get(target).status, 401, "a calendar link is no API token")
        self.assertIn(self.client.get(f"/feeds/{self.daemon.token}.ics").status, (404,), "an API token is no calendar link")

    # ---- change and undo -----------------------------------------------------------------------------------------

    def test_moving_an_item_reaches_its_participants_and_only_them(self):
        links = {person: Link(self.client, HAMBURG, "person", person, lang)
                 for person, lang in zip(self.scenario.people(), LANGUAGES * 100)}
        before = {person: self.feed(link) for person, link in links.items()}
        concerned = {person for person in links if "it-20@item.kogge" in self.scenario.of_person(HAMBURG, person)}
        self.assertTrue(4 < len(concerned) < len(links))
        item = self.client.document("programme_item", "it-20")
        outcome = self.move(item, 30)
        after = {person: self.feed(link) for person, link in links.items()}
        for person, link in links.items():
            old, new = events(before[person]), events(after[person])
            risen = {uid: int(event["SEQUENCE"]) - int(old[uid]["SEQUENCE"]) for uid, event in new.items() if event["SEQUENCE"] != old[uid]["SEQUENCE"]}
            self.assertEqual(risen, {"it-20@item.kogge": 1} if person in concerned else {}, link.what)
            if person not in concerned:
                self.assertEqual(after[person], before[person], link.what)
        self.client.post(f"/api/v1/changes/{outcome['seq']}/undo").expect(200)
        for person, link in links.items():
            self.assertEqual(REVISIONS.sub(b"", self.feed(link)), REVISIONS.sub(b"", before[person]), link.what)
            self.assertTrue(person in concerned or self.feed(link) == before[person], link.what)

    def move(self, item, minutes):
        def later(text):
            stamp, zone = text.rstrip("]").split("[")
            return (datetime.datetime.fromisoformat(stamp) + datetime.timedelta(minutes=minutes)).isoformat() + f"[{zone}]"
        return self.client.apply("move", [{"op": "update", "entity": "programme_item", "id": item["id"], "rev": item["rev"],
                                           "fields": {"starts": later(item["starts"]), "ends": later(item["ends"])}}], confirm=["*"]).expect(200).json()

    def test_a_deleted_item_is_cancelled_and_undo_brings_it_back(self):
        link = Link(self.client, HAMBURG, "person", "p-h04", "de")
        before = self.feed(link)
        item = self.client.document("programme_item", "it-25")
        outcome = self.client.apply("away", [{"op": "delete", "entity": "programme_item", "id": "it-25", "rev": item["rev"]}], confirm=["*"]).expect(200).json()
        gone = events(self.feed(link))["it-25@item.kogge"]
        old = events(before)["it-25@item.kogge"]
        self.assertEqual(str(gone["STATUS"]), "CANCELLED")
        self.assertGreater(int(gone["SEQUENCE"]), int(old["SEQUENCE"]))
        self.client.post(f"/api/v1/changes/{outcome['seq']}/undo").expect(200)
        after = self.feed(link)
        self.assertEqual(REVISIONS.sub(b"", after), REVISIONS.sub(b"", before))
        self.assertGreater(int(events(after)["it-25@item.kogge"]["SEQUENCE"]), int(gone["SEQUENCE"]))

    def test_another_visits_edit_leaves_the_kept_bytes_alone(self):
        link = Link(self.client, HAMBURG, "person", "p-g01", "de")
        etag = self.fetch(link).header("ETag")
        hits = self.cache_hits()
        outcome = self.move(self.client.document("programme_item", "dst-01"), 15)
        self.assertEqual(self.subscriber.get(link.url, {"If-None-Match": etag}).status, 304)
        self.assertEqual(self.cache_hits(), hits + 1)
        self.client.post(f"/api/v1/changes/{outcome['seq']}/undo").expect(200)

    def cache_hits(self) -> int:
        metrics = self.client.get("/metrics").expect(200).text()
        return int(re.search(r"^kogge_cache_hits_total (\d+)", metrics, re.MULTILINE).group(1))


class Khal:
    """khal with a configuration of its own; it shows times in UTC, so that what it says can be compared."""

    def __init__(self, home: pathlib.Path, calendars: dict[str, pathlib.Path]):
        home.mkdir(parents=True)
        self.environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home), "LC_ALL": "C.UTF-8"}
        self.config = home / "khal.conf"
        text = "[calendars]\n" + "".join(f"[[{name}]]\npath = {path}\n" for name, path in calendars.items())
        text += "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        text += "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        self.config.write_text(text + f"[sqlite]\npath = {home / 'khal.db'}\n", encoding="utf-8")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(["khal", "-c", str(self.config), *arguments], env=self.environment, capture_output=True, text=True, timeout=120)
        for sign in ("error", "warning", "critical", "Traceback"):
            assert sign not in done.stderr.lower(), done.stderr
        assert done.returncode == 0, done.stderr
        return done.stdout

    def list(self, calendar: str) -> dict[str, tuple[str, str]]:
        out = self.run("list", "-a", calendar, "--once", "--day-format", "", "--format", "{uid}|{start-long-full}|{end-long-full}", "2026-01-01", "1000d")
        return {uid: (begin, end) for uid, begin, end in (line.split("|") for line in out.splitlines() if line)}


class Vdirsyncer:
    """Subscribes to web addresses; each becomes a folder."""

    def __init__(self, home: pathlib.Path, urls: dict[str, str]):
        home.mkdir(parents=True)
        self.home = home
        parts = [f'[general]\nstatus_path = "{home}/status/"\n']
        for name, url in urls.items():
            parts.append(f'[pair {name}]\na = "{name}_here"\nb = "{name}_there"\ncollections = null\n'
                         f'[storage {name}_here]\ntype = "filesystem"\npath = "{self.folder(name)}"\nfileext = ".ics"\n'
                         f'[storage {name}_there]\ntype = "http"\nurl = "{url}"\n')
            self.folder(name).mkdir(parents=True)
        (home / "config").write_text("\n".join(parts), encoding="utf-8")

    def folder(self, name: str) -> pathlib.Path:
        return self.home / "calendars" / name

    def run(self, *arguments: str) -> None:
        done = subprocess.run(["vdirsyncer", "-c", str(self.home / "config"), *arguments], input="y\n" * 1000, capture_output=True, text=True,
                              env={**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}, timeout=240)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "error" not in (done.stdout + done.stderr).lower(), done.stdout + done.stderr


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
