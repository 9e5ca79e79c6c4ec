"""Every way into the bot, by everybody: a decision is begun by nobody but the one whom the plan names, himself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from telegram import Update

from bot.playground import Person
from handlers.context import ANONYMOUS_ADMIN, way
from plans.core.command import SYSTEM
from plans.incident.proposals import ProposalRung
from plans.incident.reminders import Reminded
from tests.journeys.world import STAMPEDE, Forgiven, Town
from tests.thorough import THOROUGH

Json = dict[str, Any]
CHANNEL = {"id": -1009, "type": "channel", "title": "办公室频道"}
USER = {"id": 5, "is_bot": False, "first_name": "王"}
GROUP_BOT = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ORIGINS: tuple[Json, ...] = (
    {"type": "user", "date": 1, "sender_user": USER},
    {"type": "hidden_user", "date": 1, "sender_user_name": "王"},
    {"type": "chat", "date": 1, "sender_chat": CHANNEL},
    {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 1},
)
DUE = (ProposalRung, Reminded)
"""What the clock alone brings while nobody decides."""
OTHER_BOT = {"id": 6, "is_bot": True, "first_name": "别家", "username": "other_bot"}


def _anonymous(message: Json) -> Json:
    return message | {"from": GROUP_BOT, "sender_chat": message["chat"]}


def _forwarded(origin: Json) -> Callable[[Json], Json]:
    return lambda message: message | {"forward_origin": origin}


def _channel(message: Json) -> Json:
    return message | {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": CHANNEL}


ROUTES: dict[str, tuple[str, Callable[[Json], Json]]] = {
    "direct": ("message", lambda message: message),
    "anonymous": ("message", _anonymous),
    "channel": ("message", _channel),
    **{f"forward {origin['type']}": ("message", _forwarded(origin)) for origin in ORIGINS},
    "via_bot": ("message", lambda message: message | {"via_bot": OTHER_BOT}),
    "edit": ("edited_message", lambda message: message | {"edit_date": message["date"]}),
}  # fmt: skip


def enveloped(kind: str, message: Json, update: int) -> Json:
    return {"update_id": update, kind: message}


def mixed() -> Iterator[tuple[str, str]]:
    """Yield all pairs of ways that carry no authority."""
    yield from itertools.permutations([name for name in ROUTES if name != "direct"], 2)


PLAIN: Json = {"message_id": 7, "date": 1772391960, "chat": {"id": -1001, "type": "supergroup", "title": "群"},
               "from": USER, "text": "/declare Ⅲ"}  # fmt: skip


@pytest.mark.parametrize("name", ROUTES)
def test_each_way_is_recognised(name: str) -> None:
    kind, change = ROUTES[name]
    assert way(Update.de_json(enveloped(kind, change(PLAIN), 1), None)) == name.split()[0]


def test_two_ways_at_once_are_never_a_direct_one() -> None:
    for one, two in mixed():
        kind = "edited_message" if "edit" in (one, two) else "message"
        message = ROUTES[two][1](ROUTES[one][1](PLAIN))
        assert way(Update.de_json(enveloped(kind, message, 1), None)) != "direct", (one, two)


async def test_every_way_by_everybody_begins_no_decision_but_that_of_the_one_who_may(town: Town) -> None:
    town.forgiven = Forgiven(calls=("can't initiate", "not found"), dead=("",), logs=("",))
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    everybody: list[Person] = [
        town.director, town.deputy, town.commander, town.duty, town.second, town.admin, town.head, town.stranger,
        next(iter(town.liaisons.values())),
    ]  # fmt: skip
    town.stranger.join(town.group)
    town.stranger.start(town.bot)
    await town.settle()
    before = (await town.incident()).sequence
    chat = {"id": town.group.id, "type": "supergroup", "title": town.group.title}
    words = ("/declare Ⅲ", "/end 处置完毕", "/declare Ⅲ", "/reject 误报")
    number = 10_000
    for person in everybody:
        sender = {"id": person.id, "is_bot": False, "first_name": person.name}
        for name, (kind, change) in ROUTES.items():
            turn = len(words) if THOROUGH else 1
            for text in itertools.islice(itertools.cycle(words), number % len(words), number % len(words) + turn):
                if name == "direct" and (person is town.director or text == "/reject 误报"):
                    continue  # who may; and whoever is of the office may say that it was none
                number += 1
                entity = {"type": "bot_command", "offset": 0, "length": text.index(" ")}
                message = {"message_id": number, "date": 1772391960, "chat": chat, "from": sender, "text": text,
                           "entities": [entity]}  # fmt: skip
                town.world.queue_raw(town.bot, {kind: change(message)})
    await town.settle()
    incident = await town.incident()
    # The answers to so many commands are waited out in virtual time, within the limits of sending: meanwhile the
    # proposal rings again, as it must. Whatever else was written since would be by one of these entries.
    since = [item for item in incident.events[before:] if not isinstance(item.event, DUE)]
    assert (since, incident.response_level, incident.state) == ([], None, "reported")
    assert all(item.actor == SYSTEM.id for item in incident.events[before:])
    for person in everybody:
        if person is not town.stranger:
            assert not [line for line in person.timeline(town.bot) if "确认宣布" in line.labels()], person.name
    # And he who may is shown what he is about to declare.
    await town.say(town.director, town.group, "/declare Ⅲ")
    assert "确认宣布" in town.sees(town.director, "预览").labels()
