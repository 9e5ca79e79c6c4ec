"""Building a text: our own sentences may carry bold type, what comes from outside is always plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.render.message import Entity, clipped, units
from plans.cells import legible

JOINER = "\u2060"
"""WORD JOINER: invisible; it keeps Telegram from seeing a mention, a command or a link in what somebody wrote."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LIVE = re.compile(r"(?<!\w)(?P<sign>[@/#$])(?=\w)|(?P<dot>\.)(?=[A-Za-z])|(?P<colon>:)(?=//)")
_BRACKETS = str.maketrans("【】", "〔〕")  # our own marks (演练, 真实) stand in 【】: nobody else may write them


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text with entities. ``+`` joins; a ``str`` joins as it is."""

    plain: str = ""
    entities: tuple[Entity, ...] = ()

    def __add__(self, other: Text | str) -> Text:
        if isinstance(other, str):
            return Text(self.plain + other, self.entities)
        start = units(self.plain)
        moved = tuple(replace(entity, offset=entity.offset + start) for entity in other.entities)
        return Text(self.plain + other.plain, self.entities + moved)

    def __radd__(self, other: str) -> Text:
        return Text(other) + self

    def __bool__(self) -> bool:
        return bool(self.plain)

    def strip(self) -> Text:
        """Return it without white space at either end."""
        kept = self.plain.strip()
        start = units(self.plain[: len(self.plain) - len(self.plain.lstrip())])
        return Text(kept, clipped(self.entities, start, start + units(kept)))


def bold(content: str | Text) -> Text:
    """Return it in bold type."""
    return _within("bold", content)


def code(content: str | Text) -> Text:
    """Return it as code: copied by one tap, and nothing in it becomes a link."""
    return _within("code", content)


def pre(content: str) -> Text:
    """Return it as a block that one tap copies."""
    return _within("pre", content)


def struck(content: str | Text) -> Text:
    """Return it struck through: it was said, and does not stand."""
    return _within("strikethrough", content)


def quote(content: str | Text) -> Text:
    """Return it as a quotation."""
    return _within("blockquote", content)


def mention(name: str, person: int) -> Text:
    """Return a name that notifies a person without a user name."""
    return Text(name, (Entity("text_mention", 0, units(name), user=person),)) if name else Text()


def _within(kind: str, content: str | Text) -> Text:
    text = Text(content) if isinstance(content, str) else content
    return Text(text.plain, (Entity(kind, 0, units(text.plain)), *text.entities)) if text else text


def joined(parts: Iterable[Text | str], by: str = "\n") -> Text:
    """Return the parts that are not empty, joined."""
    text = Text()
    for part in parts:
        if part:
            text = text + by + part if text else text + part
    return text


MARKED_NAME = 40
"""Characters of a name in one line with what marks it as unconfirmed: nobody's name pushes the mark out of sight."""


def written(words: str, most: int = 60) -> str:
    """Return what a person wrote, for one line: at most so many characters, nothing live or unseen in it."""
    line = " ".join(_UNSEEN.sub("", legible(words)).split()).translate(_BRACKETS)
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _disarmed(line)


def written_block(words: str, most: int = 1000) -> str:
    """Return what a person wrote with its lines, for a quotation."""
    lines = [" ".join(_UNSEEN.sub("", line).split()) for line in legible(words).splitlines()]
    block = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().translate(_BRACKETS)
    if len(block) > most:
        block = block[: most - 1].rstrip() + "…"
    return _disarmed(block)


def _disarmed(words: str) -> str:
    return _LIVE.sub(lambda match: match.group() + JOINER, words)


_PIECE = re.compile(r"(\*[^*\n]+\*|\{[a-z_]+\??\})")


def fill(template: str, /, **values: str | Text | int) -> Text:
    """Return one of our sentences with its values.

    ``*…*`` in the template is bold, ``{name}`` a value (as it is: it never becomes markup), and a line with an empty
    ``{name?}`` is left out. A value that the template does not name is an error, and so is a missing one.
    """
    texts = {name: str(value) if isinstance(value, int) else value for name, value in values.items()}
    used: set[str] = set()
    lines = [line for line in (_line(line, texts, used) for line in template.split("\n")) if line is not None]
    if unused := set(texts) - used:
        raise KeyError(f"not in the template {template[:30]!r}: {sorted(unused)}")
    text = Text()
    for number, line in enumerate(lines):
        text = text + "\n" + line if number else text + line
    return text


def _line(line: str, values: dict[str, str | Text], used: set[str]) -> Text | None:
    text, dropped = Text(), False
    for piece in _PIECE.split(line):
        if piece.startswith("*") and piece.endswith("*") and len(piece) > 2:
            inner = _line(piece[1:-1], values, used)
            dropped = dropped or inner is None
            text = text + bold(inner or "")
        elif piece.startswith("{") and piece.endswith("}"):
            name = piece[1:-1].removesuffix("?")
            used.add(name)
            value = values[name]
            dropped = dropped or (piece.endswith("?}") and not value)
            text = text + value
        else:
            text = text + piece
    return None if dropped else text
