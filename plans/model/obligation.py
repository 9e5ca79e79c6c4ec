"""Report obligations (报送义务): the plan's clocks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from plans.model.base import Frozen, Reading, Span
from plans.model.condition import Condition

Start = Literal[
    "occurred",  # 事发
    "known",  # 接报: the office (or the bearer) learnt of it
    "phone_filed",  # the phone report of ``of`` was made
    "filed",  # the previous filing of the same report kind, or of rule ``of``
    "requested",  # a superior asked for verification
    "casualties_changed",  # 造成伤亡人数发生变化
    "response_started",
    "response_adjusted",
    "response_ended",
    "determined",  # the event level was determined
    "holds",  # it became certain that the rule's condition holds: before that nothing is owed, not even possibly
    "closed",
]


class Clock(Frozen):
    """From when, and how long.

    Attributes:
        from_: what starts it.
        of: the rule whose filing starts it (``phone_filed``, ``filed``).
        within: one occurrence; ``PT0S`` is 立即.
        every: recurring: the next is due this long after the previous filing.
        daily: recurring, once in each calendar day (每日).
        workdays: one occurrence, by the end of so many workdays after the day it starts (5个工作日内).
        until: a recurring clock stops at this.
    """

    from_: Start = Field(alias="from")
    of: str = ""
    within: Span | None = None
    every: Span | None = None
    daily: bool = False
    workdays: int | None = Field(default=None, ge=1, le=250)
    until: Literal["response_ended", "final_filed", "closed"] = "response_ended"

    @model_validator(mode="after")
    def _one_kind(self) -> Clock:
        if sum((self.within is not None, self.every is not None, self.daily, self.workdays is not None)) != 1:
            raise ValueError("within、every、daily、workdays 四者恰有其一，如 {from: occurred, within: PT30M}")
        return self


class Variation(Frozen):
    """What changes a rule's span: the first whose condition holds counts."""

    when: Condition
    within: Span | None = None
    every: Span | None = None
    clause: str = ""
    text: str = ""


class Obligation(Frozen):
    """A rule that demands a report or an act by a time; each occurrence is an instance.

    Attributes:
        report: 首报 续报 终报 核实答复 信息发布 总结评估, or the plan's own name.
        applies: the condition in words, for people.
        to: recipients; each is filed for itself.
        to_members: every member unit besides, each for itself (通知各成员单位).
        by_office: the command office files it, so the duty seat is reminded; else the bearer is somebody else
            (the school), and the office only notes that it was done.
        local: the target is the installation's own (本地规定), never mixed with the plan's.
        skip_level: in which words a level may be skipped (越级); empty = it may not.
        skip_to: whom the document names for it. skip_together: it has the regular recipients told at the same time.
        skip_clause: where that stands, if not in the rule's own clause.
        local_target: for 立即: the local service target, labelled.
    """

    id: str
    clause: str
    report: str
    bearer: str
    to: tuple[str, ...] = ()
    to_members: bool = False
    channel: Literal["电话", "书面", "any"] = "any"
    clock: Clock
    when: Condition | None = None
    applies: str = ""
    evidence: str = Field(default="", max_length=40)
    changes: tuple[Variation, ...] = ()
    by_office: bool = True
    local: bool = False
    skip_level: str = ""
    skip_to: tuple[str, ...] = ()
    skip_together: bool = False
    skip_clause: str = ""
    text: str = ""
    reading: Reading | None = None

    @model_validator(mode="after")
    def _condition_that_holds(self) -> Obligation:
        if self.clock.from_ == "holds" and self.when is None:
            raise ValueError("from: holds 从条件成立起算，须写 when，如 {spreading: true}")
        return self


class Form(Frozen):
    """The elements that a report kind must hold, in the plan's order.

    Attributes:
        elements: names of the elements as people read them.
        sources: for each element that the incident's record can fill, the field that fills it: a fact id, or one of
            ``occurred place nature scope trend measures source reporter_unit reporter``; several are separated by
            a space (发生的时间和地点); empty = asked from the duty officer.
    """

    report: str
    clause: str
    elements: tuple[str, ...]
    sources: tuple[str, ...] = ()
    reading: Reading | None = None
