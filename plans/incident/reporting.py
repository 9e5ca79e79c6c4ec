"""The report that opens an incident. It stands in the log before anything is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.core.command import PLATFORM, Command
from plans.core.event import Event, Recorded
from plans.core.keys import CASE, GROUP, ORIGIN, SEAT, UNHANDLED, Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import believable, check_facts, is_first_death
from plans.incident.claims import claim, doubtful
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.duplicates import DuplicateSuspected
from plans.incident.plan_choice import PlansWeighed
from plans.incident.records_said import Evidence
from plans.incident.seat import HANDLE, HandlingTaken
from plans.incident.state import KIND, Incident
from plans.incident.unsure_notices import choices, figures_asked

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Command):
    """Open an incident. Ids, number and the plan's pin come from the shell; intake has read the text already.

    Attributes:
        source: left out, the core decides by the reporter's office under this plan; ``duty`` only of a duty officer.
        begins_drill: the reporter begins a drill with it, which only the office may; in a drill anybody reports.
        seated: nobody else sits on the duty seat of the plan: whoever reports as its duty officer has it in hand.
        among: where several plans may be meant, id and title of each, the best first.
        plan_clear: whether the first is meant without doubt.
        unsure: what does not count before somebody has chosen, as ``plans.intake.telling`` has it.
        unread: numbers of the text that no reading used.
        mentions: listed bodies that the words name (``plans.incident.bodies``).
        entry, entry_number: of the duty log, from which it is reported.
        route: jurisdictions through which it came up by reporting lines.
    """

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    drill: bool = False
    text: str = ""
    source: str = ""
    informant: str = ""
    unit: str = ""
    origin: str = ""
    reported_at: datetime
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    occurred_text: str = ""
    place: str = ""
    candidates: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    said_at: datetime | None = None
    flags: tuple[str, ...] = ()
    unsure: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, int], ...] = ()
    among: tuple[tuple[str, str], ...] = ()
    plan_clear: bool = True
    seated: bool = True
    begins_drill: bool = False
    mentions: tuple[dict[str, Any], ...] = ()
    entry: str = ""
    entry_number: int = 0
    route: tuple[str, ...] = ()

    opens = True
    any_way = True
    by_platform = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported(Event, name="reported", personal=("text", "reporter", "informant")):
    """A report was received.

    Attributes:
        informant: the caller, where the sender is not the source.
        occurred_basis: ``stated``, ``vague`` or ``assumed`` (the message's own date).
        facts: plain values by fact id.
        evidence: ``kind:reference`` of what came with it.
        said_at: the message's own date.
        flags: ``drill`` (演练) and ``suspected`` (疑似), of its words; ``future`` and ``long_past`` where the
            time that they give cannot be right; ``unregistered`` of a person without a role in private, ``unplaced``
            where he did not say whose jurisdiction it is.
        unsure: what does not count before somebody has chosen, as ``plans.intake.telling`` has it.
        unread: numbers of the text that no reading used.
        entry, entry_number: of the duty log, from which it was reported.
        route: jurisdictions through which it came up by reporting lines.
    """

    text: str | None
    source: str
    reporter: str | None = None
    reporter_id: str = ""
    informant: str | None = None
    unit: str = ""
    origin: str = ""
    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    drill: bool
    reported_at: datetime
    occurred_at: datetime
    occurred_basis: str = "assumed"
    occurred_text: str = ""
    place: str = ""
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    said_at: datetime | None = None
    flags: tuple[str, ...] = ()
    unsure: dict[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    entry: str = ""
    entry_number: int = 0
    route: tuple[str, ...] = ()

    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterSentToPhone(Event, name="reporter-sent-to-phone"):
    """Nobody took the report in time: the reporter was given the duty line."""


# --- what may happen


@decides(Report)
def report(case: Case, command: Report) -> Refusal | None:
    """Record a report. Nothing is asked before it stands in the log; a time in the future is not believed.

    Office is what this plan and jurisdiction know of: a duty officer of another one is a reporter like anybody. Only
    whoever holds the seat here has the case in hand by reporting it; for everybody else the seat is rung.
    """
    if command.jurisdiction in command.route:  # it would go round
        return Refusal(key="went_round", params={"place": command.jurisdiction})
    valid_facts = {name: data for name, data in command.facts.items() if check_facts(case, {name: data}) is None}
    raised = tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None)
    unsure, beyond = believable(case, command.unsure, command.text)
    occurred, basis = command.occurred_at, command.occurred_basis or "stated"
    if occurred is None or occurred > command.reported_at:
        occurred, basis = command.reported_at, "assumed"
    candidates = tuple(item for item in command.candidates if any(item == cls.id for cls in case.plan.classes))
    if command.begins_drill and not (case.staff or (case.actor.via == "direct" and "admin" in case.actor.roles)):
        return Refusal(key="drill_by_office", who=("duty",))
    on_duty = case.actor.via == "direct" and "duty" in case.actor.roles
    source = "duty" if on_duty else "reporter"
    if command.source not in ("", "duty"):
        source = command.source
    first_death = is_first_death(case, valid_facts)
    case.record(
        Reported(
            text=command.text,
            source=source,
            reporter=case.actor.name or None,
            reporter_id=case.actor.id,
            informant=(command.informant if case.staff or case.actor.via == PLATFORM else "") or None,
            unit=command.unit,
            origin=command.origin,
            entry=command.entry,
            entry_number=command.entry_number,
            plan=command.plan,
            plan_version=command.plan_version,
            plan_hash=command.plan_hash,
            jurisdiction=command.jurisdiction,
            number=command.number,
            year=command.year,
            drill=command.drill,
            reported_at=command.reported_at,
            occurred_at=occurred,
            occurred_basis=basis,
            occurred_text=command.occurred_text,
            place=command.place,
            event_class=candidates[0] if len(candidates) == 1 else "",
            candidates=candidates,
            facts=valid_facts,
            raised=raised,
            evidence=command.evidence,
            said_at=command.said_at,
            flags=command.flags,
            unsure=unsure,
            unread=(*command.unread, *beyond),
            route=command.route,
        )
    )
    _weigh(case, command)
    if first_death:
        case.record(DeathUnconfirmed(value=valid_facts["deaths"], source=case.incident.source))
    if on_duty and command.seated:
        case.record(HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    case.record(*(DuplicateSuspected(other=stream, number=number) for stream, number in command.duplicates))
    return None


def _weigh(case: Case, command: Report) -> None:
    """Note which plans a report may fall under."""
    if len(command.among) > 1:
        plans, titles = zip(*command.among, strict=True)
        case.record(PlansWeighed(plans=plans, titles=titles, clear=command.plan_clear))


# --- what it does to the incident


@applies(Reported)
def _on_reported(incident: Incident, event: Reported, item: Recorded) -> None:
    incident.state = "reported"
    incident.plan, incident.plan_version, incident.plan_hash = event.plan, event.plan_version, event.plan_hash
    incident.jurisdiction, incident.number, incident.year = event.jurisdiction, event.number, event.year
    incident.drill, incident.source, incident.origin, incident.unit = (
        event.drill,
        event.source,
        event.origin,
        event.unit,
    )
    incident.entry, incident.entry_number = event.entry, event.entry_number
    incident.route = event.route
    incident.reported_at, incident.occurred_at = event.reported_at, event.occurred_at
    incident.occurred_text = event.occurred_text
    incident.occurred_basis, incident.place = event.occurred_basis, event.place
    incident.event_class, incident.candidates = event.event_class, event.candidates
    incident.text, incident.reporter, incident.reporter_id = event.text or "", event.reporter or "", event.reporter_id
    incident.informant = event.informant or ""
    for part in event.evidence:
        kind, _, reference = part.partition(":")
        incident.evidence[reference] = Evidence(kind, reference, event.reporter_id, event.said_at or event.reported_at)
    incident.raised, incident.flags = frozenset(event.raised), frozenset(event.flags)
    claim(incident, event.facts, event.source, item, confirmed=False)
    if event.text is not None:
        doubtful(incident, event.unsure, event.unread, event.text, event.source, item)
    incident.casualties_sequence, incident.casualties_at = item.sequence, item.at


@applies(ReporterSentToPhone)
def _on_sent_to_phone(incident: Incident, event: ReporterSentToPhone, item: Recorded) -> None:
    incident.told_phone_at = item.at


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.state == "reported" and not incident.handled_by:
        yield UNHANDLED


# --- who is told


declare(
    NoticeType("receipt", neutral=True, joins_as="receipt"),
    NoticeType("duty_ring", joins_as="duty_ring", on_key="heard"),
    NoticeType("ring_yourself", neutral=True),
)


@tells(Reported)
def _tell_reported(event: Reported, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="received",
        key="receipt",
        to=ORIGIN,
        priority=1,
        buttons=(
            *choices(item, context),
            *buttons(("correct_report", "fix_one", CASE, {}), ("complete", "complete", CASE, {})),
        ),
    )
    if not context.after.handled_by:
        yield Notice(
            kind="received",
            key="duty_ring",
            to=SEAT,
            priority=1,
            ring=True,
            guard=UNHANDLED,
            buttons=HANDLE,
        )
    yield Notice(kind="card", key="card_new", to=GROUP, priority=1)
    yield from figures_asked(item, context, writer=False)  # who wrote it has the buttons under the receipt


@tells(ReporterSentToPhone)
def _tell_sent_to_phone(event: ReporterSentToPhone, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="escalation", key="ring_yourself", to=ORIGIN, priority=1, ring=True, guard=UNHANDLED)
