"""Books of duties as a kind of case: which topics there are, what is refused of all commands."""

from __future__ import annotations

from plans.core import files, kind
from plans.core.command import ClockCommand, Command
from plans.core.kind import CaseKind
from plans.core.outcome import Refusal
from plans.duty import book, chasing, instances, recording, returning, settling  # each registers its topic
from plans.duty.case import Case, NoticeContext, Outcome
from plans.duty.chasing import BookWake, wakes
from plans.duty.state import KIND, DutyBook

TOPICS = (book, instances, settling, returning, recording, files, chasing)
"""In the order of a book's life."""


def _refuses(case: Case, command: Command) -> Refusal | None:
    if command.opens:
        return Refusal(key="already_reported", params={"number": case.book.number})
    if case.actor.via != "direct" and not isinstance(command, ClockCommand):
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not case.book.open and not command.any_state:
        return Refusal(key="book_closed", params={"state": case.book.state})
    return None


DUTY = kind.install(
    CaseKind(
        name=KIND,
        state=DutyBook,
        case=Case,
        outcome=Outcome,
        context=NoticeContext,
        refuses=_refuses,
        follows=lambda case, command: None,
        shows=(),
        statements=lambda book: {},
        wakes=wakes,
        wake=BookWake,
    )
)
