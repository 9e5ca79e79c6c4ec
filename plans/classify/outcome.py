"""The exact sets of event levels and response levels that are possible over all values of what is unknown.

Level L is possible iff some row of L and the negation of every higher row hold together for some values; a response
level likewise over the conditions of the responses, jointly with the event level that the same values give.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plans.classify.rows import rows_of
from plans.classify.scope import Scope
from plans.logic import NONE, Box, names_in, space_of
from plans.logic.cells import TRUE, Cells, Formula
from plans.logic.search import Goal, Reach, Search, simplified
from plans.logic.terms import Or, Term
from plans.model import BELOW, Expression, LevelRow, Plan, Response


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
    size: int = field(init=False)
    """How many answers are left."""

    def __post_init__(self) -> None:
        """Count."""
        object.__setattr__(self, "size", len(self.events) + len(self.responses) + self.no_response)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return len(self.events) < 2 and len(self.responses) + self.no_response < 2


_Premise = tuple[str, str, bool, bool]
"""An event class and level, whether the table gave the level, whether 暂时无法判明等级 counts."""


class Table:
    """The rows of one event class, and for each level what makes the table give it.

    Attributes:
        levels: the event levels of the class, lowest first.
        rows: its rows; empty where the plan grades the class by no table.
        goals: per level, highest first, that one of its rows holds and none of a higher level; ``BELOW`` last.
    """

    def __init__(self, plan: Plan, rows: Sequence[LevelRow], cells: Cells, event_class: str) -> None:
        own = next((item.levels for item in plan.classes if item.id == event_class), ())
        self.levels: tuple[str, ...] = own or plan.event_levels
        self.rows: tuple[LevelRow, ...] = tuple(row for row in rows if not row.classes or event_class in row.classes)
        steps = [
            (level, [row.when for row in self.rows if row.level == level]) for level in reversed(plan.event_levels)
        ]
        self.goals = _ladder(cells, TRUE, steps, BELOW, {"event_class": event_class})


class Tables:
    """A plan's level tables and start conditions, compiled.

    Attributes:
        rows: the rows of all classes, with those that are raised.
        class_matters: whether any row or condition depends on the event class.
        responses: per response level, highest first, the term that it starts.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.space = space_of(plan)
        self._tables: dict[str, Table] = {}
        self._scopes: dict[tuple[str, ...], Scope] = {}
        self._starts: dict[_Premise, list[Goal]] = {}
        self._order = (BELOW, *plan.event_levels)
        self._responses = [
            item for item in sorted(plan.responses, key=lambda item: -plan.height(item.level)) if item.conditions
        ]
        self.responses: list[tuple[str, Term]] = [
            (item.level, Or(tuple(self.space.term(start.when) for start in item.conditions)))
            for item in self._responses
        ]
        rows = self.rows = rows_of(plan)
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
            table = self._tables[event_class] = Table(self.plan, self.rows, self.cells, event_class)
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
        return self.outcome_in(Search(self.cells, box), classes, determined, undetermined)

    def outcome_in(
        self,
        reach: Reach,
        classes: Sequence[str],
        determined: str | None = None,
        undetermined: bool | None = None,
    ) -> Outcome:
        """Return what is possible in a box or a part of one; see :meth:`outcome`."""
        per_class = [(name, self._events(reach, name, determined)) for name in classes]
        events = {level for _, levels in per_class for level in levels}
        responses: set[str] = set()
        unclear = undetermined if undetermined is not None else determined is None and len(events) > 1
        for name, levels in per_class:
            for level in levels or (NONE,):
                responses.update(self._started(reach, (name, level, determined is None, unclear)))
        return Outcome(
            tuple([level for level in self._order if level in events]),
            tuple([level for level in self.plan.response_order if level in responses]),
            NONE in responses,
        )

    def events(self, box: Box, classes: Sequence[str]) -> tuple[str, ...]:
        """Return only the event levels of :meth:`outcome`."""
        search = Search(self.cells, box)
        levels = {level for name in classes for level in self._events(search, name, None)}
        return tuple([level for level in self._order if level in levels])

    def _events(self, reach: Reach, event_class: str, determined: str | None) -> tuple[str, ...]:
        if not self.plan.event_levels:
            return ()
        if determined is not None:
            return (determined,)
        table = self.table(event_class)
        if not table.rows:
            return table.levels
        return _reached(reach, table.goals)

    def _started(self, reach: Reach, premise: _Premise) -> tuple[str, ...]:
        """Return the response levels that may start together with an event level; ``NONE`` among them: perhaps none."""
        goals = self._starts.get(premise)
        if goals is None:
            goals = self._starts[premise] = self._start(*premise)
        # Where one is left, no fact matters: the event level is known to be possible.
        return (goals[0].level,) if len(goals) == 1 else _reached(reach, goals)

    def _start(self, event_class: str, level: str, by_table: bool, undetermined: bool) -> list[Goal]:
        fixed: dict[str, str | bool] = {
            "event_class": event_class, "event_level": level, "undetermined": undetermined
        }  # fmt: skip
        condition: Formula = TRUE
        if by_table and level != NONE and (table := self.table(event_class)).rows:
            condition = next(goal.formula for goal in table.goals if goal.level == level)
        steps = [(response.level, [item.when for item in response.conditions]) for response in self._responses]
        return _ladder(self.cells, condition, steps, NONE, fixed)


def _reached(reach: Reach, goals: Iterable[Goal]) -> tuple[str, ...]:
    return tuple([goal.level for goal in goals if reach.possible(goal)])


def _ladder(
    cells: Cells,
    condition: Formula,
    steps: Iterable[tuple[str, Sequence[Expression]]],
    rest: str,
    fixed: Mapping[str, str | bool],
) -> list[Goal]:
    """Return what it is to reach each level and no higher one, then to reach none; what cannot be is left out.

    Args:
        condition: what holds anyway.
        steps: levels, the highest first, each with its conditions, of which one suffices.
        rest: the name of none.
        fixed: see ``Cells.formula``.
    """
    goals = []
    for level, whens in steps:
        holds = cells.either(cells.formula(when, fixed) for when in whens)
        goals.append(Goal(level, simplified(cells, cells.both([condition, holds]))))
        # The negation of "some" is the conjunction of the negations.
        condition = simplified(cells, cells.both([condition, *(cells.formula(when, fixed, False) for when in whens)]))
    return [goal for goal in [*goals, Goal(rest, condition)] if goal.formula is not None]


_KEPT = 64
_tables: OrderedDict[int, Tables] = OrderedDict()


def tables_of(plan: Plan) -> Tables:
    """Return the plan's compiled tables, made once for as long as the plan object is in use."""
    tables = _tables.get(id(plan))
    if tables is None:
        tables = _tables[id(plan)] = Tables(plan)
        while len(_tables) > _KEPT:
            _tables.popitem(last=False)
    return tables


def response_for(plan: Plan, level: str | None) -> Response | None:
    """Return the plan's response of ``level``, or None."""
    return next((response for response in plan.responses if response.level == level), None)
