"""What a plan file can say: one frozen pydantic model per kind of statement. The YAML keys are the field names.

Every statement carries the ``clause`` it comes from; what was read into an unclear clause stands in ``reading``.
"""

from plans.model.base import BELOW, BOUND_WORDS, EVENT_LEVELS, RESPONSE_LEVELS, Frozen, Reading, Span
from plans.model.command import (
    Adjusting,
    Calls,
    FirstAction,
    Group,
    Line,
    MayRaise,
    Pick,
    Response,
    Role,
    StartCondition,
    Unit,
)
from plans.model.condition import RESERVED, All, AnyOf, Compare, Condition, Expression, Not, Within
from plans.model.duty import Duty, Every, ThemeDay
from plans.model.ending import AfterAction, EndRule, Review
from plans.model.facts import (
    CORE_CONSTRAINTS,
    CORE_FACTS,
    Calendar,
    Choice,
    Constraint,
    EventClass,
    Fact,
    LevelRow,
    LevelTable,
    Raise,
    merge_facts,
)
from plans.model.obligation import Clock, Form, Obligation, Variation
from plans.model.plan import (
    Aid,
    Bounds,
    Citation,
    Clause,
    Erratum,
    Jurisdiction,
    OnSite,
    Plan,
    Release,
    Route,
    ScopeExclusion,
    Subject,
)
from plans.model.warning import Warning_, WarningCall


def complete() -> None:
    """Make what checks and writes each kind of statement; otherwise it is made where one is first needed."""
    kinds: list[type[Frozen]] = [Frozen]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        kind.model_rebuild()


__all__ = [
    "BELOW",
    "BOUND_WORDS",
    "CORE_CONSTRAINTS",
    "CORE_FACTS",
    "EVENT_LEVELS",
    "RESERVED",
    "RESPONSE_LEVELS",
    "Adjusting",
    "AfterAction",
    "Aid",
    "All",
    "AnyOf",
    "Bounds",
    "Calendar",
    "Calls",
    "Choice",
    "Citation",
    "Clause",
    "Clock",
    "Compare",
    "Condition",
    "Constraint",
    "Duty",
    "EndRule",
    "Erratum",
    "EventClass",
    "Every",
    "Expression",
    "Fact",
    "FirstAction",
    "Form",
    "Frozen",
    "Group",
    "Jurisdiction",
    "LevelRow",
    "LevelTable",
    "Line",
    "MayRaise",
    "Not",
    "Obligation",
    "OnSite",
    "Pick",
    "Plan",
    "Raise",
    "Reading",
    "Release",
    "Response",
    "Review",
    "Role",
    "Route",
    "ScopeExclusion",
    "Span",
    "StartCondition",
    "Subject",
    "ThemeDay",
    "Unit",
    "Variation",
    "WarningCall",
    "Warning_",
    "Within",
    "complete",
    "merge_facts",
]
