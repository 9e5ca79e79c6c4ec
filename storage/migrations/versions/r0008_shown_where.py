"""A button knows where it was shown."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the place; of buttons that are there already it is not known."""
    # On SQLite the table is made anew, as the program would make it.
    how: Literal["always", "never"] = "always" if op.get_context().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("buttons", recreate=how) as batch:
        batch.add_column(sa.Column("place_id", sa.String()))


def downgrade() -> None:
    """Forget the places."""
    with op.batch_alter_table("buttons") as batch:
        batch.drop_column("place_id")
