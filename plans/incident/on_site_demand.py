"""A command at the scene that the plan demands at this level: the seat is asked who it is, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, SITE
from plans.core.notice import Notice, Press, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.on_site import demanded, post_at
from plans.incident.state import Incident
from plans.model import Plan

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class DoWithoutSite(Command):
    """No on-site command is needed although the plan demands one at this level, for a reason."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteAsked(Event, name="site-asked"):
    """The plan demands an on-site command at the level that was declared, and the seat was asked who commands."""

    level: str
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteNotNeeded(Event, name="site-not-needed", personal=("reason", "name")):
    """Nobody commands at the scene, for a reason, although the plan demands it at this level."""

    clause: str
    by: str
    name: str | None = None
    reason: str | None = None

    undoable = True
    touches = ("site",)


def waits(plan: Plan, incident: Incident) -> bool:
    """Return whether the seat still owes the answer who commands at the scene."""
    return incident.state == "responding" and incident.site_asked != "" and not incident.site and not incident.site_not


# --- what may happen


@decides(DoWithoutSite)
def do_without(case: Case, command: DoWithoutSite) -> Refusal | None:
    """No command at the scene: said by the seat, with a reason that stays in the record."""
    post = demanded(case.plan, case.incident.response_level)
    clause = post.clause if post is not None else ""
    if not case.staff:
        return Refusal(key="staff_only", clause=clause, who=("duty",))
    if not waits(case.plan, case.incident):
        return Refusal(key="site_not_asked", clause=clause)
    if not command.reason.strip():
        return Refusal(key="site_reason", clause=clause, confirm="reason")
    case.record(
        SiteNotNeeded(clause=clause, by=case.actor.id, name=case.actor.name or None, reason=command.reason.strip())
    )
    return None


def ask(case: Case) -> None:
    """Ask once who commands at the scene, when a level of response that demands it has been declared."""
    incident = case.incident
    if incident.state != "responding" or incident.site_asked or incident.site:
        return
    post = demanded(case.plan, incident.response_level)
    if post is not None and incident.response_level is not None:
        case.record(SiteAsked(level=incident.response_level, clause=post.clause))


# --- what it does to the incident


@applies(SiteAsked)
def _on_asked(incident: Incident, event: SiteAsked, item: Recorded) -> None:
    incident.site_asked = event.level


@applies(SiteNotNeeded)
def _on_not_needed(incident: Incident, event: SiteNotNeeded, item: Recorded) -> None:
    incident.site_not = event.reason or "-"


def presses(plan: Plan, incident: Incident) -> tuple[Press, ...]:
    """Return what the seat can do with one tap: whoever may take the command himself has taken it."""
    post = post_at(plan, incident.response_level)
    held_by = post.held_by if post is not None else ()
    return buttons(*(("site_held", f"site_held:{role}", SITE, {"role": role}) for role in held_by))


# --- who is told


@tells(SiteAsked)
def _tell_asked(event: SiteAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="asked",
        key="who_commands",
        to=SEAT,
        priority=2,
        guard=SITE,
        params={"level": event.level, "clause": event.clause},
        buttons=presses(context.plan, context.after),
    )


@tells(SiteNotNeeded)
def _tell_not_needed(event: SiteNotNeeded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="worksheet", to=SEAT, priority=3, edits=True)
