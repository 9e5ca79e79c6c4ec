"""叫应: everybody of the area is told in private and answers; who does not is called, then rung by telephone."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.core import keys
from plans.core.command import VOICE, Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, SILENT, Key, to_unit
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy, after, pause
from plans.core.registry import answered, applies, decides, guards, revises, tells
from plans.warning.case import Case, NoticeContext
from plans.warning.loudness import rings_again
from plans.warning.state import KIND, Waking, WarningCase

BY_CHANNEL, BY_TELEPHONE = 1, 2
"""Steps of the ladder: told by other channels too; on the duty seat's list of numbers to ring, and again."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerWarning(Command):
    """收到: a recipient answers for itself; with ``recipient`` the duty officer records what was said by telephone.

    Attributes:
        stage: what is answered; 0 = whatever was said last. voice: of a key on the telephone its number, masked.
    """

    recipient: str = ""
    stage: int = 0
    voice: str = ""

    by_voice = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsCalled(Event, name="warning-recipients-called"):
    """Who is told of a stage.

    Attributes:
        called: must answer; of these nobody can be written to for ``unreachable``.
        informed: have answered before and only read what changed. released: the area does not reach them any more.
        members: member units of the plan outside the area, who read it and need not answer.
    """

    called: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    touches = ("waking",)


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningAnswered(Event, name="warning-answered", personal=("name", "voice")):
    """收到.

    Attributes:
        recorded: given by telephone: noted by the duty officer or, with ``voice``, a key on a telephone whose number
            stands there masked.
    """

    recipient: str
    by: str
    name: str | None = None
    recorded: bool = False
    voice: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsEscalated(Event, name="warning-recipients-escalated"):
    """Silent recipients climbed a step; see ``BY_CHANNEL`` and ``BY_TELEPHONE``."""

    recipients: tuple[str, ...]
    step: int


# --- what may happen


def call_recipients(
    case: Case, act: str, recipients: tuple[str, ...], unreachable: frozenset[str], members: tuple[str, ...] = ()
) -> None:
    """Record who is told of the stage that was just issued.

    What is issued or raised asks everybody of the area to answer: a higher colour concerns each of them anew. Of what
    is lowered, extended or said more exactly only those are woken who were not reached by it before.
    """
    waking = case.warning.waking
    recipients = tuple(dict.fromkeys(recipients))
    fresh = recipients if act in ("issue", "raise") else tuple(name for name in recipients if name not in waking)
    called, beyond, there = set(fresh), set(recipients), {*recipients, *members}
    case.record(
        RecipientsCalled(
            called=fresh,
            unreachable=tuple(name for name in fresh if name in unreachable),
            informed=tuple(name for name in recipients if name not in called),
            released=tuple(name for name in waking if name not in there),
            members=tuple(name for name in dict.fromkeys(members) if name not in beyond),
        )
    )


@decides(AnswerWarning)
def answer_warning(case: Case, command: AnswerWarning) -> Refusal | None:
    """A recipient answers, or the duty officer records its answer."""
    waking, own = case.warning.waking, sorted(case.actor.units & case.warning.waking.keys())
    names = [command.recipient] if command.recipient else own
    if command.recipient and command.recipient not in own and not case.staff:
        return Refusal(key="not_your_unit", params={"unit": command.recipient})
    by_key = case.actor.via == VOICE
    if not names or any(name not in waking or command.stage not in (0, waking[name].stage) for name in names):
        return Refusal(key="not_woken", params={"unit": command.recipient})
    fresh = [name for name in names if waking[name].silent]
    if not fresh:
        return Refusal(key="already_answered", params={"unit": names[0], "status": "received"})
    case.record(
        *(
            WarningAnswered(
                recipient=name, by=case.actor.id, name=case.actor.name or None, recorded=by_key or name not in own,
                voice=(command.voice if by_key else "") or None,
            )
            for name in fresh
        )
    )  # fmt: skip
    return None


# --- when


@dataclass(frozen=True, slots=True)
class Step:
    """Recipients whose next step falls due at one moment."""

    at: datetime
    step: int
    recipients: tuple[str, ...]


def steps_of(warning: WarningCase, policy: Policy) -> Iterator[Step]:
    """Yield the next step of everybody who is silent, those of one moment together.

    When its time is over nobody is called to it any more: the office is asked whether it goes on (``expiry``), and
    where it does, so do the steps. What was issued behind its own end is no such: its times are wrong.
    """
    if not warning.in_force:
        return
    ends, stage = warning.content.ends, warning.stage
    over = ends if stage is not None and ends is not None and stage.at < ends else None
    groups: dict[tuple[datetime, int], list[str]] = {}
    pauses = policy.pauses_of_colour(warning.content.colour)
    for item in warning.silent():
        number = BY_TELEPHONE if not item.reachable and item.step == 0 else item.step + 1
        moment = item.since if not item.reachable and item.step == 0 else after(item.since, _pause(pauses, item.step))
        if over is None or moment < over:
            groups.setdefault((moment, number), []).append(item.recipient)
    yield from (Step(at, number, tuple(names)) for (at, number), names in groups.items())


def _pause(pauses: tuple[timedelta, ...], step: int) -> timedelta:
    return pause(pauses, step)


def escalate(case: Case, early: Set[int] = frozenset()) -> None:
    """Record the steps that have fallen due; those who are to be rung are one list.

    Args:
        early: steps that are taken somewhat before their time, beside what is said of other cases.
    """
    due: dict[int, list[str]] = {}
    soonest: dict[int, datetime] = {}
    for step in steps_of(case.warning, case.policy):
        soonest[step.step] = min(step.at, soonest.get(step.step, step.at))
    for step in steps_of(case.warning, case.policy):
        if step.at <= case.now or (step.step in early and step.at == soonest[step.step]):
            due.setdefault(step.step, []).extend(step.recipients)
    rung = {name for number, names in due.items() if number >= BY_TELEPHONE for name in names}
    if rung:  # whoever is on the list already is rung with them: one list, one clock
        listed = [item for item in case.warning.silent() if item.step >= BY_TELEPHONE or item.recipient in rung]
        highest = max([*(number for number in due if number >= BY_TELEPHONE), *(item.step for item in listed)])
        due = {number: names for number, names in due.items() if number < BY_TELEPHONE}
        due[highest] = [item.recipient for item in listed]
    case.record(*(RecipientsEscalated(recipients=tuple(due[number]), step=number) for number in sorted(due)))


# --- what it does to the warning


@applies(RecipientsCalled)
def _on_called(warning: WarningCase, event: RecipientsCalled, item: Recorded) -> None:
    for name in (*event.released, *event.members):
        warning.waking.pop(name, None)
    warning.members = event.members
    stage = warning.stages[-1].sequence if warning.stages else 0
    for name in event.called:
        warning.waking[name] = Waking(
            recipient=name, stage=stage, called_at=item.at, reachable=name not in event.unreachable
        )


@applies(WarningAnswered)
def _on_answered(warning: WarningCase, event: WarningAnswered, item: Recorded) -> None:
    waking = warning.waking.get(event.recipient)
    if waking is not None:
        warning.waking[event.recipient] = replace(
            waking, answered_at=item.at, answered_by=event.name or "", recorded=event.recorded, voice=event.voice or ""
        )


@applies(RecipientsEscalated)
def _on_escalated(warning: WarningCase, event: RecipientsEscalated, item: Recorded) -> None:
    for name in event.recipients:
        if name in warning.waking:
            warning.waking[name] = replace(warning.waking[name], step=event.step, stepped_at=item.at)


@revises(KIND, "waking")
def _revision(warning: WarningCase, of: str) -> int | None:
    waking = warning.waking.get(of)
    return waking.stage if waking is not None and warning.in_force else None


@revises(KIND, "silent")
def _of_the_silent(warning: WarningCase, of: str) -> int | None:
    return 0 if warning.in_force and any(True for _ in warning.silent()) else None


@guards(KIND)
def _open(warning: WarningCase) -> Iterator[Key]:
    if not warning.in_force:
        return
    yield keys.STAGE
    for item in warning.waking.values():
        yield keys.waking_at(item.recipient, item.stage)
    if any(True for _ in warning.silent()):
        yield SILENT


@answered(KIND)
def _answered(warning: WarningCase) -> Iterator[Key]:
    """The message stays open for its measures; whoever has answered is not called again."""
    yield from (keys.waking_at(item.recipient, item.stage) for item in warning.waking.values() if not item.silent)


# --- who is told


declare(
    NoticeType("warning_call", stamps=True, on_key="answer"),
    NoticeType("warning_call_again", stamps=True, escalates=True, repeats="warning_call", on_key="answer"),
    NoticeType("warning_ring_list", fallback_to_group=True, joins_as="due"),
)


def _call(key: str, waking: Waking) -> Notice:
    return Notice(
        kind="warning", key=key, to=to_unit(waking.recipient), priority=1, ring=True,
        guard=keys.waking_at(waking.recipient, waking.stage), params={"recipient": waking.recipient},
        buttons=buttons(("warning_answer", "warning_answer", keys.waking(waking.recipient), {})),
    )  # fmt: skip


@tells(RecipientsCalled)
def _tell_called(event: RecipientsCalled, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    for name in event.called:
        if name not in event.unreachable:
            yield _call("warning_call", context.after.waking[name])
    for name in (*event.informed, *event.members):
        yield Notice(kind="warning", key="warning_news", to=to_unit(name), priority=2, params={"recipient": name})
    for name in event.released:
        yield Notice(kind="warning", key="warning_released", to=to_unit(name), priority=2, params={"recipient": name})


@tells(RecipientsEscalated)
def _tell_escalated(event: RecipientsEscalated, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.step == BY_CHANNEL:
        for name in event.recipients:
            yield _call("warning_call_again", context.after.waking[name])
        return
    before = context.before.waking if context.before is not None else {}
    listed_now = any(name not in before or before[name].step < BY_TELEPHONE for name in event.recipients)
    yield Notice(
        kind="warning", key="warning_ring_list", to=SEAT, priority=1, guard=SILENT,
        ring=listed_now or rings_again(context.after, item.at),
        params={"recipients": event.recipients},
        buttons=buttons(("warning_ring_list", "warning_ring_list", SILENT, {})),
    )  # fmt: skip
