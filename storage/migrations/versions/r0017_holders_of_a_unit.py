"""Who answers for one of thousands of units is found by the unit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OF_A_ROLE = ["jurisdiction", "plan_id", "role"]


def upgrade() -> None:
    """Make the index end with the unit."""
    _renew([*_OF_A_ROLE, "unit"])


def downgrade() -> None:
    """Make it as it was."""
    _renew(_OF_A_ROLE)


def _renew(columns: list[str]) -> None:
    held: dict[str, Any] = {f"{database}_where": sa.text("ended_at IS NULL") for database in ("sqlite", "postgresql")}
    op.drop_index("ix_holdings_role", "holdings")
    op.create_index("ix_holdings_role", "holdings", columns, **held)
