"""Of the hurt and the ill nobody is counted who died, where the text tells how many that leaves."""

from tests.plans.intake.saying import said

_TOLD = (
    ("晒谷坪热倒四个收谷子的，黄大爷抬到半路就没了呼吸，剩那三个冰敷了在挂水", "dead=1 ill=3"),
    ("车里闷晕三个，开车的没醒过来人没了，另外两个在输液", "dead=1 ill=2"),
    ("漂流两条筏叠一起，伤5人死1人，死的就在那5个里头", "dead=1 hurt=4"),
    ("伤了6个，死的1个也算在这6个里，客车翻了", "dead=1 hurt=5"),
    ("追尾，死1人，伤4人，其余3人没事", "dead=1 hurt=4"),
)


def test_who_died_is_no_more_among_the_hurt():
    for text, facts in _TOLD:
        assert said(text) == facts, text
