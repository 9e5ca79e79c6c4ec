"""A photo that could not be fetched is fetched later, also by a program that was started anew; at last it is said."""

from __future__ import annotations

from datetime import timedelta

from bot.playground import Fault
from tests.journeys.world import Forgiven, Town


async def waiting(town: Town) -> int:
    async with town.open_store.reading() as rx:
        return await rx.downloads.waiting()


async def test_a_failure_is_tried_again_also_after_a_restart_and_at_last_said(file_url, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.updates.collector.GIVE_UP", timedelta(minutes=6))
    async with Town.open(file_url) as town:
        town.forgiven = Forgiven(calls=("",), logs=("evidence.lost",))
        folder = town.settings.evidence
        fault = town.world.faults.add(Fault(kind="status", method="getFile", status=502, times=2))
        town.head.send_voice(town.bot, b"OggS help")
        await town.settle()
        assert (fault.hits, await waiting(town)) == (1, 1)
        await town.restart(timedelta(seconds=1))
        await town.advance(seconds=40)
        assert (fault.hits, await waiting(town)) == (2, 0)
        (kept,) = folder.rglob("*.ogg")
        assert kept.read_bytes() == b"OggS help"
        assert (await town.incident()).evidence.popitem()[1].digest == kept.stem

        # Tried in vain until it is given up: the seat is told to ask for it again.
        town.world.faults.add(
            Fault(kind="status", method="getFile", status=400, times=1000, description="wrong file_id")
        )
        town.head.send_photo(town.bot, b"second")
        await town.settle()
        await town.advance(minutes=13)
        assert "再要一份" in town.sees(town.duty, "没有存下").text
        assert await waiting(town) == 0
        assert [item.lost for item in (await town.incident()).evidence.values()] == ["", "gone"]
