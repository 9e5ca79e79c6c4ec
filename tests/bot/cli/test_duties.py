"""``tocsin duties``: the plans' lists, how bearers stand in the database, the matrix in colours and words."""

from __future__ import annotations

import asyncio
from pathlib import Path

import openpyxl

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SystemClock
from bot.exchange.recurrence import recurrence
from bot.office.duties import keep_books
from bot.office.duty_overview import COLOURS
from bot.service import Service
from bot.texts.duty import STATUS
from plans.duty.owing import owing
from plans.load import load_all
from storage import open_store
from storage.duty_tables import DutySwitch
from tests.bot.cli.conftest import CAMPUS, Tocsin


def open_books(database: Path) -> None:
    """Switch the duties of the campus plan on in a database, and make the round."""

    async def run() -> None:
        clock = SystemClock()
        async with await open_store(f"sqlite+aiosqlite:///{database}") as store:
            numbers = iter(range(1000))
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), clock, new_id=lambda: f"book{next(numbers):03}")
            async with store.writing() as tx:
                place = CAMPUS.jurisdiction.name
                await tx.duties.switch(
                    DutySwitch(jurisdiction=place, plan_id=CAMPUS.id, on=True, since=clock.now(), by="admin")
                )
            await keep_books(service, clock.now())

    asyncio.run(run())


def test_what_recurs_has_a_rule_or_waits_for_the_offices_date(tocsin: Tocsin) -> None:
    rows = {(row["plan"], row["id"]): row for row in tocsin("duties", "list", "--json").json}
    duties = {(plan.id, duty.id): duty for plan in load_all().values() for duty in plan.duties}
    assert rows.keys() == duties.keys() and len(rows) == 158
    for key, duty in duties.items():
        row = rows[key]
        assert row["standing"] == (duty.every is None) and row["every"] == recurrence(duty.every)
        assert row["bearer"] and bool(row["often"]) == (duty.every is not None)
        if row["every"] is None:
            assert duty.every is None or duty.every.after or duty.every.before
        else:
            assert all(line.startswith("FREQ=") for line in row["every"].splitlines())
    assert "每季度" in tocsin("duties", "list").out


def test_how_bearers_stand_is_shown_and_exported(tocsin: Tocsin, database: Path) -> None:
    assert "还没有职责簿" in tocsin("duties", "show").out
    open_books(database)
    rows = tocsin("duties", "show", "--json").json
    assert {row["status"] for row in rows} <= set(STATUS) and {row["plan"] for row in rows} == {CAMPUS.id}
    assert tocsin("duties", "show", "--plan", "jincheng-energy", "--json").json == []
    late = tocsin("duties", "show", "--now", "2199-01-01T00:00:00+08:00", "--json").json
    assert late == [], "of this year only"
    shown = tocsin("duties", "show").out
    assert "待办" in shown
    assert "已写到" in tocsin("duties", "export", "总表.xlsx").out
    book = openpyxl.load_workbook("总表.xlsx")
    matrix, listed = book["总表"], book["明细"]
    names = [row[0].value for row in matrix.iter_rows(min_row=2)][:-1]
    assert len(names) == len(owing(CAMPUS, ()))
    cells = [cell for row in matrix.iter_rows(min_row=2, min_col=2) for cell in row if cell.value]
    assert cells and all(cell.value in STATUS.values() for cell in cells)
    by_word = {STATUS[name]: f"00{colour}" for name, colour in COLOURS.items()}
    assert all(cell.fill.fgColor.rgb == by_word[str(cell.value)] for cell in cells), "colours say what the words say"
    assert listed.max_row == len(rows) + 1
    last_days = {str(row[4].value) for row in listed.iter_rows(min_row=2)}
    moments = {row["due"][:10] for row in rows}
    assert all(one in shown for one in last_days) and not any(one in shown for one in moments - last_days), (
        "a period ends with its last day, on the screen as in the workbook"
    )
    for words, why in ((("总表.xlsx",), "已经有了"), (("总表.csv",), "应以 .xlsx 结尾")):
        refused = tocsin("duties", "export", *words)
        assert refused.status == 2 and why in refused.err
