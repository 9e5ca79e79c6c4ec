"""Every clause of the sources has an entry, and what is said of it is true."""

from __future__ import annotations

import pytest

from tests.plans.data.shipped import IDS, plan

COVERAGE = {
    # clauses; those not encoded
    "dehui-education-duties": (209, set()),
    "jincheng-chengqu-campus": (102, {"8.1", "8.2"}),
    "jincheng-energy": (153, {"8.1", "8.2"}),
    "jincheng-public-health": (140, {"9.2", "9.5", "9.7"}),
    "jincheng-transit": (105, {"8.1"}),
    "jincheng-water-rescue": (155, {"8.1", "8.2"}),
    "linan-campus": (51, {"1"}),
    "shanting-overall": (233, set()),
}


@pytest.mark.parametrize("name", IDS)
def test_coverage(name: str) -> None:
    clauses = plan(name).clauses
    missing = {number for number, entry in clauses.items() if entry.status == "not_encoded"}
    assert (len(clauses), missing) == COVERAGE[name]
    for number, entry in clauses.items():
        assert entry.status == "encoded" or entry.reason, number


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        (
            "jincheng-chengqu-campus",
            ["2.5(6)", "3.1(4)", "3.3.4(9)", "4.1.2", "4.3.1(2)", "4.3.2 措施(6)", "6.10", "8.5"],
        ),
        ("jincheng-water-rescue", ["3.2.4(5)", "4.1.4(3)", "4.3.4(8)", "4.8(3)", "5.1.5", "6.7.3", "7.1(3)", "8.3"]),
        ("jincheng-energy", ["2.3(26)", "4.2.1(7)", "4.2.2(9)", "4.2.3(9)", "6.7(2)", "8.3"]),
        ("jincheng-transit", ["1.5.4", "2.5.6", "4.4.5(10)", "5.2(6)", "6.1(3)", "7.1(6)", "7.3.1", "8.3"]),
        (
            "jincheng-public-health",
            ["4.1.6", "5.2.1 措施(13)", "9.1 特别重大(10)", "9.1 重大(13)", "9.1 一般(5)", "9.7"],
        ),
        ("linan-campus", ["2.7 潜在", "3 信息发布", "6"]),
        (
            "dehui-education-duties",
            ["一(十六)", "二(九)", "三(九)", "四(八)", "五(十七)", "六(五)12", "六(八)14", "七(十五)"],
        ),
        (
            "shanting-overall",
            [
                *("1.6", "3.5(11)", "4.5.3(1)⑭", "4.5.3(2)⑥", "4.5.6", "5.1(6)", "5.2(5)", "5.3(3)", "5.4(3)", "5.10"),
                *("6.1(3)", "6.2(6)", "6.3(4)", "6.4(2)⑦", "6.4(4)", "6.5(3)", "7(3)", "8(2)"),
                *("附件(1)6", "附件(2)15", "附件(3)6", "附件(4)9"),
            ],
        ),
    ],
)
def test_the_last_clause_of_each_series_is_there(name: str, numbers: list[str]) -> None:
    assert set(numbers) <= set(plan(name).clauses)
