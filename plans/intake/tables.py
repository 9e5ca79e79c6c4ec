"""A pasted table, 单位 死亡 受伤 and a line for each unit: its columns are added up."""

from __future__ import annotations

from dataclasses import replace

from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.tokens import tokenise

_CELL = lazy(r"[^ ,/\n]+")
"""Between blanks, tabs, strokes and slashes."""
_NUMBER = lazy(r"\d{1,4}")
_FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    "serious": "serious_injuries",
    **dict.fromkeys(("hurt", "wound", "light"), "injuries"),
}
_TOTAL = lazy(r"合计|总计|共计|总数")
ENOUGH = 60
"""Lines that are looked at."""


def tabled(text: str) -> tuple[str, dict[str, Found]]:
    """Return the text without its tables, offsets as they were, and the sums of their columns."""
    if text.count("\n") < 2:
        return text, {}
    found: dict[str, Found] = {}
    chars = list(text)
    lines = _lines(text)
    at = 0
    while at < len(lines):
        heads = _heads(text, lines[at])
        if not heads:
            at += 1
            continue
        end, sums = at + 1, dict.fromkeys(heads, 0)
        while end < len(lines) and (row := _row(text, lines[end], max(heads))) is not None:
            if _TOTAL.match(row[0]):
                sums = {column: row[1][column - 1] for column in heads}
            else:
                sums = {column: sums[column] + row[1][column - 1] for column in heads}
            end += 1
        if end > at + 1:
            span = (lines[at][0], lines[end - 1][1])
            for column, fact in heads.items():
                number = sums[column]
                told = Found(at_least=number, at_most=number, stated=number, text="", span=span)
                found[fact] = columns_plus(told, found.get(fact)) if fact in found else told
            chars[span[0] : span[1]] = "。" + "\u25a1" * (span[1] - span[0] - 1)
        at = end
    return "".join(chars), found


def columns_plus(table: Found, other: Found | None) -> Found:
    """A table beside what else is said of the fact: the same again, or one figure more that makes it unsure."""
    if other is None or (other.at_least, other.at_most) == (table.at_least, table.at_most):
        return table
    return replace(table, confidence=0.5)


def _lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for line in text.split("\n")[:ENOUGH]:
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _heads(text: str, line: tuple[int, int]) -> dict[int, str]:
    """Column -> fact of a line of headings, the first of which names the units."""
    cells = [match[0] for match in _CELL.finditer(text, *line)]
    if not 2 <= len(cells) <= 8 or any(len(cell) > 6 or any(char.isdigit() for char in cell) for cell in cells):
        return {}
    heads: dict[int, str] = {}
    for column, cell in enumerate(cells[1:], 1):
        kinds = [_FACTS[token.kind] for token in tokenise(cell + "1") if token.kind in _FACTS]
        if kinds:
            heads[column] = kinds[0]
    return heads


def _row(text: str, line: tuple[int, int], columns: int) -> tuple[str, list[int]] | None:
    cells = [match[0] for match in _CELL.finditer(text, *line)]
    if len(cells) <= columns or not all(_NUMBER.fullmatch(cell) for cell in cells[1:]):
        return None
    return cells[0], [int(cell) for cell in cells[1:]]
