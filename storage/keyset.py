"""Pages that begin behind a row, whatever is added meanwhile: by the values of the columns that order them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def behind(columns: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
    """Return what holds of the rows behind one, in the order of some columns, none of which is null.

    Args:
        values: of that row. As many as the columns.
    """
    steps = []
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        same = [one == other for one, other in zip(columns[:place], values[:place], strict=True)]
        steps.append(and_(*same, column > value))
    return or_(*steps)
