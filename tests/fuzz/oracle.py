#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Random recurrence rules, expanded by us, by python-dateutil and by libical: where the other two agree, we agree.

oracle.py ASK_RECUR [--rules N] [--seed N]      KOGGE_TEST_RULES: how many, 200 by default
"""
import argparse
import datetime
import os
import random
import select
import signal
import subprocess
import sys

from dateutil import rrule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MOST = 60


class TooLong(Exception):
    pass


def too_long(_number, _frame):
    raise TooLong


class Asked:
    """A process that answers a line with a line; one that does not answer in time is replaced."""

    def __init__(self, *command):
        self.command = command
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def answer(self, line, seconds):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        if select.select([self.process.stdout], [], [], seconds)[0]:
            return self.process.stdout.readline().split()
        self.stop()
        self.start()
        return None

    def stop(self):
        self.process.kill()
        self.process.wait()


def some(r, values, most):
    return sorted(r.sample(values, r.randint(1, min(most, len(values)))))


def signed(r, most, how_many):
    return sorted({r.choice([-1, 1]) * r.randint(1, most) for _ in range(how_many)})


def random_rule(r):
    freq = r.choice(["YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    parts = {"FREQ": freq}
    if r.random() < 0.5:
        parts["INTERVAL"] = r.randint(2, 6 if freq in ("YEARLY", "MONTHLY", "WEEKLY") else 30)
    if r.random() < 0.3:
        parts["WKST"] = r.choice(DAYS)
    if r.random() < 0.3:
        parts["BYMONTH"] = some(r, range(1, 13), 4)
    if freq == "YEARLY" and r.random() < 0.15:
        parts["BYWEEKNO"] = signed(r, 53, 3)
        parts["BYDAY"] = some(r, DAYS, 3)
    elif freq == "YEARLY" and r.random() < 0.2:
        parts["BYYEARDAY"] = signed(r, 366, 4)
    if freq != "WEEKLY" and "BYWEEKNO" not in parts and r.random() < 0.35:
        parts["BYMONTHDAY"] = signed(r, 31, 4)
    if "BYDAY" not in parts and r.random() < 0.45:
        parts["BYDAY"] = some(r, DAYS, 4)
        if freq in ("YEARLY", "MONTHLY") and r.random() < 0.6:
            most = 5 if freq == "MONTHLY" or "BYMONTH" in parts else 53
            parts["BYDAY"] = [f"{n}{d}" for d in parts["BYDAY"] for n in signed(r, most, 2)]
    if r.random() < 0.25:
        parts["BYHOUR"] = some(r, range(24), 3)
    if r.random() < 0.15:
        parts["BYMINUTE"] = some(r, range(60), 3)
    if len(parts) > 2 and r.random() < 0.2 and freq in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"):
        parts["BYSETPOS"] = signed(r, 4, 2)
    text = ";".join(f"{k}={','.join(map(str, v)) if isinstance(v, list) else v}" for k, v in parts.items())
    return text + (f";COUNT={r.randint(2, 40)}" if r.random() < 0.3 else "")


def by_dateutil(rule, start, last):
    """None when it does not come to an end in time, or when there is nothing for it to yield."""
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        out = []
        for at in rrule.rrulestr(rule, dtstart=start):
            if at > last or len(out) == MOST:
                break
            out.append(at)
        return out
    except (TooLong, ValueError):
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def synchronised(r, rule):
    """A start that the rule itself yields: of others RFC 5545 says nothing."""
    start = datetime.datetime(2027, 1, 1) + datetime.timedelta(days=r.randint(0, 800), hours=r.randint(0, 23), minutes=r.choice([0, 15, 30]))
    for _ in range(3):
        first = by_dateutil(rule.split(";COUNT")[0] + ";COUNT=1", start, datetime.datetime(2060, 1, 1))
        if not first:
            return None
        if first[0] == start:
            return start
        start = first[0]
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ask")
    parser.add_argument("--rules", type=int, default=int(os.environ.get("KOGGE_TEST_RULES", "200")))
    parser.add_argument("--seed", type=int, default=5545)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, too_long)
    r = random.Random(options.seed)
    ours, libical = Asked(options.ask), Asked(options.ask, "--libical")
    count = {"all three": 0, "we and dateutil": 0, "we and libical": 0, "none": 0, "libical never ends": 0}
    wrong, alone = [], []
    last = datetime.datetime(2045, 1, 1)
    done = 0
    while done < options.rules:
        rule = random_rule(r)
        start = synchronised(r, rule)
        if start is None:
            continue
        line = f"{start:%Y%m%dT%H%M%S} {rule} {last:%Y%m%dT%H%M%S}"
        expected = by_dateutil(rule, start, last)
        if expected is None:
            continue
        done += 1
        a = ours.answer(line, 30)
        d = [f"{at:%Y%m%dT%H%M%S}" for at in expected]
        b = libical.answer(line, 2)
        if b is None:
            count["libical never ends"] += 1
        if a == d == b:
            count["all three"] += 1
        elif a == d:
            count["we and dateutil"] += 1
        elif a == b:
            count["we and libical"] += 1
            alone.append((line, "dateutil", a, d))
        else:
            count["none"] += 1
            (wrong if d == b else alone).append((line, "both" if d == b else "each", a, d))
    ours.stop()
    libical.stop()
    print(f"{done} rules, seed {options.seed}: " + ", ".join(f"{k} {v}" for k, v in count.items()))
    for line, who, a, d in (wrong + alone)[:10]:
        at = next((i for i, (x, y) in enumerate(zip(a or [], d)) if x != y), min(len(a or []), len(d)))
        print(f"we differ from {who}: {line}\n   we       {(a or ['-'])[at:at + 4]}\n   dateutil {d[at:at + 4]}")
    return 1 if wrong or count["all three"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
