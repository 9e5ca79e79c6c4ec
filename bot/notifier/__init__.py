"""Sending by other ways than Telegram, through Apprise, in processes of their own: see ``bot.notifier.workers``.

Only kinds that reach a person over the network are allowed: Apprise could also write files and run programs. Time,
method, headers and redirects are the program's (``addresses``), private hosts the operator's (``guard``).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any, Protocol

from bot.notifier.addresses import KINDS, LONGEST, BadAddress, hosts_of, masked, names, scheme_of
from bot.notifier.workers import Worker

__all__ = [
    "EACH",
    "IN_ALL",
    "LONGEST",
    "AppriseNotifier",
    "BadAddress",
    "Busy",
    "NotSent",
    "Notifier",
    "Refused",
    "Unsure",
    "hosts_of",
    "kind_of",
    "masked",
    "names",
    "scheme_of",
]

SECONDS = 25
"""For one message, from the look-up of the name to the answer: gateways are known that take twenty."""

EXAMINE_SECONDS = 8
IN_ALL = 6
"""Messages by other ways at the same time."""

EACH = 2
"""Of those, so many of one person."""

KEPT = 2
"""Processes that wait for the next message; the others end."""

EXAMINED = 2
"""New addresses that are looked at together."""


class NotSent(Exception):
    """It certainly did not arrive, and may be tried again."""


class Refused(NotSent):
    """The gateway answered no, or the address may not be used: trying again as it is would not help."""


class Unsure(Exception):
    """No answer came: the gateway may have it or not."""


class Busy(Exception):
    """So many of this person's, or of all, are under way that one more is not begun."""


class Notifier(Protocol):
    """Sends a text."""

    async def notify(self, address: str, text: str, whose: str = "") -> None:
        """Send, for a person; raise NotSent, Unsure."""
        ...

    async def examine(self, address: str, whose: str = "") -> str:
        """Return what people call the kind of an address; raise BadAddress, Busy."""
        ...

    async def close(self) -> None:
        """End what is under way."""
        ...


class AppriseNotifier:
    """Sends through Apprise, which is an optional part of the installation (``tocsin[channels]``).

    Args:
        hosts: hosts that are not public and may be reached all the same; the operator lists them.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._hosts = sorted(hosts)
        self._idle: list[Worker] = []
        self._room = asyncio.Semaphore(IN_ALL)
        self._of_each: dict[str, asyncio.Semaphore] = {}
        self._waiting: Counter[str] = Counter()
        self._examining: Counter[str] = Counter()

    async def notify(self, address: str, text: str, whose: str = "") -> None:
        """Send; raise NotSent, Unsure."""
        job: dict[str, Any] = {"task": "send", "address": address, "text": text, "hosts": self._hosts}
        async with self._turn(whose), self._room:
            answer = await self._ask(job, SECONDS)
        outcome, reason = (answer["outcome"], answer["reason"]) if answer is not None else ("unsure", "no answer")
        if outcome == "unsure":
            raise Unsure(reason)
        if outcome in ("refused", "bad"):
            raise Refused(reason)
        if outcome != "sent":
            raise NotSent(reason)

    async def examine(self, address: str, whose: str = "") -> str:
        """Return the kind; raise BadAddress, Busy. The host's name is looked up, nothing is sent there."""
        kind = kind_of(address)
        if self._examining[whose] or self._examining.total() >= EXAMINED:
            raise Busy
        self._examining[whose] += 1
        try:
            job: dict[str, Any] = {"task": "examine", "address": address, "hosts": self._hosts}
            answer = await self._ask(job, EXAMINE_SECONDS)
        finally:
            del self._examining[whose]
        if answer is None:
            raise BadAddress("这个地址的主机名查不到，或不在公网上；内网的网关须由管理员写入设置 TOCSIN_CHANNEL_HOSTS")
        if answer["outcome"] == "bad":
            raise BadAddress(answer["reason"])
        return kind

    async def close(self) -> None:
        """End the processes that wait; one that works is ended by whoever waits for it."""
        while self._idle:
            await self._idle.pop().end()

    async def _ask(self, job: dict[str, Any], seconds: float) -> dict[str, str] | None:
        worker = self._idle.pop() if self._idle else Worker()
        try:
            answer = await worker.ask(job, seconds)
        except OSError as problem:
            raise NotSent(f"no process: {problem.strerror}") from None
        if len(self._idle) < KEPT:
            self._idle.append(worker)
        else:
            await worker.end()
        return answer

    @asynccontextmanager
    async def _turn(self, whose: str) -> AsyncIterator[None]:
        """Wait for one's turn among one's own messages."""
        self._waiting[whose] += 1
        turn = self._of_each.setdefault(whose, asyncio.Semaphore(EACH))
        try:
            async with turn:
                yield
        finally:
            self._waiting[whose] -= 1
            if not self._waiting[whose]:
                del self._waiting[whose], self._of_each[whose]


def kind_of(address: str) -> str:
    """Return what people call the kind of an address, by its words alone.

    Raises:
        BadAddress: it is none that may be used.
    """
    scheme = scheme_of(address)
    if find_spec("apprise") is None:
        raise BadAddress("这台机器没有安装其他通知方式，请管理员运行 pip install 'tocsin[channels]'")
    return KINDS[scheme].name
