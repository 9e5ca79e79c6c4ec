"""A statement for the public goes out: by whose word, through which medium; what was owed to the public is filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plans.acting import carries_out
from plans.core.authority import Spoken, Word, for_whom, own_word, recorded_word, spoken, with_also
from plans.core.command import Command
from plans.core.event import Recorded
from plans.core.keys import GROUP
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.filing import Filed
from plans.incident.records_beside import Statement
from plans.incident.releasing import pending, public_instances, releasable, rule_of
from plans.incident.signing import decision, to_sign
from plans.incident.state import Incident
from plans.model import Release

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishRelease(Command):
    """A statement goes out, by the word of whoever may publish.

    Attributes:
        medium: 政府网站, 新闻发布会 …
        of: 代录: the role that said so to the duty officer. spoken_by: who that was, by name; spoken_id: and by our id,
            where one is known.
    """

    release: int
    medium: str
    published_at: datetime | None = None
    of: str = ""
    spoken_by: str = ""
    spoken_id: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasePublished(Spoken, name="release-published", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """A statement went out."""

    release: int
    clause: str
    role: str
    medium: str
    published_at: datetime


# --- what may happen


@carries_out("command", "release", "Release")
@decides(PublishRelease)
def publish(case: Case, command: PublishRelease) -> Refusal | None:
    """Publish by one's own word, or note the spoken word of a role that may; what is owed to the public is filed."""
    statement = pending(case, command.release)
    if isinstance(statement, Refusal):
        return statement
    incident, clause = case.incident, statement.clause
    at = command.published_at or case.now
    if not command.medium.strip():
        return Refusal(key="medium_missing", clause=clause)
    problem = case.ahead(at)
    if problem is not None:
        return problem
    rule = rule_of(case.plan, incident.event_level)
    if rule is not None and rule.above == statement.publisher:
        return Refusal(key="release_above", clause=clause, params={"publisher": rule.above})
    if rule is not None and (rule.above or rule.by) != statement.publisher:
        return Refusal(key="release_outdated", clause=clause)
    if statement.approval and not statement.approved:
        return Refusal(key="release_not_approved", clause=clause, params={"approval": statement.approval})
    if statement.figures != releasable(incident):
        return Refusal(key="release_outdated", clause=clause)
    spoke = _whose(case, command, rule, clause)
    if isinstance(spoke, Refusal):
        return spoke
    word, role = spoke
    _file(case, statement, command.medium, at)  # first, so that taking back the filing takes back the press
    case.record(
        ReleasePublished(
            release=command.release,
            clause=clause,
            role=role,
            medium=command.medium,
            published_at=at,
            **spoken(word, "", for_whom(case, word, role) if role in case.plan.roles else None),
        )
    )
    return None


def _whose(case: Case, command: PublishRelease, rule: Release | None, clause: str) -> tuple[Word, str] | Refusal:
    """Return by whose word it goes out; where the plan file says it in words alone, whoever is on duty notes it."""
    roles = rule.roles if rule is not None else ()
    if command.of:
        if "duty" not in case.actor.roles or case.actor.via != "direct":
            return Refusal(key="oral_by_duty", who=("duty",))
        if command.of not in roles:
            return Refusal(key="not_yours_to_release", clause=clause, who=roles)
        return recorded_word(case, command.of, command.spoken_by, command.spoken_id), command.of
    word = own_word(case)
    role = next((item for item in with_also(case.plan, word.roles) if item in roles), "")
    if role:
        return word, role
    unit = next((item for item in sorted(case.actor.units) if rule is not None and item in rule.units), "")
    if unit:
        return word, unit
    if case.staff and (rule is None or not (rule.roles or rule.units)):
        return word, "duty"
    return Refusal(key="not_yours_to_release", clause=clause, who=roles)


def _file(case: Case, statement: Statement, medium: str, at: datetime) -> None:
    """File what is owed to the public: what it was drafted for, else what is due first."""
    owed = public_instances(case.plan, case.incident)
    chosen = next((item for item in owed if item.key == statement.obligation), owed[0] if owed else None)
    if chosen is not None:
        case.record(
            *(
                Filed(
                    report=chosen.report, recipient=name, channel=medium, called_at=at, by=case.actor.id,
                    name=case.actor.name or None, figures=dict(statement.figures), obligation=chosen.key,
                )
                for name in chosen.to
            )
        )  # fmt: skip


# --- what it does to the incident


@applies(ReleasePublished)
def _on_published(incident: Incident, event: ReleasePublished, item: Recorded) -> None:
    statement = incident.statements.get(event.release)
    if statement is not None:
        incident.statements[event.release] = replace(
            statement, changed=item.sequence, status="published", medium=event.medium,
            published_at=event.published_at, role=event.role, spoken_by=event.spoken_by or "",
        )  # fmt: skip
    if event.oral:
        incident.decisions.append(decision("publish", None, event.role, event, item))


# --- who is told


@tells(ReleasePublished)
def _tell_published(event: ReleasePublished, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="release_published", to=GROUP, priority=2, params={"sequence": event.release})
    if event.oral:
        yield to_sign(event.spoken_id, event.spoken_role or event.role, item.sequence)
