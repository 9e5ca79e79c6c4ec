"""Chinese incident text -> facts, each with its span of text (docs/contract.md: `tocsin read`).

A small grammar of our own, linear in the length of the text: full-width characters are folded one to one, numerals
become intervals, numerals with a measure word become head counts, counts and words of harm are joined within clauses
and sentences, and what the sentences say is resolved into one value a fact.
Nothing is invented: silence gives nothing, and people said to exist but not counted stay uncounted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from plans.intake import kinds, opinion
from plans.intake.borne_out import borne_out
from plans.intake.brief import agreed
from plans.intake.casualties import casualties
from plans.intake.counted_once import once
from plans.intake.denied import as_denied, none_at_all
from plans.intake.died_of_them import without_the_dead
from plans.intake.expressions import said
from plans.intake.following import after
from plans.intake.forms import of_forms
from plans.intake.framing import back, clipped, moved, told
from plans.intake.groups import as_parted, by_groups
from plans.intake.happening import happening
from plans.intake.ledger import in_turn
from plans.intake.logs import answered, unlogged
from plans.intake.mending import itemised, mend
from plans.intake.named_rolls import of_named
from plans.intake.numerals import normalise
from plans.intake.one_by_one import of_singles
from plans.intake.one_of_them import among_them
from plans.intake.past_bounds import beyond, least, within
from plans.intake.putting import put
from plans.intake.putting.changes import without_asides
from plans.intake.putting.sources import counts_himself
from plans.intake.quantities import quantities as read_quantities
from plans.intake.reading import (
    CORE_FACTS,
    GIVES_VALUES,
    SHANGHAI,
    SURE,
    After,
    Candidate,
    Claim,
    Found,
    Option,
    Quantity,
    Reading,
    Span,
    TimeFound,
    Unread,
    Utterance,
    UtteranceKind,
)
from plans.intake.released import released
from plans.intake.replacing import FILL, replaced, whole
from plans.intake.restating import restated
from plans.intake.settling import as_settled, settled
from plans.intake.spacing import put_back, squeezed
from plans.intake.taking import any_overlap
from plans.intake.tally import tallied
from plans.intake.utterances import masked, utterances, without
from plans.intake.when import background, occurred
from plans.intake.where import place as read_place

__all__ = [
    "CORE_FACTS",
    "GIVES_VALUES",
    "MAX_LENGTH",
    "SHANGHAI",
    "SURE",
    "After",
    "Candidate",
    "Claim",
    "Found",
    "Option",
    "Quantity",
    "Reading",
    "Span",
    "TimeFound",
    "Unread",
    "Utterance",
    "after",
    "read",
]

MAX_LENGTH = 4096
"""Longer texts are read up to here; it is the length of one Telegram message."""

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
_NO_QUANTITIES: Mapping[str, Quantity] = MappingProxyType({})
_UNREAD: Mapping[str, Found] = MappingProxyType({})
"""What the grammar read and a second opinion asked holds back no groups that were understood: these may be fewer."""


def read(
    text: str,
    *,
    now: datetime,
    names: Sequence[str] = (),
    classes: Mapping[str, Sequence[str]] = _NOTHING,
    quantities: Mapping[str, Quantity] = _NO_QUANTITIES,
) -> Reading:
    """What one text says about an incident; at most `MAX_LENGTH` characters of it are read.

    Args:
        text: as the person wrote it; spans are offsets into it.
        now: aware; the date of the message, against which 刚才 and 昨晚 are resolved.
        names: school, unit and place names that the plan or the directory knows.
        classes: event class of the plan -> words that speak for it.
        quantities: fact id of the plan -> how it is said.

    Raises:
        ValueError: `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware, for example datetime(2026, 3, 2, 10, 30, tzinfo=UTC)")
    given = within(text[:MAX_LENGTH])
    rest = beyond(text[:MAX_LENGTH], given)
    loose = mend(normalise(given))
    plain, places = squeezed(loose)
    if places is not None:
        plain = mend(plain)  # 失踪 3 .死了: a point behind the number now
        text = "".join(given[at] for at in places[:-1])
    reading = _read(text, plain, now, names, classes, quantities)
    if (end := settled(plain, reading.utterances)) is not None:
        words, at = end
        final = _read("".join(text[place] for place in at[:-1]), words, now, names, classes, quantities)
        reading = as_settled(reading, put_back(final, at, text, plain))
    elif (log := unlogged(plain, reading.utterances)) is not None:
        words, at = log
        tale = _read("".join(text[place] for place in at[:-1]), words, now, names, classes, quantities)
        reading = answered(reading, put_back(tale, at, text, plain))
    reading = reading if places is None else put_back(reading, places, given, loose)
    if not rest:
        return reading
    facts = MappingProxyType(least(reading.plain, reading.facts, cut=True))
    return replace(reading, facts=facts, by_grammar=None, unread=(*reading.unread, *rest))


def _read(
    text: str,
    plain: str,
    now: datetime,
    names: Sequence[str],
    classes: Mapping[str, Sequence[str]],
    quantities: Mapping[str, Quantity],
) -> Reading:
    """As `read`, of a text whose numbers stand without blanks."""
    plain = itemised(plain)
    spoken = utterances(without_asides(plain))
    category = kinds.category(plain)
    times = list(said(plain))
    when = occurred(plain, times, now)
    places = told(plain)
    report = as_denied("".join(plain[at] for at in places))
    if report == plain:
        figures = _figures(plain, spoken, category, background(plain, times, now, when), quantities)
    elif (inner := clipped(spoken, plain, places, report)) is not None:
        before = background(plain, times, now, when)
        figures = _figures(report, inner, category, lambda at: before(places[at]), quantities).moved(places)
    else:
        own = list(said(report))
        elsewhere = background(report, own, now, occurred(report, own, now))
        figures = _figures(report, utterances(without_asides(report)), category, elsewhere, quantities).moved(places)
    facts, raised = dict(figures.facts), dict(figures.raised)
    claims = _claims(text, plain, spoken, category)
    for claim in claims:
        if claim.fact not in facts and (claim.found.at_least or claim.found.at_most != 0):
            raised.setdefault(claim.fact, claim.found.span)
    where = read_place(plain, [normalise(name) for name in names], when.span if when else None)
    flags = {
        name for name, pattern in (("drill", kinds.DRILL), ("suspected", kinds.SUSPECTED)) if pattern.search(plain)
    }
    return Reading(
        facts=_with_words(text, facts),
        by_grammar=None if figures.by_grammar is figures.facts else _with_words(text, figures.by_grammar),
        occurred=replace(when, text=_cut(text, when.span)) if when else None,
        place=_cut(text, where[1]) if where else None,
        place_text=_cut(text, where[1]) if where else None,
        place_span=where[1] if where else None,
        category=happening(plain, spoken, facts, claims, raised),
        class_candidates=kinds.candidates(plain, classes),
        flags=frozenset(flags),
        raised=MappingProxyType(raised),
        plain=plain,
        utterances=spoken,
        claims=claims,
        unread=tuple(Unread(text=_cut(text, span), span=span) for span in figures.spare),
    )


class _Figures(NamedTuple):
    """What a report tells in figures: facts, those by the grammar alone, what is raised, and numbers left over."""

    facts: Mapping[str, Found]
    by_grammar: Mapping[str, Found]
    raised: Mapping[str, Span]
    spare: Sequence[Span]

    def moved(self, places: Sequence[int]) -> _Figures:
        """The same in the text from which the report was taken."""
        facts = {name: moved(found, places) for name, found in self.facts.items()}
        alone = {name: moved(found, places) for name, found in self.by_grammar.items()}
        return _Figures(
            facts,
            facts if self.by_grammar is self.facts else alone,
            {name: back(span, places) for name, span in self.raised.items()},
            [back(span, places) for span in self.spare],
        )


def _figures(
    plain: str,
    spoken: Sequence[Utterance],
    category: str | None,
    elsewhere: Callable[[int], bool],
    quantities: Mapping[str, Quantity],
) -> _Figures:
    """The figures of a report without what is said around it.

    Args:
        elsewhere: offset -> whether what is said there is about another event.
    """
    heard, corrected = replaced(plain, without_asides(masked(plain, spoken)))
    unput = heard
    heard, named = put(plain, heard, category)
    unput = heard if counts_himself(plain) else unput
    corrected += named
    heard = restated(plain, heard, lambda part: casualties(part, category, lambda at: False)[0])
    facts, raised, spare = casualties(heard, category, elsewhere)
    facts = {name: replace(found, span=whole(found.span, corrected)) for name, found in facts.items()}
    by_grammar = opinion.second(plain, heard, spoken, category, facts)
    by_grammar |= {name: found for name, found in facts.items() if any_overlap(found.span, named)}  # not written there
    of_two = agreed(heard, spoken, category, facts, by_grammar, spare)
    first = facts
    facts = in_turn(heard, category, of_two, firm=of_two != by_grammar, read=first)
    added = tallied(unput, plain, spoken, category, facts)
    added = added if added != facts or heard == unput else tallied(heard, plain, spoken, category, facts)
    facts = borne_out(heard, first, facts, added)
    facts = released(heard, facts)
    own_words = without(plain, spoken)
    facts = released(heard, borne_out(heard, _UNREAD, facts, by_groups(heard, own_words, category, facts)))
    facts = as_parted(heard, own_words, category, facts)
    facts = of_named(heard, plain, of_forms(heard, once(heard, without_the_dead(heard, facts))))
    facts = own = least(heard, among_them(heard, none_at_all(heard, of_singles(heard, facts))))
    known = {name: found.span for name, found in facts.items() if not found.unknown}
    raised = {name: span for name, span in raised.items() if name not in known}
    spare = [span for span in spare if not any_overlap(span, known.values())]
    raised |= {name: found.span for name, found in facts.items() if found.readings and name not in raised}
    more, more_raised = read_quantities(heard, quantities)
    facts = facts | more
    raised |= {name: span for name, span in more_raised.items() if name not in facts}
    return _Figures(facts, facts if own == by_grammar else by_grammar | more, raised, spare)


_REPORTED: frozenset[UtteranceKind] = frozenset(("reported",))


MOST_SOURCES = 4
"""Sources of hearsay that are told apart; what more of them say is read with the last."""


def _claims(text: str, plain: str, spoken: Sequence[Utterance], category: str | None) -> tuple[Claim, ...]:
    """Figures of hearsay, those of each source on their own: two who tell of one harm tell of it twice."""
    sources = list(dict.fromkeys(item.source for item in spoken if item.kind == "reported"))
    claims = []
    for at, source in enumerate(sources[:MOST_SOURCES]):
        own = {source} if at + 1 < MOST_SOURCES else set(sources[at:])
        others = [
            replace(item, kind="asked") if item.kind == "reported" and item.source not in own else item
            for item in spoken
        ]
        facts, _, _ = casualties(_told_by(plain, others), category, lambda at: False)
        for name, found in facts.items():
            claims.append(Claim(fact=name, found=replace(found, text=_cut(text, found.span)), source=source))
    return tuple(claims)


def _told_by(plain: str, spoken: Sequence[Utterance]) -> str:
    """What is told by hearsay; who tells it is none of those told of (有个司机说)."""
    told = list(masked(plain, spoken, _REPORTED))
    for item in spoken:
        if item.kind == "reported" and item.cue and 0 <= (at := plain.find(item.cue, *item.span)) <= item.span[0] + 2:
            told[item.span[0] : at + len(item.cue)] = FILL * (at + len(item.cue) - item.span[0])
    return "".join(told)


def _with_words(text: str, facts: Mapping[str, Found]) -> Mapping[str, Found]:
    return MappingProxyType({name: replace(found, text=_cut(text, found.span)) for name, found in facts.items()})


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
