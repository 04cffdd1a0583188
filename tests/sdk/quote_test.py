#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The plugin that a README shows is the one that is compiled and tested, word for word.

quote_test.py FIXTURE README…    a README without the quote is an error, unless its name is followed by '?'
"""
import pathlib
import re
import sys

fixture = pathlib.Path(sys.argv[1]).read_text()
# The licence and the fixture's own remark stay out of a README.
code = re.sub(r"\A(//[^\n]*\n)+", "", fixture).strip()
wrong = []
for name in sys.argv[2:]:
    optional, path = name.endswith("?"), pathlib.Path(name.rstrip("?"))
    blocks = re.findall(r"^```cpp\n(.*?)^```$", path.read_text(), re.MULTILINE | re.DOTALL) if path.exists() else []
    quotes = [b.strip() for b in blocks if "KOGGE_PLUGIN(" in b]
    if not quotes and not optional:
        wrong.append(f"{path} shows no plugin")
    wrong += [f"{path} shows another plugin than {sys.argv[1]}" for quote in quotes if quote != code]
print("\n".join(wrong) or "quoted word for word")
sys.exit(1 if wrong else 0)
