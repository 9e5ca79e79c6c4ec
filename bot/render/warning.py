"""Warnings in words: what was brought, the preview, the card of the group, the call to one recipient, its checklist."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from bot.render import naming, sms
from bot.render.cases import CaseView, card_of, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.citing import cite
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at, span
from bot.texts import warning as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.model import Plan, Warning_
from plans.values import parse
from plans.warning.conditions import conditions_met, warning_of
from plans.warning.issuing import authority_to_lift, name_of
from plans.warning.measures import DONE
from plans.warning.state import ISSUE, KIND, PASS_ON, Content, Measure, Stage, Waking, WarningCase, act_of

MOST_NAMES = 12
"""Names that stand in a line; of more it is said how many there are."""

MOST_RINGS = 8
"""Numbers to ring in one message, each with two buttons."""


def _warning(view: CaseView) -> WarningCase:
    if not isinstance(view.case, WarningCase):
        raise TypeError(f"{view.case.stream} is no warning")
    return view.case


# --- pieces


def number(view: CaseView) -> str:
    """Return ``预警3``."""
    return (t.DRILL_NUMBER if view.case.drill else t.NUMBER).format(number=view.case.number)


def title(content: Content) -> str:
    """Return ``暴雨红色预警``; the plan's own level where no colour was said."""
    level = t.COLOURS.get(content.colour, "") or content.level
    level = "" if level == t.TITLE.format(hazard="", level="") else level  # a plan that does not grade calls it 预警
    return t.TITLE.format(hazard=written(content.hazard, 20), level=written(level, 12))


def period(content: Content, now: datetime) -> str:
    """Return from when until when; what was not said is said to be so."""
    if content.starts is not None and content.ends is not None:
        return t.SPAN.format(starts=at(content.starts, now), ends=at(content.ends, content.starts))
    if content.ends is not None:
        return t.SPAN_UNTIL.format(ends=at(content.ends, now))
    if content.starts is not None:
        return t.SPAN_OPEN.format(starts=at(content.starts, now))
    return t.SPAN_UNKNOWN


def areas(content: Content) -> str:
    """Return the areas as they were named."""
    return w.LIST.join(written(name, 20) for name in content.areas) or t.AREAS_ALL


def issuer(content: Content, plan: Plan, stage: Stage | None = None) -> str:
    """Return whose warning it is: as the text says, else the unit that issued it, else the office."""
    own = stage.role if stage is not None and naming.unit_of(plan, stage.role) is not None else ""
    return written(content.issuer or own, 30) or plan.office


def recipient_name(view: CaseView, key: str) -> str:
    """Return what a unit or body is called."""
    unit = naming.unit_of(view.plan, key)
    return written(view.names.get(key, "") or (unit.name or unit.id if unit is not None else key), 24)


def to_ring(warning: WarningCase) -> list[Waking]:
    """Return who is to be rung by telephone."""
    return [item for item in warning.silent() if item.step >= 2 or not item.reachable]


def named(warning: WarningCase) -> frozenset[str]:
    """Return whose names texts about it may show, as the others are only counted."""
    silent = [item.recipient for item in islice(warning.silent(), MOST_NAMES)]
    rung = [item.recipient for item in to_ring(warning)[:MOST_RINGS]]
    return frozenset({*silent, *rung, *islice(warning.waking, MOST_NAMES)})


def _names(view: CaseView, recipients: Collection[str]) -> str:
    text = w.LIST.join(recipient_name(view, key) for key in islice(recipients, MOST_NAMES))
    return t.ETC.format(names=text, count=len(recipients)) if len(recipients) > MOST_NAMES else text


def _fields(view: CaseView, content: Content) -> Text:
    """Return what the warning says, a line each; what was read beside the words that it was read from."""
    shown = {
        "hazard": written(content.hazard, 20),
        "colour": t.COLOURS.get(content.colour, ""),
        "level": "" if content.level in (t.WORD, t.COLOURS.get(content.colour, "")) else written(content.level, 12),
        "issuer": written(content.issuer, 30),
        "span": period(content, view.now) if content.starts is not None or content.ends is not None else "",
        "areas": w.LIST.join(written(name, 20) for name in content.areas),
    }
    # Of what the office says itself nobody asks who said it.
    silent = {"issuer"} if _warning(view).stages and not content.issuer else set[str]()
    lines = []
    for name, value in shown.items():
        source = w.LIST.join(
            content.words[part] for part in (("starts", "ends") if name == "span" else (name,)) if part in content.words
        )
        if not value and (name == "level" or (name == "colour" and content.level) or name in silent):
            continue
        text = value or t.UNSAID
        if value and source and written(source, 40) != value:
            text = t.WITH_WORDS.format(value=value, words=written(source, 40))
        lines.append(t.LINE.format(name=t.FIELDS[name], value=text))
    return joined(lines)


def level_of(view: CaseView, content: Content) -> Warning_ | None:
    """Return the plan's warning that the content is one of."""
    return warning_of(view.plan, content.level, content.colour)


def who_may_issue(view: CaseView, level: Warning_) -> str:
    """Return who issues a level: roles and units of the plan, or the body above."""
    if level.above:
        return t.ONLY_ABOVE.format(above=level.above)
    names = [*(naming.role(view.plan, role) for role in level.issuers), *level.issuing_units]
    return t.MAY_ISSUE.format(who=w.LIST.join(names))


def _conditions(view: CaseView) -> Text:
    """Return which levels the plan's own conditions ask for by the figures that were said."""
    warning = _warning(view)
    lines = [
        (t.CONDITION_MET if met.certain else t.CONDITION_MAYBE).format(
            level=name_of(met.warning), citation=cite(met.warning.clause, met.warning.reading), because=met.because
        )
        for met in conditions_met(view.plan, {name: parse(value) for name, value in warning.facts.items()})
    ]
    return joined(lines)


def _asks(view: CaseView, content: Content) -> str:
    level = level_of(view, content)
    if level is not None:
        return t.PLAN_LEVEL.format(
            level=name_of(level), citation=cite(level.clause, level.reading), who=who_may_issue(view, level)
        )
    return _ungraded(view)


def _ungraded(view: CaseView) -> str:
    """Return why it is no warning of the plan's own as it stands: none of its levels was said, or it has none."""
    levels = w.LIST.join(name_of(item) for item in view.plan.warnings)
    return t.WHICH_LEVEL.format(number=view.case.number, levels=levels) if levels else t.NO_WARNINGS


def _by(view: CaseView, stage: Stage) -> str:
    """Return in whose name a stage was said."""
    name = naming.role(view.plan, stage.role) if stage.role in view.plan.roles or stage.role == "duty" else stage.role
    return t.PASSED_ON_BY.format(name=name) if stage.way == PASS_ON else name


def _answered(warning: WarningCase) -> dict[str, int]:
    stage = warning.stage
    count = len(stage.measures) if stage is not None else 0
    done = sum(
        count > 0 and all((name, number) in warning.measures for number in range(1, count + 1))
        for name in warning.waking
    )
    answered = sum(not item.silent for item in warning.waking.values())
    return {"answered": answered, "done": done, "total": len(warning.waking)}


def _silent(view: CaseView) -> str:
    names = [item.recipient for item in _warning(view).silent()]
    return t.SILENT.format(names=_names(view, names)) if names else ""


def _beside(view: CaseView) -> str:
    return t.DURING.format(numbers=w.LIST.join(view.beside)) if view.beside else ""


def _measures(stage_measures: Iterable[str]) -> str:
    return "".join(f"\n{ordinal}. {text}" for ordinal, text in enumerate(stage_measures, 1)).strip()


def _citation(view: CaseView, stage: Stage) -> str:
    """Return the clause alone: how it is read was shown to whoever decided, in the preview."""
    return cite(stage.clause)


# --- notices


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return the text of a notice about a warning; raise KeyError for one without words."""
    return _WORDS[notice.key](notice, view)


def _taken(notice: Notice, view: CaseView) -> Text:
    warning = _warning(view)
    proposal = warning.proposal
    if proposal is None:
        return Text(t.LIST_NONE)
    act = proposal.act or act_of(warning.content if warning.stages else None, proposal.content)
    values: dict[str, str | Text] = {
        "number": number(view), "act": t.ACTS[act], "title": title(proposal.content),
        "fields": _fields(view, proposal.content),
    }  # fmt: skip
    if notice.key == "warning_taken_again":
        return fill(t.TAKEN_AGAIN, span=span(view.now - proposal.at), **values)
    return fill(
        t.TAKEN, text=written_block(proposal.content.text, 600), asks=_asks(view, proposal.content),
        conditions=_conditions(view), **values,
    )  # fmt: skip


def _receipt(notice: Notice, view: CaseView) -> Text:
    return fill(t.RECEIPT, number=number(view))


def _card(notice: Notice, view: CaseView) -> Text:
    return card_text(view)


def card_text(view: CaseView) -> Text:
    """Return the card of the group as the warning stands."""
    warning = _warning(view)
    stage = warning.stage
    if stage is None:
        return Text(t.LIST_NONE)
    counts, content = _answered(warning), stage.content
    if not warning.in_force:
        return fill(
            t.CARD_LIFTED, number=number(view), title=title(content), time=at(stage.at, view.now),
            who=_by(view, stage), citation=_citation(view, stage), span=period(content, view.now), silent=_silent(view),
            incidents=_beside(view), **counts,
        )  # fmt: skip
    late = ""
    if content.ends is not None and content.ends <= view.now:
        late = t.PAST.format(span=span(view.now - content.ends))
    return fill(
        t.CARD, number=number(view), title=title(content), state=t.STATES[warning.state], act=t.ACTS[stage.act],
        who=_by(view, stage), time=at(stage.at, view.now), citation=_citation(view, stage),
        fields=_fields(view, content), silent=_silent(view), late=late, incidents=_beside(view),
        measures=t.ASKED.format(measures=_measures(stage.measures)) if stage.measures else "", **counts,
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
    return next(item for item in _warning(view).stages if item.sequence == number)


def _lifted(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.LIFTED, number=number(view), title=title(stage.content), who=_by(view, stage), time=at(stage.at, view.now),
        citation=_citation(view, stage),
        reason=w.REASON.format(reason=written(stage.reason, 120)) if stage.reason else "",
    )  # fmt: skip


def _for_leader(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.FOR_LEADER, act=t.ACTS[stage.act], number=number(view), title=title(stage.content), who=_by(view, stage),
        time=at(stage.at, view.now), fields=_fields(view, stage.content),
    )  # fmt: skip


def _to_sign(notice: Notice, view: CaseView) -> Text:
    stage = _stage(notice, view)
    return fill(
        t.TO_SIGN, number=number(view), title=title(stage.content), recorded=naming.person(stage.recorded_by),
        time=at(stage.at, view.now), act=t.ACTS[stage.act],
    )  # fmt: skip


def _nobody(notice: Notice, view: CaseView) -> Text:
    stage = _warning(view).stage
    act = t.ACTS[stage.act] if stage is not None else ""
    return fill(t.NOBODY, number=number(view), title=title(_warning(view).content), act=act)


def _of_stage(view: CaseView) -> dict[str, str]:
    content = _warning(view).content
    return {
        "title": title(content), "issuer": issuer(content, view.plan, _warning(view).stage),
        "span": period(content, view.now), "areas": areas(content),
    }  # fmt: skip


def _call(notice: Notice, view: CaseView) -> Text:
    warning = _warning(view)
    stage = warning.stage
    if notice.key == "warning_call_again" or stage is None:
        return fill(t.CALL_AGAIN, **_of_stage(view))
    first = view.policy.pauses_of_colour(warning.content.colour)[0]
    return fill(
        t.CALL, act=t.ACTS[stage.act], text=written_block(stage.content.text, 400),
        ladder=t.LADDER.format(span=span(first)), **_of_stage(view),
    )  # fmt: skip


def _news(notice: Notice, view: CaseView) -> Text:
    stage = _warning(view).stage
    waking = str(notice.params["recipient"]) in _warning(view).waking
    act = t.ACTS[stage.act] if stage is not None else ""
    return fill(t.NEWS, act=act, note=t.NEWS_NOTE if waking else t.MEMBER_NOTE, **_of_stage(view))


def _released(notice: Notice, view: CaseView) -> Text:
    return fill(t.RELEASED, title=title(_warning(view).content))


def _ended(notice: Notice, view: CaseView) -> Text:
    stage = _warning(view).stage
    who = _by(view, stage) if stage is not None else ""
    moment = at(stage.at, view.now) if stage is not None else ""
    return fill(t.ENDED, title=title(_warning(view).content), who=who, time=moment)


def _ring_list(notice: Notice, view: CaseView) -> Text:
    return ring_list_text(view)


def ring_list_text(view: CaseView) -> Text:
    """Return whom to ring, with numbers and what to read out; those who answered since are gone from it."""
    warning = _warning(view)
    waiting = to_ring(warning)
    lines = [
        t.RING_LINE.format(
            name=recipient_name(view, item.recipient), number=view.numbers.get(item.recipient, "") or w.NO_NUMBER,
            tried=t.TRIED.format(count=item.tried) if item.tried else "",
        )
        for item in waiting[:MOST_RINGS]
    ]  # fmt: skip
    if len(waiting) > MOST_RINGS:
        lines.append(t.RING_MORE.format(count=len(waiting) - MOST_RINGS))
    values = _of_stage(view)
    script = t.RING_SCRIPT.format(
        office=view.plan.office, title=values["title"], span=values["span"], areas=values["areas"]
    )
    return fill(t.RING_LIST, title=values["title"], count=len(waiting), lines="\n".join(lines), script=script)


def ring_list(view: CaseView) -> Message:
    """Return the same with two buttons for each: got through, nobody answered."""
    presses = []
    for item in to_ring(_warning(view))[:MOST_RINGS]:
        target = keys.waking(item.recipient)
        presses.append(press("warning_rung", "warning_rung", target, recipient=item.recipient))
        presses.append(press("warning_in_vain", "warning_in_vain", target, recipient=item.recipient))
    return framed_case(view, ring_list_text(view), presses)


def _expiry(notice: Notice, view: CaseView) -> Text:
    warning = _warning(view)
    content, counts = warning.content, _answered(warning)
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
    "warning_receipt": _receipt,
    "warning_card": _card,
    "warning_lifted": _lifted,
    "warning_for_leader": _for_leader,
    "warning_to_sign": _to_sign,
    "warning_nobody": _nobody,
    "warning_call": _call,
    "warning_call_again": _call,
    "warning_news": _news,
    "warning_released": _released,
    "warning_ended": _ended,
    "warning_ring_list": _ring_list,
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
    return LABELS[item.label].format(**args)


# --- pages


def preview(
    view: CaseView, *, way: str, recipients: tuple[str, ...], unreachable: frozenset[str], unknown: tuple[str, ...],
    allowed: bool, orally: tuple[str, ...], refusal: str = "",
) -> Message:  # fmt: skip
    """Return what will be said, to whom, under which clause, and that it cannot be taken back.

    Args:
        unknown: areas that were not recognised. allowed: whether the reader may issue it himself.
        orally: roles whose word he may record. refusal: why he may not issue it himself.
    """
    warning = _warning(view)
    proposal = warning.proposal
    if proposal is None:
        return framed_case(view, t.LIST_NONE)
    content, level = proposal.content, level_of(view, proposal.content)
    act = proposal.act or act_of(warning.content if warning.stages else None, content)
    measures = level.measures if level is not None else ()
    if way == PASS_ON:
        authority = t.AUTHORITY_DUTY.format(issuer=issuer(content, view.plan))
    elif level is None:
        authority = _ungraded(view)
    else:
        authority = who_may_issue(view, level)
    sent = sms.short(warned(view, content, way, act, measures)).text
    absent = sorted(unreachable & set(recipients))
    text = fill(
        t.PREVIEW, act=t.ACTS[act], title=title(content), fields=_fields(view, content), authority=authority,
        recipients=t.RECIPIENTS.format(count=len(recipients), names=_names(view, recipients))
        if recipients
        else t.RECIPIENTS_NONE,
        unreachable=t.UNREACHABLE.format(count=len(absent), names=_names(view, absent)) if absent else "",
        unknown=t.UNKNOWN_AREAS.format(names=w.LIST.join(written(name, 20) for name in unknown)) if unknown else "",
        citation=cite(level.clause, level.reading) if level is not None else "",
        refusal=refusal, measures=_measures(measures) or t.NO_MEASURES, lacking=_lacking(view, content),
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
    level = level_of(view, content)
    elements = (level.content if level is not None else ()) or view.plan.warning_content
    missing = []
    for element in elements:
        field = next((name for word, name in t.ELEMENTS.items() if word in element), None)
        if field is not None and not getattr(content, field) and not (field == "colour" and content.level):
            missing.append(element)
    clause = level.clause if level is not None else ""
    return t.LACKING.format(citation=cite(clause), names=w.LIST.join(missing)) if missing else ""


def preview_lift(view: CaseView, *, allowed: bool, orally: tuple[str, ...], reason: str = "") -> Message:
    """Return what lifting comes to."""
    warning = _warning(view)
    first = warning.issuing
    who = naming.roles(view.plan, list(authority_to_lift(view.plan, warning)))
    authority = t.AUTHORITY_DUTY.format(issuer=issuer(warning.content, view.plan))
    if first is not None and first.way == ISSUE:
        authority = t.MAY_ISSUE.format(who=who)
    text = fill(
        t.PREVIEW_LIFT, title=title(warning.content), authority=authority,
        reason=w.REASON.format(reason=written(reason, 120)) if reason else "",
        recipients=t.RECIPIENTS.format(count=len(warning.waking), names=_names(view, warning.waking))
        if warning.waking
        else t.RECIPIENTS_NONE,
    )  # fmt: skip
    presses = [press("warning_lift", "warning_lift", keys.STAGE, reason=reason)] if allowed else []
    presses += [
        press("warning_oral", "warning_oral", keys.STAGE, role=role, decides="lift", reason=reason) for role in orally
    ]
    return framed_case(view, text, presses)


def checklist(view: CaseView, recipient: str) -> Message:
    """Return the measures of one recipient with a button each: a tap says done, another takes it back."""
    warning = _warning(view)
    stage, waking, target = warning.stage, warning.waking[recipient], keys.waking(recipient)
    lines, presses = [], []
    for ordinal, asked, measure in warning.measures_of(recipient):
        lines.append(_measure_line(view, ordinal, asked, measure))
        presses.append(
            press("warning_done", "warning_done", target, recipient=recipient, number=ordinal)
            if measure is None
            else press("warning_undone", "warning_undone", target, recipient=recipient, number=ordinal)
        )
    values = {
        "title": title(warning.content), "recipient": recipient_name(view, recipient),
        "time": at(waking.answered_at, view.now),
    }  # fmt: skip
    if not lines or stage is None:
        return framed_case(view, fill(t.CHECKLIST_NONE, **values))
    if any(measure is None for _, _, measure in warning.measures_of(recipient)):
        presses.append(press("warning_all_done", "warning_all_done", target, recipient=recipient))
        presses.append(press("warning_not_applicable", "warning_not_applicable", target, recipient=recipient))
    text = fill(t.CHECKLIST, citation=_citation(view, stage), lines="\n".join(lines), **values)
    return framed_case(view, text, presses)


def _measure_line(view: CaseView, ordinal: int, text: str, measure: Measure | None) -> str:
    if measure is None:
        return t.MEASURE_OPEN.format(number=ordinal, text=text)
    if measure.status == DONE:
        return t.MEASURE_DONE.format(
            number=ordinal, text=text, time=at(measure.at, view.now), shown=t.MEASURE_SHOWN if measure.evidence else ""
        )
    return t.MEASURE_NOT.format(number=ordinal, text=text, reason=written(measure.reason, 30))


def which_not_applicable(view: CaseView, recipient: str) -> Message:
    """Ask which measure does not apply."""
    target = keys.waking(recipient)
    presses = [
        press(
            "warning_why_not",
            "warning_reason",
            keys.waking(recipient),
            recipient=recipient,
            number=ordinal,
            reason=text,
        )
        for ordinal, text, measure in _warning(view).measures_of(recipient)
        if measure is None
    ]
    presses.append(press("warning_back_to_list", "warning_back_to_list", target, recipient=recipient))
    return framed_case(view, t.WHICH_NOT_APPLICABLE, presses)


def why_not_applicable(view: CaseView, recipient: str, ordinal: int) -> Message:
    """Ask why."""
    text = next((text for number, text, _ in _warning(view).measures_of(recipient) if number == ordinal), "")
    target = keys.waking(recipient)
    presses = [
        press(
            "warning_not", "warning_reason", keys.waking(recipient), recipient=recipient, number=ordinal, reason=reason
        )
        for reason in t.REASONS
    ]
    presses.append(press("warning_back_to_list", "warning_back_to_list", target, recipient=recipient))
    return framed_case(view, fill(t.WHY_NOT_APPLICABLE, text=text), presses)


def which_dismissal(view: CaseView) -> Message:
    """Ask why it is not issued."""
    proposal = _warning(view).proposal
    content = proposal.content if proposal is not None else Content()
    presses = [
        press("warning_dismissed", "warning_reason", keys.PROPOSED, reason=reason) for reason in t.DISMISS_REASONS
    ]
    return framed_case(view, fill(t.DISMISS_WHICH, number=number(view), title=title(content)), presses)


def how(view: CaseView, key: str) -> Message:
    """Return how to say what only words can: a new end, another level, another field."""
    template = {"extend": t.EXTEND_HOW, "raise": t.RAISE_HOW, "amend": t.AMEND_HOW, "lift": t.LIFT_HOW}[key]
    return framed_case(view, template.format(number=view.case.number))


def page(view: CaseView, *, staff: bool) -> Message:
    """Return one warning as ``/warn 3`` shows it: its fields, every stage, who is silent, incidents meanwhile."""
    warning = _warning(view)
    content = warning.content
    stages = joined(
        t.STAGE_LINE.format(
            time=at(stage.at, view.now),
            act=t.ACTS[stage.act],
            who=_by(view, stage),
            citation=_citation(view, stage),
            oral=t.ORAL.format(recorded=naming.person(stage.recorded_by), signed="" if stage.signed else t.UNSIGNED)
            if stage.oral
            else "",
        )
        for stage in warning.stages
    )
    text = fill(
        t.ONE, number=number(view), title=title(content), state=t.STATES[warning.state],
        fields=_fields(view, content), stages=stages or Text(t.STATES["taken"]), silent=_silent(view),
        incidents=_beside(view), **_answered(warning),
    )  # fmt: skip
    presses = []
    if staff and warning.proposal is not None:
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
        for stage in _warning(view).stages
    )


def offered(incident: Incident) -> Message:
    """Return the offer to take as a warning what was recorded as a report."""
    item = stamped(press("is_warning", "is_warning", number=incident.number), incident)
    return Message(t.OFFER.format(number=incident.number), rows=((Key(LABELS["is_warning"], item),),))


def cap_message(view: CaseView) -> Message:
    """Return what stands before the CAP files."""
    count = len(_warning(view).stages)
    return framed_case(view, fill(t.CAP, number=number(view), title=title(_warning(view).content), count=count))


def listing(views: list[CaseView]) -> Message:
    """Return all warnings that are open, a line each."""
    if not views:
        return Message(t.LIST_NONE)
    lines: list[Text | str] = [fill(t.LIST_HEAD, count=len(views))]
    for view in views:
        warning = _warning(view)
        lines.append(
            fill(
                t.LIST_LINE, number=number(view), title=title(warning.content), state=t.STATES[warning.state],
                span=period(warning.content, view.now), **{
                    name: count for name, count in _answered(warning).items() if name != "done"
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
    name = (t.DRILL_NUMBER if warning.drill else t.NUMBER).format(number=warning.number)
    return t.STATUS_LINE.format(title=title(warning.content), number=name, span=period(warning.content, now))
