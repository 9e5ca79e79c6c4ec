"""Under which plan an incident falls, where several may be meant: by a person's word, before a response is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, PLAN, SEAT, UNHANDLED, Key
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import check_facts, may_be_asked
from plans.incident.claims import claim, doubtful
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.figures import some
from plans.incident.records import Instance
from plans.incident.revisions import revision
from plans.incident.seat import HANDLE
from plans.incident.state import KIND, Incident
from plans.incident.unsure_notices import figures_asked
from plans.values import as_data, parse

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoosePlan(Command):
    """Say under which plan the incident falls. The shell decides it by that plan, and adds all but ``plan``.

    Attributes:
        plan, plan_version, plan_hash: the plan, as installed; no hash = there is none of that name that may be chosen.
        known: titles of those that may.
        previous_title: of the plan so far.
        facts, raised, candidates: what the report says, read with the chosen plan; unsure, unread: and of this what
            does not count before somebody has chosen, and what was not read.
        allowed: the actor belongs to the command office under the plan so far.
        keeps_seat: whoever handles the incident belongs to the office of the chosen plan too.
    """

    plan: str
    plan_version: str = ""
    plan_hash: str = ""
    known: tuple[str, ...] = ()
    previous_title: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    unsure: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    allowed: bool = False
    keeps_seat: bool = False


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class PlansWeighed(Event, name="plans-weighed"):
    """The report may fall under several plans; it was recorded under the first of them.

    Attributes:
        plans, titles: id and title of each, the best first.
        clear: the first is meant without doubt; else a person is asked.
    """

    plans: tuple[str, ...]
    titles: tuple[str, ...]
    clear: bool

    touches = ("choice",)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChosen(Event, name="plan-chosen"):
    """A person said under which plan the incident falls: the one so far, or another, whose rules hold from now on.

    Attributes:
        facts: what the report says in the plan's own quantities.
        unsure: what it says of these and does not count before somebody has chosen; unread: numbers not read.
        dropped: facts that the plan does not know.
        keeps_seat: whoever handles the incident goes on.
    """

    plan: str
    plan_version: str
    plan_hash: str
    title: str
    previous: str
    previous_title: str
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unsure: dict[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    keeps_seat: bool = True

    reassesses = True
    states_facts = True
    touches = ("choice",)

    def touched(self) -> Iterator[str]:
        """Confirming the plan so far changes no plan."""
        yield from Event.touched(self)
        if self.plan != self.previous:
            yield "plan"


# --- what may happen


@decides(ChoosePlan)
def choose_plan(case: Case, command: ChoosePlan) -> Refusal | None:
    """Take another plan, or confirm the one so far; ``case.plan`` is the chosen one."""
    incident = case.incident
    if not (case.staff or command.allowed):
        return Refusal(key="staff_only", who=("duty",))
    if not command.plan_hash:
        return Refusal(key="unknown_plan", params={"given": command.plan, "known": list(command.known)})
    if command.plan == incident.plan and not incident.plan_asked:
        return Refusal(key="same_plan", params={"plan": case.plan.title})
    if incident.state != "reported":
        return Refusal(key="plan_settled", params={"number": incident.number, "plan": command.previous_title})
    valid_facts = {name: value for name, value in command.facts.items() if check_facts(case, {name: value}) is None}
    candidates = tuple(name for name in command.candidates if any(name == item.id for item in case.plan.classes))
    facts = {name: value for name, value in valid_facts.items() if name not in incident.claims}
    asked = {item.fact for item in incident.unsure.values()}
    unsure = {
        name: data
        for name, data in command.unsure.items()
        if data["fact"] not in (*incident.claims, *facts, *asked) and may_be_asked(case, data)
    }
    case.record(
        PlanChosen(
            plan=command.plan,
            plan_version=command.plan_version,
            plan_hash=command.plan_hash,
            title=case.plan.title,
            previous=incident.plan,
            previous_title=command.previous_title,
            event_class=candidates[0] if len(candidates) == 1 else "",
            candidates=candidates,
            facts=facts,
            raised=tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None),
            dropped=tuple(name for name in dict.fromkeys((*incident.claims, *asked)) if _strange(case, name)),
            unsure=unsure,
            unread=command.unread,
            keeps_seat=command.keeps_seat,
        )
    )
    if "deaths" in facts and incident.source != "duty" and some(parse(facts["deaths"])):
        case.record(DeathUnconfirmed(value=facts["deaths"], source=incident.source))
    return None


def _strange(case: Case, name: str) -> bool:
    """Whether the plan cannot hold what was said of a fact; judgements were made under the other plan."""
    claims = case.incident.claims.get(name, ())
    strange = (check_facts(case, {name: as_data(item.value)}) is not None for item in claims)
    unknown = check_facts(case, {}, (name,)) is not None
    return unknown or any(item.source == "judgement" for item in claims) or any(strange)


# --- what it does to the incident


@applies(PlansWeighed)
def _on_weighed(incident: Incident, event: PlansWeighed, item: Recorded) -> None:
    incident.plans = tuple(zip(event.plans, event.titles, strict=True))
    incident.plan_asked = not event.clear


@applies(PlanChosen)
def _on_chosen(incident: Incident, event: PlanChosen, item: Recorded) -> None:
    incident.plan_asked = False
    if event.plan == event.previous:
        return
    incident.plan, incident.plan_version, incident.plan_hash = event.plan, event.plan_version, event.plan_hash
    incident.event_class, incident.candidates = event.event_class, event.candidates
    incident.raised = frozenset(event.raised)
    for fact in event.dropped:
        incident.claims.pop(fact, None)
        incident.conflicts.pop(fact, None)
    incident.unsure = {key: one for key, one in incident.unsure.items() if one.fact not in event.dropped}
    claim(incident, event.facts, incident.source, item, confirmed=False)
    doubtful(
        incident, event.unsure, event.unread or incident.unread, incident.text, incident.source, item,
        by=incident.reporter_id,
    )  # fmt: skip
    # Questions, proposals and the event level were those of the other plan.
    incident.question, incident.proposal = "", None
    incident.event_level = incident.previous_level = incident.determined_at = None
    incident.determined_by, incident.determined_sequence, incident.undetermined_stated = "", 0, False
    incident.lower_level, incident.determined_on, incident.upheld = None, None, False
    incident.judged_on, incident.doubts = {}, {}
    if not event.keeps_seat:
        incident.handled_by = incident.handler_name = incident.seat = incident.seat_name = ""
    incident.instances = {
        f"{event.previous}/{key}": _left(one, event, item.at) for key, one in incident.instances.items()
    }


def _left(one: Instance, event: PlanChosen, at: datetime) -> Instance:
    """Return what another plan demanded, as it stays in the record: its rules may be called like those of this one."""
    one_left = replace(one, key=f"{event.previous}/{one.key}", rule=f"{event.previous}/{one.rule}")
    return replace(one_left, status="superseded", reason="plan", settled_at=at) if one.status == "open" else one_left


revision("plan", "choice", "response")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.plan_asked:
        yield PLAN


# --- who is told


@tells(PlansWeighed)
def _tell_weighed(event: PlansWeighed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    plans = list(zip(event.plans, event.titles, strict=True))
    if event.clear:
        presses = [("choose_plan", "other_plan", PLAN, {"plan": plan, "title": title}) for plan, title in plans[1:]]
        yield Notice(kind="note", key="plan_taken", to=SEAT, priority=2, buttons=buttons(*presses))
        return
    presses = [("choose_plan", "this_plan", PLAN, {"plan": plan, "title": title}) for plan, title in plans]
    for to in (SEAT, GROUP):
        yield Notice(kind="asked", key="which_plan", to=to, priority=1, guard=PLAN, buttons=buttons(*presses))


@tells(PlanChosen)
def _tell_chosen(event: PlanChosen, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.plan == event.previous:
        return
    yield Notice(kind="note", key="plan_changed", to=GROUP, priority=2, params={"previous": event.previous_title})
    if context.after.handled_by:
        yield Notice(kind="note", key="script", to=SEAT, priority=1, params={"number": 0})
    else:
        yield Notice(kind="received", key="duty_ring", to=SEAT, priority=1, ring=True, guard=UNHANDLED, buttons=HANDLE)
    yield Notice(kind="card", key="card_new", to=GROUP, priority=1)
    yield from figures_asked(item, context)


@asks(PlansWeighed)
def _asks_plan(incident: Incident, event: PlansWeighed, item: Recorded, key: Key) -> bool:
    return key.kind == PLAN
