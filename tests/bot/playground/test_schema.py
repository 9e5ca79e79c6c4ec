"""The description itself, and that the server would notice its own mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground import SchemaBreach, playstate, schema
from bot.playground.methods import METHODS
from bot.playground.trim import limit_of, trim
from bot.playground.updates import queue_update

FOLDER = Path(playstate.__file__).parent


def test_the_copy_is_small_and_names_its_licence():
    assert (FOLDER / "botapi.json").stat().st_size < 250_000
    assert "Permission is hereby granted" in (FOLDER / "botapi.LICENSE").read_text("utf-8")
    assert schema.description()["version"] == "Bot API 10.1"
    assert "Paul Larsen" in schema.description()["licence"]


def test_every_method_carried_out_is_described():
    assert set(METHODS) <= set(schema.description()["methods"])


@pytest.mark.parametrize(
    ("description", "types", "limit"),
    [
        ("Data to be sent, 1-64 bytes", ["String"], [1, 64, "bytes"]),
        ("Text, 1-4096 characters after entities parsing", ["String"], [1, 4096, "characters"]),
        ("A list of 1-100 identifiers of messages", ["Array of Integer"], [1, 100, "items"]),
        ("must include 2-10 items", ["Array of InputMediaPhoto"], [2, 10, "items"]),
        ("At most 100 commands can be specified.", ["Array of BotCommand"], [0, 100, "items"]),
        ("Values between 1-100 are accepted.", ["Integer"], [1, 100, "value"]),
        ("Two-letter ISO 639-1 language code", ["String"], None),
    ],
)
def test_limits_are_read_from_the_prose(description, types, limit):
    assert limit_of(description, types) == limit


def test_trimming_keeps_what_is_checked():
    field = {"name": "type", "types": ["String"], "required": True, "description": "Scope type, must be default"}
    source = {
        "version": "x",
        "methods": {"m": {"returns": ["Boolean"], "fields": [field]}},
        "types": {"A": {"subtypes": ["B"]}, "B": {"fields": [field]}},
    }
    kept = trim(source)
    assert kept["types"]["B"]["fields"]["type"] == {"types": ["String"], "required": True, "const": "default"}
    assert kept["types"]["A"] == {"subtypes": ["B"]}
    assert kept["methods"]["m"]["returns"] == ["Boolean"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("User", {"id": 1, "is_bot": False}, "lacks"),
        ("User", {"id": "1", "is_bot": False, "first_name": "x"}, "is no Integer"),
        ("User", {"id": 1, "is_bot": 0, "first_name": "x"}, "is no Boolean"),
        ("User", {"id": 1, "is_bot": False, "first_name": "x", "age": 3}, "has no ['age']"),
        ("ChatMember", {"status": "boss", "user": {"id": 1, "is_bot": False, "first_name": "x"}}, "boss"),
        ("Array of User", {"id": 1}, "is no list"),
        ("MessageOrigin", {"type": "user", "date": 1}, "sender_user"),
    ],
)
def test_a_wrong_object_is_our_bug(name, value, words):
    with pytest.raises(SchemaBreach) as breach:
        schema.check_emitted(name, value)
    assert words in str(breach.value)


def test_a_wrong_update_is_never_queued(town):
    with pytest.raises(SchemaBreach):
        queue_update(town.world, town.bot.account, message={"message_id": 1})
    assert town.world.pending_updates == 0


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("17", "Integer", 17),
        (17, "Integer", 17),
        ("-5", "Integer", -5),
        ("true", "Boolean", True),
        ("1.5", "Float", 1.5),
    ],
)
def test_forms_carry_everything_as_text(value, kind, read):
    assert schema._simple(value, kind, "x", {}) == read
