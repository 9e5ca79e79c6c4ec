"""Secrets of invitations are taken out of what was sent, is to be sent, and came in.

A message that waits would be sent without its link: it is dropped, and the invitation made again by whoever asked.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOTICES = ("invited", "invited_all")
_LINK = re.compile(r"(?<=start=)[A-Za-z0-9_-]{16,64}")
_START = re.compile(r"(/start(?:@\w+)? )([A-Za-z0-9_-]{16,64})")

_OUTBOX = sa.table("outbox", *(sa.column(name) for name in ("id", "notice", "payload", "state", "error")))
_INBOX = sa.table("inbox", *(sa.column(name) for name in ("id", "payload")))


def upgrade() -> None:
    """Take them out."""
    connection = op.get_bind()
    wanted = _OUTBOX.c.notice.in_(NOTICES)
    for id_, payload, state in connection.execute(
        sa.select(_OUTBOX.c.id, _OUTBOX.c.payload, _OUTBOX.c.state).where(wanted)
    ).all():
        values: dict[str, Any] = {"payload": _cleaned(payload)}
        if state == "pending":
            values |= {"state": "dropped", "error": "its link was taken out by an upgrade: invite anew"}
        connection.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == id_).values(values))
    like = sa.or_(_INBOX.c.payload.like("%/start%"), _INBOX.c.payload.like("%start=%"))
    for id_, payload in connection.execute(sa.select(_INBOX.c.id, _INBOX.c.payload).where(like)).all():
        kept = _LINK.sub(_dots, _START.sub(lambda match: f"{match[1]}={_digest(match[2])}", payload))
        if kept != payload:
            connection.execute(sa.update(_INBOX).where(_INBOX.c.id == id_).values(payload=kept))


def _cleaned(payload: str) -> str:
    found = json.loads(payload)
    for name in ("photo", "document"):
        if isinstance(found.get(name), dict):
            found[name] = {**found[name], "content": ""}  # the picture or sheet of the link
    return _LINK.sub(_dots, json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _dots(match: re.Match[str]) -> str:
    return "·" * len(match[0])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def downgrade() -> None:
    """Nothing comes back."""
