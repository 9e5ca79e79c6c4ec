"""What the words of turns and the families of meaning make of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.intake.lexicon import rows
from tests.plans.intake.saying import said

FAMILIES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("turns.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize(("kind", "text"), [row.cells[::2] for row in rows("turns", 3, 3)])
def test_every_row_of_the_table_makes_its_text_a_question(kind, text):
    if kind in ("busy", "still"):
        assert "?" not in said(text), "these words say that nothing has turned"
    else:
        assert "?" in said(text)


@pytest.mark.parametrize(("family", "text", "facts"), FAMILIES, ids=[row[1][:16] for row in FAMILIES])
def test_families_of_meaning(family, text, facts):
    assert (said(text.replace("⏎", "\n")) or ".") == facts
