"""Who may look by browser: screens that wait for a pairing, links, and what was opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import JsonText, UtcDateTime, Words

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "web_screens",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_screens")),
        sa.UniqueConstraint("code", name=op.f("uq_web_screens_code")),
    )
    op.create_table(
        "web_links",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_web_links_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_links")),
    )
    op.create_index("ix_web_links_person", "web_links", ["person_id"])
    op.create_table(
        "web_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("jurisdictions", JsonText(), nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.Column("used_at", UtcDateTime()),
        sa.Column("seen_at", UtcDateTime()),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_web_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_web_sessions_digest")),
    )
    op.create_index("ix_web_sessions_person", "web_sessions", ["person_id"])


def downgrade() -> None:
    """Let nobody look; the admin logs keep who did."""
    op.drop_table("web_sessions")
    op.drop_table("web_links")
    op.drop_table("web_screens")
