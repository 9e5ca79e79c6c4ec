"""One clause of an account of units: whose it is, its figures, and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.tally import words
from plans.intake.tokens import Token, tokenise
from plans.intake.words import CASUALTY

_MARKS = lazy(r"[,。;!?\n()]|(?<!\d):|(?<![A-Za-z\d]) | (?![A-Za-z\d])")
_AND = lazy(rf"、(?=[^,、。;!?\n]{{0,12}}?(?:{words.N}))")
_NO_HARM = frozenset(("endangered", "harm"))
_WEAK = ("hospital", "safe")
_SOMEBODY = ("one",)


@dataclass(frozen=True)
class Figure:
    """So many, of a kind of harm; ``""`` where the clause names none."""

    kind: str
    low: int
    high: int | None
    span: Span
    behind: str = ""
    """What stands behind it, up to the next one."""


@dataclass
class Piece:
    """A clause.

    Args:
        text: its words; ``start``: where they stand.
        head: what stands before the first figure, harm or denial; ``unit``: the unit that it names.
        mark: the mark before it.
        figures: its figures in order; ``harms``: kinds that have no number; ``denied``: something is denied.
        back: the number of those told of before (那8个里); ``single``: who alone is told of, without a number;
            ``tail``: what stands behind its last harm.
        loose: its unit has a name that only others beside it bear out.
        headed: its unit is known only by the colon behind it.
        odd: a number or a harm of it has no other half.
    """

    text: str
    start: int
    mark: str
    head: str = ""
    unit: str = ""
    figures: list[Figure] = field(default_factory=list)
    harms: list[str] = field(default_factory=list)
    denied: bool = False
    among: bool = False
    back: int | None = None
    single: str = ""
    tail: str = ""
    more: bool = False
    headed: bool = False
    loose: bool = False
    odd: bool = False

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is found in its words."""
        return pattern.search(self.text) is not None


def pieces(text: str) -> Iterator[Piece]:
    """The clauses of masked text, in order."""
    at, mark = 0, ""
    text = words.CLASS.sub(r"第\g<n>号", text)
    bounds = [(match.start(), match.end(), match[0]) for match in _MARKS.finditer(text)]
    bounds += [(match.start(), match.end(), "、") for match in _AND.finditer(text)]
    bounds += [(match.end(), match.end(), ",") for match in words.WITHIN.finditer(text)]
    bounds += [(match.start(), match.start(), ",") for match in words.JOINED.finditer(text) if match.start()]
    for low, high, char in [*sorted(bounds), (len(text), len(text), "")]:
        part = text[at:low]
        if part.strip(FILL + " :"):
            piece = _piece(part.replace(FILL, " "), at, mark)
            if (
                char == ":"
                and not (piece.unit or piece.figures or piece.harms)
                and words.HEADED.fullmatch(part.strip())
            ):
                piece.unit, piece.headed = part.strip(), True  # 操场: 6人被困
            yield piece
        if char != " " or not mark or part.strip():
            mark = char
        at = high


def _piece(text: str, start: int, mark: str) -> Piece:
    piece = Piece(text, start, mark)
    back = words.AMONG.search(text)
    piece.among = back is not None or mark == "("
    shown = words.ICU.sub("某某科", text)
    if back is not None and back["back"]:
        number = next(numbers(back["n"] or back["m"]), None)
        piece.back = int(number.low) if number is not None else None
        shown = shown[: back.start()] + "其" + "中" * (back.end() - back.start() - 1) + shown[back.end() :]
    shown = words.IN_CARE_ARE.sub(lambda match: " " * len(match[0]), shown)
    for pattern in (words.BEASTS, words.NAMED_SO):
        shown = pattern.sub(lambda match: "某" * len(match[0]), shown)
    shown = words.NOT_ONE.sub(lambda match: "没" * len(match[0]), shown)
    piece.more = words.MORE.search(text) is not None
    told = _told(shown)
    first = told[0][1] if told else len(shown)
    denial = next((token.start for token in tokenise(shown) if token.kind == "deny"), len(shown))
    nothing = words.NOTHING.search(shown)
    unknown = words.UNKNOWN.search(shown)
    first = min(first, denial, *(match.start() for match in (nothing, unknown) if match is not None))
    piece.denied = denial < len(shown) or nothing is not None or piece.says(words.NOT_TO_BE_TOLD)
    piece.head = shown[:first]
    piece.unit = unit_of(piece.head)
    total = words.TOTAL.search(piece.head) or words.LESS.search(piece.head)
    if not piece.unit and not total and len(told) == 1 and words.PLAIN.fullmatch(shown.strip()):
        piece.unit, piece.loose = piece.head.strip(), True
    _paired(piece, told, shown)
    return piece


def unit_of(head: str) -> str:
    """The name of the unit that a clause begins with (目前县医院收了: 县医院); empty where it names none."""
    lead = words.LEAD.match(head)
    name = head[lead.end() if lead else 0 :]
    saying = words.SAYING.match(name)
    name = name[saying.end() :] if saying and saying.end() < len(name) else name
    among = words.AMONG.search(name)
    name = name[: among.start()] if among else name
    for _ in range(3):
        if words.UNIT.search(name) or words.GROUP.search(name):
            break
        gap = words.GAP.search(name)
        if gap is None:
            break
        name = name[: gap.start()] if gap.start() else ""
    name = name.strip(" :")
    if not name or len(name) > 12:
        return ""
    if words.THERE.search(head) and 2 <= len(name) <= 5 and not words.NO_NAME.search(name):
        return name
    known = words.UNIT.search(name) or words.GROUP.search(name)
    return name if known and (words.GROUP.fullmatch(name) or not words.NO_NAME.search(name)) else ""


_Told = tuple[str, int, int, Number | None]


def _told(text: str) -> list[_Told]:
    """Numbers of people and harms of a clause, in order: kind (empty of a number), where, the number."""
    tokens = tokenise(text)
    told: list[_Told] = []
    for at, token in enumerate(tokens):
        if token.kind == "count" and token.number is not None:
            if not _of_no_people(text, token.number):
                told.append(("", token.start, token.end, token.number))
        elif token.kind in CASUALTY and not _is_denied(tokens, at):
            told.append((token.kind, token.start, token.end, None))
    taken = [(token.start, token.end) for token in tokens if token.kind == "count" or token.kind in CASUALTY]
    for number in numbers(text):
        if any(low < number.end and number.start < high for low, high in taken):
            continue
        measure = words.PEOPLE_END.match(text, number.end)
        twin = text[number.end - 1] in "俩仨"
        if text[number.start] in "数几好上" and (measure is None or measure.end() == number.end):
            continue  # 各镇报数
        if (measure is None and not twin) or _of_no_people(text, number):
            continue
        if number.start and text[number.start - 1].isascii() and text[number.start - 1].isalpha():
            continue  # H7N9
        if (number.start and text[number.start - 1] in "第初高大.:") or number.low != int(number.low):
            continue
        told.append(("", number.start, measure.end() if measure else number.end, number))
    for like in words.LIKE_HARM.finditer(text):
        if not any(low <= like.start() < high for low, high in taken):
            told.append((like.lastgroup or "ill", like.start(), like.end(), None))
    return sorted(told, key=lambda item: item[1])


def _of_no_people(text: str, number: Number) -> bool:
    """三个团, 核载36."""
    return words.OF_THINGS.match(text, number.end) is not None or bool(words.ABOARD.search(text, 0, number.start))


def _is_denied(tokens: Sequence[Token], at: int) -> bool:
    return bool(at) and tokens[at - 1].kind == "deny" and tokens[at].start - tokens[at - 1].end <= 2


def _paired(piece: Piece, told: Sequence[_Told], text: str) -> None:
    """Put each number with its harm."""
    items = [item for item in told if item[0] not in _NO_HARM]
    counts = [item for item in items if item[3] is not None]
    if not counts:
        piece.harms = list(dict.fromkeys(kind for kind, *_ in items if kind != "safe"))
        piece.tail = text[items[-1][2] :] if items else ""
        if not piece.harms and words.THE_HURT.search(text):
            piece.harms = ["hurt"]
        piece.denied = piece.denied or any(kind == "safe" for kind, *_ in items)
        if piece.harms and piece.harms[0] in ("wound", "hurt") and words.GRAVELY.search(text):
            piece.harms.insert(0, "serious")
        someone = words.SOMEONE.search(text[: items[0][1]]) if items else None
        if someone and piece.harms and not piece.denied and (piece.more or someone[0].endswith("也")):
            piece.single = someone["who"]
            piece.figures = [_figure(piece, _strongest(piece.harms), None, (someone.start("who"), items[-1][2]))]
            piece.harms, piece.more = [], True
            return
        singles = [token for token in tokenise(text) if token.kind in _SOMEBODY]
        if len(singles) == 1 and items and piece.harms and not piece.denied:
            low, high = singles[0].start, items[-1][2]
            piece.single = text[low : singles[0].end]
            piece.figures = [_figure(piece, _strongest(piece.harms), None, (low, high))]
            piece.harms = []
        return
    if items[0][0] in _WEAK and items[-1][3] is None and items[-1][0] not in _WEAK:
        items = [item for item in items if item[0] not in _WEAK]  # 送来14个发烧的
    first_is_harm = items[0][3] is None
    own: list[list[_Told]] = [[] for _ in counts]
    at = -1
    loose: list[_Told] = []
    for item in items:
        if item[3] is not None:
            at += 1
            if first_is_harm:
                own[at], loose = loose, []
        elif first_is_harm:
            loose.append(item)
        else:
            own[at].append(item)
    kinds = {kind for harms in own for kind, *_ in harms}
    over = {kind for kind, *_ in loose} - kinds - set(_WEAK)
    piece.odd = bool(over) or any(kind == "harm" for kind, *_ in told)
    ends = [*(low for _, low, _, _ in counts[1:]), len(text)]
    for (_, low, high, number), harms, end in zip(counts, own, ends, strict=True):
        span = (min([low, *(harm[1] for harm in harms)]), max([high, *(harm[2] for harm in harms)]))
        figure = _figure(piece, _strongest([kind for kind, *_ in harms]), number, span)
        piece.figures.append(replace(figure, behind=text[high:end]))


_ORDER = tuple("dead missing trapped critical grave serious ill hurt wound faint light hospital safe".split())
"""Kinds of harm, the one that counts first."""


def _strongest(kinds: Sequence[str]) -> str:
    return next((kind for kind in _ORDER if kind in kinds), "")


def _figure(piece: Piece, kind: str, number: Number | None, span: Span) -> Figure:
    low, high = (1, 1) if number is None else (int(number.low), None if number.high is None else int(number.high))
    return Figure(kind, low, high, (piece.start + span[0], piece.start + span[1]))
