"""What a text is made from: the incident as it stands, and who reads it where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from plans.core.policy import DEFAULT_POLICY, Policy
from plans.group_leads import GroupLead
from plans.incident.state import Incident
from plans.model import Plan

COMMAND, MEMBERS, SCHOOL, PRIVATE = "command", "members", "school", "private"


class Upward(NamedTuple):
    """A reporting line that stands: its id, the jurisdiction to which it leads, and for which recipients."""

    id: str
    place: str
    recipients: tuple[str, ...]


class Named(NamedTuple):
    """Somebody as a record names him.

    Attributes:
        name: what he is called now. note: that the name was not confirmed when he acted; empty where it was.
        called: the names under which he stands on record.
    """

    name: str
    note: str = ""
    called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """An incident before the eyes of one audience.

    Attributes:
        incident: after the events that the text is about.
        now: the incident's own moment (a drill's offset included), aware.
        jurisdiction: its name; empty = the plan's.
        place_kind: ``private``, ``command``, ``members`` or ``school``: what may be shown there.
        audience: as in ``Notice.to``: ``seat``, ``group``, ``role:…``, ``unit:…`` …
        recipient: display name of the person who reads it.
        seat_name: who sits on the duty seat; empty = as the incident's log says.
        bound_units: units with a living liaison; the others are rung.
        seat_line: number of the duty line; empty = the office's line in the plan.
        online: False = written after an outage, later than it should have been, and says so.
        flag: a drill is running in the same place, so that what is real is headed 【真实】.
        mentions: unit -> (Telegram user id, name) of the liaisons who may be mentioned in a group.
        warnings: lines of the warnings that are in force where it happened.
        unseated: roles that may decide and that nobody holds who can be written to: they are only rung.
        leads: who leads groups for which the plan names nobody, by the office's own word.
        upward: the reporting lines by which its reports may go up.
        people: id -> who acted in it, for what is kept or handed on; else nobody.
    """

    plan: Plan
    incident: Incident
    now: datetime
    policy: Policy = DEFAULT_POLICY
    jurisdiction: str = ""
    place_kind: str = PRIVATE
    audience: str = ""
    recipient: str = ""
    seat_name: str = ""
    bound_units: frozenset[str] = frozenset()
    seat_line: str = ""
    online: bool = True
    flag: bool = False
    mentions: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unseated: frozenset[str] = frozenset()
    leads: Mapping[str, GroupLead] = field(default_factory=dict)
    upward: tuple[Upward, ...] = ()
    people: Mapping[str, Named] = field(default_factory=dict)

    @property
    def neutral(self) -> bool:
        """Whether others than officials read along: no figures, names, levels or raw text."""
        return self.place_kind in (MEMBERS, SCHOOL)

    @property
    def seat(self) -> str:
        """The name of whoever sits on the duty seat, perhaps empty."""
        return self.seat_name or self.incident.seat_name
