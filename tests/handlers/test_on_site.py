"""Who commands at the scene, in the chat: asked at the level that demands it, named, handed over, shown everywhere."""

from __future__ import annotations

from plans.incident.on_site import SiteHandedOver, SiteSetUp
from plans.incident.on_site_demand import SiteNotNeeded
from tests.journeys.world import Town


async def test_it_is_asked_and_named_by_the_word_of_whom_the_plan_names(running: Town):
    asked = running.sees(running.duty, "请定现场指挥").text
    assert "2.5" in asked and "指挥长指定或兼任" in asked and "由指挥长" in asked
    assert "现场指挥未定（2.5）" in running.sees(running.duty, "值班工作单").text
    await running.say(running.duty, running.bot, "/todo")
    assert "定现场指挥（Ⅱ级应设）（2.5）" in running.sees(running.duty, "定现场指挥").text
    await running.say(running.duty, running.bot, "/site 王五 学校北门")
    assert "不由您指定" in running.sees(running.duty, "不由您指定").text
    await running.say(running.duty, running.bot, "/site 王五 学校北门 由指挥长赵六")
    told = running.sees(running.duty, "【现场指挥】", running.group).text
    assert "王五任现场指挥长，学校北门" in told and "由指挥长赵六指定" in told and "抢险救援方案" in told
    [event] = [item.event for item in (await running.incident()).events if isinstance(item.event, SiteSetUp)]
    assert (event.commander, event.place, event.named_by, event.oral) == ("王五", "学校北门", "commander", True)
    await running.say(running.duty, running.bot, "/site 移交 上级指挥部")
    assert "王五 → 上级指挥部" in running.sees(running.duty, "【现场指挥移交】", running.group).text
    handed = [item.event for item in (await running.incident()).events if isinstance(item.event, SiteHandedOver)]
    assert [(item.before, item.body) for item in handed] == [("王五", "上级指挥部")]


async def test_one_tap_where_the_commander_takes_it_himself_and_one_when_the_higher_command_comes(running: Town):
    await running.press(running.duty, "指挥长兼任")
    assert "指挥长兼任任现场指挥长" not in running.sees(running.duty, "【现场指挥】", running.group).text
    await running.say(running.duty, running.bot, "/site")
    page = running.sees(running.duty, "移交：/site").text
    assert "指挥长" in page and "设立：指挥长指定或兼任" in page
    await running.press(running.duty, "已移交上级指挥部")
    running.sees(running.duty, "【现场指挥移交】", running.group)
    assert [item.body for item in (await running.incident()).site] == ["", "上级指挥部"]


async def test_what_is_not_set_up_has_its_reason_in_the_record(running: Town):
    await running.say(running.duty, running.bot, "/site 不设")
    assert "须写明理由" in running.sees(running.duty, "须写明理由").text
    await running.say(running.duty, running.bot, "/site 不设 伤员已全部送医")
    assert any(isinstance(item.event, SiteNotNeeded) for item in (await running.incident()).events)
    assert "不设现场指挥：伤员已全部送医" in running.sees(running.duty, "值班工作单").text


async def test_it_stands_on_card_worksheet_status_report_and_record(running: Town):
    await running.say(running.duty, running.bot, "/site 王五 学校北门 由指挥长")
    await running.advance(minutes=1)
    await running.say(running.duty, running.bot, "/status 1")
    for words, where in (("更新", running.group), ("值班工作单", None), ("状态", None)):
        assert "现场指挥：王五，学校北门" in running.sees(running.duty, words, where).text, words
    await running.say(running.duty, running.bot, "/export 1")
    record = "".join(running.texts(running.duty)[-2:])
    assert "【现场指挥】" in record and "王五，学校北门（由指挥长指定（电话，记录人" in record
    await running.press(running.duty, "书面报告")
    assert "现场指挥：王五，学校北门" in running.sees(running.duty, "书面").text


async def test_others_than_officials_learn_nothing_and_change_nothing(running: Town):
    before = (await running.incident()).sequence
    for person in (running.head,):
        await running.say(person, running.bot, "/site 1 某甲 北门 由指挥长")
    assert (await running.incident()).sequence == before


async def test_whoever_named_the_commander_by_telephone_signs_it(running: Town):
    await running.say(running.duty, running.bot, "/site 王五 学校北门 由指挥长")
    asked = running.sees(running.commander, "指定王五为现场指挥长").text
    assert "请补签" in asked and running.duty.name in asked
    await running.say(running.duty, running.bot, "/export 1")
    assert "指挥长钱副区长指定王五为现场指挥长（电话宣布，记录人" in "".join(running.texts(running.duty)[-2:])
    owed = len((await running.incident()).unsigned)
    await running.press(running.commander, "补签")
    incident = await running.incident()
    assert len(incident.unsigned) == owed - 1
    assert [(item.kind, item.signed) for item in incident.decisions] == [("declare", False), ("site", True)]


async def test_a_word_that_was_taken_back_is_not_to_be_signed(running: Town):
    await running.say(running.duty, running.bot, "/site 王五 学校北门 由指挥长")
    running.sees(running.commander, "指定王五为现场指挥长")
    await running.say(running.duty, running.bot, "/undo")
    incident = await running.incident()
    assert not incident.site and [item.kind for item in incident.unsigned] == ["declare"]
