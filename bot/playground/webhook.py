"""Delivery of updates to webhooks: in order, again and again until the bot answers 2xx."""

from __future__ import annotations

import asyncio
import json

import aiohttp

from bot.playground.calls import answer
from bot.playground.core import WorldCore
from bot.playground.records import BotAccount, Webhook
from bot.playground.updates import forget_old

RETRY_FIRST, RETRY_MOST = 0.05, 1.0
"""Real seconds between two tries, doubled each time."""


async def deliver_webhooks(world: WorldCore) -> None:
    """Deliver for every bot that has a webhook, until cancelled."""
    couriers: dict[int, asyncio.Task[None]] = {}
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                change = world.next_change()
                for account in world.state.bots.values():
                    idle = account.id not in couriers or couriers[account.id].done()
                    if account.webhook is not None and account.queue and idle:
                        couriers[account.id] = asyncio.create_task(_deliver(world, session, account))
                await asyncio.wait([change])
    finally:
        for courier in couriers.values():
            courier.cancel()
        if couriers:
            await asyncio.wait(couriers.values())


async def _deliver(world: WorldCore, session: aiohttp.ClientSession, account: BotAccount) -> None:
    pause = RETRY_FIRST
    while (hook := account.webhook) is not None and account.queue:
        forget_old(world, account)
        waiting = account.queue[0]
        problem = await _post(world, session, account, hook, waiting.payload)
        if problem is None:
            account.queue[:] = [other for other in account.queue if other is not waiting]
            pause = RETRY_FIRST
            world.changed("update")
            continue
        hook.last_error, hook.last_error_at = problem, world.clock.now()
        await asyncio.sleep(pause)
        pause = min(2 * pause, RETRY_MOST)


async def _post(
    world: WorldCore, session: aiohttp.ClientSession, account: BotAccount, hook: Webhook, payload: dict[str, object]
) -> str | None:
    """Post one update; return what went wrong. A method in the answer is carried out, as Telegram does."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=payload, headers=headers) as response:
            body = await response.read()
            if response.status // 100 != 2:
                return f"Wrong response from the webhook: {response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return f"Connection error: {type(error).__name__}"
    if body.strip():
        try:
            call = json.loads(body)
        except ValueError:
            return None
        if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
            await answer(world, account.token, method, call)
    return None
