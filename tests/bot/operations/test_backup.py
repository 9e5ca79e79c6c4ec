"""A copy that is taken while the bot writes, brought back, and what is said then, and what not."""

import asyncio
import json
import sqlite3
import stat
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.clock import VirtualClock
from bot.office.absence import note_alive
from bot.operations import backup as module
from bot.operations.backup import CopyFailed, NoSuchFile, NotAFile, WouldOverwrite, backup, restore
from bot.operations.restored import settle
from storage import StoreLocked, open_store
from storage.migrate import SCRIPTS
from storage.outbox import NewMessage
from storage.web_sessions import WebLink, WebSession
from tests import stage
from tests.bot.operations import town
from tests.bot.operations.conftest import AT
from tests.bot.operations.test_intake import message, press
from tests.factories import CAMPUS
from tests.storage.rows import entry, new_update

PLANS = {CAMPUS.id: CAMPUS}
LATER = timedelta(hours=6)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "backups" / "带 空格#.sqlite3"


@pytest.fixture(autouse=True)
def folder(target):
    target.parent.mkdir()


async def write(url, key="a", value="x"):
    async with await open_store(url) as store, store.writing() as tx:
        await tx.meta.put(key, value)


async def read(path_or_url, key="a"):
    url = str(path_or_url) if "://" in str(path_or_url) else f"sqlite:///{path_or_url}"
    async with await open_store(url, read_only=True) as store, store.reading() as rx:
        return await rx.meta.get(key)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_what_people_had_open_by_browser_is_closed_by_a_restore_and_walls_go_on(any_url, clock):
    now = clock.now()
    async with await open_store(any_url) as store, store.writing() as tx:
        person = await stage.enter(tx, chat=7, name="李值班", at=now)
        kept = {"person_id": person.id, "jurisdictions": ["某区"], "address": "10.0.0.7", "created_at": now}
        for kind in ("person", "wall"):
            await tx.web_sessions.open(WebSession(id=kind, digest=kind, kind=kind, until=now + LATER, **kept))
        await tx.web_sessions.add_link(WebLink(digest="l", person_id=person.id, created_at=now, until=now + LATER))
    async with await open_store(any_url) as store:
        await settle(store, now, PLANS)
    async with await open_store(any_url) as store, store.reading() as rx:
        assert [item.id for item in await rx.web_sessions.every_open(now)] == ["wall"]
        assert await rx.web_sessions.open_links(now) == []
        assert [entry.event for entry in await rx.journal.load("admin:某区")] == ["board-closed"]


async def test_a_copy_is_one_file_that_only_we_can_read(file_url, target):
    async with await open_store(file_url) as store:
        async with store.writing() as tx:
            await tx.journal.append("incident:1", 0, [entry(), entry()])
        report = await backup(file_url, target)  # what was committed is in the file beside it still
    assert (report.path, report.size, report.streams, report.entries) == (target, target.stat().st_size, 1, 2)
    assert report.ok and report.verified
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files(target.parent) == [target.name]
    async with await open_store(f"sqlite:///{target}", read_only=True) as copy, copy.reading() as rx:
        assert len(await rx.journal.load("incident:1")) == 2


async def test_a_copy_that_is_taken_while_others_write_holds_one_moment(file_url, target):
    """Every transaction writes two rows; the copy has both of each or none."""
    stop = asyncio.Event()

    async def writer(store):
        number = 0
        while not stop.is_set():
            number += 1
            async with store.writing() as tx:
                await tx.inbox.put([new_update(number, payload="x" * 2000)])
                await tx.meta.put("number", str(number))
        return number

    async with await open_store(file_url) as store:
        writing = asyncio.create_task(writer(store))
        reports = [await backup(file_url, target.with_name(f"{n}.db")) for n in range(3)]
        stop.set()
        assert await writing > 3
    for report in reports:
        async with await open_store(f"sqlite:///{report.path}", read_only=True) as copy, copy.reading() as rx:
            number = await rx.meta.get("number")
            assert (await rx.inbox.backlog()).pending == int(number or 0)


async def test_a_record_that_was_changed_is_copied_as_it_is_and_told(file_url, target):
    async with await open_store(file_url) as store, store.writing() as tx:
        await tx.journal.append("incident:1", 0, [entry()])
    with sqlite3.connect(file_url.partition("///")[2]) as raw:
        raw.execute("UPDATE journal SET body = replace(body, '4', '0')")
    report = await backup(file_url, target)
    assert not report.ok and [fault.kind for fault in report.faults] == ["edited"] and target.exists()


async def test_nothing_is_ever_overwritten(file_url, target):
    target.write_text("precious")
    with pytest.raises(WouldOverwrite) as caught:
        await backup(file_url, target)
    assert caught.value.path == target and target.read_text() == "precious"


@pytest.mark.parametrize("url", ["postgresql+asyncpg://tocsin@127.0.0.1:1/tocsin", "sqlite+aiosqlite://"])
async def test_only_files_are_copied(url, target):
    with pytest.raises(NotAFile):
        await backup(url, target)
    with pytest.raises(NotAFile):
        await restore(target, url, now=AT, plans=PLANS)


async def test_a_database_that_is_not_there_is_not_made(tmp_path, target):
    with pytest.raises(NoSuchFile):
        await backup(f"sqlite:///{tmp_path / 'none.db'}", target)
    with pytest.raises(NoSuchFile):
        await restore(target, f"sqlite:///{tmp_path / 'none.db'}", now=AT, plans=PLANS)
    assert not target.exists() and not (tmp_path / "none.db").exists()


async def test_a_disk_that_is_full_leaves_no_half_copy(file_url, target, monkeypatch):
    connect = module._connect

    def small(path, mode):
        found = connect(path, mode)
        if mode == "rw":
            found.execute("PRAGMA max_page_count = 5")
        return found

    monkeypatch.setattr(module, "_connect", small)
    with pytest.raises(CopyFailed) as caught:
        await backup(file_url, target)
    assert "full" in caught.value.reason
    assert files(target.parent) == []


async def test_a_damaged_file_is_not_brought_back(file_url, target):
    await backup(file_url, target)
    with target.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xa5" * 4096 * 3)
    await write(file_url, value="running")
    with pytest.raises(CopyFailed):
        await restore(target, file_url, now=AT, overwrite=True, plans=PLANS)
    assert await read(file_url) == "running"
    path = target.parent.parent / "tocsin.db"
    assert not [name for name in files(path.parent) if "restoring" in name or "before" in name]


# Bringing back


async def test_a_database_comes_back_and_the_former_one_is_kept(file_url, target):
    await write(file_url, value="then")
    await backup(file_url, target)
    await write(file_url, value="now")
    restored = await restore(target, file_url, now=AT, overwrite=True, plans=PLANS)
    assert await read(file_url) == "then"
    assert await read(restored.aside) == "now" and "20260302T022000Z" in str(restored.aside)
    assert stat.S_IMODE(restored.path.stat().st_mode) == 0o600
    await write(file_url, value="goes on")


async def test_a_former_database_that_was_killed_keeps_its_log_and_the_new_one_never_meets_it(file_url, target):
    await write(file_url, value="then")
    await backup(file_url, target)
    async with await open_store(file_url) as store:  # still open: what is committed is beside the file only
        async with store.writing() as tx:
            await tx.meta.put("a", "now")
        restored = await restore(target, file_url, now=AT, overwrite=True, plans=PLANS)
        assert await read(file_url) == "then"
        assert await read(restored.aside) == "now"


async def test_what_is_there_is_not_replaced_unless_asked(file_url, target):
    await backup(file_url, target)
    await write(file_url, value="precious")
    with pytest.raises(WouldOverwrite):
        await restore(target, file_url, now=AT, plans=PLANS)
    assert await read(file_url) == "precious"


async def test_while_the_bot_runs_nothing_is_replaced(file_url, target):
    await backup(file_url, target)
    async with await open_store(file_url) as store:
        with store.lock(), pytest.raises(StoreLocked):
            await restore(target, file_url, now=AT, overwrite=True, plans=PLANS)
    assert files(target.parent.parent)[:2] == ["backups", "tocsin.db"]


async def test_where_there_was_nothing_a_folder_is_made(file_url, target, tmp_path):
    await write(file_url, value="then")
    await backup(file_url, target)
    url = f"sqlite:///{tmp_path / 'new' / 'machine' / 'tocsin.db'}"
    assert (await restore(target, url, now=AT, plans=PLANS)).aside is None
    assert await read(url) == "then"


async def test_a_copy_of_an_older_version_is_upgraded(tmp_path, target):
    path = tmp_path / "old.db"
    path.touch()
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    report = await backup(f"sqlite:///{path}", target)
    assert not report.verified and report.ok
    await restore(target, f"sqlite:///{path}", now=AT, overwrite=True, plans=PLANS)
    await write(f"sqlite:///{path}")


# What is sent afterwards


@pytest.fixture
async def night(store, clock):
    """An incident with a message in the air, one that waits, a press, an update, and a seat that was alive."""
    await town.settle(store, clock)
    service = town.service(store, clock)
    stream = await town.report(service)
    async with store.writing() as tx:
        for row in await tx.outbox.claim(clock.now(), 100):
            await tx.outbox.sent(row.id, row.id, clock.now())
        for row in await tx.outbox.waiting():
            await tx.outbox.drop(row.id, "said", clock.now())
        common: dict[str, Any] = {
            "priority": 1,
            "method": "sendMessage",
            "notice": "reminder",
            "not_before": AT,
            "created_at": AT,
        }
        flying, waiting = await tx.outbox.enqueue(
            [
                NewMessage(place_id="group", payload={"text": "在途"}, **common),
                NewMessage(place_id="private-duty", payload={"text": "待发"}, **common),
            ]
        )
        assert [row.id for row in await tx.outbox.claim(AT, 1)] == [flying]
        await tx.inbox.put(
            [
                new_update(1, "a", kind="callback_query", payload=json.dumps(press(1))),
                new_update(2, "b", payload=json.dumps(message(2))),
            ]
        )
    await note_alive(store, AT + timedelta(minutes=1))
    return stream, flying, waiting


async def test_hours_later_the_seat_reads_one_message_and_nothing_else_is_said(store, night):
    stream, flying, waiting = night
    now = AT + LATER
    settled = await settle(store, now, PLANS)
    assert (settled.dropped, settled.unsure, settled.summarised, settled.presses, settled.told) == (2, 1, 1, 1, 1)
    assert settled.until == AT + timedelta(minutes=1)
    async with store.writing() as tx:
        assert [(await tx.outbox.get(id)).state for id in (flying, waiting)] == ["ambiguous", "dropped"]
        said = [row for row in await tx.outbox.claim(now, 100) if row.method != "card"]
        assert [(row.place_id, row.notice, row.ring) for row in said] == [("private-duty", "restored", True)]
        words = said[0].payload["text"]
        assert "数据只到2026年3月2日10:21为止" in words and "1号　已接报" in words and "首报，应于2026年3月2日" in words
        assert "逐级上报" not in words and "事发报告" not in words, "what others owe is not the seat's to file"
        assert not [row for row in await tx.wakes.due(now, 100) if row.stream == stream]
        assert (await tx.wakes.of(stream)) and await tx.journal.verify() == []
        assert [row.update_id for row in await tx.inbox.pending(10)] == [2]  # a report is never lost
        assert (await tx.inbox.get(1)).state == "quarantined"


async def test_reminders_go_on_from_then(store, night):
    stream, _, _ = night
    clock = VirtualClock(AT + LATER)
    await settle(store, clock.now(), PLANS)
    async with store.reading() as rx:
        next_at = await rx.wakes.next_at()
    await clock.advance_to(next_at)
    result = await town.service(store, clock).wake(stream, cause="wake:1")
    assert result.steps[0].outcome is not None and result.steps[0].outcome.recorded


async def test_soon_after_the_copy_everything_still_holds(store, night):
    _, flying, waiting = night
    settled = await settle(store, AT + timedelta(minutes=2), PLANS)
    assert (settled.dropped, settled.unsure, settled.summarised, settled.presses) == (1, 1, 0, 0)
    async with store.reading() as rx:
        assert [(await rx.outbox.get(id)).state for id in (flying, waiting)] == ["ambiguous", "pending"]


async def test_it_may_be_done_again(store, night):
    for minutes in (0, 1):
        settled = await settle(store, AT + LATER + timedelta(minutes=minutes), PLANS)
    assert (settled.dropped, settled.summarised, settled.presses, settled.told) == (0, 0, 0, 1)


async def test_a_restored_file_is_settled(file_url, target, clock):
    async with await open_store(file_url) as store:
        await town.settle(store, clock)
        await town.report(town.service(store, clock))
    await backup(file_url, target)
    restored = await restore(target, file_url, now=AT + LATER, overwrite=True, plans=PLANS)
    assert restored.faults == () and restored.settled.dropped > 0 and restored.settled.summarised == 1
    async with await open_store(file_url) as store, store.reading() as rx:
        said = [row.notice for row in await rx.outbox.waiting() if row.method != "card"]
    assert said == ["restored"]
