#!/usr/bin/env python3
"""Writes EXPECTED.json: what the independent calculation says of the sample files.

    tests/independent/expected.py

The product's tests hold its own results against this file; a test here sees to it that the file is fresh.
"""

import json
import re
from pathlib import Path

import aktivitetsstod

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "fixtures" / "attendance"
EXPECTED = HERE / "EXPECTED.json"

SMALL, LARGE = "dak22_skojjt-v1_small.xml", "dak22_skojjt-v1_large.xml.gz"
FEATURES, MIDNIGHT = "dak22_all-features.xml", "dak21_midnight.xml"

# id -> files, options
CASES = {
    "small": ([SMALL], {}),
    "large": ([LARGE], {}),
    "all_features": ([FEATURES], {}),
    "midnight_21": ([MIDNIGHT], {}),
    "all_features_clash_none": ([FEATURES], {"clash": "none"}),
    "all_features_clash_both": ([FEATURES], {"clash": "both"}),
    "all_features_then_midnight": ([FEATURES, MIDNIGHT], {}),
    "all_features_sent_twice": ([FEATURES, FEATURES], {}),
    "small_1_day_late": ([SMALL], {"late_days": 1}),
    "small_7_days_late": ([SMALL], {"late_days": 7}),
    "small_8_days_late": ([SMALL], {"late_days": 8}),
    "small_36_days_late": ([SMALL], {"late_days": 36}),
    "large_7_days_late": ([LARGE], {"late_days": 7}),
}


def expected():
    return {
        name: {"files": files, "options": options, **aktivitetsstod.assess([SAMPLES / file for file in files], **options)}
        for name, (files, options) in CASES.items()
    }


def text():
    """JSON with a line for every account line and row, so that a change can be read."""
    whole = json.dumps(expected(), indent=1, ensure_ascii=False)
    return re.sub(r"\n {3,}|\n {2}(?=[\]}])", " ", whole).replace("[ {", "[\n   {").replace("}, {", "},\n   {") + "\n"


if __name__ == "__main__":
    EXPECTED.write_text(text(), encoding="utf-8")
