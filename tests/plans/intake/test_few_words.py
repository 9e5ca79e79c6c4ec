"""Reports of a few words, blanks instead of marks, as somebody types them who has no hand free."""

from pathlib import Path

import pytest

from tests.plans.intake.saying import said

TABLE = Path(__file__).with_name("few_words.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "facts"), ROWS)
def test_few_words_are_read(text: str, facts: str) -> None:
    assert said(text) == ("" if facts == "." else facts)


@pytest.mark.parametrize(("text", "facts"), ROWS)
@pytest.mark.parametrize("around", ["喂 {}", "{} 快来人", "我是门卫，{}", "{}\n路上"])
def test_what_stands_around_them_changes_nothing(around: str, text: str, facts: str) -> None:
    assert said(around.format(text)) == ("" if facts == "." else facts)
