"""What befell another day, told beside what befalls now: 昨天那起死了4个，今天隧道口追尾这起死的比它少一个."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from plans.intake.patterns import lazy
from plans.intake.reading import Span

_ENOUGH = 16
"""Places that are looked at, so that a hostile text stays cheap."""
_THEN_AND_NOW = lazy(
    r"(?P<then>(?:昨[天晚日夜]|大?前[天晚日]|上(?:周|星期|礼拜)[一二三四五六日天]?|前几天|月初)[^,。;!?\n]{0,12}?那[起次场回批件]"
    r"[^。!?\n]{0,40}?)[,。;!?\n][ ]?(?:可|但|而|不过|再|跟)?[^,。;!?\n]{0,4}?"
    r"(?:今[天早晚日晨][^,。;!?\n]{0,12}?这[起次场回批件]|这[起次场回批件])"
)


def of_another_day(text: str) -> Iterator[Span]:
    """Spans of normalised text that tell of an event of another day, which a later clause sets beside that of today.

    Alone it may be the very case that is spoken of: 昨天那起死亡增加到5人 stands.
    """
    for match in islice(_THEN_AND_NOW.finditer(text), _ENOUGH):
        yield match.span("then")
