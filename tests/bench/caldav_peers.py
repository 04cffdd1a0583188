# SPDX-License-Identifier: EUPL-1.2
"""Calendar servers from Debian, each on loopback in a folder of its own, with one user `admin`, password `admin`, and an empty
calendar. A peer that is not installed raises Missing."""

import base64
import contextlib
import dataclasses
import http.client
import imaplib
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

from kogge_daemon import free_port
from measure import Missing, installed

BASIC = {"Authorization": "Basic " + base64.b64encode(b"admin:admin").decode()}


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    url: str                       # of the calendar, with a slash at the end
    headers: dict[str, str]        # which sign in
    feed: str | None = None        # the whole calendar as one iCalendar file
    takes_files: bool = False      # a PUT to the calendar itself replaces all of it
    durable: str = ""              # what is on the disk when a PUT is answered

    def ask(self, method: str, target: str = "", body: bytes | None = None, headers: dict[str, str] | None = None):
        """Status, headers, body. `target` is below the calendar, or a path."""
        parts = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=600)
        try:
            path = target if target.startswith("/") else parts.path + target
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def must(self, method: str, target: str = "", body: bytes | None = None, headers: dict[str, str] | None = None):
        status, heads, content = self.ask(method, target, body, headers)
        if status >= 300:
            raise RuntimeError(f"{self.name}: {method} {target} answered {status}: {content[:300]!r}")
        return heads, content


@contextlib.contextmanager
def running(command, port: int, folder: pathlib.Path, environment: dict[str, str] | None = None):
    """A server, from when it listens on `port` until the end of the block."""
    log_path = folder / "server.log"
    with open(log_path, "wb") as log:
        process = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                   env={**os.environ, **(environment or {})})
        try:
            wait_for(port, process, log_path)
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(port: int, process: subprocess.Popen, log: pathlib.Path, seconds: float = 30) -> None:
    """There is no event to wait for in somebody else's server: it is asked until it answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise RuntimeError(f"nobody listens on {port}: {log.read_text(errors='replace')[-1000:]}")


@contextlib.contextmanager
def radicale():
    program = installed("radicale", "radicale")
    with tempfile.TemporaryDirectory(prefix="kogge-radicale-") as name:
        folder, port = pathlib.Path(name), free_port()
        (folder / "users").write_text("admin:admin\n")
        (folder / "config").write_text(f"[server]\nhosts = 127.0.0.1:{port}\nmax_content_length = 100000000\n"
                                       f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
                                       f"[storage]\nfilesystem_folder = {folder}/data\n[logging]\nlevel = error\n")
        with running([program, "--config", folder / "config"], port, folder):
            url = f"http://127.0.0.1:{port}/admin/bench/"
            peer = Peer("radicale", url, BASIC, feed=url, takes_files=True, durable="fsync")
            peer.must("MKCALENDAR")
            yield peer


CYRUS = pathlib.Path("/usr/lib/cyrus/bin")


@contextlib.contextmanager
def cyrus():
    for program in ("master", "httpd", "imapd", "ctl_cyrusdb"):
        if not (CYRUS / program).exists():
            raise Missing(f"{CYRUS / program} is not installed: apt-get install cyrus-caldav cyrus-imapd sasl2-bin")
    saslpasswd = installed("saslpasswd2", "sasl2-bin")
    if os.geteuid() != 0:
        raise Missing("Cyrus is started by root only")
    with tempfile.TemporaryDirectory(prefix="kogge-cyrus-") as name:
        folder, http_port, imap_port = pathlib.Path(name), free_port(), free_port()
        for inner in ("spool", "conf/db", "conf/log", "conf/msg", "conf/proc", "conf/lock", "conf/socket", "conf/ptclient"):
            (folder / inner).mkdir(parents=True)
        conf = folder / "imapd.conf"
        conf.write_text(f"configdirectory: {folder}/conf\npartition-default: {folder}/spool\ndefaultpartition: default\nadmins: cyrus\n"
                        f"sasl_pwcheck_method: auxprop\nsasl_auxprop_plugin: sasldb\nsasl_sasldb_path: {folder}/sasldb2\nsasl_mech_list: PLAIN\n"
                        f"allowplaintext: yes\nhttpmodules: caldav\nunixhierarchysep: yes\n")
        (folder / "cyrus.conf").write_text(
            f'START {{\n  recover cmd="{CYRUS}/ctl_cyrusdb -C {conf} -r"\n}}\n'
            f'SERVICES {{\n  imap cmd="{CYRUS}/imapd -C {conf}" listen="127.0.0.1:{imap_port}" prefork=0\n'
            f'  http cmd="{CYRUS}/httpd -C {conf}" listen="127.0.0.1:{http_port}" prefork=4 maxchild=16\n}}\n')
        for user in ("cyrus", "admin"):
            subprocess.run([saslpasswd, "-c", "-p", "-f", folder / "sasldb2", "-u", socket.gethostname(), user], input=b"admin", check=True)
        give_to(folder, "cyrus")
        with running([CYRUS / "master", "-C", conf, "-M", folder / "cyrus.conf", "-p", folder / "pid", "-D"], http_port, folder):
            with imaplib.IMAP4("127.0.0.1", imap_port) as imap:  # a calendar belongs to a mailbox
                imap.login("cyrus", "admin")
                imap.create("user/admin")
            url = f"http://127.0.0.1:{http_port}/dav/calendars/user/admin/bench/"
            peer = Peer("cyrus", url, BASIC, feed=url, durable="fsync")
            peer.must("MKCALENDAR")
            yield peer


def give_to(folder: pathlib.Path, user: str) -> None:
    who = pwd.getpwnam(user)
    folder.chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, who.pw_uid, who.pw_gid)


SABRE = """\
<?php
error_reporting(E_ERROR);
date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';
$pdo = new \\PDO('sqlite:' . getenv('KOGGE_BENCH_DB'));
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('PRAGMA busy_timeout = 30000');
class Admin extends \\Sabre\\DAV\\Auth\\Backend\\AbstractBasic {
    protected function validateUserPass($name, $password) { return $name === 'admin' && $password === 'admin'; }
}
$principals = new \\Sabre\\DAVACL\\PrincipalBackend\\PDO($pdo);
$server = new \\Sabre\\DAV\\Server([new \\Sabre\\CalDAV\\Principal\\Collection($principals),
                                  new \\Sabre\\CalDAV\\CalendarRootNode($principals, new \\Sabre\\CalDAV\\Backend\\PDO($pdo))]);
foreach ([new \\Sabre\\DAV\\Auth\\Plugin(new Admin(), 'bench'), new \\Sabre\\DAVACL\\Plugin(), new \\Sabre\\CalDAV\\Plugin(), new \\Sabre\\CalDAV\\ICSExportPlugin()] as $plugin)
    $server->addPlugin($plugin);
$server->exec();
"""


@contextlib.contextmanager
def sabre():
    """Debian's is 1.8: without sync-collection. PHP's own web server with four workers stands in front."""
    php = installed("php", "php-cli php-sqlite3")
    tables = pathlib.Path("/usr/share/doc/php-sabre-dav/examples/sql")
    if not tables.exists():
        raise Missing("SabreDAV is not installed: apt-get install php-sabre-dav")
    with tempfile.TemporaryDirectory(prefix="kogge-sabre-") as name:
        folder, port = pathlib.Path(name), free_port()
        database = {"KOGGE_BENCH_DB": str(folder / "db.sqlite"), "PHP_CLI_SERVER_WORKERS": "4"}
        (folder / "server.php").write_text(SABRE)
        make = "$p = new PDO('sqlite:' . getenv('KOGGE_BENCH_DB')); foreach (array_slice($argv, 1) as $f) $p->exec(file_get_contents($f));"
        names = [str(tables / f"sqlite.{part}.sql") for part in ("principals", "users", "calendars", "locks")]
        subprocess.run([php, "-r", make, "--", *names], env={**os.environ, **database}, check=True)
        with running([php, "-S", f"127.0.0.1:{port}", "server.php"], port, folder, database):
            url = f"http://127.0.0.1:{port}/calendars/admin/bench/"
            peer = Peer("sabre 1.8", url, BASIC, feed=url + "?export", durable="fsync by SQLite")
            peer.must("MKCALENDAR")
            yield peer


ALL = {"radicale": radicale, "cyrus": cyrus, "sabre": sabre}
