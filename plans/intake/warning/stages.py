"""What is done with a warning that a text speaks of, and whether it is said to be so at all."""

from __future__ import annotations

import re
from typing import cast, get_args

from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.warning.clauses import clause, clauses, sentence
from plans.intake.warning.found import Stage, WhyNot, Words
from plans.intake.warning.mentions import Mention

_CUES = {
    role: any_of("warnings", role)
    for role in (
        *get_args(Stage), "relative", "passed_on", "asked", "supposed", "ordered", "denied", "hearsay", "rumour",
        "past", "rule", "rule_after", "drill", "real",
    )
}  # fmt: skip
_NOTHING_ELSE = lazy(r"(?:现|特此|特|已经?|予以|于|今[天日]|[\d年月日时分 ]|该|此)*")
_OF_IT = lazy(r"(?:该|此)?(?:预警)?(?:信号|信息)?")
_AGAINST: tuple[WhyNot, ...] = ("past", "denied", "supposed", "ordered", "rule")
"""Reasons that stand in the clause of a mention, before it or before its verb."""


def drill(text: str) -> Words[WhyNot] | None:
    """The words by which a whole text is a drill or a test."""
    bared = _CUES["real"].sub(lambda real: "□" * len(real[0]), text)
    return _why("drill", _CUES["drill"].search(bared), text)


def stage(text: str, mention: Mention, others: list[Span]) -> Words[Stage] | None:
    """What the clause of a mention does with it.

    Args:
        others: spans of all mentions; what stands on the far side of one belongs to that.
    """
    low, high = clause(text, mention.span)
    if mention.changed:
        within = _first(text, mention.before.span[1] if mention.before else mention.span[0], mention.span[1])
        if within is not None:
            return within
    for start, end in others:
        if end <= mention.span[0] and not _listed(text, end, mention.span[0]):
            low = max(low, end)
        if start >= mention.span[1]:
            high = min(high, start)
    after = _first(text, mention.span[1], high)
    if after is not None and (after.value != "issued" or after.span[0] - mention.span[1] < 16):
        before = _last(text, low, mention.span[0])
        return after if before is None or before.value == "issued" or after.value == "lifted" else before
    return _last(text, low, mention.span[0])


def alone(text: str, low: int, high: int) -> Words[Stage] | None:
    """What a stretch without a mention does, be it with another warning."""
    return _last(text, low, high)


def bare(text: str, stretch: Span) -> Words[Stage] | None:
    """What a clause says is done that says nothing else (现予以解除)."""
    for low, high in clauses(text, stretch):
        verb = _last(text, low, high)
        if verb and _NOTHING_ELSE.fullmatch(text, low, verb.span[0]) and _OF_IT.fullmatch(text, verb.span[1], high):
            return verb
    return None


def _listed(text: str, end: int, start: int) -> bool:
    return re.fullmatch(r" ?(?:[、和及与]|以及) ?", text[end:start]) is not None


def verbs(text: str, low: int, high: int) -> list[Words[Stage]]:
    """The words of a stretch that do something with a warning, in order."""
    found = []
    relative = [match.span() for match in _CUES["relative"].finditer(text, low, high)]
    for name in get_args(Stage):
        for match in _CUES[name].finditer(text, low, high):
            if match[0] and not any(start <= match.start() < end for start, end in relative):
                found.append(Words(cast("Stage", name), match[0], match.span()))
    found.sort(key=lambda verb: (verb.span[0], -verb.span[1]))
    return [verb for at, verb in enumerate(found) if not at or verb.span[0] >= found[at - 1].span[1]]


def _last(text: str, low: int, high: int) -> Words[Stage] | None:
    found = verbs(text, low, high)
    return found[-1] if found else None


def _first(text: str, low: int, high: int) -> Words[Stage] | None:
    found = verbs(text, low, high)
    return found[0] if found else None


def relative(text: str, low: int, high: int) -> bool:
    """Whether a stretch tells of what somebody issued (12时发布的), though that is not what the sentence does."""
    return _CUES["relative"].search(text, low, high) is not None


def passed_on(text: str) -> Words[str] | None:
    """The words by which a text hands on what another body issued."""
    match = _CUES["passed_on"].search(text)
    return Words("转发", match[0], match.span()) if match else None


def refused(text: str, mention: Mention, verb: Words[Stage] | None) -> Words[WhyNot] | None:
    """Why a mention is no warning; None when nothing speaks against it."""
    low, high = clause(text, mention.span)
    end = max(mention.span[1], verb.span[1] if verb else 0)
    after = _CUES["rule_after"].match(text, mention.span[1])
    if after is not None:
        return _why("rule", after, text)
    title = text.rfind("《", 0, mention.span[0])
    if title > text.rfind("》", 0, mention.span[0]):
        return Words("rule", "《", (title, title + 1))  # what a paper is called
    asked = _CUES["asked"].search(text, low, min(len(text), high + 1))
    if asked is not None:
        return _why("asked", asked, text)
    first, last = sentence(text, mention.span)
    hearsay = _CUES["hearsay"].search(text, first, last) or _CUES["rumour"].search(text)
    if hearsay is not None:
        return _why("hearsay", hearsay, text)
    for name in _AGAINST:
        match = _CUES[name].search(text, low, end)
        if match is not None:
            return _why(name, match, text)
    return None


def _why(name: WhyNot, match: re.Match[str] | None, text: str) -> Words[WhyNot] | None:
    return Words(name, text[match.start() : match.end()], match.span()) if match is not None else None
