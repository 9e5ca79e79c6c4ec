"""Who writes a line of a later text: 老李：重伤升到1 is told by 老李, who is none of those hurt.

In a roll (老李：重伤) the name before the colon is that of the person told of; there the line counts nobody.
"""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL

_OFFICE = "主任|书记|队长?|所长?|局长?|校长?|院长?|站长|科长?|老师|医生|大夫|护士|师傅|工|总"
_LABEL = lazy(
    rf"(?:^|(?<=\n))(?P<who>[老小阿][一-龥]|[一-龥]{{1,2}}(?:{_OFFICE})): ?"
    r"(?=[^\n]{0,30}?(?:\d|[一二两三四五六七八九十]{1,3}[个人名例位]|[俩仨]|没|无|不))"
)


def unlabelled(text: str) -> tuple[str, list[Span]]:
    """Return masked text without the names before its lines, and where they stood; offsets stay as they were."""
    spans = [match.span() for match in _LABEL.finditer(text)]
    for low, high in spans:
        text = text[:low] + "。" + FILL * (high - low - 2) + "。" + text[high:]
    return text, spans
