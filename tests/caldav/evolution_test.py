# SPDX-License-Identifier: EUPL-1.2
"""Evolution's own calendar service (evolution-data-server) with a Kogge account: what is here it shows, what is written there is here,
and a programme item moved there has moved on the desk.

    evolution_test.py BUILD [unittest arguments]

Starts itself again under a D-Bus session of its own with an empty home, so nobody's real Evolution is touched."""

import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import gi

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, GLib, ICalGLib  # noqa: E402

from office import Office, event  # noqa: E402

BUILD = pathlib.Path()
SECONDS = 60  # until Evolution must have done a thing
OWN = "/dav/calendars/ada/evolution/"
PROGRAMME = "/dav/calendars/ada/visit.visit-hh-2027/"


def account(registry, office: Office, user: str, path: str):
    """A source as Evolution's dialog makes it: a CalDAV calendar with name and app password."""
    uid = "kogge-" + re.sub(r"\W", "-", path)
    source = EDataServer.Source.new_with_uid(uid, None)
    source.set_display_name("Kogge")
    source.set_parent("caldav-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("caldav")
    address = urllib.parse.urlsplit(office.url)
    login = source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION)
    login.set_host(address.hostname)
    login.set_port(address.port)
    login.set_user(user)
    login.set_method("plain/password")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_resource_path(path)
    source.get_extension(EDataServer.SOURCE_EXTENSION_SECURITY).set_secure(False)
    source.get_extension(EDataServer.SOURCE_EXTENSION_OFFLINE).set_stay_synchronized(True)
    registry.commit_source_sync(source, None)
    return registry.ref_source(uid)


class Calendar:
    """Opened, and waited for without sleeping: the main loop ends when Evolution says that it is done."""

    def __init__(self, source, office: Office, user: str):
        self._source = source
        self._source.connect("credentials-required", self._sign_in, user, office.secrets[user])
        self.client = self._wait(lambda done: ECal.Client.connect(self._source, ECal.ClientSourceType.EVENTS, SECONDS, None, done), ECal.Client.connect_finish)

    def refresh(self) -> "Calendar":
        self._wait(lambda done: self.client.refresh(None, done), self.client.refresh_finish)
        return self

    def uids(self) -> set[str]:
        return {component.get_uid() for component in self.client.get_object_list_as_comps_sync("#t", None)[1]}

    def get(self, uid: str) -> ICalGLib.Component:
        return self.client.get_object_sync(uid, None, None)[1]

    def create(self, component: str) -> str:
        return self.client.create_object_sync(ICalGLib.Component.new_from_string(component), ECal.OperationFlags.NONE, None)[1]

    def modify(self, component: ICalGLib.Component) -> None:
        self.client.modify_object_sync(component, ECal.ObjModType.ALL, ECal.OperationFlags.NONE, None)

    def remove(self, uid: str) -> None:
        self.client.remove_object_sync(uid, None, ECal.ObjModType.ALL, ECal.OperationFlags.NONE, None)

    @staticmethod
    def _sign_in(source, _reason, _certificate, _errors, _error, user: str, secret: str) -> None:
        credentials = EDataServer.NamedParameters.new()
        credentials.set("username", user)
        credentials.set("password", secret)
        source.invoke_authenticate(credentials, None, lambda asked, result: asked.invoke_authenticate_finish(result))

    @staticmethod
    def _wait(begin, finish):
        loop, outcome = GLib.MainLoop(), {}

        def done(_object, result):
            try:
                outcome["value"] = finish(result)
            except GLib.Error as error:
                outcome["error"] = error
            loop.quit()

        late = GLib.timeout_add_seconds(SECONDS, loop.quit)
        begin(done)
        loop.run()
        if not outcome:
            raise TimeoutError(f"Evolution did not answer within {SECONDS} s")
        GLib.source_remove(late)
        if "error" in outcome:
            raise outcome["error"]
        return outcome["value"]


class Evolution(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(BUILD, demo=True)
        cls.office.__enter__()
        cls.addClassCleanup(cls.office.__exit__, None, None, None)
        cls.ada = cls.office.client("ada")
        cls.registry = EDataServer.SourceRegistry.new_sync(None)  # without it the sources hear nothing
        # Both before the first is opened: the service that opens them hears of later ones some time afterwards.
        cls.sources = {path: account(cls.registry, cls.office, "ada", path) for path in (OWN, PROGRAMME)}

    def opened(self, path: str) -> Calendar:
        return Calendar(self.sources[path], self.office, "ada").refresh()

    def test_a_calendar_of_ones_own_both_ways(self):
        self.assertEqual(self.ada.ask("MKCALENDAR", OWN).status, 201)
        self.assertEqual(self.ada.put(OWN + "here.ics", event("here", 1, "Eerste")).status, 201)
        calendar = self.opened(OWN)
        self.assertEqual(calendar.uids(), {"here"})

        uid = calendar.create("BEGIN:VEVENT\r\nUID:there\r\nDTSTART:20270420T090000Z\r\nDTEND:20270420T100000Z\r\nSUMMARY:Van Evolution\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\n")
        self.assertIn("SUMMARY:Van Evolution", self._text(uid))

        changed = calendar.get(uid)
        changed.set_summary("Anders")
        calendar.modify(changed)
        self.assertIn("SUMMARY:Anders", self._text(uid))

        self.assertEqual(self.ada.put(OWN + "here.ics", event("here", 2, "Verschoven")).status, 204)
        self.assertEqual(self.ada.put(OWN + "new.ics", event("new", 3)).status, 201)
        calendar.refresh()
        self.assertEqual(calendar.uids(), {"here", "there", "new"})
        self.assertEqual(calendar.get("here").get_summary(), "Verschoven")

        calendar.remove("here")
        self.assertEqual(self.ada.ask("GET", OWN + "here.ics").status, 404)
        self.assertEqual(self.ada.ask("DELETE", OWN + "new.ics").status, 204)
        self.assertEqual(calendar.refresh().uids(), {"there"})

    def test_a_programme_item_moved_there_has_moved_here(self):
        calendar = self.opened(PROGRAMME)
        item = next(uid for uid in calendar.uids() if "it-20" in uid)
        component = calendar.get(item)
        for name in ("dtstart", "dtend"):
            time = getattr(component, "get_" + name)()
            time.adjust(0, 0, 30, 0)
            getattr(component, "set_" + name)(time)
        api = self.office.daemon.client()
        before = api.document("programme_item", "it-20")
        calendar.modify(component)
        after = api.document("programme_item", "it-20")
        when = lambda text: datetime.datetime.fromisoformat(text.split("[")[0])  # noqa: E731
        self.assertEqual(when(after["starts"]) - when(before["starts"]), datetime.timedelta(minutes=30))
        self.assertEqual(when(after["ends"]) - when(before["ends"]), datetime.timedelta(minutes=30))
        self.assertEqual(after["rev"], before["rev"] + 1)

    def _text(self, uid: str) -> str:
        query = (f'<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
                 f'<C:prop-filter name="UID"><C:text-match>{uid}</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>')
        return self.ada.ask("REPORT", OWN, query, Depth="1").body.decode()


def in_a_session_of_its_own() -> int:
    with tempfile.TemporaryDirectory(prefix="kogge-evolution-") as home:
        folders = {name: f"{home}/{name.lower()}" for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
        for folder in folders.values():
            os.mkdir(folder, 0o700)
        proxies = {name for name in os.environ if name.lower().endswith("_proxy")}
        own = {name: value for name, value in os.environ.items() if name not in proxies and name != "DBUS_SESSION_BUS_ADDRESS"}
        environment = {**own, **folders, "HOME": home, "GIO_USE_NETWORK_MONITOR": "base", "GSETTINGS_BACKEND": "memory", "KOGGE_TEST_IN_SESSION": "1"}
        return subprocess.run(["dbus-run-session", "--", sys.executable, "-B", *sys.argv], env=environment, timeout=900, check=False).returncode


if __name__ == "__main__":
    if "KOGGE_TEST_IN_SESSION" not in os.environ:
        sys.exit(in_a_session_of_its_own())
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
