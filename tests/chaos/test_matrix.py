"""The table in README.md names tests that there are, and every kind of fault."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| fault")
]
FAULTS = (
    "death at every commit", "duplicate, reordered", "backlog", "429", "5xx", "HTML 502 or 503", "400, 403",
    "database locked", "disk full", "wall clock", "two processes", "forged", "hostile", "journal edited", "300 reports",
    "in any order",
)  # fmt: skip


def test_every_row_names_tests_that_there_are() -> None:
    missing = []
    for fault, invariants, tests in ROWS:
        assert re.fullmatch(r"\d+( \d+)*", invariants), fault
        named = re.findall(r"`([^`]+)`", tests)
        assert named, f"{fault} has no test"
        for name in named:
            file, _, test = name.partition("::")
            path = (HERE / file).resolve()
            pattern = rf"^(async )?def {re.escape(test)}\(|^{re.escape(test)} = "
            if not path.is_file() or (test and not re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)):
                missing.append(name)
    assert not missing, f"README.md names tests that are not there: {missing}"


def test_every_fault_of_the_matrix_has_a_row_and_every_invariant_a_test() -> None:
    assert [fault for fault in FAULTS if not any(fault in row[0] for row in ROWS)] == []
    assert {int(number) for row in ROWS for number in row[1].split()} >= {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13}


def test_every_test_here_stands_in_the_table() -> None:
    listed = "\n".join(row[2] for row in ROWS)
    apart = {"test_matrix.py"}
    for path in HERE.glob("test_*.py"):
        assert path.name in apart or path.name in listed, f"{path.name} is in no row of README.md"
