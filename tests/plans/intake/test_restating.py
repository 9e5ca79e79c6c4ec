"""Corrections in one message: every way to correct × one or both of two figures × marks; nothing is added across."""

from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, said

HARMS = {
    "deaths": ("死{}", "死亡{}", "{}死亡", "{}遇难"),
    "injuries": ("受伤{}", "{}受伤", "伤{}"),
    "missing": ("失踪{}", "失联{}"),
    "trapped": ("被困{}", "{}被困"),
}
FACTS = {*HARMS, "serious_injuries", "ill"}
NUMBER_ALONE = [
    *"，不对，是{} ，错了，是{} ，说错了，{} 。更正：是{} ，打错了，{} ，写错了，应该是{} ，哦不，{}".split(),
    *"，啊不对，{} 。刚才数错了，是{} ，不对不对，{} （打错，{}） ，应该是{}，刚才手误 ，等下，重新数了是{}".split(),
    *"，数错了，只有{} ，核实后是{} ，报错了，实际{} ，口误，{} ，改成{} ，刚核对过，是{} ，多报了，是{}".split(),
]
TOLD_ANEW = [
    *"，不对，{} ，错了，{} ，说错了，{} 。更正：{} 。更正一下，{} ，打错了，应该是{} ，数错了，{}".split(),
    *"。刚才报错了，{} 。上面写错，{} ，口误，{}".split(),
]
BOTH_ANEW = [*TOLD_ANEW, "，写反了，{}", "。前面那条作废，{}", "。重新报：{}", "。以这个为准：{}"]


def shown(text: str) -> dict[str, object]:
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in FACTS & set(facts) if not facts[name].unknown}


def test_a_number_taken_back_is_never_shown():
    random, rightly = Random(11), 0
    for _ in range(400):
        fact = random.choice(list(HARMS))
        old, new = random.sample(range(2, 10), 2)
        unit = random.choice("人个名")
        text = random.choice(HARMS[fact]).format(f"{old}{unit}") + random.choice(NUMBER_ALONE).format(f"{new}{unit}")
        told = shown(text)
        assert set(told) <= {fact} and told.get(fact, new) == new, text
        rightly += bool(told)
    assert rightly >= 0.9 * 400


@pytest.mark.parametrize("which", ["both", "first", "second"])
def test_what_is_told_anew_is_not_added_to_what_it_corrects(which):
    random, rightly = Random(12), 0
    for _ in range(150):
        one, other = random.sample(list(HARMS), 2)
        first, second = random.choice(HARMS[one]), random.choice(HARMS[other])
        unit, mark = random.choice("人个名"), random.choice("，、")
        was, now = random.sample(range(2, 10), 2), random.sample(range(2, 10), 2)
        before = first.format(f"{was[0]}{unit}") + mark + second.format(f"{was[1]}{unit}")
        anew = {
            "both": first.format(f"{now[0]}{unit}") + mark + second.format(f"{now[1]}{unit}"),
            "first": first.format(f"{now[0]}{unit}"),
            "second": second.format(f"{now[1]}{unit}"),
        }[which]
        truth = {one: was[0] if which == "second" else now[0], other: was[1] if which == "first" else now[1]}
        text = before + random.choice(BOTH_ANEW if which == "both" else TOLD_ANEW).format(anew)
        told = shown(text)
        assert all(many == truth.get(name) for name, many in told.items()), text
        rightly += len(told) == 2
    assert rightly >= 0.6 * 150


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("着火了，死8个，被困3个。上面写错，死3个，被困8个", "dead=3 trapped=8"),
        ("东村伤3人，西村伤5人，不对，西村伤4人", "hurt=7"),
        ("东村伤3人，西村伤5人，不对，东村伤4人", "hurt=9"),
        ("受伤5人，其中重伤2人，不对，重伤3人", "hurt=5 serious=3"),
        ("死亡2人，受伤5人。以上数字以医院为准", "dead=2 hurt=5"),
        ("死2人，伤5人。实际是锅炉爆炸，死的是工人", "dead=2 hurt=5"),
        ("死亡人数为3人，受伤人数为8人", "dead=3 hurt=8"),
    ],
)
def test_only_what_is_told_again_gives_way(text, expected):
    assert said(text) == expected
