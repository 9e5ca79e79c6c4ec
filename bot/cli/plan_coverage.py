"""What acts on the clauses of a plan, as ``tocsin plans coverage`` prints it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bot.cli.table import table
from bot.texts import coverage as t
from plans.acting import Act
from plans.coverage import Covered, coverage
from plans.model import Plan


def covered(plan: Plan) -> list[Covered]:
    """Return the clauses with what acts on them; whatever the program can do is imported for it."""
    import_acts()
    return coverage(plan)


def import_acts() -> None:
    """Import all that may act: what registers an act is known only when it was imported."""
    for module in ("handlers.register", "plans.kinds", "plans.lint", "plans.periods"):
        import_module(module)


def shapes(plan: Plan, clauses: list[Covered]) -> list[dict[str, Any]]:
    """Return the clauses as docs/contract.md has them."""
    return [
        {
            "plan": plan.id,
            "clause": item.clause,
            "title": item.title,
            "acts": [
                {"kind": act.kind, "name": act.name, "title": t.ACTS[act.kind, act.name], "parts": list(parts)}
                for act, parts in item.acts.items()
            ],
        }
        for item in clauses
    ]


def lines(plan: Plan, clauses: list[Covered], *, idle_only: bool) -> list[str]:
    """Return the clauses for people, and a line that counts them."""
    rows = [
        (
            item.clause,
            item.title,
            "；".join(f"{t.KINDS[act.kind]}：{t.ACTS[act.kind, act.name]}" for act in item.acts) or t.NOTHING,
        )
        for item in clauses
        if not (idle_only and item.acts)
    ]
    idle = sum(not item.acts for item in clauses)
    counts = {"plan": plan.title, "encoded": len(clauses), "acting": len(clauses) - idle, "idle": idle}
    return [*table(rows, ("条款", "标题", "谁照它办")), (t.SUMMARY if idle else t.NO_IDLE).format(**counts)]


def _said(act: Act) -> str:
    return f"{t.KINDS[act.kind]}：{t.ACTS[act.kind, act.name]}"
