# SPDX-License-Identifier: EUPL-1.2
"""Two weekly workflows of a protocol office, at the level of the API: an item is moved, a train is late. Each with what it
asks for first, whom it concerns, what the calendars of those and only those say afterwards, and the way back."""

import contextlib
import unittest

from feeds import Feed, changed, value
from ground import HAMBURG, HttpCase, digest, expected, moved, scenario, seq_of


def travellers(tracks: str = "ABCS") -> set[str]:
    return {d["person"] for d in scenario()["delegate"] if d["visit"] == HAMBURG and d["track"] in tracks}


class Office(HttpCase):
    """The planner's side, and a calendar for every subscriber of the mission."""

    def setUp(self):
        self.assertTrue(self.daemon.alive())

    def move(self, item: str, minutes: int) -> list[dict]:
        document = self.client.document("programme_item", item)
        return [{"op": "update", "entity": "programme_item", "id": item, "rev": document["rev"],
                 "fields": {"starts": moved(document["starts"], minutes), "ends": moved(document["ends"], minutes)}}]

    def subscribe(self, scope: str, id: str = "", lang: str = "nl") -> str:
        wanted = {"scope": scope, "lang": lang, **({"id": id} if id else {})}
        return self.client.post(f"/api/v1/visits/{HAMBURG}/feeds", wanted).expect(201).json()["url"]

    def subscribe_everybody(self) -> dict[str, str]:
        urls = {f"person {person}": self.subscribe("person", person) for person in sorted(travellers())}
        for track in self.client.documents("track", visit=HAMBURG):
            urls["track " + track["code"]] = self.subscribe("track", track["id"])
        for vehicle in self.client.documents("vehicle"):
            urls["vehicle " + vehicle["id"]] = self.subscribe("vehicle", vehicle["id"])
        for interpreter in ("p-i01", "p-i02", "p-i03"):
            urls["interpreter " + interpreter] = self.subscribe("interpreter", interpreter)
        for lang in ("nl", "de", "en"):
            urls["visit " + lang] = self.subscribe("visit", lang=lang)
        return urls

    def fetch(self, urls: dict[str, str]) -> dict[str, Feed]:
        with contextlib.closing(self.daemon.anonymous()) as nobody:
            return {name: Feed(nobody.get(url).expect(200).content()) for name, url in urls.items()}

    def affected(self, outcome: dict) -> set[str]:
        return {person["person"] for person in outcome["affected"]}

    def assert_same_but_counters(self, before: dict[str, Feed], after: dict[str, Feed]):
        for name in before:
            self.assertEqual(after[name].lasting(), before[name].lasting(), name)


class MoveAnItem(Office):
    def test_a_clash_is_refused_until_confirmed(self):
        stored, seq = digest(self.client), seq_of(self.client)
        change = self.move("it-15", 30)

        preview = self.client.apply("later", change, dry_run=True).expect(200).json()
        self.assertEqual([(f["code"], f["level"]) for f in preview["introduced"]], [("OVERLAP", "block_release")])
        clash = preview["introduced"][0]
        self.assertEqual({ref["id"] for ref in clash["refs"]}, {"it-15", "lg-15"})
        for language, track in (("en", "track A"), ("nl", "deelgroep A"), ("de", "Teilgruppe A")):
            text = self.client.post(f"/api/v1/changes?dry_run=1&lang={language}", {"reason": "later", "changes": change}).json()["introduced"][0]["text"]
            self.assertIn(track, text)
            self.assertIn("lg-15", text)
        self.assertEqual(self.affected(preview), travellers("A"))
        self.assertEqual((digest(self.client), seq_of(self.client)), (stored, seq), "a dry run writes nothing")

        refused = self.client.apply("later", change).expect(422)
        self.problem(refused, 422)
        self.assertEqual(refused.json()["verdict"], "needs_confirmation")
        self.assertEqual([f["key"] for f in refused.json()["introduced"]], [clash["key"]])
        self.client.apply("later", change, confirm=["OVERLAP|programme_item/it-14|transport_leg/lg-12"]).expect(422)
        self.assertEqual((digest(self.client), seq_of(self.client)), (stored, seq), "a refusal writes nothing")

        done = self.client.apply("later", change, confirm=[clash["key"]]).expect(200).json()
        self.assertEqual(done["verdict"], "committed")
        self.assertIn(clash["key"], {f["key"] for f in self.client.get("/api/v1/findings").json()["findings"]})

        undone = self.client.post(f"/api/v1/changes/{done['seq']}/undo").expect(200).json()
        self.assertEqual([f["key"] for f in undone["resolved"]], [clash["key"]])
        self.assertNotIn(clash["key"], {f["key"] for f in self.client.get("/api/v1/findings").json()["findings"]})

    def test_a_free_move_reaches_the_calendars_of_those_concerned_and_no_other(self):
        urls = self.subscribe_everybody()
        before = self.fetch(urls)
        change = self.move("it-20", 30)

        preview = self.client.apply("later", change, dry_run=True).expect(200).json()
        self.assertEqual([f["subject"] for f in preview["introduced"] if f["code"] != "INTERPRETERS"], [])
        self.assertEqual([f["subject"] for f in preview["shifted"] + preview["introduced"]], ["22 14:30-15:40"])
        self.assertEqual(self.affected(preview), travellers("A"))
        self.assertEqual({n: f.body for n, f in self.fetch(urls).items()}, {n: f.body for n, f in before.items()}, "a preview touches no calendar")

        done = self.client.apply("later", change).expect(200).json()
        after = self.fetch(urls)
        concerned = {f"person {person}" for person in travellers("A")} | {"track A", "visit nl", "visit de", "visit en"}
        for name in urls:
            with self.subTest(calendar=name):
                if name in concerned:
                    uid = before[name].uid_of("it-20")
                    self.assertEqual(changed(before[name], after[name]), {uid: 1})
                    self.assertIn("T143000", value(after[name].entries[uid], "DTSTART"))
                    self.assertGreaterEqual(value(after[name].entries[uid], "LAST-MODIFIED"), value(before[name].entries[uid], "LAST-MODIFIED"))
                else:
                    self.assertEqual(after[name].body, before[name].body)

        texts = self.client.get(f"/api/v1/visits/{HAMBURG}/texts?lang=de").expect(200).text()
        self.assertNotIn('"stale"', texts, "times only: no translation is out of date")

        self.undo_and_undo_that(done["seq"], urls, before, after)

    def undo_and_undo_that(self, seq, urls, before, after):
        preview = self.client.post(f"/api/v1/changes/{seq}/undo?dry_run=1").expect(200).json()
        self.assertEqual((preview["verdict"], seq_of(self.client)), ("would_commit", seq))
        undone = self.client.post(f"/api/v1/changes/{seq}/undo").expect(200).json()
        back = self.fetch(urls)
        self.assert_same_but_counters(before, back)
        uid = before["track A"].uid_of("it-20")
        self.assertEqual(back["track A"].sequence(uid), before["track A"].sequence(uid) + 2, "a calendar never counts backwards")
        self.assertEqual(back["track B"].body, before["track B"].body)

        again = self.client.post(f"/api/v1/changes/{undone['seq']}/undo").expect(200).json()
        self.assertEqual(again["verdict"], "committed")
        self.assert_same_but_counters(after, self.fetch(urls))
        self.client.post(f"/api/v1/changes/{again['seq']}/undo").expect(200)

    def test_undo_of_what_has_changed_since_is_a_conflict(self):
        first = self.client.apply("a", self.move("it-28", 5), confirm=["*"]).expect(200).json()
        second = self.client.apply("b", self.move("it-28", 5), confirm=["*"]).expect(200).json()
        refused = self.client.post(f"/api/v1/changes/{first['seq']}/undo")
        self.problem(refused, 409)
        self.assertIn(f"change {second['seq']}", refused.json()["detail"], "it says what is in the way")
        for seq in (second["seq"], first["seq"]):
            self.client.post(f"/api/v1/changes/{seq}/undo", {"confirm": ["*"]}).expect(200)
        self.assertEqual(self.client.document("programme_item", "it-28")["starts"][11:16], "09:30", "the newest first, both can be taken back")


class InsertAnItem(Office):
    def test_what_follows_shifts_as_far_as_the_slack_and_undo_brings_it_back(self):
        stored = digest(self.client)
        wanted = {"after": "it-14", "minutes": 10, "fields": {"title": {"text": "Groepsfoto", "language": "nl"}, "item_kind": "press"}}
        proposal = self.client.post(f"/api/v1/visits/{HAMBURG}/insert", wanted).expect(200).json()
        times = {entry["id"]: (entry["new_starts"][11:16], entry["new_ends"][11:16]) for entry in proposal["entries"]}
        new = proposal["entries"][0]["id"]
        self.assertEqual(times, {new: ("10:45", "10:55"), "lg-12": ("10:55", "11:10"), "it-15": ("11:10", "12:05")})
        self.assertEqual(digest(self.client), stored, "a proposal writes nothing")

        preview = self.client.post("/api/v1/changes?dry_run=1", proposal["change_set"]).expect(200).json()
        found = [(f["code"], f["subject"]) for f in preview["introduced"] if f["level"] != "note"]
        self.assertEqual(found, [("NOT_STEP_FREE", new)], "on board, where it-14 was, one of them cannot come; nothing else is in the way")
        confirm = [f["key"] for f in preview["introduced"]]
        done = self.client.post("/api/v1/changes", {**proposal["change_set"], "confirm": confirm}).expect(200).json()
        self.assertEqual(self.affected(done), travellers("A"))
        item = self.client.document("programme_item", new)
        self.assertEqual((item["venue"], item["tracks"], item["title"]["text"]), ("v-hh-landung", [f"{HAMBURG}.A"], "Groepsfoto"))

        self.client.post(f"/api/v1/changes/{done['seq']}/undo").expect(200)
        self.client.get(f"/api/v1/entities/programme_item/{new}").expect(404)
        self.assertEqual(self.client.document("programme_item", "it-15")["starts"][11:16], "11:05")


class LateTrain(Office):
    def test_a_late_train(self):
        assign = self.client.post(f"/api/v1/visits/{HAMBURG}/interpreters/assign", {}).expect(200).json()
        self.client.post("/api/v1/changes", {**assign["change_set"], "confirm": ["*"]}).expect(200)
        interpreters = {row["person"] for row in self.client.documents("interpreter_assignment") if row["item"] == "it-03"}
        self.assertEqual(len(interpreters), 2)
        urls = self.subscribe_everybody()
        before, stored = self.fetch(urls), digest(self.client)

        proposal = self.client.post(f"/api/v1/visits/{HAMBURG}/delay", {"leg": "lg-02", "minutes": 30}).expect(200).json()
        golden = [entry["id"] for entry in expected()["delay_lg02_plus30"]]
        self.assertEqual([entry["id"] for entry in proposal["entries"]], golden)
        preview = self.client.post("/api/v1/changes?dry_run=1", proposal["change_set"]).expect(200).json()
        self.assertEqual(self.affected(preview), travellers() | interpreters, "25 delegates and 2 interpreters are told")
        self.assertEqual([f["key"] for f in preview["introduced"] if f["level"] in ("block", "block_release")], [])
        self.assertEqual(digest(self.client), stored, "a preview writes nothing")

        done = self.client.post("/api/v1/changes", proposal["change_set"]).expect(200).json()
        self.assertEqual({change["id"] for change in done["changes"]}, set(golden))
        after = self.fetch(urls)
        driven = {leg["id"]: leg["vehicle"] for leg in scenario()["transport_leg"]}
        for name in urls:
            scope, of = name.split()
            wanted = golden if scope in ("person", "track", "visit") else [id for id in golden if driven.get(id) == of]
            if of in interpreters:
                wanted = ["it-03"]
            with self.subTest(calendar=name):
                self.assertEqual(changed(before[name], after[name]), {before[name].uid_of(id): 1 for id in wanted})
        plenary = before["visit en"].uid_of("it-04")
        self.assertEqual(after["visit en"].entries[plenary], before["visit en"].entries[plenary])

        self.client.post(f"/api/v1/changes/{done['seq']}/undo").expect(200)
        self.assert_same_but_counters(before, self.fetch(urls))

    def test_the_fallback_bus_takes_over(self):
        before = {leg: self.client.document("transport_leg", leg)["status"] for leg in ("lg-01", "lg-01f")}
        self.assertEqual(before, {"lg-01": "planned", "lg-01f": "fallback"})
        proposal = self.client.post(f"/api/v1/visits/{HAMBURG}/fallback", {"leg": "lg-01"}).expect(200).json()
        done = self.client.post("/api/v1/changes", proposal["change_set"]).expect(200).json()
        self.assertEqual({change["id"] for change in done["changes"]}, {"lg-01", "lg-01f"})
        self.assertGreaterEqual(self.affected(done), travellers())
        self.assertEqual([f for f in done["introduced"] if f["level"] != "note"], [])
        self.client.post(f"/api/v1/changes/{done['seq']}/undo").expect(200)
        self.assertEqual({leg: self.client.document("transport_leg", leg)["status"] for leg in before}, before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
