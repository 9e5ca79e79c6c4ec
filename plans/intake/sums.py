"""A stated total that its parts do not come to: 死1伤4，一共8个. Which of the numbers is wrong a person must say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from plans.intake.around import Around, sums
from plans.intake.leftover import unexplained
from plans.intake.numerals import match_at, parse
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.words import CASUALTY

_TOTAL = lazy(
    r"(?:(?:一|总|拢|统|通)共|[合共总]计|累计|加(?:起来|(?:一|在一)[块起]儿?)|[合算]起来|合一[块起]儿?|(?<![前后另头第这那])一起|总数|前后|"
    r"(?<![一总拢统通公])共|伤亡(?:人数|人员)?|死伤)(?:伤亡|死伤)?(?:人数|人员)?(?:就|得|都|也)*[:,是有为约到达]{0,2}(?=[\d一二两三四五六七八九十])"
)
_UNIT = lazy(
    r" ?(?:(?:个人|号人|口人|[个人名位例口])(?!多?小时|月|班|小?组|车|乡|镇|村|家|单位|医院|点|楼)"
    r"|(?=[,。;!?) \n了吧啊呢]|$))"
)
_OF_THESE = lazy(r"(?:伤亡|死伤)?[,:。;( ]{0,2}(?:其中|包[括含]|里[头边面]|[当之]中|内?含|内有)(?:有|包括)?")
_BOTH = lazy(r"伤亡|死伤")
_LISTED = lazy(rf"{FILL}[^{FILL},。;\d]{{0,4}}\d{{1,4}}人")
"""Several units that were added up to one number."""
_BEFORE, _BEHIND = 90, 60
"""Characters around a total within which its parts are told."""
_ENOUGH = 8
"""Totals that are looked at, so that a hostile text stays cheap."""
_STOPS = "。!?"
_BREAKS = ("comma", "stop", "colon", "open", "close")


def unmet(around: Around) -> list[Span]:
    """Where figures stand that a total is told of which they do not come to."""
    return list(dict.fromkeys(_unmet(around)))


def _unmet(around: Around) -> Iterator[Span]:
    text = around.text
    for match in islice(_TOTAL.finditer(text), _ENOUGH):
        number_at = match_at(text, match.end())
        number = parse(number_at, text) if number_at else None
        unit = _UNIT.match(text, number.end) if number else None
        if number is None or unit is None or number.low != number.high or number.hedged:
            continue
        yield from _checked(around, (match.start(), unit.end()), number.low)
    for token in around.counts[: 2 * _ENOUGH]:
        if token.number is not None and _BOTH.match(text, token.end) and token.number.low == token.number.high:
            yield from _checked(around, (token.start, token.end + 2), token.number.low)


def _checked(around: Around, span: Span, number: int | float) -> Iterator[Span]:
    if _of_one_harm(around, span) or not unexplained(around.text, [span]):
        return
    low, high = _told_around(around.text, span)
    harmed = _harmed(around)
    parts = [token for token in around.counts if low <= token.start < high and not _in(token.start, span)]
    if all(token.start > span[0] for token in parts):  # 共36例，留观9例，转院2例 are not all of them
        parts = [token for token in parts if token.start in harmed]
    told = [token.number.low for token in parts if token.number is not None]
    read = [figure for figure in around.figures if figure != number]
    several = len(told) > 1 or _LISTED.search(around.text, low, high) is not None
    if _OF_THESE.match(around.text, span[1]) and not {"deaths", "injuries"} <= around.facts.keys():
        several = several and sum(told) > number  # 伤亡9人，其中死亡1人、重伤2人: some of them
    if several and number not in sums(told) | sums(read):
        yield low, high


def _harmed(around: Around) -> set[int]:
    """Where the counts begin beside which a harm stands."""
    beside = pairwise(around.tokens)
    pairs = [(one, other) for one, other in beside if "count" in (one.kind, other.kind)]
    return {
        (one if one.kind == "count" else other).start
        for one, other in pairs
        if {one.kind, other.kind} & (CASUALTY - {"hospital", "safe", "harm"})
    }


def _of_one_harm(around: Around, span: Span) -> bool:
    """伤的一共8个, 一共8个受伤: the total is of one harm, and the other parts are none of its own."""
    if _BOTH.search(around.text, span[0], span[1] + 2):
        return False
    harm = ""
    for token in around.tokens:
        if token.end <= span[0]:
            if token.kind in _BREAKS:
                harm = ""
            elif token.kind == "count":
                harm = "counted"
            elif token.kind in CASUALTY:
                harm = "" if harm == "counted" else token.kind  # 1死4伤一共8个: those are of the 4
        elif token.start >= span[1]:
            return token.kind in CASUALTY or harm not in ("", "counted")
    return harm not in ("", "counted")


def _told_around(text: str, span: Span) -> Span:
    """The sentence of a total, and the one before where it is a sentence of its own."""
    low = max(text.rfind(mark, 0, span[0]) for mark in _STOPS) + 1
    if low == span[0]:
        low = max(text.rfind(mark, 0, max(0, low - 1)) for mark in _STOPS) + 1
    ends = [at for mark in _STOPS if (at := text.find(mark, span[1])) >= 0]
    return max(low, span[0] - _BEFORE), min(*ends, span[1] + _BEHIND) if ends else span[1] + _BEHIND


def _in(at: int, span: Span) -> bool:
    return span[0] <= at < span[1]
