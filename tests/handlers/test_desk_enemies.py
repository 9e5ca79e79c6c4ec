"""Texts of the desk and who may not: other units' buttons, forged presses, races, thousands, hostile words."""

from __future__ import annotations

from datetime import timedelta

from bot.callback_data import pack
from bot.office.desk import new_case
from bot.operations.persons import erase
from bot.service import Requester, Step
from plans.desk.announcements import Announce, OpenAnnouncement
from plans.desk.entries import WriteEntry
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.receipts import Receive
from plans.desk.results import SettleInstruction
from plans.desk.sending import Withdraw
from tests import stage
from tests.handlers.forging import FORGIVEN, Forger, live_buttons
from tests.handlers.test_announcements import announced
from tests.handlers.test_instructions import FIVE, cases, sent, the_case, town_plan
from tests.handlers.test_warning_enemies import outsiders
from tests.journeys.world import NIGHT, Town, gather, plans

HOSTILE = "<b>开会</b> & *加粗* `x` [点这里](https://evil.example) @李值班 /declare {number} 【演练】\u202e反"


async def heads(town: Town) -> list[tuple[str, int, str]]:
    async with town.open_store.reading() as rx:
        found = await rx.journal.heads()
    return sorted(
        (name, head.sequence, head.hash)
        for name, head in found.items()
        if name.startswith(("instruction", "announcement", "incident"))
    )


async def test_no_button_serves_whom_it_was_not_shown_to_wherever_he_presses_it() -> None:
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        await sent(town)
        await town.press(town.liaisons[FIVE[0]], "收到", words="王副区长批示")
        await town.press(town.liaisons[FIVE[0]], "退回", words="已收到")
        await town.press(town.liaisons[FIVE[1]], "收到", words="王副区长批示")
        await town.press(town.liaisons[FIVE[1]], "办结", words="已收到")
        await town.say(town.duty, town.bot, "/instruct 1")
        await town.say(town.duty, town.bot, "/instruct 李书记 另一件")
        await announced(town)
        people = await outsiders(town)
        before, forger = await heads(town), Forger(town)
        shown_to = (town.duty, *town.liaisons.values(), town.director, town.commander)
        pressed = set[str]()
        for stream in ("instruction:", "announcement:"):
            pressed |= await forger.press_all(stream, people.values(), shown_to)
        assert {"desk_received", "instruct_done", "instruct_declined", "desk_pick", "instruct_extend"} <= pressed
        assert await heads(town) == before
        await town.stop()


async def test_a_unit_answers_by_no_other_units_button_nor_by_its_own_elsewhere() -> None:
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        await sent(town)
        forger, own, other = Forger(town), town.liaisons[FIVE[0]], town.liaisons[FIVE[1]]
        async with town.open_store.reading() as rx:
            place = await rx.places.by_chat(own.id)
        assert place is not None
        [button] = [item for item in await live_buttons(town, "desk_received") if item.place_id == place.id]
        before = await heads(town)
        for chat in (other, own, town.group):
            await forger.press(other, chat, pack(button.id))
        await forger.press(own, town.group, pack(button.id))  # a message that was forwarded
        assert await heads(town) == before
        await forger.press(own, own, pack(button.id))
        case = await the_case(town)
        assert [item.key for item in case.told.values() if not item.silent] == [f"unit:{FIVE[0]}"]


async def test_a_withdrawal_that_races_an_answer_leaves_one_order_of_things() -> None:
    async with Town.open() as town:
        await announced(town)
        case = await the_case(town, "announcement")
        async with town.open_store.reading() as rx:
            duty = await rx.people.by_telegram(town.duty.id)
            unit = await rx.people.by_telegram(town.liaisons[FIVE[0]].id)
        assert duty is not None and unit is not None and town.program is not None
        service = town.program.service
        answer, withdrawal = await gather(
            service.execute(
                [Step(stream=case.stream, command=Receive())], cause="a", requester=Requester(person_id=unit.id)
            ),
            service.execute(
                [Step(stream=case.stream, command=Withdraw())], cause="b", requester=Requester(person_id=duty.id)
            ),
        )  # fmt: skip
        await town.settle()
        assert withdrawal.refusal is None
        after = await the_case(town, "announcement")
        names = [item.event.NAME for item in after.events]
        assert after.state == "withdrawn" and names[-1] == "desk-withdrawn"
        assert (answer.refusal is None) is ("desk-receipt-given" in names)
        last = town.texts(town.liaisons[FIVE[0]])
        assert "已收回" in last[-1]
        call = next(line for line in town.liaisons[FIVE[0]].timeline(town.bot) if "明早8点开会" in line.text)
        assert call.labels() == [] and "已收回" in call.text


async def test_hostile_words_arrive_as_words_and_four_thousand_characters_arrive_whole() -> None:
    async with Town.open() as town:
        await announced(town, f"{FIVE[0]}：{HOSTILE}")
        told = town.sees(town.liaisons[FIVE[0]], "*加粗*")
        assert "<b>开会" in told.text, "it is no markup"
        assert "https://evil" not in told.text and "@李值班" not in told.text and "【演练】" not in told.text
        assert {item["type"] for item in told.entities} <= {"bold"}
        long = "会" * 3990
        await town.say(town.duty, town.bot, f"/notice {long}")
        await town.say(town.duty, town.bot, f"/notice 2 发给 {FIVE[0]}")
        await town.press(town.duty, "预览", words="通知2号 草稿")
        await town.press(town.duty, "发出", words="请确认：发出通知2号")
        shown = "".join(text for text in town.texts(town.liaisons[FIVE[0]]))
        assert shown.count("会") >= 3700
        assert town.liaisons[FIVE[0]].timeline(town.bot)[-1].labels() == ["收到"]


async def test_two_thousand_recipients_cost_few_statements_and_no_message_in_the_group() -> None:
    async with Town.open() as town:
        plan, many = town_plan(), 2000
        async with town.open_store.writing() as tx:
            for number in range(many):
                person = await stage.enter(tx, chat=9_000_000 + number, name=f"校长{number}", at=NIGHT)
                await stage.grant(tx, person, plan, "head", unit=f"学校{number}", at=NIGHT)
        async with town.open_store.reading() as rx:
            duty = await rx.people.by_telegram(town.duty.id)
            head = await rx.people.by_telegram(9_000_007)
        assert duty is not None and head is not None and town.program is not None
        service = town.program.service
        opens = OpenAnnouncement(text="明早8点开会", recipients=tuple(f"unit:学校{number}" for number in range(many)))
        who = Requester(person_id=duty.id)
        [stream] = (await service.execute([new_case("announcement", plan, opens)], cause="o", requester=who)).streams
        result = await service.execute([Step(stream=stream, command=Announce())], cause="s", requester=who)
        assert result.refusal is None
        async with town.open_store.reading() as rx:
            rows = await rx.outbox.noticed(stream, "desk_told")
            groups = {place.id for place in await rx.places.bound(plan.jurisdiction.name, plan.id)}
        assert len(rows) == many and not {row.place_id for row in rows} & groups
        assert not any(row.ring for row in rows), "it is night"
        answered = await service.execute(
            [Step(stream=stream, command=Receive())], cause="r", requester=Requester(person_id=head.id)
        )
        assert answered.refusal is None
        await town.stop()


async def test_who_lost_the_role_sends_nothing_that_was_shown_to_him_and_another_does(town: Town) -> None:
    town.forgiven = FORGIVEN
    town.admin.promote(town.group, town.duty, [], anonymous=True)
    for words in ("/instruct@tocsin_bot 王副区长 全区排查", "/notice@tocsin_bot 开会"):
        town.duty.send(town.group, words, anonymous=True)
        await town.settle()
        assert "用自己的账号" in town.texts(town.duty, town.group)[-1], "an anonymous administrator gives none"
    assert await cases(town) == [] and await cases(town, "announcement") == []
    await town.say(town.duty, town.bot, f"/instruct 王副区长 请{FIVE[0]}排查")
    await town.press(town.duty, "预览", words="草稿")
    async with town.open_store.writing() as tx:
        officer = await tx.people.by_telegram(town.duty.id)
        assert officer is not None
        for item in await tx.people.holdings(officer.id):
            await tx.people.revoke(item.id, town.clock.now())
    await town.press(town.duty, "发出", words="请确认")
    case = await the_case(town)
    assert case.state == "draft" and not town.told(town.liaisons[FIVE[0]], "王副区长批示")
    await town.say(town.second, town.bot, "/instruct 1")
    await town.press(town.second, "预览", words="指令1号 草稿")
    await town.press(town.second, "发出", words="请确认")
    await town.press(town.second, "收回", words="办理中")
    await town.press(town.second, "确认收回")
    assert [item.event.NAME for item in (await the_case(town)).events].count("desk-withdrawn") == 1


async def test_a_recipient_who_is_erased_is_named_by_no_id_and_can_be_let_off(town: Town) -> None:
    async with town.open_store.reading() as rx:
        leader = await rx.people.by_telegram(town.commander.id)
    assert leader is not None
    await town.say(town.duty, town.bot, "/instruct 王副区长 请排查")
    await town.say(town.duty, town.bot, f"/instruct 1 发给 {town.commander.name}、{FIVE[0]}")
    await town.press(town.duty, "预览", words="草稿")
    await erase(town.open_store, leader, by="孙管理", reason="本人要求", now=town.clock.now())
    await town.press(town.duty, "发出", words="请确认")
    await town.press(town.liaisons[FIVE[0]], "收到", words="王副区长批示")
    await town.press(town.liaisons[FIVE[0]], "办结", words="已收到")
    await town.press(town.liaisons[FIVE[0]], "已按要求落实")
    await town.say(town.duty, town.bot, "/instruct 1")
    await town.say(town.duty, town.bot, "/instruct 1 免办 已注销的人")
    assert (await the_case(town)).state == "done"
    assert not any(leader.id in text for text in town.texts(town.duty)), town.texts(town.duty)


async def test_a_page_stays_one_message_however_much_two_hundred_hand_in(town: Town) -> None:
    plan, many, handed = town_plan(), 200, "已排查隐患三十二处，整改完成五处，余下正在推进之中" * 6
    async with town.open_store.writing() as tx:
        people = []
        for number in range(many):
            person = await stage.enter(tx, chat=9_000_000 + number, name=f"校长{number}", at=NIGHT)
            await stage.grant(tx, person, plan, "head", unit=f"德惠市第{number}实验小学东校区", at=NIGHT)
            people.append(person)
    async with town.open_store.reading() as rx:
        duty = await rx.people.by_telegram(town.duty.id)
    assert duty is not None and town.program is not None
    service, who = town.program.service, Requester(person_id=duty.id)
    to = tuple(f"unit:德惠市第{number}实验小学东校区" for number in range(many))
    opens = OpenInstruction(text="全" * 900, giver="王副区长", recipients=to, due=NIGHT + timedelta(days=3))
    [stream] = (await service.execute([new_case("instruction", plan, opens)], cause="o", requester=who)).streams
    await service.execute([Step(stream=stream, command=GiveInstruction())], cause="s", requester=who)
    await town.say(town.duty, town.bot, "/instruct 1")
    for number, person in enumerate(people[:60]):
        answer = SettleInstruction(text=f"{handed}{number}", evidence=(f"document:large{number}",))
        await service.execute(
            [Step(stream=stream, command=answer)], cause=f"r{number}", requester=Requester(person_id=person.id)
        )
    await town.press(town.duty, "刷新", words="办理中")
    page = town.sees(town.duty, "办理中")
    assert "办结60/200" in page.text and "另有" in page.text and "看附件" in page.labels() and len(page.text) < 4000
    assert "退回重办" in page.labels()
    await town.stop()


async def test_of_two_offices_with_one_number_each_the_own_desks_is_changed(town: Town) -> None:
    water = plans()["jincheng-water-rescue"]
    async with town.open_store.writing() as tx:
        duty = await tx.people.by_telegram(town.duty.id)
        assert duty is not None and town.program is not None
        await stage.grant(tx, duty, water, "duty", at=NIGHT)
    service, who = town.program.service, Requester(person_id=duty.id)
    opens = OpenInstruction(text="水上巡查", giver="李区长")
    [other] = (await service.execute([new_case("instruction", water, opens)], cause="o", requester=who)).streams
    await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查")
    own = next(case for case in await cases(town) if case.stream != other)
    assert own.number == 1
    await town.say(town.duty, town.bot, "/instruct 1 更正 全区复查")
    after = {case.stream: case.text for case in await cases(town)}
    assert after == {own.stream: "全区复查", other: "水上巡查"}
    await town.say(town.duty, town.bot, "/log 市政府值班室来电：全区排查进展16时前反馈")
    entry = new_case("entry", water, WriteEntry(text="水上中心来电：水位上涨"))
    await service.execute([entry], cause="e", requester=who)
    await town.say(town.duty, town.bot, "/log 1")
    page = town.duty.timeline(town.bot)[-1].text
    assert "排查进展" in page and "水位上涨" not in page


async def test_what_units_hand_in_is_looked_at_and_a_correction_says_that_the_day_stays(town: Town) -> None:
    await sent(town, f"王副区长 请{FIVE[0]}、{FIVE[1]}排查，一周内报", pick="")
    unit = town.liaisons[FIVE[0]]
    await town.press(unit, "收到", words="王副区长批示")
    await town.press(unit, "办结", words="已收到")
    unit.send_document(town.bot, b"%PDF", "结果.pdf", caption="见附件")
    await town.settle()
    await town.say(town.duty, town.bot, "/instruct 1")
    await town.press(town.duty, "看附件", words="办理中")
    shown = [line for line in town.duty.timeline(town.bot) if line.kind == "document" and line.from_bot]
    assert [line.text for line in shown] == [f"指令1号 {FIVE[0]}"]
    await town.press(town.duty, "看附件", words="办理中")
    await town.say(town.duty, town.bot, "/instruct 1 更正 改为全市排查，三天内报")
    assert "期限没有改，仍是3月9日18:00" in town.texts(town.duty)[-1], town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, f"/instruct 1 免办 {FIVE[1]}")
    assert "不用您的单位办了" in town.texts(town.liaisons[FIVE[1]])[-1]
    assert (await the_case(town)).state == "done"
