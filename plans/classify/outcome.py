"""The exact sets of event levels and response levels that are possible over all values of what is unknown.

Level L is possible iff some row of L and the negation of every higher row hold together for some values; a response
level likewise over the conditions of the responses, jointly with the event level that the same values give.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plans.classify.scope import Scope
from plans.logic import NONE, Box, names_in, space_of
from plans.logic.cells import TRUE, Cells, Clause, Formula
from plans.logic.search import Search, narrow, settle
from plans.logic.terms import Or, Term
from plans.model import BELOW, RESPONSE_LEVELS, Expression, LevelRow, Plan, Response


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is possible.

    Attributes:
        events: event levels, lowest first, 未达标准 below all; empty for a plan without event levels.
        responses: response levels, lowest first.
        no_response: perhaps no response level starts at all.
    """

    events: tuple[str, ...]
    responses: tuple[str, ...]
    no_response: bool

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return len(self.events) < 2 and len(self.responses) + self.no_response < 2

    @property
    def size(self) -> int:
        """How many answers are left."""
        return len(self.events) + len(self.responses) + self.no_response


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a table: what it is to reach it, and what it is not to.

    Attributes:
        regions: cells in which it is known to be reached and no higher one; see ``Search.possible``.
    """

    level: str
    holds: Formula
    fails: Formula
    regions: list[list[int]] = field(default_factory=list)


_Given = tuple[str, str, bool, bool]
"""An event class and level, whether the table gave the level, whether 暂时无法判明等级 counts."""

Reached = tuple[tuple[str, ...], bool]
"""The levels that may be reached, and whether perhaps none is."""


@dataclass(frozen=True, slots=True)
class _Start:
    """What makes the table give a level, the start conditions then, and what they come to where no fact matters."""

    goals: Formula
    steps: list[Step]
    settled: Reached | None
    rest: list[list[int]] = field(default_factory=list)


class Table:
    """The rows of one event class by level, highest first, each level with the formula that one of its rows holds.

    Attributes:
        levels: the event levels of the class, lowest first.
        rows: its rows; empty where the plan grades the class by no table.
        rest: cells in which no row holds; see ``Search.possible``.
    """

    def __init__(self, plan: Plan, cells: Cells, event_class: str) -> None:
        own = next((item.levels for item in plan.classes if item.id == event_class), ())
        self.levels: tuple[str, ...] = own or plan.event_levels
        self.rows: tuple[LevelRow, ...] = tuple(
            row for row in (plan.levels.rows if plan.levels else ()) if not row.classes or event_class in row.classes
        )
        self.steps: list[Step] = []
        self.rest: list[list[int]] = []
        fixed = {"event_class": event_class}
        for level in reversed(plan.event_levels):
            whens = [row.when for row in self.rows if row.level == level]
            if whens:
                self.steps.append(_step(cells, level, whens, fixed))

    def goals(self, level: str) -> list[Formula]:
        """Return the formulas that hold together exactly when the table gives ``level``."""
        goals: list[Formula] = []
        for step in self.steps:
            if step.level == level:
                return [*goals, step.holds]
            goals.append(step.fails)
        return goals


class Tables:
    """A plan's level tables and start conditions, compiled.

    Attributes:
        class_matters: whether any row or condition depends on the event class.
        responses: per response level, highest first, the term that it starts.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.space = space_of(plan)
        self._tables: dict[str, Table] = {}
        self._scopes: dict[tuple[str, ...], Scope] = {}
        self._starts: dict[_Given, _Start] = {}
        self._order = (BELOW, *plan.event_levels)
        self._responses = [
            item
            for item in sorted(plan.responses, key=lambda item: -RESPONSE_LEVELS.index(item.level))
            if item.conditions
        ]
        self.responses: list[tuple[str, Term]] = [
            (item.level, Or(tuple(self.space.term(start.when) for start in item.conditions)))
            for item in self._responses
        ]
        rows = plan.levels.rows if plan.levels else ()
        conditions = [row.when for row in rows] + [c.when for r in plan.responses for c in r.conditions]
        self.cells = Cells(self.space, conditions, frozenset(["event_class"]))
        self.class_matters = (
            any(row.classes for row in rows)
            or any(item.levels for item in plan.classes)
            or any("event_class" in names_in(condition) for condition in conditions)
        )

    def table(self, event_class: str) -> Table:
        """Return the table of one class (``NONE``: of no class)."""
        if (table := self._tables.get(event_class)) is None:
            table = self._tables[event_class] = Table(self.plan, self.cells, event_class)
        return table

    def scope(self, classes: tuple[str, ...]) -> Scope:
        """Return what the plan says of some classes."""
        if (scope := self._scopes.get(classes)) is None:
            while len(self._scopes) >= _KEPT:
                del self._scopes[next(iter(self._scopes))]
            scope = self._scopes[classes] = Scope(self.plan, self.space, (self.table(name).rows for name in classes))
        return scope

    def outcome(
        self, box: Box, classes: Sequence[str], determined: str | None = None, undetermined: bool | None = None
    ) -> Outcome:
        """Return what is possible in ``box`` over all of ``classes``.

        Args:
            box: what is known; consistent, as ``Space.box`` gives it.
            classes: the event classes that may be meant.
            determined: the event level that a person determined; it wins over the table.
            undetermined: whether 暂时无法判明等级 counts; by default, when nobody determined the level and the facts
                leave more than one.
        """
        search = Search(self.cells, box)
        return self.outcome_in(search, search.domains, classes, determined, undetermined)

    def outcome_in(
        self,
        search: Search,
        domains: list[int],
        classes: Sequence[str],
        determined: str | None = None,
        undetermined: bool | None = None,
        among: frozenset[str] | None = None,
    ) -> Outcome:
        """Return what is possible in a part of a box; see :meth:`outcome`.

        Args:
            search: of the box.
            domains: the part.
            among: the event levels that are possible in the whole box; no others are looked for.
        """
        per_class = [(name, self._events(search, domains, name, determined, among)) for name in classes]
        events = {level for _, levels in per_class for level in levels}
        responses: set[str] = set()
        no_response = False
        unclear = undetermined if undetermined is not None else determined is None and len(events) > 1
        for name, levels in per_class:
            for level in levels or (NONE,):
                found, none = self._started(search, domains, (name, level, determined is None, unclear))
                responses.update(found)
                no_response |= none
        return Outcome(
            tuple([level for level in self._order if level in events]),
            tuple([level for level in RESPONSE_LEVELS if level in responses]),
            no_response,
        )

    def events(self, box: Box, classes: Sequence[str]) -> tuple[str, ...]:
        """Return only the event levels of :meth:`outcome`."""
        search = Search(self.cells, box)
        found = {level for name in classes for level in self._events(search, search.domains, name, None, None)}
        return tuple([level for level in self._order if level in found])

    def _events(
        self,
        search: Search,
        domains: list[int],
        event_class: str,
        determined: str | None,
        among: frozenset[str] | None,
    ) -> tuple[str, ...]:
        if not self.plan.event_levels:
            return ()
        if determined is not None:
            return (determined,)
        table = self.table(event_class)
        if not table.rows:
            return table.levels
        found, none = _reached(search, domains[:], (), table.steps, table.rest, among=among)
        return (*found, BELOW) if none else found

    def _started(self, search: Search, domains: list[int], given: _Given) -> Reached:
        """Return the response levels that may start together with an event level, and whether perhaps none does."""
        start = self._starts.get(given)
        if start is None:
            start = self._starts[given] = self._start(*given)
        if start.settled is not None:
            return start.settled
        domains = domains[:]
        if start.goals is None or not narrow(domains, start.goals.atoms):
            return (), False
        return _reached(search, domains, start.goals.clauses, start.steps, start.rest, known=True)

    def _start(self, event_class: str, level: str, by_table: bool, undetermined: bool) -> _Start:
        fixed: dict[str, str | bool] = {
            "event_class": event_class, "event_level": level, "undetermined": undetermined
        }  # fmt: skip
        table = self.table(event_class)
        goals = self.cells.both(table.goals(level) if by_table and level != NONE and table.rows else ())
        steps = [_step(self.cells, r.level, [c.when for c in r.conditions], fixed) for r in self._responses]
        may = [step for step in steps if step.holds is not None]
        settled: Reached | None = None
        if not may:
            settled = (), True
        elif may[0].holds is TRUE:
            settled = (may[0].level,), False
        return _Start(goals, steps, settled)


def _reached(
    search: Search,
    domains: list[int],
    pending: Sequence[Clause],
    steps: Iterable[Step],
    rest: list[list[int]],
    *,
    known: bool = False,
    among: frozenset[str] | None = None,
) -> Reached:
    """Return the levels of ``steps`` that are possible, and whether perhaps none is reached.

    From the highest level down, ``domains`` (changed) and ``pending`` are narrowed to "no higher one".

    Args:
        rest: cells in which none is reached; see ``Search.possible``.
        known: whether it is known that ``domains`` and ``pending`` leave something.
        among: the only levels to look for, and ``BELOW`` for none of them.
    """
    found: list[str] = []
    for step in steps:
        if step.holds is None:
            continue
        if among is None or step.level in among:
            if (known and step.holds is TRUE) or _possible(search, domains, pending, step):
                found.append(step.level)
        if step.fails is None or not narrow(domains, step.fails.atoms):
            return tuple(found), False
        if step.fails is not TRUE:
            known = False
            if pending or step.fails.clauses:
                left = settle(domains, [*pending, *step.fails.clauses])
                if left is None:
                    return tuple(found), False
                pending = [clause for clause, _ in left]
    if among is not None and BELOW not in among:
        return tuple(found), False
    return tuple(found), known or search.possible(domains, pending, rest)


def _possible(search: Search, domains: list[int], pending: Sequence[Clause], step: Step) -> bool:
    holds = step.holds
    if holds is None:
        return False
    if holds.atoms:
        domains = domains[:]
        if not narrow(domains, holds.atoms):
            return False
    return search.possible(domains, [*holds.clauses, *pending], step.regions)


def _step(cells: Cells, level: str, whens: Sequence[Expression], fixed: Mapping[str, str | bool]) -> Step:
    return Step(
        level,
        cells.either(cells.formula(when, fixed) for when in whens),
        # The negation of "some" is the conjunction of the negations.
        cells.both(cells.formula(when, fixed, False) for when in whens),
    )


_KEPT = 64
_tables: OrderedDict[int, Tables] = OrderedDict()


def tables_of(plan: Plan) -> Tables:
    """Return the plan's compiled tables, made once for as long as the plan object is in use."""
    known = _tables.get(id(plan))
    if known is None:
        known = _tables[id(plan)] = Tables(plan)
        while len(_tables) > _KEPT:
            _tables.popitem(last=False)
    return known


def response_for(plan: Plan, level: str | None) -> Response | None:
    """Return the plan's response of ``level``, or None."""
    return next((response for response in plan.responses if response.level == level), None)
