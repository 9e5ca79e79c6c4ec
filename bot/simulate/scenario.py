"""A scenario file: what happens when, who does it. Errors name the line and what was expected (contract.md)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.clock import SHANGHAI
from plans.obligations import DEFAULT_POLICY, Policy, PolicyError

Do = Literal[
    "report", "verify", "judge", "undetermined", "declare", "adjust", "decline", "end", "oral", "ack", "file", "update", "correct",
    "resolve", "request", "waive", "reject", "merge", "close", "reopen", "takeover", "handle", "undo", "sign", "ring", "deny",
    "pause", "resume", "jump",
]  # fmt: skip

_OFFSET = re.compile(r"^\+?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")


class ScenarioError(Exception):
    """A scenario file cannot be played; the message names file, line and what was expected."""


def offset(text: Any) -> timedelta:
    """Return the span of ``+1h30m``; raise ValueError."""
    match = _OFFSET.match(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        raise ValueError(f"“{text}”不是时长，应写作 +10m、+1h30m、+2d")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


class Step(BaseModel):
    """One thing that somebody does."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    at: timedelta
    actor: str
    do: Do
    incident: int | None = None
    text: str = ""
    facts: dict[str, Any] = {}
    event_level: str | None = None
    event_class: str = Field(default="", alias="class")
    level: str | None = None
    clause: str = ""
    holds: bool = True
    of: str = ""
    decides: Literal["declare", "adjust", "end"] = "declare"
    status: str = "收到"
    unit: str = ""
    report: str = ""
    channel: Literal["电话", "书面"] = "电话"
    to: tuple[str, ...] = ()
    obligation: str = ""
    called_at: datetime | timedelta | None = None
    taker: str = ""
    fact: str = ""
    use: str = ""
    into: int | None = None
    reason: str = ""
    occurred_at: datetime | timedelta | None = None
    place: str = ""
    sure: bool = False
    line: int = 0

    @field_validator("at", mode="before")
    @classmethod
    def _at(cls, value: Any) -> timedelta:
        return offset(value)

    @field_validator("to", mode="before")
    @classmethod
    def _to(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("called_at", "occurred_at", mode="before")
    @classmethod
    def _moment(cls, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("+"):
            return offset(value)
        return aware(value) if isinstance(value, datetime) else value


class Scenario(BaseModel):
    """A whole scenario."""

    model_config = ConfigDict(extra="forbid")

    plan: str
    occurred_at: datetime
    drill: bool = False
    policy: dict[str, Any] = {}
    steps: tuple[Step, ...]
    until: timedelta = timedelta(hours=48)
    title: str = ""

    @field_validator("until", mode="before")
    @classmethod
    def _until(cls, value: Any) -> timedelta:
        return offset(value)

    @field_validator("occurred_at", mode="before")
    @classmethod
    def _occurred(cls, value: Any) -> Any:
        return aware(value) if isinstance(value, datetime) else value

    @property
    def reminders(self) -> Policy:
        """The reminder policy: the program's own where the file says nothing."""
        return Policy.parse(self.policy) if self.policy else DEFAULT_POLICY


def aware(moment: datetime) -> datetime:
    """Return the moment in UTC; a bare one is Beijing time."""
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


class _Loader(yaml.SafeLoader):
    """YAML with timestamps that keep their offset (PyYAML's own resolver drops it into naive UTC)."""


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> datetime | date | str:
    text = loader.construct_scalar(node)
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a file; raise ScenarioError."""
    text = path.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader with one constructor of our own
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise ScenarioError(f"{path}{where}：不是YAML：{getattr(problem, 'problem', problem)}") from None
    if not isinstance(data, dict):
        raise ScenarioError(f"{path}:1：应为 plan、occurred_at、steps 等项，例子见 tests/scenarios")
    lines = _step_lines(node)
    for number, step in enumerate(data.get("steps") or ()):
        if isinstance(step, dict) and number < len(lines):
            step["line"] = lines[number]
    try:
        scenario = Scenario.model_validate(data)
        scenario.reminders  # noqa: B018  read now, so that a wrong policy is told with the file's name
    except ValidationError as problem:
        raise ScenarioError("\n".join(_sentence(path, item, lines) for item in problem.errors())) from None
    except PolicyError as problem:
        raise ScenarioError(f"{path}：policy：{problem}") from None
    return scenario


def _step_lines(node: yaml.Node | None) -> list[int]:
    if not isinstance(node, yaml.MappingNode):
        return []
    for key, value in node.value:
        if key.value == "steps" and isinstance(value, yaml.SequenceNode):
            return [item.start_mark.line + 1 for item in value.value]
    return []


_KINDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "literal_error": "只能是 {expected}",
}


def _sentence(path: Path, item: Any, lines: list[int]) -> str:
    location = item["loc"]
    line = lines[location[1]] if len(location) > 1 and location[0] == "steps" and isinstance(location[1], int) else 1
    name = ".".join(str(part) for part in location[2:] or location)
    said = _KINDS.get(item["type"], "{msg}").format(expected=item.get("ctx", {}).get("expected", ""), msg=item["msg"])
    return f"{path}:{line}：{name}：{said.removeprefix('Value error, ')}"
