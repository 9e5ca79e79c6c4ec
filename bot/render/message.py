"""A message as the Bot API takes it: text, entities counted in UTF-16 units, rows of buttons; and its splitting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from plans.core.notice import Press

LIMIT = 4096
"""Units of text in one message (the stricter reading of Telegram's "characters")."""

MOST_ENTITIES = 100
"""Entities in one message; Telegram drops what is more."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text with a meaning.

    Attributes:
        type: ``bold italic pre code blockquote text_mention``.
        offset, length: in UTF-16 code units.
        language: of a ``pre``.
        user: id of the mentioned person, for ``text_mention``.
    """

    type: str
    offset: int
    length: int
    language: str = ""
    user: int = 0

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.offset + self.length

    def as_data(self) -> dict[str, Any]:
        """Return the ``MessageEntity`` of the Bot API."""
        data: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.language:
            data["language"] = self.language
        if self.type == "text_mention":
            data["user"] = {"id": self.user, "is_bot": False, "first_name": str(self.user)}
        return data


@dataclass(frozen=True, slots=True)
class Key:
    """A button: what is written on it and what it does.

    Attributes:
        stream: where it is about another case than the rest. audience: where it is for others than the rest.
    """

    label: str
    press: Press
    stream: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent or edited in one call, unless it is too long (see :func:`split`).

    Attributes:
        mark: stands first and last (【演练】), also of every part when the message is split; it is part of ``text``.
    """

    text: str
    entities: tuple[Entity, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()
    mark: str = ""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(message: Message, limit: int = LIMIT) -> list[Message]:
    """Return the message in parts of at most ``limit`` units and 100 entities, the buttons under the last one.

    Cut at a paragraph's end, else a line's, else a sentence's, else anywhere between two characters. White space at a
    cut is dropped, everything else is kept in order; an entity that spans a cut goes on in the next part.
    """
    if units(message.text) <= limit and len(message.entities) <= MOST_ENTITIES:
        return [message]
    text, entities = _unmarked(message)
    room = limit - 2 * (units(message.mark) + 1) if message.mark else limit
    parts: list[Message] = []
    while text:
        end = _cut(text, entities, room)
        parts.append(_marked(*_trimmed(text[:end], entities), message.mark))
        text, entities = _rest(text, entities, end)
    parts = [part for part in parts if part.text]
    return [*parts[:-1], replace(parts[-1], rows=message.rows)]


_BORDERS = ("\n\n", "\n", "。", "；", " ")


def _cut(text: str, entities: tuple[Entity, ...], room: int) -> int:
    """Return how many characters the next part takes; at least one."""
    most, used = 0, 0
    for character in text:
        used += 2 if ord(character) > 0xFFFF else 1
        if used > room:
            break
        most += 1
    if len(entities) > MOST_ENTITIES:
        # The entity that is one too many begins the next part.
        most = min(most, max(1, _characters(text, sorted(entity.offset for entity in entities)[MOST_ENTITIES])))
    if most >= len(text):
        return len(text)
    for border in _BORDERS:
        at = text.rfind(border, 0, most)
        if at >= most // 3 and at + len(border) <= most and text[: at + len(border)].strip():
            return at + len(border)
    return max(1, most)


def _characters(text: str, offset: int) -> int:
    """Return the number of characters before a UTF-16 offset."""
    seen = 0
    for index, character in enumerate(text):
        if seen >= offset:
            return index
        seen += 2 if ord(character) > 0xFFFF else 1
    return len(text)


def clipped(entities: tuple[Entity, ...], start: int, end: int) -> tuple[Entity, ...]:
    """Return what of the entities lies between two offsets, counted from the first of them."""
    parts = []
    for entity in entities:
        low, high = max(entity.offset, start), min(entity.end, end)
        if low < high:
            parts.append(replace(entity, offset=low - start, length=high - low))
    return tuple(parts)


def _trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    kept = text.strip()
    start = units(text[: len(text) - len(text.lstrip())])
    return kept, clipped(entities, start, start + units(kept))


def _rest(text: str, entities: tuple[Entity, ...], end: int) -> tuple[str, tuple[Entity, ...]]:
    return text[end:], clipped(entities, units(text[:end]), units(text))


def _unmarked(message: Message) -> tuple[str, tuple[Entity, ...]]:
    if not message.mark:
        return message.text, message.entities
    start = len(message.mark)
    text = message.text[start : len(message.text) - start]
    return text, clipped(message.entities, units(message.mark), units(message.mark) + units(text))


def _marked(text: str, entities: tuple[Entity, ...], mark: str) -> Message:
    if not mark or not text:
        return Message(text, entities)
    moved = tuple(replace(entity, offset=entity.offset + units(mark)) for entity in entities)
    return Message(f"{mark}{text}\n{mark}", moved, (), mark)
