"""Who leads a work group for which the plan names nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "group_leads",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("group_name", Words(), nullable=False),
        sa.Column("lead", Words(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_group_leads_person_id")),
        sa.PrimaryKeyConstraint("jurisdiction", "plan_id", "group_name", name=op.f("pk_group_leads")),
    )


def downgrade() -> None:
    """Forget who leads; the admin logs keep it."""
    op.drop_table("group_leads")
