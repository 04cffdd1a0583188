# SPDX-License-Identifier: EUPL-1.2
"""A large programme imported through the path a user has, against the same rows written by sqlite3 in one transaction."""

import json
import pathlib
import sqlite3
import tempfile
import time

from kogge_daemon import Daemon
from measure import Machine

ITEMS_OF_A_VISIT = 100
ZONE = "Europe/Amsterdam"


def document_of(items: int) -> dict:
    """An export as POST /import takes it: visits of a hundred items, each of two tracks with ten people."""
    kinds = {kind: [] for kind in ("organisation", "visit", "delegation", "track", "person", "venue", "delegate", "programme_item")}
    kinds["venue"].append({"id": "place", "name": "Raadhuis", "zone": ZONE})
    kinds["organisation"].append({"id": "office", "name": "Gemeente"})
    for v in range(-(-items // ITEMS_OF_A_VISIT)):
        visit = f"v{v}"
        month, year = 1 + v % 12, 2027 + v // 12 % 50
        kinds["visit"].append({"id": visit, "title": text(f"Bezoek {v}"), "starts": time_of(year, month, 1, 8), "ends": time_of(year, month, 28, 20)})
        kinds["delegation"].append({"id": f"dg-{visit}", "visit": visit, "side": "guest", "organisation": "office"})
        for t in "AB":
            kinds["track"].append({"id": f"{visit}.{t}", "visit": visit, "code": t})
            for p in range(10):
                person = f"{visit}-{t}{p}"
                kinds["person"].append({"id": person, "given_name": "Sanne", "family_name": f"Visser {person}"})
                kinds["delegate"].append({"id": f"d-{person}", "visit": visit, "delegation": f"dg-{visit}", "person": person, "track": f"{visit}.{t}", "status": "confirmed"})
        for i in range(min(ITEMS_OF_A_VISIT, items - v * ITEMS_OF_A_VISIT)):
            day, hour = 1 + i // 10, 8 + i % 10
            kinds["programme_item"].append({
                "id": f"{visit}-i{i}", "visit": visit, "title": text(f"Onderdeel {i}"), "item_kind": "tour", "status": "confirmed", "venue": "place",
                "starts": time_of(year, month, day, hour), "ends": time_of(year, month, day, hour + 1), "tracks": [f"{visit}.{'AB'[i % 2]}"]})
    return {"format": "kogge-export/1", "entities": kinds}


def text(words: str) -> dict:
    return {"text": words, "language": "nl"}


def time_of(year: int, month: int, day: int, hour: int) -> str:
    return f"{year}-{month:02}-{day:02}T{hour:02}:00:00[{ZONE}]"


def peak_mib(pid: int) -> float:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmHWM in /proc")


def lower_bound(document: dict) -> float:
    """Seconds for the same rows and a log entry each, indexed as little as can be, without a question asked."""
    with tempfile.TemporaryDirectory(prefix="kogge-bench-") as folder:
        body = json.dumps(document)
        start = time.perf_counter()
        rows = [(kind, row["id"], json.dumps(row)) for kind, list in json.loads(body)["entities"].items() for row in list]
        db = sqlite3.connect(pathlib.Path(folder) / "bound.db")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE entity (kind TEXT, id TEXT, document TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        db.execute("CREATE TABLE log (seq INTEGER PRIMARY KEY, kind TEXT, id TEXT, after TEXT)")
        with db:
            db.executemany("INSERT INTO entity VALUES (?, ?, ?)", rows)
            db.executemany("INSERT INTO log (kind, id, after) VALUES (?, ?, ?)", rows)
        seconds = time.perf_counter() - start
        db.close()
        return seconds


def run(machine: Machine):
    items = machine.size.items
    document = document_of(items)
    body = json.dumps(document).encode()
    with Daemon(machine.build) as daemon:
        client = daemon.client(timeout=3600)
        before = peak_mib(daemon.pid)
        start = time.perf_counter()
        imported = client.post("/api/v1/import", body).expect(200).json()["imported"]
        seconds = time.perf_counter() - start
        if imported["programme_item"] != items:
            raise RuntimeError(f"{imported['programme_item']} items were imported, not {items}")
        after = peak_mib(daemon.pid)
    rows = sum(len(list) for list in document["entities"].values())
    bound = lower_bound(document)
    yield (f"import of {items:,} items ({rows:,} rows, {len(body) / 2**20:.0f} MiB): {items / seconds:,.0f} items/s, peak memory {after:,.0f} MiB "
           f"({before:.0f} before); {seconds:.1f} s against {bound:.1f} s of sqlite3 alone, ratio {seconds / bound:.1f}")
