# SPDX-License-Identifier: EUPL-1.2
"""Many phones at once: subscribers poll their calendars, each on a connection of its own, while the office edits. What counts is that
nobody gets an error, how long a 304 takes, and that the daemon does not grow."""

import collections
import dataclasses
import heapq
import json
import multiprocessing
import resource
import selectors
import socket
import time
import urllib.parse

from importing import ITEMS_OF_A_VISIT, document_of
from kogge_daemon import Client, Daemon
from measure import Machine, percentile

BUSY = 5              # every fifth visit is being edited: its subscribers find something new
EDITS_A_SECOND = 50


@dataclasses.dataclass
class Subscriber:
    path: str
    etag: str = ""
    line: socket.socket | None = None
    sent: float = 0.0       # 0: nothing is awaited
    due: float = 0.0
    received: bytearray = dataclasses.field(default_factory=bytearray)


class Poll:
    """All subscribers in one thread: a request when it is due, the time until its answer has come whole."""

    def __init__(self, url: str, paths: list[str], every: float):
        self.host = urllib.parse.urlsplit(url)
        self.every = every
        self.selector = selectors.DefaultSelector()
        self.subscribers = [Subscriber(path) for path in paths]
        self.took: dict[int, list[float]] = collections.defaultdict(list)  # by status
        self.errors: collections.Counter[str] = collections.Counter()

    def run(self, seconds: float) -> None:
        begin = time.perf_counter()
        waiting = []
        for number, one in enumerate(self.subscribers):
            self.connect(one)
            one.due = begin + self.every * number / len(self.subscribers)
            heapq.heappush(waiting, (one.due, number))
        while (now := time.perf_counter()) < begin + seconds:
            while waiting[0][0] <= now:
                _, number = heapq.heappop(waiting)
                self.ask(self.subscribers[number])
                heapq.heappush(waiting, (self.subscribers[number].due, number))
            for key, _ in self.selector.select(max(0.0, waiting[0][0] - time.perf_counter())):
                self.take(key.data)
        end = time.perf_counter() + 10
        while any(one.sent for one in self.subscribers) and time.perf_counter() < end:
            for key, _ in self.selector.select(1):
                self.take(key.data)
        self.errors["no answer"] += sum(1 for one in self.subscribers if one.sent)
        for one in self.subscribers:
            one.line.close()

    def connect(self, one: Subscriber) -> None:
        one.line = socket.create_connection((self.host.hostname, self.host.port))
        one.line.setblocking(False)
        self.selector.register(one.line, selectors.EVENT_READ, one)

    def ask(self, one: Subscriber) -> None:
        one.due += self.every
        if one.sent:
            self.errors["an answer took longer than until the next poll"] += 1
            return
        condition = f"If-None-Match: {one.etag}\r\n" if one.etag else ""
        one.sent = time.perf_counter()
        one.line.send(f"GET {one.path} HTTP/1.1\r\nHost: {self.host.netloc}\r\nUser-Agent: load\r\nAccept-Encoding: gzip\r\n{condition}\r\n".encode())

    def take(self, one: Subscriber) -> None:
        piece = one.line.recv(1 << 18)
        if not piece:
            self.errors["hung up"] += 1
            self.selector.unregister(one.line)
            one.line.close()
            one.sent = 0.0
            self.connect(one)
            return
        one.received += piece
        end = one.received.find(b"\r\n\r\n")
        if end < 0:
            return
        lines = bytes(one.received[:end]).decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        if len(one.received) < end + 4 + int(fields.get("content-length", 0)):
            return
        self.took[status].append(time.perf_counter() - one.sent)
        if status not in (200, 304):
            self.errors[f"status {status}"] += 1
        one.etag = fields.get("etag", one.etag)
        one.sent = 0.0
        one.received.clear()


def edit(url: str, token: str, visits: list[int], stop, edits) -> None:
    """In a process of its own, so that the clock of the subscribers does not wait for it."""
    client = Client(url, token)
    revisions: collections.Counter[str] = collections.Counter()
    begin, number = time.perf_counter(), 0
    while not stop.wait(max(0.0, begin + number / EDITS_A_SECOND - time.perf_counter())):
        item = f"v{visits[number % len(visits)]}-i{number // len(visits) % ITEMS_OF_A_VISIT}"
        revisions[item] += 1
        client.patch(f"/api/v1/entities/programme_item/{item}", {"note": {"text": f"edit {number}", "language": "nl"}}, revisions[item]).expect(200)
        number += 1
        edits.value = number


def resident_mib(pid: int) -> float:
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() / 2**20


def run(machine: Machine):
    smoke = machine.size.edits < 10
    subscribers, visits, every, seconds = (40, 10, 0.5, 3) if smoke else (2_000, 200, 5.0, 300)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with Daemon(machine.build) as daemon:
        client = daemon.client(timeout=600)
        client.post("/api/v1/import", json.dumps(document_of(visits * ITEMS_OF_A_VISIT)).encode()).expect(200)
        paths = []
        for number in range(subscribers):
            link = client.post(f"/api/v1/visits/v{number % visits}/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()
            paths.append(urllib.parse.urlsplit(link["url"]).path)
        warm = Poll(daemon.url, paths, every)  # the first round makes every feed
        warm.run(2 * every)
        before = resident_mib(daemon.pid)

        stop, edits = multiprocessing.Event(), multiprocessing.Value("q", 0)
        office = multiprocessing.Process(target=edit, args=(daemon.url, daemon.token, list(range(0, visits, BUSY)), stop, edits))
        office.start()
        poll = Poll(daemon.url, paths, every)
        for one, known in zip(poll.subscribers, warm.subscribers):
            one.etag = known.etag
        poll.run(seconds / 2)
        halfway = resident_mib(daemon.pid)
        later = Poll(daemon.url, paths, every)
        for one, known in zip(later.subscribers, poll.subscribers):
            one.etag = known.etag
        later.run(seconds / 2)
        stop.set()
        office.join()
        after = resident_mib(daemon.pid)

    errors = warm.errors + poll.errors + later.errors
    if office.exitcode != 0:
        errors["an edit was refused"] += 1
    same, fresh = poll.took[304] + later.took[304], poll.took[200] + later.took[200]
    if not same or not fresh:
        raise RuntimeError(f"{len(same)} answers were 304 and {len(fresh)} were new: nothing was measured")
    yield (f"load: {subscribers:,} subscribers polling every {every:g} s for {seconds} s, {edits.value / seconds:.0f} edits/s: {len(same) + len(fresh):,} polls, "
           f"errors {dict(errors) or 'none'}; 304 ({len(same):,}) p50 {1e3 * percentile(same, 0.5):.2f} ms, p99 {1e3 * percentile(same, 0.99):.2f} ms (goal: p99 < 5 ms); "
           f"new bytes ({len(fresh):,}) p50 {1e3 * percentile(fresh, 0.5):.2f} ms, p99 {1e3 * percentile(fresh, 0.99):.2f} ms")
    yield f"load: memory {before:.0f} MiB before, {halfway:.0f} MiB halfway, {after:.0f} MiB after, second half {after / halfway - 1:+.1%} (goal: flat)"
    if errors:
        raise RuntimeError(f"load: {dict(errors)}")
