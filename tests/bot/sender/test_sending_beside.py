"""What goes by other ways: bounded beside Telegram's own calls, doubted once, and looked at before every try."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.notifier import EACH, IN_ALL, NotSent, Refused, Unsure
from bot.outgoing.cards import Cards
from bot.outgoing.channels import NOTIFY
from bot.sender import Sender
from storage.outbox import NewMessage
from tests.bot.rig import Rig, turns

CALL = "s|call:消防:1"


class Ways:
    """A notifier that keeps what it gets in the air until it is let go."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, str]] = []
        self.air = self.most = 0
        self.end: Exception | None = None
        self.go = asyncio.Event()
        self.go.set()

    async def notify(self, address: str, text: str, whose: str = "") -> None:
        self.begun.append((address, text))
        self.air += 1
        self.most = max(self.most, self.air)
        try:
            await self.go.wait()
        finally:
            self.air -= 1
        if self.end is not None:
            raise self.end

    async def examine(self, address: str, whose: str = "") -> str:
        return "短信网关"

    async def close(self) -> None:
        pass


@pytest.fixture
def ways() -> Ways:
    return Ways()


def sender(rig: Rig, ways: Ways) -> Sender:
    return Sender(rig.store, rig.bot_api, rig.clock, Cards(rig.service.dispatcher), notifier=ways)


async def way(rig: Rig, person: str, name: str) -> str:
    return await rig.way(person, name, "短信网关", f"json://{name}")


async def told(rig: Rig, person: str, channel: str, *, priority: int = 1, guard: str | None = None) -> int:
    row = NewMessage(
        place_id=f"way-{channel}", priority=priority, method=NOTIFY, payload={"channel": channel, "text": "叫应"},
        notice="call_again", guard=guard, not_before=rig.clock.now(), created_at=rig.clock.now(), person_id=person,
    )  # fmt: skip
    [id] = await rig.queue(row)
    return id


async def test_a_gateway_that_never_says_gets_two_copies_and_no_more(rig: Rig, ways: Ways) -> None:
    li = await rig.person("李值班")
    id = await told(rig, li.person, await way(rig, li.person, "a"))
    ways.end = Unsure("no answer")
    async with rig.running(sender(rig, ways)):
        await rig.clock.advance(timedelta(hours=1))
    row = await rig.row(id)
    assert len(ways.begun) == 2 and (row.state, row.ambiguous) == ("ambiguous", 2)


async def test_what_was_surely_not_taken_is_tried_again_and_a_refusal_is_not(rig: Rig, ways: Ways) -> None:
    li = await rig.person("李值班")
    id = await told(rig, li.person, await way(rig, li.person, "a"))
    ways.end = NotSent("status 503")
    async with rig.running(sender(rig, ways)):
        await rig.clock.advance(timedelta(seconds=2))
        assert len(ways.begun) == 2
        ways.end = None
        await rig.clock.advance(timedelta(seconds=5))
        assert (await rig.row(id)).state == "sent" and len(ways.begun) == 3
        ways.end = Refused("status 401")
        other = await told(rig, li.person, "a")
        await rig.clock.advance(timedelta(minutes=5))
    assert (await rig.row(other)).state == "dead" and len(ways.begun) == 4


async def test_an_answer_that_comes_meanwhile_ends_the_tries(rig: Rig, ways: Ways) -> None:
    """Withdrawn while it was in the air: what nobody knows to have arrived is not sent a second time."""
    li = await rig.person("李值班")
    id = await told(rig, li.person, await way(rig, li.person, "a"), guard=CALL)
    ways.go.clear()
    ways.end = Unsure("no answer")
    async with rig.running_beside(sender(rig, ways)):
        await turns()
        assert len(ways.begun) == 1
        async with rig.store.writing() as tx:
            await tx.outbox.withdraw({CALL}, rig.clock.now())
        ways.go.set()
        await rig.clock.advance(timedelta(minutes=5))
    row = await rig.row(id)
    assert len(ways.begun) == 1 and (row.state, row.error) == ("dropped", "withdrawn")


async def test_one_person_has_two_at_once_and_all_have_six_while_telegram_goes_on(rig: Rig, ways: Ways) -> None:
    people = [await rig.person(f"联络{number}") for number in range(6)]
    ids = []
    for number in range(5):
        ids.append(await told(rig, people[0].person, await way(rig, people[0].person, f"a{number}"), priority=3))
    for number, person in enumerate(people[1:]):
        for each in range(2):
            ids.append(await told(rig, person.person, await way(rig, person.person, f"b{number}{each}")))
    ways.go.clear()
    async with rig.running_beside(sender(rig, ways)):
        await turns(300)
        assert ways.air == IN_ALL
        calm = [address for address, _ in ways.begun if address.startswith("json://a")]
        assert len(calm) <= EACH, "tests that somebody asks for leave room for calls"
        await people[3].write("一条消息")
        await turns(300)
        assert people[3].texts == ["一条消息"], "Telegram's calls do not wait for gateways"
        ways.go.set()
        await rig.clock.advance(timedelta(seconds=5))
    assert ways.most == IN_ALL
    assert await rig.rows(*ids) == ["sent"] * len(ids)
    assert [(await rig.row(id)).attempts for id in ids] == [1] * len(ids), "what was given back is no attempt"
