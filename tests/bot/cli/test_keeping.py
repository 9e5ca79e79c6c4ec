"""``tocsin audit`` and ``tocsin db``: checkpoints kept elsewhere, erasure, copies and bringing them back."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from pathlib import Path

import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.operations.checkpoints import write_file
from bot.service import Requester, Service, Step
from bot.simulate import cast
from bot.updates.collector import keep
from plans.core.command import Command
from plans.incident.closing import Reject
from plans.incident.evidence import AddEvidence, KeepEvidence
from storage import open_store
from tests.bot.cli.conftest import CAMPUS, START, Tocsin

WORDS = "楼梯踩踏，4名学生"
"""Of the report as it was typed; the matter of a declaration (place and class) was announced, and stays."""


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def rejected(path: Path) -> None:
    """Let the duty officer say that it was none."""
    execute(path, Reject(reason="核实为误报"), cast.person_id("duty"))


def pictured(path: Path) -> Path:
    """Let a photo be kept with the incident, and return where it lies."""
    execute(path, AddEvidence(kind="photo", reference="AgACAgQAAx0"), cast.person_id("school"))
    digest = keep(path.parent / "evidence", b"a photo", "photos/file_1.jpg")
    execute(path, KeepEvidence(reference="AgACAgQAAx0", digest=digest, size=7), "")
    [found] = (path.parent / "evidence").rglob(f"{digest}*")
    return found


def execute(path: Path, command: Command, who: str) -> None:
    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), VirtualClock(START), new_id=lambda: "")
            step = Step(stream="incident:real", command=command)
            result = await service.execute([step], cause=f"test:{command}", requester=Requester(person_id=who))
            assert result.refusal is None, result.refusal

    asyncio.run(go())


def test_a_checkpoint_is_written_once_and_the_record_is_held_against_it(tocsin: Tocsin, database: Path) -> None:
    made = tocsin("audit", "checkpoint", "sealed.json")
    assert (made.status, made.err) == (0, "") and "第1号检查点" in made.out
    assert tocsin("audit", "checkpoint", "sealed.json").status == 2
    printed = tocsin("audit", "checkpoint", "--json").json
    assert printed == json.loads(Path("sealed.json").read_text(encoding="utf-8"))  # nothing happened since
    clean = tocsin("audit", "verify", "--checkpoint", "sealed.json")
    assert clean.status == 0 and "与第1号检查点核对" in clean.out and "未发现改动" in clean.out


def test_the_words_of_a_posted_checkpoint_will_do(tocsin: Tocsin, database: Path) -> None:
    sealed = tocsin("audit", "checkpoint", "--json").json
    Path("posted.txt").write_text(f"【记录检查点】第1号（03月02日）\n校验码：\n{sealed['hash']}\n", encoding="utf-8")
    assert tocsin("audit", "verify", "--checkpoint", "posted.txt").status == 0
    Path("posted.txt").write_text(f"【记录检查点】第1号\n校验码：\n{'0' * 64}\n", encoding="utf-8")
    other = tocsin("audit", "verify", "--checkpoint", "posted.txt")
    assert other.status == 1 and "检查点 第1号：检查点不符" in other.out


BODY = "stream = 'incident:real' AND sequence"
CHANGES = {
    "内容被改动": [f"UPDATE journal SET body = replace(body, '一般', '较大') WHERE {BODY} > 1"],
    "被删除": [f"DELETE FROM journal WHERE {BODY} = 2"],
    "末尾被删除": ["DELETE FROM journal WHERE stream = 'incident:drill'"],
    "被调换位置": [
        f"UPDATE journal SET sequence = 9001 WHERE {BODY} = 2",
        f"UPDATE journal SET sequence = 2 WHERE {BODY} = 3",
        f"UPDATE journal SET sequence = 3 WHERE {BODY} = 9001",
    ],
    "个人内容被改动": ["UPDATE journal_personal SET value = '\"别的\"' WHERE key = 'text'"],
}


@pytest.mark.parametrize("words", CHANGES)
def test_what_was_changed_is_said_in_plain_words(tocsin: Tocsin, database: Path, words: str) -> None:
    tocsin("audit", "checkpoint", "sealed.json")
    change(database, *CHANGES[words])
    found = tocsin("audit", "verify", "--checkpoint", "sealed.json")
    assert found.status == 1 and found.err == ""
    assert words in found.out and "发现" in found.out and "先保全数据库文件" in found.out


def test_a_record_rewritten_with_its_checkpoints_is_found_by_the_one_kept_elsewhere(
    tocsin: Tocsin, database: Path
) -> None:
    tocsin("audit", "checkpoint", "sealed.json")
    for table in ("checkpoints", "journal_personal", "journal", "journal_heads"):
        change(database, f"DELETE FROM {table}")
    beside = tocsin("audit", "verify")
    assert beside.status == 1 and "身份与管理记录不符" in beside.out and "这项检查不包括" in beside.out
    for table in ("holdings", "seats", "place_plans"):
        change(database, f"DELETE FROM {table}")
    change(database, "UPDATE people SET real_name = '', office = '', confirmed_at = NULL")
    assert tocsin("audit", "verify").status == 0  # an empty record with nothing beside it looks whole
    found = tocsin("audit", "verify", "--checkpoint", "sealed.json")
    assert found.status == 1 and "检查点不符" in found.out


def test_what_was_said_is_erased_and_the_chain_is_whole(tocsin: Tocsin, database: Path) -> None:
    order = ("audit", "erase", "1", "--by", "孙管理", "--reason", "当事人申请", "--yes")
    too_soon = tocsin(*order)
    assert too_soon.status == 2 and "还没有归档" in too_soon.err
    photo = pictured(database)
    rejected(database)
    tocsin("audit", "checkpoint", "sealed.json")
    done = tocsin(*order, "--json")
    assert done.status == 0 and done.json["values"] >= 2 and done.json["messages"] >= 1
    assert done.json["files"] == 1 and not photo.exists()
    verified = tocsin("audit", "verify", "--checkpoint", "sealed.json")
    assert verified.status == 0, verified.out
    assert WORDS.encode() not in b"".join(path.read_bytes() for path in database.parent.glob("tocsin.db*"))
    shown = tocsin("incidents", "show", "1")
    assert shown.status == 0 and WORDS not in shown.out and "未发现改动" in shown.out
    assert "市委" in shown.out  # what was done stays
    again = tocsin(*order, "--json")
    assert again.status == 0 and again.json["values"] == 0
    admin = [
        row[0] for row in sqlite3.connect(database).execute("SELECT body FROM journal WHERE stream LIKE 'admin:%'")
    ]
    admin = [body for body in admin if '"cause":"vouched' not in body]
    assert len(admin) == 1 and all('"personal-erased"' in body and "当事人申请" in body for body in admin)
    assert not any("孙管理" in body for body in admin)  # a name is a digest there, too


def test_a_copy_is_taken_and_brought_back(tocsin: Tocsin, database: Path) -> None:
    made = tocsin("db", "backup", "copy.db", "--json")
    assert (made.status, made.err) == (0, "")
    assert made.json["faults"] == 0 and made.json["entries"] >= 5
    assert tocsin("db", "backup", "copy.db").status == 2
    change(database, "DELETE FROM causes")
    kept = tocsin("db", "restore", "copy.db")
    assert kept.status == 2 and "--overwrite" in kept.err
    done = tocsin("db", "restore", "copy.db", "--overwrite")
    assert (done.status, done.err) == (0, "")
    assert "改名为" in done.out and "不再补发" in done.out and "记录未发现改动" in done.out
    assert sqlite3.connect(database).execute("SELECT count(*) FROM causes").fetchone()[0] >= 5
    assert tocsin("incidents", "show", "1").status == 0


def test_a_changed_record_is_copied_faithfully_and_said(tocsin: Tocsin, database: Path) -> None:
    change(database, *CHANGES["内容被改动"])
    made = tocsin("db", "backup", "copy.db")
    assert made.status == 1 and "处异常" in made.out and Path("copy.db").exists()


def test_settling_is_said_in_words(tocsin: Tocsin, database: Path) -> None:
    done = tocsin("db", "settle")
    assert done.status == 0 and "不再补发" in done.out
    assert tocsin("db", "settle", "--json").json["dropped"] == 0


@pytest.mark.parametrize("words", [("db", "backup", "copy.db"), ("db", "restore", "copy.db")])
def test_postgresql_has_tools_of_its_own(tocsin: Tocsin, tmp_path: Path, monkeypatch, words: tuple[str, ...]) -> None:
    (tmp_path / "copy.db").touch()
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "postgresql+asyncpg://u:p@127.0.0.1:1/x")
    ran = tocsin(*words)
    assert ran.status == 2 and "pg_dump" in ran.err


@pytest.mark.parametrize("words", [("db", "backup", "copy.db"), ("audit", "checkpoint"), ("db", "settle")])
def test_without_a_database_nothing_is_made(tocsin: Tocsin, tmp_path: Path, monkeypatch, words) -> None:
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(tmp_path / "none.db"))
    ran = tocsin(*words)
    assert ran.status == 2 and "没有数据库" in ran.err
    assert not list(tmp_path.glob("*.db*"))


def test_every_export_is_for_its_owner_alone(tocsin: Tocsin, database: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        for words in (
            ("directory", "export", "a.csv"), ("directory", "export", "a.xlsx"), ("directory", "export", "a.vcf"),
            ("audit", "checkpoint", "a.json"), ("db", "backup", "a.sqlite3"),
        ):  # fmt: skip
            ran = tocsin(*words)
            assert ran.status == 0, ran.err
            assert (tmp_path / words[-1]).stat().st_mode & 0o777 == 0o600, words
        folder = tmp_path / "checkpoints"
        path = write_file(folder, {"number": 1, "hash": "x", "heads": {}})
        assert (folder.stat().st_mode | path.stat().st_mode) & 0o077 == 0
    finally:
        os.umask(before)
