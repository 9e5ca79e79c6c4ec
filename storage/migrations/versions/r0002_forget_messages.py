"""Messages whose words are to be forgotten are found without looking at those that were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = sa.text("finished_at IS NOT NULL AND payload != '{}'")


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_outbox_kept_payloads", "outbox", ["finished_at"], sqlite_where=_KEPT, postgresql_where=_KEPT)


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_outbox_kept_payloads", "outbox")
