"""Texts of the desk and who may not: other units' buttons, forged presses, races, thousands, hostile words."""

from __future__ import annotations

from bot.callback_data import pack
from bot.office.desk import new_case
from bot.service import Requester, Step
from plans.desk.announcements import Announce, OpenAnnouncement
from plans.desk.receipts import Receive
from plans.desk.sending import Withdraw
from tests import stage
from tests.handlers.forging import FORGIVEN, Forger, live_buttons
from tests.handlers.test_announcements import announced
from tests.handlers.test_instructions import FIVE, sent, the_case, town_plan
from tests.handlers.test_warning_enemies import outsiders
from tests.journeys.world import NIGHT, Town, gather

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
