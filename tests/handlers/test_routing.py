"""A general plan sends each kind of event to its lead department and its special command body, by clause."""

from __future__ import annotations

from tests.journeys.world import Town

PLAN = "shanting-overall"


async def test_the_card_and_the_proposal_name_who_leads_and_which_command_body_acts():
    async with Town.open(units=()) as town:
        group = town.world.add_group("区应急值班群", owner=town.admin, members=[town.bot, town.duty, town.deputy])
        town.admin.promote(group, town.bot, ["can_pin_messages"])
        town.admin.send(group, "/help@tocsin_bot")
        await town.settle()
        await town.bind(group, "command", PLAN)
        for person, role in ((town.duty, "duty"), (town.deputy, "deputy")):
            await town.grant(person, role, plan=PLAN)
        await town.say(town.duty, group, "/report@tocsin_bot 城头镇加油站旁天然气管道爆炸，2人死亡5人受伤")
        assert "牵头" not in town.sees(town.duty, "1号 未启动响应", group).text, "two kinds are possible"
        await town.press(town.duty, "燃气事故", words="属于哪一类事件")
        card = town.sees(town.duty, "1号 未启动响应", group).text
        assert "区住房和城乡建设局" in card and "区燃气事故应急指挥部" in card and "附件" in card
        await town.say(town.deputy, town.bot, "/judge Ⅲ级")
        proposal = town.sees(town.deputy, "请您决定：1号是否启动Ⅲ级响应")
        assert "区住房和城乡建设局" in proposal.text and "区燃气事故应急指挥部" in proposal.text
