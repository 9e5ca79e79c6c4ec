"""What the bounds of the reader leave out is asked, and never told as if it were all: a list of 60 classes is no 24.

The time that a text costs is bounded: so many numerals, so many entries of a list are read. No report that was ever
typed comes near; a list pasted from a table may. Where a text holds more, a figure counts only if it is written there
as it stands (共60人受伤); one that was added up, or read from the part before the bound, is offered as the least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import SURE, Found, Option, Unread
from plans.intake.tokens import ENOUGH_NUMERALS, tokenise

MOST_ENTRIES = 24
"""People told of, by number or by name, that the readers of lists and of units add up."""
_NUMERAL = lazy(r"[\d零〇○一二两三四五六七八九十百千万几数俩仨廿卅]+")
_END = lazy(r"[,，。;；!！?？、\s](?=[^,，。;；!！?？、\s]*$)")
_UNREAD = 3
"""Numerals behind the bound that are shown; one of them would do to say that something was left."""
_UNSURE = SURE / 2


def within(text: str) -> str:
    """The text up to the clause in which its last numeral stands that is read; most are returned as they are."""
    if len(text) <= ENOUGH_NUMERALS:
        return text
    for count, match in enumerate(_NUMERAL.finditer(text), 1):
        if count > ENOUGH_NUMERALS:
            end = _END.search(text, max(0, match.start() - 60), match.start())
            return text[: end.end() if end else match.start()]
    return text


def beyond(text: str, read: str) -> tuple[Unread, ...]:
    """The first numerals behind what was read of a text."""
    rest = _NUMERAL.finditer(text, len(read))
    return tuple(Unread(text=match[0], span=match.span()) for match, _ in zip(rest, range(_UNREAD), strict=False))


def least(text: str, facts: Mapping[str, Found], *, cut: bool = False) -> dict[str, Found]:
    """The facts; of a text with more entries than are added up, those not written there are asked.

    Args:
        text: normalised and masked.
        facts: as they would be shown.
        cut: there is more of the text than was read, so that nothing that was read need be the last word.
    """
    if not facts:
        return dict(facts)
    if cut:
        return {name: _asked(found) for name, found in facts.items()}
    entries = [token for token in tokenise(text) if token.kind in ("count", "one")]
    if len(entries) <= MOST_ENTRIES:
        return dict(facts)
    return {name: found if _written(text, found) else _asked(found) for name, found in facts.items()}


def _written(text: str, found: Found) -> bool:
    """It is a number of its own in its own words: 共60人受伤 of 60."""
    if found.at_most == 0:
        return True
    if (
        found.stated is None
        or found.mode == "increment"
        or not _TOTAL.search(text, max(0, found.span[0] - 8), found.span[1])
    ):
        return False
    return any(number.stated == found.stated for number in numbers(text[slice(*found.span)]))


_TOTAL = lazy(r"共|总|合计|累计|全部|一起|拢")


def _asked(found: Found) -> Found:
    if found.unknown or found.at_least is None or isinstance(found.at_least, bool):
        return found
    more = Option(at_least=found.at_least, at_most=None, text=found.text, span=found.span)
    told = Option(at_least=found.at_least, at_most=found.at_most, text=found.text, span=found.span)
    ways = (more,) if more == told else (more, told)
    return replace(found, at_most=None, unknown=True, confidence=min(found.confidence, _UNSURE), readings=ways)
