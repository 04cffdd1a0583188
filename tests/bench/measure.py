# SPDX-License-Identifier: EUPL-1.2
"""What the benchmarks share: how large, on what, and how a figure is written."""

import dataclasses
import pathlib
import platform
import os
import shutil
import subprocess


class Missing(RuntimeError):
    """A program this benchmark needs is not there; the text says how to get it."""


@dataclasses.dataclass(frozen=True)
class Size:
    seconds: int = 5        # of one wrk run
    rounds: int = 3         # of each peer, taking turns
    edits: int = 300        # edit and fetch
    items: int = 100_000    # imported, and loaded for the conflict check

    @staticmethod
    def smoke() -> "Size":
        return Size(seconds=1, rounds=1, edits=5, items=300)


@dataclasses.dataclass(frozen=True)
class Machine:
    build: pathlib.Path
    size: Size

    def program(self, name: str) -> pathlib.Path:
        """A program of this build."""
        for folder in ("bin", "bin/tests"):
            if (path := self.build / folder / name).exists():
                return path
        raise Missing(f"{self.build}/bin/{name} is not built; build it with: cmake --build {self.build} --target {name}")

    def __str__(self) -> str:
        return f"# {self.build.name} build, {os.cpu_count()} cores, {processor()}, load {os.getloadavg()[0]:.1f}, Linux {platform.release()}"


def processor() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def installed(name: str, package: str) -> str:
    """A program of the system, also from where only root looks."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise Missing(f"{name} is not installed: apt-get install {package}")
    return found


def output_of(*command, missed_bar: int = 0) -> str:
    """What it prints. A program that ends with `missed_bar` has measured, and found itself slow."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=3600)
    if done.returncode not in (0, missed_bar):
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def percentile(times: list[float], part: float) -> float:
    return sorted(times)[round(part * (len(times) - 1))]


def median(figures: list[float]) -> float:
    return percentile(figures, 0.5)
