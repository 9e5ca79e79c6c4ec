"""What a case knows after a later text: known, kind, text, what is known then; `~` = it has to be confirmed."""

from time import process_time

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

AFTER = [
    ("dead=2", "traffic", "又死了一个", "dead=3"),
    ("dead=1 hurt=6", "traffic", "又拉来俩受商的", "dead=1 hurt=8"),
    ("hurt=6", "traffic", "一共8个", "hurt=8"),
    ("ill=6", "food_poisoning", "又有2个送医院了，一共8个", "ill=8"),
    ("ill=12", "food_poisoning", "家长又送来4个，也是吐的", "ill=16"),
    ("missing=3", "flood", "找到一个还差俩", "missing=2~"),
    ("missing=2", "flood", "都联系上了，虚惊一场", "missing=0~"),
    ("dead=1 missing=3", "flood", "下游找到两具遗体，是失踪名单上的", "dead=3 missing=1~"),
    ("dead=3 missing=2", "flood", "又发现一具遗体，不在失踪名单里", "dead=4 missing=2"),
    ("trapped=6", "mine_accident", "救上来2个，都能走", "trapped=4~"),
    ("trapped=3", "mine_accident", "人全出来了，一个不落", "trapped=0~"),
    ("hurt=2 trapped=4", "collapse", "扒出来2个，都带伤，送走了", "hurt=4 trapped=2~"),
    ("dead=1 hurt=6 serious=2", "traffic", "重伤的走了一个", "dead=2 hurt=5~ serious=1~"),
    ("hurt=7", "traffic", "接医院电话，有一个没抢救过来", "dead=1 hurt=6~"),
    ("hurt=8 serious=2", "stampede", "轻伤里有一个转成重伤了", "hurt=8 serious=3"),
    ("ill=28", "food_poisoning", "今天出院9个", "ill=28"),
    ("dead=2 hurt=10", "flood", "截至16时，无新增伤亡", "dead=2 hurt=10"),
    ("dead=0 hurt=12", "traffic", "那12个伤员里头，中医院收了5个", "dead=0 hurt=12"),
    ("ill=15", "food_poisoning", "两个班名单上有3个人重了，得减掉", "ill=12~"),
    ("dead=7", "explosion", "说错了，是受伤7个，不是死7个", "dead=?~ hurt=7"),
    ("dead=2 hurt=7", "explosion", "死亡2人那个消息不可靠，先撤回", "dead=?~ hurt=7"),
    ("dead=1 hurt=2", "explosion", "外头传死了3个了，我没核实", "dead=1 hurt=2"),
    ("dead=2 hurt=5", "traffic", "要是最重的那个今晚挺不过来，就是3个了", "dead=2 hurt=5"),
    ("dead=3", "earthquake", "死亡有没有增加？", "dead=3"),
    ("dead=5", "traffic", "又死了8-10人", "dead=?"),
    ("trapped=9", "collapse", "被困的总共10 - 13人", "trapped=?"),
    ("trapped=4", "collapse", "被困的总共三十八号人", "trapped=38"),
    ("dead=1 ill=30", "epidemic", "发病的有18个算重了，减掉。新增死亡1人", "dead=2 ill=12~"),
    ("dead=1 missing=4", "flood", "4名失联人员中，2人获救，2人遇难", "dead=3 missing=0~"),
    ("dead=3 hurt=6", "traffic", "死亡增加到7人，受伤5人", "dead=7 hurt=?~"),
    ("dead=3 ill=6", "food_poisoning", "死亡增加到7人，一共三四人发病", "dead=7 ill=?~"),
    ("dead=3 hurt=6", "traffic", "又死了一个，死亡增加到4人", "dead=4 hurt=6"),
    ("trapped=5", "mine_accident", "还有2个没上来", "trapped=2~"),
    ("trapped=5", "collapse", "刚挖出来一个，没气了", "dead=1 trapped=4~"),
    ("missing=4", "flood", "找到1人遗体", "dead=1 missing=3~"),
    ("ill=20", "food_poisoning", "目前总数25人", "ill=25"),
    ("hurt=8", "stampede", "5个回家观察了", "hurt=8"),
    ("hurt=6", "traffic", "漏报了2个轻伤的", "hurt=8"),
    ("dead=2 hurt=6", "traffic", "3名伤员转到市医院", "dead=2 hurt=6"),
    ("dead=4 hurt=9", "explosion", "死2人", "dead=?~ hurt=9"),
]


@pytest.mark.parametrize(("known", "category", "text", "then"), AFTER, ids=[row[2] for row in AFTER])
def test_after(known, category, text, then):
    facts = {SHORT[word]: int(number) for word, number in (item.split("=") for item in known.split())}
    changed = after(read(text, now=NOW), facts, category)
    shown = {}
    for word, name in SHORT.items():
        if name in changed:
            new = changed[name]
            value = "?" if new.value is None else str(new.value)
            shown[word] = f"{value}{'~' if new.asks else ''}"
    assert " ".join(f"{word}={value}" for word, value in shown.items()) == then


CRASH = "dead=2 hurt=8 serious=3 missing=3 trapped=2", "traffic"
FLOOD = "dead=1 hurt=4 missing=2", "flood"
POISONED = "ill=12 dead=0", "food_poisoning"
STAMPEDE = "hurt=8", "stampede"
BURIED = "dead=1 hurt=5 serious=2 missing=0 trapped=4", "collapse"
CHANGES = [
    (CRASH, "死亡2→3", "dead=3"),
    (CRASH, "更新：死亡2→3", "dead=3"),
    (CRASH, "死亡人数下调至1人", "dead=1~"),
    (CRASH, "死亡人数下调1人", "dead=1~"),
    (CRASH, "死亡数上调到4人", "dead=4"),
    (CRASH, "死亡+1", "dead=3"),
    (CRASH, "伤+2", "hurt=10"),
    (CRASH, "失联3→0", "missing=0~"),
    (CRASH, "前面报死亡2人不准，应为1人", "dead=1~"),
    (CRASH, "前面报3人不准，应为2人", "serious=2~ missing=2~"),
    (CRASH, "刚才说死2个不对，是1个", "dead=1~"),
    (CRASH, "死亡人数不是2，是3", "dead=3"),
    (CRASH, "死的是3个不是2个", "dead=3"),
    (CRASH, "不是3个失联，是2个", "missing=2~"),
    (CRASH, "新增1人死亡，累计4人死亡", "dead=?~"),
    (CRASH, "又死了1个，一共3个", "dead=3"),
    (CRASH, "同上", ""),
    (CRASH, "见上", ""),
    (CRASH, "+1", ""),
    (CRASH, "再加一个", "hurt=?~"),
    (CRASH, "再加一个重伤的", "hurt=?~ serious=4"),
    (CRASH, "又没了一个", "dead=3"),
    (CRASH, "司机也没了", "dead=3"),
    (CRASH, "大爷走了", "dead=3~"),
    (CRASH, "救护车走了", ""),
    (CRASH, "两个伤员走了，自己打车回去的", ""),
    (CRASH, "又来了3个专家", ""),
    (CRASH, "失联3人全部遇难", "dead=5 missing=0~"),
    (CRASH, "失联人员全部找到，均已遇难", "dead=5 missing=0~"),
    (CRASH, "失联的还剩两个", "missing=2~"),
    (CRASH, "第三具找到了", "dead=3 missing=2~"),
    (CRASH, "3名失联人员中，1人获救，2人遇难", "dead=4 missing=0~"),
    (CRASH, "被困两人已救出，其中一人重伤", "hurt=9~ serious=4~ trapped=0~"),
    (CRASH, "搜救人员于今晨找到1名失联人员，已无生命体征", "dead=3 missing=2~"),
    (CRASH, "重伤里有2人死亡", "dead=4 hurt=6~ serious=1~"),
    (CRASH, "重伤的3个里1个转轻了", "serious=2~"),
    (CRASH, "轻伤的2个病情加重，转ICU了", "serious=5"),
    (CRASH, "又有一名重伤员因抢救无效死亡，死亡人数升至3人", "dead=3 hurt=7~ serious=2~"),
    (CRASH, "重伤12人", "hurt=?~ serious=12"),
    (CRASH, "医院又收治4名伤者，累计12人", "hurt=12"),
    (CRASH, "又来了一车伤员，十来个", "hurt=?~"),
    (CRASH, "新送医4人，其中1人重伤", "hurt=12 serious=4~"),
    (CRASH, "又死了一个；另外东街又出了一起车祸，死了5人", "dead=3"),
    (CRASH, "昨天那起车祸又死了1个", "dead=?~"),
    (CRASH, "隔壁县那个矿死了5个", "dead=?~"),
    (CRASH, "目前住院9人，出院1人", "hurt=?~"),
    (CRASH, "我是听说的，目前共死亡8人", ""),
    (CRASH, "不存在又死了一人的情况", ""),
    (FLOOD, "1、死亡：2人（新增1人）\n2、失联：1人（减少1人）\n3、受伤：4人（无变化）", "dead=2 missing=1~"),
    (FLOOD, "死亡2(+1)，失联1(-1)，受伤4", "dead=2 missing=1~"),
    (FLOOD, "失联的不是两个是三个", "missing=3"),
    (FLOOD, "又找到两具，这下齐了", "dead=3 missing=0~"),
    (FLOOD, "全找到了，一死一伤", "dead=2 hurt=5 missing=0~"),
    (FLOOD, "确认遇难1人为失联人员", "dead=2 missing=1~"),
    (POISONED, "又3个", "ill=15~"),
    (POISONED, "累计15人", "ill=15"),
    (POISONED, "出院3个，还剩9个", ""),
    (POISONED, "老师也有2个不舒服", "ill=14~"),
    (POISONED, "剔除2例", "ill=10~"),
    (POISONED, "一个重的没救过来", "dead=1 ill=11~"),
    (POISONED, "三班又4个，五班又2个", "ill=18~"),
    (BURIED, "又挖出来两个，一个有气一个没气", "dead=2~ trapped=2~"),
    (BURIED, "刚救出来三个，两个轻伤一个重伤", "hurt=8~ serious=3~ trapped=1~"),
    (BURIED, "最后一个也出来了", "trapped=0~"),
    (BURIED, "第4个挖出来了，死的", "dead=2 trapped=3~"),
    (BURIED, "被困4人全部救出，2人死亡，2人受伤", "dead=3~ hurt=7~ trapped=0~"),
    (BURIED, "死亡增1", "dead=2"),
    (BURIED, "死1变2", "dead=2"),
    (BURIED, "伤5变7", "hurt=7"),
    (BURIED, "受伤人数更新：7人", "hurt=7"),
    (BURIED, "昨天报的死1伤5，今天更新为死2伤6", "dead=2 hurt=6"),
    (BURIED, "死亡增至3至6人", "dead=?"),
    (BURIED, "有个轻伤的没了", "dead=2~ hurt=4~"),
    (BURIED, "人没救过来", "dead=?~"),
    (BURIED, "快不行了", ""),
    (BURIED, "发现1具遗体", "dead=?~"),
    (BURIED, "又发现一具遗体", "dead=2"),
    (BURIED, "医院那边又走了一个，重的", "dead=2 hurt=4~ serious=1~"),
    (BURIED, "伤7人（其中重伤3人，轻伤4人）", "hurt=7 serious=3"),
    (BURIED, "死亡人数没有变化，仍是1人", ""),
    (BURIED, "家属走了", ""),
    (BURIED, "这路太难走了", ""),
    (BURIED, "吓死个人", ""),
    (STAMPEDE, "又伤了2个，死了1个", "dead=1 hurt=10"),
]


@pytest.mark.parametrize(("case", "text", "changes"), CHANGES, ids=[row[1] for row in CHANGES])
def test_a_text_changes_so_much_of_a_case_and_no_more(case, text, changes):
    known, category = case
    facts = {SHORT[word]: int(number) for word, number in (item.split("=") for item in known.split())}
    shown = []
    for word, name in SHORT.items():
        new = after(read(text, now=NOW), facts, category).get(name)
        if new is not None and (new.value, new.asks) != (facts.get(name), False):
            shown.append(f"{word}={'?' if new.value is None else new.value}{'~' if new.asks else ''}")
    assert " ".join(shown) == changes


def test_a_fall_that_nothing_explains_is_asked_with_both_readings():
    changed = after(read("死2人", now=NOW), {"deaths": 4}, "explosion")["deaths"]
    assert changed.asks
    assert changed.unknown
    assert (changed.at_least, changed.at_most) == (2, 4)
    assert [option.value for option in changed.readings] == [4, 2]


def test_more_than_were_never_counted_are_at_least_so_many():
    changed = after(read("又死了2个", now=NOW), {"injuries": 8}, "stampede")["deaths"]
    assert (changed.at_least, changed.at_most, changed.asks) == (2, None, False)


def test_nothing_read_changes_nothing():
    reading = read("收到，辛苦了", now=NOW)
    assert reading.nothing
    assert {name: new.change for name, new in after(reading, {"deaths": 1}).items()} == {"deaths": "same"}


def test_a_known_value_that_is_no_number_is_refused():
    with pytest.raises(TypeError, match="不是数"):
        after(read("又死了一个", now=NOW), {"deaths": "两个"})


@pytest.mark.parametrize(
    "piece", ["又死了1个，", "2→3", "另一起", "前面报3人不准，", "失联的找到3", "前报死", "1 ", "那起"]
)
def test_four_thousand_hostile_characters_are_taken_in_within_milliseconds(piece):
    reading = read((piece * 4000)[:4000], now=NOW)
    spent = []
    for _ in range(5):
        start = process_time()
        after(reading, {"deaths": 2, "injuries": 8, "serious_injuries": 3, "missing": 3}, "fire")
        spent.append(process_time() - start)
    assert min(spent) < 0.08  # what is quadratic takes seconds
