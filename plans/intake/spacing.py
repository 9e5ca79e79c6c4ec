"""Blanks around a number (伤了 9 人) and what nobody sees are left out before a text is read, and put back in spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from plans.intake.patterns import lazy
from plans.intake.reading import Candidate, Claim, Found, Option, Reading, Span, Unread

_SPACED = lazy(
    r"(?:^|(?<=[\u4e00-\u9fa5,。;!?、:(\n ~\-\]】)]))(?P<before> |^)"
    r"\d+(?:\.\d+)?"
    r"(?P<behind> )(?=[个名人位例口具号楼栋幢班层室车组条头只匹辆间台箱年月日时分点岁多余来几趟亩米度级期次吨份线路区单"
    r"社万元千百小公拉平座起天、.)\]~\-—至到或以死伤重轻失被受困中遇发吐确骨昏]| ?[-~—] )|"
    r"(?<=[死伤亡踪联困])(?P<harmed> )(?=\d+(?: *[,。;!?\n]| {2}| +\.|$))",
    sparse=True,
)
"""A blank on either side, and behind it what can belong to the number; the blank between two columns stays."""


_UNSEEN = lazy("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", sparse=True)
"""Characters that nobody sees; they come with what is pasted."""


_LABEL = r"(?:死亡|遇难|受伤|重伤|轻伤|失踪|失联|被困|发病|中毒|患病|住院)(?:总?人数|人员|者|病例)?"
_FIELD = lazy(
    rf"(?:{_LABEL}|[伤亡死](?:人数)?):?(?P<open>[ _(\[【〔]{{0,8}}[_(\[【〔][ _]{{0,8}})(?:\d{{1,4}}|[无零])"
    r"(?P<close>[ _]{0,8}[_)\]】〕]{1,8})(?=[人名例]|[\s,。;]|$|[死遇受重轻失被发中患住])",
    sparse=True,
)
"""受伤（ 4 ）人, 死亡人数（1）, 受伤_3_人: a field of a form that is filled in."""
_EMPTY = lazy(rf"{_LABEL}:?(?:[(\[【〔][ _]*[)\]】〕]|_{{1,8}}(?![ _\d])) *[人名例]?", sparse=True)
"""失踪（  ）人: one that is not."""


def squeezed(text: str) -> tuple[str, list[int] | None]:
    """Return the text without these blanks, and the place of each character in the given one; None: it has none."""
    out: list[int] = []
    for match in _SPACED.finditer(text):
        out += [match.start(blank) for blank in ("before", "behind", "harmed") if match[blank]]
    for match in _FIELD.finditer(text):
        out += [*range(*match.span("open")), *range(*match.span("close"))]
    for pattern in (_EMPTY, _UNSEEN):
        for match in pattern.finditer(text):
            out += range(*match.span())
    if not out:
        return text, None
    gone = set(out)
    places = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in places), [*places, len(text)]


def put_back(reading: Reading, places: Sequence[int], given: str, plain: str) -> Reading:
    """Return a reading of a squeezed text with the spans and the words of the given one.

    Args:
        places: see `squeezed`.
        given: the text as it was written.
        plain: the same, normalised.
    """

    def span(old: Span) -> Span:
        low, high = old
        own = places[low:high] or places[low : low + 1]
        return min(own), max(own) + (high > low)

    def words(old: Span) -> str:
        low, high = span(old)
        return given[low:high]

    def option(item: Option) -> Option:
        return replace(item, span=span(item.span), text=words(item.span)) if item.span else item

    def found(item: Found) -> Found:
        readings = tuple(option(one) for one in item.readings)
        return replace(item, span=span(item.span), text=words(item.span), readings=readings)

    def candidate(item: Candidate) -> Candidate:
        return replace(item, words=tuple((word, span(at)) for word, at in item.words))

    def claim(item: Claim) -> Claim:
        return replace(item, found=found(item.found))

    def raised(spans: Mapping[str, Span]) -> Mapping[str, Span]:
        return MappingProxyType({name: span(at) for name, at in spans.items()})

    when, place = reading.occurred, reading.place_span
    return replace(
        reading,
        facts=MappingProxyType({name: found(item) for name, item in reading.facts.items()}),
        by_grammar=None
        if reading.by_grammar is None
        else MappingProxyType({name: found(item) for name, item in reading.by_grammar.items()}),
        occurred=replace(when, span=span(when.span), text=words(when.span)) if when else None,
        place_text=words(place) if place else None,
        place_span=span(place) if place else None,
        class_candidates=tuple(candidate(item) for item in reading.class_candidates),
        raised=raised(reading.raised),
        utterances=tuple(replace(item, span=span(item.span)) for item in reading.utterances),
        claims=tuple(claim(item) for item in reading.claims),
        unread=tuple(Unread(text=words(item.span), span=span(item.span)) for item in reading.unread),
        plain=plain,
    )
