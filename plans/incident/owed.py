"""Reports that are owed: opened, changed, covered, excused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.instances import open_instance
from plans.incident.records import Instance
from plans.incident.requests import of_request
from plans.incident.state import KIND, Incident
from plans.logic import names_in
from plans.model import Plan
from plans.obligations.rules import rules_of
from plans.obligations.wanted import CORRECTION

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Waive(Command):
    """Excuse an open obligation, with a reason."""

    obligation: str
    reason: str

    until_closed = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationOpened(Event, name="obligation-opened"):
    """An instance of a rule arose.

    Attributes:
        possible: it holds only at some of the possible levels.
        raised: a clock that counts from before the level was raised (上调后补报).
        after: only what was recorded after this number in the log covers it: the lower level had been told before.
    """

    key: str
    rule: str
    clause: str
    report: str
    channel: str
    due: datetime
    to: tuple[str, ...]
    possible: bool = False
    raised: bool = False
    by_office: bool = True
    local: bool = False
    after: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationChanged(Event, name="obligation-changed"):
    """Due time, recipients or certainty of an instance changed; a filed one is late or not by the new due time."""

    key: str
    due: datetime
    to: tuple[str, ...]
    possible: bool
    raised: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationSuperseded(Event, name="obligation-superseded"):
    """An open instance fell away; ``reason`` is a key of the texts."""

    key: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationFiled(Event, name="obligation-filed"):
    """Every recipient of an instance is covered; ``filed_at`` is the last call's time."""

    key: str
    filed_at: datetime
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationWaived(Event, name="obligation-waived", personal=("reason", "name")):
    """A duty officer or above excused an instance, with a reason."""

    key: str
    by: str
    reason: str | None
    name: str | None = None


# --- what may happen


@decides(Waive)
def waive(case: Case, command: Waive) -> Refusal | None:
    """Excuse an open obligation, with a reason that stays in the record."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    instance = open_instance(case, command.obligation)
    if isinstance(instance, Refusal):
        return instance
    if not command.reason.strip():
        return Refusal(key="reason_to_waive", clause=instance.clause, confirm="reason")
    case.record(
        ObligationWaived(key=instance.key, by=case.actor.id, reason=command.reason, name=case.actor.name or None)
    )
    return None


# --- what it does to the incident


@applies(ObligationOpened)
def _on_opened(incident: Incident, event: ObligationOpened, item: Recorded) -> None:
    earlier = incident.instances.get(event.key)
    # A possible one gets a single reminder, however often the levels come and go.
    reminded = earlier.reminded if earlier and earlier.possible and event.possible else ()
    incident.instances[event.key] = Instance(
        key=event.key,
        rule=event.rule,
        clause=event.clause,
        report=event.report,
        channel=event.channel,
        due=event.due,
        to=event.to,
        opened_at=item.at,
        possible=event.possible,
        raised=event.raised,
        by_office=event.by_office,
        local=event.local,
        since=item.at,
        after=event.after,
        opened_sequence=item.sequence,
        reminded=reminded,
    )


@applies(ObligationChanged)
def _on_changed(incident: Incident, event: ObligationChanged, item: Recorded) -> None:
    instance = incident.instances.get(event.key)
    if instance is None:
        return
    changes: dict[str, Any] = {"due": event.due, "to": event.to, "possible": event.possible, "raised": event.raised}
    if instance.status == "filed":
        changes["late"] = instance.filed_at is not None and instance.filed_at > event.due
    elif not event.possible and (instance.possible or event.due != instance.due):
        changes |= {"since": item.at, "reminded": ()}
    incident.instances[event.key] = replace(instance, **changes)


def _change(incident: Incident, key: str, **changes: Any) -> None:
    if key in incident.instances:
        incident.instances[key] = replace(incident.instances[key], **changes)


@applies(ObligationSuperseded)
def _on_superseded(incident: Incident, event: ObligationSuperseded, item: Recorded) -> None:
    _change(incident, event.key, status="superseded", reason=event.reason, settled_at=item.at)


@applies(ObligationFiled)
def _on_obligation_filed(incident: Incident, event: ObligationFiled, item: Recorded) -> None:
    _change(incident, event.key, status="filed", filed_at=event.filed_at, late=event.late)


@applies(ObligationWaived)
def _on_waived(incident: Incident, event: ObligationWaived, item: Recorded) -> None:
    _change(incident, event.key, status="waived", reason=event.reason or "", settled_at=item.at)


@revises(KIND, "obligation")
def _revision(incident: Incident, of: str) -> int | None:
    instance = incident.instances.get(of)
    return instance.opened_sequence if instance is not None and instance.status == "open" else None


@revises(KIND, "owed")
def _revision_of_recipient(incident: Incident, of: str) -> int | None:
    """What was told to a recipient since an obligation arose; that it asks for more makes what was told no other."""
    key, recipient = keys.pair(of)
    opened, instance = _revision(incident, key), incident.instances.get(key)
    if opened is None or instance is None:
        return None
    sequences = [
        item.sequence
        for item in incident.filings
        if item.recipient == recipient and item.report == instance.report and instance.channel in ("any", item.channel)
    ]
    return max([opened, *sequences])


@revises(KIND, "asked")
def _revision_of_request(incident: Incident, of: str) -> int | None:
    """What a recipient has asked for since an obligation arose: the same call asks once."""
    opened, recipient = _revision_of_recipient(incident, of), keys.pair(of)[1]
    if opened is None:
        return None
    return max([opened, *(item.sequence for item in incident.requests if item.recipient == recipient)])


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    yield from (keys.obligation(item.key) for item in incident.open_instances)


# --- who is told


declare(
    NoticeType("raised", supersedes=True, merges_as="raised"),
    NoticeType("level_late", supersedes=True, merges_as="level_late"),
    NoticeType("due_moved", supersedes=True, merges_as="due_moved"),
    NoticeType("followup_due", fallback_to_group=True, supersedes=True),
    NoticeType("correction_due", supersedes=True),
    NoticeType("verification", supersedes=True),
)


@tells(ObligationOpened)
def _tell_opened(event: ObligationOpened, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    said = _said_of(event, item, context)
    if said == "raised":
        yield _raised(event.key)
    elif said == "level_late":
        yield _late(event.key)
    elif said:
        key = _first_word(context.plan, event)
        yield Notice(
            kind="reminder",
            key=key,
            to=SEAT,
            priority=1,
            ring=True,
            obligations=(event.key,),
            guard=keys.obligation(event.key),
            buttons=filing_buttons(event.key),
        )


def _said_of(event: ObligationOpened, item: Recorded, context: NoticeContext) -> str:
    """Return the key of what is said at once of an obligation that has arisen; empty where nothing is."""
    if not event.by_office or event.possible or not context.is_open(event.key):
        return ""
    if event.raised:
        return "raised"
    if context.before is not None and event.due < item.at and _by_level(context.plan, event.rule):
        return "level_late"
    return _first_word(context.plan, event)


def rings_with_clock(context: NoticeContext, request: int) -> bool:
    """Return whether a request is told with its clock already; ``request``: its number in the log."""
    return any(
        isinstance(item.event, ObligationOpened)
        and of_request(item.event.key, request)
        and _said_of(item.event, item, context) == "verification"
        for item in context.events
    )


def _first_word(plan: Plan, event: ObligationOpened) -> str:
    """Return the key of what is said at once of an obligation that arises under way; the others the worksheet shows."""
    if event.rule == CORRECTION:
        return "correction_due"
    rule = next((item for item in rules_of(plan) if item.id == event.rule), None)
    start = rule.clock.from_ if rule is not None else ""
    return {"requested": "verification", "casualties_changed": "followup_due"}.get(start, "")


@tells(ObligationChanged)
def _tell_changed(event: ObligationChanged, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    earlier = context.before.instances.get(event.key) if context.before else None
    if event.possible or earlier is None or not earlier.by_office or not context.is_open(event.key):
        return
    if event.raised and not earlier.raised:
        yield _raised(event.key)
    elif earlier.possible and event.due < item.at and _by_level(context.plan, earlier.rule):
        yield _late(event.key)
    elif earlier.possible or event.due < earlier.due:
        yield Notice(kind="reminder", key="due_moved", to=SEAT, priority=1, ring=True, obligations=(event.key,))


def _by_level(plan: Plan, name: str) -> bool:
    """Whether a rule holds at some event levels: what was determined may open it late."""
    rule = next((rule for rule in rules_of(plan) if rule.id == name), None)
    return rule is not None and rule.when is not None and bool(names_in(rule.when) & {"event_level", "undetermined"})


def _late(key: str) -> Notice:
    """What is owed at the level that was determined, or that the facts have, and whose time has passed already."""
    return Notice(kind="reminder", key="level_late", to=SEAT, priority=1, ring=True, obligations=(key,))


def _raised(key: str) -> Notice:
    return Notice(kind="reminder", key="raised", to=SEAT, priority=1, ring=True, obligations=(key,))


def filing_buttons(key: str) -> tuple[Press, ...]:
    """Return the buttons of an obligation: read the script and ring, or register what was done."""
    return buttons(
        ("script", "read_script", keys.obligation(key), {"key": key}),
        ("filing", "register", keys.obligation(key), {"key": key}),
    )
