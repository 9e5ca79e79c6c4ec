"""A silent program is noticed from outside: the beat stops when a loop does."""

import asyncio
import os
from datetime import timedelta

import aiohttp.web
import pytest

from bot.operations.heartbeat import Heartbeat
from bot.pulse import Pulse
from bot.vitals import Health
from bot.web.ping import NotHeard, ping
from bot.web.server import serving


class Outside:
    """A place that counts what comes."""

    def __init__(self):
        self.came = []
        self.status = 200
        self.url = ""

    async def take(self, request):
        self.came.append(request.path)
        return aiohttp.web.Response(status=self.status, headers={"Location": "/elsewhere"})

    def routes(self):
        return [aiohttp.web.get("/{rest:.*}", self.take)]


@pytest.fixture
async def outside():
    outside = Outside()
    async with serving("127.0.0.1", 0, outside.routes()) as port:
        outside.url = f"http://127.0.0.1:{port}/key"
        yield outside


@pytest.fixture
def wrong():
    return []


@pytest.fixture
def well(wrong):
    async def troubles():
        return wrong

    return troubles


async def test_while_all_is_well_the_address_is_fetched_and_the_file_touched(outside, well, tmp_path):
    file = tmp_path / "beat"
    heartbeat = Heartbeat(well, url=outside.url, file=file)
    assert await heartbeat.beat()
    os.utime(file, (0, 0))
    assert await heartbeat.beat()
    assert outside.came == ["/key", "/key"] and file.stat().st_mtime > 0


async def test_when_something_is_wrong_there_is_silence_and_one_line_in_the_log(outside, well, wrong, tmp_path, logged):
    file = tmp_path / "beat"
    heartbeat = Heartbeat(well, url=outside.url, file=file)
    wrong.append("sender: no sign of life for 130 s")
    assert [await heartbeat.beat() for _ in range(3)] == [False] * 3
    assert outside.came == [] and not file.exists()
    wrong.clear()
    assert await heartbeat.beat() and len(outside.came) == 1
    assert [line["event"] for line in logged] == ["heartbeat.withheld", "heartbeat.withheld.over"]


async def test_a_loop_that_stands_still_stops_the_beat(outside, store, clock, monotonic, logged):
    pulse = Pulse(monotonic)
    heartbeat = Heartbeat(Health(store=store, clock=clock, pulse=pulse).troubles, url=outside.url)
    with pulse.expected("scheduler", timedelta(seconds=60)), pulse.expected("poller", timedelta(seconds=90)):
        assert await heartbeat.beat()
        monotonic.seconds += 61
        pulse.beat("poller")
        assert not await heartbeat.beat()
        pulse.beat("scheduler")
        assert await heartbeat.beat()
    assert len(outside.came) == 2


@pytest.mark.parametrize("status", [404, 500, 302])
async def test_a_place_that_does_not_take_it_is_logged_once_without_its_address(outside, well, logged, status):
    outside.status = status
    heartbeat = Heartbeat(well, url=outside.url)
    for _ in range(3):
        assert await heartbeat.beat()
    outside.status = 200
    await heartbeat.beat()
    assert [line["event"] for line in logged] == ["heartbeat.not_heard", "heartbeat.not_heard.over"]
    assert "/key" not in str(logged)


async def test_a_place_that_is_not_there_is_no_error_of_ours(well, logged):
    heartbeat = Heartbeat(well, url="http://127.0.0.1:1/key")
    assert await heartbeat.beat()
    assert [line["error"] for line in logged] == ["ClientConnectorError"]
    with pytest.raises(NotHeard):
        await ping("http://no such host/key")


async def test_a_file_that_cannot_be_written_is_logged_once(well, tmp_path, logged):
    heartbeat = Heartbeat(well, file=tmp_path / "none" / "beat")
    for _ in range(2):
        await heartbeat.beat()
    assert [line["event"] for line in logged] == ["heartbeat.not_written"]


async def test_of_several_processes_only_the_one_that_leads_is_heard_outside(outside, well, tmp_path):
    file = tmp_path / "beat"
    await Heartbeat(well, url=outside.url, file=file, leads=lambda: False).beat()
    assert outside.came == [] and file.exists()


async def test_it_beats_until_it_is_stopped(well):
    beats: asyncio.Queue[str] = asyncio.Queue()

    async def fetch(url):
        beats.put_nowait(url)

    heartbeat = Heartbeat(well, url="http://127.0.0.1/", every=timedelta(milliseconds=1), fetch=fetch)
    task = asyncio.create_task(heartbeat.run())
    for _ in range(3):
        await beats.get()
    heartbeat.stop()
    await task


async def test_without_address_and_file_nothing_is_asked():
    async def troubles():
        raise AssertionError

    heartbeat = Heartbeat(troubles, every=timedelta(milliseconds=1))
    task = asyncio.create_task(heartbeat.run())
    await asyncio.sleep(0)
    heartbeat.stop()
    await task
