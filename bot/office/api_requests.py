"""What other systems bring by the API: kept before it is answered, as a message is, with each use in the journal.

Keeping is one synced commit, shared by those that come meanwhile; ``api_work`` works off what was kept. A request is
known by the key that its system gave it: it has one effect, whoever dies in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.callback_data import new_id
from bot.cases.streams import token_log
from bot.service import Service
from plans.core.command import platform_id
from storage.api_requests import ApiRequest
from storage.canonical import canonical
from storage.errors import Conflict, Unavailable
from storage.journal import NewEntry
from storage.transaction import Writing

HOLD = timedelta(seconds=30)
"""After so long another process may work off what one has kept."""

TRIES = 5
USED = "api-used"
"""Entry of a token's log: what was asked with it, one after the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """One use of a token.

    Attributes:
        operation: as the document calls it. about: which case, or which key. status: of the answer; 0 = it waits.
    """

    token: str
    operation: str
    about: str
    status: int
    at: datetime


@dataclass(kw_only=True, slots=True)
class Asked:
    """A request that changes something, and what became of keeping it.

    Attributes:
        token: its id. secret: the digest of what it was asked with. key: of the system that asks.
        about: the case that it is about.
        digest: by which the same request is known again.
        row: what is kept, now or under the same key before. repeated: it was before.
        over: the secret opens nothing any more.
    """

    token: str
    secret: str
    key: str
    operation: str
    about: str
    body: Mapping[str, Any]
    row: ApiRequest | None = None
    repeated: bool = False
    over: bool = False

    digest: str = ""

    def __post_init__(self) -> None:
        """Work out by what the same request is known again."""
        said = canonical([self.operation, self.about, dict(self.body)])
        self.digest = hashlib.sha256(said.encode()).hexdigest()

    @property
    def differs(self) -> bool:
        """Whether another request came under the same key."""
        return self.row is not None and self.row.digest != self.digest


async def keep(service: Service, worker: str, asked: Sequence[Asked]) -> None:
    """Keep requests in one commit, each key of a token once; what became of each stands in it then.

    Args:
        worker: the process that is to work them off.

    Raises:
        Unavailable: the database cannot now; none was kept.
    """
    for _ in range(TRIES):
        try:
            await _keep(service, worker, asked)
            return
        except Conflict:  # another process keeps requests of the same token
            continue
    raise Unavailable("conflict")


async def _keep(service: Service, worker: str, asked: Sequence[Asked]) -> None:
    now = service.clock.now()
    keys: dict[str, list[str]] = {}
    for item in asked:
        keys.setdefault(item.token, []).append(item.key)
    async with service.store.writing("api.kept") as tx:
        tokens = await tx.api_tokens.among(keys)
        known = {(of, key): row for of in keys for key, row in (await tx.api_requests.known(of, keys[of])).items()}
        new: list[ApiRequest] = []
        for item in asked:
            token = tokens.get(item.token)
            item.over = token is None or not token.opens(item.secret, now)
            if item.over:
                continue
            item.row = known.get((item.token, item.key))
            item.repeated = item.row is not None
            if item.row is None:
                item.row = known[item.token, item.key] = ApiRequest(
                    id=new_id(), token_id=item.token, key=item.key, digest=item.digest, operation=item.operation,
                    about=item.about, body=dict(item.body), received_at=now, held_by=worker, due_at=now + HOLD,
                )  # fmt: skip
                new.append(item.row)
        await tx.api_requests.keep(new)
        uses = [
            Use(token=item.token, operation=item.operation, about=item.about or item.key, status=0, at=now)
            for item in asked
            if not item.over
        ]
        await note(tx, uses)


async def use(service: Service, uses: Sequence[Use]) -> None:
    """Write uses of tokens to their logs, in one commit.

    Raises:
        Unavailable: the database cannot now.
    """
    for _ in range(TRIES):
        try:
            async with service.store.writing("api.used") as tx:
                await note(tx, uses)
            return
        except Conflict:
            continue
    raise Unavailable("conflict")


async def note(tx: Writing, uses: Collection[Use]) -> None:
    """Write uses to the log of each token: those that came together are one entry."""
    of: dict[str, list[Use]] = {}
    for item in uses:
        of.setdefault(item.token, []).append(item)
    for token, some in of.items():
        said = [{"operation": one.operation, "about": one.about, "status": one.status} for one in some]
        entry = NewEntry(
            event=USED, version=1, at=some[-1].at, actor=platform_id(token), cause="", payload={"uses": said},
            personal=(),
        )  # fmt: skip
        stream = token_log(token)
        head = await tx.journal.head(stream)
        await tx.journal.append(stream, head.sequence if head is not None else 0, [entry])
        await tx.api_tokens.see(token, some[-1].at)
