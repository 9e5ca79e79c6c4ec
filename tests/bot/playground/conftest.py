"""A small town on the local Bot API server: a duty officer, a director, a bot and a command group.

Every update that the server emits in these tests is also read by both libraries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import telegram

from bot.clock import VirtualClock
from bot.playground import Bot, Group, Limits, Person, World
from bot.playground.calls import answer
from bot.playground.schema import check_emitted

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
START = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def error(self) -> str:
        assert not self.body["ok"], self.body
        return f"{self.status} {self.body['description']}"


@dataclass
class Town:
    """The world with those who live in it, and the bot's hand: ``await town("sendMessage", chat_id=…)``."""

    world: World
    clock: VirtualClock
    bot: Bot
    li: Person
    wang: Person
    group: Group

    async def __call__(self, method: str, /, files: dict[str, Any] | None = None, **params: Any) -> Answer:
        reply = await answer(self.world, self.bot.token, method, params, files)
        return Answer(reply.status, json.loads(reply.body))

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Fetch and confirm everything that waits."""
        found = (await self("getUpdates", **params)).result
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    async def kinds(self) -> list[str]:
        return [next(key for key in update if key != "update_id") for update in await self.updates()]


def read_by_both(payload: dict[str, Any]) -> None:
    parsed = telegram.Update.de_json(payload, None)
    assert parsed.update_id == payload["update_id"]
    assert parsed.api_kwargs == {}, f"python-telegram-bot does not know {parsed.api_kwargs}"
    from aiogram.types import Update  # its imports take seconds: only these tests wait for them

    assert Update.model_validate(payload).event_type


@pytest.fixture(autouse=True)
def every_update_is_read_by_both(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def checked(name: str, payload: dict[str, Any], path: str = "") -> None:
        check_emitted(name, payload, path)
        read_by_both(json.loads(json.dumps(payload)))

    monkeypatch.setattr("bot.playground.updates.check_emitted", checked)
    yield


@pytest.fixture
def make_town() -> Iterator[Callable[..., Town]]:
    worlds: list[World] = []

    def make(*, limits: Limits | None = None, kind: str = "supergroup", forum: bool = False, **bot: Any) -> Town:
        clock = VirtualClock(START)
        world = World(clock, limits or Limits.unlimited())
        worlds.append(world)
        account = world.add_bot(TOKEN, "tocsin_bot", **bot)
        li = world.add_user("李值班", username="li_zhiban")
        wang = world.add_user("王主任", "同志")
        group = world.add_group("指挥群", owner=li, members=[account, wang], kind=kind, forum=forum)
        return Town(world, clock, account, li, wang, group)

    yield make
    for world in worlds:
        assert world.breaches == []


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town()


@pytest.fixture
def forum(make_town: Callable[..., Town]) -> Town:
    return make_town(forum=True)
