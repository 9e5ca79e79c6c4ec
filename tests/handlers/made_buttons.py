"""Which buttons the core and the renderings make, read from their source: (action, kind of what it acts on, where)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.conftest import REPOSITORY

MAKERS = ("plans", "bot")
"""Folders in which buttons are made."""


def made() -> Iterator[tuple[str, str, str]]:
    """Yield every button that is made; the kind is empty where the source does not show it."""
    for folder in MAKERS:
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            place = str(path.relative_to(REPOSITORY))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for action, target in _made_by(node):
                    yield action, _kind(target), f"{place}:{node.lineno}"  # type: ignore[attr-defined]


def _made_by(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(node, ast.Tuple) and len(node.elts) == 4:  # (action, label, object, arguments) of the core
        action, label, target, arguments = node.elts
        named_so = _is_text(action) and _text(action).isascii()  # four people in a row are no button
        if named_so and (_is_text(label) or isinstance(label, ast.JoinedStr)) and _is_arguments(arguments):
            yield _text(action), target
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    if node.func.id == "press" and node.args:
        action = node.args[0]
        assert _is_text(action), f"line {node.lineno}: an action that is not written out cannot be found"
        named = {item.arg: item.value for item in node.keywords}
        yield _text(action), node.args[2] if len(node.args) > 2 else named.get("obj", ast.Constant("incident"))
    if node.func.id == "Press" and any(item.arg == "action" for item in node.keywords):
        named = {item.arg: item.value for item in node.keywords}
        if _is_text(named["action"]):
            yield _text(named["action"]), named["object"]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_arguments(node: ast.expr) -> bool:
    return isinstance(node, ast.Dict | ast.Name)


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)


def _kind(node: ast.expr | None) -> str:
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return _text(node).partition(":")[0] if node is not None and _is_text(node) else ""
