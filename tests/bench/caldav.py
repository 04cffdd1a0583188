# SPDX-License-Identifier: EUPL-1.2
"""CalDAV against the calendar servers of Debian, and feeds against nginx: the same events, the same questions, by the same load
generator, one server after the other. Every answer is counted before it is timed: a fast wrong one is an error."""

import base64
import contextlib
import dataclasses
import datetime
import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import caldav_peers
from feed import nginx_with
from kogge_daemon import Daemon
from caldav_peers import Peer
from measure import Machine, Missing, installed, median

LUA = pathlib.Path(__file__).with_name("caldav.lua")
WEEK = datetime.timedelta(days=7)
EVERY = datetime.timedelta(minutes=43)  # 10,000 events fill ten months: 235 of them are in a week
XML = {"Content-Type": "application/xml; charset=utf-8"}
ICS = {"Content-Type": "text/calendar; charset=utf-8"}


# ---- what is asked -------------------------------------------------------------------------------------------------------

class Events:
    """A calendar of `count` events of 25 minutes, from tomorrow on."""

    def __init__(self, count: int):
        self.count = count
        self.begin = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)
        self.first = self.begin + min(self.count // 2 * EVERY, datetime.timedelta(days=150))  # of the week that is asked for

    def start(self, i: int) -> datetime.datetime:
        return self.begin + i * EVERY

    def event(self, i: int) -> str:
        start = self.start(i)
        return (f"BEGIN:VEVENT\r\nUID:bench-{i}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{utc(start)}\r\nDTEND:{utc(start + datetime.timedelta(minutes=25))}\r\n"
                f"SUMMARY:Werkbezoek {i}\r\nLOCATION:Rathaus\\, Platz der Republik {i % 90}\r\nCATEGORIES:BENCH\r\n{DESCRIPTION}END:VEVENT\r\n")

    def object(self, i: int) -> bytes:
        return (HEAD + self.event(i) + "END:VCALENDAR\r\n").encode()

    def file(self) -> bytes:
        return (HEAD + "".join(self.event(i) for i in range(self.count)) + "END:VCALENDAR\r\n").encode()

    def in_week(self) -> int:
        end = self.first + WEEK
        return sum(self.start(i) < end and self.start(i) + datetime.timedelta(minutes=25) > self.first for i in range(self.count))

    def range(self) -> str:
        return f'<C:time-range start="{utc(self.first)}" end="{utc(self.first + WEEK)}"/>'


def utc(time: datetime.datetime) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ")


HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n"
DESCRIPTION = "DESCRIPTION:" + "\r\n ".join("Ontvangst door de burgemeester\\, koffie en een rondgang langs de kade. "[:70] for _ in range(12)) + "\r\n"
NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'


def query(events: Events) -> bytes:
    return (f'<C:calendar-query {NAMESPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">'
            f'<C:comp-filter name="VEVENT">{events.range()}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>').encode()


def free_busy(events: Events) -> bytes:
    return f"<C:free-busy-query {NAMESPACES}>{events.range()}</C:free-busy-query>".encode()


def sync(token: str) -> bytes:
    return f"<D:sync-collection {NAMESPACES}><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>".encode()


def responses(body: bytes) -> int:
    """Members in a multistatus: those with an ETag."""
    return len(re.findall(rb"<(?:\w+:)?getetag[ >]", body))


def token_of(body: bytes) -> str:
    found = re.search(rb"<(?:\w+:)?sync-token[^>]*>([^<]+)<", body)
    return found.group(1).decode() if found else ""


# ---- how it is timed -----------------------------------------------------------------------------------------------------

def rate(peer: Peer, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None, *, seconds: int, connections: int = 1, prefix: str = "") -> float:
    """Requests a second by wrk."""
    with tempfile.NamedTemporaryFile(prefix="kogge-body-") as file:
        file.write(body)
        file.flush()
        command = [installed("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", LUA]
        for name, value in {**peer.headers, **(headers or {})}.items():
            command += ["-H", f"{name}: {value}"]
        command += [url, "--", method, file.name] + ([prefix] if prefix else [])
        report = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds + 120).stdout
    if wrong := re.search(r"Non-2xx.*", report):
        raise RuntimeError(f"{peer.name}: {method} {url}: {wrong.group(0)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report).group(1))


class Line:
    """One kept connection that acknowledges every piece at once: a server that sends its answer in small pieces would else wait 40 ms for
    a delayed ACK, which says nothing of its work."""

    def __init__(self, peer: Peer):
        self.peer, self.socket = peer, None
        self.parts = urllib.parse.urlsplit(peer.url)

    def timed(self, method: str, body: bytes, headers: dict[str, str]) -> float:
        lines = {"Host": self.parts.netloc, "Content-Length": str(len(body)), **self.peer.headers, **headers}
        query = "?" + self.parts.query if self.parts.query else ""
        request = f"{method} {self.parts.path}{query} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
        if self.socket is None:
            self.socket = socket.create_connection((self.parts.hostname, self.parts.port), timeout=600)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        self.socket.sendall(request.encode() + body)
        head, rest, pieces = self.head()
        if "content-length" in head:
            while rest < int(head["content-length"]):
                rest += len(self.receive())
        elif head.get("transfer-encoding") == "chunked":
            while not pieces.endswith(b"0\r\n\r\n"):
                pieces = pieces[-8:] + self.receive()
        else:
            while self.receive():
                pass
        seconds = time.perf_counter() - start
        if head.get("connection", "").lower() == "close":
            self.close()
        return seconds

    def head(self) -> tuple[dict[str, str], int, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            piece = self.receive()
            if not piece:
                raise RuntimeError(f"{self.peer.name} hung up")
            received += piece
        text, rest = received.split(b"\r\n\r\n", 1)
        status, *lines = text.decode("latin-1").split("\r\n")
        if int(status.split()[1]) >= 300:
            raise RuntimeError(f"{self.peer.name}: {status}")
        keep = {"connection": "close"} if status.startswith("HTTP/1.0") else {}
        return keep | {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}, len(rest), rest

    def receive(self) -> bytes:
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return self.socket.recv(1 << 20)

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None


def alone(peer: Peer, method: str, body: bytes, headers: dict[str, str], seconds: float) -> float:
    """Requests a second of one client that waits for each answer, by the median."""
    line, times, end = Line(peer), [], time.perf_counter() + seconds
    try:
        while not times or time.perf_counter() < end:
            times.append(line.timed(method, body, headers))
    finally:
        line.close()
    return 1 / median(times)


@dataclasses.dataclass
class Figures:
    """What one server reached: requests a second, by the name of the question; None where it cannot answer it."""
    name: str
    durable: str
    rates: dict[str, float | None] = dataclasses.field(default_factory=dict)
    seconds: dict[str, float] = dataclasses.field(default_factory=dict)


def fill(peer: Peer, events: Events) -> float | None:
    """Puts all events in; seconds when it took them as one file."""
    if peer.takes_files:
        start = time.perf_counter()
        peer.must("PUT", "", events.file(), ICS)
        return time.perf_counter() - start

    def put(i: int) -> None:
        for attempt in range(5):  # a server of several processes on one SQLite may be busy with itself
            status, _, body = peer.ask("PUT", f"bench-{i}.ics", events.object(i), ICS)
            if status < 300:
                return
        raise RuntimeError(f"{peer.name}: PUT answered {status}: {body[:300]!r}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(events.count)))
    return None


def ask(peer: Peer, events: Events, machine: Machine) -> Figures:
    seconds = machine.size.seconds
    out = Figures(peer.name, peer.durable)
    if (took := fill(peer, events)) is not None:
        out.seconds["import"] = took

    def question(name: str, method: str, body: bytes, headers: dict[str, str], good) -> None:
        status, _, answer = peer.ask(method, "", body, headers)
        if status >= 300 or not good(answer):
            if peer.name == "kogge":
                raise RuntimeError(f"kogge: {name}: {status}, {responses(answer)} members: {answer[:500]!r}")
            out.rates[name] = None
            return
        out.rates[name] = alone(peer, method, body, headers, seconds)

    week = events.in_week()
    question("query", "REPORT", query(events), {**XML, "Depth": "1"}, lambda answer: responses(answer) == week)
    question("free-busy", "REPORT", free_busy(events), {**XML, "Depth": "1"}, lambda answer: b"FREEBUSY" in answer)
    question("sync, initial", "REPORT", sync(""), XML, lambda answer: responses(answer) >= events.count)
    token = token_of(peer.ask("REPORT", "", sync(""), XML)[2])
    peer.must("PUT", "one-more.ics", events.object(0).replace(b"bench-0", b"one-more"), ICS)
    question("sync, one change", "REPORT", sync(token), XML, lambda answer: token != "" and responses(answer) == 1)
    if peer.feed:
        out.rates["feed"] = alone(dataclasses.replace(peer, url=peer.feed), "GET", b"", {}, seconds)
        tag = peer.ask("GET", "/" + peer.feed.split("/", 3)[3])[1].get("ETag")
        conditional = {"If-None-Match": tag} if tag else {}
        unchanged = bool(tag) and peer.ask("GET", "/" + peer.feed.split("/", 3)[3], None, conditional)[0] == 304
        out.rates["feed, 304"] = rate(peer, "GET", peer.feed, b"", conditional, seconds=seconds, connections=8) if unchanged else None
    body = events.object(0).replace(b"bench-0", b"@UID@")
    out.rates["put"] = rate(peer, "PUT", peer.url, body, ICS, seconds=seconds, connections=4, prefix="new-")
    return out


# ---- our own -------------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def kogge(machine: Machine):
    """A daemon with the user `bench`, who is the person `p-bench`, and an empty calendar of theirs."""
    with Daemon(machine.build) as daemon:
        client = daemon.client(timeout=600)
        client.post("/api/v1/entities/person", {"id": "p-bench", "given_name": "Bea", "family_name": "Bench"}).expect(201)
        client.post("/api/v1/users", {"name": "bench", "password": "correct horse", "role": "planner", "language": "nl", "person": "p-bench"}).expect(201)
        secret = client.post("/api/v1/tokens", {"name": "bench", "scopes": ["read", "write"], "user": "bench"}).expect(201).json()["token"]
        headers = {"Authorization": "Basic " + base64.b64encode(f"bench:{secret}".encode()).decode()}
        peer = Peer("kogge", f"{daemon.url}/dav/calendars/bench/bench/", headers, durable="fsync, several PUTs in one")
        peer.must("MKCALENDAR")
        yield peer, daemon


def programme(count: int) -> dict:
    """A visit of `count` items, as POST /import takes it."""
    events = Events(count)
    when = lambda time: time.strftime("%Y-%m-%dT%H:%M:%S[Europe/Berlin]")  # noqa: E731
    visit = {"id": "v-bench", "title": {"text": "Bench", "language": "de"}, "starts": when(events.start(0)), "ends": when(events.start(count) + WEEK)}
    items = [{"id": f"it-{i}", "visit": "v-bench", "title": {"text": f"Werkbezoek {i}", "language": "nl"}, "item_kind": "tour", "status": "confirmed",
              "starts": when(events.start(i)), "ends": when(events.start(i) + datetime.timedelta(minutes=25)),
              "note": {"text": "Ontvangst door de burgemeester, koffie en een rondgang langs de kade. " * 6, "language": "nl"}} for i in range(count)]
    return {"format": "kogge-export/1", "entities": {"visit": [visit], "programme_item": items}}


def feeds(machine: Machine, count: int):
    """A feed of `count` events: kept, unchanged, and made anew after one change."""
    with Daemon(machine.build) as daemon:
        client = daemon.client(timeout=600)
        client.post("/api/v1/import", json.dumps(programme(count)).encode()).expect(200)
        url = client.post("/api/v1/visits/v-bench/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()["url"]
        reply = daemon.anonymous(timeout=600).get(url).expect(200)
        if (found := reply.body.count(b"BEGIN:VEVENT")) != count:
            raise RuntimeError(f"the feed has {found} events, not {count}")
        with nginx_with({"feed.ics": reply.body}) as other:
            us, nginx = Peer("kogge", url, {}), Peer("nginx", other + "/feed.ics", {})
            tag = reply.header("ETag")
            theirs = nginx.ask("GET", "/feed.ics")[1].get("ETag")
            for what, headers in (("kept", ({}, {})), ("304", ({"If-None-Match": tag}, {"If-None-Match": theirs}))):
                pairs = [(rate(us, "GET", us.url, b"", headers[0], seconds=machine.size.seconds, connections=32),
                          rate(nginx, "GET", nginx.url, b"", headers[1], seconds=machine.size.seconds, connections=32)) for _ in range(machine.size.rounds)]
                ours, static = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
                yield f"feed of {count:,} events ({len(reply.body):,} bytes), {what}: kogge {ours:,.0f}/s, nginx {static:,.0f}/s, ratio {ours / static:.2f} (goal: at least 0.9)"
        anew, rev = [], 1
        subscriber = daemon.anonymous(timeout=600)
        for number in range(machine.size.edits // 10 + 1):
            client.patch("/api/v1/entities/programme_item/it-0", {"title": {"text": f"Anders {number}", "language": "nl"}}, rev).expect(200)
            rev += 1
            start = time.perf_counter()
            subscriber.get(url).expect(200)
            anew.append(time.perf_counter() - start)
        yield f"feed of {count:,} events, made anew after one change: p50 {1e3 * median(anew):.2f} ms with its way to the client (goal for 10,000: 2 ms to make)"


def import_file(daemon: Daemon, events: Events) -> float:
    """Seconds for an upload of all events as somebody's foreign calendar."""
    client = daemon.client(timeout=600)
    body = {"person": "p-bench", "kind": "file", "name": "bench", "consent": "bench", "text": events.file().decode()}
    start = time.perf_counter()
    calendar = client.post("/api/v1/calendars/foreign", body).expect(201).json()
    seconds = time.perf_counter() - start
    if calendar["events"] != events.count:
        raise RuntimeError(f"{calendar['events']} of {events.count} events came in")
    return seconds


# ---- the table -----------------------------------------------------------------------------------------------------------

GOALS = {"query": "3 ms", "free-busy": "3 ms", "sync, initial": "30 ms", "sync, one change": "1 ms"}
WORDS = {"query": "calendar-query of one week ({week} found) in {count}", "free-busy": "free-busy of one week in {count}", "sync, initial": "initial sync-collection of {count}",
         "sync, one change": "sync-collection after one change in {count}"}


def compared(ours: float, others: dict[str, float | None]) -> str:
    """How many times as fast as the best peer."""
    best = max((figure for figure in others.values() if figure), default=None)
    return f"{ours / best:.1f} × the best peer" if best else "no peer answers it"


def table(events: Events, us: Figures, peers: list[Figures]):
    facts = {"week": events.in_week(), "count": f"{events.count:,}"}
    for name, words in WORDS.items():
        others = {peer.name: peer.rates.get(name) for peer in peers}
        said = ", ".join(f"{who} {1e3 / figure:.1f} ms" if figure else f"{who} -" for who, figure in others.items())
        yield f"caldav, {words.format(**facts)}: kogge {1e3 / us.rates[name]:.2f} ms; {said}; {compared(us.rates[name], others)} (goal: {GOALS[name]})"
    others = {peer.name: peer.rates["put"] for peer in peers}
    said = ", ".join(f"{peer.name} {peer.rates['put']:,.0f}/s ({peer.durable})" for peer in peers)
    yield f"caldav, PUT by 4 clients: kogge {us.rates['put']:,.0f}/s ({us.durable}); {said}; {compared(us.rates['put'], others)} (goal: 1,000/s durable)"
    for peer in peers:
        unchanged = peer.rates.get("feed, 304")
        yield f"caldav, feed of {events.count:,} events by {peer.name}: {peer.rates['feed']:.2f}/s, 304 " + (f"{unchanged:,.0f}/s" if unchanged else "never")
    taken = ", ".join(f"{peer.name} {peer.seconds['import']:.1f} s" for peer in peers if "import" in peer.seconds)
    yield f"caldav, import of a file of {events.count:,} events: kogge {us.seconds['import']:.2f} s; {taken or 'no peer takes one'} (goal: 2 s)"


def run(machine: Machine):
    smoke = machine.size.edits < 10
    for count in (20, 60) if smoke else (200, 10_000):
        yield from feeds(machine, count)
    events = Events(60 if smoke else 10_000)
    with kogge(machine) as (peer, daemon):
        us = ask(peer, events, machine)
        us.seconds["import"] = import_file(daemon, events)
    peers = []
    for name in ("radicale",) if smoke else caldav_peers.ALL:  # a smoke test is about us
        try:
            with caldav_peers.ALL[name]() as peer:
                peers.append(ask(peer, events, machine))
        except Missing as what:
            yield f"caldav: {name} is left out: {what}"
    yield from table(events, us, peers)
