"""A warning is previewed, issued, passed on, lifted or dismissed, by whoever may or on his recorded word."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import Message, issuing
from bot.render import warning_page as pages
from bot.render.warning_pieces import MOST_NAMES, level_of
from bot.service import Step
from bot.service.answers import shortly
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import CaseSubject, about_case, run_case
from handlers.context import Caller, Context, tools_of
from handlers.replies import say, show
from plans.core.outcome import Refusal
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.oral import RecordWarningWord, SignWarning
from plans.warning.proposals import DismissProposal
from plans.warning.state import ISSUE, PASS_ON, WarningCase


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview needs beside the case."""

    way: str
    command: IssueWarning
    refusal: Refusal | None


async def tried(context: Context, who: Caller, subject: CaseSubject) -> Preview:
    """Return in which way the proposal would be issued by somebody: in the plan's name where he may, else passed on."""
    warning = subject.case
    proposal = warning.proposal if isinstance(warning, WarningCase) else None
    ways = (PASS_ON, ISSUE) if proposal is not None and proposal.content.issuer else (ISSUE,)
    best: Preview | None = None
    for way in ways:
        step = Step(stream=subject.stream, command=IssueWarning(way=way))
        outcome, enriched = await tools_of(context).service.rehearse_case(step, who.requester)
        refusal = outcome if isinstance(outcome, Refusal) else None
        if not isinstance(enriched, IssueWarning):
            raise TypeError("an issue that is no issue")
        if best is None or refusal is None:
            best = Preview(way, enriched, refusal)
        if refusal is None:
            break
    if best is None:
        raise LookupError("no way to issue a warning")
    return best


async def _drawn(context: Context, who: Caller, subject: CaseSubject, place_id: str = "") -> Message:
    trial = await tried(context, who, subject)
    told, absent = trial.command.recipients, sorted(trial.command.unreachable)
    about = {*told[:MOST_NAMES], *absent[:MOST_NAMES]}
    view = await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id, place_id, about)
    orally: tuple[str, ...] = ()
    proposal = subject.case.proposal if isinstance(subject.case, WarningCase) else None
    level = level_of(view, proposal.content) if proposal is not None else None
    if trial.way == ISSUE and trial.refusal is not None and "duty" in subject.actor.roles and level is not None:
        orally = level.issuers
    if trial.refusal is not None and trial.refusal.key == "not_yours_to_lift" and "duty" in subject.actor.roles:
        orally = tuple(role for role in trial.refusal.who if role in subject.plan.roles)
    refusal = shortly(trial.refusal, view) if trial.refusal is not None else ""
    return issuing.preview(view, trial.command, allowed=trial.refusal is None, orally=orally, refusal=refusal)


async def preview_to(context: Context, who: Caller, stream: str) -> None:
    """Show a preview of what waits, in private."""
    subject = await about_case(context, who, stream)
    if subject is None or not isinstance(subject.case, WarningCase) or subject.case.proposal is None:
        return
    if subject.case.plan_asked:
        return  # first it is said under which plan it falls
    message = await _drawn(context, who, subject)
    await say(context, who, message, "warning_preview", stream=stream, in_private=True, ring=True, step="preview")


@button("warning_preview", on="proposed", who=Who.OFFICE)
async def preview(press: ButtonPress) -> str:
    """First step of issuing: what will be said, to whom, under which clause."""
    warning = press.case_subject.case
    if isinstance(warning, WarningCase) and warning.plan_asked:
        await show(press, pages.asked_plan(await press.case_view()), "warning_which_plan")
        return ""
    message = await _drawn(press.context, press.caller, press.case_subject, press.caller.place.id)
    await show(press, message, "warning_preview")
    return ""


@button("warning_issue", on="proposed", again=preview, late=confirm_again(preview))
async def issue(press: ButtonPress) -> str:
    """Second step: issued in the plan's name."""
    return await press.run(IssueWarning(way=ISSUE), done="warning_issued", last=True)


@button("warning_pass_on", on="proposed", again=preview, late=confirm_again(preview))
async def pass_on(press: ButtonPress) -> str:
    """Second step: passed on."""
    return await press.run(IssueWarning(way=PASS_ON), done="warning_passed_on", last=True)


async def preview_lifting(context: Context, who: Caller, subject: CaseSubject, lifting: LiftWarning) -> None:
    """Show what lifting by words comes to; what would be refused is refused now."""
    message, refusal = await _lifting(context, who, subject, lifting.reason)
    if message is None:
        await run_case(context, who, subject.stream, lifting)
        return
    if refusal is None or refusal.key == "not_yours_to_lift":
        await say(context, who, message, "warning_lift_preview", stream=subject.stream, in_private=True, ring=True)


async def _lifting(
    context: Context, who: Caller, subject: CaseSubject, reason: str = ""
) -> tuple[Message | None, Refusal | None]:
    """Return the preview of a lifting and why one may not; no preview where nobody here may, or words are missing."""
    service = tools_of(context).service
    step = Step(stream=subject.stream, command=LiftWarning(reason=reason))
    outcome, _ = await service.rehearse_case(step, who.requester)
    refusal = outcome if isinstance(outcome, Refusal) else None
    orally: tuple[str, ...] = ()
    if refusal is not None and refusal.key == "not_yours_to_lift" and "duty" in subject.actor.roles:
        orally = tuple(role for role in refusal.who if role in subject.plan.roles)
    if refusal is not None and not orally:
        return None, refusal
    view = await service.case_view(subject.plan, subject.case, who.person.id)
    return issuing.preview_lift(view, allowed=refusal is None, orally=orally, reason=reason), refusal


@button("warning_lift_preview", on="stage", who=Who.OFFICE)
async def lift_preview(press: ButtonPress) -> str:
    """First step of lifting."""
    message, refusal = await _lifting(press.context, press.caller, press.case_subject, press.arg("reason"))
    if message is not None:
        await show(press, message, "warning_lift_preview")
        return ""
    view = await press.case_view()
    if refusal is not None and refusal.confirm == "reason":
        await show(press, pages.how(view, "lift"), "warning_lift_preview")
        return ""
    return shortly(refusal, view) if refusal is not None else ""


@button("warning_lift", on="stage", again=lift_preview, late=confirm_again(lift_preview))
async def lift(press: ButtonPress) -> str:
    """Second step: lifted."""
    return await press.run(LiftWarning(reason=press.arg("reason")), done="warning_lifted", last=True)


@button("warning_oral", on=("proposed", "stage"), who=Who.DUTY, late=confirm_again())
async def oral(press: ButtonPress) -> str:
    """代录: what a leader said on the telephone, recorded by the duty officer under the preview."""
    command = RecordWarningWord(of=press.arg("role"), decides=press.arg("decides"), reason=press.arg("reason"))
    return await press.run(command, done="warning_recorded", last=True)


@button("warning_sign", on="decision")
async def sign(press: ButtonPress) -> str:
    """补签."""
    number = int(press.button.object.partition(":")[2])
    return await press.run(SignWarning(stage=number), done="warning_signed", last=True)


@button("warning_dismiss", on="proposed", who=Who.OFFICE)
async def dismiss(press: ButtonPress) -> str:
    """Ask why it is not issued."""
    await show(press, issuing.which_dismissal(await press.case_view()), "warning_dismiss")
    return ""


@button("warning_dismissed", on="proposed", who=Who.OFFICE)
async def dismissed(press: ButtonPress) -> str:
    """Not issued, for that reason."""
    return await press.run(DismissProposal(reason=press.arg("reason")), done="warning_dismissed", last=True)
