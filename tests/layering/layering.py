#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Who may include whom (README, "where each thing lives").

layering.py [ROOT]   lists every include that crosses a wall; exit code 1 when there is one.

Only what is written counts: `#include` lines, and in host/http the words of the field.
"""
import pathlib
import re
import sys

SOURCE = {".c", ".h", ".cpp", ".hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/', re.DOTALL)
# Nouns and parts that an HTTP library has no business with.
NOUN = re.compile(r'(?<![A-Za-z])(visit|person|people|delegat\w+|programme|venue|interpreter|vehicle|transport_leg|leg|finding|plugin)s?(?![A-Za-z])',
                  re.IGNORECASE)
PARTS_OF_HOST = {"api", "cli", "daemon", "desk", "http", "identity", "jobs", "mail", "model", "outbound", "plugins", "store", "web"}


def includes(text):
    return [m.group(2) for m in INCLUDE.finditer(text)]


def starts(path, *prefixes):
    return any(path.startswith(prefix) for prefix in prefixes)


def is_test(path):
    return "_test." in path.name or path.name.startswith(("test_", "bench_")) or bool({"tests", "fixtures", "testing"} & set(path.parts))


def resolved(root, file, name):
    """The file an include names, when it is one of ours, relative to the root."""
    for base in (file.parent, root / "host", root / "sdk/include", root):
        candidate = (base / name)
        if candidate.is_file():
            return candidate.resolve().relative_to(root.resolve())
    return None


def violations(root):
    root = pathlib.Path(root)
    for part in ("sdk", "host", "plugins"):
        for file in sorted((root / part).rglob("*")):
            path = file.relative_to(root)
            if file.suffix not in SOURCE or not file.is_file() or {"node_modules", "dist", "build"} & set(path.parts):
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            for name in includes(text):
                for rule in broken_rules(root, path, name, resolved(root, file, name)):
                    yield f"{path} includes {name}: {rule}"
            if starts(str(path), "host/http/") and not is_test(path):
                # Comments may say what a caller does with it; code must not name it.
                for word in sorted({m.group(0) for m in NOUN.finditer(COMMENT.sub("", text))}):
                    yield f"{path} says '{word}': host/http knows nothing of Kogge's nouns"


def broken_rules(root, path, name, target):
    here = str(path)
    where = str(target) if target else ""
    if starts(here, "sdk/"):
        if starts(where, "host/", "plugins/", "tests/"):
            yield "the SDK knows nobody"
        if starts(here, "sdk/include/") and starts(name, "boost/beast", "boost/asio", "boost/dll", "soci/"):
            yield "an SDK header pulls in no Beast, Asio, DLL or SOCI"
    if starts(here, "plugins/"):
        own = f"plugins/{path.parts[1]}/"
        if target and not starts(where, "sdk/include/", own):
            yield f"a plugin knows the SDK and {own}, nothing else"
        if not target and starts(name, "soci/", "boost/beast", "boost/dll"):
            yield "a plugin reaches SQL, sockets and other libraries of the host only through its services"
    if starts(here, "host/"):
        if starts(where, "plugins/"):
            yield "the host knows no plugin"
        if starts(name, "boost/beast") and here != "host/http/server.cpp" and not is_test(path):
            yield "Beast is included by host/http/server.cpp alone"
        if starts(name, "soci/", "soci.h") and not starts(here, "host/store/"):
            yield "SOCI is included in host/store alone"
        if starts(name, "boost/dll") and not starts(here, "host/plugins/"):
            yield "Boost.DLL is included in host/plugins alone"
        if starts(name, "curl/") and not starts(here, "host/outbound/", "host/mail/", "host/cli/"):
            yield "libcurl is included in host/outbound, host/mail and host/cli alone"
        if starts(name, "gmime/") and not starts(here, "host/mail/"):
            yield "GMime is included in host/mail alone"
    for part in ("jobs", "outbound"):
        if starts(here, f"host/{part}/") and starts(where, "host/") and not starts(where, f"host/{part}/") and not is_test(path):
            yield f"host/{part} knows no other part of the host"
    if starts(here, "host/http/") and (starts(name, "kogge/") or (starts(where, "host/") and not starts(where, "host/http/"))):
        yield "host/http stands on std, Boost, zlib and OpenSSL"
    if starts(here, "host/store/") and starts(where, "host/") and not starts(where, "host/store/") and not is_test(path):
        yield "host/store knows no other part of the host"
    if starts(here, "host/plugins/") and starts(where, "host/") and not starts(where, "host/plugins/") and not is_test(path):
        yield "host/plugins knows no other part of the host"
    for part in PARTS_OF_HOST - {"cli", "daemon"}:
        if starts(here, f"host/{part}/") and starts(where, "host/cli/"):
            yield "the command line is known to nobody"


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = list(violations(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
