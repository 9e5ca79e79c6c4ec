"""The bytes of a CAP file, version 1.1 or 1.2 -> a message, with where each value stands.

What a message cannot do without, or says in a way that can be taken for something else, keeps the file from being
read. What is only out of order is read and noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast, get_args

from bot.exchange.cap import shapes
from bot.exchange.cap.elements import Elements, each, either
from bot.exchange.cap.model import (
    Alert,
    Area,
    CapFile,
    Category,
    Certainty,
    Info,
    MsgType,
    Pair,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    Version,
)
from bot.exchange.cap.tree import NAMESPACE, BadCap, Node, breaches, parsed
from bot.exchange.cap.writing import FOLLOWS

VERSIONS: dict[str, Version] = {NAMESPACE: "1.2", "urn:oasis:names:tc:emergency:cap:1.1": "1.1"}
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that cannot be read until the file is refused for it."""


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


class _Reader(Elements):
    """Reads one file."""

    def alert(self, node: Node) -> Alert:
        """The message of the outermost element.

        Raises:
            BadCap: it is no CAP message at all.
        """
        version = VERSIONS.get(node.namespace)
        if node.name != "alert" or version is None:
            raise BadCap(_no_alert(node), node.name, node.line)
        once = self.parts(node, "", node.namespace)
        infos = [child for child in node.children if child.name == "info" and child.namespace == node.namespace]
        made = Alert(
            identifier=self.name(once, "identifier"),
            sender=self.name(once, "sender"),
            sent=self.time(once, "sent", needed=True) or _NO_TIME,
            status=cast("Status", self.word(once, "status", get_args(Status))),
            msg_type=cast("MsgType", self.word(once, "msgType", get_args(MsgType))),
            scope=cast("Scope", self.word(once, "scope", get_args(Scope))),
            source=self.text(once, "source"),
            restriction=self.text(once, "restriction"),
            addresses=self.text(once, "addresses"),
            codes=tuple(text for _, text in self.texts(node, "", "code")),
            note=self.text(once, "note"),
            references=self.references(once),
            incidents=self.text(once, "incidents"),
            infos=tuple(self._info(child, f"info[{at}]", node.namespace) for at, child in enumerate(infos, 1)),
            version=version,
        )
        if made.msg_type in FOLLOWS and not made.references:
            self.note(
                "references", node.line, f"{made.msg_type} 消息没有指明是对哪一条，应有 references，对不上时请人工核对"
            )
        if not infos and made.msg_type in ("Alert", "Update"):
            self.note("info", node.line, "没有 info，应写明事件、级别和区域，请向发来的单位核实")
        return made

    def _info(self, node: Node, path: str, namespace: str) -> Info:
        once = self.parts(node, f"{path}/", namespace)
        categories = self.words(node, path, "category", get_args(Category))
        if not categories:
            self.fault(f"{path}/category", node.line, f"没有写，应为 {either(get_args(Category))}，请补上后重发")
        made = Info(
            event=self.text(once, "event", needed=True),
            urgency=cast("Urgency", self.word(once, "urgency", get_args(Urgency))),
            severity=cast("Severity", self.word(once, "severity", get_args(Severity))),
            certainty=cast("Certainty", self.word(once, "certainty", get_args(Certainty))),
            categories=cast("tuple[Category, ...]", categories),
            language=self.text(once, "language") or "en-US",
            response_types=cast(
                "tuple[ResponseType, ...]", self.words(node, path, "responseType", get_args(ResponseType))
            ),
            audience=self.text(once, "audience"),
            event_codes=self._pairs(node, path, "eventCode", namespace),
            effective=self.time(once, "effective"),
            onset=self.time(once, "onset"),
            expires=self.time(once, "expires"),
            sender_name=self.text(once, "senderName"),
            headline=self.text(once, "headline"),
            description=self.text(once, "description"),
            instruction=self.text(once, "instruction"),
            web=self.text(once, "web"),
            contact=self.text(once, "contact"),
            parameters=self._pairs(node, path, "parameter", namespace),
            resources=tuple(self._resource(child, where, namespace) for where, child in each(node, path, "resource")),
            areas=tuple(self._area(child, where, namespace) for where, child in each(node, path, "area")),
        )
        first = made.onset or made.effective
        if made.expires is not None and first is not None and made.expires < first:
            self.note(f"{path}/expires", once.line("expires"), "失效时间早于开始时间，照原文读，请向发来的单位核实")
        return made

    def _resource(self, node: Node, path: str, namespace: str) -> Resource:
        once = self.parts(node, f"{path}/", namespace)
        size = self.text(once, "size")
        if size and not re.fullmatch(r"\+?\d{1,12}", size):
            self.note(f"{path}/size", once.line("size"), f"“{size[:20]}”不是字节数，没有读")
        if "derefUri" in once.nodes:
            self.note(f"{path}/derefUri", once.line("derefUri"), "附件内容在文件里，没有读，只记了名称")
        return Resource(
            description=self.text(once, "resourceDesc", needed=True),
            mime_type=self.text(once, "mimeType", needed="mimeType" in _needed_of_version(namespace)),
            size=int(size) if re.fullmatch(r"\+?\d{1,12}", size) else None,
            uri=self.text(once, "uri"),
            digest=self.text(once, "digest"),
        )

    def _area(self, node: Node, path: str, namespace: str) -> Area:
        once = self.parts(node, f"{path}/", namespace)
        made = Area(
            description=self.text(once, "areaDesc", needed=True),
            polygons=tuple(text for _, text in self.texts(node, path, "polygon")),
            circles=tuple(text for _, text in self.texts(node, path, "circle")),
            geocodes=self._pairs(node, path, "geocode", namespace),
            altitude=self.text(once, "altitude"),
            ceiling=self.text(once, "ceiling"),
        )
        good = all(shapes.points(polygon) for polygon in made.polygons) and all(map(shapes.disc, made.circles))
        if not good:
            self.note(path, node.line, "有一处坐标读不出，应为“纬度,经度”，多边形首尾相同，照原文保留，区域以文字为准")
        return made

    def _pairs(self, node: Node, path: str, name: str, namespace: str) -> tuple[Pair, ...]:
        pairs = []
        for where, child in each(node, path, name):
            once = self.parts(child, f"{where}/", namespace)
            pairs.append(Pair(name=self.text(once, "valueName", needed=True), value=self.text(once, "value")))
        return tuple(pairs)


def _needed_of_version(namespace: str) -> Sequence[str]:
    return ("mimeType",) if VERSIONS[namespace] == "1.2" else ()


def _no_alert(node: Node) -> str:
    if node.name == "alert" and node.namespace.startswith("http://www.incident.com/cap/"):
        return "这是 CAP 1.0 文件，应为 CAP 1.2 或 1.1，请向发来的单位要新版的"
    if node.name == "alert":
        return f"命名空间是“{node.namespace[:60]}”，应为 {NAMESPACE}，请向发来的单位要标准的 CAP 1.2 文件"
    if node.name in ("feed", "rss", "EDXLDistribution"):
        return f"这是装有多条预警的 {node.name} 文件，应为单独一条 CAP 预警（alert），请只发其中一条"
    return f"这是 {node.name[:30]} 文件，应为 CAP 1.2 预警（最外层是 alert），请换成预警文件后重发"
