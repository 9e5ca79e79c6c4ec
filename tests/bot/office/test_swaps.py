"""Who may press what of a replacement, in which state: everything else changes nothing. On both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.office.roster import write_roster
from bot.office.swap_rounds import chased_at
from bot.office.swap_words import not_before
from bot.operations.persons import erase, kept_about
from bot.operations.proof import examine
from plans.core.policy import DEFAULT_POLICY
from storage import open_store
from storage.people.swaps import SwapRow
from tests.bot.office.duty_office import CAMPUS, ROLES, Office, at, turn

NIGHT = turn(3, "赵值班")
DAY = turn(4, "钱值班", hours=(8, 20))
LED = turn(3, "周主任", "带班领导")
APPROVED = replace(DEFAULT_POLICY, swap_approval=True)
EVERYBODY = (*ROLES, "冯外地")


@pytest.fixture
async def store(any_url):
    async with await open_store(any_url) as store:
        yield store


async def asked(office: Office) -> str:
    """Let 赵值班 ask for a replacement on the night of the third, which 周主任 leads; return the request."""
    await office.write(NIGHT, DAY, LED)
    done = await office.ask("赵值班", NIGHT)
    assert done.ok, done
    return str(done.values["request"])


async def reach(office: Office, state: str) -> str:
    """Bring a request into a state."""
    request = await asked(office)
    if state in ("agreed", "done", "refused"):
        await office.press("钱值班", "take", request)
    if state in ("done", "refused"):
        await office.press("周主任", "approve" if state == "done" else "refuse", request)
    if state == "withdrawn":
        await office.press("赵值班", "withdraw", request)
    if state == "begun":
        await office.until(NIGHT.begins)
    if state == "lapsed":
        await office.until(NIGHT.begins)
        await office.round()
    if state == "fallen":
        await office.write(NIGHT._replace(name="孙值班"))
        await office.round()
    return request


OFFICERS = ("钱值班", "孙值班", "李值班")
MAY = {
    ("open", "take"): OFFICERS,
    ("open", "withdraw"): ("赵值班",),
    ("agreed", "withdraw"): ("赵值班",),
    ("agreed", "approve"): ("周主任", "王管理"),
    ("agreed", "refuse"): ("周主任", "王管理"),
    ("done", "give_back"): ("钱值班",),
    ("begun", "withdraw"): ("赵值班",),
}
"""Who may press a button in a state; nobody else, and in no other state."""

STATES = ("open", "agreed", "done", "refused", "withdrawn", "begun", "lapsed", "fallen")
BUTTONS = ("take", "withdraw", "approve", "refuse", "give_back")


async def _kept(office: Office, request: str):
    async with office.store.reading() as rx:
        overrides = [(row.id, row.until) for name in EVERYBODY for row in
                     await rx.people.overrides_of(office.people[name].id)]  # fmt: skip
        heads = {name: head.sequence for name, head in (await rx.journal.heads()).items()}
        row = await rx.people.swap(request)
    return row, overrides, heads, len(await office.sent())


@pytest.mark.parametrize("state", STATES)
async def test_a_button_serves_whom_it_is_for_in_its_state_and_nobody_else(file_url: str, state: str):
    async with await open_store(file_url) as store, Office.open(store, APPROVED) as office:
        request = await reach(office, state)
        for button in BUTTONS:
            may = MAY.get((state, button), ())
            before = await _kept(office, request)
            for name in EVERYBODY:
                if name not in may:
                    done = await office.press(name, button, request)
                    assert not done.ok, (name, button, done)
            for name in may:  # forwarded by an anonymous administrator, a channel, another bot
                assert not (await office.press(name, button, request, via="anonymous")).ok
            assert await _kept(office, request) == before, button


@pytest.mark.parametrize(("state", "button", "name"), [(*key, name) for key, names in MAY.items() for name in names])
async def test_whom_it_is_for_it_serves(file_url: str, state: str, button: str, name: str):
    async with await open_store(file_url) as store, Office.open(store, APPROVED) as office:
        request = await reach(office, state)
        assert (await office.press(name, button, request)).ok
        assert (await office.swap(request)).state != {"begun": "open"}.get(state, state)
        again = await office.press(name, button, request)
        assert not again.ok, "once"


async def test_of_two_who_press_at_the_same_moment_one_is_first_and_the_other_is_told_who(store):
    async with Office.open(store) as office:
        request = await asked(office)
        results = await asyncio.gather(*(office.press(name, "take", request) for name in OFFICERS))
        [first] = [name for name, done in zip(OFFICERS, results, strict=True) if done.ok]
        others = [done for done in results if not done.ok]
        assert [(done.key, done.values["name"]) for done in others] == [("taken", first)] * 2
        assert await office.served(at(3, 23)) == ["周主任", first]
        assert len(await office.told(first, "由您替赵值班值")) == 1
        assert len(await office.told("赵值班", f"{first}替您值")) == 1


async def test_of_two_decisions_at_the_same_moment_one_counts_and_the_other_changes_nothing(store):
    async with Office.open(store, APPROVED) as office:
        request = await reach(office, "agreed")
        presses = (("周主任", "approve"), ("王管理", "refuse"))
        results = await asyncio.gather(*(office.press(name, button, request) for name, button in presses))
        [(state, server)] = [
            pair for done, pair in zip(results, (("done", "钱值班"), ("refused", "赵值班")), strict=True) if done.ok
        ]
        assert (await office.swap(request)).state == state
        assert await office.served(at(3, 23)) == ["周主任", server]


async def test_a_shift_that_goes_round_comes_back_and_every_piece_is_who_served_it(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, LED)
        for asker, taker, served in (
            ("赵值班", "钱值班", "钱值班"),
            ("钱值班", "孙值班", "孙值班"),
            ("孙值班", "赵值班", "赵值班"),
        ):
            done = await office.ask(asker, NIGHT)
            assert (await office.press(taker, "take", str(done.values["request"]))).ok
            assert await office.served(at(3, 23)) == ["周主任", served]
        async with store.reading() as rx:
            assert not await rx.people.live_overrides(office.clock.now()), "it is his by the roster itself"
        await office.until(at(3, 22))
        for asker, taker in (("赵值班", "钱值班"), ("钱值班", "孙值班")):
            done = await office.ask(asker, NIGHT)
            await office.press(taker, "take", str(done.values["request"]))
            await office.until(office.clock.now() + timedelta(hours=3))
        by_turns = [await office.served(moment) for moment in (at(3, 21), at(3, 23), at(4, 2))]
        assert by_turns == [["周主任", "赵值班"], ["周主任", "钱值班"], ["周主任", "孙值班"]]
        # Whoever was last leaves: it goes back to whom he had it from, and from him to whom the roster names.
        for leaves, then in (("孙值班", "钱值班"), ("钱值班", "赵值班")):
            await office.leave(leaves)
            assert await office.served(at(4, 5)) == ["周主任", then]
            assert await office.rung(at(4, 5)) == [then]
            await office.round()
            assert await office.told(then, "由您值")


@pytest.mark.parametrize("exchanged", [False, True])
async def test_who_gives_his_own_shift_back_is_rid_of_it_and_one_that_went_on_is_not_given_back(store, exchanged: bool):
    async with Office.open(store) as office:
        await office.write(NIGHT, DAY, LED)
        requests = []
        for asker, taker in (("赵值班", "钱值班"), ("钱值班", "赵值班")):
            done = await office.ask(asker, NIGHT, DAY if exchanged else None)
            requests.append(str(done.values["request"]))
            assert (await office.press(taker, "take", requests[-1])).ok
        assert await office.served(at(3, 23)) == ["周主任", "赵值班"]
        before = await office.all_served(at(3, 8), at(5, 8))
        assert (await office.press("钱值班", "give_back", requests[0])).key == "settled", "it has gone on"
        assert await office.all_served(at(3, 8), at(5, 8)) == before
        assert (await office.press("赵值班", "give_back", requests[1])).ok
        assert await office.served(at(3, 23)) == ["周主任", "钱值班"]
        assert await office.served(at(4, 12)) == ["赵值班" if exchanged else "钱值班"]
        assert len(await office.told("钱值班", "由您值。")) == 1 and await office.told("周主任", "现在由钱值班值")
        async with store.reading() as rx:
            assert not await faults(rx, office)


async def test_nobody_asks_for_a_shift_that_is_not_his_or_is_over_or_asked_for_already(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, DAY, LED)
        assert (await office.ask("钱值班", NIGHT)).key == "not_your_shift"
        assert (await office.ask("赵值班", turn(5, "赵值班"))).key == "not_your_shift", "it is on no roster"
        assert (await office.ask("赵值班", NIGHT)).ok
        assert (await office.ask("赵值班", NIGHT)).key == "asked_already"
        assert (await office.ask("周主任", LED)).ok
        assert await office.told("吴主任", "周主任请人替班") and not await office.told("钱值班", "周主任请人替班")
        await office.until(NIGHT.ends)
        assert (await office.ask("赵值班", NIGHT)).key == "begun"


async def test_of_an_exchange_both_halves_fall_together(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, DAY, LED)
        done = await office.ask("赵值班", NIGHT, DAY)
        request = str(done.values["request"])
        assert not (await office.press("孙值班", "take", request)).ok
        assert (await office.press("钱值班", "take", request)).ok
        assert await office.served(at(3, 23)) == ["周主任", "钱值班"] and await office.served(at(4, 12)) == ["赵值班"]
        await office.leave("钱值班")
        assert await office.served(at(3, 23)) == ["周主任", "赵值班"] and await office.served(at(4, 12)) == ["钱值班"]
        await office.round()
        assert await office.told("赵值班", "换班作废")


async def test_what_fell_through_while_the_program_died_is_told_by_the_next_round_once(store):
    async with Office.open(store) as office:
        request = await asked(office)
        await office.press("钱值班", "take", request)
        async with store.writing() as tx:
            other = [NIGHT._replace(name="孙值班")]
            await write_roster(tx, CAMPUS, other, actor="", cause="import", now=office.clock.now())
        assert not await office.told("钱值班", "换班作废"), "it died before it was told"
        for _ in range(2):
            await office.round()
        for name in ("孙值班", "钱值班", "赵值班"):
            assert len(await office.told(name, "换班作废")) == 1
        assert "由您值" in (await office.told("孙值班", "换班作废"))[0]
        assert not await office.told("李值班", "换班作废")


@pytest.mark.parametrize(
    ("ends", "why"),
    [("withdrawn", "本人撤回了"), ("lapsed", "到时还没有决定"), ("fallen", "值班表有变化")],
)
async def test_who_had_said_yes_is_told_that_it_came_to_nothing(file_url: str, ends: str, why: str):
    async with await open_store(file_url) as store, Office.open(store, APPROVED) as office:
        request = await asked(office)
        await office.press("钱值班", "take", request)
        if ends == "withdrawn":
            await office.press("赵值班", "withdraw", request)
        elif ends == "lapsed":
            await office.until(NIGHT.begins)
        else:
            await office.write(NIGHT._replace(name="孙值班"))
        await office.round()
        [told] = await office.told("钱值班", "没有换成")
        assert why in told and (await office.swap(request)).state == ends
        if ends == "lapsed":
            assert await office.told("赵值班", "还没有决定，仍由您值")


@pytest.mark.parametrize("why", ["left", "blocked", "erased"])
@pytest.mark.parametrize("exchange", [False, True])
async def test_who_had_said_yes_and_can_serve_no_more_is_not_approved(file_url: str, why: str, exchange: bool):
    async with await open_store(file_url) as store, Office.open(store, APPROVED) as office:
        await office.write(NIGHT, DAY, LED)
        done = await office.ask("赵值班", NIGHT, DAY if exchange else None)
        request = str(done.values["request"])
        await office.press("钱值班", "take", request)
        if why == "left":
            await office.leave("钱值班")
        elif why == "blocked":
            await office.block("钱值班")
        else:
            await erase(store, office.people["钱值班"], by="王管理", reason="申请", now=office.clock.now())
        pressed = await office.press("周主任", "approve", request)
        assert not pressed.ok and pressed.key in ("taker_gone", "not_his_shift")
        assert (await office.swap(request)).state == "agreed"
        await office.round()
        assert (await office.swap(request)).state == "fallen"
        [told] = await office.told("赵值班", "作废" if pressed.key == "not_his_shift" else "没有换成：")
        assert "仍由您值" in told or pressed.key == "not_his_shift"
        assert await office.served(at(3, 21)) == ["周主任", "赵值班"]
        await office.round()
        assert len(await office.told("赵值班", told)) == 1, "once"
        if pressed.key == "taker_gone":
            assert (await office.ask("赵值班", NIGHT)).ok, "he may ask anew"


async def test_of_an_exchange_nothing_is_left_when_the_other_shift_is_another_s(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, DAY, LED)
        request = str((await office.ask("赵值班", NIGHT, DAY)).values["request"])
        await office.write(DAY._replace(name="孙值班"))
        assert (await office.press("钱值班", "take", request)).key == "not_his_shift"
        await office.round()
        assert (await office.swap(request)).state == "fallen" and await office.told("赵值班", "替班请求作废")


async def test_why_somebody_asked_is_his_and_goes_with_him(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, LED)
        done = await office.ask("赵值班", NIGHT, reason="孩子发烧住院")
        await office.press("钱值班", "take", str(done.values["request"]))
        asker, taker = office.people["赵值班"], office.people["钱值班"]
        async with store.reading() as rx:
            about_asker, about_taker = await kept_about(rx, asker), await kept_about(rx, taker)
        assert about_asker["swaps"][0]["reason"] == "孩子发烧住院"
        assert about_taker["swaps"][0]["reason"] == "" and about_taker["shifts_for_others"]
        await office.until(NIGHT.ends)
        await erase(store, asker, by="王管理", reason="本人申请", now=office.clock.now())
        async with store.reading() as rx:
            assert (await office_swap(rx, done)).reason == ""
            stream = f"admin:{CAMPUS.jurisdiction.name}"
            assert "孩子发烧住院" not in str([entry.payload for entry in await rx.journal.load(stream)])
            assert not await faults(rx, office)


async def test_a_substitute_who_is_erased_serves_no_more_and_has_no_name(store):
    async with Office.open(store) as office:
        request = await asked(office)
        await office.press("钱值班", "take", request)
        await erase(store, office.people["钱值班"], by="王管理", reason="本人申请", now=office.clock.now())
        assert await office.served(at(3, 23)) == ["周主任", "赵值班"]
        await office.round()
        [told] = await office.told("赵值班", "换班作废")
        assert "已注销" in told and "钱值班" not in told
        async with store.reading() as rx:
            assert not await faults(rx, office)


async def office_swap(rx, done):
    return await rx.people.swap(str(done.values["request"]))


async def faults(rx, office: Office) -> list[str]:
    """Return what of replacements and erasures does not follow from the log; roles were given behind its back."""
    return [item.text for item in await examine(rx, office.clock.now()) if item.kind in ("override", "erasure")]


async def test_a_colleague_who_serves_then_is_told_before_and_after(store):
    async with Office.open(store) as office:
        await office.write(NIGHT, turn(3, "钱值班", "副班"), LED)
        done = await office.ask("赵值班", NIGHT)
        assert await office.told("钱值班", "您这段时间已有") and not await office.told("孙值班", "您这段时间已有")
        await office.press("钱值班", "take", str(done.values["request"]))
        [taken] = await office.told("钱值班", "由您替赵值班值")
        assert "您这段时间已有11月3日20:00–11月4日08:00 副班" in taken


def requested(moment: datetime, begins: datetime) -> SwapRow:
    return SwapRow(
        id="r", jurisdiction="", plan_id="", begins=begins, ends=begins + timedelta(hours=12), kind="主班",
        name="赵值班", office="", person_id="p1", reason="", at=moment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked_at", "begins", "said"),
    [
        (at(2, 9), at(3, 20), at(3, 16)),
        (at(3, 18), at(3, 20), at(3, 19)),
        (at(2, 9), at(3, 8), at(2, 21, 30)),
        (at(3, 1), at(3, 8), at(3, 4, 30)),
        (at(2, 9), at(3, 0), at(2, 20)),
        (at(2, 9), at(3, 11), at(3, 7, 30)),
    ],
    ids=["4 hours before", "half of what is left", "the evening before", "asked in the night", "by day", "the morning"],
)
def test_that_nobody_takes_a_shift_is_said_in_time_and_not_in_the_night(
    asked_at: datetime, begins: datetime, said: datetime
):
    assert chased_at(requested(asked_at, begins), DEFAULT_POLICY.swap_chase) == said


@pytest.mark.parametrize(
    ("now", "begins", "rung"),
    [(at(2, 15), at(3, 20), None), (at(2, 23), at(3, 20), at(3, 7, 30)), (at(2, 23), at(3, 8), None)],
    ids=["by day", "it waits for the morning", "the morning is too late"],
)
def test_colleagues_are_asked_in_the_morning_where_that_is_early_enough(
    now: datetime, begins: datetime, rung: datetime | None
):
    assert not_before(now, requested(now, begins)) == rung
