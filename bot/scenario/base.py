"""What every part of a scenario file is made of: strict models, moments, levels."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.clock import SHANGHAI
from plans.times.durations import is_offset, offset
from plans.times.moments import instant

Kind = Literal[
    "received", "asked", "proposal", "refused", "announcement", "call", "ack", "escalation", "reminder", "overdue",
    "filed", "card", "ended", "final", "closed", "note", "warning", "duty", "log", "instruction", "inject",
]  # fmt: skip
"""Kinds of lines in the timeline (docs/contract.md)."""


_LATIN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "一": "Ⅰ", "二": "Ⅱ", "三": "Ⅲ", "四": "Ⅳ"}


class ScenarioError(Exception):
    """A scenario cannot be played; the message names the file and line, and what was expected."""


def moment(value: Any) -> datetime | timedelta:
    """Return a moment: ``+10m`` from the occurrence, or ISO 8601 (Beijing time where it has no offset)."""
    if isinstance(value, str) and is_offset(value):
        return offset(value)
    if isinstance(value, str | datetime):
        return instant(value, SHANGHAI)
    raise ValueError("moment")


def response_level(value: Any) -> str:
    """Return Ⅰ–Ⅳ for II, 二级 and the like, another name as it is: which ones there are, the plan says."""
    bare = str(value).strip().removesuffix("响应").removesuffix("级")
    return _LATIN.get(bare.upper(), bare)


class Part(BaseModel):
    """A part of a file: nothing in it that is not known, and nothing that changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def several(value: Any) -> Any:
    """Let one value stand for a list of one."""
    if isinstance(value, str | datetime):
        return (value,)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    return tuple(value) if isinstance(value, list) else value
