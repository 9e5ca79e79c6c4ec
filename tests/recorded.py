"""Logs as a program of an earlier day wrote them, with the states that it folded them to.

``python -m tests.recorded DAY`` writes tests/logs/DAY.jsonl.gz from every scenario, as the program of today folds them.
To the first file lives of the core's tests were added, so that every event of that day is among them.
Files of earlier days are never written again: what they hold is what lies in the databases of those who run us.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.simulate import read_scenario, simulate
from bot.simulate.timeline import Timeline
from plans.core.event import Recorded, decode, encode
from plans.incident.state import Incident

HERE = Path(__file__).resolve().parent
LOGS = HERE / "logs"


def plain(value: Any) -> Any:
    """Return any part of a state as JSON has it, sets in order, records by the names of their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=json.dumps)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def state(incident: Incident) -> dict[str, Any]:
    """Return the state of an incident without its log."""
    found: dict[str, Any] = plain(dataclasses.replace(incident, events=[]))
    del found["events"]
    return found


def logged(incident: Incident) -> list[dict[str, Any]]:
    """Return a log as the journal stores it."""
    return [
        {
            "sequence": item.sequence, "at": item.at.isoformat(), "actor": item.actor, "cause": item.cause,
            "name": item.event.NAME, "version": item.event.VERSION, "payload": encode(item.event),
        }
        for item in incident.events
    ]  # fmt: skip


def read(log: list[dict[str, Any]]) -> list[Recorded]:
    """Return the events of a stored log."""
    return [
        Recorded(
            sequence=item["sequence"], at=datetime.fromisoformat(item["at"]), actor=item["actor"], cause=item["cause"],
            event=decode(item["name"], item["version"], item["payload"]),
        )
        for item in log
    ]  # fmt: skip


def recorded(day: Path) -> Iterator[dict[str, Any]]:
    """Yield what a file holds: ``of``, ``stream``, ``log`` and ``state``."""
    with gzip.open(day, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def incidents(path: Path) -> dict[str, Incident]:
    """Play a scenario and return its incidents by stream."""
    seen: dict[str, Incident] = {}
    observe = Timeline.observe

    def watch(self: Any, plan: Any, outcome: Any, notices: Any, now: datetime) -> None:
        seen[outcome.after.stream] = outcome.after
        observe(self, plan, outcome, notices, now)

    Timeline.observe = watch  # type: ignore[method-assign]
    try:
        asyncio.run(simulate(read_scenario(path)))
    finally:
        Timeline.observe = observe  # type: ignore[method-assign]
    return seen


def write(day: Path) -> None:
    """Record every scenario."""
    if day.exists():
        raise SystemExit(f"{day.name} is there already, and stays as it was written")
    with gzip.GzipFile(day, "wb", mtime=0) as file:
        for path in sorted((HERE / "scenarios").glob("*/*.yaml")):
            for stream, incident in incidents(path).items():
                item = {"of": f"{path.parent.name}/{path.stem}", "stream": stream, "log": logged(incident)}
                line = json.dumps({**item, "state": state(incident)}, ensure_ascii=False, separators=(",", ":"))
                file.write(f"{line}\n".encode())


if __name__ == "__main__":
    write(LOGS / f"{sys.argv[1]}.jsonl.gz")
