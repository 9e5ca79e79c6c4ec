"""Words of harm that are said of things, animals or who did it, numbers that count nobody, and zeros of one unit."""

from itertools import product

from tests.plans.intake.saying import said

SHUT = ["明火", "扶梯", "现场", "后门", "总阀"]
SHUTS = ["已压住", "已经围起来了", "被消防封住了", "关了"]
LOST = ["她家的狗", "两只兔子", "栏杆", "手机", "屋顶"]
FALLS = ["没了", "砸没了一截", "被冲走了", "压死了", "找不到了"]
FIGURES = [
    ("1死2伤", "dead=1 hurt=2"),
    ("伤了四个人", "hurt=4"),
    ("被困3人", "trapped=3"),
    ("烧死一个老太太", "dead=1"),
    ("失联两个", "missing=2"),
    ("老李腿断了", "hurt=1"),
]


def test_what_is_said_of_things_befell_nobody():
    words = [a + b for a, b in (*product(SHUT, SHUTS), *product(LOST, FALLS))]
    for (figure, facts), word in product(FIGURES, words):
        for text in (f"{figure}，{word}", f"{word}，{figure}"):
            assert said(text) == facts, text


ROWS = [
    ("老许吊着一口气在ICU", "serious=1"),
    ("抬出来四个走不了直道", ""),
    ("飙车的两个一溜烟没影了", ""),
    ("走失儿童7名均由家长领回，踩伤2人", "hurt=2"),
    ("皮带机绞住一个，胳膊没保住", "hurt=1"),
    ("有人刺伤柜员两名后自己跳楼身亡", "hurt=2"),
    ("凶手砍死2人砍伤5人后跳楼死亡", "dead=2 hurt=5"),
    ("一女子离婚后跳楼身亡", "dead=1"),
    ("电梯卡在11和12楼中间，里面一家三口", "trapped=3"),
    ("电梯卡在3、4楼之间，伤1人", "hurt=1"),
    ("那位大爷八十三没挺过来", "dead=1"),
    ("老太太今年七十九走了，孙子轻伤", "hurt=1"),
    ("我奶奶九十二摔了，腿断了", "hurt=1"),
    ("吊篮一头掉了，四个刷墙的摔伤", "hurt=4"),
    ("司机老邢困在司机室下不来", "trapped=1"),
    ("学生宿舍着火，伤2人", "hurt=2"),
    ("船舱里抬出来两具，还有6人烧伤", "dead=2 hurt=6"),
    ("找到遗体三具，伤2人", "dead=3 hurt=2"),
    ("搜出灭火器三具，伤2人", "hurt=2"),
    ("三车追尾，轻伤6、重伤1，无亡人", "dead=0 hurt=7 serious=1"),
    ("三组19人上了房顶，五组6人在楼上，总共25，没人受伤", "hurt=0"),
    ("这个弯上月刚摔死一个，今天又是摩托，后座的胳膊折了", "hurt=1"),
]


def test_numbers_and_words_that_count_nobody():
    for text, facts in ROWS:
        told = dict(part.split("=") for part in said(text).split())
        wanted = dict(part.split("=") for part in facts.split())
        shown = {fact: value for fact, value in told.items() if value != "?"}
        assert shown.items() <= wanted.items(), (text, told)
        assert wanted.keys() - {"hurt"} <= shown.keys(), (text, told)


def test_a_zero_of_one_unit_is_none_of_the_whole():
    told = said("夜里暴雨：\n白云镇：垮房2间，压伤1人\n大箐乡：没有人员伤亡，死牛6头")
    assert "dead=0" not in told.split()
    assert "hurt=0" not in said("台账：第一起伤0，第二起伤2，第三起伤1").split()
    assert said("死亡：无\n受伤：3人") == "dead=0 hurt=3"
