"""``tocsin desk instructions``: the shape of docs/contract.md, days, what is still open from before."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office.desk import new_case
from bot.service import Requester, Service, Step
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.results import DeclineInstruction, SettleInstruction
from storage import open_store
from tests import stage
from tests.bot.cli.conftest import CAMPUS, Tocsin
from tests.bot.cli.shapes import FLAG, LIST, TEXT, holds

MORNING = datetime(2026, 3, 2, 11, 0, tzinfo=SHANGHAI)
UNITS = ("区教育局", "区应急管理局")
INSTRUCTION = {
    "id": TEXT, "number": int, "plan": TEXT, "state": TEXT, "open": FLAG, "giver": (TEXT, None),
    "recorded_by": (TEXT, None), "way": (TEXT, None), "given_at": (TEXT, None), "text": TEXT, "due": (TEXT, None),
    "urgent": FLAG, "incident": (TEXT, None), "sent_at": (TEXT, None),
    "recipients": [{
        "to": TEXT, "status": TEXT, "reachable": FLAG, "answered_at": (TEXT, None), "settled_at": (TEXT, None),
        "by": (TEXT, None), "recorded": FLAG, "result": (TEXT, None), "reason": (TEXT, None), "evidence": LIST,
    }],
}  # fmt: skip


def keep_instructions(database: Path) -> None:
    """Give one instruction that two units answer, and draft another."""

    async def go() -> None:
        ids = iter(f"instruction-{number}" for number in range(9))
        clock = VirtualClock(MORNING)
        async with await open_store(f"sqlite+aiosqlite:///{database}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), clock, new_id=lambda: next(ids))
            async with store.writing() as tx:
                duty = await stage.enter(tx, chat=70_101, name="周值班", at=MORNING)
                await stage.grant(tx, duty, CAMPUS, "duty", at=MORNING)
                liaisons = [
                    await stage.enter(tx, chat=70_102 + at, name=unit, at=MORNING) for at, unit in enumerate(UNITS)
                ]
                for unit, person in zip(UNITS, liaisons, strict=True):
                    await stage.grant(tx, person, CAMPUS, "liaison", unit=unit, at=MORNING)
                group = await stage.enter_group(tx, chat=-70_101, title="指挥群二", at=MORNING)
                await stage.bind(tx, group, CAMPUS, "command", at=MORNING)
            who = Requester(person_id=duty.id)
            opens = OpenInstruction(
                text="全区排查", giver="王副区长", way="会议", due=MORNING + timedelta(days=7),
                recipients=tuple(f"unit:{unit}" for unit in UNITS),
            )  # fmt: skip
            [stream] = (
                await service.execute([new_case("instruction", CAMPUS, opens)], cause="i1", requester=who)
            ).streams
            answers = (
                (GiveInstruction(), duty), (SettleInstruction(text="已排查32处", evidence=("photo:p1",)), liaisons[0]),
                (DeclineInstruction(reason="不属本单位"), liaisons[1]),
            )  # fmt: skip
            for number, (command, person) in enumerate(answers, 2):
                step = Step(stream=stream, command=command)
                done = await service.execute([step], cause=f"i{number}", requester=Requester(person_id=person.id))
                assert done.refusal is None, done.refusal
            draft = OpenInstruction(text="另一件")
            await service.execute([new_case("instruction", CAMPUS, draft)], cause="i9", requester=who)

    asyncio.run(go())


def test_it_prints_what_the_contract_says(tocsin: Tocsin, database: Path) -> None:
    keep_instructions(database)
    found = tocsin("desk", "instructions", "--from", "2026-03-02", "--to", "2026-03-02", "--json").json
    holds(found, [INSTRUCTION])
    assert [item["state"] for item in found] == ["sent", "draft"]
    first = found[0]
    assert (first["giver"], first["recorded_by"], first["way"]) == ("王副区长", "周值班", "会议")
    assert [(item["status"], item["result"], item["reason"]) for item in first["recipients"]] == [
        ("done", "已排查32处", None), ("declined", None, "不属本单位"),
    ]  # fmt: skip
    assert first["recipients"][0]["evidence"] == [{"kind": "photo", "digest": None}]
    later = tocsin("desk", "instructions", "--from", "2026-04-01", "--to", "2026-04-02", "--json").json
    assert len(later) == 2, "what is open from before is there too"
    assert tocsin("desk", "instructions", "--from", "2026-01-01", "--to", "2026-01-02", "--json").json == []
    out = tocsin("desk", "instructions", "--from", "2026-03-02", "--to", "2026-03-02").out
    assert "王副区长" in out and "办理中 1/2" in out


def test_wrong_use_says_what_is_wrong(tocsin: Tocsin, database: Path) -> None:
    ran = tocsin("desk", "instructions", "--plan", "nothing", "--from", "2026-03-02", "--to", "2026-03-02")
    assert ran.status == 2 and "没有“nothing”这个预案" in ran.err
