"""No button of a hand-over or of a spot check serves anybody but those whose it is, wherever he presses it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.handlers.forging import FORGIVEN, Forger
from tests.handlers.test_warning_enemies import outsiders
from tests.journeys.world import Town

KINDS = ("handover", "spotcheck")


async def ends(town: Town) -> dict[str, int]:
    """Return how many events each log of the kinds has."""
    async with town.open_store.reading() as rx:
        rows = [row for kind in KINDS for row in await rx.cases.newest(kind, 20)]
    return {row.stream: row.sequence for row in rows}


async def test_nobody_else_signs_adds_or_answers() -> None:
    async with Town.open(at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC)) as town:
        town.forgiven = FORGIVEN
        await town.say(town.second, town.bot, "/shift")
        await town.say(town.second, town.bot, "/handover")
        await town.press(town.second, "对方已离岗")
        await town.say(town.duty, town.bot, "/spotcheck")
        await town.press(town.duty, "现在抽查")
        people = await outsiders(town)
        others = [
            *people.values(), *town.liaisons.values(), town.head, town.director, town.commander, town.admin
        ]  # fmt: skip
        before, forger = await ends(town), Forger(town)
        pressed = set[str]()
        for kind in KINDS:
            pressed |= await forger.press_all(f"{kind}:", others, (town.duty, town.second))
        assert {"handover_sign", "handover_word", "handover_absent", "handover_reason", "spotcheck_here"} <= pressed
        assert await ends(town) == before
        for person in others:
            await town.say(person, town.bot, "大家辛苦了，今天没有事")
        after = {name: end for name, end in (await ends(town)).items() if name.startswith("handover:")}
        assert after.items() <= before.items(), "no word is taken; the spot check has closed meanwhile"
        await town.stop()
