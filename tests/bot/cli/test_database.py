"""``tocsin incidents``, ``audit``, ``db``: read from the configured database, and what stands in the way."""

import os
import re
import sqlite3
from pathlib import Path

import pytest

from bot.cli.database import _UNUSABLE, sentence
from storage import Unavailable, Unusable
from tests.bot.cli import shapes

RECORD = shapes.INCIDENT | {
    "events": [{"sequence": shapes.whole, "at": shapes.beijing, "actor": str, "event": shapes.some, "data": dict}],
    "obligations": [shapes.OBLIGATION],
    "calls": [{"unit": shapes.some, "status": shapes.some, "called_at": shapes.beijing}],
    "messages": [{"id": object, "state": shapes.some, "at": shapes.beijing}],
}


def test_incidents_are_listed(tocsin, database):
    ran = tocsin("incidents", "list", "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, [shapes.INCIDENT])
    real = next(row for row in ran.json if not row["drill"])
    assert (real["number"], real["state"], real["event_level"], real["response_level"]) == (
        1,
        "responding",
        "一般",
        "Ⅲ",
    )
    assert real["reported_at"] == "2026-03-02T10:30:00+08:00"
    assert real["occurred_at"] == "2026-03-02T10:20:00+08:00"
    assert [row["drill"] for row in ran.json].count(True) == 1
    people = tocsin("incidents", "list")
    assert "Ⅲ级响应" in people.out
    assert "演1号" in people.out
    assert len(tocsin("incidents", "list", "--limit", "1", "--json").json) == 1


@pytest.mark.parametrize("name", ["1", "1号", "real", "incident:real"])
def test_one_incident_with_all_that_is_on_record(tocsin, database, name):
    ran = tocsin("incidents", "show", name, "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, RECORD)
    assert [event["sequence"] for event in ran.json["events"]] == list(range(1, len(ran.json["events"]) + 1))
    first = next(row for row in ran.json["obligations"] if row["rule"] == "first-general")
    assert {item["recipient"]: item["taker"] for item in first["to"]} == {
        "市委": "市委值班员", "市政府": None, "区委": None, "区政府": None,
    }  # fmt: skip
    assert {call["unit"] for call in ran.json["calls"]} >= {"市公安局城区分局"}
    assert ran.json["messages"]


def test_the_record_for_people_is_one_page_with_its_integrity(tocsin, database):
    ran = tocsin("incidents", "show", "1")
    assert ran.status == 0
    assert "未发现改动" in ran.out
    assert "市委值班员" in ran.out
    assert "4.1.2" in ran.out
    drill = tocsin("incidents", "show", "演1")
    assert drill.out.startswith("【演练】")


def test_an_incident_that_is_not_there(tocsin, database):
    for name in ("2", "演2", "²", "x" * 500, "-1", ""):
        ran = tocsin("incidents", "show", "--", name)
        assert ran.status == 2
        assert "tocsin incidents list" in ran.err


def test_a_clean_record_is_verified(tocsin, database):
    ran = tocsin("audit", "verify", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json["ok"] is True
    assert ran.json["streams"] >= 2
    assert ran.json["faults"] == []
    assert "未发现改动" in tocsin("audit", "verify").out


def test_a_changed_record_is_the_answer_no(tocsin, database):
    connection = sqlite3.connect(database)
    body = connection.execute("SELECT body FROM journal WHERE stream = 'incident:real' AND sequence = 2").fetchone()[0]
    connection.execute("UPDATE journal SET body = ? WHERE stream = 'incident:real' AND sequence = 2", (body + " ",))
    connection.commit()
    connection.close()
    ran = tocsin("audit", "verify", "--json")
    assert (ran.status, ran.err) == (1, "")
    assert ran.json["ok"] is False
    shapes.holds(
        ran.json["faults"], [{"stream": shapes.some, "sequence": shapes.whole, "kind": shapes.some, "text": str}]
    )
    assert {fault["stream"] for fault in ran.json["faults"]} == {"incident:real"}
    people = tocsin("audit", "verify")
    assert people.status == 1
    assert "处异常" in people.out


def test_a_database_is_made_and_is_empty(tocsin, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(tmp_path / "new.db"))
    missing = tocsin("incidents", "list")
    assert missing.status == 2
    assert "tocsin db upgrade" in missing.err
    assert not (tmp_path / "new.db").exists(), "reading makes nothing"
    for _ in range(2):
        assert (tocsin("db", "upgrade").status, (tmp_path / "new.db").exists()) == (0, True)
    assert tocsin("incidents", "list", "--json").json == []
    assert "还没有事件" in tocsin("incidents", "list").out
    verified = tocsin("audit", "verify", "--json").json
    assert {key: verified[key] for key in ("ok", "streams", "faults")} == {"ok": True, "streams": 0, "faults": []}


def set_revision(path, revision):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "words", [("incidents", "list"), ("incidents", "show", "1"), ("audit", "verify"), ("db", "upgrade")]
)
def test_a_database_of_a_newer_program_is_left_alone(tocsin, database, words):
    set_revision(database, "r9999")
    ran = tocsin(*words)
    assert ran.status == 2
    assert "新版程序" in ran.err
    assert "Traceback" not in ran.err


HINDRANCES = {
    "bytes": "file is not a database",
    "folder": "是文件夹",
    "nowhere": "不存在",
    "mysql": "sqlite+aiosqlite",
    "postgres": "TOCSIN_DATABASE_URL",
}


@pytest.mark.parametrize("words", [("incidents", "list", "--json"), ("audit", "verify"), ("db", "upgrade")])
@pytest.mark.parametrize("what", HINDRANCES)
def test_what_stands_in_the_way_is_one_sentence(tocsin, tmp_path, monkeypatch, what, words):
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 20)
    url = {
        "bytes": str(tmp_path / "bytes"),
        "folder": str(tmp_path),
        "nowhere": str(tmp_path / "no" / "such" / "x.db"),
        "mysql": "mysql://x/y",
        "postgres": "postgresql+asyncpg://u:p@127.0.0.1:1/x",
    }[what]
    monkeypatch.setenv("TOCSIN_DATABASE_URL", url)
    ran = tocsin(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert "程序出错" not in ran.err
    if not (what == "postgres" and words[0] != "db"):
        assert HINDRANCES[what] in ran.err
    else:
        assert "连不上" in ran.err


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE customers (name)")
    connection.commit()
    connection.close()


CASES = {
    "a folder": (lambda path: path.mkdir(), "是文件夹"),
    "no folder": (lambda path: None, "不存在；请先建立"),
    "no database": (lambda path: path.write_text("这不是数据库" * 20), "不是SQLite数据库"),
    "another program's": (foreign, "别的程序的（里面有表 customers）"),
    "a later version's": (lambda path: None, "请换用新版程序"),
    "root's": (lambda path: None, "请改成它的文件（例如 chown tocsin: "),
}


@pytest.mark.parametrize("words", [("run",), ("db", "upgrade")], ids=" ".join)
@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_used_is_one_sentence_that_says_what_to_do(tocsin, tmp_path, monkeypatch, case, words, database):
    make, said = CASES[case]
    path = tmp_path / "x.db" if case != "no folder" else tmp_path / "no" / "x.db"
    if case in ("a later version's", "root's"):
        path = database
    make(path)
    if case == "a later version's":
        set_revision(database, "9999")
    if case == "root's":
        monkeypatch.setattr("storage.place.os.access", lambda asked, mode: not (asked == path and mode == os.W_OK))
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(path))
    monkeypatch.setenv("TOCSIN_TOKEN", "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw")
    monkeypatch.setenv("TOCSIN_API_URL", "http://127.0.0.1:9")
    ran = tocsin(*words)
    assert (ran.status, ran.out, len(ran.err.splitlines())) == (2, "", 1), ran.err
    assert said in ran.err
    assert not re.search(r"Traceback|程序出错|CREATE|SELECT|稍后再试|Errno", ran.err), ran.err


@pytest.mark.parametrize("kind", _UNUSABLE)
def test_every_hindrance_has_its_sentence(kind):
    said = sentence(Unusable(kind, "/var/lib/tocsin/t.db"))
    assert "{" not in said and re.search("请|应为", said) and len(said.splitlines()) == 1
    assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+ [a-z]+", said)


def test_a_database_that_cannot_be_reached_is_named_without_its_password(monkeypatch, tocsin):
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "postgresql+asyncpg://tocsin:geheim@127.0.0.1:1/tocsin")
    said = sentence(Unavailable("connection"))
    assert "PostgreSQL tocsin@127.0.0.1:1/tocsin" in said and "geheim" not in said
    ran = tocsin("incidents", "list")
    assert "geheim" not in ran.err and "127.0.0.1:1" in ran.err


def test_a_copy_is_brought_back_to_the_file_behind_a_link(tocsin, database, tmp_path, monkeypatch):
    assert tocsin("db", "backup", "copy.db").status == 0
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(database)
    before = database.stat().st_ino
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(link))
    ran = tocsin("db", "restore", "copy.db", "--overwrite")
    assert ran.status == 0, ran.err
    assert link.is_symlink() and link.resolve() == database and database.stat().st_ino != before
    assert [item.name for item in link.parent.iterdir()] == ["link.db"]
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(database))
    assert tocsin("incidents", "list", "--json").status == 0
