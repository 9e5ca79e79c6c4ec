"""A registered moment has come: what is due is read from the log, so that a missed or doubled wake does no harm."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.command import ClockCommand
from plans.core.outcome import Refusal
from plans.core.registry import decides
from plans.incident.aid_answers import AidRung
from plans.incident.arrivals import ArrivalsAsked, UnitsIdle
from plans.incident.case import Case
from plans.incident.doubts import WordAskedAgain
from plans.incident.hearing_back import SubmissionUnanswered
from plans.incident.proposals import ProposalRung
from plans.incident.release_waiting import ReleaseRung
from plans.incident.reminders import Reminded
from plans.incident.reporting import ReporterSentToPhone
from plans.incident.timing import timely
from plans.incident.units import UnitsEscalated
from plans.obligations.wakes import Reminder, due_at, next_reminder


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake(ClockCommand):
    """A registered moment has come: remind, climb, ring again. What is due is decided from the log and ``now``.

    Attributes:
        beside: number of a running incident that this one may be the same as; 0 for none.
    """

    beside: int = 0


@decides(Wake)
def wake(case: Case, command: Wake) -> Refusal | None:
    """Remind, ring again, climb; at most one reminder for each thing."""
    if case.incident.open:
        timely(case)
    due = due_at(case.incident, case.policy, case.now, ahead=command.ahead, alone=command.alone)
    for keys, audience, overdue in _beside(case, command.beside, due.reminders):
        steps = tuple(step for step in audience if step == "seat" or step in case.plan.roles)
        case.record(Reminded(keys=keys, audience=steps, overdue=overdue, early=_early(case, keys)))
    for subject, steps in due.doubts:
        ordinal = case.incident.doubts[subject].rung + 1
        roles = tuple(step for step in steps if step == "seat" or step in case.plan.roles)
        case.record(WordAskedAgain(subject=subject, ordinal=ordinal, audience=roles))
    for step, units in due.units:
        case.record(UnitsEscalated(units=units, step=step))
    for step, units in due.arrivals:
        case.record(ArrivalsAsked(units=units, step=step))
    if due.idle:
        case.record(UnitsIdle(units=due.idle))
    if due.proposal and case.incident.proposal is not None:
        case.record(ProposalRung(ordinal=case.incident.proposal.rung + 1, widened=_widened(case)))
    for number, audience in due.aid:
        waits = case.incident.aid[number] if number else case.incident.aid_wanted
        rung = waits.rung if waits is not None else 0
        steps = tuple(step for step in audience if step == "seat" or step in case.plan.roles)
        case.record(AidRung(request=number, ordinal=rung + 1, audience=steps))
    for number in due.releases:
        case.record(ReleaseRung(release=number, ordinal=case.incident.statements[number].rung + 1))
    case.record(*(SubmissionUnanswered(submission=number) for number in due.submissions))
    if due.fallback:
        case.record(ReporterSentToPhone())
    return None


def _early(case: Case, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is said before its moment, beside what is due in another incident."""
    moments = {key: next_reminder(case.incident.instances[key], case.policy) for key in keys}
    return tuple(key for key, at in moments.items() if at is not None and at > case.now)


def _beside(case: Case, number: int, due: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
    """Record, instead of reminding, that another incident's reminders serve; return what is reminded of all the same.

    While it is open whether two incidents are one, one stream of reminders is enough. What
    is overdue is reminded of in any case: nothing is forgotten over an open question.
    """
    if not number:
        return due
    keys = tuple(dict.fromkeys(key for item in due for key in item[0] if key not in item[2]))
    if keys:
        repeated = any(
            isinstance(item.event, Reminded) and item.event.beside == number for item in case.incident.events
        )
        case.record(Reminded(keys=keys, audience=("seat",), beside=number, first=not repeated))
    return tuple((overdue, audience, overdue) for _, audience, overdue in due if overdue)


def _widened(case: Case) -> tuple[str, ...]:
    """Where only one role may and it stays silent, the others are offered what they may declare: lower levels."""
    proposal = case.incident.proposal
    if proposal is None or len(proposal.to_roles) > 1 or proposal.rung < 1:
        return ()
    lower = [
        item
        for item in case.plan.responses
        if not item.external
        and case.plan.height(case.incident.response_level)
        < case.plan.height(item.level)
        < case.plan.height(proposal.level)
    ]
    others = [role for item in lower for role in item.declared_by]
    return tuple(dict.fromkeys(role for role in others if role not in (*proposal.to_roles, *proposal.refused)))
