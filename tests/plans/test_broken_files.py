"""Every way in which a plan file can be broken has a file named by its fault; its first line says what must be told.

``# load: words`` means that loading fails with these words; ``# lint severity rule: words`` that lint finds it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plans.lint import lint
from plans.load import PlanError, load

FOLDER = Path(__file__).with_name("broken")
FILES = sorted(FOLDER.glob("*.yaml"))
TODAY = date(2030, 6, 1)


def expectation(path: Path) -> tuple[str, ...]:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"# (load|lint (\w+) ([\w-]+)): (.+)", first)
    assert match, f"{path.name} does not say what is expected of it"
    return (match[2], match[3], match[4]) if match[2] else (match[4],)


LOADED = [path for path in FILES if len(expectation(path)) == 3]
REFUSED = [path for path in FILES if path not in LOADED]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_loading_refuses_the_file_with_line_and_expectation(path: Path) -> None:
    (words,) = expectation(path)
    with pytest.raises(PlanError) as caught:
        load(path)
    problems = [problem for problem in caught.value.problems if words in str(problem)]
    assert problems, str(caught.value)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 1 <= problems[0].line <= len(lines)
    assert problems[0].found and problems[0].expected
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("path", LOADED, ids=lambda path: path.stem)
def test_lint_finds_the_fault_and_its_place(path: Path) -> None:
    severity, rule, words = expectation(path)
    findings = lint(load(path), today=TODAY)
    found = [finding for finding in findings if finding.rule == rule and words in finding.message]
    assert found, "\n".join(f"{f.severity} {f.rule} {f.line} {f.message}" for f in findings)
    assert found[0].severity == severity
    assert found[0].line > 1
    assert found[0].file == str(path)
    others = {finding.rule for finding in findings if finding.severity == "error"} - {rule}
    assert others <= ALSO.get(path.stem, set())


ALSO = {
    "bound-shifted": {"gap"},
    "impossible-bound": {"evidence"},
    "overlap": {"gap"},
    "phrase-contradicts-itself": {"evidence"},
}
"""Faults that cannot but come together."""


def test_a_duplicate_key_names_both_lines() -> None:
    with pytest.raises(PlanError) as caught:
        load(FOLDER / "duplicate-key.yaml")
    assert (caught.value.line, caught.value.found) == (6, "键 version 重复，第4行已有")
