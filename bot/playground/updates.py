"""The queue of a bot's updates: kept until confirmed, handed out by long polling, one poller at a time."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.playground.core import WorldCore
from bot.playground.errors import ApiError
from bot.playground.records import BotAccount, Waiting
from bot.playground.schema import check_emitted, fields_of

Json = dict[str, Any]
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


def queue_update(world: WorldCore, account: BotAccount, **content: Json) -> None:
    """Queue one update, unless the bot did not ask for its kind.

    Raises:
        SchemaBreach: the update is not one of the Bot API's.
    """
    (kind,) = content
    if account.allowed_updates:
        if kind not in account.allowed_updates:
            return
    elif kind in NOT_BY_DEFAULT:
        return
    payload = {"update_id": account.next_update, **content}
    check_emitted("Update", payload, "update")
    queue_raw(world, account, payload)


def queue_raw(world: WorldCore, account: BotAccount, payload: Json) -> None:
    """Queue a payload as it is; without an ``update_id`` it gets the next one."""
    number = payload.get("update_id", account.next_update)
    account.queue.append(Waiting(id=number, at=world.clock.now(), payload={"update_id": number} | payload))
    account.next_update = max(account.next_update, number + 1)
    world.changed("update")


def forget_old(world: WorldCore, account: BotAccount) -> None:
    """Drop updates that waited longer than Telegram keeps them."""
    oldest = world.clock.now() - world.rules.updates_kept
    account.queue[:] = [waiting for waiting in account.queue if waiting.at >= oldest]


def confirm(world: WorldCore, account: BotAccount, offset: int) -> None:
    """Forget every update below ``offset``; a negative offset keeps that many from the end."""
    if offset < 0:
        account.queue[:] = account.queue[offset:]
    elif offset > 0:
        account.queue[:] = [waiting for waiting in account.queue if waiting.id >= offset]
    world.changed("update")


async def poll(world: WorldCore, account: BotAccount, params: Json) -> list[Json]:
    """Answer ``getUpdates``: what waits, or what comes within ``timeout`` real seconds (at most 50).

    Raises:
        ApiError: 409 while a webhook is set, or when another poll takes over.
    """
    if account.webhook is not None:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    earlier = world.polls.pop(account.id, None)
    if earlier is not None and not earlier.done():
        earlier.set_result(None)
    if "allowed_updates" in params:
        account.allowed_updates = check_kinds(params["allowed_updates"])
    mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    world.polls[account.id] = mine
    forget_old(world, account)
    confirm(world, account, params.get("offset", 0))
    loop = asyncio.get_running_loop()
    deadline = loop.time() + min(max(params.get("timeout", 0), 0), 50)
    try:
        while not account.queue and (seconds := deadline - loop.time()) > 0:
            change = world.next_change()
            await asyncio.wait([mine, change], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if mine.cancelled():  # the server goes down
                return []
            if mine.done():
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            if account.webhook is not None:
                raise ApiError(409, "Conflict: terminated by setWebhook request")
    finally:
        if world.polls.get(account.id) is mine:
            del world.polls[account.id]
    return [waiting.payload for waiting in account.queue[: params.get("limit", 100)]]


def check_kinds(kinds: list[str]) -> list[str]:
    """Return the kinds of update asked for; an unknown one is refused (Telegram ignores it)."""
    names = set(fields_of("Update")) - {"update_id"}
    if wrong := set(kinds) - names:
        raise ApiError(400, f"Bad Request: unknown allowed_updates {sorted(wrong)} (refused by the local server)")
    return kinds
