"""Legal clocks run on when people are silent: each obligation by its clause, each silence up to its ladder's end."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from plans.incident.records import Instance
from tests.journeys.world import STAMPEDE, Town

HEALTH, POLICE, FIRE = "区卫生健康和体育局", "市公安局城区分局", "区消防救援大队"
HOURS = timedelta(hours=4)


def clock_text(moment: datetime) -> str:
    """Return 07:02 for a moment."""
    return moment.astimezone(SHANGHAI).strftime("%H:%M")


async def reported(town: Town) -> None:
    """Four minutes after it happened; somebody takes it, and the seat's own reports are made."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")


async def first_reports(town: Town) -> None:
    """All first reports by telephone and in writing."""
    await town.say(town.duty, town.bot, "/file 首报 电话")
    await town.say(town.duty, town.bot, "/file 首报 书面")
    open_ones = [item for item in (await town.incident()).open_instances if item.by_office and not item.possible]
    assert "首报" not in {item.report for item in open_ones}


async def instances(town: Town, rule: str) -> list[Instance]:
    """Return a rule's instances, the oldest first."""
    found = [item for item in (await town.incident()).instances.values() if item.rule == rule]
    return sorted(found, key=lambda item: item.due)


async def open_one(town: Town, rule: str) -> Instance:
    """Return the one open instance of a rule."""
    (found,) = [item for item in await instances(town, rule) if item.status == "open"]
    return found


async def test_重大_every_four_hours_for_two_days(town):
    await reported(town)
    await town.say(town.duty, town.bot, "/verify 重大")
    assert "省委" in town.sees(town.duty, "值班工作单").text
    await first_reports(town)
    start = town.clock.now()
    began = (await open_one(town, "followup-4h")).due
    assert clock_text(began) == "07:02"  # four hours from the occurrence, then from each report

    # Twelve follow-ups: most of them after the second reminder, one by a call made earlier, two late.
    late: list[datetime] = []
    for number in range(1, 13):
        due = (await open_one(town, "followup-4h")).due
        seat, leader = town.count(town.duty), town.count(town.director)
        if number in (5, 9):
            await town.clock.advance_to(due + timedelta(minutes=12))
            await town.settle()
            late.append(due)
            assert "已逾期" in seat.new[-1].text and "已过5分钟" in seat.new[-1].text
            assert "请督促" in leader.new[-1].text
            heads = [line.text.split("】")[0] for line in seat.new]
            assert heads[:3] == ["【还剩1小时", "【还剩10分钟", "【还剩3分钟"]
            called = town.clock.now()
            await town.say(town.duty, town.bot, "/file 续报")
        else:
            await town.clock.advance_to(due - timedelta(minutes=7))
            await town.settle()
            heads = [line.text.split("】")[0] for line in seat.new]
            assert heads[-2:] == ["【还剩1小时", "【还剩10分钟"]
            assert not leader.new
            # Called three minutes before it was noted: the clock runs from the call.
            called = town.clock.now() - timedelta(minutes=3)
            called = called.replace(second=0, microsecond=0)
            words = f"/file 续报 {clock_text(called)} 接报值守{number}"
            await town.say(town.duty, town.bot, words)
        done = (await instances(town, "followup-4h"))[-2]
        assert done.status == "filed"
        assert abs((done.filed_at or done.due) - called) < timedelta(seconds=5)
        coming = (await open_one(town, "followup-4h")).due
        assert coming == (done.filed_at or done.due) + HOURS
        # Old reminders of what was filed have no buttons left.
        assert not [line for line in seat.new if "续报" in line.text and "已报，登记" in line.labels()]
    assert town.clock.now() - start > timedelta(hours=46)

    # The record says which were late, and the end stops the clock and begins the final report.
    await town.say(town.duty, town.bot, "/export")
    page = town.sees(town.duty, "处置记录").text
    assert page.count("迟报") >= len(late) == 2 and "值守12" in page
    await town.say(town.duty, town.bot, "/end 学生均已出院")
    await town.press(town.duty, "确认终止")
    assert not [item for item in (await town.incident()).open_instances if item.report == "续报"]
    assert "终报" in town.sees(town.duty, "值班工作单").text


async def test_a_silent_commander_is_rung_deputies_are_offered_less_and_his_spoken_word_is_recorded(usual_url):
    async with Town.open(usual_url) as town:
        await reported(town)
        await town.say(town.duty, town.bot, "/file 首报 区指挥部 晋城市教育局 电话")
        await town.say(town.duty, town.bot, "/file 首报 电话")
        chief, deputy, head, seat = (town.count(who) for who in (town.commander, town.deputy, town.director, town.duty))
        await town.press(town.duty, "超出区里能力 → Ⅰ")

        # Only the commander may: he is asked, and the seat is asked to wake him by telephone.
        assert "请您决定：1号是否启动Ⅰ级响应（4.3.1）" in chief.new[-1].text and chief.new[-1].rang == "loud"
        wake = seat.new[-1]
        assert "请打电话请示：是否启动Ⅰ级响应" in wake.text and wake.rang == "loud"
        assert wake.labels() == ["代录口头决定", "没接通"]
        assert not deputy.new and not head.new

        # Silence: he is rung again after 3 minutes; after 5 more the deputies are offered what they may declare.
        await town.advance(minutes=3)
        assert "再次请您决定" in chief.new[-1].text and len(chief.new) == 2
        assert "第1次催办" in seat.new[-1].text
        assert not deputy.new and not head.new
        await town.advance(minutes=5)
        assert "是否先启动Ⅱ级响应（4.3.2）" in deputy.new[-1].text
        assert "指挥长尚未答复" in deputy.new[-1].text
        # The director is a deputy as well (also): he gets one message, not two.
        assert len([line for line in head.new if "请您决定" in line.text]) == 1
        assert len(chief.new) == 3
        await town.advance(minutes=10)
        assert len(chief.new) == 4 and "第3次催办" in town.sees(town.duty, "次催办").text
        assert (await town.incident()).response_level is None  # never by itself

        # He answers the telephone: three taps, and the announcement says in what way it was declared.
        again = town.sees(town.duty, "第3次催办")  # with what else is due then
        await town.press(town.duty, next(label for label in again.labels() if label.endswith("代录口头决定")))
        await town.press(town.duty, "指挥长", words="谁在电话里作的决定")
        preview = town.sees(town.duty, "代录口头决定\n")
        assert "钱副区长（指挥长）03:24电话宣布启动Ⅰ级响应（4.3.1），记录人李值班" in preview.text
        assert (await town.incident()).response_level is None
        assert (await town.press(town.duty, "属实，公布")).text == "已代录并公布，待补签"
        announced = town.sees(town.commander, "【Ⅰ级响应】1号", town.group)
        assert "指挥长钱副区长03:24电话宣布，记录人李值班，待补签" in announced.text and announced.pinned
        assert "待补签：指挥长的口头决定" in town.sees(town.commander, "1号 Ⅰ级响应", town.group).text

        # What was asked has lost its buttons; a late press of the deputy's offer finds none.
        assert not [line for line in chief.new if "启动Ⅰ级" in line.labels()]
        assert not [line for line in deputy.new if "启动Ⅱ级" in line.labels()]

        # The signature is owed until he gives it; nobody else can.
        decision = (await town.incident()).unsigned
        assert [item.signer for item in decision] == ["commander"]
        await town.advance(hours=2)
        signed = await town.press(town.commander, "补签")
        assert signed.text == "已补签"
        assert not (await town.incident()).unsigned
        assert "待补签" not in town.sees(town.commander, "1号 Ⅰ级响应", town.group).text
        assert town.sees(town.commander, "请补签").labels() == []


async def test_a_silent_unit_up_to_the_telephone_of_the_duty_seat():
    async with Town.open(units=(HEALTH, POLICE, "区应急管理局", "区教育局", "事发学校")) as town:
        await reported(town)
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        seat, group, police = (
            town.count(town.duty),
            town.count(town.duty, town.group),
            town.count(town.liaisons[POLICE]),
        )
        await town.press(town.director, "确认宣布")
        for unit in (HEALTH, "区应急管理局", "区教育局", "事发学校"):
            await town.press(town.liaisons[unit], "收到")

        # Nobody answers for the township: it goes straight to the seat, and is not called twice in vain.
        asked, which = seat.new[-2], seat.new[-1]
        assert "请打电话叫应（1个单位）\n事发地镇（街道）" in asked.text and asked.rang == "loud"
        assert "请定事发地镇（街道）是哪一个" in which.text and "东街街道办事处" in which.labels()
        assert asked.labels() == ["事发地镇（街道）收到", "事发地镇（街道）没接"]
        # The police have a liaison who sleeps: called again, then their number is the seat's to ring.
        await town.advance(minutes=3)
        assert [line.rang for line in police.new] == ["loud", "loud"]
        assert "尚未收到答复，请立即答复" in police.new[-1].text
        # The township comes again on the seat's list; the group is not told to answer for whoever has nobody there.
        assert (
            "请打电话叫应（1个单位）\n事发地镇（街道）"
            in [line.text for line in seat.new if "请打电话叫应" in line.text][-1]
        )
        assert not [line for line in group.new if line.text.startswith("1号 未应答")]
        assert (await town.press(town.duty, "事发地镇（街道）收到")).text == "已记录：收到。60秒内可撤回"
        township = (await town.incident()).calls["事发镇街"]
        assert township.status == "收到" and township.recorded
        await town.advance(minutes=2)
        listed = seat.new[-1]
        assert "请打电话叫应（1个单位）\n市公安局城区分局 0356-3048013\n+863563048013" in listed.text
        assert listed.rang == "loud" and listed.labels() == ["市公安局城区分局收到", "市公安局城区分局没接"]
        # What came of ringing is one tap; in vain it stays open, and stands in the record.
        assert "已记录没接通" in str((await town.press(town.duty, "市公安局城区分局没接")).text)
        assert (await town.incident()).calls[POLICE].status == "called"
        await town.say(town.duty, town.bot, "/status 1 叫应表")
        assert "（打电话没接通1次）" in town.sees(town.duty, "叫应表").text
        named = [line for line in group.new if line.text.startswith("1号 未应答（1）：市公安局城区分局")]
        assert len(named) == 1 and "请立即在私聊里答复" in named[0].text
        assert "未应答单位（1/6）：市公安局城区分局" in town.sees(town.duty, "1号 Ⅲ级响应", town.group).text
        assert "待打电话叫应：市公安局城区分局" in town.sees(town.duty, "值班工作单").text

        # The list comes again, in growing pauses, and the group hears no more of it.
        for pause in (15, 30, 60, 120):
            before = len([line for line in seat.new if "请打电话叫应" in line.text])
            await town.advance(minutes=pause / 2)  # with what else is due it may come a quarter earlier
            assert len([line for line in seat.new if "请打电话叫应" in line.text]) == before
            await town.advance(minutes=pause / 2)
            assert len([line for line in seat.new if "请打电话叫应" in line.text]) == before + 1
        assert len([line for line in group.new if line.text.startswith("1号 未应答")]) == 1
        assert len(police.new) == 2

        # Reached by telephone and noted for it: silence is over, and the record says how it answered.
        await town.press(town.duty, "市公安局城区分局收到")
        rung = town.count(town.duty)
        await town.advance(hours=3)
        assert not [line for line in rung.new if "请打电话叫应" in line.text]
        assert (await town.incident()).calls[POLICE].recorded
        # The liaison wakes up; his own answer goes on from there.
        assert (await town.press(town.liaisons[POLICE], "已出发")).text == "已记录：已出发。60秒内可撤回"


async def test_at_last_the_head_of_a_silent_unit_is_called_and_may_answer_for_it():
    async with Town.open(units=(POLICE,)) as town:
        town.stranger.start(town.bot)
        await town.settle()
        await town.grant(town.stranger, "head", POLICE)
        await reported(town)
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        await town.press(town.director, "确认宣布")
        await town.advance(minutes=6)
        assert not town.told(town.stranger, "请立即答复")
        await town.advance(minutes=15)
        assert "尚未收到答复，请立即答复" in town.sees(town.stranger, "请立即答复").text
        await town.press(town.stranger, "收到")
        assert (await town.incident()).calls[POLICE].status == "收到"


async def test_undetermined_keeps_the_strict_clocks_and_asks_once_for_what_may_be_owed(town):
    await reported(town)
    seat = town.count(town.duty)
    sheet = town.sees(town.duty, "值班工作单").text
    certain, possible = sheet.split("判明后才定")
    assert "首报（电话） 03:32前（4.1.2）" in certain and "首报（书面） 04:02前" in certain
    assert "续报" not in certain and "续报：07:02前应先判明等级" in possible

    await first_reports(town)
    await town.advance(hours=9)
    asked = [line for line in seat.new if "判明事件等级" in line.text]
    assert [line.text.split("\n")[0] for line in asked] == [
        "1号 请在03:32前判明事件等级",
        "1号 请在07:02前判明事件等级",
    ]
    assert all(line.rang == "loud" and "届时仍无法判明，按“暂时无法判明”的时限报" in line.text for line in asked)
    # Nothing that is only possible becomes overdue or climbs.
    assert not [line for line in seat.new if "已逾期" in line.text]
    assert not town.told(town.director, "请督促")


async def test_a_level_raised_late_is_reported_after_the_fact_and_not_called_overdue_by_the_officer(town):
    await reported(town)
    await town.say(town.duty, town.bot, "/verify 一般")
    await town.say(town.duty, town.bot, "/file 首报 电话")
    await town.until(4, 30)
    assert not [item for item in (await town.incident()).open_instances if item.by_office]

    # An hour and a half after it happened it turns out to be 较大: the clocks ran from the occurrence.
    seat, leader = town.count(town.duty), town.count(town.director)
    await town.say(town.duty, town.bot, "/verify 较大")
    raised = town.sees(town.duty, "等级上调为较大")
    assert raised.rang == "loud" and "时限仍从事发起算，已过的请立即补报" in raised.text
    assert raised.text.count("上调后补报") >= 2  # the telephone and the written report, each
    assert not [line for line in seat.new if "已逾期" in line.text]
    late = {item.rule: item for item in (await town.incident()).open_instances if item.raised}
    assert set(late) == {"first-phone", "first-written"}
    assert [clock_text(late[rule].due) for rule in ("first-phone", "first-written")] == ["03:32", "04:02"]

    # Its local target runs from the raising: only when that passes too, the ladder begins.
    await town.advance(minutes=6)
    assert not leader.new
    await first_reports(town)
    await town.advance(minutes=30)
    assert not leader.new
    done = [item for item in (await town.incident()).instances.values() if item.rule in late]
    assert all(item.status == "filed" and item.raised for item in done)
    await town.say(town.duty, town.bot, "/export")
    assert "上调后补报" in town.sees(town.duty, "处置记录").text


async def test_the_time_of_a_call_moves_no_clock_an_earlier_occurrence_does_and_a_later_one_needs_a_reason(town):
    async def due() -> str:
        return clock_text((await open_one(town, "first-phone")).due)

    await reported(town)
    await town.until(3, 12)
    await town.say(town.head, town.bot, "3时10分又发现2名学生受伤，共6人受伤")
    assert "受伤6人" in town.sees(town.duty, "值班工作单").text and await due() == "03:32"
    await town.say(town.duty, town.bot, "/update 3时11分校医来电，受伤升至7人")
    assert "受伤7人" in town.sees(town.duty, "值班工作单").text and await due() == "03:32"

    # Earlier than thought: at once, whoever says it; the seat hears that less time is left.
    await town.say(town.head, town.bot, "更正一下，2时58分发生的")
    assert await due() == "03:28"
    assert "报送时限有变" in town.sees(town.duty, "首报（电话） 03:28前").text
    # Later: not by the school; by the duty officer with a reason, and both are on record.
    await town.say(town.head, town.bot, "发生时间是3时05分")
    assert "须由值班员写明理由" in town.sees(town.head, "改到更晚").text and await due() == "03:28"
    await town.say(town.duty, town.bot, "/update 经看监控，发生时间是3时01分")
    assert await due() == "03:31"
    moves = [item.event for item in (await town.incident()).events if item.event.NAME == "occurrence-changed"]
    assert [clock_text(move.occurred_at) for move in moves] == ["02:58", "03:01"]
    assert "监控" in moves[-1].reason
