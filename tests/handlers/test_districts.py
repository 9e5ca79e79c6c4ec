"""Two and twenty jurisdictions in one bot: by whatever way, nobody reads or changes anything of another one.

Each command is asked by each role; which jurisdiction asks goes round with the command, so that the table costs the
same for twenty as for two, and each is asked for by its neighbours.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.callback_data import pack
from bot.playground import Person
from bot.render.catalogue import POPUPS
from bot.service import Requester
from bot.service.actors import actor_of
from handlers.register import COMMANDS
from storage.buttons import buttons
from tests.handlers.districts import KINDS, MUST, ROLES, Districts, Mark, Seat, districts, place_of, told
from tests.handlers.looking import BASE
from tests.handlers.other_systems import other_systems
from tests.handlers.reports_of_elsewhere import refusals, reports
from tests.handlers.test_privacy import WORDS

SIZES = (2, 20)

CHANGES = frozenset({
    "report", "drill", "bind", "unbind", "join", "roll", "shift", "start", "declare", "reject", "end", "close", "merge",
    "undo", "update", "ack", "correct", "name",
})  # fmt: skip
"""Commands that change who is who or what runs; what others may not of them stands in ``ATTEMPTS`` and ``DRILLS``."""

FOR_EVERYBODY = frozenset({"report", "start", "join", "name"})
"""Of these there is nothing that others may not: to report, to be invited, to ask for a role, to say one's own name."""

ASKED = {
    **WORDS, "phone": ("", "消防", "交通", "记录"), "setup": ("",), "roster": ("",), "stats": ("", "合计"),
    "status": ("1", "2", "9", "", "1 叫应表", "2 工作组"), "log": ("", "今天"), "instruct": ("", "1"),
    "notice": ("", "1"), "warn": ("", "1"),
}  # fmt: skip

NAMING = (
    "/stats {place}", "/stats 本月 {plan}", "/roster {plan}", "/setup {place}", "/invite 值班员 {plan}",
    "/invite 管理员 {plan}", "/invite 名单 值班", "/invite 解除 值班", "/token 系统 报告 {place}",
    "/webhook 加 https://hook.example.cn/in {place}", "/feed {place}", "/wall ABCD2345 {place}", "/phone 班长",
    "/phone 1380000", "/lead 专家组 {place}", "/duties {place}", "/status {number}", "/swap {plan}",
    "/calendar {plan}", "/log {number}", "/who {place}", "/notice {place}：开会", "/spotcheck {place}",
    "/roster 03-05 夜班 王五 {plan}", "/lead 技术专家组 王五 {plan}", "/bodies {place}", "/roll {plan}",
    "/duties {plan} 启用", "/invite 全部 {plan}", "/invite 撤销 {place}", "/phone 加 某单位 0356-2000000 {place}",
    "/board {place}", "/shift {plan}", "/export {place}", "/handover {plan}", "/aid 1 {place}",
)  # fmt: skip
"""What names another jurisdiction, or something of it, by somebody who holds nothing there."""

ATTEMPTS = tuple(
    f"/{name}@tocsin_bot {words}"
    for name, words in (
        ("declare", "1 Ⅱ 很严重"), ("oral", "1 指挥长 启动 Ⅰ"), ("end", "1 处置完毕"), ("close", "1"),
        ("verify", "1 一般"),
        ("reject", "1 误报"), ("merge", "2 1"), ("update", "1 受伤9人"), ("correct", "1 死亡1人"), ("ack", "1 收到"),
        ("file", "1 首报 电话"), ("waive", "1 1 免"), ("request", "1 市委 核实"), ("call", "1 区消防救援大队"),
        ("judge", "1 4.3.2(1)"), ("resolve", "1 受伤 相加"), ("reopen", "1 续"), ("undo", "1"), ("unbind", ""),
        ("status", "1"), ("export", "1"), ("log", ""), ("instruct", "1"), ("notice", "1"), ("warn", "1 解除 没事"),
        ("shift", ""), ("roll", ""), ("spotcheck", ""), ("review", "1"), ("skip", "1"), ("release", "1 通报"),
        ("bind", "{own}"), ("bind", "{plan} 学校群"), ("raise", "1 Ⅱ"), ("submit", "1"), ("askback", "1 几人"),
    )
)  # fmt: skip
"""What is asked of a jurisdiction in its own group by those of another one; ``own`` is a plan of theirs."""

DRILLS = tuple(
    f"/drill{{}} {words}"
    for words in (
        "演练：第{number}中学踩踏", "暂停", "暂停 1", "继续 1", "跳到下一时限", "跳到下一时限 1", "结束", "结果",
        "报告", "报告 1", "评估员 {name}", "评 1 不行", "脚本", "脚本 campus-stampede", "脚本 {plan}", "脚本 {place}",
    )
)  # fmt: skip
"""What is asked of a drill that is held, by those of another jurisdiction: in its group and in private."""


def commands() -> list[str]:
    found = []
    for name in COMMANDS:
        if name not in CHANGES:
            given = ASKED.get(name, ("1", "2") if COMMANDS[name].about_incident else ("",))
            found += [f"/{name} {words}".strip() for words in given]
    return found


def turns(it: Districts, roles: tuple[str, ...]) -> Iterator[list[Seat]]:
    """Yield for each command who asks it: one of each role, each of another jurisdiction than the time before."""
    for number in itertools.count():
        yield [((number + 3 * at) % it.number, role) for at, role in enumerate(roles)]


@pytest.mark.parametrize("number", SIZES)
async def test_nobody_reads_or_changes_anything_of_another_jurisdiction(number: int) -> None:
    async with districts(number, board=BASE) as it:
        wrong: list[str] = []
        before = await it.heads()
        wrong += await other_systems(it)
        wrong += await _in_private(it)
        wrong += await _inline(it)
        wrong += await _in_groups(it)
        wrong += await _attempts(it)
        wrong += await _drills(it)
        wrong += await refusals(it)
        wrong += await it.strange(before)
        wrong += await _actors(it)
        wrong += await _buttons(it)
        wrong += await reports(it)
        assert not wrong, "\n".join(wrong)


async def _in_private(it: Districts) -> list[str]:
    """Each command by each role, then those that name another jurisdiction; who asks what of his own is answered."""
    wrong: list[str] = []
    seen: dict[int, set[Mark]] = defaultdict(set)
    who = turns(it, ROLES)
    for text in commands():
        for seat in next(who):
            it.people[seat].send(it.town.bot, text)
        it.people[-1, "stranger"].send(it.town.bot, text)
    for text in NAMING:
        for place, role in next(who):
            other = (place + 1) % it.number
            asked = text.format(place=place_of(other), plan=f"plan-{other:02}", number=f"{other:02}")
            it.people[place, role].send(it.town.bot, asked)
        it.people[-1, "stranger"].send(it.town.bot, text.format(place=place_of(0), plan="plan-00", number="00"))
    for text in ("/duty", "/phone 消防", "/phone 交通"):
        it.town.admin.send(it.town.bot, text)
    for chat, said in await it.written():
        seen[chat] |= told(said)
    read: dict[str, set[str]] = defaultdict(set)
    of_settings = seen.pop(it.town.admin.id)
    if not {(0, "班长"), (it.number - 1, "班长")} <= of_settings:
        wrong.append(f"who administers everything reads only {sorted(of_settings)}")
    for chat, marks in seen.items():
        reads = it.seat_of(chat)
        may = it.may(reads) if reads is not None and reads[0] >= 0 else set()
        if reads is None:  # a drill is told where it is held
            here = next(name for name, group in it.groups.items() if group.id == chat)
            may = it.may((here[0], "leader")) - {(here[0], "mobile")} if here[1] == "command" else set()
        if marks - may:
            wrong.append(f"in private {reads or here} reads {sorted(marks - may)}")
        if reads is not None:
            read[reads[1]] |= {what for _, what in marks & may}
    wrong += [f"{role} does not read {sorted(MUST[role] - read[role])}" for role in ROLES if MUST[role] - read[role]]
    return wrong


async def _inline(it: Districts) -> list[str]:
    wrong = []
    seats = [*next(turns(it, ROLES)), (-1, "stranger")]
    for seat, query in itertools.product(seats, ("", "1号", "消防", "交通", "138", "班长")):
        ask = it.people[seat].inline(it.town.bot, query, chat=it.town.bot)
        await it.town.clock.advance(timedelta())
        others = {place for place, _ in told(str(ask.results))} - {seat[0]}
        names = [
            place_of(place) for place in range(it.number) if place != seat[0] and place_of(place) in str(ask.results)
        ]
        if others or (names and "号" in query):
            wrong.append(f"inline {seat} {query!r} tells of {others or names}")
    return wrong


async def _in_groups(it: Districts) -> list[str]:
    """Each command in a group: of the command's own kind, of members, of a school; by those who sit there."""
    wrong = []
    kinds = itertools.cycle(("command", "members", "command", "school"))
    for turn, (text, kind) in enumerate(zip(commands(), kinds, strict=False)):
        place = turn % (it.number if kind == "command" else 2)
        after = (place + 1) % it.number
        asking = ((place, "leader"), (place, "reporter"), (after, "duty" if turn % 2 else "admin"), (-1, "stranger"))
        for seat in asking:
            it.people[seat].send(it.groups[place, kind], text.replace(" ", "@tocsin_bot ", 1))
    for chat, said in await it.written():
        here = next((name for name, group in it.groups.items() if group.id == chat), None)
        reads = it.seat_of(chat)
        extra = {mark for mark in told(said) if here is None or here[1] != "command" or mark[0] != here[0]}
        if reads is not None and reads[0] >= 0:
            extra -= it.may(reads)
        extra |= {mark for mark in told(said) if here is not None and mark[1] == "mobile"}
        if extra:
            wrong.append(f"{here or reads} reads {sorted(extra)}: {said[:80]!r}")
    return wrong


async def _attempts(it: Districts) -> list[str]:
    """What changes something, asked in the group of a jurisdiction by those of the next one, and by a stranger."""
    wrong, before = [], await _bound(it)
    for turn, text in enumerate(ATTEMPTS):
        place = turn % it.number
        after = (place + 1) % it.number
        asked = text.format(own=f"plan-{after:02}", plan=f"plan-{place:02}")
        for seat in ((after, "duty"), (after, "admin"), (-1, "stranger")):
            it.people[seat].send(it.groups[place, "command"], asked)
    wrong += await _read_by_others(it)
    return wrong if await _bound(it) == before else [*wrong, "a group serves another plan than before"]


async def _bound(it: Districts) -> list[tuple[str, str, str]]:
    async with it.town.open_store.reading() as rx:
        return sorted(await rx.places.bindings())


async def _drills(it: Districts) -> list[str]:
    """A drill is held in some jurisdictions; officials of two others and a stranger would steer it, or hold one."""
    wrong = []
    held = [0, it.number - 1]
    for place in held:
        it.people[place, "duty"].send(it.groups[place, "command"], f"/drill@tocsin_bot 演练：第{place:02}中学起火")
    await it.written()
    async with it.town.open_store.reading() as rx:
        open_drills = {row.stream: row for row in await rx.incidents.list(limit=1000) if row.drill}
    assert {row.jurisdiction for row in open_drills.values()} == {place_of(place) for place in held}
    before = await it.heads()
    for place, text in itertools.product(held, DRILLS):
        values = {
            "number": f"{place:02}", "plan": f"plan-{place:02}", "place": place_of(place), "name": f"甲{place:02}值班",
        }  # fmt: skip
        after, last = (place + 1) % it.number, (place - 1) % it.number
        for seat in ((after, "duty"), (after, "admin"), (-1, "stranger")):
            it.people[seat].send(it.groups[place, "command"], text.format("@tocsin_bot", **values))
        for seat in ((after, "leader"), (last, "admin"), (-1, "stranger")):
            if seat[0] not in held and text is not DRILLS[0]:  # whoever holds one, or begins one, steers his own
                it.people[seat].send(it.town.bot, text.format("", **values))
    wrong += await _read_by_others(it)
    async with it.town.open_store.reading() as rx:
        new = [row for row in await rx.incidents.list(limit=1000) if row.drill and row.stream not in open_drills]
        for row in new:
            [entry, *_] = await rx.journal.load(row.stream)
            by = it.ids.get(entry.actor or "", (-1, "nobody"))
            wrong += [f"{by} began a drill in {row.jurisdiction}"] if place_of(by[0]) != row.jurisdiction else []
    return wrong + await it.strange(before)


async def _read_by_others(it: Districts) -> list[str]:
    wrong = []
    for chat, said in await it.written():
        reads = it.seat_of(chat)
        here = next((name for name, group in it.groups.items() if group.id == chat), None)
        extra = told(said) - (it.may(reads) if reads is not None and reads[0] >= 0 else set())
        if here is not None and here[1] == "command" and said.startswith("【演练】"):
            extra -= it.may((here[0], "leader"))  # a drill is told where it is held
        if extra:
            wrong.append(f"{reads or here or chat} reads {sorted(extra)}: {said[:80]!r}")
    return wrong


async def _actors(it: Districts) -> list[str]:
    """Whoever decides is asked what he holds where the case is: the last thing that stands between the two."""
    wrong = []
    async with it.town.open_store.reading() as rx:
        for id, (own, role) in it.ids.items():
            for place in sorted({own, (own + 1) % it.number, (own + 2) % it.number, (own - 1) % it.number} - {-1}):
                plan = it.town.plans[f"plan-{place:02}"]
                actor = await actor_of(rx, Requester(person_id=id), place_of(place), plan, it.town.settings.admins)
                if bool(actor.roles or actor.units) is not (place == own):
                    wrong.append(f"{(own, role)} acts in {place} as {sorted(actor.roles)}")
    return wrong


MOST_PRESSED = 400


async def _buttons(it: Districts) -> list[str]:
    """Buttons of every action, pressed by people of the next jurisdiction, as a client of their own might."""
    town = it.town
    for place in range(min(it.number, 4)):
        await town.press(it.people[place, "duty"], "处理1号")
    await it.written()
    places = {place_of(place): place for place in range(it.number)}
    async with town.open_store.writing() as tx:
        rows = await tx._session.rows(select(buttons))
        whose = {row.stream: row.jurisdiction for row in await tx.incidents.list(limit=1000)}
        for kind in ("warning", "instruction", "announcement", "entry"):
            whose |= {row.stream: row.jurisdiction for row in await tx.cases.newest(kind, 100)}
        # Every other one as if it stood everywhere: that it stands elsewhere must not be all that keeps it.
        ids = [row.id for row in rows[::2]]
        for first in range(0, len(ids), 500):
            some = buttons.c.id.in_(ids[first : first + 500])
            await tx._session.run(update(buttons).where(some).values(place_id=None))
    by_action: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if whose.get(row.stream) in places:
            by_action[row.action].append(row)
    chosen = [row for some in itertools.zip_longest(*by_action.values()) for row in some if row is not None]
    before, numbers = await it.heads(), itertools.count(1)
    pressed: dict[str, tuple[str, Seat]] = {}
    for turn, row in enumerate(chosen[:MOST_PRESSED]):
        own = places[whose[row.stream]]
        after = (own + 1) % it.number
        seat: Seat = (-1, "stranger") if turn % 5 == 4 else (after, ROLES[turn % len(ROLES)])
        person: Person = it.people[seat]
        id = f"forged{next(numbers)}"
        pressed[id] = (row.action, seat)
        chat = {"id": person.id, "type": "private", "first_name": person.name}
        town.world.queue_raw(
            town.bot,
            {
                "callback_query": {
                    "id": id, "chat_instance": "1", "data": pack(row.id),
                    "from": {"id": person.id, "is_bot": False, "first_name": person.name},
                    "message": {"message_id": 1, "date": 1772391960, "chat": chat, "text": "x"},
                }
            },
        )  # fmt: skip
    assert len(pressed) > 100 and len({action for action, _ in pressed.values()}) > 15
    await town.clock.advance(timedelta())
    answers = {
        str(call.params["callback_query_id"]): call.params.get("text")
        for call in town.world.calls
        if call.method == "answerCallbackQuery" and str(call.params.get("callback_query_id")) in pressed
    }
    refusals = {POPUPS["not_yours"], POPUPS["button_unknown"]}
    wrong = [f"{pressed[id]} is answered {said!r}" for id, said in answers.items() if said not in refusals]
    wrong += [f"{pressed[id]} is not answered" for id in pressed if id not in answers]
    wrong += [f"a press changed {name}" for name, head in (await it.heads()).items() if before.get(name) != head]
    wrong += [f"a press told {chat}: {said[:60]!r}" for chat, said in await it.written()]
    return wrong


def test_the_plans_that_stand_for_all_are_such_as_differ() -> None:
    assert len(KINDS) > 1 and len(ROLES) == len(set(ROLES))


def test_a_command_stands_in_a_table_of_what_others_may_not() -> None:
    asked = {text.partition(" ")[0].partition("@")[0][1:] for text in (*commands(), *NAMING, *ATTEMPTS, *DRILLS)}
    assert {name.partition("{")[0] for name in asked} == set(COMMANDS) - FOR_EVERYBODY
