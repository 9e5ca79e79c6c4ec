"""附件: pictures and files that go out with a text of the desk: the leader's own paper, the programme of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.desk.addressed import Addressed, may_draft
from plans.desk.case import Case

MOST = 10
"""Pictures and files that go with one text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclose(Command):
    """A further picture or file goes with a draft.

    Attributes:
        evidence: ``kind:reference`` each.
    """

    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosed(Event, name="desk-enclosed"):
    """A further picture or file goes with a draft."""

    evidence: tuple[str, ...]
    by: str

    touches = ("draft",)


@decides(Enclose)
def enclose(case: Case[Any], command: Enclose) -> Refusal | None:
    """While it is a draft; what goes with it already goes once."""
    if (refusal := may_draft(case)) is not None:
        return refusal
    fresh = tuple(item for item in command.evidence if item not in case.state.enclosures)
    if not fresh:
        return Refusal(key="same_as_before")
    if len(case.state.enclosures) + len(fresh) > MOST:
        return Refusal(key="desk_too_many_files", params={"most": MOST})
    case.record(Enclosed(evidence=fresh, by=case.actor.id))
    return None


@applies(Enclosed)
def _on_enclosed(state: Addressed, event: Enclosed, item: Recorded) -> None:
    enclosed(state, event.evidence)


def enclosed(state: Addressed, evidence: Iterable[str]) -> None:
    """Note what goes with a text; each is fetched and kept."""
    state.enclosures = tuple(dict.fromkeys((*state.enclosures, *evidence)))[:MOST]
    for item in state.enclosures:
        state.send(item.partition(":")[2])
