#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""An author's day, from outside: install the SDK, find it, build the shortest plugin against it, run its test.

outside_test.py BUILD_DIR SOURCE_DIR
"""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

BUILD, SOURCE = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
FORBIDDEN = re.compile(r'^# \d+ "([^"]*(?:boost/beast/|boost/asio/|/soci/|boost/dll)[^"]*)"', re.MULTILINE)


def run(*command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode:
        sys.exit(f"failed ({done.returncode}): {' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def cpu_seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(*command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory(prefix="kogge-outside-") as folder:
        outside = pathlib.Path(folder)
        prefix, project, build = outside / "prefix", outside / "project", outside / "build"
        run("cmake", "--install", BUILD, "--component", "sdk", "--prefix", prefix)
        shutil.copytree(SOURCE / "tests/sdk/outside", project)
        for file in ("plugin.cpp", "kogge-plugin.json"):
            shutil.copy(SOURCE / "host/plugins/fixtures/gifts" / file, project)

        # Nothing of the house is in reach: only the prefix.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("KOGGE", "CMAKE", "CXX", "C_"))}
        run("cmake", "-S", project, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_PREFIX_PATH={prefix}", env=environment)
        found = re.search(r"^KoggeSDK_DIR:PATH=(.*)$", (build / "CMakeCache.txt").read_text(), re.MULTILINE)
        if not found or not pathlib.Path(found[1]).is_relative_to(prefix):
            sys.exit(f"found another SDK than the installed one: {found and found[1]}")
        run("cmake", "--build", build, "-j2")
        print(run("ctest", "--test-dir", build, "--output-on-failure", "--no-tests=error", env=environment).strip())

        print("an author's plugin.cpp:", measured(build, project, prefix))
        includes_nothing_heavy(project, prefix)


def measured(build, project, prefix):
    """CPU seconds as the author's build compiles it, and without the precompiled header. For the reader: times are no test."""
    objects = [line for line in run("ninja", "-C", build, "-t", "targets", "all").splitlines() if "plugin.cpp.o:" in line]
    object_file = objects[0].split(":")[0]
    (build / object_file).unlink()
    edit = cpu_seconds("ninja", "-C", build, object_file)
    alone = cpu_seconds("g++", "-std=c++20", "-O2", "-c", f"-I{prefix}/include", "-o", "/dev/null", project / "plugin.cpp")
    return f"{edit:.1f} CPU s after an edit, {alone:.1f} from nothing"


def includes_nothing_heavy(project, prefix):
    text = run("g++", "-std=c++20", "-E", f"-I{prefix}/include", project / "plugin.cpp")
    heavy = sorted({m.group(1) for m in FORBIDDEN.finditer(text)})
    if heavy:
        sys.exit("an author's file pulls in " + ", ".join(heavy[:5]))
    if "boost/json" not in text:
        sys.exit("the search for heavy headers would not find any: it did not see Boost.JSON either")


main()
