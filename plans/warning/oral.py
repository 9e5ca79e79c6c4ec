"""代录 and 补签: a warning that was issued, passed on or lifted by word, and the signature that is owed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from plans.core.authority import recorded_word, spoke
from plans.core.command import NOBODY, Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.warning.case import Case
from plans.warning.issuing import IssueWarning, issue, lift
from plans.warning.state import ISSUE, KIND, PASS_ON, WarningCase

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordWarningWord(Command):
    """代录: record that somebody who may has issued, passed on or lifted a warning by word.

    Attributes:
        of: the role that spoke. decides: ``issue``, ``pass_on`` or ``lift``.
        spoken_by: who that was, by name; spoken_id: and by our id, where one is known.
    """

    of: str
    decides: str
    spoken_by: str = ""
    spoken_id: str = ""
    spoken_at: datetime | None = None
    reason: str = ""
    measures: tuple[int, ...] | None = None
    recipients: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class SignWarning(Command):
    """补签: whoever spoke signs the recorded decision.

    Attributes:
        stage: its number in the log; 0 = all that are owed.
    """

    stage: int = 0

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningSigned(Event, name="warning-signed", personal=("name",)):
    """A spoken decision was signed afterwards (补签)."""

    sequence_of: int
    role: str
    name: str | None = None


# --- what may happen


@decides(RecordWarningWord)
def record_warning_word(case: Case, command: RecordWarningWord) -> Refusal | None:
    """代录: the duty officer, and nobody else, records a spoken decision; the signature of whoever spoke is owed."""
    if "duty" not in case.actor.roles or case.actor.via != "direct":
        return Refusal(key="oral_by_duty", who=("duty",))
    if command.of not in case.plan.roles:
        titles = {name: role.title for name, role in case.plan.roles.items()}
        return Refusal(key="unknown_role", params={"given": command.of, "known": titles})
    if command.decides not in (ISSUE, PASS_ON, "lift"):
        return Refusal(key="unknown_decision", params={"given": command.decides, "known": [ISSUE, PASS_ON, "lift"]})
    problem = case.ahead(command.spoken_at)
    if problem is not None:
        return problem
    word = recorded_word(case, command.of, command.spoken_by, command.spoken_id, command.spoken_at)
    if command.decides == "lift":
        return lift(case, command.reason, word, NOBODY)
    spoken = IssueWarning(
        way=command.decides, reason=command.reason, measures=command.measures, recipients=command.recipients,
        members=command.members, unreachable=command.unreachable,
    )  # fmt: skip
    return issue(case, spoken, word, NOBODY)


@decides(SignWarning)
def sign_warning(case: Case, command: SignWarning) -> Refusal | None:
    """Sign what one has said on the telephone oneself; never what one has recorded of others."""
    unsigned = [item for item in case.warning.stages if item.oral and not item.signed]
    owed = [item for item in unsigned if command.stage in (0, item.sequence) and spoke(case, item, item.spoken_role)]
    if not owed:
        return Refusal(key="nothing_to_sign", who=tuple([item.spoken_role for item in unsigned]))
    case.record(
        *(
            WarningSigned(sequence_of=item.sequence, role=item.spoken_role, name=case.actor.name or None)
            for item in owed
        )
    )
    return None


# --- what it does to the warning


@applies(WarningSigned)
def _on_signed(warning: WarningCase, event: WarningSigned, item: Recorded) -> None:
    warning.stages[:] = [
        replace(kept, signed=True) if kept.sequence == event.sequence_of else kept for kept in warning.stages
    ]


@revises(KIND, "decision")
def _of_a_word(warning: WarningCase, of: str) -> int | None:
    return next(
        (item.sequence for item in warning.stages if item.oral and not item.signed and str(item.sequence) == of), None
    )
