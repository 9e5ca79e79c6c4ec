"""Administrators keep the directory right in the chat: preview, confirm, everywhere rung, in the log, undone."""

from __future__ import annotations

import pytest

from tests.journeys.world import JURISDICTION, STAMPEDE

OLD, NEW = "0356-3086119", "0356-2000001"
MOBILE = "13800000000"


async def log(town):
    async with town.open_store.reading() as rx:
        entries = await rx.journal.load(f"admin:{JURISDICTION}")
        assert await rx.journal.verify(f"admin:{JURISDICTION}") == []
    return [entry for entry in entries if entry.event == "directory-changed"]


async def changed(town, words):
    await town.say(town.admin, town.bot, words)
    await town.press(town.admin, "确认修改")


async def test_a_number_is_changed_after_a_second_look_and_shown_as_changed(town):
    await town.say(town.admin, town.bot, f"/phone 改 消防大队 {OLD} {NEW} 已迁新址")
    assert f"{OLD} → {NEW}（值班）" in town.texts(town.admin)[-1]
    assert await log(town) == []
    await town.press(town.admin, "确认修改")
    [entry] = await log(town)
    assert (entry.payload["was"], entry.payload["number"], entry.payload["way"]) == (OLD, NEW, "changed")
    await town.say(town.duty, town.bot, "/phone 消防")
    text = town.texts(town.duty)[-1]
    assert f"{NEW}　+863562000001" in text and f"3月2日改，预案为{OLD}" in text
    await town.say(town.admin, town.bot, "/phone 记录")
    assert f"区消防救援大队：{OLD} → {NEW}（值班），3月2日孙管理，已迁新址" in town.texts(town.admin)[-1]


async def test_the_worksheet_and_the_script_ring_the_new_number_at_once(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.advance(seconds=10)
    sheet = town.sees(town.duty, "值班工作单")
    assert "市委值班室 0356-2062298" in sheet.text
    await changed(town, f"/phone 改 市委 0356-2062298 {NEW}")
    await town.advance(seconds=10)
    assert f"市委值班室 {NEW}\n+863562000001" in town.sees(town.duty, "值班工作单").text
    await town.press(town.duty, "念稿拨号", words="值班工作单")
    assert f"1/4 市委值班室 {NEW}" in town.texts(town.duty)[-1]


async def test_a_wrong_number_is_not_shown_any_more_and_comes_back(town):
    await changed(town, "/phone 错 区消防救援大队")
    await town.say(town.duty, town.bot, "/phone 区消防救援大队")
    assert OLD not in town.texts(town.duty)[-1]
    await changed(town, f"/phone 撤销 区消防救援大队 {OLD}")
    await town.say(town.duty, town.bot, "/phone 区消防救援大队")
    assert OLD in town.texts(town.duty)[-1]
    assert [entry.payload["way"] for entry in await log(town)] == ["wrong", "ended"]


async def test_a_line_is_added_and_taken_away_and_a_checked_one_says_when(town):
    await changed(town, f"/phone 加 区消防救援大队 {NEW} 夜间值班")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert f"区消防救援大队（夜间值班）\n　{NEW}" in town.texts(town.duty)[-1]
    await changed(town, f"/phone 错 区消防救援大队 {NEW}")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert NEW not in town.texts(town.duty)[-1]
    await changed(town, f"/phone 核对 区消防救援大队 {OLD}")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert "3月2日核对无误" in town.texts(town.duty)[-1]


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(town):
    await town.say(town.admin, town.bot, f"/phone 改 区消防救援大队 {NEW}")
    first = town.button(town.admin, "确认修改")
    await changed(town, "/phone 改 区消防救援大队 0356-2000002")
    stale = town.admin.press(first, "确认修改")
    await town.settle()
    assert "刚被别人改过" in (stale.text or "")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert "0356-2000002" in town.texts(town.duty)[-1]


async def test_a_mobile_telephone_is_shown_in_private_and_nowhere_else(town):
    await town.say(town.admin, town.bot, f"/phone 加 区消防救援大队 {MOBILE} 联络员手机")
    assert "这是手机号码" in town.texts(town.admin)[-1]
    await town.press(town.admin, "确认修改")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert MOBILE in town.texts(town.duty)[-1]
    await town.say(town.duty, town.group, "/phone 消防")
    assert MOBILE not in town.texts(town.duty, town.group)[-1]
    ask = town.duty.inline(town.bot, "消防")
    await town.settle()
    assert ask.answered and MOBILE not in str(ask.results)
    await town.say(town.head, town.bot, STAMPEDE)
    assert not [text for text in town.texts(town.duty, town.group) if MOBILE in text]
    [entry] = await log(town)
    assert "number" in entry.personal, "it can be erased"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("改", "管理员可以这样改号码"),
        ("改 区消防局 1 2", "没有“区消防局”这个单位。相近的："),
        ("改 区消防救援大队 很多", "“很多”不是电话号码"),
        ("错 区消防救援大队 0356-2345678", "没有0356-2345678这个号码。现有：0356-3086119"),
        ("撤销 区消防救援大队", "没有改过"),
    ],
)
async def test_what_is_unclear_is_said_with_an_example(town, words, said):
    await town.say(town.admin, town.bot, f"/phone {words}")
    assert said in town.texts(town.admin)[-1]


async def test_only_administrators_change_it(town):
    await town.say(town.duty, town.bot, f"/phone 改 区消防救援大队 {NEW}")
    assert "只有管理员" in town.texts(town.duty)[-1]


async def test_who_is_no_administrator_any_more_cannot_confirm(town):
    await town.grant(town.second, "admin", plan="jincheng-chengqu-campus")
    await town.say(town.second, town.bot, f"/phone 改 区消防救援大队 {NEW}")
    async with town.open_store.writing() as tx:
        person = await tx.people.by_telegram(town.second.id)
        for item in await tx.people.holdings(person.id):
            if item.role == "admin":
                await tx.people.revoke(item.id, town.clock.now())
    pressed = await town.press(town.second, "确认修改")
    assert "只有管理员" in (pressed.text or "") and await log(town) == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (f"改 消防大队 {OLD} 0356 2000001", f"{OLD} → {NEW}（值班）"),
        (f"改 消防大队 {OLD} 2000001", f"{OLD} → {NEW}（值班）"),
        ("改 消防大队 3086119 0086-356-2000001", f"{OLD} → {NEW}（值班）"),
        (f"改 消防大队 {OLD} （0356）2000001 转 801", f"{OLD} → {NEW}转801（值班）"),
        (f"改 消防大队 {OLD} 0356-2000001-801 总机", f"{OLD} → {NEW}转801（值班）"),
        (
            "加 消防大队 0138 0000 0000 夜间",
            f"增加 {MOBILE}（夜间）\n确认后，工作单、话术、叫应和查询都用新的。\n这是手机号码",
        ),
        (
            f"加 消防大队 +86{MOBILE}",
            f"增加 {MOBILE}（值班）\n确认后，工作单、话术、叫应和查询都用新的。\n这是手机号码",
        ),
        (f"改 消防大队 {OLD} 0356-20000011", "“0356-20000011”不是电话号码"),
        ("加 消防大队 20000011", "“20000011”不是电话号码"),
        (f"核对 消防大队 {OLD} 2026-11-28 打过", f"{OLD} 核对无误"),
    ],
)
async def test_a_number_may_be_written_as_people_write_one(town, words, shown):
    await town.say(town.admin, town.bot, f"/phone {words}")
    assert shown in town.texts(town.admin)[-1]


@pytest.mark.parametrize(
    "written", [MOBILE, f"0{MOBILE}", f"+86{MOBILE}", f"0086 {MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}"]
)
async def test_a_mobile_number_is_never_shown_in_a_group_however_it_was_written(town, written):
    await changed(town, f"/phone 加 消防大队 {written} 夜间")
    await town.say(town.duty, town.bot, "/phone 消防大队")
    assert MOBILE in town.texts(town.duty)[-1]
    await town.say(town.duty, town.group, "/phone 消防大队")
    shown = town.texts(town.duty, town.group)
    assert "消防" in shown[-1] and not any(MOBILE[3:] in text.replace(" ", "") for text in shown)
