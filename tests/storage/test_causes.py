import asyncio

import pytest

from storage import AlreadyTaken
from tests.storage.rows import AT


async def test_a_cause_is_taken_once_and_its_result_stays(store):
    async with store.writing() as tx:
        assert await tx.causes.result("update:1:0") is None
        await tx.causes.take("update:1:0", AT, {"refused": "权限不足"})
    async with store.writing() as tx:
        with pytest.raises(AlreadyTaken) as caught:
            await tx.causes.take("update:1:0", AT, {"other": 1})
        await tx.causes.take("update:1:1", AT, {})
    assert (caught.value.cause, caught.value.result) == ("update:1:0", {"refused": "权限不足"})
    async with store.reading() as rx:
        assert await rx.causes.result("update:1:0") == {"refused": "权限不足"}
        assert await rx.causes.result("update:1:1") == {}


async def test_a_cause_of_a_rolled_back_transaction_is_free(store):
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as tx:
            await tx.causes.take("update:1:0", AT, {})
            _ = 1 / 0
    async with store.writing() as tx:
        await tx.causes.take("update:1:0", AT, {})


async def test_of_many_who_take_a_cause_at_once_one_gets_it(store):
    async def take(number):
        try:
            async with store.writing() as tx:
                await tx.causes.take("wake:1", AT, {"by": number})
        except AlreadyTaken as error:
            return error.result["by"]
        return number

    assert len(set(await asyncio.gather(*(take(n) for n in range(8))))) == 1
