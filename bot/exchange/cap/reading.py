"""The bytes of a CAP file, version 1.1 or 1.2 -> a message, with where each value stands.

What a message cannot do without, or says in a way that can be taken for something else, keeps the file from being
read. What is only out of order is read and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast, get_args

from bot.exchange.cap import shapes
from bot.exchange.cap.model import (
    Alert,
    Area,
    CapFile,
    Category,
    Certainty,
    Info,
    MsgType,
    Pair,
    Place,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    Version,
)
from bot.exchange.cap.tree import MOST_TEXT, NAMESPACE, BadCap, Node, breaches, parsed
from bot.exchange.cap.writing import FOLLOWS, IN_A_NAME

_VERSIONS: dict[str, Version] = {NAMESPACE: "1.2", "urn:oasis:names:tc:emergency:cap:1.1": "1.1"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d\Z")
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that cannot be read until the file is refused for it."""
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
class _Fault:
    path: str
    line: int
    text: str
    fatal: bool

    @property
    def sentence(self) -> str:
        where = f"第{self.line}行 {self.path}" if self.line else self.path
        return f"{where}：{self.text}"


def taken_in(content: bytes) -> CapFile:
    """Return the message of a file.

    Raises:
        BadCap: the file cannot be read; one sentence: what is wrong, what was expected, what to do.
    """
    reader = _Reader()
    alert = reader.alert(parsed(content))
    fatal = next((fault for fault in reader.faults if fault.fatal), None)
    if fatal is not None:
        raise BadCap(fatal.sentence, fatal.path, fatal.line)
    return CapFile(alert=alert, places=reader.places, notes=tuple(fault.sentence for fault in reader.faults))


def faults(content: bytes) -> tuple[str, ...]:
    """Return all that is wrong with a file, a sentence each; empty when it is valid CAP."""
    reader = _Reader()
    try:
        top = parsed(content)
        reader.alert(top)
    except BadCap as problem:
        return (str(problem),)
    sentences = [fault.sentence for fault in sorted(reader.faults, key=lambda fault: fault.line)]
    told = {fault.line for fault in reader.faults}
    if top.namespace == NAMESPACE:
        sentences += [
            f"第{breach.line}行 {breach.element}：位置、次数或内容不合 OASIS CAP 1.2 的规定，请对照标准改正"
            for breach in breaches(content)
            if breach.line not in told
        ]
    return tuple(sentences)


class _Reader:
    """Reads one file; what is wrong is gathered in `faults`, and a stand-in takes the place of what cannot be read."""

    def __init__(self) -> None:
        self.faults: list[_Fault] = []
        self.places: dict[str, Place] = {}

    def alert(self, node: Node) -> Alert:
        """The message of the outermost element.

        Raises:
            BadCap: it is no CAP message at all.
        """
        version = _VERSIONS.get(node.namespace)
        if node.name != "alert" or version is None:
            raise BadCap(_no_alert(node), node.name, node.line)
        once = self._parts(node, "", node.namespace)
        infos = [child for child in node.children if child.name == "info" and child.namespace == node.namespace]
        made = Alert(
            identifier=self._name(once, "identifier"),
            sender=self._name(once, "sender"),
            sent=self._time(once, "sent", needed=True) or _NO_TIME,
            status=cast("Status", self._word(once, "status", get_args(Status))),
            msg_type=cast("MsgType", self._word(once, "msgType", get_args(MsgType))),
            scope=cast("Scope", self._word(once, "scope", get_args(Scope))),
            source=self._text(once, "source"),
            restriction=self._text(once, "restriction"),
            addresses=self._text(once, "addresses"),
            codes=tuple(text for _, text in self._texts(node, "", "code")),
            note=self._text(once, "note"),
            references=self._references(once),
            incidents=self._text(once, "incidents"),
            infos=tuple(self._info(child, f"info[{at}]", node.namespace) for at, child in enumerate(infos, 1)),
            version=version,
        )
        if made.msg_type in FOLLOWS and not made.references:
            self._note(
                "references", node.line, f"{made.msg_type} 消息没有指明是对哪一条，应有 references，对不上时请人工核对"
            )
        if not infos and made.msg_type in ("Alert", "Update"):
            self._note("info", node.line, "没有 info，应写明事件、级别和区域，请向发来的单位核实")
        return made

    def _info(self, node: Node, path: str, namespace: str) -> Info:
        once = self._parts(node, f"{path}/", namespace)
        categories = self._words(node, path, "category", get_args(Category))
        if not categories:
            self._fault(f"{path}/category", node.line, f"没有写，应为 {_either(get_args(Category))}，请补上后重发")
        made = Info(
            event=self._text(once, "event", needed=True),
            urgency=cast("Urgency", self._word(once, "urgency", get_args(Urgency))),
            severity=cast("Severity", self._word(once, "severity", get_args(Severity))),
            certainty=cast("Certainty", self._word(once, "certainty", get_args(Certainty))),
            categories=cast("tuple[Category, ...]", categories),
            language=self._text(once, "language") or "en-US",
            response_types=cast(
                "tuple[ResponseType, ...]", self._words(node, path, "responseType", get_args(ResponseType))
            ),
            audience=self._text(once, "audience"),
            event_codes=self._pairs(node, path, "eventCode", namespace),
            effective=self._time(once, "effective"),
            onset=self._time(once, "onset"),
            expires=self._time(once, "expires"),
            sender_name=self._text(once, "senderName"),
            headline=self._text(once, "headline"),
            description=self._text(once, "description"),
            instruction=self._text(once, "instruction"),
            web=self._text(once, "web"),
            contact=self._text(once, "contact"),
            parameters=self._pairs(node, path, "parameter", namespace),
            resources=tuple(self._resource(child, where, namespace) for where, child in _each(node, path, "resource")),
            areas=tuple(self._area(child, where, namespace) for where, child in _each(node, path, "area")),
        )
        first = made.onset or made.effective
        if made.expires is not None and first is not None and made.expires < first:
            self._note(f"{path}/expires", once.line("expires"), "失效时间早于开始时间，照原文读，请向发来的单位核实")
        return made

    def _resource(self, node: Node, path: str, namespace: str) -> Resource:
        once = self._parts(node, f"{path}/", namespace)
        size = self._text(once, "size")
        if size and not re.fullmatch(r"\+?\d{1,12}", size):
            self._note(f"{path}/size", once.line("size"), f"“{size[:20]}”不是字节数，没有读")
        if "derefUri" in once.nodes:
            self._note(f"{path}/derefUri", once.line("derefUri"), "附件内容在文件里，没有读，只记了名称")
        return Resource(
            description=self._text(once, "resourceDesc", needed=True),
            mime_type=self._text(once, "mimeType", needed="mimeType" in _needed_of_version(namespace)),
            size=int(size) if re.fullmatch(r"\+?\d{1,12}", size) else None,
            uri=self._text(once, "uri"),
            digest=self._text(once, "digest"),
        )

    def _area(self, node: Node, path: str, namespace: str) -> Area:
        once = self._parts(node, f"{path}/", namespace)
        made = Area(
            description=self._text(once, "areaDesc", needed=True),
            polygons=tuple(text for _, text in self._texts(node, path, "polygon")),
            circles=tuple(text for _, text in self._texts(node, path, "circle")),
            geocodes=self._pairs(node, path, "geocode", namespace),
            altitude=self._text(once, "altitude"),
            ceiling=self._text(once, "ceiling"),
        )
        good = all(shapes.points(polygon) for polygon in made.polygons) and all(map(shapes.disc, made.circles))
        if not good:
            self._note(path, node.line, "有一处坐标读不出，应为“纬度,经度”，多边形首尾相同，照原文保留，区域以文字为准")
        return made

    def _pairs(self, node: Node, path: str, name: str, namespace: str) -> tuple[Pair, ...]:
        pairs = []
        for where, child in _each(node, path, name):
            once = self._parts(child, f"{where}/", namespace)
            pairs.append(Pair(name=self._text(once, "valueName", needed=True), value=self._text(once, "value")))
        return tuple(pairs)

    # ------------------------------------------------------------------------------------------------------ one value

    def _parts(self, node: Node, prefix: str, namespace: str) -> _Once:
        """The children of an element that stand at most once; what else there is, is noted."""
        once, often = _ONCE[node.name], _OFTEN.get(node.name, ())
        found: dict[str, Node] = {}
        for child in node.children:
            path = f"{prefix}{child.name}"
            if child.namespace == _SIGNATURE:
                self._note(child.name, child.line, "带有数字签名，没有核验；是谁发的请以来源为准")
            elif child.namespace != namespace or child.name not in (*once, *often):
                self._note(path, child.line, "不是 CAP 的内容，没有读")
            elif child.name in found:
                self._fault(path, child.line, "写了两次，应只有一个，不知以哪个为准，请删去一个后重发")
            elif child.name in once:
                found[child.name] = child
        return _Once(found, prefix, node.line)

    def _text(self, once: _Once, name: str, needed: bool = False) -> str:
        node = once.nodes.get(name)
        if node is None or (needed and not node.text):
            if needed:
                self._fault(f"{once.prefix}{name}", once.line(name), "没有写，应写明这一项，请补上后重发")
            return ""
        return self._kept(node, f"{once.prefix}{name}")

    def _kept(self, node: Node, path: str) -> str:
        if node.name in _LONG:
            return ""
        if len(node.text) > MOST_TEXT:
            self._fault(path, node.line, f"有{len(node.text)}字，应在{MOST_TEXT}字以内，请缩短后重发")
            return ""
        if node.children:
            self._fault(path, node.line, "里面还有别的元素，应只是文字，请改正后重发")
        if node.text:
            self.places[path] = Place(line=node.line, words=node.text)
        return node.text

    def _texts(self, node: Node, path: str, name: str) -> Sequence[tuple[Node, str]]:
        return [(child, self._kept(child, where)) for where, child in _each(node, path, name)]

    def _name(self, once: _Once, name: str) -> str:
        text = self._text(once, name, needed=True)
        if text and not IN_A_NAME.match(text):
            self._fault(
                f"{once.prefix}{name}", once.line(name), f"“{text[:40]}”里有空格、逗号、< 或 &，标准不许，请改正后重发"
            )
        return text

    def _word(self, once: _Once, name: str, words: Sequence[str]) -> str:
        text = self._text(once, name, needed=True)
        if text and text not in words:
            self._fault(f"{once.prefix}{name}", once.line(name), _wrong_word(text, words))
        return text if text in words else words[-1]

    def _words(self, node: Node, path: str, name: str, words: Sequence[str]) -> tuple[str, ...]:
        found = []
        for child, text in self._texts(node, path, name):
            if text in words:
                found.append(text)
            else:
                self._fault(f"{path}/{name}", child.line, _wrong_word(text, words))
        return tuple(found)

    def _time(self, once: _Once, name: str, needed: bool = False) -> datetime | None:
        text = self._text(once, name, needed=needed)
        if not text:
            return None
        path, line = f"{once.prefix}{name}", once.line(name)
        at = _moment(text)
        if at is None:
            self._fault(path, line, f"“{text[:40]}”不是时间，应如 2026-07-09T13:05:00+08:00（带时区），请改正后重发")
        elif not _TIME.match(text):
            self._note(path, line, f"“{text[:40]}”的写法不合标准，按 {at.isoformat(timespec='seconds')} 读")
        return at

    def _references(self, once: _Once) -> tuple[Reference, ...]:
        found = []
        for words in self._text(once, "references").split():
            parts = words.split(",")
            at = _moment(parts[2]) if len(parts) == 3 else None
            if at is None or not all(parts):
                path, line = f"{once.prefix}references", once.line("references")
                self._fault(path, line, f"“{words[:60]}”应为“发送者,编号,时间”，三样用逗号隔开，请改正后重发")
                break
            found.append(Reference(sender=parts[0], identifier=parts[1], sent=at))
        return tuple(sorted(found, key=lambda reference: reference.sent))

    def _fault(self, path: str, line: int, text: str) -> None:
        self.faults.append(_Fault(path, line, text, True))

    def _note(self, path: str, line: int, text: str) -> None:
        self.faults.append(_Fault(path, line, text, False))


@dataclass(frozen=True, slots=True)
class _Once:
    nodes: dict[str, Node]
    prefix: str
    parent_line: int

    def line(self, name: str) -> int:
        return self.nodes[name].line if name in self.nodes else self.parent_line


def _each(node: Node, path: str, name: str) -> Iterable[tuple[str, Node]]:
    of_name = (child for child in node.children if child.name == name and child.namespace == node.namespace)
    return [(f"{path}/{name}[{at}]".removeprefix("/"), child) for at, child in enumerate(of_name, 1)]


def _needed_of_version(namespace: str) -> Sequence[str]:
    return ("mimeType",) if _VERSIONS[namespace] == "1.2" else ()


def _moment(text: str) -> datetime | None:
    """A time with its zone; None where it is none, or names no zone."""
    try:
        at: Any = datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text) else None
        return at if at is not None and at.tzinfo is not None and 1970 < at.year < 2200 else None
    except ValueError:
        return None


def _either(words: Sequence[str]) -> str:
    return f"{'、'.join(words[:-1])} 或 {words[-1]}"


def _wrong_word(text: str, words: Sequence[str]) -> str:
    return f"写的是“{text[:40]}”，应为 {_either(words)}，请改正后重发"


def _no_alert(node: Node) -> str:
    if node.name == "alert" and node.namespace.startswith("http://www.incident.com/cap/"):
        return "这是 CAP 1.0 文件，应为 CAP 1.2 或 1.1，请向发来的单位要新版的"
    if node.name == "alert":
        return f"命名空间是“{node.namespace[:60]}”，应为 {NAMESPACE}，请向发来的单位要标准的 CAP 1.2 文件"
    if node.name in ("feed", "rss", "EDXLDistribution"):
        return f"这是装有多条预警的 {node.name} 文件，应为单独一条 CAP 预警（alert），请只发其中一条"
    return f"这是 {node.name[:30]} 文件，应为 CAP 1.2 预警（最外层是 alert），请换成预警文件后重发"
