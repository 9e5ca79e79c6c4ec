"""XML in and out: entities, DTDs and the network are off, and what costs too much is refused before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.exchange.tables import BadFile

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

MOST_BYTES = 1_000_000
MOST_ELEMENTS = 20_000
MOST_DEPTH = 60
MOST_TEXT = 20_000
"""Characters of one value."""

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SCHEMA = Path(__file__).parent / "CAP-v1.2.xsd"

_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936"), "gb18030"),
    **dict.fromkeys(("us-ascii", "ascii"), "ascii"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-16"),
}
"""The name that a file gives itself -> the codec it is read with; others are refused."""


class BadCap(BadFile):
    """A file that is no CAP message, or a spoilt one: what is wrong, what was expected, what to do.

    Args:
        path: of the element, empty where it is the file as a whole.
        line: where it stands, 0 where that is unknown.
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.path, self.line = path, line


@dataclass(slots=True)
class Node:
    """An element: its name without the namespace, its text, and its children in order."""

    name: str
    text: str = ""
    children: list[Node] = field(default_factory=list)
    namespace: str = NAMESPACE
    line: int = 0


def parsed(content: bytes) -> Node:
    """Return the tree of a file.

    Raises:
        BadCap: too large, not XML, in a foreign encoding, with a DTD or entities, or too deep.
    """
    return _node(_root(content))


def _root(content: bytes) -> _Element:
    from lxml import etree

    text = _decoded(content)
    declaration = _DECLARATION.match(text)
    # Blanks in its place: lines stay what they are in the file.
    body = re.sub(r"[^\n]", " ", declaration[0]) + text[declaration.end() :] if declaration else text
    if not body.lstrip().startswith("<"):
        raise BadCap("这不是 XML 文件，应为 CAP 1.2 预警文件（.xml），请向发来的单位要原文件")
    if (found := re.search(r"<!(?:DOCTYPE|ENTITY)", body, re.I)) is not None:
        line = body.count("\n", 0, found.start()) + 1
        raise BadCap(
            f"第{line}行有 DTD 或实体定义（{found[0]}），CAP 文件不该有，没有读；请让发来的单位去掉后重发", "", line
        )
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, attribute_defaults=False, no_network=True,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(body.encode(), parser)
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 0
        raise BadCap(f"第{line}行起不是完好的 XML，可能没有传完或被改动；请让发来的单位重发原文件", "", line) from None


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadCap(
            f"文件太大（{len(content) // 1000}KB），预警文件应在{MOST_BYTES // 1000}KB以内，请去掉附件内容后重发"
        )
    if not content.strip():
        raise BadCap("文件是空的，应为 CAP 1.2 预警文件（.xml），请重新发一次")
    marked = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    named = declared[1].decode().lower() if declared else "utf-8"
    encoding = marked or _ENCODINGS.get(named, "")
    if not encoding or (encoding == "utf-16") != bool(marked):
        raise BadCap(f"文件自称的编码是 {named[:20]}，应为 UTF-8 或 GB18030，请另存为 UTF-8 后重发")
    if encoding == "gb18030" and _is_utf8(content):
        raise BadCap("文件自称的编码是国标，实际是 UTF-8，为免读成乱码没有读，请把 encoding 改为 UTF-8 后重发")
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise BadCap("文字编码与文件自称的不符，读不出，应为 UTF-8，请另存为 UTF-8 后重发") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_utf8(content: bytes) -> bool:
    try:
        return max(content.decode(), default="") >= "\u0800"
    except UnicodeDecodeError:
        return False


def _node(root: _Element) -> Node:
    """The tree as plain data, made without recursion."""
    top = _plain(root)
    waiting, count = [(root, top, 1)], 0
    while waiting:
        element, node, depth = waiting.pop()
        for child in element:
            count += 1
            if depth > MOST_DEPTH or count > MOST_ELEMENTS:
                raise BadCap("文件层次太深或内容太多，不像 CAP 预警文件，没有读；请向发来的单位要原文件", "", node.line)
            made = _plain(child)
            node.children.append(made)
            waiting.append((child, made, depth + 1))
    return top


def _plain(element: _Element) -> Node:
    if not isinstance(element.tag, str):  # an entity that was not resolved
        raise BadCap(f"第{element.sourceline or 0}行用了实体引用，CAP 文件不该有，没有读；请让发来的单位去掉后重发")
    namespace, _, name = element.tag.rpartition("}")
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    return Node(name, text.strip(), [], namespace.removeprefix("{"), element.sourceline or 0)


def serialised(node: Node) -> bytes:
    """Return a tree as a file, UTF-8."""
    from lxml import etree

    root = etree.Element(f"{{{node.namespace}}}{node.name}", nsmap={None: node.namespace})
    _fill(root, node)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _fill(element: _Element, node: Node) -> None:
    from lxml import etree

    if node.text:
        element.text = node.text
    for child in node.children:
        _fill(etree.SubElement(element, f"{{{child.namespace}}}{child.name}"), child)


@lru_cache(maxsize=1)
def _schema() -> XMLSchema:
    from lxml import etree

    return etree.XMLSchema(etree.parse(SCHEMA, etree.XMLParser(no_network=True, resolve_entities=False)))


@dataclass(frozen=True, slots=True)
class Breach:
    """A place at which a file does not keep to the schema."""

    line: int
    element: str


def breaches(content: bytes) -> Sequence[Breach]:
    """Return where a file does not keep to the OASIS schema of CAP 1.2; none: it is valid.

    Raises:
        BadCap: as :func:`parsed`.
    """
    schema = _schema()
    if schema.validate(_root(content)):
        return ()
    return tuple(_breaches(schema))


def _breaches(schema: XMLSchema) -> Iterator[Breach]:
    seen = set()
    for entry in schema.error_log:
        found = re.search(r"\{urn:oasis[^}]*\}(\w+)", entry.message)
        breach = Breach(entry.line, found[1] if found else "alert")
        if breach not in seen:
            seen.add(breach)
            yield breach
