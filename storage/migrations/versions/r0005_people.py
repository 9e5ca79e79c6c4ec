"""Roles held for somebody else for a time; shifts of the duty roster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    with op.batch_alter_table("holdings") as batch:
        batch.add_column(sa.Column("until", UtcDateTime()))
        batch.add_column(sa.Column("acting_for", sa.String()))
        batch.create_foreign_key(op.f("fk_holdings_acting_for"), "people", ["acting_for"], ["id"])
    lent = sa.text("ended_at IS NULL AND until IS NOT NULL")
    op.create_index("ix_holdings_until", "holdings", ["until"], sqlite_where=lent, postgresql_where=lent)
    op.create_table(
        "shifts",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("begins", UtcDateTime(), nullable=False),
        sa.Column("ends", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "plan_id", "begins", "kind", "name", name=op.f("pk_shifts")),
    )
    op.create_index("ix_shifts_ends", "shifts", ["jurisdiction", "plan_id", "ends"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("shifts")
    op.drop_index("ix_holdings_until", "holdings")
    with op.batch_alter_table("holdings") as batch:
        batch.drop_constraint(op.f("fk_holdings_acting_for"), type_="foreignkey")
        batch.drop_column("acting_for")
        batch.drop_column("until")
