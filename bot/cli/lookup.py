"""``tocsin phone`` and ``tocsin who``: whom to ring, and who is responsible."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.output import AsJson, Limit, PlanId, Wrong, chosen, emit


def phone(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="单位（中文、拼音、拼音首字母）或号码的一部分")],
    plan: PlanId = "",
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """查电话：按单位名称、拼音、首字母或号码的一部分。

    例如 tocsin phone 卫健局，tocsin phone wjj，tocsin phone 2039411，tocsin phone "水务局 传真"。
    """
    from plans.directory import PhoneBook, phone_book
    from plans.directory.shipped import shipped

    if not query.strip():
        raise Wrong("请写要查的单位或号码，例如 tocsin phone 消防")
    lines = shipped(plan)
    book = PhoneBook(lines) if lines is not None else phone_book(chosen(plan))
    hits = book.search(query, limit=limit)
    if as_json:
        emit([hit.as_json() for hit in hits])
        return
    from bot.cli.table import table

    rows = [(hit.unit + (f"（{hit.label}）" if hit.label else ""), hit.dial, hit.kind, hit.plan) for hit in hits]
    for line in table(rows, indent=0) or ["没有找到；可试简称、拼音首字母或号码的一部分。"]:
        typer.echo(line)


def who(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="事项，如 燃气、校车、食物中毒")],
    plan: PlanId = "",
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """查职责：某件事由谁负责，依据哪一条。"""
    from plans.directory import responsible

    if not subject.strip():
        raise Wrong("请写要查的事项，例如 tocsin who 燃气")
    answers = responsible(chosen(plan), subject, limit=limit)
    if as_json:
        emit([item.as_json() for item in answers])
        return
    from bot.cli.table import table

    rows = [(item.unit, item.duty, item.clause, item.plan) for item in answers]
    for line in table(rows, ("单位", "职责", "条款", "预案"), indent=0) or ["没有找到；可换一个说法，或只写关键的词。"]:
        typer.echo(line)
