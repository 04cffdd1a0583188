# SPDX-License-Identifier: EUPL-1.2
"""account_test.py BUILD: a CalDAV account on a server of somebody else's making, Debian's Radicale."""

import base64
import http.client
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from elsewhere import AT, WithDaemon, calendar, event, main, soon
from kogge_daemon import free_port


class Radicale:
    """A server for one user, anna/geheim, in a folder of its own."""

    def __init__(self, deadline: float):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kogge-radicale-"))
        self.port = free_port()
        (self.folder / "users").write_text("anna:geheim\n")
        (self.folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {self.folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {self.folder}/store\n[logging]\nlevel = warning\n")
        self.process = subprocess.Popen([shutil.which("radicale") or "/usr/bin/radicale", "--config", str(self.folder / "config")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "wb"))
        end = time.monotonic() + deadline
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("radicale does not serve: " + (self.folder / "log").read_text())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, method: str, path: str, body: str = "", type: str = "text/calendar") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body.encode(), {"Authorization": "Basic " + base64.b64encode(b"anna:geheim").decode(), "Content-Type": type})
        status = connection.getresponse().status
        connection.close()
        return status

    def make(self, name: str, components: str = "VEVENT"):
        comp = "".join(f'<C:comp name="{c}"/>' for c in components.split())
        status = self.ask("MKCALENDAR", f"/anna/{name}/", '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
                          f'<D:displayname>{name}</D:displayname><C:supported-calendar-component-set>{comp}</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>', "application/xml")
        assert status == 201, status

    def put(self, path: str, *events: str):
        status = self.ask("PUT", f"/anna/{path}", calendar(*events))
        assert status in (201, 204), status

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Accounts(WithDaemon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.radicale = Radicale(cls.daemon.deadline)
        cls.addClassCleanup(cls.radicale.close)

    def test_an_account_is_found_followed_and_let_go(self):
        r = self.radicale
        r.make("work"), r.make("todo", "VTODO"), r.make("home")
        for i in range(60):
            r.put(f"work/e{i}.ics", event(f"e{i}@x", *soon(1 + i, 9), f"Event {i}"))
        r.put("home/w.ics", event("w@x", *soon(2, 18), "Koor", "RRULE:FREQ=WEEKLY;COUNT=5\r\n"))
        account = self.subscribe(r.url, kind="caldav", user="anna", password="geheim", name="Anna")
        self.assertEqual((account["state"], account["events"], account["busy"]), ("ok", 61, 65), account)
        seq = self.seq()
        account = self.refresh(account)
        self.assertEqual(self.changes_since(seq), [])

        r.put("work/e3.ics", event("e3@x", *soon(90, 9), "Event 3 later"))
        self.assertIn(r.ask("DELETE", "/anna/work/e4.ics"), (200, 204))
        r.put("work/new.ics", event("new@x", *soon(91, 9)))
        account = self.refresh(account)
        self.assertEqual(sorted((c["entity"], c["op"]) for c in self.changes_since(seq)), [("busy_time", "create"), ("busy_time", "delete"), ("busy_time", "update")])

        # The password changes elsewhere: what is known stays, and it is said.
        busy = self.busy(account)
        self.client.patch(f"{AT}/{account['id']}", {"password": "anders"}, 1).expect(200)
        account = self.looked(account["id"], account["looks"])
        self.assertEqual((account["state"], account["error"]["code"]), ("stale", "sign_in"), account)
        self.assertEqual(self.busy(account), busy)
        self.client.patch(f"{AT}/{account['id']}", {"password": "geheim"}, 1).expect(200)
        account = self.looked(account["id"], account["looks"])
        self.assertEqual(account["state"], "ok", account)
        self.assertEqual(self.busy(account), busy)
        for secret in ("geheim", "anders"):
            self.assertNotIn(secret, self.daemon.log())
            self.assertNotIn(secret, self.client.get(f"{AT}/{account['id']}").text())
        self.remove(account)

    def test_one_calendar_of_an_account_by_its_own_address(self):
        r = self.radicale
        r.make("single")
        r.put("single/a.ics", event("a@x", *soon(2)))
        one = self.subscribe(r.url + "anna/single/", kind="caldav", user="anna", password="geheim")
        self.assertEqual((one["state"], one["busy"]), ("ok", 1), one)
        feed = self.subscribe(r.url + "anna/single/", kind="ics", user="anna", password="geheim")  # Radicale gives a calendar as a feed as well
        self.assertEqual((feed["state"], feed["busy"]), ("ok", 1), feed)
        wrong = self.subscribe(r.url, kind="caldav", user="anna", password="fout")
        self.assertEqual((wrong["state"], wrong["error"]["code"]), ("failed", "sign_in"), wrong)
        none = self.subscribe(self.elsewhere.url("/nothing"), kind="caldav", user="anna", password="geheim")
        self.assertEqual(none["state"], "failed", none)
        for calendar_ in (one, feed, wrong, none):
            self.remove(calendar_)


if __name__ == "__main__":
    main()
