"""Two close classes are asked, not guessed: the question has a button for each."""

from __future__ import annotations

from bot.cases import records
from tests.journeys.world import PLAN, Town, plans

LINAN = "linan-campus"


async def test_the_class_is_chosen_with_one_tap(town: Town):
    office = await town.add_group("临安指挥群", "command", town.duty)
    async with town.open_store.writing() as tx:
        known = await tx.places.by_chat(office.id)
        assert known is not None
        await tx.places.unbind(known.id, PLAN)
    await town.bind(office, "command", LINAN)
    await town.sit(town.duty, LINAN)
    await town.grant(town.duty, "duty", plan=LINAN)
    await town.say(town.duty, office, "/report@tocsin_bot 暴雨致教学楼坍塌，3人受伤")
    asked = town.sees(town.duty, "属于哪一类事件")
    names = {item.name for item in plans()[LINAN].classes}
    offered = [label for label in asked.labels() if label in names]
    assert 2 <= len(offered) < len(names)
    assert "还说不准" in asked.labels()
    await town.press(town.duty, offered[1])
    async with town.open_store.reading() as rx:
        (row,) = await rx.incidents.list(limit=5)
    async with town.open_store.reading() as rx:
        incident = await records.load(rx, row.stream)
    assert incident is not None
    assert incident.event_class == next(item.id for item in plans()[LINAN].classes if item.name == offered[1])
    assert incident.question != "event_class"
