"""Who acts first at the scene, in the chat: the school that reported answers for itself, the street is asked about."""

from tests.journeys.world import STAMPEDE, Town

HEALTH = "区卫生健康和体育局"


async def declared(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")


async def test_the_school_that_reported_is_called_and_answers():
    async with Town.open(units=(HEALTH,)) as town:
        await declared(town)
        assert "请实验小学：收到请答复" in town.sees(town.head, "【Ⅲ级响应】请").text
        assert "已记录：收到" in ((await town.press(town.head, "收到")).text or "")
        call = (await town.incident()).calls["事发学校"]
        assert (call.status, call.recorded) == ("收到", False)


async def test_the_street_is_chosen_by_one_tap_and_its_number_is_given():
    async with Town.open(units=(HEALTH,)) as town:
        await declared(town)
        assert "请定事发地镇（街道）是哪一个" in town.sees(town.duty, "请定").text
        assert (await town.press(town.duty, "东街街道办事处")).text == "已选定"
        assert "东街街道办事处 0356-2286141" in town.sees(town.duty, "请打电话叫应（1个单位）").text
        assert {"东街街道办事处"} <= set((await town.incident()).calls)
        assert "区教育局：与值班室同一电话" in "".join(town.texts(town.duty))


async def test_a_liaison_of_the_placeholder_answers_for_the_street_that_it_is():
    async with Town.open(units=(HEALTH, "事发镇街")) as town:
        await declared(town)
        street = town.liaisons["事发镇街"]
        await town.press(town.duty, "北街街道办事处")
        assert "请北街街道办事处" in town.sees(street, "请北街").text
        await town.press(street, "收到", words="请北街")
        assert (await town.incident()).calls["北街街道办事处"].status == "收到"
