"""Previews of issuing, passing on and lifting a warning; what its text message says."""

from __future__ import annotations

from bot.render import naming, sms
from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView, framed_case
from bot.render.citing import cite
from bot.render.labels import press
from bot.render.message import Message
from bot.render.text import Text, fill, written
from bot.render.warning_pieces import issuer, number, the_warning, title
from bot.texts import warning as t
from bot.texts import words as w
from plans.core import keys
from plans.warning.authority import authority_to_lift
from plans.warning.calling import calls_of
from plans.warning.issuing import IssueWarning
from plans.warning.state import ISSUE, PASS_ON, Content, act_of


def preview(
    view: CaseView, command: IssueWarning, *, allowed: bool, orally: tuple[str, ...], refusal: str = ""
) -> Message:
    """Return what will be said, to whom, under which clause, and that it cannot be taken back.

    Args:
        command: with all that the shell adds to it. allowed: whether the reader may issue it himself.
        orally: roles whose word he may record. refusal: why he may not issue it himself.
    """
    warning, recipients, way = the_warning(view), command.recipients, command.way
    proposal = warning.proposal
    if proposal is None:
        return framed_case(view, t.LIST_NONE)
    content, level = proposal.content, pieces.level_of(view, proposal.content)
    act = proposal.act or act_of(warning.content if warning.stages else None, content)
    if act == "lift":
        return _preview_of_word(view, command, content, allowed=allowed, orally=orally, refusal=refusal)
    measures = level.measures if level is not None else ()
    if way == PASS_ON:
        authority = t.AUTHORITY_DUTY.format(issuer=issuer(content, view.plan))
    elif level is None:
        authority = pieces.ungraded(view)
    else:
        authority = pieces.who_may_issue(view, level)
    sent = sms.short(warned(view, content, way, act, measures)).text
    absent = sorted(command.unreachable & set(recipients))
    text = fill(
        t.PREVIEW, act=t.ACTS[act], title=title(content), fields=pieces.fields(view, content), authority=authority,
        recipients=t.RECIPIENTS.format(count=len(recipients), names=pieces.names(view, recipients))
        if recipients
        else t.RECIPIENTS_NONE,
        unreachable=t.UNREACHABLE.format(count=len(absent), names=pieces.names(view, absent)) if absent else "",
        called=Text(t.CALLED_MEMBERS) if recipients and command.instead else _called(view, content),
        left=t.LEFT.format(names=w.LIST.join(t.LEFT_ONE.format(kind=kind, count=count) for kind, count in command.left))
        if command.left
        else "",
        unknown=t.UNKNOWN_AREAS.format(names=pieces.some(command.unknown_areas))
        if command.unknown_areas
        else "",
        citation=cite(level.clause, level.reading) if level is not None else "",
        foreign=pieces.other_issuer(view, content), refusal=refusal,
        measures=pieces.numbered(measures) or t.NO_MEASURES, lacking=_lacking(view, content),
        length=len(sent), sms=sent,
    )  # fmt: skip
    presses = []
    if allowed:
        presses.append(
            press("warning_pass_on", "warning_pass_on", keys.PROPOSED)
            if way == PASS_ON
            else press("warning_issue", "warning_issue", keys.PROPOSED)
        )
    presses += [press("warning_oral", "warning_oral", keys.PROPOSED, role=role, decides=way) for role in orally]
    presses += [
        press("warning_amend", "warning_amend", keys.PROPOSED),
        press("warning_dismiss", "warning_dismiss", keys.PROPOSED),
    ]
    return framed_case(view, text, presses)


def _called(view: CaseView, content: Content) -> Text:
    """Return which bodies of the area the plan calls, under which clauses."""
    level = pieces.level_of(view, content)
    calls = calls_of(view.plan, level.level if level is not None else "")
    if not calls:
        return Text(t.CALLED_UNSAID)
    everybody = next((item for item in calls if not item.kinds), None)
    if everybody is not None:
        return fill(t.CALLED_ALL, citation=cite(everybody.clause, everybody.reading))
    clauses = "、".join(dict.fromkeys(item.clause for item in calls))
    reading = next((item.reading for item in calls if item.reading is not None), None)
    kinds = dict.fromkeys(kind for item in calls for kind in item.kinds)
    return fill(t.CALLED, kinds=w.LIST.join(kinds), citation=cite(clauses, reading))


_SMS_STAGES: dict[str, sms.Stage] = {
    "issue": "issued", "raise": "raised", "lower": "lowered", "extend": "extended", "update": "updated",
    "lift": "lifted",
}  # fmt: skip


def warned(view: CaseView, content: Content, way: str, act: str, measures: tuple[str, ...]) -> sms.Warned:
    """Return what a text message says of a stage."""
    passed_on = way == PASS_ON and act == "issue"
    return sms.Warned(
        kind=content.hazard, colour=content.colour, level=content.level,
        stage="passed_on" if passed_on else _SMS_STAGES[act], begins=content.starts, ends=content.ends,
        areas=content.areas, measures=measures, call=view.plan.office,
        issuer=content.issuer or view.plan.jurisdiction.name, drill=view.case.drill,
    )  # fmt: skip


def _lacking(view: CaseView, content: Content) -> str:
    """Return which of the plan's elements of a warning are not there."""
    level = pieces.level_of(view, content)
    elements = (level.content if level is not None else ()) or view.plan.warning_content
    missing = []
    for element in elements:
        field = next((name for word, name in t.ELEMENTS.items() if word in element), None)
        if field is not None and not getattr(content, field) and not (field == "colour" and content.level):
            missing.append(element)
    clause = level.clause if level is not None else ""
    return t.LACKING.format(citation=cite(clause), names=w.LIST.join(missing)) if missing else ""


def _preview_of_word(
    view: CaseView, command: IssueWarning, content: Content, *, allowed: bool, orally: tuple[str, ...], refusal: str
) -> Message:
    """Return what lifting comes to where a text or a file says so."""
    presses = []
    if allowed and command.way == PASS_ON:
        presses.append(press("warning_pass_on", "warning_lift", keys.PROPOSED))
    elif allowed:
        presses.append(press("warning_issue", "warning_lift", keys.PROPOSED))
    presses += [press("warning_oral", "warning_oral", keys.PROPOSED, role=role, decides="lift") for role in orally]
    presses.append(press("warning_dismiss", "warning_not_lifted", keys.PROPOSED))
    text = _lifting(view, content.text, foreign=pieces.other_issuer(view, content), refusal=refusal)
    return framed_case(view, text, presses)


def preview_lift(view: CaseView, *, allowed: bool, orally: tuple[str, ...], reason: str = "") -> Message:
    """Return what lifting comes to."""
    text = _lifting(view, reason)
    presses = [press("warning_lift", "warning_lift", keys.STAGE, reason=reason)] if allowed else []
    presses += [
        press("warning_oral", "warning_oral", keys.STAGE, role=role, decides="lift", reason=reason) for role in orally
    ]
    return framed_case(view, text, presses)


def _lifting(view: CaseView, reason: str, *, foreign: str = "", refusal: str = "") -> Text:
    warning = the_warning(view)
    first = warning.issuing
    who = naming.roles(view.plan, list(authority_to_lift(view.plan, warning)))
    authority = t.AUTHORITY_DUTY.format(issuer=issuer(warning.content, view.plan))
    if first is not None and first.way == ISSUE:
        authority = t.MAY_ISSUE.format(who=who)
    return fill(
        t.PREVIEW_LIFT, title=title(warning.content), authority=authority,
        reason=w.REASON.format(reason=written(reason, 120)) if reason else "", foreign=foreign, refusal=refusal,
        recipients=t.RECIPIENTS.format(count=len(warning.waking), names=pieces.names(view, warning.waking))
        if warning.waking
        else t.RECIPIENTS_NONE,
    )  # fmt: skip


def which_dismissal(view: CaseView) -> Message:
    """Ask why it is not issued."""
    proposal = the_warning(view).proposal
    content = proposal.content if proposal is not None else Content()
    presses = [
        press("warning_dismissed", "warning_reason", keys.PROPOSED, reason=reason) for reason in t.DISMISS_REASONS
    ]
    return framed_case(view, fill(t.DISMISS_WHICH, number=number(view), title=title(content)), presses)
