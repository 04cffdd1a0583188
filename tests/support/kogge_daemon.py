# SPDX-License-Identifier: EUPL-1.2
"""A real daemon for the tests that come from outside, and a client that speaks to it.

    with Daemon(build, demo=True) as daemon:      # a free port, a temporary data folder, the sample mission inside
        client = daemon.client()                  # with the rights of the run note's token
        client.get("/api/v1/entities/visit").json()

    Client(url, token=…)                          # an API token
    Client(url).sign_in("ada", "secret")          # a session: the cookie and the CSRF header are kept

Nothing here sleeps: the start is seen by inotify on the run note, the end by the process itself."""

from __future__ import annotations

import ctypes
import dataclasses
import gzip
import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "config/demo/demo.json"
NOTE = "serving.json"  # host/cli/client.hpp: {"url", "token"}


class DaemonError(RuntimeError):
    """The daemon did not do what it was asked to; the text carries the end of its log."""


@dataclasses.dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def ok(self) -> bool:
        return 200 <= self.status < 300

    def header(self, name: str) -> str | None:
        return self.headers.get(name)

    def content(self) -> bytes:
        """The body without its Content-Encoding."""
        return gzip.decompress(self.body) if self.header("Content-Encoding") == "gzip" else self.body

    def text(self) -> str:
        return self.content().decode("utf-8")

    def json(self):
        return json.loads(self.content())

    def expect(self, *statuses: int) -> "Reply":
        if self.status not in (statuses or range(200, 300)):
            raise AssertionError(f"status {self.status}, expected {statuses or '2xx'}: {self.body[:600]!r}")
        return self


class Client:
    """One caller. Keeps its connection; not for several threads at once."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 60.0):
        self.url, self.token, self.timeout = url.rstrip("/"), token, timeout
        self.cookie: str | None = None
        self.csrf: str | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def sign_in(self, name: str, password: str) -> "Client":
        reply = self.post("/api/v1/session", {"name": name, "password": password}).expect(200)
        self.cookie = reply.header("Set-Cookie").split(";", 1)[0]
        self.csrf = reply.json()["csrf"]
        return self

    def get(self, target: str, headers: dict | None = None) -> Reply:
        return self.request("GET", target, headers=headers)

    def post(self, target: str, document=None, headers: dict | None = None) -> Reply:
        return self.request("POST", target, document, headers)

    def patch(self, target: str, document, rev: int | str, headers: dict | None = None) -> Reply:
        return self.request("PATCH", target, document, {"If-Match": f'"{rev}"', **(headers or {})})

    def delete(self, target: str, rev: int | str | None = None, headers: dict | None = None) -> Reply:
        match = {"If-Match": f'"{rev}"'} if rev is not None else {}
        return self.request("DELETE", target, headers={**match, **(headers or {})})

    def request(self, method: str, target: str, document=None, headers: dict | None = None) -> Reply:
        """`document`: bytes go as they are, None is no body, anything else becomes JSON. `target` may be a whole URL."""
        if target.startswith(("http://", "https://")):
            parts = urllib.parse.urlsplit(target)
            target = parts.path + ("?" + parts.query if parts.query else "")
        body = document if document is None or isinstance(document, bytes) else json.dumps(document).encode()
        out = {"Accept": "*/*"}
        if body is not None:
            out["Content-Type"] = "application/json"
        if self.token:
            out["Authorization"] = "Bearer " + self.token
        if self.cookie:
            out["Cookie"] = self.cookie
        if self.csrf and method not in ("GET", "HEAD", "OPTIONS"):
            out["X-CSRF-Token"] = self.csrf
        out.update(headers or {})
        fresh = self._connection is None
        try:
            return self._send(method, target, body, out)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.close()
            if fresh or method not in ("GET", "HEAD"):
                raise  # whether the daemon acted on it is not known
            return self._send(method, target, body, out)  # a kept connection had run out

    def apply(self, reason: str, changes: list[dict], confirm: list[str] | None = None, dry_run: bool = False) -> Reply:
        """A change set: [{"op", "entity", "id"?, "rev"?, "fields"?}]."""
        target = "/api/v1/changes" + ("?dry_run=1" if dry_run else "")
        return self.post(target, {"reason": reason, "changes": changes, "confirm": confirm or []})

    def document(self, kind: str, id: str) -> dict:
        return self.get(f"/api/v1/entities/{kind}/{id}").expect(200).json()

    def documents(self, kind: str, **query: str) -> list[dict]:
        out, after = [], None
        while True:
            wanted = urllib.parse.urlencode({**query, **({"after": after} if after else {})})
            page = self.get(f"/api/v1/entities/{kind}" + ("?" + wanted if wanted else "")).expect(200).json()
            out += page["items"]
            after = page.get("next")
            if not after:
                return out

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def __del__(self):
        self.close()

    def _send(self, method, target, body, headers) -> Reply:
        if self._connection is not None and time.monotonic() - self._used > 20:
            self.close()  # the daemon gives up a connection that asks nothing for a while
        if self._connection is None:
            parts = urllib.parse.urlsplit(self.url)
            if parts.scheme == "https":  # a test's own certificate
                self._connection = http.client.HTTPSConnection(parts.netloc, timeout=self.timeout, context=ssl._create_unverified_context())
            else:
                self._connection = http.client.HTTPConnection(parts.netloc, timeout=self.timeout)
        self._connection.request(method, target, body, headers)
        response = self._connection.getresponse()
        self._used = time.monotonic()
        return Reply(response.status, response.headers, response.read())


class Daemon:
    """`kogge serve` on a data folder. Leaving the `with` block stops it and removes a folder it made itself."""

    def __init__(self, build: str | os.PathLike, data: str | os.PathLike | None = None, demo: bool = False,
                 config: str | None = None, environment: dict[str, str] | None = None, deadline: float = 120.0):
        self.build = pathlib.Path(build)
        self.deadline = deadline
        self._own = data is None
        self.data = pathlib.Path(data) if data else pathlib.Path(tempfile.mkdtemp(prefix="kogge-test-"))
        self.log_path = self.data / "daemon.log"
        self.url = ""
        self.token = ""
        self.process: subprocess.Popen | None = None
        self._extra = environment or {}
        if config is not None:
            (self.data / "kogge.toml").write_text(config, encoding="utf-8")
        if demo:
            self.run("demo")

    @property
    def program(self) -> pathlib.Path:
        return self.build / "bin" / "kogge"

    def environment(self) -> dict[str, str]:
        """Ours without a person's own Kogge settings; any free port."""
        own = {k: v for k, v in os.environ.items() if not k.startswith("KOGGE_")}
        return {**own, "KOGGE_DATA_DIR": str(self.data), "KOGGE_SERVER_LISTEN": "127.0.0.1:0",
                "KOGGE_PLUGINS_FOLDER": str(self.build / "plugins"), "KOGGE_DEMO_SCENARIO": str(DEMO),
                "LC_ALL": "C.UTF-8", **self._extra}

    def run(self, *arguments: str, check: bool = True, input: str | None = None) -> subprocess.CompletedProcess:
        """A command of the CLI on this data folder, whether the daemon runs or not."""
        done = subprocess.run([self.program, *arguments], env=self.environment(), input=input, text=True,
                              stdin=None if input is not None else subprocess.DEVNULL,
                              capture_output=True, timeout=self.deadline)
        if check and done.returncode != 0:
            raise DaemonError(f"kogge {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def start(self) -> "Daemon":
        note = self.data / NOTE
        note.unlink(missing_ok=True)  # a killed daemon leaves its own behind
        with _Watch(self.data) as watch, open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([self.program, "serve"], env=self.environment(), stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, start_new_session=True)
            found = watch.wait(self.process, lambda: _read_note(note), self.deadline)
        if not found:
            code = self.process.poll()
            self.kill()
            raise DaemonError(("did not serve within %g s" % self.deadline if code is None else f"ended with {code}") + ":\n" + self.log()[-4000:])
        self.url, self.token = found["url"], found["token"]
        return self

    def stop(self) -> int:
        """Asks it to end and waits; the exit code. A daemon that does not end in time is killed and reported."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            return process.wait(timeout=self.deadline)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise DaemonError("did not end on SIGTERM:\n" + self.log()[-4000:])

    def kill(self) -> None:
        """SIGKILL: what a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def client(self, token: str | None = None, **options) -> Client:
        return Client(self.url, token if token is not None else self.token, **options)

    def anonymous(self, **options) -> Client:
        return Client(self.url, **options)

    @property
    def port(self) -> int:
        return urllib.parse.urlsplit(self.url).port

    @property
    def pid(self) -> int:
        return self.process.pid

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def remove(self) -> None:
        if self._own:
            shutil.rmtree(self.data, ignore_errors=True)

    def __enter__(self) -> "Daemon":
        try:
            return self.start()
        except BaseException:
            self.remove()
            raise

    def __exit__(self, kind, *_) -> None:
        try:
            code = self.stop()
            if kind is None and code != 0:
                raise DaemonError(f"ended with {code}:\n" + self.log()[-4000:])
        finally:
            if kind is not None:
                print(self.log()[-4000:])
            self.remove()


def free_port() -> int:
    """A port nobody listens on just now, for programs that cannot choose one themselves."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _read_note(path: pathlib.Path) -> dict | None:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return note if note.get("url") and note.get("token") else None


class _Watch:
    """inotify on a folder: wakes up for every finished write."""

    CLOSE_WRITE, MOVED_TO = 0x8, 0x80

    def __init__(self, folder: pathlib.Path):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if self.fd < 0 or libc.inotify_add_watch(self.fd, os.fsencode(folder), self.CLOSE_WRITE | self.MOVED_TO) < 0:
            raise OSError(ctypes.get_errno(), f"cannot watch {folder}")

    def wait(self, process: subprocess.Popen, look, seconds: float):
        """What `look` returns once it returns something; None when the process ended or the time is over first."""
        end = time.monotonic() + seconds
        pidfd = os.pidfd_open(process.pid)
        try:
            while True:
                if found := look():
                    return found
                ready, _, _ = select.select([self.fd, pidfd], [], [], max(0.0, end - time.monotonic()))
                if not ready or pidfd in ready:
                    return None
                os.read(self.fd, 65536)
        finally:
            os.close(pidfd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)
