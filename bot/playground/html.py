"""Telegram's HTML parse mode, as strict as the original: an unknown tag refuses the whole message."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.errors import bad
from bot.playground.text import units

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "blockquote": "blockquote",
}
_START = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[a-zA-Z0-9.\-]+))?)*)\s*>"
)
_END = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*)?\s*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.\-]+)))?")
_REFERENCE = re.compile(r"&(lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities.

    Raises:
        ApiError: 400 "can't parse entities: …" with the byte offset, as Telegram says it.
    """
    out: list[str] = []
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int, dict[str, str], int]] = []
    at = length = 0
    while at < len(source):
        if source[at] == "&" and (reference := _REFERENCE.match(source, at)):
            out.append(_resolve(reference[1]))
            at = reference.end()
        elif source[at] == "<" and source[at + 1 : at + 2] == "/":
            end = _END.match(source, at)
            where = _byte(source, at)
            if not end:
                raise _fail(f"Can't find end tag at byte offset {where}")
            if not open_tags:
                raise _fail(f"Unexpected end tag at byte offset {where}")
            name, start, attributes, _ = open_tags.pop()
            if end[1] and end[1].lower() != name:
                raise _fail(
                    f'Unmatched end tag at byte offset {where}, expected "</{name}>", found "</{end[1].lower()}>"'
                )
            _close(entities, name, start, length - start, attributes, [tag[0] for tag in open_tags])
            at = end.end()
            continue
        elif source[at] == "<":
            at = _open(source, at, open_tags, length)
            continue
        else:
            out.append(source[at])
            at += 1
        length += units(out[-1])
    if open_tags:
        name, _, _, where = open_tags[-1]
        raise _fail(f'Can\'t find end tag corresponding to start tag "{name}"')
    return "".join(out), sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _open(source: str, at: int, open_tags: list[tuple[str, int, dict[str, str], int]], length: int) -> int:
    where = _byte(source, at)
    start = _START.match(source, at)
    if not start:
        stray = re.match(r"<([^\s>]*)", source[at:])
        name = stray[1].lower() if stray else ""
        if name in _TAGS:
            raise _fail(f"Unclosed start tag at byte offset {where}")
        raise _fail(f'Unsupported start tag "{name}" at byte offset {where}')
    name = start[1].lower()
    if name not in _TAGS:
        raise _fail(f'Unsupported start tag "{name}" at byte offset {where}')
    attributes = {m[1].lower(): _plain(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(start[2])}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _fail(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    open_tags.append((name, length, attributes, where))
    return start.end()


def _close(
    entities: list[dict[str, Any]], name: str, start: int, length: int, attributes: dict[str, str], outer: list[str]
) -> None:
    if length <= 0:
        return
    entity: dict[str, Any] = {"type": _TAGS[name], "offset": start, "length": length}
    if name == "a":
        if not (link := attributes.get("href", "")):
            return
        if user := re.fullmatch(r"tg://user\?id=(\d+)", link):
            entity |= {"type": "text_mention", "user": int(user[1])}
        elif re.match(r"(https?|tg|mailto|ton)://?", link) or re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", link):
            entity["url"] = link
        else:
            return
    elif name == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    elif name == "tg-time":
        entity["unix_time"] = int(attributes.get("unix", "0") or 0)
        if "format" in attributes:
            entity["date_time_format"] = attributes["format"]
    elif name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif name == "code" and outer[-1:] == ["pre"] and attributes.get("class", "").startswith("language-"):
        entity |= {"type": "pre", "language": attributes["class"].removeprefix("language-")}
    if name == "pre" and any(e["type"] == "pre" and (e["offset"], e["length"]) == (start, length) for e in entities):
        return
    entities.append(entity)


def _resolve(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0 < code < 0x110000 else f"&{name};"


def _plain(value: str) -> str:
    return _REFERENCE.sub(lambda match: _resolve(match[1]), value)


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _fail(text: str) -> Exception:
    return bad(f"can't parse entities: {text}")
