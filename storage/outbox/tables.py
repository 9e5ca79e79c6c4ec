"""The table of messages and its row types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    and_,
    literal,
    or_,
    type_coerce,
)

from storage.columns import AutoId, JsonText, UtcDateTime, Words, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("place_id", String, ForeignKey("places.id"), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("method", String, nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("stream", String),
    Column("notice", String, nullable=False),
    Column("guard", String),
    Column("coalesce", String),
    Column("reference", String),
    Column("ring", Boolean, nullable=False),
    Column("pin", Boolean, nullable=False),
    Column("reply_to", BigInteger),
    Column("not_before", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("person_id", String, ForeignKey("people.id")),
    Column("call", String),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ambiguous", Integer, nullable=False),
    Column("error", Words),
    Column("message_id", BigInteger),
    Column("claimed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("salt", String),
    sqlite_autoincrement=True,
)

PENDING, SENDING, SENT, AMBIGUOUS, DEAD, DROPPED = "pending", "sending", "sent", "ambiguous", "dead", "dropped"
WITHDRAWN = "withdrawn"
"""The error of what is not worth sending any more. On a message that is being sent: not to be tried again."""


def unfinished(table: FromClause) -> ColumnElement[bool]:
    """Return the condition for what is pending or being sent, written as the indexes have it."""
    return table.c.finished_at.is_(None)


_unfinished = unfinished(outbox)
# Given up: it cannot be sent, or nobody knows. No parameters: an index would not be recognised by them.
dead = or_(*(outbox.c.state == literal(state, literal_execute=True) for state in (DEAD, AMBIGUOUS)))
kept = type_coerce(outbox.c.payload, Text) != literal("{}", literal_execute=True)
_kept = and_(outbox.c.finished_at.is_not(None), kept)
unsealed = and_(outbox.c.state == literal(SENT, literal_execute=True), outbox.c.salt.is_(None), kept)
Index("ix_outbox_unsealed", outbox.c.id, sqlite_where=unsealed, postgresql_where=unsealed)

# For the claim: what is the most urgent, and is another one of the same place before it.
Index("ix_outbox_queue", outbox.c.priority, outbox.c.id, sqlite_where=_unfinished, postgresql_where=_unfinished)
Index(
    "ix_outbox_place_queue",
    outbox.c.place_id,
    outbox.c.priority,
    outbox.c.id,
    sqlite_where=_unfinished,
    postgresql_where=_unfinished,
)
Index("ix_outbox_guard", outbox.c.guard, sqlite_where=_unfinished, postgresql_where=_unfinished)
_turn = and_(_unfinished, outbox.c.coalesce.is_not(None))
Index("ix_outbox_turn", outbox.c.place_id, outbox.c.coalesce, sqlite_where=_turn, postgresql_where=_turn)
_begun = outbox.c.claimed_at.is_not(None)
Index("ix_outbox_begun", outbox.c.place_id, outbox.c.notice, outbox.c.id, sqlite_where=_begun, postgresql_where=_begun)
Index("ix_outbox_dead", outbox.c.id, sqlite_where=dead, postgresql_where=dead)
Index("ix_outbox_kept_payloads", outbox.c.finished_at, sqlite_where=_kept, postgresql_where=_kept)
Index("ix_outbox_message", outbox.c.place_id, outbox.c.message_id)
Index("ix_outbox_stream", outbox.c.stream)


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message to be sent.

    Attributes:
        place_id: the chat, by our id.
        priority: 1 calls, declarations, overdue; 2 proposals and answers; 3 cards and information.
        method: of the Bot API.
        payload: its arguments, rendered; the sender adds chat and topic.
        stream: the log that it belongs to.
        notice: the key of what it says, for counting and for the auditor.
        guard: the object that it depends on; see ``withdraw``.
        coalesce: of the messages with this key that wait for the same place, only the newest is sent.
        reference: shown in the message, so that a copy can be told.
        ring, pin: with sound; to be pinned.
        reply_to: the outbox id of the message that this one answers.
        not_before: when it may be sent at the earliest.
        person_id: whom it is for, where that is one person.
        call: the call round and unit, where an answer is expected.
    """

    place_id: str
    priority: int
    method: str
    payload: dict[str, Any]
    stream: str | None = None
    notice: str
    guard: str | None = None
    coalesce: str | None = None
    reference: str | None = None
    ring: bool = False
    pin: bool = False
    reply_to: int | None = None
    not_before: datetime
    created_at: datetime
    person_id: str | None = None
    call: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutboxRow:
    """A message and what became of it; see ``NewMessage`` for the other fields.

    Attributes:
        id: in the order of writing.
        state: ``pending``, ``sending``, ``sent``, ``ambiguous`` (perhaps sent), ``dead`` or ``dropped``.
        attempts: claims so far, the present one included.
        ambiguous: how many attempts ended without an answer from Telegram.
        error: the last error, or why it was dropped.
        message_id: Telegram's, when it was sent.
        claimed_at: when the last attempt began. finished_at: when the state became final.
        salt: what its digest in the chain of sent messages was made with; it goes with the words.
    """

    id: int
    place_id: str
    priority: int
    method: str
    payload: dict[str, Any]
    stream: str | None
    notice: str
    guard: str | None
    coalesce: str | None
    reference: str | None
    ring: bool
    pin: bool
    reply_to: int | None
    not_before: datetime
    created_at: datetime
    person_id: str | None
    call: str | None
    state: str
    attempts: int
    ambiguous: int
    error: str | None
    message_id: int | None
    claimed_at: datetime | None
    finished_at: datetime | None
    salt: str | None = None
