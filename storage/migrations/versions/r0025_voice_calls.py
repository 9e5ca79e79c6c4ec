"""Calls by an automatic telephone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import JsonText, UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "voice_calls",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("rows", JsonText(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pressed", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_voice_calls_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_calls")),
    )
    op.create_index("ix_voice_calls_person", "voice_calls", ["person_id", "asked_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("voice_calls")
