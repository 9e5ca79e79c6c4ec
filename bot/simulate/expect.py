"""Whether what happened is what the scenario expects: each difference is one sentence for the plan's author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import SHANGHAI
from bot.scenario.actors import role_of, unit_of
from bot.scenario.expecting import Expect, Line
from bot.scenario.form import Scenario
from bot.texts.duty import STATUS
from plans.assess import assess
from plans.classify import Assessment
from plans.incident.figures import effective
from plans.incident.state import Incident
from plans.model import Plan
from plans.values import as_data, parse


@dataclass(frozen=True, kw_only=True)
class Seen:
    """How things stand at the moment of looking.

    Attributes:
        timeline: lines so far, as docs/contract.md has them.
        now: of the incident.
        duties: for each duty how many periods stand how.
    """

    scenario: Scenario
    plan: Plan
    incidents: Mapping[int, Incident]
    timeline: Sequence[Mapping[str, Any]]
    now: datetime
    duties: Mapping[str, Mapping[str, int]]


OF_NO_INCIDENT = frozenset({"happens", "never", "refused", "duties"})
"""What may be expected where there is no incident."""


_OF_NO_CASE = frozenset({"refused", "happens", "never", "warnings"})
"""What may be expected where no incident happens: lines of the timeline."""


def differences(expect: Expect, number: int, seen: Seen) -> Iterator[str]:
    """Yield what differs for an incident, in words: what was expected, what is so."""
    incident = seen.incidents.get(number)
    yield from _duties(expect, seen)
    if incident is None and expect.model_fields_set <= OF_NO_INCIDENT:
        yield from _lines(expect, number, seen)
        return
    if incident is None:
        if expect.model_fields_set - _OF_NO_CASE:
            yield f"应有{number}号事件，实际没有"
        else:
            yield from _lines(expect, number, seen)
        return
    yield from _state(expect, incident)
    yield from _assessment(expect, assess(seen.plan, incident))
    yield from _facts(expect, incident)
    yield from _obligations(expect, incident, seen)
    yield from _by_whom(expect, incident, seen)
    yield from _lines(expect, number, seen)
    for other, inner in expect.incidents.items():
        yield from (f"{other}号：{text}" for text in differences(inner, other, seen))


def _duties(expect: Expect, seen: Seen) -> Iterator[str]:
    for name, wanted in expect.duties.items():
        actual = seen.duties.get(name)
        if actual is None:
            yield f"没有职责 {name}"
            continue
        for status, count in wanted.items():
            if actual.get(status, 0) != count:
                yield f"职责 {name} 应有{count}期{STATUS[status]}，实有{actual.get(status, 0)}期"


def _state(expect: Expect, incident: Incident) -> Iterator[str]:
    proposal = incident.proposal if incident.proposal and not incident.proposal.declined else None
    stands = {
        "state": incident.state,
        "event_level": incident.event_level,
        "response_level": incident.response_level,
        "proposal": proposal.level if proposal else None,
        "asks": incident.question or None,
    }
    for name, actual in stands.items():
        if name in expect.model_fields_set and getattr(expect, name) != actual:
            yield f"{name} 应为 {_shown(getattr(expect, name))}，实为 {_shown(actual)}"


def _assessment(expect: Expect, assessment: Assessment) -> Iterator[str]:
    for name in ("possible_event_levels", "possible_response_levels"):
        wanted, actual = getattr(expect, name), getattr(assessment, name)
        if wanted is not None and wanted != actual:
            yield f"{name} 应为 {_shown(wanted)}，实为 {_shown(actual)}"


def _facts(expect: Expect, incident: Incident) -> Iterator[str]:
    actual = {name: as_data(value) for name, value in effective(incident).items()}
    for name, value in (expect.facts or {}).items():
        wanted = as_data(parse(value))
        if name not in actual or actual[name] != wanted:
            yield f"事实 {name} 应为 {_shown(wanted)}，实为 {_shown(actual.get(name))}"


def _obligations(expect: Expect, incident: Incident, seen: Seen) -> Iterator[str]:
    instances = sorted(incident.instances.values(), key=lambda item: (item.due, item.key))
    for rule, wanted in expect.statuses.items():
        actual = tuple(item.status_at(seen.now) for item in instances if item.rule == rule)
        if actual != wanted:
            yield f"义务 {rule} 的状态应为 {_shown(wanted)}，实为 {_shown(actual)}"
    for rule, moments in expect.due.items():
        due = tuple(item.due for item in instances if item.rule == rule)
        times = tuple(seen.scenario.instant(moment) for moment in moments)
        if due != times:
            yield f"义务 {rule} 的时限应为 {_times(times)}，实为 {_times(due)}"


def _by_whom(expect: Expect, incident: Incident, seen: Seen) -> Iterator[str]:
    """Yield which units did not answer in time, and that somebody else declared the level."""
    for name, within in expect.answered.items():
        call = incident.calls.get(unit_of(seen.plan, name) or name)
        took = call.answered_at - call.called_at if call is not None and call.answered_at is not None else None
        if took is None or took > within:
            yield f"{name} 应在叫应后{_offset(within)}内答复，实为 {_offset(took) if took is not None else '没有答复'}"
    if expect.declared_by:
        word = next((item for item in reversed(incident.decisions) if item.kind in ("declare", "adjust")), None)
        roles = (word.role, word.spoken_role) if word is not None else ()
        if not {role_of(seen.plan, name) for name in expect.declared_by} & set(roles):
            titles = [seen.plan.roles[role].title for role in roles if role in seen.plan.roles]
            yield f"应由 {_shown(expect.declared_by)} 宣布，实为 {_shown(titles[0] if titles else None)}"


def _lines(expect: Expect, number: int, seen: Seen) -> Iterator[str]:
    if expect.refused is not None:
        actual = tuple(
            item["key"] for item in seen.timeline if item["kind"] == "refused" and item["incident"] in (number, None)
        )
        if actual != expect.refused:
            yield f"拒绝应为 {_shown(expect.refused)}，实为 {_shown(actual)}"
    for line in expect.happens:
        count = sum(_matches(line, item, number, seen.scenario) for item in seen.timeline)
        if line.times is not None and count != line.times:
            yield f"时间线应有{line.times}行 {_line(line)}，实有{count}行"
        elif not count and line.times is None:
            yield f"时间线应有 {_line(line)}，实际没有"
    for line in expect.never:
        match = next((item for item in seen.timeline if _matches(line, item, number, seen.scenario)), None)
        if match is not None:
            yield f"时间线不应有 {_line(line)}，实有 {match['at']} {match['kind']}：{match['text'].splitlines()[0]}"


def _matches(line: Line, item: Mapping[str, Any], number: int, scenario: Scenario) -> bool:
    at = datetime.fromisoformat(item["at"])
    return (
        item["incident"] in (line.incident or number, None)
        and (line.kind is None or item["kind"] == line.kind)
        and (line.at is None or at == scenario.instant(line.at))
        and (line.after is None or at >= scenario.instant(line.after))
        and (line.before is None or at <= scenario.instant(line.before))
        and (not line.to or line.to in item["to"])
        and (not line.key or item["key"] == line.key)
        and (not line.rule or any(key.split(":", 1)[0] == line.rule for key in item["obligations"]))
        and line.text in item["text"]
    )


def _line(line: Line) -> str:
    fields = {name: getattr(line, name) for name in line.model_fields_set - {"times"}}
    text = ", ".join(f"{name}: {_offset(value)}" for name, value in fields.items())
    return f"{{{text}}}"


def _offset(value: Any) -> str:
    seconds = getattr(value, "total_seconds", None)
    if seconds is None:
        return str(value)
    minutes, rest = divmod(int(seconds()), 60)
    return f"+{minutes}m" if not rest else f"+{int(seconds())}s"


def _times(moments: Sequence[datetime]) -> str:
    return f"[{', '.join(item.astimezone(SHANGHAI).isoformat() for item in moments)}]"


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
