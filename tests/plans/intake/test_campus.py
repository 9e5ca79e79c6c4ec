from datetime import datetime

import pytest

from plans.intake import SHANGHAI, Quantity, read

NOW = datetime(2026, 3, 2, 3, 6, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("实验小学宿舍楼凌晨3点02分发生踩踏，4人受伤，已拨打120", {"injuries": (4, 4)}),
        ("三班6个孩子吐了", {"ill": (6, 6)}),
        ("食堂食物中毒35人送医，无人死亡", {"ill": (35, 35), "deaths": (0, 0)}),
        ("刚才二楼楼梯踩踏，伤了四五个学生，一个重伤", {"injuries": (4, 5), "serious_injuries": (1, 1)}),
        ("死亡人数由2人上升为3人", {"deaths": (3, 3)}),
        ("更正：受伤应为5人", {"injuries": (5, 5)}),
        ("又发现2名伤员", {"injuries": (2, 2)}),
    ],
)
def test_campus_reports(text, facts):
    found = read(text, now=NOW).facts
    assert {name: (fact.at_least, fact.at_most) for name, fact in found.items()} == facts


def test_place_and_time_of_the_stampede():
    reading = read("实验小学宿舍楼凌晨3点02分发生踩踏，4人受伤，已拨打120", now=NOW, names=["实验小学"])
    assert reading.place == "实验小学宿舍楼"
    assert reading.occurred is not None
    assert reading.occurred.at == datetime(2026, 3, 2, 3, 2, tzinfo=SHANGHAI)
    assert not reading.occurred.vague


def test_a_plans_own_quantity():
    load = Quantity(words=("减供负荷",), unit="%", raised_by=("大面积停电",))
    assert read("晋城电网减供负荷59%", now=NOW, quantities={"load": load}).facts["load"].value == 59
    assert "load" in read("县城大面积停电", now=NOW, quantities={"load": load}).raised
