"""Instructions in the real chat: put down, sent in three taps, answered, chased; within an incident too."""

from __future__ import annotations

from bot.cases import records
from plans.desk.instructions import Instruction
from plans.desk.recipients import Addressed
from tests.journeys.world import JURISDICTION, UNITS, Town

FIVE = tuple(unit for unit in UNITS if not unit.startswith("事发"))
WORDS = "举一反三，全区排查，一周内报结果"


async def cases(town: Town, kind: str = "instruction") -> list[Addressed]:
    async with town.open_store.reading() as rx:
        rows = await rx.cases.newest(kind, 50)
        found = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in found if isinstance(case, Addressed)]


async def the_case(town: Town, kind: str = "instruction") -> Addressed:
    [case, *_] = await cases(town, kind)
    return case


async def sent(town: Town, words: str = f"王副区长 {WORDS}") -> Instruction:
    await town.say(town.duty, town.bot, f"/instruct {words}")
    await town.press(
        town.duty, next(label for label in town.sees(town.duty, "草稿").labels() if label.startswith("全部成员"))
    )
    await town.press(town.duty, "预览")
    await town.press(town.duty, "发出", words="请确认：发出")
    case = await the_case(town)
    assert isinstance(case, Instruction)
    return case


async def test_five_units_are_told_in_three_taps_and_a_sentence(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/instruct 王副区长 请{'、'.join(FIVE)}{WORDS}")
    shown = town.sees(town.duty, "草稿")
    assert "王副区长批示（代录：" in shown.text and "18:00前（原文“一周内”）" in shown.text
    await town.press(town.duty, "预览", words="草稿")
    preview = town.sees(town.duty, "请确认：发出指令1号")
    assert f"发给{len(FIVE)}个" in preview.text, preview.text
    await town.press(town.duty, "发出", words="请确认：发出")
    for unit in FIVE:
        told = town.sees(town.liaisons[unit], "王副区长批示")
        assert told.labels() == ["收到"]
    assert "没有回执" in town.sees(town.duty, "办理中").text
    print(preview.text, told.text, town.sees(town.duty, "办理中").text, sep="\n----\n")


async def test_a_unit_receives_it_sends_a_photo_and_the_giver_or_the_seat_hears_of_the_end(town: Town) -> None:
    case = await sent(town)
    first = town.liaisons[UNITS[0]]
    await town.press(first, "收到", words="王副区长批示")
    assert {"办结", "退回"} <= set(town.sees(first, "已收到").labels())
    await town.press(first, "办结", words="已收到")
    await town.say(first, town.bot, "已排查32处，整改5处")
    assert "结果已记下" in town.texts(first)[-1]
    print("\n----\n".join(town.texts(first)[-3:]))
    second = town.liaisons[UNITS[1]]
    await town.press(second, "收到", words="王副区长批示")
    await town.press(second, "退回", words="已收到")
    await town.press(second, "不属本单位职责")
    asked = town.sees(town.duty, "退回了指令1号")
    await town.press(town.duty, "不用它办", words="退回了指令1号")
    print(asked.text)
    assert case.number == 1 and JURISDICTION == case.jurisdiction
    await town.say(town.duty, town.bot, "/instruct 1")
    print(town.texts(town.duty)[-1])
    await town.say(town.duty, town.bot, "/instruct")
    print(town.texts(town.duty)[-1])
