"""What is said around a report is left out before its people are read: 报告领导: ..., 消防都到了, 收到请回复.

An address, a title, a call for help, who was called and is on the way, a telephone number and a date change nothing of
what is told, and so must change nothing of what is read. They stay in the text for time, place and kind of event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from plans.intake.denied import as_denied
from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.putting.changes import without_asides
from plans.intake.reading import After, Found, Option, Reading, Span, Utterance
from plans.intake.spacing import squeezed
from plans.intake.utterances import utterances

_HEAD, _ASIDE, _TAIL = (any_of("frames", kind) for kind in ("head", "aside", "tail"))
"""What only begins a report, with the mark behind; a clause of its own anywhere, and one that only ends a report."""
_MARKS = ",。!;:、~\n *_`"
_CLAUSE = lazy(r"[^,。!?;\n]{1,48}(?=[,。!?;\n]|$)")
_INNER = lazy(r"(?<=[,。!?;\n])[^,。!?;\n]{1,48}(?=[,。!?;\n])")
_SPLIT = lazy(r"[,。!?;\n](?=[^,。!?;\n]*$)")
_REACH = 48
"""Characters of the longest such clause."""
_ENOUGH = 32
"""Clauses that are left out at either end, and between."""
_LOOKED_AT = 64
"""Clauses of a report that are looked at."""
_STRONG = "。!?;\n"
_BLANK = lazy(
    r"(?<=[,。;!?])[ \n]+(?![ \n(]?\d{1,2}[、.)])"
    r"(?![^\n ,。;:]{1,12} [^\n,。;:]{1,24}\n[^\n ,。;:]{1,12} \d)|"  # not before the head of a table
    r"(?<=:) +|(?<=\n) +| +(?=[,。;!?\n])|"
    r"(?<=[\u4e00-\u9fa5\d])(?<![哎唉啊呀])[啊呀哦噢哟呃嗯哈]{1,3}(?=[,。!;\n]|$)"
)
"""Blanks beside a mark and a new line behind one, which part nothing that the mark does not part; a sigh before one."""


def told(text: str) -> Sequence[int]:
    """The places of the characters of normalised text that are the report: of all where nothing else would be left.

    >>> text = "报告领导:面包车翻了,消防都到了,伤了3个,请派人来支援。"
    >>> "".join(text[at] for at in told(text))
    '面包车翻了,伤了3个'
    """
    low = _behind_head(text)
    high = _before_tail(text, low)
    if high <= low:
        return range(len(text))
    places: list[int] = []
    at = low
    for start, end in sorted((*islice(_between(text, low, high), _ENOUGH), *_blanks(text, low, high))):
        places += range(at, start)
        at = max(at, end)
    return [*places, *range(at, high)] if places else range(low, high)


def clipped(spoken: Sequence[Utterance], text: str, places: Sequence[int], report: str) -> list[Utterance] | None:
    """The utterances of a text as those of its report, where only marks stand around it; None: they are read anew."""
    if not isinstance(places, range):
        return None
    low, high = places[0], places[-1] + 1
    if report != text[low:high] or text[:low].strip(_MARKS) or text[high:].strip(_MARKS):
        return None
    spans = [(max(start, low) - low, min(end, high) - low) for start, end in (item.span for item in spoken)]
    return [replace(item, span=span) for item, span in zip(spoken, spans, strict=True) if span[0] < span[1]]


def moved(found: Found, places: Sequence[int]) -> Found:
    """A figure of a report, at its place in the text that the report was taken from."""
    readings = tuple(replace(one, span=back(one.span, places)) if one.span else one for one in found.readings)
    return replace(found, span=back(found.span, places), readings=readings)


def back(span: Span, places: Sequence[int]) -> Span:
    """Where a span of the report stands in the text."""
    low, high = span[0], min(span[1], len(places))
    if low < high:
        return places[low], places[high - 1] + 1
    at = places[low] if low < len(places) else places[-1] + 1 if places else 0
    return at, at


def reported(reading: Reading) -> tuple[Reading, Sequence[int]]:
    """A reading as if the report alone had been read, and the places of its characters."""
    thin, kept = squeezed(reading.plain)
    places = told(thin) if kept is None else [kept[at] for at in told(thin)]
    plain = as_denied("".join(reading.plain[place] for place in places))
    if plain == reading.plain:
        return reading, places
    at = {place: index for index, place in enumerate(places)}

    def span(whole: Span) -> Span | None:
        low, high = at.get(whole[0]), at.get(whole[1] - 1)
        return None if low is None or high is None or high < low else (low, high + 1)

    def option(one: Option) -> Option:
        return replace(one, span=span(one.span)) if one.span else one

    def facts(given: Mapping[str, Found]) -> Mapping[str, Found]:
        return MappingProxyType(
            {
                name: replace(found, span=here, readings=tuple(option(one) for one in found.readings))
                for name, found in given.items()
                if (here := span(found.span)) is not None
            }
        )

    claims = [(claim, span(claim.found.span)) for claim in reading.claims]
    return replace(
        reading,
        plain=plain,
        utterances=utterances(without_asides(plain)),
        facts=facts(reading.facts),
        by_grammar=None if reading.by_grammar is None else facts(reading.by_grammar),
        raised=MappingProxyType({name: here for name, whole in reading.raised.items() if (here := span(whole))}),
        claims=tuple(replace(claim, found=replace(claim.found, span=here)) for claim, here in claims if here),
        unread=tuple(replace(one, span=here) for one in reading.unread if (here := span(one.span)) is not None),
    ), places


def placed(changed: After, places: Sequence[int]) -> After:
    """What is known after a report, with spans in the text that it was taken from."""
    readings = tuple(replace(one, span=back(one.span, places)) if one.span else one for one in changed.readings)
    return replace(changed, span=back(changed.span, places) if changed.span else None, readings=readings)


def _behind_head(text: str) -> int:
    low = 0
    for _ in range(_ENOUGH):
        while low < len(text) and text[low] in _MARKS:
            low += 1
        match = _HEAD.match(text, low)
        if match is not None and match.end() > low:
            low = match.end()
            continue
        clause = _CLAUSE.match(text, low)
        if clause is None or clause.end() == len(text) or _ASIDE.fullmatch(text, low, clause.end()) is None:
            break
        if text[clause.end()] == "?":
            break
        low = clause.end()
    return low


def _before_tail(text: str, low: int) -> int:
    high = len(text)
    for _ in range(_ENOUGH):
        end = high
        while end > low and text[end - 1] in _MARKS:
            end -= 1
        stop = end
        while end > low and text[end - 1] in "?!.…":
            end -= 1
        mark = _SPLIT.search(text, max(low, end - _REACH), end)
        start = mark.end() if mark else low if end - low <= _REACH else end
        if start >= end or not any(kind.fullmatch(text, start, end) for kind in (_ASIDE, _TAIL)):
            return stop
        high = start
    return high


def _blanks(text: str, low: int, high: int) -> Iterator[Span]:
    return (match.span() for match in _BLANK.finditer(text, low, high))


def _between(text: str, low: int, high: int) -> Iterator[Span]:
    """The clauses between that are none of the report, each with the weaker of the marks around it."""
    for clause in islice(_INNER.finditer(text, low, high), _LOOKED_AT):
        start, end = clause.span()
        if start == low or end >= high - 1 or text[end] == "?" or _ASIDE.fullmatch(text, start, end) is None:
            continue
        if text[start - 1] in _STRONG or text[end] not in _STRONG:
            yield start, end + 1
        else:
            yield start - 1, end
