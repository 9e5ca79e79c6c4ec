"""What is counted of a warning: its colour, who had to acknowledge it and when, what stands of its measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plans.statistics import rows as r
from plans.statistics.rows import CountedCase, Row
from plans.warning.state import Stage, WarningCase
from plans.warning.waking import RecipientsCalled, WarningAnswered


def counted_warning(warning: WarningCase) -> CountedCase:
    """Return a warning as it is counted, from the moment when it was first issued or passed on."""
    said = [stage for stage in warning.stages if stage.act != "lift"]
    highest = max(said, key=lambda stage: stage.content.height, default=None)
    return CountedCase(
        stream=warning.stream, kind="warning", jurisdiction=warning.jurisdiction, plan_id=warning.plan,
        drill=warning.drill, year=warning.year, number=warning.number, at=said[0].at if said else None,
        sort=said[-1].content.hazard if said else "", level=highest.content.colour if highest is not None else "",
        response="", state=warning.state, open=warning.open, sequence=warning.sequence,
        rows=(*_wakings(warning), *_measures(warning, said[-1] if said else None)),
    )  # fmt: skip


def _wakings(warning: WarningCase) -> Iterator[Row]:
    """Yield a row for each time that somebody had to acknowledge it; raised, it is asked for anew."""
    calls: list[tuple[str, datetime]] = []
    answers: dict[int, datetime] = {}
    last: dict[str, int] = {}
    for item in warning.events:
        event = item.event
        if item.sequence in warning.undone:
            continue
        if isinstance(event, RecipientsCalled):
            for name in event.called:
                last[name] = len(calls)
                calls.append((name, item.at))
        elif isinstance(event, WarningAnswered) and event.recipient in last:
            answers.setdefault(last[event.recipient], item.at)
    for number, (name, since) in enumerate(calls):
        at = answers.get(number)
        yield Row(
            topic=r.WAKING, key=name, outcome="answered" if at is not None else "silent", since=since, at=at,
            seconds=r.seconds(since, at) if at is not None else None,
        )  # fmt: skip


def _measures(warning: WarningCase, stage: Stage | None) -> Iterator[Row]:
    """Yield what each recipient said of the measures that were asked of it last."""
    if stage is None or not stage.measures:
        return
    for name in warning.waking:
        said = [warning.measures.get((name, number)) for number in range(1, len(stage.measures) + 1)]
        settled = [item for item in said if item is not None]
        outcome = "done" if len(settled) == len(said) else "part" if settled else "none"
        at = max((item.at for item in settled), default=None)
        yield Row(topic=r.MEASURE, key=name, outcome=outcome, at=at, clause=stage.clause)
