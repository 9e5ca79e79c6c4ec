"""Trapped are only those who still are: whose fate is told, and who was brought out, is trapped no longer."""

from tests.plans.intake.saying import said

_TOLD = (
    ("刮倒一片围挡，压着两个接娃的家长，都骨折", "hurt=2"),
    ("墙倒了压住三个人，都是皮外伤", "hurt=3"),
    ("脚手架倒了压住3人，1死2伤", "dead=1 hurt=2"),
    ("院墙让水泡塌了，压了俩玩耍的娃，都断了腿", "hurt=2"),
    ("大棚顶雪压垮，被盖住2人已刨出，一人不治，一人伤", "dead=1 hurt=1"),
    ("轿厢里5个送货的本来困着，已放出来没伤", "trapped=0"),
    ("井下困住6人，已全部升井，2人轻伤", "hurt=2 trapped=0"),
    ("煤仓垮了埋5个工友，扒出3个，剩下2个还埋着", "trapped=2"),
    ("顶棚塌了，埋11人，挖出8个，还有3个压着能喊应", "trapped=3"),
    ("墙倒压着3人，外面还有2个被砖崩伤的", "hurt=2 trapped=3"),
    ("大树倒了压着车里的两口子，正锯树呢", "trapped=2"),
    ("矿里困了12人，都联系上了，正在往外救", "trapped=12"),
)


def test_who_is_out_is_trapped_no_longer():
    for text, facts in _TOLD:
        assert said(text) == facts, text
