#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The command line as people and scripts meet it.

A case is a folder of plain files: `cmd`, one command a line; `out`, what they print; `err`, what they say on standard error;
`code`, how the last one ends (the others end with 0); `in`, their standard input; `kogge.toml`, their configuration. No file: nothing is said, the code is 0. In `out` and `err` `<*>` stands for
anything on that line, and a line of `<...>` for any lines; DATA, SOURCE and BUILD are those folders, in `cmd` too, where SEQ1 is
the first number that was told to undo by. `needs` names what a case cannot do without: `stopped` or `running`.

Every case runs twice on a fresh copy of the sample mission: straight on the data folder, and beside a daemon that serves it. What is
expected is the same: a command cannot tell the difference.

run.py stopped|running [CASE…]      KOGGE_TEST_BUILD names the build folder
run.py --write stopped CASE…        writes down what came out, to be read before it is committed
"""
import os
import pathlib
import re
import shlex
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from kogge_daemon import Daemon  # noqa: E402

BUILD = pathlib.Path(os.environ["KOGGE_TEST_BUILD"])
SETTINGS = {"KOGGE_SERVER_PUBLIC_URL": "http://kogge.example", "COLUMNS": "", "NO_COLOR": ""}


def text_of(case, name, otherwise=""):
    file = case / name
    return file.read_text(encoding="utf-8") if file.exists() else otherwise


def pattern(expected):
    lines = []
    for line in expected.splitlines(keepends=True):
        if line.strip() == "<...>":
            lines.append("(?:.*\n)*?")
        else:
            lines.append(".*".join(map(re.escape, line.split("<*>"))))
    return re.compile("".join(lines) + r"\Z")


def commands(case, places):
    for line in text_of(case, "cmd").splitlines():
        if line and not line.startswith("#"):
            words = shlex.split(line)
            assert words[0] == "kogge", f"{case.name}: a line of cmd begins with kogge"
            for name, path in places.items():
                words = [re.sub(rf"\b{name}\b", path, word) for word in words]
            yield words[1:]


def with_seqs(words, out):
    """SEQ1, SEQ2 … are the numbers that what was printed so far says to undo by."""
    seqs = re.findall(r"kogge undo (\d+)", out)
    return [re.sub(r"\bSEQ(\d)\b", lambda m: seqs[int(m[1]) - 1], word) for word in words]


def run(case, mode, template, write):
    with tempfile.TemporaryDirectory(prefix="kogge-cli-") as folder:
        data = pathlib.Path(folder) / "data"
        shutil.copytree(template, data)
        if (case / "kogge.toml").exists():
            shutil.copy(case / "kogge.toml", data)
        daemon = Daemon(BUILD, data=data, environment=SETTINGS)
        places = {"DATA": str(data), "SOURCE": str(HERE.parents[1]), "BUILD": str(BUILD)}
        if mode == "running":
            daemon.start()
        try:
            out, err, code = "", "", 0
            for words in commands(case, places):
                if code:
                    return [f"`kogge {shlex.join(previous)}` ended with {code} before the last command:\n{out}{err}"]
                words = with_seqs(words, out)
                done = daemon.run(*words, check=False, input=text_of(case, "in"))
                out, err, code, previous = out + done.stdout, err + done.stderr, done.returncode, words
        finally:
            if mode == "running":
                daemon.stop()
    for name, path in sorted(places.items(), key=lambda pair: -len(pair[1])):
        out, err = out.replace(path, name), err.replace(path, name)
    if write:
        for name, text in (("out", out), ("err", err), ("code", f"{code}\n" if code else "")):
            if text:
                (case / name).write_text(text, encoding="utf-8")
        return []
    wrong = []
    if code != int(text_of(case, "code", "0")):
        wrong.append(f"ended with {code}, not {text_of(case, 'code', '0').strip()}")
    for name, got in (("out", out), ("err", err)):
        if not pattern(text_of(case, name)).match(got):
            wrong.append(f"{name} was\n{got}instead of\n{text_of(case, name)}")
    return wrong


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    mode, *named = arguments[1:] if write else arguments
    cases = [HERE / "cases" / name for name in named] or sorted(p for p in (HERE / "cases").iterdir() if (p / "cmd").exists())
    failed = 0
    with tempfile.TemporaryDirectory(prefix="kogge-cli-template-") as template:
        Daemon(BUILD, data=template, environment=SETTINGS).run("demo")
        for case in cases:
            if text_of(case, "needs", mode).strip() != mode:
                continue
            wrong = run(case, mode, template, write)
            failed += bool(wrong)
            print(("FAILED " if wrong else "ok     ") + case.name, *wrong, sep="\n  " if wrong else "", flush=True)
    print(f"{failed} of {len(cases)} not as expected" if failed else "all as expected")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
