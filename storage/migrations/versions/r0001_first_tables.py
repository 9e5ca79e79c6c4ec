"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import AutoId, JsonText, UtcDateTime, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def where(condition: str) -> dict[str, Any]:
    """Return the arguments of an index over some rows only."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "buttons",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String()),
        sa.Column("stream", sa.String()),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("args", JsonText(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("meaning", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buttons")),
    )
    op.create_index("ix_buttons_object", "buttons", ["object"], **where("closed_at IS NULL"))
    op.create_index("ix_buttons_stream", "buttons", ["stream"], **where("closed_at IS NULL"))
    op.create_index("uq_buttons_meaning", "buttons", ["meaning"], unique=True, **where("closed_at IS NULL"))
    op.create_table(
        "causes",
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("result", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("cause", name=op.f("pk_causes")),
    )
    op.create_table(
        "checkpoints",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "holds",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_holds")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", AutoId, nullable=False),
        sa.Column("update_id", sa.BigInteger()),
        sa.Column("chat_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("payload", Words()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", Words()),
        sa.Column("finished_at", UtcDateTime()),
        sa.Column("worker", sa.String()),
        sa.Column("claimed_until", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("update_id", name=op.f("uq_inbox_update_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_kept_payloads", "inbox", ["finished_at"], **where("payload IS NOT NULL"))
    op.create_index("ix_inbox_quarantined", "inbox", ["id"], **where("state = 'quarantined'"))
    op.create_index("ix_inbox_unfinished", "inbox", ["chat_key", "update_id"], **where("finished_at IS NULL"))
    op.create_table(
        "journal",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "sequence", name=op.f("pk_journal")),
    )
    op.create_table(
        "journal_heads",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("checkpointed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_journal_heads")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", Words(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "obligations",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("due", UtcDateTime()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("next_wake", UtcDateTime()),
        sa.PrimaryKeyConstraint("stream", "key", name=op.f("pk_obligations")),
    )
    op.create_index("ix_obligations_next_wake", "obligations", ["next_wake"])
    op.create_table(
        "places",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String()),
        sa.Column("title", Words(), nullable=False),
        sa.Column("forum", sa.Boolean(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("can_pin", sa.Boolean(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_places_chat_id")),
    )
    op.create_table(
        "plans",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_plans")),
    )
    op.create_index("ix_plans_version", "plans", ["plan_id", "version"])
    op.create_table(
        "wakes",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "key", name=op.f("pk_wakes")),
    )
    op.create_index("ix_wakes_at", "wakes", ["at", "stream", "key"])
    op.create_table(
        "cards",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("digest", sa.String()),
        sa.Column("dirty", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_cards_place_id")),
        sa.PrimaryKeyConstraint("stream", "place_id", "kind", name=op.f("pk_cards")),
    )
    op.create_index(
        "ix_cards_dirty",
        "cards",
        ["stream"],
        sqlite_where=sa.text("dirty = 1"),
        postgresql_where=sa.text("dirty = true"),
    )
    op.create_index("ix_cards_message", "cards", ["place_id", "message_id"])
    op.create_table(
        "incidents",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("plan_version", sa.String(), nullable=False),
        sa.Column("plan_hash", sa.String(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("event_level", sa.String()),
        sa.Column("response_level", sa.String()),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("occurred_at", UtcDateTime()),
        sa.Column("text", Words(), nullable=False),
        sa.Column("place_id", sa.String()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_incidents_place_id")),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_incidents")),
        sa.UniqueConstraint(
            "jurisdiction", "drill", "year", "number", name=op.f("uq_incidents_jurisdiction_drill_year_number")
        ),
    )
    op.create_index("ix_incidents_reported_at", "incidents", ["reported_at"])
    op.create_index("ix_incidents_state", "incidents", ["jurisdiction", "state"])
    op.create_table(
        "journal_personal",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("salt", sa.String()),
        sa.Column("value", sa.Text()),
        sa.Column("erased_at", UtcDateTime()),
        sa.ForeignKeyConstraint(
            ["stream", "sequence"],
            ["journal.stream", "journal.sequence"],
            name=op.f("fk_journal_personal_stream_sequence"),
        ),
        sa.PrimaryKeyConstraint("stream", "sequence", "key", name=op.f("pk_journal_personal")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger()),
        sa.Column("name", Words(), nullable=False),
        sa.Column("username", Words()),
        sa.Column("place_id", sa.String()),
        sa.Column("started_at", UtcDateTime()),
        sa.Column("blocked_at", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_people_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
    )
    op.create_table(
        "place_plans",
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_plans_place_id")),
        sa.PrimaryKeyConstraint("place_id", "plan_id", name=op.f("pk_place_plans")),
    )
    op.create_index("ix_place_plans_plan", "place_plans", ["jurisdiction", "plan_id"])
    op.create_table(
        "claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("approved", sa.Boolean()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_claims_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_open", "claims", ["jurisdiction"], **where("decided_at IS NULL"))
    op.create_table(
        "forms",
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", JsonText(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_forms_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_forms_place_id")),
        sa.PrimaryKeyConstraint("place_id", "person_id", name=op.f("pk_forms")),
    )
    op.create_table(
        "holdings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_holdings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holdings")),
    )
    op.create_index("ix_holdings_person", "holdings", ["person_id"], **where("ended_at IS NULL"))
    op.create_index("ix_holdings_role", "holdings", ["jurisdiction", "plan_id", "role"], **where("ended_at IS NULL"))
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("taken_by", sa.String()),
        sa.Column("taken_at", UtcDateTime()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_invitations_taken_by")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_index(
        "ix_invitations_open", "invitations", ["jurisdiction"], **where("taken_at IS NULL AND revoked_at IS NULL")
    )
    op.create_table(
        "outbox",
        sa.Column("id", AutoId, nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("payload", JsonText(), nullable=False),
        sa.Column("stream", sa.String()),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("guard", sa.String()),
        sa.Column("coalesce", sa.String()),
        sa.Column("reference", sa.String()),
        sa.Column("ring", sa.Boolean(), nullable=False),
        sa.Column("pin", sa.Boolean(), nullable=False),
        sa.Column("reply_to", sa.BigInteger()),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.String()),
        sa.Column("call", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("error", Words()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("claimed_at", UtcDateTime()),
        sa.Column("finished_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_outbox_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_dead", "outbox", ["id"], **where("state = 'dead'"))
    op.create_index("ix_outbox_guard", "outbox", ["guard"], **where("finished_at IS NULL"))
    op.create_index("ix_outbox_message", "outbox", ["place_id", "message_id"])
    op.create_index("ix_outbox_place_queue", "outbox", ["place_id", "priority", "id"], **where("finished_at IS NULL"))
    op.create_index("ix_outbox_queue", "outbox", ["priority", "id"], **where("finished_at IS NULL"))
    op.create_index("ix_outbox_stream", "outbox", ["stream"])
    op.create_table(
        "seats",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_seats_person_id")),
        sa.PrimaryKeyConstraint("jurisdiction", "plan_id", name=op.f("pk_seats")),
    )


def downgrade() -> None:
    """There is nothing before the first tables."""
    raise NotImplementedError("restore a backup instead")
