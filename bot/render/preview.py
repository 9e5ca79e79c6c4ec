"""The first of two steps: what will be said in whose name, whom it calls, and that it cannot be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.delegating import acting
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.levels import measures
from bot.render.message import Message
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import levels as levels_texts
from bot.texts import preview as p
from bot.texts import proposals as proposals_texts
from bot.texts import words as w
from plans.acting import carries_out
from plans.bodies import bodies_of, standing
from plans.incident.calling import called_units, unpicked
from plans.incident.ending import conditions, unmet
from plans.incident.units import ANSWERS


@carries_out("list", "declaration", "Response.measures", "Response.note")
def preview_declare(
    view: View,
    level: str,
    units: tuple[str, ...] | None = None,
    reason: str = "",
    expected: str = "",
    acting_for: str = "",
    acting_until: datetime | None = None,
    missing: tuple[str, ...] = (),
) -> Message:
    """Return what declaring or adjusting to ``level`` will say and whom it calls.

    Args:
        view: before the person who may declare.
        level: a response level of the plan; another one is a ValueError.
        units: to call instead of those that the plan or its pick names.
        reason: needed where another level was proposed.
        expected: 预计期限 in words.
        acting_for, acting_until: whose role it is done under, and until when it is lent (代行).
        missing: the roles that must say yes too before it is declared.
    """
    response = naming.response(view.plan, level)
    if response is None:
        raise ValueError(f"{view.plan.id} has no response level {level!r}")
    pending = view.incident.proposal
    other = pending is not None and not pending.declined and pending.level != level
    called = _called(view, level, units)
    body = fill(
        p.DECLARE,
        verb=w.DECISIONS["adjust" if view.incident.response_level else "declare"],
        level=level,
        citation=cite(response.clause, response.reading),
        title=naming.title(view),
        matter=_matter(view),
        figures=levels_texts.ANNOUNCE_FIGURES.format(figures=shortly(view)),
        expected=written(expected, 60) or p.EXPECTED_BLANK,
        measures=measures(response.measures),
        law=cite(naming.law(view.plan)),
        reason=_reason(reason),
        needs=p.NEEDS_REASON.format(proposed=pending.level)
        if other and pending is not None and not reason.strip()
        else "",
        note=proposals_texts.NOTE.format(note=response.note) if response.note else "",
        units=_units(view, level, called),
        informed=_informed(view, level, called),
        jointly=p.JOINTLY.format(missing=naming.roles(view.plan, missing)) if missing else "",
        acting=acting(acting_for, acting_until, view.now),
    )
    args: dict[str, Any] = {"level": level, "reason": reason, "expected": expected, "units": list(called)}
    presses = [press("declare", "declare_now", "standing", **args), press("back", "back")]
    if response.calls.units == "picked":
        presses.append(press("change_units", "change_units", **args))
    presses.append(press("open_clause", "open_clause", clause=response.clause))
    return framed(view, body, presses)


def _called(view: View, level: str, units: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return whom the declaration will call: a raised level also asks those again who have not set out yet."""
    response = naming.response(view.plan, level)
    first = view.plan.first_action.units if view.plan.first_action else ()
    wanted = bodies_of(view.plan, view.incident, (*first, *units)) if units is not None else ()
    if units is None and response is not None:
        wanted = called_units(view.plan, view.incident, response)
    return tuple(unit for unit in wanted if _asked(view, unit, level))


def _asked(view: View, unit: str, level: str) -> bool:
    call = view.incident.calls.get(unit)
    if call is None or not call.round:
        return True
    lowered = view.plan.height(level) < view.plan.height(view.incident.response_level)
    answer = ANSWERS.get(call.status)
    return not lowered and not (answer is not None and answer.under_way)


def _units(view: View, level: str, units: tuple[str, ...]) -> str:
    response = naming.response(view.plan, level)
    if not units:
        return p.UNITS_NONE
    citation = cite(response.calls.clause, response.calls.reading) if response is not None else ""
    lines = [p.UNITS.format(count=len(units), names=duties.names(view, units), citation=citation)]
    if response is not None and unpicked(response, view.incident.event_class, view.incident.candidates):
        lines.append(p.UNITS_OPEN)
    if doubtful := [unit for unit in units if standing(view.plan, view.incident, unit).among]:
        lines.append(p.UNITS_DOUBTFUL.format(names=duties.names(view, doubtful)))
    if absent := [unit for unit in units if unit not in view.bound_units]:
        lines.append(p.UNITS_UNBOUND.format(count=len(absent)))
    return "\n".join(lines)


def _informed(view: View, level: str, called: tuple[str, ...]) -> str:
    response = naming.response(view.plan, level)
    if response is None or response.calls.rest != "inform":
        return ""
    members = bodies_of(view.plan, view.incident, (unit.id for unit in view.plan.units if unit.member))
    rest = [unit for unit in members if unit not in called and unit not in view.incident.calls]
    return p.INFORMED.format(count=len(rest)) if rest else ""


def _matter(view: View) -> str:
    return naming.place(view) + naming.class_name(view)


def _reason(reason: str) -> str:
    return p.REASON.format(reason=written(reason, 120)) if reason.strip() else ""


def choose_units(view: View, level: str, units: tuple[str, ...], reason: str = "", expected: str = "") -> Message:
    """Return the member units as buttons, those to be called ticked (改通知单位).

    A press of ``toggle_unit`` carries the unit and the present choice; ``declare_preview`` carries the choice back.
    """
    args = {"level": level, "reason": reason, "expected": expected, "units": list(units)}
    presses = [
        press(
            "toggle_unit",
            "unit_on" if unit in units else "unit_off",
            "incident",
            **args,
            unit=unit,
            name=naming.short_name(view, unit),
        )
        for unit in bodies_of(view.plan, view.incident, (unit.id for unit in view.plan.units if unit.member))
    ]
    done = press("declare_preview", "units_done", "incident", **args)
    return framed(view, fill(p.CHOOSE, level=level, count=len(units)), [*presses, done])


def preview_oral(
    view: View,
    role: str,
    decides: str,
    level: str | None = None,
    *,
    spoken_by: str = "",
    spoken_at: datetime | None = None,
    units: tuple[str, ...] | None = None,
    reason: str = "",
    expected: str = "",
) -> Message:
    """Return what a recorded spoken decision (代录) will say.

    Args:
        view: before the duty officer, whose name is ``seat``.
        role: id of the role that spoke.
        decides: ``declare``, ``adjust``, ``decline`` or ``end``.
        level: of a declaration; declined is what is proposed.
        spoken_by, spoken_at: who spoke, and when (by default now).
        units, reason, expected: as in :func:`preview_declare`.
    """
    pending = view.incident.proposal
    called: tuple[str, ...] = ()
    if decides == "decline":
        level = pending.level if pending is not None else level
        what, citation = p.ORAL_DECLINE.format(level=level), cite(pending.clause if pending is not None else "")
    elif decides == "end":
        rule = next(iter(view.plan.ends), None)
        what, citation = p.ORAL_END, cite(rule.clause, rule.reading) if rule else ""
    else:
        response = naming.response(view.plan, level)
        if level is None or response is None:
            raise ValueError(f"{view.plan.id} has no response level {level!r}")
        verb = w.DECISIONS["adjust" if view.incident.response_level else "declare"]
        what, citation = p.ORAL_DECLARE.format(verb=verb, level=level), cite(response.clause, response.reading)
        called = _called(view, level, units)
    body = fill(
        p.ORAL,
        name=written(spoken_by, 16) or w.NAME_BLANK,
        role=naming.role(view.plan, role),
        time=at(spoken_at or view.now, view.now),
        what=what,
        citation=citation,
        recorder=written(view.seat, 16) or w.NAME_BLANK,
        title=naming.title(view),
        reason=_reason(reason),
        units=_units(view, level or "", called) if called else "",
        after=p.ORAL_NOTED if decides == "decline" else p.ORAL_ANNOUNCED,
    )
    args = {
        "of": role,
        "decides": decides,
        "level": level,
        "spoken_by": spoken_by,
        "units": list(called),
        "reason": reason,
        "spoken_at": (spoken_at or view.now).isoformat(),
        "expected": expected,
    }
    presses = [press("oral", "oral_noted" if decides == "decline" else "oral_now", "standing", **args)]
    presses.append(press("back", "back"))
    if decides in ("declare", "adjust") and pending is not None and not pending.declined:
        presses.append(press("oral_preview", "oral_not_now", "incident", **{**args, "decides": "decline"}))
    return framed(view, body, presses)


def _outlasts(item: duties.Owed) -> bool:
    """Whether a report is still owed after the end: for certain, and not one that recurs only until then."""
    clock = item.rule.clock if item.rule is not None else None
    recurring = clock is not None and (clock.daily or clock.every is not None) and clock.until == "response_ended"
    return not item.instance.possible and not recurring


@carries_out("list", "end", "EndRule")
def preview_end(view: View, reason: str = "") -> Message:
    """Return what ending will say, when the plan allows it, and what is owed afterwards all the same."""
    outlasting = [item for item in duties.duties_of_office(view) if item.left and _outlasts(item)]
    items = w.LIST.join(p.OPEN_ITEM.format(name=duties.name(item), due=duties.due(view, item)) for item in outlasting)
    open_line = p.END_OPEN.format(items=items) if items else ""
    level = view.incident.response_level
    if level is None:
        body: Text = fill(p.END_PLAIN, title=naming.title(view), reason=_reason(reason), open=open_line)
    else:
        rule = next(iter(view.plan.ends), None)
        lacking = unmet(view.plan, view.incident)
        body = fill(
            p.END,
            level=level,
            citation=cite(rule.clause, rule.reading) if rule else "",
            title=naming.title(view),
            conditions="\n".join(end_conditions(view)) or w.UNSTATED,
            assessed=assessed(view),
            not_yet=p.END_NOT_YET if lacking and not reason.strip() else "",
            reason=_reason(reason),
            open=open_line,
        )
    presses = [
        press("end_condition", "end_condition", "conditions", condition=key, name=text, reason=reason)
        for key, (_, text) in conditions(view.plan).items()
        if level is not None and key not in view.incident.end_conditions
    ]
    if level is None or reason.strip() or not unmet(view.plan, view.incident):
        presses.append(press("end", "end_now", "standing", reason=reason))
    return framed(view, body, [*presses, press("back", "back")])


def end_conditions(view: View) -> list[str]:
    """Return each condition of the end with who confirmed it and when."""
    lines: list[str] = []
    for rule in view.plan.ends:
        if rule.enough == "any":
            lines.append(p.END_ANY)
        for key, (of, text) in conditions(view.plan).items():
            if of is not rule:
                continue
            word = view.incident.end_conditions.get(key)
            citation = cite(rule.clause)
            if word is None:
                lines.append(p.END_UNCONFIRMED.format(text=text, citation=citation))
            else:
                name, time = written(word.name, 16) or w.NAME_UNKNOWN, at(word.at, view.now)
                lines.append(p.END_CONFIRMED.format(text=text, citation=citation, name=name, time=time))
    return lines


def assessed(view: View) -> str:
    """Return who has to assess before the end by the plan, and who did."""
    by = w.LIST.join(rule.assessed_by for rule in view.plan.ends if rule.assessed_by)
    if not by:
        return ""
    names = written(view.incident.assessors, 60)
    if not names:
        return p.END_NOT_ASSESSED.format(assessed_by=by)
    return p.END_ASSESSED.format(assessed_by=by, names=names)
