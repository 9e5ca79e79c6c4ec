"""One call of the bot, from the token to the answer: log, faults, checks, limits, effect."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from bot.playground import access, updates
from bot.playground.core import WorldCore
from bot.playground.errors import ApiError, SchemaBreach, bad
from bot.playground.faults import Fault
from bot.playground.limits import spend
from bot.playground.log import Call
from bot.playground.methods import METHODS
from bot.playground.records import BotAccount
from bot.playground.schema import Upload, check_call, check_result, method_names

Json = dict[str, Any]
_AFTERWARDS = ("drop", "half", "timeout")
"""Faults of calls that take effect all the same."""

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{10,64}")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back to the bot.

    Args:
        status: HTTP status.
        body: the bytes of the answer.
        cut: ``reset``, ``drop``, ``timeout`` or ``refused``: no answer, the connection breaks.
    """

    status: int
    body: bytes
    cut: str | None = None


async def answer(
    world: WorldCore, token: str, method: str, arguments: Json, files: dict[str, Upload] | None = None
) -> Reply:
    """Carry out a call and return the answer as Telegram would give it.

    Args:
        world: the world.
        token: the token of the address.
        method: the method of the address, any case.
        arguments: the parameters as they came.
        files: uploaded parts.

    Raises:
        SchemaBreach: the server's own answer was wrong: a bug of ours.
    """
    try:
        account, name = _addressed(world, token, method)
    except ApiError as error:
        _log(world, "?", method, arguments)
        return _settle(world, len(world.calls), error)
    number = _log(world, str(account.id), name, arguments)
    fault = world.faults.meet(name, arguments.get("chat_id"))
    if name == "getUpdates":
        return await _answer(world, account, number, name, arguments, files or {}, fault)
    with world.running():
        return await _answer(world, account, number, name, arguments, files or {}, fault)


def _addressed(world: WorldCore, token: str, method: str) -> tuple[BotAccount, str]:
    if not _TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    account = world.account(token)
    if account is None:
        raise ApiError(401, "Unauthorized")
    if account.logged_out:
        raise ApiError(400, "Bad Request: Logged out")
    if method.lower() not in method_names():
        raise ApiError(404, "Not Found: method not found")
    return account, method_names()[method.lower()]


async def _answer(
    world: WorldCore,
    account: BotAccount,
    number: int,
    name: str,
    arguments: Json,
    files: dict[str, Upload],
    fault: Fault | None,
) -> Reply:
    if fault is not None:
        world.calls[number - 1] = replace(world.calls[number - 1], fault=fault.kind)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "status":
            return _settle(world, number, fault.error())
        elif fault.kind == "garbage":
            return Reply(status=fault.status, body=fault.page())
        elif fault.kind not in _AFTERWARDS:
            return Reply(status=0, body=b"", cut=fault.kind)
    try:
        result = await _carry_out(world, account, name, arguments, files)
    except ApiError as error:
        reply = _settle(world, number, error)
    except SchemaBreach as breach:
        world.breaches.append(f"{name}: {breach}")
        raise
    else:
        reply = _settle(world, number, result)
    if fault is not None and fault.kind == "half":
        return replace(reply, body=reply.body[: len(reply.body) // 2])
    if fault is not None and fault.kind in _AFTERWARDS:
        return replace(reply, cut=fault.kind)
    return reply


async def _carry_out(
    world: WorldCore, account: BotAccount, name: str, arguments: Json, files: dict[str, Upload]
) -> Any:
    params = check_call(name, arguments, files)
    if name == "getUpdates":
        return await updates.poll(world, account, params)
    if name not in METHODS:
        raise bad(f"{name} is not supported by the local server")
    if name in world.limits.counted and "chat_id" in params:
        chat = access.member_chat(world, account, params["chat_id"])
        cost = len(params["media"]) if name == "sendMediaGroup" else 1
        spend(
            world.state.spent,
            world.limits,
            world.clock.now(),
            str(account.id),
            chat.key,
            group=not chat.private,
            cost=cost,
        )
    result = METHODS[name](world, account, params)
    check_result(name, result)
    return result


def _log(world: WorldCore, bot: str, method: str, arguments: Json) -> int:
    params = {name: value for name, value in arguments.items() if name not in ("certificate", "secret_token")}
    chat = arguments.get("chat_id")
    if isinstance(chat, str) and re.fullmatch(r"-?\d+", chat):
        chat = int(chat)
    number = len(world.calls) + 1
    world.calls.append(Call(number=number, at=world.clock.now(), bot=bot, method=method, chat=chat, params=params))
    return number


def _settle(world: WorldCore, number: int, outcome: Any) -> Reply:
    call = world.calls[number - 1]
    if isinstance(outcome, ApiError):
        world.calls[number - 1] = replace(call, status=outcome.status, description=outcome.description)
        status, body = outcome.status, outcome.body()
    else:
        world.calls[number - 1] = replace(call, status=200, result=outcome)
        status, body = 200, {"ok": True, "result": outcome}
    world.changed("call")
    return Reply(status=status, body=json.dumps(body, ensure_ascii=False).encode())
