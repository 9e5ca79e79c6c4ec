"""Another system is told of a night: in order, signed, each thing once, through slowness, lies and death; no names."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.playground import Person
from tests.bot.rig import until
from tests.chaos.inspector import look
from tests.handlers.test_duty import DECEMBER, UNIT, opened
from tests.handlers.test_warning import RAIN
from tests.journeys.world import JURISDICTION, MEMORY, NIGHT, PLAN, STAMPEDE, Forgiven, Town, plans
from tests.receiver import Receiver, receiving

FAILED = Forgiven(logs=("webhook.failed",))


@asynccontextmanager
async def connected(url: str, types: str = "", at: datetime = NIGHT) -> AsyncIterator[tuple[Town, Receiver]]:
    """A town whose administrator has allowed another system, which answered a test."""
    async with (
        receiving(lambda: clock.now().timestamp()) as receiver, Town.open(url, push=receiver.url, at=at) as town
    ):  # fmt: skip
        clock = town.clock
        await allow(town, receiver, types)
        await town.say(town.admin, town.bot, "/webhook")
        await town.press(town.admin, "测试 1")
        await town.advance(seconds=1)
        assert receiver.types == ["webhook.test"] and not receiver.unsigned
        receiver.taken.clear()
        receiver.came.clear()
        yield town, receiver


async def allow(town: Town, receiver: Receiver, types: str = "", path: str = "/in?key=of-the-path") -> None:
    await town.say(town.admin, town.bot, f"/webhook 加 {receiver.url}{path} {types}".strip())
    [secret] = re.findall(r"whsec_\S+", town.sees(town.admin, "已准许推送到").text)
    receiver.secrets.append(secret)


async def night(town: Town) -> None:
    """What was reported is taken, judged and declared; a unit answers."""
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")
    await town.press(next(iter(town.liaisons.values())), "收到")


async def test_a_receiver_that_is_slow_lies_and_dies_is_told_all_of_it_once_and_in_order(any_url: str) -> None:
    async with connected(any_url) as (town, receiver):
        town.forgiven = FAILED
        receiver.hold, receiver.status = asyncio.Event(), 500
        town.head.send(town.bot, STAMPEDE)
        await until(lambda: bool(receiver.came and town.told(town.duty, "接报")))
        receiver.hold.set()  # Telegram did not wait for its answer
        await night(town)
        await town.advance(seconds=10)
        receiver.status, receiver.hang_up = 200, True  # it has it, and does not say so
        await town.advance(minutes=1)
        receiver.hang_up, receiver.status, receiver.headers = False, 302, {"Location": f"{receiver.url}/elsewhere"}
        await town.advance(minutes=3)
        assert not receiver.taken, "a redirect is no answer, and is not followed"
        receiver.status, receiver.headers, receiver.body = 200, {}, b"x" * 100_000
        await town.advance(minutes=20)
        types = receiver.types
        assert types[0] == "incident.opened" and len(receiver.came) > len(receiver.taken) and not receiver.unsigned
        for earlier, later in (
            ("incident.opened", "incident.level_declared"), ("incident.level_declared", "unit.answered"),
            ("clock.opened", "clock.due"),
        ):  # fmt: skip
            assert types.index(earlier) < types.index(later)
        async with town.open_store.reading() as rx:
            assert not await rx.webhooks.standing(), "nothing waits, nothing was given up"
        incident = await town.incident()
        [opened], [declared] = receiver.told("incident.opened"), receiver.told("incident.level_declared")
        assert opened["incident"]["id"] == incident.stream.partition(":")[2] and not opened["incident"]["drill"]
        assert (declared["level"], declared["incident"]["response_level"]) == ("Ⅱ", "Ⅱ")
        names_nobody(town, receiver)


def names_nobody(town: Town, receiver: Receiver) -> None:
    said = json.dumps(list(receiver.taken.values()), ensure_ascii=False)
    people = [*(person for person in vars(town).values() if isinstance(person, Person)), *town.liaisons.values()]
    for word in (*(person.name for person in people), STAMPEDE, STAMPEDE[:12]):
        assert word not in said, word


async def test_only_an_administrator_allows_an_address_only_in_private_and_sees_no_path(file_url: str) -> None:
    async with connected(file_url) as (town, receiver):
        url = f"{receiver.url}/other?key=of-another"
        town.second.send(town.bot, f"/webhook 加 {url}")
        for person in (town.duty, town.director, town.head):
            await town.say(person, town.bot, f"/webhook 加 {url}")
        for person in (town.duty, town.admin):
            await town.say(person, town.group, f"/webhook@tocsin_bot 加 {url}")
        for refused in ("http://10.0.0.1/", "https://127.0.0.1/", "https://a:b@hook.example.cn/", "乱写"):
            before = len(town.told(town.admin, "没有加上"))
            await town.say(town.admin, town.bot, f"/webhook 加 {refused}")
            assert len(town.told(town.admin, "没有加上")) == before + 1, refused
        async with town.open_store.reading() as rx:
            [webhook] = await rx.webhooks.all()
            log = str([await rx.journal.load(f"admin:{webhook.jurisdiction}")])
        inbox = str([row.payload for row in (await look(town.open_store)).updates.values()])
        seen = "".join(line.text for line in town.admin.timeline(town.bot) if line.from_bot)
        for text in (log, inbox, seen, str(town.log)):
            assert "of-the-path" not in text


async def test_warnings_are_told_from_their_issue_to_their_end_and_what_only_waits_is_not(file_url: str) -> None:
    async with connected(file_url, "预警") as (town, receiver):
        await town.say(town.duty, town.bot, RAIN)
        await town.advance(seconds=3)
        assert receiver.types == []
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知解除")
        await town.press(town.duty, "确认解除", words="请确认：解除")
        await town.advance(seconds=3)
        assert receiver.types == ["warning.issued", "warning.lifted"]
        issued, lifted = receiver.told("warning.issued", "warning.lifted")
        assert (issued["warning"]["kind"], issued["warning"]["colour"], issued["way"]) == ("暴雨", "红", "pass_on")
        assert (lifted["act"], lifted["warning"]["state"], lifted["warning"]["stage"]) == ("lift", "lifted", 2)
        names_nobody(town, receiver)


async def test_duties_are_told_when_they_begin_and_when_they_are_done() -> None:
    async with connected(MEMORY, "职责", DECEMBER) as (town, receiver):
        stream = await opened(town)
        await town.advance(hours=13)
        assert receiver.types[0] == "duty.begun"
        await town.press(town.liaisons[UNIT], "1 已办", words="本周职责")
        await town.press(town.liaisons[UNIT], "没有材料，记已办", words="发给我")
        await town.advance(seconds=3)
        [done] = receiver.told("duty.settled")
        assert done["book"] == {
            "id": stream.partition(":")[2], "year": 2026, "plan": PLAN, "plan_title": plans()[PLAN].title,
            "jurisdiction": JURISDICTION, "drill": False, "bearer": UNIT, "bearer_kind": "unit",
        }  # fmt: skip
        [duty] = done["duties"]
        assert duty["status"] in ("done", "late") and duty["clause"] and duty["settled_at"]
        names_nobody(town, receiver)
