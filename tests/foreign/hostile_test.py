# SPDX-License-Identifier: EUPL-1.2
"""hostile_test.py BUILD: files and requests nobody means well with, through the API. Each gets a clear answer in bounded
time, and nothing has changed afterwards. (foreign/digest_test.cpp has the ones that only need bytes.)"""

import pathlib
import time

from elsewhere import AT, WithDaemon, calendar, event, main, soon

GOOD = calendar(event("a@x", *soon(2)), event("b@x", *soon(3)))
EVENT = event("a@x", *soon(2))


def refused() -> dict[str, str]:
    """Texts that no calendar is made of."""
    out = {f"cut after {i} of 30": GOOD[: len(GOOD) * i // 31] for i in range(31)}
    out |= {f"NUL at {i} of 10": GOOD[: len(GOOD) * i // 10] + "\0" + GOOD[len(GOOD) * i // 10 :] for i in range(11)}
    out |= {f"page {i}": page for i, page in enumerate(("<html>", "<!DOCTYPE html>", "<?xml version='1.0'?><a/>", "<svg onload=alert(1)>", "\ufeff<html>"))}
    out |= {f"other {i}": text for i, text in enumerate(("", " ", "\r\n" * 1000, "{}", "[]", "null", "BEGIN:VCARD\r\nEND:VCARD", "BEGIN", "VCALENDAR", "\ufeff", "END:VCALENDAR"))}
    out |= {"nested": "BEGIN:VCALENDAR\r\n" * 50_000 + "END:VCALENDAR\r\n" * 50_000,
            "nested events": "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 20_000 + "END:VEVENT\r\n" * 20_000 + "END:VCALENDAR\r\n",
            "ends where it does not begin": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
            "never closed": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
            "a line of 5 MB": GOOD.replace("SUMMARY:", "SUMMARY:" + "x" * 5_000_000),
            "parameters": GOOD.replace("DTSTART:", "DTSTART" + ";X=1" * 1000 + ":", 1),
            "300,000 components": "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 210_000 + "END:VCALENDAR\r\n"}
    return out


def harmless() -> dict[str, str]:
    """Texts that are calendars, of events that go on for ever or are none: read in bounded time, with a remark."""
    rules = ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=2147483647", "FREQ=DAILY;INTERVAL=0", "FREQ=",
             "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=WEEKLY;BYSETPOS=400;BYDAY=MO", "FREQ=DAILY;COUNT=" + "9" * 300)
    out = {f"rule {r[:40]}": calendar(event("r@x", *soon(2), more=f"RRULE:{r}\r\n")) for r in rules}
    starts = ("00000000T000000Z", "99991231T235959Z", "20270431T080000Z", "now", "", "20270420T256199Z", "2" * 10_000)
    out |= {f"start {s[:20]}": calendar(event("r@x", s, s)) for s in starts}
    out |= {"exdates": calendar(event("r@x", *soon(2), more="RRULE:FREQ=DAILY\r\n" + "EXDATE:20270421T080000Z\r\n" * 20_000)),
            "overrides": calendar(*[event("r@x", *soon(2), more="RECURRENCE-ID:20270420T080000Z\r\n")] * 5_000),
            "odd characters": calendar(event("r@x", *soon(2), "\u202e\u200f\ufffe\U0001f600 <script>alert(1)</script> ' OR 1=1 --")),
            "bare CR": GOOD.replace("\r\n", "\r"), "bare LF": GOOD.replace("\r\n", "\n"), "a byte order mark": "\ufeff" + GOOD, "folds": GOOD.replace("SUMMARY:", "SUMMARY:" + "\r\n x" * 50_000)}
    return out


REQUESTS = [  # what is no request at all
    b"", b"null", b"[]", b"{", b'{"kind":"file"}', b'{"kind":"nonsense","url":"https://x/"}', b'{"kind":"ics"}', b'{"kind":"ics","url":7}', b'{"kind":"ics","url":"https://x.example/","text":"x"}',
    b'{"kind":"file","text":"x","url":"https://x.example/"}', b'{"kind":"ics","url":"https://x.example/","person":"nobody","consent":"x"}', b'{"kind":"ics","url":"https://x.example/","person":"../x","consent":"x"}',
    b'{"kind":"ics","url":"https://x.example/","zone":"Nowhere/Atlantis","person":"p-g01","consent":"x"}', b'{"kind":"ics","url":"https://x.example/","unknown":1}',
    b'{"kind":"ics","url":"https://x.example/","person":"p-g01","consent":""}', b'{"kind":"ics","url":"https://x.example/","person":"p-g01"}', b"[" * 100_000, b'{"url":"' + b"x" * 100_000 + b'"}',
    b'{"kind":"ics","url":"https://' + b"x" * 10_000 + b'.example/","person":"p-g01","consent":"x"}', b'\xff\xfe{"kind":"ics"}']


class Hostile(WithDaemon):
    def memory(self) -> int:
        """Megabytes at most until now."""
        status = pathlib.Path(f"/proc/{self.daemon.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024

    def test_files(self):
        made = self.client.post(AT, {"person": "p-g01", "kind": "file", "text": GOOD, "consent": "x"}).expect(201).json()
        self.memory_before, seq, busy, slowest = self.memory(), self.seq(), self.busy(made), 0.0
        files = refused()
        for name, text in files.items():
            with self.subTest(file=name):
                began = time.monotonic()
                for reply in (self.client.request("PUT", f"{AT}/{made['id']}/file", {"text": text}), self.client.post(AT, {"person": "p-g01", "kind": "file", "text": text, "consent": "x"})):
                    problem = reply.expect(400, 413).json()
                    self.assertTrue(problem["detail"])
                    self.assertLess(len(problem["detail"]), 1000)
                slowest = max(slowest, time.monotonic() - began)
        self.assertEqual(self.seq(), seq)
        self.assertEqual(self.busy(made), busy)
        odd = harmless()
        for name, text in odd.items():
            with self.subTest(file=name):
                began = time.monotonic()
                preview = self.client.post(f"{AT}/preview", {"person": "p-g01", "kind": "file", "text": text}).expect(200, 400).json()
                self.assertLessEqual(len(preview.get("remarks", [])), 20)
                self.assertLessEqual(preview.get("busy", 0), 20_000)
                slowest = max(slowest, time.monotonic() - began)
        self.assertEqual(self.seq(), seq)
        self.client.delete(f"{AT}/{made['id']}").expect(204)
        print(f"{len(files)} files refused, {len(odd)} odd ones looked at; slowest {slowest:.2f} s; memory {self.memory_before} -> {self.memory()} MB", flush=True)

    def test_requests(self):
        seq = self.seq()
        for body in REQUESTS:
            for method, target in (("POST", AT), ("POST", f"{AT}/preview"), ("PATCH", f"{AT}/nothing"), ("PUT", f"{AT}/nothing/file")):
                with self.subTest(body=body[:60], target=target):
                    reply = self.client.request(method, target, body)
                    if target.endswith("preview") and b'"person":"p-g01"' in body and b"zone" not in body and reply.status == 202:
                        continue  # consent is asked for when it is kept
                    problem = reply.expect(400, 403, 404, 413, 415, 428).json()
                    self.assertTrue(problem["detail"] or problem["title"])
        for target in ("/../../etc/passwd", "/%00", "/" + "x" * 200, "/%2e%2e", "/preview/%ff"):
            self.client.get(AT + target).expect(400, 404)
        self.assertEqual(self.seq(), seq)
        self.assertTrue(self.daemon.alive())


if __name__ == "__main__":
    main()
