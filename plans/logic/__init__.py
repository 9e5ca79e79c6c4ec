"""Values, unknowns and conditions: what holds for all, some or no values of what is unknown (exactly)."""

from plans.logic.box import BUDGET, Box
from plans.logic.environment import Environment, Truth, space_of, truth
from plans.logic.solve import assume, possible
from plans.logic.space import FactError, Space
from plans.logic.terms import facts_in, names_in
from plans.logic.variables import NONE

__all__ = [
    "BUDGET",
    "NONE",
    "Box",
    "Environment",
    "FactError",
    "Space",
    "Truth",
    "assume",
    "facts_in",
    "names_in",
    "possible",
    "space_of",
    "truth",
]
