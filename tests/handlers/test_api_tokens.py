"""``/token``: made in private by who administers, shown once, ended with one tap; nobody else, and no other way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.office.api_tokens import PREFIX, ask_about_ending
from bot.office.api_wanted import NotRead, read_wanted
from bot.operations import proof
from bot.sealed import digest
from bot.texts.api_tokens import MESSAGES
from storage.api_tokens import ApiToken
from tests.handlers.test_wall import CITY, WATER, second_place
from tests.journeys.world import JURISDICTION, NIGHT, PLAN, Town, plans

SAME = "给{}换口令（3月2日制发）"
SECRET = re.compile(rf"{PREFIX}[\w-]{{44}}")
ASKED = f"/token 110平台 报告+查询 {PLAN}"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """孙管理 has both jurisdictions by the settings, 周值班 administers the second, 陈主任 the first."""
    async with Town.open() as town:
        await second_place(town)
        yield town
        async with town.open_store.reading() as rx:
            faults = [*await rx.journal.verify(), *await proof.examine(rx, town.clock.now())]
        assert [fault for fault in faults if fault.kind == "token"] == []


async def tokens(town: Town, jurisdiction: str = JURISDICTION) -> list[ApiToken]:
    async with town.open_store.reading() as rx:
        return await rx.api_tokens.of(jurisdiction, town.clock.now())


async def events(town: Town, jurisdiction: str = JURISDICTION) -> list[str]:
    async with town.open_store.reading() as rx:
        return [item.event for item in await rx.journal.load(f"admin:{jurisdiction}") if item.event.startswith("api")]


async def test_a_token_is_shown_before_it_is_made_once_and_kept_nowhere(town: Town) -> None:
    await town.say(town.admin, town.bot, ASKED)
    shown = town.texts(town.admin)[-1]
    assert all(word in shown for word in ("110平台", "报告、查询", JURISDICTION, "每分钟最多120次"))
    assert PREFIX not in shown
    assert await tokens(town) == []
    asked = town.button(town.admin, "确认制发")
    for _ in range(2):
        town.admin.press(asked, "确认制发")
    await town.settle()
    told = town.texts(town.admin)[-1]
    found = SECRET.search(told)
    assert found is not None and told.count(PREFIX) == 1
    [token] = await tokens(town)
    assert token.digest == digest(found[0]) and (token.plans, token.scopes) == ((PLAN,), ("report", "read"))
    assert token.until - token.created_at == timedelta(days=365)
    assert await events(town) == ["api-token-made"]
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.admin.id)
        assert known is not None
        rows = str([row.payload for row in await rx.outbox.to_person(known.id)])
        entries = str([entry.payload for entry in await rx.journal.load(f"admin:{JURISDICTION}")])
    assert PREFIX in rows and found[0] not in rows and found[0] not in entries
    assert any("110平台" in text and "撤销" in text for text in town.texts(town.director)), "others know"


async def test_whoever_administers_ends_it_with_one_tap_and_who_made_it_may_be_gone(town: Town) -> None:
    await town.say(town.admin, town.bot, ASKED)
    await town.press(town.admin, "确认制发")
    press = await town.press(town.director, "撤销")
    assert "已撤销“110平台”" in (await press.answer() or "")
    assert await tokens(town) == [] and await events(town) == ["api-token-made", "api-token-revoked"]
    await town.say(town.admin, town.bot, "/token")
    assert "还没有接口口令" in town.texts(town.admin)[-1]


async def test_the_same_name_is_asked_whether_it_is_the_same_system_and_keeps_what_it_was(town: Town) -> None:
    for answer in ("确认制发", "是另一个系统，确认制发"):
        await town.say(town.admin, town.bot, ASKED)
        await town.press(town.admin, answer)
    first, second = await tokens(town)
    await town.press(town.director, "撤销")  # the newest
    await town.say(town.admin, town.bot, f"{ASKED.replace('+查询', '')} 90天")
    shown = town.texts(town.admin)[-1]
    assert "已经有过叫“110平台”的口令" in shown and "（已撤销）" in shown and "（有效）" in shown
    asked, same = town.button(town.admin, SAME.format(2)), SAME.format(2)
    for _ in range(2):
        town.admin.press(asked, same)
    await town.settle()
    told = town.texts(town.admin)[-1]
    found = SECRET.search(told)
    assert found is not None and "旧口令到3月9日还能用" in told
    [kept] = await tokens(town)
    assert (kept.id, kept.digest, kept.digest_before) == (first.id, digest(found[0]), first.digest)
    assert kept.scopes == ("report",) and kept.created_at == first.created_at
    assert (kept.until - town.clock.now()).days in (89, 90)
    assert [item for item in town.texts(town.director) if "换了接口口令" in item and "撤销" in item]
    await town.say(town.admin, town.bot, ASKED)
    await town.press(town.admin, SAME.format(1))
    told = town.texts(town.admin)[-1]
    assert "旧口令已不能用" in told and [item.id for item in await tokens(town)] == [first.id, second.id]
    assert await events(town) == [
        "api-token-made", "api-token-made", "api-token-revoked", "api-token-replaced", "api-token-replaced",
    ]  # fmt: skip
    town.second.start(town.bot)
    await town.say(town.second, town.bot, ASKED.replace(PLAN, WATER))
    assert not [line for line in town.second.timeline(town.bot) if "换口令" in str(line.labels())], "of its place alone"


async def test_a_token_that_ends_soon_is_asked_about_on_fridays_and_renewed_with_one_tap(town: Town) -> None:
    await town.say(town.admin, town.bot, f"{ASKED} 20天")
    await town.press(town.admin, "确认制发")
    [token] = await tokens(town)
    assert town.program is not None
    for days, asked in ((0, 0), (4, 0), (11, 1), (12, 1)):  # Monday, Friday too early, Friday, Saturday
        now = NIGHT + timedelta(days=days)
        await ask_about_ending(town.program.service, now)
        await ask_about_ending(town.program.service, now)
        await town.settle()
        assert len(town.told(town.director, "快到期了")) == asked, now
    press = await town.press(town.director, "续一年 1 110平台")
    assert "再用一年" in (await press.answer() or "")
    [renewed] = await tokens(town)
    assert (renewed.digest, renewed.until - token.until > timedelta(days=300)) == (token.digest, True)
    assert await events(town) == ["api-token-made", "api-token-renewed"]


async def test_only_in_private_only_by_who_administers_there(town: Town) -> None:
    await town.say(town.duty, town.bot, ASKED)
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, ASKED)
    await town.say(town.second, town.bot, ASKED)  # administers the other jurisdiction alone
    for person in (town.duty, town.stranger, town.second):
        assert not [line for line in person.timeline(town.bot) if "确认制发" in line.labels()], person.name
    await town.say(town.admin, town.group, ASKED)
    assert "私聊" in town.texts(town.admin, town.group)[-1]
    await town.say(town.second, town.bot, f"/token 119平台 回复 市交通局 {WATER} 90天 30次")
    await town.press(town.second, "确认制发")
    [token] = await tokens(town, CITY)
    assert (token.units, token.rate, token.scopes) == (("市交通局",), 30, ("answer",)) and await tokens(town) == []
    assert (token.until - token.created_at).days == 90


async def test_a_confirmation_does_nothing_for_who_administers_no_more(town: Town) -> None:
    await town.say(town.director, town.bot, ASKED)
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.director.id)
        assert known is not None
        for item in await tx.people.holdings(known.id):
            if item.role == "admin":
                await tx.people.revoke(item.id, town.clock.now())
    town.director.press(town.button(town.director, "确认制发"), "确认制发")
    await town.settle()
    assert await tokens(town) == [] and await events(town) == []


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("110平台", "token_scope"), ("x 报告", "token_name"), ("https://a.cn 报告", "token_name"),
        ("03562250777 报告", "token_name"), ("110平台 报告", "token_place"),
        (f"110平台 报告 {PLAN} 胡说", "token_word"),
        (f"110平台 回复 {PLAN}", "token_units"), (f"110平台 报告 {PLAN} 区消防救援大队", "token_units"),
        (f"110平台 报告 {PLAN} 3年", "token_days"), (f"110平台 报告 {PLAN} 到2026-02-30", "token_days"),
        (f"110平台 报告 {PLAN} 到2026-01-01", "token_days"), (f"110平台 报告 {PLAN} 9999次", "token_rate"),
        (f"110平台 报告+回复 事发学校 {PLAN}", "token_word"), (f"110平台 报告 {PLAN} {WATER}", "token_place"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_refused(said: str, key: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_wanted(said.split(), [*plans().values()], NIGHT)
    assert refused.value.key == key
    assert MESSAGES[key].format(**refused.value.values)
