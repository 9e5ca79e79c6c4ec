"""Messages of which nobody knows whether they arrived are dead letters too: they are counted and found as such."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the index hold both kinds."""
    _index("state = 'dead' OR state = 'ambiguous'")


def downgrade() -> None:
    """Let it hold one."""
    _index("state = 'dead'")


def _index(which: str) -> None:
    op.drop_index("ix_outbox_dead", table_name="outbox")
    op.create_index("ix_outbox_dead", "outbox", ["id"], sqlite_where=sa.text(which), postgresql_where=sa.text(which))
