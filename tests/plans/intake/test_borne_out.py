"""What units and groups add does not lower what is sure, adds in no other harm, and reads no zero for anybody."""

from tests.plans.intake.saying import said

ROWS = [
    ("重伤的没有", "serious=0"),
    ("二道沟泥石流无人失联", "missing=0"),
    ("车间氨气泄漏。死亡20人：3楼十个、2楼10人", "dead=20"),
    ("车间氨气泄漏。16人遇难，其中二车间1人，装配车间8人，焊工班7人", "dead=16"),
    ("上洼组2人、东坪村11人，都是重伤的", "hurt=13 serious=13"),
    ("食堂吃坏肚子了。死亡20人：机修班8人，一车间12人。二院收了11人，市一院收了12人", "dead=20 ill=23"),
    ("原来报死了4～5人，现在核实为3人", "dead=3"),
    ("自建房垮了，做笔录8人，死了人", ""),
    ("1号车4个被困，前车2人被困，3号车2人被困。赵某某、钱某某、孙某某三人失联", "trapped=8 missing=3"),
    ("5人重伤\n上面的再发一遍：5人重伤", "hurt=5 serious=5"),
]
ASKED = [
    ("1号车2人失联、后车9人失联、共12人失联", "missing"),
]


def test_only_what_goes_with_the_rest_is_added():
    for text, facts in ROWS:
        told = {part for part in said(text).split() if not part.endswith("=?")}
        assert told == set(facts.split()), text


def test_what_does_not_go_with_the_rest_stays_a_question():
    for text, fact in ASKED:
        assert f"{fact}=?" in said(text).split(), text
