"""Webhooks: addresses of other systems, and what is sent to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import AutoId, JsonText, UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("types", JsonText(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("key_before", sa.String(), nullable=False),
        sa.Column("key_until", UtcDateTime(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index("ix_webhooks_jurisdiction", "webhooks", ["jurisdiction"])
    op.create_table(
        "webhook_messages",
        sa.Column("id", AutoId, nullable=False),
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_messages_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_messages")),
        sqlite_autoincrement=True,
    )
    waits = sa.text("finished_at IS NULL")
    op.create_index(
        "ix_webhook_messages_waiting", "webhook_messages", ["webhook_id", "stream", "id"], sqlite_where=waits,
        postgresql_where=waits,
    )  # fmt: skip
    op.create_index("ix_webhook_messages_webhook", "webhook_messages", ["webhook_id", "state"])
    op.create_index("ix_webhook_messages_stream", "webhook_messages", ["stream"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("webhook_messages")
    op.drop_table("webhooks")
