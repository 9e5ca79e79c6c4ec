"""Who was erased stands in no log, hand-over, spot check or file of the desk any more; what is gone is said to be."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from openpyxl import load_workbook

from bot.operations.persons import erase
from tests.handlers.test_log import entries, said
from tests.journeys.world import Town

NAME, WORDS, OWN_WORD, REASON = "周值班", "王校长说门卫换人了", "路灯坏了两盏", "孩子发烧先走了"


def text_of(name: str, content: bytes) -> str:
    if name.endswith("xlsx"):
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(line.text for line in document.paragraphs)])


async def test_an_erased_officer_is_named_nowhere_and_what_he_wrote_is_gone():
    async with Town.open(at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC)) as town:
        second = town.second
        await town.say(second, town.bot, f"记 {WORDS}")
        await town.say(second, town.bot, "/shift")
        await town.press(second, "补充一句")
        await town.say(second, town.bot, OWN_WORD)
        await town.press(second, "我已接清", words="已补充进交接页")
        await town.say(second, town.bot, "/handover")
        await town.press(second, "对方已离岗")
        await town.press(second, "写明原因")
        await town.say(second, town.bot, REASON)
        await town.say(town.duty, town.bot, "/shift")
        for person, label, words in (
            (second, "我已交清", "您交出的事项如下"), (town.duty, "我已接清", "您已接班，上一班")
        ):  # fmt: skip
            await town.press(person, label, words=words)
        await town.say(second, town.bot, "/spotcheck")
        await town.press(second, "现在抽查")
        await town.advance(minutes=2)
        commands = ("/log", "/log 1", "/handover 1", "/handover 2", "/spotcheck", "/handover 今天", "/log 今天 导出")
        for erased in (False, True):
            if erased:
                async with town.open_store.reading() as rx:
                    known_as = await rx.people.by_telegram(second.id)
                assert known_as is not None
                await erase(town.open_store, known_as, by="", reason="本人要求", now=town.clock.now())
            shown, known = "", len(town.world.state.files)
            for command in commands:
                await town.say(town.duty, town.bot, command)
                shown += said(town)
            made = list(town.world.state.files.values())[known:]
            shown += "".join(text_of(item.name, item.content) for item in made)
            for words in (NAME, WORDS, OWN_WORD, REASON):
                assert (words in shown) is not erased, (words, erased, shown)
            assert ("内容已抹去" in shown) is erased and ("姓名未记" in shown) is erased
            assert "听完语音" not in shown, "nobody is asked to write what was erased"
        await town.say(town.duty, town.bot, "随便写一句", reply_to=town.sees(town.duty, "日志1号　"))
        assert (await entries(town))[0].text == "", "nobody's words take the place of what was erased"
        await town.stop()
