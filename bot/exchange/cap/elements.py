"""The elements of a CAP file one by one: words, names and times of the standard, with what is wrong gathered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.exchange.cap.model import Place, Reference
from bot.exchange.cap.tree import MOST_TEXT, Node
from bot.exchange.cap.writing import IN_A_NAME

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d\Z")
_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"

_ALERT = (
    *("identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "note"),
    *("references", "incidents"),
)
_INFO = (
    *("language", "event", "urgency", "severity", "certainty", "audience", "effective", "onset", "expires"),
    *("senderName", "headline", "description", "instruction", "web", "contact"),
)
_RESOURCE = ("resourceDesc", "mimeType", "size", "uri", "derefUri", "digest")
_AREA = ("areaDesc", "altitude", "ceiling")
_ONCE = {
    "alert": _ALERT, "info": _INFO, "resource": _RESOURCE, "area": _AREA,
    **dict.fromkeys(("eventCode", "parameter", "geocode"), ("valueName", "value")),
}  # fmt: skip
"""Element -> its children that stand at most once."""
_OFTEN = {
    "alert": ("code", "info"),
    "info": ("category", "responseType", "eventCode", "parameter", "resource", "area"),
    "area": ("polygon", "circle", "geocode"),
}
_LONG = ("derefUri",)
"""Elements that hold a whole file, which is not read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file; what is not fatal is noted."""

    path: str
    line: int
    text: str
    fatal: bool

    @property
    def sentence(self) -> str:
        """Where it is, and what."""
        where = f"第{self.line}行 {self.path}" if self.line else self.path
        return f"{where}：{self.text}"


@dataclass(frozen=True, slots=True)
class Once:
    """The children of an element that stand at most once."""

    nodes: dict[str, Node]
    prefix: str
    parent_line: int

    def line(self, name: str) -> int:
        """Where an element stands, or the one that it is missing from."""
        return self.nodes[name].line if name in self.nodes else self.parent_line


class Elements:
    """Reads elements; what is wrong is gathered in `faults`, and a stand-in takes the place of what cannot be read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.places: dict[str, Place] = {}

    def parts(self, node: Node, prefix: str, namespace: str) -> Once:
        """The children of an element that stand at most once; what else there is, is noted."""
        once, often = _ONCE[node.name], _OFTEN.get(node.name, ())
        found: dict[str, Node] = {}
        for child in node.children:
            path = f"{prefix}{child.name}"
            if child.namespace == _SIGNATURE:
                self.note(child.name, child.line, "带有数字签名，没有核验；是谁发的请以来源为准")
            elif child.namespace != namespace or child.name not in (*once, *often):
                self.note(path, child.line, "不是 CAP 的内容，没有读")
            elif child.name in found:
                self.fault(path, child.line, "写了两次，应只有一个，不知以哪个为准，请删去一个后重发")
            elif child.name in once:
                found[child.name] = child
        return Once(found, prefix, node.line)

    def text(self, once: Once, name: str, needed: bool = False) -> str:
        """The words of an element that stands at most once; empty where it is not there."""
        node = once.nodes.get(name)
        if node is None or (needed and not node.text):
            if needed:
                self.fault(f"{once.prefix}{name}", once.line(name), "没有写，应写明这一项，请补上后重发")
            return ""
        return self.kept(node, f"{once.prefix}{name}")

    def kept(self, node: Node, path: str) -> str:
        """The words of an element, with their place taken down."""
        if node.name in _LONG:
            return ""
        if len(node.text) > MOST_TEXT:
            self.fault(path, node.line, f"有{len(node.text)}字，应在{MOST_TEXT}字以内，请缩短后重发")
            return ""
        if node.children:
            self.fault(path, node.line, "里面还有别的元素，应只是文字，请改正后重发")
        if node.text:
            self.places[path] = Place(line=node.line, words=node.text)
        return node.text

    def texts(self, node: Node, path: str, name: str) -> Sequence[tuple[Node, str]]:
        """The words of each element of a name."""
        return [(child, self.kept(child, where)) for where, child in each(node, path, name)]

    def name(self, once: Once, name: str) -> str:
        """An identifier or a sender."""
        text = self.text(once, name, needed=True)
        if text and not IN_A_NAME.match(text):
            self.fault(
                f"{once.prefix}{name}", once.line(name), f"“{text[:40]}”里有空格、逗号、< 或 &，标准不许，请改正后重发"
            )
        return text

    def word(self, once: Once, name: str, words: Sequence[str]) -> str:
        """One of the words that the standard knows; a stand-in where it is none."""
        text = self.text(once, name, needed=True)
        if text and text not in words:
            self.fault(f"{once.prefix}{name}", once.line(name), _wrong_word(text, words))
        return text if text in words else words[-1]

    def words(self, node: Node, path: str, name: str, words: Sequence[str]) -> tuple[str, ...]:
        """Those of the elements of a name that the standard knows."""
        found = []
        for child, text in self.texts(node, path, name):
            if text in words:
                found.append(text)
            else:
                self.fault(f"{path}/{name}", child.line, _wrong_word(text, words))
        return tuple(found)

    def time(self, once: Once, name: str, needed: bool = False) -> datetime | None:
        """A time; None where there is none or it cannot be read."""
        text = self.text(once, name, needed=needed)
        if not text:
            return None
        path, line = f"{once.prefix}{name}", once.line(name)
        at = _moment(text)
        if at is None:
            self.fault(path, line, f"“{text[:40]}”不是时间，应如 2026-07-09T13:05:00+08:00（带时区），请改正后重发")
        elif not _TIME.match(text):
            self.note(path, line, f"“{text[:40]}”的写法不合标准，按 {at.isoformat(timespec='seconds')} 读")
        return at

    def references(self, once: Once) -> tuple[Reference, ...]:
        """The messages that this one is about, earliest first."""
        found = []
        for words in self.text(once, "references").split():
            parts = words.split(",")
            at = _moment(parts[2]) if len(parts) == 3 else None
            if at is None or not all(parts):
                path, line = f"{once.prefix}references", once.line("references")
                self.fault(path, line, f"“{words[:60]}”应为“发送者,编号,时间”，三样用逗号隔开，请改正后重发")
                break
            found.append(Reference(sender=parts[0], identifier=parts[1], sent=at))
        return tuple(sorted(found, key=lambda reference: reference.sent))

    def fault(self, path: str, line: int, text: str) -> None:
        """Take down what keeps the file from being read."""
        self.faults.append(Fault(path, line, text, True))

    def note(self, path: str, line: int, text: str) -> None:
        """Take down what is out of order, and read all the same."""
        self.faults.append(Fault(path, line, text, False))


def each(node: Node, path: str, name: str) -> Iterable[tuple[str, Node]]:
    """The children of a name, each with its path."""
    of_name = (child for child in node.children if child.name == name and child.namespace == node.namespace)
    return [(f"{path}/{name}[{at}]".removeprefix("/"), child) for at, child in enumerate(of_name, 1)]


def _moment(text: str) -> datetime | None:
    """A time with its zone; None where it is none, or names no zone."""
    try:
        at: Any = datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text) else None
        return at if at is not None and at.tzinfo is not None and 1970 < at.year < 2200 else None
    except ValueError:
        return None


def either(words: Sequence[str]) -> str:
    """Words as a choice: A、B 或 C."""
    return f"{'、'.join(words[:-1])} 或 {words[-1]}"


def _wrong_word(text: str, words: Sequence[str]) -> str:
    return f"写的是“{text[:40]}”，应为 {either(words)}，请改正后重发"
