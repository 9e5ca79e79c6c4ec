"""Calls for help in the chat: asked at the level that demands it, recorded, answered, chased, shown everywhere."""

from __future__ import annotations

from tests.journeys.world import Town

FIRE = "区消防救援大队"


async def test_the_office_asks_above_with_one_tap_and_says_what_came_of_it(running: Town):
    await running.press(running.duty, "请求支援", words="值班工作单")
    page = running.sees(running.duty, "预案：").text
    assert "4.3.1 措施(3)" in page and "区指挥部" in page
    await running.say(running.duty, running.bot, "/aid 市政府 专家3名 接报王五")
    told = running.sees(running.duty, "【请求支援】", running.group).text
    assert "已向市政府请求支援：专家3名" in told and "接报人王五" in told
    await running.advance(minutes=11)
    assert "向市政府请求专家3名" in running.sees(running.duty, "还没有支援的答复").text
    asked = running.sees(running.duty, "还没有支援的答复")  # with what else is due then
    await running.press(running.duty, next(label for label in asked.labels() if label.endswith("市政府：已答应")))
    assert "市政府：已答应" in running.sees(running.duty, "市政府：已答应", running.group).text
    await running.say(running.duty, running.bot, "/aid 已到 3名专家到达")
    assert "已到达，3名专家到达" in running.sees(running.duty, "3名专家到达", running.group).text
    [request] = (await running.incident()).aid.values()
    assert (request.to, request.what, request.taker, request.status) == ("市政府", "专家3名", "王五", "arrived")


async def test_a_unit_asks_with_one_line_the_seat_answers_with_one_tap(running: Town):
    fireman = running.liaisons[FIRE]
    await running.say(fireman, running.bot, "/aid 云梯车1台")
    asked = running.sees(running.duty, "请求支援：云梯车1台").text
    assert "请答复" in asked and FIRE in asked
    await running.press(running.duty, f"{FIRE}：已安排", words="请答复")
    assert "已安排" in running.sees(fireman, "您单位的支援请求").text
    await running.say(fireman, running.bot, "/aid")
    await running.press(fireman, f"{FIRE}：支援已到", words="到了发")
    [request] = (await running.incident()).aid.values()
    assert (request.unit, request.status) == (FIRE, "arrived")


async def test_who_has_no_part_in_it_can_neither_ask_nor_read(running: Town):
    running.stranger.start(running.bot)
    await running.say(running.stranger, running.bot, "/aid 1 救护车2辆")
    assert not (await running.incident()).aid
    await running.say(running.stranger, running.bot, "/aid 1")
    assert not any("请求支援" in text for text in running.texts(running.stranger))


async def test_a_unit_sees_its_own_request_and_no_other(running: Town):
    fireman, other = running.liaisons[FIRE], running.liaisons["区教育局"]
    await running.say(fireman, running.bot, "/aid 云梯车1台")
    await running.say(running.duty, running.bot, "/aid 市政府 专家3名")
    for person, sees in ((fireman, "云梯车1台"), (other, "还没有请求支援")):
        await running.say(person, running.bot, "/aid")
        page = running.sees(person, "需要支援请发").text
        assert sees in page and "专家" not in page and ("云梯车" in page) is (person is fireman)


async def test_it_stands_on_card_worksheet_status_todo_report_and_record(running: Town):
    await running.say(running.duty, running.bot, "/aid 市政府 专家3名")
    await running.advance(minutes=1)
    await running.say(running.duty, running.bot, "/status 1")
    for words, where in (("更新", running.group), ("值班工作单", None), ("状态", None)):
        assert "已向市政府请求支援：专家3名：等答复" in running.sees(running.duty, words, where).text, words
    await running.say(running.duty, running.bot, "/todo")
    assert "问市政府支援的结果：专家3名" in running.sees(running.duty, "问市政府支援的结果").text
    await running.say(running.duty, running.bot, "/export 1")
    record = "".join(running.texts(running.duty)[-2:])
    assert "【请求支援】" in record and "向市政府请求支援：专家3名" in record
    await running.press(running.duty, "书面报告")
    assert "已向市政府请求支援：专家3名" in running.sees(running.duty, "书面").text


async def test_wrong_words_say_what_was_expected(running: Town):
    for words, said in (
        ("/aid 代没有的单位", "已登记"),
        ("/aid 答应 没有请求", "登记"),
        ("/aid 不请求 无", "没有要求"),
        (f"/aid {'市' * 60} 车", "写得太长"),
    ):
        await running.say(running.duty, running.bot, words)
        assert said in running.texts(running.duty)[-1], words
