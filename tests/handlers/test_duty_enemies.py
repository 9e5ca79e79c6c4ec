"""Who may not tick a duty, does not: forged presses, people of elsewhere, who left, bearers that are listed no more."""

from __future__ import annotations

from bot.cases import records
from bot.playground import Person
from plans.kinds import wakes
from tests.handlers.forging import FORGIVEN, Forger
from tests.handlers.test_bodies import listed, send, sheet
from tests.handlers.test_duty_office import AUTUMN, books, instances, rounds, switched_on
from tests.handlers.test_warning_enemies import outsiders
from tests.journeys.world import Town

SCHOOL = ("1", "凤鸣小学", "", "小学", "北石店镇", "", "0356-2250781")
OTHER = ("2", "河口中学", "", "中学", "东街街道", "", "0356-2250782")


async def duty_state(town: Town) -> list[tuple[str, int, str]]:
    async with town.open_store.reading() as rx:
        heads = await rx.journal.heads()
    return sorted((name, head.sequence, head.hash) for name, head in heads.items() if name.startswith("duty"))


async def with_a_head(town: Town) -> None:
    """A school has its book; the teacher answers for it and has opened its page."""
    town.forgiven = FORGIVEN
    await listed(town, SCHOOL, OTHER)
    await switched_on(town)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "head", "凤鸣小学")
    await town.say(town.teacher, town.bot, "/duties")


async def leaves(town: Town, person: Person) -> None:
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(person.id)
        assert known is not None
        for item in await tx.people.holdings(known.id):
            await tx.people.revoke(item.id, town.clock.now())


async def test_no_button_of_a_duty_serves_whom_it_was_not_shown_to_wherever_he_presses_it():
    async with Town.open(at=AUTUMN) as town:
        await with_a_head(town)
        await town.press(town.teacher, "1 已办", words="职责 凤鸣小学")
        await town.say(town.teacher, town.bot, "应急经费列入预算了，危险源评估完了")
        await town.say(town.duty, town.bot, "/duties")
        people = {**await outsiders(town), "another head": town.liaisons["区消防救援大队"]}
        before, forger = await duty_state(town), Forger(town)
        shown_to = (town.duty, town.teacher)
        pressed = await forger.press_all("duty:", people.values(), shown_to)
        assert {"duty_done", "duty_sure", "duty_not_applicable", "duty_said"} <= pressed
        assert await duty_state(town) == before
        await town.stop()


async def test_who_left_ticks_nothing_with_the_buttons_that_he_still_has():
    async with Town.open(at=AUTUMN) as town:
        await with_a_head(town)
        page = town.sees(town.teacher, "职责 凤鸣小学")
        before = await duty_state(town)
        await leaves(town, town.teacher)
        for label in page.labels():
            town.teacher.press(page, label)
            await town.settle()
        await town.say(town.teacher, town.bot, "/duties")
        assert await duty_state(town) == before
        assert "凤鸣小学" not in town.texts(town.teacher)[-1]


async def test_a_bearer_that_is_listed_no_more_is_asked_for_nothing_and_what_it_did_stays():
    async with Town.open(at=AUTUMN) as town:
        await with_a_head(town)
        page = town.sees(town.teacher, "职责 凤鸣小学")
        await send(town, town.admin, sheet(OTHER), "/bodies")
        await town.press(town.admin, "导入，表里没有的1个不再列入")
        await rounds(town)
        [closed] = [row for row in await books(town) if row.bearer == "凤鸣小学"]
        assert closed.state != "open"
        before = await duty_state(town)
        for label in page.labels():
            pressed = town.teacher.press(page, label)
            await town.settle()
            assert label != "1 已办" or pressed.text, "it is said why nothing was done"
        await town.say(town.teacher, town.bot, "/duties")
        assert await duty_state(town) == before
        async with town.open_store.reading() as rx:
            book = await records.load_case(rx, closed.stream)
        assert book is not None and not wakes(book, town.policy), "nothing of it is chased any more"
        assert [row for row in await instances(town) if row.bearer == "凤鸣小学"], "what was owed stays on record"


async def test_between_the_list_and_the_round_the_bearer_answers_as_before():
    """The list is changed by day, the books follow with the round: what is said meanwhile harms nothing."""
    async with Town.open(at=AUTUMN) as town:
        await with_a_head(town)
        await send(town, town.admin, sheet(OTHER), "/bodies")
        await town.press(town.admin, "导入，表里没有的1个不再列入")
        await town.press(town.teacher, "1 已办", words="职责 凤鸣小学")
        await town.say(town.teacher, town.bot, "/duties")
        await rounds(town)
        assert [row.state for row in await books(town) if row.bearer == "凤鸣小学"] != ["open"]


async def test_a_head_who_would_record_for_the_office_is_told_who_does():
    async with Town.open(at=AUTUMN) as town:
        await with_a_head(town)
        before = await duty_state(town)
        for bearer in ("凤鸣小学", "河口中学", ""):
            await town.say(town.teacher, town.bot, f"/duties 代录 {bearer} 1 林校长 10:20 已办完")
            assert "代录由值班室" in town.texts(town.teacher)[-1]
        assert await duty_state(town) == before
