"""The rows of a level table as they are applied: those that the plan writes, and those that it raises."""

from __future__ import annotations

from collections.abc import Iterator

from plans.model import All, LevelRow, Plan


def rows_of(plan: Plan) -> tuple[LevelRow, ...]:
    """Return the plan's rows, followed by each row at the higher level that a ``raises`` gives it.

    The highest level that holds wins, so that the row itself may stay as it is.
    """
    if plan.levels is None:
        return ()
    return (*plan.levels.rows, *(_raised(plan) if plan.levels.raises else ()))


def _raised(plan: Plan) -> Iterator[LevelRow]:
    table, order = plan.levels, plan.event_levels
    for more in table.raises if table is not None else ():
        for row in table.rows if table is not None else ():
            classes = _shared(row.classes, more.classes)
            level = order[min(order.index(row.level) + more.by, len(order) - 1)]
            if classes is None or level == row.level:
                continue
            yield LevelRow(
                id=f"{row.id}+{more.id}",
                level=level,
                clause=more.clause,
                when=All(parts=(row.when, more.when)),
                text=f"{row.text or row.evidence}（{row.clause}），{more.text}",
                classes=classes,
                reading=more.reading,
            )


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the classes of which both speak, empty for all, None for none."""
    if not one or not other:
        return one or other
    return tuple(name for name in one if name in other) or None
