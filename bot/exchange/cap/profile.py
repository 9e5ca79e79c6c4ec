"""A warning of a Chinese plan as a CAP message, and what a CAP message says in a plan's terms (docs/cap.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from bot.exchange.cap.model import (
    Alert,
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    Pair,
    Reference,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from plans.intake.warning import WarningFound, read

Colour = Literal["红", "橙", "黄", "蓝", ""]
Stage = Literal["issued", "passed_on", "updated", "raised", "lowered", "continued", "extended", "lifted"]

CODE = "profile:zh-CN:warning:1"
"""Stands in `code`: what is said here of colour and stage can be taken back from such a message."""
EVENT_TYPE = "eventType"
COLOUR, LEVEL, STAGE, CLAUSE, PLAN, PASSED_ON = "预警颜色", "预警级别", "预警阶段", "条款", "预案", "转发单位"
DIVISION = "GB/T 2260"
"""Names of lists: of kinds of event, of parameters, of codes of areas."""

SEVERITIES: dict[str, Severity] = {"红": "Extreme", "橙": "Severe", "黄": "Moderate", "蓝": "Minor", "": "Unknown"}
TYPES: dict[Stage, MsgType] = {
    "issued": "Alert", "passed_on": "Alert", "updated": "Update", "raised": "Update", "lowered": "Update",
    "continued": "Update", "extended": "Update", "lifted": "Cancel",
}  # fmt: skip
STAGES: dict[Stage, str] = {
    "issued": "发布", "passed_on": "转发", "updated": "更新", "raised": "升级", "lowered": "降级",
    "continued": "继续发布", "extended": "延长", "lifted": "解除",
}  # fmt: skip

SOON = timedelta(hours=1)
"""What begins within it is ``Expected``, what begins later ``Future``."""


class Place(NamedTuple):
    """An area of a warning: its name, and its code of six or nine digits where that is known."""

    name: str
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One stage of a warning, as a plan speaks of it.

    Attributes:
        kind: 暴雨 …; a kind that the table of kinds does not know goes out without a code.
        colour, level: what was said; of a plan without grades both are empty.
        begins, ends: aware; None where it was not said.
        earlier: the messages about the same warning before this one, earliest first.
        passed_on_by: who hands on what another body issued.
        certainty: ``Unknown`` unless somebody said how sure it is.
    """

    identifier: str
    sender: str
    sent: datetime
    kind: str
    stage: Stage
    issuer: str
    headline: str
    colour: Colour = ""
    level: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    areas: tuple[Place, ...] = ()
    description: str = ""
    instruction: str = ""
    plan: str = ""
    clause: str = ""
    contact: str = ""
    passed_on_by: str = ""
    earlier: tuple[Reference, ...] = ()
    status: Status = "Actual"
    scope: Scope = "Public"
    responses: tuple[ResponseType, ...] = ()
    certainty: Certainty = "Unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What a CAP message says in a plan's terms; empty or None is what it does not say.

    Attributes:
        said_by: field -> path in the file of the value that says it.
    """

    kind: str
    colour: Colour
    level: str
    stage: Stage | None
    issuer: str
    begins: datetime | None
    ends: datetime | None
    areas: tuple[Place, ...]
    headline: str
    description: str
    instruction: str
    clause: str
    passed_on_by: str
    said_by: dict[str, str]


class Kind(NamedTuple):
    """A row of the table of kinds; `code` is empty where the national list has none that we know."""

    name: str
    category: Category
    code: str


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Return the table of kinds, by name.

    Raises:
        ValueError: a row of the table is wrong; which.
    """
    table = {}
    for line, text in enumerate((Path(__file__).parent / "kinds.tsv").read_text("utf-8").splitlines(), 1):
        if not text or text.startswith("#"):
            continue
        cells = text.split("\t")
        if len(cells) != 3 or cells[0] in table or cells[1] not in get_args(Category):
            raise ValueError(f"kinds.tsv:{line}: a kind that is not there yet, a category of CAP and a code are wanted")
        table[cells[0]] = Kind(cells[0], cast("Category", cells[1]), cells[2])
    return table


def alert_of(notice: Notice) -> Alert:
    """Return a stage of a warning as a message, in Chinese."""
    kind = kinds().get(notice.kind)
    named = (
        (COLOUR, notice.colour), (LEVEL, notice.level), (STAGE, STAGES[notice.stage]), (PLAN, notice.plan),
        (CLAUSE, notice.clause), (PASSED_ON, notice.passed_on_by),
    )  # fmt: skip
    lifted = notice.stage == "lifted"
    info = Info(
        language="zh-CN",
        categories=(kind.category if kind else "Other",),
        event=notice.kind,
        response_types=("AllClear",) if lifted else notice.responses,
        urgency="Past" if lifted else _urgency(notice),
        severity=SEVERITIES[notice.colour],
        certainty=notice.certainty,
        event_codes=(Pair(name=EVENT_TYPE, value=kind.code),) if kind and kind.code else (),
        effective=notice.sent,
        onset=notice.begins,
        expires=notice.ends,
        sender_name=notice.issuer,
        headline=notice.headline,
        description=notice.description,
        instruction=notice.instruction,
        contact=notice.contact,
        parameters=tuple(Pair(name=name, value=value) for name, value in named if value),
        areas=tuple(_area(place) for place in notice.areas),
    )
    return Alert(
        identifier=notice.identifier,
        sender=notice.sender,
        sent=notice.sent,
        status=notice.status,
        msg_type=TYPES[notice.stage],
        scope=notice.scope,
        codes=(CODE,),
        references=notice.earlier,
        infos=(info,),
    )


def _area(place: Place) -> Area:
    codes = (Pair(name=DIVISION, value=place.code),) if place.code else ()
    return Area(description=place.name, geocodes=codes)


def _urgency(notice: Notice) -> Urgency:
    if notice.begins is None:
        return "Unknown"
    ahead = notice.begins - notice.sent
    return "Immediate" if ahead <= timedelta() else "Expected" if ahead <= SOON else "Future"


def chain(alerts: Sequence[Alert]) -> tuple[Reference, ...]:
    """Return how a later message names those before it: each once, earliest first."""
    return tuple(dict.fromkeys(alert.reference for alert in sorted(alerts, key=lambda alert: alert.sent)))


def taken(alert: Alert) -> Taken:
    """Return what a message says in a plan's terms.

    A colour comes from a parameter, or from `severity` where the message keeps to this profile: another sender's
    ``Extreme`` is no red. The kind comes from the code, else from `event` where that is a kind of the table. What is
    still open may stand in the headline (某市气象台发布暴雨红色预警).
    """
    info = alert.info_in("zh")
    said_by: dict[str, str] = {}
    if info is None:
        return _nothing(_stage(alert, None, said_by), said_by)
    at = f"info[{alert.infos.index(info) + 1}]"
    ours = CODE in alert.codes  # there `effective` is only when the message was sent
    colour, kind = _colour(alert, info, at, said_by), _kind(alert, info, at, said_by)
    titled = None if ours else _titled(alert, info)
    if titled is not None and titled.kind is not None and kind in ("", titled.kind.value):
        kind = kind or _said(titled.kind.value, "kind", f"{at}/headline", said_by)
        if titled.colour is not None and not colour:
            said_by["colour"] = f"{at}/headline"
            colour = titled.colour.value
    starts = {"onset": info.onset, "effective": None if ours else info.effective}
    began = next((name for name, moment in starts.items() if moment is not None), "")
    there = {
        "begins": began, "ends": "expires" if info.expires else "", "areas": "area" if info.areas else "",
        "issuer": "senderName" if info.sender_name else "", "headline": "headline" if info.headline else "",
    }  # fmt: skip
    said_by |= {field: f"{at}/{name}" for field, name in there.items() if name}
    return Taken(
        kind=kind,
        colour=colour,
        level=_parameter(info, LEVEL, "level", at, said_by),
        stage=_stage(alert, info, said_by),
        issuer=info.sender_name,
        begins=starts.get(began),
        ends=info.expires,
        areas=tuple(Place(area.description, _division(area)) for area in info.areas),
        headline=info.headline,
        description=info.description,
        instruction=info.instruction,
        clause=_parameter(info, CLAUSE, "clause", at, said_by),
        passed_on_by=_parameter(info, PASSED_ON, "passed_on_by", at, said_by),
        said_by=said_by,
    )


def _titled(alert: Alert, info: Info) -> WarningFound | None:
    """The one warning that a headline gives, be it of a drill."""
    found = read(info.headline, now=alert.sent, drill=True).warnings
    return found[0] if len(found) == 1 else None


def _said(value: str, field: str, path: str, said_by: dict[str, str]) -> str:
    said_by[field] = path
    return value


def _nothing(stage: Stage | None, said_by: dict[str, str]) -> Taken:
    return Taken(
        kind="", colour="", level="", stage=stage, issuer="", begins=None, ends=None, areas=(), headline="",
        description="", instruction="", clause="", passed_on_by="", said_by=said_by,
    )  # fmt: skip


def _parameter(info: Info, name: str, field: str, at: str, said_by: dict[str, str]) -> str:
    for number, pair in enumerate(info.parameters, 1):
        if pair.name == name:
            said_by[field] = f"{at}/parameter[{number}]/value"
            return pair.value
    return ""


def _kind(alert: Alert, info: Info, at: str, said_by: dict[str, str]) -> str:
    by_code = {kind.code: kind.name for kind in kinds().values() if kind.code}
    for number, pair in enumerate(info.event_codes, 1):
        if pair.value in by_code:
            said_by["kind"] = f"{at}/eventCode[{number}]/value"
            return by_code[pair.value]
    event = info.event.removesuffix("预警信号").removesuffix("预警")
    if event not in kinds() and CODE not in alert.codes:
        return ""
    said_by["kind"] = f"{at}/event"
    return event


def _colour(alert: Alert, info: Info, at: str, said_by: dict[str, str]) -> Colour:
    word = _parameter(info, COLOUR, "colour", at, said_by).removesuffix("色")
    if word in SEVERITIES and word:
        return cast("Colour", word)
    said_by.pop("colour", None)
    if CODE in alert.codes and info.severity != "Unknown":
        said_by["colour"] = f"{at}/severity"
        return cast("Colour", next(colour for colour, severity in SEVERITIES.items() if severity == info.severity))
    return ""


def _stage(alert: Alert, info: Info | None, said_by: dict[str, str]) -> Stage | None:
    at = f"info[{alert.infos.index(info) + 1}]" if info else ""
    word = _parameter(info, STAGE, "stage", at, said_by) if info else ""
    for stage, words in STAGES.items():
        if words == word and TYPES[stage] == alert.msg_type:
            return stage
    said_by["stage"] = "msgType"
    plain: dict[str, Stage] = {"Alert": "issued", "Update": "updated", "Cancel": "lifted"}
    return plain.get(alert.msg_type)


def _division(area: Area) -> str:
    return next((pair.value for pair in area.geocodes if pair.name == DIVISION), "")
