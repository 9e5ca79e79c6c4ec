"""What all statements of a plan share."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

EVENT_LEVELS = ("潜在", "一般", "较大", "重大", "特别重大")
"""Event levels, lowest first (潜在 stands in one class of one plan only)."""

BELOW = "未达标准"
"""Below every level of the table."""

RESPONSE_LEVELS = ("Ⅳ", "Ⅲ", "Ⅱ", "Ⅰ")
"""Response levels, lowest first; each plan uses some of them."""

BOUND_WORDS = ("以上", "以下", "超过")


def _iso_only(value: Any) -> Any:
    if isinstance(value, timedelta) or (isinstance(value, str) and value.startswith("P")):
        return value
    raise ValueError("ISO 8601 时长，如 PT30M、PT4H、P1D")


Span = Annotated[timedelta, BeforeValidator(_iso_only)]
"""A length of time in a plan file: ISO 8601 only, since a bare number would be read as seconds."""


class Frozen(BaseModel):
    """Base of all plan statements: immutable, and an unknown key is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Reading(Frozen):
    """How an unclear clause was read (解读), shown beside its citation.

    Attributes:
        taken: the reading that the plan file encodes.
        alternative: the other way in which the words can be read.
        basis: ``reading`` (a choice), ``derived`` (follows from other clauses) or ``assumed`` (the document is silent).
    """

    taken: str
    alternative: str = ""
    basis: str = "reading"
