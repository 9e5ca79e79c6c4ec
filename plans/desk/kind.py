"""What holds of every kind of case of the duty desk; each says the rest where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from plans.core import files  # noqa: F401  # registers what becomes of files
from plans.core.command import ClockCommand, Command
from plans.core.kind import CaseKind, WakePoint
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.desk.case import Case, NoticeContext, Outcome


def desk_kind(
    name: str,
    state: Callable[[str], Any],
    wake: type[ClockCommand],
    wakes: Callable[[Any, Policy], Sequence[WakePoint]],
    shows: tuple[Notice, ...] = (),
) -> CaseKind:
    """Return a kind of case of the desk, to be installed; the arguments are those of ``CaseKind``."""
    return CaseKind(
        name=name,
        state=state,
        case=Case,
        outcome=Outcome,
        context=NoticeContext,
        refuses=_refuses,
        follows=lambda case, command: None,
        shows=shows,
        statements=lambda state: {},
        wakes=wakes,
        wake=wake,
    )


def _refuses(case: Case[Any], command: Command) -> Refusal | None:
    state = case.state
    if command.opens:
        return Refusal(key="already_reported", params={"number": state.number})
    if not command.may_come(case.actor.via) and not isinstance(command, ClockCommand):
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not state.open and not command.any_state:
        return Refusal(key="desk_closed", params={"number": state.number})
    return None
