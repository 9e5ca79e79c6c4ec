"""What people tell of a known case, crossed: every form with every number, whatever stands before and behind it.

What comes out follows from the form by construction. Each crossing is one test that names the first row that fails.
"""

from itertools import cycle

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

NUMBERS = {
    1: ("1个", "一名", "1例", "一人", "1"),
    2: ("2个", "俩", "两名", "2人", "2"),
    3: ("3个", "三名", "仨", "3人", "3"),
}
BEFORE = (
    "",
    "医院刚来电话，",
    "",
    "刚核实，",
    "指挥部：",
    "@王主任 ",
    "",
    "收到，",
    "老李：",
    "22:40 ",
    "县医院：",
    "【续报】",
)
BEHIND = ("", "，请知悉", "。", "，我在现场", "", "！", "，马上报上来", "")
KNOWN = (
    "",
    "deaths=2",
    "missing=4",
    "trapped=9",
    "deaths=1 injuries=6 serious_injuries=2",
    "deaths=3 injuries=9 missing=2",
)
MORE = {
    "deaths": ("又死了{n}", "新增死亡{n}", "死亡又添{n}", "又多了{n}死的", "再增{n}死亡"),
    "injuries": ("又伤了{n}", "新增{n}伤者", "伤的又多了{n}", "又送来{n}伤员", "受伤又添{n}"),
    "missing": ("又有{n}失联", "失联的又多了{n}", "再增{n}失踪"),
    "trapped": ("又发现{n}被困", "被困的又多了{n}"),
}
TOTAL = {
    "deaths": (
        "死亡变成{n}",
        "死的到{n}了",
        "死亡人数更新到{n}",
        "目前死了{n}",
        "一共{n}死亡",
        "搞错了，死亡{n}",
        "死亡9人有误，实际{n}",
    ),
    "injuries": ("伤员已经{n}了", "受伤人数调整为{n}", "伤的到{n}了", "累计{n}受伤", "受伤报多了1个，应该{n}"),
    "serious_injuries": ("重伤升到{n}", "重伤一共{n}", "重的核实是{n}"),
    "missing": ("失联变成{n}", "联系不上的一共{n}", "失踪人数变为{n}"),
    "trapped": ("被困到{n}了", "困在里面的一共{n}"),
}
GONE = {
    "missing": ("失联的都联系上了", "点名点齐了，一个不少", "人都找着了，虚惊一场"),
    "trapped": ("被困人员全部解救", "里面没人了", "乘客全部下车"),
}
BARE = ("一共{n}", "升到{n}了", "变成{n}了", "增加到{n}", "目前{n}")
NO_NEWS = ("没再增加", "无新增", "还是那些", "跟刚才一样", "没有再多的")
MOODS = ("是不是{x}？", "微博上说{x}", "他问{x}没有", "如果{x}怎么办", "群里有人说{x}，不属实")


def figures(cell):
    return {name: int(number) for name, number in (item.split("=") for item in cell.split())}


def changed(text, known, category="traffic"):
    """What is known otherwise, and what has to be confirmed: `deaths=3 missing=1~`."""
    now = after(read(text, now=NOW), known, category)
    return {
        name: (None if found.unknown else found.value if found.value is not None else (found.at_least, found.at_most))
        for name, found in now.items()
        if found.change != "same" or found.asks
    }


def dressed():
    """Words before and behind, each pair once in a while."""
    return zip(cycle(BEFORE), cycle(BEHIND), strict=False)


def test_more_of_them_are_added_to_what_was_known():
    words = dressed()
    for fact, forms in MORE.items():
        for form in forms:
            for number, said in NUMBERS.items():
                for numeral, (before, behind), cell in zip(said, words, cycle(KNOWN), strict=False):
                    known, text = figures(cell), before + form.replace("{n}", numeral) + behind
                    base = known.get(fact)
                    told = changed(text, known)
                    wanted = (base + number,) if base is not None else (number, (number, None))
                    assert told.get(fact) in wanted, (text, known, told)
                    assert not told.keys() - {fact, "injuries", "serious_injuries"}, (text, known, told)


def test_a_total_replaces_what_was_known_and_a_fall_is_asked():
    words = dressed()
    for fact, forms in TOTAL.items():
        for form in forms:
            for number, said in NUMBERS.items():
                for numeral, (before, behind), cell in zip(
                    said[number - 1 :: 2], words, cycle(KNOWN[:-1]), strict=False
                ):
                    known, text = figures(cell), before + form.replace("{n}", numeral) + behind
                    now = after(read(text, now=NOW), known, "traffic")[fact]
                    assert (now.value, now.unknown) == (number, False), (text, known, now)
                    assert now.asks or number >= known.get(fact, 0), (text, known, now)


def test_a_total_without_a_name_is_of_the_one_figure_that_is_known():
    for fact, form, (before, behind) in zip(
        cycle(("injuries", "missing", "trapped")), BARE * 6, dressed(), strict=False
    ):
        text = before + form.replace("{n}", "5个") + behind
        told = changed(text, {fact: 3})
        assert told == {fact: 5}, (text, fact, told)


def test_nobody_is_left_of_those_who_were_looked_for():
    for fact, forms in GONE.items():
        for form in forms:
            for before, behind, base in zip(BEFORE, cycle(BEHIND[:5]), cycle((1, 3, 40)), strict=False):
                text = before + form + behind
                now = after(read(text, now=NOW), {fact: base, "deaths": 1}, "None")
                assert (now[fact].value, now[fact].asks, now["deaths"].value) == (0, True, 1), (text, now[fact])


def test_no_news_questions_and_hearsay_leave_a_case_as_it_was():
    forms = [form for of in (MORE, TOTAL) for words in of.values() for form in words[:2]]
    texts = [mood.replace("{x}", form.replace("{n}", "7个")) for form in forms for mood in MOODS]
    texts += [before + words + behind for words in NO_NEWS for before in BEFORE for behind in ("", "，有情况再报")]
    for text, cell in zip(texts, cycle(KNOWN), strict=False):
        told = changed(text, figures(cell))
        assert not told, (text, cell, told)


def test_two_things_told_in_one_message_do_not_disturb_each_other():
    for mark in ("，", "；", "。", "\n", "，另外"):
        for one in TOTAL["missing"] + TOTAL["trapped"]:
            for other in ("又死了一个", "死亡变成3个", "伤员已经8个了", "又伤了2个"):
                text = one.replace("{n}", "5人") + mark + other
                told = changed(text, {"deaths": 2, "injuries": 6, "missing": 3, "trapped": 4})
                wanted = {"missing" if one in TOTAL["missing"] else "trapped": 5}
                wanted |= {"deaths": 3} if "死" in other else {"injuries": 8}
                assert told == wanted, (text, told)


def test_they_are_the_ill_where_people_are_ill():
    for form in ("又送来{n}", "又收治{n}", "又来一批，{n}", "二年级也有了，{n}", "新增重症{n}", "又下来{n}说头晕的"):
        for category in ("food_poisoning", "gas_poisoning", "epidemic"):
            text = form.replace("{n}", "3个")
            now = after(read(text, now=NOW), {"ill": 9}, category)
            assert SHORT["hurt"] not in now, (text, now)
            if "重症" not in form:
                assert now["ill"].value == 12, (text, now["ill"])
