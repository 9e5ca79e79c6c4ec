"""What another system may read: decided by the same rules as in the chats, of what its token holds.

A token for reading is read as an office of each of its plans that works on nothing: it lists and reads what is under
them, and nowhere else. What is shown to it leaves out persons all the same (``bot.web.api``).
"""

from __future__ import annotations

from bot.office.api_work import served_ids
from bot.office.reader import REPORTER, Reader
from bot.service import Service
from plans.core.command import platform_id
from storage.api_tokens import ApiToken
from storage.people import Holding

READS = "platform"
"""The role; no plan has one of that name."""


def reader_of(service: Service, token: ApiToken) -> Reader:
    """Return a token with what it holds now."""
    roles: list[tuple[str, str | None]] = []
    roles += [(READS, None)] if "read" in token.scopes else []
    roles += [(REPORTER, None)] if "report" in token.scopes else []
    return Reader(
        person_id=platform_id(token.id),
        holdings=tuple(
            Holding(
                id=f"{token.id}:{plan}:{role}", person_id=platform_id(token.id), jurisdiction=token.jurisdiction,
                plan_id=plan, role=role, unit=unit, granted_by=token.created_by, granted_at=token.created_at,
            )
            for plan in served_ids(service, token)
            for role, unit in roles
        ),
    )  # fmt: skip
