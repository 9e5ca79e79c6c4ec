"""Messages that a second reader is still to read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "second_readings",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "sequence", name=op.f("pk_second_readings")),
    )
    op.create_index("ix_second_readings_at", "second_readings", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("second_readings")
