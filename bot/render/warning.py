"""Notices about a warning in words, and the card of the group."""

from __future__ import annotations

from bot.render import naming, waking
from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView, card_of, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.citing import cite
from bot.render.message import Message
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at, span
from bot.render.view import PRIVATE
from bot.render.warning_pieces import number, period, recipient_name, the_warning, title
from bot.texts import warning as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
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


def incidents_meanwhile(view: CaseView) -> str:
    """Return that incidents run beside a warning, perhaps nothing."""
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


def asked_which_plan(notice: Notice, view: CaseView) -> Text:
    """Ask under which plan a warning falls, or ask again."""
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
            incidents=incidents_meanwhile(view),
            **counts,
        )
    late = ""
    if content.ends is not None and content.ends <= view.now:
        late = t.PAST.format(span=span(view.now - content.ends))
    return fill(
        t.CARD, number=number(view), title=title(content), state=t.STATES[warning.state], act=t.ACTS[stage.act],
        who=pieces.by(view, stage), time=at(stage.at, view.now), citation=cite(stage.clause),
        fields=pieces.fields(view, content), silent=pieces.silent_names(view), late=late,
        incidents=incidents_meanwhile(view),
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
    "warning_which_plan": asked_which_plan,
    "warning_which_plan_again": asked_which_plan,
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
