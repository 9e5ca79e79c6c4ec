"""Who may press, ask or read something of an incident, and where it may be shown: decided here alone.

Commands and buttons name it (``who=Who.OFFICE``), so that their table says it. What somebody may *do* the core decides.
"""

from __future__ import annotations

from enum import Enum

from handlers.cases import CaseSubject
from handlers.context import Caller
from handlers.which_incident import Subject
from plans.bodies import stood_for
from plans.core.authority import with_also


class Who(Enum):
    """Whom a command or a button serves."""

    ANYBODY = "anybody whom it is for"
    """Who may name the incident, and of a button whom it was shown to."""

    READER = "who may read the incident"
    OWN = "who reported it, and whoever works on it"
    OFFICE = "duty officers, the roles of the plan, administrators"
    DUTY = "duty officers"


class Where(Enum):
    """Where what a command or a button shows may be read."""

    ANYWHERE = "anywhere"
    OFFICIAL = "in private and in the command group"


def allowed_case(who: Who, where: Where, caller: Caller, subject: CaseSubject) -> bool:
    """Return whether somebody is served about a case of another kind where he is."""
    if where is Where.OFFICIAL and not (caller.private or caller.place.kind == "command"):
        return False
    match who:
        case Who.ANYBODY:
            return True
        case Who.READER:
            return caller.reader.serves(subject.case.jurisdiction, subject.plan.id)
        case Who.OWN:
            return subject.staff
        case Who.OFFICE:
            return subject.staff or "admin" in subject.actor.roles
        case Who.DUTY:
            return "duty" in subject.actor.roles


def case_meant_for(audience: str, who: Caller, subject: CaseSubject) -> bool:
    """Return whether a person belongs to those whom a button of such a case was shown to."""
    kind, _, name = audience.partition(":")
    actor, plan = subject.actor, subject.plan
    match kind:
        case "":
            return True
        case "person":
            return who.person.id == name
        case "role" | "own":
            return name in with_also(plan, actor.roles) or name in actor.roles
        case "unit" | "head":
            return subject.staff or name in actor.units
        case "group":
            return bool(actor.roles)
    return subject.staff


def allowed(who: Who, where: Where, caller: Caller, subject: Subject) -> bool:
    """Return whether somebody is served where he is."""
    if where is Where.OFFICIAL and not (caller.private or caller.place.kind == "command"):
        return False
    match who:
        case Who.ANYBODY:
            return True
        case Who.READER:
            return caller.reader.may_read(subject.plan, subject.incident)
        case Who.OWN:
            return subject.staff or subject.incident.reporter_id == caller.person.id
        case Who.OFFICE:
            return subject.staff or "admin" in subject.actor.roles
        case Who.DUTY:
            return "duty" in subject.actor.roles


def meant_for(audience: str, who: Caller, subject: Subject | None) -> bool:
    """Return whether a person belongs to those whom a button was shown to; what he may do is decided later.

    Args:
        audience: as a notice names it; empty where the place alone says who.
    """
    kind, _, name = audience.partition(":")
    if kind == "person":
        return who.person.id == name
    if subject is None or not kind:
        return True
    actor, plan = subject.actor, subject.plan
    if kind == "role":
        return name in with_also(plan, actor.roles) or name in actor.roles
    if kind in ("unit", "head"):
        incident = subject.incident
        # Whoever reported speaks for the school or company that he reported for; 事发镇街 for the street that it is.
        meant = {name, *stood_for(plan, incident, name)}
        spoken_for = who.person.id == incident.reporter_id and incident.unit in meant
        return subject.staff or spoken_for or bool(actor.units & meant)
    if kind in ("origin", "reporter"):
        return subject.staff or who.person.id == subject.incident.reporter_id
    if kind == "group":
        return bool(actor.roles)
    return subject.staff
