"""A system that is given another secret reads and goes on with its own; another one of the same name never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.office import api_tokens
from bot.office.api_tokens import PREFIX, end, new_secret, put_in_place
from bot.operations import proof
from bot.sealed import digest
from storage.api_tokens import ApiToken
from tests.bot.web.api.asking import BASE, Platform, asking, token_of
from tests.journeys.world import STAMPEDE, Town

WORDS = {"text": STAMPEDE}


async def another(town: Town, before: ApiToken, **fields: object) -> str:
    """Give the system of a token another secret, and return it."""
    secret, now = new_secret(), town.clock.now()
    wanted = replace(before, digest=digest(secret), revoked_at=None, until=now + timedelta(days=90), **fields)  # type: ignore[arg-type]
    async with town.open_store.writing() as tx:
        found = await tx.api_tokens.get(before.id)
        assert found is not None
        await put_in_place(tx, found, wanted, by="p1", cause=f"test:{secret}", now=now)
    return secret


async def test_another_secret_of_the_same_system_and_the_same_name_of_another_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api_tokens, "BOTH", timedelta(minutes=2))
    async with Town.open(board=BASE) as town, asking(town) as nobody:
        token, secret = await token_of(town, "report")
        old = replace(nobody, secret=secret)
        first = await old.createReport(body=WORDS, key="20260301-17")
        assert first.status == 201
        _, foreign = await token_of(town, "report")
        namesake = replace(nobody, secret=foreign, address="10.7.0.2")
        new = replace(nobody, secret=await another(town, token), address="10.7.0.3")

        async def met(who: Platform) -> tuple[int, int]:
            more = await who.updateReport(id=first["id"], body={"text": f"现场又来了{who.address}辆救护车"})
            return (await who.getReport(id=first["id"])).status, more.status

        assert await met(new) == (200, 201), "its own, by another secret"
        assert await met(namesake) == (404, 404), "a name says nothing"
        assert await met(old) == (200, 201), "nothing is refused while it is typed in"
        again = await new.createReport(body=WORDS, key="20260301-17")
        assert (again["id"], again.headers["Idempotency-Replayed"]) == (first["id"], "true"), "its keys are its keys"
        await town.clock.advance(timedelta(minutes=2))
        assert (await met(old), await met(new)) == ((401, 401), (200, 201)), "and no longer: the old one opens nothing"

        # A secret that leaked: who has it asked a moment ago, so that he is known, and is shut out all the same.
        leaked, thief = new, replace(nobody, secret=new.secret, address="10.7.0.4")
        assert (await thief.createReport(body=WORDS, key="thief")).status == 201
        async with town.open_store.writing() as tx:
            known = await tx.api_tokens.get(token.id)
            assert known is not None and await end(tx, known, by="p1", cause="leaked", now=town.clock.now())
        new = replace(nobody, secret=await another(town, token), address="10.7.0.5")
        assert (await thief.createReport(body={"text": "假的"}, key="thief-2")).status == 401
        assert await met(leaked) == (401, 401) and await met(new) == (200, 201)
        # Less is asked for than before: the system has less from then on.
        reader = replace(nobody, secret=await another(town, token, scopes=("read",)), address="10.7.0.6")
        assert (await reader.getReport(id=first["id"]))["code"] == "not-allowed"
        await town.settle()
        async with town.open_store.reading() as rx:
            entries = [item for item in await rx.journal.load(f"admin:{token.jurisdiction}") if "token" in item.payload]
            faults = [fault for fault in await proof.examine(rx, town.clock.now()) if fault.kind == "token"]
        assert [item.event for item in entries if item.payload["token"] == token.id] == [
            "api-token-made", "api-token-replaced", "api-token-revoked", "api-token-replaced", "api-token-replaced",
        ]  # fmt: skip
        assert PREFIX not in str([item.payload for item in entries]) and faults == []
        async with town.open_store.writing() as tx:
            kept = await tx.api_tokens.get(token.id)
            assert kept is not None
            await tx.api_tokens.replace(replace(kept, digest_before=digest(secret), before_until=kept.until))
        async with town.open_store.reading() as rx:
            faults = [fault for fault in await proof.examine(rx, town.clock.now()) if fault.kind == "token"]
        assert len(faults) == 1, "who opens it behind the program's back for an old secret is found"
