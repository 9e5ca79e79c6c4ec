"""The live card of the command group: what a commander wants in ten seconds stands in its first six lines."""

from __future__ import annotations

from collections import Counter

from bot.render import aid, arrivals, drills, duties, naming, on_site
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.group_leads import card_line
from bot.render.matrix import called_groups
from bot.render.message import Message
from bot.render.registry import draws
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.unsure import unsure_lines
from bot.render.values import figure, figures_to_show
from bot.render.view import COMMAND, PRIVATE, View
from bot.texts import card as c
from bot.texts import units as t
from bot.texts import words as w
from plans.assess import assess
from plans.incident.units import ANSWERS

RUNNING = ("reported", "responding")

MOST_NAMES = 5
"""Silent units named in one message; the table holds them all."""


@draws("card", "card_new")
def card(view: View) -> Message:
    """Return the card; in a group of others than officials there is none, so that only its number and state stand."""
    if view.neutral:
        return framed(view, fill(c.CARD_STATE, number=naming.number(view), state=state(view), response="", event=""))
    return framed(view, joined((*first_six(view), *_rest(view))))


def first_six(view: View) -> tuple[Text, ...]:
    """Return level; dead and injured; decision pending; silent units; next deadline; place."""
    return (
        _level(view),
        Text(w.SEMICOLON.join(figure(view, name) for name in figures_to_show(view)[:2]) or c.NO_DATA),
        decision(view),
        _silent(view),
        _due(view),
        _place(view),
    )


def event_level(view: View) -> str:
    """Return the determined event level, else 暂时无法判明 with its clause; a plan may have no levels at all."""
    if not view.plan.event_levels:
        return w.NO_EVENT_LEVELS
    level = view.incident.event_level
    text = level if level is not None else w.UNDETERMINED + cite(view.plan.undetermined_clause)
    doubt = view.incident.doubt
    if doubt is None:
        return text
    template = c.LEVEL_UNVERIFIED if doubt.unverified else c.LEVEL_OVERTAKEN
    return template.format(level=level or w.UNDETERMINED)


def response_line(view: View) -> str:
    """Return ``Ⅲ级响应`` or 未启动响应."""
    level = view.incident.response_level
    if level is None:
        return w.NO_RESPONSE
    return (w.RESPONSE if view.incident.state in RUNNING else w.RESPONSE_WAS).format(level=level)


def state(view: View) -> str:
    """Return the incident's state in words."""
    text = w.STATES.get(view.incident.state, view.incident.state)
    if view.incident.state == "merged":
        return f"{text}（{w.NUMBER.format(number=view.incident.merged_number)}）"
    return text


def _level(view: View) -> Text:
    incident = view.incident
    if incident.state in RUNNING:
        since = ""
        last = next((item for item in reversed(incident.decisions) if item.kind in ("declare", "adjust")), None)
        if last is not None and incident.response_level:
            since = c.CARD_SINCE.format(role=naming.role(view.plan, last.role), time=at(last.at, view.now))
        body = fill(
            c.CARD_LEVEL.replace("{since?}", "{since}"),
            number=naming.number(view),
            response=response_line(view),
            since=since,
            event=event_level(view),
        )
        return body
    return fill(
        c.CARD_STATE,
        number=naming.number(view),
        state=state(view),
        response=response_line(view),
        event=event_level(view),
    )


def decision(view: View) -> Text:
    """Return what somebody must decide now."""
    incident, plan = view.incident, view.plan
    proposal = incident.proposal
    if proposal is not None:
        when = at(proposal.at, view.now)
        if proposal.declined:
            return fill(c.CARD_DECLINED, level=proposal.level, clause=proposal.clause, time=when)
        verb = w.DECISIONS["adjust" if incident.response_level else "declare"]
        return fill(
            c.CARD_DECISION,
            verb=verb,
            level=proposal.level,
            clause=proposal.clause,
            time=when,
            roles=naming.roles(plan, proposal.to_roles),
        )
    if incident.question and incident.response_level is None and incident.state == "reported":
        fact = plan.facts.get(incident.question)
        if fact is not None and fact.question:
            return fill(c.CARD_QUESTION, question=fact.question, clause=fact.clause)
    if incident.unsigned:
        return fill(
            c.CARD_UNSIGNED, roles=naming.roles(plan, list(dict.fromkeys(item.role for item in incident.unsigned)))
        )
    return Text(c.CARD_DECISION_NONE)


def silent_units(view: View) -> list[str]:
    """Return the units that were called and have not answered, the longest silent first; none once it is over."""
    if view.incident.state not in RUNNING:
        return []
    calls = [call for call in view.incident.calls.values() if call.silent and call.round]
    return [call.unit for call in sorted(calls, key=lambda call: (call.called_at, -call.step))]


def _silent(view: View) -> Text:
    called = [call for call in view.incident.calls.values() if call.round]
    if not called:
        return Text(c.CARD_UNITS_NONE)
    if view.incident.state not in RUNNING:
        answered = sum(call.answered_at is not None for call in called)
        return fill(c.CARD_UNITS_OVER, count=len(called), answered=answered)
    silent = silent_units(view)
    if not silent:
        return fill(c.CARD_UNITS_ALL, count=len(called))
    return fill(
        c.CARD_UNITS_SILENT,
        silent=len(silent),
        count=len(called),
        names=duties.some_names(view, silent, MOST_NAMES),
    )


def _due(view: View) -> Text:
    owed = duties.duties_of_office(view)
    if not owed:
        return Text(c.CARD_DUE_NONE)
    clocks = [item for item in owed if not duties.is_immediate(item) and not item.instance.possible]
    at_once = [item for item in owed if duties.is_immediate(item) and not item.instance.possible]
    # What is only possible is no deadline once its moment has passed: then it says what was not determined in time.
    ahead = [item for item in owed if item.instance.possible and item.instance.due >= view.now]
    item = (clocks or at_once or ahead or owed)[0]
    if item.instance.possible:
        past = c.CARD_POSSIBLE if ahead else c.CARD_POSSIBLE_PAST
        template = c.CARD_UNSURE if duties.is_unsure(item) else past
        return fill(
            template, due=duties.due(view, item), name=duties.name(item), citation=duties.citation(item, reading=False)
        )
    late = item.instance.due < view.now and not duties.is_immediate(item)
    return fill(
        c.CARD_OVERDUE if late else c.CARD_DUE,
        name=duties.name(item),
        due=duties.due(view, item),
        citation=duties.citation(item, reading=False),
        left=duties.names(view, item.left) or w.NONE,
        more=fill(c.CARD_AT_ONCE, count=len(at_once)) if clocks and at_once else "",
    )


def occurred(view: View) -> str:
    """Return when it happened, marked where it was only assumed."""
    moment = at(view.incident.occurred_at, view.now)
    return w.ASSUMED_TIME.format(when=moment) if view.incident.occurred_basis == "assumed" else moment


def _place(view: View) -> Text:
    return fill(c.CARD_PLACE, place=naming.place(view), occurred=occurred(view))


def _rest(view: View) -> list[Text | str]:
    incident = view.incident
    lines: list[Text | str] = [figure(view, name) for name in figures_to_show(view)[2:]]
    lines.extend(unsure_lines(view))
    lines.extend(view.warnings if view.incident.open else ())
    if incident.plans:
        lines.append(fill(c.CARD_PLAN, plan=naming.short_title(view.plan.title, view)))
    if kind := naming.class_name(view):
        lines.append(fill(c.CARD_KIND, name=kind))
    if route := naming.route(view):
        lines.append(Text(route))
    lines.extend(on_site.lines(view))
    lines.extend(aid.lines(view))
    lines.extend(possible(view))
    if leads := card_line(view, called_groups(view) if incident.state in RUNNING else []):
        lines.append(leads)
    counts = Counter(call.status for call in incident.calls.values() if call.round)
    if counts:
        parts = [
            c.CARD_COUNT.format(status=naming.call_status(status), count=counts[status])
            for status in (*t.STATUS, *ANSWERS)
            if counts[status]
        ]
        by_key = sum(bool(call.voice) for call in incident.calls.values() if call.round)
        pressed = c.CARD_BY_KEY.format(count=by_key) if by_key else ""
        lines.append(fill(c.CARD_ANSWERS, counts=w.COMMA.join(parts) + pressed))
    lines.extend(arrivals.lines(view))
    for answer in ANSWERS.values():
        cannot = [call.unit for call in incident.calls.values() if call.status == answer.id]
        if answer.needs_substitute and cannot:
            lines.append(fill(c.CARD_CANNOT, status=answer.id, names=duties.names(view, cannot)))
    if incident.suspected:
        lines.append(fill(c.CARD_DUPLICATE, numbers=_numbers(list(incident.suspected.values()))))
    if incident.absorbed:
        lines.append(fill(c.CARD_ABSORBED, numbers=_numbers(incident.absorbed)))
    if incident.heard_at is not None and incident.state == "reported" and not incident.handled_by:
        heard = at(incident.heard_at, view.now)
        lines.append(fill(c.CARD_HEARD, name=written(incident.heard_by, 16) or w.NAME_UNKNOWN, time=heard))
    seat = written(view.seat, 20) or c.CARD_NOBODY
    lines.append(fill(c.CARD_HANDLER, reported=at(incident.reported_at, view.now), seat=seat))
    if incident.paused:
        lines.append(c.CARD_PAUSED)
    if clock := drills.own_clock(view):
        lines.append(clock)
    lines.append(fill(c.CARD_UPDATED, time=at(view.now, view.now)))
    return lines


def possible(view: View) -> list[Text]:
    """Return the levels still possible, for officials; how near the next one is, in private only."""
    incident = view.incident
    if view.place_kind not in (COMMAND, PRIVATE) or incident.state not in RUNNING:
        return []
    assessment = assess(view.plan, incident)
    lines = []
    if incident.event_level is None and 1 < len(assessment.possible_event_levels) and view.plan.levels is not None:
        levels = w.LIST.join(assessment.possible_event_levels)
        lines.append(fill(c.CARD_POSSIBLE_LEVELS, levels=levels, citation=cite(view.plan.undetermined_clause)))
    if incident.response_level is None and len(assessment.possible_response_levels) > 1:
        lines.append(fill(c.CARD_POSSIBLE_RESPONSES, levels=w.LIST.join(assessment.possible_response_levels)))
    if view.place_kind == PRIVATE:
        lines.extend(fill(c.CARD_NEAR, text=item.text) for item in assessment.near[:2])
    return lines


def _numbers(numbers: list[int]) -> str:
    return w.LIST.join(w.NUMBER.format(number=item) for item in numbers)
