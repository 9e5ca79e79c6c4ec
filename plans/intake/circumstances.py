"""What a text says of a plan's circumstances: of a flag that it is so or is not, of a choice which one it is.

The phrases stand in the plan file, what the words around them make of them in `plans.intake.surroundings`.
Contradictions leave a circumstance open, unless the later of them corrects.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from plans.intake.occasions import of_others
from plans.intake.reading import Circumstance, Span, Utterance
from plans.intake.surroundings import Around, Force, corrects
from plans.model import Fact


class Hit(NamedTuple):
    """A phrase in the text.

    Args:
        value: what it would assert.
        span: where it stands.
        force: what its surroundings make of it.
        letters: how many characters of it the plan file names; of two phrases at one place the fuller one counts.
    """

    value: bool | str
    span: Span
    force: Force
    letters: int


def circumstances(
    text: str, facts: Mapping[str, Fact], utterances: Sequence[Utterance] = (), classes: Collection[str] = ()
) -> tuple[dict[str, Circumstance], dict[str, Span]]:
    """Return what normalised text states of a plan's flags and choices, and what it merely leaves open.

    Args:
        facts: of the plan; what is counted is passed over.
        utterances: the text cut by what its writer does with each stretch; without them the words around a phrase
            alone tell.
        classes: of events for which the text speaks; what only other classes know is then not read.
    """
    said: dict[str, Circumstance] = {}
    raised: dict[str, Span] = {}
    around = Around(text, utterances)
    asked = {
        name: fact
        for name, fact in facts.items()
        if fact.type in ("flag", "choice") and not (fact.classes and classes and not {*fact.classes} & {*classes})
    }
    every = {name: _hits(fact, around) for name, fact in asked.items()}
    whole = [
        (of, hit.span)
        for of, hits in every.items()
        for hit in hits
        if hit.force != "yes" and _in_a_clause(hit.span, text)
    ]
    for name, fact in asked.items():
        hits = [_part_of(hit, [span for of, span in whole if of != name]) for hit in every[name]]
        stated = None if fact.judgement else _stated(fact, hits, text)
        if stated is not None:
            said[name] = stated
            continue
        span = next((hit.span for hit in hits if hit.force in ("yes", "open")), None) or _raised(fact, around)
        if span is not None:
            raised[name] = span
    return said, raised


def _hits(fact: Fact, around: Around) -> list[Hit]:
    """All places of the phrases that assert something, but for those that lie within a fuller one of the fact."""
    others = list(_names(around, fact.not_of))
    asserting: list[tuple[bool | str, tuple[str, ...]]] = [(True, fact.said_by), (False, fact.denied_by)]
    asserting += [(choice.id, choice.said_by) for choice in fact.choices]
    found = [
        Hit(
            value,
            match.span(),
            around.force(match, suffices, of_others(item)),
            sum(len(word) for word in match.groups()),
        )
        for value, phrases in asserting
        for suffices in (any("疑似" in item for item in phrases),)
        for item in phrases
        for match in around.places(item)
        if not _within(match.span(1), others)
    ]
    found.sort(key=lambda hit: (hit.span[0], -hit.span[1]))
    return [hit for at, hit in enumerate(found) if not any(_fuller(other, hit) for other in _near(found, at))]


def _near(found: Sequence[Hit], at: int) -> Iterator[Hit]:
    """The hits that overlap one of those that are sorted by where they begin."""
    low, high = found[at].span
    for place, other in enumerate(found):
        if other.span[0] >= high:
            break
        if place != at and other.span[1] > low:
            yield other


def _fuller(other: Hit, hit: Hit) -> bool:
    """Whether another hit speaks in the place of one that it overlaps: the fuller one, the longer one."""
    if other.value != hit.value:
        return _within(hit.span, [other.span]) and other.letters > hit.letters
    if (hit.force, other.force) == ("yes", "open"):
        return False  # 打完针都说不舒服，晕倒: what stands between the words of the longer one doubts that alone
    return (hit.span[1] - hit.span[0], -hit.span[0]) < (other.span[1] - other.span[0], -other.span[0])


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in others)


def _in_a_clause(span: Span, text: str) -> bool:
    return not any(mark in text[slice(*span)] for mark in ",。;!?\n")


def _part_of(hit: Hit, whole: Sequence[Span]) -> Hit:
    """不是肺鼠疫 says nothing of any other 鼠疫: what is part of words that are not asserted is not either."""
    part = hit.force == "yes" and hit.span not in whole and _within(hit.span, whole)
    return hit._replace(force="open") if part else hit


def _names(around: Around, names: Sequence[str]) -> Iterator[Span]:
    for name in names:
        for match in around.places(name):
            yield match.span()


def _raised(fact: Fact, around: Around) -> Span | None:
    """Where a word stands that leaves the fact open."""
    others = list(_names(around, fact.not_of))
    for item in fact.raised_by:
        for match in around.places(item):
            if not _within(match.span(1), others) and around.force(match, others=of_others(item)) in ("yes", "open"):
                return match.span()
    return None


def _stated(fact: Fact, hits: Sequence[Hit], text: str) -> Circumstance | None:
    """What the hits say together; None where they leave it open or say nothing."""
    domain: list[bool | str] = [choice.id for choice in fact.choices] or [False, True]
    sure = [hit for hit in hits if hit.force in ("yes", "no")]
    if not sure:
        return None
    last = sure[-1]
    differing = [hit for hit in sure if (hit.value, hit.force) != (last.value, last.force)]
    if differing and corrects(text, max(hit.span[1] for hit in differing), last.span[0]):
        sure = [hit for hit in sure if (hit.value, hit.force) == (last.value, last.force)]
    asserted = [value for value in domain if any(hit.value == value and hit.force == "yes" for hit in sure)]
    denied = {hit.value for hit in sure if hit.force == "no"}
    doubted = any(hit.force == "open" and hit.span[0] > last.span[0] for hit in hits)
    if denied & set(asserted) or len(denied) == len(domain) or (asserted and asserted[-1] != asserted[0] == domain[0]):
        return None
    if doubted and (not asserted or asserted == [domain[0]]):
        return None  # the one is ruled out, and something else suspected
    left = asserted[-1:] or [value for value in domain if value not in denied]
    span = next(hit.span for hit in reversed(sure) if not asserted or (hit.value, hit.force) == (left[0], "yes"))
    return Circumstance(values=tuple(left), text=text[slice(*span)], span=span)
