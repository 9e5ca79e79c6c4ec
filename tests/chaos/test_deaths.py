"""Death at every commit and every send: one night is lived through though the program dies at each named point."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from storage import crash_points
from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect
from tests.chaos.story import CALLED, FORGIVEN, NIGHT, OFFICE, Step, live
from tests.journeys.world import Town

OFTEN = ("intake.kept", "sender.turn", "send.", "service.command", "service.words")
"""Points that the night passes many times: death comes at any of the first few."""


def fates(chance: random.Random, points: tuple[str, ...]) -> dict[str, int]:
    """Return at the how manieth time each point is deadly."""
    return {point: chance.randint(1, 6) if point.startswith(OFTEN) else 1 for point in points}


APART = (
    "audit.", "checkpoint.sealed", "incident.erased", "intake.quarantined", "person.erased", "restore.", "retention.",
    "round.", "wake.of-nothing", "form.kept", "form.let-go", "service.wakes",
    "api.", "second-reading.", "statistics.", "web.", "voice.", "webhook.", "line.",  # test_rounds
    "service.handover",  # test_handovers
    "sender.ended",  # test_full_second
    "plans.kept", "messages.sealed", "service.rescue",
    "update.revived",
    "intake.caught-up", "lease.", "update.claimed",  # only among several processes: test_processes
)  # fmt: skip
"""Points that the night does not come to."""


def lived_through() -> tuple[str, ...]:
    """Return the points of the night."""
    return tuple(point for point in crash_points.POINTS if not point.startswith(APART))


async def is_the_same_night(town: Town) -> None:
    """What people did stands in the log, once each, and everybody concerned was told."""
    [row] = await town.incidents()
    incident = await town.incident()
    assert (row.state, incident.response_level, incident.event_level) == ("closed", "Ⅲ", "一般")
    counted = Counter(item.event.NAME for item in incident.events)
    once = ("reported", "handling-taken", "declared", "verified", "ended", "closed")
    assert {name: counted[name] for name in once} == dict.fromkeys(once, 1)
    assert {unit: incident.calls[unit].status for unit in CALLED} == dict.fromkeys(CALLED, "收到")
    assert len(town.told(town.duty, "【Ⅲ级响应】", town.group)) >= 1


def _photo_again(town: Town) -> None:
    town.head.send_photo(town.bot, b"what he sees at last")


@pytest.mark.timeout(240)
async def test_the_night_goes_on_though_it_dies_at_every_point(any_url: str, chance: random.Random) -> None:
    with Reaper() as reaper:
        async with Town.open(any_url) as town:
            town.forgiven = FORGIVEN
            first = town.bot.account.next_update
            reaper.condemn(fates(chance, lived_through()))
            wanted = len(reaper.left)
            deaths = await live(town, NIGHT, reaper)
            await is_the_same_night(town)
            deaths += await live(town, OFFICE, reaper)
            # A file's commit may stand while the process dies of another file's point: one more passes it again.
            for _ in range(3):
                if any(point.startswith("evidence.") for point in reaper.left):
                    deaths += await live(town, (Step("one more photo comes", _photo_again),), reaper)
            print("\n".join(deaths))
            assert not reaper.left and len(deaths) == wanted
            told = [row for row in await town.outbox() if row.notice == "undeliverable"]
            given_up = [row for row in await town.outbox() if row.state == "ambiguous" and row.ring]
            assert len(told) >= len(given_up), given_up
            assert await inspect(town.open_store, town.world, first_update=first) == []
