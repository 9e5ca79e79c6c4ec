"""Scenarios written in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.simulate import parse, simulate

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"

HEAD = """
plan: jincheng-chengqu-campus
occurred_at: 2026-03-02T10:20:00+08:00
until: "+2h"
steps:
  - {at: "+10m", actor: school, do: report, text: "实验小学楼梯踩踏，4名学生受伤"}
"""

Play = Callable[..., dict[str, Any]]


def played(text: str, name: str = "scenario.yaml") -> dict[str, Any]:
    return asyncio.run(simulate(parse(text, name)))


@pytest.fixture
def play() -> Play:
    """Play the head of a scenario with further steps, and entries beside them."""

    def run(*steps: str, **more: str) -> dict[str, Any]:
        text = HEAD + "".join(f"  - {step}\n" for step in steps)
        return played(text + "".join(f"{key}: {value}\n" for key, value in more.items()))

    return run


def keys(result: dict[str, Any], kind: str = "") -> list[str]:
    """Return the keys of lines of a kind, in order."""
    return [line["key"] for line in result["timeline"] if not kind or line["kind"] == kind]


def statuses(result: dict[str, Any]) -> dict[str, str]:
    """Return the last status of every rule."""
    return {row["rule"]: row["status"] for row in result["obligations"]}
