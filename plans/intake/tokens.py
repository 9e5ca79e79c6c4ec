"""Text -> tokens: head counts, words of harm, words that steer them, and the marks that end clauses and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from plans.intake.numerals import NUMBER, Number, parse
from plans.intake.words import CASUALTY, PERSON, WORDS

_STOP, _COMMA, _OPEN, _CLOSE = "。!?;\n", ",:", "([【〔", ")]】〕"
_NUMBER_HEADS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两俩仨数几好上至最起不多高大约差估近将接超逾")

_PERSON = re.compile(PERSON)
_UNIT = re.compile(
    r" ?(?:名(?!义|单|称|列)|位(?!数|置|于|列)|例|个人|人(?!民|均|次|份|间|座|组|制|事|口|大|体|工|行道|力|群|类|家)"
    r"|口(?=人|全|都|均|遇|死|身|[,。、中]|不幸|煤气)|具(?=[^,。;]{0,6}(?:遗体|尸体|男尸|女尸))|条(?=生命|人命)|男(?!童|孩|子|生|性)|女(?!童|孩|子|生|性|工))"
)
_PIECE = re.compile(
    r" ?个(?!多?(?:小时|月|星期|钟头|半|中队|大队|支队|乡|镇|县|市|村|国家|州|省|集装箱|小组|标段|班|家庭|地区|单位|楼|点|房间|学校|路口|岗|工作|单元|小区|社区|街道|门|厂|车))"
    rf"(?=(?P<noun>[^\d,。、;:()]{{0,6}}?(?:{PERSON}))|(?P<bare>[,。;!? 、)]|$|了|在|被|送|受|重伤|轻伤|死|伤|吐|拉|中毒|发烧|发热|晕|昏|骨折|失踪|失联|没))"
)
_NOT_BEFORE = re.compile(r"[第初高大期周\d.]$")
_DIRECT = CASUALTY - {"harm", "hospital", "safe"}
_LINES = (110, 119, 120, 122, 999)
"""Emergency numbers are no head counts."""
_NOT_SURNAMED = frozenset("些种个地市县年月日校公单路小段村镇区省栋楼学")
_CLOCK = re.compile(r"\d:$")
_SHORT = re.compile(r" ?(?:(?P<dead>死(?!者|亡|伤)|亡(?!者))|(?P<hurt>伤(?!害|口|势|员|者|亡|心|情|及)))")
_PAIR_COUNT = re.compile(r"(?:俩|仨)(?=[^\d])")


@dataclass(frozen=True, kw_only=True)
class Token:
    """A word with its kind and span; head counts carry their number.

    Args:
        kind: ``count``, ``stop``, ``comma``, ``colon``, ``open``, ``close``, or a kind of `words`.
        number: the numeral of a ``count``.
        bare: a count whose measure word does not prove that it counts people (四五个).
    """

    kind: str
    start: int
    end: int
    number: Number | None = None
    bare: bool = False


def _count(text: str, number: Number) -> list[Token]:
    """The head count that a numeral begins, with the harm that directly follows it (3死5伤)."""
    end = number.end
    if _NOT_BEFORE.search(text, max(0, number.start - 1), number.start) or _CLOCK.search(
        text, max(0, number.start - 2), number.start
    ):
        return []
    unit = _UNIT.match(text, end)
    if unit:
        return [Token(kind="count", start=number.start, end=unit.end(), number=number)]
    piece = _PIECE.match(text, end)
    if piece:
        bare = piece["noun"] is None
        return [Token(kind="count", start=number.start, end=piece.end(), number=number, bare=bare)]
    short = _SHORT.match(text, end)
    if short and number.low < 100_000:
        kind = "dead" if short["dead"] else "hurt"
        return [
            Token(kind="count", start=number.start, end=end, number=number),
            Token(kind=kind, start=short.start(), end=short.end()),
        ]
    word = _word(text, end)
    if word and word.kind in _DIRECT and number.low < 100_000 and number.stated not in _LINES:
        return [Token(kind="count", start=number.start, end=end, number=number)]
    if (word and word.kind == "one") or _PERSON.match(text, end) or text[number.start] in "俩仨":
        return [Token(kind="count", start=number.start, end=end, number=number)]
    return []


def _word(text: str, at: int) -> Token | None:
    pattern = WORDS.get(text[at]) if at < len(text) else None
    match = pattern.match(text, at) if pattern else None
    if not match or match.lastgroup is None:
        return None
    return Token(kind=match.lastgroup.rpartition("_")[0], start=at, end=match.end())


def _mark(text: str, at: int) -> Token | None:
    char = text[at]
    if char in _STOP:
        return Token(kind="stop", start=at, end=at + 1)
    if char == ":" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
        return None
    if char in _COMMA:
        return Token(kind="colon" if char == ":" else "comma", start=at, end=at + 1)
    if char in _OPEN:
        return Token(kind="open", start=at, end=at + 1)
    if char in _CLOSE:
        return Token(kind="close", start=at, end=at + 1)
    if char.isspace() and at and at + 1 < len(text):
        before, behind = text[at - 1], text[at + 1]
        if not (before.isascii() or behind.isascii() and not behind.isdigit()):
            return Token(kind="comma", start=at, end=at + 1)
    return None


def tokenise(text: str) -> list[Token]:
    """Tokens of normalised text, left to right, not overlapping; time linear in its length."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        mark = _mark(text, at)
        if mark:
            tokens.append(mark)
            at += 1
            continue
        if text[at] == "某" and at and "一" <= text[at - 1] <= "龥" and text[at + 1 : at + 2] not in _NOT_SURNAMED:
            tokens.append(Token(kind="one", start=at - 1, end=at + 1))
            at += 1
            continue
        word = _word(text, at)
        if word:
            tokens.append(word)
            at = word.end
            continue
        match = NUMBER.match(text, at) if text[at] in _NUMBER_HEADS else None
        if match:
            number = parse(match, text)
            counted = _count(text, number) if number else []
            tokens += counted
            at = counted[-1].end if counted else match.end()
            continue
        at += 1
    return tokens


def sentences(tokens: list[Token]) -> list[list[Token]]:
    """Tokens split at full stops; the stops themselves are dropped."""
    stops = [-1, *(at for at, token in enumerate(tokens) if token.kind == "stop"), len(tokens)]
    parts = [tokens[left + 1 : right] for left, right in pairwise(stops)]
    return [part for part in parts if part]
