"""What people start on threads: in an executor of its own, one for each person, never waited for too long."""

import asyncio
import threading

import pytest

from bot.errands import MOST, THREADS, Errands, TooBusy


async def test_errands_that_hang_take_no_thread_from_the_program_and_only_their_own_places():
    go = threading.Event()
    errands = Errands(seconds=0.05)

    def hang() -> str:
        go.wait(20)
        return threading.current_thread().name

    try:
        with pytest.raises(TooBusy):
            await errands.run("a", hang)
        with pytest.raises(TooBusy):
            await errands.run("a", str)  # at once: the first one still runs
        for whose in range(THREADS, MOST + 1):
            with pytest.raises(TooBusy):
                await errands.run(f"p{whose}", hang)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(5):  # the loop's own executor looks names up all the same
            await asyncio.gather(*(loop.getaddrinfo("127.0.0.1", 1) for _ in range(8)))
            assert not (await asyncio.to_thread(lambda: threading.current_thread().name)).startswith("errand")
        assert sum(thread.name.startswith("errand") for thread in threading.enumerate()) <= THREADS
    finally:
        go.set()
        errands.close()


async def test_a_person_has_one_at_a_time_and_the_next_when_it_ended():
    errands = Errands()
    try:
        assert await errands.run("a", "{} {}".format, 1, 2) == "1 2"
        async with asyncio.timeout(5):
            while errands._of:  # noqa: ASYNC110  the thread tells the loop
                await asyncio.sleep(0.001)
        with pytest.raises(ZeroDivisionError):
            await errands.run("a", lambda: 1 // 0)
    finally:
        errands.close()
