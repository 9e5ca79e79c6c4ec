"""What a token tells of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.web.api.models.base import Model

Scope = Literal["report", "read", "answer", "warn"]


class TokenInfo(Model):
    """A token, to whoever asks with it."""

    id: str
    name: str
    jurisdiction: str
    plans: list[str]
    scopes: list[Scope]
    units: list[str]
    rate: int
    until: datetime
