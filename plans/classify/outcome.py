"""The exact sets of event levels and response levels that are possible over all values of what is unknown.

Level L is possible iff some row of L and the negation of every higher row hold together for some values; a response
level likewise over the conditions of the responses, jointly with the event level that the same values give.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plans.logic import NONE, Box, names_in, space_of
from plans.logic.cells import TRUE, Both, Cells, Clause, Formula, narrow, settle
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
        regions: cells in which it is known to be reached and no higher one; see ``Cells.possible``.
    """

    level: str
    holds: Formula
    fails: Formula
    regions: list[list[int]] = field(default_factory=list)


class Table:
    """The rows of one event class by level, highest first, each level with the formula that one of its rows holds.

    Attributes:
        levels: the event levels of the class, lowest first.
        rows: its rows; empty where the plan grades the class by no table.
    """

    def __init__(self, plan: Plan, cells: Cells, event_class: str) -> None:
        own = next((item.levels for item in plan.classes if item.id == event_class), ())
        self.levels: tuple[str, ...] = own or plan.event_levels
        self.rows: tuple[LevelRow, ...] = tuple(
            row for row in (plan.levels.rows if plan.levels else ()) if not row.classes or event_class in row.classes
        )
        self.steps: list[Step] = []
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
        self._starts: dict[tuple[str, str, bool, bool], tuple[Formula, list[Step]]] = {}
        self._responses = [
            item
            for item in sorted(plan.responses, key=lambda item: -RESPONSE_LEVELS.index(item.level))
            if item.conditions
        ]
        self.responses: list[tuple[str, Term]] = [
            (item.level, Or(tuple(self.space.term(start.when) for start in item.conditions))) for item in self._responses
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

    def outcome(
        self,
        box: Box,
        classes: Sequence[str],
        determined: str | None = None,
        undetermined: bool | None = None,
        among: frozenset[str] | None = None,
    ) -> Outcome:
        """Return what is possible in ``box`` over all of ``classes``.

        Args:
            box: what is known; consistent, as ``Space.box`` gives it.
            classes: the event classes that may be meant.
            determined: the event level that a person determined; it wins over the table.
            undetermined: whether 暂时无法判明等级 counts; by default, when nobody determined the level and the facts
                leave more than one.
            among: the event levels that are possible in a box around this one; no others are looked for.
        """
        events: set[str] = set()
        responses: set[str] = set()
        no_response = False
        domains = self.cells.domains(box)
        per_class = [(name, self._events(box, domains, name, determined, among)) for name in classes]
        for _, levels in per_class:
            events.update(levels)
        unclear = undetermined if undetermined is not None else determined is None and len(events) > 1
        for name, levels in per_class:
            for level in levels or (NONE,):
                found, none = self._started(box, domains, name, level, determined is None, unclear)
                responses.update(found)
                no_response |= none
        order = (BELOW, *self.plan.event_levels)
        return Outcome(
            tuple(level for level in order if level in events),
            tuple(level for level in RESPONSE_LEVELS if level in responses),
            no_response,
        )

    def events(self, box: Box, classes: Sequence[str]) -> tuple[str, ...]:
        """Return only the event levels of :meth:`outcome`."""
        domains = self.cells.domains(box)
        found = frozenset(level for name in classes for level in self._events(box, domains, name, None, None))
        return tuple(level for level in (BELOW, *self.plan.event_levels) if level in found)

    def _events(
        self, box: Box, domains: list[int], event_class: str, determined: str | None, among: frozenset[str] | None
    ) -> tuple[str, ...]:
        if not self.plan.event_levels:
            return ()
        if determined is not None:
            return (determined,)
        table = self.table(event_class)
        if not table.rows:
            return table.levels
        found, none = self._reached(box, domains[:], [], table.steps, among=among)
        return (*found, BELOW) if none else found

    def _started(
        self, box: Box, domains: list[int], event_class: str, level: str, by_table: bool, undetermined: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Return the response levels that may start together with an event level, and whether perhaps none does."""
        goals, steps = self._start(event_class, level, by_table, undetermined)
        if goals is None:
            return (), False
        domains = domains[:]
        if not narrow(domains, goals.atoms):
            return (), False
        return self._reached(box, domains, list(goals.clauses), steps, known=True)

    def _reached(
        self,
        box: Box,
        domains: list[int],
        pending: list[Clause],
        steps: Iterable[Step],
        *,
        known: bool = False,
        among: frozenset[str] | None = None,
    ) -> tuple[tuple[str, ...], bool]:
        """Return the levels of ``steps`` that are possible, and whether perhaps none is reached.

        From the highest level down, ``domains`` (changed) and ``pending`` are narrowed to "no higher one".

        Args:
            known: whether it is known that ``domains`` and ``pending`` leave something.
            among: the only levels to look for, and ``BELOW`` for none of them.
        """
        found: list[str] = []
        for step in steps:
            if step.holds is None:
                continue
            if among is None or step.level in among:
                if (known and step.holds is TRUE) or self._possible(box, domains, pending, step):
                    found.append(step.level)
            if step.fails is None or not narrow(domains, step.fails.atoms):
                return tuple(found), False
            if step.fails is not TRUE:
                known = False
                left = settle(domains, [*pending, *step.fails.clauses])
                if left is None:
                    return tuple(found), False
                pending = [clause for clause, _ in left]
        if among is not None and BELOW not in among:
            return tuple(found), False
        return tuple(found), known or self.cells.possible(domains, pending, box)

    def _possible(self, box: Box, domains: list[int], pending: list[Clause], step: Step) -> bool:
        holds = step.holds
        if holds is None:
            return False
        if holds.atoms:
            domains = domains[:]
            if not narrow(domains, holds.atoms):
                return False
        return self.cells.possible(domains, [*holds.clauses, *pending], box, step.regions)

    def _start(self, event_class: str, level: str, by_table: bool, undetermined: bool) -> tuple[Formula, list[Step]]:
        """Return what makes the table give ``level``, and the start conditions given that it does."""
        key = (event_class, level, by_table, undetermined)
        if (known := self._starts.get(key)) is None:
            fixed: dict[str, str | bool] = {
                "event_class": event_class, "event_level": level, "undetermined": undetermined
            }  # fmt: skip
            table = self.table(event_class)
            goals = self.cells.both(table.goals(level) if by_table and level != NONE and table.rows else ())
            steps = [_step(self.cells, r.level, [c.when for c in r.conditions], fixed) for r in self._responses]
            known = self._starts[key] = goals, steps
        return known


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
