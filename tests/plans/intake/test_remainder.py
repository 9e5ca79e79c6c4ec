"""What a later text tells of people changes what is known, or makes it asked; it never leaves the old figure to stand.

Whatever an old figure is shown with beside such a text, somebody takes for told anew.
"""

from __future__ import annotations

from itertools import product

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

WORDS = [
    ("重症里头那位老人家凌晨走了", "dead serious hurt", "重症里头那位老人家凌晨醒了"),
    ("四个失联的，两个在亲戚家，差的还是那俩", "missing", "四个失联的，还在联系"),
    ("失联的老李刚刚报平安了", "missing", "失联的老李家里人来了"),
    ("重的那两个一个拍片没事转轻了，总数没变", "serious", "收到，重的继续盯着"),
    ("诊所那个查了不相干，扣掉", "hurt", "诊所那个查了，在挂水"),
    ("撤回，这边没有这回事", "hurt", "收到，这边正在核实"),
]
"""An update, the facts that it may touch, and its twin that touches none."""
BY_WORD = {"dead": 1, "hurt": 6, "serious": 2, "missing": 4}
AROUND = ["{}", "续报：{}", "{}。继续盯着", "值班室，{}"]


def told(text):
    known = {SHORT[name]: number for name, number in BY_WORD.items()}
    return after(read(text, now=NOW), known, "explosion")


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "facts"), [row[:2] for row in WORDS])
def test_a_fact_that_may_have_changed_is_asked(text, facts, around):
    now = told(around.format(text))
    for name in facts.split():
        item = now[SHORT[name]]
        assert item.asks
        assert item.text
        assert any((option.at_least, option.at_most) == (BY_WORD[name],) * 2 for option in item.readings), (
            "or as it was"
        )
        assert any((option.at_least, option.at_most) != (BY_WORD[name],) * 2 for option in item.readings)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("twin", [row[2] for row in WORDS])
def test_what_says_nothing_of_it_leaves_it(twin, around):
    assert all(item.change == "same" for item in told(around.format(twin)).values())


def test_one_of_the_hurt_who_died_is_one():
    now = after(read("3名伤者中一男子07:15经抢救无效宣告死亡", now=NOW), {"injuries": 3}, "attack")
    assert now["deaths"].value == 1
    beside = after(read("除了那两个，还有仨刚扶出来，额头开了口子", now=NOW), {"injuries": 2}, "storm")["injuries"]
    assert beside.asks and 5 in [option.value for option in beside.readings]


@pytest.mark.parametrize(
    ("text", "known", "options"),
    [
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


KNOWN = {"deaths": 1, "injuries": 8, "serious_injuries": 2, "missing": 3, "trapped": 4}
LEADS = ["", "补充一下，", "刚得的消息，", "指挥部："]


def then(text, known, category="traffic"):
    facts = {SHORT[word]: int(number) for word, number in (item.split("=") for item in known.split())}
    shown = []
    changed = after(read(text, now=NOW), facts, category)
    for word, name in SHORT.items():
        if name in changed:
            new = changed[name]
            shown.append(f"{word}={'?' if new.value is None else new.value}{'~' if new.asks else ''}")
    return " ".join(shown)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("先头那个8不对，有人在两张表上都写了", {"injuries"}),
        ("受伤的人数登记重复，要改", {"injuries"}),
        ("重的里头变轻的不止一位", {"serious_injuries"}),
        ("失联名单有误，等我再核", {"missing"}),
        ("死亡的那个弄错了名字和人数", {"deaths"}),
        ("被困的报重名了，数得改", {"trapped"}),
    ],
)
@pytest.mark.parametrize("lead", LEADS)
def test_words_that_no_step_reads_make_the_figure_asked(lead, text, facts):
    changed = after(read(lead + text, now=NOW), KNOWN, "traffic")
    assert all(changed[name].asks for name in facts)
    assert all(not changed[name].asks for name in ("deaths",) if name not in facts)


@pytest.mark.parametrize(
    "text", ["两台吊车到了", "家属来了3个", "转院2人，路上平安", "消防又来了两车人", "下雨了，路滑", "名单贴在门口"]
)
def test_what_touches_nobody_known_asks_nothing(text):
    changed = after(read(text, now=NOW), KNOWN, "traffic")
    assert {name: new.value for name, new in changed.items()} == KNOWN
    assert not any(new.asks for new in changed.values())


@pytest.mark.parametrize(("first", "second"), list(product(range(1, 4), range(1, 4))))
def test_people_brought_out_in_turns_are_not_told_by_the_first(first, second):
    changed = after(read(f"头一趟接出来{first}个，第二趟{second}个", now=NOW), {"trapped": 9}, "flood")
    new = changed["trapped"]
    assert new.asks
    assert new.value == 9 - first - second or (new.at_least or 0) <= 9 - first - second <= (new.at_most or 99)


@pytest.mark.parametrize(
    ("known", "category", "text", "expected"),
    [
        ("trapped=6", "mine_accident", "又升上来3个，井下还困3个", "trapped=3~"),
        ("trapped=4", "collapse", "扒出来一个，还压着3个", "trapped=3~"),
        ("ill=9", "food_poisoning", "还有一个趴桌上吐，也要算上", "ill=10"),
        ("hurt=4", "traffic", "有一个自己走的，也得算进去", "hurt=5"),
        ("dead=0 hurt=7 serious=2", "traffic", "ICU那俩，有一个刚走了", "dead=1 hurt=6~ serious=1~"),
        ("dead=0 hurt=7 serious=3", "traffic", "重的3个夜里走了1个，是骑车的那位", "dead=1 hurt=6~ serious=2~"),
        ("hurt=6", "fire", "起先说伤6个，里头有俩登记重了，实际4个", "hurt=4~"),
        ("ill=20 serious=1", "epidemic", "今天零新增，重的那位转轻了", "serious=0~ ill=20"),
        ("hurt=5 serious=1", "attack", "重的那个回普通病房了", "hurt=5 serious=0~"),
        ("ill=40 serious=4", "epidemic", "日报：新增6，出院11，重症减1（好转），死亡加0", "serious=3~ ill=46"),
        ("dead=2 missing=3", "flood", "死亡：2（+0）\n失踪：2（-1）\n受伤：4（+4）", "dead=2 hurt=4 missing=2~"),
        ("dead=1 hurt=8 missing=4", "explosion", "续报：死亡2人，受伤12人，失联2人", "dead=2 hurt=12 missing=2~"),
        ("hurt=7", "traffic", "数清了，9个", "hurt=9"),
        ("hurt=4", "flood", "急诊这边点的人头是6个，比学校讲的多俩", "hurt=6"),
        ("ill=12", "food_poisoning", "发烧的拉肚子的合一起15个", "ill=15"),
        ("hurt=6", "traffic", "县院收了5个，另外1个转市里了，那还是6", "hurt=6"),
        ("missing=1", "fire", "失联那一个就是他，可以划掉", "missing=0~"),
        ("missing=5", "flood", "老周家两口电话打通了，不能算失联", "missing=3~"),
    ],
)
def test_easy_changes_are_read(known, category, text, expected):
    assert then(text, known, category) == expected
