"""A whole incident by a client that knows nothing but the OpenAPI document, beside people in chat.

The client is made of the document that is served: every operation by its id, what it is asked with and what it answers
held against the schemas there.
"""

from __future__ import annotations

from openapi_spec_validator import OpenAPIV31SpecValidator

from bot.web.api.document import document
from bot.web.api.routes import OPERATIONS
from tests.bot.web.api.asking import BASE, asking, platform
from tests.bot.web.api.test_warnings import RAIN
from tests.journeys.world import Town

FIRE, HEALTH = "区消防救援大队", "区卫生健康和体育局"


def test_the_document_is_one_of_openapi_and_tells_of_every_operation() -> None:
    said = document()
    OpenAPIV31SpecValidator(said).validate()
    assert {item["operationId"] for path in said["paths"].values() for item in path.values()} == set(OPERATIONS)


async def test_a_report_is_brought_read_decided_in_chat_answered_and_ended() -> None:
    """Report, warning, clocks, units, answers, an update, a report that is told, statistics, the end: each as seen."""
    async with Town.open(board=BASE) as town, asking(town) as nobody:
        police = await platform(town, nobody, "report", name="110平台")
        city = await platform(town, nobody, "read", name="市平台")
        fire = await platform(town, nobody, "answer", name="119平台", units=(FIRE, HEALTH))
        met = await platform(town, nobody, "warn", name="气象台")
        assert (await city.getToken())["scopes"] == ["read"]
        storm = await met.createWarning(body={"text": RAIN})
        [waits] = (await met.getBroughtWarning(id=storm["id"]))["warnings"]
        assert waits["waits"] and [item["waits"] for item in await city.pages("listWarnings")] == [True]
        await town.settle()
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        issued = await city.getWarning(id=waits["id"])
        assert (issued["colour"], issued["state"], issued["waits"]) == ("橙", "in_force", False), issued
        brought = await police.createReport(
            body={"text": "实验小学宿舍楼楼梯3时02分发生踩踏，4名学生受伤，已拨打120", "informant": "门卫"}
        )
        case = brought["incident"]["id"]
        await town.settle()
        [line] = await city.pages("listIncidents")
        assert (line["id"], line["state"], line["response_level"]) == (case, "reported", None)
        owed = await city.pages("listClocks")
        assert owed and [item["due"] for item in owed] == sorted(item["due"] for item in owed)
        assert {item["key"] for item in owed} == {item["key"] for item in (await city.getIncident(id=case))["clocks"]}
        assert await fire.pages("listCalls") == []
        await town.press(town.duty, "我来处理")
        await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
        await town.press(town.director, "确认宣布")
        assert (await police.getReport(id=brought["id"]))["incident"]["taken"]
        calls = await fire.pages("listCalls", limit=1)
        assert {item["unit"] for item in calls} <= {FIRE, HEALTH} and calls
        called = [call for call in calls if call["status"] == "called"]  # others are only informed
        assert HEALTH in {call["unit"] for call in called}
        for call in called:
            assert (call["incident"], call["response_level"]) == (case, "Ⅲ")
            answer = await fire.answerCall(
                id=case, body={"unit": call["unit"], "answer": "收到", "round": call["round"]}
            )
            assert answer.status == 201, answer
        answer = await fire.answerCall(
            id=case, body={"unit": HEALTH, "answer": "已出发", "note": "2车12人"}, key="out-1"
        )
        again = await fire.answerCall(
            id=case, body={"unit": HEALTH, "answer": "已出发", "note": "2车12人"}, key="out-1"
        )
        assert (answer.status, again.status, again.data) == (201, 201, answer.data)
        refused = await fire.answerCall(id=case, body={"unit": HEALTH, "answer": "已出发"})
        assert (refused.status, refused["code"], refused["refusal"]) == (409, "refused", "already_answered")
        units = {item["unit"]: item["status"] for item in await city.pages("listUnits", limit=3)}
        assert units[HEALTH] == "已出发"
        await town.settle()
        assert "119平台" in str([item.event for item in (await town.incident()).events])
        await police.updateReport(id=brought["id"], body={"text": "现场核对，受伤6人"})
        values = {item["fact"]: item["value"] for item in (await city.getIncident(id=case))["values"]}
        assert values["injuries"] == 6
        first = next(item for item in await city.pages("listClocks") if item["report"] == "首报")
        await town.say(town.duty, town.bot, "/file 1 首报 电话")
        await town.settle()
        owed = [item["key"] for item in (await city.getIncident(id=case))["clocks"]]
        assert first["status"] == "overdue" and first["key"] not in owed, "told to all, it is owed no more"
        many = await police.createReports(body={"reports": [{"key": "m1", "text": "凤鸣中学门口有人摔倒，1人受伤"}]})
        assert [item["state"] for item in many["items"]] == ["kept"]
        await town.settle()
        assert len(await city.pages("listIncidents")) == 2 and await city.pages("listDuties") == []
        await town.say(town.director, town.group, "/end 1 处置完毕")
        await town.press(town.director, "确认终止")
        ended = await city.getIncident(id=case)
        assert (ended["state"], ended["decisions"][0]["level"]) == ("ended", "Ⅲ"), ended
        assert ended["version"] > line["version"] and ended["ended_at"] is not None
        counted = await city.getStatistics(period="2026-03")
        assert (counted["incidents"]["number"], counted["answers"]["answered"]) == (2, len(called))
        asked = police.asked | city.asked | fire.asked | met.asked
        assert asked == set(OPERATIONS), "an incident in which nobody asks for the others"
