# SPDX-License-Identifier: EUPL-1.2
"""Calendars as subscribers fetch them, taken apart no further than these checks need."""

import re

COUNTERS = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")


class Feed:
    """One calendar, in one state: its bytes, and its entries by UID, each a list of unfolded lines."""

    def __init__(self, body: bytes):
        self.body = body
        self.entries: dict[str, list[str]] = {}
        lines = re.sub(r"\r\n[ \t]", "", body.decode("utf-8")).split("\r\n")
        entry: list[str] | None = None
        for line in lines:
            if line == "BEGIN:VEVENT":
                entry = []
            elif line == "END:VEVENT":
                self.entries[value(entry, "UID")] = entry
                entry = None
            elif entry is not None:
                entry.append(line)

    def sequence(self, uid: str) -> int:
        return int(value(self.entries[uid], "SEQUENCE") or 0)

    def uid_of(self, id: str) -> str:
        """The UID of programme item or leg `id`: it carries the id."""
        found = [uid for uid in self.entries if re.fullmatch(rf"(.*[^A-Za-z0-9._~-])?{re.escape(id)}([^A-Za-z0-9._~-].*)?", uid)]
        if len(found) != 1:
            raise AssertionError(f"{id} is in the feed {len(found)} times: {sorted(self.entries)[:5]} …")
        return found[0]

    def lasting(self) -> bytes:
        """The bytes without the lines that count versions."""
        kept, drop = [], False
        for line in self.body.split(b"\r\n"):
            drop = drop if line[:1] in (b" ", b"\t") else line.startswith(tuple(name.encode() + mark for name in COUNTERS for mark in (b":", b";")))
            if not drop:
                kept.append(line)
        return b"\r\n".join(kept)


def value(lines: list[str], name: str) -> str | None:
    for line in lines:
        if re.match(rf"{name}[:;]", line):
            return line.split(":", 1)[1]
    return None


def changed(before: Feed, after: Feed) -> dict[str, int]:
    """The entries that are not the same as before, and by how much their SEQUENCE rose."""
    out = {}
    for uid in before.entries.keys() | after.entries.keys():
        if before.entries.get(uid) != after.entries.get(uid):
            out[uid] = after.sequence(uid) - before.sequence(uid) if uid in before.entries and uid in after.entries else None
    return out
