"""Who may not write or read the log does neither, in whatever way he asks; what is odd breaks nothing."""

from __future__ import annotations

import itertools

from bot.playground import Person
from tests.handlers.forging import FORGIVEN, Forger
from tests.handlers.test_log import CALL, entries, entry
from tests.handlers.test_warning_enemies import outsiders
from tests.journeys.world import UNITS, Town

WRITES = (
    "/log {text}",
    "记 {text}",
    "/log 1 不用回复",
    "/log 1 更正 {text}",
    "/log 1 转报告",
    "/log 1 时限 18:00",
    "/log 1 撤回",
)
READS = ("/log", "/log 1", "/log 今天", "/log 找 市政府", "/log 今天 导出")
SECRET = "市政府值班室"


def insiders(town: Town) -> dict[str, tuple[Person, bool, bool]]:
    """Return people of the office: whether they write, whether they read."""
    return {
        "duty": (town.duty, True, True), "second": (town.second, True, True),
        "director": (town.director, False, True), "commander": (town.commander, False, True),
        "admin": (town.admin, False, True), "liaison": (town.liaisons[UNITS[0]], False, False),
        "reporter": (town.head, False, False),
    }  # fmt: skip


async def test_who_writes_and_who_reads(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    for role, (person, writes, reads) in insiders(town).items():
        for where, text in itertools.product((town.bot, town.group), READS):
            if where is town.group and (person is town.head or text not in ("/log", "/log 1")):
                continue
            before = len(town.texts(person))
            await town.say(person, where, text)
            said = "\n".join(town.texts(person)[before:])
            assert (SECRET in said) is (reads and "导出" not in text), (role, where, text)
        if not writes:
            for text in WRITES:
                await town.say(person, town.bot, text.format(text="王某来电：明天开会"))
            if person is not town.head:
                await town.say(person, town.group, "记 王某来电：明天开会")
            assert [len(item.events) for item in await entries(town)] == [1], role
    assert not [text for text in town.texts(town.duty, town.group) if SECRET in text]
    await town.say(town.second, town.bot, "/log 1 不用回复")
    assert (await entry(town)).replies[0].waived, "another officer of the desk does what the first may"


async def test_no_button_of_an_entry_serves_anybody_else():
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        await town.say(town.duty, town.bot, "记 东沟镇赵镇长来电：8点前回电，有2人受伤")
        await town.press(town.duty, "已回复", words="日志1号")
        await town.say(town.duty, town.bot, "/log")
        await town.press(town.duty, "改时限", words="日志1号")
        people = await outsiders(town)
        others = [*people.values(), *town.liaisons.values(), town.head, town.director, town.commander]
        before = [len(item.events) for item in await entries(town)]
        pressed = await Forger(town).press_all("entry:", others, (town.duty,))
        assert {"entry_replied", "entry_waive", "entry_report", "entry_correct", "entry_undo"} <= pressed
        assert [len(item.events) for item in await entries(town)] == before and not await town.incidents()
        await town.stop()


async def test_nobody_of_elsewhere_reads_or_finds_ours(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    people = await outsiders(town)
    for person in (people["duty"], people["commander"], people["stranger"]):
        for text in ("/log", "/log 1", "/log 找 市政府", "记 {text}", "/log 1 不用回复", "/log 1 更正 {text}"):
            await town.say(person, town.bot, text.format(text="王某来电：明天开会"))
        assert SECRET not in "\n".join(town.texts(person))
    ours = [item for item in await entries(town) if item.jurisdiction == "晋城市城区"]
    assert len(ours) == 1 and len(ours[0].events) == 1


ODD = [
    "字" * 9990, "<b>粗</b> &amp; <script>alert(1)</script>", "👨‍👩‍👧‍👦🚨 16时前反馈 😀", "\u202e反的 16时前反馈",
    "@tocsin_bot /help http://x.cn", "【演练】16时前反馈", "2026-02-30 25:61 前反馈", "市政府来电：昨天16时前反馈",
    "局" * 300, "16时前" * 300, "1" * 400, "{name} %s {0}", "市政府值班室张\n来电：\n\n16时前\n反馈",
]  # fmt: skip


async def test_odd_words_are_kept_as_they_are_and_shown_without_harm(town: Town):
    for number, text in enumerate(ODD, 1):
        await town.say(town.duty, town.bot, f"记 {text[:4090]}")
        one = (await entries(town))[-1]
        assert one.text == text[:4090].strip(), number
        shown = town.sees(town.duty, f"日志{number}号")
        assert "【演练】" not in shown.text and shown.labels(), number
        await town.press(town.duty, "更正", words=f"日志{number}号")
        await town.say(town.duty, town.bot, "/help")
    await town.say(town.duty, town.bot, "/log")
    await town.say(town.duty, town.bot, "/log 今天 导出")
    assert not await town.incidents() and len([line for line in town.duty.timeline(town.bot) if line.file_name]) == 2


async def test_a_due_that_is_over_is_asked_and_rings_nobody(town: Town):
    await town.until(17)
    await town.say(town.duty, town.bot, f"记 {CALL}")
    one = await entry(town)
    assert one.wants[0].at is None and "时限要您点一下" in town.sees(town.duty, "日志1号").text
    await town.say(town.duty, town.bot, "/log 1 时限 3月1日10:00")
    assert (await entry(town)).wants[0].at is None


async def test_two_officers_tick_at_once(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.say(town.second, town.bot, "/log 1")
    first, second = (
        town.button(town.duty, "已回复", words="日志1号"),
        town.button(town.second, "已回复", words="日志1号"),
    )
    town.duty.press(first, "已回复")
    pressed = town.second.press(second, "已回复")
    await town.settle()
    one = await entry(town)
    assert len(one.replies) == 1 and pressed.text is not None


async def test_two_officers_correct_at_once_and_one_stands(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    town.duty.send(town.bot, "/log 1 更正 甲")
    town.second.send(town.bot, "/log 1 更正 乙")
    await town.settle()
    found = await entries(town)
    assert len(found) == 2 and sum(item.stands for item in found) == 1
    assert "已不作数" in "\n".join([*town.texts(town.duty), *town.texts(town.second)])


async def test_an_edited_message_changes_nothing_and_it_is_said(town: Town):
    message = await town.say(town.duty, town.bot, f"记 {CALL}")
    town.duty.edit(message, f"记 {CALL}，改了")
    await town.settle()
    assert (await entry(town)).text == CALL and "不随消息改动" in town.texts(town.duty)[-1]
    group = await town.say(town.duty, town.group, f"记 {CALL}")
    town.duty.edit(group, f"记 {CALL}，改了")
    await town.settle()
    assert [item.text for item in await entries(town)] == [CALL, CALL]
    plain = await town.say(town.duty, town.group, "大家好")
    town.duty.edit(plain, "记 大家好")
    await town.settle()
    assert len(await entries(town)) == 2


async def test_what_carries_no_authority_writes_nothing(town: Town):
    forwarded = await town.say(town.second, town.group, "闲聊")
    town.world.state.chats[town.group.key].messages[forwarded.id].body["text"] = f"/log {CALL}"
    town.duty.forward(forwarded, town.bot)
    await town.settle()
    assert await entries(town) == []


async def test_an_anonymous_administrator_writes_nothing(town: Town):
    town.admin.promote(town.group, town.duty, ["can_pin_messages"], anonymous=True)
    town.duty.send(town.group, f"/log@tocsin_bot {CALL}", anonymous=True)
    town.duty.send(town.group, f"记 {CALL}", anonymous=True)
    await town.settle()
    assert await entries(town) == [] and not await town.incidents()


async def test_what_tells_of_an_event_is_lost_behind_no_question_and_no_command(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.press(town.duty, "已回复", words="日志1号")
    await town.say(town.duty, town.bot, "第八中学起火，2人受伤")
    assert (await entry(town)).replies[0].words == "第八中学起火，2人受伤" and not await town.incidents()
    await town.press(town.duty, "是突发事件，报告", words="没有上报")
    assert len(await town.incidents()) == 1
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.press(town.duty, "已回复", words="日志2号")
    await town.say(town.duty, town.bot, "/log 2 撤回")
    await town.say(town.duty, town.bot, "教学楼三楼起火，1人受伤")
    assert len(await town.incidents()) == 2, "there was no answer any more to be put into words"
    assert (await entries(town))[1].state == "waiting"
    await town.say(town.liaisons[UNITS[0]], town.bot, "/log 北石店小学着火，3人受伤")
    assert len(await town.incidents()) == 3 and len(await entries(town)) == 2
