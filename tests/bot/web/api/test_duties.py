"""Duties and statistics by the API: what the office has, page by page, and the same figures as in the chat."""

from __future__ import annotations

from bot.office.duties import keep_books
from bot.office.reader import Reader
from bot.office.statistics import places_of, scopes, statistics_of
from plans.times.calendar_periods import period_of
from tests.bot.web.api.asking import BASE, asking, platform
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town


async def test_duties_and_statistics_are_those_of_the_office() -> None:
    async with Town.open(board=BASE) as town, asking(town) as nobody:
        assert town.program is not None
        service, city = town.program.service, await platform(town, nobody, "read", name="市平台")
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.admin, town.bot, f"/duties 启用 {PLAN}")
        for label in [label for line in town.admin.timeline(town.bot) for label in line.labels() if "启用" in label][
            :1
        ]:
            await town.press(town.admin, label)
        for _ in range(3):
            await keep_books(service, town.clock.now())
        async with town.open_store.reading() as rx:
            kept = await rx.duties.instances(JURISDICTION, PLAN)
            places = await places_of(service.registry, rx)
        shown = await city.pages("listDuties", limit=7)
        assert kept and [(item["duty"], item["period"]) for item in shown] == [(row.duty, row.period) for row in kept]
        assert {item["status"] for item in shown} <= {"open", "missed"} and all(item["text"] for item in shown)
        period = period_of("2026-03", town.clock.now().date())
        assert period is not None
        [of] = scopes(Reader(person_id="x", admin=True), [item for item in places if item[0] == JURISDICTION])
        said = (await statistics_of(service, of.selection(period), town.clock.now())).as_json()
        told = (await city.getStatistics(period="2026-03")).data
        assert told["incidents"] == {name: said["incidents"][name] for name in told["incidents"]}
        assert told["incidents"]["number"] == 1 and told["duties"]["number"] == said["duties"]["number"]
        assert (await city.getStatistics(period="下个世纪")).status == 422
