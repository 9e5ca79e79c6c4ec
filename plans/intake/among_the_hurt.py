"""Those who died or are missing are taken off those of whom they are told to be a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake.doubting import unsure
from plans.intake.mentions import Mention
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Option
from plans.intake.replacing import FILL
from plans.intake.totals import INJURED, Value


def less_those_who_died(
    text: str, facts: dict[str, Found], deaths: Sequence[Mention], mentions: Sequence[Mention], injured: Value
) -> None:
    """10人烧伤，其中1人死亡; 8人受伤。目前1人抢救无效死亡: who died is dead only."""
    dead = [m for m in deaths if m.low and not m.unknown]
    part = next((m for m in dead if m.sub and m.parent in injured.groups), None)
    listed = _listed(dead, mentions, injured) if part is None else ()
    if listed:
        part = listed[0]
    later = [m for m in dead if m.late and not m.told and m.sentence > injured.sentence]
    if part is None and later and len(later) == len(dead):
        part = later[0]
    if part is None or (injured.high is not None and injured.high < part.low):
        return
    if part.late and not part.sub and (part.high is None or part.high > injured.low):
        return  # more may have died than were hurt
    if FILL in text[injured.span[1] : part.span[0]]:
        return  # somebody else tells of them
    beside = sum(m.low for m in mentions if m.sub and m.parent == part.parent and m.kind in INJURED)
    if part.sub and injured.high is not None and beside + part.low > injured.high:
        return  # 伤了6人，里头5人重伤，死亡5人: the dead are no part of them
    less = replace(
        facts["injuries"],
        at_least=max(0, injured.low - (part.high if part.high is not None else injured.low)),
        at_most=None if injured.high is None else injured.high - part.low,
        stated=None if injured.stated is None or part.stated is None else max(0, injured.stated - part.stated),
    )
    if len(listed) == _FEW and not _ANNOUNCED.match(text, injured.span[1]):
        either = [Option(at_least=one.at_least, at_most=one.at_most) for one in (facts["injuries"], less)]
        less = unsure(facts["injuries"], _EITHER, either)
    facts["injuries"] = less


_REST = lazy(
    r"[^。;!?\n]{0,16}?(?:剩下?|其[余他]|另外?|余下|还有)(?:的)?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|人|名|位|例|(?<=[俩仨]))"
)


_PIECES = lazy(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个|[俩仨]")


def some_of_whom_died(text: str, facts: dict[str, Found], fact: str, deaths: Sequence[Mention]) -> None:
    """六个人中毒，两个没救过来，剩下四个送医: who died is no longer ill; without the rest it may be either way."""
    found = facts.get(fact)
    if found is None or found.unknown or found.value is None or found.approx:
        return
    part = next((m for m in deaths if m.bare and m.low and m.low == m.high and not (m.other or m.sub or m.new)), None)
    if part is None or part.low >= found.value or not 0 <= part.span[0] - found.span[1] <= 12:
        return
    if not _PIECES.match(part.words):
        return  # a bulletin that counts 人 and 名 tells of all who fell ill
    if any(mark in text[found.span[1] : part.span[0]] for mark in "。;!?\n"):
        return
    rest = _REST.match(text, part.span[1])
    number = next(iter(numbers(rest["n"])), None) if rest else None
    if number is not None and number.low == number.high and number.low + part.low == found.value:
        facts[fact] = replace(found, at_least=number.low, at_most=number.low, stated=number.low)
    elif fact == "ill" or rest is None:
        facts[fact] = replace(found, confidence=min(found.confidence, 0.6))


def less_the_missing(text: str, facts: dict[str, Found], mentions: Sequence[Mention], dead: Value) -> None:
    """10人死亡（含失踪2人）: who is missing is not dead."""
    part = next((m for m in mentions if m.kind == "missing" and m.sub and m.parent in dead.groups and m.low), None)
    if (
        part is None
        or part.high is None
        or part.high > dead.low
        or not _WITHIN.search(text, dead.span[1], part.span[0])
    ):
        return
    facts["deaths"] = replace(
        facts["deaths"],
        at_least=dead.low - part.high,
        at_most=None if dead.high is None else dead.high - part.low,
        stated=None if dead.stated is None or part.stated is None else dead.stated - part.stated,
    )


_WITHIN = lazy(r"含[^)。]*$")


_EITHER = 0.6
_FEW = 2
"""So many numbers may come to a total by chance: 14人受伤，9人重伤，5人死 may be told of 14 or of 19 people."""
_ANNOUNCED = lazy(r"[^,。;!?\n\d]{0,4}[:(]")


def _listed(dead: Sequence[Mention], mentions: Sequence[Mention], injured: Value) -> Sequence[Mention]:
    """4名伤员，1名无生命体征，1名昏迷，2名轻伤: the list comes to the total, so the dead are of it, its first."""
    dead = [m for m in dead if not m.sub]
    if len(dead) != 1 or dead[0].sentence != injured.sentence or dead[0].span[0] < injured.span[1]:
        return ()
    parts = [
        m for m in mentions
        if m.kind in INJURED and m.sentence == injured.sentence and m.span[0] >= injured.span[1]
        and m.group not in injured.groups and not (m.sub or m.unknown)
    ]  # fmt: skip
    whole = bool(parts) and dead[0].low + sum(m.low for m in parts) == injured.low == injured.high
    return (dead[0], *parts) if whole else ()
