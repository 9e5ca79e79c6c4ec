"""Buttons of a case that is over (merged, rejected), pressed by those whom they were shown to."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.callback_data import pack
from bot.playground import Group, Person
from storage.buttons import buttons
from tests.handlers.forging import Forger
from tests.handlers.test_old_buttons import rich  # noqa: F401  # a fixture
from tests.journeys.world import Town


@pytest.mark.parametrize(("way", "state"), [("/merge 1 2", "merged"), ("/reject 1 误报", "rejected")])
async def test_what_was_shown_of_a_case_that_is_over_changes_it_no_more(rich: Town, way: str, state: str) -> None:  # noqa: F811
    """As it is kept, and as if a button had been forgotten when the others were closed."""
    town, forger = rich, Forger(rich)
    await town.say(town.duty, town.bot, way)
    incident = await town.incident(1)
    assert incident.state == state
    chats: dict[str, tuple[Person, Person | Group]] = {}
    async with town.open_store.writing() as tx:
        offices = (town.duty, town.second, town.director, town.deputy, town.commander, town.admin, town.head)
        for person in (*offices, *town.liaisons.values()):
            place = await tx.places.by_chat(person.id)
            chats |= {place.id: (person, person)} if place is not None else {}
        group = await tx.places.by_chat(town.group.id)
        assert group is not None
        chats[group.id] = (town.commander, town.group)
        rows = await tx._session.rows(select(buttons).where(buttons.c.stream == incident.stream))
        before = await tx.journal.load(incident.stream)
    shown = [row for row in rows if row.place_id in chats]
    assert len(shown) > 50 and len({row.action for row in shown}) > 15
    for _ in range(2):
        for row in shown:
            person, chat = chats[row.place_id]
            await forger.press(person, chat, pack(row.id))
        async with town.open_store.writing() as tx:
            mine = update(buttons).where(buttons.c.id.in_([row.id for row in shown]))
            await tx._session.run(mine.values(closed_at=None, meaning=buttons.c.id))
    async with town.open_store.reading() as rx:
        new = (await rx.journal.load(incident.stream))[len(before) :]
    assert [entry.event for entry in new] == []
