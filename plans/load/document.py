"""YAML text to plain data, with the line of every key and value.

PyYAML's composer gives the marks; the meaning of plain words is our own and narrower than YAML 1.1: ``yes``, ``no``,
``on`` and ``off`` are refused, so are numbers with a leading zero (telephone codes), duplicate keys, aliases and tags.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

from plans.load.error import PlanError, Problem

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_LEADING_ZERO = re.compile(r"0[0-9]+\Z")
_LOOSE_BOOLEANS = frozenset("yes Yes YES no No NO on On ON off Off OFF True TRUE False FALSE".split())
_DEEPEST = 40
_LONGEST = 2_000_000

Path = tuple[str | int, ...]


def where(path: Path) -> str:
    """Write a path as people read it: ``obligations[2].clock``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass
class Document:
    """A YAML file as plain data and as nodes with marks."""

    name: str
    data: Any
    root: yaml.Node | None
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line (from 1) of the place that ``path`` leads to, or of the last known place on the way to it."""
        node, line = self.root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == step:
                        node, line = value, key.start_mark.line + 1
                        break
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return line


if yaml.__with_libyaml__:
    _Base: Any = yaml.cyaml.CParser  # type: ignore[attr-defined]
else:  # pragma: no cover - PyYAML built without libyaml

    class _Base(  # type: ignore[no-redef]
        yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer
    ):
        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)


class _Composer(_Base):  # type: ignore[misc, unused-ignore]
    """Composes nodes without resolving tags: the meaning of a plain word is decided in :class:`_Reader`."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""


def compose(text: str, name: str) -> Document:
    """Read YAML text; raise PlanError when it is no YAML, else collect finer faults in ``problems``."""
    if len(text) > _LONGEST:
        raise PlanError(
            name, [Problem(line=1, where="", found=f"文件有{len(text)}个字符", expected=f"不超过{_LONGEST}个字符")]
        )
    try:
        composer = _Composer(text)
        try:
            root = composer.get_single_node()
        finally:
            composer.dispose()
    except yaml.YAMLError as error:
        raise PlanError(name, [_syntax(error, text)]) from error
    reader = _Reader()
    data = reader.read(root, ()) if root is not None else None
    return Document(name=name, data=data, root=root, problems=reader.problems)


def _syntax(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    line_text = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in line_text[: len(line_text) - len(line_text.lstrip())]:
        return Problem(line=line, where="", found="用制表符（Tab）缩进", expected="用空格缩进", example="两个空格一级")
    if isinstance(error, yaml.reader.ReaderError):
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else line
        return Problem(line=line, where="", found="有不可打印的字符", expected="UTF-8 文字")
    reason = getattr(error, "problem", None) or str(error)
    return Problem(
        line=line, where="", found=f"不是合法的 YAML（{reason}）：{line_text.strip()[:40]}",
        expected="缩进一致、括号和引号成对、冒号后有空格的 YAML", example='title: "……"',
    )  # fmt: skip


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self._seen:
            self._problem(node, path, "用了别名（*）", "把内容写全，不用锚点和别名")
            return None
        self._seen.add(id(node))
        if len(path) > _DEEPEST:
            self._problem(node, path, f"嵌套超过{_DEEPEST}层", "更浅的结构")
            return None
        if node.tag:
            self._problem(node, path, f"用了标签 {node.tag}", "不带标签的 YAML")
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[Hashable, Any]:
        result: dict[Hashable, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, path, "键不是一个词", "一个词作键", "deaths: {ge: 3}")
                continue
            name: str = key.value
            if name in lines:
                self._problem(key, (*path, name), f"键 {name} 重复，第{lines[name]}行已有", "每个键只写一次")
                continue
            lines[name] = key.start_mark.line + 1
            result[name] = self.read(value, (*path, name))
        return result

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> str | int | float | bool | None:
        text: str = node.value
        if node.tag:
            self._problem(node, path, f"用了标签 {node.tag}", "不带标签的 YAML")
        if node.style:  # plain words have none
            return text
        if text in ("", "~", "null"):
            return None
        if text == "true":
            return True
        if text == "false":
            return False
        if text in _LOOSE_BOOLEANS:
            self._problem(node, path, text, "true 或 false；若是文字请加引号", f'true 或 "{text}"')
            return None
        if text[0] in "+-0123456789":
            if _INTEGER.match(text):
                return int(text)
            if _FLOAT.match(text):
                return float(text)
            if _LEADING_ZERO.match(text):
                self._problem(node, path, text, "以0开头的号码加引号", f'"{text}"')
        return text

    def _problem(self, node: yaml.Node, path: Path, actual: str, expected: str, example: str = "") -> None:
        line = node.start_mark.line + 1
        self.problems.append(Problem(line=line, where=where(path), found=actual, expected=expected, example=example))
