#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A gate that never closes is no gate: plants one violation of each rule into a copy of the sources and wants it named."""
import pathlib
import shutil
import tempfile
import unittest

import layering

ROOT = pathlib.Path(__file__).resolve().parents[2]

PLANTED = [
    # file, what is written into it, what the finding must say
    ("sdk/include/kogge/values.hpp", '#include "../../../host/store/store.hpp"', "the SDK knows nobody"),
    ("sdk/include/kogge/json.hpp", "#include <boost/asio/io_context.hpp>", "an SDK header pulls in no"),
    ("sdk/include/kogge/host.hpp", "#  include <soci/soci.h>", "an SDK header pulls in no"),
    ("plugins/scheduling/rules.cpp", '#include "store/store.hpp"', "a plugin knows the SDK and plugins/scheduling/"),
    ("plugins/scheduling/rules.cpp", '#include "../logistics/entities.hpp"', "a plugin knows the SDK and plugins/scheduling/"),
    ("plugins/scheduling/plugin.cpp", "#include <soci/soci.h>", "a plugin reaches SQL"),
    ("plugins/scheduling/plugin.cpp", "#include <boost/beast/core.hpp>", "a plugin reaches SQL"),
    ("host/http/router.cpp", '#include "identity/identity.hpp"', "host/http stands on std"),
    ("host/http/router.hpp", "#include <kogge/id.hpp>", "host/http stands on std"),
    ("host/http/cache.cpp", "int visits_seen;", "host/http knows nothing of Kogge's nouns"),
    ("host/http/wire.cpp", "#include <boost/beast/http.hpp>", "host/http/server.cpp alone"),
    ("host/api/entities.cpp", "#include <boost/beast/http.hpp>", "host/http/server.cpp alone"),
    ("host/identity/identity.cpp", "#include <soci/soci.h>", "host/store alone"),
    ("host/api/entities.cpp", "#include <boost/dll.hpp>", "host/plugins alone"),
    ("host/api/entities.cpp", '#include "../../plugins/scheduling/rules.hpp"', "the host knows no plugin"),
    ("host/store/store.hpp", '#include "identity/identity.hpp"', "host/store knows no other part"),
    ("host/plugins/host.cpp", '#include "store/store.hpp"', "host/plugins knows no other part"),
    ("host/api/answer.cpp", "#include <curl/curl.h>", "libcurl is included in"),
    ("host/api/answer.cpp", "#include <gmime/gmime.h>", "GMime is included in host/mail alone"),
    ("host/jobs/jobs.cpp", '#include "store/store.hpp"', "host/jobs knows no other part"),
    ("host/outbound/fetcher.cpp", '#include "store/store.hpp"', "host/outbound knows no other part"),
    ("host/api/answer.cpp", '#include "cli/client.hpp"', "the command line is known to nobody"),
]


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        keep = shutil.ignore_patterns("node_modules", "dist", "desk", "cases", "*.md", "*.json")
        for part in ("sdk", "host", "plugins"):
            shutil.copytree(ROOT / part, self.root / part, ignore=keep)
        # Something of another plugin to reach for, whichever plugins there are.
        other = self.root / "plugins/logistics"
        other.mkdir(exist_ok=True)
        (other / "entities.hpp").touch()

    def tearDown(self):
        self.folder.cleanup()

    def test_each_is_named(self):
        before = set(layering.violations(self.root))
        for file, line, rule in PLANTED:
            with self.subTest(file=file, line=line):
                path = self.root / file
                clean = path.read_text()
                path.write_text(clean + "\n" + line + "\n")
                fresh = set(layering.violations(self.root)) - before
                path.write_text(clean)
                self.assertTrue(any(v.startswith(file) and rule in v for v in fresh), f"not caught; found only {fresh}")

    def test_prose_may_say_what_code_may_not(self):
        path = self.root / "host/http/cache.cpp"
        before = set(layering.violations(self.root))
        path.write_text(path.read_text() + "\n// a feed of a visit\n/* #include <soci/soci.h> would be wrong here */\n")
        self.assertEqual(set(layering.violations(self.root)) - before, set())


if __name__ == "__main__":
    unittest.main()
