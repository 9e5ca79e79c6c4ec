"""The main job, end to end and over HTTP: from an empty database and a sentence in a group to the closed file."""

from __future__ import annotations

from bot.playground import Person
from tests.factories import FOUR
from tests.journeys.world import PLAN, STAMPEDE, Town

POLICE, HEALTH, EMERGENCY, TOWNSHIP = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "事发镇街"
CALLED = (POLICE, HEALTH, EMERGENCY, TOWNSHIP, "区教育局", "事发学校")


async def set_up(town: Town) -> None:
    """The administrator binds the group and invites everybody; the duty officer sits down."""
    town.admin.start(town.bot)
    await town.settle()
    await town.say(town.admin, town.group, "/bind")
    await town.press(town.admin, "晋城市城区校园安全事故应急预案", town.group)
    town.sees(town.admin, "已绑定：晋城市城区校园安全事故应急预案（指挥群）", town.group)

    async def invite(person: Person, words: str, told: str) -> None:
        await town.say(town.admin, town.group, f"/invite {words}")
        link = town.sees(town.admin, "请把链接转给本人").text
        person.start(town.bot, link.split("start=")[1].split()[0])
        await town.settle()
        town.sees(person, f"已登记：{told}")
        if person not in town.liaisons.values():
            await town.say(person, town.bot, f"姓名：{person.name} 单位：区教育局")
            town.sees(person, f"已核实：{person.name}（区教育局）")

    await invite(town.duty, "值班员", "值班员")
    await invite(town.director, "办公室主任", "办公室主任")
    await invite(town.deputy, "副指挥长", "副指挥长")
    await invite(town.commander, "指挥长", "指挥长")
    await invite(town.head, f"报告人 事发学校 {PLAN}", "报告人 事发学校")
    for unit, person in town.liaisons.items():
        await invite(person, f"联络员 {unit}", f"联络员 {unit}")
    await town.say(town.admin, town.group, "/setup")
    check = town.sees(town.admin, "安装检查", town.group).text
    assert "✓ Ⅰ级响应可由 指挥长 宣布（4.3.1）" in check and "下一步：请值班员私聊机器人发 /shift 接班" in check
    await town.say(town.duty, town.bot, "/shift")
    town.sees(town.duty, "您已坐上值班席")


async def file_by_telephone(town: Town) -> None:
    """Four calls, one tap each; one line is engaged first, one call was made some minutes ago."""
    assert (await town.press(town.duty, "占线", words="1/4 市委值班室")).text == "已记录"
    for number, name in enumerate(("市政府", "区委", "区政府"), 2):
        assert (await town.press(town.duty, "已报", words=f"{number}/4 {name}")).text == "已登记"
        town.sees(town.duty, f"☑ {name} 03:")
    await town.press(town.duty, "2分钟前已报", words="1/4 市委值班室")
    incident = await town.incident()
    phone = {item.recipient: item for item in incident.filings if item.channel == "电话"}
    assert set(phone) >= set(FOUR)
    assert (phone["市委"].recorded_at - phone["市委"].called_at).total_seconds() == 120


async def test_from_an_empty_database_to_the_closed_file(any_url):
    async with Town.open(any_url, network=True, seated=False) as town:
        await set_up(town)
        police, seat = town.liaisons[POLICE], town.count(town.duty)

        # A sentence in the group is a report; the card is there, the seat is rung.
        await town.say(police, town.group, f"/report@tocsin_bot {STAMPEDE}")
        card = town.sees(town.commander, "1号 未启动响应", town.group)
        assert "受伤4人" in card.text and "首报（电话） 03:32前" in card.text and card.rang == "loud"
        assert town.sees(town.duty, "【待接报】1号").rang == "loud"
        assert len(seat.new) == 3  # the ring, the question, the worksheet
        assert town.sees(town.duty, "值班工作单").pinned

        # Taken, judged, proposed, declared in two steps, announced.
        await town.press(town.duty, "我来处理")
        town.sees(police, "值班员已接手")
        assert "您好，区教育局值班室李值班" in town.sees(town.duty, "1/4 市委值班室").text
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        town.sees(town.duty, "请打电话请示：是否启动Ⅲ级响应（4.3.3）")
        assert not town.told(town.deputy, "请您决定")
        await town.press(town.director, "启动Ⅲ级")
        preview = town.sees(town.director, "预览：启动Ⅲ级响应")
        assert "将通知6个单位" in preview.text and "没有联络员" not in preview.text
        assert (await town.incident()).response_level is None
        assert (await town.press(town.director, "确认宣布")).text == "已宣布，正在通知单位"
        assert town.sees(town.director, "预览：启动Ⅲ级响应").labels() == []
        announced = town.sees(town.commander, "【Ⅲ级响应】1号", town.group)
        assert all(word in announced.text for word in ("事项：", "级别：", "预计期限：", "处置措施"))
        assert announced.pinned and announced.rang == "loud"

        # Calls and answers: one tap each, then the next answers; the card counts, the group hears nothing.
        heard = town.count(town.commander, town.group)
        for unit in CALLED:
            call = town.sees(town.liaisons[unit], "【Ⅲ级响应】请")
            assert call.labels() == ["收到"] and call.rang == "loud"
            assert "已记录：收到" in ((await town.press(town.liaisons[unit], "收到")).text or "")
        assert (await town.press(town.liaisons[HEALTH], "已到场")).text == "已记录：已到场。60秒内可撤回"
        assert not heard.new
        assert "6个单位均已应答" in town.sees(town.commander, "1号 Ⅲ级响应", town.group).text
        town.sees(town.liaisons["区消防救援大队"], "现不需要出动")

        # First report to four recipients by buttons, then in writing, and at once to those above.
        await file_by_telephone(town)
        await town.say(town.duty, town.bot, "/file 首报 区指挥部 晋城市教育局 电话 接报王科长")
        await town.say(town.duty, town.bot, "/file 首报 书面")
        assert "首报" not in town.sees(town.duty, "值班工作单").text.split("他人应报")[0].split("判明后才定")[0]
        await town.say(town.duty, town.bot, "/verify 一般")
        assert (await town.incident()).event_level == "一般"

        # Somebody dies: from anybody else it is not believed at once, from the duty officer a follow-up is owed.
        await town.until(5, 10)
        await town.say(town.liaisons[HEALTH], town.group, "/update 死亡1人")
        town.sees(town.duty, "有1人死亡的说法，未核实")
        assert "死亡正在核实" in town.sees(town.commander, "1号 Ⅲ级响应", town.group).text.splitlines()[1]
        await town.press(town.duty, "已核实，属实")
        assert "死亡1人" in town.sees(town.commander, "1号 Ⅲ级响应", town.group).text
        town.sees(town.duty, "续报")
        for name in FOUR:
            await town.say(town.duty, town.bot, f"/file 续报 {name} 电话")
        assert "续报" not in town.sees(town.duty, "值班工作单").text.split("判明后才定")[0].split("他人应报")[0]

        # Raised: by judgement to Ⅱ, which the deputy may declare; everybody is called, the pin is loud, once.
        await town.say(town.duty, town.bot, "/judge 4.3.2(1) 是 伤员转运需要区里协调")
        town.sees(town.deputy, "是否调整为Ⅱ级响应")
        await town.press(town.deputy, "启动Ⅱ级")
        await town.press(town.deputy, "确认宣布")
        raised = town.sees(town.commander, "【Ⅱ级响应】1号", town.group)
        assert raised.pinned
        town.sees(town.liaisons["区消防救援大队"], "【Ⅱ级响应】请区消防救援大队")
        assert "没有联络员" in town.sees(town.deputy, "预览：调整为Ⅱ级响应").text
        assert "区财政局" in town.sees(town.duty, "请打电话叫应（19个单位）").text

        # The event level is raised to 较大: clocks from the start, already late ones say so.
        await town.say(town.duty, town.bot, "/verify 较大")
        await town.advance(minutes=1)
        for unit, person in town.liaisons.items():
            if (await town.incident()).calls[unit].silent:
                await town.press(person, "收到", words="【Ⅱ级响应】")

        # The commander ends it by telephone; the duty officer records that, the commander signs.
        await town.until(9, 30)
        await town.say(town.duty, town.bot, "/oral 指挥长 终止 9:25 险情排除")
        recorded = town.sees(town.duty, "代录口头决定")
        assert "钱副区长（指挥长）09:25电话宣布终止响应" in recorded.text
        await town.press(town.duty, "属实，公布")
        assert "09:25电话宣布" in town.sees(town.commander, "【响应终止】1号", town.group).text
        await town.press(town.commander, "补签")
        assert not (await town.incident()).unsigned

        # Closing is refused while something is owed; then the final report, a waiver with its reason, and the end.
        await town.say(town.duty, town.bot, "/close")
        town.sees(town.duty, "不能归档")
        incident = await town.incident()
        for item in [item for item in incident.open_instances if item.by_office and item.report != "终报"]:
            how = "文件 城区教字〔2026〕3号" if item.rule.startswith("after-") else item.channel.replace("any", "")
            await town.say(town.duty, town.bot, f"/file {item.report} {how}")
        await town.say(town.duty, town.bot, "/file 终报 书面")
        left = [item for item in (await town.incident()).open_instances if item.by_office]
        assert not left, left
        await town.say(town.duty, town.bot, "/close")
        assert (await town.incident()).state == "closed"
        town.sees(town.commander, "已归档", town.group)

        # One page tells it all; nothing is pinned for the seat any more.
        exported = town.count(town.duty)
        await town.say(town.duty, town.bot, "/export 1")
        page = "\n".join(line.text for line in exported.new)
        assert "记录完整性：未发现改动" in page and "王科长" in page
        assert not [line for line in town.duty.timeline(town.bot) if line.pinned]
