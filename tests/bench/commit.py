# SPDX-License-Identifier: EUPL-1.2
"""A change set committed on SQLite with synchronous=FULL, against the same rows by the raw sqlite3 API (bench_commit)."""

import tempfile

from measure import Machine, output_of


def run(machine: Machine):
    # Beside the build, not in /tmp: what is kept in memory has no disk to wait for.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=machine.build) as folder:
        for line in output_of(machine.program("bench_commit"), folder, missed_bar=1).splitlines():
            yield "commit, " + line.strip()
