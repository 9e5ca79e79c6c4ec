"""From what was counted to the statistics that people read: each figure from the rows that its definition names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from plans.model import Plan
from plans.statistics import rows as r
from plans.statistics.stages import STAGES
from plans.statistics.statistics import (
    Answers,
    Declared,
    Duties,
    Incidents,
    Part,
    Reports,
    Slice,
    Source,
    SpotChecks,
    Statistics,
    Warnings,
)
from plans.statistics.tally import CaseCell, Cell, DutyCell, Selection, Span, Tally, slices
from plans.statistics.titles import Titles
from plans.warning.state import COLOURS

C = TypeVar("C")
K = TypeVar("K")


def statistics(
    tally: Tally, selection: Selection, plans: Mapping[str, Plan], titles: Titles, now: datetime
) -> Statistics:
    """Return the statistics of a selection.

    Args:
        plans: the plans as they are now, for titles and order.
    """
    told = [plans[name] for name in selection.all_plans if name in plans]
    incidents = {cell: number for cell, number in tally.cases.items() if cell.kind == "incident"}
    cells = tally.cells
    return Statistics(
        jurisdiction="" if selection.beside else selection.jurisdiction,
        places=tuple(
            Part(key=place, title=place, number=sum(n for cell, n in incidents.items() if cell.place == place))
            for place, _ in selection.places
        ),
        plans=tuple(Part(key=plan.id, title=plan.title, number=_of_plan(incidents, plan.id)) for plan in told),
        period=selection.period,
        at=now,
        own=tuple(
            titles.unit(plan.id, unit) for plan in told for unit in sorted(selection.units(plan.id), key=titles.place)
        ),
        of_drills=selection.drills,
        drills=tally.drills,
        behind=tally.behind,
        incidents=_incidents(incidents, told),
        course=tuple(
            Slice(first=first, last=last, incidents=tally.course.get(first, 0))
            for first, last in slices(selection.period)
        ),
        reports=tuple(_reports(tally, r.REPORT)),
        others=tuple(_reports(tally, r.OTHERS)),
        answers=_answers(tally, r.ANSWER, _of_topic(tally, r.ANSWER)),
        units=tuple(_by_unit(tally, r.ANSWER, titles)),
        levels=tuple(_levels(tally, told)),
        corrections=_sum(cells, lambda cell: cell.topic == r.CORRECTION and cell.key == "figures"),
        waivers=_sum(cells, lambda cell: cell.topic == r.WAIVER),
        warnings=_warnings(tally, titles),
        spot_checks=_spot_checks(tally),
        duties=_duties(tally.duties, "", "", "") if tally.duties is not None else None,
        by_duty=tuple(_by_duty(tally.duties or {}, told)),
        by_bearer=tuple(_by_bearer(tally.duties or {}, titles)),
    )


def _sum(cells: Mapping[Cell, int], wanted: Callable[[Cell], bool]) -> int:
    return sum(number for cell, number in cells.items() if wanted(cell))


def _of_plan(cases: Mapping[CaseCell, int], plan: str) -> int:
    return sum(number for cell, number in cases.items() if cell.plan == plan)


def _incidents(cases: Mapping[CaseCell, int], plans: Sequence[Plan]) -> Incidents:
    classes = {item.id: item.name for plan in plans for item in plan.classes}
    return Incidents(
        number=sum(cases.values()),
        open=sum(number for cell, number in cases.items() if cell.open),
        rejected=sum(number for cell, number in cases.items() if cell.state == "rejected"),
        merged=sum(number for cell, number in cases.items() if cell.state == "merged"),
        by_plan=_parts(cases, lambda cell: cell.plan, {plan.id: plan.title for plan in plans}),
        by_kind=_parts(cases, lambda cell: cell.sort, classes),
        by_level=_parts(cases, lambda cell: cell.level, {name: name for plan in plans for name in plan.event_levels}),
        by_response=_parts(
            cases, lambda cell: cell.response,
            {name: name for plan in plans for name in plan.response_order},
        ),
    )  # fmt: skip


def _parts(
    cases: Mapping[CaseCell, int], key: Callable[[CaseCell], str], titles: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the parts of a whole in the order of their titles; what was not said stands last, with an empty key."""
    counted: Counter[str] = Counter()
    for cell, number in cases.items():
        counted[key(cell)] += number
    order = {name: place for place, name in enumerate(titles)}
    names = sorted(counted, key=lambda name: (not name, order.get(name, len(order)), name))
    return tuple(Part(key=name, title=titles.get(name, name), number=counted[name]) for name in names)


def _reports(tally: Tally, topic: str) -> Iterable[Reports]:
    for stage in STAGES:
        cells = {cell: n for cell, n in tally.cells.items() if cell.topic == topic and cell.key == stage}
        if not cells:
            continue
        outcomes: Counter[str] = Counter()
        for cell, number in cells.items():
            past = tally.past.get(cell, 0) if cell.outcome == r.OPEN else 0
            if cell.outcome == r.OPEN:
                outcomes[r.OVERDUE] += past
                outcomes[r.PENDING] += number - past
            else:
                outcomes[cell.outcome] += number
        yield Reports(
            stage=stage, names=tuple(sorted({cell.name for cell in cells})), owed=outcomes.total(),
            in_time=outcomes["in_time"], late=outcomes["late"], raised=outcomes["raised"], missed=outcomes["missed"],
            overdue=outcomes[r.OVERDUE], pending=outcomes[r.PENDING], waived=outcomes["waived"],
            lateness=tally.spreads.get(Span(topic, "", stage)),
            sources=tuple(
                Source(plan=plan, clause=clause, local=local)
                for plan, clause, local in sorted({(cell.plan, cell.clause, cell.local) for cell in cells})
            ),
        )  # fmt: skip


def _grouped(cells: Mapping[C, int], key: Callable[[C], K]) -> dict[K, dict[C, int]]:
    """Return cells by what they have in common, looked at once however many groups there are."""
    groups: dict[K, dict[C, int]] = {}
    for cell, number in cells.items():
        groups.setdefault(key(cell), {})[cell] = number
    return groups


def _of_topic(tally: Tally, topic: str) -> dict[Cell, int]:
    return {cell: number for cell, number in tally.cells.items() if cell.topic == topic}


def _answers(tally: Tally, topic: str, cells: Mapping[Cell, int], plan: str = "", key: str = "", title: str = "") -> (
    Answers
):  # fmt: skip
    outcomes: Counter[str] = Counter()
    for cell, number in cells.items():
        outcomes[cell.outcome] += number
    return Answers(
        key=key, title=title, plan=plan, called=outcomes.total(), answered=outcomes.total() - outcomes["silent"],
        silent=outcomes["silent"], declined=outcomes["declined"], time=tally.spreads.get(Span(topic, plan, key)),
        arrival=tally.spreads.get(Span(r.ARRIVAL, plan, key)) if topic == r.ANSWER else None,
    )  # fmt: skip


def _by_unit(tally: Tally, topic: str, titles: Titles) -> Iterable[Answers]:
    units = _grouped(_of_topic(tally, topic), lambda cell: (cell.plan, cell.key))
    for plan, key in sorted(units, key=lambda item: (titles.plan(item[0]), titles.place(item[1]))):
        yield _answers(tally, topic, units[plan, key], plan, key, titles.unit(plan, key))


def _levels(tally: Tally, plans: Sequence[Plan]) -> Iterable[Declared]:
    counted: dict[tuple[str, str], int] = {}
    clauses: dict[tuple[str, str], str] = {}
    for cell, number in sorted(tally.cells.items()):
        if cell.topic == r.LEVEL:
            counted[cell.plan, cell.key] = counted.get((cell.plan, cell.key), 0) + number
            clauses.setdefault((cell.plan, cell.key), cell.clause)
    for plan in plans:
        for level in sorted((key for of, key in counted if of == plan.id), key=plan.height):
            yield Declared(
                plan=plan.id, level=level, number=counted[plan.id, level],
                time=tally.spreads.get(Span(r.LEVEL, plan.id, level)),
                source=Source(plan=plan.id, clause=clauses[plan.id, level]),
            )  # fmt: skip


def _warnings(tally: Tally, titles: Titles) -> Warnings:
    cases = {cell: number for cell, number in tally.cases.items() if cell.kind == "warning"}
    measures = {
        outcome: _sum(tally.cells, lambda cell, of=outcome: (cell.topic, cell.outcome) == (r.MEASURE, of))  # type: ignore[misc]
        for outcome in ("done", "part", "none")
    }
    return Warnings(
        number=sum(cases.values()),
        in_force=sum(number for cell, number in cases.items() if cell.state == "in_force"),
        by_colour=_parts(cases, lambda cell: cell.level, {name: name for name in reversed(COLOURS)}),
        by_kind=_parts(cases, lambda cell: cell.sort, {}),
        woken=_answers(tally, r.WAKING, _of_topic(tally, r.WAKING)),
        units=tuple(_by_unit(tally, r.WAKING, titles)),
        measures=tuple(Part(key=key, title=key, number=number) for key, number in measures.items() if number),
    )


def _spot_checks(tally: Tally) -> SpotChecks:
    outcomes: Counter[str] = Counter()
    for cell, number in _of_topic(tally, r.SPOT).items():
        outcomes[cell.outcome] += number
    return SpotChecks(
        asked=outcomes.total(), in_time=outcomes["in_time"], late=outcomes["late"], silent=outcomes["silent"],
        time=tally.spreads.get(Span(r.SPOT, "", "")),
    )  # fmt: skip


def _duties(cells: Mapping[DutyCell, int], key: str, title: str, plan: str, source: Source | None = None) -> Duties:
    counted: Counter[str] = Counter()
    for cell, number in cells.items():
        counted[cell.status] += number
    return Duties(
        key=key, title=title, plan=plan, number=counted.total(), done=counted["done"], late=counted["late"],
        missed=counted["missed"], not_applicable=counted["not_applicable"], returned=counted["returned"],
        open=counted["open"], source=source,
    )  # fmt: skip


def _by_duty(cells: Mapping[DutyCell, int], plans: Sequence[Plan]) -> Iterable[Duties]:
    groups = _grouped(cells, lambda cell: (cell.plan, cell.duty))
    for plan in plans:
        for duty in plan.duties:
            if own := groups.get((plan.id, duty.id)):
                yield _duties(own, duty.id, duty.text, plan.id, Source(plan=plan.id, clause=duty.clause))


def _by_bearer(cells: Mapping[DutyCell, int], titles: Titles) -> Iterable[Duties]:
    bearers = _grouped(cells, lambda cell: (cell.plan, cell.bearer_kind, cell.bearer))
    for plan, kind, key in sorted(bearers, key=lambda item: titles.place_of_bearer(*item)):
        yield _duties(bearers[plan, kind, key], f"{kind}:{key}", titles.bearer(plan, kind, key), plan)
