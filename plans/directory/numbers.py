"""Telephone numbers: how they are read, how they are tapped, which of them are somebody's own."""

from __future__ import annotations

import re

_BARE = re.compile(r"[2-9]\d{6,7}\Z")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}\Z")
_WRITTEN = re.compile(r"[+\d][\d -]{1,20}\d\Z")
_SHORTEST, _LONGEST = 3, 14


def digits(number: str) -> str:
    """Return a number's digits alone: by these two ways of writing one are the same."""
    return re.sub(r"[^0-9]", "", number)


def dialled(number: str, area_code: str) -> str:
    """Return a number to read, with the area code that the plan leaves out: ``0356-2022492``; short ones as they are.

    Args:
        area_code: of the plan's city (``0356``), empty where it is not known.
    """
    bare = number.replace("-", "").replace(" ", "")
    return f"{area_code}-{bare}" if area_code and _BARE.match(bare) else number


def tapped(number: str, area_code: str) -> str:
    """Return a number to tap, ``+863562022492``; short numbers such as 12369 have none."""
    bare = digits(dialled(number, area_code))
    if number.strip().startswith("+86") and len(bare) > 10:
        return f"+{bare}"
    if bare.startswith("0") and len(bare) >= 10:
        return f"+86{bare[1:]}"
    return f"+86{bare}" if re.fullmatch(r"1\d{10}|400\d{7}", bare) else ""


def personal(number: str) -> bool:
    """Return whether a number is a mobile telephone: somebody's own, not an office's."""
    return bool(_MOBILE.match(digits(number)))


def is_number(text: str) -> bool:
    """Return whether a text is a telephone number as people write one: ``0356-2022492``, ``12345``, ``+86 …``."""
    text = text.strip()
    return bool(_WRITTEN.match(text)) and _SHORTEST <= len(digits(text)) <= _LONGEST
