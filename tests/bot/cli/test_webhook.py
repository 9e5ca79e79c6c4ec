"""``tocsin webhook``: an address is allowed with its secret once, what did not arrive is listed and sent again."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import open_store
from tests.bot.cli.conftest import CAMPUS, Tocsin

URL = "https://hook.example.cn/tocsin?key=of-the-path"
PLACE = ("--jurisdiction", CAMPUS.jurisdiction.name)


TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN)


def given_up(path: Path) -> None:
    """Ask for a test and let it be given up."""

    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store, store.writing() as tx:
            now = datetime.now(UTC)
            [message] = await tx.webhooks.due(now, 10, (), ())
            await tx.webhooks.dead(message.id, now, "status 500")

    asyncio.run(go())


def test_an_address_from_its_permission_to_its_end(tocsin: Tocsin, database: Path) -> None:
    made = tocsin("webhook", "add", URL, *PLACE, "--types", "incident,warning.issued", "--json").json
    assert made["secret"].startswith("whsec_") and len(made["secret"]) == 38
    [listed] = tocsin("webhook", "list", "--json").json
    assert (listed["types"], listed["dead"], listed["stopped"]) == (["incident", "warning.issued"], 0, None)
    shown = tocsin("webhook", "list")
    for ran in (shown, tocsin("webhook", "list", "--json")):
        assert "of-the-path" not in ran.out and made["secret"] not in ran.out
    assert "推送事件、warning.issued" in shown.out and "命令行" in shown.out
    assert tocsin("webhook", "test", made["id"]).status == 0
    given_up(database)
    [dead] = tocsin("webhook", "dead", "--json").json
    assert (dead["type"], dead["error"], dead["tries"]) == ("webhook.test", "status 500", 1)
    assert "1条正在重发" in tocsin("webhook", "resend", made["id"]).out
    assert tocsin("webhook", "dead", "--json").json == [] and "没有没送到的" in tocsin("webhook", "dead").out
    assert tocsin("webhook", "remove", made["id"]).status == 2
    assert "已删去" in tocsin("webhook", "remove", made["id"], "--yes").out
    assert tocsin("audit", "verify", "--json").json["ok"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "https://127.0.0.1/", *PLACE), "内网和本机"), (("add", "http://hook.example.cn/", *PLACE), "https"),
        (("add", URL, "--jurisdiction", "某处"), "没有“某处”的预案"),
        (("add", URL, *PLACE, "--types", "x"), "不是推送的种类"),
        (("test", "none"), "早已删去"), (("resend", "none"), "早已删去"), (("resume", "none"), "早已删去"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(tocsin: Tocsin, database: Path, words: tuple[str, ...], said: str) -> None:
    ran = tocsin("webhook", *words)
    assert ran.status == 2 and said in ran.err and ran.err.count("\n") == 1
