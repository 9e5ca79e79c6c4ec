"""What happened: the log of calls, and the changes that pages follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Call:
    """A line of the log of calls. ``status`` is 0 while it runs, and stays so when it was cut before any effect."""

    number: int
    at: datetime
    bot: str
    method: str
    chat: int | str | None
    params: Json
    status: int = 0
    description: str | None = None
    fault: str | None = None
    result: Any = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that happened, for pages that follow the world."""

    number: int
    kind: str
    chat: str | None = None
    message: int | None = None
    user: int | None = None
