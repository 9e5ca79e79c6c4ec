"""Clauses: which are covered, cited but not listed, or missing; review dates, versions, readings and errata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from plans.acting import carries_out
from plans.clauses import place, same_clause
from plans.lint.finding import Report
from plans.load.canonical import digest
from plans.load.document import Path
from plans.model import Clause, Frozen, Plan, Reading

_NUMBER = re.compile(r"\d+(?:\.\d+)*(?:\(\d+\))?\Z")
_UNITS = {"Y": 12, "M": 1}


def check_clauses(report: Report) -> None:
    """Check coverage and citations."""
    plan = report.plan
    cited = list(citations(plan))
    names = {clause for _, clause in cited}
    told: set[str] = set()
    for at_line, clause in cited:
        if clause not in plan.clauses and clause not in told:
            told.add(clause)
            report.add("unknown-clause", "error", at_line, f"引用的条款{clause}不在条款表里", clause=clause)
    for number, entry in plan.clauses.items():
        path: Path = ("clauses", number)
        if entry.status != "encoded" and not entry.reason:
            report.add("clause-reason", "error", path, f"{number}没有写明为何不编码", clause=number)
        elif entry.status == "not_encoded":
            report.add("not-encoded", "info", path, f"{number} {entry.title}未编码：{entry.reason}", clause=number)
        elif entry.status == "encoded" and not entry.at and not any(same_clause(number, name) for name in names):
            message = f"{number} {entry.title}标为已编码，却没有一处引用；应引用它，用 at 写明写在哪里，或改 status"
            report.add("uncited", "warning", path, message, clause=number)
        for index, at in enumerate(entry.at):
            if not place(plan, at):
                message = f"{number} {entry.title}写在{at}，那里却没有内容；应如 responses/Ⅰ/measures、in_force"
                report.add("clause-place", "error", (*path, "at", index), message, clause=number)
    for missing, after in _missing(list(plan.clauses)):
        message = f"条款表里{after}之后缺{missing}"
        report.add(
            "missing-clause",
            "warning",
            ("clauses", after),
            message,
            clause=missing,
            kinds=("numbering", "missing-annex"),
        )
    if not plan.clauses:
        report.add("missing-clause", "error", ("clauses",), "没有条款表")
    report.add("coverage", "info", ("clauses",), coverage(plan))


def check_cites(report: Report) -> None:
    """Check that what the plan refers to is shown somewhere, and that an annex of its own is a clause."""
    plan = report.plan
    for index, item in enumerate(plan.cites):
        for part, at in enumerate(item.shown_at):
            if not place(plan, at):
                message = f"另见“{item.to}”要显示的位置 {at} 不存在或没有内容"
                report.add("clause-place", "error", ("cites", index, "shown_at", part), message, clause=item.clause)
        if item.at and item.at not in plan.clauses:
            message = f"另见“{item.to}”写在本文件的 {item.at}，条款表里没有"
            report.add("unknown-clause", "error", ("cites", index, "at"), message, clause=item.clause)


def check_acts(report: Report, idle: Iterable[str]) -> None:
    """Check that something acts on every clause that is encoded.

    Args:
        idle: the clauses on which nothing does, see :mod:`plans.coverage`.
    """
    for number in idle:
        title = report.plan.clauses[number].title
        message = f"{number} {title}已编码，却没有命令、时钟、叫应或清单照它办；暂时办不到的写 not_encoded"
        report.add("nothing-acts", "error", ("clauses", number), message, clause=number)


def coverage(plan: Plan) -> str:
    """Return the clause coverage of a plan in one line."""
    count: Counter[str] = Counter(entry.status for entry in plan.clauses.values())
    return (
        f"条款{len(plan.clauses)}条：已编码{count['encoded']}，叙述{count['narrative']}，未编码{count['not_encoded']}"
    )


def citations(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Yield every clause that a statement of the plan cites, with the place of the citation."""
    for name in Plan.model_fields:
        if name not in ("clauses", "errata"):
            yield from _cited(getattr(plan, name), (name,))
    for key in ("determination_clause", "undetermined_clause"):
        if getattr(plan, key):
            yield (key,), getattr(plan, key)


def _cited(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Frozen):
        clause = getattr(value, "clause", "")
        if clause and not isinstance(value, Clause):
            yield (*path, "clause"), clause
        for name in type(value).model_fields:
            yield from _cited(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _cited(item, (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cited(item, (*path, index))


def _missing(numbers: list[str]) -> Iterator[tuple[str, str]]:
    """Yield numbers that are left out of a numbering, each with the number before it."""
    known = set(numbers)
    for number in numbers:
        if not _NUMBER.match(number):
            continue
        head, last, tail = _last(number)
        if last > 1:
            before = f"{head}{last - 1}{tail}"
            if before not in known:
                earlier = next(
                    (f"{head}{k}{tail}" for k in range(last - 1, 0, -1) if f"{head}{k}{tail}" in known), number
                )
                yield before, earlier


def _last(number: str) -> tuple[str, int, str]:
    match = re.fullmatch(r"(.*?)(\d+)(\)?)", number)
    if match is None:  # pragma: no cover - _NUMBER has seen to it
        raise ValueError(number)
    return match[1], int(match[2]), match[3]


@carries_out("check", "review", "Review")
def check_review(report: Report, today: date) -> None:
    """Check whether the review that the plan prescribes is due."""
    plan = report.plan
    if plan.review is None or plan.in_force is None:
        return
    due = _later(plan.in_force, plan.review.every)
    if due < today:
        more = f"，另可延长{plan.review.extension}" if plan.review.extension else ""
        message = f"应于{due.isoformat()}前评估修订，已过期{more}"
        report.add("review-passed", "warning", ("review",), message, clause=plan.review.clause)


def _later(day: date, span: str) -> date:
    number, unit = int(span[1:-1]), span[-1]
    if unit == "D":
        return date.fromordinal(day.toordinal() + number)
    months = day.year * 12 + day.month - 1 + number * _UNITS[unit]
    year, month = divmod(months, 12)
    last = 31
    while True:  # 29 February after whole years, the 31st after whole months
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            last -= 1


def check_version(report: Report, known: Mapping[str, Mapping[str, str]]) -> None:
    """Check that a version that was published once still says the same.

    Args:
        known: for each plan id, the SHA-256 of each published version.
    """
    plan = report.plan
    published = known.get(plan.id, {}).get(plan.version)
    if published is not None and published != digest(plan):
        message = f"版本{plan.version}已发布过别的内容：改动后请换版本号"
        report.add("version-reused", "error", ("version",), message)


def check_readings(report: Report) -> None:
    """List what was read into unclear words, the assumed conventions, and the errata that no rule met."""
    plan = report.plan
    if plan.bounds.basis == "assumed":
        message = "原文没有规定“以上”“以下”是否含本数，按惯例"
        report.add("bounds-assumed", "info", ("bounds",), message, clause=plan.bounds.clause)
    for path, clause, reading in _readings(plan, ()):
        other = f"（另解：{reading.alternative}）" if reading.alternative else ""
        report.add("reading", "info", path, f"解读：{reading.taken}{other}", clause=clause)
    for index, erratum in enumerate(plan.errata):
        if index not in report.used:
            message = f"{erratum.fault}；勘误：{erratum.reading}"
            report.add("erratum", "known", ("errata", index), message, clause=erratum.clause)
        if not any(same_clause(erratum.clause, number) for number in plan.clauses):
            message = f"勘误所指的条款{erratum.clause}不在条款表里"
            report.add("unknown-clause", "error", ("errata", index, "clause"), message)


def _readings(value: Any, path: Path, clause: str = "") -> Iterator[tuple[Path, str, Reading]]:
    if isinstance(value, Reading):
        yield path, clause, value
    elif isinstance(value, Frozen):
        clause = getattr(value, "clause", "") or clause
        for name in type(value).model_fields:
            yield from _readings(getattr(value, name), (*path, name), clause)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _readings(item, (*path, name), clause)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _readings(item, (*path, index), clause)
