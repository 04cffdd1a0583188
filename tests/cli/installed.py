#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Installed elsewhere, Kogge finds its plugins and its sample mission by itself. KOGGE_TEST_BUILD names the build folder."""
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["KOGGE_TEST_BUILD"])


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="kogge-installed-")
        cls.prefix = pathlib.Path(cls.folder.name) / "usr"
        subprocess.run(["cmake", "--install", BUILD, "--component", "product", "--prefix", cls.prefix], check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def kogge(self, *arguments):
        own = {k: v for k, v in os.environ.items() if not k.startswith("KOGGE_")}
        done = subprocess.run([self.prefix / "bin/kogge", *arguments], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
                              env={**own, "LC_ALL": "C.UTF-8", "KOGGE_DATA_DIR": f"{self.folder.name}/data"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_it_loads_its_own_plugins_and_its_own_mission(self):
        self.assertIn("programme_item", self.kogge("demo"))
        plugins = self.kogge("plugin", "list").splitlines()[1:]
        self.assertEqual(len(plugins), len(list((self.prefix / "lib/kogge/plugins").glob("*.so"))))
        self.assertTrue(plugins and all("running" in line for line in plugins), plugins)
        self.assertIn(str(self.prefix), self.kogge("check-config"))

    def test_the_manual_page_has_every_command(self):
        page = (self.prefix / "share/man/man1/kogge.1").read_text()
        for line in self.kogge("help").split("\n\n")[2].splitlines():
            command = line.strip().split("  ")[0]
            self.assertIn(".B kogge " + command.replace("-", "\\-") + "\n", page)

    def test_bash_completes(self):
        script = self.prefix / "share/bash-completion/completions/kogge"
        for typed, wanted in ((["kogge", "fi"], "findings"), (["kogge", "item", "mo"], "move"), (["kogge", "item", "move", "it-20", "+30", "--dry"], "--dry-run"),
                              (["kogge", "findings", "--level", "war"], "warn"), (["kogge", "undo", "--y"], "--yes")):
            words = " ".join(f"'{word}'" for word in typed)
            done = subprocess.run(["bash", "-euc", f'. "{script}"; COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _kogge; echo "${{COMPREPLY[@]}}"'],
                                  capture_output=True, text=True)
            self.assertEqual(done.stdout.split(), [wanted], f"{typed}: {done.stderr}")


if __name__ == "__main__":
    unittest.main()
