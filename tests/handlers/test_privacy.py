"""Who is shown what where: every command, every button in sight and inline, in every kind of chat, for everybody.

Personal numbers go to bound persons in private and nowhere else; figures, words of a report and numbers of offices
never into a group of others than officials, and never to a stranger; nothing of it into the log.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.playground import Bot, Group
from handlers.register import COMMANDS
from storage.outbox.tables import outbox
from tests.journeys.world import STAMPEDE, Town

MOBILE = "13800000000"
OFFICE = "3086119"
"""Of the fire brigade: not the duty line, which everybody may ring."""

MATTER = ("踩踏", "受伤4", "伤4人", "李值班", "陈主任", OFFICE, MOBILE)
"""What officials know."""

WORDS = {
    "phone": ("", "消防", OFFICE, "记录"),
    "who": ("消防",),
    "plan": ("4.3.3",),
    "status": ("1", "1 叫应表", "1 工作组", ""),
    "export": ("1",),
    "update": ("1 受伤5人",),
    "invite": ("名单", "撤销", "检查"),
    "ack": ("1 收到",),
}
"""What is written behind a command; the others are sent bare, or with the incident's number."""

KEEP_OUT = frozenset({"report", "drill", "bind", "unbind", "join", "roll", "shift", "start", "declare", "reject", "end",
                      "close", "merge", "undo"})  # fmt: skip
"""Commands that change who is who or what runs; they have tables of their own (authority, setting up)."""


def commands() -> list[str]:
    found = []
    for name in COMMANDS:
        if name not in KEEP_OUT:
            found += [
                f"/{name} {words}".strip()
                for words in WORDS.get(name, ("1",) if COMMANDS[name].about_incident else ("",))
            ]
    return found


@pytest.fixture
async def running(town: Town) -> Town:
    """An incident at Ⅲ, a personal number in the directory, a stranger who has started the bot and sits everywhere."""
    await town.say(town.admin, town.bot, f"/phone 加 区消防救援大队 {MOBILE} 联络员手机")
    await town.press(town.admin, "确认修改")
    town.stranger.start(town.bot)
    town.stranger.join(town.group)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
    await town.press(town.director, "确认宣布")
    return town


def leaked(text: str, secrets: tuple[str, ...]) -> list[str]:
    return [word for word in secrets if word in text]


@pytest.mark.parametrize("kind", ["private", "command", "members", "school", "none"])
async def test_every_command_in_every_kind_of_chat_for_everybody(running: Town, kind: str) -> None:
    town = running
    bound = {"private": [], "school": [town.head], "members": [town.liaisons["区消防救援大队"]]}.get(kind, [town.duty])
    people = [*bound, town.stranger]
    where: Group | Bot
    if kind in ("members", "school"):
        where = await town.add_group("别的群", kind, town.admin, *people)
    elif kind == "none":
        where = town.world.add_group("没绑定的群", owner=town.admin, members=[town.bot, *people])
    else:
        where = town.bot if kind == "private" else town.group
    await town.settle()
    before = (await written(town))[-1][0]
    for person in people:
        for text in commands():
            person.send(where, text)
    told = await written(town, before)
    assert len(told) > 10
    found = []
    for _, place, chat, text in told:
        if place == "command":
            secrets: tuple[str, ...] = (MOBILE,)
        elif place == "private":
            secrets = MATTER if chat == town.stranger.id else ()
        else:
            secrets = MATTER
        found += [(place, chat, word, text[:40]) for word in leaked(text, secrets)]
    assert found == []
    assert MOBILE not in str(town.log)


async def written(town: Town, since: int = 0) -> list[tuple[int, str, int, str]]:
    """Return what was written since: (number, kind of place, chat, text) each; what waits is dropped."""
    await town.clock.advance(timedelta())
    found: list[tuple[int, str, int, str]] = []
    async with town.open_store.writing() as tx:
        for row in await tx._session.rows(select(outbox).where(outbox.c.id > since).order_by(outbox.c.id)):
            place = await tx.places.get(row.place_id)
            assert place is not None
            found.append((row.id, place.kind, place.chat_id, str(row.payload.get("text", ""))))
            if row.state == "pending" and row.method != "card":
                await tx.outbox.drop(row.id, "read", town.clock.now())
    return found


async def test_a_stranger_gets_nothing_out_of_any_button_in_sight(running: Town) -> None:
    town = running
    before, own = (await town.incident()).sequence, town.count(town.stranger)
    seen = town.count(town.stranger, town.group)
    for line in town.stranger.timeline(town.group):
        for label in line.labels() if line.from_bot else ():
            pressed = town.stranger.press(line, label)
            await town.settle()
            assert leaked(pressed.text or "", MATTER) == [], label
    assert (await town.incident()).sequence == before
    assert not [line.text for line in [*seen.new, *own.new] if leaked(line.text, MATTER)]


async def test_inline_gives_nobody_a_personal_number_and_a_stranger_nothing(running: Town) -> None:
    town = running
    for person in (town.duty, town.head, town.liaisons["区消防救援大队"], town.stranger):
        for query in ("", "消防", OFFICE, MOBILE[:5], "1号", "信息报告"):
            ask = person.inline(town.bot, query, chat=town.group)
            await town.settle()
            text = str(ask.results)
            assert ask.answered and MOBILE not in text, query
            if person is town.stranger:
                assert leaked(text, MATTER) == [] and len(ask.results) == 1
            assert "受伤4" not in text and "踩踏" not in text


async def test_who_is_bound_reads_the_personal_number_in_private_only(running: Town) -> None:
    town = running
    for person in (town.duty, town.head):
        await town.say(person, town.bot, "/phone 消防")
        assert MOBILE in town.texts(person)[-1]
    await town.say(town.duty, town.group, "/phone 消防")
    assert MOBILE not in town.texts(town.duty, town.group)[-1]
