"""Whose turn a message takes, and when a chat was last rung, is found without reading all that the chat was told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index(
        "ix_outbox_turn", "outbox", ["place_id", "coalesce"], **_where("finished_at IS NULL AND coalesce IS NOT NULL")
    )
    op.create_index("ix_outbox_begun", "outbox", ["place_id", "notice", "id"], **_where("claimed_at IS NOT NULL"))


def downgrade() -> None:
    """Leave it to the other indexes."""
    op.drop_index("ix_outbox_begun", "outbox")
    op.drop_index("ix_outbox_turn", "outbox")


def _where(condition: str) -> dict[str, Any]:
    return {f"{database}_where": sa.text(condition) for database in ("sqlite", "postgresql")}
