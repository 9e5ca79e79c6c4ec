"""A warning is issued, passed on, raised, lowered, extended, lifted: by whom the plan lets, in his name or by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.acting import carries_out
from plans.core.authority import Spoken, Word, own_word, spoken, with_also
from plans.core.command import NOBODY, Command
from plans.core.event import Recorded
from plans.core.keys import GROUP, SEAT, STAGE, Key, to_person, to_role, to_unit
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises, tells
from plans.warning.authority import authority_to_lift, foreign, may_issue, may_pass_on
from plans.warning.case import Case, NoticeContext
from plans.warning.conditions import warning_of
from plans.warning.state import KIND, PASS_ON, Stage, WarningCase, act_of
from plans.warning.waking import call_recipients

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueWarning(Command):
    """Issue what waits, or pass it on (转发), in one's own name.

    Attributes:
        way: ``issue`` or ``pass_on``. reason: why, where somebody has to say so.
        measures: numbers of the plan's measures that are asked for, from 1; None = all.
        recipients: units and bodies of the area, and of these those that nobody can be written to for; members: the
            plan's other member units, who read it and need not answer. The shell looks them up.
        unknown_areas: words of the area that no township is known by; shown before it is issued.
        left: bodies of the area that the plan does not call, by family, and how many; shown before it is issued.
        instead: whether the recipients are the member units, because nobody of the area is called.
    """

    way: str
    reason: str = ""
    measures: tuple[int, ...] | None = None
    recipients: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unreachable: frozenset[str] = NOBODY
    unknown_areas: tuple[str, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    instead: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LiftWarning(Command):
    """Lift what is in force (解除)."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningIssued(Spoken, name="warning-issued", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """Something was said about a warning in its own right.

    Attributes:
        act: of ``plans.warning.state.ACTS``. way: ``issue`` or ``pass_on``.
        proposal: number of the event that stated its content; 0 = what was in force, of a lifting.
        role: under which it was decided; a unit's name where a unit did within its own duties.
        level: the plan's level, empty where the plan does not grade its warnings.
    """

    act: str
    way: str
    proposal: int
    clause: str
    role: str
    level: str = ""
    measures: tuple[str, ...] = ()

    touches = ("stage", "proposed")


# --- what may happen


@decides(IssueWarning)
def issue_warning(case: Case, command: IssueWarning) -> Refusal | None:
    """Issue or pass on in one's own name."""
    return issue(case, command, own_word(case), case.actor.units)


@decides(LiftWarning)
def lift_warning(case: Case, command: LiftWarning) -> Refusal | None:
    """Lift in one's own name."""
    return lift(case, command.reason, own_word(case), case.actor.units)


@carries_out("warning", "issue", "Warning_.level", "Warning_.measures")
def issue(case: Case, command: IssueWarning, word: Word, units: frozenset[str]) -> Refusal | None:
    """Issue or pass on what waits, in one's own name or by a word that is recorded; also where that lifts it."""
    warning, proposal = case.warning, case.warning.proposal
    if proposal is None:
        return Refusal(key="nothing_proposed")
    if warning.plan_asked:
        return Refusal(key="warning_which_plan", params={"known": [title for _, title in warning.plans]})
    act = proposal.act or act_of(warning.content if warning.stages else None, proposal.content)
    if act == "lift":
        heard = proposal.source != "typed" and not foreign(warning, proposal.content)
        said = command.reason or (proposal.content.text if heard else "")
        return lift(case, said, word, units, proposal=proposal.sequence)
    content = proposal.content
    if content.ends is not None and content.ends <= case.now:
        return Refusal(key="warning_over", params={"ends": content.ends})
    level = warning_of(case.plan, content.level, content.colour)
    authority = (
        may_pass_on(case, content, level, word)
        if command.way == PASS_ON
        else may_issue(case, content, level, word, units)
    )
    if isinstance(authority, Refusal):
        return authority
    measures = level.measures if level is not None else ()
    if command.measures is not None:
        measures = tuple(text for number, text in enumerate(measures, 1) if number in command.measures)
    acting = next((item for item in word.acting if item.role == authority), None)
    case.record(
        WarningIssued(
            act="issue" if not warning.stages else act, way=command.way, proposal=proposal.sequence,
            clause=level.clause if level is not None else "", role=authority,
            level=level.level if level is not None else "", measures=measures,
            **spoken(word, command.reason, acting),
        )
    )  # fmt: skip
    call_recipients(case, act, command.recipients, command.unreachable, command.members)
    return None


def lift(case: Case, reason: str, word: Word, units: frozenset[str], *, proposal: int = 0) -> Refusal | None:
    """Lift: what was passed on when its issuer has, on somebody's word for that; else by whoever may."""
    warning, first = case.warning, case.warning.issuing
    if not warning.in_force or first is None:
        return Refusal(key="nothing_in_force")
    level = warning_of(case.plan, first.content.level, first.content.colour)
    clause = level.clause if level is not None else ""
    if first.way == PASS_ON:
        roles = [*with_also(case.plan, word.roles), *(role for role in ("duty",) if role in word.roles)]
        if not roles or case.actor.via != "direct":
            return Refusal(key="not_yours_to_pass_on", clause=clause, who=("duty", *case.plan.roles))
        if not reason.strip():
            return Refusal(
                key="lifted_by_issuer", clause=clause, params={"issuer": first.content.issuer}, confirm="reason"
            )
        role = roles[0]
    else:
        allowed = authority_to_lift(case.plan, warning)
        own = next((name for name in with_also(case.plan, word.roles) if name in allowed), None)
        unit = next((name for name in sorted(units) if name in allowed), None)
        if case.actor.via != "direct" or (own is None and unit is None):
            return Refusal(key="not_yours_to_lift", clause=clause, who=allowed)
        role = str(own or unit)
    acting = next((item for item in word.acting if item.role == role), None)
    case.record(
        WarningIssued(
            act="lift", way=first.way, proposal=proposal, clause=clause, role=role, level=warning.content.level,
            measures=warning.stage.measures if warning.stage is not None else (),
            **spoken(word, reason, acting),
        )
    )  # fmt: skip
    return None


# --- what it does to the warning


@applies(WarningIssued)
def _on_issued(warning: WarningCase, event: WarningIssued, item: Recorded) -> None:
    proposal, before = warning.proposal, warning.stage.measures if warning.stage is not None else ()
    content = proposal.content if proposal is not None and event.proposal and event.act != "lift" else warning.content
    warning.stages.append(
        Stage(
            sequence=item.sequence, at=item.at, act=event.act, way=event.way,
            content=replace(content, level=event.level or content.level), clause=event.clause, role=event.role,
            by=event.by, measures=event.measures, oral=event.oral, spoken_by=event.spoken_by or "",
            spoken_id=event.spoken_id, spoken_role=event.spoken_role, recorded_by=event.recorded_by or "",
            reason=event.reason or "",
        )
    )  # fmt: skip
    if event.act == "lift" or event.proposal:
        warning.proposal = None
    warning.state = "lifted" if event.act == "lift" else "in_force"
    warning.closing = event.reason or "" if event.act == "lift" else ""
    warning.asked, warning.asked_at = 0, None
    if event.measures and before != event.measures:  # what was done of a measure stands where it is asked for still
        place = {text: number for number, text in enumerate(event.measures, 1)}
        warning.measures = {
            (name, place[before[number - 1]]): measure
            for (name, number), measure in warning.measures.items()
            if before[number - 1] in place
        }


@revises(KIND, "stage")
def _revision(warning: WarningCase, of: str) -> int | None:
    return warning.stages[-1].sequence if warning.in_force else None


# --- who is told


declare(NoticeType("warning_to_sign", personal=True), NoticeType("warning_card", draws=True))


@tells(WarningIssued)
def _tell_issued(event: WarningIssued, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """The group sees one message for each stage; leaders read it in private, since the group may be muted."""
    lifted = event.act == "lift"
    yield Notice(
        kind="warning", key="warning_lifted" if lifted else "warning_card", to=GROUP, priority=1,
        ring=event.act in ("issue", "raise"), pin=not lifted, guard=Key("") if lifted else STAGE,
        params={"stage": item.sequence},
    )  # fmt: skip
    for role in context.plan.roles:
        if role != event.role:
            yield Notice(
                kind="warning", key="warning_for_leader", to=to_role(role), priority=2, params={"stage": item.sequence}
            )
    if event.oral:
        yield Notice(
            kind="note", key="warning_to_sign",
            to=to_person(event.spoken_id) if event.spoken_id else to_role(event.spoken_role),
            priority=2, params={"stage": item.sequence},
            buttons=buttons(("warning_sign", "sign", Key.make("decision", item.sequence), {})),
        )  # fmt: skip
    if lifted:
        for name in dict.fromkeys((*context.after.waking, *context.after.members)):
            yield Notice(kind="warning", key="warning_ended", to=to_unit(name), priority=2, params={"recipient": name})
    if not lifted and not context.after.waking:
        yield Notice(kind="warning", key="warning_nobody", to=SEAT, priority=1, ring=True, guard=STAGE)
