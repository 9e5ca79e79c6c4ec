"""A message -> the bytes of a CAP 1.2 file that is valid against the OASIS schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import get_args

from bot.exchange.cap import shapes
from bot.exchange.cap.model import (
    Alert,
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    Pair,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from bot.exchange.cap.tree import Node, serialised
from plans.cells import legible
from plans.intake.reading import SHANGHAI

IN_A_NAME = re.compile(r"[^\s,<&]+\Z")
"""What an identifier and a sender are made of."""

FOLLOWS = ("Update", "Cancel", "Ack", "Error")
"""Types of message that are about an earlier one."""


def written(alert: Alert) -> bytes:
    """Return a message as a CAP 1.2 file.

    Raises:
        ValueError: the message cannot be said in CAP 1.2; which element, and why.
    """
    _check(alert)
    return serialised(Node("alert", children=list(_alert(alert))))


def moment(at: datetime) -> str:
    """Return a time as CAP writes it, at +08:00 and in whole seconds."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _alert(alert: Alert) -> Iterator[Node]:
    yield from _texts(identifier=alert.identifier, sender=alert.sender, sent=moment(alert.sent))
    yield from _texts(status=alert.status, msgType=alert.msg_type, source=alert.source, scope=alert.scope)
    yield from _texts(restriction=alert.restriction, addresses=alert.addresses)
    yield from (Node("code", _text(code)) for code in alert.codes)
    yield from _texts(note=alert.note, references=" ".join(_reference(item) for item in alert.references))
    yield from _texts(incidents=alert.incidents)
    yield from (Node("info", children=list(_info(info))) for info in alert.infos)


def _info(info: Info) -> Iterator[Node]:
    yield from _texts(language=info.language)
    yield from (Node("category", category) for category in info.categories)
    yield Node("event", _text(info.event))
    yield from (Node("responseType", response) for response in info.response_types)
    yield from _texts(urgency=info.urgency, severity=info.severity, certainty=info.certainty, audience=info.audience)
    yield from _pairs("eventCode", info.event_codes)
    for name, at in (("effective", info.effective), ("onset", info.onset), ("expires", info.expires)):
        if at is not None:
            yield Node(name, moment(at))
    yield from _texts(senderName=info.sender_name, headline=info.headline, description=info.description)
    yield from _texts(instruction=info.instruction, web=info.web, contact=info.contact)
    yield from _pairs("parameter", info.parameters)
    yield from (Node("resource", children=list(_resource(resource))) for resource in info.resources)
    yield from (Node("area", children=list(_area(area))) for area in info.areas)


def _resource(resource: Resource) -> Iterator[Node]:
    yield Node("resourceDesc", _text(resource.description))
    yield Node("mimeType", _text(resource.mime_type))
    yield from _texts(
        size="" if resource.size is None else str(resource.size), uri=resource.uri, digest=resource.digest
    )


def _area(area: Area) -> Iterator[Node]:
    yield Node("areaDesc", _text(area.description))
    yield from (Node("polygon", _text(polygon)) for polygon in area.polygons)
    yield from (Node("circle", _text(circle)) for circle in area.circles)
    yield from _pairs("geocode", area.geocodes)
    yield from _texts(altitude=area.altitude, ceiling=area.ceiling)


def _texts(**texts: str) -> Iterator[Node]:
    """An element for each text that is there, in the order of the arguments."""
    yield from (Node(name, _text(text)) for name, text in texts.items() if text)


def _pairs(name: str, pairs: Iterable[Pair]) -> Iterator[Node]:
    for pair in pairs:
        yield Node(name, children=[Node("valueName", _text(pair.name)), Node("value", _text(pair.value))])


def _text(text: str) -> str:
    return legible(text).strip()


def _reference(reference: Reference) -> str:
    return f"{reference.sender},{reference.identifier},{moment(reference.sent)}"


_WORDS = {
    "status": get_args(Status), "msgType": get_args(MsgType), "scope": get_args(Scope),
    "category": get_args(Category), "responseType": get_args(ResponseType), "urgency": get_args(Urgency),
    "severity": get_args(Severity), "certainty": get_args(Certainty),
}  # fmt: skip
"""Element -> the words that it may hold."""


def _check(alert: Alert) -> None:
    for reference in (alert.reference, *alert.references):
        _named("sender", reference.sender)
        _named("identifier", reference.identifier)
        _aware("sent", reference.sent)
    if alert.msg_type in FOLLOWS and not alert.references:
        raise ValueError(f"references: a message of type {alert.msg_type} is about an earlier one")
    _chosen("status", alert.status)
    _chosen("msgType", alert.msg_type)
    _chosen("scope", alert.scope)
    for info in alert.infos:
        _check_info(info)


def _check_info(info: Info) -> None:
    if not info.categories or not _text(info.event):
        raise ValueError("info: category and event are wanted")
    if not re.fullmatch(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", info.language):
        raise ValueError(f"language: {info.language!r} is no tag of a language")
    for name, words in (("category", info.categories), ("responseType", info.response_types)):
        for word in words:
            _chosen(name, word)
    _chosen("urgency", info.urgency)
    _chosen("severity", info.severity)
    _chosen("certainty", info.certainty)
    for name, at in (("effective", info.effective), ("onset", info.onset), ("expires", info.expires)):
        if at is not None:
            _aware(name, at)
    for area in info.areas:
        if not _text(area.description):
            raise ValueError("areaDesc: is empty")
        if any(shapes.points(polygon) is None for polygon in area.polygons):
            raise ValueError(f"polygon of {area.description!r}: four corners or more, the last is the first")
        if any(shapes.disc(circle) is None for circle in area.circles):
            raise ValueError(f"circle of {area.description!r}: latitude,longitude and a radius")


def _chosen(name: str, word: str) -> None:
    if word not in _WORDS[name]:
        raise ValueError(f"{name}: {word!r} is none of {', '.join(_WORDS[name])}")


def _named(name: str, text: str) -> None:
    if not IN_A_NAME.match(text) or text != legible(text):
        raise ValueError(f"{name}: {text!r} must not be empty or hold white space, commas, < or &")


def _aware(name: str, at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError(f"{name}: {at} has no time zone")
