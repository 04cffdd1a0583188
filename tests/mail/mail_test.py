# SPDX-License-Identifier: EUPL-1.2
"""Mail of a running daemon, out and in, against real servers on this machine.

    mail_test.py BUILD [unittest arguments]"""

import email.message
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import kogge_daemon  # noqa: E402
import servers  # noqa: E402

BUILD = pathlib.Path()
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:it-1@item.kogge\r\nSUMMARY:Empfang für die Gäste\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def config(smtp_port, more="", starttls="never"):
    return f"""[mail]
smtp_url = "smtp://127.0.0.1:{smtp_port}"
starttls = "{starttls}"
from = "protokoll@gouda.example"
from_name = "Protocolbureau Gouda"
retry_seconds = 1
{more}"""


class Changes:
    """What the event stream tells, from now on."""

    def __init__(self, client):
        at = urllib.parse.urlsplit(client.url)
        self.connection = http.client.HTTPConnection(at.netloc, timeout=120)
        self.connection.request("GET", "/api/v1/events", headers={"Authorization": "Bearer " + client.token})
        self.stream = self.connection.getresponse()
        assert self.stream.status == 200
        self.client = client

    def until(self, look):
        """What `look` returns once it returns something; it is asked again after every event."""
        while True:
            if found := look():
                return found
            line = self.stream.readline()
            assert line, "the event stream ended"
            while line.strip():
                line = self.stream.readline()

    def mail(self, id, wanted):
        def look():
            document = self.client.document("outgoing_mail", id)
            return document if wanted(document) else None
        return self.until(look)

    def received(self, wanted=lambda document: True):
        def look():
            for item in self.client.documents("incoming_mail"):
                document = self.client.document("incoming_mail", item["id"])  # lists leave the parts out
                if wanted(document):
                    return document
            return None
        return self.until(look)

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def queue(client, id, **fields):
    fields = {"to": id + "@hamburg.example", "to_name": "Karin Müller", "subject": "Einladung: Empfang im Grünen", "text": "Guten Tag!\n", "language": "de", **fields}
    client.apply("a mail", [{"op": "create", "entity": "outgoing_mail", "id": id, "fields": fields}]).expect(200)


class Out(unittest.TestCase):
    def setUp(self):
        self.smtp = servers.SmtpServer()
        self.addCleanup(self.smtp.stop)

    def daemon(self, **options):
        daemon = kogge_daemon.Daemon(BUILD, config=config(self.smtp.port, **options))
        self.addCleanup(daemon.remove)
        self.addCleanup(daemon.stop)
        return daemon

    def test_a_queued_mail_arrives_with_the_right_parts_and_headers(self):
        self.smtp.start()
        client = self.daemon().start().client()
        with Changes(client) as changes:
            queue(client, "karin", parts=[{"type": "text/calendar; method=REQUEST; charset=utf-8", "name": "", "content": CALENDAR}],
                  in_reply_to="abc@hamburg.example", reply_to="antwort@gouda.example")
            taken = self.smtp.next()
            sent = changes.mail("karin", lambda mail: mail["state"] == "sent")
        self.assertEqual(taken.sender, "protokoll@gouda.example")
        self.assertEqual(taken.recipients, ["karin@hamburg.example"])
        message = taken.message
        self.assertEqual(message["subject"], "Einladung: Empfang im Grünen")
        self.assertEqual(str(message["to"]), "Karin Müller <karin@hamburg.example>")
        self.assertEqual(str(message["from"]), "Protocolbureau Gouda <protokoll@gouda.example>")
        self.assertEqual(str(message["reply-to"]), "antwort@gouda.example")
        self.assertEqual(message["in-reply-to"], "<abc@hamburg.example>")
        self.assertEqual(message["message-id"], f"<{sent['message_id']}>")
        self.assertEqual(message.defects, [])
        self.assertEqual(message.get_content_type(), "multipart/alternative")
        text, calendar = message.iter_parts()
        self.assertEqual(text.get_content().replace("\r\n", "\n"), "Guten Tag!\n")
        self.assertEqual(calendar["content-type"].params["method"], "REQUEST")
        self.assertEqual(calendar.get_payload(decode=True).decode(), CALENDAR)
        self.assertEqual((sent["attempts"], sent["error"]), (1, None))

    def test_a_server_that_was_away_gets_the_mail_when_it_is_back(self):
        client = self.daemon().start().client()
        with Changes(client) as changes:
            for name in ("karin", "piet", "anna"):
                queue(client, name)
            changes.until(lambda: any(mail["error"] for mail in client.documents("outgoing_mail")))
            self.smtp.start()
            for name in ("karin", "piet", "anna"):
                changes.mail(name, lambda mail: mail["state"] == "sent")
        self.assertEqual(sorted(self.smtp.next().recipients[0] for _ in range(3)), ["anna@hamburg.example", "karin@hamburg.example", "piet@hamburg.example"])
        self.assertTrue(self.smtp.taken.empty())

    def test_a_refusal_is_told_in_the_servers_words_and_retried_by_hand(self):
        self.smtp.start()
        self.smtp.recipient = "550 5.1.1 no such person here"
        daemon = self.daemon().start()
        client = daemon.client()
        with Changes(client) as changes:
            queue(client, "karin")
            failed = changes.mail("karin", lambda mail: mail["state"] == "failed")
            self.assertIn("550 5.1.1 no such person here", failed["error"])
            listed = daemon.run("--lang", "en", "mail", "list", "--state", "failed").stdout
            self.assertIn("550 5.1.1 no such person here", listed)
            self.assertIn("karin@hamburg.example", listed)
            self.smtp.recipient = None
            self.smtp.data = "554 5.7.1 looks like spam"
            daemon.run("mail", "retry", "karin")
            self.assertIn("554 5.7.1", changes.mail("karin", lambda mail: mail["state"] == "failed" and "554" in mail["error"])["error"])
            self.smtp.data = None
            daemon.run("mail", "retry", "karin")
            sent = changes.mail("karin", lambda mail: mail["state"] == "sent")
        self.assertEqual(self.smtp.next().message["message-id"], f"<{sent['message_id']}>")
        self.assertEqual(json.loads(daemon.run("--json", "mail", "list").stdout)["mail"][0]["state"], "sent")
        self.assertNotEqual(daemon.run("mail", "retry", "karin", check=False).returncode, 0)

    def test_a_mail_that_has_to_wait_is_tried_again(self):
        self.smtp.start()
        self.smtp.data = "451 4.7.1 greylisted"
        client = self.daemon().start().client()
        with Changes(client) as changes:
            queue(client, "karin")
            waiting = changes.mail("karin", lambda mail: mail["error"])
            self.assertEqual(waiting["state"], "queued")
            self.assertIn("451 4.7.1 greylisted", waiting["error"])
            self.smtp.data = None
            self.assertGreaterEqual(changes.mail("karin", lambda mail: mail["state"] == "sent")["attempts"], 2)

    def test_killed_before_the_server_answered_it_is_sent_again_with_the_same_id(self):
        self.smtp.hold = threading.Event()
        self.smtp.start()
        daemon = self.daemon().start()
        queue(daemon.client(), "karin")
        first = self.smtp.next()
        daemon.kill()  # the server has the mail, the daemon does not know
        self.smtp.hold.set()
        client = daemon.start().client()
        with Changes(client) as changes:
            sent = changes.mail("karin", lambda mail: mail["state"] == "sent")
        second = self.smtp.next()
        self.assertEqual(first.message["message-id"], second.message["message-id"])
        self.assertEqual(second.message["message-id"], f"<{sent['message_id']}>")

    def test_killed_while_it_waits_nothing_is_lost_and_nothing_sent_twice(self):
        daemon = self.daemon().start()
        client = daemon.client()
        for i in range(20):
            queue(client, f"guest{i}")
        daemon.kill()
        self.smtp.start()
        client = daemon.start().client()
        with Changes(client) as changes:
            for i in range(20):
                changes.mail(f"guest{i}", lambda mail: mail["state"] == "sent")
        daemon.kill()
        client = daemon.start().client()
        queue(client, "last")
        seen = [self.smtp.next().recipients[0] for _ in range(21)]
        self.assertEqual(len(set(seen)), 21)
        self.assertEqual(seen[-1], "last@hamburg.example")

    def test_a_server_without_encryption_gets_nothing_when_it_is_required(self):
        self.smtp.start()
        client = self.daemon(starttls="required").start().client()
        with Changes(client) as changes:
            queue(client, "karin")
            waiting = changes.mail("karin", lambda mail: mail["error"])
        self.assertEqual(waiting["state"], "queued")
        self.assertTrue(self.smtp.taken.empty())

    def test_signs_in_with_the_password_of_a_file_and_says_when_it_is_wrong(self):
        self.smtp.user, self.smtp.password = "protokoll", "geheim"
        self.smtp.start()
        unknown = self.daemon().start()
        with Changes(unknown.client()) as changes:
            queue(changes.client, "karin")
            waiting = changes.mail("karin", lambda mail: mail["error"])
        self.assertEqual(waiting["state"], "queued")  # that nobody signed in is no fault of the mail's
        self.assertIn("530", waiting["error"])
        unknown.stop()
        daemon = self.daemon(more='user = "protokoll"\npassword_file = "mail.password"\n')
        (daemon.data / "mail.password").write_text("falsch\n")
        daemon.start()
        client = daemon.client()
        with Changes(client) as changes:
            queue(client, "karin")
            self.assertEqual(changes.mail("karin", lambda mail: mail["error"])["state"], "queued")
        daemon.stop()
        (daemon.data / "mail.password").write_text("geheim\n")
        client = daemon.start().client()
        with Changes(client) as changes:
            changes.mail("karin", lambda mail: mail["state"] == "sent")
        self.assertNotIn("geheim", daemon.log() + daemon.run("check-config").stdout)


@unittest.skipUnless(os.environ.get("KOGGE_TEST_POSTGRES"), "KOGGE_TEST_POSTGRES is not set")
class Several(unittest.TestCase):
    """Two daemons on one PostgreSQL."""

    def setUp(self):
        self.server = os.environ["KOGGE_TEST_POSTGRES"]
        self.name = "kogge_mail_" + os.urandom(6).hex()
        self.sql(f"CREATE DATABASE {self.name}")
        self.addCleanup(self.sql, f"DROP DATABASE {self.name} WITH (FORCE)")
        parts = urllib.parse.urlsplit(self.server)
        self.url = urllib.parse.urlunsplit(parts._replace(path="/" + self.name))
        self.smtp = servers.SmtpServer()
        self.addCleanup(self.smtp.stop)

    def sql(self, statement):
        subprocess.run(["psql", "-q", self.server, "-c", statement], check=True, timeout=60)

    def daemon(self):
        daemon = kogge_daemon.Daemon(BUILD, config=config(self.smtp.port), environment={"KOGGE_STORE_URL": self.url})
        self.addCleanup(daemon.remove)
        self.addCleanup(daemon.stop)
        return daemon

    def test_each_mail_is_sent_by_one_of_them(self):
        one, other = self.daemon(), self.daemon()
        one.start()
        shutil.copy(one.data / "secret.key", other.data / "secret.key")  # daemons on one store share its key
        other.start()
        client = one.client()
        for i in range(30):
            queue(client, f"guest{i}")
        with Changes(client) as changes:
            changes.until(lambda: any(mail["error"] for mail in client.documents("outgoing_mail")))
            self.smtp.start()
            for i in range(30):
                self.assertEqual(changes.mail(f"guest{i}", lambda mail: mail["state"] == "sent")["error"], None)
        self.assertEqual(len({self.smtp.next().recipients[0] for _ in range(30)}), 30)
        self.assertTrue(self.smtp.taken.empty())


def reply(id="r-1@hamburg.example", **headers):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "Karin Müller <karin@hamburg.example>", "protokoll@gouda.example", "Zugesagt: Empfang im Grünen"
    message["Message-ID"], message["In-Reply-To"] = f"<{id}>", "<karin@gouda.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Ich komme gern.\n")
    message.add_alternative(CALENDAR.replace("REQUEST", "REPLY"), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


BOUNCE = """From: MAILER-DAEMON@gouda.example
To: protokoll@gouda.example
Subject: Undelivered
Message-ID: <bounce-1@gouda.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

Sorry.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.gouda.example

Final-Recipient: rfc822; karin@hamburg.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such person here

--r
Content-Type: message/rfc822

Message-ID: <karin@gouda.example>
Subject: Empfang

Text
--r--
""".replace("\n", "\r\n").encode()


class In(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.imap = servers.ImapServer()
        cls.addClassCleanup(cls.imap.stop)
        cls.imap.start()

    def setUp(self):
        box = self.imap.mailbox()
        box.select("INBOX")
        box.store("1:*", "+FLAGS", "\\Deleted") if box.search(None, "ALL")[1][0] else None
        box.expunge()
        box.logout()
        self.smtp = servers.SmtpServer().start()
        self.addCleanup(self.smtp.stop)

    def daemon(self, more=""):
        own = f"""imap_url = "imap://127.0.0.1:{self.imap.port}/INBOX"
imap_user = "kogge"
imap_password = "{self.imap.password}"
poll_seconds = 1
{more}"""
        # Without the plugin that takes up what comes in: here it is only brought.
        daemon = kogge_daemon.Daemon(BUILD, config=config(self.smtp.port, own), environment={"KOGGE_PLUGINS_DISABLED": "calendar"})
        self.addCleanup(daemon.remove)
        self.addCleanup(daemon.stop)
        return daemon

    def test_a_reply_becomes_an_entity_once(self):
        daemon = self.daemon().start()
        client = daemon.client()
        with Changes(client) as changes:
            self.imap.put(reply())
            mail = changes.received()
            self.assertEqual((mail["from"], mail["to"], mail["subject"]), ("karin@hamburg.example", "protokoll@gouda.example", "Zugesagt: Empfang im Grünen"))
            self.assertEqual((mail["message_id"], mail["in_reply_to"]), ("r-1@hamburg.example", "karin@gouda.example"))
            self.assertEqual((mail["state"], mail["automatic"]), ("fresh", False))
            self.assertEqual([part["type"] for part in mail["parts"]], ["text/plain", "text/calendar; method=REPLY"])
            self.assertIn("METHOD:REPLY", mail["parts"][1]["content"])
        daemon.kill()
        client = daemon.start().client()
        with Changes(client) as changes:
            self.imap.put(reply("r-2@hamburg.example", Auto_Submitted="auto-replied"))
            self.assertTrue(changes.received(lambda mail: mail["message_id"] == "r-2@hamburg.example")["automatic"])
        self.assertEqual(len(client.documents("incoming_mail")), 2)

    def test_what_arrived_before_the_first_look_is_read_too(self):
        self.imap.put(reply("early@hamburg.example"))
        client = self.daemon().start().client()
        with Changes(client) as changes:
            self.assertEqual(changes.received()["message_id"], "early@hamburg.example")

    def test_of_a_mail_that_is_too_large_only_the_header_is_read(self):
        client = self.daemon("max_mb = 1").start().client()
        with Changes(client) as changes:
            self.imap.put(reply("large@hamburg.example") + b"x" * 1_500_000 + b"\r\n")
            mail = changes.received(lambda mail: mail["message_id"] == "large@hamburg.example")
            self.assertEqual(mail["parts"], [])
            self.assertIn("only its header was read", mail["note"])
            self.imap.put(reply("after@hamburg.example"))
            changes.received(lambda mail: mail["message_id"] == "after@hamburg.example")

    def test_a_mail_that_comes_back_is_known_to_have_failed(self):
        client = self.daemon().start().client()
        with Changes(client) as changes:
            queue(client, "karin")
            changes.mail("karin", lambda mail: mail["state"] == "sent")
            self.imap.put(BOUNCE)
            failed = changes.mail("karin", lambda mail: mail["state"] == "failed")
            self.assertEqual(failed["error"], "smtp; 550 5.1.1 no such person here")

    def test_readers_see_no_bodies(self):
        daemon = self.daemon().start()
        client = daemon.client()
        with Changes(client) as changes:
            self.imap.put(reply())
            id = changes.received()["id"]
        client.post("/api/v1/users", {"name": "lena", "password": "geheim-genug", "role": "reader", "language": "de"}).expect(201)
        reader = daemon.anonymous().sign_in("lena", "geheim-genug")
        self.assertNotIn("parts", reader.get(f"/api/v1/entities/incoming_mail/{id}").json())


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1))
    unittest.main(verbosity=2)
