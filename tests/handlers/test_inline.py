"""``@bot 消防`` in any chat, against the strict local server: who sees what, page by page, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from tests.journeys.world import STAMPEDE


async def asked(town, person, query, offset="", where=None):
    ask = person.inline(town.bot, query, offset=offset, chat=where)
    await town.settle()
    assert ask.answered, query
    return ask


async def test_offices_come_as_contact_cards_and_can_be_sent_anywhere(town):
    ask = await asked(town, town.duty, "消防", where=town.group)
    card = ask.results[0]
    assert (card["type"], card["phone_number"], card["first_name"]) == ("contact", "+863563086119", "区消防救援大队")
    town.duty.choose(ask, 0, town.group)
    await town.settle()
    assert await town.incidents() == [], "a card that somebody sends is no report"


async def test_who_is_not_bound_is_told_how_to_be(town):
    ask = await asked(town, town.stranger, "消防")
    assert [item["type"] for item in ask.results] == ["article"] and ask.titles == ["请先登记身份"]
    assert "phone_number" not in str(ask.results) and "0356" not in str(ask.results)
    async with town.open_store.reading() as rx:
        assert await rx.people.by_telegram(town.stranger.id) is None, "who asks is not written down"


async def test_what_one_may_see_is_never_shown_to_another(town):
    first = await asked(town, town.duty, "消防")
    second = await asked(town, town.stranger, "消防")
    assert first.titles != second.titles and not second.from_cache


async def test_who_loses_his_role_sees_nothing_at_once(town):
    await asked(town, town.duty, "消防")
    async with town.open_store.writing() as tx:
        person = await tx.people.by_telegram(town.duty.id)
        for item in await tx.people.holdings(person.id):
            await tx.people.revoke(item.id, town.clock.now())
    again = await asked(town, town.duty, "消防")
    assert again.titles == ["请先登记身份"]


async def test_pages_follow_each_other_to_the_end(town):
    seen, offset = [], ""
    for _ in range(20):
        ask = await asked(town, town.duty, "0356", offset)
        assert len(ask.results) <= 20
        seen += [item["id"] for item in ask.results]
        offset = ask.next_offset
        if not offset:
            break
    assert offset == "" and len(seen) == len(set(seen)) > 30
    assert (await asked(town, town.duty, "0356", "nonsense")).results


async def test_an_empty_query_shows_the_duty_room_and_then_whom_the_incident_calls(town):
    assert (await asked(town, town.duty, "")).results[0]["phone_number"] == "+863562250777"
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
    await town.press(town.director, "确认宣布")
    called = set((await town.incident()).calls)
    shown = {item["first_name"] for item in (await asked(town, town.duty, "")).results}
    assert shown and shown <= called | {"事发地镇（街道）"}


async def test_an_incident_says_its_state_alone_and_only_to_officials(town):
    await town.say(town.head, town.bot, STAMPEDE)
    ask = await asked(town, town.duty, "1号")
    assert ask.titles[0].startswith("1号")
    sent = ask.results[0]["input_message_content"]["message_text"]
    assert "踩踏" not in sent and "4" not in sent and "1号：已接报" in sent
    assert not any(title.startswith("1号") for title in (await asked(town, town.head, "1号")).titles)


async def test_clauses_are_found_by_a_word_of_their_title(town):
    ask = await asked(town, town.duty, "信息报告")
    assert any(item["type"] == "article" and "信息报告" in item["title"] for item in ask.results)


async def test_nothing_that_was_typed_is_stored(town):
    ask = await asked(town, town.duty, "消防zzq")
    ask = await asked(town, town.duty, "消防")
    town.duty.choose(ask, 0, town.bot)
    await town.settle()
    async with town.open_store.reading() as rx:
        rows = await rx._session.rows(
            sa.text("SELECT payload FROM inbox WHERE kind IN ('inline_query', 'chosen_inline_result')")
        )
    assert len(rows) == 3 and {row.payload for row in rows} == {None}
    assert "zzq" not in str(town.log)


async def test_a_query_that_waited_out_an_absence_is_not_answered(town):
    await town.stop()
    ask = town.duty.inline(town.bot, "消防")
    await town.clock.advance(timedelta(minutes=3))
    await town.start()
    await town.settle()
    assert not ask.answered


RAIN = "区气象台2026年3月2日3时发布暴雨红色预警：预计4时至10时，城关镇、河口乡有大暴雨，请做好防范。"


async def test_warnings_in_force_are_found_by_the_word_the_hazard_or_the_number_and_tell_no_more(town):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    assert "暴雨" not in str((await asked(town, town.duty, "预警")).titles), "nobody has issued it yet"
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    for query in ("预警", "预警1", "预警 1", "暴雨", "暴雨红色", "红色预警"):
        ask = await asked(town, town.liaisons["区教育局"], query)
        assert ask.titles[0] == "暴雨红色预警　生效中", query
        assert ask.results[0]["input_message_content"]["message_text"] == (
            "暴雨红色预警（预警1）生效中。时间：04:00至10:00。"
        )
    for query in ("预警2", "大雾", "雨", ""):
        assert "暴雨红色预警　生效中" not in (await asked(town, town.duty, query)).titles, query
    assert (await asked(town, town.stranger, "预警")).titles == ["请先登记身份"]
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知解除")
    await town.press(town.duty, "确认解除")
    assert "暴雨红色预警　生效中" not in (await asked(town, town.duty, "预警")).titles


async def test_a_warning_of_a_drill_is_marked_where_it_is_sent(town):
    await town.say(town.duty, town.bot, f"/warn 演练 {RAIN}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    ask = await asked(town, town.duty, "预警")
    text = ask.results[0]["input_message_content"]["message_text"]
    assert ask.titles[0].startswith("【演练】") and text.startswith("【演练】") and text.endswith("【演练】")
