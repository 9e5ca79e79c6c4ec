"""Who people are: asked once, confirmed by an invitation, a claim or an administrator, never by a Telegram name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cases.streams import admin_log
from bot.office.identity import CONFIRMED, PHONE_CHANGED, STATED, person_named
from bot.operations.proof import examine
from storage.people import Holding, shown_name
from storage.people import Person as Known
from tests.chaos.test_entries import ROUTES
from tests.handlers.test_every_command import Sender
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, UNITS, Forgiven, Town, plans
from tests.stage import enter, grant

MOBILE = "139" + "0000" + "0012"


async def person(town: Town, user: Any) -> Known:
    async with town.open_store.reading() as rx:
        found = await rx.people.by_telegram(user.id)
    assert found is not None
    return found


async def named(town: Town, name: str, office: str = "") -> Known | None:
    async with town.open_store.reading() as rx:
        return await person_named(rx, plans()[PLAN], name, office)


async def events(town: Town) -> list[dict[str, Any]]:
    async with town.open_store.reading() as rx:
        log = await rx.journal.load(admin_log(JURISDICTION))
    return [item.payload for item in log if item.event == CONFIRMED]


async def entries(town: Town, event: str) -> list[Any]:
    async with town.open_store.reading() as rx:
        return [item for item in await rx.journal.load(admin_log(JURISDICTION)) if item.event == event]


async def forget(town: Town, *users: Any) -> None:
    """As if they had been there before it was asked who people are."""
    async with town.open_store.writing() as tx:
        for user in users:
            known = await tx.people.by_telegram(user.id)
            assert known is not None
            await tx.people.save(replace(known, real_name="", office="", phone="", confirmed_at=None))


async def invite(town: Town, words: str) -> str:
    await town.say(town.admin, town.bot, f"/invite {words}")
    return re.findall(r"start=([\w-]+)", town.sees(town.admin, "start=").text)[-1]


async def start(town: Town, user: Any, token: str) -> None:
    if not user.timeline(town.bot):
        user.start(town.bot)
        await town.settle()
    await town.say(user, town.bot, f"/start {token}")


async def administers(town: Town, user: Any) -> None:
    """Make somebody another administrator, confirmed under the name that he has."""
    known = await person(town, user)
    async with town.open_store.writing() as tx:
        await tx.people.save(replace(known, real_name=known.name, confirmed_at=town.clock.now()))
        await tx.people.grant(
            Holding(
                id=f"admin-{known.id}", person_id=known.id, jurisdiction=JURISDICTION, plan_id="*", role="admin",
                granted_by="settings", granted_at=town.clock.now(),
            )
        )  # fmt: skip


# The invitation


async def test_who_takes_an_invitation_says_who_he_is_and_is_that_from_then_on(town: Town):
    new = town.world.add_user("小赵")
    await start(town, new, await invite(town, "值班员"))
    asked = town.sees(new, "已登记：值班员")
    assert "真实姓名、单位" in asked.text
    await town.say(new, town.bot, f"赵敏 区应急管理局 {MOBILE}")
    assert f"已核实：赵敏（区应急管理局，{MOBILE}）" in town.texts(new)[-1]
    known = await person(town, new)
    assert (known.name, shown_name(known), known.office, known.phone) == ("小赵", "赵敏", "区应急管理局", MOBILE)
    assert (await named(town, "赵敏")) == known and await named(town, "小赵") is None
    [event] = await events(town)
    assert (event["person"], event["name"], event["before"], event["how"]) == (known.id, "赵敏", "小赵", "invitation")
    assert MOBILE not in str(event), "a mobile number stands in no log"
    await town.say(new, town.bot, "/me")
    assert town.texts(new)[-1].startswith(f"您的姓名：赵敏（区应急管理局，{MOBILE}），已核实。")


async def test_an_invitation_that_names_somebody_is_taken_with_one_tap(town: Town):
    new = town.world.add_user("小赵")
    token = await invite(town, f"值班员 姓名 赵敏 区应急管理局 {MOBILE}")
    town.sees(town.admin, "给赵敏（区应急管理局")
    await start(town, new, token)
    asked = town.sees(new, "这份邀请是给赵敏（区应急管理局）的")
    assert MOBILE not in asked.text, "whoever got the link by mistake reads no number"
    known = await person(town, new)
    async with town.open_store.reading() as rx:
        assert not await rx.people.holdings(known.id), "nobody holds anything before he says so"
    await town.press(new, "是我")
    assert "已登记：值班员" in town.texts(new)[-1] and "真实姓名" not in town.texts(new)[-1]
    known = await person(town, new)
    assert (known.real_name, known.phone) == ("赵敏", MOBILE)


async def test_not_me_makes_the_invitation_void_and_whoever_made_it_is_told(town: Town):
    new, right = town.world.add_user("路人"), town.world.add_user("小赵")
    token = await invite(town, "值班员 姓名 赵敏 区应急管理局")
    await start(town, new, token)
    await town.press(new, "不是我")
    assert "到了别人手里" in town.texts(town.admin)[-1] and "路人" in town.texts(town.admin)[-1]
    await start(town, right, token)
    assert "已经用过、撤销或过期" in town.texts(right)[-1]
    assert (await person(town, new)).confirmed_at is None


async def test_somebody_known_takes_no_invitation_of_another(town: Town):
    token = await invite(town, "指挥长 姓名 钱区长 区政府")
    await start(town, town.second, token)
    assert "您已核实为周值班" in town.texts(town.second)[-1]
    assert (await person(town, town.second)).real_name == "周值班"
    assert await named(town, "钱区长") is None


async def test_of_two_of_one_name_the_other_office_s_takes_an_invitation_only_after_he_said_that_it_is_he(town: Town):
    known = await person(town, town.second)
    async with town.open_store.writing() as tx:
        await tx.people.save(replace(known, office="区卫健局"))
    token = await invite(town, "指挥长 姓名 周值班 区政府")
    await start(town, town.second, token)
    async with town.open_store.reading() as rx:
        assert {item.role for item in await rx.people.holdings(known.id)} == {"duty"}
    await town.press(town.second, "是我")
    async with town.open_store.reading() as rx:
        assert len({item.role for item in await rx.people.holdings(known.id)}) == 2
    assert (await person(town, town.second)).office == "区卫健局", "who he is stays as it was confirmed"


# A claim


async def test_a_claim_carries_the_name_and_its_approval_confirms_it(town: Town):
    new = town.world.add_user("陈主任")  # as the director is called
    new.start(town.bot)
    await town.settle()
    rang = town.count(town.admin)
    await town.say(new, town.bot, f"/join 联络员 {UNITS[0]}")
    assert "请先告诉我您是谁" in town.texts(new)[-1]
    assert not rang.new, "nobody is asked about a Telegram name"
    await town.say(new, town.bot, f"李敏 {UNITS[0]} 0356-2250777")
    [question] = rang.new
    assert f"李敏（{UNITS[0]}，0356-2250777）（Telegram名“陈主任”）" in question.text
    await town.press(town.admin, "批准")
    known = await person(town, new)
    assert (shown_name(known), known.phone) == ("李敏", "0356-2250777")
    director = await named(town, "陈主任")
    assert director is not None and director.telegram_id == town.director.id


# What is there already


async def test_those_who_are_there_are_asked_once_silently_and_in_the_daytime(town: Town):
    await forget(town, town.duty, town.second)
    await town.until(8, 40)
    assert not town.told(town.duty, "真实姓名")
    await town.until(9, 20)
    asked = town.sees(town.duty, "警钟记录用真实姓名")
    assert asked.rang == "silent"
    await town.until(12, 0)
    await town.until(12, 0, day=3)
    assert len(town.told(town.duty, "警钟记录用真实姓名")) == 1
    assert not town.told(town.director, "警钟记录用真实姓名")
    rung = town.count(town.admin)
    await town.say(town.duty, town.bot, f"李四 区教育局 {MOBILE}")
    await town.say(town.second, town.bot, "周明，区教育局值班室")
    assert "管理员核实后生效" in town.texts(town.duty)[-1]
    assert (await person(town, town.duty)).confirmed_at is None
    await town.advance(minutes=15)
    assert rung.new and {line.rang for line in rung.new} == {"silent"}, "silently"
    await town.press(town.admin, "批准 1")
    await town.press(town.admin, "批准 2")
    assert [(await person(town, one)).real_name for one in (town.duty, town.second)] == ["李四", "周明"]
    async with town.open_store.reading() as rx:
        seat = await rx.people.seat(JURISDICTION, PLAN)
    assert seat is not None and seat.name == "李四", "who sits there is called so at once"


@pytest.mark.parametrize(
    "words",
    [STAMPEDE, "着火了", "救命", "楼塌了 实验小学 0356-2250777", "3人受伤", "食堂多名学生呕吐腹泻", "马上来人"],
)
async def test_a_report_is_no_name_whatever_was_asked(town: Town, words: str):
    await forget(town, town.head)
    await town.until(9, 20)
    assert town.told(town.head, "真实姓名")
    before = len(await town.incidents())
    await town.say(town.head, town.bot, words)
    assert len(await town.incidents()) == before + 1 or "没有读懂" not in town.texts(town.head)[-1]
    assert (await person(town, town.head)).confirmed_at is None
    async with town.open_store.reading() as rx:
        assert not await rx.people.claims(JURISDICTION)


# An administrator


async def test_setup_and_the_page_say_who_is_not_confirmed_and_an_administrator_confirms(town: Town):
    await forget(town, town.duty)
    await town.say(town.admin, town.bot, "/setup")
    assert "姓名还没有核实的：1人（李值班（Telegram名，未核实） 值班员）" in town.texts(town.admin)[-1]
    await town.say(town.admin, town.bot, "/name")
    assert "还没有核实1人" in town.sees(town.admin, "姓名核实").text
    await town.press(town.admin, "核实 1")
    await town.say(town.admin, town.bot, "李四 区教育局 0356-2250777")
    assert "已核实：李四（区教育局，0356-2250777）" in town.texts(town.admin)[-1]
    assert "管理员已核实您的姓名：李四" in town.texts(town.duty)[-1]
    [event] = await events(town)
    admin = await person(town, town.admin)
    assert (event["name"], event["how"]) == ("李四", "administrator")
    async with town.open_store.reading() as rx:
        log = await rx.journal.load(admin_log(JURISDICTION))
    assert [item.actor for item in log if item.event == CONFIRMED] == [admin.id]


async def test_what_was_recorded_under_a_name_stays_when_the_name_changes(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    before = [item.event for item in (await town.incident()).events]
    await town.say(town.admin, town.bot, "/name 李值班")
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "李四 区教育局")
    assert [item.event for item in (await town.incident()).events] == before
    await town.say(town.duty, town.bot, "/export 1")
    assert (await person(town, town.duty)).real_name == "李四"


async def test_a_name_that_was_changed_between_the_page_and_the_answer_is_not_written_over(town: Town):
    other = town.world.add_user("第二管理")
    other.start(town.bot)
    await town.settle()
    await administers(town, other)
    await forget(town, town.duty)
    for admin in (town.admin, other):
        await town.say(admin, town.bot, "/name 李值班")
        await town.press(admin, "更正 1")
    await town.say(other, town.bot, "李四 区教育局")
    await town.say(town.admin, town.bot, "李五 区教育局")
    assert "显示给您之后已有人改过" in town.texts(town.admin)[-1]
    assert (await person(town, town.duty)).real_name == "李四"


# Attacks


async def test_a_telegram_name_gives_no_role_no_signature_and_no_ring(town: Town):
    """A liaison calls himself as the director is called; nothing that means the director reaches him."""
    liar = town.liaisons[UNITS[0]]
    await forget(town, liar)
    town.world.state.users[liar.id] = replace(town.world.state.users[liar.id], first_name="陈主任")
    await town.say(liar, town.bot, "/me")
    assert (await person(town, liar)).name == "陈主任"
    director = await named(town, "陈主任")
    assert director is not None and director.telegram_id == town.director.id
    await town.say(town.commander, town.bot, "/delegate 指挥长 陈主任 到 24小时")
    assert town.told(town.director, "请您代行") and not town.told(liar, "请您代行")
    await forget(town, town.director)
    assert await named(town, "陈主任") is None
    await town.say(town.commander, town.bot, "/delegate 指挥长 陈主任 到 24小时")
    assert "没有“陈主任”这个人" in town.texts(town.commander)[-1]


async def test_nobody_is_confirmed_as_another_by_his_own_word(town: Town):
    new = town.world.add_user("小赵")
    await start(town, new, await invite(town, "值班员"))
    await town.say(new, town.bot, "陈主任 区教育局")
    assert (await person(town, new)).confirmed_at is None, "somebody is confirmed under that name"
    question = town.sees(town.admin, "请核实")
    assert "注意：已有同名的陈主任" in question.text
    await town.press(town.admin, "不批准")
    assert (await person(town, new)).confirmed_at is None
    assert "没有核实通过" in town.texts(new)[-1]
    # Who is known already calls himself in Telegram as whom he says he is: who he was confirmed as is said.
    await town.advance(minutes=15)
    known, liar = await person(town, town.second), town.second
    town.world.state.users[liar.id] = replace(town.world.state.users[liar.id], first_name="李小明")
    await town.say(liar, town.bot, "/name 李小明 区应急管理局")
    question = town.sees(town.admin, "李小明（区应急管理局）")
    assert f"这个账号已核实为{known.real_name}" in question.text


async def test_an_administrator_does_not_confirm_himself_where_another_can(town: Town):
    other = town.world.add_user("第二管理")
    other.start(town.bot)
    await town.settle()
    await administers(town, other)
    await forget(town, other)
    await town.say(other, town.bot, "/name 吴刚 区政府办")
    assert "管理员核实后生效" in town.texts(other)[-1]
    assert not town.told(other, "请核实"), "he is not asked himself"
    await town.press(town.admin, "批准")
    assert (await person(town, other)).real_name == "吴刚"
    await town.say(town.admin, town.bot, "/name 陈主任 区教育局")
    assert (await person(town, town.admin)).real_name == "孙管理"


NASTY = {
    "zero width": ("赵\u200b敏\u2060 区教育局", "赵敏"),
    "turned round": ("\u202e敏赵\u202c 区教育局", ""),
    "isolated": ("\u2067敏赵\u2069 区教育局", ""),
    "200 characters": ("赵" * 200 + " 区教育局", ""),
    "markup": ("<b>赵敏</b> 区教育局", ""),
    "a link": ("[赵敏](http://x.example) 区教育局", ""),
    "the number of the police": ("赵敏 区教育局 110", ""),
    "a mention": ("@zhaomin 区教育局", ""),
    "markup in the office": ("赵敏 <a href='x'>区教育局</a>", ""),
    "a command": ("/start 区教育局", ""),
    "nothing that is seen": ("\u200b\u2060 区教育局", ""),
    "figures": ("12345678901 区教育局", ""),
    "a line break": ("赵\n敏 区教育局", "赵敏"),
}


@pytest.mark.parametrize("case", NASTY)
async def test_only_what_can_be_read_is_a_name(town: Town, case: str):
    words, name = NASTY[case]
    new = town.world.add_user("小赵")
    await start(town, new, await invite(town, "值班员"))
    await town.say(new, town.bot, f"/name {words}")
    assert (await person(town, new)).real_name == name


ROLES = ("admin", "duty", "second", "director", "deputy", "commander", "head", "stranger")


@pytest.mark.parametrize("role", ROLES)
async def test_of_all_roles_only_an_administrator_says_who_another_is(town: Town, role: str):
    await forget(town, town.liaisons[UNITS[0]])
    who = getattr(town, role)
    if role == "stranger":
        who.start(town.bot)
        await town.settle()
    target = await person(town, town.liaisons[UNITS[0]])
    await town.say(who, town.bot, f"/name {target.name}")
    labels = {label for line in who.timeline(town.bot) for label in line.labels()}
    assert ("更正 1" in labels) is (role == "admin")
    assert (await person(town, town.liaisons[UNITS[0]])).confirmed_at is None
    if role != "admin":
        assert target.name not in "".join(town.texts(who)), "nobody else reads who is there"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
async def test_everybody_states_his_own_name_and_an_administrator_confirms_it(town: Town, role: str):
    user = getattr(town, role)
    await town.say(user, town.bot, f"/name 郑重 区教育局 {MOBILE}")
    known = await person(town, user)
    if role == "admin":  # there is no other who could
        assert known.real_name == "郑重"
        return
    assert known.real_name == user.name, "not by his word"
    await town.press(town.admin, "批准")
    assert (await person(town, user)).real_name == "郑重"


async def test_of_his_telephone_his_own_word_is_enough(town: Town):
    await town.say(town.admin, town.bot, "/name 李值班")
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "李四 区教育局")
    known = await person(town, town.duty)
    for said, phone, masked in (
        (f"李四 区教育局 {MOBILE}", MOBILE, ("", "139××××0012")),
        ("李四 区教育局", MOBILE, None),  # nothing is said of it: it stays
        ("李四", MOBILE, None),
        (f"李四 {MOBILE[:-1]}3", f"{MOBILE[:-1]}3", ("139××××0012", "139××××0013")),  # the office as it is known
        (f"李四 {MOBILE}", MOBILE, ("139××××0013", "139××××0012")),
        ("李四 区教育局 0356-2250777", "0356-2250777", ("139××××0012", "035××××0777")),
        ("李四 区教育局 无", "", ("035××××0777", "")),
    ):
        before = await entries(town, PHONE_CHANGED)
        await town.say(town.duty, town.bot, f"/name {said}")
        assert (await person(town, town.duty)).phone == phone, said
        new = (await entries(town, PHONE_CHANGED))[len(before) :]
        told = [(item.actor, *(item.payload[key] for key in ("person", "phone_before", "phone"))) for item in new]
        assert told == ([(known.id, known.id, *masked)] if masked is not None else [])
    assert "已删去电话：李四（区教育局）" in town.texts(town.duty)[-1]
    assert len(await events(town)) == 1
    async with town.open_store.reading() as rx:
        assert MOBILE not in str(await rx.journal.load(admin_log(JURISDICTION))), "a mobile number stands in no log"
        assert "telephone" not in str(await examine(rx, town.clock.now()))
    known = await person(town, town.duty)
    async with town.open_store.writing() as tx:
        await tx.people.save(replace(known, phone=MOBILE))
    async with town.open_store.reading() as rx:
        assert "another telephone than was written down" in str(await examine(rx, town.clock.now()))


@pytest.mark.parametrize("called", ["李值班", "李值班（区应急管理局值班室主班，已核实）"])
async def test_the_list_of_who_holds_what_marks_who_is_not_confirmed(town: Town, called: str):
    await forget(town, town.duty)
    known = await person(town, town.duty)
    async with town.open_store.writing() as tx:
        await tx.people.save(replace(known, name=called))
    await town.say(town.admin, town.bot, "/invite 名单 李值班")
    assert "（Telegram名，未核实）" in town.texts(town.admin)[-1]
    [label] = town.sees(town.admin, "现有身份").labels()
    await town.press(town.admin, label)
    assert "（Telegram名，未核实）" in town.texts(town.admin)[-1]


async def test_a_telephone_that_is_given_while_a_name_waits_outlives_its_approval(town: Town):
    await town.say(town.admin, town.bot, "/name 李值班")
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, f"李四 区教育局 {MOBILE}")
    await town.say(town.duty, town.bot, "/name 李五 区教育局")
    await town.say(town.duty, town.bot, "/name 李四 区教育局 0356-2250777")
    await town.press(town.admin, "批准")
    known = await person(town, town.duty)
    assert (known.real_name, known.phone) == ("李五", "0356-2250777")


async def test_what_somebody_says_of_his_name_stands_in_the_log_before_it_is_confirmed_and_after(town: Town):
    known = await person(town, town.second)
    await town.say(town.second, town.bot, f"/name 周明 区教育局 {MOBILE}")
    [stated] = await entries(town, STATED)
    assert (stated.actor, stated.payload["before"], stated.payload["name"]) == (known.id, "周值班", "周明")
    await town.press(town.admin, "批准")
    confirmed = (await entries(town, CONFIRMED))[-1]
    said = {key: confirmed.payload[key] for key in ("before", "name", "office", "office_before", "phone", "how")}
    assert said == {
        "before": "周值班", "name": "周明", "office": "区教育局", "office_before": "", "phone": "139××××0012",
        "how": "claim",
    }  # fmt: skip
    assert MOBILE not in str([stated.payload, confirmed.payload])


async def test_an_administrator_who_names_another_in_full_does_not_become_him(town: Town):
    await town.say(town.admin, town.bot, "/name 李值班 区教育局 0356-2250777")
    shown = town.sees(town.admin, "要改您自己的")
    assert "李值班" in shown.text and shown.labels() == ["更正 1"]
    assert (await person(town, town.admin)).real_name == "孙管理", "nor any other"
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "李值班 区教育局 0356-2250777")
    assert (await person(town, town.duty)).phone == "0356-2250777"
    await town.say(town.second, town.bot, "/name 周明 区教育局")
    await town.say(town.admin, town.bot, "/name 周明 区教育局")
    assert "周值班（自报周明，等核实）" in town.sees(town.admin, "要改您自己的").text, "he meant whoever says so"
    assert (await person(town, town.admin)).real_name == "孙管理"
    await town.say(town.admin, town.bot, "/name 孙刚 区政府办 110")
    assert "没有读懂电话" in town.texts(town.admin)[-1]
    await town.say(town.admin, town.bot, "/name \u200b")
    assert "您的姓名：孙管理" in town.sees(town.admin, "您的姓名：").text, "nothing that is seen is said"
    await town.say(town.admin, town.bot, "/name 孙刚 区政府办")
    assert (await person(town, town.admin)).real_name == "孙刚", "nobody else is called so"


async def test_who_only_claims_a_role_is_found_by_the_name_that_he_gives_and_may_be_confirmed(town: Town):
    new = town.world.add_user("过路人甲")
    new.start(town.bot)
    await town.settle()
    await town.say(new, town.bot, "/join 值班员")
    await town.say(new, town.bot, "赵敏 区教育局")
    await town.say(town.admin, town.bot, "/name 赵敏")
    assert "（自报赵敏，等核实），还没有职务" in town.texts(town.admin)[-1]
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "赵敏 区应急管理局")
    known = await person(town, new)
    assert (known.real_name, known.office) == ("赵敏", "区应急管理局")


async def test_of_many_who_are_called_so_the_first_are_shown_and_none_is_shown_otherwise_than_it_is_read(town: Town):
    async with town.open_store.writing() as tx:
        for number in range(30):
            known = await enter(
                tx,
                chat=9000 + number,
                name=f"\u202e<b>甲{number}</b>" + "长" * 60,
                at=town.clock.now(),
                confirmed=False,
            )
            await grant(tx, known, plans()[PLAN], "liaison", at=town.clock.now(), unit=UNITS[0])
    for words, more in (("/name", "另有20人，核实这些后再发 /name"), ("/name 甲", "另有20人，请写全姓名")):
        await town.say(town.admin, town.bot, words)
        shown = town.texts(town.admin)[-1]
        assert more in shown and "\u202e" not in shown and len(shown) < 2000


async def test_a_shared_account_says_whose_name_stands_there(town: Town):
    await town.say(town.duty, town.bot, "/shift 王五\u200b")
    async with town.open_store.reading() as rx:
        seat = await rx.people.seat(JURISDICTION, PLAN)
    assert seat is not None and (seat.name, seat.said) == ("王五", True)
    await town.say(town.duty, town.bot, "/duty")
    assert "值班席：王五（用李值班的账号）" in town.texts(town.duty)[-1]
    await town.say(town.second, town.bot, "/shift")
    await town.say(town.second, town.bot, "/duty")
    assert "值班席：周值班（" in town.texts(town.second)[-1] and "账号" not in town.texts(town.second)[-1]


async def test_two_of_one_name_are_told_apart_by_their_office_and_else_nobody_is_meant(town: Town):
    for one, office in ((town.duty, "区教育局"), (town.second, "区应急管理局")):
        await town.say(town.admin, town.bot, f"/name {one.name}")
        await town.press(town.admin, "更正 1")
        await town.say(town.admin, town.bot, f"张三 {office}")
    assert await named(town, "张三") is None
    assert (await named(town, "张三", "区教育局")) == await person(town, town.duty)
    day = (town.clock.now() + timedelta(hours=8)).date()
    await town.say(town.admin, town.bot, f"/roster {day:%Y-%m-%d} 00:00-12:00 张三")
    assert "值班表上的张三：两人同名，请在名册写明单位" in town.texts(town.admin)[-1]
    await town.say(town.admin, town.bot, f"/roster {day:%Y-%m-%d} 00:00-12:00 张三（区应急管理局）")
    assert "两人同名" not in town.texts(town.admin)[-1]
    await town.press(town.admin, "确认修改")
    sitting = await person(town, town.duty)
    async with town.open_store.writing() as tx:
        await tx.people.vacate(JURISDICTION, PLAN, sitting.id)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.second, "【待接报】")
    assert not town.told(town.duty, "【待接报】")


async def test_an_unmatched_name_says_who_is_registered(town: Town):
    await forget(town, town.second)
    day = (town.clock.now() + timedelta(hours=8)).date()
    await town.say(town.admin, town.bot, f"/roster {day:%Y-%m-%d} 00:00-12:00 周值班")
    preview = town.texts(town.admin)[-1]
    assert "值班表上的周值班没有登记，或姓名还没有核实" in preview
    assert "周值班（Telegram名，未核实） 值班员" in preview and "李值班 值班员" in preview
    await town.press(town.admin, "确认修改")
    await town.say(town.admin, town.bot, "/setup")
    assert "✗ 值班表上的周值班没有登记" in town.texts(town.admin)[-1]


# What is kept


async def test_a_record_marks_names_that_nobody_had_confirmed_and_says_later_who_it_was(town: Town):
    await forget(town, town.duty)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅱ")
    await town.press(town.duty, "属实，公布")
    await town.say(town.duty, town.bot, "/export 1")
    text = town.sees(town.duty, "记录完整性").text
    assert "钱副区长" in text and "钱副区长（" not in text, "who is confirmed is called by his name"
    assert "记录人李值班（Telegram名，未核实）" in text
    assert "姓名：李值班（Telegram名，未核实）" in text
    assert "（Telegram名" not in town.texts(town.commander)[-1], "not in every line"
    await town.say(town.admin, town.bot, "/name 李值班")
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "李四 区教育局")
    await town.say(town.duty, town.bot, "/export 1")
    text = town.sees(town.duty, "记录完整性").text
    assert "记录人李值班（当时用Telegram名，后核实为李四）" in text


async def test_a_decision_in_the_record_names_who_took_it(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.commander, town.bot, "/declare 1 Ⅱ")
    await town.press(town.commander, "确认宣布")
    await town.say(town.commander, town.bot, "/export 1")
    text = town.sees(town.commander, "记录完整性").text
    assert "指挥长钱副区长" in text and "Telegram名" not in text


async def test_a_spoken_decision_is_asked_about_again_where_who_spoke_is_called_otherwise_by_now(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅱ")
    old = town.sees(town.duty, "钱副区长")
    await town.say(town.admin, town.bot, "/name 钱副区长")
    await town.press(town.admin, "更正 1")
    await town.say(town.admin, town.bot, "钱明 区政府")
    town.duty.press(old, "属实，公布")
    await town.settle()
    assert (await town.incident()).response_level is None, "nobody confirmed that it was 钱明"
    await town.press(town.duty, "属实，公布", words="钱明")
    decision = (await town.incident()).decisions[-1]
    assert (decision.spoken_by, decision.spoken_id) == ("钱明", (await person(town, town.commander)).id)
    await town.press(town.commander, "补签")
    assert (await town.incident()).decisions[-1].signed


async def test_a_spoken_word_of_somebody_unconfirmed_leads_to_him_by_his_role_and_bears_no_telegram_name(town: Town):
    await forget(town, town.commander)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅱ")
    await town.press(town.duty, "属实，公布")
    decision = (await town.incident()).decisions[-1]
    assert (decision.spoken_by, decision.spoken_id) == ("", (await person(town, town.commander)).id)
    await town.press(town.commander, "补签")
    assert (await town.incident()).decisions[-1].signed


async def test_who_calls_himself_as_the_one_who_spoke_signs_nothing(town: Town):
    """Two hold the role; the word is recorded of one of them, by name, and the other has taken his Telegram name."""
    await town.grant(town.deputy, "commander")
    await forget(town, town.deputy)
    town.world.state.users[town.deputy.id] = replace(town.world.state.users[town.deputy.id], first_name="钱副区长")
    await town.say(town.deputy, town.bot, "/me")
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/site 1 王五 北门 由指挥长钱副区长")
    for line in town.told(town.deputy, "补签"):
        town.deputy.press(line, "补签")
        await town.settle()
    incident = await town.incident()
    assert incident.site and not any(item.signed for item in incident.decisions)


@pytest.mark.parametrize("way", [way for way in ROUTES if way != "direct"])
async def test_in_no_way_that_does_not_show_who_he_is_does_anybody_say_who_he_is(town: Town, way: str):
    town.forgiven = Forgiven(calls=("can't initiate", "not found"), dead=("",), logs=("",))
    sender = Sender(town)
    users = [getattr(town, role) for role in ROLES if role != "stranger"]
    for user in users:
        await sender.say(user, user, "/name 郑重 区教育局", way)
        await sender.say(user, town.group, "/name 郑重 区教育局", way)
    await town.settle()
    for user in users:
        assert (await person(town, user)).real_name == user.name
    async with town.open_store.reading() as rx:
        assert not await rx.people.claims(JURISDICTION)


async def test_what_a_form_asked_is_not_answered_by_what_others_wrote(town: Town):
    """A message that is forwarded into the private chat says nothing of whoever forwards it."""
    await forget(town, town.second)
    await town.until(9, 20)
    said = await town.say(town.director, town.group, "赵敏 区应急管理局 0356-2250777")
    town.second.forward(said, town.bot)
    await town.settle()
    assert (await person(town, town.second)).confirmed_at is None
    async with town.open_store.reading() as rx:
        assert not await rx.people.claims(JURISDICTION)


async def test_administrators_read_once_a_day_and_silently_whom_an_invitation_confirmed(town: Town):
    for name, telegram in (("赵敏", "小赵"), ("钱五", "老钱")):
        new = town.world.add_user(telegram)
        await start(town, new, await invite(town, "值班员"))
        await town.say(new, town.bot, f"{name} 区教育局")
        assert (await person(town, new)).real_name == name
    assert not town.told(town.admin, "核实了")
    await town.until(9, 20)
    word = town.sees(town.admin, "按本人所报核实了2人")
    assert word.rang == "silent" and "赵敏（区教育局）（Telegram名“小赵”）" in word.text
    await town.until(9, 20, day=3)
    assert len(town.told(town.admin, "按本人所报核实了")) == 1


async def test_a_keyboard_and_a_role_come_to_who_said_that_it_is_he_and_once(town: Town):
    new, late = town.world.add_user("小赵"), town.world.add_user("晚来")
    token = await invite(town, "值班员 姓名 赵敏 区应急管理局")
    for user in (new, late):
        await start(town, user, token)
    pressed = new.press(town.button(new, "是我"), "是我")
    await town.settle()
    await town.press(late, "是我")
    assert "已经用过" in town.texts(late)[-1] and (await person(town, late)).confirmed_at is None
    town.forgiven = Forgiven(calls=("message is not modified",))  # its buttons are gone since the first press
    new.repress(pressed)
    await town.settle()
    mine = await person(town, new)
    async with town.open_store.reading() as rx:
        held = await rx.people.holdings(mine.id)
    assert [item.role for item in held] == ["duty"] and len(await events(town)) == 1


async def test_who_hides_in_a_group_or_forwards_names_invites_and_swaps_nobody(town: Town):
    await administers(town, town.duty)
    town.admin.promote(town.group, town.duty, ["can_pin_messages"], anonymous=True)
    town.duty.forward(town.second.send(town.group, "/name 周明 区教育局"), town.bot)
    for words in (
        "/name 周明 区教育局",
        "/invite 全部",
        "/invite 值班员 姓名 赵敏 区教育局",
        "/swap 病了",
        "/roster 明天 夜班 周值班",
    ):
        command, _, rest = words.partition(" ")
        town.duty.send(town.group, f"{command}@tocsin_bot {rest}", anonymous=True)
    await town.settle()
    async with town.open_store.reading() as rx:
        log = [item.event for item in await rx.journal.load(admin_log(JURISDICTION))]
        assert not await rx.people.invitations(JURISDICTION) and not await rx.people.claims(JURISDICTION)
        assert not await rx.people.waiting_swaps(JURISDICTION)
    assert {"invited", "invited-all", STATED, CONFIRMED, "roster-written"}.isdisjoint(log)
    assert [(await person(town, one)).real_name for one in (town.duty, town.admin)] == ["李值班", "孙管理"]
