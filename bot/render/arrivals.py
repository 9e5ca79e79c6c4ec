"""When units will be there: on card, worksheet and table; what they are asked, and who is named to the seat."""

from __future__ import annotations

from bot.render import naming
from bot.render.labels import press
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import arrivals as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.arrivals import SEAT_TOLD
from plans.incident.calling import RECEIVED
from plans.incident.records import Call
from plans.incident.units import ARRIVED, SET_OUT

MOST_NAMES = 5
"""Units on their way that are named on the card; the table holds them all."""


def expected(view: View, call: Call) -> str:
    """Return when a unit on its way will be there, or should have been; nothing of one that named no time."""
    if call.expected_at is None:
        return ""
    template = t.EXPECTED if call.expected_at >= view.now else t.OVERDUE
    return template.format(time=at(call.expected_at, view.now))


def lines(view: View) -> list[Text]:
    """Return who is on its way with the time that it named, the first to come first."""
    if view.incident.state != "responding":
        return []
    coming = sorted(
        ((call.expected_at, call) for call in view.incident.calls.values() if call.expected_at is not None),
        key=lambda item: item[0],
    )
    if not coming:
        return []
    names = (t.ONE.format(name=naming.unit_name(view, call.unit), expected=expected(view, call)) for _, call in coming)
    more = t.MORE.format(count=len(coming)) if len(coming) > MOST_NAMES else ""
    return [fill(t.ON_THE_WAY, names=w.LIST.join(list(names)[:MOST_NAMES]), more=more)]


def still_waited_for(view: View) -> Text | None:
    """Return who has not come at the time that he named, or said 收到 and nothing since, once nobody is asked again."""
    if view.incident.state != "responding" or view.incident.unasked is not None:
        return None
    calls = view.incident.calls.values()
    late = [call.unit for call in calls if call.asked == SEAT_TOLD and call.status == SET_OUT]
    idle = [call.unit for call in calls if call.idle_at is not None and call.status == RECEIVED]
    parts = [
        template.format(names=w.LIST.join(naming.unit_name(view, unit) for unit in units))
        for template, units in ((t.OPEN_LATE, late), (t.OPEN_IDLE, idle))
        if units
    ]
    return Text(w.SEMICOLON.join(parts)) if parts else None


def sheet_lines(view: View) -> list[Text]:
    """Return the same for the worksheet, and that nobody is asked any more where that is so."""
    unasked = view.incident.unasked
    if unasked is None or view.incident.state != "responding":
        return lines(view)
    name = written(unasked.name, 16) or w.NAME_UNKNOWN
    return [*lines(view), fill(t.UNASKED, name=name, time=at(unasked.at, view.now))]


def sheet_presses(view: View) -> list[Press]:
    """Return the button that ends the asking while somebody is waited for, or has units asked again."""
    if view.incident.state != "responding":
        return []
    if view.incident.unasked is not None:
        return [press("arrivals_again", "arrivals_again", keys.ARRIVALS)]
    awaited = any(call.round and call.status in (RECEIVED, SET_OUT) for call in view.incident.calls.values())
    return [press("arrivals_quiet", "arrivals_quiet", keys.ARRIVALS)] if awaited else []


@renders("arrival_asked")
def arrival_asked(notice: Notice, view: View) -> Text:
    """Whether a unit, or several that one person answers for, have arrived."""
    calls = [view.incident.calls[unit] for unit in units_of(notice)]
    names = [naming.unit_name(view, call.unit) for call in calls]
    times = [t.EXPECTED.format(time=at(call.expected_at, view.now)) for call in calls]
    if len(calls) > 1:
        times = [t.ONE.format(name=name, expected=time) for name, time in zip(names, times, strict=True)]
    return fill(
        t.ASKED,
        units=w.LIST.join(names),
        expected=w.LIST.join(times),
        title=naming.title(view),
        place=naming.place(view),
    )


def units_of(notice: Notice) -> tuple[str, ...]:
    """Return the units that a notice is about."""
    return tuple(notice.params["units"]) if "units" in notice.params else (str(notice.params["unit"]),)


def _waited(notice: Notice, view: View) -> tuple[Press, ...]:
    """Return a button for each late unit that has arrived, and the one that ends the asking."""
    calls = view.incident.calls
    late = [unit for unit in notice.params.get("late", ()) if unit in calls]
    arrived = (
        press(
            "ack", "arrived_of", keys.call(unit, calls[unit].round), unit=unit, status=ARRIVED,
            name=naming.short_name(view, unit),
        )
        for unit in late[:MOST_NAMES]
    )  # fmt: skip
    return (*arrived, press("calls", "calls"), press("arrivals_quiet", "arrivals_quiet", keys.ARRIVALS))


@renders("arrivals_waited_for", presses=_waited)
def arrivals_waited_for(notice: Notice, view: View) -> Text:
    """Who named a time and did not say that it has come, and who said 收到 and nothing since; each with its number."""
    return fill(
        t.WAITED_FOR,
        number=naming.number(view),
        late=waited_for(view, notice.params.get("late", ()), t.LATE),
        idle=waited_for(view, notice.params.get("idle", ()), t.IDLE),
    )


def waited_for(view: View, units: tuple[str, ...], head: str) -> Text | str:
    """Return one of both lists, of those whom it is still true of; nothing where it is of none."""
    rows: list[Text | str] = []
    for unit in units:
        call = view.incident.calls.get(unit)
        if call is None or (call.expected_at is None and call.idle_at is None):
            continue
        name = naming.unit_name(view, unit)
        if call.expected_at is not None:
            rows.append(t.LATE_ONE.format(name=name, time=at(call.expected_at, view.now)))
        else:
            rows.append(t.IDLE_ONE.format(name=name, time=at(call.answered_at, view.now)))
        rows += [naming.recipient_line(view, unit), naming.tap_line(view, unit)]
    return joined((head.format(count=sum(unit in view.incident.calls for unit in units)), *rows)) if rows else ""


@labels("answer_alone")
def _alone(item: Press, view: View) -> str:
    return t.LABELS["answer_alone"].format(name=naming.short_name(view, str(item.args["unit"])))
