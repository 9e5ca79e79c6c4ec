"""Those who were known told once more by hospital stay as they are; somebody told dead who lives is one of the hurt."""

from tests.plans.intake.saying import carried_on

SAME = """
traffic|hurt=7|二院3个，三院4个，就是那7个，没有新的
stampede|dead=0 hurt=7|人民医院说他们收了5个，中医院说2个，加起来正好是昨晚那7个，不是新的，别重复加
traffic|hurt=9|县医院5个，骨科医院4个，和早上报的是同一批
food_poisoning|ill=30|一院18，二院12，加一起就是30，没多
epidemic|ill=15|发热门诊9个，隔离病房6个，总数不变还是15
stampede|hurt=14|六中8个，七中6个，跟刚才那14个是一批
earthquake|dead=5 hurt=40|东片伤25，西片伤15，总数没变
"""
LIVES = """
traffic|dead=2 hurt=5|二院刚说，送来那个没心跳的抢回来了，在ICU，死的算1个，伤的算6个|dead=1 hurt=6
drowning|dead=1|刚捞上来那个以为不行了，按了二十分钟有气了，送医院了|dead=0 hurt=1
landslide|dead=4 hurt=6|挖出来第四个还有呼吸，救护车上抢救过来了，死亡3伤7|dead=3 hurt=7
collapse|dead=1 hurt=4|死亡那个数先别用，抬走时我看盖着布以为没了，医院说心跳回来了，人在手术台上|dead=0 hurt=5
explosion|dead=3 hurt=12|说没了的三个里头，有一个其实活着，重伤|dead=2 hurt=13
traffic|dead=3 hurt=8|更正：死亡3人中有1人经抢救恢复自主呼吸，现死亡2人，受伤9人|dead=2 hurt=9
"""
NOBODY_LIVES = """
traffic|dead=1 hurt=5|司机没抢回来
traffic|dead=1 hurt=5|昏迷的那个醒过来了，能说话
"""


def test_those_who_were_known_stay_as_they_are():
    for row in SAME.strip().splitlines():
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row
        assert not any(item.asks for item in now.values()), row


def test_who_was_told_dead_and_lives_is_hurt():
    for row in LIVES.strip().splitlines():
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row
        assert now["deaths"].asks, row


def test_who_was_never_told_dead_leaves_the_dead_as_they_are():
    for row in NOBODY_LIVES.strip().splitlines():
        now, _ = carried_on(row)
        assert not (now["deaths"].value or 9) < 1, row


DIED = """
traffic|dead=3 hurt=12 serious=5|市医院：昨晚死了俩，都是重伤那五个里头的|dead=5 hurt=10 serious=3
earthquake|dead=2 hurt=11 serious=4|夜里又走了俩，一个是重伤的，一个原先报的轻伤，脾破裂没发现|dead=4 hurt=9 serious=3
explosion|dead=4 hurt=20 serious=8|三天走了三个，两个重伤，一个轻伤感染|dead=7 hurt=17 serious=6
explosion|dead=2 hurt=10 serious=6|重伤的今天又没了两个，一个烧伤面积大，一个是肺|dead=4 hurt=8 serious=4
"""


def test_the_gravely_hurt_who_died_are_no_longer_among_them():
    for row in DIED.strip().splitlines():
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row


def test_who_is_still_fought_for_is_asked():
    assert carried_on("traffic|dead=1 hurt=5|又有一个没了心跳，正在抢救")[0]["deaths"].asks


def test_who_went_home_did_not_die():
    for row in (
        "food_poisoning|ill=40|今天没有新增，走了22个，剩18个还在院",
        "food_poisoning|ill=12|走了五个，还有七个在医院挂水",
    ):
        now, expected = carried_on(row)
        assert {fact: now[fact].value for fact in expected} == expected, row
        assert not any(item.asks for item in now.values()), row


def test_the_lost_of_whom_one_is_told_to_be_somewhere_are_asked():
    asked = carried_on("landslide|dead=1 hurt=4 missing=2|两个失踪的其中一个在医院，就是那四个伤的里面的")[0]["missing"]
    assert asked.asks
    assert {item.at_least for item in asked.readings} == {1, 2}
    assert not carried_on("flood|missing=3|失联人员家属在医院等消息")[0]["missing"].asks
