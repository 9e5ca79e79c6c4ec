"""Words of harm that are said of things, animals or who did it: 火已压住, 猫也死了, 捅伤3人后自杀 tell of no victim.

A count before them belongs to the people of its own clause (1死2伤，火已压住). The words stand in the table ``things``.
"""

from __future__ import annotations

from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy

BLANK = "○"
"""Stands where such words stood; unlike `plans.intake.replacing.FILL` it is nothing that was taken back or doubted."""
_ADVERBS = (
    r"(?:已经?|都|也|又|刚|就|全部?|基本|暂时|现在|目前|当场|均|被[^,。;!?\n\d]{0,3}?|[给让叫][^,。;!?\n\d]{0,2}?"
    r"|[拿用][^,。;!?\n\d]{1,4}?)*"
)


def _said_of(who: str, words: str, between: str = _ADVERBS) -> str:
    return rf"(?:{alternatives('things', who)}){between}(?P<{who}>{alternatives('things', words)})"


_SAID = lazy(
    lambda: "|".join(
        (
            _said_of("actor", "acts", ""),
            _said_of("shut", "shuts"),
            _said_of("beast", "falls"),
            _said_of("goods", "falls"),
            f"(?P<idiom>{alternatives('things', 'idiom')})",
        )
    ),
    sparse=True,
)


def of_people(text: str) -> str:
    """The normalised text, as long as it is, without words of harm that speak of no people."""
    match = _SAID.search(text)
    if match is None:
        return text
    chars = list(text)
    for match in _SAID.finditer(text):
        low, high = match.span(match.lastgroup or 0)
        chars[low:high] = BLANK * (high - low)
    return "".join(chars)
