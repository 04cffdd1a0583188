#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Each header of the SDK compiles alone; abi.h does as C11, too; the shortest plugin compiles with clang, when clang is there.

headers_test.py SOURCE_DIR
"""
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1]).resolve()
INCLUDE = SOURCE / "sdk/include"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wno-sign-conversion", "-Wno-missing-field-initializers", "-Werror"]


def compiles(name, *command):
    done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return None if done.returncode == 0 else f"{name} does not compile alone:\n{done.stdout[:2000]}"


def jobs(folder):
    headers = sorted(INCLUDE.rglob("*.hpp")) + [INCLUDE / "kogge/abi.h"]
    assert len(headers) > 15, f"only {len(headers)} headers under {INCLUDE}"
    for header in headers:
        name = header.relative_to(INCLUDE)
        source = folder / (str(name).replace("/", "_") + ".cpp")
        source.write_text(f"#include <{name}>\n#include <{name}>\n")  # twice: it guards itself
        yield name, ["g++", "-std=c++20", "-fsyntax-only", *WARNINGS, f"-I{INCLUDE}", source]
    contract = folder / "abi.c"
    contract.write_text("#include <kogge/abi.h>\nint main(void) { return (int)KG_ABI_MAJOR - 1; }\n")
    yield "abi.h as C11", ["gcc", "-std=c11", "-pedantic", "-pedantic-errors", "-fsyntax-only", *WARNINGS, f"-I{INCLUDE}", contract]
    if shutil.which("clang++"):
        yield "the shortest plugin with clang", ["clang++", "-std=c++20", "-fsyntax-only", f"-I{INCLUDE}", SOURCE / "host/plugins/fixtures/gifts/plugin.cpp"]
        yield "abi.h as C11 with clang", ["clang", "-std=c11", "-pedantic-errors", "-Weverything", "-Wno-padded", "-Werror", "-fsyntax-only", f"-I{INCLUDE}", contract]


def main():
    with tempfile.TemporaryDirectory(prefix="kogge-headers-") as folder:
        work = list(jobs(pathlib.Path(folder)))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [w for w in pool.map(lambda job: compiles(job[0], *job[1]), work) if w]
    print("\n".join(wrong) or f"{len(work)} compile alone")
    return 1 if wrong else 0


sys.exit(main())
