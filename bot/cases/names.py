"""How people are named where liability hangs on it: a name that only Telegram tells is marked as one."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from bot.render import View
from bot.render.text import written
from bot.render.view import Named
from bot.texts.identity import LATER, MARKED, NAMELESS, NOTE
from plans.persons import ACTOR, held
from storage.people import Person, is_confirmed, shown_name
from storage.transaction import Reading

LONGEST = 16
"""Of a name that is marked: a longer one would stand where the mark is to be seen."""


def marked_name(person: Person) -> str:
    """Return a person's name; one that he gave himself in Telegram says so, however long it is."""
    if is_confirmed(person):
        return shown_name(person)
    return MARKED.format(name=written(person.name, LONGEST)) if person.name.strip() else NAMELESS


async def with_names(rx: Reading, view: View) -> View:
    """Return an incident with the names of those who acted in it, for what is kept or handed on.

    What was recorded under a name that nobody had confirmed then is marked, and says who it was where that is known.
    """
    first: dict[str, datetime] = {}
    called: dict[str, dict[str, None]] = {}
    for item in view.incident.events:
        for id, name in _named(item.actor, item.event):
            first.setdefault(id, item.at)
            called.setdefault(id, {}).update({name: None} if name else {})
    people = {id: await rx.people.get(id) for id in first}
    return replace(
        view,
        people={
            id: Named(shown_name(person), _note(person, first[id]), tuple(called[id]))
            for id, person in people.items()
            if person is not None and shown_name(person)
        },
    )


def _note(person: Person, since: datetime) -> str:
    """Return what is to be said of the name of somebody who acted since a moment, empty where it was confirmed."""
    if not is_confirmed(person) or person.confirmed_at is None:
        return NOTE
    return LATER.format(name=person.real_name) if person.confirmed_at > since else ""


def _named(actor: str, event: Any) -> list[tuple[str, str]]:
    """Return whose ids an event holds, with the names that it holds of them."""
    found = [(actor, "")]
    for field in fields(event):
        holds, value = held(event.NAME, field.name), getattr(event, field.name)
        if holds is None or not isinstance(value, str) or not value:
            continue
        if holds.kind == "id":
            found.append((value, ""))
        elif holds.kind == "name" and holds.whose == ACTOR:
            found.append((actor, value))
        elif holds.kind == "name":
            found.append((str(getattr(event, holds.whose, "")), value))
    return [(id, name) for id, name in found if id]
