"""A day's checkpoint leaves the house, and what was changed behind it is found against it."""

import json
import stat

import pytest
from sqlalchemy import text

from bot.leadership import Always
from bot.metrics import Metrics
from bot.operations.checkpoints import Checkpoints, read_posted, write_file
from bot.render.operations import Overdue, checkpoint_message, restored_message
from storage import LostClaim
from tests.bot.operations.conftest import AT
from tests.storage.rows import after, entry, place

CHAT = -1007


async def append(store, stream="incident:1", expected=0):
    async with store.writing() as tx:
        await tx.journal.append(stream, expected, [entry()])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "checkpoints").mkdir()
    return tmp_path / "checkpoints"


@pytest.fixture
async def posted(store):
    async with store.writing() as tx:
        await tx.places.save(place("p7", CHAT))
    await append(store)

    async def posted():
        async with store.writing() as tx:
            rows = await tx.outbox.claim(after(days=9), 10)
            for row in rows:
                await tx.outbox.sent(row.id, row.id, AT)
        assert all((row.place_id, row.notice) == ("p7", "checkpoint") for row in rows)
        return [row.payload["text"] for row in rows]

    return posted


async def test_a_checkpoint_is_written_to_a_file_and_posted(store, posted, folder):
    checkpoints = Checkpoints(store, folder=folder, chat=CHAT)
    sealed = await checkpoints.seal(AT)
    assert sealed.fresh and not sealed.faults
    path = folder / "checkpoint-000001.json"
    assert json.loads(path.read_text(encoding="utf-8")) == sealed.exported
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    [words] = await posted()
    assert words.startswith("【记录检查点】第1号（2026年3月2日10:20）\n共1条记录链。检查未发现改动。\n")
    assert sealed.exported is not None and sealed.exported["hash"] in words


async def test_a_day_without_events_has_no_checkpoint_of_its_own(store, posted, folder):
    checkpoints = Checkpoints(store, folder=folder, chat=CHAT)
    first = await checkpoints.seal(AT)
    again = await checkpoints.seal(after(days=1))
    assert not again.fresh and again.exported == first.exported
    assert len(await posted()) == 1 and len(list(folder.iterdir())) == 1
    await append(store, expected=1)
    third = (await checkpoints.seal(after(days=2))).exported
    assert third is not None and third["number"] == 2
    assert len(await posted()) == 1 and len(list(folder.iterdir())) == 2


async def test_before_anything_has_happened_there_is_nothing_to_seal(store, folder):
    sealed = await Checkpoints(store, folder=folder).seal(AT)
    assert sealed.exported is None and not sealed.fresh and not list(folder.iterdir())


async def rewrite(store):
    """Change history, and everything in the database that would tell."""
    async with store.writing() as tx:
        for table in ("journal_personal", "journal", "journal_heads", "checkpoints"):
            await tx._session.execute(text(f"DELETE FROM {table}"))
        await tx.journal.append("incident:1", 0, [entry("无人受伤")])
        await tx.journal.checkpoint(AT)


@pytest.mark.parametrize("kept", ["file", "chat"])
async def test_a_history_that_was_rewritten_whole_is_found_against_what_was_kept_outside(store, posted, folder, kept):
    sealed = await Checkpoints(store, folder=folder, chat=CHAT).seal(AT)
    [words] = await posted()
    outside = json.loads(next(folder.iterdir()).read_text(encoding="utf-8")) if kept == "file" else read_posted(words)
    assert outside is not None and sealed.exported is not None and outside["hash"] == sealed.exported["hash"]
    async with store.reading() as rx:
        assert await rx.journal.verify(checkpoint=outside) == []
    await rewrite(store)
    async with store.reading() as rx:
        assert await rx.journal.verify() == []
        assert "checkpoint" in {fault.kind for fault in await rx.journal.verify(checkpoint=outside)}


async def test_a_changed_record_is_said_aloud_every_day(store, posted, logged):
    metrics = Metrics()
    checkpoints = Checkpoints(store, chat=CHAT, metrics=metrics)
    await checkpoints.seal(AT)
    await posted()
    async with store.writing() as tx:
        await tx._session.execute(text("UPDATE journal SET body = replace(body, '4', '0')"))
    for day in (1, 2):
        sealed = await checkpoints.seal(after(days=day))
        assert sealed.faults and not sealed.fresh
        [words] = await posted()
        assert "检查发现" in words and "请立即请管理员核对" in words
    assert metrics.registry.get_sample_value("tocsin_audit_findings", {"kind": "journal"}) == len(sealed.faults)
    assert {line["event"] for line in logged} == {"journal.fault"}


async def test_a_chat_that_the_bot_has_never_seen_is_logged_and_the_checkpoint_made(store, posted, logged):
    assert (await Checkpoints(store, chat=-5).seal(AT)).fresh
    assert [line["event"] for line in logged] == ["checkpoint.unknown_chat"] and await posted() == []


async def test_a_process_that_lost_its_lease_seals_nothing(store, posted):
    class Lost(Always):
        async def fence(self, tx):
            raise LostClaim("rounds", "one")

    with pytest.raises(LostClaim):
        await Checkpoints(store, chat=CHAT, lease=Lost()).seal(AT)
    async with store.reading() as rx:
        assert await rx.journal.latest_checkpoint() is None
    assert await posted() == []


async def test_a_file_that_cannot_be_written_does_not_undo_the_checkpoint(store, posted, tmp_path):
    in_the_way = tmp_path / "folder"
    in_the_way.write_text("")
    with pytest.raises(OSError):
        await Checkpoints(store, folder=in_the_way).seal(AT)
    async with store.reading() as rx:
        assert (await rx.journal.latest_checkpoint()).number == 1


EXPORTED = {"number": 12, "at": "2026-03-02T02:20:00.000000Z", "hash": "ab" * 32, "heads": {"incident:1": {}}}


def test_the_hash_can_be_copied_with_one_touch_and_is_read_back():
    message = checkpoint_message(EXPORTED, 0)
    [code] = message.entities
    assert code.type == "code" and message.text[code.offset : code.end] == "ab" * 32
    assert read_posted(f"转发自警钟：\n{message.text}") == {"number": 12, "hash": "ab" * 32, "heads": {}}
    assert read_posted("第12号") is None


def test_a_file_is_whole_or_not_there(tmp_path):
    path = write_file(tmp_path / "a" / "b", EXPORTED)
    assert json.loads(path.read_text()) == EXPORTED and stat.S_ISREG(path.stat().st_mode)
    assert write_file(tmp_path / "a" / "b", EXPORTED) == path


def test_after_a_restore_the_seat_reads_what_is_missing_and_what_to_check():
    incidents = [
        Overdue(number=17, drill=False, state="responding", reports=[("书面首报", AT)]),
        Overdue(number=2, drill=True, state="reported"),
    ]
    assert restored_message(AT, 3, 1, incidents).text.splitlines() == [
        "【已从备份恢复】",
        "数据只到2026年3月2日10:20为止。此后的报告、报送和应答都不在系统里，请按电话记录和聊天记录核对补记。",
        "备份时还没发出的3条消息不再补发。其中1条不知道是否发出过。",
        "恢复时仍在办理的事件，请逐件核对：",
        "17号　响应中",
        "　书面首报，应于2026年3月2日10:20",
        "演2号　已接报",
    ]
    assert restored_message(AT, 0, 0, []).text.splitlines()[-1] == "恢复时没有进行中的事件。"
    many = restored_message(AT, 0, 0, [Overdue(number=n, drill=False, state="ended") for n in range(25)])
    assert many.text.splitlines()[-1] == "　另有5件事件，发 /status 查看。"
