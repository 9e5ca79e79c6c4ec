"""The exact sets of event levels and response levels that are possible over all values of what is unknown.

Level L is possible iff some row of L and the negation of every higher row hold together for some values; a response
level likewise over the conditions of the responses, jointly with the event level that the same values give.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.logic import NONE, Box, Space, assume, names_in, possible, space_of
from plans.logic.terms import Or, Term, conjunction, disjunction
from plans.model import BELOW, RESPONSE_LEVELS, LevelRow, Plan, Response


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


class Table:
    """The rows of one event class by level, highest first, each level with the term that one of its rows holds.

    Attributes:
        levels: the event levels of the class, lowest first.
        rows: its rows; empty where the plan grades the class by no table.
    """

    def __init__(self, plan: Plan, space: Space, event_class: str) -> None:
        own = next((item.levels for item in plan.classes if item.id == event_class), ())
        self.levels: tuple[str, ...] = own or plan.event_levels
        self.rows: tuple[LevelRow, ...] = tuple(
            row for row in (plan.levels.rows if plan.levels else ()) if not row.classes or event_class in row.classes
        )
        self.steps: list[tuple[str, Term, Term]] = []
        for level in reversed(plan.event_levels):
            terms = [(space.term(row.when), space.term(row.when, False)) for row in self.rows if row.level == level]
            if terms:
                # The negation of "some row" is the conjunction of the rows' negations.
                self.steps.append((level, disjunction(tuple(t for t, _ in terms)), _all(n for _, n in terms)))

    def goals(self, level: str) -> list[Term]:
        """Return the terms that hold together exactly when the table gives ``level``."""
        goals: list[Term] = []
        for name, holds, fails in self.steps:
            if name == level:
                return [*goals, holds]
            goals.append(fails)
        return goals


class Tables:
    """A plan's level tables and start conditions, compiled.

    Attributes:
        class_matters: whether any row or condition depends on the event class.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.space = space_of(plan)
        self._tables: dict[str, Table] = {}
        self.responses: list[tuple[str, Term, Term]] = []
        for response in sorted(plan.responses, key=lambda item: -RESPONSE_LEVELS.index(item.level)):
            if response.conditions:
                holds = Or(tuple(self.space.term(item.when) for item in response.conditions))
                fails = _all(self.space.term(item.when, False) for item in response.conditions)
                self.responses.append((response.level, holds, fails))
        rows = plan.levels.rows if plan.levels else ()
        conditions = [row.when for row in rows] + [c.when for r in plan.responses for c in r.conditions]
        self.class_matters = (
            any(row.classes for row in rows)
            or any(item.levels for item in plan.classes)
            or any("event_class" in names_in(condition) for condition in conditions)
        )

    def table(self, event_class: str) -> Table:
        """Return the table of one class (``NONE``: of no class)."""
        if (table := self._tables.get(event_class)) is None:
            table = self._tables[event_class] = Table(self.plan, self.space, event_class)
        return table

    def outcome(
        self, box: Box, classes: Sequence[str], determined: str | None = None, undetermined: bool | None = None
    ) -> Outcome:
        """Return what is possible in ``box`` over all of ``classes``.

        Args:
            box: what is known.
            classes: the event classes that may be meant.
            determined: the event level that a person determined; it wins over the table.
            undetermined: whether 暂时无法判明等级 counts; by default, when nobody determined the level and the facts
                leave more than one.
        """
        events: set[str] = set()
        responses: set[str] = set()
        no_response = False
        per_class = [(name, self._events(box, name, determined)) for name in classes]
        for _, levels in per_class:
            events.update(levels)
        unclear = undetermined if undetermined is not None else determined is None and len(events) > 1
        for name, levels in per_class:
            for level in levels or (NONE,):
                found, none = self._responses(box, name, level, determined is None, unclear)
                responses.update(found)
                no_response |= none
        order = (BELOW, *self.plan.event_levels)
        return Outcome(
            tuple(level for level in order if level in events),
            tuple(level for level in RESPONSE_LEVELS if level in responses),
            no_response,
        )

    def _events(self, box: Box, event_class: str, determined: str | None) -> tuple[str, ...]:
        if not self.plan.event_levels:
            return ()
        if determined is not None:
            return (determined,)
        table = self.table(event_class)
        if not table.rows:
            return table.levels
        box = self._of_class(box, event_class)
        found: list[str] = []
        # From the highest level down, the box is narrowed to "no higher row holds"; `pending` is what that leaves open.
        pending: list[Term] = []
        for level, holds, fails in table.steps:
            known = holds.value(box)
            if known is False:
                continue
            if (known is True and not pending) or possible((*pending, holds), box):
                found.append(level)
            if known is True:
                return tuple(found)
            left = assume([*pending, fails], box)
            if left is None or not box.consistent():
                return tuple(found)
            pending = [*left]
        if not pending or possible(pending, box):
            found.append(BELOW)
        return tuple(found)

    def _responses(
        self, box: Box, event_class: str, level: str, by_table: bool, undetermined: bool
    ) -> tuple[set[str], bool]:
        box = self._of_class(box, event_class)
        variable = self.space.names.discrete
        box.domains[variable["event_level"]] = frozenset([level])
        box.domains[variable["undetermined"]] = frozenset([undetermined])
        table = self.table(event_class)
        goals = table.goals(level) if by_table and level != NONE and table.rows else []
        found: set[str] = set()
        higher: list[Term] = []
        for name, holds, fails in self.responses:
            known = holds.value(box)
            if known is False:
                continue
            if (known is True and not higher) or possible((*goals, *higher, holds), box):
                found.add(name)
            if known is True:
                return found, False
            higher.append(fails)
        return found, not higher or possible((*goals, *higher), box)

    def _of_class(self, box: Box, event_class: str) -> Box:
        box = box.copy()
        box.domains[self.space.names.discrete["event_class"]] = frozenset([event_class])
        return box


def _all(terms: Iterable[Term]) -> Term:
    return conjunction(tuple(terms))


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
