"""Words of an update that nothing read make the fact that they may touch a question, never silently as it was."""

from __future__ import annotations

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

HINTS = [
    ("重症里头那位老人家凌晨走了", "dead serious hurt", "重症里头那位老人家凌晨醒了"),
    ("四个失联的，两个在亲戚家，差的还是那俩", "missing", "四个失联的，还在联系"),
    ("失联的老李刚刚报平安了", "missing", "失联的老李家里人来了"),
    ("重的那两个一个拍片没事转轻了，总数没变", "serious", "收到，重的继续盯着"),
    ("诊所那个查了不相干，扣掉", "hurt", "诊所那个查了，在挂水"),
    ("撤回，这边没有这回事", "hurt", "收到，这边正在核实"),
]
"""An update, the facts that it may touch, and its twin that touches none."""
KNOWN = {"dead": 1, "hurt": 6, "serious": 2, "missing": 4}
AROUND = ["{}", "续报：{}", "{}。继续盯着", "值班室，{}"]


def told(text):
    known = {SHORT[name]: number for name, number in KNOWN.items()}
    return after(read(text, now=NOW), known, "explosion")


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "facts"), [row[:2] for row in HINTS])
def test_a_fact_that_may_have_changed_is_asked(text, facts, around):
    now = told(around.format(text))
    for name in facts.split():
        item = now[SHORT[name]]
        assert item.asks
        assert item.text
        assert any((option.at_least, option.at_most) == (KNOWN[name],) * 2 for option in item.readings), "or as it was"
        assert any((option.at_least, option.at_most) != (KNOWN[name],) * 2 for option in item.readings)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("twin", [row[2] for row in HINTS])
def test_what_says_nothing_of_it_leaves_it(twin, around):
    assert all(item.change == "same" for item in told(around.format(twin)).values())


def test_one_of_the_hurt_who_died_is_one():
    now = after(read("3名伤者中一男子07:15经抢救无效宣告死亡", now=NOW), {"injuries": 3}, "attack")
    assert now["deaths"].value == 1
    beside = after(read("除了那两个，还有仨刚扶出来，额头开了口子", now=NOW), {"injuries": 2}, "storm")["injuries"]
    assert beside.asks
    assert {(option.at_least, option.at_most) for option in beside.readings} >= {(3, 3), (5, 5)}


@pytest.mark.parametrize(
    ("text", "known", "options"),
    [
        ("急诊这边点的人头是6个，比学校讲的多俩", {"injuries": 4}, {"injuries": {(4, 4), (6, 6), (10, 10)}}),
        ("数漏了，名单上是7个", {"missing": 4}, {"missing": {(4, 4), (7, 7)}}),
        ("已经背下来22个", {"trapped": 31}, {"trapped": {(31, 31), (9, 9)}}),
        ("在坝下发现一具遗体", {"missing": 3, "deaths": 1}, {"missing": {(3, 3)}}),
    ],
)
def test_a_number_or_a_death_that_may_be_of_more_is_asked(text, known, options):
    now = after(read(text, now=NOW), known, "flood")
    for fact, bounds in options.items():
        assert now[fact].asks
        assert {(option.at_least, option.at_most) for option in now[fact].readings} >= bounds


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("总数不变，转走的3个在市里", {"injuries": 8}),
        ("又发现一具遗体，不在失踪名单里", {"missing": 2, "deaths": 3}),
        ("抢救无效又走了一个", {"missing": 2, "deaths": 3, "injuries": 5}),
    ],
)
def test_who_is_told_apart_changes_no_other_figure(text, known):
    now = after(read(text, now=NOW), known, "flood")
    assert all(now[fact].change == "same" for fact in known if fact in ("missing", "trapped"))
