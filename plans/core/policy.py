"""The reminder policy (本地规定): when to remind, whom, how the ladder climbs. Never mixed with a plan's deadlines."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from plans.calendar import NO_CALENDAR, OfficeCalendar
from plans.core.spot_rules import SpotRules
from plans.times import BEIJING
from plans.times.durations import duration, iso

DAY = timedelta(days=1)

MORNING = time(9, 0)
"""In Beijing: when what is reminded of once a day is reminded of, everything together."""

_POSITIVE = (
    "backoff", "proposal", "units", "aid", "release", "arrival", "receipt", "urgent_receipt", "instruction", "overdue",
)  # fmt: skip

BREATH = timedelta(hours=2)
"""Nothing is said once a day so shortly after it was said before."""

_CALENDAR = "calendar"
"""The one field that no policy file sets: the office's calendar has a file of its own."""


_NAMED_SPANS = {
    "climb": "角色: 时长，例如 {director: -PT3M, deputy: PT5M}",
    "setting_out": "响应级别: 时长，例如 {Ⅰ: PT10M}",
}
"""Keys that name a span for each of several things, with what is expected."""


class PolicyError(ValueError):
    """A policy key or value is wrong; the message says what was expected, with an example."""


def _m(*minutes: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=value) for value in minutes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """All spans are local targets.

    Attributes:
        before: reminders this long before a deadline, where the span leaves room for them.
        backoff: after the deadline, the pauses between reminders; then once a day.
        climb: who is reminded besides the duty seat, from which moment relative to the deadline on.
        immediate: service target for 立即, from the moment the duty arose.
        possible: the one reminder to determine the level, this long before a deadline that may hold.
        fallback: nobody took the report: the reporter is given the duty line.
        proposal: pauses between requests to ring a silent decider; from the second on, deputies get what they may.
            Then once a day.
        units: a silent unit is called again, then stands on the duty seat's list; then once a day. What each step
            of a ladder does stands with its topic (``plans.incident.units``).
        setting_out: how long after its 收到 a unit that does not set out is named to the duty seat, once; by the
            response level, empty for the others.
        arrival: so long after the moment that a unit named it is asked whether it has arrived, and so long after that
            the duty seat is told. Each once.
        ladder: pauses of one unit, or of one role that decides, instead of ``units`` or ``proposal``; by its id.
        aid: pauses between the questions what came of a call for help. Then once a day.
        release: pauses between reminders of a statement for the public that waits for approval, or to go out. Then
            once a day.
        final: target for a final report for which the plan gives none; None = the target named in the plan file.
        after_end: target for a task after the end (善后, 总结评估) for which the plan gives none.
        correction: target for telling a correction.
        undo: how long a press can be taken back.
        waking: pauses after which a recipient of a warning that stays silent climbs a step, by the colour, empty for
            one without; what each step does stands in ``plans.warning.waking``. Then once a day.
        handover: the leader of the shift is told so long after a hand-over that names are missing under it; by day.
        spot_checks: how often, between which hours and whom spot checks ask (``plans.core.spot_rules``).
        voice: whoever was told by other ways too and is silent so long after that is called by an automatic telephone,
            where he and the office have one (``voice``). voice_ring: so long after a report that nobody has taken rang.
        expiry: it is asked what comes after the end of a warning so long before it, then, and again; see
            ``plans.warning.expiry``.
        swap_approval: whether who leads a shift is asked before somebody else serves it; else he is only told.
        swap_chase: so long before a shift it is said that nobody has taken it who was asked to.
        empty_shift: so long before a shift that nobody serves the seat and the administrators are rung.
        receipt, urgent_receipt: who has not answered a notice or an instruction (收到) is reminded once after the first
            pause, and stands on the seat's list after the second; the other for what is marked 加急.
        instruction: a unit that has not done what it was told is reminded so long before it is due, and when it is.
        overdue: pauses between the reminders after that; there are no more of them than these.
        calendar: workdays, school terms and theme days of the office; without its file Monday to Friday.
    """

    before: tuple[timedelta, ...] = _m(60, 10, 3)
    backoff: tuple[timedelta, ...] = _m(5, 10, 30, 60, 120)
    climb: tuple[tuple[str, timedelta], ...] = (
        ("director", timedelta(minutes=-3)),
        ("deputy", timedelta(minutes=5)),
        ("commander", timedelta(minutes=15)),
    )
    immediate: timedelta = timedelta(minutes=10)
    possible: timedelta = timedelta(minutes=10)
    fallback: timedelta = timedelta(minutes=3)
    proposal: tuple[timedelta, ...] = _m(3, 5, 10, 30, 60, 120)
    units: tuple[timedelta, ...] = _m(3, 2, 15, 30, 60, 120)
    setting_out: tuple[tuple[str, timedelta], ...] = (
        ("Ⅰ", timedelta(minutes=10)),
        ("", timedelta(minutes=15)),
    )
    arrival: tuple[timedelta, ...] = _m(5, 10)
    ladder: tuple[tuple[str, tuple[timedelta, ...]], ...] = ()
    aid: tuple[timedelta, ...] = _m(10, 20, 30, 60, 120)
    release: tuple[timedelta, ...] = _m(10, 20, 30, 60, 120)
    final: timedelta | None = None
    after_end: timedelta = timedelta(days=30)
    correction: timedelta = timedelta(minutes=10)
    undo: timedelta = timedelta(seconds=60)
    waking: tuple[tuple[str, tuple[timedelta, ...]], ...] = (
        ("红", _m(5, 5, 10, 20, 40, 80)),
        ("橙", _m(10, 10, 20, 40, 80)),
        ("黄", _m(30, 30, 30, 60)),
        ("蓝", _m(60, 60, 60)),
        ("", _m(30, 30, 30, 60)),
    )
    voice: timedelta = timedelta(minutes=1)
    voice_ring: timedelta = timedelta(minutes=1)
    expiry: tuple[timedelta, ...] = _m(30)
    swap_approval: bool = False
    swap_chase: timedelta = timedelta(hours=4)
    empty_shift: timedelta = timedelta(hours=2)
    handover: timedelta = timedelta(hours=1)
    receipt: tuple[timedelta, ...] = _m(120, 120)
    urgent_receipt: tuple[timedelta, ...] = _m(10, 10)
    instruction: tuple[timedelta, ...] = _m(1440, 60)
    overdue: tuple[timedelta, ...] = _m(1440, 1440, 2880)
    spot_checks: SpotRules = dataclasses.field(default_factory=SpotRules)
    calendar: OfficeCalendar = dataclasses.field(default=NO_CALENDAR, compare=False)

    def pause_of_unit(self, unit: str, step: int) -> timedelta:
        """Return how long a silent unit is left alone at a step of its ladder."""
        return pause(dict(self.ladder).get(unit, self.units), step)

    def setting_out_at(self, level: str | None) -> timedelta:
        """Return how long a unit may take between 收到 and setting out, at a response level."""
        spans = dict(self.setting_out)
        return spans.get(level or "") or spans.get("") or dict(DEFAULT_POLICY.setting_out)[""]

    def pause_of_arrival(self, asked: int) -> timedelta:
        """Return how long nobody is asked past the moment that a unit named, or past the question before."""
        return self.arrival[min(asked, len(self.arrival) - 1)]

    def pause_of_roles(self, roles: Collection[str], rung: int) -> timedelta:
        """Return how long those who may decide are left alone: the shortest pause of any of them."""
        ladder = dict(self.ladder)
        own = [ladder[role] for role in roles if role in ladder] or [self.proposal]
        return min(pause(pauses, rung) for pauses in own)

    def pauses_of_colour(self, colour: str) -> tuple[timedelta, ...]:
        """Return the pauses of a warning's ladder; those of one without a colour where none are set for it."""
        pauses = dict(self.waking)
        return pauses.get(colour) or pauses.get("") or self.units

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Policy:
        """Read ISO 8601 durations by key; raise PolicyError."""
        fields = {item.name: item for item in dataclasses.fields(cls) if item.name != _CALENDAR}
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in fields:
                raise PolicyError(f"提醒策略没有“{key}”这一项；可用：{'、'.join(fields)}")
            default = getattr(DEFAULT_POLICY, key)
            if key in _NAMED_SPANS:
                if not isinstance(value, Mapping):
                    raise PolicyError(f"{key} 应为 {_NAMED_SPANS[key]}")
                values[key] = tuple((str(role), _span(key, span)) for role, span in value.items())
            elif key in ("ladder", "waking"):
                values[key] = _ladder(key, value)
            elif key == "spot_checks":
                try:
                    values[key] = SpotRules.parse(value)
                except ValueError as problem:
                    raise PolicyError(f"{key}：{problem}") from None
            elif isinstance(default, bool):
                if not isinstance(value, bool):
                    raise PolicyError(f"{key} 应为 true 或 false")
                values[key] = value
            elif isinstance(default, tuple):
                if not isinstance(value, list) or not value:
                    raise PolicyError(f"{key} 应为时长的列表，例如 [PT10M, PT3M]")
                values[key] = tuple(_span(key, span) for span in value)
            elif value is None and default is None:
                continue
            else:
                values[key] = _span(key, value)
        policy = cls(**values)
        spans = {key: getattr(policy, key) for key in _POSITIVE}
        spans["setting_out"] = tuple(span for _, span in policy.setting_out)
        own = {f"{key} {name}": part for key in ("ladder", "waking") for name, part in getattr(policy, key)}
        for key, pauses in {**spans, **own}.items():
            if any(span <= timedelta() for span in pauses):
                raise PolicyError(f"{key} 的每一段都应大于零，例如 PT5M")
        return policy

    def as_data(self) -> dict[str, Any]:
        """Return what :meth:`parse` reads."""
        data: dict[str, Any] = {}
        for item in dataclasses.fields(self):
            value = getattr(self, item.name)
            if item.name == _CALENDAR:
                continue
            if item.name in _NAMED_SPANS:
                data[item.name] = {role: iso(span) for role, span in value}
            elif item.name in ("ladder", "waking"):
                data[item.name] = {name: [iso(span) for span in spans] for name, spans in value}
            elif isinstance(value, SpotRules):
                data[item.name] = value.as_data()
            elif isinstance(value, bool):
                data[item.name] = value
            elif isinstance(value, tuple):
                data[item.name] = [iso(span) for span in value]
            else:
                data[item.name] = None if value is None else iso(value)
        return data


def _ladder(key: str, value: Any) -> tuple[tuple[str, tuple[timedelta, ...]], ...]:
    if not isinstance(value, Mapping) or not all(isinstance(spans, list) and spans for spans in value.values()):
        what, example = (
            ("颜色", "红: [PT5M, PT5M]") if key == "waking" else ("单位或职务", "区消防救援大队: [PT1M, PT1M, PT5M]")
        )
        raise PolicyError(f"{key} 应为 {what}: 时长的列表，例如 {{{example}}}")
    return tuple((str(name), tuple(_span(key, span) for span in spans)) for name, spans in value.items())


def _span(key: str, value: Any) -> timedelta:
    try:
        return duration(value)
    except ValueError:
        raise PolicyError(f"{key}：“{value}”不是时长，应写作 ISO 8601，例如 PT30M、PT4H、P1D") from None


def pause(pauses: Sequence[timedelta], step: int) -> timedelta:
    """Return the pause of a step, from 0. Behind the last one it is a day: nothing rings for ever in the night.

    What has come so far stands in the worksheet and on the page of the hand-over, and is said once a day.
    """
    return pauses[step] if step < len(pauses) else max(pauses[-1], DAY)


def after(moment: datetime, length: timedelta) -> datetime:
    """Return the moment a pause later; what comes once a day comes in the next morning that is not just ahead."""
    if length < DAY:
        return moment + length
    local = (moment + length - DAY + BREATH).astimezone(BEIJING)
    morning = local.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return morning if morning >= local else morning + DAY


DEFAULT_POLICY = Policy()
