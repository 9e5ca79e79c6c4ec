"""Several cases wake together: in one transaction, each person is told what fell due in one message."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import structlog

from bot.cases.index import derive
from bot.cases.streams import INCIDENT
from bot.cases.streams import kind_of as case_kind
from bot.outgoing.case_dispatcher import Happened
from bot.outgoing.due_together import Gathering, write_together
from bot.service.requests import Refused, Requester, Result, Step
from bot.service.steps import Steps
from plans.kinds import kind_of
from storage.errors import StorageError
from storage.transaction import Writing

log = structlog.get_logger(__name__)


async def together(
    service: Steps,
    due: Mapping[str, str],
    near: Collection[str],
    requester: Requester,
    *,
    more: bool = False,
    ahead: bool = True,
) -> tuple[list[Result], dict[str, Exception]]:
    """Wake cases in one transaction; see ``Service.wake_together``, which tries again when somebody else came first."""
    now, gathering = service.clock.now(), Gathering(late=requester.late, more=more)
    results: list[Result] = []
    failed: dict[str, Exception] = {}
    async with service.store.writing("service.wakes") as tx:
        if requester.fence is not None:
            await requester.fence(tx)
        await tx.people.lapse(now)
        apart = {stream: cause for stream, cause in due.items() if case_kind(stream) != INCIDENT}
        if (
            len(apart) > 1
            and (done := await at_once(service, tx, apart, requester, now, gathering, ahead=ahead)) is not None
        ):
            results += done
            due = {stream: cause for stream, cause in due.items() if stream not in apart}
        for stream, cause in [*due.items(), *((stream, "") for stream in near if stream not in due)]:
            try:
                async with tx.savepoint():
                    result = await _woken(service, tx, stream, cause, requester, now, gathering, ahead=ahead)
            except StorageError:
                raise
            except Exception as problem:  # its plan cannot be read, or a bug: the others' clocks run on
                gathering.forget(stream)
                failed[stream] = problem
            else:
                results += [result] if result is not None else []
        await write_together(tx, gathering, now, service.policy)
    return results, failed


async def at_once(
    service: Steps,
    tx: Writing,
    due: Mapping[str, str],
    requester: Requester,
    now: datetime,
    gathering: Gathering,
    *,
    ahead: bool = True,
) -> list[Result] | None:
    """Wake cases that are no incidents in few statements for all of them.

    None where something went wrong, and nothing was done: each is woken by itself then, so that it holds up none.
    """
    happened: list[Happened] = []
    results: list[Result | None] = []
    try:
        async with tx.savepoint():
            async with tx.collecting():
                await tx.causes.look_ahead(due.values())
                await service.cache.look_ahead(tx, due)
                await tx.duties.look_ahead(due)
                await tx.wakes.look_ahead(due)
                for stream, cause in due.items():
                    results.append(
                        await _woken(service, tx, stream, cause, requester, now, later=happened, ahead=ahead)
                    )
            await service.cases.dispatch(tx, happened, now, online=not requester.late, gathering=gathering)
    except StorageError:
        raise
    except Exception:  # one plan that cannot be read, or a bug: whose it is shows when each is woken by itself
        for stream in due:
            gathering.forget(stream)
        log.warning("wakes.one-by-one", streams=sorted(due), exc_info=True)
        return None
    return [result for result in results if result is not None]


async def _woken(
    service: Steps, tx: Writing, stream: str, cause: str, requester: Requester, now: datetime,
    gathering: Gathering | None = None, later: list[Happened] | None = None, *, ahead: bool = True,
) -> Result | None:  # fmt: skip
    """Wake one of several cases; without a cause of its own only what may be said early is looked for."""
    if cause and await tx.causes.result(cause) is not None:
        return Result(cause=cause, repeated=True)
    case = await service.cache.load_case(tx, stream) if not cause else None
    if case is None and not cause:
        return None
    cause_of_step = cause or f"ahead:{stream}:{case.sequence if case is not None else 0}"
    step = Step(stream=stream, command=kind_of(stream).wake(ahead=ahead or not cause))
    try:
        step_result = await service.step(tx, step, cause_of_step, requester, now, gathering, later)
    except Refused as reason:
        raise LookupError(f"{stream} cannot be woken: {reason.refusal.key}") from reason
    if cause:
        if step_result.case is not None and not step_result.case.recorded:
            await derive(tx, step_result.case.after, service.policy)
        take = tx.causes.take if later is None else tx.causes.take_new
        await take(cause, now, {"streams": [stream], "refusal": ""})
    return Result(cause=cause_of_step, steps=(step_result,), streams=(stream,))
