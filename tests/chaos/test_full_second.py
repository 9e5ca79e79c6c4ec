"""Death in a second that is full: a call that has ended is written down before that second is over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.delivery import Budget
from tests.bot.rig import Gate, Rig, until
from tests.chaos.deaths import Died, Reaper

POINTS = ("sender.ended:written", "sender.ended:committed")
AT_ONCE = 10
"""Calls that leave in the second; Telegram takes no more in it."""


async def _written(rig: Rig, ids: list[int]) -> None:
    """Wait, in the same second, until these count as sent."""
    async with asyncio.timeout(5):
        while set(await rig.rows(*ids)) != {"sent"}:  # noqa: ASYNC110  a row does not ring
            await asyncio.sleep(0)


@pytest.mark.parametrize("point", ("", *POINTS))
@pytest.mark.parametrize("ended", (1, 3, 7))
async def test_what_ended_in_a_full_second_is_not_sent_again(ended: int, point: str) -> None:
    async with Rig.open() as rig:
        gate = Gate(rig.bot_api)
        chats = [await rig.person(f"联络员{number}") for number in range(AT_ONCE)]
        for chat in chats:
            gate.shut(chat)
        ids = [await chat.write("请接报") for chat in chats]
        with Reaper() as reaper:
            life = asyncio.create_task(rig.sender(Budget(overall=AT_ONCE), gate).run())
            await until(lambda: len(gate.waiting) == AT_ONCE)
            reaper.condemn({point: 1} if point else {})
            for chat in chats[:ended]:
                gate.open(chat)
            await until(lambda: sum(bool(chat.texts) for chat in chats) == ended)
            await (until(lambda: reaper.dead) if point else _written(rig, ids[:ended]))
            life.cancel()
            with pytest.raises((asyncio.CancelledError, Died)):
                await life
            reaper.revive()
        kept = [state == "sent" for state in await rig.rows(*ids[:ended])]
        assert {"": all(kept), POINTS[0]: not any(kept), POINTS[1]: any(kept)}[point], kept
        await rig.clock.advance(timedelta(seconds=1))
        await rig.send(30)
        told = [len(chat.texts) for chat in chats[:ended]]
        assert told == [1 if one else 2 for one in kept], "once, but where the death came between answer and commit"
        assert [len(chat.texts) for chat in chats[ended:]] == [1] * (AT_ONCE - ended)
        assert await rig.rows(*ids) == ["sent"] * AT_ONCE
