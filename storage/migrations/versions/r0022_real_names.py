"""Who people are: names, offices and telephones that were confirmed, asked for, or written into an invitation."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime, Words

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WHO = {"people": "real_name", "invitations": "name", "claims": "name"}
SHIFT = ("jurisdiction", "plan_id", "begins", "kind", "name")


def upgrade() -> None:
    """Add the columns; everybody on record is not confirmed yet. A roster may have two of one name in a shift."""
    for table, name in WHO.items():
        with op.batch_alter_table(table) as batch:
            for column in (name, "office", "phone"):
                batch.add_column(_words(column))
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("confirmed_at", UtcDateTime()))
        batch.add_column(sa.Column("asked_at", UtcDateTime()))
    with op.batch_alter_table("seats") as batch:
        batch.add_column(sa.Column("said", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("shifts", recreate=_anew()) as batch:
        batch.add_column(_words("office"))
        batch.drop_constraint("pk_shifts", type_="primary")
        batch.create_primary_key("pk_shifts", [*SHIFT, "office"])


def downgrade() -> None:
    """Forget who people are."""
    op.execute("DELETE FROM shifts WHERE office <> ''")
    with op.batch_alter_table("shifts", recreate=_anew()) as batch:
        batch.drop_constraint("pk_shifts", type_="primary")
        batch.create_primary_key("pk_shifts", list(SHIFT))
        batch.drop_column("office")
    with op.batch_alter_table("seats") as batch:
        batch.drop_column("said")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("asked_at")
        batch.drop_column("confirmed_at")
    for table, name in WHO.items():
        with op.batch_alter_table(table) as batch:
            for column in ("phone", "office", name):
                batch.drop_column(column)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words(), nullable=False, server_default="")


def _anew() -> Literal["always", "never"]:
    # SQLite changes the key of a table only by making it anew.
    return "always" if op.get_context().dialect.name == "sqlite" else "never"
