"""Every fault in faults.md names the tests that hold it off, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROWS = dict(
    re.findall(r"^### (\w+)\n\n(.*?)(?=^##|\Z)", (HERE / "faults.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
)
NUMBERS = {"A": 16, "B": 11, "C": 13, "D": 7, "E": 6, "F": 17, "G": 3, "H": 9}


def test_every_fault_that_was_found_has_a_row() -> None:
    wanted = {f"{letter}{number}" for letter, last in NUMBERS.items() for number in range(1, last + 1)}
    assert set(ROWS) == wanted | {"B1b"}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_tests_that_are_there(row: str) -> None:
    named = re.findall(r"`(?:tests/)?([\w/.]+\.py)::(\w+)`", ROWS[row])
    assert named, f"{row} names no test"
    for file, test in named:
        path = HERE / file
        assert path.is_file(), f"{row} names {file}, which is not there"
        pattern = rf"^\s*(async )?def {re.escape(test)}\(|^{re.escape(test)} = |^class {re.escape(test)}\b"
        assert re.search(pattern, path.read_text("utf-8"), re.MULTILINE), f"{row} names {test}, which is not in {file}"
