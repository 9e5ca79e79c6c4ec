"""A name means those who were confirmed under it: a table over who is there and how the name is written."""

import pytest

from storage.people import is_confirmed, of_name, shown_name
from tests.storage.rows import AT, person

ZHAO, NAMESAKE = (
    person(id, name="小赵", real_name="赵敏", office=office, confirmed_at=AT)
    for id, office in (("u1", "区应急管理局"), ("u2", "区教育局"))
)
LIAR = person("u3", name="赵敏", username="赵敏")
CLAIMING = person("u4", name="赵敏", real_name="赵敏", office="区应急管理局")
"""Nobody has confirmed what he says of himself."""
OTHER = person("u5", name="赵敏", real_name="钱五", confirmed_at=AT)
NOBODY = (person("u6", name=""), person("u7", name="", real_name="", confirmed_at=AT))
TABLE = {
    "one": ([ZHAO], "赵敏", "", ["u1"]),
    "one of another office than the roster says": ([ZHAO], "赵敏", "区教育局", []),
    "one whose office is written shorter": ([ZHAO], "赵敏", "应急局", ["u1"]),
    "one whose office is written longer": ([ZHAO], "赵敏", "城区应急管理局值班室", ["u1"]),
    "one of the same office of another level": ([ZHAO], "赵敏", "市应急管理局", []),
    "one, beside a word that is no office": ([ZHAO], "赵敏", "借调", ["u1"]),
    "one whose office nobody knows": ([person("u1", real_name="赵敏", confirmed_at=AT)], "赵敏", "区教育局", ["u1"]),
    "the same person twice": ([ZHAO, ZHAO], "赵敏", "", ["u1"]),
    "two of one name": ([ZHAO, NAMESAKE], "赵敏", "", ["u1", "u2"]),
    "two of one name, the office": ([ZHAO, NAMESAKE], "赵敏", " 区教育局\u200b", ["u2"]),
    "two of one name, the office written shorter": ([ZHAO, NAMESAKE], "赵敏", "应急局", ["u1"]),
    "two of one name, an office of neither": ([ZHAO, NAMESAKE], "赵敏", "区卫健局", []),
    "called so in Telegram": ([LIAR, CLAIMING, OTHER], "赵敏", "", []),
    "called so in Telegram, beside the right one": ([LIAR, CLAIMING, OTHER, ZHAO], "赵敏", "", ["u1"]),
    "his Telegram name": ([ZHAO], "小赵", "", []),
    "nobody's name": ([ZHAO, *NOBODY], "", "", []),
    "nothing that can be seen": ([ZHAO, *NOBODY], "\u200b\u202e \u3000", "", []),
    "padded": ([ZHAO], "赵\u3000敏\u200b", "", ["u1"]),
    "turned round": ([ZHAO], "\u202e敏赵\u202c", "", []),
    "with a mark of direction": ([ZHAO], "\u200f赵\u2066敏\u2069", "", ["u1"]),
    "in other widths": ([person("u8", real_name="ＡＮＮ", confirmed_at=AT)], "ANN", "", ["u8"]),
    "a part": ([ZHAO], "赵", "", []),
    "more": ([ZHAO], "赵敏敏", "", []),
}


@pytest.mark.parametrize("case", TABLE)
def test_a_name_means_who_was_confirmed_under_it(case):
    people, name, office, meant = TABLE[case]
    assert [item.id for item in of_name(people, name, office)] == meant


def test_a_person_is_shown_under_the_confirmed_name_and_under_no_name_that_he_only_claims():
    assert [shown_name(item) for item in (ZHAO, LIAR, CLAIMING, OTHER)] == ["赵敏", "赵敏", "赵敏", "钱五"]
    assert [is_confirmed(item) for item in (ZHAO, LIAR, CLAIMING, OTHER, *NOBODY)] == [True, False, False, True] + [
        False
    ] * len(NOBODY)
    assert shown_name(person("u9", name="老王", real_name="王五")) == "老王"
