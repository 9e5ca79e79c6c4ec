"""An edited directory, line by line: what its cells say, and what is refused because it could be either."""

from __future__ import annotations

import pytest

from plans.cells import Table
from plans.directory.exchange import HEAD, BadTable, Row, differing, from_tables, table
from plans.load import load_all

PLANS = load_all()
PLAN = PLANS["jincheng-chengqu-campus"]
PRESENT = table([PLAN], {})


def line(number: str, was: str = "0356-2250777", kind: str = "值班") -> list[str]:
    return ["", PLAN.id, "区教育局", kind, number, was, "", ""]


def read(*lines: list[str]) -> list[Row]:
    rows, _ = from_tables([Table(rows=tuple(enumerate([list(HEAD), *lines], 1)))], PLANS)
    return differing(rows, PRESENT)


def test_a_number_that_is_given_two_others_is_refused_with_both():
    with pytest.raises(
        BadTable, match="第3行：区教育局的0356-2250777前面已写了另一个号码（0356-2250778、0356-2250779）"
    ):
        read(line("2250778"), line("2250779"))
    with pytest.raises(BadTable, match="0356-2250778、空着"):
        read(line("2250778"), line(""))


def test_a_line_that_was_left_as_it_is_contradicts_no_other():
    assert [row.number for row in read(line("2250777"), line("2250778"), line("0356-2250778"))] == ["0356-2250778"]


def test_a_padded_kind_is_that_kind():
    assert [row.kind for row in read(line("2250779", "", "传 真"))] == ["传真"]
