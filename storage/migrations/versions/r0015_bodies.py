"""Schools and other bodies of a place, as offices list them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import JsonText, UtcDateTime, Words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bodies",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer()),
        sa.Column("name", Words(), nullable=False),
        sa.Column("short", JsonText(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("township", Words(), nullable=False),
        sa.Column("head", Words(), nullable=False),
        sa.Column("phones", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "id", "since", name=op.f("pk_bodies")),
    )
    holds = sa.text("until IS NULL")
    op.create_index("ix_bodies_live", "bodies", ["jurisdiction"], sqlite_where=holds, postgresql_where=holds)
    op.create_table(
        "body_lists",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.PrimaryKeyConstraint("jurisdiction", "number", name=op.f("pk_body_lists")),
    )


def downgrade() -> None:
    """Forget every list."""
    op.drop_table("body_lists")
    op.drop_table("bodies")
