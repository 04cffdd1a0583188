# SPDX-License-Identifier: EUPL-1.2
"""What one edit's conflict check costs inside the scheduling plugin, with many items loaded (bench_scheduling)."""

from measure import Machine, output_of


def run(machine: Machine):
    for line in output_of(machine.program("bench_scheduling"), machine.size.items).splitlines():
        yield "conflict check, " + line.strip()
