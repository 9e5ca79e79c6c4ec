"""Whether a text tells that something happened, so that it has a kind of event: 三楼冒烟, not 灭火器到期了.

A word names a kind also where nothing happened: in a notice, a rule, a forecast, an offer, a tale, a joke. A text has
a kind where it tells of people harmed, or has a sign that something is wrong; where the words around it are those of
mere talk, there must be several signs, or one of people in need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from plans.intake import kinds
from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.reading import CORE_FACTS, Claim, Found, Span, Utterance, UtteranceKind
from plans.intake.replacing import FILL
from plans.intake.utterances import masked

_TALK = tuple(any_of("happening", kind) for kind in ("notice", "forecast", "tale", "private"))
"""Of what may be, was or is only told, and one's own small affairs; a report may name these as well."""
_IDLE = tuple(any_of("happening", kind) for kind in ("offer", "rule"))
"""Of nothing that happened, whatever it names."""
_DENIED = any_of("happening", "denied")
"""Says outright that nothing has happened."""
_PRIVATE = any_of("happening", "private")
_SIGN = any_of("happening", "sign")
_URGENT = any_of("happening", "urgent")
"""People in need."""
_GRAVE = any_of("happening", "grave")
"""That something is wrong, in so many words (着火, 塌了)."""
_THING = any_of("happening", "thing")
"""Names a thing or a place of which a kind of event is told (食堂, 电梯), and of no event by itself."""
_COUNTED = lazy(
    r"(?:\d|[一二两三四五六七八九十俩仨])(?:多)?"
    r"(?:个(?:人|学生|孩子|娃|老人|工人|师傅|同学|(?=[,。;! \n]|$))|人|名|位|例|口)"
)
"""People counted."""
_SIGNS = 2
"""Different signs that something is wrong, which outweigh a word of talk; of words that deny it outright, one more."""
_ENOUGH = 12
"""Signs that are looked at, so that a hostile text stays cheap."""
_SPOKEN: frozenset[UtteranceKind] = frozenset(("asserted", "quoted", "reported", "asked", "withdrawn"))
"""What an event can be told in; a rumour denied, a rule and a tale tell of none."""


def happening(
    text: str,
    spoken: Sequence[Utterance],
    facts: Mapping[str, Found],
    claims: Sequence[Claim],
    raised: Mapping[str, Span],
) -> str | None:
    """The kind of event that a text tells of; None where it tells of none, whatever its words name.

    Args:
        text: normalised.
        spoken: the text cut by what its writer does with each stretch.
        facts: that were read; harm to people is an event in whatever words it is told.
        claims: of hearsay.
        raised: facts that it speaks of without a number.
    """
    category = kinds.category(text)
    if category is None:
        return None
    figures = [found for name, found in facts.items() if name in CORE_FACTS]
    figures += [claim.found for claim in claims if claim.fact in CORE_FACTS]
    harmed = any(found.unknown or found.at_least != 0 or found.at_most != 0 for found in figures)
    if harmed and not (len(figures) == 1 and figures[0].at_most == 1 and _PRIVATE.search(text)):
        return category
    told = masked(text, spoken, _SPOKEN)
    harmed = any(name in CORE_FACTS for name in raised)
    if kinds.category(told) is None and not (harmed or _count(told) > _SIGNS):
        return None
    idle = any(pattern.search(text) for pattern in _IDLE)
    denied = _DENIED.search(text) is not None
    if idle or denied or (not figures and any(pattern.search(text) for pattern in _TALK)):
        for pattern in (*_IDLE, _DENIED, *_TALK):
            told = pattern.sub(lambda talk: FILL * len(talk[0]), told)
        if _URGENT.search(told):
            return category
        grave = not idle and not denied and _GRAVE.search(told) is not None
        return category if grave or _count(told) >= _SIGNS + denied + 2 * idle else None
    if figures or harmed or _SIGN.search(told) or _COUNTED.search(told):
        return category
    return category if kinds.category(_THING.sub(lambda thing: FILL * len(thing[0]), told)) is not None else None


def _count(told: str) -> int:
    """How many different signs a text has that something is wrong."""
    return len({match[0] for match in islice(_SIGN.finditer(told), _ENOUGH)})
