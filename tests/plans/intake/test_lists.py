"""Lists of like units come to one figure, blanks around numbers and corrections change nothing of what is read."""

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, said

LISTS = [
    ("前车被困8人，3号车被困4人", "trapped=12"),
    ("柳沟村被困8人；河口村被困8人", "trapped=16"),
    ("河口村困了11个死了10人，东坪村困了11个死了3人", "dead=13 trapped=22"),
    ("四班受伤3人，一班受伤6人，共受伤9人", "hurt=9"),
    ("失联的：3号车12人，面包车8人", "missing=20"),
    ("初二5班9人、二班1人，都是死亡的", "dead=10"),
    ("一共受伤19人，装配车间9人、3号线10人", "hurt=19"),
    ("2楼11人遇难，四楼2人遇难。3号线4人受伤，焊工班2人受伤", "dead=13 hurt=6"),
]


@pytest.mark.parametrize(("text", "facts"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_is_added_up_with_its_words(text, facts):
    assert said(text) == facts
    assert all(text[slice(*found.span)] == found.text for found in read(text, now=NOW).facts.values())


def test_a_list_that_does_not_come_to_its_total_is_asked():
    found = read("四班受伤3人，一班受伤6人，共受伤11人", now=NOW).facts["injuries"]
    assert found.unknown
    assert any(option.at_most == 11 for option in found.readings)


@pytest.mark.parametrize(
    ("spaced", "plain"),
    [
        ("1 个老师 3 个学生受伤", "1个老师3个学生受伤"),
        ("失联 5 、 6 人", "失联5、6人"),
        ("死了 10  -  11 人", "死了10 - 11人"),
    ],
)
def test_blanks_around_numbers_change_nothing(spaced, plain):
    assert said(spaced) == said(plain)
    assert all(spaced[slice(*found.span)] == found.text for found in read(spaced, now=NOW).facts.values())


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("4人受伤，不对，是30人", "hurt=30"),
        ("失踪8名工人，不是8人，是6人", "missing=6"),
        ("一个四十来岁的男子已经确认死亡，不对，是3人", "dead=3"),
        ("1人磕破了头（更正：3人）", "hurt=3"),
        ("不到20人被困，哦不，7人", "trapped=7"),
        ("前面报2人丧生不准，经核实9人丧生", "dead=9"),
    ],
)
def test_a_corrected_number_stands_for_the_old_one(text, facts):
    assert said(text) == facts
