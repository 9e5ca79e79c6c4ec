"""A warning is brought: from a text, a CAP file or by hand; it waits for whoever may issue it or pass it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plans.core.command import Command
from plans.core.event import Recorded
from plans.core.keys import PLAN, PROPOSED, WARNING, Key, to_person
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.warning.asking import ask
from plans.warning.case import Case, NoticeContext
from plans.warning.content import ContentStated, faulty, stated
from plans.warning.plan_choice import weigh
from plans.warning.state import KIND, Content, Proposal, WarningCase

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeWarning(Command):
    """Bring a warning that is not there yet.

    Attributes:
        act: what the text says of itself (``plans.warning.state.ACTS``), empty = as its content compares.
        facts: figures for the plan's own conditions, as plain data.
        origin: the chat that it came from, empty for none.
        among: id and title of the plans under which it may fall, where that is not plain; its own first.
        entry, entry_number: of the duty log, from which it was brought.
    """

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    content: Content
    act: str = ""
    source: str = "typed"
    sender: str = ""
    identifier: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    drill: bool = False
    origin: str = ""
    among: tuple[tuple[str, str], ...] = ()
    entry: str = ""
    entry_number: int = 0

    opens = True
    any_way = True
    by_platform = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeChange(Command):
    """Bring what changes a warning: raised, lowered, extended, lifted, or said more exactly; ``act`` as above."""

    content: Content
    act: str = ""
    source: str = "typed"
    sender: str = ""
    identifier: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    any_way = True
    by_platform = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningTaken(ContentStated, name="warning-taken", personal=("text", "words", "sender")):
    """A warning was brought; the attributes are those of ``TakeWarning``."""

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    by: str
    act: str = ""
    source: str = "typed"
    sender: str | None = None
    identifier: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    drill: bool = False
    origin: str = ""
    entry: str = ""
    entry_number: int = 0

    touches = ("proposed",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeTaken(ContentStated, name="warning-change-taken", personal=("text", "words", "sender")):
    """What changes a warning was brought."""

    by: str
    act: str = ""
    source: str = "typed"
    sender: str | None = None
    identifier: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    touches = ("proposed",)


# --- what may happen


@decides(TakeWarning)
def take_warning(case: Case, command: TakeWarning) -> Refusal | None:
    """Write down a warning; nothing is said to anybody by it but to who must decide."""
    if not case.actor.roles:
        return Refusal(key="staff_only", who=("duty",))
    problem = faulty(case, command.content)
    if problem is not None:
        return problem
    case.record(
        WarningTaken(
            **stated(command.content), plan=command.plan, plan_version=command.plan_version,
            plan_hash=command.plan_hash, jurisdiction=command.jurisdiction, number=command.number, year=command.year,
            by=case.actor.id, act=command.act, source=command.source, sender=command.sender or None,
            identifier=command.identifier, facts=dict(command.facts), drill=command.drill, origin=command.origin,
            entry=command.entry, entry_number=command.entry_number,
        )
    )  # fmt: skip
    weigh(case, command.among)
    return None


@decides(TakeChange)
def take_change(case: Case, command: TakeChange) -> Refusal | None:
    """Write down what changes a warning; the same that waits already or is in force changes nothing."""
    if not case.actor.roles:
        return Refusal(key="staff_only", who=("duty",))
    problem = faulty(case, command.content)
    if problem is not None:
        return problem
    waiting, warning = case.warning.proposal, case.warning
    if waiting is not None and (waiting.content, waiting.act) == (command.content, command.act):
        return Refusal(key="same_as_before")
    if (
        waiting is None
        and command.act != "lift"
        and replace(warning.content, text="", words={}) == replace(command.content, text="", words={})
    ):
        return Refusal(key="same_as_before")
    case.record(
        ChangeTaken(
            **stated(command.content), by=case.actor.id, act=command.act, source=command.source,
            sender=command.sender or None, identifier=command.identifier, facts=dict(command.facts),
        )
    )  # fmt: skip
    return None


# --- what it does to the warning


@applies(WarningTaken)
def _on_taken(warning: WarningCase, event: WarningTaken, item: Recorded) -> None:
    warning.state, warning.plan, warning.plan_version = "taken", event.plan, event.plan_version
    warning.plan_hash, warning.jurisdiction = event.plan_hash, event.jurisdiction
    warning.number, warning.year, warning.drill, warning.origin = event.number, event.year, event.drill, event.origin
    warning.entry, warning.entry_number = event.entry, event.entry_number
    warning.facts.update(event.facts)
    _propose(warning, event, item)


@applies(ChangeTaken)
def _on_change(warning: WarningCase, event: ChangeTaken, item: Recorded) -> None:
    warning.facts.update(event.facts)
    _propose(warning, event, item)


def _propose(warning: WarningCase, event: WarningTaken | ChangeTaken, item: Recorded) -> None:
    if event.identifier:
        warning.identifiers.add((event.sender or "", event.identifier))
    warning.proposal = Proposal(
        sequence=item.sequence, content=event.content(), at=item.at, act=event.act, source=event.source,
        sender=event.sender or "", identifier=event.identifier, by=event.by,
    )  # fmt: skip


@revises(KIND, "proposed")
def _revision(warning: WarningCase, of: str) -> int | None:
    return last_change(warning, "proposed") if warning.proposal is not None else None


@revises(KIND, "warning")
def _of_the_whole(warning: WarningCase, of: str) -> int | None:
    return 0


@guards(KIND)
def _waiting(warning: WarningCase) -> Iterator[Key]:
    if warning.proposal is not None:
        yield PROPOSED


# --- who is told


declare(
    NoticeType("warning_receipt", repeats="warning_taken"),
    NoticeType("warning_receipt_of_several", repeats="warning_which_plan"),
)


@tells(WarningTaken)
def _tell_taken(event: WarningTaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from _asked_and_received(event, item, context)


@tells(ChangeTaken)
def _tell_change(event: ChangeTaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from _asked_and_received(event, item, context)


def _asked_and_received(
    event: WarningTaken | ChangeTaken, item: Recorded, context: NoticeContext
) -> Iterator[Notice]:  # fmt: skip
    """The seat is asked, whoever brought it reads that it was taken; words that were read can still be a report's."""
    report = ("warning_is_report", "warning_is_report", WARNING, {"event": item.sequence})
    more = (report,) if event.source == "text" else ()
    yield from ask(context.after, *more)
    if event.source in ("text", "cap"):
        several = context.after.plan_asked
        yield Notice(
            kind="warning", key="warning_receipt_of_several" if several else "warning_receipt",
            to=to_person(event.by), priority=2, guard=PLAN if several else PROPOSED,
            buttons=buttons(*more),
        )  # fmt: skip
