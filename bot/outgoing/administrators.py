"""The administrators of a jurisdiction, and what all of them are told at once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from plans.core.keys import to_person
from storage.people import Person
from storage.transaction import Reading


async def administrators(rx: Reading, jurisdiction: str, first: Iterable[int] = ()) -> list[Person]:
    """Return those who can be written to.

    Args:
        first: Telegram ids of those whom the settings name for every jurisdiction.
    """
    people = list(await rx.people.holders(jurisdiction, "*", "admin"))
    for telegram_id in sorted(first):
        person = await rx.people.by_telegram(telegram_id)
        if person is not None and all(item.id != person.id for item in people):
            people.append(person)
    return [item for item in people if item.place_id is not None and item.blocked_at is None]


async def to_administrators(
    rx: Reading, jurisdiction: str, first: Iterable[int], key: str, **values: object
) -> list[OutgoingMessage]:
    """Return a text for each of them, whose key is also what the notice is called."""
    message = text_message(key, jurisdiction=jurisdiction, **values)
    return [
        OutgoingMessage(
            place_id=person.place_id or "", message=message, notice=key, audience=to_person(person.id),
            person_id=person.id, priority=2, jurisdiction=jurisdiction,
        )
        for person in await administrators(rx, jurisdiction, first)
    ]  # fmt: skip
