"""Another installation that serves the same jurisdiction: who binds there confirms it, administrators hear of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.clock import SHANGHAI
from bot.outgoing.administrators import to_administrators
from bot.service.requests import Requester
from bot.service.service import Service

ServesToo = Callable[[str], Awaitable[str]]
"""Returns the database of another installation that serves a jurisdiction; empty where none is known of."""


async def nobody_beside(jurisdiction: str) -> str:
    """Return that no other installation is known of: beside a file nothing can be seen."""
    return ""


async def tell_served_twice(service: Service, jurisdiction: str, database: str) -> None:
    """Tell the administrators of a jurisdiction that another installation serves it too, once a day at most.

    Raises:
        Unavailable: the database cannot now.
    """
    today = service.clock.now().astimezone(SHANGHAI).date()
    async with service.store.reading() as rx:
        messages = await to_administrators(rx, jurisdiction, service.admins, "served_twice", database=database)
    cause = f"served-twice:{jurisdiction}:{database}:{today.isoformat()}"
    await service.say(messages, cause=cause, requester=Requester())
