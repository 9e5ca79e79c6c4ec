"""The rows behind a figure: a line for each, and a button for each incident or warning that they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render import rules
from bot.render.citing import cite
from bot.render.labels import press
from bot.render.message import Message
from bot.render.naming import in_list
from bot.render.statistics import Asked, key_of, period_name
from bot.render.statistics_lines import lasted
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.warning_pieces import listed
from bot.texts import statistics as t
from bot.texts import words as w
from plans.model import Plan
from plans.statistics.figures import Figure
from plans.statistics.rows import CountedCase, CountedDuty, Found, Row
from plans.statistics.titles import Titles

PAGE = 10
"""Rows of a figure in one message."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """What rows need to be put in words."""

    plans: Mapping[str, Plan]
    titles: Titles
    now: datetime


def rows_page(asked: Asked, figure: Figure, rows: Sequence[Found], number: int, start: int, names: Names) -> Message:
    """Return some of the rows of a figure, with buttons to the cases that they are about and to the other pages.

    Args:
        number: how many rows there are. start: how many stand on the pages before.
    """
    last = start + len(rows)
    text = fill(
        t.ROWS, title=title_of(figure, names), count=number, period=period_name(asked.period),
        place=asked.jurisdiction or t.SUM, of=t.OF_DRILLS if asked.drills else "",
        page=t.ROWS_PAGE.format(first=start + 1, last=last) if len(rows) < number else "",
        lines=joined([_in_place(row, asked, names) for row in rows]) if rows else t.NO_ROWS,
    )  # fmt: skip
    cases = {row.case.stream: row.case for row in rows if row.case is not None}
    args = [asked.args(name=_key_name(case, asked), stream=stream) for stream, case in cases.items()]
    keys = [key_of(press("stats_case", "stats_case", "statistics", **one)) for one in args]
    lines = [tuple(keys[first : first + 4]) for first in range(0, len(keys), 4)]
    beside = []
    if start:
        beside.append(
            key_of(
                press(
                    "stats_rows",
                    "stats_fewer",
                    "statistics",
                    **asked.args(number=PAGE, figure=str(figure), start=max(0, start - PAGE)),
                )
            )
        )
    if last < number:
        rest = min(PAGE, number - last)
        beside.append(
            key_of(
                press(
                    "stats_rows", "stats_more", "statistics", **asked.args(number=rest, figure=str(figure), start=last)
                )
            )
        )
    return Message(text.plain, text.entities, (*lines, *((tuple(beside),) if beside else ())))


def _in_place(row: Found, asked: Asked, names: Names) -> Text | str:
    """Return a row in a line, of a sum with its jurisdiction: each has a 17号 of its own."""
    said = line(row, names)
    if asked.jurisdiction:
        return said
    if row.case is not None:
        place = row.case.jurisdiction
    else:
        plan = names.plans.get(row.duty.plan_id) if row.duty is not None else None
        place = plan.jurisdiction.name if plan is not None else ""
    return fill(t.ROW_OF_PLACE, place=place, line=said) if place else said


def _key_name(case: CountedCase, asked: Asked) -> str:
    return number_of(case) if asked.jurisdiction else f"{case.jurisdiction}{number_of(case)}"


def title_of(figure: Figure, names: Names) -> str:
    """Return what a figure is called: 首报迟报, 区公安局叫应, 误报."""
    where = dict(figure.where)
    plan = where.get("plan", "")
    said: list[str] = []
    if figure.topic in ("incident", "warning"):
        if where.get("open") == "yes":
            return t.TITLES["incident:open"]
        if "state" in where:
            return t.TITLES.get(where["state"], w.STATES.get(where["state"], where["state"]))
        incident = figure.topic == "incident"
        if "place" in where:
            return written(where["place"], 24)
        if "sort" in where:
            return _sort(plan, where["sort"], names) or (t.NO_CLASS if incident else t.NO_HAZARD)
        if "level" in where:
            return written(where["level"], 20) or (t.NO_LEVEL if incident else t.NO_COLOUR)
        if "response" in where:
            return t.RESPONSE_OF.format(level=where["response"]) if where["response"] else t.NO_RESPONSE
        return names.plans[plan].title if plan in names.plans else t.TITLES[figure.topic]
    if figure.topic == "duty":
        if "duty" in where:
            said.append(written(_duty_text(plan, where["duty"], names), 30))
        if "bearer" in where:
            kind, _, bearer = where["bearer"].partition(":")
            said.append(written(names.titles.bearer(plan, kind, bearer), 24))
        said += [t.STATUS_TITLES.get(name, name) for name in where.get("status", "").split("|") if name]
        return "".join(said) or t.TITLES["duty"]
    key, outcome = where.get("key", ""), where.get("outcome", "")
    if figure.topic in ("report", "others", "waiver"):
        stage = t.STAGES.get(key, key)
        said.append(t.OTHERS_OF.format(stage=stage or t.TITLES["report"]) if figure.topic == "others" else stage)
    elif figure.topic == "level":
        said.append(t.RESPONSE_OF.format(level=key) if key else "")
    elif figure.topic == "correction":
        return t.CORRECTION_KINDS.get(key, t.TITLES["correction"])
    elif key and figure.topic != "spot":
        said.append(written(names.titles.unit(plan, key), 24))
    if figure.topic == "spot":
        return key + t.SPOT_TITLES.get(outcome, t.TITLES["spot"])
    if figure.topic == "measure":
        return "".join((*said, t.MEASURE.get(outcome, t.TITLES["measure"])))
    if outcome == "answered|declined":
        return "".join((*said, t.TITLES["answered"]))
    prefix = t.TITLES[figure.topic] if figure.topic in ("answer", "waking", "level", "waiver") else ""
    return "".join((*said, prefix, t.OUTCOME_TITLES.get(outcome, ""))) or t.TITLES[figure.topic]


def _sort(plan: str, key: str, names: Names) -> str:
    for item in names.plans.values():
        for kind in item.classes:
            if kind.id == key and plan in ("", item.id):
                return kind.name
    return written(key, 20)


def _duty_text(plan: str, key: str, names: Names) -> str:
    found = names.plans.get(plan)
    return next((duty.text for duty in found.duties if duty.id == key), key) if found is not None else key


def number_of(case: CountedCase) -> str:
    """Return what a case is called in lists: ``17号``, ``【演练】17号``, ``预警3``."""
    if case.kind == "spotcheck":
        return t.SPOT_NUMBER.format(number=case.number)
    return (listed if case.kind == "warning" else in_list)(case.number, drill=case.drill)


def line(found: Found, names: Names) -> Text | str:
    """Return a row in a line."""
    if found.duty is not None:
        return _duty(found.duty, names)
    case, row = found.case, found.row
    if case is None:
        raise ValueError("a row of no case and no duty")
    if row is None:
        return _case(case, names)
    return _LINES[row.topic](case, row, names)


def _case(case: CountedCase, names: Names) -> str:
    what = w.COMMA.join(filter(None, (_sort(case.plan_id, case.sort, names), written(case.level, 20))))
    if case.kind == "warning":
        return t.ROW_WARNING.format(
            number=number_of(case), time=at(case.at, names.now), what=what,
            state=t.WARNING_STATES.get(case.state, case.state),
        )  # fmt: skip
    return t.ROW_INCIDENT.format(
        number=number_of(case), time=at(case.at, names.now), what=f"{w.COMMA}{what}" if what else "",
        state=w.STATES.get(case.state, case.state),
    )  # fmt: skip


def _named(row: Row) -> str:
    return t.BY_CHANNEL.format(name=row.name, channel=row.channel) if row.channel else row.name


def _report(case: CountedCase, row: Row, names: Names) -> str:
    due = t.ROW_DUE.format(time=at(row.due, names.now)) if row.due is not None else ""
    outcome = row.outcome_at(names.now)
    if row.at is None:
        said = t.ROW_UNTOLD.get(outcome, outcome)
    elif row.seconds is None:
        said = t.ROW_TOLD.format(time=at(row.at, names.now))
    else:
        said = t.ROW_TOLD_LATE.format(time=at(row.at, names.now), late=lasted(row.seconds))
        said += t.OUTCOME_TITLES["raised"] if row.outcome == "raised" else ""
    return t.ROW_REPORT.format(
        number=number_of(case), name=_named(row), to=written(names.titles.unit(case.plan_id, row.subject), 20), due=due,
        said=said, citation=cite(row.clause, local=row.local),
    )  # fmt: skip


def _answer(case: CountedCase, row: Row, names: Names) -> str:
    said = t.ROW_SILENT
    if row.topic == "arrival" and row.at is not None:
        said = t.ROW_ARRIVED.format(time=at(row.at, names.now), took=lasted(row.seconds or 0))
    elif row.at is not None and row.seconds is not None:
        said = t.ROW_ANSWERED.format(time=at(row.at, names.now), took=lasted(row.seconds))
        said += t.OUTCOME_TITLES["declined"] if row.outcome == "declined" else ""
    return t.ROW_ANSWER.format(
        number=number_of(case), unit=written(names.titles.unit(case.plan_id, row.key), 24),
        since=at(row.since, names.now), said=said,
    )  # fmt: skip


def _level(case: CountedCase, row: Row, names: Names) -> str:
    return t.ROW_LEVEL.format(
        number=number_of(case), time=at(row.at, names.now), level=row.key, took=lasted(row.seconds or 0),
        citation=cite(row.clause),
    )  # fmt: skip


def _correction(case: CountedCase, row: Row, names: Names) -> str:
    return t.ROW_CORRECTION.format(
        number=number_of(case), time=at(row.at, names.now), kind=t.CORRECTION_KINDS.get(row.key, row.key)
    )


def _waiver(case: CountedCase, row: Row, names: Names) -> str:
    return t.ROW_WAIVER.format(
        number=number_of(case), name=_named(row),
        due=t.ROW_DUE.format(time=at(row.due, names.now)) if row.due is not None else "", time=at(row.at, names.now),
        late=t.ROW_WAIVED_LATE if row.outcome == "late" else "", citation=cite(row.clause, local=row.local),
    )  # fmt: skip


def _spot(case: CountedCase, row: Row, names: Names) -> str:
    took = t.SPOT_TOOK.format(seconds=row.seconds) if row.seconds is not None else ""
    return t.ROW_SPOT.format(
        number=number_of(case), title=written(row.key, 20), since=at(row.since, names.now),
        said=t.SPOT_TITLES[row.outcome], took=took,
    )  # fmt: skip


def _measure(case: CountedCase, row: Row, names: Names) -> str:
    return t.ROW_MEASURE.format(
        number=number_of(case), unit=written(names.titles.unit(case.plan_id, row.key), 24),
        said=t.OUTCOME_TITLES.get(row.outcome, row.outcome),
    )  # fmt: skip


def _duty(duty: CountedDuty, names: Names) -> str:
    plan = names.plans.get(duty.plan_id)
    clause = next((item.clause for item in plan.duties if item.id == duty.duty), "") if plan is not None else ""
    return t.ROW_DUTY.format(
        bearer=written(names.titles.bearer(duty.plan_id, duty.bearer_kind, duty.bearer), 24),
        text=written(_duty_text(duty.plan_id, duty.duty, names), 40),
        period=rules.period(duty.first, duty.last, duty.name), status=t.STATUS_TITLES[duty.status],
        citation=cite(clause),
    )  # fmt: skip


_LINES: dict[str, Callable[[CountedCase, Row, Names], str]] = {
    "report": _report, "others": _report, "answer": _answer, "arrival": _answer, "waking": _answer, "level": _level,
    "correction": _correction, "waiver": _waiver, "measure": _measure,
    "spot": _spot,
}  # fmt: skip


# --- the same as cells of a table
