"""python-telegram-bot's JobQueue with jobs that outlive the process, in APScheduler's SQLAlchemy store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apscheduler.job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool
from telegram.ext import ApplicationBuilder, ContextTypes, Job

from tests.bench.peers.bare import TOKEN, Bare


class BotJobStore(SQLAlchemyJobStore):  # type: ignore[misc]  # it ships no types
    """Keeps callback and data of a job in place of queue and job, which cannot be pickled.

    Args:
        application: whose queue the jobs are of.
    """

    def __init__(self, application: Bare, **how: Any) -> None:
        super().__init__(**how)
        self._application = application

    def add_job(self, job: apscheduler.job.Job) -> None:
        """Keep a job that ``JobQueue.run_once`` made."""
        made = job.args[1]
        job.args = (made.callback, made.data, made.name)
        super().add_job(job)

    def _reconstitute_job(self, state: Any) -> apscheduler.job.Job:
        job = super()._reconstitute_job(state)
        callback, data, name = job.args
        job.args = (self._application.job_queue, Job(callback, data=data, name=name))
        return job


DONE: dict[int, float] = {}
"""When each job ran, by its number; seconds since the epoch."""


async def remind(context: ContextTypes.DEFAULT_TYPE) -> None:
    """Note that a job ran."""
    if context.job is not None:
        DONE[int(str(context.job.data))] = time.time()


class Reminders:
    """A bot with that many one-off jobs in a durable store; ``until`` it is done."""

    def __init__(self, path: Path) -> None:
        engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False})
        self._engine = engine
        self.application: Bare = ApplicationBuilder().token(TOKEN).updater(None).build()
        queue = self.application.job_queue
        if queue is None:
            raise RuntimeError("no APScheduler")
        self.queue = queue
        queue.scheduler.add_jobstore(BotJobStore(self.application, engine=engine))
        self._pragma("journal_mode=WAL")

    async def start(self, moments: Sequence[float]) -> None:
        """Store a job for each moment (seconds since the epoch) and start the queue.

        Raises:
            RuntimeError: the first moment had come before all were stored.
        """
        DONE.clear()
        self._pragma("synchronous=OFF")  # storing them is not what is measured
        for number, moment in enumerate(moments):
            self.queue.run_once(remind, datetime.fromtimestamp(moment, UTC), data=number)
        await self.queue.start()
        self._pragma("synchronous=FULL")
        if time.time() > min(moments):
            raise RuntimeError("storing the jobs took too long")

    async def stop(self) -> None:
        """Stop the queue and close the store."""
        await self.queue.stop(wait=False)
        await asyncio.sleep(0)
        self._engine.dispose()

    def _pragma(self, words: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(f"PRAGMA {words}"))
