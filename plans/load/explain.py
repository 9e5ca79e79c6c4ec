"""Schema errors of pydantic, said in Chinese with line, expectation and an example."""

from __future__ import annotations

import difflib
import types
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from plans.load.document import Document, Path, where
from plans.load.error import Problem
from plans.model import Plan

_EXAMPLES = {
    "id": "jincheng-water-rescue",
    "schema": "1",
    "version": '"2021-09-30.1"',
    "clause": '"4.1.2"',
    "in_force": "2021-09-30",
    "jurisdiction": '{name: 晋城市, level: city, area_code: "0356"}',
    "when": "{deaths: {ge: 3, le: 9}}",
    "within": "PT30M",
    "every": "PT4H",
    "clock": "{from: occurred, within: PT30M}",
    "number": '"2023595"',
    "evidence": "3人至9人死亡",
    "declared_by": "[commander, deputy]",
    "to": "[市委, 市人民政府]",
    "type": "count",
    "status": "encoded",
}

_EXPECTED = {
    "missing": "必须写出的一项",
    "string_type": "文字（数字请加引号）",
    "int_type": "整数",
    "int_parsing": "整数",
    "float_type": "数",
    "float_parsing": "数",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "tuple_type": "列表",
    "dict_type": "映射",
    "model_type": "映射",
    "model_attributes_type": "映射",
    "date_from_datetime_parsing": "日期 年-月-日",
    "date_parsing": "日期 年-月-日",
    "date_type": "日期 年-月-日",
    "time_delta_parsing": "ISO 8601 时长",
    "time_delta_type": "ISO 8601 时长",
}


def explain(error: ValidationError, document: Document) -> list[Problem]:
    """Turn each error of pydantic into a problem with the line it belongs to; alternatives of a union count once."""
    problems: dict[str, Problem] = {}
    for item in error.errors(include_url=False):
        path = _real(item["loc"], document.data)
        key = where(path)
        if key not in problems:
            problems[key] = _problem(item, path, document)
    return list(problems.values())


def _real(loc: tuple[int | str, ...], data: Any) -> Path:
    """Drop what pydantic adds for unions: keep the steps that exist in the data, and a last missing key."""
    path: list[str | int] = []
    for position, step in enumerate(loc):
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]  # type: ignore[index]
            path.append(step)
        elif isinstance(data, dict) and position == len(loc) - 1 and isinstance(step, str) and step.isidentifier():
            path.append(step)
    return tuple(path)


def _problem(item: Any, path: Path, document: Document) -> Problem:
    kind: str = item["type"]
    name = str(path[-1]) if path else ""
    example = _EXAMPLES.get(name, "")
    example = f"{name}: {example}" if example else ""
    line = document.line(path)
    place = where(path)
    if kind == "missing":
        return Problem(line=line, where=place, found=f"缺少 {name}", expected=_EXPECTED[kind], example=example)
    if kind == "extra_forbidden":
        names = _fields(path[:-1])
        near = difflib.get_close_matches(name, names, n=1)
        expected = f"{near[0]}" if near else f"以下之一：{'、'.join(names)}" if names else "这里认识的键"
        return Problem(line=line, where=place, found=f"不认识的键 {name}", expected=expected)
    actual = _short(item["input"])
    if kind == "literal_error":
        allowed = str(item["ctx"]["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return Problem(line=line, where=place, found=actual, expected=f"以下之一：{allowed}")
    if kind == "value_error":
        return Problem(line=line, where=place, found=actual, expected=str(item["ctx"]["error"]), example=example)
    if kind == "string_too_long":
        actual, expected = f"{len(item['input'])}个字", f"不超过{item['ctx']['max_length']}个字的短语"
        return Problem(line=line, where=place, found=actual, expected=expected, example=example)
    if kind == "string_pattern_mismatch":
        return Problem(
            line=line, where=place, found=actual, expected=f"符合 {item['ctx']['pattern']} 的文字", example=example
        )
    return Problem(line=line, where=place, found=actual, expected=_EXPECTED.get(kind, item["msg"]), example=example)


def _short(value: Any) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "……"


def _fields(path: Path) -> list[str]:
    """Return the keys that the model at ``path`` knows, or none when no model stands there."""
    kind: Any = Plan
    for step in path:
        kind = _inner(kind, step)
        if kind is None:
            return []
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [info.alias or name for name, info in kind.model_fields.items() if name not in ("hash", "path")]


def _inner(kind: Any, step: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            if step in (name, info.alias):
                return _plain(info.annotation)
        return None
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is dict:
        return _plain(arguments[1])
    return _plain(arguments[0]) if typing.get_origin(kind) is tuple else None


def _plain(kind: Any) -> Any:
    """Strip ``| None`` and ``Annotated``."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        for part in typing.get_args(kind):
            if part is not type(None):
                return _plain(part)
    return kind
