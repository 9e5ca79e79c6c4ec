"""The after-action paper in the chat: to officials, in private; its PDF where a word processor is there."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from docx import Document

from bot.errands import Errands, TooBusy
from handlers.context import program_tools
from tests.journeys.world import STAMPEDE, Forgiven, Town

SOFFICE = """#!{python}
import pathlib, sys, time
here = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
{body}
"""


def files(town: Town, ending: str = "") -> dict[str, bytes]:
    return {item.name: item.content for item in town.world.state.files.values() if item.name.endswith(ending)}


def said(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


async def over(town: Town, number: str = "") -> None:
    """Let a case run to its end."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/verify 较大")
    await town.say(town.duty, town.bot, "/file 首报 市委 电话")
    await town.say(town.director, town.bot, "/declare Ⅲ")
    await town.press(town.director, "确认宣布")
    await town.say(town.director, town.bot, "/end 已处置")
    await town.press(town.director, "确认终止")


async def test_an_official_gets_the_paper_in_private(town: Town):
    await over(town)
    await town.say(town.duty, town.group, "/review 1")
    await town.advance(seconds=3)
    text = said(files(town)["1号总结评估.docx"])
    for words in ("处置工作的总结评估", "接手处置", "市委", "办公室主任启动Ⅲ级响应", "宣布终止响应", "未发现改动"):
        assert words in text
    assert "原因分析" in text and "【待补：经验教训】" in text
    assert not town.told(town.duty, "总结评估*", town.group)
    assert Document(io.BytesIO(files(town)["1号总结评估.docx"])).inline_shapes, "with its picture"


async def test_it_has_a_button_where_the_end_is_told_which_serves_when_the_case_is_closed_too(town: Town):
    await over(town)
    await town.say(town.duty, town.bot, "/file 终报 书面")
    shown = town.button(town.duty, "总结评估", words="终止后还要做")
    for key in list((await town.incident()).instances.values()):
        if key.status == "open" and key.by_office:
            await town.say(town.duty, town.bot, f"/waive {key.report} 已由对方确认")
    await town.say(town.duty, town.bot, "/close 1")
    town.duty.press(shown, "总结评估")
    await town.advance(seconds=3)
    assert "1号总结评估.docx" in files(town)


@pytest.mark.parametrize("who", ["head", "teacher", "stranger"])
async def test_nobody_else_gets_it(town: Town, who: str):
    await over(town)
    person = getattr(town, who)
    if person is not town.head:
        person.start(town.bot)
    await town.say(person, town.bot, "/review 1")
    await town.advance(seconds=3)
    assert not files(town, "总结评估.docx")


async def test_the_export_comes_as_a_paper_too(town: Town):
    await over(town)
    await town.say(town.duty, town.bot, "/export 1")
    await town.advance(seconds=3)
    text = said(files(town)["1号处置记录.docx"])
    assert "处置记录" in text and "记录完整性：未发现改动" in text and "市委 " in text


async def test_when_all_threads_are_busy_it_is_said(town: Town, monkeypatch):
    async def busy(*_: object) -> None:
        raise TooBusy

    monkeypatch.setattr(Errands, "run", busy)
    await over(town)
    await town.say(town.duty, town.bot, "/review 1")
    assert "稍后再发 /review 1" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/export 1")
    assert "记录完整性：未发现改动" in "".join(town.texts(town.duty)[-3:]), "the text is there all the same"


@asynccontextmanager
async def with_word_processor(folder: Path, body: str) -> AsyncIterator[Town]:
    program = folder / "soffice"
    program.write_text(SOFFICE.format(python=sys.executable, body=body), encoding="utf-8")
    program.chmod(0o755)
    async with Town.open(soffice=str(program)) as town:
        yield town


async def followed(town: Town) -> None:
    """Wait until the PDFs that were begun are made and sent."""
    assert town.program is not None
    converter = program_tools(town.program.application).converter
    assert converter is not None
    await asyncio.gather(*converter._begun)
    await town.advance(seconds=3)


async def test_its_pdf_follows(tmp_path: Path):
    body = "(here / 'paper.pdf').write_bytes(b'%PDF-1.7')"
    async with with_word_processor(tmp_path, body) as town:
        await over(town)
        await town.say(town.duty, town.bot, "/review 1")
        await followed(town)
        assert files(town, ".pdf") == {"1号总结评估.pdf": b"%PDF-1.7"}
        assert town.told(town.duty, "PDF：1号总结评估.pdf")


async def test_without_one_that_works_the_document_is_there_all_the_same(tmp_path: Path):
    async with with_word_processor(tmp_path, "sys.exit(1)") as town:
        town.forgiven = Forgiven(logs=("pdf.failed",))
        await over(town)
        await town.press(town.duty, "书面报告")
        await followed(town)
        assert files(town, ".docx") and not files(town, ".pdf")
