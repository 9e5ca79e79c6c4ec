"""One of whom a text goes on to tell is one of those it counted; men and women come to their number."""

import pytest

from tests.plans.intake.saying import said

HARMED = (
    ("8人受伤，{}", ("司机腿断了", "一个老太太腿断了", "有个司机肋骨断了"), "hurt=8"),
    ("面包车上8个人都受伤了，{}", ("司机腿断了", "司机肋骨断了四根"), "hurt=8"),
    ("11人死亡，{}", ("司机当场死亡", "一个老太太在路上死了"), "dead=11"),
    ("3人被困，{}", ("司机卡在驾驶室",), "trapped=3"),
    ("12个人受伤，{}", ("其中司机腿断了",), "hurt=12"),
)


@pytest.mark.parametrize(("frame", "singles", "expected"), HARMED)
def test_one_of_them_is_not_added(frame, singles, expected):
    assert {text: said(text) for text in map(frame.format, singles)} == dict.fromkeys(
        map(frame.format, singles), expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8名学生受伤，司机腿断了", "hurt=9"),
        ("校车跟泥头车撞上，孩子们轻伤12个，老师重伤1个", "hurt=13 serious=1"),
    ],
)
def test_one_of_another_sort_or_beside_them_is_added(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车祸收治7人，男5女2，重伤3人，其余轻伤", "hurt=7 serious=3"),
        ("收治伤员12人，男8人女4人", "hurt=12"),
        ("伤者共9人（男6女3），均为轻伤", "hurt=9"),
        ("死亡5人，其中男3人、女2人", "dead=5"),
        ("受伤3人，2男1女，都是乘客", "hurt=3"),
        ("失联4人，两男两女", "missing=4"),
        ("腹泻学生11人（男生7名，女生4名）", "ill=11"),
        ("2男1女受伤", "hurt=3"),
    ],
)
def test_men_and_women_come_to_the_number_before_them(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一车六个人没有一个囫囵的，最轻的都缝了三针，司机肋骨断了四根", "hurt=6"),
        ("摔成一堆的十二个孩子，没有哪个是不带伤的，重伤的倒没有", "hurt=12 serious=0"),
        ("三轮上坐了5个老头，人人挂彩", "hurt=5"),
        ("客车里十九个人，没有一个好好的", "hurt=19"),
        ("面包车上8个人个个带伤，司机腿断了", "hurt=8"),
    ],
)
def test_all_are_hurt_where_nobody_is_whole(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("食堂中毒这批，县医院17个，镇卫生院6个，村医那儿挂水的4个", "ill=27"),
        ("俺爹困里头了，隔着土能听见他喊，邻居正刨呢", "trapped=1"),
    ],
)
def test_hospitals_add_up_and_who_digs_is_not_held(text, expected):
    assert said(text) == expected
