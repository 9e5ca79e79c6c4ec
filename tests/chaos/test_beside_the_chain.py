"""What stands beside the journal, changed by somebody with access to the database: each change is found, or is named
among what no check covers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from bot.cli.audit import KINDS as WORDS
from bot.cli.audit import NOT_COVERED as SAID
from bot.operations import proof
from bot.operations.erasure import erase
from bot.operations.persons import erase as forget
from bot.operations.sealing import seal_sent
from storage.transaction import Writing
from storage.web_sessions import web_sessions
from tests.handlers.looking import BASE, entered, hung, link
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town
from tests.vouching import vouch

WATER = "jincheng-water-rescue"


async def _run(tx: Writing, statement: str, **values: Any) -> int:
    return (await tx._session.execute(text(statement), values)).rowcount


def _plain(statement: str) -> Callable[[Writing, Town], Awaitable[int]]:
    async def change(tx: Writing, town: Town) -> int:
        return await _run(tx, statement, **({"other": WATER} if ":other" in statement else {}))

    return change


async def _blank_words(tx: Writing, town: Town) -> int:
    return await _run(tx, "UPDATE outbox SET payload = '{}' WHERE salt IS NOT NULL AND notice = 'announcement'")


async def _fake_erasure(tx: Writing, town: Town) -> int:
    [row] = await tx.incidents.list()
    return await tx.journal.erase(row.stream, 1, ["text"], town.clock.now())


async def _longer(tx: Writing, town: Town) -> int:
    [first, *_] = await tx.web_sessions.every_open(town.clock.now())
    changed = update(web_sessions).where(web_sessions.c.id == first.id).values(until=first.until + timedelta(days=9))
    return (await tx._session.execute(changed)).rowcount


FOUND: dict[str, tuple[str, Callable[[Writing, Town], Awaitable[int]]]] = {
    "a plan's text lets another declare": ("plan", _plain(
        "UPDATE plans SET canonical = replace(canonical, '\"commander\"', '\"director\"')")),
    "a role that nobody granted": ("holding", _plain(
        "INSERT INTO holdings (id, person_id, jurisdiction, plan_id, role, granted_by, granted_at)"
        " SELECT 'forged', person_id, jurisdiction, plan_id, 'commander', granted_by, granted_at FROM holdings"
        " WHERE role = 'liaison' LIMIT 1")),
    "a role becomes another": ("holding", _plain("UPDATE holdings SET role = 'commander' WHERE role = 'director'")),
    "a role goes to another plan": ("holding", _plain("UPDATE holdings SET plan_id = :other WHERE role = 'deputy'")),
    "a role ends without a word": ("holding", _plain(
        "UPDATE holdings SET ended_at = granted_at WHERE role = 'commander'"
    )),
    "a role that was taken is back": ("holding", _plain("UPDATE holdings SET ended_at = NULL WHERE role = 'admin'")),
    "another sits on the seat": ("seat", _plain(
        "UPDATE seats SET person_id = (SELECT person_id FROM holdings WHERE role = 'director' LIMIT 1)")),
    "the seat is emptied": ("seat", _plain("DELETE FROM seats")),
    "an account is exchanged": ("account", _plain(
        "UPDATE people SET telegram_id = 4711 WHERE id = (SELECT person_id FROM holdings WHERE role = 'commander')")),
    "somebody is called as another": ("name", _plain(
        "UPDATE people SET real_name = '陈主任' WHERE id = (SELECT person_id FROM holdings WHERE role = 'commander')")),
    "somebody is of another office": ("name", _plain(
        "UPDATE people SET office = '别处' WHERE id = (SELECT person_id FROM holdings WHERE role = 'commander')")),
    "somebody is confirmed by nobody": ("name", _plain(
        "UPDATE people SET real_name = '陈主任', confirmed_at = created_at WHERE confirmed_at IS NULL")),
    "somebody is confirmed no more": ("name", _plain(
        "UPDATE people SET confirmed_at = NULL WHERE id = (SELECT person_id FROM holdings WHERE role = 'commander')")),
    "a group is bound": ("binding", _plain(
        "INSERT INTO place_plans (place_id, plan_id, jurisdiction, at)"
        " SELECT place_id, :other, jurisdiction, at FROM place_plans LIMIT 1")),
    "a group is unbound": ("binding", _plain("DELETE FROM place_plans")),
    "a lead that nobody named": ("lead", _plain(
        "INSERT INTO group_leads (jurisdiction, plan_id, group_name, lead, person_id, at)"
        " SELECT jurisdiction, plan_id, '医疗组', '某局', person_id, granted_at FROM holdings LIMIT 1")),
    "somebody serves a shift that nobody gave him": ("override", _plain(
        "INSERT INTO shift_overrides (id, jurisdiction, plan_id, begins, ends, kind, name, office, person_id, since)"
        " SELECT 'forged', jurisdiction, plan_id, granted_at, granted_at, '主班', '某人', '', person_id, granted_at"
        " FROM holdings LIMIT 1")),
    "an invitation that nobody made": ("invitation", _plain(
        "INSERT INTO invitations (digest, jurisdiction, plan_id, role, created_by, created_at, expires_at)"
        " SELECT 'forged', jurisdiction, plan_id, 'commander', created_by, created_at, expires_at FROM invitations"
        " LIMIT 1")),
    "a session of a browser that nobody opened": ("session", _plain(
        "INSERT INTO web_sessions (id, digest, kind, person_id, jurisdictions, address, created_at, until)"
        " SELECT 'forged', 'forged', kind, person_id, jurisdictions, address, created_at, until FROM web_sessions"
        " LIMIT 1")),
    "a session is known by another cookie": ("session", _plain(
        "UPDATE web_sessions SET digest = 'forged' WHERE kind = 'person' AND ended_at IS NULL")),
    "a wall is known by another cookie": ("session", _plain(
        "UPDATE web_sessions SET digest = 'forged' WHERE kind = 'wall'")),
    "a wall shows another place": ("session", _plain(
        "UPDATE web_sessions SET jurisdictions = '[\"别处\"]' WHERE kind = 'wall'")),
    "a session that was left is open again": ("session", _plain(
        "UPDATE web_sessions SET ended_at = NULL WHERE ended_at IS NOT NULL")),
    "a session becomes another's": ("session", _plain(
        "UPDATE web_sessions SET person_id = (SELECT person_id FROM holdings WHERE role = 'commander')"
        " WHERE kind = 'person'")),
    "a wall becomes a person's session": ("session", _plain(
        "UPDATE web_sessions SET kind = 'person' WHERE kind = 'wall'")),
    "a link that was used opens again": ("session", _plain(
        "UPDATE web_links SET used_at = NULL WHERE used_at IS NOT NULL")),
    "a link opens another's session": ("session", _plain(
        "UPDATE web_links SET person_id = (SELECT person_id FROM holdings WHERE role = 'commander')"
        " WHERE used_at IS NULL")),
    "a session lasts longer": ("session", _longer),
    "a wall is gone without a word": ("session", _plain("DELETE FROM web_sessions WHERE kind = 'wall'")),
    "a link that nobody asked for": ("session", _plain(
        "INSERT INTO web_links (digest, person_id, created_at, until)"
        " SELECT 'forged', person_id, created_at, until FROM web_links LIMIT 1")),
    "a token that nobody made": ("token", _plain(
        "INSERT INTO api_tokens"
        " (id, digest, name, jurisdiction, plans, scopes, units, rate, created_by, created_at, until)"
        " SELECT 'forged', 'forged', name, jurisdiction, plans, scopes, units, rate, created_by, created_at, until"
        " FROM api_tokens LIMIT 1")),
    "a token is known by another secret": ("token", _plain(
        "UPDATE api_tokens SET digest = 'forged' WHERE revoked_at IS NULL")),
    "a token may do more": ("token", _plain(
        "UPDATE api_tokens SET scopes = '[\"report\",\"read\"]' WHERE revoked_at IS NULL")),
    "a token is for another place": ("token", _plain(
        "UPDATE api_tokens SET jurisdiction = '别处' WHERE revoked_at IS NULL")),
    "a token speaks for another": ("token", _plain(
        "UPDATE api_tokens SET name = '119平台' WHERE revoked_at IS NULL")),
    "a token that was revoked holds again": ("token", _plain(
        "UPDATE api_tokens SET revoked_at = NULL WHERE revoked_at IS NOT NULL")),
    "another system is told that nobody allowed": ("webhook", _plain(
        "INSERT INTO webhooks (id, jurisdiction, url, types, key, key_before, made_by, created_at, deaths, why)"
        " SELECT 'forged', jurisdiction, 'https://elsewhere.example/', types, key, '', made_by, created_at, 0, ''"
        " FROM webhooks LIMIT 1")),
    "another address is told": ("webhook", _plain("UPDATE webhooks SET url = 'https://elsewhere.example/'")),
    "another key signs": ("webhook", _plain("UPDATE webhooks SET key = '00000000000000000000000000000000'")),
    "an address that was stopped is told": ("webhook", _plain("UPDATE webhooks SET disabled_at = NULL, why = ''")),
    "an address is gone without a word": ("webhook", _plain("DELETE FROM webhooks")),
    "a report may go up to where nobody agreed": ("line", _plain(
        "UPDATE lines SET agreed_at = offered_at WHERE agreed_at IS NULL")),
    "a line stands for another recipient": ("line", _plain("UPDATE lines SET recipients = '[\"省委\"]'")),
    "a line is gone without a word": ("line", _plain("DELETE FROM lines")),
    "a calendar's link that nobody made": ("feed", _plain(
        "INSERT INTO feed_links (digest, kind, person_id, jurisdiction, plan_id, created_at)"
        " SELECT 'forged', kind, person_id, jurisdiction, plan_id, created_at FROM feed_links LIMIT 1")),
    "a calendar's link shows another's": ("feed", _plain(
        "UPDATE feed_links SET person_id = (SELECT person_id FROM holdings WHERE role = 'commander')")),
    "a calendar's link that was ended opens again": ("feed", _plain(
        "UPDATE feed_links SET ended_at = NULL WHERE ended_at IS NOT NULL")),
    "a sent text is changed": ("message", _plain(
        "UPDATE outbox SET payload = replace(payload, '4人', '1人') WHERE salt IS NOT NULL")),
    "a sent text is said to have gone elsewhere": ("message", _plain(
        "UPDATE outbox SET place_id = (SELECT id FROM places WHERE id != outbox.place_id LIMIT 1)"
        " WHERE salt IS NOT NULL")),
    "a sent message is deleted": ("message", _plain("DELETE FROM outbox WHERE salt IS NOT NULL")),
    "a sent text is blanked": ("message", _blank_words),
    "an erasure that nobody ordered": ("erasure", _fake_erasure),
}  # fmt: skip
"""Changes, each with the kind of fault that tells of it."""

LEFT: dict[str, tuple[str, str]] = {
    "a number of the directory": ("directory", "UPDATE directory SET number = '0356-0000000'"),
    "a telephone of somebody": ("phones", "UPDATE people SET phone = '0356-0000000'"),
    "a name on the roster": ("roster", "UPDATE shifts SET name = '别人'"),
    "a school of the list": ("bodies", "UPDATE bodies SET head = '别人'"),
    "whether duties are chased": ("duties", 'UPDATE duty_switches SET "on" = false'),
    "a button's argument": ("buttons", "UPDATE buttons SET args = '{}'"),
    "what a card shows": ("cards", "UPDATE cards SET digest = 'x'"),
    "a group's title": ("titles", "UPDATE places SET title = 'x'"),
    "a screen that waits": ("screens", "UPDATE web_screens SET address = '10.0.0.1'"),
    "what another system brought and waits": ("requests", "UPDATE api_requests SET operation = 'x'"),
    "what goes up to another office and waits": (
        "submissions",
        'INSERT INTO submissions (line_id, stream, number, "key", body, created_at, at, attempts, state, error)'
        " SELECT id, 'incident:1', 1, 'k', '{}', offered_at, offered_at, 0, 'pending', '' FROM lines LIMIT 1",
    ),
    "a message that waits": ("waiting", "UPDATE outbox SET payload = '{\"text\":\"x\"}' WHERE state = 'pending'"),
}
"""Changes that no check covers, each with its name there; backups and Telegram's own copies are out of reach."""


class _Undo(Exception):
    pass


@pytest.fixture
async def night(any_url: str) -> AsyncIterator[Town]:
    """A town whose people came in by the program's own ways, with an incident, and its messages chained."""
    async with Town.open(any_url, board=BASE) as town:
        async with town.open_store.writing() as tx:
            await vouch(tx, town.clock.now())
        for person in (town.director, town.second):
            opened = await entered(town, person)
        await opened.post("/board/leave")
        await link(town, town.duty)
        await hung(town)
        await town.advance(seconds=1)
        for said in ("/webhook 加 https://hook.example.cn/tocsin", "/webhook"):
            await town.say(town.admin, town.bot, said)
        await town.press(town.admin, "停用 1")
        await town.say(town.admin, town.bot, f"/line 加 {JURISDICTION} 晋城市 市委")
        for label in ("我的值班和职责", "换新 1"):
            await town.say(town.duty, town.bot, "/calendar")
            await town.press(town.duty, label)
        await town.say(town.duty, town.bot, "/shift")
        for role in ("值班员", "管理员"):
            await town.say(town.admin, town.bot, f"/invite {role}")
        token = town.sees(town.admin, "请把链接转给本人").text.split("start=")[1].split()[0]
        town.teacher.start(town.bot, token)
        await town.settle()
        await town.say(town.admin, town.bot, "/invite 解除 何老师")
        await town.press(town.admin, "确认解除")
        await town.say(town.director, town.bot, f"/delegate 办公室主任 {town.second.name} 到 明天8点")
        await town.press(town.second, "接受代行")
        await town.say(town.admin, town.bot, "/phone 加 区消防救援大队 0356-3086120 备用")
        await town.press(town.admin, "确认修改")
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
        await town.press(town.director, "确认宣布")
        for answer in ("确认制发", "是另一个系统，确认制发"):
            await town.say(town.admin, town.bot, f"/token 110平台 报告 {PLAN}")
            await town.press(town.admin, answer)
        await town.say(town.admin, town.bot, "/token")
        await town.press(town.admin, "撤销 1 110平台")
        await town.advance(seconds=30)
        await seal_sent(town.open_store, town.clock.now())
        yield town


async def examined(town: Town, tx: Any, folder: Path | None = None) -> list[Any]:
    return await tx.journal.verify() + await proof.examine(tx, town.clock.now(), folder)


async def test_each_change_beside_the_chain_is_found_or_named_as_not_covered(night: Town) -> None:
    town = night
    async with town.open_store.reading() as rx:
        assert await examined(town, rx) == []
    for name, (kind, change) in FOUND.items():
        found: list[Any] = []
        try:
            async with town.open_store.writing() as tx:
                await tx.people.lapse(town.clock.now())
                if town.open_store.postgres:
                    await tx._session.execute(text("SET LOCAL session_replication_role = replica"))
                assert await change(tx, town) >= 1, name
                found = await examined(town, tx)
                raise _Undo
        except _Undo:
            assert kind in {fault.kind for fault in found}, f"{name}: {found}"
    for name, (where, statement) in LEFT.items():
        try:
            async with town.open_store.writing() as tx:
                await _run(tx, statement)
                assert await examined(town, tx) == [], name
                raise _Undo
        except _Undo:
            assert where in proof.NOT_COVERED, name
    assert {kind for kind, _ in FOUND.values()} | {"evidence"} == set(proof.KINDS)
    assert set(proof.KINDS) <= WORDS.keys()
    assert {where for where, _ in LEFT.values()} | {"backups", "telegram"} == set(proof.NOT_COVERED)


def test_what_is_not_covered_is_said_in_plain_words() -> None:
    said = "".join(SAID)
    office = ("通讯录", "值班表", "单位名册", "职责", "按钮", "卡片", "名称")
    for word in (*office, "还没发出", "屏幕", "其他系统", "备份", "Telegram服务器"):
        assert word in said


async def test_what_is_lawfully_done_is_no_fault(night: Town) -> None:
    """Ending, lapsing, forgetting, erasing an incident and a person: the log and what is left agree."""
    town = night
    await town.say(town.duty, town.group, "/end 处置完毕")
    async with town.open_store.writing() as tx:
        await tx.outbox.forget_payloads(town.clock.now(), 1000)
    async with town.open_store.reading() as rx:
        assert await examined(town, rx) == []
        over = town.clock.now() + timedelta(days=2)
        assert await proof.examine(rx, over) == [], "what was lent has ended by itself"
        person = await rx.people.by_telegram(town.teacher.id)
    assert person is not None
    await forget(town.open_store, person, by="孙管理", reason="本人要求", now=town.clock.now())
    async with town.open_store.reading() as rx:
        assert await examined(town, rx) == []


async def test_an_erasure_covers_what_it_says_and_no_value_more(town_of_one: Town, tmp_path: Path) -> None:
    town = town_of_one
    stream = (await town.incident()).stream
    await town.say(town.duty, town.bot, "/reject 误报")
    done = await erase(
        town.open_store, stream, by="孙管理", reason="本人要求", now=town.clock.now(), folder=tmp_path
    )  # fmt: skip
    assert done is not None and done.values
    moment = town.clock.now()
    async with town.open_store.writing() as tx:
        assert not [item for item in await proof.examine(tx, moment) if item.kind == "erasure"]
        admin = f"admin:{JURISDICTION}"
        last = (await tx.journal.heads())[admin].sequence
        assert await tx.journal.erase(admin, last, ["name"], moment) == 1
        found = await proof.examine(tx, moment)
        assert [item for item in found if item.stream == admin and item.kind == "erasure"]


@pytest.fixture
async def town_of_one() -> AsyncIterator[Town]:
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        yield town


async def test_a_file_that_was_changed_or_is_gone_is_found(town_of_one: Town) -> None:
    town = town_of_one
    folder = town.settings.evidence_folder
    assert folder is not None
    town.head.send_photo(town.bot, b"\xff\xd8what was seen")
    await town.settle()
    await town.advance(seconds=5)
    [file] = [path for path in folder.rglob("*") if path.is_file()]

    async def kinds() -> list[str]:
        async with town.open_store.reading() as rx:
            return [item.kind for item in await proof.examine(rx, town.clock.now(), folder) if item.kind == "evidence"]

    assert await kinds() == []
    content = file.read_bytes()
    file.write_bytes(content + b"!")
    assert await kinds() == ["evidence"]
    file.unlink()
    assert await kinds() == ["evidence"]
    file.write_bytes(content)
    assert await kinds() == []


async def test_the_program_chains_what_it_sends_by_itself(town_of_one: Town) -> None:
    town = town_of_one
    await town.advance(minutes=25)
    async with town.open_store.reading() as rx:
        sealed = [entry for entry in await rx.journal.load("sent")]
        left = await rx.outbox.unsealed(10)
    assert sum(len(entry.payload["messages"]) for entry in sealed) > 3
    assert all(row.finished_at is not None for row in left)
    assert json.dumps([entry.payload for entry in sealed]).find("踩踏") == -1
