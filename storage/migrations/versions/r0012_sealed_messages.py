"""Each sent message has the salt of the digest by which it stands in the chain of sent messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UNSEALED = sa.text("state = 'sent' AND salt IS NULL AND payload != '{}'")


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("outbox", sa.Column("salt", sa.String()))
    op.create_index("ix_outbox_unsealed", "outbox", ["id"], sqlite_where=_UNSEALED, postgresql_where=_UNSEALED)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outbox_unsealed", "outbox")
    op.drop_column("outbox", "salt")
