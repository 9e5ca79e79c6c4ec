"""Regular expressions as the engine of this very Python runs them, so that a start need not translate them anew.

Translating the few hundred that one report needs takes as long as reading many reports. What is kept is the engine's
own form, under a digest of the expression, the flags and the exact Python. The engine looks over what it is given, and
where it cannot be asked in this way, `re` translates as ever.
"""

from __future__ import annotations

import base64
import re
import sys
import zlib
from array import array
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from plans.cache import Cache, digest

_KEPT = Cache("patterns", most=8_000)
_REFUSED = (ImportError, AttributeError, LookupError, TypeError, ValueError, RuntimeError, OverflowError, zlib.error)
"""What happens where the engine is another one, or the entry none of ours."""


def compiled(source: str, flags: int = 0, *, sparse: bool = False) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, without work where it is kept.

    Args:
        sparse: of the expression as `plans.intake.outlines.by_head` has it.
    """
    key = digest(source, str(int(flags)), _narrowing() if sparse else "", sys.version)
    entry = _KEPT.get(key)
    try:
        if entry is not None:
            return _pattern(entry)
    except _REFUSED:
        pass
    told = _narrowed(source) if sparse else source
    _KEPT.put(key, partial(_entry, told, flags))
    return re.compile(told, flags)


@cache
def _narrowing() -> str:
    """Return what says how ``by_head`` works, so that an entry made by another one is not found."""
    return digest(Path(__file__).with_name("outlines.py").read_bytes())


def _narrowed(source: str) -> str:
    from plans.intake.outlines import by_head

    return by_head(source)


def _part(name: str) -> Any:
    """Return a part of Python of which nothing is promised."""
    return import_module(name)


def _entry(source: str, flags: int) -> dict[str, Any] | None:
    """Return an expression in the engine's form, None where the engine is another one."""
    try:
        parser, compiler = _part("re._parser"), _part("re._compiler")
        parsed = parser.parse(source, flags)
        code = compiler._code(parsed, flags)
        state = parsed.state
        packed = base64.b64encode(zlib.compress(array("I", map(int, code)).tobytes())).decode()
        names = dict(state.groupdict)
        return {
            "source": source,
            "flags": int(flags) | int(state.flags),
            "code": packed,
            "groups": state.groups - 1,
            "names": names,
        }
    except _REFUSED:
        return None


def _pattern(entry: dict[str, Any]) -> re.Pattern[str]:
    names: list[str | None] = [None] * (entry["groups"] + 1)
    for name, at in entry["names"].items():
        names[at] = name
    code = memoryview(zlib.decompress(base64.b64decode(entry["code"]))).cast("I").tolist()
    pattern: re.Pattern[str] = _part("_sre").compile(
        entry["source"], entry["flags"], code, entry["groups"], entry["names"], tuple(names)
    )
    return pattern
