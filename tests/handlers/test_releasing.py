"""A statement for the public in the chat: drafted, shown, published by whoever may, on the record."""

from __future__ import annotations

from tests.journeys.world import STAMPEDE, Town


async def test_a_statement_is_shown_before_the_director_publishes_it() -> None:
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.say(town.duty, town.bot, "/release")
        town.sees(town.duty, "还没有核实，不能对外发布")
        await town.say(town.duty, town.bot, "/verify 死亡0 受伤4 一般")
        await town.say(town.duty, town.bot, "/release 已救出9人")
        town.sees(town.duty, "补充的话里写了人数")
        await town.say(town.duty, town.bot, "/release 伤员已送医")
        shown = town.sees(town.duty, "信息发布稿").text
        assert "区指挥部办公室（2.2.2" in shown and "伤员已送医" in shown
        await town.press(town.duty, "送审或提交")
        await town.press(town.duty, "发布前预览")
        town.sees(town.duty, "电话里是谁同意的")
        await town.press(town.director, "发布前预览")
        await town.press(town.director, "政府网站发布")
        town.sees(town.commander, "信息已发布", town.group)
        (statement,) = (await town.incident()).statements.values()
        assert (statement.status, statement.medium, statement.role) == ("published", "政府网站", "director")
        await town.say(town.duty, town.bot, "/export")
        town.sees(town.duty, "【信息发布】")


async def test_a_draft_that_waits_stands_where_the_duty_officer_works_and_is_reminded_of() -> None:
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.say(town.duty, town.bot, "/verify 死亡0 受伤4 一般")
        await town.say(town.duty, town.bot, "/release 伤员已送医")
        await town.press(town.duty, "送审或提交")
        line = "信息发布：待发布"
        assert line in town.told(town.duty, "值班工作单")[-1].text
        for command in ("/todo", "/status 1", "/shift 李值班"):
            await town.say(town.duty, town.bot, command)
            assert any(line in text for text in town.texts(town.duty)[-2:]), command
        await town.advance(minutes=11)
        assert "信息发布稿还在等：待发布" in town.sees(town.duty, "还在等").text
        town.sees(town.director, "还在等")
        await town.say(town.duty, town.bot, "/verify 死亡0 受伤5")
        await town.say(town.duty, town.bot, "/todo")
        assert "数字或等级有变，须重新拟稿" in town.texts(town.duty)[-1]
        await town.say(town.duty, town.bot, "/release 伤员已送医")
        await town.press(town.duty, "送审或提交", words="受伤5人")
        await town.press(town.director, "发布前预览", words="受伤5人")
        await town.press(town.director, "政府网站发布")
        reminded = len(town.told(town.duty, "还在等"))
        await town.advance(hours=3)
        assert len(town.told(town.duty, "还在等")) == reminded
        await town.say(town.duty, town.bot, "/todo")
        assert "信息发布" not in town.texts(town.duty)[-1]
