"""Warnings in words: what was brought, the card of the group, the pages, a line in other texts."""

from __future__ import annotations

from datetime import datetime

from bot.render import naming, waking
from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView, card_of, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.citing import cite, references_at
from bot.render.desk import from_entry
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at, span
from bot.render.view import PRIVATE
from bot.render.warning_pieces import issuer, listed, number, period, recipient_name, the_warning, title
from bot.texts import warning as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.values import parse
from plans.warning.authority import authority_to_lift, name_of
from plans.warning.conditions import conditions_met
from plans.warning.state import KIND, Content, Proposal, Stage, WarningCase, act_of


def _conditions(view: CaseView) -> Text:
    """Return which levels the plan's own conditions ask for by the figures that were said."""
    warning = the_warning(view)
    lines = [
        (t.CONDITION_MET if met.certain else t.CONDITION_MAYBE).format(
            level=name_of(met.warning), citation=cite(met.warning.clause, met.warning.reading), because=met.because
        )
        for met in conditions_met(view.plan, {name: parse(value) for name, value in warning.facts.items()})
    ]
    return joined(lines)


def _asks(view: CaseView, content: Content) -> str:
    level = pieces.level_of(view, content)
    if level is not None:
        return t.PLAN_LEVEL.format(
            level=name_of(level), citation=cite(level.clause, level.reading), who=pieces.who_may_issue(view, level)
        )
    return pieces.ungraded(view)


def _beside(view: CaseView) -> str:
    return t.DURING.format(numbers=w.LIST.join(view.beside)) if view.beside else ""


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return the text of a notice about a warning; raise KeyError for one without words."""
    return _WORDS[notice.key](notice, view)


def _brought(view: CaseView, proposal: Proposal) -> dict[str, str | Text]:
    """Return what was brought, as every question about it says it."""
    warning, content = the_warning(view), proposal.content
    act = proposal.act or act_of(warning.content if warning.stages else None, content)
    return {
        "number": number(view), "act": t.ACTS[act], "title": title(content), "fields": pieces.fields(view, content),
    }  # fmt: skip


def _taken(notice: Notice, view: CaseView) -> Text:
    warning = the_warning(view)
    proposal = warning.proposal
    if proposal is None:
        return Text(t.LIST_NONE)
    values = _brought(view, proposal)
    if notice.key == "warning_taken_again":
        return fill(t.TAKEN_AGAIN, span=span(view.now - proposal.at), **values)
    return fill(
        t.TAKEN, foreign=pieces.other_issuer(view, proposal.content),
        text=written_block(proposal.content.text, 600), asks=_asks(view, proposal.content),
        conditions=_conditions(view), **values,
    )  # fmt: skip


def _which_plan(notice: Notice, view: CaseView) -> Text:
    warning = the_warning(view)
    proposal = warning.proposal
    if proposal is None:
        return Text(t.LIST_NONE)
    if notice.key == "warning_which_plan_again":
        return fill(t.WHICH_PLAN_AGAIN, span=span(view.now - proposal.at), **_brought(view, proposal))
    raw = proposal.content.text if view.place_kind == PRIVATE else ""
    text = fill(t.WHICH_PLAN_TEXT, text=written_block(raw, 600)) if raw else Text("")
    return fill(t.WHICH_PLAN, text=text, **_brought(view, proposal))


def _receipt(notice: Notice, view: CaseView) -> Text:
    return fill(t.RECEIPT, number=number(view))


def _card(notice: Notice, view: CaseView) -> Text:
    return card_text(view)


def card_text(view: CaseView) -> Text:
    """Return the card of the group as the warning stands."""
    warning = the_warning(view)
    stage = warning.stage
    if stage is None:
        return Text(t.LIST_NONE)
    counts, content = pieces.answered(warning), stage.content
    if not warning.in_force:
        return fill(
            t.CARD_LIFTED,
            number=number(view),
            title=title(content),
            time=at(stage.at, view.now),
            who=pieces.by(view, stage),
            citation=cite(stage.clause),
            span=period(content, view.now),
            silent=pieces.silent_names(view),
            incidents=_beside(view),
            **counts,
        )
    late = ""
    if content.ends is not None and content.ends <= view.now:
        late = t.PAST.format(span=span(view.now - content.ends))
    return fill(
        t.CARD, number=number(view), title=title(content), state=t.STATES[warning.state], act=t.ACTS[stage.act],
        who=pieces.by(view, stage), time=at(stage.at, view.now), citation=cite(stage.clause),
        fields=pieces.fields(view, content), silent=pieces.silent_names(view), late=late, incidents=_beside(view),
        measures=t.ASKED.format(measures=pieces.numbered(stage.measures)) if stage.measures else "", **counts,
    )  # fmt: skip


@card_of(KIND)
def card(view: CaseView) -> Message:
    """Draw the live card."""
    return framed_case(view, card_text(view))


@stamped_by(KIND)
def stamp(case: CaseState) -> str:
    """Return what heads the messages of an earlier stage."""
    stage = case.stage if isinstance(case, WarningCase) else None
    if stage is None:
        return ""
    return t.STAMPED_LIFTED if stage.act == "lift" else t.STAMPED.format(act=t.ACTS[stage.act])


def _stage(notice: Notice, view: CaseView) -> Stage:
    number = int(notice.params["stage"])
    return next(item for item in the_warning(view).stages if item.sequence == number)


def _lifted(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.LIFTED,
        number=number(view),
        title=title(stage.content),
        who=pieces.by(view, stage),
        time=at(stage.at, view.now),
        citation=cite(stage.clause),
        reason=w.REASON.format(reason=written(stage.reason, 120)) if stage.reason else "",
    )


def _for_leader(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.FOR_LEADER,
        act=t.ACTS[stage.act],
        number=number(view),
        title=title(stage.content),
        who=pieces.by(view, stage),
        time=at(stage.at, view.now),
        fields=pieces.fields(view, stage.content),
    )


def _to_sign(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.TO_SIGN, number=number(view), title=title(stage.content), recorded=naming.person(stage.recorded_by),
        time=at(stage.at, view.now), act=t.ACTS[stage.act],
    )  # fmt: skip


def _ended(notice: Notice, view: CaseView) -> Text:
    stage = the_warning(view).stage
    who = pieces.by(view, stage) if stage is not None else ""
    moment = at(stage.at, view.now) if stage is not None else ""
    return fill(t.ENDED, title=title(the_warning(view).content), who=who, time=moment)


def _expiry(notice: Notice, view: CaseView) -> Text:
    warning = the_warning(view)
    content, counts = warning.content, pieces.answered(warning)
    stage = warning.stage
    if content.ends is None:
        lasted = span(view.now - stage.at) if stage is not None else ""
        return fill(t.EXPIRY_OPEN, number=number(view), title=title(content), span=lasted, **counts)
    if notice.key == "warning_over":
        who = naming.roles(view.plan, list(authority_to_lift(view.plan, warning)))
        return fill(t.OVER, number=number(view), title=title(content), ends=at(content.ends, view.now), who=who)
    return fill(t.EXPIRY, number=number(view), title=title(content), ends=at(content.ends, view.now), **counts)


_WORDS = {
    "warning_taken": _taken,
    "warning_taken_again": _taken,
    "warning_which_plan": _which_plan,
    "warning_which_plan_again": _which_plan,
    "warning_receipt": _receipt,
    "warning_receipt_of_several": _receipt,
    "warning_card": _card,
    "warning_lifted": _lifted,
    "warning_for_leader": _for_leader,
    "warning_to_sign": _to_sign,
    "warning_nobody": waking.nobody,
    "warning_call": waking.call,
    "warning_call_again": waking.call,
    "warning_news": waking.news,
    "warning_released": waking.released,
    "warning_ended": _ended,
    "warning_ring_list": waking.listed,
    "warning_expiry": _expiry,
    "warning_over": _expiry,
}


KEYS = frozenset(_WORDS)
"""The notices that there are words for."""


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    args = dict(item.args)
    if "recipient" in args:
        args["name"] = recipient_name(view, str(args["recipient"]))
    if "role" in args:
        args["role"] = naming.role(view.plan, str(args["role"]))
    if "title" in args:
        args["title"] = naming.subject_of(str(args["title"]), view.plan)
    return LABELS[item.label].format(**args)


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
    return framed_case(view, _which_plan(notice, view), which_plan(the_warning(view)))


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
        incidents=_beside(view), entry=from_entry(warning), **pieces.answered(warning),
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


def headlines(view: CaseView) -> tuple[str, ...]:
    """Return a headline for each stage: who said what."""
    return tuple(
        t.HEADLINE.format(issuer=issuer(stage.content, view.plan), act=t.ACTS[stage.act], title=title(stage.content))
        for stage in the_warning(view).stages
    )


def offered(incident: Incident) -> Message:
    """Return the offer to take as a warning what was recorded as a report."""
    item = stamped(press("is_warning", "is_warning", number=incident.number), incident)
    return Message(t.OFFER.format(number=incident.number), rows=((Key(LABELS["is_warning"], item),),))


def cap_message(view: CaseView) -> Message:
    """Return what stands before the CAP files."""
    count = len(the_warning(view).stages)
    return framed_case(view, fill(t.CAP, number=number(view), title=title(the_warning(view).content), count=count))


def listing(views: list[CaseView]) -> Message:
    """Return all warnings that are open, a line each."""
    if not views:
        return Message(t.LIST_NONE)
    lines: list[Text | str] = [fill(t.LIST_HEAD, count=len(views))]
    for view in views:
        warning = the_warning(view)
        lines.append(
            fill(
                t.LIST_LINE, number=pieces.marked_number(view), title=title(warning.content),
                state=t.STATES[warning.state],
                span=period(warning.content, view.now), **{
                    name: count for name, count in pieces.answered(warning).items() if name != "done"
                },
            )
        )  # fmt: skip
    text = joined(lines)
    return Message(text.plain, text.entities)


def asked_for(warning: WarningCase, query: str) -> bool:
    """Return whether a query names a warning: 预警, 预警3, its hazard or colour."""
    bare = query.removeprefix(t.WORD).strip()
    if query.startswith(t.WORD) and (not bare or bare.isdecimal()):
        return not bare or int(bare) == warning.number
    return query in title(warning.content)


def inline(warning: WarningCase, now: datetime) -> tuple[str, str, str]:
    """Return title, hint and text of a warning in force, for any chat: what, until when, its number, and no more."""
    content = warning.content
    said = {
        "title": title(content), "state": t.STATES[warning.state], "span": period(content, now),
        "number": t.NUMBER.format(number=warning.number),
    }  # fmt: skip
    mark = w.DRILL if warning.drill else ""
    heading, text = mark + t.INLINE_TITLE.format(**said), mark + t.INLINE_TEXT.format(**said) + mark
    return heading, t.INLINE_HINT.format(**said), text


def line_in_force(warning: WarningCase, now: datetime) -> str:
    """Return one line beside incidents: a warning is in force."""
    name = listed(warning.number, drill=warning.drill)
    return t.STATUS_LINE.format(title=title(warning.content), number=name, span=period(warning.content, now))
