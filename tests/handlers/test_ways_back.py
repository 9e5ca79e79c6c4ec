"""A wrong tap, a figure that is asked, a plan without levels: each answer says what to do next."""

from __future__ import annotations

from tests.journeys.world import Town


async def test_a_wrong_tap_on_the_deciding_question_says_how_it_is_judged_anew(reported):
    town = reported
    pressed = await town.press(town.duty, "超出区里能力 → Ⅰ")
    assert pressed.text is not None and "按错了或情况有变，发 /judge" in pressed.text
    await town.say(town.duty, town.bot, "/judge 1 4.3.2(1) 是")
    town.sees(town.commander, "请您决定：1号是否启动Ⅱ级响应（4.3.2）")
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅰ")
    assert "/oral 职务 启动 Ⅰ 理由" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅰ 力量不够")
    assert "理由：力量不够" in town.sees(town.duty, "代录口头决定\n").text


async def test_a_figure_that_decides_is_asked_with_the_words_that_answer_it():
    """死亡几人 has no buttons: what is to be written stands there, and is understood when it is written so."""
    async with Town.open(plan="jincheng-transit", units=("市交通局",)) as town:
        await town.say(town.head, town.bot, "5路公交车与货车相撞，死3人，伤12人，已送医")
        asked = town.sees(town.duty, "请核实：目前确认死亡几人？（1.5.1）")
        assert not asked.labels() and "例如 /update 一次死亡3人" in asked.text
        worksheet = town.sees(town.duty, "值班工作单 1号").text
        assert worksheet.count("即达重大（1.5.2）") == 1 and "（1.5.2）（1.5.2）" not in worksheet
        await town.say(town.duty, town.bot, "/update 一次死亡3人", reply_to=asked)
        assert "一次死亡3人" in town.sees(town.duty, "值班工作单 1号").text


async def test_a_plan_without_levels_says_so_where_one_is_given():
    async with Town.open(plan="jincheng-energy", units=("市能源局",)) as town:
        await town.say(town.head, town.bot, "晋城电网变电站故障，减供负荷45%，与其他设区的市同时大面积停电")
        town.sees(town.head, "与其他设区的市同时大面积停电：是")  # a yes is no figure
        await town.press(town.duty, "我来处理")
        await town.say(town.duty, town.bot, "/verify 1 较大")
        assert town.texts(town.duty)[-1] == "1号已核实。本预案不分级，“较大”没有记。"
        await town.say(town.duty, town.bot, "/oral 1 县长 启动 Ⅱ")
        assert "例如：/oral 指挥长 启动 Ⅰ，/oral 办公室主任 暂不启动" in town.texts(town.duty)[-1]


async def test_what_is_not_understood_wakes_nobody_and_takes_no_seat(reported):
    town = reported
    for given, said in (
        ("/roll 明天8点", "没有读懂“明天8点”，没有开始"),
        ("/shift 1号", "“1号”不像姓名，没有接班"),
        ("/shift 下班", "“下班”不像姓名，没有接班"),
        ("/drill 帮助", "请写明演练的第一份报告"),
        ("/drill 取消", "请写明演练的第一份报告"),
    ):
        await town.say(town.duty, town.bot, given)
        assert said in town.texts(town.duty)[-1], given
    assert len(await town.incidents()) == 1 and not town.told(town.commander, "叫应测试")
    await town.say(town.duty, town.bot, "/aid 隔壁 水泵2台")
    assert "向隔壁请求。记错了请马上发 /undo" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/undo")
    assert not (await town.incident()).aid
    await town.say(town.duty, town.bot, "又送来一个受伤的学生")  # a second case, unless he says it is not
    assert "与本件是同一件的，发 /merge 并案" in town.sees(town.duty, "值班工作单 2号").text
    await town.say(town.duty, town.bot, "/merge 2 1")
    await town.say(town.duty, town.bot, "/shift 何敏")
    town.sees(town.duty, "接班：何敏")
    await town.say(town.duty, town.bot, "/drill 着火")
    await town.say(town.duty, town.bot, "/status")
    which = town.texts(town.duty)[-1]
    assert "1号 实验小学宿舍楼楼梯 踩踏拥挤　已接报" in which and "演1号 火灾　已接报" in which
    await town.say(town.admin, town.bot, "/invite 全部 学校")
    assert "单位名册还是空的" in town.texts(town.admin)[-1]  # and not that there is no such kind


async def test_an_edited_command_is_read_without_the_number_of_its_incident(reported):
    town = reported
    await town.press(town.duty, "我来处理")
    said = await town.say(town.duty, town.bot, "/update 1 受伤5人")
    town.duty.edit(said, "/update 1 受伤6人")
    await town.settle()
    proposed = town.sees(town.duty, "改了一条已记录的消息").text
    assert "现：受伤6人" in proposed and "读出的变化：受伤6人" in proposed and "未读懂的数字" not in proposed
