"""What the service is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plans.core.command import Command, Shown
from plans.core.outcome import CaseOutcome, Refusal
from plans.core.state import CaseState
from plans.incident.case import Outcome
from plans.model import Plan
from storage.transaction import Writing

Fence = Callable[[Writing], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One command to one incident.

    Attributes:
        shown: what it acts on as it was shown; after a change of that nothing is done. None for what was typed.
    """

    stream: str
    command: Command
    shown: Shown | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Requester:
    """Who asks. The roles are read in the transaction, never taken from here.

    Attributes:
        person_id: of ours; empty = the program's own clock.
        via: see ``plans.core.command.Actor``.
        update_id: the inbox row that is finished by the same transaction.
        late: served after an absence of the program: what is written because of it says so.
        fence: raises ``LostClaim`` in the transaction where a process asks that has lost its lease.
        platform: id of the token with which another system asks, in the way ``platform``; empty = a person does.
        form_at: the place where the person's open form is closed by the same transaction; empty = none is.
    """

    person_id: str = ""
    via: str = "direct"
    update_id: int | None = None
    late: bool = False
    fence: Fence | None = None
    form_at: str = ""
    platform: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Where a typed command is answered: in private where the person has started the bot, else by one neutral line.

    Attributes:
        place_id: where it was typed.
        reply_to: Telegram's id of the message that is answered.
        done: key of the text that confirms it, empty = the card is answer enough.
        known_as: what the message is called later (edited, or another picture of its album), so that its incidents
            are found.
        again: arguments of the button that repeats a command which only wants a second word (死亡人数下降).
    """

    place_id: str
    reply_to: int | None = None
    done: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    again: Mapping[str, Any] = field(default_factory=dict)
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StepResult:
    """One step's outcome, for the handler that wants to show something of it; ``case`` of a case of any kind."""

    stream: str
    case: CaseOutcome[Any] | None

    @property
    def outcome(self) -> Outcome | None:
        """What came of a command about an incident."""
        return self.case if isinstance(self.case, Outcome) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What became of a request.

    Attributes:
        refusal: why nothing changed.
        repeated: the cause had been served before; nothing was done now.
        popup: the refusal in at most 200 characters, for a pressed button.
    """

    cause: str
    refusal: Refusal | None = None
    repeated: bool = False
    popup: str = ""
    steps: tuple[StepResult, ...] = ()
    streams: tuple[str, ...] = ()


class Refused(Exception):
    """Leaves the savepoint of a request that is refused.

    Args:
        case, plan: what is refused about, where that is known: the words name it.
    """

    def __init__(self, refusal: Refusal, *, case: CaseState | None = None, plan: Plan | None = None) -> None:
        super().__init__(refusal.key)
        self.refusal, self.case, self.plan = refusal, case, plan
