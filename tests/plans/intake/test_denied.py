"""Nobody, in every way it is said, of every harm: what was denied is nothing, and those told of beside it stay."""

from itertools import count

import pytest

from plans.intake import after, read
from plans.intake.denied import as_denied
from tests.plans.intake.saying import NOW, said

WORDS = {
    "deaths": "死亡 遇难 身亡 死 丧生 去世 死人 断气 不治身亡 牺牲 丧命 罹难 亡故 死掉 没命 送命",
    "serious_injuries": "重伤 伤得重 病危 危重 伤势严重 受重伤 进ICU 进重症 伤得厉害 下病危",
    "missing": "失联 失踪 下落不明 走失",
    "trapped": "被困 困住 困在里面 被埋 压在下面 卡住 埋在里面",
    "injuries": "受伤 挂彩 负伤 伤到 伤着 受了伤",
}
WAYS = (
    *(
        "没有人{}",
        "没人{}",
        "无人{}",
        "没有{}的",
        "没有一个{}",
        "没有一个{}的",
        "没一个{}的",
        "{}的没有",
        "{}的一个没有",
    ),
    *(
        "{}的一个都没有",
        "一个{}的都没有",
        "{}的也没有",
        "暂无人{}",
        "目前没有人{}",
        "没发现有人{}",
        "谁也没{}",
        "均未{}",
    ),
    *(
        "木有{}的",
        "木有人{}",
        "没有谁{}",
        "没有出现{}",
        "{}没有",
        "{}倒没有",
        "没有人员{}",
        "没有任何人{}",
        "没有哪个{}",
    ),
    *("没听说有人{}", "{}：无", "零{}"),
)
BESIDE = (
    ("面包车翻了，7人受伤，{}", "injuries"),
    ("面包车翻了，{}，7人受伤", "injuries"),
    ("食堂7个学生拉肚子，{}", "ill"),
    ("厂房塌了，困住7个，{}", "trapped"),
    ("楼道着火，烧伤7个人，{}。", "injuries"),
    ("桥垮了，7人失联，{}", "missing"),
    ("客车追尾，死了7个，{}", "deaths"),
)
APART = {
    "deaths": ("deaths",),
    "serious_injuries": ("serious_injuries", "deaths", "missing", "trapped"),
    "injuries": ("injuries", "ill"),
}
TEXTS = tuple(
    (fact, other, frame.format(way.format(word)))
    for fact, words in WORDS.items()
    for word in words.split()
    for way in WAYS
    for frame, other in BESIDE
    if other not in APART.get(fact, (fact,)) and not (word in ("没命", "下落不明") and way in ("均未{}", "零{}"))
)


@pytest.mark.parametrize("start", range(2))
def test_nobody_is_nobody_however_it_is_said(start):
    wrong: list[tuple[int, str, str, float]] = []
    for at, (fact, other, text) in zip(count(), TEXTS[start * 7 :: 29]):
        facts = read(text, now=NOW).facts
        denied, told = facts.get(fact), facts.get(other)
        if denied is not None and not denied.unknown and denied.at_least:
            wrong.append((at, text, fact, denied.at_least))
        if told is None or told.unknown or told.value != 7:
            wrong.append((at, text, other, 0 if told is None else told.at_least or 0))
    assert wrong == []


def test_a_denial_of_everybody_is_a_zero():
    for text, expected in (
        ("面包车翻了，7人受伤，要命的一个没有", "dead=0 hurt=7"),
        ("楼板塌了，3个轻伤，没有人不治身亡，没有哪个困在里面", "dead=0 hurt=3 trapped=0"),
        ("给您汇总下，县医院收了6个拉肚子的，重的一个没有", "serious=0 ill=6"),
        ("客车刮蹭，谁也没挂彩，丧命的更没有", "dead=0 hurt=0"),
        ("厂房着火，烫伤2个，没有人骨折", "hurt=2"),
        ("二十个孩子没有哪个是不挂彩的", "hurt=20"),
    ):
        assert said(text) == expected, text


def test_offsets_stay_as_they_were():
    for _, _, text in TEXTS[::97]:
        assert len(as_denied(text)) == len(text)


def test_a_later_denial_leaves_what_was_known():
    reading = read("刚又点了一遍，丧命的没有，别的没变", now=NOW)
    assert {name: item.change for name, item in after(reading, {"injuries": 3}, "fire").items()}["injuries"] == "same"


OF_SOMEBODY = (
    *"遇难 断气 没命 挂彩 受啥伤 受什么伤 受一点伤 大伤 蹭破皮 磕着碰着".split(),
    *"破一点皮 受伤 伤着 困住 卡住 压着 重伤 生命危险 中毒".split(),
)
PEOPLE = "司机 司机倒是 两个老师 3名学生都 其余人 其他8个 剩下的 老太太 另外5人 前排那个 班主任".split()
HOW = ("没{}", "没有{}", "并没有{}", "一点没{}", "都没{}", "也没{}")


def test_what_did_not_befall_somebody_befell_nobody():
    texts = [f"面包车翻了，{who}{how.format(word)}" for word in OF_SOMEBODY for who in PEOPLE for how in HOW]
    wrong = {
        text: found.at_least
        for text in texts[::11]
        for found in read(text, now=NOW).facts.values()
        if not found.unknown and found.at_least
    }
    assert wrong == {}


def test_what_befell_him_all_the_same_is_told_behind():
    assert said("面包车翻了，司机没遇难，腿断了") == "hurt=1"
    assert said("面包车翻了，2人死亡，司机没骨折") == "dead=2"
