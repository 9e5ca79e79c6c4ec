"""``tocsin line``: a line is offered, agreed to, connected, listed and ended; what is wrong is one sentence."""

from __future__ import annotations

import asyncio
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import open_store
from storage.submissions import NewSubmission
from tests.bot.cli.conftest import CAMPUS, Tocsin

BELOW, ABOVE = CAMPUS.jurisdiction.name, "晋城市"
TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN)


def gone_up_in_vain(path: Path, line: str) -> None:
    """Let a report be given up."""

    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store, store.writing() as tx:
            now = datetime.now(UTC)
            new = NewSubmission(line_id=line, stream="incident:1", number=9, key="k", body={}, created_at=now)
            await tx.submissions.enqueue([new])
            [row] = await tx.submissions.due(now, 10)
            await tx.submissions.dead(row.id, now, "status 401")

    asyncio.run(go())


def test_a_line_from_its_offer_to_its_end(tocsin: Tocsin, database: Path) -> None:
    assert "已记下" in tocsin("line", "offer", BELOW, ABOVE, "市委、市政府").out
    [listed] = tocsin("line", "list", "--json").json
    assert (listed["from"], listed["to"], listed["recipients"]) == (BELOW, ABOVE, ["市委", "市政府"])
    assert (listed["agreed_at"], listed["origin"]) == (None, None)
    assert "已同意" in tocsin("line", "agree", listed["id"]).out
    gone_up_in_vain(database, listed["id"])
    [dead] = tocsin("line", "dead", "--json").json
    assert (dead["incident"], dead["error"], dead["tries"]) == ("incident:1", "status 401", 1)
    assert "status 401" in tocsin("line", "dead").out and "1件没送到" in tocsin("line", "list").out
    assert tocsin("line", "end", listed["id"]).status == 2
    assert "已结束" in tocsin("line", "end", listed["id"], "--yes").out
    assert tocsin("line", "list", "--json").json == [] and "还没有报送关系" in tocsin("line", "list").out
    assert tocsin("audit", "verify", "--json").json["ok"]


def test_another_installation_is_connected_by_a_token_that_is_asked_for(
    tocsin: Tocsin, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "tocsin_" + "a" * 43
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{secret}\n"))
    ran = tocsin("line", "connect", BELOW, ABOVE, "https://city.example.cn", "市委")
    assert ran.status == 0 and "已接通" in ran.out and secret not in ran.out + ran.err
    [listed] = tocsin("line", "list", "--json").json
    assert listed["origin"] == "https://city.example.cn" and listed["agreed_at"]
    assert secret.encode() not in database.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("offer", BELOW, "阳泉市", "市委"), "没有“阳泉市”的预案"),
        (("offer", BELOW, ABOVE, "省纪委"), "不是所辖预案写明"),
        (("offer", BELOW, BELOW, "市委"), "自己"),
        (("agree", "none"), "没有这个"),
        (("end", "none", "--yes"), "没有这个"),
    ],
)
def test_what_is_wrong_is_one_sentence(tocsin: Tocsin, database: Path, words: tuple[str, ...], said: str) -> None:
    ran = tocsin("line", *words)
    assert ran.status == 2 and said in ran.err and ran.err.count("\n") == 1
