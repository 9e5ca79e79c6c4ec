"""The course of an incident from its log: what happened, when, in a line each.

What the program only keeps for itself (clocks opened, reminders, questions asked again) is left out. What was taken
back stays, and says so; a correction is a line of its own and changes none before it. Nobody's raw words stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.render import naming
from bot.render.citing import cite
from bot.render.form import informant
from bot.render.text import written
from bot.render.times import on_day, span
from bot.render.values import amount_of, label
from bot.render.view import View
from bot.texts import course as t
from bot.texts import evidence as evidence_texts
from bot.texts import units as units_texts
from bot.texts import words as w
from plans.core.authority import Spoken
from plans.core.event import Event, Recorded, Undone
from plans.incident.aid import AidAnswered, AidAsked
from plans.incident.aid_demand import AidNotNeeded
from plans.incident.calling import UnitCalled, UnitInformed
from plans.incident.closing import Closed, Rejected, Reopened
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.doubts import WordOvertaken
from plans.incident.drills import DrillJumped, DrillPaused
from plans.incident.ending import AssessorsNamed, ConditionConfirmed, Ended
from plans.incident.evidence import EvidenceAdded
from plans.incident.facts import ConflictFound, Corrected, FactResolved, FactsStated
from plans.incident.filing import Filed, RingFailed, VerificationRequested
from plans.incident.judging import Judged, LevelDetermined, Verified
from plans.incident.levels import Agreed, Declared
from plans.incident.merging import Absorbed, DuplicateDenied, DuplicateSuspected, Merged
from plans.incident.on_site import SiteHandedOver, SiteNotNeeded, SiteSetUp
from plans.incident.owed import ObligationWaived
from plans.incident.plan_choice import PlanChosen
from plans.incident.proposals import OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed
from plans.incident.raising import RaisingJudged
from plans.incident.release_waiting import ReleaseSubmitted
from plans.incident.releasing import ReleaseApproved, ReleaseDrafted, ReleasePublished
from plans.incident.reporting import Reported
from plans.incident.scene import OccurrenceChanged, SceneStated
from plans.incident.seat import HandlingTaken, SeatTaken
from plans.incident.signing import Signed
from plans.incident.skipping import LevelSkipped
from plans.incident.units import UnitAnswered, UnitsEscalated
from plans.incident.unsure import FigureChosen
from plans.load import plan_facts

MOST_NAMES = 4
"""Units named in one line; the table of units has them all."""

APART = timedelta(minutes=1)
"""What units did within it is told in one line."""

Words = Callable[[View, Any], str]

TOGETHER = (UnitCalled, UnitInformed, UnitAnswered, Filed)
"""What is told in one line where it happened to several at the same time."""

TOLD: dict[type[Event], Words] = {}
"""What is told of an event, by its type; what is not here is not told."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line.

    Attributes:
        at: when it happened, by what people said.
        number: of the first event in the log that it tells.
        event: its type.
    """

    at: datetime
    words: str
    number: int
    event: type[Event]


def told(*kinds: type[Event]) -> Callable[[Words], Words]:
    """Register the words of events."""

    def added(words: Words) -> Words:
        for kind in kinds:
            TOLD[kind] = words
        return words

    return added


def course(view: View) -> list[Step]:
    """Return all steps in the order of time."""
    incident = view.incident
    steps: list[Step] = []
    if incident.occurred_at is not None:
        assumed = "" if incident.occurred_basis != "assumed" else t.UNCONFIRMED
        steps.append(Step(incident.occurred_at, t.OCCURRED + assumed, 0, Reported))
    waiting: list[Recorded] = []
    taken_back = _taken_back(view)
    for item in incident.events:
        if waiting and not _together(waiting[-1], item, taken_back):
            steps.append(_many(view, waiting))
            waiting = []
        if isinstance(item.event, TOGETHER) and item.sequence not in taken_back:
            waiting.append(item)
        elif type(item.event) in TOLD:
            steps.append(_one(view, item, taken_back))
    if waiting:
        steps.append(_many(view, waiting))
    return sorted(steps, key=lambda step: (step.at, step.number))


def _taken_back(view: View) -> dict[int, datetime]:
    """Return the numbers of what was undone, and when."""
    return {
        number: item.at
        for item in view.incident.events
        if isinstance(item.event, Undone) and item.sequence not in view.incident.undone
        for number in item.event.sequences
    }


def _one(view: View, item: Recorded, taken_back: dict[int, datetime]) -> Step:
    moment = _moment(item)
    words = TOLD[type(item.event)](view, item.event)
    if (item.at - moment).total_seconds() >= 60 and not isinstance(item.event, Reported):
        words += t.RECORDED.format(time=on_day(item.at, view.now))
    if item.sequence in taken_back:
        words += t.UNDONE.format(time=on_day(taken_back[item.sequence], view.now))
    return Step(moment, words, item.sequence, type(item.event))


_SAID_AT = ("spoken_at", "called_at", "requested_at", "published_at", "reported_at")
"""Fields of events that say when it was, where that is not when it was recorded."""


def _moment(item: Recorded) -> datetime:
    for name in _SAID_AT:
        moment = getattr(item.event, name, None)
        if isinstance(moment, datetime):
            return moment
    if isinstance(item.event, LevelSkipped | AidAsked | AidAnswered) and isinstance(item.event.at, datetime):
        return item.event.at
    return item.at


def _together(before: Recorded, item: Recorded, taken_back: dict[int, datetime]) -> bool:
    """Whether two events of units are told in one line: the same happened to both at the same time."""
    first, second = before.event, item.event
    if item.sequence in taken_back or type(first) is not type(second) or item.at - before.at > APART:
        return False
    if isinstance(first, UnitAnswered) and isinstance(second, UnitAnswered):
        return first.status == second.status and not first.note and not second.note
    if isinstance(first, Filed) and isinstance(second, Filed):
        return _told_alike(first) == _told_alike(second)
    return True


def _told_alike(event: Filed) -> tuple[object, ...]:
    """Return what two filings must share to be told in one line."""
    return event.report, event.channel, event.called_at, event.taker, event.document


def _many(view: View, items: list[Recorded]) -> Step:
    event: Any = items[0].event
    key = "recipient" if isinstance(event, Filed) else "unit"
    names = _names(view, [getattr(item.event, key) for item in items], MOST_NAMES * (3 if key == "recipient" else 1))
    if isinstance(event, UnitAnswered):
        notes = [units_texts.BY_PHONE] if event.recorded else []
        notes += [written(event.note, 60)] if event.note else []
        words = t.ANSWERED.format(
            names=names, status=event.status, notes=w.CITE.format(inside=w.COMMA.join(notes)) if notes else ""
        )
    elif isinstance(event, Filed):
        words = _filed(event, names)
        if (items[0].at - event.called_at).total_seconds() >= 60:
            words += t.RECORDED.format(time=on_day(items[0].at, view.now))
    else:
        words = (t.CALLED if isinstance(event, UnitCalled) else t.INFORMED).format(names=names)
    return Step(_moment(items[0]), words, items[0].sequence, type(event))


def _names(view: View, units: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return the names of units, of many the first."""
    listing = w.LIST.join(naming.unit_name(view, unit) for unit in units[:most])
    return t.NAMES_AND_MORE.format(names=listing, count=len(units)) if len(units) > most else listing


# --- the words of each event


def _figures(view: View, facts: Mapping[str, Any]) -> str:
    """Return plain data as ``受伤4人，死亡正在核实``."""
    known = plan_facts(view.plan)
    parts = []
    for name, data in facts.items():
        if name in known:
            counted = known[name].type in ("count", "number")
            value = amount_of(data, known[name])
            parts.append((t.FIGURE if counted else t.CHOICE).format(label=label(view, name), value=value))
    return w.COMMA.join(parts)


def _reason(reason: str | None) -> str:
    words = written(reason or "", 120)
    return t.REASON.format(reason=words) if words else ""


def _oral(event: Spoken) -> str:
    return t.ORAL.format(recorded=naming.person(event.recorded_by)) if event.oral else ""


def _decided(view: View, event: Spoken, role: str) -> dict[str, str]:
    """Return who decided: the role, and of a spoken word the name too."""
    name = written(event.spoken_by or "", 16) if event.oral else ""
    return {"role": naming.role(view.plan, role) + name, "oral": _oral(event), "reason": _reason(event.reason)}


@told(Reported)
def _reported(view: View, event: Reported) -> str:
    figures = _figures(view, event.facts)
    return t.REPORTED.format(
        source=informant(view), figures=t.REPORTED_FIGURES.format(figures=figures) if figures else ""
    )


@told(FactsStated)
def _stated(view: View, event: FactsStated) -> str:
    source, figures = naming.source(view, event.source), _figures(view, event.facts)
    if not figures:
        return t.STATED_WORDS.format(source=source)
    return t.STATED.format(source=source, figures=figures, sure="" if event.confirmed else t.UNCONFIRMED)


@told(FactResolved)
def _resolved(view: View, event: FactResolved) -> str:
    value = amount_of(event.value, plan_facts(view.plan)[event.fact]) if event.fact in plan_facts(view.plan) else ""
    return t.RESOLVED.format(label=label(view, event.fact), value=value)


@told(ConflictFound)
def _conflict(view: View, event: ConflictFound) -> str:
    return t.CONFLICT.format(label=label(view, event.fact))


@told(FigureChosen)
def _chosen(view: View, event: FigureChosen) -> str:
    return t.CHOSEN.format(label=label(view, event.fact), kept=t.CHOSEN_KEPT if event.kept else "")


@told(Corrected)
def _corrected(view: View, event: Corrected) -> str:
    names = w.LIST.join(naming.unit_name(view, name) for name in event.told)
    return t.CORRECTED.format(
        ordinal=event.ordinal,
        old=_figures(view, event.old) or w.NONE,
        new=_figures(view, event.new),
        told=t.CORRECTED_TOLD.format(names=names) if names else "",
        reason=_reason(event.reason),
    )


@told(DeathUnconfirmed)
def _deaths(view: View, event: DeathUnconfirmed) -> str:
    return t.DEATHS.format(value=amount_of(event.value, plan_facts(view.plan)["deaths"]))


@told(Verified)
def _verified(view: View, event: Verified) -> str:
    return t.VERIFIED.format(name=naming.person(event.name))


@told(Judged)
def _judged(view: View, event: Judged) -> str:
    fact = plan_facts(view.plan).get(event.fact)
    options = {choice.id: choice.label for choice in fact.choices} if fact is not None else {}
    return (t.JUDGED if event.holds else t.JUDGED_BACK).format(
        role=naming.role(view.plan, event.by_role),
        label=t.CHOICE.format(label=label(view, event.fact), value=""),
        option=options.get(event.option, event.option),
        citation=cite(event.clause),
        reason=_reason(event.reason),
    )


@told(LevelDetermined)
def _determined(view: View, event: LevelDetermined) -> str:
    return t.DETERMINED.format(
        role=naming.role(view.plan, event.by_role),
        level=event.level or w.UNDETERMINED,
        previous=t.DETERMINED_BEFORE.format(previous=event.previous) if event.previous else "",
        citation=cite(event.clause),
        reason=_reason(event.reason),
    )


@told(WordOvertaken)
def _overtaken(view: View, event: WordOvertaken) -> str:
    return t.OVERTAKEN


@told(Proposed)
def _proposed(view: View, event: Proposed) -> str:
    roles = naming.roles(view.plan, event.to_roles)
    return t.PROPOSED.format(roles=roles, level=event.level, citation=cite(event.clause))


@told(ProposalDeclined)
def _declined(view: View, event: ProposalDeclined) -> str:
    role = naming.role(view.plan, event.by_role)
    return t.DECLINED.format(role=role, level=event.level, reason=_reason(event.reason))


@told(OfferDeclined)
def _offer_declined(view: View, event: OfferDeclined) -> str:
    return t.OFFER_DECLINED.format(roles=naming.roles(view.plan, event.roles), reason=_reason(event.reason))


@told(ProposalWithdrawn)
def _withdrawn(view: View, event: ProposalWithdrawn) -> str:
    return t.WITHDRAWN.format(level=event.level)


@told(Agreed)
def _agreed(view: View, event: Agreed) -> str:
    role = next(iter(event.roles), event.spoken_role)
    return t.AGREED.format(level=event.level, citation=cite(event.clause), **_decided(view, event, role))


@told(Declared)
def _declared(view: View, event: Declared) -> str:
    words = t.ADJUSTED if event.previous else t.DECLARED
    given = {"previous": event.previous} if event.previous else {}
    deciders = naming.roles(view.plan, event.jointly) if event.jointly else ""
    decided = _decided(view, event, event.role) | ({"role": deciders} if deciders else {})
    return words.format(level=event.level, citation=cite(event.clause), **decided, **given)


@told(Ended)
def _ended(view: View, event: Ended) -> str:
    return t.ENDED.format(citation=cite(event.clause), **_decided(view, event, event.role))


@told(Signed)
def _signed(view: View, event: Signed) -> str:
    return t.SIGNED.format(role=naming.role(view.plan, event.role) + written(event.name or "", 16))


@told(UnitsEscalated)
def _escalated(view: View, event: UnitsEscalated) -> str:
    return t.ESCALATED.format(names=_names(view, event.units))


@told(HandlingTaken)
def _handling(view: View, event: HandlingTaken) -> str:
    return t.HANDLING.format(name=naming.person(event.name))


@told(SeatTaken)
def _seat(view: View, event: SeatTaken) -> str:
    return t.SEAT.format(name=naming.person(event.name))


@told(Filed)
def _filed_alone(view: View, event: Filed) -> str:
    return _filed(event, naming.unit_name(view, event.recipient))


def _filed(event: Filed, names: str) -> str:
    taker = written(event.taker or "", 16)
    return t.FILED.format(
        name=names,
        report=event.report,
        channel=event.channel,
        taker=t.FILED_TAKER.format(taker=taker) if taker else "",
        document=t.FILED_DOCUMENT.format(document=written(event.document, 80)) if event.document else "",
    )


@told(RingFailed)
def _rang(view: View, event: RingFailed) -> str:
    return t.RANG.format(name=naming.unit_name(view, event.recipient), outcome=event.outcome)


@told(VerificationRequested)
def _asked(view: View, event: VerificationRequested) -> str:
    question = written(event.question or "", 120)
    return t.ASKED.format(
        name=naming.unit_name(view, event.recipient),
        question=t.ASKED_WHAT.format(question=question) if question else "",
    )


@told(ObligationWaived)
def _waived(view: View, event: ObligationWaived) -> str:
    instance = view.incident.instances.get(event.key)
    report = instance.report if instance is not None else ""
    return t.WAIVED.format(name=naming.person(event.name), report=report, reason=_reason(event.reason))


@told(LevelSkipped)
def _skipped(view: View, event: LevelSkipped) -> str:
    instance = view.incident.instances.get(event.key)
    return t.SKIPPED.format(
        name=naming.unit_name(view, event.recipient),
        report=instance.report if instance is not None else "",
        citation=cite(event.clause),
        reason=_reason(event.reason),
    )


@told(RaisingJudged)
def _raised(view: View, event: RaisingJudged) -> str:
    role, citation, reason = naming.role(view.plan, event.by_role), cite(event.clause), _reason(event.reason)
    if event.raises:
        return t.RAISED.format(role=role, base=event.base, citation=citation, reason=reason)
    return t.NOT_RAISED.format(role=role, citation=citation, reason=reason)


@told(PlanChosen)
def _plan(view: View, event: PlanChosen) -> str:
    return t.PLAN.format(title=event.title or view.plan.title)


@told(OccurrenceChanged)
def _occurrence(view: View, event: OccurrenceChanged) -> str:
    return t.OCCURRENCE.format(
        previous=on_day(event.previous, view.now),
        moment=on_day(event.occurred_at, view.now),
        reason=_reason(event.reason),
    )


@told(SceneStated)
def _scene(view: View, event: SceneStated) -> str:
    classes = {item.id: item.name for item in view.plan.classes}
    parts = (written(event.place, 40), classes.get(event.event_class, ""), written(event.unit, 24),
             written(event.township, 24))  # fmt: skip
    return t.SCENE.format(words=w.COMMA.join(filter(None, parts)) or w.NONE)


@told(SiteSetUp)
def _site(view: View, event: SiteSetUp) -> str:
    who = naming.role(view.plan, event.role) if event.role else naming.person(event.commander)
    place = written(event.place, 40)
    return t.SITE.format(who=who, place=t.SITE_PLACE.format(place=place) if place else "", citation=cite(event.clause))


@told(SiteHandedOver)
def _site_over(view: View, event: SiteHandedOver) -> str:
    who = written(event.body, 40) or naming.person(event.commander)
    return t.SITE_OVER.format(who=who, citation=cite(event.clause))


@told(SiteNotNeeded)
def _site_not(view: View, event: SiteNotNeeded) -> str:
    return t.SITE_NOT.format(reason=_reason(event.reason), citation=cite(event.clause))


@told(AidAsked)
def _aid(view: View, event: AidAsked) -> str:
    what = written(event.what or "", 120)
    given = {"what": t.AID_WHAT.format(what=what) if what else "", "citation": cite(event.clause)}
    if event.unit:
        return t.AID_BY_UNIT.format(unit=naming.unit_name(view, event.unit), **given)
    return t.AID.format(to=written(event.to, 40), **given)


@told(AidAnswered)
def _aid_answered(view: View, event: AidAnswered) -> str:
    words = written(event.words or "", 80)
    return t.AID_ANSWERED.format(
        status=t.AID_STATUS.get(event.status, event.status),
        words=t.AID_WORDS.format(words=words) if words else "",
    )


@told(AidNotNeeded)
def _aid_not(view: View, event: AidNotNeeded) -> str:
    return t.AID_NOT.format(reason=_reason(event.reason))


@told(ReleaseDrafted)
def _drafted(view: View, event: ReleaseDrafted) -> str:
    return t.DRAFTED.format(citation=cite(event.clause))


@told(ReleaseApproved)
def _approved(view: View, event: ReleaseApproved) -> str:
    if event.approved:
        return t.APPROVED.format(approval=event.approval)
    return t.SENT_BACK.format(reason=_reason(event.reason))


@told(ReleaseSubmitted)
def _submitted(view: View, event: ReleaseSubmitted) -> str:
    return t.SUBMITTED.format(publisher=event.publisher, citation=cite(event.clause))


@told(ReleasePublished)
def _published(view: View, event: ReleasePublished) -> str:
    medium = t.PUBLISHED_BY.format(medium=written(event.medium, 20)) if event.medium else ""
    decided = _decided(view, event, event.role)
    return t.PUBLISHED.format(role=decided["role"], oral=decided["oral"], medium=medium, citation=cite(event.clause))


@told(ConditionConfirmed)
def _condition(view: View, event: ConditionConfirmed) -> str:
    return t.CONDITION.format(condition=event.condition, citation=cite(event.clause))


@told(AssessorsNamed)
def _assessors(view: View, event: AssessorsNamed) -> str:
    return t.ASSESSORS.format(names=naming.person(event.names), citation=cite(event.clause))


@told(Closed)
def _closed(view: View, event: Closed) -> str:
    return t.CLOSED.format(name=naming.person(event.name))


@told(Reopened)
def _reopened(view: View, event: Reopened) -> str:
    return t.REOPENED.format(reason=_reason(event.reason))


@told(Rejected)
def _rejected(view: View, event: Rejected) -> str:
    return t.REJECTED.format(reason=_reason(event.reason))


@told(Merged)
def _merged(view: View, event: Merged) -> str:
    return t.MERGED.format(number=event.number)


@told(Absorbed)
def _absorbed(view: View, event: Absorbed) -> str:
    return t.ABSORBED.format(number=event.number)


@told(DuplicateSuspected)
def _suspected(view: View, event: DuplicateSuspected) -> str:
    return t.SUSPECTED.format(number=event.number)


@told(DuplicateDenied)
def _denied(view: View, event: DuplicateDenied) -> str:
    return t.DENIED


@told(EvidenceAdded)
def _evidence(view: View, event: EvidenceAdded) -> str:
    return t.EVIDENCE.format(kind=evidence_texts.KINDS.get(event.kind, evidence_texts.KIND_OTHER))


@told(DrillPaused)
def _paused(view: View, event: DrillPaused) -> str:
    return t.PAUSED if event.paused else t.WENT_ON


@told(DrillJumped)
def _jumped(view: View, event: DrillJumped) -> str:
    return t.JUMPED.format(span=span(timedelta(seconds=event.seconds)))
