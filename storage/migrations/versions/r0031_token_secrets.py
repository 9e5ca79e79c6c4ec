"""A token stays the system's where its secret is another one; the one before opens beside it for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the index."""
    op.add_column("api_tokens", sa.Column("digest_before", sa.String(), nullable=False, server_default=""))
    op.add_column("api_tokens", sa.Column("before_until", UtcDateTime(), nullable=True))
    op.create_index("ix_api_tokens_digest_before", "api_tokens", ["digest_before"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_api_tokens_digest_before", "api_tokens")
    op.drop_column("api_tokens", "before_until")
    op.drop_column("api_tokens", "digest_before")
