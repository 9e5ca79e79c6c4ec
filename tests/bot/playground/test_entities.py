"""Markup: what Telegram finds itself, what parse modes give, always in UTF-16 units."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import ApiError, Rules
from bot.playground.detect import detect
from bot.playground.entities import formatted
from bot.playground.html import parse_html
from bot.playground.markdown import parse_markdown
from bot.playground.text import cut, units


def found(text, entities):
    return [(e["type"], cut(text, e["offset"], e["length"])) for e in entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/report@tocsin_bot 踩踏", [("bot_command", "/report@tocsin_bot")]),
        ("请看 /status 和 1/2", [("bot_command", "/status")]),
        ("🚨 @li_zhiban 请接 #17 #事故", [("mention", "@li_zhiban"), ("hashtag", "#事故")]),
        ("拨 +863562250777 或 0356-2250777", [("phone_number", "+863562250777")]),
        ("见 https://example.org/a?b=1，再说", [("url", "https://example.org/a?b=1")]),
        ("信箱 duty@example.org", [("email", "duty@example.org")]),
        ("17号 3人受伤", []),
        ("中文/report", []),
    ],
)
def test_what_is_found_in_plain_text(text, expected):
    assert found(text, detect(text, phone_needs_plus=True)) == expected


def test_whether_a_local_number_is_tappable_is_a_setting():
    assert found("0356-2250777", detect("0356-2250777", phone_needs_plus=False)) == [("phone_number", "0356-2250777")]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>级别</b> Ⅲ", "级别 Ⅲ", [("bold", "级别")]),
        ("🚨<i>急</i>", "🚨急", [("italic", "急")]),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("&lt;test/&gt; &amp; &#20108;", "<test/> & 二", []),
        ("&nbsp;", "&nbsp;", []),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", "x")]),
        ('<a href="https://example.org">条款</a>', "条款", [("text_link", "条款")]),
        ("<blockquote expandable>长</blockquote>", "长", [("expandable_blockquote", "长")]),
        ('<span class="tg-spoiler">密</span>', "密", [("spoiler", "密")]),
    ],
)
def test_html(source, text, expected):
    plain, entities = parse_html(source)
    assert plain == text
    assert found(plain, entities) == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<test/>", 'Unsupported start tag "test/" at byte offset 0'),
        ("伤<4人", 'Unsupported start tag "4人" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ("<script>", 'Unsupported start tag "script"'),
    ],
)
def test_html_that_refuses_the_whole_message(source, words):
    with pytest.raises(ApiError, match="can't parse entities") as refused:
        parse_html(source)
    assert words in refused.value.description


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("*级别* Ⅲ", "级别 Ⅲ", [("bold", "级别")]),
        (r"1\. x \- y", "1. x - y", []),
        ("__u__ _i_ ~s~ ||p||", "u i s p",
         [("underline", "u"), ("italic", "i"), ("strikethrough", "s"), ("spoiler", "p")]),
        ("`a.b`", "a.b", [("code", "a.b")]),
        ("```py\nx=1\n```", "x=1\n", [("pre", "x=1\n")]),
        ("[条款](https://example.org/a_b)", "条款", [("text_link", "条款")]),
        (">引用\n>二\n后", "引用\n二\n后", [("blockquote", "引用\n二\n")]),
        ("[李](tg://user?id=5001)", "李", [("text_mention", "李")]),
    ],
)  # fmt: skip
def test_markdown(source, text, expected):
    plain, entities = parse_markdown(source)
    assert plain == text
    assert found(plain, entities) == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1. x", "Character '.' is reserved"),
        ("a-b", "Character '-' is reserved"),
        ("*x", "Can't find end of Bold entity at byte offset 0"),
        ("伤`x", "Can't find end of Code entity at byte offset 3"),
        ("[x", "Can't find end of Text_link entity at byte offset 0"),
        ("[x](http", "Can't find end of a URL at byte offset 0"),
    ],
)
def test_markdown_that_refuses_the_whole_message(source, words):
    with pytest.raises(ApiError) as refused:
        parse_markdown(source)
    assert words in refused.value.description


def test_blanks_around_are_cut_and_entities_move_along():
    entities = [{"type": "bold", "offset": 2, "length": 2}, {"type": "italic", "offset": 0, "length": 2}]
    text, kept = formatted("  级别 \n", None, entities, Rules(), lambda _: None)
    assert (text, found(text, kept)) == ("级别", [("bold", "级别")])


def test_nothing_is_detected_inside_code_but_around_it():
    text, kept = formatted("<code>/report</code> /status", "HTML", None, Rules(), lambda _: None)
    assert found(text, kept) == [("code", "/report"), ("bot_command", "/status")]


async def test_a_mention_without_username_needs_a_shared_chat(town):
    stranger = town.world.add_user("陌生人")
    for person, kinds in ((town.wang, ["text_mention"]), (stranger, [])):
        entities = [{"type": "text_mention", "offset": 0, "length": 2, "user": {"id": person.id, "is_bot": False,
                                                                                "first_name": "x"}}]  # fmt: skip
        sent = await town("sendMessage", chat_id=town.group.id, text="请您收到", entities=entities)
        assert [e["type"] for e in sent.result.get("entities", [])] == kinds


def test_units_count_pairs_twice():
    assert [units(text) for text in ("警", "🚨", "a🚨b")] == [1, 2, 4]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_escaped_text_comes_back_as_it_was(text):
    assert parse_html(html.escape(text)) == (text, [])
    assert parse_markdown(re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", text))[0] == text


@given(st.text(st.sampled_from("ab1@#/+$.:_ 中🚨\n"), max_size=40))
def test_entities_found_lie_apart_and_inside_the_text(text):
    end = 0
    for entity in detect(text, phone_needs_plus=True):
        assert entity["offset"] >= end and entity["length"] > 0
        end = entity["offset"] + entity["length"]
        cut(text, entity["offset"], entity["length"])
    assert end <= units(text)


@given(st.text(st.sampled_from('<>/b"= a&;pre#1'), max_size=30))
def test_any_markup_is_read_or_refused(text):
    try:
        plain, entities = parse_html(text)
    except ApiError as refused:
        assert refused.status == 400
    else:
        assert all(e["offset"] + e["length"] <= units(plain) for e in entities)
