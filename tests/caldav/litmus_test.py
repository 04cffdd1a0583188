# SPDX-License-Identifier: EUPL-1.2
"""litmus, the WebDAV suite of neon, over a user's home. Plain collections in a home hold any file, so all of it fits."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from office import Office

BUILD = pathlib.Path()


class Litmus(unittest.TestCase):
    def test_every_suite_passes(self):
        with Office(BUILD) as office, tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["litmus", "-k", office.home("ada"), "ada", office.secrets["ada"]], cwd=folder, text=True, capture_output=True, timeout=240,
                                  env={"PATH": "/usr/bin:/bin", "TESTS": "basic copymove props locks http"})
        print(done.stdout)
        failed = re.findall(r"^.*\bFAIL\b.*$", done.stdout, re.MULTILINE)
        self.assertEqual(failed, [])
        summaries = re.findall(r"summary for `(\w+)': of (\d+) tests run: (\d+) passed, (\d+) failed", done.stdout)
        self.assertEqual([name for name, *_ in summaries], ["basic", "copymove", "props", "locks", "http"])
        for name, run, passed, _ in summaries:
            self.assertEqual(run, passed, name)


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
