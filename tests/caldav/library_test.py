# SPDX-License-Identifier: EUPL-1.2
"""What a program written with python-caldav sees, from its own discovery to scheduling."""

import datetime
import pathlib
import sys
import unittest

import caldav

from office import Office, event

BUILD = pathlib.Path()
UTC = datetime.timezone.utc
TODO = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDUE:202704{day:02}T120000Z\r\nSUMMARY:{uid}\r\n{more}"
        "END:VTODO\r\nEND:VCALENDAR\r\n")


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(BUILD)
        cls.office.__enter__()
        cls.addClassCleanup(cls.office.__exit__, None, None, None)

    def principal(self, user: str) -> caldav.Principal:
        return caldav.DAVClient(self.office.url + "/dav/", username=user, password=self.office.secrets[user]).principal()

    def setUp(self):
        self.ada = self.principal("ada")
        self.calendar = self.ada.make_calendar(name=self.id(), cal_id=self.id().replace(".", "-"))
        self.addCleanup(self.calendar.delete)

    def day(self, number: int) -> datetime.datetime:
        return datetime.datetime(2027, 4, number, tzinfo=UTC)

    def test_discovery(self):
        self.assertIn("/dav/principals/ada/", str(self.ada.url))
        names = {calendar.name for calendar in self.ada.calendars()}
        self.assertIn(self.id(), names)
        self.assertTrue(self.office.client("ada").ask("PROPFIND", "/.well-known/caldav", Depth="0").status in (207, 301, 302, 307, 308))

    def test_events_are_saved_found_changed_and_deleted(self):
        for number in range(1, 11):
            self.calendar.save_event(event(f"e{number}", number))
        self.assertEqual(len(self.calendar.events()), 10)
        self.assertEqual(len(self.calendar.date_search(self.day(3), self.day(6))), 3)
        found = self.calendar.event_by_uid("e4")
        found.data = event("e4", 20, "moved")
        found.save()
        self.assertEqual(len(self.calendar.date_search(self.day(3), self.day(6))), 2)
        self.assertIn("moved", self.calendar.event_by_uid("e4").data)
        found.delete()
        with self.assertRaises(caldav.error.NotFoundError):
            self.calendar.event_by_uid("e4")

    def test_recurrences_are_expanded(self):
        self.calendar.save_event(event("weekly", 1, "every week", "RRULE:FREQ=WEEKLY;COUNT=10\r\n"))
        whole = self.calendar.date_search(self.day(14), self.day(30), expand=False)
        self.assertEqual(len(whole), 1)
        expanded = self.calendar.date_search(self.day(14), self.day(30), expand=True)
        text = "".join(item.data for item in expanded)
        self.assertEqual(text.count("BEGIN:VEVENT"), 3)
        self.assertNotIn("RRULE", text)

    def test_tasks(self):
        self.calendar.save_todo(TODO.format(uid="one", day=3, more=""))
        self.calendar.save_todo(TODO.format(uid="two", day=4, more="STATUS:COMPLETED\r\nCOMPLETED:20270404T100000Z\r\n"))
        self.assertEqual([todo.vobject_instance.vtodo.uid.value for todo in self.calendar.todos()], ["one"])
        self.assertEqual(len(self.calendar.todos(include_completed=True)), 2)

    def test_free_busy(self):
        self.calendar.save_event(event("busy", 7))
        answer = self.calendar.freebusy_request(self.day(6), self.day(9))
        self.assertIn("20270407T080000Z/20270407T090000Z", answer.data)

    def test_sync_by_token(self):
        self.calendar.save_event(event("first", 1))
        objects = self.calendar.objects(load_objects=True)
        self.assertEqual(len(list(objects)), 1)
        self.calendar.save_event(event("second", 2))
        self.calendar.event_by_uid("first").delete()
        changed = list(self.calendar.objects_by_sync_token(sync_token=objects.sync_token))
        self.assertEqual(len(changed), 2)

    def test_a_calendar_carries_its_name(self):
        self.calendar.set_properties([caldav.dav.DisplayName("Präsidium")])
        self.assertEqual(self.calendar.get_properties([caldav.dav.DisplayName()])["{DAV:}displayname"], "Präsidium")

    def test_others_see_nothing(self):
        self.calendar.save_event(event("private", 1, "secret"))
        bob = caldav.DAVClient(self.office.url + "/dav/", username="bob", password=self.office.secrets["bob"])
        with self.assertRaises(caldav.error.NotFoundError):
            bob.calendar(url=self.calendar.url).events()
        self.assertNotIn(str(self.calendar.url), [str(calendar.url) for calendar in bob.principal().calendars()])

    def test_the_journal_is_the_log_of_nobody_else(self):
        self.calendar.save_event(event("logged", 1, "a private matter"))
        administrator = self.office.daemon.client()
        for target in ("/api/v1/changes", "/api/v1/export", "/api/v1/entities"):
            text = administrator.get(target).expect(200).text()
            self.assertNotIn("a private matter", text)
            self.assertNotIn("calendar_object", text)


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
