"""Address-book cards (vCard 2.1 to 4.0) as a telephone or a mail program exports them, read into names and numbers.

Of a card only names and telephones are looked at, so that a photo, an unknown property or a spoilt one does not keep
its number from being read.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.exchange.tables import MOST_BYTES, MOST_ROWS, BadFile, charset_of
from plans.cells import plain

FAX = "传真"

_LINE = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:\"[^\"]*\"|[^:;\"])*)*):(?P<value>.*)", re.S
)
_PARAM = re.compile(r";\s*((?:\"[^\"]*\"|[^;\"])*)")
_FAX = re.compile(r"FAX|传真|FACSIMILE", re.I)
_WORD_OF_FAX = re.compile(r"[\s（(\-—·:：]*(?:传真|fax)(?:号码?|机)?[）)]?\s*\Z", re.I)
_CUT = re.compile(r"=[0-9A-Fa-f]?\Z")


class Listed(NamedTuple):
    """A number on a card."""

    name: str
    number: str
    kind: str


class _Property(NamedTuple):
    """A line of a card; ``types`` are its TYPE words, in capitals."""

    group: str
    name: str
    types: str
    value: str


def numbers_of(content: bytes) -> list[Listed]:
    """Return the numbers of all cards, with the name that each card shows.

    Raises:
        BadFile: these are no cards, or what a card says is lost.
    """
    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    numbers: list[Listed] = []
    for card in _cards(content):
        numbers += _numbers(card)
        if len(numbers) > MOST_ROWS:
            raise BadFile(f"名片超过{MOST_ROWS}个号码")
    if not numbers:
        raise BadFile("没有读到号码，应为 .vcf 名片，每张有 FN（单位名称）和 TEL（号码）")
    return numbers


def _numbers(card: list[_Property]) -> Iterator[Listed]:
    name = _name(card)
    labels = {item.group: item.value for item in card if item.name == "X-ABLABEL" and item.group}
    for item in card:
        if item.name not in ("TEL", "X-TEL", "FAX", "X-FAX"):
            continue
        words = " ".join((item.types, item.name, labels.get(item.group, "")))
        fax = bool(_FAX.search(words))
        bare = _WORD_OF_FAX.sub("", name)
        if bare != name and bare:  # 区教育局传真: a card of its own
            fax = True
        number = plain(item.value).strip()
        if not number:
            continue
        yield Listed(bare if fax and bare else name, number, FAX if fax else "")


def _name(card: list[_Property]) -> str:
    """Return the name that a card shows: FN, else the parts of N, else the organisation."""
    for wanted in ("FN", "N", "ORG", "NICKNAME"):
        for item in card:
            if item.name != wanted:
                continue
            parts = (
                [part.strip() for part in _parts(item.value)] if wanted in ("N", "ORG") else [_unescaped(item.value)]
            )
            if wanted == "ORG":
                parts = parts[:1] if any(parts[:1]) else parts
            text = plain("".join(parts)).strip()
            if text:
                return " ".join(text.split())
    return ""


def _parts(value: str) -> list[str]:
    return [_unescaped(part) for part in re.split(r"(?<!\\);", value)]


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\,;:nN])", lambda match: " " if match[1] in "nN" else match[1], text)


def _cards(content: bytes) -> Iterator[list[_Property]]:
    inside: list[_Property] | None = None
    seen = False
    for line in _lines(content):
        match = _LINE.match(line)
        name = match["name"].upper() if match else ""
        if name == "BEGIN" and match is not None and match["value"].strip().upper() == "VCARD":
            if inside is not None:
                raise BadFile("名片文件坏了：一张名片没有结束（END:VCARD），请重新导出")
            inside, seen = [], True
        elif name == "END" and match is not None and match["value"].strip().upper() == "VCARD":
            if inside is not None:
                yield inside
            inside = None
        elif match is not None and inside is not None:
            inside.append(_Property((match["group"] or "").upper(), name, _types(match["params"]), match["value"]))
    if inside is not None:
        raise BadFile("名片文件没有传完：最后一张没有结束（END:VCARD），请重新导出")
    if not seen:
        raise BadFile("不是名片文件，应为 .vcf，以 BEGIN:VCARD 开头")


def _types(params: str) -> str:
    return " ".join(part.strip().strip('"').upper() for part in _PARAM.findall(params))


def _lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a file, unfolded and decoded, each in its own charset where it names one."""
    bom = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    raw = content.decode("utf-16", "replace").encode() if bom else content.removeprefix(b"\xef\xbb\xbf")
    # Latin-1 keeps every byte, so that a line can be taken apart before its charset is known.
    text = raw.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    logical: list[str] = []
    for line in text.split("\n"):
        last = logical[-1] if logical else ""
        if logical and _is_quoted(last) and last.rstrip(" \t").endswith("="):
            logical[-1] = last.rstrip(" \t")[:-1] + line.lstrip(" \t")
        elif logical and line[:1] in " \t" and line.strip():
            logical[-1] += line[1:]
        else:
            logical.append(line)
    default = charset_of("\n".join(logical).encode("latin-1"))  # a line may have been folded within a character
    for line in logical:
        if line.strip():
            yield _decoded(line, default)


def _is_quoted(line: str) -> bool:
    return re.match(r"[^:]*[;=]QUOTED-PRINTABLE[^:]*:", line, re.I) is not None


def _decoded(line: str, default: str) -> str:
    """Return a line as text.

    Raises:
        BadFile: a name or a number cannot be read in its encoding.
    """
    head, sign, value = line.partition(":")
    name = head.split(";")[0].rpartition(".")[2].upper()
    ours = name in ("FN", "N", "ORG", "TEL", "X-TEL", "FAX", "X-FAX", "X-ABLABEL", "BEGIN", "END", "NICKNAME")
    if not ours:
        return f"{head}{sign}"  # photos, notes and keys are not looked at
    match = re.search(r"CHARSET=\"?([\w:.-]+)", head, re.I)
    raw = value.encode("latin-1")
    if _is_quoted(line):
        if _CUT.search(value.strip()) or re.search(r"=(?![0-9A-Fa-f]{2})", value):
            raise BadFile("名片里有一处编码断了（QUOTED-PRINTABLE），请重新导出")
        raw = quopri.decodestring(raw)
    elif re.search(r"[;=](?:BASE64|B)(?=[;:]|\Z)", head, re.I):
        try:
            raw = binascii.a2b_base64(raw)
        except binascii.Error:
            raise BadFile("名片里有一处编码断了（BASE64），请重新导出") from None
    return f"{head.encode('latin-1').decode(default, 'replace')}{sign}{_text(raw, match[1] if match else '', default)}"


def _text(raw: bytes, charset: str, default: str) -> str:
    """Return bytes as text: in the charset that is named where there is such one, else as files in China are."""
    try:
        codecs.lookup(charset or default)
        wanted = [charset] if charset else [default, "gb18030"]
    except LookupError:
        wanted = ["utf-8", "gb18030"]
    for name in wanted:
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise BadFile("名片里有一处文字读不出，请另存为 UTF-8 编码的 .vcf")
