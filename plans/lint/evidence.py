"""Every bound of a plan file is found again in the phrase it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from plans.acting import carries_out
from plans.lint.figures import Figure, Operator, contradictory, figures, times
from plans.lint.finding import Report
from plans.load.document import Path
from plans.logic import Space
from plans.model import All, AnyOf, Clock, Compare, Expression, Not, Reading
from plans.values import written

_OPERATORS: tuple[Operator, ...] = ("lt", "le", "gt", "ge")


@carries_out("check", "figures", "Bounds")
def check_evidence(report: Report, space: Space) -> None:
    """Check the level table, the start conditions and the clocks."""
    plan = report.plan
    for index, row in enumerate(plan.levels.rows if plan.levels else ()):
        _bounds(report, space, ("levels", "rows", index, "when"), row.clause, row.when, row.evidence, row.reading)
    for number, response in enumerate(plan.responses):
        for index, item in enumerate(response.conditions):
            path: Path = ("responses", number, "conditions", index, "when")
            _bounds(report, space, path, item.clause, item.when, item.evidence, item.reading)
    for index, rule in enumerate(plan.obligations):
        path = ("obligations", index, "clock")
        if not rule.local:
            _clock(report, path, rule.clause, rule.clock, rule.evidence, rule.reading)
        for place, change in enumerate(rule.changes):
            span = change.every or change.within
            stated = times(change.text)
            if stated and span is not None and span not in (*stated.spans, *stated.every):
                message = f"“{change.text}”与{_said(span)}不一致"
                report.add("clock", "error", ("obligations", index, "changes", place), message, clause=rule.clause)


def row_figures(space: Space, expression: Expression, negated: bool = False) -> Iterator[tuple[str, Figure, bool]]:
    """Yield every bound of a condition: the fact, the bound, and whether the fact counts whole things."""
    if isinstance(expression, All | AnyOf):
        for part in expression.parts:
            yield from row_figures(space, part, negated)
    elif isinstance(expression, Not):
        yield from row_figures(space, expression.part, not negated)
    elif isinstance(expression, Compare):
        whole = space.facts[expression.fact].type == "count"
        for op in _OPERATORS:
            number = getattr(expression, op)
            if number is not None:
                yield expression.fact, _negated(op, number) if negated else Figure(op, number), whole


def _negated(op: Operator, number: float) -> Figure:
    opposite: dict[Operator, Operator] = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}
    return Figure(opposite[op], number)


def _bounds(
    report: Report, space: Space, path: Path, clause: str, when: Expression, evidence: str, reading: Reading | None
) -> None:
    stated = figures(evidence, report.plan.bounds)
    encoded = list(row_figures(space, when))
    if contradictory(evidence, report.plan.bounds):
        # Only an erratum or a reading can say what such words mean, and its own figures are then the measure.
        report.add(
            "impossible-bound", "error", path, f"原文“{evidence}”自相矛盾，没有这样的数", clause=clause,
            reading=reading, kinds=("contradiction", "evidence"),
        )  # fmt: skip
        stated = _read(report, clause, reading) or stated
    # Each stated figure speaks of one fact: two facts that happen to share a number need two phrases.
    taken: dict[int, str] = {}

    def take(fact: str, figure: Figure, whole: bool, flip: bool) -> bool:
        for index, other in enumerate(stated):
            said = other.in_unit(space.facts[fact].unit)
            if said is None or taken.get(index, fact) != fact:
                continue
            if figure.same(said.flipped() if flip else said, whole):
                taken[index] = fact
                return True
        return False

    for fact, figure, whole in encoded:
        if take(fact, figure, whole, flip=False) or _some_or_none(figure, whole):
            continue
        label, unit = space.facts[fact].label or fact, space.facts[fact].unit
        strange = next(
            (i for i, item in enumerate(stated) if item.number == figure.number and not item.in_unit(unit)), None
        )
        if take(fact, figure, whole, flip=True):
            message = f"{label}{figure}与原文“{evidence}”是否含本数不一致"
            kinds = ("gap", "unclear", "garbled")
            report.add("evidence", "error", path, message, clause=clause, reading=reading, kinds=kinds)
        elif strange is not None:
            taken[strange] = fact
            other = stated[strange].unit
            message = (
                f"{label}以{unit}计，原文“{evidence}”的{written(figure.number)}以{other}计：改 unit，或写另一个事实"
            )
            report.add("unit", "error", path, message, clause=clause, reading=reading)
        elif any(figure.same(said, whole) for said in _in_unit(_read(report, clause, reading), unit)):
            message = f"{label}{figure}不见于原文“{evidence}”"
            report.add("evidence", "error", path, message, clause=clause, reading=reading, kinds=("gap", "garbled"))
        else:
            said = f"原文“{evidence}”" if evidence else "没有原文短语"
            report.add("evidence", "error", path, f"{label}{figure}没有出处：{said}", clause=clause)
    taken_as = figures(reading.taken, report.plan.bounds) if reading is not None and not evidence else []
    # Without a phrase, the one figure that the reading names is what the bound was taken from.
    if (
        encoded
        and len(taken_as) == 1
        and not any(
            mine.same(said, whole)
            for fact, mine, whole in encoded
            for said in _in_unit(taken_as, space.facts[fact].unit)
        )
    ):
        report.add("evidence", "error", path, "条件与解读的数不一致", clause=clause)
    for index, figure in enumerate(stated):
        mentioned = figure.bare and any(
            mine.number == said.number
            for fact, mine, _ in encoded
            for said in _in_unit([figure], space.facts[fact].unit)
        )
        if encoded and index not in taken and not mentioned:
            message = f"原文“{evidence}”中的{figure}没有写进条件"
            report.add("evidence", "error", path, message, clause=clause, reading=reading, kinds=("garbled",))


def _read(report: Report, clause: str, reading: Reading | None) -> list[Figure]:
    """Return the bounds that the reading, or an erratum of the clause, states in figures."""
    words = [reading.taken] if reading is not None else []
    words += [erratum.reading for erratum in report.plan.errata if erratum.clause == clause]
    return [figure for text in words for figure in figures(text, report.plan.bounds)]


def _in_unit(figures: list[Figure], unit: str) -> list[Figure]:
    """Return the bounds that can be counted in a unit, counted in it."""
    return [said for figure in figures if (said := figure.in_unit(unit)) is not None]


def _some_or_none(figure: Figure, whole: bool) -> bool:
    """Return whether the bound only says that there are any, or none: words do that without a figure."""
    if not whole and figure.lower:
        return figure == Figure("gt", 0)
    return figure.same(Figure("ge", 1), True) if whole and figure.lower else figure.same(Figure("le", 0), whole)


def _clock(report: Report, path: Path, clause: str, clock: Clock, evidence: str, reading: Reading | None) -> None:
    stated = times(evidence)
    if not evidence:
        if reading is None:
            report.add(
                "clock", "warning", path, "时限没有原文短语，也没有解读", clause=clause, kinds=("missing-clock",)
            )
        return
    if clock.daily:
        agrees = stated.daily or timedelta(days=1) in (*stated.every, *stated.spans)
    elif clock.workdays is not None:
        agrees = clock.workdays in stated.workdays
    elif clock.every is not None:
        agrees = clock.every in (*stated.every, *stated.spans)
    else:
        agrees = clock.within in stated.spans or (clock.within == timedelta() and stated.at_once and not stated.spans)
    if not agrees:
        spoken = f"{clock.workdays}个工作日" if clock.workdays else _said(clock.every or clock.within or timedelta())
        span = "每日" if clock.daily else spoken
        severity_reading = reading if not stated else None
        message = f"时限{span}与原文“{evidence}”不一致"
        report.add("clock", "error", path, message, clause=clause, reading=severity_reading)


def _said(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if not minutes:
        return "立即"
    if minutes % 1440 == 0:
        return f"{minutes // 1440}天"
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
