"""Tokens of other systems, and what they brought by the API."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import AutoId, JsonText, UtcDateTime, Words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plans", JsonText(), nullable=False),
        sa.Column("scopes", JsonText(), nullable=False),
        sa.Column("units", JsonText(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
    )
    op.create_index("ix_api_tokens_jurisdiction", "api_tokens", ["jurisdiction"])
    op.create_table(
        "api_requests",
        sa.Column("number", AutoId, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("body", JsonText(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("answer", JsonText(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["token_id"], ["api_tokens.id"], name=op.f("fk_api_requests_token_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_api_requests")),
        sa.UniqueConstraint("id", name=op.f("uq_api_requests_id")),
        sa.UniqueConstraint("token_id", "key", name=op.f("uq_api_requests_token_id_key")),
    )
    op.create_index("ix_api_requests_due_at", "api_requests", ["due_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("api_requests")
    op.drop_table("api_tokens")
