"""Calls that a token's unit may answer, and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.web.api.models.base import InIncident, Model, Name, Short


class OpenCall(InIncident):
    """A call that a token's unit may answer."""

    plan: str
    place: str | None
    class_name: str | None
    response_level: str | None
    unit: str
    round: int
    status: str
    called_at: datetime
    answered_at: datetime | None


class OpenCalls(Model):
    """A page of them."""

    items: list[OpenCall]
    next: str | None


class UnitAnswer(Model):
    """What a unit answers; ``round``: to which call, left out = the last."""

    unit: Name
    answer: Name
    round: Annotated[int, Field(ge=0, le=10_000)] = 0
    note: Short | None = None


class Answered(Model):
    """What became of an answer."""

    id: str
    state: Literal["kept", "recorded"]
    received_at: datetime
