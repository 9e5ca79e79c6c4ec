"""Inline queries: answers, Telegram's cache, chosen results."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground import NotPossible


def contact(number):
    return {"type": "contact", "id": str(number), "phone_number": "+863562250777", "first_name": "值班室"}


def article(number=1, **more):
    content = {"message_text": "<b>消防</b> 119", "parse_mode": "HTML"}
    return {"type": "article", "id": f"a{number}", "title": "消防", "input_message_content": content} | more


async def ask(town, query="消防", person=None):
    made = (person or town.li).inline(town.bot, query, chat=town.group)
    found = [u["inline_query"] for u in await town.updates() if "inline_query" in u]
    return made, found[0]["id"] if found else None


async def test_a_query_is_answered_and_a_result_chosen(town):
    made, number = await ask(town)
    assert not made.answered
    answered = await town("answerInlineQuery", inline_query_id=number, results=[contact(1), article()], cache_time=0)
    assert answered.result is True
    assert made.titles == ["值班室", "消防"]
    line = town.li.choose(made, "a1", town.group)
    assert (line.text, line.via, line.own) == ("消防 119", "tocsin_bot", True)
    chosen, message = (await town.updates())[::-1]
    assert chosen["chosen_inline_result"]["result_id"] == "a1"
    assert message["message"]["via_bot"]["username"] == "tocsin_bot"
    assert town.li.choose(made, 0, town.group).body["contact"]["first_name"] == "值班室"


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([contact(n) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([contact(1), contact(1)], "RESULT_ID_DUPLICATE"),
        ([contact("x" * 65)], "1-64 bytes"),
        ([{"type": "article", "id": "1", "title": "x"}], 'can\'t find field "input_message_content"'),
        ([{"type": "article", "title": "x"}], 'can\'t find field "id"'),
        ([article(input_message_content={"message_text": "<x>", "parse_mode": "HTML"})], "Unsupported start tag"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(colour="red")], 'unknown field "colour"'),
    ],
)
async def test_wrong_results_are_refused(town, results, words):
    made, number = await ask(town)
    assert words in (await town("answerInlineQuery", inline_query_id=number, results=results)).error
    assert not made.answered


async def test_fifty_results_pass_and_the_offset_has_64_bytes(town):
    _, number = await ask(town)
    answer = {"inline_query_id": number, "results": [contact(n) for n in range(50)]}
    assert "NEXT_OFFSET_INVALID" in (await town("answerInlineQuery", **answer, next_offset="x" * 65)).error
    assert (await town("answerInlineQuery", **answer, next_offset="50")).result is True


async def test_a_shared_answer_is_cached_for_everybody_and_a_personal_one_is_not(town):
    _, number = await ask(town)
    await town("answerInlineQuery", inline_query_id=number, results=[contact(1)])
    other, number = await ask(town, person=town.wang)
    assert (number, other.from_cache, other.titles) == (None, True, ["值班室"])
    await town.clock.advance(timedelta(seconds=301))
    _, number = await ask(town, person=town.wang)
    await town("answerInlineQuery", inline_query_id=number, results=[contact(1)], is_personal=True)
    assert (await ask(town, person=town.wang))[0].from_cache
    assert not (await ask(town))[0].from_cache


async def test_late_and_second_answers_are_refused(town):
    _, number = await ask(town)
    await town.clock.advance(timedelta(seconds=16))
    assert "query is too old" in (await town("answerInlineQuery", inline_query_id=number, results=[])).error
    _, number = await ask(town, "公安")
    assert (await town("answerInlineQuery", inline_query_id=number, results=[])).result is True
    assert "query is too old" in (await town("answerInlineQuery", inline_query_id=number, results=[])).error


async def test_a_message_sent_inline_is_edited_by_its_own_id(town):
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "x"}]]}
    made, number = await ask(town)
    await town("answerInlineQuery", inline_query_id=number, results=[article(reply_markup=keyboard)])
    line = town.li.choose(made, 0, town.group)
    place = (await town.updates())[-1]["chosen_inline_result"]["inline_message_id"]
    town.wang.press(line, "收到")
    assert (await town.updates())[-1]["callback_query"]["inline_message_id"] == place
    assert (await town("editMessageText", inline_message_id=place, text="改")).result is True
    assert town.li.again(line).text == "改"
    assert "MESSAGE_ID_INVALID" in (await town("editMessageText", inline_message_id="x", text="y")).error


async def test_a_bot_without_inline_mode_is_not_asked(make_town):
    town = make_town(inline=False)
    with pytest.raises(NotPossible):
        town.li.inline(town.bot, "x")
