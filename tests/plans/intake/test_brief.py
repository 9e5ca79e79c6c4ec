"""Reports of one or two clauses, read as people and what befell them; each row is of one kind of construction."""

from pathlib import Path

import pytest

from plans.intake import read
from plans.intake.brief import LONGEST, brief
from plans.intake.lexicon import rows
from plans.intake.numerals import normalise
from tests.plans.intake.saying import NOW, said

TABLE = Path(__file__).with_name("brief.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("kind", "text", "facts"), ROWS)
def test_a_report_of_few_words_is_read(kind: str, text: str, facts: str) -> None:
    assert said(text) == ("" if facts == "." else facts)


@pytest.mark.parametrize("row", list(rows("brief", 2, 3)), ids=lambda row: row.where)
def test_each_row_of_the_table_has_an_example(row) -> None:
    assert row.cells[2], row.where


def test_a_longer_text_is_left_to_the_grammar() -> None:
    text = "砖厂塌了，底下压着仨，拽出来一个"
    assert brief(normalise(text), "collapse") is not None
    assert brief(normalise("今天早上天刚亮的时候，" + "路上人不多，" * 3 + text), "collapse") is None
    assert len(text) <= LONGEST


def test_what_is_left_over_leaves_all_of_it_to_the_grammar() -> None:
    assert brief(normalise("塌方了，来了三个，其余两个"), "collapse") is None


def test_a_later_text_is_taken_in_as_the_grammar_has_it() -> None:
    reading = read("掉河里5个，4个爬上来了，1个没见到", now=NOW)
    assert reading.facts["missing"].value == 1
    assert reading.by_grammar is not None
    assert reading.later.facts == reading.by_grammar
    assert reading.later.later is reading.later or reading.later.by_grammar is None
