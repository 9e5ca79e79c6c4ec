"""Every commit and send of the program has a name, at one place each, and costs nothing while no test listens."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from storage import crash_points

ROOT = Path(__file__).resolve().parents[2]
APART = ("bot/simulate/", "bot/demo/", "bot/cli/")
"""Databases in memory that end with the process; and commands, whose exit status tells: they may have no name."""


def commits() -> Iterator[tuple[str, str | None]]:
    """Yield every place of the program that opens a writing transaction, with the name that it gives."""
    for folder in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "writing":
                    given = node.args[0] if node.args else None
                    if given is None and name.startswith(APART):
                        continue
                    yield f"{name}:{node.lineno}", str(given.value) if isinstance(given, ast.Constant) else None


def test_every_commit_of_the_program_has_a_name_of_its_own():
    found = dict(commits())
    unnamed = [place for place, name in found.items() if name is None or name == "other"]
    assert not unnamed, (
        f'name these transactions, writing("…"), and add the names to storage/crash_points.py: {unnamed}'
    )
    assert Counter(found.values()) == Counter(name for name in crash_points.COMMITS if name != "other")


def test_nothing_is_armed_unless_a_test_does_it():
    assert crash_points.armed is None
    assert len(set(crash_points.POINTS)) == len(crash_points.POINTS) == 2 * (len(crash_points.COMMITS) - 1) + 2
