"""Reports that an author of a plan tries on it: his own, or the rows of its level table in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.output import Wrong, moment

if TYPE_CHECKING:
    from plans.model import Plan

_EXPECTED = "=>"
_MOST = 1000
_MET = {None: "", "yes": "得{expected}", "possible": "可能{expected}", "no": "应得{expected}，不符"}


def read_texts(path: Path) -> list[tuple[str, str | None]]:
    """Return the reports of a file, one a line, each with the level that is expected of it; raise Wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Wrong(f"{path}：不是 UTF-8 文字，请另存为 UTF-8") from None
    texts: list[tuple[str, str | None]] = []
    for line in lines[:_MOST]:
        text, _, expected = line.partition(_EXPECTED)
        if text.strip() and not text.lstrip().startswith("#"):
            texts.append((text.strip(), expected.strip() or None))
    if not texts:
        raise Wrong(f"{path}：没有一条报告；应一行一条，如 三年级楼梯踩踏，3人死亡 => 较大")
    return texts


def samples(plan: Plan, texts: Sequence[tuple[str, str | None]] | None) -> list[dict[str, Any]]:
    """Return for each report what it comes to by the plan; without reports, for each row of the level table."""
    at = moment("")
    return [_tried(plan, text, expected, name, at) for text, expected, name in _chosen(plan, texts)]


def _chosen(plan: Plan, texts: Sequence[tuple[str, str | None]] | None) -> Iterable[tuple[str, str | None, str]]:
    if texts is not None:
        yield from ((text, expected, "") for text, expected in texts)
        return
    for row in plan.levels.rows if plan.levels else ():
        sample = row.evidence or row.text
        for name in row.classes[:1] or ("",):
            yield sample, row.level, name


def _tried(plan: Plan, text: str, expected: str | None, name: str, at: Any) -> dict[str, Any]:
    from bot.cli.classify import classified

    tried: dict[str, Any] = {"text": text, "expected": expected}
    try:
        result = classified(plan, text, {}, name, at)
    except Wrong as problem:
        return {**tried, "problem": str(problem), "met": "no" if expected else None}
    keys = ("class", "class_name", "event_level", "possible_event_levels", "response_level", "possible_response_levels")
    possible = [*result["possible_event_levels"], *result["possible_response_levels"]]
    sure = expected in (result["event_level"], result["response_level"])
    return {
        **tried,
        **{key: result[key] for key in keys},
        "facts": result["facts"],
        "ask": [item["question"] for item in result["ask"] if item["narrows"]],
        "met": ("yes" if sure else "possible" if expected in possible else "no") if expected else None,
    }


def sample_lines(tried: Sequence[dict[str, Any]]) -> list[str]:
    """Return the reports and what they came to, as a table for people."""
    from bot.cli.table import heading, table

    if not tried:
        return []
    rows = [
        (
            _MET[item["met"]].format(expected=item["expected"]),
            item["text"],
            item.get("problem") or _outcome(item),
        )
        for item in tried
    ]
    return [*heading("试读"), *table(rows)]


def _outcome(item: dict[str, Any]) -> str:
    level = item["event_level"] or "、".join(item["possible_event_levels"]) or "不分级"
    response = item["response_level"] or "、".join(item["possible_response_levels"]) or "无"
    return f"{item['class_name'] or '类别未定'}　{level}　响应{response}"
