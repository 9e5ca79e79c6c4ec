"""A text of the desk with its recipients: what instructions and notices have in common, and who looks after one.

A recipient is named as an audience: ``unit:…`` (a unit or a listed body), ``role:…`` or ``person:…``. Whoever stands
for several of them gets one message and answers once, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from plans.core import keys
from plans.core.authority import with_also
from plans.core.command import Actor
from plans.core.keys import Audience
from plans.core.outcome import Refusal
from plans.desk.case import Case
from plans.desk.state import DeskState
from plans.model import Plan
from plans.times.night import is_night

INSTRUCTION, ANNOUNCEMENT = "instruction", "announcement"
KINDS = (INSTRUCTION, ANNOUNCEMENT)

DRAFT, SENT, DONE, WITHDRAWN, DISCARDED = "draft", "sent", "done", "withdrawn", "discarded"
"""States: written and chosen; with its recipients; nothing is waited for any more; taken back; never sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One of those whom it went to.

    Attributes:
        key: as an audience names it.
        sent_at: when it was told; anew with each correction.
        reachable: somebody who can be written to stands for it.
        answered_at, answered_by: 收到; ``recorded``: said on the telephone, and noted by the office; ``by_key``: a key
            was pressed on the telephone that rang him.
        reminded_at: of the one reminder. listed_at: since when it stands on the seat's list.
        tried: calls by telephone in vain.
    """

    key: str
    sent_at: datetime
    reachable: bool = True
    answered_at: datetime | None = None
    answered_by: str = ""
    recorded: bool = False
    by_key: bool = False
    reminded_at: datetime | None = None
    listed_at: datetime | None = None
    tried: int = 0

    @property
    def silent(self) -> bool:
        """Whether it has not answered."""
        return self.answered_at is None


@dataclass(slots=True)
class Addressed(DeskState):
    """A text that goes to recipients.

    Attributes:
        text: as it was written. by, by_name: who wrote it here.
        urgent: 加急: it rings at night too.
        enclosures: pictures and files that go with it, ``kind:reference`` each.
        chosen: those picked in the draft. told: whom it went to, by their keys.
        round: how often it was said: when it went out, and at each correction. sent_at: the last time.
        corrected: it says something else than at first.
        draft_rung: whoever wrote the draft was reminded that it has not gone out.
        closing: why it was taken back.
        giver_id: in whose name it goes, where that is another; recorded: the desk wrote it down for him (代录).
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({DRAFT, SENT})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "told")

    text: str = ""
    by: str = ""
    by_name: str = ""
    urgent: bool = False
    enclosures: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    told: dict[str, Recipient] = field(default_factory=dict)
    round: int = 0
    sent_at: datetime | None = None
    corrected: bool = False
    draft_rung: bool = False
    closing: str = ""
    giver_id: str = ""
    recorded: bool = False

    @property
    def out(self) -> bool:
        """Whether it is with its recipients, and something is waited for."""
        return self.state == SENT

    @property
    def stands(self) -> bool:
        """Whether it has gone out and was not taken back: it may be corrected, sent to others, taken back."""
        return bool(self.told) and self.state in (SENT, DONE)

    @property
    def presses(self) -> bool:
        """Whether it cannot wait for the morning."""
        return self.urgent

    def silent(self) -> Iterator[Recipient]:
        """Yield who has not answered."""
        yield from (item for item in self.told.values() if item.silent)

    def waits_for(self, name: str) -> bool:
        """Return whether a recipient has still to do something once the text says something else."""
        return True

    def pending(self, name: str) -> bool:
        """Return whether a recipient has still to do something."""
        return self.told[name].silent

    def status(self, name: str) -> str:
        """Return where it stands with a recipient: ``sent received``."""
        return "sent" if self.told[name].silent else "received"

    def late(self, now: datetime) -> Refusal | None:
        """Return why it may go to nobody any more; only what is due by a day is over some time."""
        return None

    def ring(self, at: datetime) -> bool:
        """Return whether a message about it rings at a moment; one that does not is there all the same."""
        return self.presses or not is_night(at)


# --- who stands for whom


def stands_for(actor: Actor, plan: Plan) -> frozenset[str]:
    """Return the recipients that somebody stands for: his units, his roles, himself."""
    roles = {*actor.roles, *with_also(plan, actor.roles)}
    return frozenset({*map(keys.to_unit, actor.units), *map(keys.to_role, roles), keys.to_person(actor.id)})


def own_of(state: Addressed, actor: Actor, plan: Plan) -> list[str]:
    """Return those of the recipients that somebody stands for."""
    return sorted(stands_for(actor, plan) & state.told.keys())


def manages(case: Case[Any]) -> bool:
    """Return whether the actor looks after it: a duty officer of the desk, or who wrote it and may still give one."""
    actor, state = case.actor, case.state
    if actor.via != "direct":
        return False
    return "duty" in actor.roles or (actor.id == state.by and bool(actor.roles & set(case.plan.roles)))


def gave(case: Case[Any]) -> bool:
    """Return whether it goes in the actor's name, who still holds a role by which one is given."""
    actor = case.actor
    if actor.via != "direct" or not actor.roles & {"duty", *case.plan.roles}:
        return False
    return bool(case.state.giver_id) and case.state.giver_id == actor.id


def may_draft(case: Case[Any]) -> Refusal | None:
    """Return why somebody may not change or send it as a draft."""
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    return Refusal(key="desk_is_out") if case.state.state != DRAFT else None


def may_change(case: Case[Any], *, giver: bool = False) -> Refusal | None:
    """Return why somebody may not change what has gone out; ``giver``: in whose name it goes, he may too."""
    if not (manages(case) or (giver and gave(case))):
        return Refusal(key="desk_not_yours", who=("duty",))
    return None if case.state.stands else Refusal(key="desk_not_out")


def well_named(recipients: Iterable[str]) -> tuple[str, ...]:
    """Return recipients once each; raise ValueError for what is none."""
    names = tuple(dict.fromkeys(recipients))
    for name in names:
        key = Audience(name)
        if key.kind not in ("unit", "role", "person") or not key.of:
            raise ValueError(f"no recipient: {name}")
    return names
