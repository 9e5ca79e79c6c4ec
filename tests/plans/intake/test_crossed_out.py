"""People trapped or missing, crossed with who of them came out and how he is: no figure that is shown is false.

How many there were at first counts as right, as a bulletin has it; whose fate is told is left out of what is asked.
"""

from itertools import product

from plans.intake import read
from tests.plans.intake.saying import NOW

_HELD = (
    "电梯困了{n}个", "井下压着{n}个人", "沟里埋了{n}个", "屋里堵了{n}个老人", "洞里关着{n}人", "垮塌埋了{n}名工人",
    "缆车上困着{n}名游客", "房顶上困着{n}口人", "山洪围住{n}个学生",
)  # fmt: skip
_LOST = (
    "山上失踪{n}个",
    "水里冲走{n}个",
    "失联{n}人",
    "点名少了{n}个",
    "{n}名驴友失联",
    "河里卷走了{n}个孩子",
    "走失{n}名老人",
)
_SOME_OUT = ("出来了{k}个", "救出{k}个", "刨出来{k}个", "已经出来{k}", "先出来{k}个", "接出来了{k}个", "{k}个出来了")
_SOME_FOUND = ("找到{k}个", "{k}个联系上了", "已经找回{k}人", "{k}个自己回来了", "上岸{k}个")
_ALL_OUT = ("全出来了", "都救出来了", "已经全部救出", "{n}个都救出来了", "都已脱困")
_ALL_FOUND = ("全找到了", "都联系上了", "{n}个全找到了", "全部安全", "都上岸了", "全下来了")
_STATES = ("", "，没事", "，都没受伤", "，送医院了", "，已无生命体征")
_NUMBERS = ((6, 2), (3, 1), (5, 3), (9, 4))


def _texts():
    """Texts, the fact, how many there were and how many there are."""
    groups = ((_HELD, _SOME_OUT, _ALL_OUT, "trapped"), (_LOST, _SOME_FOUND, _ALL_FOUND, "missing"))
    for holding, some, every, fact in groups:
        for at, (held, out, state) in enumerate(product(holding, (*some, *every), _STATES)):
            many, freed = _NUMBERS[at % len(_NUMBERS)]
            left = 0 if out in every else many - freed
            if at % 2:
                yield held.format(n=many) + "，" + out.format(k=freed, n=many) + state, fact, many, left, state


def test_who_came_out_makes_no_figure_false():
    for text, fact, many, left, state in _texts():
        facts = {name: found for name, found in read(text, now=NOW).facts.items() if not found.unknown}
        held = facts.get(fact)
        assert held is None or held.at_least == held.at_most == left or (held.at_least == many and left), (text, held)
        dead = facts.get("deaths")
        assert dead is None or "体征" in state or not dead.at_most, (text, dead)
        hurt = facts.get("injuries")
        assert hurt is None or "医院" in state or not hurt.at_most, (text, hurt)
