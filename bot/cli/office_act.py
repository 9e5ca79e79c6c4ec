"""What the command line does in an office by itself: in the name of whoever runs the machine, as a chat would."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import typer

from bot.cli.database import address, attempt
from bot.cli.output import Wrong, all_plans

if TYPE_CHECKING:
    from bot.office.administration import AdminResult
    from bot.office.webhooks import By
    from bot.service import Service

Act = Callable[["Service", "By"], Awaitable["AdminResult | None"]]
Words = Callable[["AdminResult"], str]


def act(what: Act, topic: str, words: Words, token: str = "") -> AdminResult:
    """Do something in one transaction of an office.

    Args:
        topic: of its cause. words: what is said of what came of it. token: the bot's, where secrets are made.

    Raises:
        Wrong: it was refused.
    """

    async def run() -> AdminResult:
        from bot.callback_data import new_id
        from bot.cases.plan_registry import PlanRegistry
        from bot.clock import SystemClock
        from bot.office.webhooks import By
        from bot.sealed import Seal
        from bot.service import Requester, Service
        from storage import open_store

        async with await open_store(address()) as store:
            with store.lock():
                service = Service(
                    store, PlanRegistry(all_plans()), SystemClock(), new_id=new_id, seal=Seal(token)
                )  # fmt: skip
                done = await what(service, By(None, Requester(), f"cli:{topic}:{secrets.token_hex(8)}"))
        if done is None:
            raise LookupError("its cause is new")
        return done

    done = attempt(run)
    if not done.ok:
        raise Wrong(words(done).rstrip("。"))
    return done


def say(words: str) -> None:
    """Print one sentence."""
    typer.echo(words.rstrip("。") + "。")
