"""Who may not, does not: forged presses, people of elsewhere, other units, what changed meanwhile, two at once."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from bot.callback_data import pack
from bot.playground import Person
from plans.load import load_all
from tests.handlers.forging import FORGIVEN, Forger, live_buttons
from tests.handlers.test_bodies import send
from tests.handlers.test_bringing import EARLIER, cap
from tests.handlers.test_warning import RAIN, passed_on, warnings
from tests.journeys.world import NIGHT, PLAN, UNITS, Town, gather

ELSEWHERE = "linan-campus"
OWN, OTHER = UNITS[0], UNITS[1]


async def outsiders(town: Town) -> dict[str, Person]:
    """People of another district, who hold there what lets decide here; and people who hold nothing."""
    people = {
        role: town.world.add_user(f"外地{role}") for role in ("duty", "commander", "director", "admin", "liaison")
    }
    for role, person in people.items():
        person.start(town.bot)
        await town.settle()
        await town.grant(person, role, OWN if role == "liaison" else None, plan=ELSEWHERE)
    town.stranger.start(town.bot)
    await town.settle()
    return {**people, "stranger": town.stranger, "reporter": town.head}


async def state(town: Town) -> list[tuple[str, int, str]]:
    async with town.open_store.reading() as rx:
        heads = await rx.journal.heads()
    return sorted(
        (name, head.sequence, head.hash) for name, head in heads.items() if name.startswith(("warning", "incident"))
    )


async def everything_shown(town: Town) -> None:
    """A warning in force with a change that waits, all of whose buttons stand somewhere."""
    await passed_on(town)
    await town.press(town.liaisons[OWN], "收到", words="暴雨红色预警")
    await town.press(town.liaisons[OWN], "有不适用的", words="请落实")
    await town.advance(minutes=15)
    await town.press(town.duty, "看名单、记结果", words="请打电话")
    await town.say(town.duty, town.bot, "/warn 1 到 12:00")
    await town.press(town.duty, "不发布", words="待处理")
    await town.say(town.duty, town.bot, "/warn 1")
    await town.press(town.duty, "解除", words="生效中")


async def test_no_button_serves_whom_it_was_not_shown_to_wherever_he_presses_it():
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        await everything_shown(town)
        people = await outsiders(town)
        before, forger = await state(town), Forger(town)
        shown_to = (town.duty, *town.liaisons.values(), town.director, town.commander)
        pressed = await forger.press_all("warning:", people.values(), shown_to)
        assert {"warning_pass_on", "warning_answer", "warning_done", "warning_lift_preview"} <= pressed | {
            "warning_pass_on"
        }
        assert len(pressed) >= 12, pressed
        assert await state(town) == before
        await town.stop()


async def test_a_liaison_answers_for_no_other_unit_by_its_button():
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        await passed_on(town)
        forger = Forger(town)
        async with town.open_store.reading() as rx:
            own = await rx.places.by_chat(town.liaisons[OWN].id)
        assert own is not None
        for button in await live_buttons(town, "warning_answer"):
            if button.place_id == own.id:
                await forger.press(town.liaisons[OTHER], town.liaisons[OWN], pack(button.id))
        [case] = await warnings(town)
        assert all(item.silent for item in case.waking.values())
        await town.settle()


async def test_nobody_of_elsewhere_brings_or_changes_ours_by_words(town: Town):
    await passed_on(town)
    people = await outsiders(town)
    before = await state(town)
    words = ("/warn 1", "/warn 1 解除 电话通知", "/warn 1 到 12:00", "/warn 1 级别 蓝")
    for person, text in itertools.product(
        (people[role] for role in ("duty", "commander", "liaison", "stranger")), words
    ):
        await town.say(person, town.bot, text)
        assert "暴雨" not in "".join(town.texts(person)), "not even what there is"
    assert await state(town) == before


async def test_what_somebody_of_elsewhere_forwards_is_his_own_districts(town: Town):
    people = await outsiders(town)
    await town.say(people["duty"], town.bot, RAIN)
    cases = await warnings(town)
    assert {case.plan for case in cases} <= {ELSEWHERE}
    assert not town.told(town.duty, "暴雨")


async def test_a_cancel_of_elsewhere_lifts_nothing_here(town: Town):
    await send(town, town.duty, cap(), name="1.xml")
    people = await outsiders(town)
    await send(town, people["duty"], cap(identifier="met-3", stage="lifted", earlier=EARLIER), name="3.xml")
    [case] = [case for case in await warnings(town) if case.plan == PLAN]
    assert case.proposal is not None and case.proposal.act == ""


async def test_a_preview_that_was_overtaken_issues_nothing_and_is_shown_anew(town: Town):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.press(town.duty, "预览", words="待处理")
    stale = town.sees(town.duty, "请确认")
    await town.say(town.second, town.bot, "/warn 1 到 12:00")
    pressed = town.duty.press(stale, "确认转发")
    await town.settle()
    [case] = await warnings(town)
    assert case.state == "taken" and case.stages == [] and pressed.text
    assert "至12:00" in town.sees(town.duty, "请确认").text
    await town.press(town.duty, "确认转发", words="12:00")
    assert [case.state for case in await warnings(town)] == ["in_force"]


async def test_two_who_confirm_at_once_issue_one_stage(town: Town):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.say(town.second, town.bot, "/warn 1")
    previews = {}
    for person in (town.duty, town.second):
        await town.press(person, "预览", words="暴雨红色预警")
        previews[person] = town.sees(person, "请确认")
    presses = [person.press(shown, "确认转发") for person, shown in previews.items()]
    await town.settle()
    [case] = await warnings(town)
    assert [stage.act for stage in case.stages] == ["issue"]
    assert sorted("已转发" in (press.text or "") for press in presses) == [False, True]
    for unit in UNITS:
        assert len(town.told(town.liaisons[unit], "发布：暴雨红色预警")) == 1


async def test_two_who_lift_and_extend_at_once_leave_one_word(town: Town):
    await passed_on(town)
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知")
    town.duty.press(town.sees(town.duty, "请确认：解除"), "确认解除")
    town.second.send(town.bot, "/warn 1 到 12:00")
    await town.settle()
    cases = await warnings(town)
    assert all(case.proposal is not None for case in cases)
    assert town.told(town.duty, "已解除", town.group)


@pytest.mark.parametrize("words", ["一", "暴雨红色预警", "12:00至13:00，", "*_[`<&>", "\u202e\u0000"], ids=range(5))
async def test_a_text_of_4096_characters_goes_through_every_page(words: str):
    async with Town.open() as town:
        text = (f"{RAIN}" + words * 4096)[:4096]
        await town.say(town.duty, town.bot, text)
        cases = await warnings(town)
        if not cases:  # what it goes on with makes it something else: then it is a report
            assert len(await town.incidents()) == 1
            return
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        await town.say(town.duty, town.bot, "/warn 1")
        await town.press(town.liaisons[OWN], "收到", words="发布：")
        await town.advance(minutes=15)
        town.sees(town.duty, "请打电话")


# --- spoken decisions

SPOKEN = [
    pytest.param(plan, item, role, id=f"{plan.id}-{item.level}-{role}")
    for plan in load_all().values()
    for item in plan.warnings
    for role in item.issuers
    if not item.above
]


@pytest.mark.parametrize(("plan", "item", "role"), SPOKEN)
async def test_what_every_issuer_said_on_the_telephone_is_recorded_under_the_preview_and_signed(plan, item, role):
    async with Town.open() as town:
        officer, leader = town.world.add_user("新值班"), town.world.add_user("新领导")
        group = town.world.add_group("指挥群", owner=officer, members=[town.bot, leader])
        for person in (officer, leader):
            person.start(town.bot)
        officer.send(group, "/help@tocsin_bot")
        await town.settle()
        await town.bind(group, "command", plan.id)
        await town.grant(officer, "duty", plan=plan.id)
        await town.grant(leader, role, plan=plan.id)
        await town.sit(officer, plan.id)
        level = f"{item.colour}色" if item.colour else ""
        await town.say(officer, town.bot, f"/warn 暴雨{level}预警，至明天8时，全区")
        if not item.colour and len(plan.warnings) > 1:
            await town.press(officer, "预览", words="待处理")
            assert item.level in town.sees(officer, "还不知道是本预案的哪一级预警").text
            await town.say(officer, town.bot, f"/warn 1 级别 {item.level}")
        await town.press(officer, "预览", words="待处理")
        title = plan.roles[role].title
        await town.press(officer, f"代录：{title}", words="请确认")
        cases = [case for case in await warnings(town) if case.plan == plan.id]
        assert [(case.state, case.stages[0].oral, case.stages[0].role) for case in cases] == [("in_force", True, role)]
        await town.press(leader, "补签")
        cases = [case for case in await warnings(town) if case.plan == plan.id]
        assert cases[0].stages[0].signed
        await gather(town.settle())


LIFTS = ("区气象台解除暴雨红色预警。", "解除暴雨红色预警。", "市气象台解除暴雨红色预警。")


@pytest.mark.parametrize("text", LIFTS)
@pytest.mark.parametrize("way", ["text", "file"])
async def test_only_its_issuer_lifts_a_warning_in_two_taps(town: Town, text: str, way: str):
    """谁发布，谁解除: what another authority says of it waits for the office's own word, with whose word it is."""
    await send(town, town.duty, cap(), name="发布.xml")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    other = text.startswith("市")
    if way == "text":
        await town.say(town.duty, town.bot, text)
    else:
        issuer = "市气象台" if other else "区气象台" if text.startswith("区") else ""
        told = cap(
            identifier="x-2", sender="other@example.org", stage="lifted", issuer=issuer, headline=text, earlier=EARLIER
        )
        await send(town, town.duty, told, name="解除.xml")
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.act == "lift"
    assert ("这次说的是市气象台" in town.sees(town.duty, "待处理：解除").text) == other
    await town.press(town.duty, "预览", words="待处理：解除")
    shown = town.sees(town.duty, "请确认：解除")
    assert "要求落实" not in shown.text and "没有绑定联系人" not in shown.text, "nobody is called by a lifting"
    assert ("确认解除" in shown.labels(), "确认转发" in shown.labels()) == (not other, False)
    if other:
        assert "要区气象台解除" in shown.text and "这次说的是市气象台" in shown.text
        await town.say(town.duty, town.bot, "/warn 1 解除 区气象台5时电话确认解除")
    await town.press(town.duty, "确认解除", words="请确认：解除")
    assert await warnings(town) == []


@pytest.mark.parametrize("text", LIFTS)
async def test_what_lifts_nothing_opens_nothing(town: Town, text: str):
    await town.say(town.duty, town.bot, text)
    assert await warnings(town) == [] and not await town.incidents()
    assert "没有找到它要解除的预警" in town.sees(town.duty, "没有记录").text


@pytest.mark.parametrize(
    "change", [{"colour": "橙"}, {"description": "改了"}, {"ends": NIGHT + timedelta(hours=9)}, {"issuer": "市气象台"}]
)
async def test_a_file_under_a_name_that_came_before_is_not_taken_silently_when_it_says_something_else(town, change):
    await send(town, town.duty, cap(), name="a.xml")
    await send(town, town.second, cap(), name="a.xml")
    assert "先前已收到" in town.sees(town.second, "1号预警").text
    await send(town, town.second, cap(**change), name="a.xml")
    assert "内容却不同，没有采用" in town.sees(town.second, "标识").text
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.content.colour == "红"


async def test_a_warning_that_ends_before_it_begins_is_refused_in_words(town: Town):
    backwards = cap(begins=NIGHT + timedelta(hours=5), ends=NIGHT + timedelta(hours=1))
    await send(town, town.duty, backwards, name="a.xml")
    assert "结束时间不晚于开始时间" in town.sees(town.duty, "核对起止时间").text
    assert await warnings(town) == []
