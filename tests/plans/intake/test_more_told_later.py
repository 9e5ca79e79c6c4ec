"""Later texts in plain words, with what stands around them: who tells it, who comes without a number, who is a part.

Each row: what the case knew, the text, what is known otherwise then (`?`: asked, not shown; `>`: more than was known).
"""

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

HURT = "dead=1 hurt=6 serious=2"
ROWS = {
    "who tells it is none of them": (
        ("traffic", "dead=1 hurt=6", "医院来电，死2伤8", "dead=2 hurt=8"),
        ("landslide", "missing=4", "老周：还在搜", ""),
        ("collapse", "hurt=6 serious=2", "现场报：重伤的有一名在手术", ""),
        ("traffic", "hurt=6", "@值班室 又送来两个伤员", "hurt=8"),
        ("mine_accident", "trapped=5", "只差2名没救出来，请知悉", "trapped=2"),
        ("mine_accident", "trapped=5", "矿上来电话：里面没人了，完毕", "trapped=0"),
        ("traffic", "dead=1", "老周：又死人了", "dead=?"),
        ("traffic", "dead=1 hurt=6", "老周：重伤1人", "serious=1"),
        ("traffic", "dead=1 hurt=6", "医院说那个老太太没了", "dead=? hurt=5"),
        ("traffic", HURT, "22:40 更正：受伤5人", "hurt=5"),
    ),
    "more, and nobody counted them": (
        ("traffic", HURT, "又送来一批伤的", "hurt=?"),
        ("traffic", HURT, "又来了一车伤员", "hurt=?"),
        ("traffic", HURT, "又有不少人受伤", "hurt=?"),
        ("traffic", HURT, "还有伤的陆续来", "hurt=?"),
        ("traffic", HURT, "又拉来几个", "hurt=>"),
        ("traffic", HURT, "又来个捂着脑袋的", "hurt=?"),
        ("traffic", HURT, "又拉来半车人", "hurt=?"),
        ("traffic", HURT, "伤的还在往上加", "hurt=?"),
        ("food_poisoning", "ill=9", "吐的越来越多", "ill=?"),
        ("food_poisoning", "ill=9", "又有学生不舒服", "ill=?"),
        ("traffic", HURT, "伤员里有人没了", "dead=? hurt=5"),
        ("collapse", "trapped=6", "上来一部分", "trapped=?"),
        ("flood", "missing=6", "找着一部分", "missing=?"),
        ("traffic", HURT, "又来了几个记者", ""),
        ("traffic", HURT, "又来了好些家属", ""),
        ("traffic", HURT, "救护车又来2辆", ""),
        ("traffic", HURT, "另外几个还在做手术", ""),
        ("traffic", HURT, "重伤的走了一个，又送来1个伤员", "dead=2 serious=1"),
    ),
    "too, though nobody knew of them": (
        ("collapse", "trapped=5", "底下又听见两个喊救命的", "trapped=7"),
        ("collapse", "trapped=5", "另外还困着两个，刚知道", "trapped=7"),
        ("flood", "missing=4", "又三个打不通电话", "missing=7"),
        ("flood", "missing=4", "还少一个，刚点出来的，之前没报", "missing=5"),
        ("collapse", "hurt=3 trapped=5", "里面还有两个，刚才没算进去", "trapped=7"),
        ("traffic", "hurt=6", "除了报的，还有两个轻的没算进去", "hurt=8"),
        ("flood", "hurt=3 missing=5", "找着一个平安，又砸伤两个村民", "hurt=5 missing=4"),
        ("flood", "missing=4", "失联的回来一个，另又有两人受伤", "hurt=2 missing=3"),
    ),
    "of those in care": (
        ("traffic", HURT, "受伤的有两个不行了，人没了", "dead=3 hurt=4"),
        ("traffic", "dead=1 hurt=6", "伤的里头走了三个", "dead=4 hurt=3"),
        ("traffic", "dead=1 hurt=6", "那个腿断的，失血过多死了", "dead=2 hurt=5"),
        ("traffic", "dead=1 hurt=6", "送去医院的又死了一个", "dead=2 hurt=5"),
        ("traffic", HURT, "重伤的又死俩", "dead=3 hurt=4 serious=0"),
        ("collapse", "dead=0 hurt=8 serious=2", "又添俩伤员，重伤里没了一个", "dead=1 hurt=9 serious=1"),
        ("traffic", HURT, "重伤又多2人，是轻伤转的", "serious=4"),
        ("traffic", HURT, "有一个伤员包扎完走了", ""),
        ("traffic", HURT, "两名伤员还在观察", ""),
        ("traffic", HURT, "受伤的里面两个是小孩", ""),
        ("traffic", HURT, "有两人外地的", ""),
    ),
    "of those who were held or looked for": (
        ("mine_accident", "hurt=3 trapped=8", "挖出来三个，一个没救活，剩下俩没事", "dead=1 trapped=5"),
        ("mine_accident", "hurt=3 trapped=8", "已救出俩，无伤", "trapped=6"),
        ("flood", "missing=6", "失联的回来两个，还有一个捞上来人没了", "dead=1 missing=3"),
        ("collapse", "dead=1 trapped=5", "压着的两个确认死了", "dead=3 trapped=3"),
        ("flood", "missing=5", "漂到下游的两个被渔船救了，没伤", "missing=3"),
        ("flood", "missing=5", "救援队接到三个，都好着", "missing=2"),
        ("flood", "dead=1 missing=5", "5人失联的都找到了，没有活的", "dead=6 missing=0"),
        ("flood", "hurt=3 missing=4", "还有一名没着落", "missing=1"),
        ("fire", "dead=0 trapped=4", "还有俩困在上面", "trapped=2"),
        ("mine_accident", "hurt=3 trapped=8", "还剩6人没救上来", "trapped=6"),
        ("flood", "dead=2 missing=4", "失踪的全找到了，一个都没活", "dead=6 missing=0"),
        ("flood", "missing=4", "一个不落都找回来了", "missing=0"),
        ("flood", "missing=4", "失踪的还有两个", "missing=2"),
        ("mine_accident", "trapped=4", "被困的已经清零", "trapped=0"),
    ),
    "taken off, or a total": (
        ("traffic", "hurt=6", "两名没受伤，从伤员里划掉", "hurt=4"),
        ("traffic", "hurt=6", "有两名检查了没伤，不算伤员", "hurt=4"),
        ("traffic", "dead=3 hurt=6", "遇难者里有一个重复了，减掉", "dead=2"),
        ("food_poisoning", "ill=9", "吐的已经12个了", "ill=12"),
        ("food_poisoning", "ill=9", "人数更新到14", "ill=14"),
        ("traffic", "hurt=6", "最新受伤数9", "hurt=9"),
        ("traffic", "dead=1 hurt=6", "死亡数2，伤员数9", "dead=2 hurt=9"),
    ),
}


def told(category, known, text):
    """What is known otherwise after a text, as the rows write it."""
    facts = {SHORT[word]: int(number) for word, number in (item.split("=") for item in known.split())}
    shown = []
    now = after(read(text, now=NOW), facts, category)
    for word, name in SHORT.items():
        new = now.get(name)
        if new is None or (new.change == "same" and not new.asks):
            continue
        more = new.value is None and not new.unknown and (new.at_least or 0) > facts.get(name, 0)
        least = new.at_least if name not in facts else ">"
        shown.append(f"{word}={'?' if new.unknown else least if more else new.value}")
    return " ".join(shown)


@pytest.mark.parametrize("kind", ROWS)
def test_a_later_text_moves_whom_it_tells_of(kind):
    for category, known, text, wanted in ROWS[kind]:
        assert told(category, known, text) == wanted, (text, known)
