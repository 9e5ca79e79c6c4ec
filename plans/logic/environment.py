"""Whether a condition of a plan holds, where facts are unknown and several event levels are possible."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from plans.logic.box import Box
from plans.logic.solve import possible
from plans.logic.space import Space
from plans.logic.variables import NONE
from plans.model import Expression, Plan
from plans.values import FactValue

_SPACES = 64
_spaces: OrderedDict[int, tuple[Plan, Space]] = OrderedDict()


def space_of(plan: Plan) -> Space:
    """Return the plan's variables, compiled once for as long as the plan object is in use."""
    # Keyed by identity, since a plan holds dictionaries; the plan is kept so that its identity is not given away.
    entry = _spaces.get(id(plan))
    if entry is None:
        entry = _spaces[id(plan)] = (plan, Space(plan))
        while len(_spaces) > _SPACES:
            _spaces.popitem(last=False)
    return entry[1]


class Truth(Enum):
    """Whether a condition holds for all, some or no values of what is unknown."""

    TRUE = "true"
    FALSE = "false"
    POSSIBLE = "possible"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What a condition is judged by.

    Attributes:
        facts: what is known, by fact id; what is left out is open or closed as the plan says.
        event_levels: the event levels that are possible (one, when determined); empty when the plan has none.
        undetermined: no person has determined the level, or 暂时无法判明 was declared.
        response_level: the declared one, or None.
        event_class: the chosen class, or None: any of the plan's.
        raised: closed facts that the incident raised without a value.
    """

    plan: Plan
    facts: Mapping[str, FactValue]
    event_levels: frozenset[str]
    undetermined: bool
    response_level: str | None = None
    event_class: str | None = None
    drill: bool = False
    raised: frozenset[str] = frozenset()

    @cached_property
    def box(self) -> Box:
        """What is known, for the solver; raise FactError."""
        space = space_of(self.plan)
        box, _ = space.box(self.facts, self.raised)
        variable = space.names.discrete
        classes = frozenset([self.event_class] if self.event_class else [item.id for item in self.plan.classes])
        box.domains[variable["event_level"]] = frozenset(self.event_levels) or frozenset([NONE])
        box.domains[variable["undetermined"]] = frozenset([self.undetermined])
        box.domains[variable["response_level"]] = frozenset([self.response_level or NONE])
        box.domains[variable["event_class"]] = classes or frozenset([NONE])
        box.domains[variable["drill"]] = frozenset([self.drill])
        return box


def truth(condition: Expression | None, env: Environment) -> Truth:
    """Return whether ``condition`` holds in ``env``; no condition always holds.

    The event level and the facts are taken as independent of each other here: the level is a person's determination.

    Raises:
        FactError: a fact that the plan does not know, or a value that it cannot have.
    """
    if condition is None:
        return Truth.TRUE
    space = space_of(env.plan)
    term = space.term(condition)
    value = term.value(env.box)
    if value is None:
        box = env.box.afresh()
        if not possible((term,), box):
            value = False
        elif not possible((space.term(condition, False),), box):
            value = True
    return Truth.POSSIBLE if value is None else Truth.TRUE if value else Truth.FALSE
