"""What other systems are told, written down in the transaction in which it happens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.render.pushed import Pushed, pushed, tells, wants
from plans.core.outcome import CaseOutcome
from plans.model import Plan
from storage.store import Store
from storage.transaction import Reading, Writing
from storage.webhooks import NewWebhookMessage, Webhook


class Listeners:
    """Who listens. Where one process has the whole database, and nobody did when it was asked, it is not asked again.

    Args:
        store: tells when an address was added or changed.
    """

    def __init__(self, store: Store) -> None:
        self._alone, self._nobody = not store.postgres, False
        store.on_commit(self._changed)

    def _changed(self, queues: frozenset[str]) -> None:
        if "webhooks" in queues:
            self._nobody = False

    async def of(self, rx: Reading, jurisdiction: str) -> Sequence[Webhook]:
        """Return the addresses of a jurisdiction to which messages go."""
        if self._nobody:
            return ()
        listening = await rx.webhooks.listening()
        self._nobody = self._alone and not listening
        return [item for item in listening if item.jurisdiction == jurisdiction]


async def push(tx: Writing, listeners: Listeners, plan: Plan, outcome: CaseOutcome[Any], now: datetime) -> None:
    """Let the addresses of a case's jurisdiction be told what a command came to; of most it asks nothing."""
    if not tells(outcome):
        return
    stream = outcome.after.stream
    listening = await listeners.of(tx, outcome.after.jurisdiction)
    if not listening:
        return
    messages = [
        (item.type, id_of(stream, item), body_of(item.type, item.at, item.data)) for item in pushed(plan, outcome)
    ]
    await tx.webhooks.enqueue(
        [
            NewWebhookMessage(
                webhook_id=webhook.id, message=id, stream=stream, type=type_, body=body, created_at=now
            )
            for webhook in listening
            for type_, id, body in messages
            if wants(webhook.types)(type_)
        ]
    )  # fmt: skip


def id_of(stream: str, item: Pushed) -> str:
    """Return a message's id: the same for every address and every try, and nothing can be read from it."""
    return f"msg_{hashlib.sha256(f'{stream}:{item.sequence}:{item.type}'.encode()).hexdigest()[:32]}"


def body_of(type_: str, at: datetime, data: dict[str, Any]) -> str:
    """Return the body of a message."""
    body = {"type": type_, "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), "data": data}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
