"""Two incidents that are one: by a duty officer's word only. Nothing is summed or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.core.command import Command, is_platform
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, REPORTER, to_unit
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import check_facts, may_be_asked
from plans.incident.claims import claim, take_in
from plans.incident.closing import before_end
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.figures import confirmed, some
from plans.incident.moving import arrived, calls_for_help, help_arrived, still_open
from plans.incident.records import Correction
from plans.incident.records_beside import CameIn
from plans.incident.scene import OccurrenceChanged
from plans.incident.state import Incident
from plans.incident.superiors import ask_on, asked_above, heard_above, note_above
from plans.incident.timing import CALENDAR, count_up
from plans.incident.unsure_notices import figures_asked
from plans.values import Interval, as_data, parse

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge(Command):
    """并案: into another open incident; the shell executes :class:`Absorb` there in the same transaction.

    Attributes:
        into_level: the other's response level; a declared response is merged only into one at least as high.
    """

    into: str
    number: int
    into_level: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorb(Command):
    """Take in another incident's claims and the list of those who were told its figures.

    Attributes:
        confirmed: fact -> the sources in ``claims`` whose figure a person with authority had confirmed.
        death_unconfirmed: a death was said there and nobody has confirmed it.
        raised: closed facts that were raised there without a value.
        unsure: by its key there, what nobody has chosen yet (:func:`plans.incident.moving.still_open`).
        words: of the messages, by the same key. unread: numbers of the newest words there that no reading used.
        aid: calls for help there that still wait (:func:`plans.incident.moving.calls_for_help`).
        came: by its log, each case that comes with it, and the office or system that had reported it.
        route: through which jurisdictions reports of it came. above: what offices above had said of it.
        requests: what a superior wants verified there and has no answer yet.
    """

    other: str
    number: int
    claims: Mapping[str, Mapping[str, Any]]
    told: tuple[str, ...] = ()
    text: str = ""
    occurred_at: datetime | None = None
    confirmed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    death_unconfirmed: bool = False
    raised: tuple[str, ...] = ()
    unsure: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    aid: tuple[Mapping[str, Any], ...] = ()
    came: Mapping[str, str] = field(default_factory=dict)
    route: tuple[str, ...] = ()
    above: tuple[Mapping[str, Any], ...] = ()
    requests: tuple[Mapping[str, Any], ...] = ()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged(Event, name="merged"):
    """The incident went into another (并案)."""

    into: str
    number: int
    by: str

    touches = ("course",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorbed(Event, name="absorbed", personal=("text", "words")):
    """Another incident came into this one; its figures become claims of their own sources.

    Attributes:
        confirmed: fact -> the sources in ``claims`` whose figure had been confirmed there; what only was said stays
            so. None in logs from before it was kept: everything counts as said.
        raised: closed facts that were raised there without a value.
        unsure: by its key there, what nobody had chosen yet; words: of the messages, by the same key.
        unread: numbers of the newest words there that no reading used.
        came, route, above: see :class:`Absorb`; empty in logs from before they were kept.
    """

    other: str
    number: int
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    text: str | None = None
    confirmed: dict[str, list[str]] | None = None
    raised: tuple[str, ...] = ()
    unsure: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[str, str] | None = None
    unread: tuple[str, ...] = ()
    came: dict[str, str] = field(default_factory=dict)
    route: tuple[str, ...] = ()
    above: tuple[dict[str, Any], ...] = ()

    reassesses = True
    states_facts = True
    touches = ("words",)


# --- what may happen


@decides(Merge)
def merge(case: Case, command: Merge) -> Refusal | None:
    """并案. A declared response is carried on only by one that is at least as high."""
    problem = before_end(case)
    if problem:
        return problem
    if command.into == case.incident.stream:
        return Refusal(key="merge_into_itself")
    level = case.incident.response_level
    if case.plan.height(level) > case.plan.height(command.into_level):
        response = case.response(level)
        return Refusal(
            key="merge_after_declaration",
            clause=response.clause if response else "",
            params={"level": level, "into": command.number, "into_level": command.into_level},
        )
    count_up(case)  # what is taken over counts from then
    case.record(Merged(into=command.into, number=command.number, by=case.actor.id))
    return None


@decides(Absorb)
def absorb(case: Case, command: Absorb) -> Refusal | None:
    """Take in another incident; its figures become claims, and whoever was told of two is told that they are one."""
    problem = before_end(case)
    if problem:
        return problem
    claims = _known(case, command.claims)
    sure = {fact: [source for source in command.confirmed.get(fact, ()) if source in claims[fact]] for fact in claims}
    unsure = {key: dict(data) for key, data in command.unsure.items() if may_be_asked(case, data)}
    case.record(
        Absorbed(
            other=command.other,
            number=command.number,
            claims=claims,
            told=command.told,
            text=command.text or None,
            confirmed={fact: sources for fact, sources in sure.items() if sources},
            raised=tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None),
            unsure=unsure,
            words={key: words for key, words in command.words.items() if key in unsure} or None,
            unread=command.unread,
            came=dict(command.came),
            route=command.route,
            above=tuple(dict(item) for item in command.above),
        )
    )
    ask_on(case, command.requests)
    _still_said(case, command, claims.get("deaths", {}))
    help_arrived(case, command.aid, command.number)
    current = case.incident.occurred_at
    if command.occurred_at is not None and current is not None and command.occurred_at < current:
        case.record(OccurrenceChanged(occurred_at=command.occurred_at, previous=current, basis="merged"))
    return None


def _still_said(case: Case, command: Absorb, deaths: Mapping[str, Any]) -> None:
    """Ask about a death that was only said there: the merger makes no fact of it."""
    incident, sure = case.incident, confirmed(case.incident, "deaths")
    sources = [
        source
        for source, data in deaths.items()
        if source not in command.confirmed.get("deaths", ()) and some(parse(data)) and parse(data) != sure
    ]
    known_here = isinstance(sure, Interval) and bool(sure.at_least)
    if sources and command.death_unconfirmed and not known_here and not incident.death_unconfirmed:
        case.record(DeathUnconfirmed(value=deaths[sources[-1]], source=sources[-1]))


def _known(case: Case, claims: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the claims that this plan can hold; the other incident may run under another plan."""
    kept: dict[str, dict[str, Any]] = {}
    for fact, values in claims.items():
        for source, value in values.items():
            if check_facts(case, {fact: value}) is None:
                kept.setdefault(fact, {})[source] = value
    return kept


def absorption(other: Incident) -> Absorb:
    """Return what another incident takes in of this one: who was told, and its claims under sources that name it.

    What was confirmed here is so there, what was only said stays said, what waits for somebody to choose waits there.

    Judgements stay behind: they were made of what was known of this one alone; and what the calendar answered, which it
    answers there by itself.
    """
    claims: dict[str, dict[str, Any]] = {}
    sure: dict[str, tuple[str, ...]] = {}
    for fact, statements in other.claims.items():
        for statement in statements:
            if statement.source not in ("judgement", CALENDAR):
                source = f"{other.number}号·{statement.source}"
                claims.setdefault(fact, {})[source] = as_data(statement.value)
                if statement.confirmed:
                    sure[fact] = (*sure.get(fact, ()), source)
    unsure, words = still_open(other)
    return Absorb(
        other=other.stream,
        number=other.number,
        claims=claims,
        told=tuple(dict.fromkeys((*other.last_filings(), *_gone_up(other)))),
        text=other.text,
        occurred_at=other.occurred_at,
        confirmed=sure,
        death_unconfirmed=other.death_unconfirmed,
        raised=tuple(sorted(other.raised)),
        unsure=unsure,
        words=words,
        unread=other.unread,
        aid=calls_for_help(other),
        came={
            other.stream: other.reporter if is_platform(other.reporter_id) else "",
            **{stream: item.by for stream, item in other.came.items()},
        },
        route=other.route,
        above=heard_above(other),
        requests=asked_above(other),
    )  # fmt: skip


def _gone_up(other: Incident) -> Iterator[str]:
    """Yield for whom reports went up that arrive, or may: they hear of two cases, whoever takes them when."""
    for item in other.submissions.values():
        if item.state != "failed":
            yield from item.to


# --- what it does to the incident


@applies(Merged)
def _on_merged(incident: Incident, event: Merged, item: Recorded) -> None:
    incident.state, incident.proposal, incident.question = "merged", None, ""
    incident.doubts = {}
    incident.merged_into, incident.merged_number = event.into, event.number


@applies(Absorbed)
def _on_absorbed(incident: Incident, event: Absorbed, item: Recorded) -> None:
    incident.absorbed.append(event.number)
    incident.suspected.pop(event.other, None)
    incident.raised |= set(event.raised)
    incident.came |= {stream: CameIn(item.sequence, by) for stream, by in event.came.items()}
    incident.route = tuple(dict.fromkeys((*incident.route, *event.route)))
    note_above(incident, event.above)
    for fact, by_source in event.claims.items():
        for source, value in by_source.items():
            if event.confirmed is None:
                claim(incident, {fact: value}, source, item, confirmed=False)
            else:
                take_in(incident, fact, value, source, item, confirmed=source in event.confirmed.get(fact, ()))
    arrived(incident, event.unsure, event.words or {}, item)
    incident.unread = (*incident.unread, *event.unread)
    if event.told:
        ordinal = len(incident.corrections) + 1
        incident.corrections.append(Correction(item.sequence, item.at, event.told, ordinal, {}, {}, "merged"))


# --- who is told


declare(NoticeType("merged_reporter", neutral=True))


@tells(Merged)
def _tell_merged(event: Merged, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="merged", to=GROUP, priority=2, params={"number": event.number})
    yield Notice(kind="note", key="merged_reporter", to=REPORTER, priority=2, params={"number": event.number})
    for unit in context.called():
        params = {"unit": unit, "number": event.number}
        yield Notice(kind="note", key="merged_unit", to=to_unit(unit), priority=1, params=params)


@tells(Absorbed)
def _tell_absorbed(event: Absorbed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from figures_asked(item, context, writer=False)  # whoever wrote it may have no part in this case
