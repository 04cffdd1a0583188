# SPDX-License-Identifier: EUPL-1.2
"""The sample mission's golden results (tests/data/expected.json), as the running daemon tells them over HTTP."""

import collections
import json
import os
import unittest

from ground import BUILD, DEMO, DEMO_EXPORT, HAMBURG, HttpCase, LEVELS, Daemon, expected, scenario, seq_of


def findings_of(client, **query) -> list[str]:
    target = "/api/v1/findings" + "".join(f"?{name}={value}" for name, value in query.items())
    found = client.get(target).expect(200).json()["findings"]
    return sorted(f"{f['code']} {f['level']} {f['subject']}" for f in found)


def golden_findings() -> list[str]:
    return sorted(f"{f['code']} {LEVELS[f['level']]} {f['subject']}" for f in expected()["findings"])


def visits() -> list[str]:
    return [visit["id"] for visit in scenario()["visit"]]


def facts(export: dict) -> dict:
    """Without what tells when and in how many steps they came to be."""
    return {kind: [{name: value for name, value in document.items() if name not in ("rev", "updated", "updated_us")} for document in list]
            for kind, list in export["entities"].items()}


class Golden:
    """Every check is made of a daemon that took the scenario by POST /import, and of one that `kogge demo` filled."""

    def test_findings(self):
        self.assertEqual(findings_of(self.client), golden_findings())

    def test_findings_of_one_visit_are_those_of_all(self):
        everything = self.client.get("/api/v1/findings").json()["findings"]
        for visit in visits():
            wanted = sorted(f["key"] for f in everything if f["visit"] == visit)
            got = self.client.get(f"/api/v1/findings?visit={visit}").expect(200).json()["findings"]
            self.assertEqual(sorted(f["key"] for f in got if f["visit"]), wanted, visit)
            self.assertLessEqual({f["key"] for f in got}, {f["key"] for f in everything}, "besides, what is about its partner city")

    def test_each_finding_has_a_key_and_a_sentence_in_every_language(self):
        sentences = collections.defaultdict(dict)
        for language in ("nl", "de", "en"):
            for finding in self.client.get(f"/api/v1/findings?lang={language}").json()["findings"]:
                sentences[finding["key"]][language] = finding["text"]
        self.assertEqual(len(sentences), len(golden_findings()))
        for key, texts in sentences.items():
            self.assertEqual(sorted(texts), ["de", "en", "nl"], key)
            for text in texts.values():
                self.assertNotRegex(text, r"^$|[{}]|^finding\.", key)

    def test_delay(self):
        before = seq_of(self.client)
        proposal = self.client.post(f"/api/v1/visits/{HAMBURG}/delay", {"leg": "lg-02", "minutes": 30}).expect(200).json()
        got = [{"id": e["id"], "new_start": e["new_starts"][11:16], "new_end": e["new_ends"][11:16]} for e in proposal["entries"]]
        self.assertEqual(got, expected()["delay_lg02_plus30"])
        self.assertEqual(proposal["findings"], [])
        self.assertEqual(seq_of(self.client), before, "a proposal writes nothing")

    def test_language_gaps(self):
        gaps = self.client.get(f"/api/v1/visits/{HAMBURG}/language-gaps").expect(200).json()["gaps"]
        for gap in gaps.values():
            gap["persons"] = sorted(gap["persons"])
        self.assertEqual(gaps, expected()["language_gap"])

    def test_dietary_per_meal(self):
        meals = {}
        for visit in visits():
            meals.update(self.client.get(f"/api/v1/visits/{visit}/dietary").expect(200).json()["meals"])
        wanted = expected()["dietary_per_meal"]
        self.assertEqual(sorted(meals), sorted(wanted))
        for item in sorted(wanted):
            with self.subTest(meal=item):
                self.assertEqual(meals[item], wanted[item])

    def test_timeline(self):
        document = scenario()
        people = collections.defaultdict(set)
        for delegate in document["delegate"]:
            people[delegate["visit"], delegate["track"]].add(delegate["person"])
        for visit in visits():
            with self.subTest(visit=visit):
                self.compare_timeline(document, visit, people)

    def compare_timeline(self, document, visit, people):
        timeline = self.client.get(f"/api/v1/visits/{visit}/timeline").expect(200).json()
        wanted = {}
        for section, begin, end in (("programme_item", "start", "end"), ("transport_leg", "depart", "arrive")):
            for row in document[section]:
                if row["visit"] == visit:
                    who = set().union(*(people[visit, track] for track in row["audience"])) | set(row.get("outside_guests", []))
                    wanted[row["id"]] = (section, row[begin], row[end], row["status"], sorted(who))
        got = {e["id"]: (e["entity"], e["starts"].split("[")[0], e["ends"].split("[")[0], e["status"], sorted(e["people"]))
               for e in timeline["entries"]}
        self.assertEqual(got, wanted)
        self.assertEqual([e["starts"] for e in timeline["entries"] if "[" not in e["starts"]], [], "each time names its zone")
        named = {row["id"] for row in timeline["rows"]["people"]}
        self.assertLessEqual({person for entry in got.values() for person in entry[4]}, named, "whoever takes part has a row")

    def test_a_second_import_changes_nothing(self):
        before = seq_of(self.client)
        reply = self.client.post("/api/v1/import", scenario()).expect(200).json()
        self.assertEqual(reply["outcome"]["verdict"], "unchanged")
        self.assertEqual(seq_of(self.client), before)


class ImportedOverHttp(Golden, HttpCase):
    demo = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dry = cls.client.post("/api/v1/import?dry_run=1", DEMO.read_bytes()).expect(200).json()
        cls.dry, cls.after_dry = dry, cls.client.get("/api/v1/entities/visit").json()["items"]
        cls.imported = cls.client.post("/api/v1/import", DEMO.read_bytes()).expect(200).json()

    def test_the_dry_run_wrote_nothing_and_told_all(self):
        self.assertEqual(self.after_dry, [])
        self.assertEqual(self.dry["outcome"]["verdict"], "would_commit")
        self.assertEqual(self.dry["imported"], self.imported["imported"])

    def test_what_was_imported_is_counted(self):
        document, imported = scenario(), self.imported["imported"]
        for kind in ("visit", "city", "venue", "person", "organisation", "programme_item", "transport_leg", "vehicle", "accommodation", "task"):
            self.assertEqual(imported.get(kind), len(document[kind]), kind)
            self.assertEqual(len(self.client.documents(kind, limit="50")), len(document[kind]), kind)

    def test_what_nobody_took_is_named(self):
        self.assertEqual([name for name in self.imported["skipped"] if name.split(".")[0] not in scenario()], [])

    def test_an_export_is_taken_back(self):
        exported = self.client.get("/api/v1/export").expect(200)
        with Daemon(BUILD) as other:
            client = other.client()
            self.addCleanup(client.close)
            client.post("/api/v1/import", exported.content()).expect(200)
            self.assertEqual(findings_of(client), golden_findings())
            self.assertEqual(facts(client.get("/api/v1/export").json()), facts(exported.json()))


    def test_the_plugins_tests_stand_on_what_is_imported(self):
        """tests/data/demo_export.json, the world of their rules' tests. After a wanted change of the demo or of a noun, write it anew:
        KOGGE_WRITE_DEMO_EXPORT=1 and this test."""
        exported = {kind: [{name: value for name, value in document.items() if value is not None} for document in documents]
                    for kind, documents in facts(self.client.get("/api/v1/export").expect(200).json()).items()}
        if os.environ.get("KOGGE_WRITE_DEMO_EXPORT"):
            lists = ",\n".join(json.dumps(kind) + ": [\n" + ",\n".join(json.dumps(document, ensure_ascii=False) for document in documents) + "\n]"
                               for kind, documents in exported.items())
            DEMO_EXPORT.write_text('{"format": "kogge-export/1", "entities": {\n' + lists + "\n}}\n", encoding="utf-8")
        self.assertEqual(json.loads(DEMO_EXPORT.read_text(encoding="utf-8"))["entities"], exported)


class FilledByCommand(Golden, HttpCase):
    demo = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
