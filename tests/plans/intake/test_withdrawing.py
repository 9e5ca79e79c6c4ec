"""Figures that are taken back without others in their stead are known no more; what sounds like it changes nothing."""

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT, figures

BACK = """
traffic|dead=3 hurt=12|死3伤12是网上的，官方没出数，先撤回|dead hurt
flood|missing=4|失联4个这个先别写，没核实，拿掉|missing
explosion|dead=2 hurt=8|死的那两个没人能证实，先不报死亡，伤的照旧8个|dead
earthquake|dead=6 hurt=30|前面报的数都不算，重新统计中|dead hurt
mine_accident|trapped=9|井口报的9人是估的，没核实，先别往上报|trapped
epidemic|ill=13|那13例疾控还没确认，请先撤下|ill
landslide|dead=5 missing=8|8个失联的数谁都没核实过，先拿掉，死5个是准的|missing
"""
STANDS = """
fire|dead=1 hurt=3|视频先别发群里，家属看了受不了
flood|dead=2 missing=1|遇难2人的名单先别公布，等通知家属
traffic|dead=1 hurt=4|网上说死了五个的别信，删掉那条转发
epidemic|ill=9|9例的材料写得不好，退回重新写
chemical|hurt=8|药品先别用，等专家来
collapse|dead=1 hurt=3 trapped=2|两人均被救出，无生命危险|trapped=0
"""


def test_figures_that_are_taken_back_are_known_no_more():
    for row in BACK.strip().splitlines():
        kind, known, text, names = row.split("|")
        now = after(read(text, now=NOW), figures(known), kind)
        gone = {SHORT[name] for name in names.split()}
        assert all(now[fact].change == "withdrawn" and now[fact].asks for fact in gone), row
        kept = {fact: number for fact, number in figures(known).items() if fact not in gone}
        assert {fact: now[fact].value for fact in kept} == kept, row


def test_what_is_to_be_kept_back_of_other_things_changes_no_figure():
    for row in STANDS.strip().splitlines():
        kind, known, text, *then = row.split("|")
        now = after(read(text, now=NOW), figures(known), kind)
        expected = figures(known) | (figures(then[0]) if then else {})
        assert {fact: now[fact].value for fact in expected} == expected, row
