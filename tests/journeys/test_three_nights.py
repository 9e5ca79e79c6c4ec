"""What the three nights ask for is listed with the tests that hold it, and those tests exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("README.md")
_NAMED = re.compile(r"`(test_\w+)`")
_DEFINED = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)


def test_every_requirement_names_tests_that_exist():
    rows = [
        line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "|---" not in line
    ]
    asked = [row for row in rows if not row.startswith("| what is asked for")]
    assert len(asked) >= 40
    defined = {name for path in TESTS.rglob("test_*.py") for name in _DEFINED.findall(path.read_text(encoding="utf-8"))}
    for row in asked:
        named = _NAMED.findall(row)
        assert named, f"no test holds: {row}"
        assert not set(named) - defined, f"there is no test {set(named) - defined}"
