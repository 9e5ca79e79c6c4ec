"""One case as a page, by rights: who works on it, who may only read it, and who is told that there is none."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import aiohttp
import pytest

from bot.playground import Person
from bot.web.board.layout import assets
from bot.web.board.statistics import ROWS_AT_ONCE
from tests.bot.board.served import Door, person_of, served
from tests.journeys.test_warnings import RAIN, forward
from tests.journeys.world import JURISDICTION, STAMPEDE, UNITS, Town

NUMBER = re.compile(r"0356-\d{7}")
JPEG, PAGE = b"\xff\xd8\xff\xe0 picture", b"<html><script>alert(1)</script>"


@dataclass
class Asked:
    """An answer."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Pages:
    """The board's pages before somebody."""

    town: Town
    door: Door
    session: aiohttp.ClientSession

    async def get(self, person: Person, path: str) -> Asked:
        self.door.person = await person_of(self.town, person)
        async with self.session.get(path) as answer:
            return Asked(answer.status, (await answer.read()).decode("utf-8", "replace"), dict(answer.headers))

    async def incident(self, number: int = 1, *, drill: bool = False) -> str:
        stream = (await self.town.incident(number, drill=drill)).stream
        return f"/board/incident/{stream.partition(':')[2]}"


@pytest.fixture
async def pages(town: Town) -> AsyncIterator[Pages]:
    door = Door()
    async with served(town, door) as (address, _), aiohttp.ClientSession(address) as session:
        yield Pages(town, door, session)


async def declared(town: Town) -> None:
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")


async def test_who_works_on_an_incident_reads_all_of_it_and_who_only_reads_it_no_number_and_no_message(pages: Pages):
    town = pages.town
    await town.say(town.head, town.bot, STAMPEDE)
    await declared(town)
    await town.press(town.liaisons["区应急管理局"], "收到")
    await town.press(town.duty, "已报")
    path = await pages.incident()
    office = (
        '<ol class="timeline">',
        'id="messages-title"',
        "办公室主任启动Ⅲ级响应",
        "区应急管理局：收到",
        "李值班接手",
    )
    for person in (town.duty, town.director, town.admin):
        page = await pages.get(person, path)
        assert page.status == 200 and all(words in page.text for words in office), person.name
        assert NUMBER.search(page.text) and "☑" in page.text
    for person in (town.liaisons["区应急管理局"], town.head):
        page = await pages.get(person, path)
        assert page.status == 200 and "1号 实验小学" in page.text and "受伤" in page.text and "☑" in page.text
        assert not NUMBER.search(page.text) and not any(words in page.text for words in office), person.name
        assert (await pages.get(person, f"{path}/picture.svg")).headers["Content-Type"].startswith("image/svg+xml")


async def test_what_is_not_somebodys_is_as_if_it_were_not_there(pages: Pages):
    town = pages.town
    await town.say(town.duty, town.bot, f"/report {STAMPEDE}")
    path = await pages.incident()
    mine = [await pages.get(town.head, one) for one in (path, f"{path}/picture.svg", f"{path}/evidence/1")]
    none = await pages.get(town.duty, "/board/incident/none")
    assert [one.status for one in mine] == [404] * 3 == [none.status] * 3
    assert {one.text for one in mine} == {none.text}
    listed = await pages.get(town.head, "/board")
    assert listed.status == 200 and "实验小学" not in listed.text


async def test_a_file_goes_out_as_what_its_bytes_are_to_those_who_work_on_the_incident(pages: Pages):
    town = pages.town
    await town.say(town.head, town.bot, STAMPEDE)
    town.head.send_photo(town.bot, JPEG)
    await town.settle()
    town.head.send_voice(town.bot, PAGE)
    await town.settle()
    path = await pages.incident()
    kept = list((await town.incident()).evidence.values())
    assert [bool(item.digest) for item in kept] == [True, True]
    picture, other = [await pages.get(town.duty, f"{path}/evidence/{number}") for number in (1, 2)]
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/jpeg")
    assert (other.status, other.headers["Content-Type"]) == (200, "application/octet-stream")
    assert other.headers["Content-Disposition"].startswith("attachment") and other.text == PAGE.decode()
    page = await pages.get(town.duty, path)
    assert f'src="{path}/evidence/1" alt="材料1：照片' in page.text and f'src="{path}/evidence/2"' not in page.text
    for person in (town.liaisons[UNITS[0]], town.head):
        assert (await pages.get(person, f"{path}/evidence/1")).status == 404
    assert [(await pages.get(town.duty, f"{path}/evidence/{number}")).status for number in (0, 3, 999)] == [404] * 3


async def test_a_warning_as_a_page_and_what_anybody_wrote_is_never_markup(pages: Pages):
    town = pages.town
    await forward(town, town.duty, RAIN.replace("城关镇", "<b>城关镇"))
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    await town.press(town.liaisons[UNITS[1]], "收到", words="暴雨红色预警")
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.open("warning")
    path = f"/board/warning/{row.stream.partition(':')[2]}"
    page = await pages.get(town.duty, path)
    assert page.status == 200 and "暴雨红色预警" in page.text and "未应答" in page.text and "1/" in page.text
    assert "<b>" not in re.sub(r"<b>(\d+/\d+|逾期\d+项|未送达\d+条)</b>", "", page.text)
    assert NUMBER.search(page.text) and not NUMBER.search((await pages.get(town.liaisons[UNITS[1]], path)).text)
    assert (await pages.get(town.head, path)).status == 404


async def test_every_figure_opens_to_as_many_rows_as_it_says(pages: Pages):
    town = pages.town
    await town.say(town.head, town.bot, STAMPEDE)
    await declared(town)
    for person, least in ((town.duty, 20), (town.liaisons[UNITS[1]], 3)):
        await town.say(person, town.bot, "/stats")  # counts what is behind
        page = await pages.get(person, "/board/statistics?period=" + quote("今年"))
        opened = re.findall(r'<a href="(/board/statistics/rows[^"]*)">[^<]*<b>(\d+)</b>', page.text)
        assert len(opened) >= least
        for address, number in opened:
            rows = (await pages.get(person, html.unescape(address))).text
            assert f"共{number}条" in rows and rows.count("<tr>") == 1 + min(int(number), ROWS_AT_ONCE), address
            for case in re.findall(r'href="(/board/(?:incident|warning)/[^"]*)"', rows):
                assert (await pages.get(person, case)).status == 200
    for wrong in (
        "figure=incident:nothing=1",
        "figure=nobody",
        "figure=incident&start=-1",
        "figure=incident&start=1e9",
    ):
        path = f"/board/statistics/rows?place={quote(JURISDICTION)}&{wrong}"
        assert (await pages.get(town.duty, path)).status == 404


async def test_pages_hold_no_script_or_style_of_their_own_and_name_no_other_place(pages: Pages):
    town = pages.town
    await town.say(town.head, town.bot, STAMPEDE)
    await declared(town)
    paths = ["/board", "/board/duties", "/board/statistics", await pages.incident()]
    for text in [(await pages.get(town.duty, path)).text for path in paths]:
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
        assert set(re.findall(r'(?:src|href|action|srcset)="([^"/#][^"]*|//[^"]*)"', text)) == set()
    for name, (content, _) in assets().items():
        assert b"http://" not in content.replace(b"http://www.w3.org/", b"") and b"https://" not in content, name
