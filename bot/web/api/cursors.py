"""Where a page ended: the values by which its last item stands in the order, and nothing that is a secret."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.web.api.problems import invalid

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def cursor(*values: str | int | datetime) -> str:
    """Return the cursor of an item."""
    plain = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def read(text: str, kinds: Sequence[type]) -> tuple[Any, ...] | None:
    """Return the values of a cursor; None where there is none.

    Raises:
        Problem: it is none that we gave.
    """
    if not text:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        given = json.loads(raw)
        if not isinstance(given, list) or len(given) != len(kinds):
            raise ValueError
        return tuple(_value(item, kind) for item, kind in zip(given, kinds, strict=True))
    except (ValueError, binascii.Error, RecursionError):
        raise invalid("cursor", "cursor") from None


def _value(item: Any, kind: type) -> Any:
    if kind is datetime and isinstance(item, str):
        moment = datetime.fromisoformat(item)
        if moment.tzinfo is None or not EARLIEST < moment < LATEST:
            raise ValueError
        return moment
    if kind is int and (isinstance(item, bool) or not isinstance(item, int) or not 0 <= item < 10**9):
        raise ValueError
    if not isinstance(item, kind) or (isinstance(item, str) and (len(item) > 200 or "\x00" in item)):
        raise ValueError
    if isinstance(item, str):
        item.encode()
    return item
