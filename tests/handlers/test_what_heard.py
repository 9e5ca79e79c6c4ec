"""「收到」 beside an own report goes to what was shown last or is replied to; 退回 has a way back to 办结."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.handlers.test_instructions import the_case
from tests.journeys.world import STAMPEDE, Town

UNIT = "区教育局"
Act = Callable[[Town], Awaitable[object]]


async def report(town: Town) -> None:
    await town.say(town.liaisons[UNIT], town.bot, STAMPEDE)


async def instruct(town: Town) -> None:
    number = 1 + len([line for line in town.told(town.duty, "草稿") if line.text.startswith("指令")])
    await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查，三天内报结果")
    await town.press(town.duty, UNIT, words=f"指令{number}号")
    await town.press(town.duty, "预览", words=f"指令{number}号")
    await town.press(town.duty, "发出", words="请确认")


async def notify(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/notice {UNIT}：明早8点开会")
    await town.press(town.duty, "预览", words="通知")
    await town.press(town.duty, "发出", words="请确认")


async def taken(town: Town) -> None:
    await town.press(town.duty, "我来处理")


ROWS: dict[str, tuple[tuple[Act, ...], str]] = {
    "nothing waits": ((report,), "incident"),
    "an instruction came after the report": ((report, instruct), "instruction"),
    "a notice came after the report": ((report, notify), "announcement"),
    "the report was made after it came": ((instruct, report), "incident"),
    "the report was heard of after it came": ((report, instruct, taken), "incident"),
    "both wait and came after it": ((report, instruct, notify), "asked"),
    "both wait and no report runs": ((instruct, notify), "asked"),
    "one waits and no report runs": ((instruct,), "instruction"),
}


async def went_to(town: Town) -> str:
    """Return where a word went: which case took it, or that it was asked which is meant."""
    liaison, counts = town.liaisons[UNIT], dict[str, int]()
    for kind in ("instruction", "announcement"):
        async with town.open_store.reading() as rx:
            counts[kind] = sum(row.sequence for row in await rx.cases.newest(kind, 9))
    incident = (await town.incident()).sequence if await town.incidents() else 0
    asked = len(town.told(liaison, "有几件在等您回执"))
    await town.say(liaison, town.bot, "收到")
    found = []
    for kind, before in counts.items():
        async with town.open_store.reading() as rx:
            found += [kind] if sum(row.sequence for row in await rx.cases.newest(kind, 9)) > before else []
    if await town.incidents() and (await town.incident()).sequence > incident:
        found.append("incident")
    if len(town.told(liaison, "有几件在等您回执")) > asked:
        found.append("asked")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("row", ROWS)
async def test_a_word_that_it_was_heard_goes_where_it_was_shown_last(town: Town, row: str):
    acts, meant = ROWS[row]
    for act in acts:
        await act(town)
    assert await went_to(town) == meant
    assert len(await town.incidents()) <= 1


async def test_a_reply_says_which_whatever_was_shown_last(town: Town):
    await instruct(town)
    await report(town)
    liaison = town.liaisons[UNIT]
    await town.say(liaison, town.bot, "收到", reply_to=town.sees(liaison, "王副区长批示"))
    assert not (await the_case(town)).told[f"unit:{UNIT}"].silent


async def test_who_sent_it_back_finds_his_way_to_done_where_he_looks(town: Town):
    await instruct(town)
    liaison = town.liaisons[UNIT]
    await town.press(liaison, "收到", words="王副区长批示")
    await town.press(liaison, "退回", words="已收到")
    asked = liaison.timeline(town.bot)[-1]
    assert "办结" in asked.labels(), "pressed by mistake: the way stands beside the reasons"
    await town.press(liaison, "办结", words="为什么")
    assert "退回" in town.sees(liaison, "请回复结果").labels()
    await town.press(liaison, "退回", words="请回复结果")
    await town.press(liaison, "不属本单位职责", words="为什么")
    shown = town.sees(liaison, "已退回")
    assert shown.labels() == ["办结"] and "后来办了的" in shown.text
    await town.press(liaison, "办结", words="已退回")
    await town.say(liaison, town.bot, "已排查42所，没有问题")
    case = await the_case(town)
    assert case.state == "done" and not await town.incidents()
    assert not town.sees(town.duty, "退回了指令1号").labels(), "what the seat was asked is over"
