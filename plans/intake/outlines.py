"""What every match of an expression begins with and holds, told from its source.

An expression of many alternatives is tried at every character of a text, one alternative after the other. With what is
told here in front of it, it is tried only where it can match; it finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Items = frozenset[str] | None
"""Characters, as items of a character class; None: any."""


class _Part(NamedTuple):
    """A character, class or group, and how often it stands there at least and at most (None: without end)."""

    items: Items
    branches: list[list[_Part]] | None
    low: int
    high: int | None


_NO_WIDTH, _KNOWN = "bBAZ", "dswnrtfv"
_GROUP = re.compile(r"\((?:\?(?::|P<\w+>|(?P<look><?[=!])))?")
_TIMES = re.compile(r"(?:(?P<sign>[?*+])|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\})[?+]?")
_CLASS = re.compile(r"(?s:\[(?P<not>\^?)(?P<items>\]?(?:\\.|[^\]\\])*)\])")
_ESCAPE = re.compile(r"\\(?:U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|(?s:.))")
_ITEM = re.compile(rf"(?s:({_ESCAPE.pattern}|.)(?:-({_ESCAPE.pattern}|.))?)")


def by_head(source: str) -> str:
    """Return an expression that finds the same, and is tried only where a character stands with which it can begin.

    One that can begin with any character, or match nothing, is returned as it is.
    """
    branches, _ = _branches(source, 0)
    heads = _heads(branches)
    return source if heads is None or not _some(branches) else f"(?=[{''.join(sorted(heads))}])(?:{source})"


def by_body(source: str) -> str:
    """The same, for what begins with too many characters: it is tried only shortly before one that it must hold."""
    held = _held(_branches(source, 0)[0])
    if held is None:
        return source
    items, reach = held
    return f"(?=(?s:.){{0,{reach}}}[{''.join(sorted(items))}])(?:{source})"


def by_either(sources: Sequence[str]) -> str:
    """Return one expression of several: those that begin with few characters are tried by head, the others by body."""
    few, many = list[str](), list[str]()
    for source in sources:
        heads = _heads(_branches(source, 0)[0])
        (many if heads is None or any(_RANGE.match(item) for item in heads) else few).append(source)
    starts = [narrowed("|".join(group)) for narrowed, group in ((by_head, few), (by_body, many)) if group]
    return f"(?={'|'.join(starts)})(?:{'|'.join(sources)})"


_RANGE = re.compile(r"\\u.*-|.-[^\x00-\x7f]")
"""More than a few characters in a row."""


def _heads(branches: list[list[_Part]]) -> Items:
    """With what a match can begin."""
    every: set[str] = set()
    for parts in branches:
        for part in parts:
            heads = part.items if part.branches is None else _heads(part.branches)
            if heads is None:
                return None
            every |= heads
            if part.low and (part.branches is None or _some(part.branches)):
                break
    return frozenset(every)


def _some(branches: list[list[_Part]]) -> bool:
    """Whether each match has a character."""
    return all(
        any(part.low and (part.branches is None or _some(part.branches)) for part in parts) for parts in branches
    )


def _most(branches: Iterable[Iterable[_Part]]) -> int | None:
    """Characters of a match at most; None: without end."""
    longest = 0
    for parts in branches:
        length = 0
        for part in parts:
            own = 1 if part.branches is None else _most(part.branches)
            if own is None or part.high is None:
                return None
            length += own * part.high
        longest = max(longest, length)
    return longest


def _held(branches: list[list[_Part]]) -> tuple[frozenset[str], int] | None:
    """Characters of which each match holds one, the last that are told, and how many stand before it at most."""
    every: set[str] = set()
    reach = 0
    for parts in branches:
        for at in range(len(parts) - 1, -1, -1):
            part, before = parts[at], _most([parts[:at]])
            inner = (part.items, 0) if part.branches is None else _held(part.branches)
            if part.low == part.high == 1 and before is not None and inner is not None and inner[0]:
                every |= inner[0]
                reach = max(reach, before + inner[1])
                break
        else:
            return None
    return frozenset(every), reach


def _branches(source: str, at: int) -> tuple[list[list[_Part]], int]:
    """The alternatives from here to the end of their group, and that end; what only looks is left out."""
    branches: list[list[_Part]] = [[]]
    while at < len(source) and source[at] != ")":
        if source[at] == "|":
            branches.append([])
            at += 1
            continue
        part, at = _part(source, at)
        times = _TIMES.match(source, at)
        at = times.end() if times else at
        if part is not None:
            low, high = (part.low, part.high) if times is None else _often(times)
            branches[-1].append(part._replace(low=low, high=high))
    return branches, at


def _often(times: re.Match[str]) -> tuple[int, int | None]:
    if times["sign"]:
        return int(times["sign"] == "+"), 1 if times["sign"] == "?" else None
    low, high = int(times["low"] or 0), int(times["high"]) if times["high"] else None
    return low, high if times["comma"] else low


def _part(source: str, at: int) -> tuple[_Part | None, int]:
    """One character, class or group, and where it ends; None: it only looks."""
    if group := _GROUP.match(source, at):
        odd = source.startswith("?", group.end())  # a group of another sort, that is not told apart
        branches, end = _branches(source, group.end())
        return None if group["look"] else _Part(None, None if odd else branches, 1, None if odd else 1), end + 1
    if items := _CLASS.match(source, at):
        members = frozenset(_member(item) for item in _ITEM.finditer(items["items"]))
        return _Part(None if items["not"] else members, None, 1, 1), items.end()
    if escape := _ESCAPE.match(source, at):
        letter = escape[0][1]
        told = len(escape[0]) > 2 or not letter.isalpha() or letter in _KNOWN
        part = None if letter in _NO_WIDTH else _Part(frozenset((escape[0],)) if told else None, None, 1, 1)
        return part, escape.end()
    if source[at] in "^$":
        return None, at + 1
    return _Part(None if source[at] == "." else frozenset((re.escape(source[at]),)), None, 1, 1), at + 1


def _member(item: re.Match[str]) -> str:
    """An item of a class, such that it can stand anywhere in another one."""
    low, high = (end if end is None or len(end) > 1 else re.escape(end) for end in item.groups())
    return low if high is None else f"{low}-{high}"
