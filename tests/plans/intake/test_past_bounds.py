"""However long a list is, what is shown of it is what it says: past the bounds of the reader its sums are asked."""

from plans.intake import read
from plans.intake.past_bounds import MOST_ENTRIES
from plans.intake.tokens import ENOUGH_NUMERALS
from tests.plans.intake.saying import NOW, said

NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
LINES = {
    "deaths": (
        lambda at: (f"{NAMES[at % 20]}家村死{at % 2 + 1}人，", at % 2 + 1),
        lambda at: (f"{at + 1}号楼：死亡{at % 2 + 1}人\n", at % 2 + 1),
        lambda at: (f"{at + 1}. {NAMES[at % 20]}某，男，{20 + at % 60}岁，死亡\n", 1),
        lambda at: (f"{NAMES[at % 20]}某死亡，", 1),
        lambda at: ("又死了一个，", 1),
    ),
    "injuries": (
        lambda at: (f"{at + 1}班受伤{at % 3 + 1}人；", at % 3 + 1),
        lambda at: (f"{NAMES[at % 20]}家镇卫生院收治{at % 3 + 1}名伤员，", at % 3 + 1),
        lambda at: (f"第{at + 1}辆车上伤了{at % 3 + 1}个，", at % 3 + 1),
        lambda at: (f"{at + 1}班伤{at % 3 + 1}人死1人，", at % 3 + 1),
    ),
    "ill": (lambda at: (f"{at + 1}班{at % 4 + 1}个呕吐，", at % 4 + 1),),
    "missing": (lambda at: (f"{at + 1}组{at % 3 + 1}人失联\n", at % 3 + 1),),
    "trapped": (lambda at: (f"{at + 1}楼困着{at % 3 + 1}人，", at % 3 + 1),),
}
LENGTHS = (2, 13, 24, 25, 42, 90)


def test_no_list_is_too_long_to_be_told_rightly_or_asked():
    wrong = []
    for fact, lines in LINES.items():
        for kind, line in enumerate(lines):
            for head in ("", "刚统计上来的：\n"):
                for many in LENGTHS:
                    entries = [line(at) for at in range(many)]
                    found = read(head + "".join(words for words, _ in entries)[:-1], now=NOW).facts.get(fact)
                    truth = sum(count for _, count in entries)
                    if found is None or found.unknown or found.mode == "increment":
                        continue
                    if not (found.at_least or 0) <= truth <= (found.at_most if found.at_most is not None else truth):
                        wrong.append((fact, kind, head, many, truth, found.at_least, found.at_most))
    assert wrong == []


def test_a_long_list_is_added_up_and_one_past_the_bound_is_offered_as_the_least():
    few = "".join(f"{at + 1}班受伤{at % 3 + 1}人；" for at in range(12))
    assert said(few) == "hurt=24"
    many = read("".join(f"{at + 1}班受伤1人；" for at in range(60)), now=NOW).facts["injuries"]
    assert (many.unknown, many.at_least, many.at_most) == (True, MOST_ENTRIES, None)
    assert many.readings[0].at_least == MOST_ENTRIES


def test_a_total_that_is_written_beside_a_long_list_counts():
    assert said("共60人受伤：" + "".join(f"{at + 1}班受伤1人；" for at in range(60))) == "hurt=60"


def test_of_a_text_with_more_numerals_than_are_read_every_figure_is_asked_and_what_follows_is_told_as_unread():
    table = "".join(f"{at + 1}号仓 {at * 7 + 3} 箱，\n" for at in range(ENOUGH_NUMERALS // 2 + 10))
    reading = read("死亡3人，受伤5人。\n" + table + "更正：死亡4人。", now=NOW)
    assert {name: found.unknown for name, found in reading.facts.items()} == {"deaths": True, "injuries": True}
    assert [item.text for item in reading.unread[-3:]] == ["150", "1046", "151"], reading.unread[-3:]


def test_a_roll_with_numbered_lines_has_as_many_as_it_has_lines():
    for text, expected in (
        ("1. 王某，男，20岁，死亡\n2. 李某，男，21岁，死亡", "dead=2"),
        ("1.赵某，女，34岁，死亡；2.钱某，男，41岁，死亡", "dead=2"),
        ("（1）孙某，男，52岁，重伤\n（2）周某，女，47岁，轻伤", "hurt=2 serious=1"),
        ("1、吴某，男，死亡\n2、郑某，女，重伤\n3、冯某，女，轻伤", "dead=1 hurt=2 serious=1"),
    ):
        assert said(text) == expected, text
