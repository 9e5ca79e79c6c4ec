"""An Atom feed (RFC 4287) in pages (RFC 5005), of documents that stand elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from plans.cells import legible

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
_NAMES = uuid.UUID("6f6c2d9e-8d0f-5a55-9c0a-0c6f1a3f5f0e")
"""In which our names become ids: the same for ever, wherever the feed stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One document: ``name`` is its own for ever, ``href`` where it stands and ``type`` what it is."""

    name: str
    title: str
    summary: str
    published: datetime
    href: str
    type: str
    category: str


def feed(
    name: str, title: str, author: str, links: Mapping[str, str], entries: Sequence[Entry], begun: datetime
) -> bytes:
    """Return a feed.

    Args:
        name: whose it is, for ever. links: addresses by their relation: ``self``, ``first``, ``next``, ``previous``.
        begun: since when there is the feed: its moment while nothing is in it.
    """
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _say(root, "id", _id(name))
    _say(root, "title", title)
    _say(root, "updated", _moment(max((entry.published for entry in entries), default=begun)))
    _say(ElementTree.SubElement(root, "author"), "name", author)
    _say(root, "generator", "Tocsin")
    for relation, href in links.items():
        ElementTree.SubElement(root, "link", {"rel": relation, "type": TYPE, "href": href})
    for entry in entries:
        item = ElementTree.SubElement(root, "entry")
        _say(item, "id", _id(entry.name))
        _say(item, "title", entry.title)
        _say(item, "updated", _moment(entry.published))
        _say(item, "published", _moment(entry.published))
        ElementTree.SubElement(item, "category", {"term": entry.category})
        ElementTree.SubElement(item, "link", {"rel": "alternate", "type": entry.type, "href": entry.href})
        _say(item, "summary", entry.summary)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = legible(text)


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMES, name)}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
