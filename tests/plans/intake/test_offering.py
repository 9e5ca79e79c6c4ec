"""A figure that is asked offers what the readers come to; nothing that is shown is changed by it."""

from dataclasses import replace
from datetime import UTC, datetime

from plans.intake import Found, Option, read
from plans.intake.offering import WAYS, offered

NOW = datetime(2026, 3, 2, 4, 6, tzinfo=UTC)
ASKED = Found(
    at_least=1,
    at_most=3,
    text="五个人",
    span=(0, 3),
    unknown=True,
    readings=tuple(Option(at_least=low, at_most=high) for low, high in ((1, 1), (2, None), (None, None))),
)


def ways(found):
    return [(way.at_least, way.at_most) for way in found.readings]


def test_what_another_reader_comes_to_stands_behind_the_likeliest():
    found = offered(ASKED, (5, 5), "五个人都埋了", (0, 3))
    assert ways(found) == [(1, 1), (5, 5), (None, None)]
    assert (found.at_least, found.at_most, found.unknown) == (1, 5, True)
    assert found.readings[1].text == "五个人"
    assert len(offered(found, (7, 8), "七八个", (0, 3)).readings) == WAYS


def test_what_is_offered_already_shown_or_uncounted_is_left():
    shown = replace(ASKED, at_least=2, at_most=2, unknown=False)
    uncounted = replace(ASKED, at_most=None, readings=())
    for found, many in ((ASKED, (1, 1)), (shown, (5, 5)), (uncounted, (5, 5)), (ASKED, (0, 0))):
        assert offered(found, many, "五个人", (0, 3)) is found


def test_messages_that_are_asked_offer_the_truth():
    for text, fact, many in SAID:
        found = read(text, now=NOW).facts[fact]
        told = (found.at_least, found.at_most) == (many, many) and not found.unknown
        assert told or (many, many) in ways(found), (text, fact, found)


SAID = (
    ("烧烤摊动刀了，捅了4个，有一个没抢救过来", "injuries", 3),
    ("配电房漏电，电倒仨，一个没抢救过来", "injuries", 2),
    ("货场叉车冲进人堆，卸货组躺了4个，装车组2个，司机自己也撞了头，都是伤", "injuries", 7),
    ("村里办满月酒，回去躺倒好几家，赵家4口，孙家2口，村医1个，都是上吐下泻", "ill", 7),
)
