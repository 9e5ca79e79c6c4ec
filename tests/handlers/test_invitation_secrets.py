"""The secret of an invitation stands in the message that is sent, and nowhere else: no row, backup, update or log."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from docx import Document
from sqlalchemy import Connection, select, update

from bot.operations.backup import backup
from bot.sealed import Seal, digest
from storage.inbox import NewUpdate, inbox
from storage.migrations.versions import r0010_no_secrets
from storage.outbox import NewMessage
from storage.outbox.tables import outbox
from tests.journeys.world import TOKEN, Town

LINK = re.compile(r"https://t\.me/tocsin_bot\?start=([\w-]{22})(?![\w-])")


@pytest.fixture
async def kept(file_url: str) -> AsyncIterator[tuple[Town, Path]]:
    async with Town.open(file_url) as town:
        path = town.open_store.path
        assert path is not None
        yield town, path


def everything(file: Path) -> str:
    """Return all that a database holds, as text; files in it are opened."""
    with sqlite3.connect(file) as connection:
        return "\n".join(connection.iterdump())


async def secrets_of(town: Town) -> list[str]:
    """Return the secrets that were handed out: one as a link, the others on a sheet."""
    await town.say(town.admin, town.bot, "/invite 值班员")
    await town.say(town.admin, town.bot, "/invite 全部")
    await town.advance(seconds=3)
    found = LINK.findall(town.sees(town.admin, "请把链接转给本人").text)
    [sheet] = [item for item in town.world.state.files.values() if item.name == "邀请函.docx"]
    for row in Document(io.BytesIO(sheet.content)).tables[0].rows:
        found += LINK.findall(row.cells[1].text)
    assert len(set(found)) == len(found) > 3
    return found


async def test_no_secret_stands_in_the_database_a_backup_or_the_log(kept: tuple[Town, Path], tmp_path: Path) -> None:
    town, file = kept
    handed_out = await secrets_of(town)
    await backup(town.url, tmp_path / "copy.db")
    for place in (file, tmp_path / "copy.db"):
        held = everything(place)
        assert not [secret for secret in handed_out if secret in held], place
        assert digest(handed_out[0]) in held
        assert '"photo":{"upload"' not in held and '"document":{"upload"' not in held, "nor a picture or sheet of it"
    assert not [secret for secret in handed_out if secret in str(town.log)]
    # What stands there instead opens nothing.
    async with town.open_store.reading() as rx:
        rows = await rx._session.rows(select(outbox.c.payload).where(outbox.c.notice == "invited"))
    [number] = LINK.findall(next(row.payload["text"] for row in rows if "text" in row.payload))
    town.stranger.start(town.bot, number)
    await town.settle()
    town.sees(town.stranger, "已经用过、撤销或过期")
    town.teacher.start(town.bot, handed_out[0])
    await town.settle()
    town.sees(town.teacher, "已登记：值班员")


async def test_what_comes_in_is_kept_without_it(kept: tuple[Town, Path]) -> None:
    town, file = kept
    [secret, *_] = await secrets_of(town)
    town.stranger.start(town.bot)
    shown = town.sees(town.admin, "请把链接转给本人")
    for words, where in (
        (f"https://t.me/tocsin_bot?start={secret}", town.bot),
        (f"/help https://t.me/x?start={secret}", town.bot),
        (f"/START {secret}x", town.bot),
    ):
        await town.say(town.stranger, where, words)
    await town.say(town.admin, town.bot, "这个怎么用", reply_to=shown)
    async with town.open_store.reading() as rx:
        raw = [row.payload for row in await rx._session.rows(select(inbox.c.payload)) if row.payload]
    assert any("?start=" in text for text in raw) and not [text for text in raw if secret in text]
    assert secret not in everything(file)
    town.stranger.start(town.bot, secret)
    await town.settle()
    town.sees(town.stranger, "已登记：值班员")
    async with town.open_store.reading() as rx:
        raw = [row.payload for row in await rx._session.rows(select(inbox.c.payload)) if row.payload]
    assert any(f"/start ={digest(secret)}" in text for text in raw) and not [text for text in raw if secret in text]


async def test_the_digest_that_is_kept_opens_nothing_for_whoever_reads_it(kept: tuple[Town, Path]) -> None:
    town, _ = kept
    [secret, *_] = await secrets_of(town)
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, f"/start ={digest(secret)}")
    town.sees(town.stranger, "已经用过、撤销或过期")
    assert not town.told(town.stranger, "已登记")


def test_a_secret_follows_from_the_bots_token_and_its_number_alone() -> None:
    number, held = Seal(TOKEN).new()
    assert digest(Seal(TOKEN).secret(number)) == held, "another process, or the next start, fills the same in"
    assert digest(Seal("1:other").secret(number)) != held and digest(Seal().secret(number)) != held
    assert len(Seal(TOKEN).secret(number)) == len(number) == 22
    filled = Seal(TOKEN).filled({"secrets": [number], "text": f"x {number}", "photo": {"link": f"?start={number}"}})
    assert number not in json.dumps(filled) and "secrets" not in filled
    assert filled["photo"]["link"] == f"?start={Seal(TOKEN).secret(number)}"


async def test_an_upgrade_takes_old_secrets_out(kept: tuple[Town, Path]) -> None:
    town, file = kept
    secret = "aB3_-" * 4 + "xy"
    now, link = town.clock.now(), f"https://t.me/tocsin_bot?start={secret}"
    async with town.open_store.writing() as tx:
        place = await tx.places.by_chat(town.admin.id)
        assert place is not None
        rows = [
            NewMessage(place_id=place.id, priority=2, method=method, payload=payload, notice="invited", not_before=now,
                       created_at=now)
            for method, payload in (
                ("sendMessage", {"text": f"邀请：值班员\n{link}"}),
                ("sendPhoto", {"photo": {"upload": "邀请二维码.png", "content": "c2VjcmV0"}}),
            )
        ]  # fmt: skip
        sent, waits = await tx.outbox.enqueue(rows)
        await tx._session.run(update(outbox).where(outbox.c.id == sent).values(state="sent", finished_at=now))
        message = {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": f"/start {secret}"}
        raw = json.dumps({"update_id": 990, "message": message}, ensure_ascii=False)
        await tx.inbox.put([NewUpdate(update_id=990, chat_key="chat:5", kind="message", received_at=now, payload=raw)])
        await tx.inbox.done(990, now)

        def again(connection: Connection) -> None:
            with Operations.context(MigrationContext.configure(connection)):
                r0010_no_secrets.upgrade()

        await tx._session.connection.run_sync(again)
        row = await tx.inbox.get(990)
        assert row is not None and f"/start ={digest(secret)}" in (row.payload or "")
        found = {item.id: item for item in await tx._session.rows(select(outbox).where(outbox.c.id.in_([sent, waits])))}
    assert found[sent].state == "sent" and "值班员" in found[sent].payload["text"]
    assert found[waits].state == "dropped" and found[waits].payload["photo"]["content"] == ""
    assert secret not in everything(file) and "c2VjcmV0" not in everything(file)
