"""What a plan refers to for its carrying out (附录, 预案, 法规, 标准), beside the statements at which it helps."""

from __future__ import annotations

from collections.abc import Iterable

from plans.acting import carries_out
from plans.clauses import place
from plans.model import Citation, Frozen, Plan


@carries_out("list", "cites", "Citation")
def cited_at(plan: Plan, statements: Iterable[Frozen]) -> list[Citation]:
    """Return what helps at some statements of a plan: what their clauses refer to, and what is to be shown there."""
    if not plan.cites:
        return []
    at_hand = list(statements)
    clauses = {clause for item in at_hand if (clause := getattr(item, "clause", ""))}
    return [item for item in plan.cites if item.clause in clauses or _is_shown_at(plan, item, at_hand)]


def _is_shown_at(plan: Plan, item: Citation, statements: list[Frozen]) -> bool:
    parts = [part.of for at in item.shown_at for part in place(plan, at)]
    return any(_same(part, statement) for part in parts for statement in statements)


def _same(one: Frozen, other: Frozen) -> bool:
    return one is other or (type(one) is type(other) and not isinstance(one, Plan) and one == other)
