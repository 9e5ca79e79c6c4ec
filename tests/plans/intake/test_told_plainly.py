"""Units, sorts of people and one after another, each in a clause of his own: every figure that is shown is true."""

from itertools import product

from plans.intake import read
from tests.plans.intake.saying import NOW

_FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
_PAIRS = (
    ("前车", "后车"), ("头一辆", "第二辆"), ("一班", "二班"), ("东沟村", "李家村"), ("一楼", "三楼"),
    ("一车间", "二车间"), ("货船上", "渔船上"), ("六年级", "四年级"),
)  # fmt: skip
_FORMS = ("{}有3个老人{}", "{}那边3个人{}", "{}：3人{}", "{}3个村民{}")
_FATES = (
    ("遇难", "deaths"), ("摔断了腿", "injuries"), ("失联了", "missing"), ("还压在底下", "trapped"), ("没受伤", ""),
)  # fmt: skip
_EVERY = 13
_TOLD: tuple[tuple[str, dict[str, int]], ...] = (
    (
        "墙塌了。前车司机没了，车上4个人失联。后车司机腿断了，车上3个乘客失联",
        {"deaths": 1, "missing": 7, "injuries": 1},
    ),
    ("货车司机当场死亡，轿车司机也没救过来", {"deaths": 2}),
    ("房子倒了，三户都有2个老人还埋着", {"trapped": 6}),
    ("两辆车都有3个乘客受伤", {"injuries": 6}),
    ("三个学生，第一个没事，第二个腿断了，第三个没救过来", {"deaths": 1, "injuries": 1}),
    ("仓库塌了，2个消防员被困，三个民工受伤", {"trapped": 2, "injuries": 3}),
    ("屋顶垮了，车上六个女工都还没找到，带队的死了", {"missing": 6, "deaths": 1}),
    ("墙塌了。三个过路的失联了。司机还没找到", {"missing": 4}),
    ("屋顶垮了，四个村民还埋着，一个村民没了", {"trapped": 4, "deaths": 1}),
    ("六年级有4个孩子受伤、四年级有3个孩子受伤", {"injuries": 7}),
    ("两口子都被玻璃割伤，男的缝了27针", {"injuries": 2}),
    ("健身房吊顶砸下来，伤了教练和俩会员", {"injuries": 3}),
    ("屋顶垮了，11个学生没一个囫囵的，一个伤得重", {"injuries": 11, "serious_injuries": 1}),
    ("墙塌了。九个老人没有一个没受伤的", {"injuries": 9}),
    ("墙塌了。货车司机没了、伤了两个路人", {"deaths": 1, "injuries": 2}),
    ("房子倒了。一楼重伤2个、二楼重伤3个", {"injuries": 5, "serious_injuries": 5}),
    ("墙塌了。六个民工还埋着，加上两个路人受伤，跟车的阿姨吓得发抖", {"trapped": 6, "injuries": 2}),
    ("屋顶垮了。15个民工，其中2个擦伤，一个还压在底下，余下的都没受伤", {"injuries": 2, "trapped": 1}),
    ("墙塌了。初二两个学生断了腿，初三三个学生没受伤", {"injuries": 2}),
    ("抬出来两个：第一个当场没了，第二个没受伤", {"deaths": 1}),
    ("烟花炸手的今晚第五个了", {}),
)


def _rows():
    yield from _TOLD
    for at, ((one, other), (first, fact), (second, more)) in enumerate(product(_PAIRS, _FATES, _FATES)):
        if at % _EVERY:
            continue
        form = _FORMS[at % len(_FORMS)]
        truth: dict[str, int] = {}
        for name in filter(None, (fact, more)):
            truth[name] = truth.get(name, 0) + 3
        yield f"房子倒了。{form.format(one, first)}，{form.format(other, second)}", truth


def test_of_each_is_told_in_a_clause_of_his_own():
    false, silent, told = [], 0, 0
    for text, truth in _rows():
        facts = read(text, now=NOW).facts
        told += len(truth)
        for name in _FACTS:
            found = facts.get(name)
            if found is None or found.unknown:
                silent += name in truth
            elif not found.at_least == found.at_most == truth.get(name, 0):
                false.append((text, name, found.at_least, truth.get(name, 0)))
    assert not false, false
    assert silent * 20 <= told
