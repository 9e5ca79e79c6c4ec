"""The tables that a person may extend: a row that cannot be used is named with its file and line."""

import pytest

from plans.intake import lexicon
from plans.intake.lexicon import FOLDER, TABLES, TableError, rows
from plans.intake.word_tables import look_over


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_and_no_row_stands_twice(name):
    seen: dict[tuple[str, ...], str] = {}
    for row in rows(name, 1, 4):
        assert row.cells not in seen, f"{row.where} repeats {seen[row.cells]}"
        seen[row.cells] = row.where
    assert FOLDER.joinpath(f"{name}.tsv").read_text("utf-8").endswith("\n")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("dead\t没气了\t没气了\t多了一格", "harms.tsv:2: 2 to 3 cells"),
        ("dead", "harms.tsv:2: 2 to 3 cells"),
        ("dead\t没(气了\t没气了", "harms.tsv:2: '没\\(气了' is no expression"),
        ("dead\t没气了\t还有气", "harms.tsv:2: '没气了' does not match its example '还有气'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, monkeypatch, line, complaint):
    (tmp_path / "harms.tsv").write_text(f"# 表\n{line}\n", "utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    with pytest.raises(TableError, match=complaint):
        look_over.__wrapped__()


def test_every_row_of_the_tables_can_be_used():
    look_over()
