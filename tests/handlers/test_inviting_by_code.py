"""Invitations to scan: a picture beside the link, and one sheet for all units that nobody speaks for."""

from __future__ import annotations

import io
import re

from docx import Document

from bot.exchange.codes import qr
from tests.journeys.world import PLAN, Town, plans

LINK = re.compile(r"https://t\.me/tocsin_bot\?start=[\w-]+")


def sent(town: Town, name: str) -> bytes:
    [file] = [item for item in town.world.state.files.values() if item.name == name]
    return file.content


async def test_the_picture_is_of_the_link_and_goes_to_the_administrator_alone(town: Town):
    await town.say(town.admin, town.group, "/invite@tocsin_bot 值班员")
    await town.advance(seconds=2)
    [link] = LINK.findall(town.sees(town.admin, "请把链接转给本人").text)
    assert sent(town, "邀请二维码.png") == qr(link)
    assert not town.told(town.duty, "请本人扫码", town.group)
    picture = town.admin.timeline(town.bot)[-1]
    assert picture.kind == "photo" and "只能用一次" in picture.text


async def test_one_sheet_invites_every_unit_that_nobody_speaks_for(town: Town):
    await town.say(town.admin, town.bot, "/invite 全部")
    await town.advance(seconds=2)
    town.sees(town.admin, "附件可打印分发")
    document = Document(io.BytesIO(sent(town, "邀请函.docx")))
    [table] = document.tables
    members = [unit for unit in plans()[PLAN].units if unit.member and not unit.place_bound]
    wanted = [unit.name or unit.id for unit in members if unit.id not in town.liaisons]
    assert [row.cells[1].paragraphs[0].text for row in table.rows] == wanted
    links = [LINK.findall(row.cells[1].text)[0] for row in table.rows]
    assert len(set(links)) == len(wanted) == len(document.inline_shapes) > 3
    town.stranger.start(town.bot, links[0].partition("start=")[2])
    await town.settle()
    assert wanted[0] in town.sees(town.stranger, "已登记：联络员").text
    await town.say(town.duty, town.bot, "/invite 全部")
    assert not town.told(town.duty, "附件可打印分发")
