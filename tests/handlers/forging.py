"""Presses that no Telegram client would send: of buttons that are gone, of others, where they never stood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Update

from bot.callback_data import pack
from bot.playground import Group, Person
from handlers.context import program_tools
from storage.buttons import Button, buttons
from tests.journeys.world import Forgiven, Town

FORGIVEN = Forgiven(
    calls=("query ID is invalid", "query is too old", "message can't be edited"), logs=("press.unanswered",)
)
"""Telegram knows nothing of such a press, and says so when it is answered."""


async def live_buttons(town: Town, action: str = "") -> list[Button]:
    """Return the newest button of every action (or of one) in every place."""
    async with town.open_store.reading() as rx:
        rows = await rx._session.rows(buttons.select().order_by(buttons.c.created_at))
        found = [await rx.buttons.get(row.id) for row in rows]
    kept = {(item.action, item.place_id): item for item in found if item is not None}
    return [item for item in kept.values() if action in ("", item.action)]


class Forger:
    """Presses what was never shown to him: raw updates, as a client that is no Telegram client might make them."""

    def __init__(self, town: Town) -> None:
        self.town, self.number = town, 5_000_000

    async def press(self, person: Person, chat: Any, data: str) -> None:
        town = self.town
        assert town.program is not None
        self.number += 1
        place = (
            {"id": chat.id, "type": "supergroup", "title": chat.title}
            if isinstance(chat, Group)
            else {"id": chat.id, "type": "private", "first_name": chat.name}
        )
        sender = {"id": person.id, "is_bot": False, "first_name": town.world.state.users[person.id].first_name}
        bot = {"id": town.bot.id, "is_bot": True, "first_name": "警钟", "username": "tocsin_bot"}
        message = {"message_id": 1, "date": 1772391960, "chat": place, "from": bot, "text": "…"}
        raw = {
            "update_id": self.number,
            "callback_query": {
                "id": str(self.number), "from": sender, "chat_instance": "1", "message": message, "data": data,
            },
        }  # fmt: skip
        application = town.program.application
        await application.process_update(Update.de_json(raw, application.bot))
        failed = program_tools(application).updates.take_failure(self.number)
        assert failed is None, (person.name, data, failed)

    async def replay(self, person: Person, action: str) -> None:
        """Press the newest button of an action that stood in somebody's private chat, whatever became of it."""
        town = self.town
        async with town.open_store.reading() as rx:
            place = await rx.places.by_chat(person.id)
        assert place is not None
        [button] = [item for item in await live_buttons(town, action) if item.place_id == place.id]
        await self.press(person, person, pack(button.id))
        await town.settle()

    async def press_all(self, stream: str, people: Iterable[Person], shown_to: Iterable[Person]) -> set[str]:
        """Let each press every live button of a kind of case: in private, in the group, and where it stood.

        Args:
            stream: how its logs begin, ``warning:``.
            shown_to: those in whose private chats buttons stand.

        Returns:
            the actions that were pressed.
        """
        town, pressed = self.town, set[str]()
        chats: dict[str, Person] = {}
        async with town.open_store.reading() as rx:
            for person in shown_to:
                place = await rx.places.by_chat(person.id)
                assert place is not None
                chats[place.id] = person
        for button in await live_buttons(town):
            if not (button.stream or "").startswith(stream):
                continue
            pressed.add(button.action)
            for person in people:
                await self.press(person, person, pack(button.id))
                await self.press(person, town.group, pack(button.id))
                if button.place_id in chats:
                    await self.press(person, chats[button.place_id], pack(button.id))
        return pressed
