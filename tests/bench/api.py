"""B20: how many reports a second other systems get committed by the API, beside what getUpdates gets (B2)."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from functools import partial

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SystemClock
from bot.metrics import Metrics
from bot.office.api_tokens import keep, new_secret
from bot.office.api_wanted import Wanted
from bot.office.api_work import ApiWork
from bot.sealed import digest
from bot.service import Service
from bot.simulate import cast
from bot.web.api.routes import Api
from bot.web.server import serving
from plans.load import DATA, load
from tests.bench import intake, stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async

ARMS = ((16, 100, Aim(at_least=0.5)), (16, 1, None), (64, 1, None))
"""Connections, each of which waits for its answer before it asks again; reports in a request; the aim. As many in a
request as updates in an answer of getUpdates, beside which it is measured; one in a request is a request of HTTP each.
"""


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B20."""
    count = run.size(10_000, 1_000)
    for connections, size, aim in ARMS:
        mine, others = asyncio.run(
            alternate_async(
                run.rounds, partial(_brought, run, count, size, connections), partial(intake.kept, run, count)
            )
        )
        yield Line(
            number="B20", measure=f"reports by the API, {count:,} of them, {size} in a request", unit="/s",
            ours=tuple(mine), peer=tuple(others), against="updates by getUpdates (B2)", aim=aim,
            note=f"{connections} connections over loopback, from another process; each answer after its synced commit",
        )  # fmt: skip


async def _brought(run: Run, count: int, size: int, connections: int) -> float:
    plan = load(DATA / "jincheng-chengqu-campus.yaml")
    async with stage.sqlite(run.folder, "api") as store:
        clock = SystemClock()
        service = Service(store, PlanRegistry({plan.id: plan}), clock, new_id=lambda: "unused")
        await cast.enter(service, plan, [], clock.now())
        secret = new_secret()
        wanted = Wanted(
            name="110平台", jurisdiction=plan.jurisdiction.name, plans=(), scopes=("report",), units=(), days=1,
            rate=10_000_000,
        )  # fmt: skip
        async with store.writing() as tx:
            await keep(tx, wanted.token(digest(secret), "", clock.now()), cause="bench", now=clock.now())
        api = Api(service, ApiWork(service, "bench"), Metrics(), patience=0, each=10_000_000)
        async with serving("127.0.0.1", 0, api.routes(), attach=[api.attach]) as port:
            words = (str(port), secret, str(count), str(size), str(connections))
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.api", *words, stdout=asyncio.subprocess.PIPE
            )
            said, _ = await process.communicate()
            await api.close()
        async with store.reading() as rx:
            if await rx.api_requests.waiting() != count:
                raise AssertionError("not every report was kept")
    return count / float(said)


def _report(number: int) -> dict[str, str]:
    return {"text": f"第{number}小学楼梯踩踏，4名学生受伤，已拨打120"}


def _request(secret: str, numbers: range) -> bytes:
    if len(numbers) == 1:
        path, key, said = "/reports", f"Idempotency-Key: {numbers[0]}\r\n", _report(numbers[0])
    else:
        path, key = "/reports/batch", ""
        said = {"reports": [_report(number) | {"key": str(number)} for number in numbers]}  # type: ignore[dict-item]
    body = json.dumps(said, ensure_ascii=False).encode()
    return (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\n{key}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _bring(port: int, secret: str, count: int, size: int, connections: int) -> float:
    requests = [_request(secret, range(count)[first : first + size]) for first in range(0, count, size)]
    numbers = iter(range(len(requests)))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            writer.write(requests[number])
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 202"):
                raise AssertionError(head)
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
        writer.close()

    before = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(connections)))
    return time.perf_counter() - before


if __name__ == "__main__":
    print(asyncio.run(_bring(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))))
