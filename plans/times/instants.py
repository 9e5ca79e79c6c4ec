"""Instants in ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def instant(value: str | datetime, zone: tzinfo) -> datetime:
    """Return an instant in UTC; raise ValueError.

    Args:
        zone: of one that says none.
    """
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    try:
        return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("instant") from error
