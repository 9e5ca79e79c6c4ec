"""The text of a call: parse mode or explicit entities, checked, trimmed, completed by what Telegram detects itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.detect import detect
from bot.playground.errors import bad
from bot.playground.html import parse_html
from bot.playground.markdown import parse_markdown
from bot.playground.rules import Rules
from bot.playground.text import cut, splits_character, units

_PARSERS: dict[str, Callable[[str], tuple[str, list[dict[str, Any]]]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown,
}
_KINDS = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "date_time",
}  # fmt: skip
_SELF_DETECTED = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_BLOCKING = {"code", "pre", "text_link", "text_mention"}
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}


def formatted(
    text: str,
    mode: str | None,
    explicit: list[dict[str, Any]] | None,
    rules: Rules,
    user: Callable[[int], dict[str, Any] | None],
) -> tuple[str, list[dict[str, Any]]]:
    """Return the final text and entities of a bot's message.

    Args:
        text: as given.
        mode: ``parse_mode``, or None.
        explicit: ``entities``; ignored by Telegram when a mode is given, refused here.
        rules: the limits.
        user: the Bot API ``User`` of an id, or None where the bot may not mention him.

    Raises:
        ApiError: 400, wrong markup, entity out of bounds, splitting a character or of an unknown kind.
    """
    if mode and explicit:
        raise bad("parse_mode and entities exclude each other (refused by the local server)")
    if mode:
        if mode.lower() not in _PARSERS:
            legacy = mode.lower() == "markdown"
            raise bad(
                'parse_mode "Markdown" is not supported by the local server' if legacy else "unsupported parse_mode"
            )
        text, entities = _PARSERS[mode.lower()](text)
    else:
        entities = [dict(entity) for entity in explicit or []]
    for entity in entities:
        _check(entity, text)
    entities = [filled for entity in entities if (filled := _fill(entity, user))]
    if len(entities) > rules.entities_limit:
        raise bad("ENTITIES_TOO_LONG")
    _check_nesting(entities)
    text, entities = _trim(text, entities)
    return text, with_detected(text, entities, rules)


def with_detected(text: str, entities: list[dict[str, Any]], rules: Rules) -> list[dict[str, Any]]:
    """Return the entities together with those that Telegram finds by itself and that do not lie in code or links."""
    spans = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _BLOCKING | _SELF_DETECTED]
    fresh = [
        e
        for e in detect(text, rules.phone_needs_plus)
        if all(e["offset"] + e["length"] <= start or e["offset"] >= end for start, end in spans)
    ]
    return sorted(entities + fresh, key=lambda e: (e["offset"], -e["length"]))


def _check(entity: dict[str, Any], text: str) -> None:
    kind, offset, length = entity["type"], entity["offset"], entity["length"]
    if kind not in _KINDS:
        raise bad(f'unsupported entity type "{kind}"')
    if offset < 0 or length <= 0 or offset + length > units(text):
        raise bad(f"ENTITY_BOUNDS_INVALID: {kind} at {offset}+{length} of {units(text)} UTF-16 units")
    if splits_character(text, offset) or splits_character(text, offset + length):
        raise bad(f"ENTITY_BOUNDS_INVALID: {kind} at {offset}+{length} splits a character")
    if (need := _NEEDS.get(kind)) and not entity.get(need):
        raise bad(f"can't parse MessageEntity: can't find field \"{need}\"")


def _fill(entity: dict[str, Any], user: Callable[[int], dict[str, Any] | None]) -> dict[str, Any] | None:
    """Return the entity with its user filled in; a mention of somebody the bot never met is dropped."""
    if entity["type"] != "text_mention":
        return entity
    user_or_id = entity["user"]
    person = user(user_or_id if isinstance(user_or_id, int) else user_or_id["id"])
    return entity | {"user": person} if person else None


def _check_nesting(entities: list[dict[str, Any]]) -> None:
    spans = sorted((e["offset"], e["offset"] + e["length"], e["type"]) for e in entities)
    for index, (start, end, kind) in enumerate(spans):
        for other, other_end, other_kind in spans[index + 1 :]:
            if start < other < end < other_end:
                raise bad(f"ENTITY_BOUNDS_INVALID: {other_kind} overlaps {kind} without lying inside it")


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    blanks = units(text) - units(text.lstrip())
    text = text.strip()
    whole = units(text)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - blanks, 0)
        end = min(entity["offset"] + entity["length"] - blanks, whole)
        if end > start and cut(text, start, end - start).strip():
            moved.append(entity | {"offset": start, "length": end - start})
    return text, moved
