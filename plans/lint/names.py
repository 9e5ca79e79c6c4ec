"""Names that a plan file uses and nothing explains: bodies, words typed as one, references in circles, odd dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from plans.lint.command import known_units
from plans.lint.finding import Report
from plans.load.document import Path
from plans.model import Fact, Plan, merge_facts

_COMMAS = re.compile(r"[，；;,]")
_BETWEEN_WORDS = re.compile(r"[，、；;,]")
"""Between words 、 separates too; in the name of a body it may belong there (发展、改革和科技局)."""
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
_COLLECTIVE = re.compile(r"各|有关|相关|事发|当地|现场|上级")
"""A bearer that begins so is many bodies, or a different one each time: no single name stands for it."""

_OF_BODIES = ("units", "obligations", "groups")

AHEAD = 10
"""Years that a document may come into force ahead of today."""

FIRST_YEAR = 1949


def check_names(report: Report, today: date | None = None) -> None:
    """Check references to bodies, word lists, circles, ranks, and the document's date.

    Args:
        today: for the date of coming into force; left out, only what is too early is found.
    """
    _bodies(report)
    _words(report)
    _circles(report)
    _clocks(report)
    _ranks(report)
    _dates(report, today)
    if report.plan.responses and not report.plan.ends:
        report.add("no-ends", "warning", ("responses",), "没有写明响应终止的条件：应有 ends", kinds=("missing-end",))


def _bodies(report: Report) -> None:
    """A body that is called, reports or answers stands among the units; those of the command body are known too."""
    plan = report.plan
    units = known_units(plan)
    known = (
        units | {plan.command_body, plan.office, plan.issuer, plan.office_unit} | {item.name for item in plan.groups}
    )
    known |= {role.title for role in plan.roles.values()}
    known |= {holder for role in plan.roles.values() for holder in role.holders}
    if plan.office_unit and plan.office_unit not in units:
        _unknown(report, "error", ("office_unit",), "办公室所在单位", plan.office_unit, plan.determination_clause)
    for index, unit in enumerate(plan.units):
        for place, name in enumerate(unit.standing_for):
            if name not in units:
                path: Path = ("units", index, "standing_for", place)
                _unknown(report, "error", path, f"{unit.id}所指的单位", name, unit.clause)
        if unit.rung_at and unit.rung_at not in units:
            path = ("units", index, "rung_at")
            _unknown(report, "error", path, f"{unit.id}的电话所在单位", unit.rung_at, unit.clause)
    for index, rule in enumerate(plan.obligations):
        if rule.bearer and rule.bearer not in known and not _COLLECTIVE.match(rule.bearer):
            path = ("obligations", index, "bearer")
            _unknown(report, "warning", path, f"{rule.id}的责任单位", rule.bearer, rule.clause)
    for index, subject in enumerate(plan.subjects):
        if subject.unit not in known:
            path = ("subjects", index, "unit")
            _unknown(report, "warning", path, "负责的单位", subject.unit, subject.clause)


def _unknown(report: Report, severity: str, path: Path, what: str, name: str, clause: str) -> None:
    message = f"{what}{name}不在单位名录里；应写名录里的名称，或为它加一条单位（不是成员单位的写 member: false）"
    report.add(
        "unknown-unit", "error" if severity == "error" else "warning", path, message, clause=clause, kinds=("naming",)
    )


def _words(report: Report) -> None:
    for path, word in _word_lists(report.plan):
        separators = _COMMAS if path[0] in _OF_BODIES else _BETWEEN_WORDS
        if separators.search(_ASIDE.sub("", word)):
            parts = [part.strip() for part in separators.split(word) if part.strip()]
            message = f"“{word}”读作一个词；应分开写，如 [{', '.join(parts)}]"
            report.add("word-list", "error", path, message)


def _word_lists(plan: Plan) -> Iterator[tuple[Path, str]]:
    lists: list[tuple[Path, Iterable[str]]] = [(("words",), plan.words)]
    for name, fact in plan.facts.items():
        for key in ("words", "per", "raised_by", "said_by", "denied_by", "of", "not_of"):
            lists.append((("facts", name, key), getattr(fact, key)))
        for index, choice in enumerate(fact.choices):
            lists.append((("facts", name, "choices", index, "said_by"), choice.said_by))
    for index, item in enumerate(plan.classes):
        lists.append((("classes", index, "words"), item.words))
    for index, unit in enumerate(plan.units):
        lists += [(("units", index, key), getattr(unit, key)) for key in ("aliases", "standing_for")]
    for index, subject in enumerate(plan.subjects):
        lists.append((("subjects", index, "words"), subject.words))
    for index, excluded in enumerate(plan.excludes):
        lists.append((("excludes", index, "words"), excluded.words))
    for index, rule in enumerate(plan.obligations):
        lists.append((("obligations", index, "to"), rule.to))
    for index, group in enumerate(plan.groups):
        lists += [(("groups", index, key), getattr(group, key)) for key in ("lead", "members")]
    for path, words in lists:
        for place, word in enumerate(words):
            yield (*path, place), word


def _circles(report: Report) -> None:
    """What refers to itself by a chain of references never comes to an end."""
    plan = report.plan
    facts = merge_facts(plan.facts, casualties=plan.casualties)
    raised = {name: [other for other in fact.raised_by if other in facts] for name, fact in facts.items()}
    for name in _in_circles(raised):
        if not _from_outside(name, raised, facts):
            message = f"{raised[name][0]}又由{name}引出，别无词语能引出它们；应去掉一条，或加上词语"
            report.add("circle", "error", ("facts", name, "raised_by"), message, clause=facts[name].clause)
    rung = {unit.id: [unit.rung_at] for unit in plan.units if unit.rung_at}
    standing = {unit.id: list(unit.standing_for) for unit in plan.units if unit.standing_for}
    for key, graph in (("rung_at", rung), ("standing_for", standing)):
        for name in _in_circles(graph):
            index = next(i for i, unit in enumerate(plan.units) if unit.id == name)
            message = f"{name}的 {key} 绕回到自己；应指向另有电话的单位"
            report.add("circle", "error", ("units", index, key), message, clause=plan.units[index].clause)
    for name in _in_circles({name: list(role.also) for name, role in plan.roles.items()}):
        message = f"{plan.roles[name].title}的 also 绕回到自己；应只写在兼任的一方"
        report.add("circle", "error", ("roles", name, "also"), message, clause=plan.roles[name].clause)


def _from_outside(name: str, raised: Mapping[str, list[str]], facts: Mapping[str, Fact]) -> bool:
    """Return whether a report can open a fact, or one that raises it, without any of them being open before."""
    seen, todo = {name}, [name]
    while todo:
        fact = facts[todo.pop()]
        if (
            fact.open
            or fact.words
            or fact.said_by
            or any(choice.said_by for choice in fact.choices)
            or any(word not in facts for word in fact.raised_by)
        ):
            return True
        fresh = [other for other in fact.raised_by if other not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return False


def _in_circles(graph: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each name from which the references lead back to it."""
    for name in graph:
        seen: set[str] = set()
        todo = list(graph[name])
        while todo:
            other = todo.pop()
            if other == name:
                yield name
                break
            if other not in seen:
                seen.add(other)
                todo.extend(graph.get(other, ()))


def _clocks(report: Report) -> None:
    """A clock that waits for its own filing never begins."""
    plan = report.plan
    first = any(rule.report == "首报" and rule.by_office and rule.clock.from_ != "filed" for rule in plan.obligations)
    waits = {rule.id: [rule.clock.of] for rule in plan.obligations if rule.clock.of and not _recurring(rule.clock)}
    circles = set(_in_circles(waits))
    for index, rule in enumerate(plan.obligations):
        path: Path = ("obligations", index, "clock")
        if rule.id in circles:
            message = f"{rule.id}从{rule.clock.of}报出起算，绕回到自己，永不开始；应从别的时刻起算，如 from: occurred"
            report.add("clock-start", "error", path, message, clause=rule.clause)
        elif rule.clock.from_ == "filed" and not rule.clock.of:
            if not first or (rule.report == "首报" and not _recurring(rule.clock)):
                message = f"{rule.id}从首报报出起算，而没有别的首报可等；应写 from: occurred 或 of: 哪一条"
                report.add("clock-start", "error", path, message, clause=rule.clause)
            elif not _recurring(rule.clock):
                message = f"{rule.id}的 from: filed 没有 of：按首报报出起算；应写明 of: 哪一条"
                report.add("clock-of", "warning", path, message, clause=rule.clause, reading=rule.reading)


def _recurring(clock: object) -> bool:
    return bool(getattr(clock, "every", None) or getattr(clock, "daily", False))


def _ranks(report: Report) -> None:
    """Whoever may declare a higher level stands no lower than whoever may declare only a lower one."""
    plan = report.plan
    best = {
        response.level: min(
            (plan.roles[name].rank for name in response.declared_by if name in plan.roles), default=None
        )
        for response in plan.responses
    }
    order = [level for level in reversed(plan.response_order) if best.get(level) is not None]
    for higher, lower in itertools.pairwise(order):
        one, other = best[higher], best[lower]
        if one is not None and other is not None and one > other:
            index = next(i for i, response in enumerate(plan.responses) if response.level == higher)
            message = f"{higher}级由rank {one}的职务宣布，{lower}级却由rank {other}的宣布；rank 以0为最高"
            clause = plan.responses[index].clause
            report.add("rank", "warning", ("responses", index, "declared_by"), message, clause=clause)


def _dates(report: Report, today: date | None) -> None:
    day = report.plan.in_force
    if day is None:
        return
    if day.year < FIRST_YEAR or (today is not None and day.year > today.year + AHEAD):
        message = f"施行日期{day.isoformat()}不像真的；应为文件写明的日期，如 2025-04-10"
        report.add("in-force", "error", ("in_force",), message)
