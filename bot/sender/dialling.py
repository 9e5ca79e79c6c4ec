"""Calls by an automatic telephone: one at a time for each person, with all that is due for him, written down first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.callback_data import new_id
from bot.cases import records
from bot.cases.plan_registry import UnusablePlan
from bot.delivery import Ambiguous, Dead, Verdict
from bot.notifier.voice import SCHEME, Gateway, Rejected, Unanswered, is_telephone
from bot.outgoing.channels import OF_A_DRILL, awake
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.outgoing.voice import still_waits
from bot.render.voice import Kind, Said, keys_of, speech
from bot.sender.send_outcomes import Call
from plans.core.notice import type_of
from plans.core.state import CaseState
from plans.times.night import morning_of
from plans.warning.loudness import rings_again
from plans.warning.state import WarningCase
from storage.outbox import DIAL, OutboxRow
from storage.people import Channel
from storage.places import Place
from storage.transaction import Writing
from storage.voice import ASKED, FAILED, VoiceCall

IN_AIR, DRILLS_IN_AIR = 3, 2
"""Requests to the gateway at the same time, and for drills: one that is slow holds up neither messages nor most of the
other calls, and no drill holds up what is real."""

VALID, TALK = timedelta(minutes=2), timedelta(minutes=3)
"""For so long after it was asked the gateway may begin a call; so long a call lasts at most."""

LOOK_AGAIN = timedelta(seconds=10)
"""So often it is looked whether a person's telephone is free again."""

WHILE_HELD = timedelta(minutes=1)
"""So often it is looked whether a drill that is held goes on: its telephones do not ring meanwhile."""

MOST = 2
"""本地规定: so many calls about the same thing to one telephone; then people ring."""

TEST = "channel_test"
REPEAT = 2
"""So often the words are said."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """The office's automatic telephone.

    Attributes:
        callback: where the gateway reports to.
    """

    gateway: Gateway
    callback: str


async def dials(tx: Writing, now: datetime, air: Collection[Call]) -> list[OutboxRow]:
    """Take what is to be told by telephone now, of each person at most one."""
    flying = [call.row for call in air if call.method == DIAL]
    room = IN_AIR - len(flying)
    if room <= 0:
        return []
    busy = {row.person_id for row in flying if row.person_id is not None}
    drills = sum(row.priority >= OF_A_DRILL for row in flying)
    most = OF_A_DRILL - 1 if drills >= DRILLS_IN_AIR else None
    rows = await tx.outbox.claim(now, room, only=DIAL, exclude_persons=sorted(busy), priority_max=most)
    claimed: list[OutboxRow] = []
    for row in rows:
        drills += row.priority >= OF_A_DRILL
        if row.person_id in {other.person_id for other in claimed}:
            continue
        if row.priority < OF_A_DRILL or drills <= DRILLS_IN_AIR:
            claimed.append(row)
    await tx.outbox.give_back({row.id for row in rows} - {row.id for row in claimed})
    return claimed


async def call_of(
    tx: Writing, dispatcher: NoticeDispatcher, telephone: Telephone | None, row: OutboxRow, place: Place, now: datetime
) -> Call | None:
    """Return the call that tells a claimed message, with what else is due for the same telephone.

    None where it is not made now: the person is on the telephone, it can wait for the morning, or it is not to be made.
    What is real does not wait for a drill's call: that one is ended for it.
    """
    channel = await tx.people.channel(str(row.payload["channel"]))
    if telephone is None or channel is None or not is_telephone(channel.address):
        await tx.outbox.drop(row.id, "there is no telephone for it any more", now)
        return None
    under_way = await tx.voice_calls.under_way(channel.person_id, now)
    asked = next((call for call in under_way if call.state == ASKED and row.id in call.rows), None)
    others = [call for call in under_way if call is not asked]
    if others and (row.priority >= OF_A_DRILL or not all([await _of_a_drill(tx, call) for call in others])):
        await tx.outbox.give_back([row.id], _later(now))
        return None
    rows = [row, *await tx.outbox.claim_with(row, now)]
    if asked is not None:  # what the gateway may have been told is told again as it was
        await tx.outbox.give_back([one.id for one in rows if one.id not in asked.rows], _later(now))
        rows = [one for one in rows if one.id in asked.rows]
    told = await _told(tx, channel, rows, now)
    if others and all(item.drill for item in told):
        await tx.outbox.give_back([item.row.id for item in told], _later(now))
        return None
    if not told:
        return None
    same = asked is not None and asked.until - TALK > now and set(asked.rows) == {item.row.id for item in told}
    if asked is not None and not same:
        await tx.voice_calls.save(replace(asked, state=FAILED, ended_at=now))
    call = asked if asked is not None and same else _new(channel, [item.row for item in told], now)
    await tx.voice_calls.save(call)
    request = await _request(tx, dispatcher, telephone, channel, call, told)
    request["instead_of"] = [other.id for other in others]
    first, *riders = [item.row for item in told]
    return Call(row=first, begun=now, place=place, method=DIAL, payload=request, riders=tuple(riders))


def verdict_of(problem: Unanswered | Rejected) -> Verdict:
    """Return what an end without success means."""
    return Ambiguous(error=str(problem)) if isinstance(problem, Unanswered) else Dead(error=str(problem))


@dataclass(frozen=True, slots=True)
class _Told:
    row: OutboxRow
    case: CaseState | None

    @property
    def drill(self) -> bool:
        return self.case is not None and self.case.drill

    @property
    def said(self) -> Said:
        kind: Kind = "test" if self.row.notice == TEST else type_of(self.row.notice).on_key or "told"
        return Said(str(self.row.payload["text"]), kind)


async def _told(tx: Writing, channel: Channel, rows: Collection[OutboxRow], now: datetime) -> list[_Told]:
    """Return what of some claimed messages is told in a call now: all of it a drill, or all of it real."""
    told: list[_Told] = []
    for row in rows:
        case = await records.load_case(tx, row.stream) if row.stream is not None else None
        item = _Told(row, case)
        until = _not_before(case, channel, now)
        if case is not None and not still_waits(case, row):
            await tx.outbox.drop(row.id, "it is settled", now)
        elif await _often_enough(tx, row):
            await tx.outbox.drop(row.id, "called often enough", now)
        elif case is not None and case.paused:
            await tx.outbox.give_back([row.id], now + WHILE_HELD)
        elif until > now:
            await tx.outbox.give_back([row.id], until)
        else:
            told.append(item)
    drill = all(item.drill for item in told)  # what is real goes first, however long the drill's has waited
    await tx.outbox.give_back([item.row.id for item in told if item.drill is not drill], _later(now))
    return [item for item in told if item.drill is drill]


async def _of_a_drill(tx: Writing, call: VoiceCall) -> bool:
    """Return whether a call tells of a drill alone: it is ended for what is real."""
    rows = await tx.outbox.among(call.rows)
    return bool(rows) and all(row.priority >= OF_A_DRILL for row in rows.values())


async def _often_enough(tx: Writing, row: OutboxRow) -> bool:
    if row.stream is None or row.guard is None:
        return False
    before = await tx.outbox.guarded(row.stream, [row.guard])
    return sum(other.method == DIAL and other.place_id == row.place_id for other in before) >= MOST


def _not_before(case: CaseState | None, channel: Channel, now: datetime) -> datetime:
    """Return from when the telephone may ring: what can wait for the morning does, and drills keep quiet hours."""
    if isinstance(case, WarningCase) and not rings_again(case, now):
        return morning_of(now)
    return awake(channel, now) if case is not None and case.drill else now


def _later(now: datetime) -> datetime:
    """Return when a telephone is looked at again: the same moment for all that waits for it, which is told together."""
    return now + LOOK_AGAIN - timedelta(seconds=now.timestamp() % LOOK_AGAIN.total_seconds())


def _new(channel: Channel, rows: Collection[OutboxRow], now: datetime) -> VoiceCall:
    return VoiceCall(
        id=new_id(), person_id=channel.person_id, channel_id=channel.id, rows=tuple(row.id for row in rows),
        asked_at=now, until=now + VALID + TALK,
    )  # fmt: skip


async def _request(
    tx: Writing, dispatcher: NoticeDispatcher, telephone: Telephone, channel: Channel, call: VoiceCall,
    told: Collection[_Told],
) -> dict[str, Any]:  # fmt: skip
    things = [item.said for item in told]
    return {
        "version": 1,
        "id": call.id,
        "number": channel.address.removeprefix(SCHEME),
        "text": speech(things, await _office(tx, dispatcher, told), drill=any(item.drill for item in told)),
        "repeat": REPEAT,
        "keys": keys_of(things),
        "callback": telephone.callback,
        "valid_until": (call.asked_at + VALID).isoformat(timespec="seconds"),
        "drill": any(item.drill for item in told),
    }


async def _office(tx: Writing, dispatcher: NoticeDispatcher, told: Collection[_Told]) -> str:
    """Return who calls: the offices whose cases are told; a plan that cannot be read is called by its place."""
    names: dict[str, None] = {}
    for case in (item.case for item in told):
        if case is not None:
            try:
                plan = await dispatcher.registry.pinned(tx, case.plan_hash)
                names[plan.office_unit or plan.office] = None
            except UnusablePlan:
                names[case.jurisdiction] = None
    return "、".join(names)
