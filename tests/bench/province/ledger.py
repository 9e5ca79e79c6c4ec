"""Whose work it is: processor time and statements of each kind of task of a running program."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@dataclass
class Account:
    """What one kind of work came to."""

    times: int = 0
    seconds: float = 0.0
    statements: int = 0


_mine: ContextVar[Account | None] = ContextVar("account", default=None)


class Ledger:
    """The accounts, by kind of work: the name of a loop, of what an update says, or of a coroutine.

    Tasks that begin within ``keeping`` are counted.
    """

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    @contextmanager
    def keeping(self) -> Iterator[Ledger]:
        """Count for the length of a block."""
        loop = asyncio.get_running_loop()
        before = loop.get_task_factory()
        loop.set_task_factory(self._task)
        event.listen(Engine, "before_cursor_execute", _counted)
        try:
            yield self
        finally:
            event.remove(Engine, "before_cursor_execute", _counted)
            loop.set_task_factory(before)

    def _task(self, loop: asyncio.AbstractEventLoop, work: Any, **how: Any) -> asyncio.Task[Any]:
        account = self.accounts.setdefault(_kind(work), Account())
        account.times += 1
        return asyncio.Task(_driven(work, account), loop=loop, **how)


async def _driven(work: Coroutine[Any, Any, Any], account: Account) -> Any:
    _mine.set(account)
    return await _Timed(work, account)


class _Timed:
    """Steps through a coroutine as a task does, and looks at the clock of the thread around each step."""

    def __init__(self, work: Coroutine[Any, Any, Any], account: Account) -> None:
        self._work, self._account = work, account

    def __await__(self) -> Generator[Any, Any, Any]:
        value: Any = None
        error: BaseException | None = None
        while True:
            before = time.thread_time()
            try:
                waits_for = self._work.throw(error) if error is not None else self._work.send(value)
            except StopIteration as end:
                return end.value
            finally:
                self._account.seconds += time.thread_time() - before
            try:
                value, error = (yield waits_for), None
            except GeneratorExit:
                self._work.close()
                raise
            except BaseException as raised:
                error = raised


def _counted(*_: Any) -> None:
    account = _mine.get()
    if account is not None:
        account.statements += 1


def _kind(work: Any) -> str:
    name = str(getattr(work, "__qualname__", type(work).__name__))
    frame = getattr(work, "cr_frame", None)
    here = frame.f_locals if frame is not None else {}
    if name == "_kept":
        return type(here["loop"]).__name__
    if name == "Processor._one" and here["row"].payload:
        raw = json.loads(here["row"].payload)
        if "callback_query" in raw:
            return f"press: {raw['callback_query']['id'].partition('-')[0]}"
        return f"message: {raw.get('message', {}).get('text', '').split(' ')[0]}"
    return name
