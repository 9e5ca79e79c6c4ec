"""What a plan says of warnings (预警): its levels, who issues them, whom they call."""

from __future__ import annotations

from typing import Literal

from plans.model.base import Frozen, Reading
from plans.model.condition import Condition


class Warning_(Frozen):
    """A warning level (预警) with its conditions and measures, and who may issue and lift it.

    Attributes:
        issuers: role ids that may issue it.
        issuing_units: units whose liaisons may issue it, each within its own duties (归口管理).
        above: the body that issues it instead; then it is only passed on here.
        lifters: role ids that may lift it; empty = whoever issued it, or a role above him (谁发布，谁解除).
    """

    level: str
    colour: Literal["红", "橙", "黄", "蓝", ""] = ""
    clause: str
    conditions: tuple[str, ...] = ()
    any: tuple[Condition, ...] = ()
    measures: tuple[str, ...] = ()
    issued_by: str = ""
    lifted_by: str = ""
    issuers: tuple[str, ...] = ()
    issuing_units: tuple[str, ...] = ()
    above: str = ""
    lifters: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    reading: Reading | None = None


class WarningCall(Frozen):
    """Which listed bodies of its area a warning calls (叫应), beside the offices of townships that are units.

    Attributes:
        kinds: as the office's list tells bodies apart (学校, 幼儿园, 企业, or a word of its own); empty = every body.
        levels: of the plan's warnings; empty = every one, and what is passed on without a level.
    """

    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    clause: str
    text: str = ""
    reading: Reading | None = None
