"""Later texts of a few words, by what the case knew: known, text, what it knows then."""

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

ROWS = [
    ("traffic", "hurt=6", "又走了一个", "dead=1 hurt=5"),
    ("traffic", "hurt=6", "没了一个 剩下五个稳住了", "dead=1 hurt=5"),
    ("traffic", "hurt=4", "死了一个 还有三个", "dead=1 hurt=3"),
    ("traffic", "hurt=4 dead=1", "重的那个没了", "dead=2 hurt=3"),
    ("traffic", "hurt=4 serious=1", "重的那个没挺住", "dead=1 hurt=3 serious=0"),
    ("collapse", "trapped=3", "出来一个", "trapped=2"),
    ("collapse", "trapped=3", "救出来俩 还有一个", "trapped=1"),
    ("collapse", "trapped=3", "又扒出来一个 活的", "trapped=2"),
    ("collapse", "trapped=3", "扒出来一个 没气了", "trapped=2 dead=1"),
    ("collapse", "trapped=3", "三个都出来了", "trapped=0"),
    ("collapse", "trapped=1", "人出来了", "trapped=0"),
    ("collapse", "trapped=1", "出来了 没事", "trapped=0"),
    ("collapse", "trapped=1", "挖出来了 人没了", "trapped=0 dead=1"),
    ("drowning", "missing=2", "捞上来一个 没气了", "missing=1 dead=1"),
    ("drowning", "missing=2", "都捞上来了 都没了", "missing=0 dead=2"),
    ("drowning", "missing=1", "捞到了 人没了", "missing=0 dead=1"),
    ("drowning", "missing=1", "找到了 活的", "missing=0"),
    ("drowning", "missing=1", "找着了 在亲戚家", "missing=0"),
    ("flood", "missing=3", "找到俩 还差一个", "missing=1"),
    ("flood", "missing=3", "找到一个 死了", "missing=2 dead=1"),
    ("flood", "missing=3", "联系上两个", "missing=1"),
    ("flood", "missing=3", "三个都联系上了", "missing=0"),
    ("food_poisoning", "ill=8", "又来了四个", "ill=12"),
    ("food_poisoning", "ill=8", "又吐了三个", "ill=11"),
    ("food_poisoning", "ill=8", "现在15个了", "ill=15"),
    ("food_poisoning", "ill=8", "一共15个", "ill=15"),
    ("food_poisoning", "ill=8", "加起来十一个", "ill=11"),
    ("food_poisoning", "ill=8", "还是那八个", "ill=8"),
    ("food_poisoning", "ill=8", "多报了一个", "ill=7"),
    ("food_poisoning", "ill=8", "少报俩", "ill=10"),
    ("traffic", "hurt=3", "又一个说腰疼 送医院了", "hurt=4"),
    ("traffic", "hurt=3", "伤的加到5个", "hurt=5"),
    ("traffic", "hurt=3", "伤员五个了", "hurt=5"),
    ("traffic", "hurt=3", "是四个不是三个", "hurt=4"),
    ("traffic", "hurt=3", "不是3个 是4个", "hurt=4"),
    ("traffic", "hurt=3", "改成4", "hurt=4"),
    ("traffic", "hurt=3", "改一下 伤4个", "hurt=4"),
    ("traffic", "hurt=3", "其中一个重", "hurt=3 serious=1"),
    ("traffic", "hurt=3", "有一个转ICU了", "hurt=3 serious=1"),
    ("traffic", "hurt=3", "120刚走 路通了", "hurt=3"),
    ("traffic", "hurt=3", "交警来了", "hurt=3"),
    ("traffic", "hurt=3", "雨大了 车进不来", "hurt=3"),
    ("traffic", "hurt=3", "一个出院了", "hurt=3"),
    ("traffic", "hurt=3", "听说死了一个 没核实", "hurt=3"),
    ("gas_poisoning", "ill=4", "有一个没抢救过来", "dead=1 ill=3"),
    ("gas_poisoning", "ill=4", "又晕了俩", "ill=6"),
    ("gas_poisoning", "ill=4", "第三个也没了", "dead=1 ill=3"),
    ("fire", "trapped=2", "消防背下来一个 呛的", "trapped=1"),
    ("fire", "trapped=2", "两个都背下来了 没事", "trapped=0"),
    ("elevator", "trapped=4", "门开了 四个都出来了", "trapped=0"),
    ("elevator", "trapped=4", "都放出来了", "trapped=0"),
    ("mine_accident", "trapped=5", "升井两个 还有三个", "trapped=3"),
    ("landslide", "missing=4", "又挖到一具", "missing=3 dead=1"),
    ("landslide", "missing=4 dead=1", "遗体找到两具", "missing=2 dead=3"),
]
NAMES = {fact: word for word, fact in SHORT.items()}


def bounds(words: str) -> dict[str, int]:
    return {SHORT[word]: int(number) for word, number in (part.split("=") for part in words.split())}


@pytest.mark.parametrize(("category", "known", "text", "then"), ROWS)
def test_a_few_words_change_what_is_known(category: str, known: str, text: str, then: str) -> None:
    changed = after(read(text, now=NOW), bounds(known), category)
    assert {fact: found.value for fact, found in changed.items() if found.value is not None} == bounds(then)


@pytest.mark.parametrize(("category", "known", "text", "then"), ROWS)
def test_nobody_becomes_fewer_without_being_asked(category: str, known: str, text: str, then: str) -> None:
    changed = after(read(text, now=NOW), bounds(known), category)
    for fact, before in bounds(known).items():
        value = changed[fact].value
        assert value is None or value >= before or changed[fact].asks, (NAMES[fact], value)
