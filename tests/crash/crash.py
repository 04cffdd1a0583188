#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""crash.py sqlite|postgres STORE_CRASH: kills a writing store again and again, and the server under it, and counts."""
import glob
import os
import pathlib
import pwd
import random
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


class Burst:
    """A writer, and the lines it acknowledged."""

    def __init__(self, program, url):
        self.process = subprocess.Popen([program, "write", url], stdout=subprocess.PIPE)
        self.lines = []

    def read(self, count):
        """Waits for `count` more acknowledgements."""
        for _ in range(count):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("the writer ended by itself")
            self.lines.append(line)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        rest = self.process.stdout.read()
        self.lines += [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
        self.process.wait()


def check(program, url, acknowledged):
    done = subprocess.run([program, "check", url], input=b"".join(acknowledged), capture_output=True)
    if done.returncode != 0:
        raise SystemExit("after a crash: " + done.stderr.decode())
    return done.stdout.decode().strip()


def kill_writers(program, url, times, dice):
    acknowledged = []
    for _ in range(times):
        burst = Burst(program, url)
        try:
            burst.read(dice.randint(1, 120))
        finally:
            burst.kill()
        acknowledged += burst.lines
        said = check(program, url, acknowledged)
    print(f"{times} x kill -9 of the store: {said}")
    return acknowledged


def sqlite(program, dice):
    folder = tempfile.mkdtemp(prefix="kogge-crash-")
    try:
        kill_writers(program, f"sqlite://{folder}/kogge.db", 50, dice)
    finally:
        shutil.rmtree(folder)


class Server:
    """A PostgreSQL of our own, to be pulled from under the store."""

    def __init__(self):
        script = str(ROOT / "tests" / "postgres")
        done = subprocess.run([script, "start"], capture_output=True, text=True)
        if done.returncode != 0:
            print("skipped:", done.stderr.strip())
            raise SystemExit(SKIPPED)
        self.url = done.stdout.strip()
        port = self.url.rsplit(":", 1)[1].split("/")[0]
        self.folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"kogge-postgres-{port}")
        self.script = script

    def restart(self):
        control = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))[-1]
        command = [control, "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-m", "immediate", "-w", "-t", "60", "restart"]
        if os.getuid() == 0:
            command = ["runuser", "-u", pwd.getpwuid(os.stat(self.folder).st_uid).pw_name, "--"] + command
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")

    def stop(self):
        subprocess.run([self.script, "stop", self.url], check=False)


def postgres(program, dice):
    server = Server()
    try:
        acknowledged = kill_writers(program, server.url, 10, dice)
        burst = Burst(program, server.url)
        try:
            for _ in range(3):
                burst.read(dice.randint(20, 120))
                server.restart()
            burst.read(50)  # it writes on as if nothing had been
        finally:
            burst.kill()
        print("3 x immediate restart of the server:", check(program, server.url, acknowledged + burst.lines))
    finally:
        server.stop()


if __name__ == "__main__":
    seed = int(os.environ.get("KOGGE_TEST_SEED", "20270421"))
    {"sqlite": sqlite, "postgres": postgres}[sys.argv[1]](sys.argv[2], random.Random(seed))
