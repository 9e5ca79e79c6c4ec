"""Who is struck off a list is no longer counted, nothing else changes, and a person says so before it counts."""

from plans.intake import after, read
from tests.plans.intake.saying import NOW, figures

STRUCK = """
traffic|hurt=8|伤员里有个姓周的是同行朋友，没在车上，登记的时候写混了，去掉一个|hurt=7
collapse|hurt=6|名单核了一遍，第四个和第六个是同一个人，减一个|hurt=5
traffic|hurt=4|核减1人，王某系陪同家属，非伤员|hurt=3
stampede|hurt=12|重复登记了俩，实际伤者十个|hurt=10
flood|missing=4|派出所查了，失联的那个老太上个月就搬走了，压根不在村里，去一个|missing=3
mine_accident|trapped=5|多算了一个，老刘昨天就请假了没下井|trapped=4
epidemic|ill=22|22个里头剔两个，流感，不是这个病|ill=20
epidemic|ill=22|剔掉4个普通感冒的，另外密接转阳2个|ill=20
epidemic|ill=16|今天报的4例里有1例重复了，扣掉，另外新增2例|ill=17
flood|missing=6|失联的刘大海一家三口去年就迁走了，减三个|missing=3
fire|hurt=3|刚核实，三个伤的有一个是邻居家摔了一跤，跟火没关系|hurt=2
traffic|dead=2 hurt=3|死亡名单重复登记一人，请减|dead=1
typhoon|hurt=5|邻县送来的那个算他们县的，从咱们这儿划出去|hurt=4
chemical|hurt=5|那5个里有个保安只是来陪同的，扣除|hurt=4
flood|missing=1|失踪那一个查无此人，撤销|missing=0
"""
NOT_STRUCK = """
traffic|dead=1 hurt=4|又核了一遍没有重复的，不用减
fire|dead=0 hurt=5|家属要求把名字从名单里划掉
epidemic|ill=12|今天又排除3个疑似，确诊数不变
"""


def told(text, kind, known):
    return after(read(text, now=NOW), known, kind)


def test_who_is_struck_off_is_no_longer_counted():
    for row in STRUCK.strip().splitlines():
        kind, known, text, then = row.split("|")
        before, expected = figures(known), figures(known) | figures(then)
        now = told(text, kind, before)
        assert {fact: now[fact].value for fact in expected} == expected, row
        assert all(now[fact].asks for fact in expected if expected[fact] != before[fact]), row


def test_a_word_for_striking_alone_strikes_nobody():
    for row in NOT_STRUCK.strip().splitlines():
        kind, known, text = row.split("|")
        now = told(text, kind, figures(known))
        assert {fact: now[fact].value for fact in figures(known)} == figures(known), row


def test_what_may_be_of_somebody_never_counted_is_asked():
    now = told("有一个是自己喝多了吐的，不算在里面", "food_poisoning", {"ill": 15})["ill"]
    assert now.unknown
    assert {item.at_least for item in now.readings} >= {14, 15}
