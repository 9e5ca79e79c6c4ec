"""A log of a chat is also read as one tale, without who wrote when and without the questions between.

[14:31] 小苏：吊顶塌了 / [14:33] 韩经理：有没有客人伤着 / [14:36] 小苏：两位客人胳膊划破 is also read as
吊顶塌了，两位客人胳膊划破.
What the log tells line by line goes before; the tale answers only what the lines leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from plans.intake.patterns import lazy
from plans.intake.reading import CORE_FACTS, Found, Reading, Utterance, UtteranceKind

_LEFT_OUT: frozenset[UtteranceKind] = frozenset(("header", "asked", "supposed", "ordered", "rumour", "past"))
_QUESTION = lazy(
    r"[^\n,。;!?\d一二两三四五六七八九十俩仨]{0,12}"
    r"(?:几个|多少|多少人|哪家|哪个|谁|呢|吗|[伤死着到齐有][了人]?没(?:有|得)?|没得|没有没)[啊呀哦了 快数]*[?]*(?=\n|$)"
)
"""A line that asks, without a mark."""
LEAST, LONGEST = 2, 900
"""Headers of a log; characters of one that is read so."""


def unlogged(plain: str, spoken: Sequence[Utterance]) -> tuple[str, list[int]] | None:
    """The tale of a log, and the place of each of its characters in the normalised text; None where it is no log."""
    if len(plain) > LONGEST or sum(item.kind == "header" for item in spoken) < LEAST:
        return None
    gone = {at for item in spoken if item.kind in _LEFT_OUT for at in range(*item.span)}
    start = 0
    for line in plain.split("\n"):
        first = next((at for at in range(start, start + len(line)) if at not in gone), None)
        if first is not None and _QUESTION.fullmatch(plain[first : start + len(line)].strip()):
            gone.update(range(first, start + len(line)))
        start += len(line) + 1
    places = [at for at in range(len(plain)) if at not in gone]
    told = "".join("," if plain[at] == "\n" else plain[at] for at in places)
    while places and told[0] in ", ":
        told, places = told[1:], places[1:]
    return (told, [*places, len(plain)]) if told else None


_DEAD = lazy("亡|死|没了(?!吗)|没气|没呼吸|没心跳|遗体|宣布|不行了")


def _another(plain: str, found: Found) -> bool:
    """Beside a figure of the dead somebody is told of as dead."""
    low, high = found.span
    return bool(found.at_least) and any(not low <= match.start() < high for match in _DEAD.finditer(plain))


def answered(reading: Reading, tale: Reading) -> Reading:
    """The reading of a log, with what its tale knows and it leaves open."""
    facts: dict[str, Found] = {}
    for name in CORE_FACTS:
        own, other = reading.facts.get(name), tale.facts.get(name)
        if other is None or other.unknown or not (own is None or own.unknown):
            continue
        if name != "deaths" or not _another(tale.plain, other):
            facts[name] = other
    if not facts:
        return reading
    raised = {name: span for name, span in reading.raised.items() if name not in facts}
    return replace(
        reading,
        facts=MappingProxyType({**reading.facts, **facts}),
        raised=MappingProxyType(raised),
        by_grammar=reading.facts if reading.by_grammar is None else reading.by_grammar,
    )
