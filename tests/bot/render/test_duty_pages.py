"""What the office reads of duties: periods by their names, the week's list, the table of all."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot.render import rules
from bot.render.duty_office import summary, weekly
from plans.calendar import OfficeCalendar
from plans.load import load_all
from plans.model import Every
from plans.periods import period_at

DEHUI = load_all()["dehui-education-duties"]
NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
UNITS = {
    "day": "2月28日",
    "half-month": "2月下半月",
    "month": "2月",
    "quarter": "第1季度",
    "half-year": "上半年",
    "year": "2026年",
    "week": "2月23日至3月1日",
}


@pytest.mark.parametrize("unit", UNITS)
def test_a_period_is_called_as_people_call_it(unit):
    period = period_at(Every.model_validate({"unit": unit}), date(2026, 2, 28), OfficeCalendar())
    assert period is not None
    assert rules.period(period.first, period.last, period.name) == UNITS[unit]


def test_every_period_of_a_year_has_a_name_of_its_own():
    for unit in ("half-month", "month", "quarter", "half-year", "week"):
        every, days = Every.model_validate({"unit": unit}), (date.fromordinal(date(2026, 1, 1).toordinal() + n)
                                                              for n in range(365))  # fmt: skip
        found = {period_at(every, day, OfficeCalendar()) for day in days}
        assert len({rules.period(one.first, one.last) for one in found if one is not None}) == len(found)
    assert rules.period(date(2026, 9, 1), date(2027, 1, 22), "上学期") == "上学期"
    assert rules.period(date(2025, 4, 10), date(2028, 4, 9)) == "2025年4月10日至2028年4月9日"


def test_the_weeks_list_names_only_what_there_is():
    nothing = weekly(DEHUI, {}, {}, {}).text
    assert nothing.splitlines() == ["本周催办清单：德惠市教育局党政领导干部安全生产权利责任清单"]
    text = weekly(DEHUI, {"甲校": 1, "乙校": 3, "丙校": 0}, {"甲校": 2, "丙校": 0}, {"乙校": 1}).text.splitlines()
    assert text[1:] == [
        "有过期未办的2个：",
        "乙校　3项",
        "甲校　1项",
        "上周每天的职责有漏点的1个：甲校2次",
        "退回后还没有重办的1个：乙校",
    ]


def test_what_is_only_waited_for_is_one_line_of_the_summary():
    counts = {duty.id: Counter(open=4) for duty in DEHUI.duties if duty.every is not None}
    counts["school-month-drill"] = Counter(done=2, missed=1)
    counts["kindergarten-quarter-drill"] = Counter(missed=1)
    lines = summary(DEHUI, counts, [], 40, NOW, NOW).text.splitlines()
    assert lines[2:] == ["不同主题的安全演练（七(七)）：未办2，已办2", "另有20项职责都还在期限内。"]
