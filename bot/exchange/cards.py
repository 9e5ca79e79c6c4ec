"""Address-book cards (vCard) as a telephone or a mail program exports them, read into names and numbers."""

from __future__ import annotations

from typing import NamedTuple

from bot.exchange.tables import MOST_BYTES, MOST_ROWS, BadFile

FAX = "传真"


class Listed(NamedTuple):
    """A number on a card."""

    name: str
    number: str
    kind: str


def numbers_of(content: bytes) -> list[Listed]:
    """Return the numbers of all cards, with the name that each card shows.

    Raises:
        BadFile: these are no cards.
    """
    import vobject

    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("读不出文字，名片应为 UTF-8 编码的 .vcf") from None
    found: list[Listed] = []
    try:
        for card in vobject.readComponents(text, allowQP=True, ignoreUnreadable=True):
            name = _plain(getattr(card, "fn", None)) or _plain(getattr(card, "org", None))
            for line in card.contents.get("tel", ()):
                types = {word.upper() for word in line.params.get("TYPE", ())}
                number = str(line.value).removeprefix("tel:").strip()
                found.append(Listed(name, number, FAX if "FAX" in types else ""))
            if len(found) > MOST_ROWS:
                raise BadFile(f"名片超过{MOST_ROWS}个号码")
    except vobject.base.ParseError as problem:
        raise BadFile(f"不是名片文件（{problem}），应为 .vcf") from None
    if not found:
        raise BadFile("没有读到号码，应为 .vcf 名片，每张有 FN（单位名称）和 TEL（号码）")
    return found


def _plain(line: object) -> str:
    value = getattr(line, "value", "")
    return " ".join(value).strip() if isinstance(value, list) else str(value).strip()
