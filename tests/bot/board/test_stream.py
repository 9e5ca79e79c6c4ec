"""The event stream: the whole picture first, then what changed; who may look is asked before each word."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp_sse import EventSourceResponse

from bot.web.board import display, feed, stream
from bot.web.board.stream import Streams
from storage.errors import Unavailable
from tests.bot.board.served import Door, person_of, served, wall_of
from tests.journeys.world import JURISDICTION, STAMPEDE, Forgiven, Town


@dataclass
class Page:
    """What a page knows by its stream: fragments by key, and the events as they came."""

    lines: Any
    fragments: dict[str, dict[str, str]] = field(default_factory=dict)
    steps: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def step(self) -> tuple[str, dict[str, Any]]:
        """Return the next event, taken over as the script of a page does."""
        event, data = "", ""
        async with asyncio.timeout(10):
            async for line in self.lines:
                words = line.decode().rstrip("\r\n")
                if words.startswith("event: "):
                    event = words.removeprefix("event: ")
                elif words.startswith("data: "):
                    data = words.removeprefix("data: ")
                elif not words and data:
                    break
        step = json.loads(data) if data else {}
        if step.get("fresh"):
            self.fragments.clear()
        for key in step.get("gone", ()):
            self.fragments.pop(key, None)
        self.fragments |= {one["key"]: one for one in step.get("fragments", ())}
        self.steps.append((event, step))
        return event, step

    async def change(self) -> dict[str, Any]:
        """Return the next step that changes something."""
        while True:
            event, step = await self.step()
            if event == stream.CHANGE:
                return step

    def html(self, region: str = "incidents") -> str:
        """Return a region as it stands."""
        mine = [one for one in self.fragments.values() if one["region"] == region]
        return "".join(one["html"] for one in sorted(mine, key=lambda one: one["order"]))


@asynccontextmanager
async def opened(address: str, path: str = "/wall/events") -> AsyncIterator[Page]:
    """Open a stream."""
    async with aiohttp.ClientSession(address) as session, session.get(path) as answer:
        assert answer.status == 200
        yield Page(answer.content)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "PAUSE", 0.02)
    monkeypatch.setattr(feed, "BEAT", 0.1)


async def test_a_wall_gets_the_whole_picture_and_then_only_what_changed(town: Town) -> None:
    async with served(town, Door(wall=wall_of(town))) as (address, _), opened(address) as page:
        assert (await page.change())["fresh"]
        assert page.html() == "" and "李值班" in page.html("watch")
        await town.say(town.head, town.bot, STAMPEDE)
        step = await page.change()
        assert not step["fresh"] and [one["region"] for one in step["fragments"]] == ["incidents"]
        assert "1号 实验小学" in page.html() and "首报（电话）" in page.html() and "尚无人接手" in page.html()
        await town.press(town.duty, "我来处理")
        await page.change()
        assert "尚无人接手" not in page.html() and "值班：李值班" in page.html()
        await town.say(town.duty, town.bot, "/reject 误报")
        while page.html():
            await page.change()


async def test_a_wall_shows_no_number_and_none_of_a_reports_words(town: Town) -> None:
    said = "实验小学宿舍楼楼梯发生踩踏，4名学生受伤，联系13800000001王老师，孩子哭得厉害"
    async with served(town, Door(wall=wall_of(town))) as (address, _), opened(address) as page:
        await page.change()
        await town.say(town.head, town.bot, said)
        await page.change()
        everything = "".join(one["html"] for one in page.fragments.values())
        assert "13800000001" not in everything and "王老师" not in everything and "哭" not in everything
        assert "赵校长" not in everything


async def test_whoever_may_look_no_more_is_told_and_the_stream_ends(town: Town) -> None:
    door = Door(wall=wall_of(town))
    async with served(town, door) as (address, _), opened(address) as page:
        await page.change()
        door.wall = None
        while (await page.step())[0] != stream.ENDED:
            pass
        assert (await page.step()) == ("", {})


async def test_a_person_sees_what_he_may_read_and_what_is_taken_from_him_goes(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    duty, stranger = await person_of(town, town.duty), await person_of(town, town.head)
    door = Door(person=duty)
    async with served(town, door) as (address, _), opened(address, "/board/events") as page:
        await page.change()
        assert "/board/incident/" in page.html() and "李值班" in page.html("watch")
        door.person = stranger  # a reporter reads his own, and nothing of the office
        await page.change()
        assert "1号 实验小学" in page.html() and page.html("watch") == ""


async def test_a_stuck_program_is_said_with_the_next_beat(town: Town) -> None:
    why = ""

    async def stuck() -> str:
        return why

    async with served(town, Door(wall=wall_of(town)), stuck) as (address, _), opened(address) as page:
        assert (await page.change())["stuck"] == ""
        why = "telegram"
        while (await page.step())[1]["stuck"] != "telegram":
            pass


async def test_streams_are_counted_and_too_many_of_a_session_are_refused(town: Town) -> None:
    async with served(town, Door(wall=wall_of(town))) as (address, _), aiohttp.ClientSession(address) as session:

        async def one_more() -> int:
            async with session.get("/wall/events") as answer:
                return answer.status

        async with AsyncExitStack() as stack:
            for _ in range(stream.MOST_OF_A_SESSION):
                answer = await stack.enter_async_context(session.get("/wall/events"))
                assert answer.status == 200
            assert await one_more() == 503
        async with asyncio.timeout(10):
            while await one_more() == 503:  # until the next beat finds nobody at the other end
                pass


async def test_people_leave_room_for_walls(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_OF_PEOPLE", 2)
    door = Door(wall=wall_of(town), person=await person_of(town, town.duty))
    async with served(town, door) as (address, _), aiohttp.ClientSession(address) as session, AsyncExitStack() as stack:
        for wanted in (200, 200, 503):
            assert (await stack.enter_async_context(session.get("/board/events"))).status == wanted
        assert (await stack.enter_async_context(session.get("/wall/events"))).status == 200


async def test_nothing_is_gone_that_a_page_never_showed(town: Town) -> None:
    door = Door(person=await person_of(town, town.head))
    async with served(town, door) as (address, _), opened(address, "/board/events") as page:
        await page.change()
        await town.say(town.duty, town.bot, "/report 东关小学门口两车相撞，1人受伤")
        await town.say(town.head, town.bot, STAMPEDE)
        step = await page.change()
        assert step["gone"] == [] and "实验小学" in page.html() and "东关小学" not in page.html()


async def test_a_change_that_is_half_looked_at_is_told_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(town, Door(wall=wall_of(town))) as (_, board):
        display = await board.feed.display(JURISDICTION)
        before = display.revision
        await town.say(town.head, town.bot, STAMPEDE)

        async def fails(*_: object) -> None:
            raise Unavailable("locked")

        async with town.open_store.reading() as rx:
            with monkeypatch.context() as patched, pytest.raises(Unavailable):
                patched.setattr(display, "_look_at_warnings", fails)
                display._ends.clear()
                display._fragments.clear()
                await display.look(rx, town.clock.now(), seldom=False)
            assert display.revision == before and display.newer(before)
            assert await display.look(rx, town.clock.now(), seldom=False)
        assert display.revision == before + 1 and "实验小学" in display.newer(before)[0].html(linked=False)


async def test_who_reads_slowly_gets_what_is_so_now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, plainly = asyncio.Event(), EventSourceResponse.send

    async def send(self: Any, *said: Any, **how: Any) -> None:
        await gate.wait()
        await plainly(self, *said, **how)

    monkeypatch.setattr(EventSourceResponse, "send", send)
    async with served(town, Door(wall=wall_of(town))) as (address, board), opened(address) as page:
        try:
            shown = await board.feed.display(JURISDICTION)
            await town.say(town.head, town.bot, STAMPEDE)
            for count in (5, 6, 7):
                before = shown.revision
                await town.say(town.duty, town.bot, f"/update 受伤{count}人")
                await looked(shown, before)
        finally:
            gate.set()
        assert (await page.change())["fresh"] and page.html() == ""
        await page.change()
        assert "受伤7人" in page.html()
        steps = [step for event, step in page.steps if event == stream.CHANGE]
        assert len(steps) == 2 and len(steps[1]["fragments"]) == 1


@pytest.mark.parametrize("late", [False, True], ids=["before its head", "while its head is made"])
async def test_a_page_that_goes_before_its_stream_begins_is_no_error(
    town: Town, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    plainly, heads, outcomes = Streams.serve, EventSourceResponse._start, list[object]()

    async def start(self: EventSourceResponse, request: Any) -> Any:
        request.transport.abort()
        return await heads(self, request)

    async def serve(self: Streams, request: Any, *rest: Any) -> Any:
        if not late:
            request.transport.abort()
        try:
            answer = await plainly(self, request, *rest)
        except Exception as error:
            outcomes.append(error)
            raise
        outcomes.append("ended")
        return answer

    async with served(town, Door(wall=wall_of(town))) as (address, _), aiohttp.ClientSession(address) as session:
        with monkeypatch.context() as patched:
            patched.setattr(Streams, "serve", serve)
            if late:
                patched.setattr(EventSourceResponse, "_start", start)
            with pytest.raises(aiohttp.ClientError):
                await session.get("/wall/events")
        async with opened(address) as page:
            assert (await page.change())["fresh"]
    assert set(outcomes) == {"ended"}


async def looked(shown: display.Display, before: int) -> None:
    """Wait until a display has seen what was committed."""
    async with asyncio.timeout(10):
        while shown.revision == before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_is_forgotten_as_gone_makes_the_picture_fresh(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "MOST_GONE", 0)
    async with served(town, Door(wall=wall_of(town))) as (address, _), opened(address) as page:
        await page.change()
        await town.say(town.head, town.bot, STAMPEDE)
        await page.change()
        await town.say(town.duty, town.bot, "/reject 误报")
        while page.html():
            step = await page.change()
        assert step["fresh"]


async def test_an_incident_whose_plan_cannot_be_read_is_there_all_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    async def unreadable(self: display.Display, rx: object, case: object) -> None:
        return None

    monkeypatch.setattr(display.Display, "_plan", unreadable)
    await town.say(town.head, town.bot, STAMPEDE)
    async with served(town, Door(wall=wall_of(town))) as (address, _), opened(address) as page:
        await page.change()
        assert "1号" in page.html() and "预案打不开" in page.html()


async def test_a_database_that_fails_for_a_moment_says_nothing_and_then_everything_anew(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    town.forgiven = Forgiven(logs=("board.not_looked",))
    async with served(town, Door(wall=wall_of(town))) as (address, _), opened(address) as page:
        await page.change()
        plainly, failed = display.Display.look, asyncio.Event()

        async def look(self: display.Display, *said: Any, **how: Any) -> bool:
            failed.set()
            raise Unavailable("connection")

        monkeypatch.setattr(display.Display, "look", look)
        await town.say(town.head, town.bot, STAMPEDE)
        await failed.wait()
        monkeypatch.setattr(display.Display, "look", plainly)
        step = await page.change()
        assert step["fresh"] and "1号 实验小学" in page.html()


@pytest.mark.parametrize("where", ["asking", "looking"])
async def test_a_bug_in_a_look_ends_the_feed_for_nobody_and_the_pages_say_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Also where it comes again and again; when it is over, all is shown as before."""
    town.forgiven = Forgiven(logs=("board.turn_failed",))
    broken = [False]

    async def asked() -> str:
        if broken[0] and where == "asking":
            raise KeyError(where)
        return ""

    look = feed.Feed._look

    async def looked_at(self: feed.Feed, *, seldom: bool) -> None:
        if broken[0] and where == "looking":
            raise RuntimeError(where)
        await look(self, seldom=seldom)

    monkeypatch.setattr(feed.Feed, "_look", looked_at)
    monkeypatch.setattr(feed, "BEAT", 0.05)
    monkeypatch.setattr(feed, "SELDOM", 0.05)
    async with served(town, Door(wall=wall_of(town)), asked) as (address, _), opened(address) as page:
        await page.change()
        broken[0] = True
        while (await page.step())[1]["stuck"] != "silent":
            pass
        await page.step()
        broken[0] = False
        while (await page.step())[1]["stuck"]:
            pass
        await town.say(town.head, town.bot, STAMPEDE)
        await page.change()
        assert "1号 实验小学" in page.html()
