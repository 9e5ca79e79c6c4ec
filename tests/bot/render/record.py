"""Holds an export against the log, which is read here a second time without the program's own folding."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from bot.clock import SHANGHAI
from bot.render import View, export, naming
from plans.core.event import Undone
from plans.incident.calling import UnitCalled
from plans.incident.corrections import Corrected
from plans.incident.ending import Ended
from plans.incident.filing import Filed
from plans.incident.levels import Declared
from plans.incident.on_site import SiteSetUp
from plans.incident.owed import (
    ObligationChanged,
    ObligationFiled,
    ObligationOpened,
    ObligationSuperseded,
    ObligationWaived,
)
from plans.incident.publishing import ReleasePublished
from plans.incident.ringing import RingFailed
from plans.incident.state import Incident
from plans.incident.units import UnitAnswered
from plans.model import Plan
from plans.obligations.rules import tasks_after

ROW = re.compile(r"^(\d+)\. (?P<report>[^（，]+)(?P<rest>.*)$")
HEADS = "决定|现场指挥|请求支援|报送|越级报送|终止条件|信息发布|单位|更正|材料|解读和本地规定"
WAYS = ("电话", "书面")


# --- reading the log ------------------------------------------------


def stamp(moment: datetime, now: datetime) -> str:
    """The moment as people read it: 11:49, or 3月2日11:49 of another day."""
    local, today = moment.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    clock = f"{local.hour:02d}:{local.minute:02d}"
    if local.date() == today.date():
        return clock
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日{clock}"


def standing(incident: Incident) -> list[Any]:
    undone = {number for item in incident.events if isinstance(item.event, Undone) for number in item.event.sequences}
    return [item for item in incident.events if item.sequence not in undone]


class Owed:
    """One thing owed, as the log tells it."""

    def __init__(self, event: ObligationOpened, sequence: int, at: datetime) -> None:
        self.event, self.sequence, self.at = event, sequence, at
        self.due, self.to, self.possible, self.status = event.due, event.to, event.possible, "open"
        self.filed_at: datetime | None = None
        self.late = False


def owed_of(log: list[Any]) -> dict[str, Owed]:
    found: dict[str, Owed] = {}
    for item in log:
        event = item.event
        if isinstance(event, ObligationOpened):
            found[event.key] = Owed(event, item.sequence, item.at)
        elif isinstance(event, ObligationChanged) and event.key in found:
            one = found[event.key]
            one.due, one.to, one.possible = event.due, event.to, event.possible
            if one.filed_at is not None:
                one.late = one.filed_at > event.due
        elif isinstance(event, ObligationFiled) and event.key in found:
            found[event.key].status = "filed"
            found[event.key].filed_at, found[event.key].late = event.filed_at, event.late
        elif isinstance(event, ObligationWaived) and event.key in found:
            found[event.key].status = "waived"
        elif isinstance(event, ObligationSuperseded) and event.key in found:
            found[event.key].status = "superseded"
    return found


def told_line(view: View, item: Any) -> str:
    event = item.event
    assert isinstance(event, Filed)
    taker = f"，{event.taker}接" if event.taker else ""
    noted = f"，{stamp(item.at, view.now)}登记" if item.at - event.called_at >= timedelta(minutes=1) else ""
    paper = f"，材料：{event.document}" if event.document else ""
    told = f"{naming.unit_name(view, event.recipient)} {stamp(event.called_at, view.now)} {event.channel}"
    return f"{told}{taker}{paper}{noted}"


# --- reading the export ------------------------------------------------


def sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        head = re.match(rf"^【({HEADS})】$", line)
        if head:
            name = head.group(1)
        elif name:
            found.setdefault(name, []).append(line)
    return found


def rows(lines: list[str]) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """The rows with the lines below each, and what was reported beside them."""
    found: list[tuple[str, list[str]]] = []
    beside: list[str] = []
    apart = False
    for line in lines:
        if ROW.match(line):
            found.append((line, []))
        elif line.startswith("以上各项之外"):
            apart = True
        elif apart and line.startswith("　"):
            beside.append(line.strip("　"))
        elif line.startswith("　"):
            found[-1][1].append(line.strip("　"))
    return found, beside


def agrees(plan: Plan, incident: Incident, now: datetime) -> None:
    """Fail where a line of the export is not in the log, or an event has no line."""
    view = View(plan=plan, incident=incident, now=now)
    log = standing(incident)
    shown = sections(export(view, "未发现改动"))
    _reports(view, log, shown["报送"])
    _units(view, log, shown["单位"])
    _decisions(view, log, shown["决定"])
    corrections = [item for item in log if isinstance(item.event, Corrected)]
    told = [line for line in shown["更正"] if line.startswith("更正")]
    assert len(told) >= len(corrections)
    for item in corrections:
        assert isinstance(item.event, Corrected)
        assert any(f"（{stamp(item.at, now)}）" in line for line in told)
        for name in item.event.told:
            assert any(naming.unit_name(view, name) in line for line in told)


def _reports(view: View, log: list[Any], lines: list[str]) -> None:
    owed = owed_of(log)
    wanted = [
        key for key in sorted(owed, key=lambda key: (owed[key].due, key))
        if not (owed[key].possible and owed[key].status == "superseded")
    ]  # fmt: skip
    found, beside = rows(lines)
    assert len(found) == len(wanted)
    filings = [item for item in log if isinstance(item.event, Filed)]
    expected = {told_line(view, item) for item in filings}
    ways = {*WAYS, *(item.event.channel for item in filings)}  # what is published is filed with its medium
    named = [line for _, under in found for line in under if any(f" {way}" in line for way in ways if way)]
    apart = {line.split(" ", 1)[1] if line.split(" ")[0] in _kinds(view) else line for line in beside}
    assert set(named) | apart == expected, "each filing has its line, and each line its filing"
    for key, (head, under) in zip(wanted, found, strict=True):
        _row(view, log, owed[key], head, under, key)


def _kinds(view: View) -> set[str]:
    return {rule.report for rule in view.plan.obligations} | {"更正", "续报", "首报", "终报"}


def _row(view: View, log: list[Any], one: Owed, head: str, under: list[str], key: str) -> None:
    event, now = one.event, view.now
    filings = [item for item in log if isinstance(item.event, Filed)]
    kinds = {event.report, "续报"} if event.rule == "correction" else {event.report}
    assert event.report in head
    if one.status == "filed":
        assert ("已报（迟报）" in head) == one.late, head
        assert "已报" in head
        assert not any("未报" in line for line in under), under
        assert one.filed_at is not None
        if "接报时已收到" not in "".join(under):
            assert any(f" {stamp(one.filed_at, now)} " in line for line in under), (head, under)
        for name in one.to:
            assert any(line.startswith(f"{naming.unit_name(view, name)} ") for line in under), (head, name)
        if one.late:
            minutes = -int((one.due - one.filed_at).total_seconds() // 60)
            assert minutes >= 60 or f"迟{minutes}分钟" in head, head
    elif one.status == "waived":
        assert "已免报" in head and not any("未报" in line for line in under)
    elif one.status == "superseded":
        assert "不再需要" in head and not any("未报" in line for line in under)
    elif one.possible:
        assert ("待定级" in head) is event.by_office and not any("未报" in line for line in under)
    elif event.by_office:
        assert ("逾期未报" in head) == (now > one.due), head
    names = {naming.unit_name(view, name) for name in one.to}
    assert all(any(line.startswith(name) for name in names) for line in under), "nobody who is not owed it is named"
    if any(task.id == event.rule for task in tasks_after(view.plan)):
        return  # nobody is told a task
    rule = next((item for item in view.plan.obligations if item.id == event.rule), None)
    by_figures = rule is not None and rule.clock.from_ == "casualties_changed"
    again = rule is not None and (rule.clock.daily or rule.clock.every is not None)
    for name in one.to:
        if f"{naming.unit_name(view, name)} 未报" in under and not by_figures:
            heard = [
                item for item in filings
                if item.event.recipient == name and item.event.report in kinds and item.sequence > one.sequence
                and event.channel in ("any", item.event.channel) and item.event.obligation in ("", key)
                and not (again and item.event.called_at <= one.at)  # of the round before, noted late
            ]  # fmt: skip
            assert not heard, f"{name} was told after it arose, and the export says 未报"
    rung = [item for item in log if isinstance(item.event, RingFailed) and item.event.about == key]
    shown = [line for line in under if line.endswith(("占线", "没接通"))]
    assert len(shown) == len([item for item in rung if item.event.recipient in one.to])
    assert not shown or event.channel != "书面", "nobody rings about what is written"


def _units(view: View, log: list[Any], lines: list[str]) -> None:
    text, now = "\n".join(lines), view.now
    calls = [item for item in log if isinstance(item.event, UnitCalled)]
    rounds = list(dict.fromkeys(item.event.round for item in calls))
    for number in rounds:
        mine = [item for item in calls if item.event.round == number]
        head = f"第{number}次叫应（{mine[0].event.level}级，{stamp(mine[0].at, now)}，{len(mine)}个单位）"
        assert head in lines
        start = lines.index(head)
        block = [line for line in lines[start + 1 :]]
        end = next((n for n, line in enumerate(block) if not line.startswith("　")), len(block))
        _round(view, log, mine, block[:end])
    answers = [item for item in log if isinstance(item.event, UnitAnswered)]
    assert text.count("用时") <= len(answers)
    assert sum(line.count(f"{status} ") for line in lines for status in ("收到", "已出发", "已到场", "来不了")) == len(
        answers
    )


def _round(view: View, log: list[Any], calls: list[Any], block: list[str]) -> None:
    silent = []
    for item in calls:
        unit = item.event.unit
        later = [
            other.sequence for other in log
            if isinstance(other.event, UnitCalled) and other.event.unit == unit and other.sequence > item.sequence
        ]  # fmt: skip
        until = min(later, default=10**9)
        answers = [
            other for other in log
            if isinstance(other.event, UnitAnswered) and other.event.unit == unit
            and item.sequence < other.sequence < until
        ]  # fmt: skip
        name = naming.unit_name(view, unit)
        if not answers:
            silent.append(name)
        for other in answers:
            line = next(line for line in block if line.startswith(f"　{name}："))
            assert f"{other.event.status} {stamp(other.at, view.now)}" in line
            assert not other.event.name or other.event.name in line
            assert not other.event.recorded or "电话代记" in line
    shown = next((line for line in block if line.startswith("　未应答")), "")
    assert shown.startswith(f"　未应答（{len(silent)}）") if silent else not shown
    assert all(name in shown for name in silent)


def _decisions(view: View, log: list[Any], lines: list[str]) -> None:
    decided = [
        item
        for item in log
        if isinstance(item.event, Declared | Ended)
        or (isinstance(item.event, SiteSetUp | ReleasePublished) and item.event.oral)
    ]
    assert len([line for line in lines if line != "无"]) == len(decided)
    for item, line in zip(decided, lines, strict=False):
        at = item.event.spoken_at or item.at
        assert line.startswith(stamp(at, view.now))
        assert not isinstance(item.event, Declared) or f"{item.event.level}级" in line
        assert item.event.oral is ("电话宣布" in line)
