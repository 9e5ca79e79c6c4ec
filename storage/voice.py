"""Calls by an automatic telephone: which messages each tells, and how far it came.

A call is written down before its gateway is asked, so that what the gateway reports can be held against it. The number
stands in the person's channel alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Select, String, Table, bindparam, delete, select

from storage.columns import JsonText, UtcDateTime, metadata
from storage.session import Repository

ASKED, TAKEN, RINGING, ANSWERED = "asked", "taken", "ringing", "answered"
"""The gateway is asked; it has taken the call; the telephone rings; somebody has picked it up."""

REFUSED, NO_ANSWER, BUSY, FAILED, HUNG_UP = "refused", "no_answer", "busy", "failed", "hung_up"
"""Ends. A call that was answered ends as ``hung_up``."""

UNDER_WAY = (ASKED, TAKEN, RINGING, ANSWERED)
ENDS = (REFUSED, NO_ANSWER, BUSY, FAILED, HUNG_UP)

voice_calls = Table(
    "voice_calls",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("channel_id", String, nullable=False),
    Column("rows", JsonText, nullable=False),
    Column("state", String, nullable=False),
    Column("pressed", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_voice_calls_person", "person_id", "asked_at"),
)


@dataclass(frozen=True, kw_only=True)
class VoiceCall:
    """A call.

    Attributes:
        id: known to the gateway: the same for every try of the same call.
        rows: ids of the messages of the outbox that it tells.
        pressed: the key that counted, empty = none.
        until: when nothing is expected of it any more.
    """

    id: str
    person_id: str
    channel_id: str
    rows: tuple[int, ...]
    state: str = ASKED
    pressed: str = ""
    asked_at: datetime
    until: datetime
    ended_at: datetime | None = None


_IN_ORDER = select(voice_calls).order_by(voice_calls.c.asked_at, voice_calls.c.id)
_GET = select(voice_calls).where(voice_calls.c.id == bindparam("id"))
_HELD = _GET.with_for_update()
_OF_PERSON = _IN_ORDER.where(voice_calls.c.person_id == bindparam("person"))
_UNDER_WAY = _OF_PERSON.where(
    voice_calls.c.state.in_(UNDER_WAY), voice_calls.c.until > bindparam("now")
).with_for_update()
_SINCE = _OF_PERSON.where(voice_calls.c.asked_at >= bindparam("moment"))
_NEWEST = select(voice_calls).order_by(voice_calls.c.asked_at.desc(), voice_calls.c.id).limit(bindparam("limit"))
_FORGET = delete(voice_calls).where(voice_calls.c.asked_at < bindparam("before"))
_FORGET_PERSON = delete(voice_calls).where(voice_calls.c.person_id == bindparam("person"))


class VoiceCalls(Repository):
    """The calls."""

    async def get(self, id: str) -> VoiceCall | None:
        """Return one."""
        found = await self._session.read_one(VoiceCall, _GET, {"id": id})
        return _whole(found) if found is not None else None

    async def held(self, id: str) -> VoiceCall | None:
        """Return one that is to be changed: nobody else changes it before the end of the transaction."""
        found = await self._session.read_one(VoiceCall, _HELD, {"id": id})
        return _whole(found) if found is not None else None

    async def save(self, call: VoiceCall) -> None:
        """Write one, new or changed."""
        await self._session.upsert(voice_calls, [vars(call) | {"rows": list(call.rows)}], ["id"])

    async def under_way(self, person_id: str, now: datetime) -> list[VoiceCall]:
        """Return a person's calls of which an end may still be told, held like ``held``."""
        return await self._read(_UNDER_WAY, {"person": person_id, "now": now})

    async def since(self, person_id: str, moment: datetime) -> list[VoiceCall]:
        """Return a person's calls that began since a moment."""
        return await self._read(_SINCE, {"person": person_id, "moment": moment})

    async def newest(self, limit: int = 20) -> list[VoiceCall]:
        """Return the calls that began last, the newest first."""
        return await self._read(_NEWEST, {"limit": limit})

    async def of_person(self, person_id: str) -> list[VoiceCall]:
        """Return all of a person's."""
        return await self._read(_OF_PERSON, {"person": person_id})

    async def forget(self, before: datetime) -> int:
        """Forget the calls that began before a moment, and return how many."""
        return await self._session.run(_FORGET, {"before": before})

    async def forget_person(self, person_id: str) -> int:
        """Forget all of a person's."""
        return await self._session.run(_FORGET_PERSON, {"person": person_id})

    async def _read(self, statement: Select[Any], parameters: dict[str, Any]) -> list[VoiceCall]:
        return [_whole(call) for call in await self._session.read(VoiceCall, statement, parameters)]


def _whole(call: VoiceCall) -> VoiceCall:
    """Return a call as it was written: a list of JSON is a tuple here."""
    rows: Sequence[int] = call.rows
    return VoiceCall(**{**vars(call), "rows": tuple(rows)})
