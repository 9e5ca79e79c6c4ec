"""Duties of every day: switches, books, instances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "duty_switches",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "plan_id", name=op.f("pk_duty_switches")),
    )
    op.create_table(
        "duty_books",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("plan_hash", sa.String(), nullable=False),
        sa.Column("bearer_kind", sa.String(), nullable=False),
        sa.Column("bearer", Words(), nullable=False),
        sa.Column("title", Words(), nullable=False),
        sa.Column("kinds", Words(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_duty_books")),
    )
    bearer = ["jurisdiction", "plan_id", "bearer_kind", "bearer", "year"]
    op.create_index("ix_duty_books_bearer", "duty_books", bearer, unique=True)
    op.create_table(
        "duty_instances",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("bearer_kind", sa.String(), nullable=False),
        sa.Column("bearer", Words(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("returned_at", UtcDateTime()),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "jurisdiction", "plan_id", "bearer_kind", "bearer", "duty", "period", name=op.f("pk_duty_instances")
        ),
    )
    op.create_index("ix_duty_instances_stream", "duty_instances", ["stream"])
    op.create_index("ix_duty_instances_due", "duty_instances", ["jurisdiction", "plan_id", "due"])


def downgrade() -> None:
    """Forget the switches; the logs keep the books."""
    op.drop_table("duty_instances")
    op.drop_table("duty_books")
    op.drop_table("duty_switches")
