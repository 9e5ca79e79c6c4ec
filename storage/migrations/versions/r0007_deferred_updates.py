"""Updates that cannot be worked off now and may not be given up: when they are tried again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DEFERRED = sa.text("retry_at IS NOT NULL")


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("inbox", sa.Column("retry_at", UtcDateTime()))
    op.create_index("ix_inbox_deferred", "inbox", ["retry_at"], sqlite_where=_DEFERRED, postgresql_where=_DEFERRED)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_inbox_deferred", "inbox")
    op.drop_column("inbox", "retry_at")
