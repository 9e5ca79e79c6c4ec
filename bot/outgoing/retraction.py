"""What is taken back: messages that wait for something settled, buttons of what is settled or said anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from bot.render.message import units
from plans.core import keys
from plans.core.notice import Notice, type_of
from plans.core.notices import open_guards
from plans.incident.case import Outcome
from storage.outbox import NewMessage, OutboxRow
from storage.transaction import Writing

_SEVERAL = "obligations:"
_OF_WORDS = ("figure", "reading", "edit", "conflict")
"""Guards of questions about what somebody said, whatever the plan."""

STRIP = "strip"
"""What a call is for that takes buttons away."""


def guard_of(stream: str, notice: Notice) -> str | None:
    """Return what a message depends on, unique among all incidents.

    Its object, or obligations of which one must be open.
    """
    if notice.guard:
        return f"{stream}|{notice.guard}"
    return f"{stream}|{_SEVERAL}{'+'.join(notice.obligations)}" if notice.obligations else None


def about(row: OutboxRow) -> frozenset[str]:
    """Return the keys of the obligations that a message is about."""
    return _about(row.guard or "")


def _about(guarded: str) -> frozenset[str]:
    _, _, guard = guarded.partition("|")
    if guard.startswith(_SEVERAL):
        return frozenset(guard.removeprefix(_SEVERAL).split("+"))
    return frozenset({guard.removeprefix("obligation:")}) if guard.startswith("obligation:") else frozenset()


async def withdraw(tx: Writing, outcome: Outcome, now: datetime) -> None:
    """Drop what waits for objects that are settled now, and take the buttons from what was sent about them."""
    if outcome.before is None:
        return
    # Under another plan what is owed is owed anew, though it may be called the same; what was said stays said.
    same = outcome.before.plan == outcome.after.plan
    still = open_guards(outcome.after)
    settled = open_guards(outcome.before) - (still if same else {guard for guard in still if guard.kind in _OF_WORDS})
    if not settled:
        return
    stream = outcome.after.stream
    open_keys = {item.key for item in outcome.after.open_instances if same}
    guards = {f"{stream}|{item}" for item in settled}
    named = await tx.outbox.guards_of(stream)
    guards |= {guard for guard in named if (parts := _of_units(guard)) and not parts & still}
    guards |= {guard for guard in named if f"|{_SEVERAL}" in guard and not _about(guard) & open_keys}
    await tx.outbox.withdraw(guards, now)
    # An answered call keeps its buttons: they show the next answers.
    if bare := {guard for guard in guards & named if not _is_call(guard)}:
        await strip_guarded(tx, stream, bare, now)


def _of_units(guard: str) -> frozenset[str]:
    """Return what a message about several units depends on: it is worth something while one of them is open."""
    key = guard.partition("|")[2]
    parts = keys.each_of(key)
    return frozenset(parts) if len(parts) > 1 else frozenset()


def _is_call(guard: str) -> bool:
    return guard.partition("|")[2].partition(":")[0] in ("call", "calls")


async def supersede(tx: Writing, stream: str, place_id: str, notice: Notice, now: datetime) -> None:
    """A newer reminder takes the place of older ones about the same obligations: waiting ones go.

    Sent ones lose buttons.
    """
    if not notice.type.supersedes:
        return
    wanted = set(notice.obligations)
    rows = await tx.outbox.at(stream, place_id)
    older = [row for row in rows if type_of(row.notice).supersedes and about(row) & wanted]
    for row in older:
        if row.state == "pending" and about(row) <= wanted:
            await tx.outbox.drop(row.id, "said anew", now)
        elif row.state == "sending" and about(row) <= wanted:
            await tx.outbox.outdate(row.id)
    await strip(tx, older, rows, now)


async def strip(tx: Writing, wanted: Iterable[OutboxRow], rows: Iterable[OutboxRow], now: datetime) -> None:
    """Take the buttons from messages that were sent with some and still have them."""
    bare = _bare(rows)
    await tx.outbox.enqueue(
        [
            _stripping(row.place_id, row.message_id, row.stream, now)
            for row in wanted
            if row.state == "sent" and row.message_id is not None and "reply_markup" in row.payload
            and (row.place_id, row.message_id) not in bare
        ]
    )  # fmt: skip


async def strip_guarded(
    tx: Writing, stream: str, guards: Collection[str], now: datetime, stamp: Callable[[OutboxRow], str] | None = None,
    *, again: bool = False,
) -> None:  # fmt: skip
    """Take the buttons from what was sent about some objects; with a stamp it also says what became of it.

    Only the messages about those objects are read, however many a case has.

    Args:
        again: those whose buttons were taken before are stamped once more.
    """
    rows = [row for row in await tx.outbox.guarded(stream, guards) if "reply_markup" in row.payload]
    bare = _bare(await tx.outbox.noticed(stream, STRIP)) if rows and not again else set()
    calls = []
    for row in rows:
        if row.message_id is not None and (row.place_id, row.message_id) not in bare:
            line = stamp(row) if stamp is not None else ""
            calls.append(_stamping(row, line, now) if line else _stripping(row.place_id, row.message_id, stream, now))
    await tx.outbox.enqueue(calls)


async def strip_one(tx: Writing, place_id: str, message_id: int, stream: str | None, now: datetime) -> None:
    """Take the buttons from one message, unless what it was about was settled and has taken them already."""
    rows = await tx.outbox.noticed(stream, STRIP) if stream is not None else ()
    if (place_id, message_id) not in _bare(rows):
        await tx.outbox.enqueue([_stripping(place_id, message_id, stream, now)])


def _bare(rows: Iterable[OutboxRow]) -> set[tuple[str, object]]:
    """Return the messages whose buttons were taken, or are about to be."""
    return {(row.place_id, row.payload.get("message_id")) for row in rows if row.notice == STRIP}


def _stamping(row: OutboxRow, line: str, now: datetime) -> NewMessage:
    """The call that heads a message with a line and takes its buttons away."""
    shift = units(line) + 1
    payload: dict[str, Any] = {
        "message_id": row.message_id, "text": f"{line}\n{row.payload['text']}", "reply_markup": {"inline_keyboard": []},
        "link_preview_options": {"is_disabled": True},
        "entities": [{**item, "offset": item["offset"] + shift} for item in row.payload.get("entities", ())],
    }  # fmt: skip
    return NewMessage(
        place_id=row.place_id, priority=3, method="editMessageText", payload=payload, stream=row.stream, notice=STRIP,
        coalesce=f"edit:{row.message_id}", not_before=now, created_at=now,
    )  # fmt: skip


def _stripping(place_id: str, message_id: int, stream: str | None, now: datetime) -> NewMessage:
    """The call that takes a message's buttons away."""
    return NewMessage(
        place_id=place_id, priority=3, method="editMessageReplyMarkup",
        payload={"message_id": message_id, "reply_markup": {"inline_keyboard": []}}, stream=stream, notice=STRIP,
        coalesce=f"edit:{message_id}", not_before=now, created_at=now,
    )  # fmt: skip
