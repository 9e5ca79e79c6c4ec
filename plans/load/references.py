"""Cross references that must hold for a plan to be usable: every name that a statement uses is known.

What only weakens a plan (a group with an unknown member, a unit without a line) is for :mod:`plans.lint`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from plans.load.document import Document, Path, where
from plans.load.error import Problem
from plans.measures import UNITS, Unit
from plans.model import (
    BELOW,
    EVENT_LEVELS,
    RESPONSE_LEVELS,
    All,
    AnyOf,
    Compare,
    Expression,
    Fact,
    Not,
    Plan,
    Within,
    merge_facts,
)

_NO_UNIT = Unit("", 1, ())

Fault = tuple[Path, str, str]
"""Where, what was found, what was expected."""

_IN_ROWS = frozenset({"event_class"})
_IN_WARNINGS = frozenset({"event_class", "response_level"})
_IN_RESPONSES = frozenset({"event_class", "event_level", "undetermined"})
_IN_OBLIGATIONS = frozenset({"event_class", "event_level", "undetermined", "response_level", "drill"})
_FORM_SOURCES = frozenset("occurred place nature scope trend measures source reporter_unit reporter".split())


def check_references(plan: Plan, document: Document) -> list[Problem]:
    """Return the problems with their lines."""
    return [
        Problem(line=document.line(path), where=where(path), found=actual, expected=expected)
        for path, actual, expected in _Check(plan).faults()
    ]


class _Check:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.facts = merge_facts(plan.facts, casualties=plan.casualties)
        self.classes = [item.id for item in plan.classes]
        self.units = [unit.id for unit in plan.units]
        self.rules = [rule.id for rule in plan.obligations]
        self.response_levels = [response.level for response in plan.responses]

    def faults(self) -> Iterator[Fault]:
        yield from self._names()
        yield from self._facts()
        yield from self._levels()
        yield from self._responses()
        yield from self._obligations()
        yield from self._others()

    def _known(self, path: Path, name: str, names: Iterable[str], kind: str) -> Iterator[Fault]:
        names = list(names)
        if name not in names:
            yield path, f"不认识的{kind} {name}", f"以下之一：{'、'.join(names) or '（本预案没有）'}"

    def _names(self) -> Iterator[Fault]:
        rows = self.plan.levels.rows if self.plan.levels else ()
        for key, names in (
            ("classes", self.classes),
            ("units", self.units),
            ("obligations", self.rules),
            ("responses", self.response_levels),
            ("levels.rows", [row.id for row in rows]),
            ("duties", [duty.id for duty in self.plan.duties if duty.id]),
        ):
            for name, times in Counter(names).items():
                if times > 1:
                    last = len(names) - 1 - names[::-1].index(name)
                    yield (*key.split("."), last), f"{name} 出现{times}次", "每个名称只用一次"

    def _facts(self) -> Iterator[Fault]:
        for name, own in self.plan.facts.items():
            fact, path = self.facts[name], ("facts", name)
            if name in _IN_OBLIGATIONS:
                yield path, f"事实名 {name} 是保留字", "别的名称"
            if own.includes and fact.type != "count":
                yield (*path, "includes"), f"type 为 {fact.type}", "count：只有按个数的事实能包含别的"
            for index, part in enumerate(own.includes):
                yield from self._number((*path, "includes", index), part, "count")
                if self._reaches(part, name):
                    yield (*path, "includes", index), f"{part} 又包含 {name}", "不循环的包含关系"
            for index, item in enumerate(own.classes):
                yield from self._known((*path, "classes", index), item, self.classes, "事件类别")
            for index, role in enumerate(own.judged_by):
                yield from self._known((*path, "judged_by", index), role, [*self.plan.roles, "duty"], "职务")
            if (fact.type == "choice") != bool(fact.choices):
                yield (
                    path,
                    f"type 为 {fact.type}，choices 有{len(fact.choices)}个",
                    "choice 类型的事实有 choices，别的没有",
                )
            if fact.calendar is not None and fact.type != "flag":
                yield (*path, "calendar"), f"type 为 {fact.type}", "flag：日历只回答是或否"
            if fact.ticks and (fact.type != "number" or UNITS.get(fact.unit, _NO_UNIT).dimension != "time"):
                yield (*path, "ticks"), f"type 为 {fact.type}，unit 为 {fact.unit}", "number，单位为 分钟、小时、天 等"
            if fact.stopped_by:
                yield from self._known((*path, "stopped_by"), fact.stopped_by, self.facts, "事实")
            ids = [choice.id for choice in fact.choices]
            if len(set(ids)) != len(ids):
                yield (*path, "choices"), "选项 id 重复", "每个选项自己的 id"
        for index, constraint in enumerate(self.plan.constraints):
            kinds = set()
            for side in ("smaller", "larger"):
                name = getattr(constraint, side)
                faults = list(self._number(("constraints", index, side), name, None))
                yield from faults
                kinds |= set() if faults else {self.facts[name].type}
            if len(kinds) > 1:
                yield ("constraints", index), "一边是 count，一边是 number", "两边同一类型"

    def _number(self, path: Path, name: str, kind: str | None) -> Iterator[Fault]:
        yield from self._known(path, name, self.facts, "事实")
        fact = self.facts.get(name)
        if fact is not None and (fact.type not in ("count", "number") or kind not in (None, fact.type)):
            yield path, f"{name} 的类型是 {fact.type}", kind or "count 或 number 类型的事实"

    def _reaches(self, start: str, goal: str) -> bool:
        seen: set[str] = set()
        todo = [start]
        while todo:
            name = todo.pop()
            if name == goal:
                return True
            if name not in seen and name in self.facts:
                seen.add(name)
                todo.extend(self.facts[name].includes)
        return False

    def _levels(self) -> Iterator[Fault]:
        yield from self._names_of_levels("event_levels", self.plan.event_levels, EVENT_LEVELS, "事件级别")
        yield from self._names_of_levels("response_levels", self.plan.response_levels, RESPONSE_LEVELS, "响应级别")
        for index, item in enumerate(self.plan.classes):
            for place, level in enumerate(item.levels):
                yield from self._known(("classes", index, "levels", place), level, self.plan.event_levels, "事件级别")
        for index, more in enumerate(self.plan.levels.raises if self.plan.levels else ()):
            here: Path = ("levels", "raises", index)
            for place, name in enumerate(more.classes):
                yield from self._known((*here, "classes", place), name, self.classes, "事件类别")
            yield from self._condition((*here, "when"), more.when, _IN_ROWS)
        for index, row in enumerate(self.plan.levels.rows if self.plan.levels else ()):
            path: Path = ("levels", "rows", index)
            yield from self._known((*path, "level"), row.level, self.plan.event_levels, "事件级别")
            for place, name in enumerate(row.classes):
                yield from self._known((*path, "classes", place), name, self.classes, "事件类别")
            yield from self._condition((*path, "when"), row.when, _IN_ROWS)

    def _names_of_levels(self, key: str, own: tuple[str, ...], usual: tuple[str, ...], kind: str) -> Iterator[Fault]:
        """The usual names in their order, or all of the document's own: one odd name among them is a slip."""
        if any(level in usual for level in own):
            for index, level in enumerate(own):
                yield from self._known((key, index), level, usual, kind)
            if list(own) != [level for level in usual if level in own]:
                yield (key,), "、".join(own), "由低到高、不重复"
            return
        for index, level in enumerate(own):
            if level in (BELOW, "", *own[:index]) or level != level.strip() or " " in level:
                yield (key, index), f"{kind} {level}", "不重复、没有空格的名称，由低到高"
            elif level.endswith("级") and key == "response_levels":
                yield (key, index), f"{kind} {level}", f"不带“级”字，程序会加上：{level.removesuffix('级')}"

    def _responses(self) -> Iterator[Fault]:
        for name, role in self.plan.roles.items():
            for place, other in enumerate(role.also):
                yield from self._known(("roles", name, "also", place), other, self.plan.roles, "职务")
        for place, name in enumerate(self.plan.determined_by):
            yield from self._known(("determined_by", place), name, [*self.plan.roles, "duty"], "职务")
        adjusting = self.plan.adjusting
        lowering = adjusting.lowered_by if adjusting is not None else ()
        for place, name in enumerate(() if isinstance(lowering, str) else lowering):
            yield from self._known(("adjusting", "lowered_by", place), name, self.plan.roles, "职务")
        for index, response in enumerate(self.plan.responses):
            path: Path = ("responses", index)
            yield from self._known((*path, "level"), response.level, self.plan.response_order, "响应级别")
            for key in ("declared_by", "ended_by", "adjusted_by"):
                names = getattr(response, key)
                for place, name in enumerate(() if isinstance(names, str) else names):
                    yield from self._known((*path, key, place), name, self.plan.roles, "职务")
            for place, condition in enumerate(response.conditions):
                yield from self._condition((*path, "conditions", place, "when"), condition.when, _IN_RESPONSES)
            for place, unit in enumerate(response.calls.always):
                yield from self._known((*path, "calls", "always", place), unit, self.units, "单位")
            for number, pick in enumerate(response.calls.picks):
                here: Path = (*path, "calls", "picks", number)
                for place, name in enumerate(pick.classes):
                    yield from self._known((*here, "classes", place), name, self.classes, "事件类别")
                for place, unit in enumerate(pick.units):
                    yield from self._known((*here, "units", place), unit, self.units, "单位")

        for index, raising in enumerate(self.plan.raising):
            flags = [name for name, fact in self.facts.items() if fact.type == "flag"]
            yield from self._known(("raising", index, "fact"), raising.fact, flags, "是否的事实")
            for place, name in enumerate(raising.judged_by):
                yield from self._known(("raising", index, "judged_by", place), name, self.plan.roles, "职务")
        first = self.plan.first_action
        for place, unit in enumerate(first.units if first else ()):
            yield from self._known(("first_action", "units", place), unit, self.units, "单位")

    def _obligations(self) -> Iterator[Fault]:
        for index, rule in enumerate(self.plan.obligations):
            path: Path = ("obligations", index)
            if rule.clock.of:
                yield from self._known((*path, "clock", "of"), rule.clock.of, self.rules, "报送义务")
            elif rule.clock.from_ == "phone_filed":
                yield (*path, "clock"), "from: phone_filed 没有 of", "of：哪一条电话报告"
            if rule.when is not None:
                yield from self._condition((*path, "when"), rule.when, _IN_OBLIGATIONS)
            for place, change in enumerate(rule.changes):
                yield from self._condition((*path, "changes", place, "when"), change.when, _IN_OBLIGATIONS)

    def _others(self) -> Iterator[Fault]:
        sources = [*self.facts, *sorted(_FORM_SOURCES)]
        for index, form in enumerate(self.plan.forms):
            for place, source in enumerate(form.sources):
                for name in source.split():
                    yield from self._known(("forms", index, "sources", place), name, sources, "来源")
            if form.sources and len(form.sources) != len(form.elements):
                actual = f"elements {len(form.elements)}项，sources {len(form.sources)}项"
                yield ("forms", index, "sources"), actual, "一一对应，没有来源的写空文字"
        for index, warning in enumerate(self.plan.warnings):
            for place, condition in enumerate(warning.any):
                yield from self._condition(("warnings", index, "any", place), condition, _IN_WARNINGS)
            for key, names, known, what in (
                ("issuers", warning.issuers, list(self.plan.roles), "职务"),
                ("lifters", warning.lifters, list(self.plan.roles), "职务"),
                ("issuing_units", warning.issuing_units, self.units, "单位"),
            ):
                for place, name in enumerate(names):
                    yield from self._known(("warnings", index, key, place), name, known, what)
        for index, call in enumerate(self.plan.warning_calls):
            for place, name in enumerate(call.levels):
                graded = [item.level for item in self.plan.warnings]
                yield from self._known(("warning_calls", index, "levels", place), name, graded, "预警级别")
        for index, action in enumerate(self.plan.after):
            for place, name in enumerate(action.bearers):
                yield from self._known(("after", index, "bearers", place), name, self.units, "单位")
            if action.obligation:
                yield from self._known(("after", index, "obligation"), action.obligation, self.rules, "报送义务")
            if action.when is not None:
                yield from self._condition(("after", index, "when"), action.when, _IN_OBLIGATIONS)
        for index, group in enumerate(self.plan.groups):
            for place, name in enumerate(group.classes):
                yield from self._known(("groups", index, "classes", place), name, self.classes, "事件类别")
        for index, post in enumerate(self.plan.on_site):
            for key, names, known, what in (
                ("levels", post.levels, self.response_levels, "响应级别"),
                ("named_by", post.named_by, list(self.plan.roles), "职务"),
                ("held_by", post.held_by, list(post.named_by), "指定现场指挥长的职务"),
            ):
                for place, name in enumerate(names):
                    yield from self._known(("on_site", index, key, place), name, known, what)
        for index, aid in enumerate(self.plan.aid):
            for place, name in enumerate(aid.levels):
                yield from self._known(("aid", index, "levels", place), name, self.response_levels, "响应级别")
            for place, name in enumerate(aid.units):
                yield from self._known(("aid", index, "units", place), name, self.units, "单位")
            if aid.demanded and (not aid.levels or aid.units):
                yield ("aid", index, "demanded"), "demanded 没有写在哪几级，或写了提出请求的单位", "levels 和空的 units"
        for index, route in enumerate(self.plan.routes):
            for place, name in enumerate(route.classes):
                yield from self._known(("routes", index, "classes", place), name, self.classes, "事件类别")
        for index, release in enumerate(self.plan.releases):
            for place, level in enumerate(release.levels):
                levels = (*self.plan.event_levels, *self.plan.response_order)
                yield from self._known(("releases", index, "levels", place), level, levels, "级别")
            for key, names, known, what in (
                ("roles", release.roles, list(self.plan.roles), "职务"),
                ("approvers", release.approvers, list(self.plan.roles), "职务"),
                ("units", release.units, self.units, "单位"),
            ):
                for place, name in enumerate(names):
                    yield from self._known(("releases", index, key, place), name, known, what)

    def _condition(self, path: Path, expression: Expression, reserved: frozenset[str]) -> Iterator[Fault]:
        if isinstance(expression, All | AnyOf):
            for part in expression.parts:
                yield from self._condition(path, part, reserved)
        elif isinstance(expression, Not):
            yield from self._condition(path, expression.part, reserved)
        elif isinstance(expression, Compare):
            yield from self._compare(path, expression)
        elif expression.fact in _IN_OBLIGATIONS:
            yield from self._variable(path, expression, reserved)
        else:
            yield from self._within(path, expression)

    def _compare(self, path: Path, compare: Compare) -> Iterator[Fault]:
        yield from self._known(path, compare.fact, self.facts, "事实")
        fact = self.facts.get(compare.fact)
        if fact is not None and fact.type not in ("count", "number"):
            yield path, f"用数比较 {compare.fact}，而它的类型是 {fact.type}", "count 或 number 类型的事实"

    def _variable(self, path: Path, within: Within, reserved: frozenset[str]) -> Iterator[Fault]:
        if within.fact not in reserved:
            yield path, f"这里用了 {within.fact}", f"事实，或{'、'.join(sorted(reserved))}"
            return
        values: Iterable[str | bool] = {
            "event_level": (*self.plan.event_levels, BELOW),
            "event_class": self.classes,
            "response_level": self.response_levels,
        }.get(within.fact, (True, False))
        yield from self._values(path, within, values)

    def _within(self, path: Path, within: Within) -> Iterator[Fault]:
        yield from self._known(path, within.fact, self.facts, "事实")
        fact: Fact | None = self.facts.get(within.fact)
        if fact is None:
            return
        if fact.type in ("count", "number"):
            yield path, f"{within.fact} 是数，却写成 {'、'.join(map(str, within.values))}", "界限，如 {ge: 3}"
            return
        values = [choice.id for choice in fact.choices] if fact.type == "choice" else [True, False]
        yield from self._values(path, within, values)

    def _values(self, path: Path, within: Within, values: Iterable[str | bool]) -> Iterator[Fault]:
        allowed = list(values)
        for value in within.values:
            if value not in allowed:
                names = "、".join(str(item).lower() if isinstance(item, bool) else item for item in allowed)
                yield path, f"{within.fact} 没有 {value} 这一项", f"以下之一：{names or '（本预案没有）'}"
