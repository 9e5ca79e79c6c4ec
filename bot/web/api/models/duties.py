"""Duties, period by period."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.web.api.models.base import Model


class DutyPeriod(Model):
    """A duty of one bearer in one period; ``bearer``: what it is called, of a role, a unit or a listed body."""

    plan: str
    duty: str
    text: str | None
    bearer: str
    bearer_kind: str
    period: str
    first: date
    last: date
    due: datetime
    status: Literal["open", "done", "late", "missed", "not_applicable", "returned"]
    settled_at: datetime | None
    evidence: int


class DutyPeriods(Model):
    """A page of duties."""

    items: list[DutyPeriod]
    next: str | None
