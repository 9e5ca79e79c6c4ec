"""A wall that hangs at another process than the one which hears the reports: both share the database alone."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from pathlib import Path
from typing import Any

import aiohttp

from bot.playground import Press
from tests.browser import Browser
from tests.journeys.test_processes import free_port, is_all_done, pair, until

BASE = "https://board.example.org"
CODE = re.compile(r'class="code"[^>]*>([A-Z0-9 ]+)<')
SOON = 5.0
"""Seconds after which a change must be on a wall of another process; on one machine it is one."""


async def _shown(lines: Any, wanted: str) -> None:
    """Read the stream until a step shows some words."""
    async with asyncio.timeout(SOON):
        async for line in lines:
            words = line.decode()
            if words.startswith("data: ") and wanted in json.dumps(json.loads(words[6:]), ensure_ascii=False):
                return
    raise AssertionError(f"the stream ended without {wanted}")


async def _answered(press: Press) -> bool:
    return press.answered


async def test_a_wall_of_one_process_shows_what_another_one_heard(postgres_town_url: str, tmp_path: Path) -> None:
    port = free_port()
    async with pair(postgres_town_url, tmp_path, board_url=BASE) as (here, one, _, store):
        two = one.twin(listen=f"127.0.0.1:{port}")
        await one.start()
        await two.start()
        try:
            async with store.reading() as rx:
                assert {lease.holder.split(":")[1] for lease in await rx.leases.held()} == {str(one.present.pid)}
            screen, admin = Browser(port, BASE), here.people[0]
            page = await screen.get("/wall", site="same-origin")
            found = CODE.search(page.text)
            assert page.status == 200 and found is not None, page
            admin.send(here.bot, f"/wall {found[1]}")
            asked = await admin.sees(here.bot, "等待配对")
            [school] = [label for label in asked.labels() if "城区" in label]
            pressed = admin.press(asked, school)
            await until(lambda: _answered(pressed))
            assert "已配对" in (pressed.text or ""), (asked.labels(), pressed.text)
            page = await screen.get("/wall", site="same-origin")
            assert page.status == 200 and CODE.search(page.text) is None, page
            said = {"Host": "board.example.org", "Sec-Fetch-Site": "same-origin", "Cookie": screen.cookie_line}
            async with (
                aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.get(f"http://127.0.0.1:{port}/wall/events", headers=said) as answer,
            ):
                assert answer.status == 200
                here.people[1].send(here.bot, "第三小学楼梯踩踏，3名学生受伤")
                await _shown(answer.content, "踩踏")
                await until(lambda: is_all_done(store, here, 1))
        finally:
            await two.end(signal.SIGTERM)
