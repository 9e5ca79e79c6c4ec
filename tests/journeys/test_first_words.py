from tests.journeys.world import STAMPEDE


async def test_x(town):
    await town.say(town.head, town.bot, STAMPEDE)
    print(town.screen(town.head))
    print(town.screen(town.duty))
    print(town.screen(town.duty, town.group))
