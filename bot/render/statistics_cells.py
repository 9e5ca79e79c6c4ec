"""The rows behind the figures of statistics as cells of a workbook."""

from __future__ import annotations

from datetime import datetime

from bot.render import rules
from bot.render.statistics_rows import Names, _duty_text, _named, _sort, number_of
from bot.render.times import full
from bot.texts import statistics as t
from bot.texts import words as w
from plans.statistics.rows import CountedDuty, Found


def cells(found: Found, names: Names) -> list[str]:
    """Return a row as the cells of a sheet, in the order of ``bot.texts.statistics.ROW_HEADS``."""
    if found.duty is not None:
        return _duty_cells(found.duty, names)
    case, row = found.case, found.row
    if case is None:
        raise ValueError("a row of no case and no duty")
    plan = names.plans[case.plan_id].title if case.plan_id in names.plans else case.plan_id
    if row is None:
        sort = _sort(case.plan_id, case.sort, names)
        if case.kind == "warning":
            state = t.WARNING_STATES.get(case.state, case.state)
            return [number_of(case), _full(case.at), plan, sort, case.level, state]
        response = t.RESPONSE_OF.format(level=case.response) if case.response else ""
        state = w.STATES.get(case.state, case.state)
        return [number_of(case), _full(case.at), plan, sort, case.level, response, state]
    outcome = row.outcome_at(names.now)
    subject = (
        names.titles.unit(case.plan_id, row.subject or row.key)
        if row.topic not in ("level", "correction", "spot")
        else ""
    )
    name = t.STAGES.get(row.key, row.name) if row.topic in ("report", "others", "waiver") else t.TITLES[row.topic]
    kind = t.CORRECTION_KINDS.get(row.key, row.key) if row.topic == "correction" else _named(row) or row.key
    if row.topic in ("answer", "arrival", "waking", "measure"):
        kind = row.name
    if row.topic == "waiver":
        said = t.ROW_WAIVED_LATE.strip("（）") if row.outcome == "late" else t.OUTCOME_TITLES["waived"]
        subject = ""
    else:
        said = (t.SPOT_TITLES if row.topic == "spot" else t.OUTCOME_TITLES).get(outcome, outcome)
    local = f"{w.SEMICOLON if row.clause else ''}{w.LOCAL_RULE}" if row.local else ""
    return [
        number_of(case), plan, name, kind, subject, said, _full(row.since), _full(row.due), _full(row.at),
        "" if row.seconds is None else str(row.seconds), row.clause + local,
    ]  # fmt: skip


def _full(moment: datetime | None) -> str:
    return full(moment) if moment is not None else ""


def _duty_cells(duty: CountedDuty, names: Names) -> list[str]:
    plan = names.plans.get(duty.plan_id)
    clause = next((item.clause for item in plan.duties if item.id == duty.duty), "") if plan is not None else ""
    return [
        names.titles.bearer(duty.plan_id, duty.bearer_kind, duty.bearer), _duty_text(duty.plan_id, duty.duty, names),
        clause, rules.period(duty.first, duty.last, duty.name), _full(duty.due), t.STATUS_TITLES[duty.status],
        _full(duty.settled_at), plan.title if plan is not None else duty.plan_id,
    ]  # fmt: skip
