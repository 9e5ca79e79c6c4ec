"""Reporting lines: offices whose reports go up to another, and what goes by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import AutoId, JsonText, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lines",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("recipients", JsonText(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lines")),
    )
    op.create_index("ix_lines_jurisdiction", "lines", ["jurisdiction"])
    op.create_index("ix_lines_place", "lines", ["place"])
    op.create_table(
        "submissions",
        sa.Column("id", AutoId, nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name=op.f("fk_submissions_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("key", name=op.f("uq_submissions_key")),
        sqlite_autoincrement=True,
    )
    waits = sa.text("finished_at IS NULL")
    op.create_index(
        "ix_submissions_waiting", "submissions", ["line_id", "stream", "id"], sqlite_where=waits,
        postgresql_where=waits,
    )  # fmt: skip
    op.create_index("ix_submissions_stream", "submissions", ["stream"])
    op.create_index("ix_submissions_line", "submissions", ["line_id", "state"])
    op.create_table(
        "line_cases",
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name=op.f("fk_line_cases_line_id")),
        sa.PrimaryKeyConstraint("line_id", "stream", name=op.f("pk_line_cases")),
    )
    op.create_index("ix_line_cases_reference", "line_cases", ["reference"])
    op.create_index("ix_line_cases_at", "line_cases", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("line_cases")
    op.drop_table("submissions")
    op.drop_table("lines")
