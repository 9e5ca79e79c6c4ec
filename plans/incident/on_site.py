"""The on-site command (现场指挥部): who commands at the scene, by whose word, since when, and to whom it went over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.acting import carries_out
from plans.core.authority import Spoken, Word, own_word, recorded_word, spoken, with_also
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, SITE, Key
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import SiteCommander
from plans.incident.revisions import revision
from plans.incident.signing import decision, to_sign
from plans.incident.state import KIND, RUNNING, Incident
from plans.model import OnSite, Plan

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUpSite(Command):
    """Set up the on-site command under a named commander.

    Attributes:
        commander: who commands, by name; empty = the holder of ``role``, who takes it himself (兼任).
        role: of the plan: who takes it himself.
        place: where it stands; empty = the place of the incident.
        since: from when; None = now.
        of: the role that named the commander, where the duty officer records its word. spoken_by: who that was, by
            name; spoken_id: and by our id, where one is known.
    """

    commander: str = ""
    role: str = ""
    place: str = ""
    since: datetime | None = None
    of: str = ""
    spoken_by: str = ""
    spoken_id: str = ""

    @property
    def word_of(self) -> str:
        """Whose word is recorded: whoever may take the command himself says so himself."""
        return self.of or (self.role if not self.commander.strip() else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverSite(Command):
    """Hand the on-site command over, to another person or to a higher command.

    Attributes:
        commander: who commands now, by name. body: the higher command that took over, by name; one of the two.
    """

    commander: str = ""
    body: str = ""
    since: datetime | None = None


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteSetUp(Spoken, name="site-set-up", personal=("spoken_by", "recorded_by", "reason", "acting_for", "commander")):
    """An on-site command was set up.

    Attributes:
        commander: by name; empty where the holder of ``role`` commands himself.
        named_by: the role by whose word; empty where the plan itself says who commands.
    """

    clause: str
    commander: str | None = None
    role: str = ""
    place: str = ""
    since: datetime
    named_by: str = ""

    undoable = True
    touches = ("site",)


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteHandedOver(Event, name="site-handed-over", personal=("commander", "before", "name")):
    """The on-site command went over to another commander, or to a higher command; both names are kept.

    Attributes:
        before: who commanded until then. name: of who recorded it.
    """

    clause: str
    commander: str | None = None
    body: str = ""
    before: str | None = None
    since: datetime
    by: str
    name: str | None = None

    undoable = True
    touches = ("site",)


# --- what the plan says


def posts(plan: Plan) -> tuple[OnSite, ...]:
    """Return what the plan says of commands at the scene that are set up, not of those who act there first."""
    return tuple(item for item in plan.on_site if item.post)


@carries_out("question", "site", "OnSite.levels")
def demanded(plan: Plan, level: str | None) -> OnSite | None:
    """Return by which statement a level of response demands an on-site command, None where it is left open."""
    return next((item for item in posts(plan) if level in item.levels), None)


def post_at(plan: Plan, level: str | None) -> OnSite | None:
    """Return the statement under which one is set up at this level: what demands it, else what allows it."""
    return demanded(plan, level) or next(iter(posts(plan)), None)


# --- what may happen


@carries_out("command", "site", "OnSite.named_by", "OnSite.held_by")
@decides(SetUpSite)
def set_up(case: Case, command: SetUpSite) -> Refusal | None:
    """Set it up by the word of whom the plan lets name the commander; the duty officer records what was said."""
    incident, post = case.incident, post_at(case.plan, case.incident.response_level)
    clause, who = (post.clause, post.named_by) if post is not None else ("", ())
    if not case.staff:
        return Refusal(key="staff_only", clause=clause, who=("duty",))
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.site:
        return Refusal(key="site_stands", clause=clause, params={"name": incident.site[-1].name})
    if not command.commander.strip() and not (post is not None and command.role in post.held_by):
        return Refusal(key="site_commander_missing", clause=clause, who=who)
    since = command.since or case.now
    problem = case.ahead(since)
    if problem is not None:
        return problem
    word = _word(case, command, who, since)
    if word is None:
        return Refusal(key="not_yours_to_name", clause=clause, who=who)
    named_by = next((role for role in with_also(case.plan, word.roles) if role in who), "")
    case.record(
        SiteSetUp(
            clause=clause,
            commander=command.commander.strip() or None,
            role="" if command.commander.strip() else command.role,
            place=command.place.strip() or incident.place,
            since=since,
            named_by=named_by,
            **spoken(word, "", None),
        )
    )
    return None


def _word(case: Case, command: SetUpSite, who: tuple[str, ...], since: datetime) -> Word | None:
    """Return by whose word the commander is named, None where it is nobody's who may.

    Where the plan itself says who commands (分管领导担任), whoever sits on the seat records that it is so.
    """
    own = own_word(case)
    if not who or set(with_also(case.plan, own.roles)) & set(who):
        return own
    of = command.word_of
    if "duty" not in case.actor.roles or of not in who:
        return None
    return recorded_word(case, of, command.spoken_by, command.spoken_id, since)


@decides(HandOverSite)
def hand_over(case: Case, command: HandOverSite) -> Refusal | None:
    """Record that the command at the scene went over; who had it and who has it stay on record."""
    incident, post = case.incident, post_at(case.plan, case.incident.response_level)
    clause = post.clause if post is not None else ""
    if not case.staff:
        return Refusal(key="staff_only", clause=clause, who=("duty",))
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if not incident.site:
        return Refusal(key="site_not_set_up", clause=clause)
    if not (command.commander.strip() or command.body.strip()):
        return Refusal(key="site_to_whom", clause=clause)
    last, since = incident.site[-1], command.since or case.now
    problem = case.ahead(since)
    if problem is not None:
        return problem
    if since < last.since:
        return Refusal(key="site_before", clause=clause, params={"name": last.name, "at": last.since})
    if (command.commander.strip(), command.body.strip()) == (last.name, last.body):
        return Refusal(key="site_stands", clause=clause, params={"name": last.name or last.body})
    case.record(
        SiteHandedOver(
            clause=clause,
            commander=command.commander.strip() or None,
            body=command.body.strip(),
            before=last.name or last.body or None,
            since=since,
            by=case.actor.id,
            name=case.actor.name or None,
        )
    )
    return None


# --- what it does to the incident


@applies(SiteSetUp)
def _on_set_up(incident: Incident, event: SiteSetUp, item: Recorded) -> None:
    incident.site_not = ""
    incident.site += (
        SiteCommander(
            sequence=item.sequence,
            clause=event.clause,
            name=event.commander or "",
            role=event.role,
            place=event.place,
            since=event.since,
            named_by=event.named_by,
            oral=event.oral,
            spoken_by=event.spoken_by or "",
            recorded_by=event.recorded_by or "",
        ),
    )
    if event.oral:
        incident.decisions.append(decision("site", None, event.named_by, event, item))


@applies(SiteHandedOver)
def _on_handed_over(incident: Incident, event: SiteHandedOver, item: Recorded) -> None:
    last = incident.site[-1]
    incident.site = (
        *incident.site[:-1],
        last._replace(until=event.since),
        SiteCommander(
            sequence=item.sequence,
            clause=event.clause,
            name=event.commander or "",
            body=event.body,
            place=last.place,
            since=event.since,
            recorded_by=event.name or "",
        ),
    )


revision("site", "site", "response")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.state == "responding" and incident.site_asked and not incident.site and not incident.site_not:
        yield SITE


# --- who is told


@tells(SiteSetUp)
def _tell_set_up(event: SiteSetUp, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="site_set_up", to=GROUP, priority=2, params={"sequence": item.sequence})
    if event.oral:
        yield to_sign(event.spoken_id, event.spoken_role or event.named_by, item.sequence)


@tells(SiteHandedOver)
def _tell_handed_over(event: SiteHandedOver, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="site_handed_over", to=GROUP, priority=2, params={"sequence": item.sequence})
