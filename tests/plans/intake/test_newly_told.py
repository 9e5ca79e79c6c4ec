"""Newcomers told of unit by unit are all added; who is no patient, or one of those who were known, is not."""

from tests.plans.intake.saying import carried_on

ADDED = """
food_poisoning|ill=20|一班又添3个，二班添2个|ill=25
food_poisoning|ill=12|幼儿园又有俩吐的，小学那边一个，都拉医院了|ill=15
flood|dead=2 missing=3|东村新报失联2人，西村新报1人|missing=6
earthquake|dead=5 hurt=40|刘家乡报上来死1伤6，加进总数|dead=6 hurt=46
earthquake|dead=12 hurt=80|增补：石桥镇死2伤9，柳树镇死1伤4|dead=15 hurt=93
traffic|dead=1 hurt=9|人民医院补报两个，中医院补一个，前面没算的|hurt=12
epidemic|ill=30|三中新增4例，四中新增6例，实验小学1例|ill=41
fire|hurt=4|楼上又呛倒三个，七楼两个八楼一个|hurt=7
typhoon|dead=0 hurt=6|新增：城东砸伤1人，城西刮倒摔伤2人|hurt=9
food_poisoning|ill=22|晚上又来一拨，五年级6个，六年级3个|ill=31
epidemic|ill=20|新增2例中1例是境外输入|ill=22
"""
NOT_ADDED = """
epidemic|ill=20|又排查出18个密接
epidemic|ill=25|又接了两个投诉电话
food_poisoning|ill=30|又去了三个医生
traffic|dead=1 hurt=8|又有3个转到市里去了
fire|hurt=5|另有12名群众被疏散
earthquake|dead=5 hurt=40|又震了两次，没伤人
flood|dead=1 missing=2|又发现一具动物尸体，不是人
flood|dead=1 missing=2|河里漂过来一具，是头牛
landslide|dead=1 missing=2|又挖到一堆羊骨头，不是人的
fire|dead=1 hurt=3|死的数先别动，伤的加一个|hurt=4
"""


def test_newcomers_of_every_unit_are_added():
    for row in ADDED.strip().splitlines():
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row


def test_numbers_that_count_no_patient_add_nobody():
    for row in NOT_ADDED.strip().splitlines():
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row


def test_those_who_are_ill_again_may_be_known():
    assert carried_on("food_poisoning|ill=12|有3个又吐了")[0]["ill"].asks
