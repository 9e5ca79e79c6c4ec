"""A roll of people, a line for each of them: 姓名 性别 诊断, or 男42 颅脑损伤 危重 of a hospital's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL
from plans.intake.tokens import tokenise

_HEAD = lazy(r"(?=[^\n]*(?:姓名|性别|年龄))(?=[^\n]*(?:诊断|伤情|病情|情况|转归|去向|结果))[^\n\d]{4,40}")
"""A line that names what the lines below tell of each."""
_PERSON = lazy(
    rf"(?:(?:\d{{1,2}}[、.) ]|。{FILL}+) ?)?"
    r"(?:[男女][ ,]?(?:约|不详|\d)|[\u4e00-\u9fa5][\u4e00-\u9fa5某×*]{0,3}[ ,]+[男女][ ,\d]"
    r"|[\u4e00-\u9fa5][某×*]{1,2}[ ,]*(?:[男女]|\d{1,3}岁?)[ ,]*[\u4e00-\u9fa5])[^\n]*"
)
"""A line that begins with somebody's sex or age."""
_ENOUGH = 60
"""Lines that are looked at."""
_FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    **dict.fromkeys(("serious", "critical", "grave"), "serious_injuries"),
    **dict.fromkeys(("hurt", "wound", "faint", "light"), "injuries"),
}
_GONE = ("deaths", "missing")


def rolled(text: str) -> tuple[str, dict[str, Found]]:
    """Return the text without its roll, offsets as they were, and how many of its people fared how.

    Of a line that tells of no harm it is not known what its person has, so that only the dead and the missing are sure.
    """
    rows = list(_rows(text))
    if len(rows) < 2:
        return text, {}
    count: Counter[str] = Counter()
    unknown = 0
    for low, high in rows:
        facts = {_FACTS[token.kind] for token in tokenise(text[low:high]) if token.kind in _FACTS}
        gone = next((fact for fact in _GONE if fact in facts), None)
        if gone is not None:
            count[gone] += 1
        elif facts:
            grave = "serious_injuries" in facts
            count["ill" if facts == {"ill"} else "injuries"] += 1
            count["serious_injuries"] += grave
        else:
            unknown += 1
    span = (rows[0][0], rows[-1][1])
    sure = {fact for fact, many in count.items() if many and (not unknown or fact in _GONE)}
    found = {
        fact: Found(
            at_least=many,
            at_most=many,
            stated=many,
            text="",
            span=span,
            confidence=1.0 if fact in sure else 0.5,
        )
        for fact, many in count.items()
        if many
    }
    if not found:
        return text, {}
    return text[: span[0]] + "。" + FILL * (span[1] - span[0] - 1) + text[span[1] :], found


def _rows(text: str) -> Iterator[Span]:
    """The lines of the first roll."""
    start, headed, begun = 0, False, False
    for line in text.split("\n")[:_ENOUGH]:
        low, high = start, start + len(line)
        start = high + 1
        if _HEAD.fullmatch(text, low, high):
            headed = True
        elif _PERSON.fullmatch(text, low, high) or (headed and line.count(" ") + line.count(",") and len(line) <= 40):
            begun = True
            yield low, high
        elif begun:
            return
