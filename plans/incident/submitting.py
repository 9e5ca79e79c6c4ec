"""Reports that go up by a reporting line (报送关系): what crosses, to whom, and when it counts as reported.

A submission counts as the report of its obligation once somebody of the office above has *taken* it
(``plans.incident.hearing_back``): then a filing is recorded for each recipient for whom the line stands, made at the
moment of submission, since lateness counts by the telling, and taken by him. Until then the obligation stays open and
its reminders go on. Where nobody takes it in the time after which a reporter is given the duty line
(``Policy.fallback``, a local rule), or it cannot be delivered, the seat is told to ring. Where the clause wants a
telephone call a submission files nothing: the words say that the call is owed, and it stays owed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.core.revisions import last_change
from plans.incident.case import Case
from plans.incident.figures import counted, hearsay
from plans.incident.instances import open_instance
from plans.incident.past import figures_at
from plans.incident.records import Instance
from plans.incident.records_beside import Submission
from plans.incident.revisions import STANDS_ON
from plans.incident.state import KIND, Incident
from plans.lines import LONGEST, crossing, figures_across
from plans.obligations.demands import demanded
from plans.obligations.wanted import covered
from plans.values import as_data

PHONE, WRITTEN = "电话", "书面"

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Submit(Command):
    """Submit the report of an obligation by a line, in the very words that were shown.

    Attributes:
        line: its id. obligation: key of the instance. to: for whom, as it was shown.
        text: the words that cross.
        place, stands_for: of the line as it stands in this transaction, given by the shell; none where it does not.
    """

    line: str
    obligation: str
    to: tuple[str, ...]
    text: str
    place: str = ""
    stands_for: tuple[str, ...] = ()

    until_closed = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Submitted(Event, name="submitted", personal=("text", "name")):
    """A report went to a superior's office by a line: which words and figures, for whom.

    Attributes:
        facts: the figures that cross beside the words; of what is not known nothing crosses.
        corrects: it is a correction of what crossed before.
        files: it counts as the report when it is taken there.
        answers: key of the question that it answers; empty where it answers none, or one that came another way.
    """

    line: str
    place: str
    obligation: str
    report: str
    channel: str
    clause: str
    to: tuple[str, ...]
    text: str | None
    figures: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    corrects: bool = False
    files: bool = True
    answers: str = ""
    by: str
    name: str | None = None


# --- what may happen


def left_of(case: Case, instance: Instance) -> tuple[str, ...]:
    """Return the recipients of an instance that have not heard it."""
    item = demanded(case.plan, case.incident, case.policy).get(instance.key)
    heard = covered(item, case.incident) if item is not None else {}
    return tuple(name for name in instance.to if name not in heard)


@carries_out("command", "submit", "Obligation.to", "Obligation.channel")
@decides(Submit)
def submit(case: Case, command: Submit) -> Refusal | None:
    """Submit a report to whom it is owed and for whom the line stands: nothing else crosses."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    instance = open_instance(case, command.obligation)
    if isinstance(instance, Refusal):
        return instance
    if not command.stands_for:
        return Refusal(key="line_over")
    if command.place in case.incident.route:
        return Refusal(key="went_round", params={"place": command.place})
    heard = set(instance.to) - set(left_of(case, instance))
    may = crossing(case.plan, instance, heard, command.stands_for)
    if not command.to or set(command.to) - set(may):
        return Refusal(key="not_to_cross", clause=instance.clause, params={"place": command.place, "known": list(may)})
    if any(set(item.to) & set(command.to) for item in gone_up(case.incident, instance.key)):
        return Refusal(key="already_submitted", clause=instance.clause, params={"place": command.place})
    if not command.text.strip() or len(command.text) > LONGEST:
        return Refusal(key="nothing_to_cross")
    case.record(
        Submitted(
            line=command.line,
            place=command.place,
            obligation=instance.key,
            report=instance.report,
            channel=instance.channel,
            clause=instance.clause,
            to=tuple(name for name in instance.to if name in command.to),
            text=command.text,
            figures=figures_at(case.incident, case.now),
            facts=across(case.incident),
            corrects=instance.report == "更正",
            files=instance.channel != PHONE,
            answers=answered(case.incident, instance),
            by=case.actor.id,
            name=case.actor.name or None,
        )
    )
    return None


def answered(incident: Incident, instance: Instance) -> str:
    """Return the key of the question that the report of an instance answers, where it came by a reporting line."""
    asked = (item for item in incident.requests if item.sequence == instance.after and instance.to == (item.recipient,))
    return next((item.key for item in asked), "")


def across(incident: Incident) -> dict[str, Any]:
    """Return the figures that cross beside the words: those that nobody has still to choose, confirm or tell apart.

    What is unsure the words say as it is, and the office above is asked about it as it would be by any report.
    """
    unsure = {item.fact for item in incident.unsure.values()} | {*incident.conflicts, *incident.read_twice}
    if incident.death_unconfirmed or hearsay(incident):
        unsure.add("deaths")
    known = {name: as_data(value) for name, value in counted(incident).items() if name not in unsure}
    return figures_across(known)


def gone_up(incident: Incident, key: str) -> list[Submission]:
    """Return what went up for an instance and need not again: nobody there has taken it yet, or it files nothing."""
    of = [item for item in incident.submissions.values() if item.key == key]
    return [item for item in of if item.waits or (item.state == "taken" and not item.files)]


# --- what it does to the incident


@applies(Submitted)
def _on_submitted(incident: Incident, event: Submitted, item: Recorded) -> None:
    incident.submissions[item.sequence] = Submission(
        sequence=item.sequence, line=event.line, place=event.place, key=event.obligation, report=event.report,
        channel=event.channel, clause=event.clause, to=event.to, at=item.at, figures=dict(event.figures),
        by=event.name or "", files=event.files,
    )  # fmt: skip


@revises(KIND, "crossing")
def _revision(incident: Incident, of: str) -> int | None:
    """What would cross for an instance: all that the words are made of, and what has gone up for it."""
    instance = incident.instances.get(of)
    if instance is None or instance.status != "open":
        return None
    gone = [item.sequence for item in incident.submissions.values() if item.key == of]
    heard = [item.sequence for item in incident.filings]
    asked = [item.sequence for item in incident.requests]
    return max(last_change(incident, *STANDS_ON, "words"), instance.opened_sequence, *gone, *heard, *asked)
