"""A question that is put once more, as things stand now: somebody answered what was asked before they changed."""

from __future__ import annotations

from plans import events as e
from plans.incident import Incident
from plans.incident.changes import kind_of
from plans.model import Plan
from plans.notices import collect  # noqa: F401  every maker is registered
from plans.notices.filing import level_question
from plans.notices.notice import Notice
from plans.notices.registry import MAKERS, Told


def asked_again(plan: Plan, incident: Incident, name: str) -> Notice | None:
    """Return the question about what a button acts on, None where nothing is left to be asked.

    Args:
        name: ``fact:F``, ``class``, ``plan``, ``edit:N``, ``doubt:N`` or ``duplicate:S``, as
            ``plans.incident.changes`` names them.
    """
    if name == "determination":
        return level_question(Told(plan, None, incident, ()))
    item = next((item for item in reversed(incident.events) if _asks(incident, item, name)), None)
    if item is None:
        return None
    told = Told(plan, None, incident, (item,))
    return next((notice for notice in MAKERS[type(item.event)](item.event, item, told) if notice.buttons), None)


def _asks(incident: Incident, item: e.Recorded, name: str) -> bool:
    """Return whether an event asked about it, and it is open still."""
    event, kind = item.event, kind_of(name)
    if item.sequence in incident.undone:
        return False
    if kind == "edit":
        return isinstance(event, e.EditNoticed) and name == f"edit:{item.sequence}"
    if kind == "doubt":
        return isinstance(event, e.WordOvertaken) and name == f"doubt:{item.sequence}"
    if kind == "duplicate":
        return isinstance(event, e.DuplicateSuspected) and name == f"duplicate:{event.other}"
    if kind == "plan":
        return isinstance(event, e.PlansWeighed)
    fact = "event_class" if kind == "class" else name.partition(":")[2]
    if isinstance(event, e.DeathUnconfirmed):
        return fact == "deaths" and incident.death_unconfirmed
    if isinstance(event, e.ConflictFound):
        return fact == event.fact and fact in incident.conflicts and bool(event.claims)
    return isinstance(event, e.QuestionAsked) and fact == event.fact and incident.state in ("reported", "responding")
