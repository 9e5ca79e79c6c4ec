"""Telegram's MarkdownV2 parse mode: every reserved character is markup or escaped, otherwise the message is refused."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.errors import bad
from bot.playground.text import units

_RESERVED = "_*[]()~`>#+-=|{}.!"
_PAIRS = (("__", "underline"), ("||", "spoiler"), ("_", "italic"), ("*", "bold"), ("~", "strikethrough"))


def parse_markdown(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities.

    Raises:
        ApiError: 400 "can't parse entities: …", as Telegram says it.
    """
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.at, self.length = source, 0, 0
        self.out: list[str] = []
        self.entities: list[dict[str, Any]] = []
        self.open: list[tuple[str, str, int, int]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.source):
            self._quote_line()
            self._step()
        self._end_quote()
        if self.open:
            _, kind, _, where = self.open[-1]
            raise self._fail(f"Can't find end of {kind.capitalize()} entity at byte offset {where}")
        return "".join(self.out), sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def _step(self) -> None:
        source, at = self.source, self.at
        if at >= len(source):
            return
        char = source[at]
        if char == "\\" and at + 1 < len(source) and ord(source[at + 1]) < 127:
            self._put(source[at + 1])
            self.at = at + 2
        elif char == "`":
            self._code()
        elif char == "]" and self.open and self.open[-1][0] == "[":
            self._end_link()
        elif char == "[" or source.startswith("![", at):
            self._begin("[", "text_link", 1 if char == "[" else 2)
        elif mark := next((m for m, _ in _PAIRS if source.startswith(m, at)), None):
            if self.open and self.open[-1][0] == mark:
                _, kind, start, _ = self.open.pop()
                self._entity(kind, start)
                self.at += len(mark)
            else:
                self._begin(mark, dict(_PAIRS)[mark], len(mark))
        elif char in _RESERVED:
            raise self._fail(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        else:
            self._put(char)
            self.at += 1

    def _quote_line(self) -> None:
        fresh = self.at == 0 or self.source[self.at - 1] == "\n"
        if not fresh:
            return
        inside = bool(self.open) and self.open[0][1] == "blockquote"
        if self.source.startswith(">", self.at):
            if not inside and not self.open:
                self.open.append((">", "blockquote", self.length, self._byte(self.at)))
                inside = True
            if inside:
                self.at += 1
        elif inside:
            self._end_quote()

    def _end_quote(self) -> None:
        if self.open and self.open[-1][1] == "blockquote":
            _, kind, start, _ = self.open.pop()
            self._entity(kind, start)

    def _begin(self, mark: str, kind: str, width: int) -> None:
        self.open.append((mark, kind, self.length, self._byte(self.at)))
        self.at += width

    def _end_link(self) -> None:
        _, _, start, where = self.open.pop()
        match = re.match(r"\]\(((?:\\.|[^)\\])*)\)", self.source[self.at :], re.DOTALL)
        if not match:
            raise self._fail(f"Can't find end of a URL at byte offset {where}")
        link = re.sub(r"\\(.)", r"\1", match[1])
        self.at += match.end()
        if user := re.fullmatch(r"tg://user\?id=(\d+)", link):
            self._entity("text_mention", start, user=int(user[1]))
        elif emoji := re.fullmatch(r"tg://emoji\?id=(\d+)", link):
            self._entity("custom_emoji", start, custom_emoji_id=emoji[1])
        elif "." in link or "://" in link:
            self._entity("text_link", start, url=link)

    def _code(self) -> None:
        fence = "```" if self.source.startswith("```", self.at) else "`"
        where, start = self._byte(self.at), self.length
        self.at += len(fence)
        language = None
        if fence == "```" and (match := re.match(r"([a-zA-Z0-9+#-]*)\n", self.source[self.at :])):
            language = match[1] or None
            self.at += match.end()
        while not self.source.startswith(fence, self.at):
            if self.at >= len(self.source):
                kind = "Pre" if fence == "```" else "Code"
                raise self._fail(f"Can't find end of {kind} entity at byte offset {where}")
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            self._put(self.source[self.at])
            self.at += 1
        self.at += len(fence)
        extra = {"language": language} if language else {}
        self._entity("pre" if fence == "```" else "code", start, **extra)

    def _entity(self, kind: str, start: int, **extra: Any) -> None:
        if self.length > start:
            self.entities.append({"type": kind, "offset": start, "length": self.length - start, **extra})

    def _put(self, char: str) -> None:
        self.out.append(char)
        self.length += units(char)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _fail(self, text: str) -> Exception:
        return bad(f"can't parse entities: {text}")
