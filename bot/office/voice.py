"""What a telephone gateway reports of a call: each event once, whatever it repeats, and what it comes to in the cases.

A key answers for whoever the telephone belongs to, by the offices that he holds at this moment; a key about something
that is settled, or was said anew, changes nothing. Everything is done before it is noted that it was done: a process
that dies in between does it again, each part once by its cause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import structlog

from bot.notifier.voice import masked_telephone
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.voice import still_waits
from bot.render.channels import tested
from bot.service import Requester, Service, Step
from bot.texts.voice import OUTCOMES
from plans.core import keys
from plans.core.command import VOICE, Command
from plans.core.notice import type_of
from plans.desk.addressed import KINDS as DESK
from plans.desk.receipts import AskForCall, Receive
from plans.incident.units import Acknowledge
from plans.incident.voice import AskCallBack, HearRing, NoteVoiceCall
from plans.kinds import kind_of
from plans.warning import ringing, waking
from plans.warning.state import KIND as WARNING
from storage.errors import AlreadyTaken, Conflict, Unavailable
from storage.outbox import DIAL, OutboxRow
from storage.people import Channel
from storage.transaction import Reading, Writing
from storage.voice import ANSWERED, ASKED, ENDS, REFUSED, RINGING, TAKEN, VoiceCall

Event = Literal["ringing", "answered", "key", "no_answer", "busy", "failed", "hung_up"]
"""What a gateway reports."""

IN_VAIN: tuple[Event, ...] = ("no_answer", "busy", "failed", "hung_up")
ORDER = (ASKED, TAKEN, RINGING, ANSWERED)
TEST = "channel_test"
TRIES = 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """An event of a call; ``digit`` where a key was pressed."""

    call: str
    event: Event
    digit: str = ""

    @property
    def cause(self) -> str:
        """Under which it is taken: once, whatever the gateway calls it."""
        return f"voice:{self.call}:{self.event}{self.digit}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a report.

    Attributes:
        known: the program has asked for such a call. wanted: something that it tells still waits for an answer.
        repeated: it was reported before.
    """

    known: bool
    wanted: bool = False
    repeated: bool = False


async def hear(service: Service, reported: Reported) -> Heard:
    """Take a report.

    Raises:
        Unavailable: the database cannot now; the gateway is to report again.
    """
    async with service.store.reading() as rx:
        call = await rx.voice_calls.get(reported.call)
        if call is None or call.state == REFUSED:
            return Heard(known=False)
        repeated = await rx.causes.result(reported.cause) is not None
        rows = await rx.outbox.among(call.rows)
        channel = await rx.people.channel(call.channel_id)
    told = [row for row in rows.values() if row.method == DIAL]
    if not repeated:
        await _act(service, call, channel, told, reported)
        await _noted(service, reported)
    return Heard(known=True, wanted=await _wanted(service, told), repeated=repeated)


async def _act(
    service: Service, call: VoiceCall, channel: Channel | None, told: list[OutboxRow], reported: Reported
) -> None:
    """Do what a report comes to in each case of which the call told."""
    counts = reported.digit in ("1", "2")  # the other one after it is heard too: whom it does not concern refuses it
    in_vain = reported.event in IN_VAIN and not call.pressed and call.state not in ENDS
    if channel is None or not (counts if reported.event == "key" else in_vain):
        return  # whose telephone it was is not known any more
    number = masked_telephone(channel.address)
    for row in told:
        if row.notice == TEST:
            await _tested(service, call, reported)
            continue
        command = await _command(service, row, reported, number)
        if command is None or row.stream is None:
            continue
        pressed = reported.event == "key"
        requester = Requester(person_id=call.person_id, via=VOICE) if pressed else Requester()
        step = Step(stream=row.stream, command=command)
        result = await service.execute([step], cause=f"{reported.cause}:{row.id}", requester=requester)
        if result.refusal is not None:
            log.info("voice.settled", stream=row.stream, reported=reported.event, reason=result.refusal.key)


async def _command(service: Service, row: OutboxRow, reported: Reported, number: str) -> Command | None:
    """Return what is asked of the case of a message; None where a key means nothing there."""
    meaning, stream = type_of(row.notice).on_key, row.stream or ""
    if meaning == "heard":
        return HearRing(voice=number) if reported.digit == "1" else None
    if meaning == "decide":
        return AskCallBack(voice=number) if reported.digit == "2" else None
    if meaning != "answer":
        return None
    wants = reported.digit == "2"
    if kind_of(stream).name == WARNING:
        recipient, stage = keys.woken(keys.Key((row.guard or "").partition("|")[2]))
        if reported.digit == "1":
            return waking.AnswerWarning(recipient=recipient, stage=stage, voice=number)
        return ringing.NoteVoiceCall(recipient=recipient, stage=stage, wants_person=wants)
    if kind_of(stream).name in DESK:
        return {"1": Receive(voice=number), "2": AskForCall()}.get(reported.digit or "")
    called = keys.calls_in(row.call or "")
    if not called:
        return None
    units, turn = tuple(unit for unit, _ in called), int(called[0][1])
    if reported.digit == "1":
        return Acknowledge(unit=units[0] if len(units) == 1 else "", units=units, round=turn, voice=number)
    outcome = OUTCOMES["call_back" if wants else reported.event]
    return NoteVoiceCall(units=units, round=turn, outcome=outcome, wants_person=wants)


async def _tested(service: Service, call: VoiceCall, reported: Reported) -> None:
    """Say what came of a test call to whoever asked for it; only after his key the telephone is used for more."""
    async with service.store.reading() as rx:
        person = await rx.people.get(call.person_id)
    if person is None or person.place_id is None:
        return
    key = ("pressed" if reported.digit == "1" else "other") if reported.event == "key" else reported.event
    words = OutgoingMessage(
        place_id=person.place_id, message=tested(key), notice="channels", person_id=person.id, priority=2
    )  # fmt: skip
    await service.say([words], cause=f"{reported.cause}:words", requester=Requester())


async def _noted(service: Service, reported: Reported) -> None:
    """Note how far the call came, and that the report was taken."""
    for _ in range(TRIES):
        try:
            async with service.store.writing("voice.reported") as tx:
                await _note(tx, reported, service.clock.now())
            return
        except (Conflict, AlreadyTaken):
            continue
    raise Unavailable("conflict")


async def _note(tx: Writing, reported: Reported, now: datetime) -> None:
    call = await tx.voice_calls.held(reported.call)
    if call is None or await tx.causes.result(reported.cause) is not None:
        return
    if reported.event == "key":
        if call.pressed != "1" and reported.digit in ("1", "2"):
            call = replace(call, pressed=reported.digit)
        if reported.digit == "1" and await _is_test(tx, call):
            await tx.people.prove(call.channel_id, now)
    if reported.event in IN_VAIN and call.state not in ENDS:
        call = replace(call, state=reported.event, ended_at=now)
    reached = {"ringing": RINGING, "answered": ANSWERED, "key": ANSWERED}.get(reported.event, "")
    if reached and call.state in ORDER and ORDER.index(reached) > ORDER.index(call.state):
        call = replace(call, state=reached)
    await tx.voice_calls.save(call)
    await tx.causes.take(reported.cause, now, {})


async def _is_test(tx: Reading, call: VoiceCall) -> bool:
    return any(row.notice == TEST for row in (await tx.outbox.among(call.rows)).values())


async def _wanted(service: Service, told: list[OutboxRow]) -> bool:
    """Return whether something of which a call tells still waits: a gateway may hang up where nothing does."""
    for row in told:
        if row.stream is None:
            return True
        pair = await service.case(row.stream)
        if pair is not None and still_waits(pair[1], row):
            return True
    return False
