"""Several people are counted, then each is told of: the parts are the figures, and what they come to is none."""

from itertools import combinations_with_replacement

import pytest

from tests.plans.intake.saying import said

FATES = {
    "当场死了": "dead",
    "送到医院没了": "dead",
    "胳膊断了在打石膏": "hurt",
    "缝了几针": "hurt",
    "好好的没伤": "",
    "到现在没影": "missing",
}
HEADS = ["车斗里站了两个人", "篮子里俩人", "跳下去两个"]


def facts(*fates):
    told: dict[str, int] = {}
    for fate in fates:
        if fate:
            told[fate] = told.get(fate, 0) + 1
    return " ".join(f"{word}={told[word]}" for word in ("dead", "hurt", "missing") if word in told)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("words", list(combinations_with_replacement(FATES, 2)))
def test_nobody_is_given_the_fate_of_the_other(head, words):
    first, second = words
    read = said(f"{head}，一个{first}，另一个{second}")
    wanted = facts(FATES[first], FATES[second])
    for word in read.split():
        assert word in wanted.split() or word.endswith(("=?", "=0")), (read, wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("砍了五个人，有一个到医院没了，剩下四个在缝针", "dead=1 hurt=4"),
        ("漏电打倒俩，一个当场死，一个手烧黑了", "dead=1 hurt=1"),
        ("俩人，一个抱住栏杆叫人弄下来了没伤，另一个掉下去，摔到地上就没气了", "dead=1"),
        ("撞了三个，两个当场没了，另一个腿断了", "dead=2 hurt=1"),
        ("烫了四个人，其中一个没救过来，其余三个住院", "dead=1 hurt=3"),
    ],
)
def test_parts_that_come_to_the_whole_are_read(text, expected):
    assert said(text) == expected
