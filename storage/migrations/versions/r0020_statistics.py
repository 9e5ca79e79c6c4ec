"""What is counted of incidents and warnings: their lines, and a row for each thing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import AutoId, UtcDateTime, Words

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; rounds and questions fill them from the logs."""
    op.create_table(
        "statistics_cases",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime()),
        sa.Column("day", sa.Date()),
        sa.Column("sort", Words(), nullable=False),
        sa.Column("level", Words(), nullable=False),
        sa.Column("response", Words(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("definitions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_statistics_cases")),
    )
    op.create_index("ix_statistics_cases_day", "statistics_cases", ["jurisdiction", "drill", "day"])
    alike = ["jurisdiction", "drill", "plan_id", "kind", "sort", "level", "response", "state", "open", "day"]
    op.create_index("ix_statistics_cases_alike", "statistics_cases", alike)
    op.create_table(
        "statistics_kinds",
        sa.Column("id", AutoId, nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("key", Words(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("clause", Words(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics_kinds")),
    )
    alike = ["jurisdiction", "plan_id", "drill", "topic", "key", "name", "outcome", "clause", "local"]
    op.create_index("ix_statistics_kinds_alike", "statistics_kinds", alike, unique=True)
    op.create_table(
        "statistics_rows",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", AutoId, nullable=False),
        sa.Column("day", sa.Integer()),
        sa.Column("open_until", AutoId),
        sa.Column("seconds", sa.Integer()),
        sa.Column("subject", Words(), nullable=False),
        sa.Column("channel", Words(), nullable=False),
        sa.Column("since", UtcDateTime()),
        sa.Column("due", UtcDateTime()),
        sa.Column("at", UtcDateTime()),
        sa.PrimaryKeyConstraint("stream", "n", name=op.f("pk_statistics_rows")),
    )
    op.create_index("ix_statistics_rows_counted", "statistics_rows", ["kind", "day", "open_until", "seconds"])


def downgrade() -> None:
    """Forget what was counted; the logs tell it again."""
    op.drop_table("statistics_rows")
    op.drop_table("statistics_kinds")
    op.drop_table("statistics_cases")
