"""Lengths of time: ISO 8601 of policies and plans (PT30M), and +1h30m of scenarios."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

_ISO = re.compile(r"-?P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?\Z")
"""Without weeks, months and fractions: nobody reminds by them, and a month has no length of its own."""

_OFFSET = re.compile(r"\+?(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?\Z")
_LONGEST = timedelta(days=400)


@cache
def _lengths() -> TypeAdapter[timedelta]:
    """Return what reads lengths, made when the first one is read."""
    return TypeAdapter(timedelta)


def duration(text: Any) -> timedelta:
    """Return the length of PT30M, P1D or -PT3M; raise ValueError."""
    if not isinstance(text, str) or not _ISO.match(text):
        raise ValueError("duration")
    try:
        return _lengths().validate_python(text)
    except ValidationError:
        raise ValueError("duration") from None


def iso(span: timedelta) -> str:
    """Return an ISO 8601 duration; zero is ``PT0S``."""
    sign, total = ("-", -span) if span < timedelta() else ("", span)
    seconds = int(total.total_seconds())
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    time = "".join(f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if value)
    if not days and not time:
        return "PT0S"
    return f"{sign}P{f'{days}D' if days else ''}{f'T{time}' if time else ''}"


def is_offset(text: str) -> bool:
    """Return whether a text is written as +1h30m is."""
    return _OFFSET.match(text.strip()) is not None


def offset(text: Any) -> timedelta:
    """Return the span of ``+1h30m``; raise ValueError."""
    match = _OFFSET.match(text.strip()) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        raise ValueError("offset")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if span > _LONGEST:
        raise ValueError("offset")
    return span
