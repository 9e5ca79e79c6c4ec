"""A total that its parts do not come to makes every figure beside it a question, however both are written."""

from __future__ import annotations

from itertools import product

import pytest

from plans.intake import SURE, read
from tests.plans.intake.saying import NOW

BEHIND = [
    "一共{}个", "总共{}个", "合计{}人", "共{}人", "共计{}人", "总计{}人", "加起来{}个", "加一块{}个", "一共{}个人",
    "总数{}人", "总共是{}个", "全部加一起{}人", "拢共{}个", "合计{}", "伤亡人数{}人", "共{}人伤亡",
]  # fmt: skip
"""A total behind its parts."""
BEFORE = ["一共{}个：", "合计{}人：", "共{}人，", "{}人伤亡，", "伤亡{}人：", "共{}人伤亡，"]
PARTS = [
    ("死1伤4", 5), ("1死4伤", 5), ("死了1个，伤了4个", 5), ("死亡1人，受伤4人", 5), ("1人死亡，4人受伤", 5),
    ("死1伤4失联2", 7), ("死了1个，失踪4个", 5), ("伤了3个，失联2个", 5), ("重伤1人，轻伤4人", 5),
    ("吐了3个，晕倒2个", 5), ("轻伤2人，重伤3人，死亡1人", 6), ("县医院3个，中医院2个", 5), ("一车伤3个，二车伤2个", 5),
]  # fmt: skip
"""Parts of several harms, grades, hospitals and units, and what they come to."""
LEADS = ["面包车追尾，", "面包车追尾。", "值班室：面包车追尾了，"]
OFF = [1, 3, 40]
"""By how much a total is more than its parts."""


def shown(text):
    facts = read(text, now=NOW).facts
    return {
        name: found.value
        for name, found in facts.items()
        if found.at_least and not found.unknown and found.confidence >= SURE
    }


@pytest.mark.parametrize(("parts", "comes_to"), PARTS)
@pytest.mark.parametrize("off", OFF)
def test_no_figure_stands_beside_a_total_that_it_does_not_come_to(parts, comes_to, off):
    for lead, total in product(LEADS, BEHIND):
        text = f"{lead}{parts}，{total.format(comes_to + off)}"
        assert not shown(text), text
    for lead, total in product(LEADS, BEFORE):
        text = f"{lead}{total.format(comes_to + off)}{parts}"
        assert not shown(text), text


@pytest.mark.parametrize("total", BEHIND)
@pytest.mark.parametrize(("comes_to", "asked"), [(5, False), (8, True)])
def test_line_by_line_it_is_the_same(total, comes_to, asked):
    text = f"面包车追尾\n死亡：1\n受伤：4\n{total.format(comes_to)}"
    assert shown(text) == ({} if asked else {"deaths": 1, "injuries": 4})


@pytest.mark.parametrize("total", [total for total in BEHIND if total != "伤亡人数{}人"])
@pytest.mark.parametrize(("parts", "comes_to"), PARTS[:6])
def test_what_comes_to_the_total_stays(parts, comes_to, total):
    assert shown(f"面包车追尾，{parts}，{total.format(comes_to)}") == shown(f"面包车追尾，{parts}")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("车上一共8个人，死1伤4", {"deaths": 1, "injuries": 4}),
        ("死1伤4，疏散了一共80人", {"deaths": 1, "injuries": 4}),
        ("死1伤4，共出动消防员30人", {"deaths": 1, "injuries": 4}),
        ("死了1个，伤的一共8个", {"deaths": 1, "injuries": 8}),
        ("死1伤4，共3个小组在搜", {"deaths": 1, "injuries": 4}),
        ("死1伤4，一起3车相撞的事故", {"deaths": 1, "injuries": 4}),
        ("死1伤4，一共8个没事的", {"deaths": 1, "injuries": 4}),
    ],
)
def test_a_total_of_others_is_none_of_these(text, figures):
    assert shown(f"面包车追尾，{text}") == figures
