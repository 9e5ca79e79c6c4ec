"""Replies to a warning's messages: a reason of one's own, a picture of a measure, an end set right; nothing else."""

from __future__ import annotations

import pytest

from handlers.measures import answer_of
from plans.warning.measures import DONE, NOT_APPLICABLE, SettleMeasure
from plans.warning.proposals import ProposalAmended
from plans.warning.waking import AnswerWarning
from tests.handlers.test_warning import RAIN, passed_on, warnings
from tests.journeys.world import STAMPEDE, UNITS, Forgiven, Town

UNIT = UNITS[0]


def settled(number: int, status: str, reason: str = "") -> SettleMeasure:
    return SettleMeasure(number=number, status=status, recipient="u", reason=reason)


@pytest.mark.parametrize(
    ("text", "unsettled", "total", "command"),
    [
        ("收到", [1, 2], 2, AnswerWarning(recipient="u")),
        ("已收到", [1], 1, AnswerWarning(recipient="u")),
        ("全部办完", [1, 2], 2, settled(0, DONE)),
        ("都落实了", [1, 2], 2, settled(0, DONE)),
        ("2 不适用 本校没有住校生", [1, 2], 2, settled(2, NOT_APPLICABLE, "本校没有住校生")),
        ("第2项不适用：没有河道", [1, 2], 2, settled(2, NOT_APPLICABLE, "没有河道")),
        ("２、不适用，没有河道", [1, 2], 2, settled(2, NOT_APPLICABLE, "没有河道")),
        ("不适用 没有住校生", [3], 5, settled(3, NOT_APPLICABLE, "没有住校生")),
        ("不适用 没有住校生", [1], 1, settled(1, NOT_APPLICABLE, "没有住校生")),
        ("不适用 没有住校生", [1, 2], 2, settled(-1, NOT_APPLICABLE, "没有住校生")),
        ("不适用", [1], 1, settled(1, NOT_APPLICABLE)),
        ("2 办完", [1, 2], 2, settled(2, DONE)),
        ("第2项已落实", [1, 2], 2, settled(2, DONE)),
        ("2", [1, 2], 2, settled(2, DONE)),
        ("2人受伤", [1, 2], 2, None),
        ("2楼起火了", [1, 2], 2, None),
        ("2号楼围墙倒了，没有人受伤", [1, 2], 2, None),
        ("收到，但是学校围墙倒了", [1, 2], 2, None),
        ("办不完", [1, 2], 2, None),
        ("没有办完", [1, 2], 2, None),
        ("", [1, 2], 2, None),
    ],
)
def test_what_a_reply_says_of_the_measures(text, unsettled, total, command):
    assert answer_of("u", text, unsettled, total) == command


async def reply(town: Town, person, text: str, words: str = "请落实"):
    shown = town.sees(person, words)
    await town.say(person, town.bot, text, reply_to=shown)


async def answered(town: Town) -> None:
    await passed_on(town)
    await town.press(town.liaisons[UNIT], "收到", words="暴雨红色预警")


async def test_a_reason_of_ones_own_is_kept_and_the_list_shows_it(town: Town):
    await answered(town)
    await reply(town, town.liaisons[UNIT], "2 不适用 本单位没有河道")
    assert "2　— " in town.sees(town.liaisons[UNIT], "请落实").text
    assert "不适用：本单位没有河道" in town.sees(town.liaisons[UNIT], "请落实").text
    [case] = await warnings(town)
    assert case.measures[UNIT, 2].reason == "本单位没有河道"
    assert not await town.incidents()


async def test_a_reply_to_the_call_itself_answers_it(town: Town):
    await passed_on(town)
    await reply(town, town.liaisons[UNIT], "收到", words="发布：暴雨红色预警")
    [case] = await warnings(town)
    assert not case.waking[UNIT].silent and "请落实" in town.texts(town.liaisons[UNIT])[-1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("不适用 没有河道", "请写明哪一项不适用"),
        ("99 不适用 没有河道", "没有第99项措施"),
        ("2 不适用", "不适用要写明原因"),
        ("0 办完", ""),
    ],
)
async def test_what_cannot_be_written_down_is_answered_with_an_example(town: Town, text: str, says: str):
    await answered(town)
    await reply(town, town.liaisons[UNIT], text)
    [case] = await warnings(town)
    if says:
        assert says in town.texts(town.liaisons[UNIT])[-1] and case.measures == {}


async def test_a_picture_shows_that_a_measure_is_done(town: Town):
    await answered(town)
    liaison = town.liaisons[UNIT]
    liaison.send_photo(town.bot, caption="3", reply_to=town.sees(liaison, "请落实"))
    await town.settle()
    [case] = await warnings(town)
    assert case.measures[UNIT, 3].status == DONE and case.measures[UNIT, 3].evidence.startswith("photo:")
    assert "3　☑" in town.sees(liaison, "请落实").text and not await town.incidents()
    assert "附照片" in town.sees(liaison, "请落实").text
    [digest] = case.files.values()
    assert town.settings.evidence_folder is not None
    kept = list(town.settings.evidence_folder.rglob(f"{digest}*"))
    assert [path.read_bytes() for path in kept] == [b"\xff\xd8photo"] and len(digest) == 64
    liaison.send_photo(town.bot, reply_to=town.sees(liaison, "请落实"))
    await town.settle()
    assert "写明是第几项" in town.texts(liaison)[-1] and not await town.incidents()


async def test_a_file_that_cannot_be_had_is_written_down_as_lost(town: Town):
    town.forgiven = Forgiven(calls=("file is too big",))
    await answered(town)
    liaison = town.liaisons[UNIT]
    liaison.send_document(town.bot, b"x", "材料.pdf", "2", size=21 * 1024 * 1024, reply_to=town.sees(liaison, "请落实"))
    await town.settle()
    [case] = await warnings(town)
    assert list(case.files.values()) == ["large"] and case.measures[UNIT, 2].status == DONE


@pytest.mark.parametrize("text", ["学校围墙倒了，2人受伤", "2号楼起火，有人被困", "收到，但是有3名学生触电受伤"])
async def test_a_report_that_answers_a_warning_is_a_report(town: Town, text: str):
    await answered(town)
    await reply(town, town.liaisons[UNIT], text)
    assert (await town.incident()).text == text


async def test_a_picture_with_a_report_is_a_report(town: Town):
    await answered(town)
    liaison = town.liaisons[UNIT]
    liaison.send_photo(town.bot, caption="围墙倒了，2人受伤", reply_to=town.sees(liaison, "请落实"))
    await town.settle()
    assert len((await town.incident()).evidence) == 1


async def test_a_liaison_answers_for_no_other_unit(town: Town):
    await passed_on(town)
    other = town.liaisons[UNITS[1]]
    await reply(town, other, "全部办完", words="发布：暴雨红色预警")
    [case] = await warnings(town)
    assert {unit for unit, _ in case.measures} == {UNITS[1]}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("到 12:00", "ends", "12:00"),
        ("区域 城关镇", "areas", "城关镇"),
        ("级别 橙", "colour", "橙"),
    ],
)
async def test_the_office_sets_a_warning_right_by_replying(town: Town, text: str, field: str, value: str):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await reply(town, town.duty, text, words="待处理")
    [case] = await warnings(town)
    assert case.proposal is not None
    assert isinstance(case.events[-1].event, ProposalAmended)
    assert case.events[-1].event.fields == (field,)
    assert value in (town.sees(town.duty, "请确认").text)
    assert not await town.incidents()


@pytest.mark.parametrize("text", ["起火了", "范围扩大到三楼，2人受伤", "解除警戒以后又有2人受伤", "到场后发现1人死亡"])
async def test_what_only_begins_like_a_field_is_a_report(town: Town, text: str):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await reply(town, town.duty, text, words="待处理")
    assert (await town.incident()).text == text


# --- /warn and a field

GOOD = [
    ("灾种 大风", "灾种：大风"),
    ("种类：冰雹", "灾种：冰雹"),
    ("级别 橙", "级别：橙色"),
    ("颜色 黄色预警", "级别：黄色"),
    ("发布单位 市气象台", "发布单位：市气象台"),
    ("从 5:00", "05:00至10:00"),
    ("到 11:30", "04:00至11:30"),
    ("到 明天8时", "8时"),
    ("到 3:00", "04:00至3月3日03:00"),
    ("延长至 12时", "至12:00"),
    ("区域 城关镇、西上庄", "区域：城关镇、西上庄"),
    ("范围:全区", "区域：全区"),
]
BAD = [
    ("到 胡说", "没有读懂“胡说”", "到 20:00"),
    ("从 好像", "没有读懂“好像”", "从 14:00"),
    ("到 25:99", "没有读懂", "到 20:00"),
    ("从 23:00", "结束时间不晚于开始时间", ""),
    ("级别 紫", "没有“紫”这一级", ""),
    ("级别 特级", "没有“特级”这一级", ""),
    ("随便写写", "/warn 3 到 20:00", ""),
    ("灾种 暴雨", "没有", ""),
    ("区域 、、", "没有读懂", "区域 城关镇"),
]


@pytest.mark.parametrize(("words", "shown"), GOOD, ids=[words for words, _ in GOOD])
async def test_every_field_is_set_by_words_and_the_preview_shows_it(town: Town, words: str, shown: str):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.say(town.duty, town.bot, f"/warn 1 {words}")
    assert shown in town.sees(town.duty, "请确认").text


@pytest.mark.parametrize(("words", "says", "example"), BAD, ids=[words for words, _, _ in BAD])
async def test_nonsense_is_answered_with_a_sentence_and_an_example(town: Town, words: str, says: str, example: str):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    before = (await warnings(town))[0].sequence
    await town.say(town.duty, town.bot, f"/warn 1 {words}")
    assert says in town.texts(town.duty)[-1] and example in town.texts(town.duty)[-1]
    assert (await warnings(town))[0].sequence == before


SAID = (
    "收到，马上落实", "已通知各校停课", "我们这里没有住校生，第7项不用办", "都弄好了", "好的", "知道了",
    "已全部转移完毕，没有人受伤", "暴雨预警收到，值班人员已到岗", "收到！食堂、宿舍已巡查，正常",
)  # fmt: skip
TOLD = (
    "收到，三楼有学生受伤", "操场积水，围墙倒了", "已停课，2名学生被困", "暴雨把围墙冲倒了", "收到，校车翻了", "救命",
    "有个孩子没动静了", "食堂着火了，已转移",
)  # fmt: skip


@pytest.mark.parametrize("text", SAID)
async def test_words_that_only_answer_a_warning_are_a_receipt_and_open_nothing(town: Town, text: str):
    await passed_on(town)
    liaison = town.liaisons["区教育局"]
    called = town.sees(liaison, "暴雨红色预警")
    await town.say(liaison, town.bot, text, reply_to=called.id)
    assert await town.incidents() == []
    [case] = await warnings(town)
    assert not case.waking["区教育局"].silent and not case.measures
    shown = town.sees(liaison, "没有当作突发事件")
    assert "全部办完" in shown.labels() and shown.labels()[-1] == "是突发事件，报告"
    await town.say(liaison, town.bot, text, reply_to=shown.id)
    liaison.press(shown, "是突发事件，报告")
    liaison.press(shown, "是突发事件，报告")
    await town.settle()
    assert (await town.incident()).text == text and len(await town.incidents()) == 1


@pytest.mark.parametrize("text", TOLD)
async def test_what_tells_of_an_event_in_answer_to_a_warning_is_a_report_at_once(town: Town, text: str):
    await passed_on(town)
    liaison = town.liaisons["区教育局"]
    await town.say(liaison, town.bot, text, reply_to=town.sees(liaison, "暴雨红色预警").id)
    assert len(await town.incidents()) == 1 and not town.told(liaison, "没有当作突发事件")


@pytest.mark.parametrize("text", ["收到", "收到，马上落实", "好的，谢谢", "收到！"])
async def test_a_receipt_by_itself_is_of_the_one_warning_that_waits(town: Town, text: str):
    await passed_on(town)
    liaison, other = town.liaisons["区教育局"], town.liaisons["区消防救援大队"]
    await town.say(liaison, town.bot, text)
    [case] = await warnings(town)
    assert not case.waking["区教育局"].silent and case.waking["区消防救援大队"].silent
    assert await town.incidents() == [] and town.told(liaison, "没有当作突发事件")
    await town.say(other, town.bot, STAMPEDE)
    await town.say(other, town.bot, text)
    assert (await warnings(town))[0].waking["区消防救援大队"].silent, "it goes on about what he reported"


async def test_a_receipt_of_which_of_two_is_none_and_nobody_elses_counts(town: Town):
    await town.say(town.head, town.bot, "收到")
    await passed_on(town)
    await town.say(town.duty, town.bot, "区气象台发布大雾橙色预警，4时至10时，城关镇、河口乡")
    await town.press(town.duty, "预览", words="大雾")
    await town.press(town.duty, "确认转发", words="大雾")
    await town.say(town.liaisons["区教育局"], town.bot, "收到")
    assert all(case.waking["区教育局"].silent for case in await warnings(town))
    for who in (town.head, town.liaisons["区教育局"]):
        assert "没有记下" in town.texts(who)[-1], "it is no report either: who wrote it reads what to press"
    assert not await town.incidents()
