"""Figures and denials listed in every common form: whatever is shown was said, and nearly all of it is read."""

from itertools import permutations, product
from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT

FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}
HARMS = {
    "死亡": "deaths", "受伤": "injuries", "重伤": "serious_injuries", "失联": "missing", "失踪": "missing",
    "被困": "trapped", "中毒": "ill",
}  # fmt: skip
DENIED = "没有 无 没有人 无人 未造成 未造成人员 暂无 尚无 没人 没有人员 未发现 目前没有 均无".split()
AND = "、 和 或 及 以及 或者 与".split()
BEHIND = ("", "人员", "的", "者")
BEFORE = {"": {}, "着火了，": {}, "受伤5人，": {"injuries": 5}, "3人受伤，已送医。": {"injuries": 3}}

MANY = {
    "死亡": 3, "死": 3, "遇难": 3, "受伤": 7, "伤": 7, "重伤": 2, "失联": 11, "失踪": 11, "被困": 5, "中毒": 4,
}  # fmt: skip
FORMS = "{h}{n}人 {h}{n} {n}人{h} {h}：{n}人 {h}{n}名 {n}名{h} {h}{n}例 {h}:{n} {n}个{h} {n}{h} {h}人数{n}".split()
MARKS = ("，", "、", "；", "。", "\n", " ", ",", " / ")
LEADS = (
    "",
    "事故造成",
    "目前",
    "截至10时，",
    "化工厂爆炸，",
    "车祸现场",
    "情况：",
    "报告：",
    "已致",
    "初步统计",
    "这边",
)
TAILS = ("", "，正在救援", "。", " 收到请回复", "，120到了", "！！")
OF = {**HARMS, "死": "deaths", "遇难": "deaths", "伤": "injuries"}


def shown(text):
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in FACTS & facts.keys() if not facts[name].unknown}


@pytest.mark.parametrize("denied", DENIED)
def test_of_what_is_denied_together_nothing_is_shown_but_none(denied):
    random, said, nothing = Random(denied), 0, 0
    lists = [pair for pair in permutations(HARMS, 2) if HARMS[pair[0]] != HARMS[pair[1]]]
    for pair, before in product(random.sample(lists, 24), BEFORE):
        if "injuries" in BEFORE[before] and "受伤" in pair:
            continue
        text = before + denied + random.choice(AND).join(pair) + random.choice(BEHIND)
        told, none = shown(text), {HARMS[harm]: 0 for harm in pair}
        assert told.items() <= (none | BEFORE[before]).items(), text
        said, nothing = said + len(none), nothing + len(told.keys() & none.keys())
    assert nothing >= 0.95 * said


@pytest.mark.parametrize("form", FORMS)
def test_of_what_is_listed_each_figure_is_shown_as_it_stands(form):
    random, said, right = Random(form), 0, 0
    for mark in MARKS * 14:
        harms = random.sample(list(MANY), random.randint(1, 4))
        if len({OF[harm] for harm in harms}) < len(harms):
            continue
        text = mark.join(form.format(h=harm, n=MANY[harm]) for harm in harms)
        text = random.choice(LEADS) + text + random.choice(TAILS)
        told, meant = shown(text), {OF[harm]: MANY[harm] for harm in harms}
        grave = {name: 2 for name in ("injuries", "ill") if "重伤" in harms and name not in meant}
        more = {"injuries": 9} if told.get("injuries") == 9 and {"重伤", "受伤"} <= set(harms) else {}
        assert told.items() <= (meant | grave | more).items(), text
        said, right = said + len(meant), right + sum(told.get(name) == many for name, many in meant.items())
    assert right >= 0.93 * said
