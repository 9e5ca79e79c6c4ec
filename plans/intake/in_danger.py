"""Those in danger are counted apart from those who were harmed.

威胁区实际39人 makes nobody hurt, and 又伤2人 beside 危险区还有39人 nobody more in danger.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.patterns import lazy
from plans.intake.reading import After, Span
from plans.intake.stepping import Bounds

_DANGER = lazy(r"危险区|威胁区|受威胁|隐患[点区]|涉险")
_HARM = lazy(r"[死伤亡]|失[联踪]|困|中毒|遇难|没了|重症")
_STOPS = "。;!?\n"


def apart_from_danger(text: str, known: Mapping[str, Bounds], changed: Mapping[str, After]) -> dict[str, After]:
    """What a later text changes, without people in danger among the harmed or the other way about."""
    if _DANGER.search(text) is None:
        return dict(changed)
    kept: dict[str, After] = {}
    for fact, new in changed.items():
        if new.change == "same" or new.span is None or _is_so(text, fact, new.span):
            kept[fact] = new
        elif fact in known:
            low, high = known[fact]
            kept[fact] = After(at_least=low, at_most=high)
    return kept


def _is_so(text: str, fact: str, span: Span) -> bool:
    clause, sentence = _around(text, span, _STOPS + ","), _around(text, span, _STOPS)
    if fact == "endangered":
        return _DANGER.search(clause) is not None or _HARM.search(clause) is None
    if _HARM.search(clause) is not None:
        return True
    return _DANGER.search(clause) is None and (_DANGER.search(sentence) is None or _HARM.search(sentence) is not None)


def _around(text: str, span: Span, marks: str) -> str:
    low = max(text.rfind(mark, 0, span[0]) for mark in marks) + 1
    ends = [at for mark in marks if (at := text.find(mark, span[1])) >= 0]
    return text[low : min(ends, default=len(text))]
