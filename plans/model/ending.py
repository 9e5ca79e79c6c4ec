"""What a plan says of the end of a response, and of what is looked at afterwards."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plans.model.base import Frozen, Reading, Span
from plans.model.condition import Condition


class Review(Frozen):
    """How often the document must be reviewed, and how much longer it may serve after that."""

    every: str = Field(pattern=r"^P\d+[YMD]$")
    clause: str
    extension: str = ""
    text: str = ""


class EndRule(Frozen):
    """Conditions under which a response ends; where there are several rules, each must be met.

    Attributes:
        enough: whether each of the conditions must hold, or one of them.
        assessed_by: the experts or the body that assess it first.
    """

    clause: str
    conditions: tuple[str, ...]
    enough: Literal["all", "any"] = "all"
    by: str = ""
    assessed_by: str = ""
    reading: Reading | None = None


class AfterAction(Frozen):
    """What is owed after the end of a response.

    Attributes:
        id: stable within the document; empty = ``after-`` and its number.
        task: what it is called in lists, in a few words (善后方案, 调查报告).
        by: the bearer in words. bearers: units of the plan that it is, who are told when the response has ended.
        to: to whom it is reported; empty = the command office.
        within: the plan's own time from the end; None = the local one (policy ``after_end``).
        when: at which levels, or of which events.
        obligation: id of the report obligation by which it is carried out.
    """

    id: str = ""
    clause: str
    task: str = Field(default="", max_length=12)
    text: str
    by: str
    bearers: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    within: Span | None = None
    when: Condition | None = None
    obligation: str = ""
