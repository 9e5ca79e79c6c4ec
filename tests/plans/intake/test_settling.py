"""A text with a figure taken back, added to or told twice comes to what stands in the end."""

from itertools import product

import pytest

from plans.intake import read
from plans.intake.numerals import normalise
from plans.intake.settling import settled
from tests.plans.intake.saying import NOW, said

_HARMS = (
    ("deaths", "死了{}个", "死的"),
    ("injuries", "{}人受伤", "伤者"),
    ("missing", "{}个没找到", "失联的"),
    ("trapped", "压着{}个", "困着的"),
)
_CORRECTED = (
    "{old}，不对，是{m}个",
    "{old}。更正一下，{label}是{m}个",
    "{old}；不好意思，{label}{m}个，刚才说错了",
    "{old}，刚核实，{label}{m}个",
    "{old}、{label}不是{n}个，是{m}个",
    "原来报{old}，核实后{new}",
    "{old}，又数了一遍，{new}",
    "{old}，漏了门卫，一共{up}个",
    "{old}，刚才漏报一个，{label}{up}个",
    "{old} 还有一个保洁没算，是{up}个",
    "{old}，有一个重复了，是{down}个",
    "{old}，扣掉一个重名的，{label}{down}个",
    "{old}。再说一遍，{old}",
    "{old}，总之就是{label}{n}个",
    "老王：{old}\n李主任：不对，{new}",
    "老王：{old}\n李主任：{label}几个？\n老王：{m}个，刚才报错了",
    "小周：{old}\n张队：我数的{label}{m}个\n小周：对，是{m}个，我报错了",
)
_BESIDE = ("", "伤得重的2个，", "死2人，", "失踪2人、")
_OF = ("", "serious_injuries", "deaths", "missing")

_ROWS = (
    ("困了两个，不好意思，被困是三个，刚才说错了", "困了三个"),
    ("伤4个，失联3人，漏了一个，一共4个", "伤4个,失联4个"),
    ("死2伤5。重复一遍：死2伤5", "死2伤5"),
    ("不是死5人，是死3人，伤2人", "死3人,伤2人"),
    ("死3伤5，写反了，死5伤3", "死5伤3"),
    ("[李队] 塌了，埋了6个\n[小赵] 埋了6个？\n[李队] 哦不，困的8个", "[李队] 塌了,埋了8个"),
    ("压着5个，困的应该是3个不是5个", "压着3个"),
    ("前头讲伤3人，这会儿查清了，伤4人", "伤4人"),
    ("塌了，埋了4个，刚才没算一个放羊的，困着的5个", "塌了,埋了5个"),
    ("擦伤7个，结果就是擦伤7个", "擦伤7个"),
    ("车上20个人，死了3个，上面的不算，死了4个", "车上20个人,死了4个"),
)
_WHOM = ("十几名孩子没救过来，不对，是6人", "6名孩子没救过来")
_UNSETTLED = (
    "死了3个，不对，路边还有",
    "伤了6个人，还有3个，报错了",
    "一个六十岁出头的老汉死亡，不对，是2人",
    "东村死了3个，西村死了2个，不对，死了4个",
    "伤了5个，漏了一个，一共9个",
    "死3人伤5人，以上已核实",
    "死了2个，刚核实，路边死了1个",
    "刚才报错了，死的4个",
    "一村死1个，二村死1个伤2个，里头1个腿刮烂算伤",
    "绿的一个人压了腿，一块来的应该还有一个",
    "报上来呛伤的名单15人，核对有重名一个，14",
    "四个下落不明，6人受伤",
    "看台塌了，伤了二十来人，更正：7、8人受伤",
    "伤4~6人，打错了，是7 - 9人",
    "刚才说重伤近30人作废。21人脱险",
    "之前说有5个没找到，撤回。救出9个人",
    "死了2个，撤回。现场有民警3人",
    "去看看是不是伤了近30人。8人脱险",
    "核实一下是不是有十来个失联。9个已经联系上了",
    "死了20名游客，其中1名女性，清点了一下，受伤几人",
    "一班困了3人伤了12人、二班困了5个伤了2人。刚核对过，7名工人找不到了",
    "加起来受伤30人。二十来号重伤，说错了，1人",
    "死亡的：一班三人，二班5人。医生说十五人身亡",
)


@pytest.mark.parametrize("at", range(2))
def test_a_corrected_figure_stands_as_it_is_in_the_end(at: int) -> None:
    rows = list(product(range(len(_HARMS)), _CORRECTED, range(len(_BESIDE))))[at::6]
    for number, (which, form, beside) in enumerate(rows):
        fact, old, label = _HARMS[which]
        if _OF[beside] == fact or (fact == "injuries" and _OF[beside] == "serious_injuries"):
            continue
        n, m = ((6, 4), (3, 7), (5, 8))[number % 3]
        words = {"old": old.format(n), "new": old.format(m), "label": label, "n": n, "m": m, "up": n + 1, "down": n - 1}
        first, *lines = form.format(**words).split("\n")
        head, mark, rest = first.rpartition("：") if lines else ("", "", first)
        text = "\n".join((f"{head}{mark}出事了，{_BESIDE[beside]}{rest}", *lines))
        now = (
            n
            if "一遍，{old}" in form or "总之" in form
            else n + 1
            if "{up}" in form
            else n - 1
            if "{down}" in form
            else m
        )
        found = read(text, now=NOW).facts.get(fact)
        assert found is not None, text
        assert found.unknown or found.at_least == found.at_most == now, (text, found)


def test_what_a_text_comes_to():
    for text, now in (*_ROWS, _WHOM):
        told = settled(normalise(text))
        assert told is not None, text
        assert told[0] == now, text
    for text in _UNSETTLED:
        told = settled(normalise(text))
        assert told is None, (text, told)


def test_the_words_of_a_settled_figure_hold_its_correction():
    text = "工地塌了，困了两个，不好意思，被困是三个，刚才说错了"
    found = read(text, now=NOW).facts["trapped"]
    assert found.at_least == found.at_most == 3
    assert text[slice(*found.span)] == found.text
    assert "三" in found.text
    assert said("大巴翻了，死2人，伤了6个，多报了一个，伤者5个") == "dead=2 hurt=5"
