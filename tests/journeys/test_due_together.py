"""What is due together for one person is one message over all incidents, however many; and nothing due is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cases import records
from plans.incident.state import Incident
from tests.journeys.world import Town


def sent_to(town: Town, since: datetime) -> list[str]:
    """What was newly sent to the duty officer since a moment."""
    return [
        call.params.get("text", call.method)
        for call in town.world.calls
        if call.method.startswith("send") and call.chat == town.duty.id and call.status == 200 and call.at >= since
    ]  # fmt: skip


async def incidents(town: Town) -> list[Incident]:
    async with town.open_store.reading() as rx:
        found = [await records.load(rx, row.stream) for row in await rx.incidents.open()]
    return [item for item in found if item is not None]


async def test_together_means_one_message_that_names_every_deadline_and_loses_what_is_filed_before_it_goes_out():
    async with Town.open(units=()) as town:
        for number in (1, 2, 3):
            await town.say(town.duty, town.bot, f"/report 第{number}小学宿舍楼发生踩踏，{number}人受伤")
        began = town.clock.now()
        await town.until(3, 37)
        said = sent_to(town, began)
        together = town.told(town.duty, "3件事件有要办的")
        assert together and together[-1].rang == "loud"
        assert together[-1].labels() == ["1号念稿", "2号念稿", "3号念稿"]
        assert len(said) <= 9, [text[:40] for text in said]
        text, now = "\n".join(line.text for line in together), town.clock.now()
        for incident in await incidents(town):
            due = [item for item in incident.open_instances if item.by_office and not item.possible and item.due < now]
            assert due and all(item.reminded for item in due), "nothing due is forgotten"
            assert f"{incident.number}号 第{incident.number}小学" in text
            for item in due:
                at = item.due + timedelta(hours=8)
                assert f"{at:%H:%M}前" in text or f"{item.report} 立即" in text, "every deadline is named"
        await town.press(town.duty, "2号念稿")
        assert "您好" in town.texts(town.duty)[-1], "the words to read for that incident"
        await town.say(town.duty, town.bot, "/file 2 首报 电话")
        heard = town.count(town.duty)
        await town.until(3, 43)
        later = [line.text for line in heard.new if "件事件有要办的" in line.text]
        assert later and "首报（电话）" in later[-1]
        of_two = later[-1].partition("2号 ")[2].partition("3号 ")[0]
        assert "首报（电话）" not in of_two, "what was filed is not asked for again"
