"""The page of a warning that somebody looks at, with the buttons that are his, and what these ask."""

from __future__ import annotations

from bot.render import naming
from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView, framed_case
from bot.render.catalogue import LABELS
from bot.render.citing import cite, references_at
from bot.render.desk import from_entry
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined
from bot.render.times import at
from bot.render.warning import asked_which_plan, incidents_meanwhile
from bot.render.warning_pieces import number, the_warning, title
from bot.texts import warning as t
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.state import Incident
from plans.warning.state import WarningCase


def how(view: CaseView, key: str) -> Message:
    """Return how to say what only words can: a new end, another level, another field."""
    template = {"extend": t.EXTEND_HOW, "raise": t.RAISE_HOW, "amend": t.AMEND_HOW, "lift": t.LIFT_HOW}[key]
    return framed_case(view, template.format(number=view.case.number))


def which_plan(warning: WarningCase) -> list[Press]:
    """Return the buttons by which the plan is chosen."""
    return [
        *(press("warning_plan", "this_plan", keys.PLAN, plan=plan, title=title) for plan, title in warning.plans),
        press("warning_dismiss", "warning_dismiss", keys.PROPOSED),
    ]


def asked_plan(view: CaseView) -> Message:
    """Ask under which plan it falls, where a preview was asked for first."""
    notice = Notice(kind="warning", key="warning_which_plan", to=keys.SEAT)
    return framed_case(view, asked_which_plan(notice, view), which_plan(the_warning(view)))


def page(view: CaseView, *, staff: bool) -> Message:
    """Return one warning as ``/warn 3`` shows it: its fields, every stage, who is silent, incidents meanwhile."""
    warning = the_warning(view)
    content = warning.content
    stages = joined(
        t.STAGE_LINE.format(
            time=at(stage.at, view.now),
            act=t.ACTS[stage.act],
            who=pieces.by(view, stage),
            citation=cite(stage.clause),
            oral=t.ORAL.format(recorded=naming.person(stage.recorded_by), signed="" if stage.signed else t.UNSIGNED)
            if stage.oral
            else "",
        )
        for stage in warning.stages
    )
    text = fill(
        t.ONE, number=number(view), title=title(content), state=t.STATES[warning.state],
        fields=pieces.fields(view, content), stages=stages or Text(t.STATES["taken"]), silent=pieces.silent_names(view),
        incidents=incidents_meanwhile(view), entry=from_entry(warning), **pieces.answered(warning),
    )  # fmt: skip
    if staff and warning.proposal is not None and not warning.plan_asked:
        text = joined((text, *references_at(view.plan, view.plan.warnings)))
    presses = []
    if staff and warning.plan_asked and warning.proposal is not None:
        presses = which_plan(warning)
    elif staff and warning.proposal is not None:
        presses += [
            press("warning_preview", "warning_preview", keys.PROPOSED),
            press("warning_amend", "warning_amend", keys.PROPOSED),
            press("warning_dismiss", "warning_dismiss", keys.PROPOSED),
        ]
    if staff and warning.in_force:
        presses += [
            press("warning_lift_preview", "warning_lift_preview", keys.STAGE),
            press("warning_extend", "warning_extend", keys.STAGE),
            press("warning_raise", "warning_raise", keys.STAGE),
        ]
        if any(True for _ in warning.silent()):
            presses.append(press("warning_ring_list", "warning_ring_list", keys.SILENT))
    if warning.stages:
        presses.append(press("warning_cap", "warning_cap", keys.WARNING))
    return framed_case(view, text, presses)


def offered(incident: Incident) -> Message:
    """Return the offer to take as a warning what was recorded as a report."""
    item = stamped(press("is_warning", "is_warning", number=incident.number), incident)
    return Message(t.OFFER.format(number=incident.number), rows=((Key(LABELS["is_warning"], item),),))


def cap_message(view: CaseView) -> Message:
    """Return what stands before the CAP files."""
    count = len(the_warning(view).stages)
    return framed_case(view, fill(t.CAP, number=number(view), title=title(the_warning(view).content), count=count))
