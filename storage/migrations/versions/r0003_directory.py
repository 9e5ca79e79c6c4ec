"""The directory can be edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of edits."""
    op.create_table(
        "directory",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("unit", Words(), nullable=False),
        sa.Column("was", Words(), nullable=False),
        sa.Column("number", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("label", Words(), nullable=False),
        sa.Column("note", Words(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory")),
    )
    holds = sa.text("ended_at IS NULL")
    op.create_index("ix_directory_live", "directory", ["jurisdiction"], sqlite_where=holds, postgresql_where=holds)


def downgrade() -> None:
    """Forget every edit."""
    op.drop_table("directory")
