"""Several people at once: one effect for two presses, one incident for two reports, one message for one person."""

from __future__ import annotations

from bot.playground import Person, Press
from tests.journeys.world import STAMPEDE, Town

POLICE, HEALTH, EMERGENCY = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局"
POISONED = "第三小学晚饭后6个孩子呕吐，约2时40分发病"


async def at_once(town: Town, label: str, *people: Person) -> list[Press]:
    """Let several people press their newest button of this label before any answer comes; twice where named twice."""
    pressed = [person.press(town.button(person, label), label) for person in people]
    await town.settle()
    return pressed


async def events(town: Town, name: str, number: int = 1) -> int:
    """Return how often something happened."""
    return sum(item.event.NAME == name for item in (await town.incident(number)).events)


async def test_two_presses_at_once_have_one_effect(any_url):
    async with Town.open(any_url) as town:
        await town.say(town.head, town.bot, STAMPEDE)
        first, again = await at_once(town, "我来处理", town.duty, town.duty)
        assert first.text == "已接手，请看下面的话术" and "您已经在处理" in (again.text or "")
        assert await events(town, "handling-taken") == 1 and len(town.told(town.duty, "1/4 市委值班室")) == 1

        # Two who may both decide confirm in the same second: one declaration, and the other learns that it is done.
        await town.press(town.duty, "需区里组织 → Ⅱ")
        await at_once(town, "启动Ⅱ级", town.deputy, town.commander)
        answers = [press.text or "" for press in await at_once(town, "确认宣布", town.deputy, town.commander)]
        assert sorted(text == "已宣布，正在通知单位" for text in answers) == [False, True]
        assert any("已宣布Ⅱ级响应" in text and "没有改变什么" in text for text in answers)
        assert await events(town, "declared") == 1
        assert len(town.told(town.duty, "【Ⅱ级响应】", town.group)) == 1

        # A thumb that hits twice, two units in the same second.
        police, health = town.liaisons[POLICE], town.liaisons[HEALTH]
        assert len(town.told(police, "【Ⅱ级响应】请")) == 1
        one, two, three = await at_once(town, "收到", police, police, health)
        assert "已记录：收到" in (one.text or "") and "已记录：收到" in (three.text or "")
        assert "已经答复“收到”" in (two.text or "")
        assert await events(town, "unit-answered") == 2
        # The seat ticks one recipient twice: one report on record.
        sheet = town.button(town.duty, "市政府已报", words="值班工作单")
        pressed = [town.duty.press(sheet, "市政府已报") for _ in range(2)]
        await town.settle()
        assert pressed[0].text == "已登记" and "已登记" != pressed[1].text
        assert [item.recipient for item in (await town.incident()).filings] == ["市政府"]


async def test_two_reports_of_one_thing_are_merged_by_one_tap_and_nothing_is_summed(usual_url):
    async with Town.open(usual_url) as town:
        await town.say(town.head, town.bot, POISONED)
        await town.press(town.duty, "我来处理")
        await town.say(town.duty, town.bot, "/file 1 首报 市委 区委 电话")
        await town.say(town.liaisons[HEALTH], town.group, "/report@tocsin_bot 第三小学食物中毒，接诊9人")
        asked = town.sees(town.duty, "2号 可能与1号是同一件")
        assert asked.labels() == ["并入1号", "不是同一件"] and "程序不自动并案" in asked.text
        assert [row.state for row in await town.incidents()] == ["reported", "reported"]

        # Merged by the duty officer's word; both figures stand beside each other until he says which holds.
        await town.press(town.duty, "并入1号")
        assert [row.state for row in await town.incidents()] == ["reported", "merged"]
        town.sees(town.duty, "2号 第三小学 食物中毒和公共卫生 已并入1号", town.group)
        card = town.sees(town.duty, "1号 未启动响应", town.group).text
        assert "中毒或发病数字不一，待取舍：6人" in card and "9人" in card and "15" not in card
        conflict = town.sees(town.duty, "1号 中毒或发病数字不一，请取舍")
        assert conflict.labels() == ["以报告人为准：6人", "以2号·报告人为准：9人", "两批人相加"]
        assert not [line for line in town.duty.timeline(town.bot) if "reporter" in line.text + str(line.labels())]
        await town.press(town.duty, "以2号·报告人为准：9人")
        incident = await town.incident()
        assert not incident.conflicts and "中毒或发病9人" in town.sees(town.duty, "值班工作单 1号").text
        # Those who were told six are owed the change, nobody else is.
        followup = [item for item in incident.open_instances if item.rule == "followup-casualties"]
        assert [set(item.to) for item in followup] == [{"市委", "区委"}]
        # No second stream of reminders.
        late = town.count(town.duty)
        await town.advance(minutes=45)
        assert not [line for line in late.new if "2号" in line.text.split("\n")[0]]


async def test_two_things_that_look_alike_go_on_side_by_side_and_are_never_asked_about_again(town):
    await town.say(town.head, town.bot, POISONED)
    await town.say(town.liaisons[HEALTH], town.group, "/report@tocsin_bot 第三小学食物中毒，接诊9人")
    await town.press(town.duty, "不是同一件")
    assert town.sees(town.duty, "2号 可能与1号是同一件").labels() == []
    assert [row.state for row in await town.incidents()] == ["reported", "reported"]
    assert "另有进行中：2号" in town.sees(town.duty, "值班工作单 1号").text
    assert "可能与" not in town.sees(town.duty, "2号 未启动响应", town.group).text
    # A command that does not say which is asked back, and changes nothing.
    await town.say(town.duty, town.bot, "/verify 一般")
    asked = town.sees(town.duty, "现在有2个事件，请在命令后写明编号").text
    assert "1号" in asked and "2号" in asked
    assert [(await town.incident(number)).event_level for number in (1, 2)] == [None, None]
    await town.say(town.duty, town.bot, "/verify 2 一般")
    assert [(await town.incident(number)).event_level for number in (1, 2)] == [None, "一般"]


async def test_sources_that_differ_are_chosen_between_or_added_by_a_person(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.liaisons[HEALTH], town.group, "/update 受伤9人")
    conflict = town.sees(town.duty, "1号 受伤数字不一，请取舍")
    assert conflict.labels() == ["以报告人为准：4人", f"以{HEALTH}为准：9人", "两批人相加"]
    assert "4人" in (script := town.sees(town.duty, "值班工作单").text) and "9人" in script and "13人" not in script
    await town.press(town.duty, "两批人相加")
    assert "受伤13人" in town.sees(town.duty, "值班工作单").text
    assert town.sees(town.duty, "1号 受伤数字不一，请取舍").labels() == []
    # The same is said by a command, and by nobody but the office.
    await town.say(town.head, town.bot, "受伤5人")
    await town.say(town.head, town.bot, "/resolve 受伤 报告人")
    assert "由值班员或指挥部人员办理" in town.texts(town.head)[-1]
    await town.say(town.duty, town.bot, "/resolve 受伤 报告人")
    assert "受伤5人" in town.sees(town.duty, "值班工作单").text


async def test_a_correction_is_owed_to_exactly_those_who_were_told(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/update 死亡1人")
    await town.say(town.duty, town.bot, "/file 首报 市委 区政府 电话")
    before = town.sees(town.duty, "1号 未启动响应", town.group)
    group = town.count(town.duty, town.group)
    await town.say(town.duty, town.bot, "/correct 死亡0人")

    # In the group a new message; to the seat whom it is owed to; the others hear the right figure first.
    (said,) = group.new
    assert "【更正1】1号" in said.text and "死亡0人" in said.text and "请以本条为准，勿转发旧消息" in said.text
    assert "市委、区政府" in said.text or "区政府、市委" in said.text
    assert said.id > before.id
    owed = {item.report: item for item in (await town.incident()).open_instances if item.report == "更正"}
    assert set(owed["更正"].to) == {"市委", "区政府"}
    told = town.sees(town.duty, "1号 请立即更正")
    assert told.rang == "loud" and "区委" not in told.text.split("：")[1] and "市政府" not in told.text.split("：")[1]
    await town.press(town.duty, "念稿拨号", words="请立即更正")
    script = town.texts(town.duty)[-1]
    assert "更正" in script and "死亡1人有误" in script.replace("“", "").replace("”", "") and "0人" in script
    await town.say(town.duty, town.bot, "/file 更正 市委 电话")
    assert [item.status for item in (await town.incident()).instances.values() if item.report == "更正"] == ["open"]
    await town.say(town.duty, town.bot, "/file 更正 区政府 电话")
    assert [item.status for item in (await town.incident()).instances.values() if item.report == "更正"] == ["filed"]
    # A report made after the correction owes nobody anything.
    await town.say(town.duty, town.bot, "/file 首报 区委 电话")
    assert not [
        item for item in (await town.incident()).open_instances if item.report in ("更正", "续报") and not item.possible
    ]


async def test_a_slip_is_taken_back_within_a_minute_and_not_after(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    police = town.liaisons[POLICE]
    await town.press(police, "收到")
    await town.press(police, "来不了")
    assert "答复：来不了" in town.sees(town.duty, f"1号 {POLICE}答复").text
    assert (await town.press(police, "撤回")).text == "已撤回"
    assert (await town.incident()).calls[POLICE].status == "收到"
    await town.press(police, "已出发")
    await town.advance(seconds=61)
    late = await town.press(police, "撤回")
    assert "已超过60秒，不能撤回" in (late.text or "")
    assert (await town.incident()).calls[POLICE].status == "已出发"

    # A filing: within the minute the obligation is open again, later only a correction helps.
    await town.say(town.duty, town.bot, "/file 首报 市委 电话")
    await town.advance(seconds=50)
    await town.say(town.duty, town.bot, "/undo")
    assert "已撤回上一步" in town.texts(town.duty)[-1] and not (await town.incident()).filings
    await town.say(town.duty, town.bot, "/file 首报 市委 电话")
    await town.advance(seconds=61)
    await town.say(town.duty, town.bot, "/undo")
    assert "不能撤回" in town.texts(town.duty)[-1]
    assert [item.recipient for item in (await town.incident()).filings] == ["市委"]

    # A verification with its level.
    await town.say(town.duty, town.bot, "/verify 重大")
    assert "省委" in town.sees(town.duty, "值班工作单").text
    await town.say(town.duty, town.bot, "/undo")
    assert (await town.incident()).event_level is None
    assert "省委" not in town.sees(town.duty, "值班工作单").text.split("判明后才定")[0]
    # Nobody takes back another's word.
    await town.say(town.second, town.bot, "/undo 1")
    assert "没有可以撤回的操作" in town.texts(town.second)[-1]


async def test_one_person_with_several_roles_gets_one_message(town):
    # The head of the education bureau: office director, deputy commander, liaison of his bureau.
    await town.grant(town.director, "deputy")
    await town.grant(town.director, "liaison", "区教育局")
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    asked = town.count(town.director)
    await town.press(town.duty, "需区里组织 → Ⅱ")
    assert len([line for line in asked.new if "请您决定" in line.text]) == 1
    await town.advance(minutes=3)
    assert len([line for line in asked.new if "请您决定" in line.text]) == 2
    # The ladder reaches him as director first and as deputy later: one message each time.
    await town.until(3, 22)
    reminded = town.count(town.director)
    await town.until(3, 37)
    times = [line.date for line in reminded.new if "报送尚未登记" in line.text and "首报（电话）" in line.text]
    assert times and len(times) == len(set(times))
    # He declares, and is called as a unit like the others: that is another matter, and one message.
    await town.press(town.director, "启动Ⅱ级")
    called = town.count(town.director)
    await town.press(town.director, "确认宣布")
    assert len([line for line in called.new if "【Ⅱ级响应】请区教育局" in line.text]) == 1


async def test_reminders_follow_the_seat(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    old, new = town.count(town.duty), town.count(town.second)
    await town.say(town.second, town.bot, "/shift")
    listed = town.sees(town.second, "您已接班，上一班：李值班").text
    assert "首报（电话）" in listed and "03:32前" in listed and "1号" in listed
    assert "值班：周值班" in town.sees(town.second, "值班工作单").text
    assert [line.text for line in town.second.timeline(town.bot) if line.pinned] == [
        town.sees(town.second, "值班工作单").text
    ]
    assert "1号的值班工作单已交给" in town.sees(town.duty, "已交给").text
    assert not [line for line in town.duty.timeline(town.bot) if line.pinned]

    # From here on the second officer is rung, the first sleeps.
    count = len(old.new)
    await town.until(3, 33)
    assert [line.text.split("】")[0] for line in new.new if "首报（电话）" in line.text and "报送提醒" in line.text]
    assert len(old.new) == count
    # Whoever is not a duty officer cannot sit down; one who is, can come back.
    await town.say(town.head, town.bot, "/shift")
    assert town.texts(town.head)[-1] == "只有值班员可以接班。"
    again = town.count(town.duty)
    await town.say(town.duty, town.bot, "/shift")
    await town.until(3, 38)
    assert [line for line in again.new if "报送提醒" in line.text]
    assert [line for line in town.duty.timeline(town.bot) if line.pinned and "值班工作单" in line.text]
