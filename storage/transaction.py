"""A transaction and its repositories."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.api_requests import ApiRequests
from storage.api_tokens import ApiTokens
from storage.bodies import Bodies
from storage.buttons import Buttons
from storage.cards import Cards
from storage.cases import Cases
from storage.causes import Causes
from storage.directory import Directory
from storage.downloads import Downloads
from storage.drill_scripts import DrillScripts
from storage.duties import Duties
from storage.entries import Entries
from storage.errors import Unavailable
from storage.feeds import Feeds
from storage.forms import Forms
from storage.group_leads import GroupLeads
from storage.holds import Holds
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.journal import Journal
from storage.leases import Leases
from storage.lines import Lines
from storage.meta import Meta
from storage.obligations import Obligations
from storage.outbox import Outbox
from storage.people import People
from storage.places import Places
from storage.plans import Plans
from storage.second_readings import SecondReadings
from storage.session import Repository, Session
from storage.statistics import Counting
from storage.submissions import Submissions
from storage.voice import VoiceCalls
from storage.wakes import Wakes
from storage.web_sessions import WebSessions
from storage.webhooks import Webhooks

R = TypeVar("R", bound=Repository)

CHANNEL = "tocsin"
QUEUES = frozenset(
    {
        "inbox",
        "finished",
        "outbox",
        "wakes",
        "cards",
        "journal",
        "incidents",
        "leases",
        "downloads",
        "second_readings",
        "api_requests",
        "webhooks",
        "lines",
    }
)

_NOTIFY = select(func.pg_notify(CHANNEL, bindparam("word", type_=String)))

PRIVATE = frozenset({"finished", "journal"})
"""What no other process waits for: whoever finished an update goes on with the next of its chat."""


class _Made(Generic[R]):
    """A repository that is made when a transaction first asks for it: most ask for a few of all."""

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: Reading, owner: type) -> R:
        repository = vars(tx)[self._name] = self._kind(tx._session)  # found there from now on, and no more asked here
        return repository


class Reading:
    """A transaction that sees one state of the database; what its repositories would write raises ``ReadOnly``."""

    inbox = _Made(Inbox)
    causes = _Made(Causes)
    journal = _Made(Journal)
    incidents = _Made(Incidents)
    cases = _Made(Cases)
    wakes = _Made(Wakes)
    obligations = _Made(Obligations)
    outbox = _Made(Outbox)
    holds = _Made(Holds)
    cards = _Made(Cards)
    people = _Made(People)
    places = _Made(Places)
    plans = _Made(Plans)
    directory = _Made(Directory)
    bodies = _Made(Bodies)
    duties = _Made(Duties)
    entries = _Made(Entries)
    buttons = _Made(Buttons)
    forms = _Made(Forms)
    group_leads = _Made(GroupLeads)
    downloads = _Made(Downloads)
    second_readings = _Made(SecondReadings)
    web_sessions = _Made(WebSessions)
    statistics = _Made(Counting)
    voice_calls = _Made(VoiceCalls)
    api_tokens = _Made(ApiTokens)
    api_requests = _Made(ApiRequests)
    webhooks = _Made(Webhooks)
    lines = _Made(Lines)
    submissions = _Made(Submissions)
    feeds = _Made(Feeds)
    drill_scripts = _Made(DrillScripts)
    meta = _Made(Meta)
    leases = _Made(Leases)

    def __init__(self, connection: AsyncConnection, clock: Callable[[], datetime] | None = None) -> None:
        self._session = Session(connection, clock)

    @property
    def now(self) -> datetime:
        """The program's moment; long ago where nobody tells the time."""
        return self._session.now


class Writing(Reading):
    """A transaction that writes: all of it, or nothing when an exception leaves its block."""

    def __init__(self, connection: AsyncConnection, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(connection, clock)
        self.callbacks: list[Callable[[], object]] = []

    @property
    def touched(self) -> frozenset[str]:
        """The queues that were changed, of ``QUEUES``.

        ``finished`` when an update was, ``leases`` when one was given back.
        """
        return frozenset(self._session.touched)

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` once this transaction is committed; never when it, or its savepoint, is rolled back."""
        self.callbacks.append(callback)

    async def announce(self, origin: str) -> None:
        """Tell other processes on PostgreSQL, at the commit, which queues were changed; see ``Store.listen``.

        Args:
            origin: a word for this store, by which it knows its own announcements.
        """
        queues = self._session.touched - PRIVATE
        if self._session.postgres and queues:
            await self._session.run(_NOTIFY, {"word": " ".join([origin, *sorted(queues)])})

    @asynccontextmanager
    async def collecting(self) -> AsyncIterator[None]:
        """Write what a block writes in few statements, at the latest before it reads anything; see ``Session``."""
        async with self._session.collecting():
            yield

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what the block wrote when an exception leaves it; the transaction goes on."""
        callbacks, touched = len(self.callbacks), set(self._session.touched)
        await self._session.flush()
        gone: Unavailable | None = None
        try:
            async with self._session.part():
                try:
                    yield
                    await self._session.flush()
                except Unavailable as problem:
                    gone = problem
                    raise
        except BaseException as problem:
            del self.callbacks[callbacks:]
            self._session.touched = touched
            self._session.forget()
            if gone is not None and problem is not gone:
                raise gone from None  # a full SQLite has rolled back everything by itself, the savepoint too
            raise
