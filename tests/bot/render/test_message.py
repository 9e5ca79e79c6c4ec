"""Entities count in UTF-16 units, and a long message is split without losing or displacing anything."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.render.message import MOST_ENTITIES, Entity, Key, Message, split, units
from bot.render.text import Text, bold, code, joined, mention, quote
from plans.core.notice import Press


def piece(text: str, entity: Entity) -> str:
    """Return what an entity covers, cut as Telegram cuts."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity.offset : 2 * entity.end].decode("utf-16-le")


def test_an_entity_covers_its_words_behind_an_emoji():
    text = Text("🚨🚨 ") + bold("十七号") + " 在 " + code("👨‍👩‍👧") + mention("孙八", 7)
    assert [piece(text.plain, entity) for entity in text.entities] == ["十七号", "👨‍👩‍👧", "孙八"]
    assert text.entities[0].offset == 5  # two units for each emoji, one for the space


def test_nested_text_keeps_both_entities():
    text = "前" + quote("甲" + bold("乙") + "丙")
    assert [(item.type, piece(text.plain, item)) for item in text.entities] == [
        ("blockquote", "甲乙丙"),
        ("bold", "乙"),
    ]


def test_an_entity_becomes_what_the_bot_api_takes():
    assert Entity("bold", 1, 2).as_data() == {"type": "bold", "offset": 1, "length": 2}
    assert Entity("pre", 0, 2, language="text").as_data()["language"] == "text"
    assert Entity("text_mention", 0, 2, user=7).as_data()["user"]["id"] == 7


def test_what_fits_is_not_touched():
    message = Message("短", (Entity("bold", 0, 1),))
    assert split(message) == [message]


def test_buttons_stand_under_the_last_part():
    key = Key("收到", Press(action="ack", label="received", object="incident"))
    parts = split(Message("甲乙丙丁\n" * 20, (), ((key,),)), 50)
    assert len(parts) >= 2
    assert [part.rows for part in parts] == [()] * (len(parts) - 1) + [((key,),)]


def test_a_cut_falls_on_a_border():
    text = "第一段第一行。\n第一段第二行。\n\n第二段第一行。\n第二段第二行。"
    assert [part.text for part in split(Message(text), 20)] == [
        "第一段第一行。\n第一段第二行。",
        "第二段第一行。\n第二段第二行。",
    ]


def test_every_part_of_a_drill_is_marked():
    mark = "【演练】"
    text = f"{mark}{'一二三四五六七八九。' * 20}\n{mark}"
    parts = split(Message(text, (Entity("bold", 4, 30),), (), mark), 60)
    assert len(parts) > 3
    assert all(part.text.startswith(mark) and part.text.endswith(mark) and units(part.text) <= 60 for part in parts)
    assert "".join(part.text.replace(mark, "").replace("\n", "") for part in parts) == "一二三四五六七八九。" * 20
    assert piece(parts[0].text, parts[0].entities[0]) == "一二三四五六七八九。" * 3


WORDS = st.text(alphabet="甲乙丙丁 \n。；🚨👩a1", max_size=12)
KINDS = st.sampled_from([None, "bold", "code", "blockquote"])


@st.composite
def texts(draw) -> Text:
    parts = draw(st.lists(st.tuples(WORDS, KINDS), max_size=30))
    made: dict[str | None, Callable[[str], Text]] = {None: Text, "bold": bold, "code": code, "blockquote": quote}
    found = Text()
    for words, kind in parts:
        found = found + made[kind](words)
    return found.strip()


@given(text=texts(), limit=st.integers(20, 80), marked=st.booleans())
def test_splitting_loses_nothing_but_white_space(text, limit, marked):
    mark = "【演练】" if marked else ""
    whole = Text(mark) + text + ("\n" + mark if mark else "")
    parts = split(Message(whole.plain, whole.entities, (), mark), limit)
    for part in parts:
        assert units(part.text) <= limit
        assert len(part.entities) <= MOST_ENTITIES
        assert part.text.startswith(mark) and part.text.endswith(mark)
        for entity in part.entities:
            assert 0 <= entity.offset < entity.end <= units(part.text)
            piece(part.text, entity)  # would raise inside a character
    bare = [part.text.removeprefix(mark).removesuffix(mark) for part in parts]
    assert "".join("".join(bare).split()) == "".join(text.plain.split())


@given(text=texts(), limit=st.integers(20, 80))
def test_the_same_words_stay_in_bold(text, limit):
    def covered(plain: str, entities: tuple[Entity, ...], kind: str) -> str:
        return "".join("".join(piece(plain, item) for item in entities if item.type == kind).split())

    parts = split(Message(text.plain, text.entities), limit)
    for kind in ("bold", "code", "blockquote"):
        whole = covered(text.plain, text.entities, kind)
        assert "".join(covered(part.text, part.entities, kind) for part in parts) == whole


@given(count=st.integers(1, 350))
def test_no_part_has_more_entities_than_telegram_takes(count):
    text = joined([bold("字")] * count, "、")
    parts = split(Message(text.plain, text.entities))
    assert all(len(part.entities) <= MOST_ENTITIES for part in parts)
    assert sum(len(part.entities) for part in parts) == count
    assert "".join(part.text for part in parts) == text.plain
