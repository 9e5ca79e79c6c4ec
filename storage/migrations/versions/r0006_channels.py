"""Other ways to a person than Telegram."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "channels",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("quiet", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("proved_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_channels_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_channels_place_id")),
    )
    op.create_index("ix_channels_person", "channels", ["person_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("channels")
