"""What is told again behind a correction takes the stead of what was told before it: 死3伤5，写反了，死5伤3.

Nothing is added across a correction. Which facts are told again is read by the grammar itself, from what stands before
and from what stands behind the words that correct, each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice

from plans.intake.clauses import facts_of
from plans.intake.correcting import named_unit
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL
from plans.intake.taking import any_overlap

Grammar = Callable[[str], Mapping[str, Found]]
"""Reads masked text alone."""

_CORRECTS = lazy(
    r"(?:不对(?![劲付外着])|[说写打数报搞弄记点算]错了?|(?<![没不])错了|[写说报搞弄]反了?|更正(?:一下)?(?![至成到])|纠正(?:一下)?|订正|口误|手误"
    r"|作废|撤回|重(?:新)?[报数统](?:计|了|一遍|一下)*|[改更正修][为成正](?:为|成)?|核实后|核对后|应该?是|实际上?[是为]?|准确(?:的|数字)?是"
    r"|[以按][^,。;!?\n\d]{1,8}为准)[了是为,:。! \n]*(?:现在?|目前|应该?|其实|实际|最新)*[是为]?[:,]?",
    sparse=True,
)
_ENDS = lazy(r"[。!?\n](?!$)")
_SHORT, _BEFORE, _BEHIND = 200, 120, 60
"""Characters of a text that is looked at, and of what stands before and behind the words that correct."""
_STARTS = 9
"""Characters behind the words that correct in which the first figure begins."""
_ENOUGH = 3


def restated(text: str, heard: str, grammar: Grammar) -> str:
    """Masked text without the figures that are told again behind a correction; offsets stay as they were.

    Args:
        text: normalised text, in which the words that correct stand.
        heard: the same, masked.
        grammar: reads a part of what is heard.
    """
    if len(text) > _SHORT:
        return heard
    for match in islice(_CORRECTS.finditer(text), _ENOUGH):
        end = _ENDS.search(text, match.end(), match.end() + _BEHIND)
        high = end.start() if end else min(len(text), match.end() + _BEHIND)
        new = grammar(heard[match.end() : high])
        told = {name: found for name, found in new.items() if found.stated is not None and not found.unknown}
        if not told or min(found.span[0] for found in told.values()) > _STARTS:
            continue
        low = max(0, match.start() - _BEFORE)
        old = grammar(heard[low : match.start()])
        if (of_unit := named_unit(text, match.end(), text[low : match.start()])) is not None:
            heard = _filled(heard, low + of_unit[0], low + of_unit[1])
            heard = _filled(heard, match.start(), match.end() - 1)  # else what follows would be all there is
            continue
        kept = [found.span for name, found in old.items() if name not in told]
        gone = _gone(text, heard, low, match.start())
        for name in told.keys() & old.keys():
            if name not in gone and not _of_the_grave(name, told):
                heard = _without(heard, low, old[name].span, kept)
    return heard


def _filled(heard: str, low: int, high: int) -> str:
    return heard[:low] + FILL * (high - low) + heard[high:]


def _gone(text: str, heard: str, low: int, high: int) -> tuple[str, ...]:
    """The facts of what was taken back there already: what is left of them was told of another unit."""
    return facts_of(
        "".join(char if mark == FILL else FILL for char, mark in zip(text[low:high], heard[low:high], strict=True))
    )


def _of_the_grave(name: str, told: Mapping[str, Found]) -> bool:
    """重伤3人 corrects how many are grave, not how many are hurt."""
    grave = told.get("serious_injuries")
    return name in ("injuries", "ill") and grave is not None and any_overlap(told[name].span, [grave.span])


def _without(heard: str, at: int, span: Span, kept: list[Span]) -> str:
    """The text without a span, but for what other figures are told in."""
    chars = list(heard)
    for place in range(*span):
        if not any(low <= place < high for low, high in kept):
            chars[at + place] = FILL
    return "".join(chars)
