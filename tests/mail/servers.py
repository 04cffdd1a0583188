# SPDX-License-Identifier: EUPL-1.2
"""Real mail servers on free ports of this machine, in folders of their own: aiosmtpd takes mail, Dovecot keeps mailboxes.
Neither needs a system account or a file outside its folder."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import grp
import imaplib
import os
import pathlib
import pwd
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

import kogge_daemon


@dataclasses.dataclass
class Taken:
    sender: str
    recipients: list[str]
    bytes: bytes

    @property
    def message(self) -> email.message.EmailMessage:
        return email.message_from_bytes(self.bytes, policy=email.policy.default)


class SmtpServer:
    """Takes mail on `port` until stopped. `recipient` and `data` may be set to what it answers instead of 250; `hold`, an
    Event, keeps the answer to a whole mail back until it is set."""

    def __init__(self, port: int | None = None, user: str | None = None, password: str | None = None):
        self.port = port or kogge_daemon.free_port()
        self.user, self.password = user, password
        self.taken: queue.Queue[Taken] = queue.Queue()
        self.recipient: str | None = None
        self.data: str | None = None
        self.hold: threading.Event | None = None
        self.controller: Controller | None = None

    def start(self) -> "SmtpServer":
        options = {}
        if self.user:
            options = {"auth_required": True, "auth_require_tls": False, "authenticator": self._sign_in}
        warnings.simplefilter("ignore")  # aiosmtpd's about signing in without TLS: nobody else listens here
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=60, **options)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            if self.hold:
                self.hold.set()
            self.controller.stop()
            self.controller = None

    def next(self, seconds: float = 120) -> Taken:
        return self.taken.get(timeout=seconds)

    def _sign_in(self, server, session, envelope, mechanism, data) -> AuthResult:
        good = (data.login, data.password) == (self.user.encode(), self.password.encode())
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient:
            return self.recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        import asyncio
        if self.data:
            return self.data
        self.taken.put(Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        if self.hold:
            await asyncio.get_running_loop().run_in_executor(None, self.hold.wait, 120)
        return "250 taken"

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class ImapServer:
    """A Dovecot with one mailbox for any name and the password `secret`. Where another IMAP server keeps Debian's dovecot-imapd
    away (they exclude each other), KOGGE_DOVECOT names the folder of its programs."""

    password = "secret"
    programs = os.environ.get("KOGGE_DOVECOT", "/usr/lib/dovecot")

    def __init__(self):
        self.port = kogge_daemon.free_port()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kogge-imap-"))
        self.process: subprocess.Popen | None = None
        self.listener: threading.Thread | None = None
        self.lines: list[str] = []

    def _config(self) -> str:
        # A Dovecot started by root runs its parts as its own users, and no mail may be root's; another one has only itself.
        root = os.getuid() == 0
        user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
        for name in ("home", "mail"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, owner.pw_uid, owner.pw_gid)
        login = "" if root else f"default_login_user = {user}\ndefault_internal_user = {user}\ndefault_internal_group = {group}\n"
        return f"""base_dir = {self.folder}/run
state_dir = {self.folder}/state
libexec_dir = {self.programs}
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:{self.folder}/mail
{login}passdb {{
  driver = static
  args = password={self.password}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={self.folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""

    def start(self) -> "ImapServer":
        for name in ("run", "state"):
            (self.folder / name).mkdir()
        os.chmod(self.folder, 0o755)
        config = self.folder / "dovecot.conf"
        config.write_text(self._config())
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", str(config)], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
        for line in self.process.stderr:  # its sockets are open before it says so
            self.lines.append(line)
            if "starting up" in line:
                self.listener = threading.Thread(target=self._listen)
                self.listener.start()
                return self
        raise RuntimeError("dovecot did not start:\n" + "".join(self.lines))

    def _listen(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line)

    def mailbox(self) -> imaplib.IMAP4:
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=60)
        box.login("kogge", self.password)
        return box

    def put(self, message: bytes) -> None:
        box = self.mailbox()
        done, answer = box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), message)
        assert done == "OK", answer
        box.logout()

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.listener.join(60)
            self.process.stderr.close()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
