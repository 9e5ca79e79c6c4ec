"""Who serves a shift in the place of another, and who asks for that."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SHIFT = ["jurisdiction", "plan_id", "begins", "ends", "kind", "name", "office"]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shift_overrides",
        *_shift(),
        sa.Column("instead_of", sa.String()),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.Column("why", sa.String()),
        sa.Column("request_id", sa.String()),
        sa.Column("told_at", UtcDateTime()),
        *_keys("shift_overrides"),
    )
    op.create_index("ix_shift_overrides_ends", "shift_overrides", ["jurisdiction", "plan_id", "ends"])
    op.create_index("ux_shift_overrides_live", "shift_overrides", SHIFT, unique=True, **_where("until IS NULL"))
    op.create_table(
        "swap_requests",
        *_shift(),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("partner_id", sa.String()),
        sa.Column("other_begins", UtcDateTime()),
        sa.Column("other_ends", UtcDateTime()),
        sa.Column("other_kind", sa.String()),
        sa.Column("other_name", Words()),
        sa.Column("other_office", Words()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String()),
        sa.Column("taken_at", UtcDateTime()),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("chased_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["partner_id"], ["people.id"], name=op.f("fk_swap_requests_partner_id")),
        *_keys("swap_requests"),
    )
    op.create_index("ix_swap_requests_person", "swap_requests", ["person_id"])
    waiting = _where("state IN ('open', 'agreed')")
    op.create_index("ux_swap_requests_waiting", "swap_requests", SHIFT, unique=True, **waiting)


def downgrade() -> None:
    """Forget who serves for whom."""
    op.drop_table("swap_requests")
    op.drop_table("shift_overrides")


def _shift() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("begins", UtcDateTime(), nullable=False),
        sa.Column("ends", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("office", Words(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
    ]


def _keys(table: str) -> list[Any]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
    ]


def _where(condition: str) -> dict[str, Any]:
    return {f"{database}_where": sa.text(condition) for database in ("sqlite", "postgresql")}
