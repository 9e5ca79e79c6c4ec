"""What a plan file can say: one frozen pydantic model per kind of statement. The YAML keys are the field names.

Every statement carries the ``clause`` it comes from; what was read into an unclear clause stands in ``reading``.
"""

from plans.model.base import BOUND_WORDS, EVENT_LEVELS, RESPONSE_LEVELS, Frozen, Reading
from plans.model.command import Calls, Group, Line, Pick, Response, Role, StartCondition, Unit
from plans.model.condition import All, AnyOf, Compare, Condition, Not, Within
from plans.model.facts import CORE_FACTS, Choice, Constraint, EventClass, Fact, LevelRow, LevelTable
from plans.model.obligation import Clock, Form, Obligation, Variation
from plans.model.plan import (
    AfterAction,
    Bounds,
    Clause,
    Duty,
    EndRule,
    Erratum,
    Jurisdiction,
    OnSite,
    Plan,
    Release,
    Review,
    Route,
    ScopeExclusion,
    Subject,
    Warning_,
)

__all__ = [
    "BOUND_WORDS",
    "CORE_FACTS",
    "EVENT_LEVELS",
    "RESPONSE_LEVELS",
    "AfterAction",
    "All",
    "AnyOf",
    "Bounds",
    "Calls",
    "Choice",
    "Clause",
    "Clock",
    "Compare",
    "Condition",
    "Constraint",
    "Duty",
    "EndRule",
    "Erratum",
    "EventClass",
    "Fact",
    "Form",
    "Frozen",
    "Group",
    "Jurisdiction",
    "LevelRow",
    "LevelTable",
    "Line",
    "Not",
    "Obligation",
    "OnSite",
    "Pick",
    "Plan",
    "Reading",
    "Release",
    "Response",
    "Review",
    "Role",
    "Route",
    "ScopeExclusion",
    "StartCondition",
    "Subject",
    "Unit",
    "Variation",
    "Warning_",
    "Within",
]
