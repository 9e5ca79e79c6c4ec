"""People of several sorts, each with what befell them, told in turn: almost no figure that is shown is false."""

from collections import Counter
from random import Random

from plans.intake import read
from tests.plans.intake.saying import NOW

_SCENES = ("校车翻进沟里了，", "化工厂着火了，", "工地塌了，", "山上滚石头砸了中巴，")
_PEOPLE = (
    ("司机", 1), ("{n}个学生", 0), ("带队老师", 1), ("两名工人", 2), ("{n}名乘客", 0), ("{n}个老人", 0),
    ("三个过路的", 3), ("摊主", 1), ("一个小孩", 1),
)  # fmt: skip
_FATES = (
    ("当场没了", ("deaths",)), ("没抢救过来", ("deaths",)), ("腿断了", ("injuries",)), ("擦破点皮", ("injuries",)),
    ("受伤", ("injuries",)), ("失联了", ("missing",)), ("还没找到", ("missing",)), ("困在里面出不来", ("trapped",)),
    ("还压在底下", ("trapped",)), ("没事", ()), ("一点没伤着", ()), ("跑出来了", ()), ("吓哭了", ()), ("报的警", ()),
)  # fmt: skip
_MARKS = ("，", "。", "，还有", "，另外")
_FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
TEXTS = 300
_FALSE_OF_100 = 2
"""So many figures of a hundred may be false; the seed is fixed, and what is mended lowers it."""


def _text(random):
    truth: Counter[str] = Counter()
    parts = []
    for people, fixed in random.sample(_PEOPLE, random.choice((1, 2, 2, 3))):
        many = fixed or random.choice((2, 3, 4, 6))
        words, facts = random.choice(_FATES)
        parts.append(people.format(n=many) + words)
        truth.update(dict.fromkeys(facts, many))
    text = random.choice(_SCENES) + parts[0]
    for part in parts[1:]:
        text += random.choice(_MARKS) + part
    return text, truth


def test_figures_of_people_told_in_turn_are_true():
    random = Random(11)
    shown, false = 0, []
    for _ in range(TEXTS):
        text, truth = _text(random)
        facts = read(text, now=NOW).facts
        for name in _FACTS:
            found = facts.get(name)
            if found is None or found.unknown:
                continue
            shown += 1
            if not found.at_least == found.at_most == truth.get(name, 0):
                false.append((text, name, found.at_least, truth.get(name, 0)))
    assert len(false) <= shown * _FALSE_OF_100 // 100, false
