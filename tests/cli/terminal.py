#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What only happens where a person sits: questions, passwords without echo, width, colour. Each test talks to `kogge` on a
pseudo-terminal, waiting for what it says before it answers. KOGGE_TEST_BUILD names the build folder."""
import os
import pathlib
import pty
import select
import shutil
import signal
import sys
import tempfile
import termios
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from kogge_daemon import Daemon  # noqa: E402

BUILD = pathlib.Path(os.environ["KOGGE_TEST_BUILD"])
DEADLINE = 60.0


class Person:
    """`kogge` on a terminal of its own; `heard` is everything it showed."""

    def __init__(self, data, *arguments, columns=80, **environment):
        daemon = Daemon(BUILD, data=data)
        variables = {**daemon.environment(), "TERM": "xterm", "COLUMNS": str(columns), **environment}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(daemon.program, ["kogge", *arguments], variables)
        self.heard = ""

    def wait_for(self, text):
        end = time.monotonic() + DEADLINE
        while text not in self.heard:
            if not self._hear(end):
                raise AssertionError(f"never said {text!r}, only {self.heard!r}")

    def answer(self, text):
        os.write(self.fd, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)

    def leave(self):
        """Listens to the end; the exit code, negative for a signal."""
        end = time.monotonic() + DEADLINE
        while self._hear(end):
            pass
        os.close(self.fd)
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _hear(self, end):
        ready, _, _ = select.select([self.fd], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            os.kill(self.pid, signal.SIGKILL)
            raise AssertionError(f"said nothing more within {DEADLINE} s after {self.heard!r}")
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the other end has closed
            return False
        self.heard += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


class Terminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = tempfile.mkdtemp(prefix="kogge-terminal-")
        Daemon(BUILD, data=cls.template).run("demo")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.template)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kogge-terminal-")
        self.data = pathlib.Path(self.folder.name) / "data"
        shutil.copytree(self.template, self.data)

    def tearDown(self):
        self.folder.cleanup()

    def starts(self, item):
        return Daemon(BUILD, data=self.data).run("export", "--visit", "visit-hh-2027").stdout.split(f'"id":"{item}"')[1].split('"starts":"')[1][11:16]

    def test_a_clash_is_asked_about_and_confirmed(self):
        person = Person(self.data, "item", "move", "it-15", "+30")
        person.wait_for("do it all the same? [y/N] ")
        self.assertIn("it-15 x lg-15", person.heard)
        person.answer("y\n")
        self.assertEqual(person.leave(), 0)
        self.assertEqual(self.starts("it-15"), "11:35")

    def test_anything_but_yes_is_no(self):
        for answer in ("n\n", "\n", "\x04"):
            person = Person(self.data, "item", "move", "it-15", "+30", "--lang", "de")
            person.wait_for("trotzdem ausführen? [j/N] ")
            person.answer(answer)
            self.assertEqual(person.leave(), 3)
            self.assertIn("nichts geändert", person.heard)
        self.assertEqual(self.starts("it-15"), "11:05")

    def test_a_password_is_not_shown_and_lets_in(self):
        person = Person(self.data, "user", "add", "ada")
        person.wait_for("password for ada: ")
        self.assertFalse(person.echoes())
        person.answer("corrrect\x7f\x7f\x7f\x7f\x7frect horse battery\n")  # mistyped, and taken back
        person.wait_for("once more: ")
        person.answer("correct horse battery\n")
        self.assertEqual(person.leave(), 0)
        self.assertNotIn("horse", person.heard)
        with Daemon(BUILD, data=self.data) as daemon:
            daemon.anonymous().sign_in("ada", "correct horse battery")

    def test_two_different_passwords_are_none(self):
        person = Person(self.data, "user", "add", "ada")
        person.wait_for("password for ada: ")
        person.answer("correct horse battery\n")
        person.wait_for("once more: ")
        person.answer("correct horse baterry\n")
        self.assertEqual(person.leave(), 2)
        self.assertIn("the two passwords differ", person.heard)
        self.assertNotIn("ada", Daemon(BUILD, data=self.data).run("user", "list").stdout)

    def test_control_c_at_a_password_leaves_a_terminal_that_echoes(self):
        person = Person(self.data, "user", "add", "ada")
        person.wait_for("password for ada: ")
        keep = os.dup(person.fd)
        person.answer("secret\x03")
        self.assertEqual(person.leave(), -signal.SIGINT)
        self.assertTrue(termios.tcgetattr(keep)[3] & termios.ECHO)
        os.close(keep)

    def test_a_long_finding_breaks_within_its_column(self):
        person = Person(self.data, "findings", columns=90)
        self.assertEqual(person.leave(), 0)
        self.assertLessEqual(max(map(len, person.heard.replace("\033[1m", "").replace("\033[0m", "").splitlines())), 90)
        self.assertIn("\n" + " " * 50 + "for Berend Oosterwijk (0 in all)\n", person.heard)

    def test_no_color_means_no_escape_sequence(self):
        person = Person(self.data, "findings")
        person.leave()
        self.assertIn("\033[1m", person.heard)
        for setting in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            person = Person(self.data, "findings", **setting)
            person.leave()
            self.assertNotIn("\033", person.heard)


if __name__ == "__main__":
    unittest.main()
